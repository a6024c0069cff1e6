#!/bin/bash
# SPDX-License-Identifier: MIT
# The command as a user runs it.
# usage: test_command.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"

reports=tests/data/reports

# Usage.
for option in --version -V version; do check version 0 $option; done
for option in help --help -h; do check help 0 $option; done
for command in $("$tlsrpt" help | sed -nE 's/^  tlsrpt ([a-z]+) .*/\1/p'); do
  # `check` is left out where what it needs is not installed.
  if [[ $("$tlsrpt" "$command" --help 2>&1) == *'was built without'* ]]; then continue; fi
  check "help-$command" 0 help "$command"
  check "help-$command" 0 "$command" --help
  check "help-$command" 0 "$command" -h
done
if wanted width && grep -nE '.{81}' "$expected"/help*; then fail 'width: a manual is wider than 80 columns'; fi
check usage-none 2
check usage-command 2 unknown
# What somebody wants who forgets the command.
check usage-path 2 "$reports/week.json"
check usage-folder 2 "$reports"
check usage-text 2 'v=TLSRPTv1; rua=mailto:a@example.com'
check usage-domain 2 example.com
check usage-short 2 -x
check usage-help 2 help unknown
check usage-option 2 report --unknown "$reports/week.json"
check usage-value 2 report "$reports/week.json" --format
check usage-choice 2 report "$reports/week.json" --format=xml
check usage-no-value 2 report --strict=yes "$reports/week.json"
check usage-no-record 2 record
check usage-publish-json 2 record --format json --publish zone 'v=TLSRPTv1; rua=mailto:a@example.com'
check usage-lint 2 lint --severity fatal

# meant NAME ARGUMENT...: the message about the arguments ends with this name, or with no name if it is empty.
meant() {
  local name=$1 message
  shift
  message=$("$tlsrpt" "$@" 2>&1 | head -n 1)
  [[ $message == "tlsrpt: unknown "*"'${name:+; did you mean: $name}" ]] || fail "meant: $*: $message"
}
if wanted meant; then
  meant summary summry
  meant lint lnit
  meant report Report
  meant version versions
  meant --help --hepl
  meant record help rrecord
  meant '' help versions # version has no manual
  meant record.rua-case explain record.rua-cas
  meant record.rua-case explain rua-case
  meant certificate-expired explain json.not-json certificate-expird
  meant '' explain nothing
  meant --format report --formt=json
  meant --max-failures report --max-falures 10
  meant --severity lint --severety error
  meant --color explain --colour
  meant --quiet summary --quite
  meant '' summarize # three letters too many
  meant '' re        # too short to be near
  meant '' report --bad-day
  meant '' report -q
  meant '' report "--$(printf '%0100d' 1)"
fi

# Records.
good='v=TLSRPTv1; rua=mailto:reports@example.com,https://example.net/tlsrpt; note=hello'
check record-quoted 0 record '"v=TLSRPTv1; rua=mailto:a@b" ".com"'
check record-good 0 record "$good"
check record-good-json 0 record --format json "$good"
check record-mended 1 record 'v=tlsrptv1; rua = a@b.example'
check record-mended-more 0 record "v=TLSRPTv1; rua=mailto:a@example.com!10m,a@example.org,,https://example.org/x; RUA=b@example.com; p=none"
check record-strict 1 record --strict 'v=TLSRPTv1; rua=mailto:a@example.com ' "$good"
check record-strict-json 1 record --strict --format=json 'v=TLSRPTv1; rua=mailto:a@example.com '
check record-unusable 1 record 'v=TLSRPTv1; rua=ftp://example.com/'
check record-escapes 0 record $'v=TLSRPTv1; rua=mailto:a@example.com; x=\x1b[31m\xe2\x80\xae\xff\xe2\x82'
check record-escapes-json 0 record --format json $'v=TLSRPTv1; rua=mailto:a@example.com; x=\x1b[31m\xe2\x80\xae\xff\xe2\x82'
# Bytes that are no UTF-8 alone, a control character of two bytes, a narrow blank and a line separator.
check record-escapes-more 0 record $'v=TLSRPTv1; rua=mailto:a@example.com; x=\x80\xc2\x85\xe2\x80\xaf\xe2\x80\xa8\xf4\x90\x80\x80'
check record-escapes-more-json 0 record --format json $'v=TLSRPTv1; rua=mailto:a@example.com; x=\x80\xc2\x85\xe2\x80\xaf\xe2\x80\xa8'
check record-decoded 0 record 'v=TLSRPTv1; rua=mailto:a%9b%2Cb@example.com'
# shellcheck disable=SC2016 # a template that nobody filled in
check record-bad-destinations 0 record 'v=TLSRPTv1; rua=mailto:a%1b@example.com,https://example.com:0/,mailto:tls@$DOMAIN,https://mx_1.example.com/'
check record-dash 0 record --format json -- "$good"
check record-not 1 record -- --strict
printf 'v=TLSRPTv1; rua=mailto:a@example.com\n\nv=TLSRPTv1;rua=mailto:b@example.com' >"$work/records"
input=$work/records
check record-stdin 1 record --format json -
# Every code and result type is explained.
check explain 0 explain record.rua-case check.null-mx gzip.bad-crc certificate-expired sts-policy-fetch-error
check explain-unknown 2 explain record.rua-case record.rua_case
check explain-none 2 explain
if wanted explain-all; then
  for code in $(grep -ohE '^DIAGNOSTIC\([A-Z0-9_]+, "[^"]+' lib/catalogue/*.def | cut -d'"' -f2) \
    $(grep -oE '^RESULT_TYPE\([A-Z_]+, "[^"]+' lib/model/result_types.def | cut -d'"' -f2); do
    "$tlsrpt" explain "$code" >"$work/out" || fail "explain-all: $code"
    [[ $(grep -cE '^(What it means|Why it matters|What to do|Example)$' "$work/out") == 4 ]] || fail "explain-all: $code: a part is missing"
    if grep -A1 -E '^(What it means|Why it matters|What to do|Example)$' "$work/out" | grep -qE '^ *(none)?$'; then fail "explain-all: $code: empty"; fi
  done
fi
# Records as people copy them.
check record-notation 1 record '_smtp._tls.b.com. 3600 IN TXT "v=TLSRPTv1\; rua=mailto:a@b.com"' 'TXT v=TLSRPTv1;rua=mailto:a@b.com' \
  $'; comment\n_smtp._tls TXT ( "v=TLSRPTv1; "\n  "rua=mailto:a@b.com" )\n@ TXT "v=spf1 -all"' 'b.com. 5 IN CNAME c.com.'
check record-invisible 1 record $'\xef\xbb\xbfv=TLSRPTv1;\xc2\xa0rua=mailto:\xe2\x80\x8ba@b.com'
check record-domain 1 record example.com _smtp._tls.example.com. --format=text
# shellcheck disable=SC2016 # a template that nobody filled in
check record-example 1 record 'v=spf1 -all' 'v=TLSRPTv1; rua=mailto:tls@$DOMAIN'
printf ';; ANSWER SECTION:\nb.com. 5 IN CNAME c.com.\n\nc.com. 5 IN TXT "v=TLSRPTv1; rua=mailto:a@b.com"\n;;v=TLSRPTv1; x\n' >"$work/dig"
input=$work/dig
check record-dig 1 record --format json -
printf ';; ANSWER SECTION:\nb.com. 5 IN CNAME c.com.\n' >"$work/dig"
check record-dig-none 1 record -
input=/dev/null
long="v=TLSRPTv1; rua=maito:a@b.com; x=$(printf '%0240d' 0)\${y}'\"%{z}"
for form in zone terraform octodns; do
  check "record-publish-$form" 0 record --publish $form "$good" "$long"
done
check record-publish-none 1 record --publish zone example.com "$good"
check record-publish-choice 2 record --publish bind "$good"
check record-long 1 record "v=TLSRPTv1; x=$(printf '%0200d' 0); rua=mailto:a@example.com!1m; y=$(printf '%0200d' 0)"

# Reports.
# Each with the status of lint.
for row in google:0 microsoft-no-zone:0 null-contact:1 mx-host-string:0 unknown-types:0 missing-members:1 unclear-failures:1 \
  terminal-escapes:1 many-failures:0 week:0 bad-times:1; do
  name=${row%:*}
  check "report-$name" 0 report "$reports/$name.json"
  check "report-$name-json" 0 report --format=json "$reports/$name.json"
  check "lint-$name" "${row#*:}" lint "$reports/$name.json"
  if wanted "yajl-$name"; then
    limited "$tlsrpt" report --format json --tokenizer yajl "$reports/$name.json" >"$work/yajl" 2>"$work/no-yajl" ||
      grep -q 'no such tokenizer' "$work/no-yajl" || fail "yajl-$name: $(<"$work/no-yajl")"
    [[ -s $work/no-yajl ]] || diff "$expected/report-$name-json" "$work/yajl" || fail "yajl-$name: another output"
  fi
done
for name in cut.json not-json.json not-a-report.json null-then-cut.json empty.json cut.json.gz bad-crc.json.gz; do
  check "report-$name" 1 report "$reports/$name"
  check "report-$name-json" 1 report --format json "$reports/$name"
  check "lint-$name" 1 lint "$reports/$name"
done
check report-examples 0 report examples/reports
check report-examples-json 0 report --format json examples/reports
check report-unclear-failures-verbose 0 report --verbose "$reports/unclear-failures.json"
check summary-unclear-failures 0 summary "$reports/unclear-failures.json"
check report-verbose 0 report --verbose "$reports/many-failures.json" "$reports/missing-members.json"
check report-strict 1 report --strict "$reports/null-contact.json" "$reports/google.json"
check report-mixed 1 report "$reports/google.json" "$reports/cut.json" "$reports/week.json" --format json
# Policies without sessions, with one, and more of them than a line names.
policy() {
  printf '{"policy":{"policy-type":"sts","policy-domain":"%s.example"},"summary":{"total-successful-session-count":%d,' "$1" "$2"
  printf '"total-failure-session-count":%d},"failure-details":[%s]}' "$3" "${4-}"
}
{
  printf '{"organization-name":"a","report-id":"1","date-range":{"start-datetime":"2026-03-01T00:00:00Z",'
  printf '"end-datetime":"2026-03-01T23:59:59Z"},"policies":[%s' "$(policy none 0 0)"
  for name in one:1 two:2 three:3 four:4 five:5 six:6; do printf ',%s' "$(policy "${name%:*}" "${name#*:}" 0)"; done
  printf ']}\n'
} >"$work/well.json"
details='{"result-type":"certificate-expired","failed-session-count":2,"additional-information":"https://a.example/why"}'
{
  printf '{"organization-name":"a","report-id":"2","date-range":{"start-datetime":"2026-03-01T00:00:00Z",'
  printf '"end-datetime":"2026-03-01T23:59:59Z"},"policies":[%s,%s,%s]}\n' "$(policy only 0 1 '{"failed-session-count":1}')" \
    "$(policy details 0 0 "$details")" "$(policy two 0 2 "$details")"
} >"$work/ill.json"
check report-sessions 0 report "$work/well.json" "$work/ill.json"
check report-sessions-verbose 0 report --verbose "$work/well.json" "$work/ill.json"
check summary-sessions 0 summary "$work/well.json" "$work/ill.json"
input=$reports/week.json
check report-stdin 0 report -
check report-stdin 0 report # if nothing is named
check lint-stdin 0 lint -
check lint-stdin 0 lint
check summary-stdin 0 summary -
check summary-stdin 0 summary
check report-stdin-json 0 report --format json -
input='examples/reports/google.example!example.com!1772323200!1772409599!001.json.gz'
check report-stdin-gz 0 report -
input=/dev/null
check report-stdin-empty 1 report -
check report-stdin-empty 1 report
check lint-severity 1 lint --severity error "$reports/missing-members.json" "$reports/week.json"
check lint-json 1 lint --format json "$reports/missing-members.json" "$reports/cut.json"
check lint-record 1 lint --record 'v=tlsrptv1; rua = a@b.example'
check lint-record-json 1 lint --format json --record 'v=tlsrptv1; rua = a@b.example' --record "$good"

# Folders: sorted, loops, what is no file, names that a terminal would obey.
folder=$work/folder
mkdir -p "$folder/b/c" "$folder/empty"
cp "$reports/week.json" "$folder/b/c/2.json"
cp "$reports/week.json" "$folder/a.json"
cp "$reports/week.json" "$folder/z"$'\x1b[31m\xe2\x80\xae\xff'.json
ln -s ../.. "$folder/b/c/loop"
ln -s loop "$folder/b/loop"
ln -s self "$folder/self"
ln -s a.json "$folder/link.json"
mkfifo "$folder/fifo"
ln -s /dev/zero "$folder/zero"
check folder 1 report "$folder"
check folder-json 1 report --format json "$folder/"
check folder-missing 1 report "$work/missing" "$reports/week.json"
check device 1 report /dev/zero /dev/null
deep=$work/deep
mkdir "$deep"
(cd "$deep" && for _ in {1..200}; do mkdir d && cd d || exit; done)
check folder-deep 1 report "$deep"
# It must not outlive this script with its output open, which ctest waits for.
# shellcheck disable=SC2016
(timeout "$limit" sh -c 'cat "$1" >"$2"' - "$reports/week.json" "$folder/fifo" >/dev/null 2>&1 &)
check fifo 0 report "$folder/fifo"

# A list names what is not read, and why.
printf '%s\0' "$folder/fifo" "$reports" /dev/null "$work/missing" "$reports/week.json" >"$work/list"
input=$work/list
check list-kinds 1 report --input files0
input=/dev/null
# Input that fails while it is read: standard input that is a folder, and a file whose first bytes cannot be read.
for arguments in 'report -' 'lint -' 'summary -' 'record -' 'report --input lines' 'lint --input u32' 'summary --input files0'; do
  wanted "stdin-folder $arguments" || continue
  status=0
  # shellcheck disable=SC2086
  limited "$tlsrpt" $arguments <"$reports" >"$work/out" 2>"$work/err" || status=$?
  [[ $status == 1 && $(<"$work/err") == 'tlsrpt: -: Is a directory' ]] || fail "stdin-folder $arguments: status $status: $(<"$work/err")"
done
if head -c 1 /proc/self/mem 2>&1 | grep -qE '(I/O|Input/output) error'; then
  check read-error 1 report --format json /proc/self/mem "$reports/week.json"
fi

# A file beyond the limit is not read to its end.
truncate -s 70G "$work/huge.json" 2>/dev/null && check huge 1 report "$work/huge.json"
yes ' ' | head -c 80000000 >"$work/blanks.json"
check huge-blanks 1 report "$work/blanks.json"

# The first and the last character that can be printed, and those beside them: the caret is below the fault.
if wanted printable; then
  "$tlsrpt" record $'v=TLSRPTv1; ~ !\x7f\x1f' >"$work/out" 2>/dev/null
  printf '%s\n' '    v=TLSRPTv1; ~ !\x7f\x1f' '                           ^' >"$work/wanted"
  grep -A 1 '^    v=TLSRPTv1; ~' "$work/out" | tail -n 2 | diff "$work/wanted" - || fail "printable: $(<"$work/out")"
fi

# A pipe that delivers in two writes.
if wanted two-writes; then
  "$tlsrpt" report --format json - <"$reports/google.json" >"$work/whole" || fail "two-writes: status $?"
  for first in 1 300; do
    { head -c $first "$reports/google.json"; sleep 0.1; tail -c +$((first + 1)) "$reports/google.json"; } |
      "$tlsrpt" report --format json - >"$work/halves" || fail "two-writes: status $?"
    cmp "$work/whole" "$work/halves" || fail "two-writes: another output with $first bytes first"
  done
fi

# Many reports in one input: lines of which one is broken and one is no report, an array, gzip members, and none.
one_line() { tr -d '\n' <"$reports/$1"; }
{
  one_line week.json
  printf '\n{"policies": [\n'
  one_line google.json
  printf '\n{"policies": 1} and more\n'
  one_line week.json
} >"$work/many.json"
printf '[%s,\n%s]\n' "$(one_line week.json)" "$(one_line google.json)" >"$work/array.json"
{
  gzip -nc "$reports/week.json"
  gzip -nc "$reports/google.json"
} >"$work/members.json.gz"
printf '[]\n' >"$work/none.json"
for format in text json csv; do check "many-$format" 1 report --format "$format" "$work/many.json"; done
check many-lint 1 lint --severity error "$work/many.json"
check many-summary 1 summary "$work/many.json"
check many-filter 1 report --only-failures --format csv "$work/many.json"
check many-array 0 report "$work/array.json"
check many-members 0 report "$work/members.json.gz"
check many-none 1 report "$work/none.json"
input=$work/many.json
check many-stdin 1 report --format csv -
input=/dev/null

# Limits.
check limit-string 1 lint --severity error --max-string 20 "$reports/google.json"
check limit-strings 0 report --max-strings=2 --format csv "$reports/google.json"
check limit-depth 1 report --max-depth 3 "$reports/google.json"
check limit-input 1 summary --max-input 100 "$reports/google.json"
check limit-zero 2 report --max-ratio 0 "$reports/google.json"
for command in report lint summary; do
  for option in $("$tlsrpt" help "$command" | sed -nE 's/^  (--max-[a-z]+) N.*/\1/p'); do
    wanted "limit-option$option" || continue
    "$tlsrpt" "$command" "$option" 900 "$reports/week.json" >/dev/null 2>&1
    if (($? > 1)); then fail "limit-option$option: $command does not take it"; fi
  done
done

# Of many things the first few are shown: all of MOST, and of one more that it is there, as TEXT has it.
# some COUNT ITEM: % is the number of the item.
some() {
  local i
  for ((i = 1; i <= $1; i++)); do printf '%s%s' "${2//%/$i}" "$( ((i == $1)) || printf ,)"; done
}
# shellcheck disable=SC2317 # called by their names
of_policies() {
  printf '{"organization-name":"a","date-range":{"start-datetime":"2026-03-01T00:00:00Z","end-datetime":"2026-03-01T23:59:59Z"},'
  printf '"contact-info":"a@b.example","report-id":"1","policies":[%s]}' "$1"
}
# shellcheck disable=SC2317
of_failures() {
  of_policies '{"policy":{"policy-type":"no-policy-found","policy-domain":"a.example"},"summary":{"total-successful-session-count":0,"total-failure-session-count":30},"failure-details":['"$1]}"
}
# shellcheck disable=SC2317
of_lines() { tr ',' '\n' <<<"$1"; }
shows() { # NAME MOST TEXT FORM ITEM [OPTION...]
  local name=$1 most=$2 text=$3 form=$4 item=$5
  wanted "shows-$name" || return 0
  shift 5
  "$form" "$(some "$most" "$item")" | "$tlsrpt" report "$@" - >"$work/out" 2>&1
  if grep -qE '[0-9] more|--verbose' "$work/out"; then fail "shows-$name: $(<"$work/out")"; fi
  "$form" "$(some $((most + 1)) "$item")" | "$tlsrpt" report "$@" - >"$work/out" 2>&1
  grep -qF -- "$text" "$work/out" || fail "shows-$name: $(<"$work/out")"
}
good_policy='{"policy":{"policy-type":"no-policy-found","policy-domain":"a%.example"},"summary":{"total-successful-session-count":1,"total-failure-session-count":0}}'
failure='{"result-type":"starttls-not-supported","sending-mta-ip":"192.0.2.%","receiving-mx-hostname":"mx.a.example","failed-session-count":1}'
shows policies 3 '; and 1 more)' of_policies "$good_policy"
shows failures 5 'and 1 more (--verbose shows all)' of_failures "$failure"
bad_policy='{"policy":{"policy-type":"no-policy-found","policy-domain":"a%.example"},"summary":{"total-successful-session-count":0,"total-failure-session-count":1},"failure-details":['"${failure/192.0.2.%/x}]}"
shows diagnostics 10 '11 errors (--verbose shows all)' of_policies "$bad_policy"
shows messages 20 '1 more of report.missing-member; --verbose prints all' of_lines '{}' --input lines

# Output that cannot be written.
unwritable unwritable-help 2 help
unwritable unwritable-version 2 --version
unwritable unwritable-record 2 record "$good"
unwritable unwritable-report 2 report examples/reports
unwritable unwritable-report-json 2 report --format json examples/reports
unwritable unwritable-lint 2 lint "$reports/week.json"
unwritable unwritable-report-csv 2 report --format csv examples/reports
unwritable unwritable-schema 2 report --print-schema sqlite
unwritable unwritable-lint-json 2 lint --format json "$reports/week.json"
unwritable unwritable-lint-record 2 lint --record 'v=TLSRPTv1'
unwritable unwritable-record-json 2 record --format json "$good"
unwritable unwritable-publish 2 record --publish zone "$good"
unwritable unwritable-explain 2 explain json.limit
unwritable unwritable-summary 2 summary "$reports/week.json"
# Every command has such a check. The output of `check` needs a server, so test_check.sh has its checks.
if wanted unwritable-all; then
  for command in $("$tlsrpt" help | sed -nE 's/^  tlsrpt ([a-z]+) .*/\1/p'); do
    grep -qE "^ *unwritable [a-z-]+ 2 $command( |\$)" tests/command/test_{command,check}.sh || fail "unwritable-all: none for $command"
  done
fi
mapfile -t many < <(yes "$reports/missing-members.json" | head -n 400)
for format in text json csv tsv ndjson; do leaves "leaves-report-$format" report --format $format "${many[@]}"; done
for format in text json; do leaves "leaves-lint-$format" lint --format $format "${many[@]}"; done
mapfile -t many < <(yes "$good" | head -n 400)
for format in text json; do leaves "leaves-record-$format" record --format $format "${many[@]}"; done
leaves leaves-publish record --publish terraform "${many[@]}"
mapfile -t many < <(yes certificate-expired | head -n 400)
leaves leaves-explain explain "${many[@]}"

finish
