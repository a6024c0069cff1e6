#!/bin/bash
# SPDX-License-Identifier: MIT
# What the command prints as JSON fits docs/schemas: all outputs that were recorded, and those of all reports and records of the
# tests. usage: test_schemas.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
need python3
python3 -c 'import jsonschema' 2>/dev/null || skip 'there is no python3-jsonschema'

# valid SCHEMA FILE...
valid() {
  wanted "$1" || return 0
  python3 tests/tools/schemas.py "docs/schemas/$1.json" "${@:2}" >"$work/out" || fail "$1: $(head -n 20 "$work/out")"
}

# files_with PATTERN NAME: recordings of standard output with a line like PATTERN, among those named like NAME.
mkdir "$work/recorded"
for file in "$expected"/*; do sed '/^--- stderr$/,$d' "$file" >"$work/recorded/${file##*/}"; done
files_with() { (cd "$work/recorded" && grep -lE "$1" -- * | grep -E "$2" | sed "s|^|$work/recorded/|"); }

inputs=(tests/data/reports examples/reports tests/data/mails)
"$tlsrpt" report --format json "${inputs[@]}" >"$work/report" 2>/dev/null
"$tlsrpt" report --format ndjson "${inputs[@]}" >"$work/rows" 2>/dev/null
"$tlsrpt" lint --format json "${inputs[@]}" --record 'v=TLSRPTv1; rua=x' >"$work/lint" 2>/dev/null
"$tlsrpt" summary --format json examples/reports >"$work/summary" 2>/dev/null
"$tlsrpt" summary --format json --max-rows 1 examples/reports >>"$work/summary" 2>/dev/null
"$tlsrpt" report --format ndjson --bad-rows "${inputs[@]}" >"$work/bad_rows" 2>/dev/null
grep -hE '^[+~] v=' tests/data/diagnostics.txt | cut -c3- | "$tlsrpt" record --format json - >"$work/record" 2>/dev/null

mapfile -t rows < <(files_with '^\{"kind":' .)
valid rows "$work/rows" "$work/bad_rows" "${rows[@]}"
mapfile -t reports < <(files_with '^\{"source":.*("report_key"|"error"):' '^(report|rows|lines-json|frames|folder|mail|names)')
valid report "$work/report" "${reports[@]}"
mapfile -t lint < <(files_with '^\{"source":' '^(lint|lines-lint)')
valid lint "$work/lint" "${lint[@]}"
mapfile -t records < <(files_with '^\{"text":' .)
valid record "$work/record" "${records[@]}"
mapfile -t domains < <(files_with '^\{"source":' '^check')
valid check "${domains[@]}"
mapfile -t summaries < <(files_with '^\{"tlsrpt-summary":' .)
valid summary "$work/summary" "${summaries[@]}"

finish
