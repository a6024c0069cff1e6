// SPDX-License-Identifier: MIT
//! The TXT record at `_smtp._tls.<domain>`, RFC 8460 s3.

use crate::write::bit;
use crate::{borrowed, check, error, native, text as text_of, written, zeroed, Diagnostic, Error, Scheme};
use std::os::raw::{c_int, c_void};

/// One destination for reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rua {
    /// As published, still percent-encoded.
    pub uri: String,
    pub scheme: Scheme,
    /// Whether a sender can report to it.
    pub usable: bool,
    /// The address of a mailto URI, still percent-encoded.
    pub address: Option<String>,
}

/// A field that RFC 8460 does not define.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    pub name: String,
    pub value: String,
}

/// A parsed record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Usable or not.
    pub ruas: Vec<Rua>,
    pub extensions: Vec<Extension>,
}

/// Parses the text of one TXT record. If `strict`, it rejects everything that the grammar does not allow.
pub fn parse_record(text: &str, strict: bool) -> Result<Record, Error> {
    let bytes = borrowed(text);
    let mut result = Record { ruas: Vec::new(), extensions: Vec::new() };
    // All of these may be zeros, and `text` outlives the pointers into it.
    unsafe {
        let (mut parsed, mut failure, mut rua): (_, _, native::Rua) = (zeroed(), zeroed(), zeroed());
        let flags = bit(strict, native::STRICT);
        if native::trpt_record_parse(bytes.ptr, bytes.len, flags, &mut parsed, &mut failure) != native::OK {
            return Err(error(&failure));
        }
        let mut cursor = 0;
        while native::trpt_record_next_rua(&parsed, &mut cursor, &mut rua) == native::OK {
            result.ruas.push(Rua {
                uri: text_of(rua.uri).unwrap_or_default(),
                scheme: Scheme::of(rua.scheme),
                usable: rua.usable != 0,
                address: text_of(rua.address),
            });
        }
        cursor = 0;
        let (mut name, mut value) = (crate::NO_TEXT, crate::NO_TEXT);
        while native::trpt_record_next_extension(&parsed, &mut cursor, &mut name, &mut value) == native::OK {
            result.extensions.push(Extension { name: text_of(name).unwrap_or_default(), value: text_of(value).unwrap_or_default() });
        }
    }
    Ok(result)
}

extern "C" fn push_diagnostic(user: *mut c_void, d: *const native::Diagnostic) -> c_int {
    unsafe { (*user.cast::<Vec<Diagnostic>>()).push(Diagnostic::copy(&*d)) };
    0
}

/// Returns all diagnostics of a record, in order of offset. The record may be valid or invalid.
pub fn diagnose_record(text: &str) -> Result<Vec<Diagnostic>, Error> {
    let bytes = borrowed(text);
    let mut diagnostics = Vec::<Diagnostic>::new();
    let user: *mut Vec<Diagnostic> = &mut diagnostics;
    check(unsafe { native::trpt_record_diagnose(bytes.ptr, bytes.len, push_diagnostic, user.cast()) })?;
    Ok(diagnostics)
}

/// Returns the record that requests reports to these URIs.
pub fn write_record(uris: &[&str]) -> Result<String, Error> {
    let texts: Vec<native::Str> = uris.iter().map(|uri| borrowed(uri)).collect();
    written(|buffer, capacity, needed| unsafe {
        native::trpt_record_write(texts.as_ptr(), texts.len(), buffer, capacity, needed)
    })
}
