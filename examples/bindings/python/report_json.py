#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Prints for each report the line that `tlsrpt report --format json` prints. usage: report_json.py PATH..."""

import os
import sys
from pathlib import Path

import trpt

for path in sys.argv[1:]:
    sys.stdout.buffer.write(trpt.report_json(Path(path).read_bytes(), os.fsencode(path)) + b"\n")
