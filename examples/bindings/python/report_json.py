#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Prints for each report the line that `tlsrpt report --format json` prints, without the key. usage: report_json.py PATH..."""

import os
import re
import sys

import trpt

# Characters that are invisible, or that change how others are displayed.
HIDDEN = re.compile(
    '["\\\\\x00-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164'
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]")


SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def escaped(match: re.Match[str]) -> str:
    character = match[0]
    if character in SHORT:
        return SHORT[character]
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def value(v: object) -> str:
    if v is None:
        return "null"
    if isinstance(v, int):
        return str(int(v))
    if isinstance(v, str):
        return f'"{HIDDEN.sub(escaped, v)}"'
    if isinstance(v, list):
        return f"[{','.join(map(value, v))}]"
    assert isinstance(v, dict)
    return "{" + ",".join(f'"{name}":{value(member)}' for name, member in v.items()) + "}"


def present(members: dict[str, object]) -> dict[str, object]:
    return {name: member for name, member in members.items() if member is not None}


def time(seconds: int | None) -> str | None:
    return None if seconds is None else trpt.format_time(seconds)


def failure(f: trpt.Failure) -> dict[str, object]:
    return present({"result-type": f.type_name, "sending-mta-ip": f.sending_mta_ip,
                    "receiving-mx-hostname": f.receiving_mx_hostname, "receiving-mx-helo": f.receiving_mx_helo,
                    "receiving-ip": f.receiving_ip, "failed-session-count": f.failed_sessions,
                    "additional-information": f.additional_information, "failure-reason-code": f.failure_reason_code})


def policy(p: trpt.Policy, failures: list[object]) -> dict[str, object]:
    policy = present({"policy-type": p.type_name, "policy-string": p.strings, "policy-domain": p.domain, "mx-host": p.mx_hosts})
    summary = present({"total-successful-session-count": p.successful_sessions,
                       "total-failure-session-count": p.failed_sessions})
    return present({"policy": policy if p.has_policy else None, "summary": summary or None,
                    "failure-details": failures if failures or p.has_failures else None})


def metadata(m: trpt.Metadata) -> dict[str, object]:
    date_range = present({"start-datetime": time(m.start_seconds), "end-datetime": time(m.end_seconds)})
    return present({"organization-name": m.organization_name, "date-range": date_range or None, "contact-info": m.contact_info,
                    "report-id": m.report_id})


def diagnostic(f: trpt.Finding) -> dict[str, object]:
    return {"code": f.code, "severity": f.severity.name.lower(), "line": f.line, "column": f.column, "offset": f.offset,
            "where": f.where, "message": f.message, "section": f.section}


def error(e: trpt.Error) -> dict[str, object]:
    is_empty = e.status == "TRPT_E_TRUNCATED" and e.offset == 0
    return {"status": e.status, "code": e.code, "line": e.line, "column": e.column, "offset": e.offset, "where": e.where,
            "message": "The input is empty." if is_empty else e.message}


def line(path: str) -> str:
    head: dict[str, object] = {"source": os.fsencode(path).decode("utf-8", "replace")}
    own: dict[str, object] = {}
    policies: list[object] = []
    failures: list[object] = []
    diagnostics: list[object] = []
    try:
        with trpt.Reader(path) as reader:
            for event in reader:
                match event:
                    case trpt.Failure():
                        failures.append(failure(event))
                    case trpt.Policy():
                        policies.append(policy(event, failures))
                        failures = []
                    case trpt.Finding():
                        diagnostics.append(diagnostic(event))
                    case trpt.Metadata():
                        own = metadata(event) | {"policies": policies}
    except trpt.Error as e:
        own = {"error": error(e)}
    return value(head | own | {"diagnostics": diagnostics})


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        sys.stdout.buffer.write(line(argument).encode() + b"\n")
