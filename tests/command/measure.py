#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs a command and writes the processor time of it and of all its descendants to a file, in seconds, and the peak memory of the
largest of them in KiB.

usage: measure.py FILE COMMAND...
"""
import ctypes
import os
import resource
import subprocess
import sys

PR_SET_CHILD_SUBREAPER = 36  # orphans, such as the JVM that PySpark starts, become children of this process

ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
status = subprocess.run(sys.argv[2:]).returncode
try:
    while True:
        os.wait()
except ChildProcessError:
    pass
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as file:
    print(f"{usage.ru_utime + usage.ru_stime:.2f} {usage.ru_maxrss}", file=file)
sys.exit(status)
