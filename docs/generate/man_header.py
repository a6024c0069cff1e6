# SPDX-License-Identifier: MIT
"""docs/man: a page for each header. CMake installs a link to it for each function that its NAME has."""

from headers import Alias, Callback, Enumeration, Function, Macro, Struct, declared
from mdoc import argument, blocks, flowing, macro, page, references


def page_name(header_name):
    """tlsrpt/parser.h has trpt_parser(3), tlsrpt/trpt.h has trpt(3)."""
    stem = header_name.removeprefix("tlsrpt/").removesuffix(".h")
    return stem if stem == "trpt" else f"trpt_{stem}"


class Marks:
    """How words of the interface stand out on the page of a header."""

    def __init__(self, headers):
        self.functions = {f.name: h.name for h in headers for f in h.of(Function)}
        self.types = {d.name for h in headers for d in h.declarations if isinstance(d, (Alias, Callback, Struct))}
        self.headers = {f"<{h.name}>": h.name for h in headers}
        self.header = ""
        self.local = set()  # names of parameters and members

    def __call__(self, word):
        name = word.strip("`").removesuffix("()")
        if name in self.functions:
            return ("Fn", name) if self.functions[name] == self.header else ("Xr", name, "3")
        if name in self.types:
            return "Vt", name
        if name.startswith("TRPT_") and name.replace("_", "").isalnum():
            return "Dv", name
        if name in self.headers:
            return "In", self.headers[name]
        if word.startswith("`"):
            return ("Fa" if name.lstrip("*&") in self.local else "Ql"), name
        return None


def name_section(header, names):
    yield ".Sh NAME"
    for i, name in enumerate(names):
        yield f".Nm {name}" + (" ," if i + 1 < len(names) else "")
    yield f".Nd {header.comment.brief}"


def signature(function):
    name = f"(*{function.name})" if isinstance(function, Callback) else function.name
    yield f".Ft {argument(function.returns)}"
    yield f".Fo {argument(name)}"
    yield from [macro("Fa", declared(p.type, p.name)) for p in function.parameters] or [".Fa void"]
    yield ".Fc"


def synopsis(header):
    yield ".Sh LIBRARY"
    yield f"{header.library}, for"
    yield f".Xr pkg-config 1 : {header.library.removeprefix('lib')}"
    yield ".Sh SYNOPSIS"
    yield f".In {header.name}"
    for function in header.of(Function):
        yield from signature(function)


def indented(items):
    return [".Bl -tag -width Ds", *items, ".El"] if items else []


def parameters(function, marks):
    for parameter in function.parameters:
        if parameter.comment:
            yield macro("It Fa", parameter.name)
            yield from flowing(parameter.comment.text, marks)
    if function.comment.returns:
        yield ".It Returns"
        yield from flowing(function.comment.returns, marks)


def of_function(function, marks):
    marks.local = {p.name for p in function.parameters}
    yield f".It {'Vt' if isinstance(function, Callback) else 'Fn'} {function.name}"
    if isinstance(function, Callback):
        yield from signature(function)
        yield ".Pp"
    if function.comment.text:
        yield from blocks(function.comment.text, marks)
    yield from indented(list(parameters(function, marks)))


def member_type(member):
    if not member.callback:
        return declared(member.type, member.name)
    parameters_ = ", ".join(declared(p.type, p.name) for p in member.callback.parameters)
    return f"{declared(member.callback.returns, f'(*{member.name})')}({parameters_})"


def of_struct(struct, marks):
    marks.local = {m.name for m in struct.members}
    yield f".It Vt struct {struct.name}"
    yield from blocks(struct.comment.text, marks)
    items = []
    for member in struct.members:
        items += [macro("It Fa", member_type(member)), *flowing(member.comment.text, marks)]
    yield from indented(items)


def of_constants(enumeration, marks):
    items = []
    for constant in enumeration.constants:
        items += [f".It Dv {constant.name} No ({constant.value})", *flowing(constant.comment.text, marks)]
    return indented(items)


def types(header, marks):
    marks.local = set()
    for d in header.declarations:
        if isinstance(d, Callback):
            yield from of_function(d, marks)
        elif isinstance(d, Struct):
            yield from of_struct(d, marks)
        elif isinstance(d, Alias):
            yield f".It Vt {d.name} No ({d.type})"
            yield from blocks(d.comment.text, marks)
        elif isinstance(d, Enumeration) and d.alias:
            yield from of_constants(d, marks)


def constants(header, marks):
    marks.local = set()
    groups = [d for d in header.of(Enumeration) if not d.alias]
    for i, group in enumerate(groups):
        yield from [".Pp"] if i else []
        yield from blocks(group.comment.text, marks)
        yield from of_constants(group, marks)
    macros = []
    for d in header.of(Macro):
        macros += [f".It Dv {d.name} No ({argument(str(d.value))})", *blocks(d.comment.text, marks)]
    yield from indented(macros)


def section(title, lines):
    return [f".Sh {title}", *lines] if lines else []


def see_also(header, headers):
    """Its neighbours: the pages of all headers of its library, and of those that it includes."""
    names = {page_name(h.name) for h in headers if h.library == header.library or h.name in header.includes}
    names -= {page_name(header.name)}
    yield from references(sorted([(1, "tlsrpt"), *((3, name) for name in names)]))


def header_page(header, headers, version):
    marks = Marks(headers)
    marks.header = header.name
    functions = header.of(Function)
    name = page_name(header.name)
    names = [name, *(f.name for f in functions if f.name != name)]
    return page(
        name,
        3,
        version,
        name_section(header, names),
        synopsis(header),
        [".Sh DESCRIPTION", *blocks(header.comment.text, marks)],
        section("FUNCTIONS", indented([line for f in functions for line in of_function(f, marks)])),
        section("TYPES", indented(list(types(header, marks)))),
        section("CONSTANTS", list(constants(header, marks))),
        see_also(header, headers),
    )
