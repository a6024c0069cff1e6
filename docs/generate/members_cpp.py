# SPDX-License-Identifier: MIT
"""A part of trpt.hpp: structs of reports, and how they are copied from and to those of the library."""

from members_table import ABSENT, PARTS, event_of, filled, groups

GROUP = """
// {doc}
struct {name} {{
{fields}}};

namespace detail {{

inline {name} copy(const trpt_{lower} &from) {{
  {name} to;
{read}  return to;
}}
"""
WRITE = """
inline trpt_status write(trpt_writer *writer, const {name} &from) {{
  trpt_{lower} to{{}};
{write}  return trpt_writer_{lower}(writer, &to);
}}
"""
ADVICE = "  std::string_view advice() const { return trpt_diagnostic_advice(code.data()); }\n"
FIELDS = {"result_type": "trpt_result_type {m} = TRPT_RESULT_UNKNOWN;", "policy_type": "trpt_policy_type {m} = TRPT_POLICY_UNKNOWN;",
          "severity": "trpt_severity {m} = TRPT_INFO;", "text": "std::optional<std::string> {m};", "flag": "bool {m} = false;",
          "list": "std::optional<std::vector<std::string>> {m};", "count": "std::optional<std::uint64_t> {m};",
          "time": "std::optional<std::int64_t> {m};", "failures": "std::vector<Failure> {m};", "=has_policy": "bool {m} = true;",
          "number": "std::uint32_t {m} = 0;", "offset": "std::uint64_t {m} = 0;", "static": "std::string_view {m}; // static text",
          "path": "std::string {m};"}
READ = dict.fromkeys(FIELDS, "to.{c} = from.{c};") | {
    "text": "to.{c} = copy(from.{c});", "list": "to.{c} = copy(from.{c}, from.{count});", "failures": "",
    "count": "if (from.present & TRPT_{bit}) to.{c} = from.{c};", "=has_policy": "to.{c} = (from.present & TRPT_{bit}) != 0;",
    "flag": "to.{c} = (from.present & TRPT_{bit}) != 0;", "time": "if (from.{c} != no_time) to.{c} = from.{c};"}
SET = {"result_type": "to.{c} = from.{c};", "policy_type": "to.{c} = from.{c};", "text": "if (from.{c}) to.{c} = view(*from.{c});",
       "list": "std::vector<trpt_str> {c};\n  if (from.{c}) {{\n    {c} = views(*from.{c});\n    to.present |= TRPT_{bit};\n  }}\n"
       "  to.{c} = {c}.data();\n  to.{count} = count({c}.size());", "time": "to.{c} = from.{c}.value_or(no_time);",
       "count": "to.{c} = from.{c}.value_or(0);\n  if (from.{c}) to.present |= TRPT_{bit};", "flag": "if (from.{c}) to.present |= TRPT_{bit};"}

EVENTS = """
using Event = std::variant<{parts}>;

namespace detail {{

inline std::optional<Event> copy(const trpt_event &from) {{
  switch (from.type) {{
{cases}  default: return std::nullopt; // an event type of a later version
  }}
}}

}} // namespace detail
"""


def members_cpp():
    text = ""
    for name, doc, members in groups()[PARTS]:
        fields = [(f"  // {m.doc}\n" if m.doc else "") + f"  {line}\n" for m, line in zip(members, filled(FIELDS, members))]
        about = doc + (" std::nullopt: the member is missing, or its value cannot be read." if name in ABSENT else "")
        extra = f"\n{ADVICE}" if name == "Diagnostic" else ""
        text += GROUP.format(name=name, lower=name.lower(), doc=about, fields="".join(fields) + extra,
                             read="".join(f"  {line}\n" for line in filled(READ, members) if line))
        if name in ABSENT:
            text += WRITE.format(name=name, lower=name.lower(), write="".join(f"  {line}\n" for line in filled(SET, members)))
        text += "\n} // namespace detail\n"
    parts = sorted((name for name, _, _ in groups()[PARTS]), key="Metadata".__eq__)  # the last event of a report is the last type
    cases = (f"  case TRPT_EVENT_{event_of(part).upper()}: return copy(*from.{part.lower()});\n" for part in parts)
    return text + EVENTS.format(parts=", ".join(parts), cases="".join(cases))

