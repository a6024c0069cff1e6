#!/bin/bash
# SPDX-License-Identifier: MIT
# Frama-C's Eva over what reads text of strangers, for all inputs up to the length that each driver here states. It fails where
# Eva raises an alarm that is not known: an access out of bounds, a read of what was never set, an overflow of signed arithmetic, a bad shift.
# usage: run.sh [NAME...]      address, gzip, host, join, number, percent, record, time, tokenizer, uri; Debian: frama-c-base
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
merged=$(printf ',%s:0' trpt_block_{in,or,bits,load_short,of_words} trpt_scan_{bits,word})
declare -A options=([time]='-eva-precision 4' [uri]=$each_way [tokenizer]=$each_way [record]=$each_way
  [address]="-eva-slevel 20000 $each_text$merged -eva-split-return full"
  [gzip]="-eva-slevel 200 $each_text,main:0 -eva-split-return full -eva-domains equality"
  [host]="$each_text,check_labels:500,proof_find:500"
  [join]="$each_text,trpt_record_join:500"
  [number]="$each_text -eva-min-loop-unroll 41"
  [percent]="-eva-slevel 500 $each_text")
declare -A sources=(
  [time]='lib/model/time.c'
  [uri]='lib/uri/uri.c'
  [address]='lib/parser/checks/address.c'
  [gzip]='lib/inflate/gzip.c'
  [host]='lib/base/hostname.c'
  [join]='lib/record/join.c'
  [number]='lib/json/number.c'
  [percent]='lib/uri/percent.c'
  [tokenizer]='lib/json/builtin.c lib/json/json.c lib/json/json_string.c lib/json/lexer.c lib/json/number.c'
  [record]='lib/record/chars.c lib/record/destination.c lib/record/diagnose.c lib/record/fields.c lib/record/grammar.c lib/record/kind.c lib/record/record.c lib/record/select.c lib/uri/uri.c lib/catalogue/diagnostic.c lib/catalogue/error_of_code.c lib/base/error.c lib/base/status.c'
)

# Alarms that docs/maintainers/verification.md explains.
declare -A known=([record]=1)

log=$(mktemp)
trap 'rm -f "$log"' EXIT
(($#)) || set -- address gzip host join number percent record time tokenizer uri
for name in "$@"; do
  begin=$SECONDS
  read -ra own <<<"${options[$name]}"
  read -ra files <<<"${sources[$name]}"
  frama-c "${common[@]}" "${own[@]}" "tests/proof/proof_$name.c" "${files[@]}" >"$log" 2>&1 || {
    tail -n 20 "$log"
    exit 1
  }
  grep -A 2 'eva:alarm' "$log" || true
  printf '%s: %s (%d s)\n' "$name" "$(grep -oE '[0-9]+ alarms? generated' "$log")" $((SECONDS - begin))
  (($(grep -c 'eva:alarm' "$log") == ${known[$name]-0}))
done
