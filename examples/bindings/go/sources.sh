#!/bin/sh
# SPDX-License-Identifier: MIT
# Writes libtrpt.hh and trpt.h: the library in one source and one header, which the package compiles.
# usage: sources.sh [FOLDER]      default: the folder of the package
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-$here}
python3 "$here/../../../lib/amalgamation.py" "$here/../../.." "$folder"
mv "$folder/trpt.c" "$folder/libtrpt.hh"
sed -i '1i // clang-format off\n' "$folder/trpt.h"
