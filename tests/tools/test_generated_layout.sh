#!/bin/bash
# SPDX-License-Identifier: MIT
# A compiler agrees with docs/generate about the sizes and offsets of the headers, and about cffi.h. One more header has what
# the others have not. usage: test_generated_layout.sh SOURCE_DIR BUILD_DIR C_COMPILER
set -u
# shellcheck source=tests/tools/shell.sh
source "${0%/*}/shell.sh"
# shellcheck source=tests/tools/generated.sh
source "${0%/*}/generated.sh"
compiler=$3

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
flags=(-std=c11 -fsyntax-only -Wall -Wextra -Wpedantic -Werror -include stddef.h -include stdint.h -I "$work/copy/include")
headers=()
for header in "$work"/copy/include/tlsrpt/*.h; do headers+=(-include "$header"); done
compiles() { "$compiler" "${flags[@]}" "$@"; }

echo '_Static_assert(sizeof(void *) == 8 && sizeof(long) == 8, "not LP64");' >"$work/model.c"
compiles "$work/model.c" 2>/dev/null || skip 'the compiler does not build for an LP64 machine'
copied=$work/copy/docs/generate/generate.py
python3 "$copied" "$build/bin/tlsrpt" || fail 'odd header: not read'
python3 "$copied" --assertions >"$work/assertions.c" || fail 'odd header: no assertions'
if wanted headers; then
  compiles "${headers[@]}" "$work/assertions.c" || fail 'headers: docs/api.json is not what the headers say'
fi
if wanted cffi; then
  compiles -include "$work/copy/examples/bindings/python/src/trpt/cffi.h" "$work/assertions.c" || fail 'cffi: cffi.h is not what the headers say'
fi
if wanted wrong; then
  sed 's/offsetof(trpt_odd_outer, behind) == [0-9]*/offsetof(trpt_odd_outer, behind) == 1/' "$work/assertions.c" >"$work/wrong.c"
  compiles "${headers[@]}" "$work/wrong.c" 2>"$work/err" && fail 'wrong: a wrong offset compiles'
  grep -q 'assertion' "$work/err" || fail "wrong: $(<"$work/err")"
fi

finish
