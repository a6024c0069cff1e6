# SPDX-License-Identifier: MIT
"""native.rs: what the headers of libtrpt declare, for the binding of Rust. Types and constants lose their prefix."""

import re

from headers import Alias, Callback, Enumeration, Macro, Struct
from layout import Layout

HEAD = """// SPDX-License-Identifier: MIT
//! What the headers of libtrpt declare. Made by docs/generate; docs/api.json says what it means.
#![allow(dead_code)]

use std::mem::size_of;
use std::os::raw::{c_char, c_int, c_void};

"""
TYPES = {"void": "c_void", "char": "c_char", "int": "c_int", "size_t": "usize"}
TYPES |= {f"{c}{bits}_t": f"{rust}{bits}" for c, rust in (("int", "i"), ("uint", "u")) for bits in (8, 32, 64)}


def name_of(name):
    return f"r#{name}" if name in ("type", "where", "fn") else name


def type_of(c):
    element, _, count = c.partition("[")
    if count:
        return f"[{type_of(element)}; {count}"
    rust, is_const = "", False
    for token in re.findall(r"\w+|\*", element):
        if token == "*":
            rust, is_const = f"*{'const' if is_const else 'mut'} {rust}", False
        elif token == "const":
            is_const = True
        elif token != "struct":
            rust = TYPES.get(token) or re.sub("(?:^|_)(.)", lambda m: m[1].upper(), token.removeprefix("trpt_"))
    return rust


def result_of(function):
    return f" -> {type_of(function.returns)}" if function.returns != "void" else ""


def pointer_to(callback):
    return f'extern "C" fn({", ".join(type_of(p.type) for p in callback.parameters)}){result_of(callback)}'


def member_of(member):
    return f"pub {name_of(member.name)}: " + (f"Option<{pointer_to(member.callback)}>" if member.callback else type_of(member.type))


def struct_of(struct, layout):
    name = type_of(struct.name)
    members = ", ".join(map(member_of, struct.members)) or "_private: [u8; 0]"
    text = f"#[repr(C)] #[derive(Clone, Copy)] pub struct {name} {{ {members} }}\n"
    if struct.members:
        text += f'#[cfg(target_pointer_width = "64")] const _: () = assert!(size_of::<{name}>() == {layout.of_struct(struct)[1]});\n'
    return text


def text_of(d, layout):
    if isinstance(d, Alias):
        return f"pub type {type_of(d.name)} = {type_of(d.type)};\n"
    if isinstance(d, Enumeration):
        kind = type_of(d.alias or "uint32_t")
        return "".join(f"pub const {c.name.removeprefix('TRPT_')}: {kind} = {c.value};\n" for c in d.constants)
    if isinstance(d, Struct):
        return struct_of(d, layout)
    if isinstance(d, Callback):
        return f"pub type {type_of(d.name)} = {pointer_to(d)};\n"
    parameters = ", ".join(f"{name_of(p.name)}: {type_of(p.type)}" for p in d.parameters)
    return f'extern "C" {{ pub fn {d.name}({parameters}){result_of(d)}; }}\n'


def native_rs(headers):
    layout = Layout(headers)
    declared = [d for h in headers if h.library == "libtrpt" for d in h.declarations if not isinstance(d, Macro)]
    return HEAD + "".join(text_of(d, layout) for d in declared)
