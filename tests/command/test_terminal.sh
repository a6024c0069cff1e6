#!/bin/bash
# SPDX-License-Identifier: MIT
# What report, lint and summary do on a terminal: they wrap text, show progress, print nothing twice, and ask for a PATH.
# usage: test_terminal.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
need_terminal
need stty
export TERM=xterm NO_COLOR=1

awk -f tests/command/summary_reports.awk >"$work/month"

# Domains with long names, several policies, and a report-id with two contents.
sed 's/broken\.example/long-name.broken.example/g; s/"policy-type":"tlsa"/"policy-type":"no-policy-found"/' \
  "$work/month" >"$work/overview"
sed -n 1p "$work/month" | sed 's/"total-successful-session-count":/&1/' >>"$work/overview"

# shown COLUMNS COMMAND: what a terminal of this width shows in the end of a shell command, in which $0 is tlsrpt. Sets $status. Where the
# command is slow, it shows progress between, and erases it.
shown() {
  local erase='\r\x1b\[K'
  status=0
  on_terminal sh -c "stty cols $1; $2" "$tlsrpt" >"$work/raw" || status=$?
  sed -E "s/(${erase}[^\r]*)*${erase}//g; s/\r//g" "$work/raw" >"$work/shown"
}

# wraps NAME COMMAND: lines fit, unless they are one word, and the words are those of a wide terminal.
wraps() {
  local name=$1 columns
  wanted "$name" || return 0
  shown 10000 "$2"
  cp "$work/shown" "$work/wide"
  for columns in 40 60 80; do
    shown $columns "$2"
    if grep -E ".{$((columns + 1))}" "$work/shown" | grep -v '^ *[^ ]*$' | grep -v 'TLSRPTv1' >"$work/long"; then
      fail "$name: wider than $columns: $(<"$work/long")"
    fi
    # The overview of a narrow terminal names each domain once.
    if [[ $name == overview ]]; then order=(sort -u); else order=(cat); fi
    diff <(tr -s ' \n' '\n' <"$work/wide" | "${order[@]}") <(tr -s ' \n' '\n' <"$work/shown" | "${order[@]}") >"$work/words" ||
      fail "$name: $(<"$work/words")"
    # What belongs to an indented line is indented more.
    if [[ $name == report ]]; then
      grep -qE '^ {8}The mail server did not offer' "$work/shown" || fail "$name: $(<"$work/shown")"
      grep -A 1 -E '^ {8}The mail server did not offer' "$work/shown" | sed 1d | grep -qE '^ {10}[^ ]' || fail "$name: no indentation"
    fi
  done
}
# shellcheck disable=SC2016
{
  wraps report '"$0" report tests/data/reports/google.json'
  wraps summary '"$0" summary --domain broken.example --input lines <'"$work/month"
  wraps overview '"$0" summary --input lines <'"$work/overview"
  wraps record '"$0" record "v=TLSRPTv1; rua=mailto:tls-reports@mail.example.com,ftp://example.com/" 2>/dev/null'
}
# A caret stays below its byte, and a record stays in one line, so that it can be copied.
if wanted caret; then
  # shellcheck disable=SC2016
  shown 40 '"$0" record "v=TLSRPTv1; rua = mailto:tls-reports@mail.example.com; note=hello" 2>/dev/null'
  grep -A 1 '^    v=TLSRPTv1; rua = mailto' "$work/shown" | grep -q '^                   ^$' || fail "caret: $(<"$work/shown")"
  grep -q '^ *v=TLSRPTv1; rua=mailto:tls-reports@mail.example.com; note=hello$' "$work/shown" || fail "caret: $(<"$work/shown")"
fi

# What is in output and messages is on a terminal once.
# shellcheck disable=SC2016
for row in 'lint:"$0" lint tests/data/reports/cut.json' 'json:"$0" report --format json tests/data/reports/cut.json' \
  'text:"$0" report tests/data/reports/cut.json'; do
  wanted "once-${row%%:*}" || continue
  shown 10000 "${row#*:}"
  [[ $(grep -o 'The text is not valid JSON' "$work/shown" | wc -l) == 1 ]] || fail "once-${row%%:*}: $(<"$work/shown")"
done

# A terminal is not read without being named.
for command in report lint summary; do
  wanted "no-path-$command" || continue
  # shellcheck disable=SC2016
  shown 80 '"$0" '$command
  { [[ $status == 2 ]] && grep -q 'no PATH given' "$work/shown"; } || fail "no-path-$command: status $status: $(<"$work/shown")"
done

# Progress is shown on standard error for what takes long, and removed at the end.
# shellcheck disable=SC2016
for command in report lint summary; do
  wanted "progress-$command" || continue
  shown 80 '"$0" '$command" --input lines <$work/month >$work/out"
  grep -q '64 inputs, ' "$work/raw" || fail "progress-$command: $(<"$work/raw")"
  [[ $(tail -c 4 "$work/raw") == $'\r\x1b[K' ]] || fail "progress-$command: not removed"
  shown 80 '"$0" '$command" --quiet --input lines <$work/month >$work/out"
  [[ ! -s $work/raw ]] || fail "progress-$command: $(<"$work/raw")"
done
# Of files the size is known, and so is about how long the rest takes.
if wanted progress-files; then
  mkdir "$work/files"
  split -l 1 -a 3 --additional-suffix .json "$work/month" "$work/files/"
  # shellcheck disable=SC2016
  shown 80 '"$0" report '"$work/files >$work/out"
  grep -qE '64 inputs, 0\.[01] MB of 0\.1 MB, about [0-9]+ s left' "$work/raw" || fail "progress-files: $(<"$work/raw")"
fi
# It does not disturb output on the same terminal.
if wanted progress-output; then
  # shellcheck disable=SC2016
  shown 80 '"$0" report --input lines <'"$work/month"
  ! grep -q ' inputs, ' "$work/raw" || fail progress-output
fi

finish
