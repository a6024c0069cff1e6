#!/bin/bash
# SPDX-License-Identifier: MIT
# The format of docs/key.md, as tests/tools/key.py implements it, gives the keys that the library gives.
# usage: test_key_format.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/tools/shell.sh
source "${0%/*}/shell.sh"
need_python

# Reports that the library reads without repairing anything.
reports=(examples/reports/google* examples/reports/mail.ru.json examples/reports/postfix.json)
for name in google many-failures missing-members terminal-escapes unknown-types week; do
  reports+=("tests/data/reports/$name.json")
done
for report in "${reports[@]}"; do
  wanted "${report##*/}" || continue
  expected=$(python3 tests/tools/key.py "$report") || fail "${report##*/}: key.py"
  rows=$("$build/bin/tlsrpt" report --format ndjson "$report")
  [[ $rows == *"\"report_key\":\"$expected\""* ]] || fail "${report##*/}: docs/key.md says $expected"
done

finish
