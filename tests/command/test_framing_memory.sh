#!/bin/bash
# SPDX-License-Identifier: MIT
# Memory does not grow with the number of items. usage: test_framing_memory.sh SOURCE_DIR BUILD_DIR
# shellcheck disable=SC2317 # functions are called by their names
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
needs_memory_of_its_own

# megabytes COUNT: of what is on standard input, again and again
megabytes() {
  cat >"$work/unit"
  local size
  size=$(wc -c <"$work/unit")
  yes "$work/unit" | head -n $(($1 * 1000000 / size + 1)) | xargs cat
}
lines() { { gzip -nc tests/data/reports/week.json | base64 -w0 && echo; } | megabytes "$1"; }
frames() {
  # 0x00000bb8: 3000 bytes
  printf '\0\0\x0b\xb8%-3000s' '{"policies":[]}' | megabytes "$1"
}
reports() { megabytes "$1" <tests/data/reports/week.json; }

bounded lines lines report --input lines --format tsv
bounded lines-lint lines lint --input lines --severity error
bounded lines-summary lines summary --input lines
bounded frames frames report --input u32 --format tsv
bounded sequence reports report --format tsv

finish
