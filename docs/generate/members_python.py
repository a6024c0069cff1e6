# SPDX-License-Identifier: MIT
"""members.py: classes of reports and enumerations. native/members.h: where their values are in the structs of the library.
mail_structs.py: structs and functions of libtrpt-mail."""

from headers import Alias, Enumeration, Function, Macro, Struct
from layout import SIZES
from members_table import ABSENT, MAIL_ITEM, OPTIONS, enumerations, filled, groups

HEAD = '''# SPDX-License-Identifier: MIT
"""The parts of reports. Made by docs/generate."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import datetime

from . import _trpt
from .bases import Advice, Error, LaterNumber, ResultNumber, stored_by_base, to_datetime, to_seconds
'''
ENUMERATION = '''

class {name}({base}):
    """{doc}"""

'''
GROUP = '''

@stored_by_base
@dataclass
class {name}({base}_trpt.{name}):
    """{doc}"""

    __slots__ = ()

'''
ENUMERATIONS = {"Severity": "enum.IntEnum", "Scheme": "enum.IntEnum", "PolicyType": "LaterNumber", "ResultType": "ResultNumber"}
TIME = '''
    @property
    def {m}(self) -> datetime | None:
        """In UTC; None also for a year that datetime does not have."""
        return to_datetime(self.{m}_seconds)

    @{m}.setter
    def {m}(self, time: datetime | None) -> None:
        self.{m}_seconds = to_seconds(time)
'''
BASES = {"Diagnostic": "Advice, ", "Report": "Metadata, "}
FIELDS = {"result_type": "{m}: ResultType = ResultType.UNKNOWN", "policy_type": "{m}: PolicyType = PolicyType.UNKNOWN",
          "severity": "{m}: Severity = Severity.INFO", "failures": "{m}: list[Failure] = field(default_factory=list)",
          "policies": "{m}: list[Policy] = field(default_factory=list)",
          "diagnostics": "{m}: list[Diagnostic] = field(default_factory=list)", "=has_policy": "{m}: bool = True",
          "flag": "{m}: bool = False", "list": "{m}: list[str] | None = None"}
FIELDS |= dict.fromkeys(("text", "value"), "{m}: str | None = None") | dict.fromkeys(("count", "time"), "{m}: int | None = None")
FIELDS |= dict.fromkeys(("number", "offset"), "{m}: int = 0") | dict.fromkeys(("static", "path", "key"), '{m}: str = ""')
# Kind, offset, bit and `more`: see Member in native.h.
ROWS = {"result_type": "ENUM, AT({c}), RESULT_TYPES, 0", "policy_type": "ENUM, AT({c}), POLICY_TYPES, 0",
        "severity": "ENUM, AT({c}), SEVERITIES, 0", "text": "TEXT, AT({c}), 0, 0", "list": "TEXTS, AT({c}), TRPT_{bit}, AT({count})",
        "count": "NUMBER_IF, AT({c}), TRPT_{bit}, AT(present)", "flag": "IS_SET, 0, TRPT_{bit}, AT(present)",
        "failures": "CHILDREN, 0, FAILURE, 0", "policies": "CHILDREN, 0, POLICY, 0", "diagnostics": "CHILDREN, 0, DIAGNOSTIC, 0",
        "number": "NUMBER, AT({c}), 0, 0", "offset": "OFFSET, AT({c}), 0, 0", "time": "TIME, AT({c}), 0, 0", "key": "KEY, 0, 0, 0",
        "value": "VALUE, 0, 0, 0", "static": "STATIC, AT({c}), 0, 0", "path": "ASCII, AT({c}), 0, 0"}
CLASS = '    [{enum}] = {{{table}_members, {count}}},\n'
TYPE = '''
static PyMemberDef {table}_slots[] = {{
{slots}    {{NULL, 0, 0, 0, NULL}},
}};
static PyGetSetDef {table}_lazy[] = {{
{lazy}    {{NULL, NULL, NULL, NULL, NULL}},
}};
static PyType_Slot {table}_type[] = {{
    {{Py_tp_new, SLOT(PyType_GenericNew)}},
    {{Py_tp_dealloc, SLOT(object_dealloc)}},
    {{Py_tp_traverse, SLOT(owner_traverse)}},
    {{Py_tp_clear, SLOT(owner_clear)}},
    {{Py_tp_members, {table}_slots}},
    {{Py_tp_getset, {table}_lazy}},
    {{0, NULL}},
}};
'''
# Members that are created when they are read. Programs that read one member of a report need not pay for all of them. Its counts are
# small numbers, which cost nothing.
LAZY = {"metadata": {"text", "time", "policies", "diagnostics", "key", "value"}, "policy": {"failures"}}
OPTION_ROWS = ROWS | {"=strict": "IS_SET, 0, TRPT_{bit}, AT(flags)", "=no_diagnostics": "IS_UNSET, 0, TRPT_{bit}, AT(flags)",
                      "now": "DATE, AT({c}), 0, 0"}
ITEM_FIELDS = FIELDS | {"report": "{m}: Report | None", "error": "{m}: Error | None", "name": "{m}: str", "yes": "{m}: bool", "signer": "{m}: bool"}
ITEM = '''

@dataclass
class MailItem:
    """{doc}"""

'''
SETUP = '''

_trpt.setup(Report, Policy, Failure, Metadata, Diagnostic, Error, tuple(PolicyType), tuple(ResultType), tuple(Severity), to_seconds)
'''
MAIL_HEAD = '''# SPDX-License-Identifier: MIT
"""What mail.h declares, for ctypes. Pointers are addresses. Made by docs/generate."""

from __future__ import annotations

import ctypes
from typing import Any

{constants}

class Text(ctypes.Structure):
    _fields_ = [("ptr", ctypes.POINTER(ctypes.c_char)), ("len", ctypes.c_size_t)]

    @property
    def value(self) -> str | None:
        return self.ptr[:self.len].decode(errors="replace") if self.ptr else None
'''
STRUCT = '''

class {name}(ctypes.Structure):
    _fields_ = [
{rows}    ]
'''
MAIL_TAIL = '''

MAIL_LIMITS = {{
{limits}}}
"""The highest value of each."""
FUNCTIONS: dict[str, tuple[Any, list[Any]]] = {{
{functions}}}
"""Type of the result, and types of the parameters."""


def values_of(item: MailItemStruct, library: Any) -> dict[str, Any]:
    """Those members of a MailItem that are not objects."""
    return {{
{values}    }}
'''
MAIL_STRUCTS = {"trpt_mail_options": "MailOptionsStruct", "trpt_mail_item": "MailItemStruct"}
CORE_FUNCTIONS = {"trpt_status_name", "trpt_status_message", "trpt_version_number"}
CTYPES = {"void": "None", "trpt_str": "Text", "const char *": "ctypes.c_char_p", "size_t": "ctypes.c_size_t"}
ITEM_VALUES = {"yes": "item.{m} != 0", "offset": "item.{m}", "text": "item.{m}.value", "signer": "item.signer & {bit} != 0",
               "name": "library.trpt_mail_kind_name(item.{m}).decode()", "=dkim": "library.trpt_dkim_result_name(item.{m}).decode()",
               "time": "None if item.{m} == -1 << 63 else item.{m}"}
NAMES = {"start": "start_seconds", "end": "end_seconds", "from": "sender", "date": "date_seconds", "no_diagnostics": "diagnostics"}


def fields_of(members, lines):
    return "".join(f"    {line}\n" + (f'    """{m.doc}"""\n' if m.doc else "") for m, line in zip(members, lines))


def times_of(members):
    return "".join(filled({"time": TIME}, members))


def members_py(headers):
    text = HEAD
    for name, _, doc, _, values in enumerations(headers, ENUMERATIONS):
        text += ENUMERATION.format(name=name, base=ENUMERATIONS[name], doc=doc)
        text += "".join(f"    {value} = {c.value}\n" for value, c, _ in values)
    for name, doc, members in groups()[:OPTIONS]:
        about = doc + (" None: the member is missing, or its value cannot be read." if name in ABSENT else "")
        text += GROUP.format(name=name, doc=about, base=BASES.get(name, ""))
        text += fields_of(members, filled(FIELDS, members, NAMES)) + times_of(members)
    _, doc, members = groups()[MAIL_ITEM]
    return text + ITEM.format(doc=doc) + fields_of(members, (line.split(" = ")[0] for line in filled(ITEM_FIELDS, members, NAMES))) + times_of(members) + SETUP


def rows_of(struct, members, rows=ROWS):
    return "".join(f'    {{"{NAMES.get(m.name, m.name)}", {row}, {int(m.kind in LAZY.get(struct, ()))}}},\n'
                   for m in members for row in filled(rows, [m])).replace("AT(", f"offsetof(trpt_{struct}, ")


def type_of(table, members, struct, first=0):
    """The type of a class. Members that are not lazy are ordinary slots, which the interpreter reads faster."""
    numbered = [(n, NAMES.get(m.name, m.name), m.kind in LAZY.get(struct, ())) for n, m in enumerate(members, first)]
    slots = "".join(f'    {{"{name}", T_OBJECT_EX, offsetof(Owner, held[{n}]), 0, NULL}},\n' for n, name, is_lazy in numbered if not is_lazy)
    lazy = "".join(f'    {{"{name}", object_get, object_set, NULL, SLOT({n})}},\n' for n, name, is_lazy in numbered if is_lazy)
    return TYPE.format(table=table, slots=slots, lazy=lazy)


def members_h():
    text = "/* SPDX-License-Identifier: MIT */\n/* Tables of the members of objects. Made by docs/generate. */\n/* clang-format off */\n"
    tables = {name.lower(): sorted(members, key=lambda m: m.kind != "failures") for name, _, members in groups()[:OPTIONS]}
    report, own = tables.pop("report"), len(tables["metadata"])
    types = "".join(type_of(name, members, name) for name, members in tables.items()) + type_of("report", report, "metadata", own)
    counts = {name: len(members) for name, members in tables.items()}
    tables["metadata"] += report
    options = [m for m in groups()[OPTIONS][2] if m.name != "sequence"]
    for name, rows in [*((name, rows_of(name, members)) for name, members in tables.items()), ("options", rows_of("options", options, OPTION_ROWS))]:
        text += f"\nstatic const Member {name}_members[] = {{\n{rows}}};\n"
    classes = "".join(CLASS.format(enum=name.upper(), table=name, count=count) for name, count in counts.items())
    classes += CLASS.format(enum="REPORT", table="metadata", count=own + len(report))
    classes += CLASS.format(enum="OPTIONS", table="options", count="COUNT(options_members)")
    text += f"\nconst Class classes[] = {{\n{classes}}};\n{types}\nenum {{ OBJECT_FLAGS = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC }};\nstatic PyType_Spec specs[] = {{\n"
    return text + "".join(f'    [{name.upper()}] = {{"trpt._trpt.{name.title()}", sizeof(Object), 0, OBJECT_FLAGS, {name}_type}},\n' for name in [*counts, "report"]) + "};\n"


def mail_structs_py(headers):
    mail = next(h for h in headers if h.name == "tlsrpt/mail.h")
    version = next(d for h in headers for d in h.of(Macro) if d.name == "TRPT_VERSION_NUMBER")
    aliases = {d.name: d.type for h in headers for d in h.of(Alias)}

    def ctype_of(c):
        c = aliases.get(c, c)
        if c in CTYPES:
            return CTYPES[c]
        return f"ctypes.c_{c.removesuffix('_t')}" if c in SIZES else "ctypes.c_void_p"

    flags = [c for d in mail.of(Enumeration) if not d.alias for c in d.constants]
    text = MAIL_HEAD.format(constants="".join(f"{c.name.removeprefix('TRPT_')} = {c.value}\n" for c in [version, *flags]))
    for struct in mail.of(Struct):
        if struct.name in MAIL_STRUCTS:
            rows = "".join(f'        ("{NAMES.get(m.name, m.name)}", {ctype_of(m.type)}),\n' for m in struct.members)
            text += STRUCT.format(name=MAIL_STRUCTS[struct.name], rows=rows)
    functions = [d for h in headers for d in h.of(Function) if h is mail or d.name in CORE_FUNCTIONS]
    rows = "".join(f'    "{d.name}": ({ctype_of(d.returns)}, [{", ".join(ctype_of(p.type) for p in d.parameters)}]),\n' for d in functions)
    members = [m for m in groups()[MAIL_ITEM][2] if m.kind in ITEM_VALUES]
    values = "".join(f'        "{NAMES.get(m.name, m.name)}": {value},\n' for m, value in zip(members, filled(ITEM_VALUES, members, NAMES)))
    options = next(d for d in mail.of(Struct) if d.name == "trpt_mail_options")
    limits = "".join(f'    "{m.name}": {2 ** (8 * SIZES[m.type]) - 1},\n' for m in options.members if m.name.startswith("max_"))
    return text + MAIL_TAIL.format(limits=limits, functions=rows, values=values)
