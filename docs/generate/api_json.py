# SPDX-License-Identifier: MIT
"""docs/api.json: all that the headers declare, for programs that make bindings."""

import json

from comments import Comment
from headers import Alias, Callback, Enumeration, Macro, Struct, declared
from layout import Layout


def documented(comment):
    return {"documentation": comment.text} if comment.text else {}


def signature(function):
    return {
        "returns": {"type": function.returns} | documented(Comment(function.comment.returns)),
        "parameters": [{"name": p.name, "type": p.type} | documented(p.comment) for p in function.parameters],
    }


def pointer_to(callback):
    """The type of a member that is a callback, as C writes it without a name."""
    parameters = ", ".join(declared(p.type, p.name) for p in callback.parameters) or "void"
    return f"{declared(callback.returns, '(*)')}({parameters})"


def struct_json(struct, layout):
    places, size, alignment = layout.of_struct(struct)
    members = []
    for member, (offset, length) in zip(struct.members, places):
        kind = {"type": member.type}
        if member.callback:
            kind = {"type": pointer_to(member.callback), "callback": signature(member.callback)}
        members.append({"name": member.name} | kind | {"offset": offset, "size": length} | documented(member.comment))
    return {"size": size, "alignment": alignment, "members": members}


def sections(headers):
    layout = Layout(headers)
    found = {kind: [] for kind in ("macros", "types", "constants", "structs", "opaque", "callbacks", "functions")}

    def add(kind, header, declaration, what):
        found[kind].append({"name": declaration.name, "header": header.name} | documented(declaration.comment) | what)

    for header in sorted(headers, key=lambda h: h.name):
        for d in header.declarations:
            if isinstance(d, Macro):
                add("macros", header, d, {"value": d.value})
            elif isinstance(d, Alias):
                add("types", header, d, {"type": d.type})
            elif isinstance(d, Enumeration):
                group = {"enumeration": d.comment.text} if d.comment else {"type": d.alias} if d.alias else {}
                for constant in d.constants:
                    add("constants", header, constant, {"value": constant.value} | group)
            elif isinstance(d, Struct) and d.members:
                add("structs", header, d, struct_json(d, layout))
            elif isinstance(d, Struct):
                add("opaque", header, d, {})
            else:
                add("callbacks" if isinstance(d, Callback) else "functions", header, d, signature(d))
    return found


def api_json(headers, version):
    listed = [
        {"name": h.name, "library": h.library, "pkg-config": h.library.removeprefix("lib"), "title": h.comment.brief}
        | documented(h.comment)
        for h in sorted(headers, key=lambda h: h.name)
    ]
    api = {"version": version, "data-model": "LP64", "headers": listed} | sections(headers)
    return json.dumps(api, indent=1, ensure_ascii=False) + "\n"
