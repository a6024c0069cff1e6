// SPDX-License-Identifier: MIT
//! Prints for each report the line that `tlsrpt report --format json` prints, without the key. usage: report_json PATH...

use std::error::Error;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io::Write as _;
use std::os::unix::ffi::OsStrExt;
use trpt::{Event, ReadError};

/// Characters that are invisible, or that change how others are displayed.
const HIDDEN: [(u32, u32); 17] = [
    (0x00, 0x1F),
    (0x7F, 0x9F),
    (0xAD, 0xAD),
    (0x61C, 0x61C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x2028, 0x202E),
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB),
    (0xFFFE, 0xFFFF),
    (0xE0000, 0xE0FFF),
];

/// Characters with a short escape, and its letter.
const SHORT: [(char, char); 7] =
    [('"', '"'), ('\\', '\\'), ('\u{8}', 'b'), ('\t', 't'), ('\n', 'n'), ('\u{c}', 'f'), ('\r', 'r')];

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        if let Some(&(_, letter)) = SHORT.iter().find(|&&(short, _)| short == c) {
            out.push('\\');
            out.push(letter);
        } else if HIDDEN.iter().any(|&(first, last)| (first..=last).contains(&u32::from(c))) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}"); // writing to a String cannot fail
            }
        } else {
            out.push(c);
        }
    }
    out + "\""
}

fn array<T: AsRef<str>>(elements: &[T]) -> String {
    format!("[{}]", elements.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(","))
}

/// Members of a JSON object. Absent members are omitted.
#[derive(Default)]
struct Members(Vec<String>);

impl Members {
    fn raw(&mut self, name: &str, value: impl std::fmt::Display) {
        self.0.push(format!("\"{name}\":{value}"));
    }

    fn text(&mut self, name: &str, value: &Option<String>) {
        if let Some(value) = value {
            self.raw(name, quoted(value));
        }
    }

    fn number(&mut self, name: &str, value: Option<u64>) {
        if let Some(value) = value {
            self.raw(name, value);
        }
    }

    fn list(&mut self, name: &str, values: &Option<Vec<String>>) {
        if let Some(values) = values {
            self.raw(name, array(&values.iter().map(|value| quoted(value)).collect::<Vec<_>>()));
        }
    }

    fn inner(&mut self, name: &str, inner: &Members) {
        if !inner.0.is_empty() {
            self.raw(name, inner.object());
        }
    }

    fn position(&mut self, line: u32, column: u32, offset: u64, path: &str, message: &str) {
        self.raw("line", line);
        self.raw("column", column);
        self.raw("offset", offset);
        self.raw("where", quoted(path));
        self.raw("message", quoted(message));
    }

    fn object(&self) -> String {
        format!("{{{}}}", self.0.join(","))
    }
}

fn failure(f: &trpt::Failure) -> String {
    let mut m = Members::default();
    m.text("result-type", &f.type_name);
    m.text("sending-mta-ip", &f.sending_mta_ip);
    m.text("receiving-mx-hostname", &f.receiving_mx_hostname);
    m.text("receiving-mx-helo", &f.receiving_mx_helo);
    m.text("receiving-ip", &f.receiving_ip);
    m.number("failed-session-count", f.failed_sessions);
    m.text("additional-information", &f.additional_information);
    m.text("failure-reason-code", &f.failure_reason_code);
    m.object()
}

fn policy(p: &trpt::Policy, failures: &[String]) -> String {
    let (mut m, mut inner, mut summary) = (Members::default(), Members::default(), Members::default());
    if p.has_policy {
        inner.text("policy-type", &p.type_name);
        inner.list("policy-string", &p.strings);
        inner.text("policy-domain", &p.domain);
        inner.list("mx-host", &p.mx_hosts);
        m.raw("policy", inner.object());
    }
    summary.number("total-successful-session-count", p.successful_sessions);
    summary.number("total-failure-session-count", p.failed_sessions);
    m.inner("summary", &summary);
    if p.has_failures || !failures.is_empty() {
        m.raw("failure-details", array(failures));
    }
    m.object()
}

fn diagnostic(f: &trpt::Finding) -> String {
    let mut m = Members::default();
    m.raw("code", quoted(f.code));
    m.raw("severity", quoted(&f.severity.to_string()));
    m.position(f.line, f.column, f.offset, &f.place, f.message);
    m.raw("section", quoted(f.section));
    m.object()
}

fn error(e: &trpt::Error) -> String {
    let is_empty = e.status == "TRPT_E_TRUNCATED" && e.offset == 0;
    let mut m = Members::default();
    m.raw("status", quoted(e.status));
    m.raw("code", e.code.map_or("null".into(), quoted));
    m.position(e.line, e.column, e.offset, &e.place, if is_empty { "The input is empty." } else { &e.message });
    m.object()
}

fn metadata(own: &mut Members, m: &trpt::Metadata) -> Result<(), trpt::Error> {
    own.text("organization-name", &m.organization_name);
    let mut dates = Members::default();
    for (name, time) in [("start-datetime", m.start), ("end-datetime", m.end)] {
        dates.text(name, &time.map(trpt::format_time).transpose()?);
    }
    own.inner("date-range", &dates);
    own.text("contact-info", &m.contact_info);
    own.text("report-id", &m.report_id);
    Ok(())
}

fn line(path: &OsStr) -> Result<String, Box<dyn Error>> {
    let mut all = Members::default();
    let (mut policies, mut failures, mut diagnostics) = (vec![], vec![], vec![]);
    all.raw("source", quoted(&String::from_utf8_lossy(path.as_bytes())));
    for event in trpt::Reader::new(std::fs::File::open(path)?, &trpt::Options::default())? {
        match event {
            Ok(Event::Failure(f)) => failures.push(failure(&f)),
            Ok(Event::Policy(p)) => policies.push(policy(&p, &std::mem::take(&mut failures))),
            Ok(Event::Finding(f)) => diagnostics.push(diagnostic(&f)),
            Ok(Event::Metadata(m)) => {
                metadata(&mut all, &m)?;
                all.raw("policies", array(&policies));
            }
            Err(ReadError::Report(e)) => all.raw("error", error(&e)),
            Err(e) => return Err(e.into()),
        }
    }
    all.raw("diagnostics", array(&diagnostics));
    Ok(all.object())
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    for path in std::env::args_os().skip(1) {
        writeln!(out, "{}", line(&path)?)?;
    }
    Ok(())
}
