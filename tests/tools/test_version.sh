#!/bin/bash
# SPDX-License-Identifier: MIT
# Every place that states the version agrees with include/tlsrpt/status.h. usage: test_version.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/tools/shell.sh
source "${0%/*}/shell.sh"

header=include/tlsrpt/status.h
version=$(sed -n 's/^#define TRPT_VERSION_STRING "\(.*\)"$/\1/p' "$header")
IFS=. read -r major minor patch <<<"$version"

# same NAME EXPECTED FILE EXPRESSION: the first text in FILE that the expression of sed captures, and every other one.
same() {
  local name=$1 want=$2 found
  wanted "$name" || return 0
  found=$(sed -nE "s/$4/\1/p" "$3" | sort -u)
  [[ $found == "$want" ]] || fail "$name: $3 has ${found:-no version}, not $want"
}

if wanted string; then [[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || fail "string: $header has $version"; fi
same number "$(printf '0x%02x%02x%02x' "$major" "$minor" "$patch")" "$header" '^#define TRPT_VERSION_NUMBER (0x[0-9a-f]+).*'
same comment "$version" "$header" '.*Version of the library at run time, "([^"]*)".*'
same changelog "$version" <(grep -m 1 '^## [0-9]' CHANGELOG.md) '^## ([^ ]*).*'
same map "$major.$minor" <(tail -n 1 <(grep -E '^TRPT_[0-9.]+ \{' lib/libtrpt.map)) '^TRPT_([0-9.]+) .*'
same map-mail "$major.$minor" <(tail -n 1 <(grep -E '^TRPT_MAIL_[0-9.]+ \{' lib/mail/libtrpt-mail.map)) '^TRPT_MAIL_([0-9.]+) .*'
same cmake-docs "$major.$minor" docs/building.md '.*find_package\(trpt ([0-9.]+) .*'
same api "$version" <(head -n 5 docs/api.json) '^ "version": "([^"]*)",'
same cffi "$version" examples/bindings/python/src/trpt/cffi.h '.*headers of libtrpt ([0-9.]+) .*'
for page in docs/man/*/*; do same "manual ${page##*/}" "$version" "$page" '^\.Os libtrpt (.*)'; done

# Each package of a binding.
same python "$version" examples/bindings/python/pyproject.toml '^version = "(.*)"'
same rust "$version" examples/bindings/rust/Cargo.toml '^version = "(.*)"'
for file in examples/bindings/*/package.json; do same "${file%/*}" "$version" "$file" '^  "version": "(.*)",'; done

# What was built.
same pkg-config "$version" "$build/trpt.pc" '^Version: (.*)'
same cmake "$version" "$build/trptConfigVersion.cmake" '^set\(PACKAGE_VERSION "(.*)"\)'
[[ ! -x $build/bin/tlsrpt ]] || same command "$version" <("$build/bin/tlsrpt" version) '^tlsrpt (.*)'

# A release has a date, which the manual pages have too.
if wanted date; then
  date=$(sed -nE "s/^## $version - ([0-9-]{10})\$/\1/p" CHANGELOG.md)
  if [[ $date ]]; then
    want="$(date -u -d "$date" '+%B %-d, %Y')"
    grep -qF "DATE = \"$want\"" docs/generate/mdoc.py || fail "date: CHANGELOG.md has $date, docs/generate/mdoc.py another date"
  else
    grep -qE "^## $version \(not yet released\)\$" CHANGELOG.md || fail "date: CHANGELOG.md has no date for $version"
  fi
fi

# The checks find a wrong version.
if wanted faulty; then
  found=$(TRPT_STOP='' same faulty 9.9.9 "$header" '^#define TRPT_VERSION_STRING "(.*)"$')
  [[ $found == *'not 9.9.9' ]] || fail "faulty: $found"
fi

finish
