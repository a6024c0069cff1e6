// SPDX-License-Identifier: MIT
//! Tests the public interface with the reports in the repository.

use std::io::{self, Read};
use std::path::PathBuf;
use trpt::{Event, Options, ReadError, Reader, Report};

fn root() -> PathBuf {
    std::env::var_os("TRPT_SOURCE").map_or_else(|| "../../..".into(), PathBuf::from)
}

fn read(path: &str) -> Vec<u8> {
    std::fs::read(root().join(path)).unwrap()
}

fn google() -> Vec<u8> {
    read("tests/data/reports/google.json")
}

fn reports() -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for folder in ["tests/data/reports", "examples/reports"] {
        for entry in std::fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            all.push((path.clone(), std::fs::read(path).unwrap()));
        }
    }
    assert!(all.len() > 20);
    all
}

/// Returns a few bytes at a time.
struct Slow<'a>(&'a [u8], usize);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = self.1.min(buffer.len());
        self.0.read(&mut buffer[..size])
    }
}

struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::new(io::ErrorKind::Other, "gone"))
    }
}

/// Builds a report from the events of a Reader. It has no key, which events do not contain.
fn by_events(source: impl Read) -> Result<Report, trpt::Error> {
    let mut report = Report::default();
    let mut failures = Vec::new();
    for event in Reader::new(source, &Options::default())? {
        match event {
            Ok(Event::Failure(f)) => failures.push(f),
            Ok(Event::Policy(mut p)) => {
                p.failures = std::mem::take(&mut failures);
                report.policies.push(p);
            }
            Ok(Event::Finding(f)) => report.findings.push(f),
            Ok(Event::Metadata(m)) => report.metadata = m,
            Err(ReadError::Report(e)) => return Err(e),
            Err(ReadError::Io(e)) => panic!("{e}"),
        }
    }
    Ok(report)
}

#[test]
fn record() {
    let record = trpt::parse_record("v=TLSRPTv1; rua=mailto:a@example.com,ftp://b; x=1;", false).unwrap();
    let ruas: Vec<_> = record.ruas.iter().map(|r| (r.uri.as_str(), r.scheme, r.usable, r.address.as_deref())).collect();
    assert_eq!(
        ruas,
        [
            ("mailto:a@example.com", trpt::Scheme::Mailto, true, Some("a@example.com")),
            ("ftp://b", trpt::Scheme::Other, false, None)
        ]
    );
    assert_eq!(record.extensions, [trpt::Extension { name: "x".into(), value: "1".into() }]);
}

#[test]
fn errors_of_records() {
    for (text, strict, status, code, path, offset) in [
        ("", false, "TRPT_E_NOT_TLSRPT", "record.bad-version", "version", 0),
        ("v=spf1", false, "TRPT_E_NOT_TLSRPT", "record.bad-version", "version", 2),
        ("v=TLSRPTv1; rua = mailto:a@b.example", true, "TRPT_E_RECORD", "record.ws-around-equals", "rua[0]", 15),
    ] {
        let e = trpt::parse_record(text, strict).unwrap_err();
        assert_eq!((e.status, e.code, e.place.as_str(), e.offset), (status, Some(code), path, offset), "{text}");
    }
}

#[test]
fn diagnostics_of_records() {
    let diagnostics = trpt::diagnose_record("v=TLSRPTv1; rua = mailto:a@b.example").unwrap();
    assert_eq!(diagnostics.len(), 1);
    assert_eq!((diagnostics[0].code, diagnostics[0].severity), ("record.ws-around-equals", trpt::Severity::Error));
    assert!(diagnostics[0].advice().contains("equals sign"));
}

#[test]
fn written_record() {
    let text = trpt::write_record(&["mailto:a@example.com", "https://example.com/t;v=1"]).unwrap();
    assert_eq!(text, "v=TLSRPTv1; rua=mailto:a@example.com,https://example.com/t%3Bv=1");
    assert!(trpt::write_record(&[]).is_err());
}

#[test]
fn whole_and_in_chunks() {
    for (path, data) in reports() {
        let whole = trpt::parse_report(&data, &Options::default());
        for size in [1, 7, 100_000] {
            let mut chunked = by_events(Slow(&data, size));
            if let (Ok(chunked), Ok(whole)) = (&mut chunked, &whole) {
                chunked.key = whole.key.clone();
            }
            assert_eq!(whole, chunked, "{} by {size}", path.display());
        }
    }
}

#[test]
fn written_and_read() {
    for (path, data) in reports() {
        let report = match trpt::parse_report(&data, &Options::default()) {
            Ok(report) => report,
            Err(_) => continue,
        };
        for pretty in [false, true] {
            let text = report.to_json(pretty).unwrap();
            let mut again = trpt::parse_report(text.as_bytes(), &Options::default()).unwrap();
            again.findings = report.findings.clone();
            again.metadata.error_count = report.metadata.error_count;
            again.metadata.warning_count = report.metadata.warning_count;
            again.metadata.info_count = report.metadata.info_count;
            // The key covers a time that cannot be read, but the writer omits it.
            if report.findings.iter().any(|diagnostic| diagnostic.code == "report.bad-datetime") {
                again.key = report.key.clone();
            }
            assert_eq!(report, again, "{}", path.display());
        }
    }
}

#[test]
fn made() {
    let failure = trpt::Failure {
        result_type: trpt::ResultType::from_name("certificate-expired"),
        failed_sessions: Some(u64::MAX),
        ..Default::default()
    };
    let policy = trpt::Policy {
        policy_type: trpt::PolicyType::Sts,
        domain: Some("é".into()),
        has_policy: true,
        failures: vec![failure],
        ..Default::default()
    };
    let report = Report {
        metadata: trpt::Metadata { start: Some(1772323200), ..Default::default() },
        policies: vec![policy],
        ..Default::default()
    };
    assert_eq!(
        report.to_json(false).unwrap(),
        concat!(
            r#"{"date-range":{"start-datetime":"2026-03-01T00:00:00Z"},"policies":[{"policy":{"policy-type":"sts","#,
            r#""policy-domain":"é"},"failure-details":[{"result-type":"certificate-expired","#,
            r#""failed-session-count":18446744073709551615}]}]}"#
        )
    );
}

#[test]
fn names() {
    use trpt::{Scheme, Severity};
    assert_eq!([Severity::Info, Severity::Warning, Severity::Error].map(|s| s.to_string()), ["info", "warning", "error"]);
    assert_eq!([Scheme::Other, Scheme::Mailto, Scheme::Https].map(|s| s.to_string()), ["other", "mailto", "https"]);
}

#[test]
fn errors_of_reports() {
    let e = trpt::parse_report(&read("tests/data/reports/cut.json"), &Options::default()).unwrap_err();
    assert_eq!(
        e.to_string(),
        "line 45, column 26: policies[0].failure-details[1]: The text is not valid JSON, or it is truncated."
    );
    assert!(trpt::parse_report(&google(), &Options { max_input: 10, ..Default::default() }).is_err());
    assert!(trpt::parse_report(br#"{"policies":[null]}"#, &Options { strict: true, ..Default::default() }).is_err());
    assert!(trpt::parse_report(&[], &Options::default()).is_err());
    let mut broken = Reader::new(Broken, &Options::default()).unwrap();
    assert!(matches!(broken.next(), Some(Err(ReadError::Io(e))) if e.to_string() == "gone"));
    assert!(broken.next().is_none());
}

/// Events do not change when later ones are read, after the reader is dropped, or in another thread.
#[test]
fn lifetimes() {
    let data = google();
    let mut reader = Reader::new(&data[..], &Options::default()).unwrap();
    let (mut events, mut at_once) = (Vec::new(), Vec::new());
    for event in reader.by_ref() {
        let event = event.unwrap();
        at_once.push(format!("{event:?}"));
        events.push(event);
    }
    assert!(reader.next().is_none());
    drop(reader);
    drop(data);
    for _ in 0..200 {
        // half a MiB each, abandoned before the end
        assert!(Reader::new(&google()[..], &Options::default()).unwrap().next().is_some());
    }
    let in_thread = std::thread::spawn(move || events.iter().map(|event| format!("{event:?}")).collect::<Vec<_>>());
    assert_eq!(in_thread.join().unwrap(), at_once);
}
