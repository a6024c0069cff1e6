# SPDX-License-Identifier: MIT
"""Reads what `tlsrpt help COMMAND` shows, of which man pages and completions are made. Its form is described in
examples/tlsrpt/help.c; anything else is an error."""

import re
import subprocess
from dataclasses import dataclass, field

from headers import Wrong


@dataclass
class Row:
    """A term of a table, its text, and rows below it."""

    term: str
    text: str
    rows: list = field(default_factory=list)


@dataclass
class Option:
    name: str  # "--format"
    choices: list  # of its value; none: any value, or no value
    value: str = ""  # what the usage calls its value, "NAME"; "" where it takes none, or has choices


@dataclass
class Manual:
    command: str  # "" for the program itself
    usage: str  # what stands behind "tlsrpt", in one line
    paragraphs: list  # texts and lists of rows
    exit_status: list = field(default_factory=list)  # a text and the table of statuses
    brief: str = ""  # from the table of commands
    options: list = field(default_factory=list)

    def rows(self):
        return [row for p in self.paragraphs if isinstance(p, list) for row in p]


def wrong(command, line, message):
    raise Wrong(f"tlsrpt help {command}: {message}: {line!r} (the form is told in examples/tlsrpt/help.c)")


# A row of options: --option VALUE, --option one|of|these, several of them behind commas.
OPTIONS = re.compile(r"--([a-z-]+)?( ([A-Z]+|[a-z0-9|]+))?(, (--[a-z-]+( [A-Z]+)?|[a-z0-9]+))*")


def table_of(command, lines):
    """Two blanks, a term, at least two blanks or a line end, a text; four blanks for a row below a row; more for more text."""
    rows = []
    for line in lines:
        indent = len(line) - len(line.lstrip())
        term, _, text = line.strip().partition("  ")
        if term.startswith("--") and indent <= 4 and not OPTIONS.fullmatch(term):
            wrong(command, line, "no option with its value in front of at least two blanks")
        if indent == 2:
            rows.append(Row(term, text.strip()))
        elif indent == 4 and rows:
            rows[-1].rows.append(Row(term, text.strip()))
        elif indent > 4 and rows:
            last = rows[-1].rows[-1] if rows[-1].rows else rows[-1]
            last.text = f"{last.text} {line.strip()}".strip()
        else:
            wrong(command, line, "no row of a table")
    return rows


def paragraphs_of(command, text):
    for paragraph in re.split(r"\n{2,}", text.strip("\n")):
        lines = paragraph.split("\n")
        while lines:
            is_table = lines[0].startswith(" ")
            count = next((i for i, line in enumerate(lines) if line.startswith(" ") != is_table), len(lines))
            yield table_of(command, lines[:count]) if is_table else " ".join(lines[:count])
            lines = lines[count:]


def options_of(command, usage):
    options = []
    for name, value in re.findall(r"(--[a-z-]+)(?: ([A-Z]+|[a-z0-9]+(?:\|[a-z0-9]+)+))?", usage):
        choices = value.split("|") if "|" in value else []
        options.append(Option(name, choices, "" if choices else value))
    return options


EXIT_STATUS = "Exit status. "


def read_manual(tlsrpt, command):
    arguments = [tlsrpt, "help", command] if command else [tlsrpt, "help"]
    shown = subprocess.run(arguments, capture_output=True, text=True, check=True).stdout
    usage, _, rest = shown.partition("\n\n")
    if not usage.startswith("usage: tlsrpt "):
        wrong(command, usage, "no usage")
    made = Manual(command, " ".join(usage.removeprefix("usage: tlsrpt ").split()), [])
    for paragraph in paragraphs_of(command, rest):
        begins = isinstance(paragraph, str) and paragraph.startswith(EXIT_STATUS)
        if begins or made.exit_status:
            made.exit_status.append(paragraph.removeprefix(EXIT_STATUS) if begins else paragraph)
        else:
            made.paragraphs.append(paragraph)
    made.options = options_of(command, made.usage)
    described = {word for row in made.rows() for word in re.findall(r"--[a-z-]+", row.term)}
    if command and (missing := {o.name for o in made.options} ^ (described - {"--"})):
        wrong(command, ", ".join(sorted(missing)), "in the usage or in the table, and not in both")
    return made


def read_manuals(tlsrpt):
    """The manual of the program, then those of its commands, in its order."""
    program = read_manual(tlsrpt, "")
    manuals = [program]
    for row in program.rows():
        if match := re.match(r"tlsrpt ([a-z]+)\b", row.term):
            manuals.append(read_manual(tlsrpt, match.group(1)))
            manuals[-1].brief = row.text
    return manuals
