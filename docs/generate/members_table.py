# SPDX-License-Identifier: MIT
"""The members of reports as the bindings have them: one table, of which members_rust.py and others make the code of their languages."""

import re
from dataclasses import dataclass

from headers import Enumeration

# name, kind and bit of `present`, and what the documentation says.
TABLE = """
Failure: An element of `failure-details`.
  type result_type
  type_name text As written.
  sending_mta_ip text
  receiving_mx_hostname text
  receiving_mx_helo text
  receiving_ip text
  failed_sessions count/FAILURE_HAS_FAILED_SESSIONS
  additional_information text
  failure_reason_code text
  policy_index number Index of its policy, from 0.
Policy: An element of `policies`.
  type policy_type
  type_name text As written.
  domain text
  strings list/POLICY_HAS_STRINGS
  mx_hosts list/POLICY_HAS_MX_HOSTS
  successful_sessions count/POLICY_HAS_SUCCESSFUL
  failed_sessions count/POLICY_HAS_FAILED
  failures failures Those of a whole report; a Reader returns them as events.
  has_policy flag/POLICY_HAS_POLICY Whether the object `policy` is present, even if empty.
  has_failures flag/POLICY_HAS_FAILURES Whether the array `failure-details` is present, even if empty.
  index number From 0.
Metadata: The top level of a report.
  organization_name text
  contact_info text
  report_id text
  start time Unix seconds.
  end time Unix seconds.
  error_count number Number of diagnostics that are errors, also of those that were not stored.
  warning_count number
  info_count number
Diagnostic: A diagnostic of a record or a report.
  code static Such as "report.null-member"; docs/diagnostics.md lists all.
  severity severity
  message static
  section static Section of the RFC, "RFC 8460 s4.4".
  where path Path of the member, "policies[0].policy".
  line number From 1; 0 if unknown.
  column number From 1, in bytes; 0 if unknown.
  offset offset Bytes from the beginning.
Report: A complete report.
  policies policies
  diagnostics diagnostics In the order in which the parser reported them.
  key key Equal for two deliveries of one report, and different for different reports.
  source value The file that it came from.
Options: How reports are read. docs/parser.md describes the limits; 0 means the default.
  strict flag/STRICT Whether to fail at the first diagnostic that is an error.
  no_diagnostics flag/NO_DIAGNOSTICS Whether to report no diagnostics, which is faster.
  sequence flag/SEQUENCE Whether the input may hold several reports: texts in a row, JSON Lines, an array, several members of gzip.
  now now Unix seconds, to report periods in the future.
  max_depth number
  max_string number
  max_strings number
  max_entry number
  max_held number
  max_policies number
  max_diagnostics number
  max_ratio number
  max_failures offset
  max_input offset Bytes.
  max_inflated offset Bytes after decompression.
  max_memory offset Bytes.
MailItem: A report, or something that should contain one and cannot be read. Text comes from outside: escape it before you show it.
  report report
  error error Why the report cannot be read.
  diagnostics diagnostics About the mail; the report has its own.
  is_other_content yes Whether `error` is about content that does not claim to be a report, such as another mail in a mailbox.
  number offset Of the mail in its mailbox, or of the entry in its archive, from 1; 0 for the input itself.
  offset offset Where that mail or entry begins.
  kind name Of the report, "json" or "gzip"; with an error, of what could not be read.
  container name Kind of the input, such as "mbox".
  entry text
  part text Number of the part, as in IMAP.
  media_type text
  filename text
  from text The field From.
  subject text
  date_text text
  date time
  message_id text
  report_domain text
  report_submitter text
  dkim name Result of the signature of the reporting domain, "pass"; "unknown" if no trusted result is available.
  dkim_domain text
  signer_is_sender signer/SIGNER_IS_FROM
  signer_is_submitter signer/SIGNER_IS_SUBMITTER
  signer_is_contact signer/SIGNER_IS_CONTACT
"""
# Enumerations of the headers: their type in C, the prefix of their constants, what the documentation says of them and of names.
ENUMERATIONS = {"Severity": ("trpt_severity", "TRPT_", "The severity of a diagnostic.", '"info", "warning" or "error"'),
                "Scheme": ("trpt_scheme", "TRPT_SCHEME_", "The scheme of a report URI.", '"other", "mailto" or "https"'),
                "PolicyType": ("trpt_policy_type", "TRPT_POLICY_", "`policy-type`, RFC 8460 s4.4.",
                               'the name in reports, "sts"; "" for an unknown type'),
                "ResultType": ("trpt_result_type", "TRPT_RESULT_", "`result-type`, RFC 8460 s4.3.", ""),
                "Format": ("trpt_rows_format", "TRPT_ROWS_", "How rows are written.", "")}
ABSENT = {"Failure", "Policy", "Metadata"}  # whose members may be missing, or have a value that cannot be read

PARTS, OPTIONS, MAIL_ITEM = slice(4), 5, 6  # of groups()


@dataclass
class Member:
    name: str
    kind: str
    bit: str
    doc: str


def groups():
    """(name, documentation, members) of each: the four PARTS of reports, a whole report, options, and items of mails."""
    return [(name, doc, [Member(*row) for row in re.findall(r"^  (\w+) (\w+)/?(\w*) ?(.*)$", rows, re.M)])
            for name, doc, rows in re.findall(r"^(\w+): (.*)\n((?:  .*\n)*)", TABLE, re.M)]


def enumerations(headers, names):
    """(name, type in C, documentation, that of names, [(name of a value, its constant, documentation)]) of each of these."""
    constants = {d.alias: d.constants for h in headers for d in h.of(Enumeration)}
    for name in names:
        c, prefix, doc, named = ENUMERATIONS[name]
        yield name, c, doc, named, [(value.name.removeprefix(prefix), value, as_sentence(value.comment.text)) for value in constants[c]]


def event_of(part):
    """The name of the event that has this part."""
    return "report" if part == "Metadata" else part.lower()


def as_sentence(comment):
    return comment and comment[0].upper() + comment[1:] + "."


def filled(templates, members, names=None):
    """The template of each member, that of "=NAME" or of its kind, with its name here, its name in C and its bit."""
    for m in members:
        template = templates.get(f"={m.name}") or templates.get(m.kind)
        if template:
            yield template.format(m=(names or {}).get(m.name, m.name), c=m.name, bit=m.bit, count=m.name[:-1] + "_count")


def replaced(file, made):
    """The text of a file, with what is made in place of the lines between two comments."""
    begin, old, end = re.search(r"(.*---- made by docs/generate ----\n)((?s:.*?))(.*---- end of it ----\n)", file).groups()
    return file.replace(begin + old + end, f"{begin}{made}\n{end}")
