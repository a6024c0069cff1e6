#!/bin/bash
# SPDX-License-Identifier: MIT
# --color: which output has colour, and that nothing else differs. What a terminal is given: test_color_terminal.sh.
# usage: test_color.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
unset NO_COLOR

escape=$'\x1b'
green=$'\x1b[32m' yellow=$'\x1b[33m' red=$'\x1b[31m' cyan=$'\x1b[36m' off=$'\x1b[0m'

plain() { sed "s/$escape\[[0-9;]*m//g"; }

# colored NAME EXPECTED ARGUMENT...: with colour the output holds this, and is otherwise the same as without.
colored() {
  local name=$1 want=$2
  wanted "$name" || return 0
  shift 2
  "$tlsrpt" "$@" --color always >"$work/always" 2>/dev/null
  "$tlsrpt" "$@" --color never >"$work/never" 2>/dev/null
  "$tlsrpt" "$@" >"$work/auto" 2>/dev/null
  [[ -s $work/never ]] || fail "$name: no output"
  grep -qF "$want" "$work/always" || fail "$name: no $want"
  plain <"$work/always" | cmp - "$work/never" || fail "$name: colour changes the text"
  cmp "$work/never" "$work/auto" || fail "$name: colour where there is no terminal"
}

# uncolored NAME ARGUMENT...: the output has no colour, and there is some.
uncolored() {
  local name=$1
  wanted "$name" || return 0
  shift
  "$tlsrpt" "$@" >"$work/out" 2>"$work/err" || fail "$name: $(<"$work/err")"
  [[ -s $work/out ]] || fail "$name: no output"
  if grep -F "$escape" "$work/out"; then fail "$name: colour"; fi
}

reports=tests/data/reports
good='v=TLSRPTv1; rua=mailto:reports@example.com'
colored would "${green}Senders would report.$off" record "$good"
colored forgiving "${yellow}Forgiving senders would report, others would not:$off" record 'v=TLSRPTv1; rua = mailto:a@example.com'
colored scheme "${red}Senders would not report:$off" record 'v=TLSRPTv1; rua=ftp://example.com/'
colored version "${red}Senders would not report:$off" record 'v=TLSRPTv2'
colored finding "${red}error$off: rua[0]" record 'v=TLSRPTv1; rua = mailto:a@example.com'
colored failures "${red}failures$off" report "$reports/google.json"
colored no-failures "${green}no failures$off" report "$reports/week.json"
colored lint-warning "${yellow}warning$off: " lint "$reports/missing-members.json"
colored lint-error "${red}error$off: " lint "$reports/missing-members.json"
colored lint-info "${cyan}info$off: " lint "$reports/missing-members.json"
# What comes from outside brings no colour of its own.
colored escapes '\x1b' record $'v=TLSRPTv1; rua=mailto:a@example.com; x=\x1b[31m'

# Not for programs.
for format in json ndjson csv tsv; do uncolored "report-$format" report --color always --format $format "$reports/google.json"; done
uncolored record-json record --color=always --format json "$good"

check color-choice 2 record --color red "$good"
check color-value 2 record "$good" --color

finish
