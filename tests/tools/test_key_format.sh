#!/bin/bash
# SPDX-License-Identifier: MIT
# The format of docs/key.md, as tests/tools/key.py implements it, gives the keys that the library gives.
# usage: test_key_format.sh SOURCE_DIR BUILD_DIR
set -euo pipefail
cd "$1"
tlsrpt=$2/bin/tlsrpt
command -v python3 >/dev/null || exit 77

# Reports that the library reads without repairing anything.
reports=(examples/reports/google* examples/reports/mail.ru.json examples/reports/postfix.json)
for name in google many-failures missing-members terminal-escapes unknown-types week; do
  reports+=("tests/data/reports/$name.json")
done
failures=0
for report in "${reports[@]}"; do
  expected=$(python3 tests/tools/key.py "$report")
  rows=$("$tlsrpt" report --format ndjson "$report")
  if [[ $rows != *"\"report_key\":\"$expected\""* ]]; then
    echo "FAILED: $report: docs/key.md says $expected"
    failures=$((failures + 1))
  fi
done
exit $((failures > 0))
