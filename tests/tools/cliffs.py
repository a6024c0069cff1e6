#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that the command takes linear time for hostile mails, archives and many reports.

usage: cliffs.py TLSRPT [NAME...]

Each input is made in two sizes, one four times as large as the other. valgrind counts the instructions of both, so that the result
does not depend on the machine or on what else runs on it. The larger one may take at most GROWTH times as many.
"""
import base64
import gzip
import io
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

GROWTH = 5.5  # of the instructions, for four times the input; quadratic time gives 16
SMALLEST = 2_000_000  # instructions below which an input says nothing

POLICY = '{"policy":{"policy-type":"sts","policy-domain":"%s"},"summary":{"total-successful-session-count":1,"total-failure-session-count":0}}'
REPORT = (
    '{"organization-name":"%s","date-range":{"start-datetime":"2026-03-01T00:00:00Z","end-datetime":"2026-03-01T23:59:59Z"},'
    '"contact-info":"a@example.net","report-id":"%s","policies":[%s]}'
)


def report(number=0, domain="example.com", policies=1):
    return (REPORT % ("A", number, ",".join([POLICY % domain] * policies))).encode()


def archive(names, content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name in names:
            z.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def broken(n):
    """A zip of n reports that cannot be read."""
    return archive((f"{i:x}.json" for i in range(n)), b"{")


def mail(parts=(), header=b""):
    out = b"From: a@example.net\n" + header + b"Content-Type: multipart/mixed; boundary=b\n\n"
    for fields, content in parts:
        out += b"--b\n" + fields + b"\n" + content + b"\n"
    return out + b"--b--\n"


def attached(data, fields=b"Content-Type: application/zip\n"):
    return fields + b"Content-Transfer-Encoding: base64\n", base64.encodebytes(data)


def one_mail(n, header=b"", fields=b"Content-Type: application/zip\n", before=()):
    """A mail whose n broken reports each meet a header or a part that grows, too."""
    return mail([*before, attached(broken(n), fields)], header)


def dkim(n):
    results = b"; ".join(b"dkim=pass header.d=example.net" for _ in range(15))
    return b"Authentication-Results: mx; " + results + b"\n" + b"DKIM-Signature: d=example.net; h=a\n" * (6 * n)


def mbox(mails):
    return b"".join(b"From a@example.net Mon Mar  2 01:02:03 2026\n" + m + b"\n" for m in mails)


def tar(n):
    import tarfile

    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as t:
        for i in range(n):
            info = tarfile.TarInfo(f"{i}.json")
            info.size = 1
            t.addfile(info, io.BytesIO(b"{"))
    return out.getvalue()


def nested(n):
    inner = archive((f"{i:x}" for i in range(50)), b"x")
    return archive((f"{i:x}.zip" for i in range(n)), inner)


# Name, what makes the smaller input from n or 4 n, n, and the arguments of the command. Items stay below the limits that would
# end the work early.
REPORT_ARGUMENTS = ("report", "--format", "json")
DKIM_ARGUMENTS = (*REPORT_ARGUMENTS, "--authserv-id", "mx")
CLIFFS = [
    ("broken reports after many lines", lambda n: one_mail(n, before=[(b"", b"\n" * (1000 * n))]), 200, REPORT_ARGUMENTS),
    ("broken reports, a long line", lambda n: one_mail(n, before=[(b"", b"x" * (1000 * n))]), 200, REPORT_ARGUMENTS),
    ("broken reports, a long date", lambda n: one_mail(n, b"Date: " + b"1 " * (100 * n) + b"\n"), 200, REPORT_ARGUMENTS),
    ("broken reports, a long subject", lambda n: one_mail(n, b"Subject: Report Domain: " + b"a." * (100 * n) + b"e Submitter: x\n"), 200, REPORT_ARGUMENTS),
    ("broken reports, a long filename", lambda n: one_mail(n, fields=b'Content-Type: application/zip; name="' + b"!" * (200 * n) + b'"\n'), 200, REPORT_ARGUMENTS),
    ("broken reports, many parameters", lambda n: one_mail(n, fields=b"Content-Type: application/zip" + b"; a=b" * (40 * n) + b"\n"), 200, REPORT_ARGUMENTS),
    ("broken reports, many fields", lambda n: one_mail(n, b"X: y\n" * (20 * n)), 200, REPORT_ARGUMENTS),
    ("broken reports, many signatures", lambda n: one_mail(n, dkim(n)), 200, DKIM_ARGUMENTS),
    ("broken reports, a long submitter", lambda n: one_mail(n, b"TLS-Report-Submitter: " + b"a." * (100 * n) + b"\n"), 200, REPORT_ARGUMENTS),
    ("many parts", lambda n: mail([(b"Content-Type: application/json\n", b"{")] * n), 200, REPORT_ARGUMENTS),
    ("a mail of many line ends", lambda n: b"Subject: a\n\n" + b"\n" * (10000 * n), 20, REPORT_ARGUMENTS),
    ("a mail of From lines", lambda n: mbox([b"Subject: a\n\n" + b"From here on\n" * (1000 * n)]), 20, REPORT_ARGUMENTS),
    ("an mbox", lambda n: mbox([mail([(b"Content-Type: application/tlsrpt+json\n", report())])] * n), 100, REPORT_ARGUMENTS),
    ("an mbox in gzip", lambda n: gzip.compress(mbox([mail([(b"", report(i))]) for i in range(n)])), 100, REPORT_ARGUMENTS),
    ("a zip of broken reports", broken, 500, REPORT_ARGUMENTS),
    ("a tar of broken reports", tar, 500, REPORT_ARGUMENTS),
    ("a tar in gzip", lambda n: gzip.compress(tar(n), 1), 500, REPORT_ARGUMENTS),
    ("zips in a zip", nested, 20, REPORT_ARGUMENTS),
    ("gzip in gzip", lambda n: gzip.compress(gzip.compress(report(policies=20 * n))), 20, REPORT_ARGUMENTS),
    ("a summary of many domains", lambda n: mbox([mail([(b"", report(i, f"d{i}.example"))]) for i in range(n)]), 100, ("summary", "--format", "json")),
    ("a summary of many policies", lambda n: (REPORT % ("A", 1, ",".join(POLICY % f"d{i}.example" for i in range(20 * n)))).encode(), 100, ("summary", "--format", "json")),
    ("a summary of one report many times", lambda n: mbox([mail([(b"", report())])] * n), 100, ("summary", "--format", "json")),
    ("a summary of one report-id many times", lambda n: mbox([mail([(b"", report(1, f"d{i}.example"))]) for i in range(n)]), 100, ("summary", "--format", "json")),
]  # fmt: skip


def instructions(tlsrpt, arguments, path):
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", tlsrpt, *arguments, *([path] if path else [])]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace")
    collected = re.search(r"Collected : (\d+)", done.stderr)
    if not collected or done.returncode not in (0, 1):
        sys.exit(f"{' '.join(map(str, command))}: exit status {done.returncode}\n{done.stderr[-2000:]}")
    return int(collected[1])


def main(tlsrpt, names):
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "input")
        start = instructions(tlsrpt, ("--version",), None)
        for name, make, n, arguments in CLIFFS:
            if names and name not in names:
                continue
            costs = []
            for size in (n, 4 * n):
                path.write_bytes(make(size))
                costs.append(instructions(tlsrpt, arguments, path) - start)
            growth = costs[1] / costs[0]
            bad = growth > GROWTH or costs[1] < SMALLEST
            failed += bad
            print(f"{name:40} {costs[0]:12,} {costs[1]:12,} instructions, {growth:.1f} times{'  FAILED' if bad else ''}", flush=True)
    sys.exit(f"{failed} failed" if failed else 0)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
