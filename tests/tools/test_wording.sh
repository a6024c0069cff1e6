#!/bin/bash
# SPDX-License-Identifier: MIT
# The words of tests/tools/wording.txt do not occur, file names are unique, and there are no symbolic links.
# Long sentences of the documents are listed as warnings. usage: test_wording.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/tools/shell.sh
source "${0%/*}/shell.sh"

list=tests/tools/wording.txt
max_words=40

# table NAME: the rows of a table of the list.
table() { sed -n "/^\[$1\]\$/,/^\[/p" "$list" | grep -v -e '^\[' -e '^#' -e '^$'; }

# Tracked files; in an archive of the source all files, but not the core in one source, nor the copy of .ci/debian for a package.
files() {
  git ls-files 2>/dev/null || find . \( -name 'build*' -o -path ./debian -o -path ./amalgamation \) -prune -o ! -type d -print | sed 's|^\./||'
}

# Files that people read. What docs/generate writes, such as cffi.h, is checked in its source.
readable=(README.md CONTRIBUTING.md SECURITY.md CHANGELOG.md docs/*.md docs/maintainers/*.md include/tlsrpt/*.h)
mapfile -t -O "${#readable[@]}" readable < <(find lib examples/tlsrpt fuzz -name '*.[ch]' -o -name '*.def' -o -name '*.md' | sort)
examples='^examples/([^/]+\.c|bindings/.+\.(c|h|cpp|hpp|go|rs|lua|js|ts|py|md))$'
mapfile -t -O "${#readable[@]}" readable < <(files | grep -E "$examples" | grep -vE '/(cffi\.h|native\.rs|(mail_)?members\.(rs|go|h|py))$')

words=() better=()
while IFS=$'\t' read -r word advice; do
  [[ $word != '\b'* ]] || word="(^|[^[:alpha:]])${word#'\b'}"
  [[ $word != *'\b' ]] || word="${word%'\b'}([^[:alpha:]]|\$)"
  words+=("$word") better+=("$advice")
done < <(table words)
paths=() excepted=() used=()
while IFS=$'\t' read -r path expression reason; do
  [[ -n $reason ]] || fail "exceptions: $path $expression has no reason"
  paths+=("$path") excepted+=("$expression") used+=(0)
done < <(table exceptions)
shopt -s nocasematch

# check_line FILE NUMBER TEXT: reports the words in one line, without its exceptions. Case matters in exceptions, which are names.
check_line() {
  local text=$3 i
  shopt -u nocasematch
  for i in "${!paths[@]}"; do
    # shellcheck disable=SC2053
    [[ $1 == ${paths[i]} ]] || continue
    while [[ $text =~ ${excepted[i]} ]]; do
      used[i]=1
      text=${text/"${BASH_REMATCH[0]}"/ }
    done
  done
  shopt -s nocasematch
  for i in "${!words[@]}"; do
    [[ ! $text =~ ${words[i]} ]] || fail "words: $1:$2: \"${BASH_REMATCH[0]}\", better: ${better[i]}"
  done
}

check_words() {
  local file number text i
  while IFS=: read -r file number text; do
    check_line "$file" "$number" "$text"
  done < <(printf '%s\n' "${words[@]}" | grep -nHiE -f - -- "${readable[@]}")
  for i in "${!paths[@]}"; do
    ((used[i])) || fail "words: the exception ${paths[i]} ${excepted[i]} matches nothing"
  done
}

# The list finds its own words, so that a broken expression does not pass.
check_list() {
  local found
  found=$(TRPT_STOP='' check_line list 1 'It tells somebody what trpt_walk judged behind the findings, be it held back or taken.' | grep -c better:)
  ((found == 8)) || fail "list: found $found of 8 words"
  found=$(TRPT_STOP='' check_line list 1 'recommend, sidewalks and storytellers' | grep -c better:)
  ((found == 0)) || fail 'list: found words within words'
}

check_names() {
  local file name other pattern reason
  local -A seen=()
  while IFS= read -r file; do
    [[ ! -L $file ]] || fail "names: $file is a symbolic link, which cp -r may break"
    name=${file##*/}
    while IFS=$'\t' read -r pattern reason; do
      [[ -n $reason ]] || fail "names: $pattern has no reason"
      # shellcheck disable=SC2053
      [[ $file != $pattern && $name != $pattern ]] || continue 2
    done <<<"$names"
    other=${seen[/$name]-}
    [[ -z $other ]] || fail "names: $file and $other have the same name"
    seen[/$name]=$file
  done < <(files)
  ((${#seen[@]} > 100)) || fail "names: found only ${#seen[@]} files"
}

# list_long FILE: prints sentences of more than $max_words words. Code blocks, tables and headings are skipped.
list_long() {
  local line words=() word count=0 number=0 start=1 is_code=0
  while IFS= read -r line; do
    number=$((number + 1))
    [[ $line != '```'* ]] || is_code=$((1 - is_code))
    if ((is_code)) || [[ -z $line || $line == [\`\|#\<\[]* ]]; then
      count=0
      continue
    fi
    [[ ! $line =~ ^\ *(-|[0-9]+\.)\  ]] || count=0
    read -ra words <<<"$line"
    for word in "${words[@]}"; do
      ((count > 0)) || start=$number
      count=$((count + 1))
      if [[ $word =~ [.:?!][\"\)*]*$ ]]; then
        ((count <= max_words)) || echo "warning: $1:$start: a sentence of $count words"
        count=0
      fi
    done
  done <"$1"
}

names=$(table names)
if wanted list; then check_list; fi
if wanted words; then check_words; fi
if wanted names; then check_names; fi
if wanted sentences; then
  for page in README.md CONTRIBUTING.md SECURITY.md CHANGELOG.md docs/*.md docs/maintainers/*.md fuzz/README.md; do
    [[ $page == docs/diagnostics.md ]] || list_long "$page"
  done
fi
finish
