#!/bin/bash
# SPDX-License-Identifier: MIT
# What the tests of the command share, to be sourced by a script that is called with SOURCE_DIR BUILD_DIR.

source=$1
tlsrpt=$2/bin/tlsrpt
expected=$source/tests/data/command
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$source" || exit 1
failures=0

fail() {
  echo "FAILED: $*"
  failures=$((failures + 1))
}

# check NAME STATUS ARGUMENT...: runs the command, compares status, output and messages. Standard input is $input.
input=/dev/null
check() {
  local name=$1 status=$2 got=0
  shift 2
  timeout 20 "$tlsrpt" "$@" <"$input" >"$work/out" 2>"$work/err" || got=$?
  [[ $got == "$status" ]] || fail "$name: status $got, not $status"
  {
    cat "$work/out"
    if [[ -s $work/err ]]; then
      echo '--- stderr'
      sed "s|$work|WORK|g" "$work/err"
    fi
    # One of the system's messages has other words in musl.
  } | sed "s|$work|WORK|g; s|Symbolic link loop|Too many levels of symbolic links|" >"$work/both"
  if [[ -n ${TRPT_UPDATE-} ]]; then
    cp "$work/both" "$expected/$name"
  else
    diff "$expected/$name" "$work/both" || fail "$name"
  fi
  # Whatever was in the input, no terminal gets to see it raw. A CR may stand before a line feed, as CSV has it.
  if LC_ALL=C grep -lP '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!$)|\xc2[\x80-\x9f]|\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]' \
    "$work/both"; then
    fail "$name: raw control characters"
  fi
}

cannot_write() {
  local what=$1 status=$2
  [[ $status == 2 ]] || fail "$what: status $status"
  grep -q '^tlsrpt: the output cannot be written: ' "$work/err" || fail "$what: $(cat "$work/err")"
}
finish() {
  if ((failures)); then
    echo "$failures failed"
    exit 1
  fi
}
