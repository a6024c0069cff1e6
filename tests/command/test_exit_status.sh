#!/bin/bash
# SPDX-License-Identifier: MIT
# The table of exit statuses, docs/exit-status.md. usage: test_exit_status.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"

cd tests/data/reports || exit 2
awk -f "$source/tests/command/summary_reports.awk" >"$work/month"
record='v=TLSRPTv1; rua=mailto:a@example.com'

# expect STATUS ARGUMENT...: standard input is $input.
expect() {
  local want=$1 got=0
  shift
  wanted "$*" || return 0
  limited "$tlsrpt" "$@" <"$input" >/dev/null 2>"$work/err" || got=$?
  [[ $got == "$want" ]] || fail "$*: status $got, not $want: $(<"$work/err")"
}

expect 0 report google.json
expect 0 report missing-members.json
expect 0 lint google.json
expect 0 record "$record"
expect 0 help
expect 0 --version
expect 1 report google.json cut.json
expect 1 report none.json
expect 1 lint missing-members.json
expect 1 lint cut.json
expect 1 record 'v=TLSRPTv1'
expect 1 record --strict "$record "
expect 1 summary google.json cut.json
for command in report lint summary record help check; do expect 2 $command --unknown; done
expect 2 unknown
expect 2
expect 0 report --delivery cut.json

# Rates. 12 of 253 sessions of google.json failed, 4.75%.
for rate in 4.7% 0.047 0% 0 .0%; do
  case $rate in
    .*) expect 2 summary --fail-if-failures "$rate" google.json ;;
    *) expect 4 summary --fail-if-failures "$rate" google.json ;;
  esac
done
for rate in 4.8% 0.048 100% 0.999 50%; do expect 0 summary --fail-if-failures "$rate" google.json; done
for rate in 1 1.0 5 100 101% 5%% -1% +1% 0x1p-4 nan inf 1e-2 '' % ' 1%' 1,5%; do
  expect 2 summary --fail-if-failures "$rate" google.json
done
# Exactly the rate is not above it.
printf '%s' '{"organization-name":"a","report-id":"1","policies":[{"policy":{"policy-type":"sts","policy-domain":"a.example"},' \
  '"summary":{"total-successful-session-count":3,"total-failure-session-count":1}}]}' >"$work/quarter.json"
for rate in 25% 0.25 25.01% 0.2501; do expect 0 summary --fail-if-failures "$rate" "$work/quarter.json"; done
for rate in 24.99% 0.2499; do expect 4 summary --fail-if-failures "$rate" "$work/quarter.json"; done
# Of several, the first of 2, 1, 4.
expect 1 summary --fail-if-failures 1% google.json cut.json
expect 2 summary --fail-if-failures 1 google.json cut.json

# interrupted NAME ARGUMENT...: SIGINT while standard input is open; the output is in $work/out, messages in $work/err. More lines
# than the pipe and the command's buffers hold: once they are written, the first ones were counted, however slow the machine is.
interrupted() {
  local name=$1 status=0 reader
  shift
  rm -f "$work/pipe"
  mkfifo "$work/pipe"
  "$tlsrpt" "$@" --input lines - <"$work/pipe" >"$work/out" 2>"$work/err" &
  reader=$!
  exec 3>"$work/pipe"
  awk 'NR <= 3 {line[NR] = $0} END {for (i = 0; i < 6000; i++) print line[i % 3 + 1]}' "$work/month" >&3
  kill -INT "$reader"
  wait "$reader" || status=$?
  exec 3>&-
  [[ $status == 130 ]] || fail "$name: status $status"
  grep -qE '^tlsrpt: interrupted after [1-9][0-9]* inputs? and [0-9]+\.[0-9] MB; the rest was not read$' "$work/err" ||
    fail "$name: $(<"$work/err")"
}

incomplete='The input was not read to its end'
for format in text json csv html prometheus; do
  wanted "interrupted-$format" || continue
  interrupted "interrupted-$format" summary --format $format
  case $format in
    text) grep -q '^3 reports counted\.' "$work/out" && head -1 "$work/out" | grep -q "^$incomplete" ;;
    html) grep -q "$incomplete" "$work/out" ;;
    json) grep -q '"complete":false' "$work/out" && cp "$work/out" "$work/interrupted.json" ;;
    *) [[ -s $work/out ]] ;;
  esac || fail "interrupted-$format: $(head -c 300 "$work/out")"
done
if [[ -f $work/interrupted.json ]] && wanted interrupted-add; then
  if "$tlsrpt" summary --add "$work/interrupted.json" >"$work/out" 2>"$work/err"; then
    head -1 "$work/out" | grep -q "^$incomplete" || fail 'interrupted-add: not carried over'
  else
    grep -q 'no yajl' "$work/err" || fail "interrupted-add: $(<"$work/err")"
  fi
fi
for command in report lint; do
  if wanted "interrupted-$command"; then interrupted "interrupted-$command" $command; fi
done
if wanted complete; then
  "$tlsrpt" summary --format json google.json | grep -q '^{"tlsrpt-summary":1,"complete":true,' || fail complete
fi

# Each status is in the manual of each command.
if wanted manual; then
  for status in 0 1 2 3 4 75 130; do
    grep -q "^| $status |" "$source/docs/exit-status.md" || fail "manual: docs/exit-status.md lacks $status"
    for command in report lint summary record; do
      "$tlsrpt" help $command | sed '1,/^Exit status/d' | grep -q "^  $status  " || fail "manual: $command lacks $status"
    done
  done
fi

finish
