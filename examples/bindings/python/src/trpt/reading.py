# SPDX-License-Identifier: MIT
"""Reads complete reports or their events from files and folders."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Union

from . import _trpt
from .model import Error, Failure, Finding, Metadata, Policy, Report

Event = Union[Failure, Policy, Finding, Metadata]
"""What a Reader returns."""
Source = Union[str, "os.PathLike[str]", BinaryIO]
"""A path, or a file opened in binary mode."""

_CHUNK = 65536


def _open(source: Source) -> tuple[BinaryIO, bool]:
    """Returns the file, and whether the caller must close it."""
    if isinstance(source, (str, os.PathLike)):
        return open(source, "rb", buffering=0), True
    if not hasattr(source, "read"):
        raise TypeError(f"a path or a file opened in binary mode is needed, not {type(source)}; for bytes call parse_report")
    return source, False


def _chunk(file: BinaryIO) -> bytes:
    chunk = file.read(_CHUNK)
    if isinstance(chunk, str):
        raise TypeError("the file was opened in text mode; open it with mode 'rb'")
    return chunk


class Reader:
    """Reads a report in chunks and in constant memory, plain JSON or gzip.

    Iterating returns the events. A Failure precedes its Policy, and a Finding precedes the event that it concerns. Metadata is the
    last event, and comes only if the whole report was read and is valid; otherwise Error is raised. Close a reader, or use `with`;
    events that it returned remain valid. If a second thread uses a reader that is in use, it gets ValueError.

    strict: fail at the first diagnostic of severity ERROR. findings: False reports no diagnostics, which is faster. now: the time
    after which a period is in the future. Limits are those of trpt_options, such as max_input.
    """

    def __init__(self, source: Source, *, strict: bool = False, findings: bool = True, now: datetime | None = None,
                 **limits: int) -> None:
        self._closed = False
        parser = _trpt.new_parser(strict=strict, findings=findings, now=now, **limits)
        file, is_ours = _open(source)
        self._file = file if is_ours else None
        self._events = self._read(parser, file)

    @staticmethod
    def _read(parser: _trpt.Parser, file: BinaryIO) -> Generator[Event, None, None]:
        chunk = None
        while chunk != b"":
            chunk = _chunk(file)
            events, error = parser.feed(chunk)
            yield from events
            if error:
                raise error

    def __iter__(self) -> Iterator[Event]:
        return self

    def __next__(self) -> Event:
        if self._closed:
            raise ValueError("the reader is closed")
        return next(self._events)

    def close(self) -> None:
        """Frees the parser, and closes the file if the reader opened it. Closing again has no effect."""
        self._events.close()
        self._closed = True
        if self._file:
            self._file.close()

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def _read_whole(parser: _trpt.Parser, source: Source) -> Report:
    file, is_ours = _open(source)
    parser.reset()
    try:
        report = None
        while report is None:
            report = parser.feed_whole(_chunk(file))
        return report
    finally:
        if is_ours:
            file.close()


def _files(source: Source) -> Iterator[tuple[Source, str | None]]:
    """Yields each file and its path."""
    if not isinstance(source, (str, os.PathLike)):
        yield source, None
    elif (path := Path(source)).is_dir():
        yield from ((entry, str(entry)) for entry in sorted(path.iterdir()) if entry.is_file())
    else:
        yield source, os.fspath(source)


def read_reports(source: Source, *, on_error: Callable[[str, Error], object] | None = None, strict: bool = False,
                 findings: bool = True, now: datetime | None = None, **limits: int) -> Iterator[Report]:
    """Yields complete reports, plain JSON or gzip, of a file, of all files in a folder, or of an open binary file.

    on_error: called with the path and the Error of a report that cannot be read; the next report follows. Without it, the Error is
    raised with a note that names the path. OSError is always raised. Other options are those of Reader.
    """
    parser = _trpt.new_parser(strict=strict, findings=findings, now=now, **limits)
    for file, name in _files(source):
        try:
            report = _read_whole(parser, file)
            report.source = name
        except Error as error:
            if on_error:
                on_error(name or "", error)
                continue
            if name:
                error.__notes__ = [f"in {name}"]  # add_note of Python 3.11
            raise
        yield report
