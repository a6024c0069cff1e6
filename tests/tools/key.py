#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints the key of a report. This follows docs/key.md and shares nothing with the library, which is compared with it. The
report must need no repair. usage: key.py FILE"""

import gzip
import json
import sys
from datetime import datetime

KEY = b"libtrpt-key-0001"
TAGS = {
    "organization-name": 1, "contact-info": 3, "report-id": 4, "policies": 5, "start-datetime": 6, "end-datetime": 7,
    "policy": 8, "failure-details": 10, "policy-type": 11, "policy-string": 12, "policy-domain": 13, "mx-host": 14,
    "total-successful-session-count": 15, "total-failure-session-count": 16,
    "result-type": 17, "sending-mta-ip": 18, "receiving-mx-hostname": 19, "receiving-mx-helo": 20, "receiving-ip": 21,
    "failed-session-count": 22, "additional-information": 23, "failure-reason-code": 24,
}
MASK = 2**64 - 1


def siphash(message):
    """SipHash-2-4 with 128 bits of output."""
    k0, k1 = (int.from_bytes(KEY[i:i + 8], "little") for i in (0, 8))
    v0, v1, v2, v3 = (word ^ int.from_bytes(b"somepseudorandomlygeneratedbytes"[8 * i:8 * i + 8], "big")
                      for i, word in enumerate((k0, k1, k0, k1)))
    v1 ^= 0xEE

    def rotate(word, bits):
        return (word << bits | word >> (64 - bits)) & MASK

    def rounds(count):
        nonlocal v0, v1, v2, v3
        for _ in range(count):
            v0, v2 = (v0 + v1) & MASK, (v2 + v3) & MASK
            v1, v3 = rotate(v1, 13) ^ v0, rotate(v3, 16) ^ v2
            v0 = rotate(v0, 32)
            v2, v0 = (v2 + v1) & MASK, (v0 + v3) & MASK
            v1, v3 = rotate(v1, 17) ^ v2, rotate(v3, 21) ^ v0
            v2 = rotate(v2, 32)

    last = message[len(message) // 8 * 8:].ljust(7, b"\0") + bytes([len(message) % 256])
    whole = message[:len(message) // 8 * 8] + last
    for i in range(0, len(whole), 8):
        word = int.from_bytes(whole[i:i + 8], "little")
        v3 ^= word
        rounds(2)
        v0 ^= word
    v2 ^= 0xEE
    rounds(4)
    first = v0 ^ v1 ^ v2 ^ v3
    v1 ^= 0xDD
    rounds(4)
    return first.to_bytes(8, "little") + (v0 ^ v1 ^ v2 ^ v3).to_bytes(8, "little")


def head(name, length):
    return (length * 256 + TAGS[name]).to_bytes(8, "little")


def frame(name, data):
    return head(name, len(data)) + data + bytes(-len(data) % 8)


def value(name, item):
    """The frame of a member that an object may or may not have."""
    if name not in item:
        return b""
    content = item[name]
    if name.endswith("-datetime"):
        instant = int(datetime.fromisoformat(content.replace("Z", "+00:00")).timestamp())
        return frame(name, instant.to_bytes(8, "little", signed=True))
    if isinstance(content, int):
        return frame(name, content.to_bytes(8, "little"))
    if isinstance(content, list):
        return head(name, len(content)) + b"".join(frame(name, text.encode()) for text in content)
    return frame(name, content.encode())


def values(item, *names):
    return b"".join(value(name, item) for name in names)


def failure(item):
    return siphash(values(item, "result-type", "sending-mta-ip", "receiving-mx-hostname", "receiving-mx-helo", "receiving-ip",
                          "failed-session-count", "additional-information", "failure-reason-code"))


def policy(item):
    message = b"".join(frame("failure-details", failure(element)) for element in item.get("failure-details", []))
    for name in "policy", "failure-details":
        if name in item:
            message += head(name, 0)
    message += values(item.get("policy", {}), "policy-type", "policy-string", "policy-domain", "mx-host")
    message += values(item.get("summary", {}), "total-successful-session-count", "total-failure-session-count")
    return siphash(message)


def report(item):
    message = b"".join(frame("policies", policy(element)) for element in item["policies"])
    message += values(item, "organization-name", "contact-info", "report-id")
    message += values(item.get("date-range", {}), "start-datetime", "end-datetime")
    return siphash(message)


path = sys.argv[1]
with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
    print(report(json.load(file)).hex())
