# SPDX-License-Identifier: MIT
"""Pages in mdoc(7)."""

import re

DATE = "November 29, 2026"  # of all pages; a release sets it

# A word of running text, with all that stands between backquotes in it.
WORD = re.compile(r"(?:`[^`]*`|\S)+")
# A word that may stand out, with the delimiters that mdoc(7) knows around it.
MARKED = re.compile(r"([(\[]*)(`[^`]+`|trpt_\w+(?:\(\))?|TRPT_\w+|--[a-z][a-z-]*)([.,;:?!)\]]*)")


def escaped(text):
    """Text without escape sequences, for a text line or an argument."""
    for character, name in ("\\", "e"), ("'", "(aq"), ("`", "(ga"), ("^", "(ha"), ("~", "(ti"):
        text = text.replace(character, "\0" + name)
    text = text.replace("\0", "\\")
    return "".join(c if c.isascii() else f"\\[u{ord(c):04X}]" for c in text)


def argument(text):
    """One argument of a macro, and no macro or delimiter itself."""
    quoted = escaped(text).replace('"', "\\(dq")
    if re.fullmatch(r"[A-Z][a-z]|%[A-Z]|[][(){}.,;:?!|]", quoted):
        quoted = "\\&" + quoted
    if re.search(r"[.,;:?!]$", quoted):
        quoted += "\\&"
    return f'"{quoted}"' if " " in quoted or not quoted else quoted


def macro(name, *arguments):
    return " ".join([f".{name}", *map(argument, arguments)])


def text_lines(words):
    """Words in lines of at most 80 columns. A sentence begins a line, so that mdoc(7) sees where the one before ends."""
    line = ""
    for word, following in zip(map(escaped, words), [*words[1:], ""]):
        line = f"{line} {word}".lstrip()
        ends = re.search(r"\w[)\"]?[.?!]$", word) and following[:1].isupper()
        if not following or ends or len(line) + 1 + len(escaped(following)) > 78:
            yield re.sub(r"^[.']", lambda m: "\\&" + m.group(), line)
            line = ""


def flowing(text, mark):
    """Lines of running text. `mark(word)` gives the macro and arguments for a word that stands out, or None."""
    plain = []
    for word in WORD.findall(text):
        match = MARKED.fullmatch(word)
        found = match and mark(match.group(2))
        if not found:
            plain.append(word.replace("`", ""))
            continue
        yield from text_lines(plain)
        plain = []
        yield " ".join([f".{found[0]}", *match.group(1), *map(argument, found[1:]), *match.group(3)])
    yield from text_lines(plain)


def blocks(text, mark):
    """Lines of paragraphs and lists, as comments.py gives them."""
    for i, paragraph in enumerate(text.split("\n\n")):
        items = paragraph.split("\n")
        if not items[0].startswith("- "):
            yield from [".Pp"] if i else []
            yield from flowing(paragraph, mark)
            continue
        yield ".Bl -bullet -compact"
        for item in items:
            yield ".It"
            yield from flowing(item.removeprefix("- "), mark)
        yield ".El"


def page(title, section, version, *bodies):
    head = [
        '.\\" SPDX-License-Identifier: MIT',
        '.\\" Made by docs/generate: cmake --build build --target generated',
        f".Dd {DATE}",
        f".Dt {title.upper()} {section}",
        f".Os libtrpt {version}",
    ]
    return "\n".join([*head, *(line for body in bodies for line in body)]) + "\n"


def references(pages):
    """The section SEE ALSO with pages of (section, name), and STANDARDS."""
    yield ".Sh SEE ALSO"
    for i, (number, name) in enumerate(pages):
        yield f".Xr {name} {number}" + (" ," if i + 1 < len(pages) else "")
    yield from [".Sh STANDARDS", ".Rs", ".%T SMTP TLS Reporting", ".%R RFC 8460", ".Re"]
