#!/bin/bash
# SPDX-License-Identifier: MIT
# tlsrpt check on a terminal: a counter, and none with --quiet. usage: test_check_terminal.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
# shellcheck source=tests/dns/servers.sh
source "${0%/*}/../dns/servers.sh"
need_terminal
need_python
start_servers odd || exit 1

# shows NAME OPTION...: what a terminal is given on standard error
shows() {
  local name=$1
  shift
  # shellcheck disable=SC2016
  on_terminal sh -c '"$0" check "$@" >/dev/null' "$tlsrpt" --server "$odd" "$@" late.example >"$work/shown" || fail "$name: status $?"
}

if wanted counter; then
  shows counter
  grep -q '0 checked, 1 in progress' "$work/shown" || fail "counter: $(<"$work/shown")"
fi
if wanted quiet; then
  shows quiet --quiet
  [[ ! -s $work/shown ]] || fail "quiet: $(<"$work/shown")"
fi

finish
