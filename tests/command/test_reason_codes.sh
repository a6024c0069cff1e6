#!/bin/bash
# SPDX-License-Identifier: MIT
# Reason codes: the table of the command is that of docs/reason-codes.md, and report and summary show the meanings.
# usage: test_reason_codes.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
need cc

# Rows as in the page.
cc -E -P - <<'END' | tr -d '\n' | sed 's/ROW/\n/g' | sed 's/" *"//g; s/"//g; s/^ *//; s/ *| */|/g; s/ *$//' | sed 1d | awk 1 >"$work/rows"
#define REASON(code, text, vendor, meaning, source) ROW code | text | vendor | meaning | source
#include "examples/tlsrpt/reason_codes.def"
END
if wanted page; then
  sed -n 's/^| //p' docs/reason-codes.md | sed '1d; s/ |$//; s/[<>`]//g; s/ *| */|/g' >"$work/page"
  diff "$work/rows" "$work/page" || fail 'page: docs/reason-codes.md and reason_codes.def differ'
fi
if wanted count; then
  count=$(wc -l <"$work/rows")
  ((count >= 20 && count <= 30)) || fail "count: $count rows"
fi

# report VALUE: a report with one failure that has this reason
report() {
  cat <<END
{"organization-name":"a","date-range":{"start-datetime":"2026-03-01T00:00:00Z","end-datetime":"2026-03-01T23:59:59Z"},
"contact-info":"a@b.example","report-id":"1","policies":[{"policy":{"policy-type":"no-policy-found","policy-domain":"a.example"},
"summary":{"total-successful-session-count":1,"total-failure-session-count":3},"failure-details":[
{"result-type":"validation-failure","failed-session-count":3,"failure-reason-code":"$1"}]}]}
END
}

# shows VALUE MEANING: in report, in the summary and on the page
shows() {
  wanted "$1" || return 0
  report "$1" >"$work/report.json"
  "$tlsrpt" report "$work/report.json" | grep -qF "reason: $1 ($2)" || fail "$1: report"
  "$tlsrpt" summary "$work/report.json" | grep -qF "reason $1 (3, $2)" || fail "$1: summary"
  "$tlsrpt" summary --format html "$work/report.json" | sed 's/<wbr>//g' | grep -qF "$1<br><span class=\"dim\">$2</span>" || fail "$1: page"
}
while IFS='|' read -r code text _ meaning _; do
  [[ -z $code ]] || shows "$code" "$meaning"
  [[ -z $text ]] || shows "host.example: $text. " "$meaning"
done <"$work/rows"
shows x509_v_err_cert_has_expired 'the certificate has expired'
shows 'self-signed certificate' "the server's certificate is signed by itself"
shows 'Self-Signed Certificate in Certificate Chain' 'the authority at the end of the chain is not trusted'

# Others have no meaning.
for value in X509_V_ERR_CERT_HAS_EXPIRE X509_V_ERR_CERT_HAS_EXPIREDX 'certificate has expire' MX_HOSTS '' X; do
  wanted "none '$value'" || continue
  report "$value" >"$work/report.json"
  "$tlsrpt" report "$work/report.json" >"$work/text" || fail "none '$value': status $?"
  if grep -E 'reason: .* \(' "$work/text"; then fail "none '$value'"; fi
done

finish
