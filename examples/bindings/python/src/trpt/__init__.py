# SPDX-License-Identifier: MIT
"""SMTP TLS Reporting (TLS-RPT, RFC 8460): records and reports, read and written by libtrpt.

Records: parse_record, diagnose_record, suggest_record, write_record.
Reports: read_reports and parse_report for complete reports, Reader for events in constant memory, write_report.
Tables: Rows hands many reports to DuckDB, Polars, pyarrow, Spark and others.

Returned values are copies that belong to the caller. Bytes that are not UTF-8 become U+FFFD.
"""

from ._native import VERSION, Error, Finding, Severity
from .model import (Failure, Metadata, Policy, PolicyType, Report, ResultType, format_time)
from .reading import Event, Reader, Source, parse_report, read_reports
from .record import Extension, Record, Rua, Scheme, diagnose_record, parse_record, suggest_record, write_record
from .rows import Rows, Table
from .writing import write_report

__all__ = [
    "VERSION", "Error", "Event", "Extension", "Failure", "Finding", "Metadata", "Policy", "PolicyType", "Reader", "Record",
    "Report", "ResultType", "Rows", "Rua", "Scheme", "Severity", "Source", "Table", "diagnose_record", "format_time",
    "parse_record", "parse_report", "read_reports", "suggest_record", "write_record", "write_report",
]
