#!/bin/bash
# SPDX-License-Identifier: MIT
# Frama-C's Eva over what reads text of strangers, for all inputs up to the length that each driver here states. It fails where
# Eva raises an alarm: an access out of bounds, a read of what was never set, an overflow of signed arithmetic, a bad shift.
# usage: run.sh [NAME...]      the drivers below, or all; Debian: frama-c-base
set -euo pipefail

cd "$(dirname "$0")/../.."
if ! command -v frama-c >/dev/null; then
  echo "frama-c was not found (Debian: frama-c-base)"
  exit 77
fi

common=(-eva -c11 "-eva-msg-key=-final-states,-initial-state" "-cpp-extra-args=-Iinclude -Ilib -DTRPT_SCAN_PLAIN -include tests/proof/libc.h")
# All ways through the code followed one by one, so that no alarm comes of what was merged.
each_way='-eva-slevel 100000 -eva-split-return full -eva-auto-loop-unroll 50'
# The driver has the ways (any.h): only what depends on a byte is followed both ways.
each_text='-eva-auto-loop-unroll 64 -eva-ilevel 256 -eva-slevel-function any_of:0,any_texts:0'
# Bit by bit this gives the same for all ways, which are too many.
merged=$(printf ',%s:0' trpt_block_{in,is,or,bits,load_short} trpt_scan_{bits,word})

# driver NAME OPTIONS SOURCE...: proof_NAME.c with these files of the library.
names=()
declare -A options sources
driver() {
  names+=("$1")
  options[$1]=$2
  sources[$1]=${*:3}
}
driver address "-eva-slevel 20000 $each_text$merged -eva-split-return full" lib/parser/checks/address.c
driver gzip "-eva-slevel 200 $each_text,main:0 -eva-split-return full -eva-domains equality" lib/inflate/gzip.c
driver host "$each_text,check_labels:500,proof_find:500" lib/base/hostname.c
driver ipv4 "-eva-slevel 20000 $each_text$merged -eva-split-return full" # it includes address.c, to call what is static there
driver join "$each_text,trpt_record_join:500" lib/record/join.c
driver number "$each_text -eva-min-loop-unroll 41" lib/json/number.c
driver percent "-eva-slevel 500 $each_text" lib/uri/percent.c
driver record "$each_way" lib/record/{chars,destination,diagnose,fields,grammar,kind,record,select}.c lib/uri/uri.c \
  lib/catalogue/{diagnostic,error_of_code}.c lib/base/{error,status}.c
driver time '-eva-precision 4' lib/model/time.c
driver tokenizer "$each_way" lib/json/{builtin,json,json_string,lexer,number}.c
driver uri "$each_way" lib/uri/uri.c

log=$(mktemp)
trap 'rm -f "$log"' EXIT
(($#)) || set -- "${names[@]}"
for name in "$@"; do
  [[ -v options[$name] ]] || {
    echo "$name: not one of ${names[*]}"
    exit 2
  }
  begin=$SECONDS
  read -ra own <<<"${options[$name]}"
  read -ra files <<<"${sources[$name]}"
  frama-c "${common[@]}" "${own[@]}" "tests/proof/proof_$name.c" "${files[@]}" >"$log" 2>&1 || {
    tail -n 20 "$log"
    exit 1
  }
  grep -A 2 'eva:alarm' "$log" || true
  printf '%s: %s (%d s)\n' "$name" "$(grep -oE '[0-9]+ alarms? generated' "$log")" $((SECONDS - begin))
  grep -q ' 0 alarms generated' "$log"
done
