# SPDX-License-Identifier: MIT
"""Reads complete reports or their events from files and folders."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Union

from . import _trpt
from .bases import Error
from .members import Diagnostic, Failure, Metadata, Policy, Report

Event = Union[Failure, Policy, Diagnostic, Metadata]
"""What a Reader returns."""
Source = Union[str, "os.PathLike[str]", BinaryIO]
"""A path, or a file opened in binary mode."""


def open_source(source: Source) -> AbstractContextManager[BinaryIO]:
    """Returns the file. Leaving it closes the file if it was opened here."""
    if isinstance(source, (str, os.PathLike)):
        return open(source, "rb", buffering=0)
    if not hasattr(source, "read"):
        raise TypeError(f"a path or a file opened in binary mode is needed, not {type(source)}; for bytes call parse_report")
    return nullcontext(source)


class Reader(_trpt.Parser):
    """Reads a report in chunks and in constant memory, plain JSON or gzip.

    Iterating returns the events. A Failure precedes its Policy, and a Diagnostic precedes the event that it concerns. Metadata is the
    last event, and comes only if the whole report was read and is valid; otherwise Error is raised. Close a reader, or use `with`;
    events that it returned remain valid. If a second thread uses a reader that is in use, it gets ValueError.

    strict: fail at the first diagnostic of severity ERROR. diagnostics: False reports none, which is faster. now: the time after
    which a period is in the future. Limits are those of trpt_options, such as max_input.
    """

    def __init__(self, source: Source, *, strict: bool = False, diagnostics: bool = True, now: datetime | None = None,
                 **limits: int) -> None:
        _trpt.begin_parser(self, False, strict=strict, diagnostics=diagnostics, now=now, **limits)
        self._source = open_source(source)
        self.open(self._source.__enter__().read)

    def close(self) -> None:
        """Frees the parser, and closes the file if the reader opened it. Closing again has no effect."""
        self.open(None)
        self._source.__exit__(None, None, None)

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def read_reports(source: Source, *, on_error: Callable[[str, Error], object] | None = None, strict: bool = False,
                 diagnostics: bool = True, now: datetime | None = None, **limits: int) -> Iterator[Report]:
    """Yields complete reports, plain JSON or gzip, of a file, of all files in a folder, or of an open binary file.

    A file may hold many reports, such as JSON Lines. on_error: called with the path and the Error of a report that cannot be read; the
    next report follows. Without it, the Error is raised with a note that names the path. OSError is always raised. Other options are
    those of Reader.
    """
    parser = _trpt.Parser()
    _trpt.begin_parser(parser, True, strict=strict, diagnostics=diagnostics, now=now, **limits)
    files: Iterable[Source] = [source]
    if isinstance(source, (str, os.PathLike)) and (folder := Path(source)).is_dir():
        files = (entry for entry in sorted(folder.iterdir()) if entry.is_file())
    for file in files:
        yield from _reports_of(file, parser, on_error)


def _reports_of(source: Source, parser: _trpt.Parser, on_error: Callable[[str, Error], object] | None) -> Iterator[Report]:
    name = os.fspath(source) if isinstance(source, (str, os.PathLike)) else None
    with open_source(source) as file:
        parser.open(file.read)
        while True:
            try:
                report = parser.next_report()
            except Error as error:
                if on_error:
                    on_error(name or "", error)
                    continue
                if name:
                    error.__notes__ = [f"in {name}"]  # add_note of Python 3.11
                raise
            if report is None:
                return
            report.source = name
            yield report
