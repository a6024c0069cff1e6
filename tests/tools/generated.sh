#!/bin/bash
# SPDX-License-Identifier: MIT
# What the tests of docs/generate share. A test sources this file after shell.sh.
# shellcheck disable=SC2154
need_python
export PYTHONDONTWRITEBYTECODE=1

# copy: puts what docs/generate reads and writes into $work/copy, where a test may change it.
copy() {
  rm -rf "$work/copy"
  local file
  mkdir -p "$work/copy/lib/mail" "$work/copy/lib/model" "$work/copy/examples/tlsrpt"
  cp -r "$source/docs" "$source/include" "$work/copy/"
  cp "$source"/lib/*.map "$work/copy/lib/"
  cp "$source"/lib/mail/*.map "$work/copy/lib/mail/"
  cp "$source/lib/model/schema.def" "$work/copy/lib/model/"
  cp -r "$source/examples/tlsrpt/completion" "$work/copy/examples/tlsrpt/"
  for file in python/src/trpt/cffi.h rust/src/native.rs rust/src/members.rs go/members.go cpp/trpt.hpp luajit/trpt.lua \
    python/native/members.h python/src/trpt/{members,mail_structs}.py javascript/{trpt.d.ts,members.js}; do
    install -D "$source/examples/bindings/$file" "$work/copy/examples/bindings/$file"
  done
  chmod -R u+w "$work/copy" # the source may be read-only
}
