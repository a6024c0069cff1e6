#!/bin/bash
# SPDX-License-Identifier: MIT
# The example that fills a database. usage: test_examples_sqlite.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/tools/shell.sh
source "${0%/*}/shell.sh"
[[ -x $build/examples/example-sqlite ]] || skip 'the example was not built, since there was no libsqlite3-dev'
need sqlite3

load() { "$build/examples/example-sqlite" "$work/db" "$@"; }
# sums NAME TABLE COLUMN EXPECTED
sums() {
  local found
  found=$(sqlite3 "$work/db" "SELECT count(*), sum(failed)$3 FROM $2")
  [[ $found == "$4" ]] || fail "$1: $2: $found"
}

# Loaded twice, and once with a bad one among them, which is reported and leaves nothing behind.
if wanted load; then
  tail -n +2 <("$build/examples/example-write_report") >"$work/report.json"
  load examples/reports/mail.ru.json "$work/report.json" || fail "load: status $?"
  load tests/data/reports/cut.json "$work/report.json" 2>"$work/err"
  [[ $? == 1 ]] || fail 'load: a bad report is not an error'
  grep -q '^tests/data/reports/cut.json: ' "$work/err" || fail "load: $(<"$work/err")"
  load "$work/report.json" || fail "load: status $?"
  sums load policy ', sum(successful)' '2|4|1200'
  sums load failure '' '3|5'
fi

finish
