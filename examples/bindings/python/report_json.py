#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Prints for each report the line that `tlsrpt report --format json` prints. usage: report_json.py PATH..."""

import os
import sys

import trpt

for path in sys.argv[1:]:
    with open(path, "rb") as file:
        sys.stdout.buffer.write(trpt.report_json(file.read(), os.fsencode(path)) + b"\n")
