#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that includes and calls between the folders of lib go one way.

usage: dependencies.py SOURCE_DIR BUILD_DIR [NM]

A subfolder is a folder of its own. Includes are those in all files of lib, calls are those in the objects that BUILD_DIR has.
Prints for each folder the folders that it depends on, lowest first. Fails on a cycle, between folders or between the files of
one, and if CONTRIBUTING.md lists other dependencies.
"""
import json
import re
import subprocess
import sys
from pathlib import Path

HEADING = "tests/tools/dependencies.py"  # the list follows the line in CONTRIBUTING.md that names this file
DEFINED = "TDRBVW"


def folder(path):
    return path.parent.as_posix()


def add(graph, user, used):
    graph.setdefault(user, set())
    graph.setdefault(used, set())
    if user != used:
        graph[user].add(used)


def find_includes(lib):
    """Pairs of files of lib: which includes which."""
    for path in sorted(p for p in lib.rglob("*") if p.suffix in (".c", ".h", ".def")):
        for name in re.findall(r'^\s*#\s*include\s+"([^"]+)"', path.read_text(), re.M):
            used = (path.parent / name).resolve()
            if lib in used.parents:
                yield path.relative_to(lib), used.relative_to(lib)


def find_objects(lib, build):
    """Sources of lib with the objects that were built from them."""
    for entry in json.loads((build / "compile_commands.json").read_text()):
        source = Path(entry["directory"], entry["file"]).resolve()
        if lib in source.parents:
            output = re.search(r" -o (\S+)", entry["command"]).group(1)
            yield source.relative_to(lib), Path(entry["directory"], output)


def find_calls(objects, nm):
    """Pairs of files: which uses a symbol of which."""
    definitions, uses = {}, []
    for source, path in objects:
        lines = subprocess.run([nm, str(path)], check=True, capture_output=True, text=True).stdout.splitlines()
        for kind, symbol in (line.split()[-2:] for line in lines):
            if kind in DEFINED:
                definitions[symbol] = source
            elif kind == "U":
                uses.append((source, symbol))
    return [(user, definitions[symbol]) for user, symbol in uses if symbol in definitions]


def sort(graph):
    """The nodes, each after those that it depends on; or None and the nodes of a cycle."""
    order, path = [], []

    def visit(node):
        if node in path:
            return path[path.index(node) :] + [node]
        if node in order:
            return None
        path.append(node)
        for used in sorted(graph[node]):
            cycle = visit(used)
            if cycle:
                return cycle
        order.append(path.pop())
        return None

    for node in sorted(graph):
        cycle = visit(node)
        if cycle:
            return None, cycle
    return order, []


def check(what, graph):
    order, cycle = sort(graph)
    if cycle:
        print(f"FAILED: {what} form a cycle: {' -> '.join(map(str, cycle))}")
    return order


def documented(source):
    text = (source / "CONTRIBUTING.md").read_text()
    match = re.search(re.escape(HEADING) + r".*?```text\n(.*?)```", text, re.S)
    lines = match.group(1).splitlines() if match else []
    return {line.split()[0]: set(line.split()[2:]) for line in lines}


def main():
    source, build = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    lib = source / "lib"
    includes = list(find_includes(lib))
    objects = list(find_objects(lib, build))
    calls = find_calls(objects, sys.argv[3] if len(sys.argv) > 3 else "nm")

    folders, includers, callers = {}, {}, {}
    for user, used in includes + calls:
        add(folders, folder(user), folder(used))
    for user, used in includes:
        add(includers, user, used)
    for user, used in calls:
        add(callers, user, used)

    order = check("folders of lib", folders)
    if not order or not check("includes", includers) or not check("calls", callers):
        return 1
    for name in order:
        print(f"{name} -> {' '.join(sorted(folders[name]))}".rstrip(" ->"))

    known = documented(source)
    new = [f"{user} -> {name}" for user in order for name in folders[user] - known.get(user, set())]
    # A build without an optional part has fewer calls.
    is_whole = {path.relative_to(lib) for path in lib.rglob("*.c")} == {path for path, _ in objects}
    gone = [f"{user} -> {name}" for user in known for name in known[user] - folders.get(user, set())]
    if new:
        print(f"FAILED: the list in CONTRIBUTING.md lacks {', '.join(new)}. A new dependency needs a reason.")
    if is_whole and gone:
        print(f"FAILED: the list in CONTRIBUTING.md has {', '.join(gone)}, which is no longer needed.")
    return 1 if new or is_whole and gone else 0


if __name__ == "__main__":
    sys.exit(main())
