#!/bin/sh
# SPDX-License-Identifier: MIT
# The small example programs, run. usage: test_examples.sh SOURCE_DIR BUILD_DIR
set -eu

source=$1
examples=$2/examples
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$source"

expect() {
  cat >"$work/expected"
  diff "$work/expected" "$work/printed"
}

"$examples/example-record" >"$work/printed"
expect <<'END'
usable mailto:reports@example.com
usable https://example.net/tlsrpt
END

status=0
"$examples/example-record" 'v=TLSRPTv1 rua=mailto:reports@example.com' >"$work/printed" || status=$?
test $status = 1
grep -q '^column 12: .* (record\.missing-delimiter)$' "$work/printed"

"$examples/example-report" <examples/reports/mail.ru.json >"$work/printed"
grep -v ' at line ' "$work/printed" >"$work/events" && mv "$work/events" "$work/printed"
expect <<'END'
failure type=sts-policy-fetch-error mx= sessions=1
failure type=sts-policy-fetch-error mx= sessions=1
policy type=sts domain=example.org failed=1 successful=0
report from=Mail.ru id=b28254de-7b2e-be36-bb5c-4c3b92da8b25@mailru.example
END

status=0
"$examples/example-report" <tests/data/reports/not-json.json >"$work/printed" || status=$?
test $status = 1
grep -q '^line 1, column 2: ' "$work/printed"

"$examples/example-feed" <examples/reports/mail.ru.json >"$work/printed"
expect <<'END'
a report: MTA-STS: 1 sessions failed, 0 succeeded
END

status=0
"$examples/example-feed" <tests/data/reports/not-json.json >"$work/printed" || status=$?
test $status = 1
grep -q '^no report: ' "$work/printed"

"$examples/example-whole" examples/reports/mail.ru.json | sed 's/^report [0-9a-f]\{32\}$/report KEY/' >"$work/printed"
expect <<'END'
report KEY
  sts: 1 of 1 sessions failed
    1: The MTA-STS policy could not be fetched. Check that https://mta-sts.<domain>/.well-known/mta-sts.txt answers with status 200 and no redirect.
    1: The MTA-STS policy could not be fetched. Check that https://mta-sts.<domain>/.well-known/mta-sts.txt answers with status 200 and no redirect.
END

# What is written is read, without a finding but for an address that is one of documentation.
"$examples/example-write" >"$work/printed"
head -n 1 "$work/printed" | grep -qx 'v=TLSRPTv1; rua=mailto:tls-reports@example.com,https://example.com/tlsrpt%3Bv=1'
tail -n +2 "$work/printed" >"$work/report.json"
"$examples/example-report" <"$work/report.json" >"$work/printed"
expect <<'END'
report.ip-special at line 31
failure type=certificate-expired mx=mx1.example.com sessions=3
policy type=sts domain=example.com failed=3 successful=1200
report from=Example Sender id=2026-03-01-example.com
END

"$examples/example-rows" "$work/report.json" | tr -d '\r' | cut -d , -f 1,4,11,15,20- >"$work/printed"
expect <<'END'
kind,organization_name,policy_domain,result_type,successful_sessions,failed_sessions,failure_reason_code,additional_information
policy,Example Sender,example.com,,1200,3,,
failure,Example Sender,example.com,certificate-expired,,3,,
END

# A bad report ends it, after all rows of those before.
status=0
"$examples/example-rows" examples/reports/mail.ru.json tests/data/reports/cut.json >"$work/printed" 2>"$work/errors" || status=$?
test $status = 1
test "$(cat "$work/errors")" = 'tests/data/reports/cut.json: no report'
test "$(wc -l <"$work/printed")" = 4

# All that a mailbox holds, where libtrpt-mail was built.
if test -x "$examples/example-mail"; then
  status=0
  "$examples/example-mail" tests/data/mails/inbox.mbox mx.example.com >"$work/printed" || status=$?
  test $status = 1
  expect <<'END'
gzip in mbox, number 1
  part: 2
  media type: application/tlsrpt+gzip
  filename: google.example!example.com!1772323200!1772409599!001.json.gz
  from: noreply-smtp-tls-reporting@google.example
  about: example.com
  dkim: pass
  signed by: google.example
  line 23: The Report-ID of the subject is not the report-id of the report. [mail.report-id-mismatch]
  report-id: 2026-03-01T00:00:00Z_example.com
message in mbox, number 2
  from: someone@example.org
  line 1: The mail holds no TLS report. [mail.no-report-part]
  no report: The mail holds no TLS report.
gzip in mbox, number 3
  part: 2
  media type: application/tlsrpt+gzip
  filename: microsoft.example!example.com!1772323200!1772409599!134232617934286362.json.gz
  from: <tlsrpt-noreply@microsoft.example>
  about: example.com
  dkim: pass
  signed by: microsoft.example
  line 10: The DKIM signature does not cover TLS-Report-Domain and TLS-Report-Submitter. [mail.dkim-headers-unsigned]
  line 20: The subject is not as RFC 8460 has it. [mail.subject-syntax]
  report-id: 134232617934286362+example.com
END
fi

# Loaded twice, and once with a bad one among them, which is told and leaves nothing behind.
if test -x "$examples/example-sqlite" && command -v sqlite3 >/dev/null; then
  "$examples/example-sqlite" "$work/db" examples/reports/mail.ru.json "$work/report.json"
  status=0
  "$examples/example-sqlite" "$work/db" tests/data/reports/cut.json "$work/report.json" 2>"$work/errors" || status=$?
  test $status = 1
  grep -q '^tests/data/reports/cut.json: ' "$work/errors"
  "$examples/example-sqlite" "$work/db" "$work/report.json"
  test "$(sqlite3 "$work/db" 'SELECT count(*), sum(failed), sum(successful) FROM policy')" = '2|4|1200'
  test "$(sqlite3 "$work/db" 'SELECT count(*), sum(failed) FROM failure')" = '3|5'
fi
