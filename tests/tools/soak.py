#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the command in a pipeline for many items, 1 % of them bad in every known way. Each key is answered once and in order, with an error
if and only if its item is bad; memory stays flat, and no descriptor is leaked.

usage: soak.py TLSRPT [ITEMS]      200,000 items take about ten seconds; the long form is 10,000,000
"""

import base64
import gzip
import json
import os
import resource
import subprocess
import sys
import threading
import time
import zlib

GOOD_REPORTS = 1000  # distinct ones, since the command remembers the keys of all reports that it has read
BAD_EVERY = 100
SAMPLES = 20
MAX_GROWTH_KIB = 512


def report(number):
    failures = [
        {"result-type": "certificate-expired", "sending-mta-ip": "192.0.2.1", "failed-session-count": number % 7 + 1}
    ] * (number % 4)
    summary = {"total-successful-session-count": number, "total-failure-session-count": sum(f["failed-session-count"] for f in failures)}
    policy = {"policy-type": "sts", "policy-domain": "example.com", "policy-string": ["version: STSv1", "mode: enforce"]}
    return json.dumps(
        {
            "organization-name": "Sender %d" % (number % 10),
            "date-range": {"start-datetime": "2026-03-01T00:00:00Z", "end-datetime": "2026-03-01T23:59:59Z"},
            "contact-info": "tls@example.net",
            "report-id": "%d@example.net" % number,
            "policies": [{"policy": policy, "summary": summary, "failure-details": failures}],
        }
    ).encode()


def encoded(data):
    return base64.b64encode(data)


def bad_items():
    """Each is an error, whatever the other ones are."""
    good = report(1)
    packed = gzip.compress(good, mtime=0)
    deep = b'{"a":' + b"[" * 5000 + b"]" * 5000 + b"}"
    return [
        b"",
        b" ",
        b"{",
        b"[]",
        b"null",
        b"no report",
        b"%%%%",
        b"\0\0",
        b"\xff\xfe{",
        b"\x1b[2J",
        good[: len(good) // 2],
        good[:-1],
        good.replace(b'"policies"', b'"policy"'),
        good.replace(b'"report-id": "1@example.net"', b'"report-id" "1@example.net"'),
        good.replace(b":", b";", 1),
        deep,
        b'{"policies": 1e999}',
        b'{"tlsrpt-summary":1,"complete":true,"domains":[]}',
        encoded(b""),
        encoded(good[:50]),
        encoded(packed[:10]),
        encoded(packed[:-1]),
        encoded(packed[:-8] + b"\0" * 8),
        encoded(packed[:20] + b"\xff" * 20 + packed[40:]),
        encoded(packed)[:-3] + b"*",
        encoded(gzip.compress(b" " * 4_000_000, mtime=0)),
        encoded(zlib.compress(good)),
        encoded(b"PK\3\4" + b"\0" * 30),
        encoded(b"From: x@example.net\r\nSubject: no report\r\n\r\ntext\r\n"),
    ]


def items(count):
    """The lines of standard input, in blocks, and whether each item is bad."""
    plain = [report(n) for n in range(GOOD_REPORTS)]
    good = [encoded(gzip.compress(text, mtime=0)) if n % 2 else text for n, text in enumerate(plain)]
    bad = bad_items()
    for begin in range(0, count, BAD_EVERY):
        lines = []
        for n in range(begin, min(begin + BAD_EVERY, count)):
            is_bad = n % BAD_EVERY == BAD_EVERY - 1
            lines.append(b"key%d\t%s\n" % (n, bad[n // BAD_EVERY % len(bad)] if is_bad else good[n * 7 % GOOD_REPORTS]))
        yield b"".join(lines)


def write_items(to, count):
    try:
        for block in items(count):
            to.write(block)
        to.close()
    except BrokenPipeError:
        pass  # the reader says why


class Samples:
    """Memory and descriptors of a process while it runs."""

    def __init__(self, process):
        self.folder = "/proc/%d" % process.pid
        self.kib = []
        self.descriptors = []

    def take(self):
        with open(self.folder + "/status") as status:
            self.kib += [int(line.split()[1]) for line in status if line.startswith("VmRSS:")]
        self.descriptors.append(len(os.listdir(self.folder + "/fd")))


def check_answers(answers, count, samples):
    """Returns the first thing that is wrong, or None."""
    every = max(count // SAMPLES, 1)
    for n in range(count):
        line = answers.readline()
        if not line.startswith(b'{"source":"key%d",' % n):
            return "key%d is not answered, or not in order: %r" % (n, line[:200])
        has_error = line.startswith(b'"error":', line.index(b",") + 1)
        if has_error != (n % BAD_EVERY == BAD_EVERY - 1):
            return "key%d is %s: %r" % (n, "an error" if has_error else "no error", line[:300])
        if n % every == 0 and n:
            samples.take()
    rest = answers.readline()
    return "an answer without an item: %r" % rest[:200] if rest else None


def main(tlsrpt, count):
    begin = time.monotonic()
    command = [tlsrpt, "report", "--input", "lines", "--format", "json"]
    with open("/dev/null", "w") as null:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=null)
    writer = threading.Thread(target=write_items, args=(process.stdin, count), daemon=True)
    samples = Samples(process)
    writer.start()
    wrong = check_answers(process.stdout, count, samples)
    if wrong:
        process.kill()
    status = process.wait()
    # The first fifth fills the memory of keys and buffers.
    settled = samples.kib[len(samples.kib) // 5 :]
    if not wrong and status != 1:
        wrong = "status %d, not 1" % status
    if not wrong and max(settled) > settled[0] + MAX_GROWTH_KIB:
        wrong = "memory grows, in KiB: %s" % samples.kib
    if not wrong and len(set(samples.descriptors)) != 1:
        wrong = "descriptors come and go: %s" % samples.descriptors
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        "%d items, %d of them bad in %d ways: %d KiB at the begin, %d after a fifth, %d at the end, at most %d; %s descriptors; "
        "%.0f s of processor time, %.0f s in all"
        % (
            count, count // BAD_EVERY, len(bad_items()), samples.kib[0], settled[0], samples.kib[-1], max(samples.kib),
            sorted(set(samples.descriptors)), used.ru_utime + used.ru_stime, time.monotonic() - begin,
        )
    )
    if wrong:
        sys.exit(wrong)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) == 3 else 200_000)
