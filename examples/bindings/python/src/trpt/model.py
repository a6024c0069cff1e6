# SPDX-License-Identifier: MIT
"""Reports as Python objects. A program may also make them by hand, and write them.

The classes are dataclasses. Their base classes in _trpt store the members, and create those of a parsed report when they are read.
"""

from __future__ import annotations

from . import _trpt
from .bases import Error, to_seconds
from .members import Diagnostic, Failure, Metadata, Policy, PolicyType, Report, ResultType, Severity


def write_report(report: Report, *, pretty: bool = False) -> bytes:
    """Returns the JSON text of a report. Members that are None are omitted, and so are the diagnostics.

    pretty: with line breaks and indentation.
    """
    return _trpt.write_report(report, pretty)


_trpt.setup(Report, Policy, Failure, Metadata, Diagnostic, Error, tuple(PolicyType), tuple(ResultType), tuple(Severity), to_seconds)
