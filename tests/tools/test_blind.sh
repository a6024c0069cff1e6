#!/bin/bash
# SPDX-License-Identifier: MIT
# The fuzz engine without feedback finds each kind of fault, writes the input that has it, and finds it again.
# usage: test_blind.sh SOURCE_DIR BUILD_DIR PROGRAM
set -u
# shellcheck source=tests/tools/shell.sh
source "${0%/*}/shell.sh"

program=$3
mkdir "$work/corpus"
cd "$work" || exit
ulimit -c 0
printf 'Is it far? No!' >corpus/question
printf 'an input' >corpus/other

# finds FAULT N: within 20,000 executions, twice the same input.
finds() {
  local fault=$1 run
  wanted "$fault $2" || return 0
  for run in first second; do
    BLIND_FAULT=$fault "$program" 20000 5 corpus "$2" >output 2>&1 && fail "$fault: not found in the $run run"
    grep -qE '^execution [0-9]+ failed, signal [0-9]+: failed-5$' output || fail "$fault: $(<output)"
    mv failed-5 "$run" || fail "$fault: no input is written"
  done
  cmp first second || fail "$fault: two runs with the same seed found different inputs"
}

finds after 1
finds before 1
finds after 1024
finds before 1024
finds mismatch 1
finds mismatch 1024
finds all-checks 1
finds all-checks 1024

if wanted share; then
  read -r all _ full _ < <("$program" 20000 5 corpus 4)
  if [[ $all != 20000 ]] || ((full < 4000 || full > 6000)); then fail "share: $full of $all with all checks, not a quarter"; fi
fi
if wanted power-of-two; then "$program" 1 1 corpus 3 >output 2>&1 && fail 'power-of-two: N may be 3'; fi
if wanted none; then BLIND_FAULT=none "$program" 20000 5 corpus 1024 >output 2>&1 || fail "none: $(<output)"; fi

finish
