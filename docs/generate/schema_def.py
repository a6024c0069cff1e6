# SPDX-License-Identifier: MIT
"""The JSON members of reports, as lib/model/schema.def has them."""

import re
from dataclasses import dataclass

ROW = re.compile(r"^(OBJECT|MEMBER|LIST)\((.*?)\)$", re.M | re.S)


@dataclass
class JsonMember:
    object: str  # that it is in
    name: str
    type: str
    field: str  # of the structure; of an object or array its id
    number: str  # another field, with the value of a text
    bit: str  # of `present`, or ""


def read_schema(root):
    """(the id of each object, in the order of writing; its JSON members) of lib/model/schema.def."""
    text = (root / "lib/model/schema.def").read_text().partition("/* clang-format off */")[2]
    objects = {}
    for kind, row in ROW.findall(text):
        cells = [cell.strip() for cell in row.split(",")]
        if kind == "OBJECT":
            objects[cells[0]] = []
        else:
            if kind == "LIST":
                cells.insert(4, "LIST")
            _, _, owner, name, type_, field, number, bit = cells[:8]
            objects[owner].append(JsonMember(owner, name.strip('"'), type_, field, number, bit.removeprefix("TRPT_").lstrip("0")))
    return objects
