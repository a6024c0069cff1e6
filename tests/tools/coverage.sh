#!/bin/bash
# SPDX-License-Identifier: MIT
# Lists the lines and branches of lib/ that no test takes, and fails if there are any. Needs gcc and gcovr.
#   tests/tools/coverage.sh [BUILD FOLDER]
# A line that bears GCOVR_EXCL_LINE or GCOVR_EXCL_BR_LINE is left out; its comment says why nothing can get there.
set -euo pipefail

cd "$(dirname "$0")/../.."
build=${1:-build-coverage}

# Not optimized, so that each operand of && and || has its own branches.
# Threads count too: test_threads.
CC=gcc cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_FLAGS='--coverage -fprofile-update=atomic' -DTRPT_BUILD_TESTS=ON \
  -DTRPT_BUILD_MAIL=ON >/dev/null
cmake --build "$build" | tail -n 1
find "$build" -name '*.gcda' -delete
# Without what measures time, which this build distorts, and the defaults of limits, whose large inputs take minutes here. Of the
# inputs that are cut in every place it tries a few.
TRPT_CHUNKS_STRIDE=17 ctest --test-dir "$build" --output-on-failure -j "$(nproc)" -E '^cliffs|_defaults$' >"$build/ctest.log" || {
  tail -n 60 "$build/ctest.log"
  exit 1
}

# gcovr's own thresholds round: of a thousand branches it would not miss one.
# scan_plain compiles the same functions at other lines of scan.h, which gcovr cannot add up.
gcovr --root . --filter 'lib/' --exclude-directories '.*test_scan_plain' --exclude-unreachable-branches --json "$build/coverage.json" "$build"
python3 - "$build/coverage.json" <<'END'
import json
import sys

lines = branches = 0
missing = []
for file in json.load(open(sys.argv[1]))["files"]:
    with open(file["file"], encoding="utf-8") as source:
        text = source.read().splitlines()
    for line in file["lines"]:
        if line["gcovr/noncode"]:
            continue
        not_taken = sum(branch["count"] == 0 for branch in line["branches"])
        lines += 1
        branches += len(line["branches"])
        if line["count"] and not not_taken:
            continue
        what = f"{not_taken} of {len(line['branches'])} branches" if line["count"] else "line"
        number = line["line_number"]
        missing.append(f"{file['file']}:{number}: {what}: {text[number - 1].strip()}")
print(f"{lines} lines and {branches} branches of the library, {len(missing)} lines not taken or not in all ways")
print("\n".join(missing))
sys.exit(1 if missing or not lines else 0)
END
