# SPDX-License-Identifier: MIT
"""members.rs: structs of reports, and how they are copied from and to those of the library."""

from members_table import ABSENT, OPTIONS, PARTS, enumerations, event_of, filled, groups

HEAD = """// SPDX-License-Identifier: MIT
//! The parts of reports. Made by docs/generate.

use crate::write::{bit, list, optional};
use crate::{native, own_text, text, texts, zeroed, ResultType};
use std::borrow::Cow;
use std::fmt;
"""
ENUMERATION = """
/// {doc}
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum {name} {{
{values}}}
"""
NAMED = """
impl {name} {{
    /// A number of a later version becomes the first.
    pub(crate) fn of(number: i32) -> Self {{
        [{all}].into_iter().find(|value| *value as i32 == number).unwrap_or_default()
    }}
}}

/// {about}
impl fmt::Display for {name} {{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {{
        f.write_str(unsafe {{ own_text(native::{c}_name(*self as i32)) }}.unwrap_or(""))
    }}
}}
"""
GROUP = """
/// {doc}
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct {name}<Text = String> {{
{fields}}}

impl<'a, Text: From<Cow<'a, str>>> {name}<Text> {{
    pub(crate) unsafe fn copy(from: &native::{name}) -> Self {{
        {name} {{
{read}        }}
    }}
}}
"""
WRITE = """
impl<Text: AsRef<str>> {name}<Text> {{
    /// Calls a function with the struct of the library, which borrows from this one.
    pub(crate) fn with_native<T>(&self, call: impl FnOnce(&native::{name}) -> T) -> T {{
{lists}        call(&native::{name} {{
{write}            present: {bits},
            ..unsafe {{ zeroed() }}
        }})
    }}
}}
"""
EVENTS = """
/// What a Reader returns. A Failure precedes its Policy, and a Diagnostic precedes the event that it concerns. Metadata is the last
/// event of a report, and comes only if the whole report was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {{
{values}}}

impl Event {{
    pub(crate) unsafe fn copy(from: &native::Event) -> Option<Self> {{
        match from.r#type {{
{cases}            _ => None, // an event type of a later version
        }}
    }}
}}
"""
CASE = "            native::EVENT_{event} => Some(Event::{name}({name}::copy(&*from.{lower}))),\n"
OPTION_STRUCT = """
/// {doc}
#[derive(Clone, Debug, Default)]
pub struct Options {{
{fields}}}

impl Options {{
    pub(crate) fn native(&self) -> native::Options {{
        native::Options {{
            struct_size: std::mem::size_of::<native::Options>(),
            flags: {bits},
{set}            ..unsafe {{ zeroed() }}
        }}
    }}
}}
"""
TYPES = {"result_type": "ResultType", "policy_type": "PolicyType", "severity": "Severity", "text": "Option<Text>",
         "list": "Option<Vec<Text>>", "count": "Option<u64>", "failures": "Vec<Failure<Text>>", "flag": "bool", "number": "u32",
         "time": "Option<i64>", "static": "&'static str", "path": "Text", "offset": "u64", "now": "i64"}
FIELDS = {kind: "    pub {m}: " + rust for kind, rust in TYPES.items()}
READ = {"result_type": "ResultType(from.r#{c})", "policy_type": "PolicyType::of(from.r#{c})", "severity": "Severity::of(from.{c})",
        "text": "text(from.{c})", "list": "texts(from.{c}, from.{count})", "count": "(from.present & native::{bit} != 0).then_some(from.{c})",
        "failures": "Vec::new()", "flag": "from.present & native::{bit} != 0", "number": "from.{c}", "offset": "from.{c}",
        "time": "(from.{c} != i64::MIN).then_some(from.{c})", "static": 'own_text(from.{c}).unwrap_or("")',
        "path": 'Cow::Borrowed(own_text(from.r#{c}).unwrap_or("")).into()'}
READ = {kind: "            {m}: " + rust for kind, rust in READ.items()}
LISTS = {"list": "        let {m} = list(&self.{m});"}
SET = {"result_type": "r#{c}: self.{m}.0", "policy_type": "r#{c}: self.{m} as i32", "text": "{c}: optional(&self.{m})",
       "list": "{c}: {m}.as_ptr(), {count}: {m}.len() as u32", "count": "{c}: self.{m}.unwrap_or(0)", "time": "{c}: self.{m}.unwrap_or(i64::MIN)"}
SET = {kind: "            " + rust for kind, rust in SET.items()}
BITS = dict.fromkeys(("list", "count"), "bit(self.{m}.is_some(), native::{bit})") | {"flag": "bit(self.{m}, native::{bit})"}


def lines(texts, end=",\n"):
    return "".join(text + end for text in texts)


def fields_of(members, names=None):
    return lines((f"    /// {m.doc}\n" if m.doc else "") + field for m, field in zip(members, filled(FIELDS, members, names)))


def enumerations_rs(headers):
    for name, c, doc, named, values in enumerations(headers, ("Severity", "Scheme", "PolicyType", "Format")):
        rust = [value.title().replace("_", "") for value, _, _ in values]
        rows = [(f"    /// {about}\n" if about else "") + ("" if i else "    #[default]\n") + f"    {rust[i]} = {constant.value}"
                for i, (_, constant, about) in enumerate(values)]
        yield ENUMERATION.format(name=name, doc=doc, values=lines(rows))
        if named:
            about = f"{named[0].upper()}{named[1:]}."
            yield NAMED.format(name=name, c=c, about=about, all=", ".join(f"Self::{value}" for value in rust))


def options_rs():
    _, doc, members = groups()[OPTIONS]
    values = dict.fromkeys(("now", "number", "offset"), "            {m}: self.{m}")
    return OPTION_STRUCT.format(doc=doc, fields=fields_of(members), bits=" | ".join(filled(BITS, members)), set=lines(filled(values, members)))


def members_rs(headers):
    text = HEAD + "".join(enumerations_rs(headers)) + options_rs()
    cases = ""
    for name, doc, members in groups()[PARTS]:
        names = {"type": name.replace("Failure", "result").lower() + "_type", "where": "path"}
        about = doc + (" None: the member is missing, or its value cannot be read." if name in ABSENT else "")
        text += GROUP.format(doc=about, name=name, fields=fields_of(members, names), read=lines(filled(READ, members, names)))
        if name in ABSENT:
            text += WRITE.format(name=name, lists=lines(filled(LISTS, members), "\n"), write=lines(filled(SET, members, names)),
                                 bits=" | ".join(filled(BITS, members)) or "0")
        cases += CASE.format(event=event_of(name).upper(), name=name, lower=name.lower())
    values = "".join(f"    {name}({name}),\n" for name, _, _ in groups()[PARTS])
    return text + EVENTS.format(values=values, cases=cases)
