# SPDX-License-Identifier: MIT
"""A part of trpt.d.ts: the types of the parts of reports. And members.js: how JSON becomes objects, and objects JSON."""

from members_table import ABSENT, OPTIONS, PARTS, event_of, groups
from schema_def import read_schema

TYPES = {"result_type": "string", "policy_type": '"tlsa" | "sts" | "no-policy-found"', "severity": '"info" | "warning" | "error"',
         "text": "string", "list": "string[]", "count": "Count", "flag": "boolean", "number": "number", "offset": "number", "time": "Date",
         "static": "string", "path": "string"}
OPTIONAL = {"result_type", "policy_type", "text", "list", "count", "time"}
HEAD = """// SPDX-License-Identifier: MIT
// The parts of reports, made of the JSON that the library writes, and JSON made of them. Made by docs/generate.
import { adviceFor, count, dateOf, policyType, resultType, timeOf, unlessEmpty } from "./values.js";
"""
READ = {"result_type": "resultType({0})", "policy_type": "policyType({0})", "count": "count({0})", "flag": "{0} !== undefined", "time": "dateOf({0})"}
OBJECTS = {"Failure": "FAILURE", "Policy": "POLICY", "Metadata": "REPORT"}  # as schema.def has them
ELEMENTS = {"policies": "jsonOfPolicy", "failures": "jsonOfFailure"}


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(map(str.capitalize, rest))


def members_ts():
    for name, doc, members in groups()[PARTS]:
        yield f'\n/** {doc} */\nexport interface {name} {{\n  event: "{event_of(name)}";\n'
        for m in members:
            if m.kind in TYPES:
                about = {"type": "The name as in RFC 8460, if it has the type.", "time": ""}.get(m.name if m.name == "type" else m.kind, m.doc)
                yield (f"  /** {about} */\n" if about else "") + f"  {camel(m.name)}{'?' if m.kind in OPTIONAL else ''}: {TYPES[m.kind]};\n"
        yield ("  /** What to do about it. */\n  advice?: string;\n" if name == "Diagnostic" else "") + "}\n"
    limits = (m.name for m in groups()[OPTIONS][2] if m.name.startswith("max_"))
    yield "\n/** docs/parser.md describes them. */\nexport type LimitName =" + "".join(f'\n  | "{name}"' for name in limits) + ";\n"


def paths(schema, owner, before="json"):
    """Each member of an object and of the objects inside it, with the expression that reads it."""
    for m in schema[owner]:
        path = f'{before}["{m.name}"]'
        yield m, path
        if m.type == "OBJECT":
            yield from paths(schema, m.field, path + "?.")


def source_of(member, found):
    """The expression that reads a member of the table."""
    return next(path for m, path in found if member.name in (m.field, m.number) or member.bit and member.bit == m.bit)


def read_part(name, members, schema):
    """The function that makes a part of a report of its JSON. What is only counted is a parameter."""
    members = [m for m in members if m.kind in TYPES]
    found = list(paths(schema, OBJECTS[name])) if name in ABSENT else []
    parameters = [m.name for m in members if m.kind == "number"] if found else []
    yield f'\nexport const {event_of(name)}Of = ({", ".join(["json", *map(camel, parameters)])}) => ({{\n  event: "{event_of(name)}",\n'
    for m in members:
        if m.name in parameters:
            yield f"  {camel(m.name)},\n"
        else:
            source = source_of(m, found) if found else f"json.{m.name}"
            yield f"  {camel(m.name)}: {READ.get(m.kind, '{0}').format(source)},\n"
    yield ("" if found else "  advice: adviceFor(json.code),\n") + "});\n"


def written(m, schema, indent):
    """The expression that makes JSON of a member."""
    has = m.bit and "from." + camel("has_" + m.bit.partition("_HAS_")[2].lower())
    if m.type == "OBJECT":
        inner = "".join(write_members(m.field, schema, indent + "  "))
        return f"unlessEmpty({{\n{inner}{indent}}})" + (f" ?? ({has} ? {{}} : undefined)" if has else "")
    if m.type == "ARRAY":
        list_ = "from." + m.field.lower()
        elements = f"({list_} ?? []).map({ELEMENTS[m.field.lower()]})"
        return f"{has} || {list_}?.length ? {elements} : undefined" if has else elements
    if m.type == "TIME":
        return f"timeOf(from.{camel(m.number)})"
    return f"from.{camel(m.field)}" + (f" ?? from.{camel(m.number)}" if m.type.endswith("_TYPE") else "")


def write_members(owner, schema, indent="  "):
    for m in schema[owner]:
        yield f'{indent}"{m.name}": {written(m, schema, indent)},\n'


def members_js(root):
    schema = read_schema(root)
    parts = groups()[PARTS]
    return HEAD + "".join("".join(read_part(name, members, schema)) for name, _, members in parts) + "".join(
        f"\nexport const jsonOf{event_of(name).capitalize()} = (from) => ({{\n{''.join(write_members(OBJECTS[name], schema))}}});\n"
        for name, _, _ in parts if name in ABSENT)
