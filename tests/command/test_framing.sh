#!/bin/bash
# SPDX-License-Identifier: MIT
# Many reports on standard input: tlsrpt report --input. usage: test_framing.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"

reports=tests/data/reports
week=$reports/week.json
one_line() { tr -d '\n' <"$1"; }

# frame FILE...: each file behind its length. bytes HEX: these bytes.
bytes() {
  local hex
  for ((hex = 0; hex < ${#1}; hex += 2)); do printf '%b' "\\x${1:hex:2}"; done
}
frame() {
  local file
  for file; do
    bytes "$(printf '%08x' "$(wc -c <"$file")")"
    cat "$file"
  done
}

# Usage.
check input-choice 2 report --input pile -
check input-path 2 report --input lines "$week"

# Lines: text, base64 in all its forms, keys, and all that can be wrong with one.
{
  one_line "$week"
  printf '\nkey 2\t'
  base64 -w0 "$week"
  printf '\r\nkey=\t'
  gzip -nc "$reports/google.json" | base64 -w0 | tr -d =
  printf '\n\tQUJD'
  printf '\n \t{"policies":[]}'
  printf '\n{"policies":\t[]}'
  printf '\n\nkey 8\t\nkey\0nine\t{}\nQUI=QUJD\nQUJDR\nQUI\nQUJ\nQQ=\nnonsense\n[]\nhello world\n'
  base64 -w0 "$reports/cut.json.gz"
  printf '\n'
  one_line "$week"
} >"$work/lines"
input=$work/lines
check lines-json 1 report --input lines --format json -
check lines-csv 1 report --input=lines --format=csv
check lines-text 1 report --input lines
items=$(($(wc -l <"$work/lines") + 1))
for command in report lint; do
  wanted "lines-count-$command" || continue
  [[ $("$tlsrpt" $command --input lines --format json <"$work/lines" 2>/dev/null | wc -l) == "$items" ]] ||
    fail "lines-count-$command: not $items lines"
done
# Items with several reports, of which one is bad, and with a report that the filter leaves out.
{
  printf 'two\t'
  one_line "$week"
  one_line "$reports/missing-members.json"
  printf '\nbad first\t{"policies":0}'
  one_line "$week"
  printf '\nnone\t[]\nlast\t'
  one_line "$reports/missing-members.json"
} >"$work/several"
input=$work/several
check lines-lint-json 1 lint --input lines --format json
check lines-lint-filter-json 1 lint --input lines --format json --since 2020-01-01

# Frames.
{
  frame "$week"
  bytes ffffffff
  frame "$reports/cut.json.gz" "$reports/empty.json"
  bytes 00000000
  frame examples/reports/*.gz
} >"$work/frames"
input=$work/frames
check frames-json 1 report --input u32 --format json -
check frames-tsv 1 report --input u32 --format tsv -
(
  cat "$work/frames"
  bytes 04000001
  frame "$week"
) >"$work/frames-long"
input=$work/frames-long
check frames-long 1 report --input u32 --format ndjson -
(
  cat "$work/frames"
  bytes 00000010
  printf '{"policies":'
) >"$work/frames-cut"
input=$work/frames-cut
check frames-cut 1 report --input u32 --format ndjson -
(
  frame "$week"
  bytes 0000
) >"$work/frames-cut"
check frames-cut-length 1 report --input u32 --format ndjson -

# Names.
printf '%s\0' "$week" "$work/missing" '' tests/data "$reports/cut.json" /dev/null "$week" | head -c -1 >"$work/names"
input=$work/names
check names-json 1 report --input files0 --format json -
check names-csv 1 report --input files0 --format csv - "$reports/google.json"
if wanted names-long; then
  printf '%070000d\0%s\0' 1 "$week" >"$work/names"
  "$tlsrpt" report --input files0 --format ndjson <"$work/names" >"$work/out" 2>"$work/err"
  [[ $? == 1 && $(wc -l <"$work/out") == 1 && $(<"$work/err") == *': item 1: The name is longer'* ]] || fail names-long
fi

# One report, as before, also where the input has no end of line and no name.
input=$week
check input-auto 0 report --input auto --format json -
input=/dev/null
check input-empty 0 report --input lines --format csv
check input-no-frames 0 report --input u32 --format json

# The longest line and the longest key: a report of 64 MiB in base64, a key of 16 KiB, and a CR. One byte more is one bad item.
if wanted lines-long; then
  # report LEN
  report() { printf '{"policies":[]}%*s' $(($1 - 15)) ''; }
  key=$(printf '%016384d' 1)
  {
    printf '%s\t' "$key"
    report $((64 << 20)) | base64 -w0
    printf '\r\n%s\t' "$key"
    report $((64 << 20)) | base64 -w0
    printf 'A\r\n%s1\t{}\n' "$key"
    report 3000000
    printf '\n'
    one_line "$week"
  } >"$work/long"
  "$tlsrpt" report --input lines --format ndjson --bad-rows <"$work/long" >"$work/out" 2>"$work/err"
  [[ $? == 1 ]] || fail 'lines-long: status'
  sed -E 's/ 0{16383}/ LONG/' "$work/err" | diff - <(
    echo 'tlsrpt: LONG1: item 2: The line is too long: a report may have at most 64 MiB. (json.limit)'
    echo 'tlsrpt: LONG11: item 3: The key is longer than 16 KiB.'
    echo 'tlsrpt: stdin:4: info: The same report was read before. [report.duplicate-report]'
  ) || fail 'lines-long: messages'
  [[ $(grep -c '"kind":"error"' "$work/out") == 2 ]] || fail "lines-long: $(grep -c . "$work/out") rows"
fi
if wanted frames-longest; then
  {
    bytes 04000000
    printf '{"policies":[]}%*s' $(((64 << 20) - 15)) ''
    frame "$week"
    bytes 04000001
  } >"$work/long"
  "$tlsrpt" report --input u32 --format ndjson <"$work/long" >"$work/out" 2>"$work/err"
  [[ $? == 1 && $(wc -l <"$work/out") == 1 ]] || fail "frames-longest: $(<"$work/out")"
  diff "$work/err" <(echo 'tlsrpt: stdin:3: The frame is longer than 64 MiB. The rest of the input cannot be read. (json.limit)') ||
    fail 'frames-longest: messages'
fi

# As a service: the rows of an item are written before the next item arrives.
if wanted service; then
  mkfifo "$work/in" "$work/back"
  limited "$tlsrpt" report --input lines --format ndjson <"$work/in" >"$work/back" 2>"$work/err" &
  exec {to}>"$work/in" {from}<"$work/back"
  for number in 1 2 3; do
    printf 'request %d\t%s\n' $number "$(one_line "$week")" >&"$to"
    read -r -t "$limit" row <&"$from"
    [[ $row == *'"source":"request '$number'"'* ]] || fail "service: no answer to request $number"
  done
  exec {to}>&- {from}<&-
  wait
fi

finish
