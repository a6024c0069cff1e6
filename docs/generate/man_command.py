# SPDX-License-Identifier: MIT
"""docs/man: tlsrpt(1), and a page for each of its commands."""

import re

from mdoc import argument, flowing, macro, page, references

USAGE_WORD = re.compile(r"\[|\](?:\.\.\.)?|[^\s\[\]]+")


def page_name(manual):
    return f"tlsrpt-{manual.command}" if manual.command else "tlsrpt"


def marks(word):
    if word.startswith("--"):
        return "Fl", word[1:]
    return ("Ql", word.strip("`")) if word.startswith("`") else None


def option_words(words):
    """Macros for words of a usage or of a term: --option, VALUE, PATH..., one|of|these, name."""
    for word in words:
        name = word.removesuffix("...")
        if name == "--":
            yield "Fl Fl"
        elif name.startswith("--"):
            yield f"Fl {argument(name[1:])}"
        elif re.fullmatch(r"[A-Z]+", name):
            yield f"Ar {name}"
        elif name:
            yield "Cm " + " | ".join(map(argument, name.split("|")))
        if word.endswith("..."):
            yield "Ns ..." if name else "No ..."


def usage(text):
    """Lines for a usage: each [ ] an Oo Oc, the rest in between."""
    words = []
    for word in USAGE_WORD.findall(text):
        if word[0] not in "[]":
            words.append(word)
            continue
        if words:
            yield "." + " ".join(option_words(words))
            words = []
        yield ".Oo" if word == "[" else ".Oc Ns ..." if word.endswith("...") else ".Oc"
    if words:
        yield "." + " ".join(option_words(words))


def term(text):
    """What stands in front of a row."""
    words = []
    for word in text.split():
        words += [*option_words([word.rstrip(",")]), *([","] if word.endswith(",") else [])]
    return ".It " + " ".join(words)


def rows(table):
    yield ".Bl -tag -width Ds"
    for row in table:
        yield term(row.term)
        yield from flowing(row.text, marks)
        if row.rows:
            yield from rows(row.rows)
    yield ".El"


def paragraphs(shown):
    for i, paragraph in enumerate(shown):
        if isinstance(paragraph, list):
            yield from rows(paragraph)
            continue
        yield from [".Pp"] if i else []
        yield from flowing(paragraph, marks)


def see_also(manual, manuals):
    """The other commands; for the program itself the library too."""
    names = {(1, page_name(m)) for m in manuals if m is not manual and m.command != "help"}
    yield from references(sorted(names | ({(3, "trpt")} if not manual.command else set())))


def command_page(manual, manuals, version):
    name = page_name(manual)
    program = not manual.command
    brief = "read SMTP TLS Reporting records and reports" if program else manual.brief
    call = manual.usage.removeprefix(manual.command).strip()
    return page(
        name,
        1,
        version,
        [".Sh NAME", f".Nm {name}", f".Nd {brief}"],
        [".Sh SYNOPSIS", macro("Nm", f"tlsrpt {manual.command}".strip()), *usage(call)],
        [".Sh DESCRIPTION", *paragraphs(manual.paragraphs)],
        [".Sh EXIT STATUS", *paragraphs(manual.exit_status)] if manual.exit_status else [],
        see_also(manual, manuals),
    )
