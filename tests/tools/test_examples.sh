#!/bin/bash
# SPDX-License-Identifier: MIT
# The small example programs, run. test_examples_sqlite.sh runs the one that needs a database.
# usage: test_examples.sh SOURCE_DIR BUILD_DIR
# shellcheck disable=SC2317 # functions are called by their names
set -uo pipefail
# shellcheck source=tests/tools/shell.sh
source "${0%/*}/shell.sh"
examples=$build/examples

# prints NAME STATUS COMMAND...: the command has this status and prints what is on standard input.
prints() {
  local name=$1 want=$2 got=0
  wanted "$name" || return 0
  shift 2
  "$@" >"$work/printed" || got=$?
  [[ $got == "$want" ]] || fail "$name: status $got"
  diff - "$work/printed" || fail "$name"
}

prints record 0 "$examples/example-parse_record" <<'END'
usable mailto:reports@example.com
usable https://example.net/tlsrpt
END
record_wrong() { "$examples/example-parse_record" 'v=TLSRPTv1 rua=mailto:reports@example.com' | sed 's/: .* (/ (/'; }
prints record-wrong 1 record_wrong <<'END'
column 12 (record.missing-delimiter)
END

report() { "$examples/example-stream_report" <examples/reports/mail.ru.json | grep -v ' at line '; }
prints report 0 report <<'END'
failure type=sts-policy-fetch-error mx= sessions=1
failure type=sts-policy-fetch-error mx= sessions=1
policy type=sts domain=example.org failed=1 successful=0
report from=Mail.ru id=b28254de-7b2e-be36-bb5c-4c3b92da8b25@mailru.example
END
report_wrong() { "$examples/example-stream_report" <tests/data/reports/not-json.json | sed 's/: .*//'; }
prints report-wrong 1 report_wrong <<<'line 1, column 2'

feed() { "$examples/example-feed" <"$1" | sed 's/^invalid report: .*/invalid report/'; }
prints feed 0 feed examples/reports/mail.ru.json <<<'a report: MTA-STS: 1 sessions failed, 0 succeeded'
prints feed-wrong 1 feed tests/data/reports/not-json.json <<<'invalid report'

# A program for WASI has no current folder.
whole() { "$examples/example-parse_report" "$PWD/examples/reports/mail.ru.json" | sed 's/^report [0-9a-f]\{32\}$/report KEY/'; }
prints whole 0 whole <<'END'
report KEY
  sts: 1 of 1 sessions failed
    1: The MTA-STS policy could not be fetched. Check that https://mta-sts.<domain>/.well-known/mta-sts.txt answers with status 200 and no redirect.
    1: The MTA-STS policy could not be fetched. Check that https://mta-sts.<domain>/.well-known/mta-sts.txt answers with status 200 and no redirect.
END

# What is written is read, without a diagnostic but for an address that is one of documentation.
"$examples/example-write_report" >"$work/written" || fail "write: status $?"
prints write 0 head -n 1 "$work/written" <<<'v=TLSRPTv1; rua=mailto:tls-reports@example.com,https://example.com/tlsrpt%3Bv=1'
tail -n +2 "$work/written" >"$work/report.json"
read_written() { "$examples/example-stream_report" <"$work/report.json"; }
prints write-read 0 read_written <<'END'
report.ip-special at line 31
failure type=certificate-expired mx=mx1.example.com sessions=3
policy type=sts domain=example.com failed=3 successful=1200
report from=Example Sender id=2026-03-01-example.com
END

# Standard error comes first, whenever libc writes what it buffered.
rows() {
  local status=0
  "$examples/example-write_rows" "$@" >"$work/rows" 2>"$work/errors" || status=$?
  cat "$work/errors" "$work/rows" | tr -d '\r' | cut -d , -f 1,4,11,15,20-23
  return "$status"
}
prints rows 0 rows "$work/report.json" <<'END'
kind,organization_name,policy_domain,result_type,successful_sessions,failed_sessions,failure_reason_code,additional_information
policy,Example Sender,example.com,,1200,3,,
failure,Example Sender,example.com,certificate-expired,,3,,
END
# A bad report is the last one, and has no rows.
prints rows-wrong 1 rows tests/data/reports/cut.json "$work/report.json" <<'END'
tests/data/reports/cut.json: not a readable report
kind,organization_name,policy_domain,result_type,successful_sessions,failed_sessions,failure_reason_code,additional_information
END

# A session of an LMTP client with three mails: a report, another mail, and one that the client does not finish.
if [[ -x $examples/example-lmtp ]]; then
  session() {
    printf 'LHLO client.example\r\nMAIL FROM:<>\r\nDATA\r\nRCPT TO:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n'
    sed 's/^\./../; s/$/\r/' tests/data/mails/google.eml
    printf '.\r\nMAIL FROM:<>\r\nRCPT TO:<a@example.com>\r\nDATA\r\nSubject: a\r\n\r\n..\r\n.\r\nNOOP\r\nTURN\r\n'
    printf 'RCPT TO:<a@example.com>\r\nDATA\r\nContent-Type: application/tlsrpt+json\r\n'
  }
  lmtp() { session | "$examples/example-lmtp" 2>&1 | tr -d '\r'; }
  prints lmtp 0 lmtp <<'END'
220 example LMTP
250-example
250-PIPELINING
250 8BITMIME
250 2.0.0 OK
503 5.5.1 No recipient
250 2.1.5 OK
250 2.1.5 OK
354 End the mail with a single dot
report of 1 policies, DKIM unknown
250 2.0.0 Read
250 2.0.0 Read
250 2.0.0 OK
250 2.1.5 OK
354 End the mail with a single dot
250 2.0.0 Read
250 2.0.0 OK
500 5.5.1 Unknown command
250 2.1.5 OK
354 End the mail with a single dot
END
fi

# All that a mailbox holds, if libtrpt-mail was built.
if [[ -x $examples/example-read_mail ]]; then
  prints mail 1 "$examples/example-read_mail" tests/data/mails/inbox.mbox mx.example.com <<'END'
gzip in mbox, number 1
  part: 2
  media type: application/tlsrpt+gzip
  filename: google.example!example.com!1772323200!1772409599!001.json.gz
  from: noreply-smtp-tls-reporting@google.example
  about: example.com
  dkim: pass
  signed by: google.example
  line 23: The Report-ID in the subject differs from the report-id in the report. [mail.report-id-mismatch]
  report-id: 2026-03-01T00:00:00Z_example.com
message in mbox, number 2
  from: someone@example.org
  line 1: The mail contains no TLS report. [mail.no-report-part]
  error: The mail contains no TLS report.
gzip in mbox, number 3
  part: 2
  media type: application/tlsrpt+gzip
  filename: microsoft.example!example.com!1772323200!1772409599!134232617934286362.json.gz
  from: <tlsrpt-noreply@microsoft.example>
  about: example.com
  dkim: pass
  signed by: microsoft.example
  line 10: The DKIM signature does not cover both TLS-Report-Domain and TLS-Report-Submitter. [mail.dkim-headers-unsigned]
  line 20: The subject does not have the form that RFC 8460 defines. [mail.subject-syntax]
  report-id: 134232617934286362+example.com
END
fi

finish
