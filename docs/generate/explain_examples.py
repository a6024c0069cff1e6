# SPDX-License-Identifier: MIT
"""The examples of tlsrpt explain: the first example of each code in docs/diagnostics.md."""

import re

PAGE = "docs/diagnostics.md"
EXAMPLES = "examples/tlsrpt/explain_examples.def"
HEAD = """/* SPDX-License-Identifier: MIT */
/* The examples of tlsrpt explain, written by the target `generated` from docs/diagnostics.md. Do not edit.
   EXAMPLE(code, text): lines that begin with two blanks. */
"""


def first_example(section):
    """The lines of the first example: a text and what is found in it, or records of DNS and a run of the command."""
    lines, inside = [], False
    for line in section[1:]:
        if line.startswith("```"):
            inside = not inside
            if not inside and any(f"[{section[0]}" in text for text in lines):
                return lines
        elif inside or line.endswith(":"):
            lines.append(line)
    raise ValueError(f"{PAGE}: {section[0]} has no example")


def quoted(line):
    escaped = line.replace("\\", "\\\\").replace('"', '\\"')
    return f'        "  {escaped}\\n"' if line else '        "\\n"'


def definitions(page):
    """The file EXAMPLES."""
    sections = re.split(r"^### ", page, flags=re.M)[1:]
    rows = []
    for section in sections:
        lines = section.split("\n## ")[0].splitlines()
        rows.append(f'EXAMPLE("{lines[0]}",\n' + "\n".join(map(quoted, first_example(lines))) + ")\n")
    return HEAD + "".join(rows)
