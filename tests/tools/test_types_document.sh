#!/bin/bash
# SPDX-License-Identifier: MIT
# docs/tlsrpt.md has the tables of policy types and result types that types_document writes.
# usage: test_types_document.sh SOURCE_DIR BUILD_DIR PROGRAM
set -u
# shellcheck source=tests/tools/shell.sh
source "${0%/*}/shell.sh"

if wanted current; then
  cat docs/tlsrpt.md >"$work/written" # not cp: the page may be read-only
  "$3" "$work/written" || fail "current: status $?"
  diff docs/tlsrpt.md "$work/written" ||
    fail "current: the tables in docs/tlsrpt.md are stale. Write them anew: cmake --build $build --target types-document"
fi

finish
