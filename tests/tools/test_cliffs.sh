#!/bin/bash
# SPDX-License-Identifier: MIT
# Inputs that might be slow: each byte of them may cost at most so many instructions, with either tokenizer, with diagnostics and
# without; with yajl only in chunks of the usual size. usage: test_cliffs.sh BENCH_COUNT [DIVISOR]
set -euo pipefail
export LC_ALL=C

if ! command -v valgrind >/dev/null; then
  echo 'SKIPPED: test_cliffs.sh: not installed: valgrind'
  exit 77
fi

# The limits are absolute, so that whoever makes plain reports faster breaks nothing here. `known` are inputs whose bytes are calls
# or events of their own, and what they may take instead.
"$(dirname "$0")/../bench/callgrind" "$1" cliffs "${2:-12}" | awk -F '\t' '
  BEGIN {
    most["builtin"] = 120
    most["builtin+diagnostics"] = 165
    most["yajl"] = most["yajl+diagnostics"] = 900
    known["one-byte chunks"] = 600        # a call for each byte
    known["100,000 empty policies"] = 300 # an event for every three bytes
    known["100,000 empty failures"] = 450 # the same, with diagnostics
    known["100,000 policies that are no objects"] = 180 # a policy for every two bytes
  }
  {
    cost = $4 / $3
    if ($2 == "plain") plain[$1] = cost
    if (!($1 in most)) { print $1 ": no limit"; exit 1 }
    limit = ($2 in known) && known[$2] > most[$1] ? known[$2] : most[$1]
    bad = cost > limit
    failed += bad
    note = bad ? "  TOO MANY" : (cost > most[$1] ? "  (known)" : "")
    printf "%-17s %-44s %9d bytes %8.1f instructions a byte, %5.2f times plain%s\n", $1, $2, $3, cost, cost / plain[$1], note
  }
  END {
    if (!NR) { print "nothing was counted"; exit 1 }
    if (failed) { print failed " take more instructions than they may"; exit 1 }
  }'
