#!/bin/bash
# SPDX-License-Identifier: MIT
# A program reads what docs/generate made for it. usage: test_generated_for.sh SOURCE_DIR BUILD_DIR python|luajit|mandoc
# shellcheck disable=SC2317 # functions are called by their names
set -u
# shellcheck source=tests/tools/shell.sh
source "${0%/*}/shell.sh"

for_python() {
  need_python
  # The one on the PATH may be another than the system's, which has its packages.
  local python=python3
  "$python" -c 'import cffi' 2>/dev/null || python=/usr/bin/python3
  "$python" -c 'import cffi' 2>/dev/null || skip 'Python has no cffi'
  "$python" - examples/bindings/python/src/trpt/cffi.h <<'END'
import sys, cffi
ffi = cffi.FFI()
ffi.cdef(open(sys.argv[1]).read())
assert ffi.sizeof("trpt_error") == 288
END
}
for_luajit() {
  need luajit
  luajit -e 'local ffi = require "ffi"; ffi.cdef(io.read("*a")); assert(ffi.sizeof("trpt_error") == 288)' <examples/bindings/python/src/trpt/cffi.h
}
for_mandoc() {
  need mandoc
  # The pages have a date, which a clock that is behind takes for the future.
  # Its status is 2 for warnings, and greater where it cannot do its work.
  mandoc -T lint -W warning docs/man/*/* >"$work/lint" || (($? <= 2)) || return 1
  ! grep -v ': date in the future' "$work/lint"
}

if wanted "$3"; then "for_$3" || fail "$3"; fi

finish
