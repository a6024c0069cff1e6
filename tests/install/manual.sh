#!/bin/bash
# SPDX-License-Identifier: MIT
# Installs a build into a staging folder and looks there as a user would: man pages with mandoc's tools, and completions.
# usage: manual.sh BUILD_DIR
set -eu

build=$1
source=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
DESTDIR=$work/stage cmake --install "$build" >"$work/install.log"
prefix=$work/stage$(sed -n 's/^CMAKE_INSTALL_PREFIX:PATH=//p' "$build/CMakeCache.txt")
pages=$prefix/share/man

makewhatis -T utf8 "$pages"

# Each function of each library that was built, and each command.
maps=("$source/lib/libtrpt.map")
if [[ -f $prefix/include/tlsrpt/mail.h ]]; then maps+=("$source/lib/mail/libtrpt-mail.map"); fi
mapfile -t functions < <(sed -nE 's/^ +(trpt_\w+);$/\1/p' "${maps[@]}")
mapfile -t commands < <("$prefix/bin/tlsrpt" help | sed -nE 's/^  tlsrpt ([a-z]+) .*/\1/p' | grep -vx help)
for function in "${functions[@]}"; do
  mman -M "$pages" -O width=500 3 "$function" >"$work/page" 2>"$work/err" || {
    cat "$work/err"
    exit 1
  }
  col -b <"$work/page" | grep -q "^ *$function(" || {
    echo "the page of $function does not tell how it is called"
    exit 1
  }
done
for command in "${commands[@]}"; do mman -M "$pages" 1 "tlsrpt-$command" >/dev/null; done

# apropos finds them all by one word, with one line for each page.
mapropos -M "$pages" tlsrpt >"$work/found"
for page in "$pages"/man?/*; do
  if head -n 1 "$page" | grep -q '^\.so '; then continue; fi
  name=${page##*/}
  grep -qE "^${name%.?}(,|\()" "$work/found" || {
    echo "apropos tlsrpt does not find ${name%.?}"
    exit 1
  }
done

# As a shell finds it.
bash -c 'source "$1/share/bash-completion/completions/tlsrpt"; complete -p tlsrpt' - "$prefix"
test -s "$prefix/share/zsh/site-functions/_tlsrpt"
test -s "$prefix/share/fish/vendor_completions.d/tlsrpt.fish"
echo "ok: ${#functions[@]} functions and ${#commands[@]} commands have pages"
