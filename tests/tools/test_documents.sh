#!/bin/bash
# SPDX-License-Identifier: MIT
# What README.md and docs show is true: programs compile, commands print what stands there, links lead somewhere.
# usage: test_documents.sh SOURCE_DIR BUILD_DIR
#
#   ```c NAME.c    a program, which later blocks of its page run as ./NAME
#   ```c           the program of README.md, which is an example; elsewhere a piece of one, which must compile
#   ```console     lines that begin with "$ " are commands, those up to the next one what they print
#   ```sh          must be valid; what it does is not done here
set -u
# shellcheck source=tests/tools/shell.sh
source "${0%/*}/shell.sh"

# Programs are compiled as the library was, so that sanitizers agree.
cached() { sed -n "s/^$1:[A-Z]*=//p" "$build/CMakeCache.txt"; }
compiler=$(cached CMAKE_C_COMPILER)
read -ra flags <<<"$(cached CMAKE_C_FLAGS)"
flags+=(-std=c11 -Wall -Wextra -Wpedantic -Werror -I "$source/include")
libraries=("$build/lib/libtrpt.so" "-Wl,-rpath,$build/lib")
[[ ! -f $build/lib/libtrpt-mail.so ]] || libraries=("$build/lib/libtrpt-mail.so" "${libraries[@]}")

# A piece of a program stands inside of a function, unless it includes what it needs; what it takes from around it is declared.
piece() {
  if grep -q '^#include' "$1"; then
    cat "$1"
    return
  fi
  printf '#include <stdio.h>\n#include <string.h>\n#include <tlsrpt/mail.h>\n#include <tlsrpt/trpt.h>\n'
  printf 'extern const trpt_str *texts;\nextern size_t count, len;\nextern const char *data;\nvoid piece(void);\nvoid piece(void) {\n'
  cat "$1"
  printf '}\n'
}

compile() {
  local block=$1 name=$2
  if [[ -n $name ]]; then
    cp "$block" "$work/programs/$name"
    "$compiler" "${flags[@]}" "$work/programs/$name" -o "$work/programs/${name%.c}" "${libraries[@]}"
  else
    piece "$block" >"$block.c"
    "$compiler" "${flags[@]}" -Wno-unused-function -Wno-missing-prototypes -c "$block.c" -o "$block.o"
  fi
}

run_console() {
  local command
  grep '^\$ ' "$1" | cut -c3- | while read -r command; do
    echo "\$ $command"
    PATH=$build/bin:$PATH sh -c "${command//.\//\"$work\"/programs/}" 2>&1
  done >"$1.printed"
  diff "$1" "$1.printed"
}

# README.md shows one of the examples as it is.
compare_example() { tail -n +2 examples/parse_report.c | diff - "$1"; }

# A program is compiled even if its check is not wanted, since later blocks run it.
check_block() {
  local page=$1 number=$2 block=$3 language=$4 name=$5
  wanted "$page $language $((number + 1))" || [[ -n $name ]] || return 0
  case $language in
    c) if [[ $page == README.md ]]; then compare_example "$block"; else compile "$block" "$name"; fi ;;
    console) run_console "$block" ;;
    sh) bash -n "$block" ;;
    *) return 0 ;;
  esac || fail "$page $language $((number + 1)) $name"
}

# anchors PAGE: its anchors: those that it names, and those of its headings, as hosts of repositories make them.
anchors() {
  grep -oE '<a (id|name)="[^"]+"' "$1" | cut -d'"' -f2
  # shellcheck disable=SC2016
  sed -n '/^```/,/^```/d; s/^##* //p' "$1" | tr '[:upper:]' '[:lower:]' | sed 's/[^a-z0-9 _-]//g; s/ /-/g'
}

for page in README.md docs/*.md docs/maintainers/*.md; do
  [[ $page != docs/diagnostics.md ]] || continue # it is written by a program, and has a test of its own
  blocks=$work/blocks/${page//\//_}
  mkdir -p "$blocks" "$work/programs"
  awk -v folder="$blocks" '
    /^```/ && !inside { language = substr($1, 4); name = $2; inside = 1
      file = sprintf("%s/%03d %d %s %s", folder, ++blocks, seen[language]++, language ? language : "text", language == "c" ? name : ""); printf "" > file; next }
    /^```$/ { inside = 0; close(file); next }
    inside { print > file }' "$page"
  for block in "$blocks"/*; do
    [[ -f $block ]] || continue
    read -r _ number language name <<<"${block##*/}"
    check_block "$page" "$number" "$block" "$language" "${name-}"
  done
  # Links lead to files, and to headings that exist.
  wanted "$page links" || continue
  while IFS='#' read -r link anchor; do
    target=$(dirname "$page")/$link
    [[ -n $link ]] || target=$page
    [[ -e $target ]] || fail "$page links: no such file: $link"
    [[ -z $anchor ]] || anchors "$target" | grep -qxF -- "$anchor" || fail "$page links: no such heading: $link#$anchor"
  done < <(grep -oE '\]\([^):]+\)' "$page" | sed 's/^](//; s/)$//' | sort -u)
done

# docs/functions.md names each function of the headers, and no other.
if wanted functions; then
  grep -oE 'TRPT_API [^;(]*trpt_[a-z0-9_]+\(' include/tlsrpt/*.h | grep -oE 'trpt_[a-z0-9_]+\($' | tr -d '(' | sort -u >"$work/functions"
  # shellcheck disable=SC2016
  grep '^|' docs/functions.md | grep -oE '`trpt_[a-z0-9_]+`' | tr -d '`' | sort -u | diff "$work/functions" - || fail 'functions: docs/functions.md and the headers differ'
fi

# CONTRIBUTING.md names the tests that record outputs.
if wanted recording; then
  # shellcheck disable=SC2016
  sed -n '/^Outputs of the command/,/^$/p' CONTRIBUTING.md | tr '\n' ' ' | sed 's/\. .*//' | grep -oE '`[a-z_]+`' |
    tr -d '`' >"$work/named"
  [[ -s $work/named ]] || fail 'recording: CONTRIBUTING.md names no tests'
  while read -r name; do
    grep -qxF "$name" "$work/named" || fail "recording: CONTRIBUTING.md does not name $name"
  done < <(ctest --test-dir "$build" -N -L recorded | sed -n 's/^ *Test *#[0-9]*: //p')
fi

finish
