# SPDX-License-Identifier: MIT
"""Reports as Python objects. A program may also make them by hand, and write them.

The classes are dataclasses. Their base classes in _trpt store the members, and create those of a parsed report when they are read.
"""

from __future__ import annotations

from typing import Any

from . import _trpt
from .bases import to_seconds
from .members import Diagnostic, Failure, Metadata, Policy, PolicyType, Report, ResultType, Severity


class Error(ValueError):
    """A record or a report that cannot be read, or a value that cannot be written."""

    def __init__(self, status: str, message: str, code: str | None = None, where: str = "", line: int = 0, column: int = 0,
                 offset: int = 0) -> None:
        position = ", ".join([f"{name} {number}" for name, number in (("line", line), ("column", column)) if number])
        super().__init__(": ".join([part for part in (position, where, message) if part]))
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


def write_report(report: Report, *, pretty: bool = False) -> bytes:
    """Returns the JSON text of a report. Members that are None are omitted, and so are the diagnostics.

    pretty: with line breaks and indentation.
    """
    return _trpt.write_report(report, pretty)


_trpt.setup(Report, Policy, Failure, Metadata, Diagnostic, Error, tuple(PolicyType), tuple(ResultType), tuple(Severity), to_seconds)
