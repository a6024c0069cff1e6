#!/bin/bash
# SPDX-License-Identifier: MIT
# Whether programs built against the oldest interface that this library promises to keep, docs/abi, go on running with it.
# usage: check.sh BUILD_DIR            a build with debug information, for libabigail
#        check.sh --freeze BUILD_DIR   makes the present interface the one that is kept: once, with a release that may
#                                      break programs
set -eu

freeze=false
if [[ $1 == --freeze ]]; then
  freeze=true
  shift
fi
build=$(realpath "$1")
cd "$(dirname "$0")/../.."
kept=docs/abi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# describe LIBRARY FILE: all that a program can see of it, and nothing of where it was built.
describe() {
  abidw --headers-dir include --drop-private-types --no-show-locs --no-corpus-path --no-comp-dir-path --out-file "$2" \
    "$build/lib/$1.so"
  sed -i "s|path='$PWD/|path='|" "$2"
}
exported() { nm -D --defined-only "$build/lib/$1.so" | awk '$2 != "A" {print $3}' | sort; }

if $freeze; then
  rm -rf "$kept/include"
  mkdir -p "$kept/include"
  cp -r include/tlsrpt "$kept/include/"
  for library in libtrpt libtrpt-mail; do
    describe "$library" "$kept/$library.abi"
    exported "$library" >"$kept/$library.symbols"
  done
  exit
fi

# The layout of structs, with today's headers and the kept ones.
for machine in x86_64-linux-gnu i386-linux-gnu arm-linux-gnueabihf; do
  for include in include "$kept/include"; do
    clang "--target=$machine" -ffreestanding -fsyntax-only -I "$include" tests/abi/layout.c
  done
  echo "layout on $machine: as it was"
done

for library in libtrpt libtrpt-mail; do
  exported "$library" >"$work/symbols"
  if comm -23 "$kept/$library.symbols" "$work/symbols" | grep .; then
    echo "the symbols above are gone from $library"
    exit 1
  fi
  # What is new does no harm. libabigail takes a changed type of a result for harmless; here nothing may change.
  describe "$library" "$work/now.abi"
  if ! abidiff --no-added-syms --suppressions tests/abi/opaque.suppr "$kept/$library.abi" "$work/now.abi"; then
    echo "$library: the interface has changed"
    exit 1
  fi
  echo "$library: compatible"
done

# Programs compiled with the kept headers run with the library of today.
for program in parse_record parse_report feed write_report; do
  ${CC:-cc} -std=c11 -I "$kept/include" "examples/$program.c" -o "$work/$program" "$build/lib/libtrpt.so"
  ${CC:-cc} -std=c11 -I include "examples/$program.c" -o "$work/$program-now" "$build/lib/libtrpt.so"
  for which in "" -now; do
    status=0
    LD_LIBRARY_PATH=$build/lib "$work/$program$which" <examples/reports/mail.ru.json >"$work/out$which" 2>&1 || status=$?
    echo "status $status" >>"$work/out$which"
  done
  cmp "$work/out" "$work/out-now"
  echo "$program, built against the kept headers: the same output"
done
