# SPDX-License-Identifier: MIT
"""Reads the documentation comments of the headers."""

import re
from dataclasses import dataclass, field


@dataclass
class Comment:
    """`text` is paragraphs with a blank line between them; lines of a list begin with "- "."""

    text: str = ""
    brief: str = ""
    parameters: dict = field(default_factory=dict)
    returns: str = ""
    is_file: bool = False

    def __bool__(self):
        return bool(self.text or self.returns or self.is_file)


def joined(lines):
    """Lines to paragraphs, each a line of its own, and list items, each a line of its own."""
    paragraphs, begin = [], True
    for line in lines:
        if not line:
            begin = True
        elif line.startswith("- "):
            is_list = bool(paragraphs) and not begin
            paragraphs.append(("\n" if is_list else "\n\n" if paragraphs else "") + line)
            begin = False
        elif begin:
            paragraphs.append(("\n\n" if paragraphs else "") + line)
            begin = False
        else:
            paragraphs.append(" " + line)
    return "".join(paragraphs)


def read_comment(text):
    text = re.sub(r"^/\*\*<?|\*/$", "", text)
    made = Comment()
    parts = [("text", [])]
    for line in text.split("\n"):
        line = re.sub(r"^\s*\*( |$)", "", line).strip()
        command = re.match(r"@(file|brief|param|return)\b\s*(.*)", line)
        if command and command.group(1) == "file":
            made.is_file = True
        elif command:
            parts.append((command.group(1), [command.group(2)]))
        elif not line and parts[-1][0] == "brief":
            parts.append(("text", []))
        else:
            parts[-1][1].append(line)
    made.text = joined([line for kind, lines in parts if kind == "text" for line in lines])
    for kind, lines in parts:
        if kind == "brief":
            made.brief = joined(lines)
        elif kind == "param":
            name, _, rest = joined(lines).partition(" ")
            made.parameters[name] = rest.strip()
        elif kind == "return":
            made.returns = joined(lines)
    return made
