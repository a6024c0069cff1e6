# SPDX-License-Identifier: MIT
"""C that compiles only if the model says what stands in front of it: the headers, or cffi.h.
Each type is compared exactly, each offset and size as on LP64."""

from api_json import pointer_to
from headers import Alias, Callback, Enumeration, Function, Macro, Struct
from layout import Layout


def of_struct(struct, layout):
    places, size, _ = layout.of_struct(struct)
    yield f"_Static_assert(sizeof({struct.type}) == {size}, \"size of {struct.name}\");"
    for member, (offset, length) in zip(struct.members, places):
        name = f"{struct.name}.{member.name}"
        at = f"(({struct.type} *)0)->{member.name}"
        yield f"_Static_assert(offsetof({struct.type}, {member.name}) == {offset}, \"offset of {name}\");"
        yield f"_Static_assert(sizeof({at}) == {length}, \"size of {name}\");"
        type_ = pointer_to(member.callback).replace("(*)", "(**)", 1) if member.callback else pointer(member.type)
        yield f"_Static_assert(_Generic(&{at}, {type_}: 1, default: 0), \"type of {name}\");"


def pointer(type_):
    base, bracket, length = type_.partition("[")
    return f"{base} (*){bracket}{length}" if bracket else f"{base} *"


def of_declaration(d, layout):
    if isinstance(d, Macro) and isinstance(d.value, int):
        yield f"_Static_assert({d.name} == {d.value}, \"{d.name}\");"
    elif isinstance(d, Alias):
        yield f"_Static_assert(_Generic(({d.name} *)0, {d.type} *: 1, default: 0), \"{d.name}\");"
    elif isinstance(d, Enumeration):
        for constant in d.constants:
            yield f"_Static_assert({constant.name} == {constant.value}, \"{constant.name}\");"
    elif isinstance(d, Struct) and d.members:
        yield from of_struct(d, layout)
    elif isinstance(d, Struct):
        yield f"extern {d.name} *a_{d.name};"
    elif isinstance(d, Callback):
        type_ = pointer_to(d).replace("(*)", "(**)", 1)
        yield f"_Static_assert(_Generic(({d.name} *)0, {type_}: 1, default: 0), \"{d.name}\");"
    elif isinstance(d, Function):
        yield f"_Static_assert(_Generic(&{d.name}, {pointer_to(d)}: 1, default: 0), \"type of {d.name}\");"


def assertions(headers):
    layout = Layout(headers)
    lines = ["/* SPDX-License-Identifier: MIT */", "#include <stddef.h>", ""]
    for header in headers:
        for declaration in header.declarations:
            lines += of_declaration(declaration, layout)
    return "\n".join(lines) + "\n"
