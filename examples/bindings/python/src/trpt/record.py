# SPDX-License-Identifier: MIT
"""The TXT record at `_smtp._tls.<domain>`, RFC 8460 s3."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from . import _trpt
from .bases import Error
from .members import Diagnostic, Scheme, Severity


@dataclass
class Rua:
    """One destination for reports."""

    uri: str
    """As published, still percent-encoded."""
    scheme: Scheme
    usable: bool
    """Whether a sender can report to it."""
    address: str | None
    """The address of a mailto URI, still percent-encoded."""


@dataclass
class Extension:
    """A field that RFC 8460 does not define."""

    name: str
    value: str


@dataclass
class Record:
    """A parsed record."""

    text: str
    ruas: list[Rua]
    """URIs of all rua fields in order, usable or not."""
    extensions: list[Extension]


def parse_record(text: str, *, strict: bool = False) -> Record:
    """Parses the text of one TXT record.

    strict: reject everything that the grammar does not allow. Otherwise each record with a rua field is accepted, even if no URI is
    usable. Raises Error.
    """
    found = json.loads(_trpt.record_json(text, strict))
    if "error" in found:
        raise Error(**found["error"])
    ruas = [Rua(rua["uri"], Scheme[rua["scheme"].upper()], rua["usable"], rua.get("address")) for rua in found["rua"]]
    return Record(text, ruas, [Extension(**extension) for extension in found["extensions"]])


def diagnose_record(text: str) -> list[Diagnostic]:
    """Returns all diagnostics of a record, in order of offset. The record may be valid or invalid."""
    return [Diagnostic(d["code"], Severity[d["severity"].upper()], d["message"], d["section"], d["where"], 1, d["offset"] + 1, d["offset"])
            for d in json.loads(_trpt.record_json(text, False))["diagnostics"]]


def suggest_record(text: str) -> str | None:
    """Suggests the record that the owner of a broken or doubtful one probably meant, or returns None."""
    suggestion: str | None = json.loads(_trpt.record_json(text, False))["publish"]
    return suggestion


def write_record(uris: Iterable[str]) -> str:
    """Returns the record that requests reports to these URIs. Raises Error if there is no URI, or if one is invalid."""
    if isinstance(uris, str):
        raise TypeError("write_record needs a list of URIs, such as ['mailto:reports@example.com'], not one str")
    return _trpt.write_record(list(uris))
