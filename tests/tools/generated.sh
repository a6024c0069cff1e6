#!/bin/bash
# SPDX-License-Identifier: MIT
# What the tests of docs/generate share. A test sources this file after shell.sh.
# shellcheck disable=SC2154
need_python
export PYTHONDONTWRITEBYTECODE=1

# copy: puts what docs/generate reads and writes into $work/copy, where a test may change it.
copy() {
  rm -rf "$work/copy"
  mkdir -p "$work/copy/lib/mail" "$work/copy/examples/tlsrpt" "$work/copy/examples/bindings"/{python/src/trpt,rust/src}
  cp -r "$source/docs" "$source/include" "$work/copy/"
  cp "$source"/lib/*.map "$work/copy/lib/"
  cp "$source"/lib/mail/*.map "$work/copy/lib/mail/"
  cp -r "$source/examples/tlsrpt/completion" "$work/copy/examples/tlsrpt/"
  cp "$source/examples/bindings/python/src/trpt/cffi.h" "$work/copy/examples/bindings/python/src/trpt/"
  cp "$source/examples/bindings/rust/src/native.rs" "$work/copy/examples/bindings/rust/src/"
  chmod -R u+w "$work/copy" # the source may be read-only
}
