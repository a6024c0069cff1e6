# SPDX-License-Identifier: MIT
"""Hands reports to engines as tables, by the Arrow PyCapsule interface."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Optional, Tuple, Union

from . import _trpt

Item = Union[bytes, Tuple[str, bytes]]
"""A report, plain JSON or gzip, maybe with the name of its source."""


class Table:
    """A table that every engine with the Arrow PyCapsule interface reads, such as pyarrow, DuckDB and Polars."""

    def __init__(self, batch: _trpt.Batch, number: int) -> None:
        self._batch = batch
        self._number = number

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """Returns a capsule with a stream of the rows that no other stream has returned."""
        return self._batch.stream(self._number)


class Rows:
    """Reads reports from an iterable of bytes, or of pairs (source, bytes), as three tables.

    The input is read once. Drawing one table reads as far as needed, and what belongs to the other two waits in memory. If a table has
    more than max_table bytes (64 MiB by default), the stream that is being drawn fails. So draw all tables that have rows, or leave out
    the diagnostics with diagnostics=False. An exception of the iterable ends the streams with an error; see `exception`."""

    def __init__(self, items: Iterable[Item], *, strict: bool = False, diagnostics: bool = True, now: Optional[datetime] = None,
                 max_table: int = 0, **limits: int) -> None:
        self._batch = _trpt.new_batch(items, max_table, strict=strict, diagnostics=diagnostics, now=now, **limits)
        self.rows = Table(self._batch, 0)
        """A row for each policy and each failure, docs/rows.md."""
        self.diagnostics = Table(self._batch, 1)
        """A row for each diagnostic."""
        self.bad = Table(self._batch, 2)
        """A row for each item that could not be read."""

    @property
    def exception(self) -> Optional[BaseException]:
        """What the iterable has raised, or None."""
        return self._batch.exception

    @property
    def overflow_count(self) -> int:
        """The number of counts that became null because they are above 2^63 - 1."""
        return self._batch.overflow_count()
