#!/bin/bash
# SPDX-License-Identifier: MIT
# tlsrpt report --output FILE: several writers, a full disk, a file that is replaced. usage: test_output.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"

google=tests/data/reports/google.json
week=tests/data/reports/week.json
out=$work/rows

# same NAME FILE: the output has what the command prints.
same() { cmp "$2" "$out" || fail "$1: another output"; }

# What is written is what would be printed, after what was there, with one header.
for format in csv tsv ndjson json text; do
  wanted "output-$format" || continue
  rm -f "$out"
  "$tlsrpt" report --format $format "$google" "$week" >"$work/printed" || fail "output-$format: status $?"
  "$tlsrpt" report --format $format --output "$out" "$google" "$week" >"$work/stdout" || fail "output-$format: status $?"
  same "output-$format" "$work/printed"
  [[ ! -s $work/stdout ]] || fail "output-$format: something on standard output"
  header=1
  [[ $format == [ct]sv ]] && header=2
  "$tlsrpt" report --format $format --output="$out" "$google" "$week" || fail "output-$format: status $?"
  cat "$work/printed" <(tail -n "+$header" "$work/printed") >"$work/twice"
  same "output-$format: twice" "$work/twice"
done
# "-" is standard output, as it is standard input among the operands, and no file of that name.
if wanted output-dash; then
  (cd "$work" && "$tlsrpt" report --format csv --output - "$OLDPWD/$google") >"$work/stdout" || fail "output-dash: status $?"
  [[ ! -e $work/- ]] || fail 'output-dash: a file'
  grep -q '^policy,' "$work/stdout" || fail 'output-dash: no rows'
fi
if wanted output-no-report; then
  rm -f "$out"
  "$tlsrpt" report --format csv --output "$out" tests/data/reports/cut.json 2>/dev/null
  "$tlsrpt" report --format csv tests/data/reports/cut.json >"$work/printed" 2>/dev/null
  same output-no-report "$work/printed"
fi

# 12 deliveries at a time, of reports that need several writes: no line is lost, broken or mixed with others.
awk 'BEGIN { print "{\"organization-name\":\"X\",\"report-id\":\"ID\",\"policies\":[{\"policy\":{\"policy-type\":\"sts\"},\"failure-details\":["
    for (i = 0; i < 5000; i++) print (i ? "," : "") "{\"failed-session-count\":" i ",\"failure-reason-code\":\"" i "\"}"
    print "]}]}" }' >"$work/large"
if wanted output-parallel; then
  mkdir "$work/many"
  for i in {1..12}; do sed "s/ID/$i/" "$work/large" >"$work/many/$i"; done
  rm -f "$out"
  for i in {1..12}; do
    "$tlsrpt" report --delivery --format csv --output "$out" - <"$work/many/$i" &
  done
  wait
  lines=$(wc -l <"$out")
  ((lines == 1 + 12 * 5001)) || fail "output-parallel: $lines lines"
  head -n 1 "$out" | grep -q '^kind,' || fail 'output-parallel: no header in front'
  # Each report is in one piece: 12 runs of its report-id, each of 5001 lines.
  runs=$(tail -n +2 "$out" | cut -d , -f 6 | uniq -c | awk '{ print $1 }' | sort | uniq -c | tr -s ' ')
  [[ $runs == ' 12 5001' ]] || fail "output-parallel: $runs"
fi

# A full disk, by the limit of a file's size: only whole reports are in the file, whatever its size was before.
if wanted output-full; then
  "$tlsrpt" report --format ndjson "$google" >"$work/one"
  for ((kib = 1; kib <= 12; kib++)); do
    head -c 100 /dev/zero | tr '\0' x >"$out"
    echo >>"$out"
    cp "$out" "$work/expected"
    for ((i = 0; $(wc -c <"$work/expected") + $(wc -c <"$work/one") <= kib * 1024; i++)); do cat "$work/one" >>"$work/expected"; done
    for i in 1 2 3 4 5 6; do
      (ulimit -f $kib && exec "$tlsrpt" report --delivery --format ndjson --output "$out" "$google" 2>"$work/err")
      status=$?
      ((status == 0 || status == 75)) || fail "output-full: status $status"
      ((status == 0)) || cannot_write output-full $status 75
    done
    head -c "$(wc -c <"$out")" "$work/expected" >"$work/begin"
    same "output-full: $kib KiB" "$work/begin"
    # Six reports, or as many as fit.
    want=$((($(wc -c <"$work/expected") - 101) / $(wc -c <"$work/one")))
    ((want > 6)) && want=6
    (($(wc -c <"$out") == 101 + want * $(wc -c <"$work/one"))) || fail "output-full: $kib KiB: not $want reports"
  done
fi
# A report that is larger than what is written at once, which the disk has no room for.
if wanted output-full-large; then
  "$tlsrpt" report --format csv --no-header "$work/large" >"$work/printed"
  kib=$(($(wc -c <"$work/printed") / 1024 - 8))
  ((kib > 256)) || fail "output-full-large: $kib KiB is one write"
  echo first >"$out"
  (ulimit -f $kib && exec "$tlsrpt" report --format csv --output "$out" "$work/large" 2>"$work/err")
  cannot_write output-full-large $? 2
  [[ $(<"$out") == first ]] || fail "output-full-large: $(wc -l <"$out") lines of an incomplete report"
fi
if wanted output-unwritable; then
  for file in "$work" "$work/missing/file" /dev/full; do
    got=0
    "$tlsrpt" report --format csv --output "$file" "$google" 2>"$work/err" || got=$?
    cannot_write "output-unwritable: $file" $got 2
    got=0
    "$tlsrpt" report --delivery --format csv --output "$file" "$google" 2>"$work/err" || got=$?
    cannot_write "output-unwritable: $file" $got 75
    grep -qF "cannot write the output: $file: " "$work/err" || fail "output-unwritable: $file: no name: $(<"$work/err")"
  done
  [[ ! -e $work/missing ]] || fail 'output-unwritable: made a folder'
fi

# A log rotation while a service runs: later reports go to the new file.
if wanted output-rotated; then
  rm -f "$out"
  mkfifo "$work/in"
  limited "$tlsrpt" report --input lines --format ndjson --output "$out" - <"$work/in" 2>"$work/err" &
  exec {to}>"$work/in"
  tr -d '\n' <"$google" >&"$to"
  echo >&"$to"
  eventually test -s "$out" || fail 'output-rotated: no report'
  mv "$out" "$work/rotated"
  tr -d '\n' <"$week" >&"$to"
  echo >&"$to"
  exec {to}>&-
  wait
  grep -q '"source":"stdin:1"' "$work/rotated" || fail 'output-rotated: nothing in the old file'
  grep -q '"source":"stdin:2"' "$out" || fail 'output-rotated: nothing in the new file'
  ! grep -q '"source":"stdin:2"' "$work/rotated" || fail 'output-rotated: the old file grew'
fi

finish
