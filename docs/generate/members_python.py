# SPDX-License-Identifier: MIT
"""members.py: classes of reports and enumerations. native/members.h: where their values are in the structs of the library."""

from headers import Enumeration
from members_table import ABSENT, MAIL_ITEM, OPTIONS, filled, groups

HEAD = '''# SPDX-License-Identifier: MIT
"""The parts of reports. Made by docs/generate."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from . import _trpt
from .bases import Advice, Error, LaterNumber, MailTime, ResultNumber, Times, stored_by_base
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
ENUMERATIONS = {"trpt_severity": ("Severity", "enum.IntEnum", "Severity of a diagnostic.", "TRPT_"),
                "trpt_scheme": ("Scheme", "enum.IntEnum", "Scheme of a report URI.", "TRPT_SCHEME_"),
                "trpt_policy_type": ("PolicyType", "LaterNumber", "`policy-type`, RFC 8460 s4.4.", "TRPT_POLICY_"),
                "trpt_result_type": ("ResultType", "ResultNumber", "`result-type`, RFC 8460 s4.3.", "TRPT_RESULT_")}
BASES = {"Diagnostic": "Advice, ", "Metadata": "Times, ", "Report": "Metadata, "}
FIELDS = {"result_type": "{m}: ResultType = ResultType.UNKNOWN", "policy_type": "{m}: PolicyType = PolicyType.UNKNOWN",
          "severity": "{m}: Severity = Severity.INFO", "failures": "{m}: list[Failure] = field(default_factory=list)",
          "policies": "{m}: list[Policy] = field(default_factory=list)",
          "diagnostics": "{m}: list[Diagnostic] = field(default_factory=list)", "=has_policy": "{m}: bool = True",
          "flag": "{m}: bool = False", "list": "{m}: list[str] | None = None"}
FIELDS |= dict.fromkeys(("text", "value"), "{m}: str | None = None") | dict.fromkeys(("count", "time"), "{m}: int | None = None")
FIELDS |= dict.fromkeys(("number", "offset"), "{m}: int = 0") | dict.fromkeys(("static", "path", "key"), '{m}: str = ""')
# Kind, and what follows the offset: see Member in native.h.
ROWS = {"result_type": "ENUM, AT({c}), RESULT_TYPES, 0", "policy_type": "ENUM, AT({c}), POLICY_TYPES, 0",
        "severity": "ENUM, AT({c}), SEVERITIES, 0", "text": "TEXT, AT({c}), 0, 0", "list": "TEXTS, AT({c}), TRPT_{bit}, AT({count})",
        "count": "NUMBER_IF, AT({c}), TRPT_{bit}, AT(present)", "flag": "IS_SET, 0, TRPT_{bit}, AT(present)",
        "failures": "CHILDREN, 0, FAILURE, 0", "policies": "CHILDREN, 0, POLICY, 0", "diagnostics": "CHILDREN, 0, DIAGNOSTIC, 0",
        "number": "NUMBER, AT({c}), 0, 0", "offset": "OFFSET, AT({c}), 0, 0", "time": "TIME, AT({c}), 0, 0", "key": "KEY, 0, 0, 0",
        "value": "VALUE, 0, 0, 0", "static": "STATIC, AT({c}), 0, 0", "path": "ASCII, AT({c}), 0, 0"}
ROWS |= {"signer": "IS_SET, 0, TRPT_{bit}, AT(signer)", "yes": "IS_SET, 0, 1, AT({c})"}
ITEM_FIELDS = FIELDS | {"report": "{m}: Report | None", "error": "{m}: Error | None", "name": "{m}: str", "yes": "{m}: bool", "signer": "{m}: bool"}
ITEM = '''

@dataclass
class MailItem(MailTime):
    """{doc}"""

'''
NAMES = {"start": "start_seconds", "end": "end_seconds", "from": "sender", "date": "date_seconds"}


def fields_of(members, lines):
    return "".join(f"    {line}\n" + (f'    """{m.doc}"""\n' if m.doc else "") for m, line in zip(members, lines))


def members_py(headers):
    text = HEAD
    for alias, (name, base, doc, prefix) in ENUMERATIONS.items():
        constants = next(d.constants for h in headers for d in h.of(Enumeration) if d.alias == alias)
        text += ENUMERATION.format(name=name, base=base, doc=doc)
        text += "".join(f"    {c.name.removeprefix(prefix)} = {c.value}\n" for c in constants)
    for name, doc, members in groups()[:OPTIONS]:
        about = doc + (" None: the member is missing, or its value cannot be read." if name in ABSENT else "")
        text += GROUP.format(name=name, doc=about, base=BASES.get(name, ""))
        text += fields_of(members, filled(FIELDS, members, NAMES))
    _, doc, members = groups()[MAIL_ITEM]
    return text + ITEM.format(doc=doc) + fields_of(members, (line.split(" = ")[0] for line in filled(ITEM_FIELDS, members, NAMES)))


def table_of(name, members):
    rows = [f'    {{"{NAMES.get(m.name, m.name)}", {row}}},\n' for m in members for row in filled(ROWS, [m])]
    return f"\nstatic const Member {name}_members[] = {{\n{''.join(rows)}}};\n".replace("AT(", f"offsetof(trpt_{name}, ")


def members_h():
    text = "/* SPDX-License-Identifier: MIT */\n/* Tables of the members of objects. Made by docs/generate. */\n/* clang-format off */\n"
    tables = {name: sorted(members, key=lambda m: m.kind != "failures") for name, _, members in groups()[:OPTIONS]}
    text += f"\nenum {{ METADATA_COUNT = {len(tables['Metadata'])} }}; /* those of a report come after */\n"
    tables["Metadata"] += tables.pop("Report")
    return text + "".join(table_of(name.lower(), members) for name, members in tables.items())


def mail_members_h():
    text = "/* SPDX-License-Identifier: MIT */\n/* Table of the members of items of mails. Made by docs/generate. */\n/* clang-format off */\n"
    return text + table_of("mail_item", [m for m in groups()[MAIL_ITEM][2] if m.kind != "diagnostics"])
