# SPDX-License-Identifier: MIT
"""The TXT record at `_smtp._tls.<domain>`, RFC 8460 s3."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass

from ._native import (Finding, Strings, append_finding, call_for_text, check, copy_text, error_of, ffi, lib, text_bytes)


class Scheme(enum.IntEnum):
    """Scheme of a report URI."""

    OTHER = 0
    MAILTO = 1
    HTTPS = 2


@dataclass(slots=True)
class Rua:
    """One destination for reports."""

    uri: str
    """As published, still percent-encoded."""
    scheme: Scheme
    usable: bool
    """Whether a sender can report to it."""
    address: str | None
    """For mailto the address, still percent-encoded."""


@dataclass(slots=True)
class Extension:
    """A field that RFC 8460 does not define."""

    name: str
    value: str


@dataclass(slots=True)
class Record:
    """A record that was read."""

    text: str
    ruas: list[Rua]
    """URIs of all rua fields, in their order, usable or not."""
    extensions: list[Extension]


def parse_record(text: str, *, strict: bool = False) -> Record:
    """Reads the text of one TXT record.

    strict: refuse whatever the grammar refuses. Otherwise every record that has a rua field is good, be it without a usable URI.
    Raises Error.
    """
    data = ffi.new("char[]", text_bytes(text))
    record = ffi.new("trpt_record *")
    error = ffi.new("trpt_error *")
    if lib.trpt_record_parse(data, len(data) - 1, lib.TRPT_STRICT if strict else 0, record, error):
        raise error_of(error)
    result = Record(text, [], [])
    cursor = ffi.new("size_t *")
    rua = ffi.new("trpt_rua *")
    while lib.trpt_record_next_rua(record, cursor, rua) == lib.TRPT_OK:
        result.ruas.append(Rua(copy_text(rua.uri) or "", Scheme(rua.scheme), rua.usable != 0, copy_text(rua.address)))
    cursor[0] = 0
    name, value = ffi.new("trpt_str *"), ffi.new("trpt_str *")
    while lib.trpt_record_next_extension(record, cursor, name, value) == lib.TRPT_OK:
        result.extensions.append(Extension(copy_text(name) or "", copy_text(value) or ""))
    return result


def diagnose_record(text: str) -> list[Finding]:
    """Every finding about a record, in order of offset, whether it is valid or not."""
    data = text_bytes(text)
    findings: list[Finding] = []
    handle = ffi.new_handle(findings)
    check(lib.trpt_record_diagnose(data, len(data), append_finding, handle))
    return findings


def suggest_record(text: str) -> str | None:
    """The record that the owner of a broken or doubtful one probably meant; None where there is nothing to suggest."""
    data = text_bytes(text)
    buffer = ffi.new("char[]", lib.TRPT_SUGGESTION_MAX_LEN + 1)
    if lib.trpt_record_suggest(data, len(data), buffer, len(buffer), ffi.NULL) != lib.TRPT_OK:
        return None
    return bytes(ffi.string(buffer)).decode("ascii")


def write_record(uris: Iterable[str]) -> str:
    """The record that asks for reports to these URIs. Raises Error where there is none, or one is no URI."""
    destinations = list(uris)
    strings = Strings()
    return call_for_text(lib.trpt_record_write, strings.array(destinations), len(destinations)).decode("ascii")
