#!/bin/bash
# SPDX-License-Identifier: MIT
# docs/tlsrpt.md has the tables of policy types and result types that types_document writes.
# usage: test_types_document.sh SOURCE_DIR BUILD_DIR PROGRAM
set -u

written=$(mktemp)
trap 'rm -f "$written"' EXIT
cp "$1/docs/tlsrpt.md" "$written"
"$3" "$written" || exit 1
if ! diff "$1/docs/tlsrpt.md" "$written"; then
  echo "The tables in docs/tlsrpt.md are stale. Write them anew: cmake --build $2 --target types-document"
  exit 1
fi
