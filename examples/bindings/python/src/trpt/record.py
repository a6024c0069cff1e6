# SPDX-License-Identifier: MIT
"""The TXT record at `_smtp._tls.<domain>`, RFC 8460 s3."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass

from ._native import (Finding, Strings, append_diagnostic, call_for_text, check, copy_text, error_of, ffi, lib, text_bytes)


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
    """The address of a mailto URI, still percent-encoded."""


@dataclass(slots=True)
class Extension:
    """A field that RFC 8460 does not define."""

    name: str
    value: str


@dataclass(slots=True)
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
    """Returns all diagnostics of a record, in order of offset. The record may be valid or invalid."""
    data = text_bytes(text)
    diagnostics: list[Finding] = []
    handle = ffi.new_handle(diagnostics)
    check(lib.trpt_record_diagnose(data, len(data), append_diagnostic, handle))
    return diagnostics


def suggest_record(text: str) -> str | None:
    """Suggests the record that the owner of a broken or doubtful one probably meant, or returns None."""
    data = text_bytes(text)
    buffer = ffi.new("char[]", lib.TRPT_SUGGESTION_MAX_LEN + 1)
    if lib.trpt_record_suggest(data, len(data), buffer, len(buffer), ffi.NULL) != lib.TRPT_OK:
        return None
    return bytes(ffi.string(buffer)).decode("ascii")


def write_record(uris: Iterable[str]) -> str:
    """Returns the record that requests reports to these URIs. Raises Error if there is no URI, or if one is invalid."""
    destinations = list(uris)
    strings = Strings()
    return call_for_text(lib.trpt_record_write, strings.array(destinations), len(destinations)).decode("ascii")
