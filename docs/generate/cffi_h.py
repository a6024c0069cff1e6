# SPDX-License-Identifier: MIT
"""cffi.h: what the headers declare without a preprocessor, for cffi, LuaJIT's ffi.cdef and others."""

from headers import Alias, Callback, Enumeration, Macro, Struct, declared

HEAD = """/* SPDX-License-Identifier: MIT */
/* The public headers of libtrpt {version} without preprocessor and comments: for ffi.cdef of LuaJIT and of Python's cffi, and for
   other makers of bindings. Made by docs/generate; what all of it means stands in the headers and in api.json. size_t and the
   types of stdint.h are taken as known. */
"""


def parameters_of(function):
    return ", ".join(declared(p.type, p.name) for p in function.parameters) or "void"


def callback_of(callback):
    return f"{declared(callback.returns, f'(*{callback.name})')}({parameters_of(callback)});"


def member_of(member):
    return callback_of(member.callback) if member.callback else declared(member.type, member.name) + ";"


def enumeration_of(constants):
    values = ",\n".join(f"  {c.name} = {c.value}" for c in constants)
    return ["enum {", values, "};"]


def lines_of(d):
    if isinstance(d, Macro):
        # A text has no place in such a file: trpt_version tells it.
        return enumeration_of([d]) if isinstance(d.value, int) else []
    if isinstance(d, Alias):
        return [f"typedef {declared(d.type, d.name)};"]
    if isinstance(d, Enumeration):
        return enumeration_of(d.constants)
    if isinstance(d, Struct):
        if not d.members:
            return [f"typedef struct {d.name} {d.name};"]
        members = [f"  {member_of(m)}" for m in d.members]
        if d.is_foreign:
            return [f"{d.type} {{", *members, "};"]
        return [f"typedef struct {d.name} {{", *members, f"}} {d.name};"]
    if isinstance(d, Callback):
        return [f"typedef {callback_of(d)}"]
    return [f"{declared(d.returns, d.name)}({parameters_of(d)});"]


def cffi_h(headers, version):
    lines = []
    for header in headers:
        if header.declarations:
            lines += ["", f"/* <{header.name}>, {header.library} */"]
        for declaration in header.declarations:
            lines += lines_of(declaration)
    return HEAD.format(version=version) + "\n".join(lines) + "\n"
