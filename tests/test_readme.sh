#!/bin/sh
# SPDX-License-Identifier: MIT
# The README shows programs that exist, and what they print. usage: test_readme.sh SOURCE_DIR BUILD_DIR
set -eu

source=$1
build=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$source"

# block LANGUAGE N: the N-th block of a language
block() {
  awk -v fence="\`\`\`$1" -v n="$2" '/^```/ {if (inside) inside = 0; else if ($0 == fence && ++seen == n) {inside = 1; next}} inside' README.md
}

for number in 1 2; do
  case $number in 1) example=record ;; 2) example=report ;; esac
  block c $number >"$work/block.c"
  tail -n +2 "examples/$example.c" | diff - "$work/block.c" || {
    echo "README.md and examples/$example.c differ"
    exit 1
  }
done

# Lines that begin with "$ " are commands, those up to the next one what they print.
block console 1 >"$work/console"
test -s "$work/console"
PATH=$build/bin:$PATH
export PATH
grep '^\$ ' "$work/console" | cut -c3- | while read -r command; do
  echo "\$ $command"
  sh -c "$command" 2>&1 || true
done >"$work/printed"
diff "$work/console" "$work/printed"
