#!/bin/bash
# SPDX-License-Identifier: MIT
# trpt.c compiles alone, without a warning, with each COMPILER that is installed, which may have arguments.
# usage: amalgamation.sh FOLDER COMPILER...
set -eu
source=$(cd "$(dirname "$0")/../.." && pwd)
folder=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Other compilers do not look where Debian puts zlib's headers.
cp /usr/include/zlib.h "$work"
find /usr/include -name zconf.h -exec cp {} "$work" \;

warnings=(-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Werror)
for compiler; do
  read -ra command <<<"$compiler"
  command -v "${command[0]}" >/dev/null || {
    echo "skipped: $compiler"
    continue
  }
  "${command[@]}" -std=c11 -O2 "${warnings[@]}" -I "$work" -c "$folder/trpt.c" -o "$work/trpt.o"
  echo "compiled: $compiler"
done

# As docs/embedding.md shows it.
# shellcheck source=tests/tools/blocks.sh
source "$source/tests/tools/blocks.sh"
mkdir "$work/program"
cp "$folder"/trpt.[ch] "$work/program"
sed 's|<tlsrpt/trpt.h>|"trpt.h"|' "$source/examples/write_report.c" >"$work/program/program.c"
block "$source/docs/embedding.md" 'sh one-source' >"$work/program/block"
(cd "$work/program" && bash -eu block && ./a.out | grep -q '^v=TLSRPTv1; ')
echo "linked: docs/embedding.md"
