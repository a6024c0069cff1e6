#!/bin/bash
# SPDX-License-Identifier: MIT
# What fish offers after `tlsrpt`. usage: test_completion_fish.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
need fish
folder=$source/examples/tlsrpt/completion

# offers EXPECTED LINE: all that fish offers, in order. The line is the name of the check.
offers() {
  wanted "$2" || return 0
  HOME=$work FOLDER=$folder fish --no-config -c "source \"\$FOLDER/tlsrpt.fish\"; complete -C '$2'" 2>&1 | cut -f 1 | sort |
    tr '\n' ' ' >"$work/offered"
  [[ $(<"$work/offered") == "$1 " ]] || fail "$2: $(<"$work/offered")"
}

if wanted syntax; then fish -n "$folder/tlsrpt.fish" || fail syntax; fi
offers "$("$tlsrpt" help | sed -nE 's/^  tlsrpt ([a-z]+) .*/\1/p' | sort | tr '\n' ' ' | sed 's/ $//')" 'tlsrpt '
offers 'csv json ndjson text tsv' 'tlsrpt report --format '
offers '--help' 'tlsrpt help --'

finish
