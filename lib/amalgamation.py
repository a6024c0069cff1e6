#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes trpt.c and trpt.h: the core as one source and one header, for programs that carry it along.

usage: amalgamation.py SOURCE_DIR OUTPUT_DIR [FILE.c...]    default: all that lib/CMakeLists.txt lists, without yajl

Each header is inserted where it is first included, and each .def file wherever it is included. What a file keeps to itself gets the
name of the file as a prefix if another file uses the same name, since all of them share one scope here.
"""

import re
import sys
from pathlib import Path

TOKEN = re.compile(
    r"""(?P<comment>/\*.*?\*/|//[^\n]*)|(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|(?P<directive>^[ \t]*\#(?:[^\n\\]|\\.|\\\n)*)"""
    r"""|(?P<name>[A-Za-z_]\w*)|(?P<number>\.?\d(?:[eEpP][+-]|[\w.])*)|(?P<space>\s+)|(?P<sign>->|.)""",
    re.S | re.M | re.X,
)
INCLUDE = re.compile(r'[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]')
DEFINE = re.compile(r"[ \t]*#[ \t]*(define|undef)[ \t]+(\w+)")
PUBLIC = "tlsrpt/"
# Functions that zlib.h declares on some systems, through unistd.h and others.
SYSTEM = {"access", "close", "dup", "index", "link", "open", "pause", "pipe", "read", "remove", "select", "sleep", "time", "write"}
BEGIN = """#ifndef TRPT_BUILD
#define TRPT_BUILD
#endif
#include "trpt.h"
@system@
#if defined(__ELF__) || defined(__APPLE__)
#pragma GCC visibility push(hidden)
#endif
/* gcc limits how much one source may grow by inlining, and leaves out what is called for each value. */
#if defined(__GNUC__) && !defined(__clang__)
#define TRPT_INLINE inline __attribute__((always_inline))
#else
#define TRPT_INLINE inline
#endif
#ifdef __GNUC__
/* Some helpers are for libtrpt-mail only. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#endif
"""
END = """
#ifdef __GNUC__
#pragma GCC diagnostic pop
#endif
#if defined(__ELF__) || defined(__APPLE__)
#pragma GCC visibility pop
#endif
"""


def tokens(text):
    return [(match.lastgroup, match.group()) for match in TOKEN.finditer(text)]


def meaningful(text):
    return [token for token in tokens(text) if token[0] not in ("comment", "space", "directive")]


def declared(statement):
    """The names that a statement of file scope, without what is within its braces, keeps to its file."""
    words = [text for kind, text in statement if kind == "name"]
    if not words:
        return set()
    names = set()
    signs = [text for _, text in statement]
    for keyword in ("struct", "union", "enum"):
        if keyword in words and signs[-1:] == ["{"] and signs[-2] != keyword:
            names.add(signs[-2])
    if words[0] == "typedef" and signs[-1] == ";":
        names.add(words[-1])
    if words[0] == "static":
        for i, sign in enumerate(signs):
            if sign in ("(", "=", "[", ";") and statement[i - 1][0] == "name":
                names.add(signs[i - 1])
                break
    return names


def own_names(text):
    """What a source keeps to itself: static functions and objects, types, enumerators and macros."""
    names, depth, statement, enumerators, expects = set(), 0, [], False, False
    for kind, sign in meaningful(text):
        if depth == 0:
            statement.append((kind, sign))
            if sign in "{;":
                names |= declared(statement)
            if sign == "{":
                enumerators = any(text == "enum" for _, text in statement)
                expects = True
            elif sign == ";":
                statement = []
        elif enumerators and depth == 1:
            if kind == "name" and expects:
                names.add(sign)
            expects = sign == ","
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0 and not any(text in ("struct", "enum", "union", "=", "typedef") for _, text in statement):
                statement = []
            elif depth == 0:
                statement = [token for token in statement if token[1] != "{"]
    return names


def macros(text):
    """Macros that a source defines and leaves defined."""
    defined = []
    for kind, directive in tokens(text):
        match = DEFINE.match(directive) if kind == "directive" else None
        if match and match[1] == "define":
            defined.append(match[2])
        elif match and match[2] in defined:
            defined.remove(match[2])
    return defined


def used_names(text):
    return set(re.findall(r"[A-Za-z_]\w*", "".join(sign for kind, sign in tokens(text) if kind not in ("comment", "text"))))


def renamed(text, names):
    """The text with new names for what it keeps to itself. Members of structs keep theirs."""
    result, previous = [], ""
    for kind, sign in tokens(text):
        if kind == "directive" and not INCLUDE.match(sign):
            sign = re.sub(r'(?<![\w."])(?<!->)[A-Za-z_]\w*', lambda match: names.get(match[0], match[0]), sign)
        elif kind == "name" and previous not in (".", "->"):
            sign = names.get(sign, sign)
        if kind not in ("comment", "space"):
            previous = sign
        result.append(sign)
    return "".join(result)


def without_comments(text):
    bare = "".join(sign for kind, sign in tokens(text) if kind != "comment")
    return re.sub(r"\n\s*\n+", "\n", bare).strip() + "\n"


class Amalgamation:
    def __init__(self, source):
        self.include, self.lib = source / "include", source / "lib"
        self.seen = set()

    def public_header(self, name):
        return self.expanded(self.include / name, lambda text: text)

    def expanded(self, path, change):
        """The text of a file, with what it includes."""
        result = []
        for kind, sign in tokens(change(path.read_text())):
            match = INCLUDE.match(sign) if kind == "directive" else None
            result.append(self.included(match, path, change) if match else sign)
        return "".join(result)

    def included(self, match, path, change):
        quote, name = match.groups()
        if quote == "<" and not name.startswith(PUBLIC):
            return match.group()
        file = (self.include / name if quote == "<" else path.parent / name).resolve()
        if file.suffix == ".def":
            return self.expanded(file, lambda text: change(without_comments(text))).rstrip("\n")
        if file in self.seen:
            return ""
        self.seen.add(file)
        return self.expanded(file, lambda text: text).rstrip("\n")

    def source(self, path, names):
        text = self.expanded(path, lambda text: renamed(text, names))
        left = "".join(f"#undef {names.get(name, name)}\n" for name in macros(path.read_text()))
        return f"\n/* lib/{path.relative_to(self.lib)} */\n{text}{left}"


def prefixes(texts):
    """For each source new names for those of its own that other files use too."""
    uses = {path: used_names(text) for path, text in texts.items()}
    changed = {}
    for path, text in texts.items():
        if path.suffix != ".c":
            continue
        elsewhere = set().union(*(names for other, names in uses.items() if other != path))
        left = set(macros(text))
        stem = path.stem.replace("-", "_")
        changed[path] = {
            name: f"{stem.upper() if name.isupper() else stem}_{name}"
            for name in own_names(text) - left
            if name in elsewhere | SYSTEM and not name.lower().startswith("trpt_")
        }
    return changed


def system_includes(body):
    """What the C library and zlib declare is not hidden, so their headers come first. Those of processors follow an #if."""
    names = set(re.findall(r"^#include <([^>]+)>", body, re.M))
    return "\n".join(f"#include <{name}>" for name in sorted(names) if not re.search(r"intrin|neon|simd", name))


def listed(source):
    """The sources of the core, for packages that are built without CMake."""
    text = (source / "lib" / "CMakeLists.txt").read_text()
    lists = re.findall(r"^ *(?:set|list)\((?:APPEND )?(?:trpt_base_sources|trpt_sources)\s([^)]*)\)", text, re.M)
    names = [name for names in lists for name in names.split() if name.endswith(".c")]
    return [name for name in dict.fromkeys(names) if "$" not in name and name != "json/yajl.c"]


def main():
    source, output = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    sources = [(source / "lib" / name).resolve() for name in sys.argv[3:] or listed(source)]
    output.mkdir(parents=True, exist_ok=True)
    about = "/*\n" + "".join(f" * {line}".rstrip() + "\n" for line in
                             ["SPDX-License-Identifier: MIT", "", "%s", ""]
                             + (source / "LICENSE").read_text().splitlines()) + " */\n"

    amalgamation = Amalgamation(source)
    header = amalgamation.public_header("tlsrpt/trpt.h")
    (output / "trpt.h").write_text(about % "The interface of libtrpt in one file, without libtrpt-mail." + header)

    texts = {path: path.read_text() for path in source.glob("lib/**/*") if path.suffix in (".c", ".h")
             and "mail" not in path.relative_to(source / "lib").parts}
    names = prefixes(texts)
    body = "".join(amalgamation.source(path, names[path]) for path in sources)
    body = re.sub("^static inline ", "static TRPT_INLINE ", body, flags=re.M)
    with (output / "trpt.c").open("w") as out:
        out.write(about % "libtrpt in one file, without libtrpt-mail. Compile it with a C11 compiler and link zlib.")
        out.write(BEGIN.replace("@system@", system_includes(body)) + body + END)


main()
