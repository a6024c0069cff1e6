// SPDX-License-Identifier: MIT
//! Writes reports as JSON text.

use crate::{append, borrowed, check, lossy, native, zeroed, Error, Failure, Metadata, Policy, NO_TEXT};
use std::ptr::null_mut;

fn optional<Text: AsRef<str>>(text: &Option<Text>) -> native::Str {
    text.as_ref().map_or(NO_TEXT, |text| borrowed(text.as_ref()))
}

fn list<Text: AsRef<str>>(texts: &Option<Vec<Text>>) -> Vec<native::Str> {
    texts.iter().flatten().map(|text| borrowed(text.as_ref())).collect()
}

fn native_metadata<Text: AsRef<str>>(m: &Metadata<Text>) -> native::Metadata {
    native::Metadata {
        organization_name: optional(&m.organization_name),
        contact_info: optional(&m.contact_info),
        report_id: optional(&m.report_id),
        start: m.start.unwrap_or(i64::MIN),
        end: m.end.unwrap_or(i64::MIN),
        ..unsafe { zeroed() }
    }
}

fn bit(present: bool, bit: u32) -> u32 {
    if present {
        bit
    } else {
        0
    }
}

unsafe fn write_policy<Text: AsRef<str>>(writer: *mut native::Writer, p: &Policy<Text>) -> native::Status {
    let (strings, mx_hosts) = (list(&p.strings), list(&p.mx_hosts));
    let policy = native::Policy {
        r#type: p.policy_type as i32,
        type_name: optional(&p.type_name),
        domain: optional(&p.domain),
        strings: strings.as_ptr(),
        mx_hosts: mx_hosts.as_ptr(),
        string_count: strings.len() as u32,
        mx_host_count: mx_hosts.len() as u32,
        successful_sessions: p.successful_sessions.unwrap_or(0),
        failed_sessions: p.failed_sessions.unwrap_or(0),
        present: bit(p.has_policy, native::POLICY_HAS_POLICY)
            | bit(p.has_failures, native::POLICY_HAS_FAILURES)
            | bit(p.strings.is_some(), native::POLICY_HAS_STRINGS)
            | bit(p.mx_hosts.is_some(), native::POLICY_HAS_MX_HOSTS)
            | bit(p.successful_sessions.is_some(), native::POLICY_HAS_SUCCESSFUL)
            | bit(p.failed_sessions.is_some(), native::POLICY_HAS_FAILED),
        ..zeroed()
    };
    native::trpt_writer_policy(writer, &policy)
}

fn failure<Text: AsRef<str>>(f: &Failure<Text>) -> native::Failure {
    native::Failure {
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
        ..unsafe { zeroed() }
    }
}

/// Returns the JSON text of a report, with line breaks and indentation if `pretty`. Members that are None are omitted.
pub fn write_report<Text: AsRef<str>>(metadata: &Metadata<Text>, policies: &[Policy<Text>], pretty: bool) -> Result<String, Error> {
    let mut text = Vec::<u8>::new();
    let user: *mut Vec<u8> = &mut text;
    let mut writer = null_mut();
    unsafe {
        let mut memory = vec![0u8; native::trpt_writer_size()];
        check(native::trpt_writer_init(&mut writer, memory.as_mut_ptr().cast(), memory.len(), pretty.into(), append, user.cast()))?;
        check(native::trpt_writer_metadata(writer, &native_metadata(metadata)))?;
        for policy in policies {
            check(write_policy(writer, policy))?;
            for one in &policy.failures {
                check(native::trpt_writer_failure(writer, &failure(one)))?;
            }
        }
        check(native::trpt_writer_end(writer))?;
    }
    Ok(lossy(text))
}
