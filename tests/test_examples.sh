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
