#!/bin/bash
# SPDX-License-Identifier: MIT
# Thousands of different reports, of which each counts, and repetitions of them. usage: test_duplicates.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"

# different COUNT: reports, a line each, that differ in their report-id or in a number of sessions
different() {
  awk -v count="$1" 'BEGIN { for (i = 0; i < count; i++)
    printf "{\"organization-name\":\"a\",\"report-id\":\"%d\",\"policies\":[{\"policy\":{\"policy-type\":\"sts\"," \
      "\"policy-domain\":\"a.example\"},\"summary\":{\"total-successful-session-count\":%d}}]}\n", i / 2, 2 * i }'
}
different 2000 >"$work/different"
cat "$work/different" "$work/different" >"$work/twice"

# told FILE: how many lines of standard error name a duplicate; all messages are shown
told() { "$tlsrpt" report --verbose --input lines --format csv --no-header <"$1" 2>&1 >"$work/rows" | grep -c 'report\.duplicate-report'; }

if wanted different; then
  [[ $(told "$work/different") == 0 ]] || fail "different: $(told "$work/different") reports are told as duplicates"
  [[ $(cut -d , -f 3 "$work/rows" | sort -u | wc -l) == 2000 ]] || fail 'different: not 2000 keys'
fi
if wanted twice; then
  [[ $(told "$work/twice") == 2000 ]] || fail "twice: $(told "$work/twice") duplicates"
  [[ $(wc -l <"$work/rows") == 4000 ]] || fail "twice: $(wc -l <"$work/rows") rows"
fi
# The keys of about the last 65536 reports: one that comes again after half as many others is known, and one that comes again after ten
# times as many is not.
again() { { echo '{"report-id":"first","policies":[]}' && different "$1" && echo '{"report-id":"first","policies":[]}'; } >"$work/again"; }
if wanted again; then
  again 32768
  [[ $(told "$work/again") == 1 ]] || fail 'again: not known after 32768 others'
  again 655360
  [[ $(told "$work/again") == 0 ]] || fail 'again: known after 655360 others'
fi
# Likewise of report-ids: besides the first one, each is that of two reports.
if wanted conflicts; then
  again 32768
  sed -i '$s/"policies"/"contact-info":"b",&/' "$work/again"
  "$tlsrpt" report --input lines --format csv <"$work/again" 2>&1 >"$work/rows" | grep -q '^tlsrpt: 16385 reports have the report-id' ||
    fail 'conflicts: another number'
fi
# A summary knows them all, and all report-ids.
if wanted summary; then
  "$tlsrpt" summary --input lines --format json <"$work/twice" >"$work/summary" || fail "summary: status $?"
  grep -q '"reports":2000,"repeated":2000,' "$work/summary" || fail "summary: $(grep -o '"reports":[0-9]*,"repeated":[0-9]*' "$work/summary")"
  [[ $(grep -o '"report_id":"[0-9]*","contents"' "$work/summary" | sort -u | wc -l) == $(grep -c . <(grep -o '"report_id":' "$work/summary")) ]] ||
    fail 'summary: a report-id is listed twice'
fi

finish
