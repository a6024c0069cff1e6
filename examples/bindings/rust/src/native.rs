// SPDX-License-Identifier: MIT
//! The declarations of libtrpt that the binding uses. The tests compare sizes and offsets with docs/api.json.

use std::os::raw::{c_char, c_int, c_void};

pub type Status = i32;
pub const OK: Status = 0;
pub const END: Status = 1;
pub const MORE: Status = 2;
pub const E_BUFFER: Status = -6;

pub const STRICT: u32 = 1;
pub const NO_DIAGNOSTICS: u32 = 4;
pub const SEQUENCE: u32 = 8;

pub const EVENT_FAILURE: i32 = 1;
pub const EVENT_POLICY: i32 = 2;
pub const EVENT_REPORT: i32 = 3;
pub const EVENT_DIAGNOSTIC: i32 = 4;

pub const POLICY_HAS_POLICY: u32 = 1;
pub const POLICY_HAS_STRINGS: u32 = 4;
pub const POLICY_HAS_MX_HOSTS: u32 = 16;
pub const POLICY_HAS_SUCCESSFUL: u32 = 32;
pub const POLICY_HAS_FAILED: u32 = 64;
pub const POLICY_HAS_FAILURES: u32 = 128;
pub const FAILURE_HAS_FAILED_SESSIONS: u32 = 32;

/// Declares structs, and lists the offsets of their members for the tests.
macro_rules! structs {
    ($($name:literal $native:ident { $($field:ident: $type:ty,)* })*) => {
        $(#[repr(C)] #[derive(Clone, Copy)] pub struct $native { $(pub $field: $type,)* })*

        #[cfg(test)]
        fn layouts() -> Vec<(&'static str, usize, Vec<(&'static str, usize)>)> {
            vec![$({
                let base = std::mem::MaybeUninit::<$native>::uninit();
                let base = base.as_ptr();
                ($name, std::mem::size_of::<$native>(), vec![$((
                    stringify!($field).trim_start_matches("r#"),
                    unsafe { std::ptr::addr_of!((*base).$field) } as usize - base as usize,
                )),*])
            }),*]
        }
    };
}

structs! {
    "trpt_str" Str {
        ptr: *const c_char,
        len: usize,
    }
    "trpt_error" Error {
        status: Status,
        line: u32,
        column: u32,
        reserved: u32,
        offset: u64,
        code: *const c_char,
        r#where: [c_char; 128],
        message: [c_char; 128],
    }
    "trpt_diagnostic" Diagnostic {
        code: *const c_char,
        severity: i32,
        line: u32,
        column: u32,
        reserved: u32,
        offset: u64,
        r#where: *const c_char,
        message: *const c_char,
        section: *const c_char,
    }
    "trpt_policy" Policy {
        index: u32,
        r#type: i32,
        type_name: Str,
        domain: Str,
        strings: *const Str,
        mx_hosts: *const Str,
        string_count: u32,
        mx_host_count: u32,
        successful_sessions: u64,
        failed_sessions: u64,
        failure_count: u32,
        present: u32,
    }
    "trpt_failure" Failure {
        policy_index: u32,
        index: u32,
        r#type: i32,
        present: u32,
        type_name: Str,
        sending_mta_ip: Str,
        receiving_mx_hostname: Str,
        receiving_mx_helo: Str,
        receiving_ip: Str,
        additional_information: Str,
        failure_reason_code: Str,
        failed_sessions: u64,
    }
    "trpt_metadata" Metadata {
        organization_name: Str,
        contact_info: Str,
        report_id: Str,
        start_text: Str,
        end_text: Str,
        start: i64,
        end: i64,
        failure_count: u64,
        policy_count: u32,
        present: u32,
        error_count: u32,
        warning_count: u32,
        info_count: u32,
        reserved: u32,
    }
    "trpt_options" Options {
        struct_size: usize,
        flags: u32,
        tokenizer: i32,
        max_depth: u32,
        max_string: u32,
        max_strings: u32,
        max_entry: u32,
        max_held: u32,
        max_policies: u32,
        max_diagnostics: u32,
        max_ratio: u32,
        max_failures: u64,
        max_input: u64,
        max_inflated: u64,
        max_memory: u64,
        now: i64,
        allocator: *const c_void,
    }
    "trpt_event" Event {
        r#type: i32,
        reserved: u32,
        policy: *const Policy,
        failure: *const Failure,
        metadata: *const Metadata,
        diagnostic: *const Diagnostic,
    }
    "trpt_source" Source {
        struct_size: usize,
        name: Str,
        key: Str,
        error_status: Str,
        diagnostics: *const *const Diagnostic,
        diagnostic_count: usize,
        report_domain: Str,
        report_submitter: Str,
        message_id: Str,
        dkim: Str,
        dkim_domain: Str,
    }
    "trpt_rows_options" RowsOptions {
        struct_size: usize,
        format: i32,
        flags: u32,
    }
    "trpt_record" Record {
        text: Str,
        rua_count: u32,
        usable_rua_count: u32,
        extension_count: u32,
        flags: u32,
        reserved: [u64; 4],
    }
    "trpt_rua" Rua {
        uri: Str,
        scheme: i32,
        usable: i32,
        address: Str,
        reserved: [u64; 2],
    }
}

macro_rules! opaque {
    ($($name:ident)*) => { $(#[repr(C)] pub struct $name { _private: [u8; 0] })* };
}
opaque!(Parser Report Writer Rows);

pub type DiagnosticFn = extern "C" fn(*mut c_void, *const Diagnostic) -> c_int;
pub type WriteFn = extern "C" fn(*mut c_void, *const c_char, usize) -> c_int;

extern "C" {
    pub fn trpt_status_name(status: Status) -> *const c_char;
    pub fn trpt_status_message(status: Status) -> *const c_char;
    pub fn trpt_severity_name(severity: i32) -> *const c_char;
    pub fn trpt_scheme_name(scheme: i32) -> *const c_char;
    pub fn trpt_policy_type_name(kind: i32) -> *const c_char;
    #[cfg(test)]
    pub fn trpt_policy_type_count() -> u32;
    pub fn trpt_diagnostic_advice(code: *const c_char) -> *const c_char;
    pub fn trpt_result_type_description(kind: i32) -> *const c_char;
    pub fn trpt_result_type_from_name(name: *const c_char, len: usize) -> i32;

    pub fn trpt_record_parse(text: *const c_char, len: usize, flags: u32, out: *mut Record, error: *mut Error) -> Status;
    pub fn trpt_record_next_rua(record: *const Record, cursor: *mut usize, out: *mut Rua) -> Status;
    pub fn trpt_record_next_extension(record: *const Record, cursor: *mut usize, name: *mut Str, value: *mut Str) -> Status;
    pub fn trpt_record_diagnose(text: *const c_char, len: usize, function: DiagnosticFn, user: *mut c_void) -> Status;
    pub fn trpt_record_write(uris: *const Str, count: usize, buffer: *mut c_char, capacity: usize, needed: *mut usize) -> Status;

    pub fn trpt_parser_new(out: *mut *mut Parser, options: *const Options) -> Status;
    pub fn trpt_parser_free(parser: *mut Parser);
    pub fn trpt_parser_error(parser: *const Parser) -> *const Error;
    pub fn trpt_parser_read(
        parser: *mut Parser,
        data: *const c_void,
        len: usize,
        used: *mut usize,
        event: *mut *const Event,
    ) -> Status;

    pub fn trpt_parser_reset(parser: *mut Parser);

    pub fn trpt_parser_has_ended(parser: *const Parser) -> i32;

    pub fn trpt_reports_next(parser: *mut Parser, rest: *mut Str, out: *mut *mut Report) -> Status;
    pub fn trpt_report_free(report: *mut Report);
    pub fn trpt_report_metadata(report: *const Report) -> *const Metadata;
    pub fn trpt_report_policy_count(report: *const Report) -> u32;
    pub fn trpt_report_policy(report: *const Report, policy: u32) -> *const Policy;
    pub fn trpt_report_failure_count(report: *const Report, policy: u32) -> u32;
    pub fn trpt_report_failure(report: *const Report, policy: u32, failure: u32) -> *const Failure;
    pub fn trpt_report_diagnostic_count(report: *const Report) -> u32;
    pub fn trpt_report_diagnostic(report: *const Report, i: u32) -> *const Diagnostic;
    pub fn trpt_report_key(report: *const Report, buffer: *mut c_char, capacity: usize, needed: *mut usize) -> Status;

    pub fn trpt_report_write(report: *const Report, flags: u32, write: WriteFn, user: *mut c_void) -> Status;
    pub fn trpt_reports_json(
        parser: *mut Parser,
        data: *const c_void,
        len: usize,
        source: *const Source,
        flags: u32,
        write: WriteFn,
        user: *mut c_void,
    ) -> Status;

    pub fn trpt_rows_size() -> usize;
    pub fn trpt_rows_init(
        out: *mut *mut Rows,
        memory: *mut c_void,
        size: usize,
        options: *const RowsOptions,
        write: WriteFn,
        user: *mut c_void,
    ) -> Status;
    pub fn trpt_rows_header(rows: *mut Rows) -> Status;
    pub fn trpt_rows_reports(rows: *mut Rows, parser: *mut Parser, data: *const c_void, len: usize, source: *const Source) -> Status;

    pub fn trpt_time_format(seconds: i64, buffer: *mut c_char, capacity: usize, needed: *mut usize) -> Status;

    pub fn trpt_writer_size() -> usize;
    pub fn trpt_writer_init(
        out: *mut *mut Writer,
        memory: *mut c_void,
        size: usize,
        flags: u32,
        write: WriteFn,
        user: *mut c_void,
    ) -> Status;
    pub fn trpt_writer_metadata(writer: *mut Writer, metadata: *const Metadata) -> Status;
    pub fn trpt_writer_policy(writer: *mut Writer, policy: *const Policy) -> Status;
    pub fn trpt_writer_failure(writer: *mut Writer, failure: *const Failure) -> Status;
    pub fn trpt_writer_end(writer: *mut Writer) -> Status;
}

#[cfg(test)]
mod tests {
    /// Returns the text after each `"name": ` in JSON text, up to the end of the line.
    fn values<'a>(json: &'a str, name: &str) -> Vec<&'a str> {
        let name = format!("\"{name}\": ");
        json.lines().filter_map(|line| line.trim().strip_prefix(&name)).map(|value| value.trim_matches(&['"', ','][..])).collect()
    }

    #[test]
    fn structs_match_the_headers() {
        let source = std::env::var("TRPT_SOURCE").unwrap_or_else(|_| "../../..".into());
        let api = std::fs::read_to_string(format!("{source}/docs/api.json")).unwrap();
        let structs = &api[api.find("\n \"structs\": [").unwrap()..];
        for (name, size, members) in super::layouts() {
            let begin = structs.find(&format!("\"name\": \"{name}\",")).unwrap();
            let json = &structs[begin..begin + structs[begin..].find("\n  }").unwrap()];
            assert_eq!(values(json, "size")[0], size.to_string(), "{name}");
            let names = &values(json, "name")[1..];
            let offsets = values(json, "offset");
            let declared: Vec<_> = names.iter().zip(offsets).map(|(name, offset)| format!("{name} {offset}")).collect();
            let here: Vec<_> = members.iter().map(|(name, offset)| format!("{name} {offset}")).collect();
            assert_eq!(declared, here, "{name}");
        }
    }
}
