# SPDX-License-Identifier: MIT
"""Loads libtrpt, and copies text, diagnostics and errors from it."""

import enum
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable

import cffi

ffi: Any = cffi.FFI()
ffi.cdef(Path(__file__).with_name("cffi.h").read_text("ascii"))
_library = os.environ.get("TRPT_LIBRARY", "libtrpt.so.0")
try:
    lib: Any = ffi.dlopen(_library)
except OSError as error:
    raise ImportError(f"{_library} cannot be loaded: install libtrpt, or name it by the variable TRPT_LIBRARY") from error
_unpack = ffi.unpack

# Before 1.0 a minor version may change the interface.
if lib.trpt_version_number() >> 8 != lib.TRPT_VERSION_NUMBER >> 8:
    raise ImportError(f"libtrpt {ffi.string(lib.trpt_version()).decode()} is not the version that this module requires")

VERSION: str = ffi.string(lib.trpt_version()).decode("ascii")
"""Version of the library that is loaded."""


class Severity(enum.IntEnum):
    """Severity of a diagnostic."""

    INFO = 0
    WARNING = 1
    ERROR = 2


@dataclass(slots=True)
class Finding:
    """A diagnostic of a record or a report."""

    code: str
    severity: Severity
    message: str
    section: str
    """Section of the RFC, "RFC 8460 s4.4"."""
    where: str
    """Path of the member, "policies[0].policy.policy-string"."""
    line: int
    """1-based; 0 if unknown, as always for records."""
    column: int
    """1-based, in bytes; 0 if unknown."""
    offset: int
    """Bytes from the beginning."""

    @property
    def advice(self) -> str:
        """How to fix the problem."""
        return c_string(lib.trpt_diagnostic_advice(self.code.encode("ascii"))) or ""


class Error(ValueError):
    """A record or a report that cannot be read, or a value that cannot be written."""

    def __init__(self, status: str, message: str, code: str | None = None, where: str = "", line: int = 0, column: int = 0,
                 offset: int = 0) -> None:
        position = ", ".join(f"{name} {number}" for name, number in (("line", line), ("column", column)) if number)
        super().__init__(": ".join(part for part in (position, where, message) if part))
        self.status = status
        """Name of the status, "TRPT_E_JSON"."""
        self.code = code
        """Code of the diagnostic, or None."""
        self.message = message
        self.where = where
        """Path of the member, "policies[0].policy"; "" for the top level."""
        self.line = line
        self.column = column
        self.offset = offset

    # By default, pickle stores only the sentence.
    def __reduce__(self) -> tuple[Any, ...]:
        return Error, (self.status, self.message, self.code, self.where, self.line, self.column, self.offset)


def c_string(text: Any) -> str | None:
    """Copies a static string of the library, which is ASCII."""
    return str(ffi.string(text), "ascii") if text else None


def copy_text(text: Any) -> str | None:
    """Copies a trpt_str."""
    data = text.ptr
    return str(_unpack(data, text.len), "utf-8", "replace") if data else None


def text_bytes(text: str) -> bytes:
    """Encodes text for the library, which replaces each of the three bytes of a lone surrogate by U+FFFD."""
    return text.encode("utf-8", "surrogatepass")


class Strings:
    """Makes trpt_str from strings. They are valid as long as this object exists."""

    def __init__(self) -> None:
        self._stored: list[Any] = []

    def fill(self, target: Any, text: str | None) -> None:
        """Sets a trpt_str."""
        if text is not None:
            data = text_bytes(text)
            target.ptr = self._store(ffi.new("char[]", data))
            target.len = len(data)

    def array(self, texts: list[str]) -> Any:
        """Returns a trpt_str array."""
        array = self._store(ffi.new("trpt_str[]", len(texts)))
        for i, text in enumerate(texts):
            self.fill(array[i], text)
        return array

    def _store(self, data: Any) -> Any:
        self._stored.append(data)
        return data


def copy_diagnostic(d: Any) -> Finding:
    """Copies a trpt_diagnostic."""
    return Finding(c_string(d.code) or "", Severity(d.severity), c_string(d.message) or "", c_string(d.section) or "",
                   c_string(d.where) or "", d.line, d.column, d.offset)


def error_of(e: Any) -> Error:
    """Converts a trpt_error to an Error."""
    return Error(c_string(lib.trpt_status_name(e.status)) or "", c_string(e.message) or "", c_string(e.code),
                 c_string(e.where) or "", e.line, e.column, e.offset)


def check(status: int) -> None:
    """Raises an error without a position if the status is an error."""
    if status == lib.TRPT_E_MEMORY:
        raise MemoryError
    if status < 0:
        raise Error(c_string(lib.trpt_status_name(status)) or "", c_string(lib.trpt_status_message(status)) or "")


def call_for_text(function: Callable[..., int], *arguments: Any) -> bytes:
    """Returns the text that a function with the parameters `buffer, capacity, needed` writes."""
    needed = ffi.new("size_t *")
    status = function(*arguments, ffi.NULL, 0, needed)
    if status != lib.TRPT_E_BUFFER:
        check(status)
    buffer = ffi.new("char[]", needed[0] + 1)
    check(function(*arguments, buffer, needed[0] + 1, needed))
    return bytes(ffi.buffer(buffer, needed[0]))


@ffi.callback("trpt_write_fn", error=1)  # type: ignore[misc]
def append_text(user: Any, data: Any, size: int) -> int:
    """Appends to the list whose handle is `user`. If this fails, the library stops."""
    ffi.from_handle(user).append(bytes(ffi.buffer(data, size)))
    return 0


@ffi.callback("trpt_diagnostic_fn", error=1)  # type: ignore[misc]
def append_diagnostic(user: Any, diagnostic: Any) -> int:
    """Appends a diagnostic to the list whose handle is `user`."""
    ffi.from_handle(user).append(copy_diagnostic(diagnostic))
    return 0
