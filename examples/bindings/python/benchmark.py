#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Prints reports per second of trpt, and of json.loads with and without handwritten checks. usage: benchmark.py FILE..."""

import gzip
import ipaddress
import json
import sys
import time
from collections.abc import Callable
from datetime import datetime

import trpt

SECONDS = 1.0
POLICY_TYPES = {str(t.name).lower().replace("_", "-") for t in trpt.PolicyType}
RESULT_TYPES = {str(t.name).lower().replace("_", "-") for t in trpt.ResultType}


def text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("a string was expected")
    return value


def count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**64:
        raise ValueError("a count was expected")
    return value


def by_hand(data: bytes) -> tuple[object, ...]:
    """Checks types, times, addresses and counts. There are no positions, no diagnostics and no limits."""
    report = json.loads(data)
    begin = datetime.fromisoformat(text(report["date-range"]["start-datetime"]).replace("Z", "+00:00"))
    end = datetime.fromisoformat(text(report["date-range"]["end-datetime"]).replace("Z", "+00:00"))
    policies = []
    for policy in report["policies"]:
        inner, summary, failures = policy["policy"], policy["summary"], []
        if inner["policy-type"] not in POLICY_TYPES:
            raise ValueError("an unknown policy type")
        for failure in policy.get("failure-details", []):
            if failure["result-type"] not in RESULT_TYPES:
                raise ValueError("an unknown result type")
            for name in ("sending-mta-ip", "receiving-ip"):
                if failure.get(name):
                    ipaddress.ip_address(failure[name])
            failures.append((failure["result-type"], count(failure["failed-session-count"])))
        strings, hosts = inner.get("policy-string", []), inner.get("mx-host", [])
        policies.append((text(inner.get("policy-domain", "")), [text(s) for s in strings],
                         [text(h) for h in ([hosts] if isinstance(hosts, str) else hosts)],
                         count(summary["total-successful-session-count"]), count(summary["total-failure-session-count"]),
                         failures))
    return text(report["organization-name"]), text(report["report-id"]), begin, end, policies


def all_members(data: bytes) -> object:
    """Reads what by_hand reads, and all else."""
    report = trpt.parse_report(data)
    return (report.organization_name, report.contact_info, report.report_id, report.start_seconds, report.end_seconds, report.error_count,
            report.warning_count, report.info_count, report.key,
            [(p.type, p.type_name, p.domain, p.strings, p.mx_hosts, p.successful_sessions, p.failed_sessions, p.has_policy, p.has_failures,
              p.index, [(f.type, f.type_name, f.sending_mta_ip, f.receiving_mx_hostname, f.receiving_mx_helo, f.receiving_ip,
                         f.failed_sessions, f.additional_information, f.failure_reason_code, f.policy_index) for f in p.failures])
             for p in report.policies],
            [(d.code, d.severity, d.message, d.section, d.where, d.line, d.column, d.offset) for d in report.diagnostics])


def per_second(function: Callable[[bytes], object], data: bytes) -> float:
    begin = time.perf_counter()
    n = 0
    while (elapsed := time.perf_counter() - begin) < SECONDS:
        function(data)
        n += 1
    return n / elapsed


def main() -> None:
    ways: dict[str, Callable[[bytes], object]] = {
        "json.loads": json.loads, "json.loads and checks": by_hand, "trpt": trpt.parse_report, "trpt, all members": all_members,
        "trpt, no diagnostics": lambda data: trpt.parse_report(data, diagnostics=False)}
    for path in sys.argv[1:]:
        with open(path, "rb") as file:
            data = file.read()
        data = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
        print(f"{path}: {len(data)} bytes")
        for name, function in ways.items():
            try:
                rate = per_second(function, data)
                print(f"  {name:24}{rate:10.0f} reports/s {rate * len(data) / 1e6:8.1f} MB/s")
            except (KeyError, ValueError, TypeError) as error:
                print(f"  {name:24} rejects it: {type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
