#!/bin/bash
# SPDX-License-Identifier: MIT
# Rows beyond --max-rows: counted as other, written as a shorter last row of their table, read and added again. No session is lost.
# usage: test_summary_max_rows.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
need jq

awk -f tests/command/summary_reports.awk >"$work/month"
full='a table is full, so the rest is grouped as other; raise --max-rows'

# summary FILE ARGUMENT...: writes a summary as JSON.
summary() {
  local to=$1
  shift
  "$tlsrpt" summary --format json "$@" >"$to" 2>"$work/errors"
}
of_month() { summary "$@" --input lines <"$work/month"; }

# sums FILE: for each table the successful and failed sessions of all rows and of the rest. A row has five members after its columns,
# the rest has four in all.
sums() {
  jq -c '.tables | map_values(map(if length == 4 then .[:2] else .[-5:-3] end) | transpose | map(add))' "$1"
}
# rest FILE TABLE: the row of the rest; nothing if there is none.
rest() { jq -c ".tables.$2[] | select(length == 4)" "$1"; }
# same_sums NAME FILE: as without a limit.
same_sums() {
  diff <(sums "$work/all.json") <(sums "$2") >"$work/differences" || fail "$1: $(<"$work/differences")"
}

of_month "$work/all.json" || fail "all: $(<"$work/errors")"
[[ -z $(rest "$work/all.json" days) && ! -s $work/errors ]] || fail 'all: no table is full'

# The limit itself is the last number of rows that fits.
if wanted border; then
  rows=$(jq '[.tables[] | length] | max' "$work/all.json")
  of_month "$work/border.json" --max-rows "$rows"
  [[ ! -s $work/errors ]] || fail "border: $rows rows do not fit: $(<"$work/errors")"
  cmp "$work/all.json" "$work/border.json" || fail 'border: not the same'
  of_month "$work/border.json" --max-rows $((rows - 1))
  [[ $(<"$work/errors") == "tlsrpt: $full" ]] || fail "border: one row too many: $(<"$work/errors")"
  [[ $(jq '[.tables[][] | select(length == 4) | .[3]] | add' "$work/border.json") == 1 ]] || fail 'border: one row is other'
fi

for max in 1 2 7; do
  wanted "written-$max" || continue
  of_month "$work/capped.json" --max-rows $max
  [[ $(<"$work/errors") == "tlsrpt: $full" ]] || fail "written-$max: $(<"$work/errors")"
  same_sums "written-$max" "$work/capped.json"
  [[ $(jq '[.tables[] | map(select(length != 4)) | length] | max' "$work/capped.json") == "$max" ]] || fail "written-$max: rows"
done

of_month "$work/capped.json" --max-rows 2
if wanted every-format; then
  for format in text json csv html prometheus; do
    "$tlsrpt" summary --input lines --max-rows 2 --format $format <"$work/month" >/dev/null 2>"$work/errors"
    [[ $(<"$work/errors") == "tlsrpt: $full" ]] || fail "every-format: $format: $(<"$work/errors")"
  done
fi

# Without yajl no summary can be added.
if ! summary "$work/again.json" --add "$work/all.json"; then
  grep -q 'no yajl' "$work/errors" || fail "added: $(<"$work/errors")"
  finish
fi

if wanted read-again; then
  summary "$work/again.json" --add "$work/capped.json" || fail "read-again: $(<"$work/errors")"
  cmp "$work/capped.json" "$work/again.json" || fail read-again
  [[ $(<"$work/errors") == "tlsrpt: $full" ]] || fail "read-again: $(<"$work/errors")"
fi

# Rows that did not fit may be those that would have prevented the answer.
if wanted never-ready; then
  ready='[.. | objects | select(.answer == "ready")] | length'
  [[ $(jq "$ready" "$work/all.json") == 1 ]] || fail 'never-ready: no domain is ready without a limit'
  [[ $(jq "$ready" "$work/capped.json") == 0 ]] || fail never-ready
fi

# Shards with a limit of their own, limits in the sum, and limits in both.
split -n r/4 "$work/month" "$work/shard."
for shard in "$work"/shard.a?; do
  "$tlsrpt" summary --input lines --format json <"$shard" >"$shard.json" 2>/dev/null
  "$tlsrpt" summary --input lines --format json --max-rows 3 <"$shard" >"$shard.capped.json" 2>/dev/null
done
adds_of() { adds=("${@/#/--add=}"); }
# added NAME MAX_ROWS FILE...: all shards together.
added() {
  wanted "$1" || return 0
  adds_of "${@:3}"
  summary "$work/sum.json" --max-rows "$2" "${adds[@]}" || fail "$1: $(<"$work/errors")"
  same_sums "$1" "$work/sum.json"
  [[ $(jq .reports "$work/sum.json") == 167 ]] || fail "$1: reports"
}
added shards-capped 100000 "$work"/shard.a?.capped.json
added shards-reversed 100000 "$work"/shard.ad.capped.json "$work"/shard.a[cba].capped.json
added sum-capped 2 "$work"/shard.a?.json
added both-capped 2 "$work"/shard.a?.capped.json
added one-capped 100000 "$work"/shard.a[abc].json "$work"/shard.ad.capped.json
if wanted and-reports; then
  adds_of "$work"/shard.a[abc].capped.json
  summary "$work/sum.json" --max-rows 4 --input lines "${adds[@]}" - <"$work/shard.ad" || fail "and-reports: $(<"$work/errors")"
  same_sums and-reports "$work/sum.json"
fi

# Rests are added number by number, and stop at the greatest one.
if wanted added-up; then
  other=$(rest "$work/capped.json" days)
  for case in '1,2,3,4:8,6,4,2:9,8,7,6' '18446744073709551615,0,0,1:1,0,0,1:18446744073709551615,0,0,2' \
    '0,18446744073709551614,18446744073709551615,18446744073709551615:0,1,2,3:0,18446744073709551615,18446744073709551615,18446744073709551615'; do
    IFS=: read -r one two want <<<"$case"
    sed "s/\[${other:1:-1}\]/[$one]/" "$work/capped.json" >"$work/one.json"
    sed "s/\[${other:1:-1}\]/[$two]/" "$work/capped.json" >"$work/two.json"
    summary "$work/sum.json" --add "$work/one.json" --add "$work/two.json" # status 1: the reports are in both
    grep -qF ",[$want]],\"shortfalls\":" "$work/sum.json" || fail "added-up: $one and $two"
  done
fi

# A rest that is none adds nothing at all.
if wanted bad-rest; then
  other=$(rest "$work/capped.json" days)
  for bad in '[1,2,3]' '[1,2,3,4,5]' '[1,"x",3,4]' '[1,2,3,"2026-03-05"]' '[1,2,3,-4]' '[1,2,3,4.5]' '[1,2,3,null]' '[1,2,3,[4]]' '[]' \
    '[18446744073709551616,2,3,4]'; do
    sed "s/\[${other:1:-1}\]/$bad/" "$work/capped.json" >"$work/bad.json"
    if summary "$work/sum.json" --add "$work/bad.json"; then fail "bad-rest: $bad is added"; fi
    grep -q 'bad.json: The summary is truncated or invalid' "$work/errors" || fail "bad-rest: $bad: $(<"$work/errors")"
    [[ $(jq '[.reports, (.tables[] | length)] | add' "$work/sum.json") == 0 ]] || fail "bad-rest: $bad adds something"
  done
fi

finish
