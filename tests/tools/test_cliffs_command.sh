#!/bin/bash
# SPDX-License-Identifier: MIT
# Hostile mails and archives, and summaries of much, take linear time: cliffs.py. usage: test_cliffs_command.sh SOURCE_DIR BUILD_DIR
set -euo pipefail
export LC_ALL=C

for tool in valgrind python3; do
  if ! command -v "$tool" >/dev/null; then
    echo "SKIPPED: test_cliffs_command.sh: not installed: $tool"
    exit 77
  fi
done
exec python3 "$(dirname "$0")/cliffs.py" "$2/bin/tlsrpt"
