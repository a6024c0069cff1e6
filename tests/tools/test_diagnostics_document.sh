#!/bin/bash
# SPDX-License-Identifier: MIT
# docs/diagnostics.md is what diagnostics_document writes, and what other pages link to is there.
# usage: test_diagnostics_document.sh SOURCE_DIR BUILD_DIR PROGRAM
set -u

written=$(mktemp)
trap 'rm -f "$written"' EXIT
"$3" "$1/tests/data/diagnostics.txt" >"$written" || exit 1
if ! diff "$1/docs/diagnostics.md" "$written"; then
  echo "docs/diagnostics.md is stale. Write it anew: cmake --build $2 --target diagnostics-document"
  exit 1
fi

status=0
while read -r anchor; do
  if ! grep -qF "<a id=\"$anchor\"></a>" "$1/docs/diagnostics.md"; then
    echo "no such finding: $anchor"
    status=1
  fi
done < <(grep -ohE 'diagnostics\.md#[a-z0-9.-]+' "$1/README.md" "$1"/docs/*.md | sed 's/.*#//' | sort -u)
exit $status
