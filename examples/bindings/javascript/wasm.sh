#!/bin/bash
# SPDX-License-Identifier: MIT
# Compiles C sources with libtrpt and zlib into one WebAssembly module. Debian's clang, lld, wasi-libc, libclang-rt-dev-wasm32 and
# python3 are enough. zlib's source comes from ZLIB_SOURCE, or else from Debian's source package (dpkg-dev).
# usage: wasm.sh OUTPUT.wasm [ARGUMENT OF CLANG... SOURCE...]    beside OUTPUT.wasm, OUTPUT.wasm.licenses gets the licences of all parts
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
checkout=$here/../../..
output=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

zlib=${ZLIB_SOURCE-}
if [[ ! $zlib ]]; then
  sources=${XDG_CACHE_HOME:-$HOME/.cache}/libtrpt
  "$checkout/tests/tools/debian_source.sh" "$sources" zlib >/dev/null
  zlib=$(echo "$sources"/zlib-*/)
fi
zlib=$(realpath "$zlib")
python3 "$checkout/lib/amalgamation.py" "$checkout" "$work"

# SIMD makes reading reports 1.4 times as fast. Without -mbulk-memory, since memory.copy costs more for short texts than memcpy.
command=(clang --target=wasm32-wasi --sysroot=/usr -isystem /usr/include/wasm32-wasi -isystem "$zlib" -I "$checkout/include" -std=c11 -O3
  -mnontrapping-fptoint -msign-ext -msimd128 -ftls-model=local-exec -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
"${command[@]}" -DTRPT_STATIC -c "$work/trpt.c" -o "$work/trpt.o"
(cd "$work" && "${command[@]}" -w -c "$zlib"/{adler32,crc32,inffast,inflate,inftrees,zutil}.c)
# The stack comes first, so an overflow is an error and overwrites nothing. The limit is far above what the default limits of reports
# allow.
"${command[@]}" "$@" "$work"/*.o -o "$output" \
  -Wl,-z,stack-size=1048576 -Wl,--stack-first -Wl,--max-memory=1073741824 -Wl,--gc-sections -Wl,--strip-all

{
  printf 'libtrpt\n\n'
  cat "$checkout/LICENSE"
  printf '\nzlib\n\n'
  sed -n '/^  version/,/^\*\//p' "$zlib/zlib.h" | sed '$d; s/^  //'
  printf '\nwasi-libc\n\n'
  cat /usr/share/doc/wasi-libc/copyright
} >"$output.licenses"
