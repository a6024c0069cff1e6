# SPDX-License-Identifier: MIT
"""Hands reports to engines as tables, by the Arrow PyCapsule interface."""

import ctypes
import sys
import weakref
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from ._native import check, ffi, lib, text_bytes
from .reading import _options

Item: TypeAlias = bytes | tuple[str, bytes]
"""A report, plain JSON or gzip, maybe with the name of its source."""

# ---- capsules ----

# A capsule usually frees its content by a function in C, which must not run Python: an exception may be pending. Here the capsules
# and their streams are stored, and freed some time after no one else has the capsule.
_new_capsule = ctypes.pythonapi.PyCapsule_New
_new_capsule.restype = ctypes.py_object
_new_capsule.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
_NAME = b"arrow_array_stream"
_capsules: list[tuple[Any, Any]] = []
_OWN_REFERENCES = 3  # of the tuple, the loop and getrefcount


def _free_capsules() -> None:
    for entry in _capsules[:]:
        capsule, stream = entry
        if sys.getrefcount(capsule) > _OWN_REFERENCES:
            continue
        _capsules.remove(entry)
        if stream.release:  # no consumer took it
            stream.release(stream)


def _capsule(stream: Any) -> Any:
    _free_capsules()
    capsule = _new_capsule(int(ffi.cast("uintptr_t", stream)), _NAME, None)
    _capsules.append((capsule, stream))
    return capsule


# ---- input ----


class _Input:
    """The items of a batch. It exists until the batch and all its streams are gone."""

    alive: set["_Input"] = set()

    def __init__(self, items: Iterable[Item], rows: "Rows") -> None:
        # Weak, since the traceback of an exception refers to the frames that use the Rows.
        self.rows = weakref.ref(rows)
        self.handle = ffi.new_handle(self)
        self.source = ffi.new("trpt_source *")
        self.source.struct_size = ffi.sizeof("trpt_source")
        self._items: Iterator[Item] = iter(items)
        self._count = 0
        self._stored: tuple[Any, ...] = ()  # what the current item points to
        _Input.alive.add(self)

    def fill(self, item: Any) -> int:
        try:
            value = next(self._items)
        except StopIteration:
            return int(lib.TRPT_END)
        source, data = value if isinstance(value, tuple) else (str(self._count), value)
        self._count += 1
        name = ffi.from_buffer(text_bytes(source) or b"\0")
        self._stored = name, ffi.from_buffer(data if len(data) else b"\0")
        self.source.name.ptr, self.source.name.len = name, len(text_bytes(source))
        item.source, item.data, item.len = self.source, self._stored[1], len(data)
        return int(lib.TRPT_OK)


@ffi.callback("int32_t(void *, trpt_batch_item *)", error=-5)  # type: ignore[misc]
def _next_item(user: Any, item: Any) -> int:
    source: _Input = ffi.from_handle(user)
    try:
        return source.fill(item)
    except BaseException as exception:  # it cannot pass through C
        if rows := source.rows():
            rows.exception = exception
        return int(lib.TRPT_E_CANCELED)


@ffi.callback("void(void *)")  # type: ignore[misc]
def _input_is_done(user: Any) -> None:
    _Input.alive.discard(ffi.from_handle(user))


# ---- tables ----


class Table:
    """A table that every engine with the Arrow PyCapsule interface reads, such as pyarrow, DuckDB and Polars."""

    def __init__(self, rows: "Rows", number: int) -> None:
        self._rows = rows
        self._number = number

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """Returns a capsule with a stream of the rows that no other stream has returned."""
        stream = ffi.new("struct ArrowArrayStream *")
        check(lib.trpt_batch_stream(self._rows._batch, self._number, stream))
        return _capsule(stream)


class Rows:
    """Reads reports from an iterable of bytes, or of pairs (source, bytes), as three tables.

    The input is read once. Drawing one table reads as far as needed, and what belongs to the other two waits in memory. If a table has
    more than max_table bytes (64 MiB by default), the stream that is being drawn fails. So draw all tables that have rows, or leave out
    the diagnostics with diagnostics=False. An exception of the iterable ends the streams with an error; see `exception`."""

    def __init__(self, items: Iterable[Item], *, strict: bool = False, diagnostics: bool = True, max_table: int = 0,
                 **limits: int) -> None:
        options = ffi.new("trpt_batch_options *")
        options.struct_size = ffi.sizeof("trpt_batch_options")
        options.max_table = max_table
        report = _options(strict, diagnostics, None, limits)
        options.report = report
        self.exception: BaseException | None = None
        """What the iterable has raised, or None."""
        self._input = _Input(items, self)
        options.next, options.done, options.user = _next_item, _input_is_done, self._input.handle
        out = ffi.new("trpt_batch **")
        try:
            check(lib.trpt_batch_new(out, options))
        except BaseException:
            _Input.alive.discard(self._input)
            raise
        self._batch = ffi.gc(out[0], lib.trpt_batch_free)
        self.rows = Table(self, lib.TRPT_TABLE_ROWS)
        """A row for each policy and each failure, docs/rows.md."""
        self.diagnostics = Table(self, lib.TRPT_TABLE_DIAGNOSTICS)
        """A row for each diagnostic."""
        self.bad = Table(self, lib.TRPT_TABLE_BAD)
        """A row for each item that could not be read."""

    def __del__(self) -> None:
        _free_capsules()

    @property
    def overflow_count(self) -> int:
        """The number of counts that became null because they are above 2^63 - 1."""
        return int(lib.trpt_batch_overflow_count(self._batch))
