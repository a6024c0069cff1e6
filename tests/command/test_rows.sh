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

# Strings that a database, a spreadsheet or a reader of lines could take for something else.
hostile() {
  python3 - >"$work/hostile.json" <<'END' || fail 'hostile.json'
import json
print(json.dumps({
    "organization-name": '=HYPERLINK("http://example.com","x")',
    "contact-info": "+1\t2\r\n3", "report-id": "\\N\\.\\", "date-range": {},
    "policies": [{
        "policy": {"policy-type": "sts", "policy-domain": " -1", "policy-string": ["version: STSv1\nmode: testing\n"],
                   "mx-host": ["a.example", "*.b.example"]},
        "summary": {"total-successful-session-count": 18446744073709551615, "total-failure-session-count": -1},
        "failure-details": [
            {"result-type": "@SUM(1)", "receiving-mx-hostname": "a,b;c", "receiving-mx-helo": "", "sending-mta-ip": "'1",
             "receiving-ip": '"=1', "failed-session-count": 2.5, "failure-reason-code": "\uff1d1", "additional-information": "a\u0000b"},
            {"result-type": " =1", "receiving-mx-hostname": "\r=1", "receiving-mx-helo": "a ", "failure-reason-code": "\u2028a"}]}]}))
END
  for format in ndjson csv tsv; do
    "$tlsrpt" report --format $format "$work/hostile.json" >"$work/hostile.$format" 2>"$work/err" || fail "hostile: $(cat "$work/err")"
  done
  python3 - "$work" <<'END' || fail 'hostile strings'
import csv, json, sys
work = sys.argv[1]
rows = [json.loads(line) for line in open(work + "/hostile.ndjson", encoding="utf-8", newline="\n")]
table = list(csv.DictReader(open(work + "/hostile.csv", encoding="utf-8", newline=""), strict=True))
lines = open(work + "/hostile.tsv", encoding="utf-8", newline="\n").read().split("\n")
assert lines.pop() == ""
plain = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
def unescape(cell):
    out = ""
    at = iter(cell)
    for c in at:
        out += plain[next(at)] if c == "\\" else c
    return out
columns = lines[0].split("\t")
tabbed = [dict(zip(columns, map(unescape, line.split("\t")), strict=True)) for line in lines[1:]]
assert len(rows) == len(table) == len(tabbed) == 3
assert list(rows[0]) == columns == list(table[0]), columns
first, second = rows[0], rows[1]
assert first["organization_name"] == '=HYPERLINK("http://example.com","x")'
assert first["contact_info"] == "+1\t2\r\n3" and first["report_id"] == "\\N\\.\\"
assert first["start"] is None and first["policy_mode"] == "testing" and first["mx_host"] == "a.example *.b.example"
assert first["successful_sessions"] == 18446744073709551615 and first["failed_sessions"] is None
assert second["kind"] == "failure" and second["failed_sessions"] is None and second["successful_sessions"] is None
assert second["additional_information"] == "a\ufffdb" and second["receiving_mx_helo"] == ""
for written in table, tabbed:
    for row, cells in zip(rows, written):
        for column, value in row.items():
            cell = cells[column]
            assert not cell.lstrip(" ").startswith(tuple("=+-@\uff1d\t\r")), (column, cell)
            cell = cell[1:] if cell.startswith("'") else cell
            assert cell == ("" if value is None else str(value)), (column, cell, value)
# In a spreadsheet quotes would hide what begins behind them.
assert not any(cell.startswith('"') for line in lines for cell in line.split("\t"))
END
}
if command -v python3 >/dev/null; then hostile; fi

# Sums over policy rows are the reports' totals, sums over failure rows the details'.
if command -v jq >/dev/null; then
  # shellcheck disable=SC2016
  sums='[.[].policies[] | .summary // {}] as $p | [([$p[]["total-successful-session-count"] // 0] | add),
    ([$p[]["total-failure-session-count"] // 0] | add),
    ([.[].policies[]["failure-details"][]?["failed-session-count"] // 0] | add)]'
  good=("$reports/google.json" "$reports/week.json" "$reports/many-failures.json" "$reports/unknown-types.json" examples/reports)
  "$tlsrpt" report --format json "${good[@]}" | jq -cs "$sums" >"$work/totals"
  "$tlsrpt" report --format ndjson "${good[@]}" 2>/dev/null | jq -cs '[map(select(.kind == "policy")) as $p |
    ($p | map(.successful_sessions // 0) | add), ($p | map(.failed_sessions // 0) | add),
    (map(select(.kind == "failure") | .failed_sessions // 0) | add)]' >"$work/sums"
  diff "$work/totals" "$work/sums" || fail sums
fi

# Output that cannot be written.
for format in ndjson csv tsv; do
  status=0
  "$tlsrpt" report --format $format examples/reports >/dev/full 2>"$work/err" || status=$?
  cannot_write "$format: full disk" $status
  status=0
  "$tlsrpt" report --format $format examples/reports >&- 2>"$work/err" || status=$?
  cannot_write "$format: closed output" $status
done
# A file that may not grow beyond some KiB keeps whole reports: the rows of the first ones.
for _ in {1..300}; do echo "$reports/many-failures.json"; done >"$work/many"
# shellcheck disable=SC2046
"$tlsrpt" report --format ndjson $(cat "$work/many") >"$work/all" 2>/dev/null || fail 'many reports'
rows=$("$tlsrpt" report --format ndjson "$reports/many-failures.json" | wc -l)
for kib in 1 64 300; do
  # The limit must not hold for the messages too.
  # shellcheck disable=SC2046
  (ulimit -f $kib && exec "$tlsrpt" report --format ndjson $(cat "$work/many")) 2>&1 >"$work/some" | cat >"$work/err"
  status=${PIPESTATUS[0]}
  cannot_write "$kib KiB" "$status"
  lines=$(wc -l <"$work/some")
  ((lines % rows == 0 && (lines > 0 || kib == 1))) || fail "$kib KiB: $lines rows, of $rows a report"
  head -c "$(wc -c <"$work/some")" "$work/all" | cmp - "$work/some" || fail "$kib KiB: other rows"
done

finish
