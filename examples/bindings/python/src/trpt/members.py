# SPDX-License-Identifier: MIT
"""The parts of reports. Made by docs/generate."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import datetime

from . import _trpt
from .bases import Advice, Error, LaterNumber, ResultNumber, stored_by_base, to_datetime, to_seconds


class Severity(enum.IntEnum):
    """The severity of a diagnostic."""

    INFO = 0
    WARNING = 1
    ERROR = 2


class Scheme(enum.IntEnum):
    """The scheme of a report URI."""

    OTHER = 0
    MAILTO = 1
    HTTPS = 2


class PolicyType(LaterNumber):
    """`policy-type`, RFC 8460 s4.4."""

    UNKNOWN = 0
    TLSA = 1
    STS = 2
    NO_POLICY_FOUND = 3


class ResultType(ResultNumber):
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


@stored_by_base
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


@stored_by_base
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
    """Those of a whole report; a Reader returns them as events."""
    has_policy: bool = True
    """Whether the object `policy` is present, even if empty."""
    has_failures: bool = False
    """Whether the array `failure-details` is present, even if empty."""
    index: int = 0
    """From 0."""


@stored_by_base
@dataclass
class Metadata(_trpt.Metadata):
    """The top level of a report. None: the member is missing, or its value cannot be read."""

    __slots__ = ()

    organization_name: str | None = None
    contact_info: str | None = None
    report_id: str | None = None
    start_seconds: int | None = None
    """Unix seconds."""
    end_seconds: int | None = None
    """Unix seconds."""
    error_count: int = 0
    """Number of diagnostics that are errors, also of those that were not stored."""
    warning_count: int = 0
    info_count: int = 0

    @property
    def start(self) -> datetime | None:
        """In UTC; None also for a year that datetime does not have."""
        return to_datetime(self.start_seconds)

    @start.setter
    def start(self, time: datetime | None) -> None:
        self.start_seconds = to_seconds(time)

    @property
    def end(self) -> datetime | None:
        """In UTC; None also for a year that datetime does not have."""
        return to_datetime(self.end_seconds)

    @end.setter
    def end(self, time: datetime | None) -> None:
        self.end_seconds = to_seconds(time)


@stored_by_base
@dataclass
class Diagnostic(Advice, _trpt.Diagnostic):
    """A diagnostic of a record or a report."""

    __slots__ = ()

    code: str = ""
    """Such as "report.null-member"; docs/diagnostics.md lists all."""
    severity: Severity = Severity.INFO
    message: str = ""
    section: str = ""
    """Section of the RFC, "RFC 8460 s4.4"."""
    where: str = ""
    """Path of the member, "policies[0].policy"."""
    line: int = 0
    """From 1; 0 if unknown."""
    column: int = 0
    """From 1, in bytes; 0 if unknown."""
    offset: int = 0
    """Bytes from the beginning."""


@stored_by_base
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


@dataclass
class MailItem:
    """A report, or something that should contain one and cannot be read. Text comes from outside: escape it before you show it."""

    report: Report | None
    error: Error | None
    """Why the report cannot be read."""
    diagnostics: list[Diagnostic]
    """About the mail; the report has its own."""
    is_other_content: bool
    """Whether `error` is about content that does not claim to be a report, such as another mail in a mailbox."""
    number: int
    """Of the mail in its mailbox, or of the entry in its archive, from 1; 0 for the input itself."""
    offset: int
    """Where that mail or entry begins."""
    kind: str
    """Of the report, "json" or "gzip"; with an error, of what could not be read."""
    container: str
    """Kind of the input, such as "mbox"."""
    entry: str | None
    part: str | None
    """Number of the part, as in IMAP."""
    media_type: str | None
    filename: str | None
    sender: str | None
    """The field From."""
    subject: str | None
    date_text: str | None
    date_seconds: int | None
    message_id: str | None
    report_domain: str | None
    report_submitter: str | None
    dkim: str
    """Result of the signature of the reporting domain, "pass"; "unknown" if no trusted result is available."""
    dkim_domain: str | None
    signer_is_sender: bool
    signer_is_submitter: bool
    signer_is_contact: bool

    @property
    def date(self) -> datetime | None:
        """In UTC; None also for a year that datetime does not have."""
        return to_datetime(self.date_seconds)

    @date.setter
    def date(self, time: datetime | None) -> None:
        self.date_seconds = to_seconds(time)


_trpt.setup(Report, Policy, Failure, Metadata, Diagnostic, Error, tuple(PolicyType), tuple(ResultType), tuple(Severity), to_seconds)
