#!/bin/bash
# SPDX-License-Identifier: MIT
# No shell test takes the silence of a command for success: in `! COMMAND | grep TEXT` and `if COMMAND | grep TEXT; then fail` a
# command that crashes passes. Such a test first writes a file and looks at the status. What only copies files may be in front
# of grep. usage: test_pipes.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/tools/shell.sh
source "${0%/*}/shell.sh"

# silent FILE...: the lines of this kind. A line that follows `if` and ends with `then` belongs to it.
silent() {
  awk '
    function command(text) { sub(/^.*(! |if )/, "", text); sub(/ .*/, "", text); return text }
    function report(text) {
      if (command(text) !~ /^(grep|sed|head|tail|cat|comm|awk|cut|tr|sort|diff|echo|printf)$/) print FILENAME ":" FNR ": " text }
    /^ *#/ { next }
    pending != "" { if (/^ *(fail |exit 1|return 1|echo )/) report(pending); pending = "" }
    /(^|[ ;&|({])! [^|]*[^|]\| *grep / { report($0); next }
    /(^|[ ;&|({])if [^|!]*[^|]\| *grep / { if (/; then *(fail |exit 1|return 1)/) report($0); else if (/; then$/) pending = $0 }' "$@"
}

if wanted examples; then
  cat >"$work/bad" <<'END'
! "$tlsrpt" report x | grep -q y || fail
if readelf -d x | grep y; then exit 1; fi
  if on_terminal x | grep -q y; then
    fail 'z'
END
  cat >"$work/good" <<'END'
if grep -q y "$work/out"; then fail 'z'; fi
"$tlsrpt" report x | grep -q y || fail 'z'
! grep -v x file | grep y
if "$tlsrpt" report x | grep -q y; then echo yes; fi
END
  [[ $(silent "$work/bad" | wc -l) == 3 ]] || fail "examples: found are $(silent "$work/bad")"
  [[ -z $(silent "$work/good") ]] || fail "examples: wrong are $(silent "$work/good")"
fi
if wanted tests; then
  mapfile -t scripts < <(find tests -name '*.sh' ! -name test_pipes.sh)
  ((${#scripts[@]} > 20)) || fail "tests: only ${#scripts[@]} scripts"
  silent "${scripts[@]}" >"$work/found"
  [[ ! -s $work/found ]] || fail "tests: $(<"$work/found")"
fi

finish
