#!/bin/bash
# SPDX-License-Identifier: MIT
# promtool has the last word on the metrics of tlsrpt summary. usage: test_summary_promtool.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
need promtool

for name in summary-prometheus summary-hostile-prometheus summary-uncounted-prometheus; do
  wanted "$name" || continue
  sed '/^--- stderr$/,$d' "$expected/$name" | promtool check metrics >"$work/promtool" 2>&1 ||
    ! grep -v 'non-histogram\|counter' "$work/promtool" | grep . || fail "$name"
done

# The alert rules of the documentation fire when they should.
if wanted rules; then
  # shellcheck disable=SC2016
  sed -n '/^```yaml$/,/^```$/p' docs/summary.md | sed '1d;$d' >"$work/alerts.yml"
  cp tests/data/summary/alerts.test.yml "$work"
  promtool check rules "$work/alerts.yml" >"$work/promtool" 2>&1 || fail "rules: $(<"$work/promtool")"
  promtool test rules "$work/alerts.test.yml" >"$work/promtool" 2>&1 || fail "rules: $(<"$work/promtool")"
  # Each rule has a test, and each metric of the rules exists.
  while read -r alert; do
    grep -q "alertname: $alert\$" "$work/alerts.test.yml" || fail "rules: $alert has no test"
  done < <(sed -n 's/^ *- alert: //p' "$work/alerts.yml")
  while read -r metric; do
    grep -q "^${metric}[{ ]" "$expected/summary-prometheus" || fail "rules: there is no $metric"
  done < <(grep -oE '\btrpt_[a-z_]+' "$work/alerts.yml" | sort -u)
fi

finish
