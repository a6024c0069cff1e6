#!/bin/bash
# SPDX-License-Identifier: MIT
# What zsh offers after `tlsrpt`. usage: test_completion_zsh.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
need zsh
zsh -fc 'zmodload zsh/zpty && zpty try true' >/dev/null 2>&1 || skip 'zsh has no pseudo-terminal'
folder=$source/examples/tlsrpt/completion

# offers EXPECTED LINE: zsh offers these words, among others. The line is the name of the check.
offers() {
  local want=$1 line=$2 word
  wanted "$line" || return 0
  limited zsh -f tests/command/completion.zsh "$folder" "$line" | tr -s ' \r\n' '\n' >"$work/offered"
  for word in $want; do grep -qxF -- "$word" "$work/offered" || fail "$line: no $word: $(<"$work/offered")"; done
}

if wanted syntax; then zsh -n "$folder/_tlsrpt" || fail syntax; fi
offers "$("$tlsrpt" help | sed -nE 's/^  tlsrpt ([a-z]+) .*/\1/p' | tr '\n' ' ')" 'tlsrpt '
offers 'csv json ndjson text tsv' 'tlsrpt report --format '
offers '--format --severity --record --help' 'tlsrpt lint --'

finish
