#!/bin/bash
# SPDX-License-Identifier: MIT
# Colour on a terminal, which --color, NO_COLOR and TERM decide. usage: test_color_terminal.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
need_terminal
unset NO_COLOR
export TERM=xterm

colored=$'  \x1b[32mSenders would report.\x1b[0m'
plain='  Senders would report.'

# shows NAME EXPECTED [VARIABLE=VALUE...] ARGUMENT...: the verdict that a terminal is given for a good record
shows() {
  local name=$1 want=$2 line
  wanted "$name" || return 0
  shift 2
  local variables=()
  while [[ ${1-} == *=* ]]; do
    variables+=("$1")
    shift
  done
  on_terminal env "${variables[@]}" "$tlsrpt" record "$@" 'v=TLSRPTv1; rua=mailto:reports@example.com' >"$work/shown" ||
    fail "$name: status $?"
  line=$(sed -n '2s/\r$//p' "$work/shown")
  [[ $line == "$want" ]] || fail "$name: $line"
}

shows terminal "$colored"
shows no-color-empty "$colored" NO_COLOR=
shows never "$plain" --color never
shows no-color "$plain" NO_COLOR=1
shows dumb "$plain" TERM=dumb
shows always "$colored" NO_COLOR=1 --color always

finish
