#!/bin/bash
# SPDX-License-Identifier: MIT
# What the shell tests share. A test sources this file and is called with SOURCE_DIR BUILD_DIR first. It then runs in SOURCE_DIR and
# has $source, $build, $work (a folder that is removed at the end) and $limit.
# Environment:
#   TRPT_ONLY          a pattern: run only the checks whose names match
#   TRPT_TEST_TIMEOUT  seconds after which a command counts as hung (600)
#   TRPT_SKIP=fail     fail where a test would be skipped
#   TRPT_STOP=1        end at the first check that fails
# Exit status: 0, all checks passed; 1, some failed; 77, the test was skipped, and the last line says why.
# shellcheck disable=SC2034

# Sorting, character ranges and messages do not depend on the user's locale, nor on whether it is installed.
export LC_ALL=C
unset CDPATH

source=$(realpath "$1") || exit 1
build=$(realpath "$2") || exit 1
limit=${TRPT_TEST_TIMEOUT:-600}
checks=0
failures=0
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$source" || exit 1

# skip REASON: skips the whole test. A part that not everybody can run is a test of its own, so that ctest names it.
skip() {
  echo "SKIPPED: ${0##*/}: $1"
  # What failed before stays a failure.
  if [[ ${TRPT_SKIP-} == fail ]] || ((failures)); then exit 1; fi
  exit 77
}
have() { command -v "$1" >/dev/null; }
# need PROGRAM...: skips the test unless all of them are installed.
need() {
  local program missing=()
  for program; do have "$program" || missing+=("$program"); done
  ((${#missing[@]} == 0)) || skip "not installed: ${missing[*]}"
}
# need_python: the oldest that the tests and docs/generate are written for
need_python() {
  need python3
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))' || skip 'python3 is older than 3.9'
}

# wanted NAME: whether to run the check of this name.
wanted() {
  # shellcheck disable=SC2053
  [[ $1 == ${TRPT_ONLY:-*} ]] && checks=$((checks + 1))
}

# fail NAME[: WHY]
fail() {
  echo "FAILED: $*"
  failures=$((failures + 1))
  [[ -z ${TRPT_STOP-} ]] || kill $$ # also from a subshell
}

# limited COMMAND...: status 124 if it hangs.
limited() { timeout "$limit" "$@"; }

# eventually COMMAND...: waits until the command succeeds; fails if it never does.
eventually() {
  local end=$((SECONDS + limit))
  until "$@"; do
    ((SECONDS < end)) || return 1
    sleep 0.1
  done
}

# on_terminal COMMAND...: prints what the command writes to a terminal, and has its status.
on_terminal() { SHELL=$BASH script -qec "$(printf '%q ' "$@")" /dev/null </dev/null; }
need_terminal() {
  need script
  on_terminal test -t 1 >/dev/null 2>&1 || skip 'there is no pseudo-terminal'
}

# later COMMAND...: runs a check that mostly waits, in the background with a $work of its own; finish collects the result.
later_folders=()
later() {
  local folder
  folder=$(mktemp -d "$work/later.XXXX")
  later_folders+=("$folder")
  run_within "$folder" "$@" >"$folder/log" 2>&1 &
  echo $! >"$folder/pid"
}
run_within() {
  work=$1 checks=0 failures=0
  "${@:2}"
  echo "$checks $failures" >"$work/result"
}
collect() {
  local folder more_checks more_failures
  for folder in "${later_folders[@]}"; do
    wait "$(<"$folder/pid")"
    cat "$folder/log"
    read -r more_checks more_failures <"$folder/result"
    checks=$((checks + more_checks)) failures=$((failures + more_failures))
  done
}

finish() {
  collect
  ((checks)) || skip "no check has a name that matches ${TRPT_ONLY-}"
  if ((failures)); then
    echo "$failures failed. To run one alone: TRPT_ONLY=NAME $0 $source $build"
    exit 1
  fi
  exit 0
}
