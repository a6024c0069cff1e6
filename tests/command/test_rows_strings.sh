#!/bin/bash
# SPDX-License-Identifier: MIT
# Strings that a database, a spreadsheet or a reader of lines could take for something else: Python's readers get them back from rows.
# usage: test_rows_strings.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
need_python

wanted strings || finish
python3 - >"$work/hostile.json" <<'END' || fail 'strings: no report'
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
            {"result-type": " =1", "receiving-mx-hostname": "\r=1", "receiving-mx-helo": "\x1b[2J\x9b\u2066a ", "failure-reason-code": "\u2028a"}]}]}))
END
for format in ndjson csv tsv; do
  "$tlsrpt" report --format $format "$work/hostile.json" >"$work/hostile.$format" 2>"$work/err" || fail "strings: $(<"$work/err")"
done
for format in csv tsv; do
  "$tlsrpt" report --no-formula-guard --format $format "$work/hostile.json" >"$work/bare.$format" 2>"$work/err" ||
    fail "strings: $(<"$work/err")"
done
python3 - "$work" <<'END' || fail strings
import csv, json, re, sys
work = sys.argv[1]
rows = [json.loads(line) for line in open(work + "/hostile.ndjson", encoding="utf-8", newline="\n")]
def read_csv(name):
    return list(csv.DictReader(open(work + name, encoding="utf-8", newline=""), strict=True))
def read_lines(name):
    *lines, last = open(work + name, encoding="utf-8", newline="\n").read().split("\n")
    assert last == ""
    return lines
table = read_csv("/hostile.csv")
lines = read_lines("/hostile.tsv")
plain = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
def unescape(cell):
    out = ""
    at = iter(cell)
    for c in at:
        out += plain[next(at)] if c == "\\" else c
    return out
columns = lines[0].split("\t")
def read_tsv(lines):
    return [dict(zip(columns, map(unescape, line.split("\t")))) for line in lines[1:]]
tabbed = read_tsv(lines)
controls = "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]"
def printable(value):
    return "" if value is None else re.sub(controls, "\ufffd", str(value))
assert all(line.count("\t") == lines[0].count("\t") for line in lines)
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
            assert cell == printable(value), (column, cell, value)
# Without the guard, a database gets the text itself. Control characters are replaced in any case.
for written in read_csv("/bare.csv"), read_tsv(read_lines("/bare.tsv")):
    assert [list(cells.values()) for cells in written] == [[printable(value) for value in row.values()] for row in rows]
for name in "hostile", "bare":
    for suffix in ".csv", ".tsv":
        assert not re.search(controls, open(work + "/" + name + suffix, encoding="utf-8", newline="").read()), name + suffix
# In a spreadsheet a quotation mark would hide what follows it.
assert not any(cell.startswith('"') for line in lines for cell in line.split("\t"))
END

finish
