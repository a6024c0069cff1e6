// SPDX-License-Identifier: MIT
//! The parts of reports. Made by docs/generate.

use crate::write::{bit, list, optional};
use crate::{native, own_text, text, texts, zeroed, ResultType};
use std::borrow::Cow;
use std::fmt;

/// The severity of a diagnostic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Legal, and worth knowing.
    #[default]
    Info = 0,
    /// Against a SHOULD, or likely to be misread by others.
    Warning = 1,
    /// Against the RFC.
    Error = 2,
}

impl Severity {
    /// A number of a later version becomes the first.
    pub(crate) fn of(number: i32) -> Self {
        [Self::Info, Self::Warning, Self::Error].into_iter().find(|value| *value as i32 == number).unwrap_or_default()
    }
}

/// "info", "warning" or "error".
impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(unsafe { own_text(native::trpt_severity_name(*self as i32)) }.unwrap_or(""))
    }
}

/// The scheme of a report URI.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scheme {
    #[default]
    Other = 0,
    Mailto = 1,
    Https = 2,
}

impl Scheme {
    /// A number of a later version becomes the first.
    pub(crate) fn of(number: i32) -> Self {
        [Self::Other, Self::Mailto, Self::Https].into_iter().find(|value| *value as i32 == number).unwrap_or_default()
    }
}

/// "other", "mailto" or "https".
impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(unsafe { own_text(native::trpt_scheme_name(*self as i32)) }.unwrap_or(""))
    }
}

/// `policy-type`, RFC 8460 s4.4.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum PolicyType {
    /// Absent, or a name that RFC 8460 does not define.
    #[default]
    Unknown = 0,
    /// "tlsa": DANE, RFC 7672.
    Tlsa = 1,
    /// "sts": MTA-STS, RFC 8461.
    Sts = 2,
    /// "no-policy-found": neither.
    NoPolicyFound = 3,
}

impl PolicyType {
    /// A number of a later version becomes the first.
    pub(crate) fn of(number: i32) -> Self {
        [Self::Unknown, Self::Tlsa, Self::Sts, Self::NoPolicyFound].into_iter().find(|value| *value as i32 == number).unwrap_or_default()
    }
}

/// The name in reports, "sts"; "" for an unknown type.
impl fmt::Display for PolicyType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(unsafe { own_text(native::trpt_policy_type_name(*self as i32)) }.unwrap_or(""))
    }
}

/// How rows are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// One JSON object in each line; a value that is absent is null.
    #[default]
    Ndjson = 0,
    /// RFC 4180; a value that is absent is an empty cell, and an empty text is "".
    Csv = 1,
    /// TAB, LF, CR and backslash in a cell are escaped; a value that is absent is an empty cell.
    Tsv = 2,
}

/// How reports are read. docs/parser.md describes the limits; 0 means the default.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Whether to fail at the first diagnostic that is an error.
    pub strict: bool,
    /// Whether to report no diagnostics, which is faster.
    pub no_diagnostics: bool,
    /// Whether the input may hold several reports: texts in a row, JSON Lines, an array, several members of gzip.
    pub sequence: bool,
    /// Unix seconds, to report periods in the future.
    pub now: i64,
    pub max_depth: u32,
    pub max_string: u32,
    pub max_strings: u32,
    pub max_entry: u32,
    pub max_held: u32,
    pub max_policies: u32,
    pub max_diagnostics: u32,
    pub max_ratio: u32,
    pub max_failures: u64,
    /// Bytes.
    pub max_input: u64,
    /// Bytes after decompression.
    pub max_inflated: u64,
    /// Bytes.
    pub max_memory: u64,
}

impl Options {
    pub(crate) fn native(&self) -> native::Options {
        native::Options {
            struct_size: std::mem::size_of::<native::Options>(),
            flags: bit(self.strict, native::STRICT) | bit(self.no_diagnostics, native::NO_DIAGNOSTICS) | bit(self.sequence, native::SEQUENCE),
            now: self.now,
            max_depth: self.max_depth,
            max_string: self.max_string,
            max_strings: self.max_strings,
            max_entry: self.max_entry,
            max_held: self.max_held,
            max_policies: self.max_policies,
            max_diagnostics: self.max_diagnostics,
            max_ratio: self.max_ratio,
            max_failures: self.max_failures,
            max_input: self.max_input,
            max_inflated: self.max_inflated,
            max_memory: self.max_memory,
            ..unsafe { zeroed() }
        }
    }
}

/// An element of `failure-details`. None: the member is missing, or its value cannot be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failure<Text = String> {
    pub result_type: ResultType,
    /// As written.
    pub type_name: Option<Text>,
    pub sending_mta_ip: Option<Text>,
    pub receiving_mx_hostname: Option<Text>,
    pub receiving_mx_helo: Option<Text>,
    pub receiving_ip: Option<Text>,
    pub failed_sessions: Option<u64>,
    pub additional_information: Option<Text>,
    pub failure_reason_code: Option<Text>,
    /// Index of its policy, from 0.
    pub policy_index: u32,
}

impl<'a, Text: From<Cow<'a, str>>> Failure<Text> {
    pub(crate) unsafe fn copy(from: &native::Failure) -> Self {
        Failure {
            result_type: ResultType(from.r#type),
            type_name: text(from.type_name),
            sending_mta_ip: text(from.sending_mta_ip),
            receiving_mx_hostname: text(from.receiving_mx_hostname),
            receiving_mx_helo: text(from.receiving_mx_helo),
            receiving_ip: text(from.receiving_ip),
            failed_sessions: (from.present & native::FAILURE_HAS_FAILED_SESSIONS != 0).then_some(from.failed_sessions),
            additional_information: text(from.additional_information),
            failure_reason_code: text(from.failure_reason_code),
            policy_index: from.policy_index,
        }
    }
}

impl<Text: AsRef<str>> Failure<Text> {
    /// Calls a function with the struct of the library, which borrows from this one.
    pub(crate) fn with_native<T>(&self, call: impl FnOnce(&native::Failure) -> T) -> T {
        call(&native::Failure {
            r#type: self.result_type.0,
            type_name: optional(&self.type_name),
            sending_mta_ip: optional(&self.sending_mta_ip),
            receiving_mx_hostname: optional(&self.receiving_mx_hostname),
            receiving_mx_helo: optional(&self.receiving_mx_helo),
            receiving_ip: optional(&self.receiving_ip),
            failed_sessions: self.failed_sessions.unwrap_or(0),
            additional_information: optional(&self.additional_information),
            failure_reason_code: optional(&self.failure_reason_code),
            present: bit(self.failed_sessions.is_some(), native::FAILURE_HAS_FAILED_SESSIONS),
            ..unsafe { zeroed() }
        })
    }
}

/// An element of `policies`. None: the member is missing, or its value cannot be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy<Text = String> {
    pub policy_type: PolicyType,
    /// As written.
    pub type_name: Option<Text>,
    pub domain: Option<Text>,
    pub strings: Option<Vec<Text>>,
    pub mx_hosts: Option<Vec<Text>>,
    pub successful_sessions: Option<u64>,
    pub failed_sessions: Option<u64>,
    /// Those of a whole report; a Reader returns them as events.
    pub failures: Vec<Failure<Text>>,
    /// Whether the object `policy` is present, even if empty.
    pub has_policy: bool,
    /// Whether the array `failure-details` is present, even if empty.
    pub has_failures: bool,
    /// From 0.
    pub index: u32,
}

impl<'a, Text: From<Cow<'a, str>>> Policy<Text> {
    pub(crate) unsafe fn copy(from: &native::Policy) -> Self {
        Policy {
            policy_type: PolicyType::of(from.r#type),
            type_name: text(from.type_name),
            domain: text(from.domain),
            strings: texts(from.strings, from.string_count),
            mx_hosts: texts(from.mx_hosts, from.mx_host_count),
            successful_sessions: (from.present & native::POLICY_HAS_SUCCESSFUL != 0).then_some(from.successful_sessions),
            failed_sessions: (from.present & native::POLICY_HAS_FAILED != 0).then_some(from.failed_sessions),
            failures: Vec::new(),
            has_policy: from.present & native::POLICY_HAS_POLICY != 0,
            has_failures: from.present & native::POLICY_HAS_FAILURES != 0,
            index: from.index,
        }
    }
}

impl<Text: AsRef<str>> Policy<Text> {
    /// Calls a function with the struct of the library, which borrows from this one.
    pub(crate) fn with_native<T>(&self, call: impl FnOnce(&native::Policy) -> T) -> T {
        let strings = list(&self.strings);
        let mx_hosts = list(&self.mx_hosts);
        call(&native::Policy {
            r#type: self.policy_type as i32,
            type_name: optional(&self.type_name),
            domain: optional(&self.domain),
            strings: strings.as_ptr(), string_count: strings.len() as u32,
            mx_hosts: mx_hosts.as_ptr(), mx_host_count: mx_hosts.len() as u32,
            successful_sessions: self.successful_sessions.unwrap_or(0),
            failed_sessions: self.failed_sessions.unwrap_or(0),
            present: bit(self.strings.is_some(), native::POLICY_HAS_STRINGS) | bit(self.mx_hosts.is_some(), native::POLICY_HAS_MX_HOSTS) | bit(self.successful_sessions.is_some(), native::POLICY_HAS_SUCCESSFUL) | bit(self.failed_sessions.is_some(), native::POLICY_HAS_FAILED) | bit(self.has_policy, native::POLICY_HAS_POLICY) | bit(self.has_failures, native::POLICY_HAS_FAILURES),
            ..unsafe { zeroed() }
        })
    }
}

/// The top level of a report. None: the member is missing, or its value cannot be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata<Text = String> {
    pub organization_name: Option<Text>,
    pub contact_info: Option<Text>,
    pub report_id: Option<Text>,
    /// Unix seconds.
    pub start: Option<i64>,
    /// Unix seconds.
    pub end: Option<i64>,
    /// Number of diagnostics that are errors, also of those that were not stored.
    pub error_count: u32,
    pub warning_count: u32,
    pub info_count: u32,
}

impl<'a, Text: From<Cow<'a, str>>> Metadata<Text> {
    pub(crate) unsafe fn copy(from: &native::Metadata) -> Self {
        Metadata {
            organization_name: text(from.organization_name),
            contact_info: text(from.contact_info),
            report_id: text(from.report_id),
            start: (from.start != i64::MIN).then_some(from.start),
            end: (from.end != i64::MIN).then_some(from.end),
            error_count: from.error_count,
            warning_count: from.warning_count,
            info_count: from.info_count,
        }
    }
}

impl<Text: AsRef<str>> Metadata<Text> {
    /// Calls a function with the struct of the library, which borrows from this one.
    pub(crate) fn with_native<T>(&self, call: impl FnOnce(&native::Metadata) -> T) -> T {
        call(&native::Metadata {
            organization_name: optional(&self.organization_name),
            contact_info: optional(&self.contact_info),
            report_id: optional(&self.report_id),
            start: self.start.unwrap_or(i64::MIN),
            end: self.end.unwrap_or(i64::MIN),
            present: 0,
            ..unsafe { zeroed() }
        })
    }
}

/// A diagnostic of a record or a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostic<Text = String> {
    /// Such as "report.null-member"; docs/diagnostics.md lists all.
    pub code: &'static str,
    pub severity: Severity,
    pub message: &'static str,
    /// Section of the RFC, "RFC 8460 s4.4".
    pub section: &'static str,
    /// Path of the member, "policies[0].policy".
    pub path: Text,
    /// From 1; 0 if unknown.
    pub line: u32,
    /// From 1, in bytes; 0 if unknown.
    pub column: u32,
    /// Bytes from the beginning.
    pub offset: u64,
}

impl<'a, Text: From<Cow<'a, str>>> Diagnostic<Text> {
    pub(crate) unsafe fn copy(from: &native::Diagnostic) -> Self {
        Diagnostic {
            code: own_text(from.code).unwrap_or(""),
            severity: Severity::of(from.severity),
            message: own_text(from.message).unwrap_or(""),
            section: own_text(from.section).unwrap_or(""),
            path: Cow::Borrowed(own_text(from.r#where).unwrap_or("")).into(),
            line: from.line,
            column: from.column,
            offset: from.offset,
        }
    }
}

/// What a Reader returns. A Failure precedes its Policy, and a Diagnostic precedes the event that it concerns. Metadata is the last
/// event of a report, and comes only if the whole report was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Failure(Failure),
    Policy(Policy),
    Metadata(Metadata),
    Diagnostic(Diagnostic),
}

impl Event {
    pub(crate) unsafe fn copy(from: &native::Event) -> Option<Self> {
        match from.r#type {
            native::EVENT_FAILURE => Some(Event::Failure(Failure::copy(&*from.failure))),
            native::EVENT_POLICY => Some(Event::Policy(Policy::copy(&*from.policy))),
            native::EVENT_REPORT => Some(Event::Metadata(Metadata::copy(&*from.metadata))),
            native::EVENT_DIAGNOSTIC => Some(Event::Diagnostic(Diagnostic::copy(&*from.diagnostic))),
            _ => None, // an event type of a later version
        }
    }
}
