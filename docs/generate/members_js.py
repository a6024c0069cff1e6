# SPDX-License-Identifier: MIT
"""A part of trpt.d.ts: the types of the parts of reports."""

from members_table import PARTS, groups

TYPES = {"result_type": "string", "policy_type": '"tlsa" | "sts" | "no-policy-found"', "severity": '"info" | "warning" | "error"',
         "text": "string", "list": "string[]", "count": "Count", "flag": "boolean", "number": "number", "offset": "number", "time": "Date",
         "static": "string", "path": "string"}
OPTIONAL = {"result_type", "policy_type", "text", "list", "count", "time"}


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(map(str.capitalize, rest))


def members_ts():
    for name, doc, members in groups()[PARTS]:
        yield f'\n/** {doc} */\nexport interface {name} {{\n  event: "{"report" if name == "Metadata" else name.lower()}";\n'
        for m in members:
            if m.kind in TYPES:
                about = {"type": "The name as in RFC 8460, if it has the type.", "time": ""}.get(m.name if m.name == "type" else m.kind, m.doc)
                yield (f"  /** {about} */\n" if about else "") + f"  {camel(m.name)}{'?' if m.kind in OPTIONAL else ''}: {TYPES[m.kind]};\n"
        yield ("  /** What to do about it. */\n  advice?: string;\n" if name == "Diagnostic" else "") + "}\n"
