# SPDX-License-Identifier: MIT
"""Reports as Python objects. A program may also make them by hand, and write them.

The classes are dataclasses. Their base classes in _trpt store the members, and create those of a parsed report when they are read.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta, timezone
from typing import Any, Type, TypeVar

from . import _trpt

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_Class = TypeVar("_Class", bound=Type[Any])


def _reduce(self: Any) -> tuple[Any, ...]:
    return type(self), tuple(getattr(self, member.name) for member in fields(self))


def _stored_by_base(cls: _Class) -> _Class:
    """Removes the default values, which only __init__ needs, from the class: they would hide the members of the base class."""
    for member in fields(cls):
        if member.name in vars(cls):
            delattr(cls, member.name)
    setattr(cls, "__reduce__", _reduce)
    return cls


class Severity(enum.IntEnum):
    """Severity of a diagnostic."""

    INFO = 0
    WARNING = 1
    ERROR = 2


@_stored_by_base
@dataclass
class Diagnostic(_trpt.Diagnostic):
    """A diagnostic of a record or a report."""

    __slots__ = ()

    code: str = ""
    severity: Severity = Severity.INFO
    message: str = ""
    section: str = ""
    """Section of the RFC, "RFC 8460 s4.4"."""
    where: str = ""
    """Path of the member, "policies[0].policy.policy-string"."""
    line: int = 0
    """1-based; 0 if unknown, as always for records."""
    column: int = 0
    """1-based, in bytes; 0 if unknown."""
    offset: int = 0
    """Bytes from the beginning."""

    @property
    def advice(self) -> str:
        """How to fix the problem."""
        return _trpt.diagnostic_advice(self.code) or ""


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


class PolicyType(enum.IntEnum):
    """`policy-type`, RFC 8460 s4.4."""

    UNKNOWN = 0
    TLSA = 1
    STS = 2
    NO_POLICY_FOUND = 3

    @classmethod
    def _missing_(cls, value: object) -> "PolicyType":
        return cls.UNKNOWN  # a type of a later version


class ResultType(enum.IntEnum):
    """`result-type`, RFC 8460 s4.3."""

    UNKNOWN = 0
    STARTTLS_NOT_SUPPORTED = 1
    CERTIFICATE_HOST_MISMATCH = 2
    CERTIFICATE_NOT_TRUSTED = 3
    CERTIFICATE_EXPIRED = 4
    VALIDATION_FAILURE = 5
    STS_POLICY_FETCH_ERROR = 6
    STS_POLICY_INVALID = 7
    STS_WEBPKI_INVALID = 8
    TLSA_INVALID = 9
    DNSSEC_INVALID = 10
    DANE_REQUIRED = 11

    @classmethod
    def _missing_(cls, value: object) -> "ResultType":
        return cls.UNKNOWN  # a type of a later version

    @property
    def description(self) -> str:
        """Explains the type to the owner of the domain, and says what to do."""
        return _trpt.result_type_description(self)


@_stored_by_base
@dataclass
class Failure(_trpt.Failure):
    """An element of `failure-details`. None: the member is missing, or its value cannot be read."""

    __slots__ = ()

    type: ResultType = ResultType.UNKNOWN
    type_name: str | None = None
    """As written."""
    sending_mta_ip: str | None = None
    receiving_mx_hostname: str | None = None
    receiving_mx_helo: str | None = None
    receiving_ip: str | None = None
    failed_sessions: int | None = None
    additional_information: str | None = None
    failure_reason_code: str | None = None
    policy_index: int = 0
    """Index of its policy, from 0."""


@_stored_by_base
@dataclass
class Policy(_trpt.Policy):
    """An element of `policies`. None: the member is missing, or its value cannot be read."""

    __slots__ = ()

    type: PolicyType = PolicyType.UNKNOWN
    type_name: str | None = None
    """As written."""
    domain: str | None = None
    strings: list[str] | None = None
    mx_hosts: list[str] | None = None
    successful_sessions: int | None = None
    failed_sessions: int | None = None
    failures: list[Failure] = field(default_factory=list)
    """Set by parse_report and read_reports; a Reader returns them as events."""
    has_policy: bool = True
    """Whether the object `policy` is present, even if empty."""
    has_failures: bool = False
    """Whether the array `failure-details` is present, even if empty."""
    index: int = 0
    """From 0."""


def to_datetime(seconds: int | None) -> datetime | None:
    try:
        return None if seconds is None else _EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        return None


def _seconds(time: datetime | None) -> int | None:
    if time is None:
        return None
    if time.tzinfo is None:
        raise ValueError("a time of a report needs a time zone")
    return (time - _EPOCH) // timedelta(seconds=1)


@_stored_by_base
@dataclass
class Metadata(_trpt.Metadata):
    """The top-level members of a report. None: the member is missing, or its value cannot be read."""

    __slots__ = ()

    organization_name: str | None = None
    contact_info: str | None = None
    report_id: str | None = None
    start_seconds: int | None = None
    """Unix seconds; `start` is the same as datetime."""
    end_seconds: int | None = None
    """Unix seconds; `end` is the same as datetime."""
    error_count: int = 0
    """Number of diagnostics of severity ERROR, including those that were not stored."""
    warning_count: int = 0
    info_count: int = 0

    @property
    def start(self) -> datetime | None:
        """In UTC; None also for a year that datetime does not have."""
        return to_datetime(self.start_seconds)

    @start.setter
    def start(self, time: datetime | None) -> None:
        self.start_seconds = _seconds(time)

    @property
    def end(self) -> datetime | None:
        """In UTC; None also for a year that datetime does not have."""
        return to_datetime(self.end_seconds)

    @end.setter
    def end(self, time: datetime | None) -> None:
        self.end_seconds = _seconds(time)


@_stored_by_base
@dataclass
class Report(Metadata, _trpt.Report):
    """A complete report."""

    __slots__ = ()

    policies: list[Policy] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    """In the order in which the parser reported them."""
    key: str = ""
    """Equal for two deliveries of one report, and different for different reports."""
    source: str | None = None
    """The file that it came from."""


def write_report(report: Report, *, pretty: bool = False) -> bytes:
    """Returns the JSON text of a report. Members that are None are omitted, and so are the diagnostics.

    pretty: with line breaks and indentation.
    """
    return _trpt.write_report(report, pretty)


_trpt.setup(Report, Policy, Failure, Metadata, Diagnostic, Error, tuple(PolicyType), tuple(ResultType), tuple(Severity), _seconds)
