#!/bin/bash
# SPDX-License-Identifier: MIT
# What docs/generate makes is current and right, and so are the sources in the package for Go. Whether compilers and readers agree:
# test_generated_layout.sh, test_generated_for.sh.
# usage: test_generated.sh SOURCE_DIR BUILD_DIR
set -u

# shellcheck source=tests/tools/shell.sh
source "${0%/*}/shell.sh"
# shellcheck source=tests/tools/generated.sh
source "${0%/*}/generated.sh"
generate=$source/docs/generate/generate.py

if wanted current; then
  python3 "$generate" "$build/bin/tlsrpt" --check ||
    fail "current: docs/generate makes something else now. Write it anew: cmake --build $build --target generated"
fi

if wanted sources; then
  mkdir "$work/go"
  "$source/examples/bindings/go/sources.sh" "$work/go" || fail 'sources: not written'
  for file in libtrpt.hh trpt.h; do
    cmp "$work/go/$file" "$source/examples/bindings/go/$file" ||
      fail "sources: $file of the package for Go is of another state of the library. Write it anew: cmake --build $build --target generated"
  done
fi

# changed NAME MESSAGE FILE SED: with the file changed so, the check fails and says this.
changed() {
  local name=$1 message=$2 file=$3 edit=$4
  wanted "$name" || return 0
  copy
  sed -i "$edit" "$work/copy/$file"
  cmp -s "$source/$file" "$work/copy/$file" && fail "$name: nothing was changed"
  if python3 "$work/copy/docs/generate/generate.py" "$build/bin/tlsrpt" --check >"$work/out" 2>&1; then
    fail "$name: was not noticed"
  fi
  grep -qF -- "$message" "$work/out" || fail "$name: $(cat "$work/out")"
}
changed 'another member' '+     "name": "more",' include/tlsrpt/record.h 's|^  uint32_t extension_count;|  uint32_t more;\n&|'
changed 'another text' '+   "documentation": "one to speak of",' include/tlsrpt/status.h 's|nothing remains|one to speak of|'
changed 'another type' '+size_t trpt_version(void);' include/tlsrpt/status.h 's|const char \*trpt_version(void)|size_t trpt_version(void)|'
changed 'no comment' 'trpt_event_type has no comment' include/tlsrpt/parser.h '/The type of an event/d'
changed 'an unknown parameter' 'trpt_time_parse has no parameter seconds_' include/tlsrpt/time.h 's|^ \* @return TRPT_OK; TRPT_E_SYNTAX| * @param seconds_  x\n&|'
changed 'a declaration of another kind' 'expected a type, which is one name' include/tlsrpt/status.h 's|^TRPT_API uint32_t|TRPT_API inline uint32_t|'
changed 'a symbol that is nowhere' 'exports what no header declares: trpt_more' lib/libtrpt.map 's|^    trpt_version;|    trpt_more;\n&|'
changed 'a function in no map' 'no lib/**/*.map has all of its functions: ' include/tlsrpt/time.h 's|trpt_time_format(|trpt_time_write(|'
for language in rust/src/members.rs go/members.go cpp/trpt.hpp luajit/trpt.lua javascript/trpt.d.ts javascript/members.js python/src/trpt/members.py; do
  changed "a member of reports, ${language%%/*}" "+++ examples/bindings/$language" docs/generate/members_table.py 's/^  index number .*/&\n  more number/'
done
changed 'a stale page' '+.Nd TLSRPT records in DNS' docs/man/libtrpt/trpt_record.3 's/^.Nd .*/.Nd old/'

# told NAME MESSAGE SED: where the command's manuals are changed so, the check fails and says this.
told() {
  local name=$1 message=$2 edit=$3
  wanted "$name" || return 0
  printf '#!/bin/sh\n"%s" "$@" | sed "%s"\n' "$build/bin/tlsrpt" "$edit" >"$work/tlsrpt"
  chmod +x "$work/tlsrpt"
  python3 "$generate" "$work/tlsrpt" --check >"$work/out" 2>&1 && fail "$name: was not noticed"
  grep -qF -- "$message" "$work/out" || fail "$name: $(cat "$work/out")"
}
told 'a new option' "+  'record --fresh') words='a b' ;;" 's/^usage: tlsrpt record/& [--fresh a|b]/; s/^  --strict        accept/  --fresh    new\n&/'
told 'one blank behind an option' 'no option with its value' 's/^  --strict        accept/  --strict accept/'
told 'an option without a text' 'in the usage or in the table, and not in both' 's/\[--strict\]/& [--fresh]/'
told 'an option that the usage lacks' 'in the usage or in the table, and not in both' 's/\[--strict\] //'
told 'no usage' 'no usage' 's/^usage/how/'

finish
