#!/bin/bash
# SPDX-License-Identifier: MIT
# Sums over policy rows are the reports' totals, sums over failure rows the details'. usage: test_rows_sums.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
need jq

# of NAME FORMAT PROGRAM: what jq makes of the output
of() {
  "$tlsrpt" report --format "$2" tests/data/reports/{google,week,many-failures,unknown-types}.json examples/reports >"$work/out" \
    2>"$work/err" || fail "$1: $(<"$work/err")"
  jq -cs "$3" "$work/out"
}

if wanted sums; then
  # shellcheck disable=SC2016
  of sums json '[.[].policies[] | .summary // {}] as $p | [([$p[]["total-successful-session-count"] // 0] | add),
    ([$p[]["total-failure-session-count"] // 0] | add),
    ([.[].policies[]["failure-details"][]?["failed-session-count"] // 0] | add)]' >"$work/totals"
  # shellcheck disable=SC2016
  of sums ndjson '[map(select(.kind == "policy")) as $p |
    ($p | map(.successful_sessions // 0) | add), ($p | map(.failed_sessions // 0) | add),
    (map(select(.kind == "failure") | .failed_sessions // 0) | add)]' >"$work/sums"
  diff "$work/totals" "$work/sums" || fail sums
fi

finish
