#!/bin/bash
# SPDX-License-Identifier: MIT
# A build without libtrpt-mail: each mail and archive is an error that says why, so that no report is passed over in silence.
# usage: test_without_mail.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"

"$tlsrpt" report --input mbox - </dev/null 2>&1 | grep -q 'lacks libtrpt-mail' || skip 'this build has libtrpt-mail'

mails=tests/data/mails
message='This build lacks libtrpt-mail, which is needed for mails and archives.'

# refused NAME ARGUMENT...: the command reports only this error, and has the status 1. Standard input is $input.
refused() {
  local name=$1 status=0
  wanted "$name" || return 0
  shift
  limited "$tlsrpt" "$@" <"$input" >"$work/out" 2>"$work/err" || status=$?
  [[ $status == 1 ]] || fail "$name: status $status, not 1"
  grep -qF "$message" "$work/err" || fail "$name: $(<"$work/err")"
  if grep -vF "$message" "$work/err"; then fail "$name: something else was printed"; fi
}

for file in google.eml inbox.mbox mails.tar reports.zip; do
  for command in report lint summary; do refused "$command $file" $command "$mails/$file"; done
  input=$mails/$file
  refused "standard input $file" report -
  input=/dev/null
done

# In a folder, where other files are passed over.
mkdir -p "$work/maildir"/{cur,new,tmp}
cp "$mails/google.eml" "$work/maildir/new/1.google"
refused maildir summary "$work/maildir"
refused folder report "$mails"
{
  base64 -w0 "$mails/google.eml" && echo
  base64 -w0 "$mails/mails.tar" && echo
} >"$work/lines"
input=$work/lines
refused lines report --input lines
[[ $(grep -c . "$work/err") == 2 ]] || fail "lines: not a message for each item: $(<"$work/err")"
input=/dev/null

# Text that begins like none of them is passed over in a folder, and a report beside it is read.
mkdir "$work/mixed"
cp tests/data/reports/google.json "$work/mixed"
for text in hello ': hello' 'PK' 'From' 'no field: hello'; do
  printf '%s\n' "$text" >"$work/mixed/text"
  "$tlsrpt" report "$work/mixed" >"$work/out" 2>"$work/err" || fail "text '$text': status $?"
  grep -q '1 other file' "$work/err" || fail "text '$text': $(<"$work/err")"
  grep -q 'Google' "$work/out" || fail "text '$text': the report is missing"
done
finish
