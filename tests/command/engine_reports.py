#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes reports for tests/command/engines.sh, every hundredth of them bad.

usage: engine_reports.py COUNT    writes the folder reports, with one gzip file for each item, and the file lines: NAME TAB base64
"""
import base64
import gzip
import json
import pathlib
import random
import sys

ODD = ["plain", "", "=1+1", 'quote " comma , tab \t', "line\r\nfeed", "\\N", "\\.", "nul \0 here", "'", "\u00fc \u20ac \U0001f600", "\u202e"]
BAD = [b"", b"{", b"not JSON", gzip.compress(b'{"policies":[{}]}')[:-4], b'{"policies":1}', b"[]]"]


def failure(random_):
    return {
        "result-type": random_.choice(["certificate-expired", "starttls-not-supported", "x-" + random_.choice(ODD)]),
        "sending-mta-ip": f"192.0.2.{random_.randrange(256)}",
        "receiving-mx-hostname": f"mx{random_.randrange(9)}.example.com",
        "failure-reason-code": random_.choice(ODD),
        "failed-session-count": random_.randrange(1000),
    }


def policy(random_, number):
    details = [failure(random_) for _ in range(random_.randrange(5))]
    return {
        "policy": {
            "policy-type": random_.choice(["sts", "tlsa", "no-policy-found"]),
            "policy-domain": f"example{number}.com",
            "policy-string": ["version: STSv1", "mode: enforce", "mx: *.example.com", "max_age: 604800"],
            "mx-host": ["a.example.com", "b.example.com"],
        },
        "summary": {
            "total-successful-session-count": random_.randrange(100000),
            "total-failure-session-count": sum(d["failed-session-count"] for d in details),
        },
        "failure-details": details,
    }


def report(random_, number):
    value = {
        "organization-name": random_.choice(["Google Inc.", "Microsoft Corporation", *ODD]),
        "date-range": {"start-datetime": "2026-03-01T00:00:00Z", "end-datetime": "2026-03-01T23:59:59Z"},
        "contact-info": "tls@sender.example",
        "report-id": f"2026-03-01-{number}",
        "policies": [policy(random_, number) for _ in range(random_.randrange(1, 4))],
    }
    return gzip.compress(json.dumps(value).encode(), mtime=0)


def main():
    random_ = random.Random(8460)
    folder = pathlib.Path("reports")
    folder.mkdir()
    with open("lines", "wb") as lines:
        for number in range(int(sys.argv[1])):
            name = f"{number:05}.json.gz"
            data = BAD[number // 100 % len(BAD)] if number % 100 == 99 else report(random_, number)
            (folder / name).write_bytes(data)
            lines.write(name.encode() + b"\t" + base64.b64encode(data) + b"\n")


main()
