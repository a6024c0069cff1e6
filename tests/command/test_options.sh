#!/bin/bash
# SPDX-License-Identifier: MIT
# Every option of every command, with every value that it can have, does something. The options are those of the usages, which must be
# those of the tables in the source. A new option or value without a row here fails. usage: test_options.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
# shellcheck source=tests/dns/servers.sh
source "${0%/*}/../dns/servers.sh"
need_python
unset NO_COLOR

reports=tests/data/reports
google=$reports/google.json
week=$reports/week.json
record='v=TLSRPTv1; rua=mailto:a@example.com'

# A build without libtrpt-mail or without c-ares lacks what some options are about. Their rows count, but do not run.
has_mail=false
[[ $("$tlsrpt" report --authserv-id a "$week" 2>&1) == *libtrpt-mail* ]] || has_mail=true
has_check=false
[[ $("$tlsrpt" check --help 2>&1) == *'was built without'* ]] || has_check=true
if $has_check; then start_servers odd || exit 1; fi
odd=${odd-}

# ---- rows ----

commands=$("$tlsrpt" help | sed -nE 's/^  tlsrpt ([a-z]+) .*/\1/p')
tried=$work/tried
input=/dev/null

# run ARGUMENT...: output, messages and status in one text
run() {
  local status=0
  limited "$tlsrpt" "$@" <"$input" 2>&1 || status=$?
  echo "status $status"
}

# row COMMAND,... OPTION VALUE EFFECT ARGUMENT...: VALUE is - for an option without one, and what the usage calls it comes in
# front if it is not one of a list: N=20. EFFECT is what the option changes: +TEXT, the output has this with it alone; -TEXT,
# without it alone; =, nothing, since the value is the default. TEXT is a regular expression.
row() {
  local list=$1 option=$2 value=$3 effect=$4 command name given
  shift 4
  for command in ${list//,/ }; do
    name="$command $option ${value%%=*}"
    echo "$name" >>"$tried"
    if [[ $command == check ]] && ! $has_check; then continue; fi
    wanted "$name" || continue
    given=("$option")
    [[ $value == - ]] || given+=("${value#*=}")
    run "$command" "${given[@]}" "$@" >"$work/with"
    run "$command" "$@" >"$work/without"
    if grep -q '^usage: ' "$work/with"; then fail "$name: $(head -n 1 "$work/with")"; fi
    case $effect in
      =) cmp "$work/with" "$work/without" || fail "$name: not the default" ;;
      +*) has "${effect#+}" "$work/with" || fail "$name: no ${effect#+}: $(head -n 3 "$work/with")"
        if has "${effect#+}" "$work/without"; then fail "$name: the same without it"; fi ;;
      -*) has "${effect#-}" "$work/without" || fail "$name: no ${effect#-}: $(head -n 3 "$work/without")"
        if has "${effect#-}" "$work/with"; then fail "$name: the same with it"; fi ;;
    esac
  done
}
has() { grep -qE -- "$1" "$2"; }
# mail_row: the same, for what needs libtrpt-mail
mail_row() {
  if $has_mail; then row "$@"; else
    local command
    for command in ${1//,/ }; do echo "$command $2 ${3%%=*}" >>"$tried"; done
  fi
}

all=report,lint,summary
# A report with two policies, of which the first one has failures, and another one of the next day.
two=$work/two.json
next=$work/next.json
printf '%s' '{"organization-name":"An organization with a long name","date-range":{"start-datetime":"2026-03-01T00:00:00Z",' \
  '"end-datetime":"2026-03-01T23:59:59Z"},"contact-info":"a@b.example","report-id":"1","policies":[{"failure-details":[' \
  '{"result-type":"certificate-expired","sending-mta-ip":"192.0.2.1","receiving-mx-hostname":"mx.example.com","failed-session-count":3},' \
  '{"result-type":"starttls-not-supported","failed-session-count":1}],"policy":{"policy-type":"sts","policy-string":[' \
  '"version: STSv1","mode: testing","mx: mx.example.com","max_age: 86400"],"policy-domain":"example.com"},' \
  '"summary":{"total-successful-session-count":5,"total-failure-session-count":4}},{"policy":{"policy-type":"no-policy-found",' \
  '"policy-domain":"example.net"},"summary":{"total-successful-session-count":5,"total-failure-session-count":0}}]}' >"$two"
printf '%s' '{"organization-name":"Another","date-range":{"start-datetime":"2026-03-02T00:00:00Z",' \
  '"end-datetime":"2026-03-02T23:59:59Z"},"contact-info":"a@c.example","report-id":"2","policies":[' \
  '{"policy":{"policy-type":"no-policy-found","policy-domain":"mail.example.org"},' \
  '"summary":{"total-successful-session-count":7,"total-failure-session-count":0}}]}' >"$next"

# ---- formats and colours ----

escape=$'\x1b'
row "$all,record,check" --format text = "$google" # record and check take the path for a record or a name
row report --format json '+^\{"source":"tests/data' "$google"
row report --format ndjson '+^\{"kind":"policy",' "$google"
row report --format csv '+^kind,.*' "$google"
row report --format tsv $'+^kind\t' "$google"
row lint --format json '+^\{"source":"tests/data' "$google"
row summary --format json '+^\{"tlsrpt-summary":1,' "$google"
row summary --format csv '+^day,policy_domain,' "$google"
row summary --format html '+^<!DOCTYPE html>' "$google"
row summary --format prometheus '+^# TYPE trpt_sessions gauge' "$google"
row record --format json '+^\{"text":"v=TLSRPTv1' "$record"
for publish in 'zone:+^_smtp\._tls.* TXT ' 'terraform:+^resource ' 'octodns:+^ *type: TXT'; do
  row record --publish "${publish%%:*}" "${publish#*:}" "$record"
  row check --publish "${publish%%:*}" "${publish#*:}" --server "$odd" good.example
done
row check --format json '+^\{"source":"good.example"' --server "$odd" good.example
for command in $commands; do
  case $command in
    check) arguments=(--server "$odd" good.example) ;;
    record) arguments=("$record") ;;
    explain) arguments=(json.limit) ;;
    help) continue ;;
    *) arguments=("$google") ;;
  esac
  row "$command" --color auto = "${arguments[@]}"
  row "$command" --color never = "${arguments[@]}"
  case $command in
    explain) row "$command" --color always = "${arguments[@]}" ;; # its output has no colour
    *) row "$command" --color always "+$escape\\[" "${arguments[@]}" ;;
  esac
done

# ---- inputs ----

one_line() { tr -d '\n' <"$1"; }
input=$google
row "$all" --input auto = -
{ one_line "$google" && echo && one_line "$week"; } >"$work/lines"
input=$work/lines
row report --input lines '+stdin:2' --format csv
row lint --input lines '+"source":"stdin:2"' --format json
printf 'a key\t%s\n' "$(one_line "$google")" >"$work/lines"
row summary --input lines '+"reports":1,' --format json
python3 -c '
import struct, sys
for name in sys.argv[1:]:
    data = open(name, "rb").read()
    sys.stdout.buffer.write(struct.pack(">I", len(data)) + data)' "$google" "$week" >"$work/frames"
input=$work/frames
row report,lint --input u32 '+stdin:2' --format json
row summary --input u32 '+"reports":2,' --format json
printf '%s\0' "$google" "$week" >"$work/names"
input=$work/names
row report,lint --input files0 '+"source":"tests/data/reports/week.json"' --format json
row summary --input files0 '+"reports":2,' --format json
input=tests/data/mails/mails.tar
mail_row report,lint --input tar '+"source":"new/2.eml"' --format json
# Without the option, a tar and an mbox are found by their content; a number comes from it.
mail_row summary --input tar = --format json -
input=tests/data/mails/inbox.mbox
mail_row "$all" --input mbox = --format json -
input=/dev/null

# ---- which reports ----

row report --since DATE=2026-03-02 '-two\.json' --format json "$two" "$next"
row lint --since DATE=2026-03-02 '-two\.json' "$two" "$next"
row summary --since DATE=2026-03-02 '-example\.com' "$two" "$next"
row report,lint --until DATE=2026-03-01 '-next\.json' --format json "$two" "$next"
row summary --until DATE=2026-03-01 '-example\.org' "$two" "$next"
row report --domain NAME=example.com '-next\.json' "$two" "$next"
row lint --domain NAME=example.org '-two\.json' "$two" "$next"
row summary --domain NAME=example.org '-example\.com' "$two" "$next"
row report,lint --only-failures - '-next\.json' --format json "$two" "$next"
row summary --only-failures - '-example\.org' "$two" "$next"
row report,lint --mark-domain NAME=example.org '+report\.other-domain' --format json "$two"

# Who sent a report helps where something is wrong with it, be it only its domain.
row report --mark-domain NAME=example.net '+report 2, contact a@c\.example' "$next"

# A host below a domain belongs to it.
if wanted mark-domain-below; then
  run report --mark-domain example.org "$next" >"$work/with"
  if has other-domain "$work/with"; then fail 'mark-domain-below: marked'; fi
  run report --mark-domain ample.org "$next" >"$work/with"
  has other-domain "$work/with" || fail 'mark-domain-below: the end of a name is not marked'
fi

# ---- mails ----

mail "$google" 'Authentication-Results: mx.example.com; dkim=pass header.d=google.example' >"$work/signed.eml"
mail "$google" 'Authentication-Results: spf=pass smtp.mailfrom=google.example; dkim=pass header.d=google.example' >"$work/unnamed.eml"
mail_row report --authserv-id NAME=mx.example.com '+"dkim":"pass"' --format json "$work/signed.eml"
mail_row lint --authserv-id NAME=mx.example.org '+mail\.no-dkim' "$work/signed.eml"
mail_row summary --authserv-id NAME=mx.example.com '+signed by google\.example' --trust-topmost-results --require-dkim "$work/signed.eml"
mail_row report --trust-topmost-results - '+"dkim":"pass"' --format json --authserv-id mx.example.org "$work/unnamed.eml"
mail_row lint --trust-topmost-results - '-mail\.no-dkim' --authserv-id mx.example.org "$work/unnamed.eml"
mail_row summary --trust-topmost-results - '+^1 report counted' --authserv-id mx.example.org --require-dkim "$work/unnamed.eml"
mail_row lint --require-dkim - '+"error":\{"status":"TRPT_E_MAIL"' --authserv-id mx.example.org --format json "$work/unnamed.eml"
mail_row report,summary --require-dkim - '+status 1' --authserv-id mx.example.org "$work/unnamed.eml"

# ---- messages, verdicts, statuses ----

echo 'Dear all' >"$work/notes.txt"
mkdir "$work/folder"
cp "$week" "$work/notes.txt" "$work/folder"
row "$all" --jobs NUMBER=3 = "$work/folder" "$google" # only the time differs; test_jobs.sh
row "$all" --quiet - '-left out: |not reports|other' "$work/folder"
row check --quiet - = --server "$odd" good.example # test_check_terminal.sh has what a terminal shows
for _ in {1..25}; do echo '{}'; done >"$work/lines"
input=$work/lines
row "$all" --verbose - '-and [0-9]+ more|[0-9]+ more ' --input lines
input=/dev/null
row "$all" --exit-zero - '+status 0' "$reports/cut.json"
row report --strict - '+status 1' "$reports/null-contact.json"
row record --strict - '+status 1' "$record "
row lint --severity info = "$reports/missing-members.json"
row lint --severity warning '- info: ' "$reports/missing-members.json"
row lint --severity error '- warning: ' "$reports/missing-members.json"
row lint --record TEXT='v=TLSRPTv2' '+record\.' "$week"
row summary --fail-if-failures RATE=1% '+status 4' "$google"
sed 's/"total-failure-session-count": *[0-9]*/"total-failure-session-count":0/' "$google" >"$work/other.json"
row summary --fail-if-conflicts - '+status 4' "$google" "$work/other.json"
row summary --days N=3 '+"what":"days","have":1,"required":3' --format json "$two"
row summary --reporters N=3 '+"what":"reporters","have":1,"required":3' --format json "$two"
row summary --max-rows N=1 '+raise --max-rows' "$two"
"$tlsrpt" summary --format json "$next" >"$work/part.json"
if [[ $(run summary --add "$work/part.json") == *'no yajl'* ]]; then
  echo 'summary --add FILE' >>"$tried"
else
  row summary --add FILE="$work/part.json" '+mail\.example\.org' "$two"
fi

# ---- rows of tables ----

row report --no-header - '-^kind,' --format csv "$google"
row report --bad-rows - '+^error,' --format csv "$reports/cut.json"
sed 's/"organization-name": *"/&=/' "$google" >"$work/formula.json"
row report --no-formula-guard - "-'=" --format csv "$work/formula.json"
sed 's/"policy-domain": *"/&=/' "$google" >"$work/formula.json"
row summary --no-formula-guard - "-'=" --format csv "$work/formula.json"
row report --output FILE="$work/rows" '-^kind,' --format csv "$google"
row report --delivery - '+status 0' "$reports/cut.json"
for row in 'postgresql:CREATE TABLE' 'sqlite:CREATE VIEW' 'clickhouse:ENGINE' 'duckdb:CREATE TABLE' 'spark:kind STRING'; do
  row report --print-schema "${row%%:*}" "+${row#*:}"
done
row report --tokenizer builtin = "$google"
if [[ $(run report --tokenizer yajl "$google") == *'no such tokenizer'* ]]; then
  echo 'report --tokenizer yajl' >>"$tried"
else
  row report --tokenizer yajl = "$google"
fi

# ---- queries ----

row check --server SERVER="$odd" '+status 0' --server "127.0.0.1:$(free_port)" good.example
row check --timeout SECONDS=1 '+in time' --server "$odd" late.example
row check --tcp - '+status 0' --server "$odd" tcp-only.example
row check --mx - '+MX host mx\.with-mx\.example' --server "$odd" with-mx.example
row check --jobs NUMBER=1 = --server "$odd" good.example

# ---- limits ----

# limit NAME VALUE COMMANDS ARGUMENT...: the message names the limit and its value.
limit() { row "$3" "--max-$1" "N=$2" "+max_${1//-/_} \\($2" "${@:4}"; }
limit depth 2 "$all" "$two"
limit policies 1 "$all" "$two"
limit failures 1 "$all" "$two"
limit input 100 "$all" "$two"
limit memory 300 summary "$two"
row report --max-memory N=300 '+max_memory \(300' --format json "$two"
# Strings and lists are cut.
row lint --max-string N=20 '+report\.string-cut' "$two"
row report,summary --max-string N=20 '-with a long name' "$two"
row lint --max-strings N=1 '+report\.elements-cut' "$two"
row report --max-strings N=1 '-mode: testing' --format json "$two"
row summary --max-strings N=1 '-"answer":"not ready"' --format json "$two"
row lint --max-entry N=20 '+report\.string-cut' "$two"
row report,summary --max-entry N=20 '-example\.net' "$two"
row lint --max-diagnostics N=1 '-mx-host-missing' "$two"
row report --max-diagnostics N=1 '-mx-host-missing' --format json "$two"
# Lint does not store a report, a summary has no diagnostics, and no command needs a policy before its failures.
row lint --max-memory N=300 = "$two"
row summary --max-diagnostics N=1 = "$two"
row "$all" --max-held N=1 = "$two"
gzip -nc "$two" >"$work/two.json.gz"
limit inflated 100 "$all" "$work/two.json.gz"
{ printf '{"x":[' && seq -s, 1 300000 && printf '],' && tail -c +2 "$two"; } | gzip -9nc >"$work/numbers.json.gz"
limit ratio 2 "$all" "$work/numbers.json.gz"
# mail_limit NAME VALUE ARGUMENT...
mail_limit() { mail_row "$all" "--max-$1" "N=$2" "+max_${1//-/_} \\($2" "${@:3}"; }
mail_limit message 500 "$work/signed.eml"
mail_limit header 50 "$work/signed.eml"
mail_limit parts 1 "$work/signed.eml"
mail "$google" >"$work/plain.eml"
{ printf 'Content-Type: message/rfc822\n\n' && cat "$work/plain.eml"; } >"$work/nested.eml"
mail_limit nesting 1 "$work/nested.eml"
mail_limit entries 1 tests/data/mails/reports.zip
{ sed '$d' "$work/plain.eml" && sed -n '/tlsrpt+json/,$p' "$work/plain.eml" | sed '1s/^/--b\n/'; } >"$work/several.eml"
mail_limit reports 1 "$work/several.eml"

# bounds COMMAND OPTION MOST ARGUMENT...: the option takes numbers from 1 to MOST.
bounds() {
  local command=$1 option=$2 most=$3 value
  if ! wanted "bounds $command $option" || { [[ $command == check ]] && ! $has_check; }; then return 0; fi
  shift 3
  for value in 1 "$most"; do
    run "$command" "$option" "$value" "$@" >"$work/out"
    if has "$option needs" "$work/out"; then fail "bounds: $(head -n 1 "$work/out")"; fi
  done
  for value in 0 $((most + 1)) -1 +1 ' 1' '1 ' 1x 0x1 '' 18446744073709551617; do
    run "$command" "$option" "$value" "$@" >"$work/out"
    has "^tlsrpt: $option needs a number from 1 to $most, not '${value/+/\\+}'\$" "$work/out" || fail "bounds $command $option: $value: $(head -n 1 "$work/out")"
  done
}
for command in report lint summary; do bounds "$command" --jobs 64 "$google"; done
bounds summary --days 366 "$google"
bounds summary --reporters 1000 "$google"
bounds summary --max-rows 10000000 "$google"
bounds report --max-strings 4294967295 "$google"
# The largest number that the command can hold: none may wrap around.
bounds report --max-input 9223372036854775807 "$google"
bounds check --timeout 3600 --server "$odd" good.example
bounds check --jobs 256 --server "$odd" good.example

# ---- nothing is forgotten ----

# names COMMAND: "OPTION VALUE" for each option of its usage and each value in a list
usage_of() { "$tlsrpt" help "$1" | sed '/^$/,$d' | tr -s '\n ' ' ' | grep -oE -- '\[--[a-z0-9-]+( [A-Za-z0-9|]+)?\]' | tr -d '[]'; }
listed() {
  local option values value
  while read -r option values; do
    for value in ${values//|/ }; do echo "$1 $option $value"; done
    [[ -n $values ]] || echo "$1 $option -"
  done < <(usage_of "$1")
}
# The usages have all options of the tables in the source, and values where those have them.
if wanted tables; then
  cat examples/tlsrpt/*.[ch] examples/tlsrpt/*/*.[ch] | tr -s '\n ' ' ' >"$work/source"
  {
    grep -oE '\{[ \]*"--[a-z-]+", (true|false)\b' "$work/source" | sed 's/[{}", \]*\(--[a-z-]*\)", /\1 /'
    grep -oE 'ROW\([A-Z]+, "--[a-z-]+"' "$work/source" | sed 's/.*"\(.*\)"/\1 true/'
  } | sort -u >"$work/tables"
  for command in $commands; do usage_of "$command"; done | sed 's/ .*/ true/; /true$/!s/$/ false/' | sort -u | diff "$work/tables" - >"$work/out" ||
    fail "tables: $(<"$work/out")"
  # A list of values is that of the command.
  for command in $commands; do
    if [[ $command == check ]] && ! $has_check; then continue; fi
    while read -r option values; do
      [[ $values == *'|'* ]] || continue
      "$tlsrpt" "$command" "$option" '' 2>&1 | grep -qF -- "$option must be one of ${values//|/, }, not" || fail "tables: $command $option"
    done < <(usage_of "$command")
  done
fi
if wanted complete; then
  for command in $commands; do listed "$command"; done | sort -u >"$work/listed"
  sort -u "$tried" | comm -23 "$work/listed" - >"$work/missing"
  [[ ! -s $work/missing ]] || fail "complete: no row for: $(<"$work/missing")"
  sort -u "$tried" | comm -13 "$work/listed" - >"$work/unknown"
  [[ ! -s $work/unknown ]] || fail "complete: a row for what no usage has: $(<"$work/unknown")"
fi

finish
