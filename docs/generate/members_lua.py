# SPDX-License-Identifier: MIT
"""A part of trpt.lua: how parts of reports become tables, and how the structs of the library are filled from tables."""

from members_table import ABSENT, PARTS, event_of, filled, groups

COPY = """
local function copy_{lower}(from)
  return {{
    event = "{event}",
{read}  }}
end
"""
FILL = """
local function native_{lower}(from, stored)
  local to = ffi.new "trpt_{lower}"
{write}  return to
end
"""
EVENT = "  if e.type == lib.TRPT_EVENT_{event} then return copy_{lower}(e.{lower}) end\n"
READ = {"result_type": "c_string(lib.trpt_result_type_name(from.type))", "policy_type": "c_string(lib.trpt_policy_type_name(from.type))",
        "severity": "c_string(lib.trpt_severity_name(from.severity))", "text": "copy(from.{c})", "flag": "has(from, lib.TRPT_{bit})",
        "list": "has(from, lib.TRPT_{bit}) and copy_list(from.{c}, from.{count}) or nil",
        "count": "has(from, lib.TRPT_{bit}) and count(from.{c}) or nil", "number": "from.{c}", "offset": "tonumber(from.{c})",
        "time": 'time(from["{c}"])'} | dict.fromkeys(("static", "path"), "c_string(from.{c})")
READ = {kind: "    {m} = " + lua for kind, lua in READ.items()}
SET = {"text": "set(to.{c}, from.{m})", "flag": "mark(to, lib.TRPT_{bit}, from.{m})", "time": 'to["{c}"] = from["{c}"] or NO_TIME',
       "list": "stored.{c} = strings(from.{m} or {{}})\n  to.{c}, to.{count} = stored.{c}, #(from.{m} or {{}})\n"
       "  mark(to, lib.TRPT_{bit}, from.{m})", "count": "to.{c} = from.{m} or 0\n  mark(to, lib.TRPT_{bit}, from.{m})"} | {
           kind: f"to.type = from.type and lib.trpt_{kind}_from_name(from.type, #from.type) or 0" for kind in ("result_type", "policy_type")}


def members_lua():
    events = ""
    for name, _, members in groups()[PARTS]:
        read = "".join(f"{line},\n" for line in filled(READ, members, {"end": '["end"]'}))
        if name == "Diagnostic":
            read += "    advice = c_string(lib.trpt_diagnostic_advice(from.code)),\n"
        events += EVENT.format(event=event_of(name).upper(), lower=name.lower())
        yield COPY.format(lower=name.lower(), event=event_of(name), read=read)
        if name in ABSENT:
            yield FILL.format(lower=name.lower(), write="".join(f"  {line}\n" for line in filled(SET, members)))
    yield f"\nlocal function copy_event(e)\n{events}end\n"
