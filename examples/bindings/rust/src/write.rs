// SPDX-License-Identifier: MIT
//! Writes reports as JSON text.

use crate::{borrowed, check, native, Error, Failure, Metadata, Policy, Report, NO_TEXT};
use std::os::raw::{c_char, c_int, c_void};
use std::ptr::null_mut;

fn optional(text: &Option<String>) -> native::Str {
    text.as_deref().map_or(NO_TEXT, borrowed)
}

fn list(texts: &Option<Vec<String>>) -> Vec<native::Str> {
    texts.iter().flatten().map(|text| borrowed(text)).collect()
}

fn metadata(m: &Metadata) -> native::Metadata {
    native::Metadata {
        organization_name: optional(&m.organization_name),
        contact_info: optional(&m.contact_info),
        report_id: optional(&m.report_id),
        start_text: NO_TEXT,
        end_text: NO_TEXT,
        start: m.start.unwrap_or(i64::MIN),
        end: m.end.unwrap_or(i64::MIN),
        failure_count: 0,
        policy_count: 0,
        present: 0,
        error_count: 0,
        warning_count: 0,
        info_count: 0,
        reserved: 0,
    }
}

fn bit(present: bool, bit: u32) -> u32 {
    if present {
        bit
    } else {
        0
    }
}

unsafe fn write_policy(writer: *mut native::Writer, p: &Policy) -> native::Status {
    let (strings, mx_hosts) = (list(&p.strings), list(&p.mx_hosts));
    let policy = native::Policy {
        index: 0,
        r#type: p.policy_type as i32,
        type_name: optional(&p.type_name),
        domain: optional(&p.domain),
        strings: strings.as_ptr(),
        mx_hosts: mx_hosts.as_ptr(),
        string_count: strings.len() as u32,
        mx_host_count: mx_hosts.len() as u32,
        successful_sessions: p.successful_sessions.unwrap_or(0),
        failed_sessions: p.failed_sessions.unwrap_or(0),
        failure_count: 0,
        present: bit(p.has_policy, native::POLICY_HAS_POLICY)
            | bit(p.has_failures, native::POLICY_HAS_FAILURES)
            | bit(p.strings.is_some(), native::POLICY_HAS_STRINGS)
            | bit(p.mx_hosts.is_some(), native::POLICY_HAS_MX_HOSTS)
            | bit(p.successful_sessions.is_some(), native::POLICY_HAS_SUCCESSFUL)
            | bit(p.failed_sessions.is_some(), native::POLICY_HAS_FAILED),
    };
    native::trpt_writer_policy(writer, &policy)
}

fn failure(f: &Failure) -> native::Failure {
    native::Failure {
        policy_index: 0,
        index: 0,
        r#type: f.result_type.0,
        present: bit(f.failed_sessions.is_some(), native::FAILURE_HAS_FAILED_SESSIONS),
        type_name: optional(&f.type_name),
        sending_mta_ip: optional(&f.sending_mta_ip),
        receiving_mx_hostname: optional(&f.receiving_mx_hostname),
        receiving_mx_helo: optional(&f.receiving_mx_helo),
        receiving_ip: optional(&f.receiving_ip),
        additional_information: optional(&f.additional_information),
        failure_reason_code: optional(&f.failure_reason_code),
        failed_sessions: f.failed_sessions.unwrap_or(0),
    }
}

extern "C" fn append(user: *mut c_void, data: *const c_char, len: usize) -> c_int {
    unsafe { (*user.cast::<Vec<u8>>()).extend_from_slice(std::slice::from_raw_parts(data.cast(), len)) };
    0
}

impl Report {
    /// Returns the JSON text, with line breaks and indentation if `pretty`. Members that are None are omitted, and so are the diagnostics.
    pub fn to_json(&self, pretty: bool) -> Result<String, Error> {
        let mut text = Vec::<u8>::new();
        let user: *mut Vec<u8> = &mut text;
        let mut writer = null_mut();
        unsafe {
            let mut memory = vec![0u8; native::trpt_writer_size()];
            let flags = bit(pretty, native::PRETTY);
            check(native::trpt_writer_init(&mut writer, memory.as_mut_ptr().cast(), memory.len(), flags, append, user.cast()))?;
            check(native::trpt_writer_metadata(writer, &metadata(&self.metadata)))?;
            for policy in &self.policies {
                check(write_policy(writer, policy))?;
                for one in &policy.failures {
                    check(native::trpt_writer_failure(writer, &failure(one)))?;
                }
            }
            check(native::trpt_writer_end(writer))?;
        }
        Ok(String::from_utf8_lossy(&text).into_owned())
    }
}
