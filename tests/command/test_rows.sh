#!/bin/bash
# SPDX-License-Identifier: MIT
# Rows: what tlsrpt report writes as ndjson, csv and tsv. usage: test_rows.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"

reports=tests/data/reports

for format in ndjson csv tsv; do
  check "rows-$format" 0 report --format $format "$reports/google.json" "$reports/week.json" "$reports/missing-members.json" \
    "$reports/unknown-types.json" "$reports/mx-host-string.json" "$reports/bad-times.json" examples/reports/mail.ru.json
  # A bad report has no rows, and the others have all of theirs.
  check "rows-bad-$format" 1 report --format $format "$reports/null-then-cut.json" "$reports/week.json" "$reports/bad-crc.json.gz"
  check "rows-none-$format" 0 report --format $format "$reports/odd-order.json" --no-header
done
# Zero-width characters stay, and `check` refuses them.
sed 's/\\u200b//' "$reports/terminal-escapes.json" >"$work/controls.json"
check rows-controls-csv 0 report --format csv "$work/controls.json"
check rows-controls-tsv 0 report --format tsv --no-formula-guard "$work/controls.json"
check rows-strict 1 report --strict --format csv "$reports/null-contact.json" "$reports/google.json"
check rows-twice 0 report --format csv --no-header "$reports/week.json" "$reports/week.json" "$reports/google.json"
check rows-twice-json 0 report --format json "$reports/week.json" "$reports/week.json"
check rows-twice-text 0 report --verbose "$reports/week.json" "$reports/week.json"
# The same report-id with another content is another report; the same content in another form is the same one.
sed 's/mail\.example\.net/mail.example.org/' "$reports/week.json" >"$work/same-id.json"
gzip -c "$reports/week.json" >"$work/same.json.gz"
for format in text json; do
  repeated() { "$tlsrpt" lint --format $format "$@" | grep -c report.duplicate-report; }
  [[ $(repeated "$reports/week.json" "$work/same-id.json") == 0 ]] || fail "$format: another content is taken for a repetition"
  [[ $(repeated "$reports/week.json" "$work/same-id.json" "$work/same.json.gz") == 1 ]] || fail "$format: no repetition is found"
done
check rows-twice-lint 0 lint "$reports/week.json" "$reports/week.json"

# docs/rows.md has the statements for databases; the test `generated` compares them.
if wanted schema-usage; then
  for arguments in 'oracle' 'spark -' "spark $reports/google.json"; do
    # shellcheck disable=SC2086
    "$tlsrpt" report --print-schema $arguments </dev/null >"$work/out" 2>"$work/err"
    [[ $? == 2 && ! -s $work/out && -s $work/err ]] || fail "schema-usage: $arguments"
  done
fi
for database in postgresql sqlite clickhouse duckdb spark; do
  unwritable "unwritable-$database" 2 report --print-schema $database
done

# Output that cannot be written.
for format in ndjson csv tsv; do unwritable "unwritable-$format" 2 report --format $format examples/reports; done
# A file that may not grow beyond some KiB keeps whole reports: the rows of the first ones.
for _ in {1..300}; do echo "$reports/many-failures.json"; done >"$work/many"
# shellcheck disable=SC2046
"$tlsrpt" report --format ndjson $(<"$work/many") >"$work/all" 2>/dev/null || fail "limit: status $?"
rows=$("$tlsrpt" report --format ndjson "$reports/many-failures.json" | wc -l)
for kib in 1 64 300; do
  wanted "limit-$kib" || continue
  if in_valgrind && ((kib == 1)); then continue; fi # valgrind writes a file of its own
  # The limit must not hold for the messages too.
  # shellcheck disable=SC2046
  (ulimit -f $kib && exec "$tlsrpt" report --format ndjson $(<"$work/many")) 2>&1 >"$work/some" | cat >"$work/err"
  cannot_write "limit-$kib" "${PIPESTATUS[0]}" 2
  lines=$(wc -l <"$work/some")
  ((lines % rows == 0 && (lines > 0 || kib == 1))) || fail "limit-$kib: $lines rows, of $rows a report"
  head -c "$(wc -c <"$work/some")" "$work/all" | cmp - "$work/some" || fail "limit-$kib: other rows"
done

finish
