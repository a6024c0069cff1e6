#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reads the reports of a folder into memory, then parses each. usage: parsedmarc_reader.py FOLDER ROUNDS
Prints: name, files, reports read, processor time of the best round in seconds."""

import pathlib
import sys
import time

import parsedmarc


def count_good(files):
    good = 0
    for file in files:
        try:
            parsedmarc.parse_smtp_tls_report_json(file)
            good += 1
        except parsedmarc.InvalidSMTPTLSReport:
            pass
    return good


files = [path.read_bytes() for path in pathlib.Path(sys.argv[1]).iterdir()]
best = float("inf")
for _ in range(int(sys.argv[2])):
    begin = time.process_time()
    good = count_good(files)
    best = min(best, time.process_time() - begin)
print(f"parsedmarc\t{len(files)}\t{good}\t{best:.6f}")
