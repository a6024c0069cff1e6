# SPDX-License-Identifier: MIT
"""Writes reports as JSON text."""

from typing import Any

from ._native import Strings, append_text, check, ffi, lib
from .model import Failure, Metadata, Policy, Report

_NO_TIME = -(1 << 63)


def _metadata(m: Metadata, strings: Strings) -> Any:
    out = ffi.new("trpt_metadata *")
    strings.fill(out.organization_name, m.organization_name)
    strings.fill(out.contact_info, m.contact_info)
    strings.fill(out.report_id, m.report_id)
    out.start = _NO_TIME if m.start_seconds is None else m.start_seconds
    out.end = _NO_TIME if m.end_seconds is None else m.end_seconds
    return out


def _policy(p: Policy, strings: Strings) -> Any:
    out = ffi.new("trpt_policy *")
    out.type = p.type
    strings.fill(out.type_name, p.type_name)
    strings.fill(out.domain, p.domain)
    if p.has_policy:
        out.present |= lib.TRPT_POLICY_HAS_POLICY
    if p.has_failures:
        out.present |= lib.TRPT_POLICY_HAS_FAILURES
    if p.strings is not None:
        out.strings, out.string_count = strings.array(p.strings), len(p.strings)
        out.present |= lib.TRPT_POLICY_HAS_STRINGS
    if p.mx_hosts is not None:
        out.mx_hosts, out.mx_host_count = strings.array(p.mx_hosts), len(p.mx_hosts)
        out.present |= lib.TRPT_POLICY_HAS_MX_HOSTS
    if p.successful_sessions is not None:
        out.successful_sessions = p.successful_sessions
        out.present |= lib.TRPT_POLICY_HAS_SUCCESSFUL
    if p.failed_sessions is not None:
        out.failed_sessions = p.failed_sessions
        out.present |= lib.TRPT_POLICY_HAS_FAILED
    return out


def _failure(f: Failure, strings: Strings) -> Any:
    out = ffi.new("trpt_failure *")
    out.type = f.type
    for name in ("type_name", "sending_mta_ip", "receiving_mx_hostname", "receiving_mx_helo", "receiving_ip",
                 "additional_information", "failure_reason_code"):
        strings.fill(getattr(out, name), getattr(f, name))
    if f.failed_sessions is not None:
        out.failed_sessions = f.failed_sessions
        out.present |= lib.TRPT_FAILURE_HAS_FAILED_SESSIONS
    return out


def write_report(report: Report, *, pretty: bool = False) -> bytes:
    """Returns the JSON text of a report. Members that are None are omitted, and so are the diagnostics.

    pretty: with line breaks and indentation.
    """
    text: list[bytes] = []
    handle = ffi.new_handle(text)
    memory = ffi.new("char[]", lib.trpt_writer_size())
    out = ffi.new("trpt_writer **")
    check(lib.trpt_writer_init(out, memory, len(memory), lib.TRPT_PRETTY if pretty else 0, append_text, handle))
    writer = out[0]
    strings = Strings()  # exists until the end, since the strings must outlive each call
    check(lib.trpt_writer_metadata(writer, _metadata(report, strings)))
    for policy in report.policies:
        check(lib.trpt_writer_policy(writer, _policy(policy, strings)))
        for failure in policy.failures:
            check(lib.trpt_writer_failure(writer, _failure(failure, strings)))
    check(lib.trpt_writer_end(writer))
    return b"".join(text)
