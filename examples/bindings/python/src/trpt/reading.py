# SPDX-License-Identifier: MIT
"""Reads complete reports or their events from bytes, files and folders."""

import os
from collections.abc import Callable, Generator, Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, TypeAlias

from ._native import Error, Finding, call_for_text, check, copy_diagnostic, copy_text, error_of, ffi, lib
from .model import Failure, Metadata, Policy, PolicyType, Report, ResultType, _seconds

Event: TypeAlias = Failure | Policy | Finding | Metadata
"""What a Reader returns."""
Source: TypeAlias = str | os.PathLike[str] | BinaryIO
"""A path, or a file opened in binary mode."""

_CHUNK = 65536
_NO_TIME = -(1 << 63)


def _options(strict: bool, with_diagnostics: bool, now: datetime | None, limits: dict[str, int]) -> Any:
    options = ffi.new("trpt_options *")
    options.struct_size = ffi.sizeof("trpt_options")
    options.flags = (lib.TRPT_STRICT if strict else 0) | (0 if with_diagnostics else lib.TRPT_NO_DIAGNOSTICS)
    options.now = _seconds(now) or 0
    for name, value in limits.items():
        if not name.startswith("max_"):
            raise TypeError(f"there is no option {name!r}")
        setattr(options, name, value)
    return options


def _parser(options: Any) -> Any:
    out = ffi.new("trpt_parser **")
    check(lib.trpt_parser_new(out, options))
    return ffi.gc(out[0], lib.trpt_parser_free)


def _copy_failure(f: Any) -> Failure:
    return Failure(ResultType(f.type), copy_text(f.type_name), copy_text(f.sending_mta_ip), copy_text(f.receiving_mx_hostname),
                   copy_text(f.receiving_mx_helo), copy_text(f.receiving_ip),
                   f.failed_sessions if f.present & lib.TRPT_FAILURE_HAS_FAILED_SESSIONS else None,
                   copy_text(f.additional_information), copy_text(f.failure_reason_code), f.policy_index)


def _copy_list(texts: Any, count: int) -> list[str]:
    return [copy_text(texts[i]) or "" for i in range(count)]


def _copy_policy(p: Any) -> Policy:
    present = p.present
    return Policy(PolicyType(p.type), copy_text(p.type_name), copy_text(p.domain),
                  _copy_list(p.strings, p.string_count) if present & lib.TRPT_POLICY_HAS_STRINGS else None,
                  _copy_list(p.mx_hosts, p.mx_host_count) if present & lib.TRPT_POLICY_HAS_MX_HOSTS else None,
                  p.successful_sessions if present & lib.TRPT_POLICY_HAS_SUCCESSFUL else None,
                  p.failed_sessions if present & lib.TRPT_POLICY_HAS_FAILED else None, [],
                  present & lib.TRPT_POLICY_HAS_POLICY != 0, present & lib.TRPT_POLICY_HAS_FAILURES != 0, p.index)


def _set_metadata(to: Metadata, m: Any) -> None:
    to.organization_name = copy_text(m.organization_name)
    to.contact_info = copy_text(m.contact_info)
    to.report_id = copy_text(m.report_id)
    to.start_seconds = None if m.start == _NO_TIME else m.start
    to.end_seconds = None if m.end == _NO_TIME else m.end
    to.error_count, to.warning_count, to.info_count = m.error_count, m.warning_count, m.info_count


def _copy_metadata(m: Any) -> Metadata:
    metadata = Metadata()
    _set_metadata(metadata, m)
    return metadata


def _copy_event(event: Any) -> Event | None:
    if event.type == lib.TRPT_EVENT_FAILURE:
        return _copy_failure(event.failure)
    if event.type == lib.TRPT_EVENT_POLICY:
        return _copy_policy(event.policy)
    if event.type == lib.TRPT_EVENT_DIAGNOSTIC:
        return copy_diagnostic(event.diagnostic)
    if event.type == lib.TRPT_EVENT_REPORT:
        return _copy_metadata(event.metadata)
    return None  # an event type of a later version


def _copy_report(tree: Any, source: str | None) -> Report:
    report = Report(source=source)
    _set_metadata(report, lib.trpt_report_metadata(tree))
    for i in range(lib.trpt_report_policy_count(tree)):
        policy = _copy_policy(lib.trpt_report_policy(tree, i))
        policy.failures = [_copy_failure(lib.trpt_report_failure(tree, i, j))
                           for j in range(lib.trpt_report_failure_count(tree, i))]
        report.policies.append(policy)
    report.findings = [copy_diagnostic(lib.trpt_report_diagnostic(tree, i)) for i in range(lib.trpt_report_diagnostic_count(tree))]
    report.key = call_for_text(lib.trpt_report_key, tree).decode("ascii")
    return report


def _raise(parser: Any) -> None:
    error = lib.trpt_parser_error(parser)
    if error.status == lib.TRPT_E_MEMORY:
        raise MemoryError
    raise error_of(error)


def _open(source: Source) -> tuple[BinaryIO, bool]:
    """Returns the file, and whether the caller must close it."""
    if isinstance(source, (str, os.PathLike)):
        return open(source, "rb", buffering=0), True
    return source, False


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
        parser = _parser(_options(strict, findings, now, limits))
        file, is_ours = _open(source)
        self._file = file if is_ours else None
        self._events = self._read(parser, file)

    @staticmethod
    def _read(parser: Any, file: BinaryIO) -> Generator[Event, None, None]:
        used, event = ffi.new("size_t *"), ffi.new("const trpt_event **")
        status = lib.TRPT_MORE
        while status == lib.TRPT_MORE:
            chunk = file.read(_CHUNK)
            data, size = (ffi.from_buffer(chunk), len(chunk)) if chunk else (ffi.NULL, 0)
            while (status := lib.trpt_parser_read(parser, data, size, used, event)) == lib.TRPT_OK:
                data += used[0]
                size -= used[0]
                copied = _copy_event(event[0])
                if copied is not None:
                    yield copied
        if status < 0:
            _raise(parser)

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


def parse_report(data: bytes, *, strict: bool = False, findings: bool = True, now: datetime | None = None,
                 **limits: int) -> Report:
    """Parses a complete report in memory, plain JSON or gzip. Options are those of Reader. Raises Error."""
    out, error = ffi.new("trpt_report **"), ffi.new("trpt_error *")
    options = _options(strict, findings, now, limits)
    status = lib.trpt_report_parse(ffi.from_buffer(data), len(data), options, out, error)
    if status == lib.TRPT_E_MEMORY:
        raise MemoryError
    if status:
        raise error_of(error)
    try:
        return _copy_report(out[0], None)
    finally:
        lib.trpt_report_free(out[0])


def _read_whole(parser: Any, source: Source, name: str | None) -> Report:
    file, is_ours = _open(source)
    out = ffi.new("trpt_report **")
    lib.trpt_parser_reset(parser)
    status = lib.TRPT_MORE
    try:
        while status == lib.TRPT_MORE:
            chunk = file.read(_CHUNK)
            status = lib.trpt_report_read(parser, ffi.from_buffer(chunk) if chunk else ffi.NULL, len(chunk), out)
        if status:
            _raise(parser)
        return _copy_report(out[0], name)
    finally:
        lib.trpt_report_free(out[0])
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
    parser = _parser(_options(strict, findings, now, limits))
    for file, name in _files(source):
        try:
            report = _read_whole(parser, file, name)
        except Error as error:
            if on_error:
                on_error(name or "", error)
                continue
            if name:
                error.add_note(f"in {name}")
            raise
        yield report
