#!/bin/bash
# SPDX-License-Identifier: MIT
# What the documents show is true: programs compile, commands run and print what stands there, links lead somewhere.
# usage: test_documents.sh SOURCE_DIR BUILD_DIR [sql]     sql: only the blocks that need sqlite3
#
#   ```c NAME.c    a program, which later blocks of its page run as ./NAME
#   ```c           the program of README.md, which is an example; elsewhere a piece of one, which must compile
#   ```console     lines that begin with "$ " are commands, those up to the next one what they print
#   ```sh          runs without an error, and prints something or writes the files that documents.txt names
#   ```sql         runs in a table of docs/rows.md that has rows, and prints something
# documents.txt says where other blocks are tested, or why they are not. A block that is neither fails.
set -u
# shellcheck source=tests/tools/shell.sh
source "${0%/*}/shell.sh"
# shellcheck source=tests/tools/blocks.sh
source "$source/tests/tools/blocks.sh"
only=${3-}
[[ $only != sql ]] || need sqlite3

list=tests/tools/documents.txt
pages=(*.md docs/*.md docs/maintainers/*.md examples/bindings/*/*.md fuzz/*.md)

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

# run_sh BLOCK FILES: without an error and without a message. It writes the files, or prints something.
run_sh() {
  local home written
  home=$(mktemp -d "$work/home.XXXX")
  make_home "$home"
  run_shell "$home" "$1" -euo pipefail >"$1.printed" 2>"$1.errors" || {
    cat "$1.errors"
    return 1
  }
  if [[ -s $1.errors ]]; then
    cat "$1.errors"
    return 1
  fi
  if [[ -z $2 && ! -s $1.printed ]]; then
    echo 'nothing was printed'
    return 1
  fi
  for written in $2; do
    [[ -s $home/$written ]] || {
      echo "nothing was written: $written"
      return 1
    }
  done
}

run_sql() {
  [[ -f $work/rows ]] || {
    block docs/rows.md 'sql sqlite' | sqlite3 -bail "$work/rows"
    "$build/bin/tlsrpt" report --format csv examples/reports >"$work/rows.csv"
    sqlite3 -bail "$work/rows" ".import --csv --skip 1 $work/rows.csv tlsrpt_import"
  }
  case $2 in
  # The table was made with it; it may be run again.
  sqlite) sqlite3 -bail "$work/rows" <"$1" && [[ $(sqlite3 "$work/rows" 'SELECT count(*) FROM tlsrpt') -gt 5 ]] ;;
  *) sqlite3 -bail "$work/rows" <"$1" >"$1.printed" && [[ -s $1.printed ]] ;;
  esac
}

# How a block is tested: the third column of documents.txt, and its last one. A row serves one block, or all of a page.
rows=()
how='' detail=''
find_row() {
  local page=$1 id=$2 i row_page row_id
  how='' detail=''
  for i in "${!rows[@]}"; do
    IFS=$'\t' read -r row_page row_id how detail <<<"${rows[i]}"
    if [[ $row_page == "$page" && ($row_id == "$id" || $row_id == '*') ]]; then
      if [[ $row_id == '*' ]]; then used[i]=1; else unset "rows[i]"; fi
      return
    fi
  done
  how='' detail=''
}

# check_row PAGE HOW DETAIL: another script that tests the block is called by something, and names the page.
check_row() {
  [[ -n $3 ]] || fail "list: $1 has no reason"
  case $2 in
  - | writes) ;;
  tests/*)
    grep -qF -- "${1##*/}" "$2" || fail "list: $2 does not name $1"
    grep -qF -- "${2##*/}" .ci/run tests/CMakeLists.txt || fail "list: nothing calls $2"
    ;;
  *) fail "list: $1: neither a script nor - nor writes: $2" ;;
  esac
}

# A program is compiled even if its check is not wanted, since later blocks run it.
check_block() {
  local page=$1 number=$2 block=$3 language=$4 name=$5
  find_row "$page" "$language${name:+ $name}"
  wanted "$page $language $((number + 1))" || [[ $name == *.c ]] || return 0
  if [[ -n $how && $how != writes ]]; then return; fi
  case $language in
  sql) [[ $only != sql ]] || run_sql "$block" "$name" ;;
  *) [[ -n $only ]] || case $language in
    c) if [[ $page == README.md ]]; then compare_example "$block"; else compile "$block" "$name"; fi ;;
    console) run_console "$block" ;;
    sh) run_sh "$block" "$detail" ;;
    *)
      echo "documents.txt does not say where this block is tested, or why it is not"
      false
      ;;
    esac ;;
  esac || fail "$page $language $((number + 1)) $name"
}

# anchors PAGE: its anchors: those that it names, and those of its headings, as hosts of repositories make them.
anchors() {
  grep -oE '<a (id|name)="[^"]+"' "$1" | cut -d'"' -f2
  # shellcheck disable=SC2016
  sed -n '/^```/,/^```/d; s/^##* //p' "$1" | tr '[:upper:]' '[:lower:]' | sed 's/[^a-z0-9 _-]//g; s/ /-/g'
}

check_blocks() {
  local page=$1 blocks=$work/blocks/${1//\//_} block number language name
  mkdir -p "$blocks" "$work/programs"
  awk -v folder="$blocks" '
    /^```/ && !inside { language = substr($1, 4); inside = 1
      if (language == "") language = "text"
      file = sprintf("%s/%03d %d %s %s", folder, ++blocks, seen[language]++, language, $2); printf "" > file; next }
    /^```$/ { inside = 0; close(file); next }
    inside { print > file }' "$page"
  for block in "$blocks"/*; do
    [[ -f $block ]] || continue
    read -r _ number language name <<<"${block##*/}"
    check_block "$page" "$number" "$block" "$language" "${name-}"
  done
}

# Links lead to files, and to headings that exist.
check_links() {
  local page=$1 link anchor target
  while IFS='#' read -r link anchor; do
    target=$(dirname "$page")/$link
    [[ -n $link ]] || target=$page
    [[ -e $target ]] || fail "$page links: no such file: $link"
    [[ -z $anchor ]] || anchors "$target" | grep -qxF -- "$anchor" || fail "$page links: no such heading: $link#$anchor"
  done < <(grep -oE '\]\([^):]+\)' "$page" | sed 's/^](//; s/)$//' | sort -u)
}

mapfile -t rows < <(grep -v '^#' "$list")
used=()
for row in "${rows[@]}"; do
  IFS=$'\t' read -r page id how detail <<<"$row"
  check_row "$page" "$how" "$detail"
done
for page in "${pages[@]}"; do
  check_blocks "$page"
  if [[ -z $only ]] && wanted "$page links"; then check_links "$page"; fi
done
for i in "${!rows[@]}"; do
  [[ -n ${used[i]-} ]] || fail "list: no page has this block: ${rows[i]}"
done
[[ -z $only ]] || finish

# A recipe that replaces a file does so although one report is broken: otherwise that report would stop all later pages and metrics.
# replaces PAGE ID FILE
replaces() {
  wanted "replacing $1 $2" || return 0
  local home
  home=$(mktemp -d "$work/replacing.XXXX")
  make_home "$home"
  for folder in reports var/mail/tlsrpt; do printf '{' >"$home/$folder/broken.json"; done
  block "$1" "$2" | sed 's/^ExecStart=//; /^[][A-Za-z]*[]=]/d' >"$home/recipe"
  run_shell "$home" "$home/recipe" -euo pipefail >/dev/null 2>"$work/err" || fail "replacing $1 $2: status $?"
  grep -q 'broken.json: ' "$work/err" || fail "replacing $1 $2: no message: $(<"$work/err")"
  [[ -s $home/$3 ]] || fail "replacing $1 $2: nothing was written"
}
metrics=var/lib/prometheus/node-exporter/tlsrpt.prom
replaces docs/cookbook.md 'sh prometheus' $metrics
replaces docs/summary.md 'sh prometheus' $metrics
replaces docs/cookbook.md 'ini service' tls.html

# Comments and messages name pages that exist.
if wanted mentions; then
  while IFS=: read -r file page; do
    [[ -e $page ]] || fail "mentions: $file names $page"
  done < <(grep -roE '\bdocs/[a-z/-]+\.md\b' include lib examples fuzz tests .ci CMakeLists.txt | sort -u)
fi

# The checks fail when they should.
if wanted faulty; then
  cat >"$work/faulty.md" <<'END'
```c
trpt_record record = 1;
```
```console
$ tlsrpt version
another version
```
```sh
tlsrpt report nowhere.json
```
```sh
echo a message >&2
```
```sh
true
```
```python
print("no row")
```
[no file](nowhere.md) [no heading](#nowhere)
END
  found=$(
    unset TRPT_STOP
    check_blocks "$work/faulty.md"
    check_links "$work/faulty.md"
  )
  [[ $(grep -c '^FAILED: .*/faulty.md' <<<"$found") == 8 ]] || fail "faulty: $found"
fi

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
