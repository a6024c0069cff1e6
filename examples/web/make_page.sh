#!/bin/bash
# SPDX-License-Identifier: MIT
# Writes the page, one HTML file with the command as WebAssembly inside. Needs node and what ../bindings/javascript/wasm.sh needs.
# usage: make_page.sh OUTPUT.html
set -euo pipefail

output=$(realpath -m "$1")
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# All of the command but what needs libtrpt-mail, DNS or a whole operating system: the files *_unavailable.c and *_wasi.c replace it.
sources=()
for source in ../tlsrpt/*.c ../tlsrpt/summary/*.c; do
  [[ -e ${source%.c}_unavailable.c || -e ${source%.c}_wasi.c ]] || sources+=("$source")
done
../bindings/javascript/wasm.sh "$work/tlsrpt.wasm" -I ../tlsrpt -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE -Wno-gnu-statement-expression \
  "${sources[@]}"
node make_page.js "$work/tlsrpt.wasm" "$output"
