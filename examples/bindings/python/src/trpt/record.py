# SPDX-License-Identifier: MIT
"""The TXT record at `_smtp._tls.<domain>`, RFC 8460 s3."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from . import _trpt
from .members import Scheme


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
    ruas, extensions = _trpt.parse_record(text, strict)
    return Record(text, [Rua(uri, Scheme(scheme), usable, address) for uri, scheme, usable, address in ruas],
                  [Extension(*extension) for extension in extensions])


def write_record(uris: Iterable[str]) -> str:
    """Returns the record that requests reports to these URIs. Raises Error if there is no URI, or if one is invalid."""
    if isinstance(uris, str):
        raise TypeError("write_record needs a list of URIs, such as ['mailto:reports@example.com'], not one str")
    return _trpt.write_record(list(uris))
