#!/bin/bash
# SPDX-License-Identifier: MIT
# Each promise in SECURITY.md names the tests that check it, as `FILE` or `FILE: NAME`. They exist, and they run: the build
# file beside a test names it. usage: test_promises.sh SOURCE_DIR [BUILD_DIR]
set -euo pipefail
export LC_ALL=C
cd "$1"

failures=0
fail() {
  echo "SECURITY.md: $1"
  failures=$((failures + 1))
}

# has_name FILE NAME: the file has a test of this name.
has_name() {
  case $1 in
    *.c) grep -qE "cmocka_unit_test[a-z_]*\($2[,)]" "$1" ;;
    .ci/run) grep -qE "^section '[a-z ]+' '$2' " "$1" ;;
    *.sh) grep -qE "(^|[[:space:]'\"])$2([[:space:]'\"]|\$)" "$1" ;;
    *) return 1 ;;
  esac
}

# runs FILE: the build, or CI, knows it.
runs() {
  local name=${1##*/}
  name=${name%.*}
  case $1 in
    fuzz/fuzz_*.c) grep -qE "[ (]${name#fuzz_}[ )]" fuzz/CMakeLists.txt ;;
    tests/*/test_*) grep -qE "(^|[ (/_])${name#test_}(\.sh)?([ );]|\$)" tests/CMakeLists.txt tests/bench/CMakeLists.txt ;;
    *) return 0 ;;
  esac
}

# quoted TEXT: what stands in backquotes, one a line.
# shellcheck disable=SC2016
quoted() { grep -oE '`[^`]+`' <<<"$1" | tr -d '`'; }

rows=0
references=0
while IFS= read -r row; do
  rows=$((rows + 1))
  promise=${row#| }
  promise=${promise%% | *}
  tests=${row##* | }
  before=$references
  while IFS= read -r reference; do
    references=$((references + 1))
    file=${reference%%: *}
    if [[ ! -f $file ]]; then
      fail "there is no file $file"
      continue
    fi
    runs "$file" || fail "$file does not run"
    [[ $reference == "$file" ]] || has_name "$file" "${reference#*: }" || fail "$file has no test \"${reference#*: }\""
  done < <(quoted "$tests")
  ((references > before)) || fail "no test checks: $promise"
done < <(sed -n '/^## Promises$/,/^## /{/^| /p}' SECURITY.md | tail -n +2)

echo "$rows promises, $references tests"
((rows >= 10)) || fail "the table of promises was not found"
((failures == 0))
