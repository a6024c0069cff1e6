#!/bin/bash
# SPDX-License-Identifier: MIT
# promtool has the last word on the metrics of tlsrpt summary. usage: test_summary_promtool.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
need promtool

for name in summary-prometheus summary-hostile-prometheus; do
  wanted "$name" || continue
  sed '/^--- stderr$/,$d' "$expected/$name" | promtool check metrics >"$work/promtool" 2>&1 ||
    ! grep -v 'non-histogram\|counter' "$work/promtool" | grep . || fail "$name"
done

finish
