// SPDX-License-Identifier: MIT
//! SMTP TLS Reporting (TLS-RPT, RFC 8460): records and reports, plain JSON or gzip, read and written by libtrpt.
//!
//! A [`Parser`] reads whole reports, a [`Reader`] returns their parts in constant memory, and [`Rows`] writes them for databases.
//! Returned values are owned. Bytes that are not UTF-8 become U+FFFD.

mod members;
mod native;
mod parser;
mod reader;
mod record;
mod report;
mod rows;
mod write;

#[cfg(feature = "bundled")]
use libz_sys as _; // links zlib

pub use members::{Diagnostic, Event, Failure, Format, Metadata, Options, Policy, PolicyType, Scheme, Severity};
pub use parser::{parse_report, Parser, Reports};
pub use reader::{ReadError, Reader};
pub use record::{diagnose_record, parse_record, write_record, Extension, Record, Rua};
pub use report::{Report, ResultType};
pub use rows::Rows;
pub use write::write_report;

use std::borrow::Cow;
use std::ffi::CStr;
use std::fmt;
use std::os::raw::{c_char, c_int, c_void};

impl<Text> Diagnostic<Text> {
    /// How to fix the problem.
    pub fn advice(&self) -> &'static str {
        let code = std::ffi::CString::new(self.code).unwrap_or_default();
        unsafe { own_text(native::trpt_diagnostic_advice(code.as_ptr())) }.unwrap_or("")
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
    pub path: String,
    pub line: u32,
    pub column: u32,
    pub offset: u64,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "line {}, column {}: ", self.line, self.column)?;
        }
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// Formats Unix seconds as RFC 3339 in UTC.
pub fn format_time(seconds: i64) -> Result<String, Error> {
    written(|buffer, capacity, needed| unsafe { native::trpt_time_format(seconds, buffer, capacity, needed) })
}

/// Borrows a text of the library's own, which is ASCII and must live as long as `'a`.
unsafe fn own_text<'a>(text: *const c_char) -> Option<&'a str> {
    (!text.is_null()).then(|| std::str::from_utf8_unchecked(CStr::from_ptr(text).to_bytes()))
}

unsafe fn owned_text(text: *const c_char) -> String {
    CStr::from_ptr(text).to_string_lossy().into_owned()
}

unsafe fn texts<'a, Text: From<Cow<'a, str>>>(texts: *const native::Str, count: u32) -> Option<Vec<Text>> {
    let copy = |i| text(*texts.add(i)).unwrap_or_else(|| Cow::Borrowed("").into());
    (!texts.is_null()).then(|| (0..count as usize).map(copy).collect())
}

/// A text of the library, which must live as long as `'a`.
unsafe fn text<'a, Text: From<Cow<'a, str>>>(s: native::Str) -> Option<Text> {
    (!s.ptr.is_null()).then(|| {
        let bytes = std::slice::from_raw_parts(s.ptr.cast(), s.len);
        std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed).into() // the first is faster
    })
}

fn lossy(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned())
}

fn borrowed(text: impl AsRef<[u8]>) -> native::Str {
    let text = text.as_ref();
    native::Str { ptr: text.as_ptr().cast(), len: text.len() }
}

const NO_TEXT: native::Str = native::Str { ptr: std::ptr::null(), len: 0 };

/// A struct of the library in which all is absent.
///
/// # Safety
/// Only for structs for which all zeros are valid: numbers, texts and pointers.
unsafe fn zeroed<T>() -> T {
    std::mem::zeroed()
}

/// Appends what the library writes to the Vec<u8> that `user` points to.
extern "C" fn append(user: *mut c_void, data: *const c_char, len: usize) -> c_int {
    unsafe { (*user.cast::<Vec<u8>>()).extend_from_slice(std::slice::from_raw_parts(data.cast(), len)) };
    0
}

unsafe fn error(e: &native::Error) -> Error {
    Error {
        status: own_text(native::trpt_status_name(e.status)).unwrap_or(""),
        code: own_text(e.code),
        message: owned_text(e.message.as_ptr()),
        path: owned_text(e.r#where.as_ptr()),
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
    let failure = native::Error { status, ..unsafe { zeroed() } };
    let message = unsafe { owned_text(native::trpt_status_message(status)) };
    Err(Error { message, ..unsafe { error(&failure) } })
}

/// The result of a call whose arguments are valid, and which allocates nothing in the library.
fn must<T>(result: Result<T, Error>) -> T {
    result.expect("libtrpt accepts valid arguments")
}

/// Returns the text that a function with the parameters `buffer, capacity, needed` writes.
fn written(mut write: impl FnMut(*mut c_char, usize, *mut usize) -> native::Status) -> Result<String, Error> {
    let mut needed = 0;
    write(std::ptr::null_mut(), 0, &mut needed);
    let mut buffer = vec![0u8; needed + 1];
    check(write(buffer.as_mut_ptr().cast(), buffer.len(), &mut needed))?;
    buffer.truncate(needed);
    Ok(lossy(buffer))
}
