#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes what is made of the headers' comments, of the command's manuals and of its columns: docs/api.json, docs/man,
declarations of the bindings, examples/tlsrpt/completion, the statements in docs/rows.md, docs/schemas/rows.json and the examples of
tlsrpt explain.

    generate.py TLSRPT           writes them anew; TLSRPT is the command, which shows its manuals
    generate.py TLSRPT --check   tells which of them are stale
    generate.py --assertions     C for a compiler that compares api.json with the headers, on standard output
"""

import argparse
import difflib
import sys
from pathlib import Path

sys.dont_write_bytecode = True

from api_json import api_json
from assertions import assertions
from cffi_h import cffi_h
from completion import completions
from headers import Macro, Wrong, read_headers
from help_text import read_manuals
from members_cpp import members_cpp
from members_go import members_go
from members_js import members_js, members_ts
from members_lua import members_lua
from members_python import mail_structs_py, members_h, members_py
from members_rust import members_rs
from members_table import replaced
from native_rs import native_rs
import explain_examples
import man_command
import man_header
import rows_page

CFFI = "examples/bindings/python/src/trpt/cffi.h"  # where the Python package needs it
GO = "examples/bindings/go/members.go"
CPP = "examples/bindings/cpp/trpt.hpp"
JAVASCRIPT = "examples/bindings/javascript"
LUA = "examples/bindings/luajit/trpt.lua"
PYTHON = "examples/bindings/python"
RUST = "examples/bindings/rust/src"
ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ["docs/man", "examples/tlsrpt/completion"]  # which hold nothing else


def made(headers, tlsrpt):
    """{path: text} of all files."""
    version = next(m.value for h in headers for m in h.of(Macro) if m.name == "TRPT_VERSION_STRING")
    files = {"docs/api.json": api_json(headers, version), CFFI: cffi_h(headers, version), GO: members_go(headers),
             f"{RUST}/native.rs": native_rs(headers), f"{RUST}/members.rs": members_rs(headers),
             f"{PYTHON}/native/members.h": members_h(), f"{PYTHON}/src/trpt/members.py": members_py(headers),
             f"{PYTHON}/src/trpt/mail_structs.py": mail_structs_py(headers), f"{JAVASCRIPT}/members.js": members_js(ROOT)}
    for path, part in {CPP: members_cpp(), LUA: members_lua(), f"{JAVASCRIPT}/trpt.d.ts": members_ts()}.items():
        files[path] = replaced((ROOT / path).read_text(), "".join(part))
    for header in headers:
        path = f"docs/man/{header.library}/{man_header.page_name(header.name)}.3"
        files[path] = man_header.header_page(header, headers, version)
    manuals = read_manuals(tlsrpt)
    for manual in manuals:
        if manual.command != "help":  # tlsrpt(1) says all about it
            path = f"docs/man/tlsrpt/{man_command.page_name(manual)}.1"
            files[path] = man_command.command_page(manual, manuals, version)
    files[rows_page.PAGE] = rows_page.page((ROOT / rows_page.PAGE).read_text(), tlsrpt)
    files[rows_page.SCHEMA] = rows_page.schema(tlsrpt)
    files[explain_examples.EXAMPLES] = explain_examples.definitions((ROOT / explain_examples.PAGE).read_text())
    for name, text in completions(manuals).items():
        files[f"examples/tlsrpt/completion/{name}"] = text
    return files


def existing():
    paths = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    return {str(path.relative_to(ROOT)) for path in paths}


def write(files):
    for path, text in files.items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text)
    for path in existing() - files.keys():
        (ROOT / path).unlink()


def check(files):
    stale = False
    for path in sorted(files.keys() | existing()):
        wanted = files.get(path, "")
        found = (ROOT / path).read_text() if (ROOT / path).exists() else ""
        if found != wanted or path not in files:
            stale = True
            lines = list(difflib.unified_diff(found.splitlines(), wanted.splitlines(), path, path, lineterm="", n=1))
            print("\n".join(lines[:20]))
    return stale


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tlsrpt", nargs="?")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--assertions", action="store_true")
    arguments = parser.parse_args()
    if arguments.assertions == bool(arguments.tlsrpt):
        parser.error("either the command tlsrpt or --assertions is needed")
    try:
        headers = read_headers(ROOT)
        if arguments.assertions:
            print(assertions(headers), end="")
            return 0
        files = made(headers, arguments.tlsrpt)
    except Wrong as wrong:
        print(f"docs/generate: {wrong}", file=sys.stderr)
        return 2
    if not arguments.check:
        write(files)
        return 0
    return 1 if check(files) else 0


sys.exit(main())
