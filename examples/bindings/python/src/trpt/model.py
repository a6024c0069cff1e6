# SPDX-License-Identifier: MIT
"""Reports as Python objects. A program may also make them by hand, and write them."""

import enum
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from ._native import Finding, c_string, call_for_text, lib

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


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
        return c_string(lib.trpt_result_type_description(int(self))) or ""


@dataclass(slots=True)
class Failure:
    """An element of `failure-details`. None: the member is missing, or its value cannot be read."""

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


@dataclass(slots=True)
class Policy:
    """An element of `policies`. None: the member is missing, or its value cannot be read."""

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


def _datetime(seconds: int | None) -> datetime | None:
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


@dataclass(slots=True)
class Metadata:
    """The top-level members of a report. None: the member is missing, or its value cannot be read."""

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
        return _datetime(self.start_seconds)

    @start.setter
    def start(self, time: datetime | None) -> None:
        self.start_seconds = _seconds(time)

    @property
    def end(self) -> datetime | None:
        """In UTC; None also for a year that datetime does not have."""
        return _datetime(self.end_seconds)

    @end.setter
    def end(self, time: datetime | None) -> None:
        self.end_seconds = _seconds(time)


@dataclass(slots=True)
class Report(Metadata):
    """A complete report."""

    policies: list[Policy] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    """In the order in which the parser reported them."""
    key: str = ""
    """Equal for two deliveries of one report, and different for different reports."""
    source: str | None = None
    """The file that it came from."""


def format_time(seconds: int) -> str:
    """Formats Unix seconds as RFC 3339 in UTC. Raises Error outside the years 0 to 9999."""
    return call_for_text(lib.trpt_time_format, seconds).decode("ascii")
