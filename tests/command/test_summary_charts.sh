#!/bin/bash
# SPDX-License-Identifier: MIT
# The charts of days on the page of tlsrpt summary: which days they show, and their scales.
# usage: test_summary_charts.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"

# report DAY GOOD FAILED
report() {
  printf '{"organization-name":"a","report-id":"%s","date-range":{"start-datetime":"%sT00:00:00Z","end-datetime":"%sT23:59:59Z"},' "$1" "$1" "$1"
  printf '"policies":[{"policy":{"policy-type":"sts","policy-domain":"a.example"},'
  printf '"summary":{"total-successful-session-count":%s,"total-failure-session-count":%s}}]}\n' "$2" "$3"
}
# page ROW...: writes the page of reports, each DAY:GOOD:FAILED, to $work/page.
page() {
  local row day good failed
  for row; do
    IFS=: read -r day good failed <<<"$row"
    report "$day" "$good" "$failed"
  done | limited "$tlsrpt" summary --input lines --format html >"$work/page" 2>"$work/err" || fail "$name: status $?: $(<"$work/err")"
}

# days NAME FIRST LAST ROW...: the chart shows these days; none if FIRST is empty.
days() {
  local name=$1 want=${2:+$2 $3}
  wanted "$name" || return 0
  shift 3
  page "$@"
  local found
  found=$(sed -nE 's|.*<div class="axis"><span>([^<]*)</span><span>([^<]*)</span>.*|\1 \2|p' "$work/page" | sort -u)
  [[ $found == "$want" ]] || fail "$name: $found, not $want"
}
days one-day '' '' 2026-03-14:5:0
days no-session '' '' 2026-03-13:0:0 2026-03-14:0:0
days two-days 2026-03-01 2026-03-14 2026-03-13:5:0 2026-03-14:5:1
days fourteen-days 2026-03-01 2026-03-14 2026-03-01:5:0 2026-03-14:5:0
days fifteen-days 2026-03-01 2026-03-15 2026-03-01:5:0 2026-03-15:5:0
days quarter 2026-01-01 2026-04-02 2026-01-01:5:0 2026-04-02:5:0
days more-than-a-quarter 2026-01-02 2026-04-03 2026-01-01:5:0 2026-04-03:5:0
days centuries 2026-01-02 2026-04-03 1999-01-01:5:0 2026-04-03:5:0

# scales SESSIONS RATE GOOD FAILED: of a day with these sessions, beside one with a single session that did not fail
scales() {
  local name="scales-$3-$4" found
  wanted "$name" || return 0
  page 2026-03-01:1:0 "2026-03-02:$3:$4"
  found=$(grep -oE '<figcaption><span>[A-Z].{1,40}scale 0 to [0-9.]+%?' "$work/page" | sed -E 's/.*>([A-Z][a-z]+).* ([0-9.%]+)$/\1 \2/' | tr '\n' ' ')
  [[ $found == "Sessions $1 ${2:+Failure $2 }" ]] || fail "$name: $found"
}
scales 1 '' 1 0
scales 2 '' 2 0
scales 5 '' 3 0
scales 5 '' 5 0
scales 10 '' 6 0
scales 10 '' 10 0
scales 20 '' 11 0
scales 100000 '' 50001 0
scales 18446744073709551615 '' 18446744073709551615 0
scales 10000 0.01% 9999 1
scales 10000 0.02% 9998 2
scales 100 1% 99 1
scales 100 20% 81 19
scales 100 50% 50 50
scales 100 100% 49 51
scales 1 100% 0 1

# The heights of the bars of a chart: in proportion, and at least 1, so that one failed session of many is seen.
heights() {
  local name=$1 want=$2 class=$3 found
  wanted "$name" || return 0
  shift 3
  page "$@"
  found=$(grep -oE "class=\"$class\" x=\"[0-9]+\" y=\"[0-9]+\" width=\"8\" height=\"[0-9]+\"" "$work/page" | grep -oE '[0-9]+' | paste -sd ' ')
  [[ $found == "$want" ]] || fail "$name: $found"
}
# x, y, width, height
heights sessions '121 90 8 10 131 0 8 100' all 2026-03-13:1:0 2026-03-14:10:0
heights failures '121 40 8 60 131 99 8 1' no 2026-03-13:70:30 2026-03-14:99999:1
heights none '121 40 8 60' no 2026-03-13:70:30 2026-03-14:99999:0

finish
