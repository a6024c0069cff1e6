#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Prints how long reading a report takes with json, orjson and trpt, in turn on one core. usage: benchmark.py FILE...

Needs pyarrow for tables, and orjson; without them their lines are missing. No JSON parser checks reports.
"""

import gzip
import importlib
import itertools
import json
import sys
import time
from collections.abc import Callable

import trpt

ROUNDS, SECONDS, CALLS, REPORTS = 7, 0.1, 20, 20000


def all_members(data: bytes) -> None:
    """Reads each member that the text may have, and all diagnostics."""
    report = trpt.parse_report(data)
    report.organization_name, report.contact_info, report.report_id, report.start_seconds, report.end_seconds
    report.error_count, report.warning_count, report.info_count
    for p in report.policies:
        p.type, p.type_name, p.domain, p.strings, p.mx_hosts, p.successful_sessions, p.failed_sessions, p.has_policy, p.has_failures
        p.index
        for f in p.failures:
            f.type, f.type_name, f.sending_mta_ip, f.receiving_mx_hostname, f.receiving_mx_helo, f.receiving_ip, f.failed_sessions
            f.additional_information, f.failure_reason_code, f.policy_index
    for d in report.diagnostics:
        d.code, d.severity, d.message, d.section, d.where, d.line, d.column, d.offset


def draw(tables: trpt.Rows, *names: str) -> int:
    """Draws the batches of tables in turn, so that no table waits long in memory."""
    reader = importlib.import_module("pyarrow").RecordBatchReader
    counts = [map(len, reader.from_stream(getattr(tables, name))) for name in names]
    return sum(sum(each) for each in itertools.zip_longest(*counts, fillvalue=0))


def seconds(function: Callable[[], object]) -> float:
    """Processor time of a call. The clock is read once for several calls, since it takes a fifth of the time that json does."""
    begin = time.process_time()
    n = 0
    while (elapsed := time.process_time() - begin) < SECONDS:
        for _ in range(CALLS):
            function()
        n += CALLS
    return elapsed / n


def ways(data: bytes) -> dict[str, Callable[[], object]]:
    """What is compared. The divisor of rows is REPORTS."""
    compressed = gzip.compress(data)
    result: dict[str, Callable[[], object]] = {
        "json": lambda: json.loads(data), "trpt": lambda: trpt.parse_report(data), "trpt, all members": lambda: all_members(data),
        "trpt, key": lambda: trpt.parse_report(data).key, "trpt, no diagnostics": lambda: trpt.parse_report(data, diagnostics=False),
        "trpt, gzip": lambda: trpt.parse_report(compressed)}
    try:
        orjson = importlib.import_module("orjson")
        result["orjson"] = lambda: orjson.loads(data)
        result["gzip and orjson"] = lambda: orjson.loads(gzip.decompress(compressed))
        importlib.import_module("pyarrow")
        result["rows"] = lambda: draw(trpt.Rows([data] * REPORTS, diagnostics=False), "rows")
        result["rows and diagnostics"] = lambda: draw(trpt.Rows([data] * REPORTS), "rows", "diagnostics")
    except ImportError as error:
        print(error)
    return result


def main() -> None:
    for path in sys.argv[1:]:
        with open(path, "rb") as file:
            data = file.read()
        data = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
        functions = ways(data)
        rounds = [{name: seconds(function) for name, function in functions.items()} for _ in range(ROUNDS)]
        best = {name: min(each[name] for each in rounds) for name in functions}
        best = {name: value / (REPORTS if "rows" in name else 1) for name, value in best.items()}
        print(f"{path}: {len(data)} bytes; microseconds, and the speed as a multiple of json's")
        for name, value in best.items():
            print(f"  {name:22}{value * 1e6:8.2f} {best['json'] / value:8.2f}")


if __name__ == "__main__":
    main()
