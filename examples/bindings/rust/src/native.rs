// SPDX-License-Identifier: MIT
//! What the headers of libtrpt declare. Made by docs/generate; docs/api.json says what it means.
#![allow(dead_code)]

use std::mem::size_of;
use std::os::raw::{c_char, c_int, c_void};

#[repr(C)] #[derive(Clone, Copy)] pub struct Str { pub ptr: *const c_char, pub len: usize }
#[cfg(target_pointer_width = "64")] const _: () = assert!(size_of::<Str>() == 16);
pub type WriteFn = extern "C" fn(*mut c_void, *const c_char, usize) -> c_int;
pub type Status = i32;
pub const OK: Status = 0;
pub const END: Status = 1;
pub const MORE: Status = 2;
pub const E_ARGUMENT: Status = -1;
pub const E_STATE: Status = -2;
pub const E_MEMORY: Status = -3;
pub const E_LIMIT: Status = -4;
pub const E_CANCELED: Status = -5;
pub const E_BUFFER: Status = -6;
pub const E_UNSUPPORTED: Status = -7;
pub const E_SYNTAX: Status = -8;
pub const E_NOT_TLSRPT: Status = -10;
pub const E_NO_RECORD: Status = -11;
pub const E_MANY_RECORDS: Status = -12;
pub const E_RECORD: Status = -13;
pub const E_JSON: Status = -20;
pub const E_SCHEMA: Status = -21;
pub const E_TRUNCATED: Status = -22;
pub const E_COMPRESSION: Status = -23;
pub const E_NO_REPORT: Status = -30;
pub const E_MAIL: Status = -31;
pub const STRICT: u32 = 1;
pub const NO_INFLATE: u32 = 2;
pub const NO_DIAGNOSTICS: u32 = 4;
pub const NO_FINDINGS: u32 = 4;
pub const SEQUENCE: u32 = 8;
#[repr(C)] #[derive(Clone, Copy)] pub struct Error { pub status: Status, pub line: u32, pub column: u32, pub reserved: u32, pub offset: u64, pub code: *const c_char, pub r#where: [c_char; 128], pub message: [c_char; 128] }
#[cfg(target_pointer_width = "64")] const _: () = assert!(size_of::<Error>() == 288);
extern "C" { pub fn trpt_status_name(status: Status) -> *const c_char; }
extern "C" { pub fn trpt_status_message(status: Status) -> *const c_char; }
extern "C" { pub fn trpt_version() -> *const c_char; }
extern "C" { pub fn trpt_version_number() -> u32; }
pub type Severity = i32;
pub const INFO: Severity = 0;
pub const WARNING: Severity = 1;
pub const ERROR: Severity = 2;
#[repr(C)] #[derive(Clone, Copy)] pub struct Diagnostic { pub code: *const c_char, pub severity: Severity, pub line: u32, pub column: u32, pub reserved: u32, pub offset: u64, pub r#where: *const c_char, pub message: *const c_char, pub section: *const c_char }
#[cfg(target_pointer_width = "64")] const _: () = assert!(size_of::<Diagnostic>() == 56);
pub type DiagnosticFn = extern "C" fn(*mut c_void, *const Diagnostic) -> c_int;
extern "C" { pub fn trpt_diagnostic_count() -> u32; }
extern "C" { pub fn trpt_diagnostic_code(i: u32) -> *const c_char; }
extern "C" { pub fn trpt_diagnostic_severity(code: *const c_char) -> Severity; }
extern "C" { pub fn trpt_diagnostic_message(code: *const c_char) -> *const c_char; }
extern "C" { pub fn trpt_diagnostic_section(code: *const c_char) -> *const c_char; }
extern "C" { pub fn trpt_diagnostic_advice(code: *const c_char) -> *const c_char; }
extern "C" { pub fn trpt_severity_name(severity: Severity) -> *const c_char; }
pub type PolicyType = i32;
pub const POLICY_UNKNOWN: PolicyType = 0;
pub const POLICY_TLSA: PolicyType = 1;
pub const POLICY_STS: PolicyType = 2;
pub const POLICY_NO_POLICY_FOUND: PolicyType = 3;
pub type ResultType = i32;
pub const RESULT_UNKNOWN: ResultType = 0;
pub const RESULT_STARTTLS_NOT_SUPPORTED: ResultType = 1;
pub const RESULT_CERTIFICATE_HOST_MISMATCH: ResultType = 2;
pub const RESULT_CERTIFICATE_NOT_TRUSTED: ResultType = 3;
pub const RESULT_CERTIFICATE_EXPIRED: ResultType = 4;
pub const RESULT_VALIDATION_FAILURE: ResultType = 5;
pub const RESULT_STS_POLICY_FETCH_ERROR: ResultType = 6;
pub const RESULT_STS_POLICY_INVALID: ResultType = 7;
pub const RESULT_STS_WEBPKI_INVALID: ResultType = 8;
pub const RESULT_TLSA_INVALID: ResultType = 9;
pub const RESULT_DNSSEC_INVALID: ResultType = 10;
pub const RESULT_DANE_REQUIRED: ResultType = 11;
pub type ResultGroup = i32;
pub const GROUP_UNKNOWN: ResultGroup = 0;
pub const GROUP_NEGOTIATION: ResultGroup = 1;
pub const GROUP_STS: ResultGroup = 2;
pub const GROUP_DANE: ResultGroup = 3;
pub const GROUP_GENERAL: ResultGroup = 4;
#[repr(C)] #[derive(Clone, Copy)] pub struct Policy { pub index: u32, pub r#type: PolicyType, pub type_name: Str, pub domain: Str, pub strings: *const Str, pub mx_hosts: *const Str, pub string_count: u32, pub mx_host_count: u32, pub successful_sessions: u64, pub failed_sessions: u64, pub failure_count: u32, pub present: u32 }
#[cfg(target_pointer_width = "64")] const _: () = assert!(size_of::<Policy>() == 88);
pub const POLICY_HAS_POLICY: u32 = 1;
pub const POLICY_HAS_TYPE: u32 = 2;
pub const POLICY_HAS_STRINGS: u32 = 4;
pub const POLICY_HAS_DOMAIN: u32 = 8;
pub const POLICY_HAS_MX_HOSTS: u32 = 16;
pub const POLICY_HAS_SUCCESSFUL: u32 = 32;
pub const POLICY_HAS_FAILED: u32 = 64;
pub const POLICY_HAS_FAILURES: u32 = 128;
#[repr(C)] #[derive(Clone, Copy)] pub struct Failure { pub policy_index: u32, pub index: u32, pub r#type: ResultType, pub present: u32, pub type_name: Str, pub sending_mta_ip: Str, pub receiving_mx_hostname: Str, pub receiving_mx_helo: Str, pub receiving_ip: Str, pub additional_information: Str, pub failure_reason_code: Str, pub failed_sessions: u64 }
#[cfg(target_pointer_width = "64")] const _: () = assert!(size_of::<Failure>() == 136);
pub const FAILURE_HAS_TYPE: u32 = 1;
pub const FAILURE_HAS_SENDING_MTA_IP: u32 = 2;
pub const FAILURE_HAS_RECEIVING_MX_HOSTNAME: u32 = 4;
pub const FAILURE_HAS_RECEIVING_MX_HELO: u32 = 8;
pub const FAILURE_HAS_RECEIVING_IP: u32 = 16;
pub const FAILURE_HAS_FAILED_SESSIONS: u32 = 32;
pub const FAILURE_HAS_ADDITIONAL_INFORMATION: u32 = 64;
pub const FAILURE_HAS_REASON_CODE: u32 = 128;
#[repr(C)] #[derive(Clone, Copy)] pub struct Metadata { pub organization_name: Str, pub contact_info: Str, pub report_id: Str, pub start_text: Str, pub end_text: Str, pub start: i64, pub end: i64, pub failure_count: u64, pub policy_count: u32, pub present: u32, pub error_count: u32, pub warning_count: u32, pub info_count: u32, pub reserved: u32 }
#[cfg(target_pointer_width = "64")] const _: () = assert!(size_of::<Metadata>() == 128);
pub const METADATA_HAS_ORGANIZATION_NAME: u32 = 1;
pub const METADATA_HAS_CONTACT_INFO: u32 = 2;
pub const METADATA_HAS_REPORT_ID: u32 = 4;
pub const METADATA_HAS_START: u32 = 8;
pub const METADATA_HAS_END: u32 = 16;
extern "C" { pub fn trpt_policy_type_from_name(name: *const c_char, len: usize) -> PolicyType; }
extern "C" { pub fn trpt_policy_type_name(r#type: PolicyType) -> *const c_char; }
extern "C" { pub fn trpt_policy_type_title(r#type: PolicyType) -> *const c_char; }
extern "C" { pub fn trpt_result_type_from_name(name: *const c_char, len: usize) -> ResultType; }
extern "C" { pub fn trpt_result_type_name(r#type: ResultType) -> *const c_char; }
extern "C" { pub fn trpt_result_type_description(r#type: ResultType) -> *const c_char; }
extern "C" { pub fn trpt_result_type_group(r#type: ResultType) -> ResultGroup; }
extern "C" { pub fn trpt_result_type_loses_mail(r#type: ResultType) -> i32; }
extern "C" { pub fn trpt_policy_type_count() -> u32; }
extern "C" { pub fn trpt_result_type_count() -> u32; }
#[repr(C)] #[derive(Clone, Copy)] pub struct Allocator { pub struct_size: usize, pub allocate: Option<extern "C" fn(*mut c_void, usize) -> *mut c_void>, pub release: Option<extern "C" fn(*mut c_void, *mut c_void, usize)>, pub user: *mut c_void }
#[cfg(target_pointer_width = "64")] const _: () = assert!(size_of::<Allocator>() == 32);
pub type Tokenizer = i32;
pub const TOKENIZER_DEFAULT: Tokenizer = 0;
pub const TOKENIZER_BUILTIN: Tokenizer = 1;
pub const TOKENIZER_YAJL: Tokenizer = 2;
#[repr(C)] #[derive(Clone, Copy)] pub struct Options { pub struct_size: usize, pub flags: u32, pub tokenizer: Tokenizer, pub max_depth: u32, pub max_string: u32, pub max_strings: u32, pub max_entry: u32, pub max_held: u32, pub max_policies: u32, pub max_diagnostics: u32, pub max_ratio: u32, pub max_failures: u64, pub max_input: u64, pub max_inflated: u64, pub max_memory: u64, pub now: i64, pub allocator: *const Allocator }
#[cfg(target_pointer_width = "64")] const _: () = assert!(size_of::<Options>() == 96);
pub type EventType = i32;
pub const EVENT_FAILURE: EventType = 1;
pub const EVENT_POLICY: EventType = 2;
pub const EVENT_REPORT: EventType = 3;
pub const EVENT_DIAGNOSTIC: EventType = 4;
#[repr(C)] #[derive(Clone, Copy)] pub struct Event { pub r#type: EventType, pub reserved: u32, pub policy: *const Policy, pub failure: *const Failure, pub metadata: *const Metadata, pub diagnostic: *const Diagnostic }
#[cfg(target_pointer_width = "64")] const _: () = assert!(size_of::<Event>() == 40);
#[repr(C)] #[derive(Clone, Copy)] pub struct Handler { pub struct_size: usize, pub on_failure: Option<extern "C" fn(*mut c_void, *const Policy, *const Failure) -> c_int>, pub on_policy: Option<extern "C" fn(*mut c_void, *const Policy) -> c_int>, pub on_report: Option<extern "C" fn(*mut c_void, *const Metadata) -> c_int>, pub on_diagnostic: Option<extern "C" fn(*mut c_void, *const Diagnostic) -> c_int>, pub on_fault: Option<extern "C" fn(*mut c_void, *const Error) -> c_int> }
#[cfg(target_pointer_width = "64")] const _: () = assert!(size_of::<Handler>() == 48);
#[repr(C)] #[derive(Clone, Copy)] pub struct Parser { _private: [u8; 0] }
extern "C" { pub fn trpt_parser_size(options: *const Options) -> usize; }
extern "C" { pub fn trpt_parser_init(out: *mut *mut Parser, memory: *mut c_void, size: usize, options: *const Options) -> Status; }
extern "C" { pub fn trpt_parser_new(out: *mut *mut Parser, options: *const Options) -> Status; }
extern "C" { pub fn trpt_parser_free(parser: *mut Parser); }
extern "C" { pub fn trpt_parser_reset(parser: *mut Parser); }
extern "C" { pub fn trpt_parser_error(parser: *const Parser) -> *const Error; }
extern "C" { pub fn trpt_parser_has_ended(parser: *const Parser) -> i32; }
extern "C" { pub fn trpt_parser_inflated(parser: *const Parser) -> u64; }
extern "C" { pub fn trpt_parser_read(parser: *mut Parser, data: *const c_void, len: usize, used: *mut usize, event: *mut *const Event) -> Status; }
extern "C" { pub fn trpt_parser_set_handler(parser: *mut Parser, handler: *const Handler, user: *mut c_void) -> Status; }
extern "C" { pub fn trpt_parser_feed(parser: *mut Parser, data: *const c_void, len: usize) -> Status; }
extern "C" { pub fn trpt_parser_finish(parser: *mut Parser) -> Status; }
#[repr(C)] #[derive(Clone, Copy)] pub struct Key { pub state: u64, pub policies: u64, pub failures: u64, pub policy: [u64; 5], pub report: [u64; 5], pub reserved: [u64; 11] }
#[cfg(target_pointer_width = "64")] const _: () = assert!(size_of::<Key>() == 192);
extern "C" { pub fn trpt_key_begin(key: *mut Key) -> Status; }
extern "C" { pub fn trpt_key_add(key: *mut Key, event: *const Event) -> Status; }
extern "C" { pub fn trpt_key_text(key: *const Key, buffer: *mut c_char, capacity: usize, needed: *mut usize) -> Status; }
#[repr(C)] #[derive(Clone, Copy)] pub struct Report { _private: [u8; 0] }
extern "C" { pub fn trpt_report_parse(data: *const c_void, len: usize, options: *const Options, out: *mut *mut Report, error: *mut Error) -> Status; }
extern "C" { pub fn trpt_report_read(parser: *mut Parser, data: *const c_void, len: usize, out: *mut *mut Report) -> Status; }
extern "C" { pub fn trpt_report_next(parser: *mut Parser, data: *const c_void, len: usize, used: *mut usize, out: *mut *mut Report) -> Status; }
extern "C" { pub fn trpt_reports_next(parser: *mut Parser, rest: *mut Str, out: *mut *mut Report) -> Status; }
extern "C" { pub fn trpt_report_unfinished(parser: *const Parser) -> *const Report; }
extern "C" { pub fn trpt_report_free(report: *mut Report); }
extern "C" { pub fn trpt_report_metadata(report: *const Report) -> *const Metadata; }
extern "C" { pub fn trpt_report_policy_count(report: *const Report) -> u32; }
extern "C" { pub fn trpt_report_policy(report: *const Report, policy: u32) -> *const Policy; }
extern "C" { pub fn trpt_report_failure_count(report: *const Report, policy: u32) -> u32; }
extern "C" { pub fn trpt_report_failure(report: *const Report, policy: u32, failure: u32) -> *const Failure; }
extern "C" { pub fn trpt_report_diagnostic_count(report: *const Report) -> u32; }
extern "C" { pub fn trpt_report_diagnostic(report: *const Report, i: u32) -> *const Diagnostic; }
extern "C" { pub fn trpt_report_key(report: *const Report, buffer: *mut c_char, capacity: usize, needed: *mut usize) -> Status; }
#[repr(C)] #[derive(Clone, Copy)] pub struct Source { pub struct_size: usize, pub name: Str, pub key: Str, pub error_status: Str, pub diagnostics: *const *const Diagnostic, pub diagnostic_count: usize, pub report_domain: Str, pub report_submitter: Str, pub message_id: Str, pub dkim: Str, pub dkim_domain: Str }
#[cfg(target_pointer_width = "64")] const _: () = assert!(size_of::<Source>() == 152);
pub type StsMode = i32;
pub const STS_MODE_UNKNOWN: StsMode = 0;
pub const STS_MODE_NONE: StsMode = 1;
pub const STS_MODE_TESTING: StsMode = 2;
pub const STS_MODE_ENFORCE: StsMode = 3;
#[repr(C)] #[derive(Clone, Copy)] pub struct Tlsa { pub usage: u32, pub selector: u32, pub matching_type: u32, pub reserved: u32, pub data: Str }
#[cfg(target_pointer_width = "64")] const _: () = assert!(size_of::<Tlsa>() == 32);
extern "C" { pub fn trpt_sts_line_parse(line: *const c_char, len: usize, key: *mut Str, value: *mut Str) -> Status; }
extern "C" { pub fn trpt_tlsa_parse(text: *const c_char, len: usize, out: *mut Tlsa) -> Status; }
extern "C" { pub fn trpt_sts_mode_from_name(name: *const c_char, len: usize) -> StsMode; }
extern "C" { pub fn trpt_sts_mode_name(mode: StsMode) -> *const c_char; }
extern "C" { pub fn trpt_policy_mode(policy: *const Policy) -> StsMode; }
extern "C" { pub fn trpt_mx_match(pattern: *const c_char, pattern_len: usize, host: *const c_char, host_len: usize) -> i32; }
#[repr(C)] #[derive(Clone, Copy)] pub struct Record { pub text: Str, pub rua_count: u32, pub usable_rua_count: u32, pub extension_count: u32, pub flags: u32, pub reserved: [u64; 4] }
#[cfg(target_pointer_width = "64")] const _: () = assert!(size_of::<Record>() == 64);
pub type Scheme = i32;
pub const SCHEME_OTHER: Scheme = 0;
pub const SCHEME_MAILTO: Scheme = 1;
pub const SCHEME_HTTPS: Scheme = 2;
extern "C" { pub fn trpt_scheme_name(scheme: Scheme) -> *const c_char; }
#[repr(C)] #[derive(Clone, Copy)] pub struct Rua { pub uri: Str, pub scheme: Scheme, pub usable: i32, pub address: Str, pub reserved: [u64; 2] }
#[cfg(target_pointer_width = "64")] const _: () = assert!(size_of::<Rua>() == 56);
extern "C" { pub fn trpt_record_parse(text: *const c_char, len: usize, flags: u32, out: *mut Record, error: *mut Error) -> Status; }
extern "C" { pub fn trpt_record_next_rua(record: *const Record, cursor: *mut usize, out: *mut Rua) -> Status; }
extern "C" { pub fn trpt_record_next_extension(record: *const Record, cursor: *mut usize, name: *mut Str, value: *mut Str) -> Status; }
extern "C" { pub fn trpt_record_select(texts: *const Str, count: usize, flags: u32, out: *mut Record, error: *mut Error) -> Status; }
pub type TextKind = i32;
pub const TEXT_UNRELATED: TextKind = 0;
pub const TEXT_INTENDED: TextKind = 1;
pub const TEXT_TLSRPT: TextKind = 2;
extern "C" { pub fn trpt_record_kind(text: *const c_char, len: usize) -> TextKind; }
pub type Verdict = i32;
pub const VERDICT_UNKNOWN: Verdict = 0;
pub const VERDICT_ALL: Verdict = 1;
pub const VERDICT_SOME: Verdict = 2;
pub const VERDICT_NONE: Verdict = 3;
extern "C" { pub fn trpt_verdict_name(verdict: Verdict) -> *const c_char; }
#[repr(C)] #[derive(Clone, Copy)] pub struct Conclusion { pub record: Record, pub index: usize, pub code: *const c_char, pub reason: *const c_char, pub status: Status, pub verdict: Verdict, pub tlsrpt_count: u32, pub intended_count: u32, pub unrelated_count: u32, pub reserved: [u32; 7] }
#[cfg(target_pointer_width = "64")] const _: () = assert!(size_of::<Conclusion>() == 136);
extern "C" { pub fn trpt_record_conclude(texts: *const Str, count: usize, out: *mut Conclusion) -> Status; }
pub const NOTATION_QUOTES: u32 = 1;
pub const NOTATION_STRINGS: u32 = 2;
pub const NOTATION_ENTRY: u32 = 4;
extern "C" { pub fn trpt_record_extract(text: *const c_char, len: usize, cursor: *mut usize, notation: *mut u32, buffer: *mut c_char, capacity: usize, needed: *mut usize) -> Status; }
pub const SUGGESTION_MAX_LEN: u32 = 4096;
extern "C" { pub fn trpt_record_suggest(text: *const c_char, len: usize, buffer: *mut c_char, capacity: usize, needed: *mut usize) -> Status; }
extern "C" { pub fn trpt_record_merge(texts: *const Str, count: usize, buffer: *mut c_char, capacity: usize, needed: *mut usize) -> Status; }
extern "C" { pub fn trpt_record_join(rdata: *const u8, len: usize, buffer: *mut c_char, capacity: usize, needed: *mut usize) -> Status; }
extern "C" { pub fn trpt_record_name(domain: *const c_char, len: usize, buffer: *mut c_char, capacity: usize, needed: *mut usize) -> Status; }
extern "C" { pub fn trpt_record_diagnose(text: *const c_char, len: usize, r#fn: DiagnosticFn, user: *mut c_void) -> Status; }
extern "C" { pub fn trpt_record_json(text: *const c_char, len: usize, flags: u32, notation: u32, write: WriteFn, user: *mut c_void) -> Status; }
extern "C" { pub fn trpt_uri_decode(uri: *const c_char, len: usize, buffer: *mut c_char, capacity: usize, needed: *mut usize) -> Status; }
pub const PRETTY: u32 = 1;
pub const NO_LINES: u32 = 2;
pub const WITH_ADVICE: u32 = 4;
extern "C" { pub fn trpt_report_write(report: *const Report, flags: u32, write: WriteFn, user: *mut c_void) -> Status; }
#[repr(C)] #[derive(Clone, Copy)] pub struct Writer { _private: [u8; 0] }
extern "C" { pub fn trpt_writer_size() -> usize; }
extern "C" { pub fn trpt_writer_init(out: *mut *mut Writer, memory: *mut c_void, size: usize, flags: u32, write: WriteFn, user: *mut c_void) -> Status; }
extern "C" { pub fn trpt_writer_metadata(writer: *mut Writer, metadata: *const Metadata) -> Status; }
extern "C" { pub fn trpt_writer_policy(writer: *mut Writer, policy: *const Policy) -> Status; }
extern "C" { pub fn trpt_writer_failure(writer: *mut Writer, failure: *const Failure) -> Status; }
extern "C" { pub fn trpt_writer_end(writer: *mut Writer) -> Status; }
pub const SUBMISSION_PLAIN: u32 = 1;
#[repr(C)] #[derive(Clone, Copy)] pub struct Submission { pub struct_size: usize, pub submitter: Str, pub domain: Str, pub start: i64, pub end: i64, pub unique_id: Str, pub report_id: Str, pub flags: u32, pub reserved: u32 }
#[cfg(target_pointer_width = "64")] const _: () = assert!(size_of::<Submission>() == 96);
extern "C" { pub fn trpt_report_filename(submission: *const Submission, buffer: *mut c_char, capacity: usize, needed: *mut usize) -> Status; }
extern "C" { pub fn trpt_report_subject(submission: *const Submission, buffer: *mut c_char, capacity: usize, needed: *mut usize) -> Status; }
extern "C" { pub fn trpt_report_json(report: *const Report, error: *const Error, source: *const Source, flags: u32, write: WriteFn, user: *mut c_void) -> Status; }
extern "C" { pub fn trpt_reports_json(parser: *mut Parser, data: *const c_void, len: usize, source: *const Source, flags: u32, write: WriteFn, user: *mut c_void) -> Status; }
extern "C" { pub fn trpt_diagnostic_json(diagnostic: *const Diagnostic, flags: u32, write: WriteFn, user: *mut c_void) -> Status; }
extern "C" { pub fn trpt_error_json(error: *const Error, source: *const Source, flags: u32, write: WriteFn, user: *mut c_void) -> Status; }
extern "C" { pub fn trpt_record_write(uris: *const Str, count: usize, buffer: *mut c_char, capacity: usize, needed: *mut usize) -> Status; }
pub type RowsFormat = i32;
pub const ROWS_NDJSON: RowsFormat = 0;
pub const ROWS_CSV: RowsFormat = 1;
pub const ROWS_TSV: RowsFormat = 2;
pub const ROWS_NO_FORMULA_GUARD: u32 = 1;
#[repr(C)] #[derive(Clone, Copy)] pub struct RowsOptions { pub struct_size: usize, pub format: RowsFormat, pub flags: u32 }
#[cfg(target_pointer_width = "64")] const _: () = assert!(size_of::<RowsOptions>() == 16);
#[repr(C)] #[derive(Clone, Copy)] pub struct Rows { _private: [u8; 0] }
extern "C" { pub fn trpt_rows_size() -> usize; }
extern "C" { pub fn trpt_rows_init(out: *mut *mut Rows, memory: *mut c_void, size: usize, options: *const RowsOptions, write: WriteFn, user: *mut c_void) -> Status; }
extern "C" { pub fn trpt_rows_header(rows: *mut Rows) -> Status; }
extern "C" { pub fn trpt_rows_report(rows: *mut Rows, report: *const Report, source: *const Source) -> Status; }
extern "C" { pub fn trpt_rows_error(rows: *mut Rows, error: *const Error, source: *const Source) -> Status; }
extern "C" { pub fn trpt_rows_reports(rows: *mut Rows, parser: *mut Parser, data: *const c_void, len: usize, source: *const Source) -> Status; }
#[repr(C)] #[derive(Clone, Copy)] pub struct ArrowSchema { pub format: *const c_char, pub name: *const c_char, pub metadata: *const c_char, pub flags: i64, pub n_children: i64, pub children: *mut *mut ArrowSchema, pub dictionary: *mut ArrowSchema, pub release: Option<extern "C" fn(*mut ArrowSchema)>, pub private_data: *mut c_void }
#[cfg(target_pointer_width = "64")] const _: () = assert!(size_of::<ArrowSchema>() == 72);
#[repr(C)] #[derive(Clone, Copy)] pub struct ArrowArray { pub length: i64, pub null_count: i64, pub offset: i64, pub n_buffers: i64, pub n_children: i64, pub buffers: *mut *const c_void, pub children: *mut *mut ArrowArray, pub dictionary: *mut ArrowArray, pub release: Option<extern "C" fn(*mut ArrowArray)>, pub private_data: *mut c_void }
#[cfg(target_pointer_width = "64")] const _: () = assert!(size_of::<ArrowArray>() == 80);
#[repr(C)] #[derive(Clone, Copy)] pub struct ArrowArrayStream { pub get_schema: Option<extern "C" fn(*mut ArrowArrayStream, *mut ArrowSchema) -> c_int>, pub get_next: Option<extern "C" fn(*mut ArrowArrayStream, *mut ArrowArray) -> c_int>, pub get_last_error: Option<extern "C" fn(*mut ArrowArrayStream) -> *const c_char>, pub release: Option<extern "C" fn(*mut ArrowArrayStream)>, pub private_data: *mut c_void }
#[cfg(target_pointer_width = "64")] const _: () = assert!(size_of::<ArrowArrayStream>() == 40);
pub type Table = i32;
pub const TABLE_ROWS: Table = 0;
pub const TABLE_DIAGNOSTICS: Table = 1;
pub const TABLE_BAD: Table = 2;
extern "C" { pub fn trpt_table_schema(table: Table, allocator: *const Allocator, out: *mut ArrowSchema) -> Status; }
#[repr(C)] #[derive(Clone, Copy)] pub struct BatchItem { pub struct_size: usize, pub source: *const Source, pub data: *const c_void, pub len: usize, pub report: *const Report, pub error: *const Error }
#[cfg(target_pointer_width = "64")] const _: () = assert!(size_of::<BatchItem>() == 48);
#[repr(C)] #[derive(Clone, Copy)] pub struct BatchOptions { pub struct_size: usize, pub max_table: u64, pub report: *const Options, pub next: Option<extern "C" fn(*mut c_void, *mut BatchItem) -> Status>, pub done: Option<extern "C" fn(*mut c_void)>, pub user: *mut c_void }
#[cfg(target_pointer_width = "64")] const _: () = assert!(size_of::<BatchOptions>() == 48);
#[repr(C)] #[derive(Clone, Copy)] pub struct Batch { _private: [u8; 0] }
extern "C" { pub fn trpt_batch_new(out: *mut *mut Batch, options: *const BatchOptions) -> Status; }
extern "C" { pub fn trpt_batch_free(batch: *mut Batch); }
extern "C" { pub fn trpt_batch_add(batch: *mut Batch, item: *const BatchItem) -> Status; }
extern "C" { pub fn trpt_batch_count(batch: *const Batch, table: Table) -> u64; }
extern "C" { pub fn trpt_batch_overflow_count(batch: *const Batch) -> u64; }
extern "C" { pub fn trpt_batch_export(batch: *mut Batch, table: Table, out: *mut ArrowArray) -> Status; }
extern "C" { pub fn trpt_batch_stream(batch: *mut Batch, table: Table, out: *mut ArrowArrayStream) -> Status; }
extern "C" { pub fn trpt_time_parse(text: *const c_char, len: usize, seconds: *mut i64) -> Status; }
extern "C" { pub fn trpt_time_format(seconds: i64, buffer: *mut c_char, capacity: usize, needed: *mut usize) -> Status; }
