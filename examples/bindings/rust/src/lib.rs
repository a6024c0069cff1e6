// SPDX-License-Identifier: MIT
//! SMTP TLS Reporting (TLS-RPT, RFC 8460): records and reports, plain JSON or gzip, read and written by libtrpt.
//!
//! Returned values are owned. Bytes that are not UTF-8 become U+FFFD.

mod native;
mod record;
mod report;
mod write;

pub use record::{diagnose_record, parse_record, write_record, Extension, Record, Rua, Scheme};
pub use report::{parse_report, Event, Failure, Metadata, Options, Policy, PolicyType, ReadError, Reader, Report, ResultType};

use std::ffi::CStr;
use std::fmt;
use std::os::raw::c_char;

/// Severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Info = 0,
    Warning = 1,
    Error = 2,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(unsafe { static_text(native::trpt_severity_name(*self as i32)) }.unwrap_or(""))
    }
}

/// A diagnostic of a record or a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub code: &'static str,
    pub severity: Severity,
    pub message: &'static str,
    /// Section of the RFC, "RFC 8460 s4.4".
    pub section: &'static str,
    /// Path of the member, "policies[0].policy".
    pub place: String,
    /// From 1; 0 if unknown.
    pub line: u32,
    /// From 1, in bytes; 0 if unknown.
    pub column: u32,
    pub offset: u64,
}

impl Finding {
    /// How to fix the problem.
    pub fn advice(&self) -> String {
        let code = std::ffi::CString::new(self.code).unwrap_or_default();
        unsafe { static_text(native::trpt_diagnostic_advice(code.as_ptr())) }.unwrap_or("").to_owned()
    }
}

/// Why a record or a report cannot be read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// "TRPT_E_JSON".
    pub status: &'static str,
    /// Code of the diagnostic.
    pub code: Option<&'static str>,
    pub message: String,
    /// Path of the member; "" for the top level.
    pub place: String,
    pub line: u32,
    pub column: u32,
    pub offset: u64,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "line {}, column {}: ", self.line, self.column)?;
        }
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// Formats Unix seconds as RFC 3339 in UTC.
pub fn format_time(seconds: i64) -> Result<String, Error> {
    written(|buffer, capacity, needed| unsafe { native::trpt_time_format(seconds, buffer, capacity, needed) })
}

/// Borrows a static text of the library, which is ASCII.
unsafe fn static_text(text: *const c_char) -> Option<&'static str> {
    if text.is_null() {
        None
    } else {
        CStr::from_ptr(text).to_str().ok()
    }
}

unsafe fn owned_text(text: *const c_char) -> String {
    if text.is_null() {
        String::new()
    } else {
        CStr::from_ptr(text).to_string_lossy().into_owned()
    }
}

unsafe fn owned(text: native::Str) -> Option<String> {
    if text.ptr.is_null() {
        None
    } else {
        Some(String::from_utf8_lossy(std::slice::from_raw_parts(text.ptr.cast(), text.len)).into_owned())
    }
}

fn borrowed(text: &str) -> native::Str {
    native::Str { ptr: text.as_ptr().cast(), len: text.len() }
}

const NO_TEXT: native::Str = native::Str { ptr: std::ptr::null(), len: 0 };

unsafe fn diagnostic(d: &native::Diagnostic) -> Finding {
    Finding {
        code: static_text(d.code).unwrap_or(""),
        severity: match d.severity {
            0 => Severity::Info,
            1 => Severity::Warning,
            _ => Severity::Error,
        },
        message: static_text(d.message).unwrap_or(""),
        section: static_text(d.section).unwrap_or(""),
        place: owned_text(d.r#where),
        line: d.line,
        column: d.column,
        offset: d.offset,
    }
}

unsafe fn error(e: &native::Error) -> Error {
    Error {
        status: static_text(native::trpt_status_name(e.status)).unwrap_or(""),
        code: static_text(e.code),
        message: owned_text(e.message.as_ptr()),
        place: owned_text(e.r#where.as_ptr()),
        line: e.line,
        column: e.column,
        offset: e.offset,
    }
}

/// Returns an error without a position if the status is an error.
fn check(status: native::Status) -> Result<(), Error> {
    if status >= 0 {
        return Ok(());
    }
    unsafe {
        Err(Error {
            status: static_text(native::trpt_status_name(status)).unwrap_or(""),
            code: None,
            message: owned_text(native::trpt_status_message(status)),
            place: String::new(),
            line: 0,
            column: 0,
            offset: 0,
        })
    }
}

/// Returns the text that a function with the parameters `buffer, capacity, needed` writes.
fn written(mut write: impl FnMut(*mut c_char, usize, *mut usize) -> native::Status) -> Result<String, Error> {
    let mut needed = 0;
    let status = write(std::ptr::null_mut(), 0, &mut needed);
    if status != native::E_BUFFER {
        check(status)?;
    }
    let mut buffer = vec![0u8; needed + 1];
    check(write(buffer.as_mut_ptr().cast(), buffer.len(), &mut needed))?;
    buffer.truncate(needed);
    Ok(String::from_utf8_lossy(&buffer).into_owned())
}
