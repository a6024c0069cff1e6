// SPDX-License-Identifier: MIT
//! Whole reports and their parts.

use crate::{append, diagnostic, lossy, must, native, own_text, text, written, Diagnostic};
use std::borrow::Cow;
use std::fmt;

/// `policy-type`, RFC 8460 s4.4.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PolicyType {
    #[default]
    Unknown = 0,
    Tlsa = 1,
    Sts = 2,
    NoPolicyFound = 3,
}

impl PolicyType {
    pub(crate) fn of(number: i32) -> Self {
        match number {
            1 => PolicyType::Tlsa,
            2 => PolicyType::Sts,
            3 => PolicyType::NoPolicyFound,
            _ => PolicyType::Unknown,
        }
    }
}

impl fmt::Display for PolicyType {
    /// The name as in reports; "" for Unknown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(unsafe { own_text(native::trpt_policy_type_name(*self as i32)) }.unwrap_or(""))
    }
}

/// `result-type`, RFC 8460 s4.3: a number of TRPT_RESULT_*, 0 for an unknown one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ResultType(pub i32);

impl ResultType {
    /// Returns 0 for an unknown name.
    pub fn from_name(name: &str) -> Self {
        let name = crate::borrowed(name);
        ResultType(unsafe { native::trpt_result_type_from_name(name.ptr, name.len) })
    }

    /// Explains the type to the owner of the domain, and says what to do.
    pub fn description(self) -> &'static str {
        unsafe { own_text(native::trpt_result_type_description(self.0)) }.unwrap_or("")
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
    pub policy_index: u32,
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
    /// Set by a Report; a Reader returns them as events.
    pub failures: Vec<Failure<Text>>,
    /// The object `policy` is present, even if empty.
    pub has_policy: bool,
    /// The array `failure-details` is present, even if empty.
    pub has_failures: bool,
    pub index: u32,
}

/// The top-level members of a report. None: the member is missing, or its value cannot be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata<Text = String> {
    pub organization_name: Option<Text>,
    pub contact_info: Option<Text>,
    pub report_id: Option<Text>,
    /// Unix seconds.
    pub start: Option<i64>,
    /// Unix seconds.
    pub end: Option<i64>,
    /// Number of diagnostics of severity Error.
    pub error_count: u32,
    pub warning_count: u32,
    pub info_count: u32,
}

pub(crate) unsafe fn failure<'a, Text: From<Cow<'a, str>>>(f: &native::Failure) -> Failure<Text> {
    Failure {
        result_type: ResultType(f.r#type),
        type_name: text(f.type_name),
        sending_mta_ip: text(f.sending_mta_ip),
        receiving_mx_hostname: text(f.receiving_mx_hostname),
        receiving_mx_helo: text(f.receiving_mx_helo),
        receiving_ip: text(f.receiving_ip),
        failed_sessions: (f.present & native::FAILURE_HAS_FAILED_SESSIONS != 0).then_some(f.failed_sessions),
        additional_information: text(f.additional_information),
        failure_reason_code: text(f.failure_reason_code),
        policy_index: f.policy_index,
    }
}

pub(crate) unsafe fn policy<'a, Text: From<Cow<'a, str>>>(p: &native::Policy) -> Policy<Text> {
    let has = |bit| p.present & bit != 0;
    let list = |bit, texts: *const native::Str, count| {
        has(bit).then(|| (0..count as usize).map(|i| text(*texts.add(i)).unwrap_or_else(|| Cow::Borrowed("").into())).collect())
    };
    Policy {
        policy_type: PolicyType::of(p.r#type),
        type_name: text(p.type_name),
        domain: text(p.domain),
        strings: list(native::POLICY_HAS_STRINGS, p.strings, p.string_count),
        mx_hosts: list(native::POLICY_HAS_MX_HOSTS, p.mx_hosts, p.mx_host_count),
        successful_sessions: has(native::POLICY_HAS_SUCCESSFUL).then_some(p.successful_sessions),
        failed_sessions: has(native::POLICY_HAS_FAILED).then_some(p.failed_sessions),
        failures: Vec::new(),
        has_policy: has(native::POLICY_HAS_POLICY),
        has_failures: has(native::POLICY_HAS_FAILURES),
        index: p.index,
    }
}

pub(crate) unsafe fn metadata<'a, Text: From<Cow<'a, str>>>(m: &native::Metadata) -> Metadata<Text> {
    Metadata {
        organization_name: text(m.organization_name),
        contact_info: text(m.contact_info),
        report_id: text(m.report_id),
        start: (m.start != i64::MIN).then_some(m.start),
        end: (m.end != i64::MIN).then_some(m.end),
        error_count: m.error_count,
        warning_count: m.warning_count,
        info_count: m.info_count,
    }
}

/// A whole report. Its parts are read when they are asked for. `Text` is `Cow<str>` to borrow texts from the report, or `String`.
pub struct Report(pub(crate) *mut native::Report);

// A report never changes.
unsafe impl Send for Report {}
unsafe impl Sync for Report {}

impl Drop for Report {
    fn drop(&mut self) {
        unsafe { native::trpt_report_free(self.0) }
    }
}

impl Report {
    pub fn metadata(&self) -> Metadata<Cow<'_, str>> {
        unsafe { metadata(&*native::trpt_report_metadata(self.0)) }
    }

    /// The policies with their failures.
    pub fn policies(&self) -> impl ExactSizeIterator<Item = Policy<Cow<'_, str>>> {
        (0..unsafe { native::trpt_report_policy_count(self.0) }).map(move |i| unsafe {
            let count = native::trpt_report_failure_count(self.0, i);
            let failures = (0..count).map(|j| failure(&*native::trpt_report_failure(self.0, i, j))).collect();
            Policy { failures, ..policy(&*native::trpt_report_policy(self.0, i)) }
        })
    }

    pub fn diagnostics(&self) -> impl ExactSizeIterator<Item = Diagnostic<Cow<'_, str>>> {
        (0..unsafe { native::trpt_report_diagnostic_count(self.0) })
            .map(move |i| unsafe { diagnostic(&*native::trpt_report_diagnostic(self.0, i)) })
    }

    /// Equal for two deliveries of one report. It is computed in each call.
    pub fn key(&self) -> String {
        must(written(|buffer, capacity, needed| unsafe { native::trpt_report_key(self.0, buffer, capacity, needed) }))
    }

    /// Returns the JSON text of the report, with line breaks and indentation if `pretty`. Absent members and diagnostics are omitted.
    pub fn to_json(&self, pretty: bool) -> String {
        let mut out = Vec::<u8>::new();
        let user: *mut Vec<u8> = &mut out;
        must(crate::check(unsafe { native::trpt_report_write(self.0, pretty.into(), append, user.cast()) }));
        lossy(out)
    }
}

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (policies, diagnostics): (Vec<_>, Vec<_>) = (self.policies().collect(), self.diagnostics().collect());
        let mut parts = f.debug_struct("Report");
        parts.field("metadata", &self.metadata()).field("policies", &policies).field("diagnostics", &diagnostics).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policy_types_match_the_library() {
        let count = unsafe { native::trpt_policy_type_count() } as i32;
        for number in 1..=count {
            assert_eq!(PolicyType::of(number) as i32, number);
            assert!(!PolicyType::of(number).to_string().is_empty());
        }
        assert_eq!(PolicyType::of(count + 1), PolicyType::Unknown);
        assert_eq!(PolicyType::Unknown.to_string(), "");
        assert_eq!(PolicyType::Sts.to_string(), "sts");
    }
}
