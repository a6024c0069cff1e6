// SPDX-License-Identifier: MIT
//! Writes reports as JSON text.

use crate::{append, borrowed, check, lossy, native, Error, Metadata, Policy, NO_TEXT};
use std::ptr::null_mut;

pub(crate) fn optional<Text: AsRef<str>>(text: &Option<Text>) -> native::Str {
    text.as_ref().map_or(NO_TEXT, |text| borrowed(text.as_ref()))
}

pub(crate) fn list<Text: AsRef<str>>(texts: &Option<Vec<Text>>) -> Vec<native::Str> {
    texts.iter().flatten().map(|text| borrowed(text.as_ref())).collect()
}

pub(crate) fn bit(present: bool, bit: u32) -> u32 {
    u32::from(present) * bit
}

/// Returns the JSON text of a report, with line breaks and indentation if `pretty`. Members that are None are omitted.
pub fn write_report<Text: AsRef<str>>(metadata: &Metadata<Text>, policies: &[Policy<Text>], pretty: bool) -> Result<String, Error> {
    let mut text = Vec::<u8>::new();
    let user: *mut Vec<u8> = &mut text;
    let mut writer = null_mut();
    unsafe {
        let mut memory = vec![0u8; native::trpt_writer_size()];
        check(native::trpt_writer_init(&mut writer, memory.as_mut_ptr().cast(), memory.len(), pretty.into(), append, user.cast()))?;
        check(metadata.with_native(|m| native::trpt_writer_metadata(writer, m)))?;
        for policy in policies {
            check(policy.with_native(|p| native::trpt_writer_policy(writer, p)))?;
            for failure in &policy.failures {
                check(failure.with_native(|f| native::trpt_writer_failure(writer, f)))?;
            }
        }
        check(native::trpt_writer_end(writer))?;
    }
    Ok(lossy(text))
}
