#!/bin/bash
# SPDX-License-Identifier: MIT
# What docs/generate makes is current, right, and can be used. 77: there is no python3, so nothing was looked at.
# usage: test_generated.sh SOURCE_DIR BUILD_DIR C_COMPILER
set -u

source=$1
build=$2
compiler=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

fail() {
  echo "FAILED: $*"
  failures=$((failures + 1))
}
have() { command -v "$1" >/dev/null || {
  echo "skipped, since $1 is not here: $2"
  return 1
}; }

have python3 'all of it' || exit 77
generate=$source/docs/generate/generate.py

# Current.
python3 "$generate" "$build/bin/tlsrpt" --check ||
  fail "docs/generate makes something else now. Write it anew: cmake --build $build --target generated"

copy() {
  rm -rf "$work/copy"
  mkdir -p "$work/copy/lib/mail" "$work/copy/examples/tlsrpt"
  cp -r "$source/docs" "$source/include" "$work/copy/"
  cp "$source"/lib/*.map "$work/copy/lib/"
  cp "$source"/lib/mail/*.map "$work/copy/lib/mail/"
  cp -r "$source/examples/tlsrpt/completion" "$work/copy/examples/tlsrpt/"
}

# A compiler agrees with it about the headers, and about docs/cffi.h. One more header has what the others have not.
copy
sed -i 's|^    trpt_version;|    trpt_odd;\n&|' "$work/copy/lib/libtrpt.map"
cat >"$work/copy/include/tlsrpt/odd.h" <<'END'
#include <tlsrpt/status.h>
/** @file
 * @brief TLSRPT oddities */
/** Padded, and with pointers to pointers. */
typedef struct trpt_odd_inner {
  char first;
  const char *const *names;
  const void **(*find)(const char *const *names);
  char last[3];
  uint8_t end;
} trpt_odd_inner;
/** One in another. */
typedef struct trpt_odd_outer { uint16_t before; trpt_odd_inner inner; trpt_error error; char behind; } trpt_odd_outer;
/** Takes nothing. */
TRPT_API const char *const *trpt_odd(void);
END
copied=$work/copy/docs/generate/generate.py
python3 "$copied" "$build/bin/tlsrpt" || fail 'an odd header'
python3 "$copied" --assertions >"$work/assertions.c" || fail 'an odd header'
flags=(-std=c11 -fsyntax-only -Wall -Wextra -Wpedantic -Werror -include stddef.h -include stdint.h -I "$work/copy/include")
headers=()
for header in "$work"/copy/include/tlsrpt/*.h; do headers+=(-include "$header"); done
echo '_Static_assert(sizeof(void *) == 8 && sizeof(long) == 8, "not LP64");' >"$work/model.c"
if "$compiler" "${flags[@]}" "$work/model.c" 2>/dev/null; then
  "$compiler" "${flags[@]}" "${headers[@]}" "$work/assertions.c" || fail 'docs/api.json is not what the headers say'
  "$compiler" "${flags[@]}" -include "$work/copy/docs/cffi.h" "$work/assertions.c" || fail 'docs/cffi.h is not what the headers say'
  # Nor would it pass if it said something else.
  sed 's/offsetof(trpt_odd_outer, behind) == [0-9]*/offsetof(trpt_odd_outer, behind) == 1/' "$work/assertions.c" >"$work/wrong.c"
  "$compiler" "${flags[@]}" "${headers[@]}" "$work/wrong.c" 2>/dev/null && fail 'a wrong offset compiles'
else
  echo 'skipped, since this is no LP64 machine: sizes and offsets'
fi

# Those for whom docs/cffi.h is can read it.
if python3 -c 'import cffi' 2>/dev/null; then
  python3 - "$source/docs/cffi.h" <<'END' || fail 'cffi'
import sys, cffi
ffi = cffi.FFI()
ffi.cdef(open(sys.argv[1]).read())
assert ffi.sizeof("trpt_error") == 288
END
else
  echo 'skipped, since Python has no cffi: docs/cffi.h with cffi'
fi
if have luajit 'docs/cffi.h with LuaJIT'; then
  luajit -e 'local ffi = require "ffi"; ffi.cdef(io.read("*a")); assert(ffi.sizeof("trpt_error") == 288)' \
    <"$source/docs/cffi.h" || fail 'LuaJIT'
fi

# changed NAME MESSAGE FILE SED: with the file changed so, the check fails and says this.
changed() {
  local name=$1 message=$2 file=$3 edit=$4
  copy
  sed -i "$edit" "$work/copy/$file"
  cmp -s "$source/$file" "$work/copy/$file" && fail "$name: nothing was changed"
  if python3 "$work/copy/docs/generate/generate.py" "$build/bin/tlsrpt" --check >"$work/out" 2>&1; then
    fail "$name: was not noticed"
  fi
  grep -qF -- "$message" "$work/out" || fail "$name: $(cat "$work/out")"
}
changed 'another member' '+     "name": "more",' include/tlsrpt/record.h 's|^  uint32_t extension_count;|  uint32_t more;\n&|'
changed 'another text' '+   "documentation": "one to speak of",' include/tlsrpt/status.h 's|nothing is left|one to speak of|'
changed 'another type' '+size_t trpt_version(void);' include/tlsrpt/status.h 's|const char \*trpt_version(void)|size_t trpt_version(void)|'
changed 'no comment' 'trpt_event_type has no comment' include/tlsrpt/parser.h '/What an event brings/d'
changed 'an unknown parameter' 'trpt_time_parse has no parameter seconds_' include/tlsrpt/time.h 's|^ \* @return TRPT_OK; TRPT_E_SYNTAX| * @param seconds_  x\n&|'
changed 'a declaration of another kind' 'expected a type, which is one name' include/tlsrpt/status.h 's|^TRPT_API uint32_t|TRPT_API inline uint32_t|'
changed 'a symbol that is nowhere' 'exports what no header declares: trpt_more' lib/libtrpt.map 's|^    trpt_version;|    trpt_more;\n&|'
changed 'a function in no map' 'no lib/**/*.map has all of its functions: ' include/tlsrpt/time.h 's|trpt_time_format(|trpt_time_write(|'
changed 'a stale page' '+.Nd TLSRPT records in DNS' docs/man/libtrpt/trpt_record.3 's/^.Nd .*/.Nd old/'

# told NAME MESSAGE SED: where the command's manuals are changed so, the check fails and says this.
told() {
  local name=$1 message=$2 edit=$3
  printf '#!/bin/sh\n"%s" "$@" | sed "%s"\n' "$build/bin/tlsrpt" "$edit" >"$work/tlsrpt"
  chmod +x "$work/tlsrpt"
  python3 "$generate" "$work/tlsrpt" --check >"$work/out" 2>&1 && fail "$name: was not noticed"
  grep -qF -- "$message" "$work/out" || fail "$name: $(cat "$work/out")"
}
told 'a new option' "+  'record --fresh') words='a b' ;;" 's/^usage: tlsrpt record/& [--fresh a|b]/; s/^  --strict        only/  --fresh    new\n&/'
told 'one blank behind an option' 'no option with its value' 's/^  --strict        only/  --strict only/'
told 'an option without a text' 'in the usage or in the table, and not in both' 's/\[--strict\]/& [--fresh]/'
told 'an option that the usage lacks' 'in the usage or in the table, and not in both' 's/\[--strict\] //'
told 'no usage' 'no usage' 's/^usage/how/'

# Manual pages.
if have mandoc 'the pages'; then
  mandoc -T lint -W warning "$source"/docs/man/*/* || fail 'mandoc'
fi

if ((failures)); then
  echo "$failures failed"
  exit 1
fi
