#!/bin/bash
# SPDX-License-Identifier: MIT
# docs/diagnostics.md is what diagnostics_document writes, and has the anchors that other pages link to.
# usage: test_diagnostics_document.sh SOURCE_DIR BUILD_DIR PROGRAM
set -u
# shellcheck source=tests/tools/shell.sh
source "${0%/*}/shell.sh"

if wanted current; then
  "$3" tests/data/diagnostics.txt >"$work/written" || fail "current: status $?"
  diff docs/diagnostics.md "$work/written" ||
    fail "current: docs/diagnostics.md is stale. Write it anew: cmake --build $build --target diagnostics-document"
fi
if wanted anchors; then
  while read -r anchor; do
    grep -qF "<a id=\"$anchor\"></a>" docs/diagnostics.md || fail "anchors: no such finding: $anchor"
  done < <(grep -ohE 'diagnostics\.md#[a-z0-9.-]+' README.md docs/*.md docs/maintainers/*.md | sed 's/.*#//' | sort -u)
fi

finish
