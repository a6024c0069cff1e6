#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Modified condition/decision coverage of lib/: for each condition of a decision such as `a && (b || c)`, two tests show that this condition
alone changes the outcome. Lists the conditions for which none do, and fails if they are more than 5 %, if mcdc.txt has no reason for one, or
if a reason is no longer needed.

usage: mcdc.py BUILD_DIR      needs clang-19 and llvm-19 (Debian 12)
"""

import collections
import json
import os
import pathlib
import re
import subprocess
import sys

SOURCE = pathlib.Path(__file__).resolve().parents[2]
REASONS = SOURCE / "tests/tools/mcdc.txt"
LEAST_PERCENT = 95
FLAGS = "-O1 -fprofile-instr-generate -fcoverage-mapping -fcoverage-mcdc"


def run(*command, **options):
    return subprocess.run([str(word) for word in command], check=True, **options)


def build_and_test(build):
    environment = dict(os.environ, CC="clang-19")
    run("cmake", "-S", SOURCE, "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug", "-DTRPT_BUILD_TESTS=ON", "-DTRPT_BUILD_COMMAND=OFF",
        "-DCMAKE_C_FLAGS=" + FLAGS, env=environment, stdout=subprocess.DEVNULL)
    run("cmake", "--build", build, stdout=subprocess.DEVNULL)
    profiles = build / "profiles"
    profiles.mkdir(exist_ok=True)
    for old in profiles.glob("*.profraw"):
        old.unlink()
    environment = dict(os.environ, LLVM_PROFILE_FILE=str(profiles / "%p-%m.profraw"), TRPT_CHUNKS_STRIDE="17")
    # Programs only: scripts run no code of lib/ in this build.
    run("ctest", "--test-dir", build, "--output-on-failure", "-R", "^(%s)$" % "|".join(tests_of(build)), env=environment,
        stdout=subprocess.DEVNULL)
    run("llvm-profdata-19", "merge", "-sparse", "-o", build / "mcdc.profdata", *profiles.glob("*.profraw"))


def programs(build):
    return sorted(path for path in (build / "tests").glob("test_*") if path.is_file() and os.access(path, os.X_OK))


def tests_of(build):
    return [path.name[len("test_") :] for path in programs(build)]


def exported(build):
    objects = programs(build) + sorted((build / "lib").glob("*.so"))
    arguments = [word for path in objects[1:] for word in ("-object", path)]
    output = run("llvm-cov-19", "export", objects[0], *arguments, "-instr-profile", build / "mcdc.profdata", stdout=subprocess.PIPE).stdout
    return json.loads(output)["data"][0]["files"]


def text_of(lines, begin_line, begin_column, end_line, end_column):
    """The source between two positions, with each run of blanks as one."""
    part = lines[begin_line - 1 : end_line]
    part[-1] = part[-1][: end_column - 1]
    part[0] = part[0][begin_column - 1 :]
    return re.sub(r"\s+", " ", " ".join(part))


def decisions(files):
    """Yields file, line, the decision, and its conditions with whether they are covered. Inline functions are in several programs."""
    covered = collections.OrderedDict()
    branches = collections.defaultdict(set)
    for file in files:
        path = pathlib.Path(file["filename"])
        if (SOURCE / "lib") not in path.parents:
            continue
        for record in file["mcdc_records"]:
            key = (path, *record[:4])
            before = covered.get(key, [False] * len(record[6]))
            covered[key] = [a or b for a, b in zip(before, record[6])]
        branches[path].update(tuple(branch[:4]) for branch in file["branches"])
    for (path, *place), conditions in covered.items():
        lines = path.read_text(encoding="utf-8").splitlines()
        begin, end = tuple(place[:2]), tuple(place[2:])
        inside = sorted(b for b in branches[path] if begin <= b[:2] and b[2:] <= end)
        texts = [text_of(lines, *b) for b in inside] if len(inside) == len(conditions) else [str(i + 1) for i in range(len(conditions))]
        yield path.relative_to(SOURCE), place[0], text_of(lines, *place), list(zip(texts, conditions))


def reasons():
    """From (file, condition, decision) to the reason."""
    if not REASONS.exists():
        return {}
    rows = [line.split("\t") for line in REASONS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return {tuple(row[:3]): row[3] for row in rows}


def main(build):
    build_and_test(build)
    known = reasons()
    used = set()
    count = missing = unexplained = 0
    for path, line, decision, conditions in decisions(exported(build)):
        for condition, is_covered in conditions:
            count += 1
            if is_covered:
                continue
            missing += 1
            key = (str(path), condition, decision)
            used.add(key)
            unexplained += key not in known
            print("%s:%d: %s: in: %s (%s)" % (path, line, condition, decision, known.get(key, "no reason")))
    percent = 100 * (count - missing) / max(count, 1)
    print("%d conditions, %d not shown to matter (%d without a reason), %.2f %%" % (count, missing, unexplained, percent))
    for key in known.keys() - used:
        print("mcdc.txt: no longer needed: %s" % "\t".join(key))
    if percent < LEAST_PERCENT or unexplained or known.keys() - used:
        sys.exit(1)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]).resolve())
