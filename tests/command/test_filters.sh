#!/bin/bash
# SPDX-License-Identifier: MIT
# --domain, --since, --until and --only-failures leave out the same reports in report, lint and summary.
# usage: test_filters.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"

awk -f tests/command/summary_reports.awk >"$work/month"
# One report without a date, one with two domains of which one has failures, one whose failure count cannot be read, one with
# details of a failure but no failed session, one with a policy that cannot be read, which may have failures of
# any domain, and two about an internationalized domain, in A-labels and in U-labels.
cat >>"$work/month" <<'END'
{"organization-name":"a","contact-info":"a@b.example","report-id":"1","policies":[{"policy":{"policy-type":"no-policy-found","policy-domain":"undated.example"},"summary":{"total-successful-session-count":1,"total-failure-session-count":0}}]}
{"organization-name":"a","date-range":{"start-datetime":"2026-05-01T00:00:00Z","end-datetime":"2026-05-01T23:59:59Z"},"contact-info":"a@b.example","report-id":"2","policies":[{"policy":{"policy-type":"no-policy-found","policy-domain":"good.two.example"},"summary":{"total-successful-session-count":1,"total-failure-session-count":0}},{"policy":{"policy-type":"no-policy-found","policy-domain":"BAD.two.example."},"summary":{"total-successful-session-count":1,"total-failure-session-count":1}}]}
{"organization-name":"a","date-range":{"start-datetime":"2026-05-02T00:00:00Z","end-datetime":"2026-05-02T23:59:59Z"},"contact-info":"a@b.example","report-id":"3","policies":[{"policy":{"policy-type":"no-policy-found","policy-domain":"unknown.example"},"summary":{"total-successful-session-count":1,"total-failure-session-count":[]}}]}
{"organization-name":"a","date-range":{"start-datetime":"2026-05-02T00:00:00Z","end-datetime":"2026-05-02T23:59:59Z"},"contact-info":"a@b.example","report-id":"5","policies":[{"policy":{"policy-type":"no-policy-found","policy-domain":"details.example"},"failure-details":[{"result-type":"certificate-expired","failed-session-count":0}],"summary":{"total-successful-session-count":1,"total-failure-session-count":0}}]}
{"organization-name":"a","date-range":{"start-datetime":"2026-04-30T00:00:00Z","end-datetime":"2026-04-30T23:59:59Z"},"contact-info":"a@b.example","report-id":"6","policies":[{"policy":{"policy-type":"no-policy-found","policy-domain":"mx.xn--mnchen-3ya.example"},"summary":{"total-successful-session-count":1,"total-failure-session-count":0}}]}
{"organization-name":"a","date-range":{"start-datetime":"2026-04-30T00:00:00Z","end-datetime":"2026-04-30T23:59:59Z"},"contact-info":"a@b.example","report-id":"7","policies":[{"policy":{"policy-type":"no-policy-found","policy-domain":"münchen.example"},"summary":{"total-successful-session-count":1,"total-failure-session-count":0}}]}
{"organization-name":"a","date-range":{"start-datetime":"2026-05-03T00:00:00Z","end-datetime":"2026-05-03T23:59:59Z"},"contact-info":"a@b.example","report-id":"4","policies":["x",{"policy":{"policy-type":"no-policy-found","policy-domain":"lost.example"},"summary":{"total-successful-session-count":1,"total-failure-session-count":0}}]}
END
mkdir "$work/reports"
split -l 1 -a 3 --additional-suffix .json "$work/month" "$work/reports/"

# Reports in each output; expect calls these by their names. The rows of a report have its key.
# shellcheck disable=SC2317
in_rows() { "$tlsrpt" report --format ndjson "$@" "$work/reports" | grep -o '"report_key":"[0-9a-f]*"' | sort -u | wc -l; }
# shellcheck disable=SC2317
in_json() { "$tlsrpt" report --format json "$@" "$work/reports" | wc -l; }
# shellcheck disable=SC2317
in_text() { "$tlsrpt" report "$@" "$work/reports" | grep -cE '^[^ ].*\.json'; }
# shellcheck disable=SC2317
in_lint() { "$tlsrpt" lint --format json "$@" "$work/reports" | wc -l; }
# shellcheck disable=SC2317
in_summary() { "$tlsrpt" summary "$@" "$work/reports" | sed -n 's/ reports\{0,1\} counted.*//p'; }

# expect REPORTS OPTION...
expect() {
  local count=$1 output got
  shift
  for output in rows json text lint summary; do
    # summary --only-failures leaves policies out of the output, not reports out of the sums.
    [[ $output != summary || $* != *--only-failures* ]] || continue
    wanted "$output $*" || continue
    got=$("in_$output" "$@")
    [[ $got == "$count" ]] || fail "$output $*: $got reports, not $count"
  done
}

expect 174
expect 5 --domain young.example
expect 5 --domain YOUNG.example.
expect 81 --domain broken.example
expect 86 --domain broken.example --domain=young.example
expect 0 --domain oung.example
expect 1 --domain two.example
expect 1 --domain unknown.example
expect 1 --domain xn--mnchen-3ya.example
# A U-label includes its A-label, in composed and decomposed form. A U-label in a report is compared as it is written.
"$tlsrpt" check example.com --bad >"$work/out" 2>&1
if ! grep -q libidn2 "$work/out"; then
  expect 2 --domain münchen.example
  expect 1 --domain MÜNCHEN.example.
  expect 1 --domain $'mu\xcc\x88nchen.example'
fi
expect 4 --since 2026-05-01
expect 1 --since 2026-05-01 --until 2026-05-01
expect 1 --since 2026-05-01T12:00:00Z --until 2026-05-01T00:00:00Z
expect 169 --until 2026-04-30
expect 1 --since 2026-05-03
expect 0 --since 2026-05-04
expect 9 --since 2026-04-01 --until 2026-04-03 --domain ready.example --domain young.example
expect 41 --only-failures
expect 0 --only-failures --domain lost.example
expect 36 --only-failures --domain broken.example
expect 1 --only-failures --domain ready.example
expect 0 --only-failures --domain young.example
expect 1 --only-failures --domain unknown.example
expect 1 --only-failures --domain details.example
expect 1 --only-failures --domain two.example
expect 0 --only-failures --domain good.two.example

# A bad input stays one.
check filter-bad 1 report --since 2026-03-02 tests/data/reports/cut.json tests/data/reports/google.json
check filter-bad-lint 1 lint --since 2026-03-02 tests/data/reports/null-then-cut.json tests/data/reports/missing-members.json
# Text without the policies that have no failures, and diagnostics of reports with failures only.
check filter-text 0 report --only-failures --domain two.example "$work/reports"
check filter-lint 0 lint --only-failures tests/data/reports/google.json tests/data/reports/week.json
# Wrong days are usage errors of each command.
for command in report lint summary; do check "filter-bad-day-$command" 2 $command --until 2026-02-30 -; done

# So are a value of --domain that is no domain name, and days in the wrong order: they would leave out every report, and an empty
# output means that nothing failed.
# refused NAME MESSAGE OPTION...: by each command.
refused() {
  local name=$1 message=$2 command status
  shift 2
  wanted "$name" || return 0
  for command in report lint summary; do
    status=0
    "$tlsrpt" $command "$@" tests/data/reports/google.json >"$work/out" 2>"$work/err" || status=$?
    [[ $status == 2 && ! -s $work/out ]] || fail "$name: $command: status $status"
    [[ $(head -n 1 "$work/err") == "tlsrpt: $message" ]] || fail "$name: $command: $(head -n 1 "$work/err")"
  done
}
for name in '' . .. a..example .a.example '*.example.com' user@example.com a.example,b.example 'a b' https://a.example/ a.example:25; do
  refused "domain '$name'" "--domain needs a domain name such as example.com, not '$name'" --domain a.example --domain "$name"
done
refused 'days in the wrong order' '--since is a later day than --until' --until 2026-03-01 --since 2026-03-02
for name in _smtp.example xn--mnchen-3ya.example A.example. localhost 192.0.2.1; do
  wanted "domain $name" || continue
  "$tlsrpt" report --domain "$name" tests/data/reports/google.json || fail "domain $name: status $?"
done
expect 1 --since 2026-05-01 --until 2026-05-01
# --mark-domain would mark every report.
if wanted mark-domain; then
  for command in report lint; do
    "$tlsrpt" $command --mark-domain '*.example.com' tests/data/reports/google.json >"$work/out" 2>"$work/err" && fail "mark-domain: $command"
    grep -qF -- "--mark-domain needs a domain name such as example.com, not '*.example.com'" "$work/err" || fail "mark-domain: $command"
  done
fi

finish
