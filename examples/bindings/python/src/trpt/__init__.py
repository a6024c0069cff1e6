# SPDX-License-Identifier: MIT
"""SMTP TLS Reporting (TLS-RPT, RFC 8460): records and reports, read and written by libtrpt.

Records: parse_record, diagnose_record, suggest_record, write_record.
Reports: read_reports and parse_report for complete reports, Reader for events in constant memory, report_json, write_report.
Mails: read_mails finds the reports in mails, mailboxes and archives, if libtrpt-mail is installed.
Tables: Rows hands many reports to DuckDB, Polars, pyarrow, Spark and others.

Returned values belong to the caller. Bytes that are not UTF-8 become U+FFFD.
"""

from ._trpt import VERSION, format_time, parse_report, report_json, write_report
from .bases import Error
from .mail import read_mails
from .members import Diagnostic, Failure, MailItem, Metadata, Policy, PolicyType, Report, ResultType, Scheme, Severity
from .reading import Event, Reader, Source, read_reports
from .record import Extension, Record, Rua, diagnose_record, parse_record, suggest_record, write_record
from .rows import Rows, Table

__version__ = VERSION

__all__ = [
    "Diagnostic", "Error", "Event", "Extension", "Failure", "MailItem", "Metadata", "Policy", "PolicyType", "Reader", "Record",
    "Report", "ResultType", "Rows", "Rua", "Scheme", "Severity", "Source", "Table", "VERSION", "diagnose_record", "format_time",
    "parse_record", "parse_report", "read_mails", "read_reports", "report_json", "suggest_record", "write_record",
    "write_report",
]
