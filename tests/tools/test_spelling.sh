#!/bin/bash
# SPDX-License-Identifier: MIT
# Every file that people write is spelled as codespell's dictionary has it; spelling.txt has the words that it does not know.
# usage: test_spelling.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/tools/shell.sh
source "${0%/*}/shell.sh"

need codespell python3
ignored=$(grep -v '^#' tests/tools/spelling.txt | cut -f 1 | paste -sd ,)

# The letter of an escape such as \n belongs to no word.
spell() { codespell --builtin clear,rare --ignore-words-list "$ignored" --ignore-regex '\\[nrt]' "$@"; }

# In an archive of the source all files, but not builds. Recorded outputs and published reports are as others wrote them.
if wanted files; then
  mapfile -t files < <({ git ls-files 2>/dev/null || find . -name 'build*' -prune -o -type f -print | sed 's|^\./||'; } |
    grep -vE '^(docs/abi|tests/data|examples/reports)/|\.(png|gz)$')
  ((${#files[@]} > 100)) || fail "files: found only ${#files[@]}"
  spell "${files[@]}" || fail files
fi

# It finds what it should.
if wanted faulty; then
  printf 'Te%s parser recie%s a chunk.\n' h ves >"$work/faulty.md"
  [[ $(spell "$work/faulty.md" | wc -l) == 2 ]] || fail 'faulty: codespell finds nothing'
fi

# Each exception is needed.
if wanted exceptions; then
  while IFS=$'\t' read -r word reason; do
    [[ -n $reason ]] || fail "exceptions: $word has no reason"
    git grep -qiw "$word" 2>/dev/null || ! git rev-parse 2>/dev/null || fail "exceptions: $word occurs nowhere"
  done < <(grep -v '^#' tests/tools/spelling.txt)
fi

finish
