#!/bin/bash
# SPDX-License-Identifier: MIT
# --color and NO_COLOR: where there is colour, without it no byte differs; and where there is none.
# usage: test_color.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
unset NO_COLOR
export TERM=xterm

escape=$'\x1b'
green=$'\x1b[32m' yellow=$'\x1b[33m' red=$'\x1b[31m' cyan=$'\x1b[36m' off=$'\x1b[0m'

plain() { sed "s/$escape\[[0-9;]*m//g"; }

# colored EXPECTED ARGUMENT...: with colour the output holds this, and is otherwise the same as without.
colored() {
  local want=$1
  shift
  "$tlsrpt" "$@" --color always >"$work/always" 2>/dev/null
  "$tlsrpt" "$@" --color never >"$work/never" 2>/dev/null
  "$tlsrpt" "$@" >"$work/auto" 2>/dev/null
  [[ -s $work/never ]] || fail "$*: no output"
  grep -qF "$want" "$work/always" || fail "$*: no $want"
  plain <"$work/always" | cmp - "$work/never" || fail "$*: colour changes the text"
  cmp "$work/never" "$work/auto" || fail "$*: colour where no terminal is"
}

reports=tests/data/reports
good='v=TLSRPTv1; rua=mailto:reports@example.com'
colored "${green}Senders would report.$off" record "$good"
colored "${yellow}Forgiving senders would report, others would not:$off" record 'v=TLSRPTv1; rua = mailto:a@example.com'
colored "${red}Senders would not report:$off" record 'v=TLSRPTv1; rua=ftp://example.com/'
colored "${red}Senders would not report:$off" record 'v=TLSRPTv2'
colored "${red}error$off: rua[0]" record 'v=TLSRPTv1; rua = mailto:a@example.com'
colored "${red}failures$off" report "$reports/google.json"
colored "${green}no failures$off" report "$reports/week.json"
colored "${yellow}warning$off: " lint "$reports/missing-members.json"
colored "${red}error$off: " lint "$reports/missing-members.json"
colored "${cyan}info$off: " lint "$reports/missing-members.json"
# What comes from outside brings no colour of its own.
colored '\x1b' record $'v=TLSRPTv1; rua=mailto:a@example.com; x=\x1b[31m'

# Not for programs.
for format in json ndjson csv tsv; do
  "$tlsrpt" report --color always --format $format "$reports/google.json" | grep -qF "$escape" && fail "$format is coloured"
done
"$tlsrpt" record --color=always --format json "$good" | grep -qF "$escape" && fail 'record: json is coloured'

# on_terminal [NAME=VALUE...] ARGUMENT...: what a terminal would be given.
on_terminal() { script -qec "$(printf '%q ' env "$@")" /dev/null </dev/null; }
if command -v script >/dev/null; then
  on_terminal "$tlsrpt" record "$good" | grep -qF "${green}Senders" || fail 'no colour on a terminal'
  on_terminal NO_COLOR= "$tlsrpt" record "$good" | grep -qF "${green}Senders" || fail 'no colour where NO_COLOR is empty'
  on_terminal "$tlsrpt" record "$good" --color never | grep -qF "$escape" && fail 'colour in spite of --color never'
  on_terminal NO_COLOR=1 "$tlsrpt" record "$good" | grep -qF "$escape" && fail 'colour in spite of NO_COLOR'
  on_terminal TERM=dumb "$tlsrpt" record "$good" | grep -qF "$escape" && fail 'colour on a dumb terminal'
  on_terminal NO_COLOR=1 "$tlsrpt" record "$good" --color always | grep -qF "${green}Senders" ||
    fail 'no colour in spite of --color always'
else
  echo 'script is not here: nothing was shown on a terminal'
fi

check color-choice 2 record --color red "$good"
check color-value 2 record "$good" --color

finish
