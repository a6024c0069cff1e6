#!/bin/bash
# SPDX-License-Identifier: MIT
# Folders and files that the user may not read. Root may read everything, so for root this runs as another user, if that one can get at
# the files. usage: test_command_locked.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"

if [[ $(id -u) == 0 ]]; then
  other=(setpriv --reuid=65534 --regid=65534 --clear-groups)
  # A build that measures coverage writes to standard error that it cannot write elsewhere.
  # shellcheck disable=SC2016
  "${other[@]}" sh -c 'cat "$0" && test -w "$2" && err=$("$1" help 2>&1 >/dev/null) && [ -z "$err" ]' \
    "$expected/help" "$tlsrpt" "${TMPDIR:-/tmp}" >/dev/null 2>&1 ||
    skip 'root may read everything, and no other user can run this'
  "${other[@]}" "$source/tests/command/${0##*/}" "$source" "$build"
  exit
fi

mkdir -m 000 "$work/locked"
check folder-locked 1 report "$work/locked"

mkdir "$work/folder"
cp tests/data/reports/week.json "$work/folder/a.json"
lock() {
  mkdir -m 000 "$work/folder/b"
  cp tests/data/reports/week.json "$work/folder/c.json"
  chmod 000 "$work/folder/c.json"
}
unlock() { rm -rf "$work/folder/b" "$work/folder/c.json"; }

# rest NAME ARGUMENT...: of a folder with a locked folder and a locked file in it all else is read, and both are named.
rest() {
  local name=$1 got=0
  wanted "$name" || return 0
  shift
  "$tlsrpt" "$@" "$work/folder" >"$work/open"
  lock
  limited "$tlsrpt" "$@" "$work/folder" >"$work/out" 2>"$work/err" || got=$?
  unlock
  [[ $got == 1 ]] || fail "$name: status $got"
  # In JSON the error is a line too, and a summary counts what it left out.
  grep -v -e '"error":{' -e '^2 inputs left out: ' "$work/out" | diff "$work/open" - || fail "$name: the rest is read otherwise"
  printf "tlsrpt: $work/folder/%s: Permission denied\n" b c.json | diff - "$work/err" || fail "$name: messages"
}
rest locked-text report
rest locked-json report --format json
rest locked-csv report --format csv
rest locked-lint lint
rest locked-summary summary
if wanted locked-json-errors; then
  lock
  "$tlsrpt" report --format json "$work/folder" 2>/dev/null | grep -o '"error":{"status":"IO","code":null' >"$work/out"
  unlock
  [[ $(wc -l <"$work/out") == 2 ]] || fail 'locked-json-errors: not two lines with an error'
fi

finish
