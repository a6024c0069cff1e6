#!/bin/bash
# SPDX-License-Identifier: MIT
# Memory does not grow with the number of items. usage: test_framing_memory.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
if grep -q __asan_init "$tlsrpt"; then skip 'AddressSanitizer keeps memory that was freed'; fi

# peak COUNT: KiB at the peak for this many lines
peak() {
  local line
  line=$(gzip -nc tests/data/reports/week.json | base64 -w0)
  yes "$line" | head -n "$1" |
    "$build/tests/peak_memory" "$work/peak" "$tlsrpt" report --input lines --format tsv >/dev/null 2>&1 || fail "lines: status $?"
  cat "$work/peak"
}

if wanted lines; then
  few=$(peak 1000)
  many=$(peak 50000)
  ((many < few + 1024)) || fail "lines: $few KiB for 1000 items, $many KiB for 50000"
fi

finish
