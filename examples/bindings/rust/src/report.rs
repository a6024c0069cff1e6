// SPDX-License-Identifier: MIT
//! Reads complete reports or their events.

use crate::{borrowed, check, diagnostic, error, native, owned, static_text, written, Error, Finding};
use std::fmt;
use std::io::{self, Read};
use std::ptr::null_mut;

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
        f.write_str(unsafe { static_text(native::trpt_policy_type_name(*self as i32)) }.unwrap_or(""))
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

/// `result-type`, RFC 8460 s4.3: a number of TRPT_RESULT_*, 0 for an unknown one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ResultType(pub i32);

impl ResultType {
    /// Returns 0 for an unknown name.
    pub fn from_name(name: &str) -> Self {
        let name = borrowed(name);
        ResultType(unsafe { native::trpt_result_type_from_name(name.ptr, name.len) })
    }

    /// Explains the type to the owner of the domain, and says what to do.
    pub fn description(self) -> &'static str {
        unsafe { static_text(native::trpt_result_type_description(self.0)) }.unwrap_or("")
    }
}

/// An element of `failure-details`. None: the member is missing, or its value cannot be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failure {
    pub result_type: ResultType,
    /// As written.
    pub type_name: Option<String>,
    pub sending_mta_ip: Option<String>,
    pub receiving_mx_hostname: Option<String>,
    pub receiving_mx_helo: Option<String>,
    pub receiving_ip: Option<String>,
    pub failed_sessions: Option<u64>,
    pub additional_information: Option<String>,
    pub failure_reason_code: Option<String>,
    pub policy_index: u32,
}

/// An element of `policies`. None: the member is missing, or its value cannot be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    pub policy_type: PolicyType,
    /// As written.
    pub type_name: Option<String>,
    pub domain: Option<String>,
    pub strings: Option<Vec<String>>,
    pub mx_hosts: Option<Vec<String>>,
    pub successful_sessions: Option<u64>,
    pub failed_sessions: Option<u64>,
    /// Set by parse_report; a Reader returns them as events.
    pub failures: Vec<Failure>,
    /// The object `policy` is present, even if empty.
    pub has_policy: bool,
    /// The array `failure-details` is present, even if empty.
    pub has_failures: bool,
    pub index: u32,
}

/// The top-level members of a report. None: the member is missing, or its value cannot be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    pub organization_name: Option<String>,
    pub contact_info: Option<String>,
    pub report_id: Option<String>,
    /// Unix seconds.
    pub start: Option<i64>,
    /// Unix seconds.
    pub end: Option<i64>,
    /// Number of diagnostics of severity Error.
    pub error_count: u32,
    pub warning_count: u32,
    pub info_count: u32,
}

/// A complete report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub metadata: Metadata,
    pub policies: Vec<Policy>,
    pub findings: Vec<Finding>,
    /// Equal for two deliveries of one report.
    pub key: String,
}

/// What a Reader returns. A Failure precedes its Policy, and a Finding precedes the event that it concerns. Metadata is the last event, and
/// comes only if the whole report was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Failure(Failure),
    Policy(Policy),
    Finding(Finding),
    Metadata(Metadata),
}

/// Options for reading. A limit of 0 means the default of trpt_options.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Fail at the first diagnostic of severity Error.
    pub strict: bool,
    /// Report no diagnostics, which is faster.
    pub no_findings: bool,
    /// Unix seconds, to report periods in the future.
    pub now: i64,
    /// Bytes.
    pub max_input: u64,
    /// Bytes after decompression.
    pub max_inflated: u64,
    pub max_failures: u64,
    pub max_policies: u32,
}

impl Options {
    fn native(&self) -> native::Options {
        native::Options {
            struct_size: std::mem::size_of::<native::Options>(),
            flags: if self.strict { native::STRICT } else { 0 } | if self.no_findings { native::NO_DIAGNOSTICS } else { 0 },
            tokenizer: 0,
            max_depth: 0,
            max_string: 0,
            max_strings: 0,
            max_entry: 0,
            max_held: 0,
            max_policies: self.max_policies,
            max_diagnostics: 0,
            max_ratio: 0,
            max_failures: self.max_failures,
            max_input: self.max_input,
            max_inflated: self.max_inflated,
            max_memory: 0,
            now: self.now,
            allocator: std::ptr::null(),
        }
    }
}

/// Why a Reader stops.
#[derive(Debug)]
pub enum ReadError {
    /// The source failed.
    Io(io::Error),
    /// The input is not a valid report.
    Report(Error),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::Io(e) => e.fmt(f),
            ReadError::Report(e) => e.fmt(f),
        }
    }
}

impl std::error::Error for ReadError {}

impl From<Error> for ReadError {
    fn from(e: Error) -> Self {
        ReadError::Report(e)
    }
}

unsafe fn failure(f: &native::Failure) -> Failure {
    Failure {
        result_type: ResultType(f.r#type),
        type_name: owned(f.type_name),
        sending_mta_ip: owned(f.sending_mta_ip),
        receiving_mx_hostname: owned(f.receiving_mx_hostname),
        receiving_mx_helo: owned(f.receiving_mx_helo),
        receiving_ip: owned(f.receiving_ip),
        failed_sessions: (f.present & native::FAILURE_HAS_FAILED_SESSIONS != 0).then_some(f.failed_sessions),
        additional_information: owned(f.additional_information),
        failure_reason_code: owned(f.failure_reason_code),
        policy_index: f.policy_index,
    }
}

unsafe fn list(texts: *const native::Str, count: u32) -> Vec<String> {
    (0..count as usize).map(|i| owned(*texts.add(i)).unwrap_or_default()).collect()
}

unsafe fn policy(p: &native::Policy) -> Policy {
    let has = |bit| p.present & bit != 0;
    Policy {
        policy_type: PolicyType::of(p.r#type),
        type_name: owned(p.type_name),
        domain: owned(p.domain),
        strings: has(native::POLICY_HAS_STRINGS).then(|| list(p.strings, p.string_count)),
        mx_hosts: has(native::POLICY_HAS_MX_HOSTS).then(|| list(p.mx_hosts, p.mx_host_count)),
        successful_sessions: has(native::POLICY_HAS_SUCCESSFUL).then_some(p.successful_sessions),
        failed_sessions: has(native::POLICY_HAS_FAILED).then_some(p.failed_sessions),
        failures: Vec::new(),
        has_policy: has(native::POLICY_HAS_POLICY),
        has_failures: has(native::POLICY_HAS_FAILURES),
        index: p.index,
    }
}

unsafe fn metadata(m: &native::Metadata) -> Metadata {
    Metadata {
        organization_name: owned(m.organization_name),
        contact_info: owned(m.contact_info),
        report_id: owned(m.report_id),
        start: (m.start != i64::MIN).then_some(m.start),
        end: (m.end != i64::MIN).then_some(m.end),
        error_count: m.error_count,
        warning_count: m.warning_count,
        info_count: m.info_count,
    }
}

unsafe fn event(e: &native::Event) -> Option<Event> {
    match e.r#type {
        native::EVENT_FAILURE => Some(Event::Failure(failure(&*e.failure))),
        native::EVENT_POLICY => Some(Event::Policy(policy(&*e.policy))),
        native::EVENT_DIAGNOSTIC => Some(Event::Finding(diagnostic(&*e.diagnostic))),
        native::EVENT_REPORT => Some(Event::Metadata(metadata(&*e.metadata))),
        _ => None, // an event type of a later version
    }
}

/// Reads a report in chunks and in constant memory, plain JSON or gzip. It returns nothing after an error.
pub struct Reader<R> {
    source: R,
    parser: *mut native::Parser,
    chunk: Vec<u8>,
    /// The range of the chunk that is not yet consumed.
    rest: std::ops::Range<usize>,
    source_ended: bool,
    done: bool,
}

// Threads may use a parser one at a time, and a Reader cannot be used through a shared reference.
unsafe impl<R: Send> Send for Reader<R> {}

impl<R: Read> Reader<R> {
    pub fn new(source: R, options: &Options) -> Result<Self, Error> {
        let mut parser = null_mut();
        check(unsafe { native::trpt_parser_new(&mut parser, &options.native()) })?;
        Ok(Reader { source, parser, chunk: vec![0; 65536], rest: 0..0, source_ended: false, done: false })
    }

    fn step(&mut self) -> Result<Option<Event>, ReadError> {
        loop {
            let rest = &self.chunk[self.rest.clone()];
            let data = if self.source_ended { std::ptr::null() } else { rest.as_ptr() };
            let (mut used, mut next) = (0, std::ptr::null());
            let status = unsafe { native::trpt_parser_read(self.parser, data.cast(), rest.len(), &mut used, &mut next) };
            self.rest.start += used;
            match status {
                native::END => return Ok(None),
                native::MORE => self.fill()?,
                native::OK => {
                    if let Some(event) = unsafe { event(&*next) } {
                        return Ok(Some(event));
                    }
                }
                _ => return Err(unsafe { error(&*native::trpt_parser_error(self.parser)) }.into()),
            }
        }
    }

    fn fill(&mut self) -> Result<(), ReadError> {
        let count = loop {
            match self.source.read(&mut self.chunk) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                other => break other.map_err(ReadError::Io)?,
            }
        };
        self.rest = 0..count.min(self.chunk.len());
        self.source_ended = count == 0;
        Ok(())
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<Event, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let next = self.step().transpose();
        self.done = !matches!(next, Some(Ok(_)));
        next
    }
}

impl<R: Read> std::iter::FusedIterator for Reader<R> {}

impl<R> Drop for Reader<R> {
    fn drop(&mut self) {
        unsafe { native::trpt_parser_free(self.parser) }
    }
}

/// Parses a complete report in memory, plain JSON or gzip.
pub fn parse_report(data: &[u8], options: &Options) -> Result<Report, Error> {
    struct Tree(*mut native::Report);
    impl Drop for Tree {
        fn drop(&mut self) {
            unsafe { native::trpt_report_free(self.0) }
        }
    }
    let mut out = null_mut();
    let mut failed = std::mem::MaybeUninit::<native::Error>::uninit();
    unsafe {
        let status =
            native::trpt_report_parse(data.as_ptr().cast(), data.len(), &options.native(), &mut out, failed.as_mut_ptr());
        if status != native::OK {
            return Err(error(failed.assume_init_ref()));
        }
        let tree = Tree(out);
        let mut report = Report { metadata: metadata(&*native::trpt_report_metadata(tree.0)), ..Report::default() };
        for i in 0..native::trpt_report_policy_count(tree.0) {
            let mut one = policy(&*native::trpt_report_policy(tree.0, i));
            let count = native::trpt_report_failure_count(tree.0, i);
            one.failures = (0..count).map(|j| failure(&*native::trpt_report_failure(tree.0, i, j))).collect();
            report.policies.push(one);
        }
        let count = native::trpt_report_diagnostic_count(tree.0);
        report.findings = (0..count).map(|i| diagnostic(&*native::trpt_report_diagnostic(tree.0, i))).collect();
        report.key = written(|buffer, capacity, needed| native::trpt_report_key(tree.0, buffer, capacity, needed))?;
        Ok(report)
    }
}
