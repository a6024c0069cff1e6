// SPDX-License-Identifier: MIT
//! Tests the public interface with the reports in the repository.

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;
use trpt::{Diagnostic, Event, Metadata, Options, Parser, Policy, ReadError, Reader, Report};

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

type Parts = (Metadata, Vec<Policy>, Vec<Diagnostic>);

/// Builds a report from the events of a Reader.
fn by_events(source: impl Read) -> Result<Parts, trpt::Error> {
    let (mut policies, mut diagnostics, mut failures) = (Vec::new(), Vec::new(), Vec::new());
    for event in Reader::new(source, &Options::default())? {
        match event {
            Ok(Event::Failure(f)) => failures.push(f),
            Ok(Event::Policy(p)) => policies.push(Policy { failures: std::mem::take(&mut failures), ..p }),
            Ok(Event::Diagnostic(d)) => diagnostics.push(d),
            Ok(Event::Metadata(m)) => return Ok((m, policies, diagnostics)),
            Err(ReadError::Report(e)) => return Err(e),
            Err(ReadError::Io(e)) => panic!("{e}"),
        }
    }
    panic!("no metadata");
}

/// What is printed of the parts of a whole report, whose texts are borrowed.
fn parts(report: &Report) -> String {
    let (policies, diagnostics): (Vec<_>, Vec<_>) = (report.policies().collect(), report.diagnostics().collect());
    format!("{:?}", (report.metadata(), policies, diagnostics))
}

#[test]
fn records() {
    let record = trpt::parse_record("v=TLSRPTv1; rua=mailto:a@example.com,ftp://b; x=1;", false).unwrap();
    let ruas: Vec<_> = record.ruas.iter().map(|r| (r.uri.as_str(), r.scheme, r.usable, r.address.as_deref())).collect();
    let mailto = ("mailto:a@example.com", trpt::Scheme::Mailto, true, Some("a@example.com"));
    assert_eq!(ruas, [mailto, ("ftp://b", trpt::Scheme::Other, false, None)]);
    assert_eq!(record.extensions, [trpt::Extension { name: "x".into(), value: "1".into() }]);
    let spaced = "v=TLSRPTv1; rua = mailto:a@b.example";
    let e = trpt::parse_record(spaced, true).unwrap_err();
    assert_eq!((e.status, e.code, e.path.as_str(), e.offset), ("TRPT_E_RECORD", Some("record.ws-around-equals"), "rua[0]", 15));
    assert_eq!(trpt::parse_record("", false).unwrap_err().status, "TRPT_E_NOT_TLSRPT");
    let diagnostics = trpt::diagnose_record(spaced).unwrap();
    assert_eq!(diagnostics.len(), 1);
    assert_eq!((diagnostics[0].code, diagnostics[0].severity), ("record.ws-around-equals", trpt::Severity::Error));
    assert!(diagnostics[0].advice().contains("equals sign"));
    let text = trpt::write_record(&["mailto:a@example.com", "https://example.com/t;v=1"]).unwrap();
    assert_eq!(text, "v=TLSRPTv1; rua=mailto:a@example.com,https://example.com/t%3Bv=1");
    assert!(trpt::write_record(&[]).is_err());
}

#[test]
fn whole_and_in_chunks() {
    let mut parser = Parser::new(&Options::default()).unwrap();
    for (path, data) in reports() {
        let whole = parser.parse(&data).map(|report| parts(&report));
        for size in [1, 7, 100_000] {
            let chunked = by_events(Slow(&data, size)).map(|parts| format!("{parts:?}"));
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
        let policies: Vec<_> = report.policies().collect();
        for pretty in [false, true] {
            let text = report.to_json(pretty);
            assert_eq!(trpt::write_report(&report.metadata(), &policies, pretty).unwrap(), text, "{}", path.display());
            let again = trpt::parse_report(text.as_bytes(), &Options::default()).unwrap();
            // The key covers a time that cannot be read, but the writer omits it.
            if report.diagnostics().all(|diagnostic| diagnostic.code != "report.bad-datetime") {
                assert_eq!(report.key(), again.key(), "{}", path.display());
            }
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
    let policy = Policy {
        policy_type: trpt::PolicyType::Sts,
        domain: Some("é"),
        has_policy: true,
        failures: vec![failure],
        ..Default::default()
    };
    assert_eq!(
        trpt::write_report(&Metadata { start: Some(1772323200), ..Default::default() }, &[policy], false).unwrap(),
        concat!(
            r#"{"date-range":{"start-datetime":"2026-03-01T00:00:00Z"},"policies":[{"policy":{"policy-type":"sts","#,
            r#""policy-domain":"é"},"failure-details":[{"result-type":"certificate-expired","#,
            r#""failed-session-count":18446744073709551615}]}]}"#
        )
    );
}

#[test]
fn a_report_outlives_its_parser() {
    let mut parser = Parser::new(&Options::default()).unwrap();
    let new = parts(&trpt::parse_report(&google(), &Options::default()).unwrap());
    let report = parser.parse(&google()).unwrap();
    drop(parser);
    assert_eq!(parts(&report), new);
    assert_eq!(std::thread::spawn(move || parts(&report)).join().unwrap(), new, "in another thread");
}

/// Texts that are not UTF-8 are read, too.
#[test]
fn invalid_text() {
    let data = b"{\"organization-name\":\"a\xFFb\",\"policies\":[]}";
    let report = trpt::parse_report(data, &Options::default()).unwrap();
    assert_eq!(report.metadata().organization_name.as_deref(), Some("a\u{FFFD}b"));
}

const TWO: &[u8] = br#"{"report-id":"a","policies":[]}
{"report-id":"b","policies":[
{"report-id":"c","policies":[]}"#;

/// Several reports in an input, of which one is bad.
#[test]
fn sequences() {
    let options = Options { sequence: true, ..Default::default() };
    let mut parser = Parser::new(&options).unwrap();
    let ids = |parser: &mut Parser, data: &[u8]| {
        let reports = parser.reports(data);
        reports.map(|report| report.map_or("bad".into(), |r| r.metadata().report_id.unwrap().into_owned())).collect::<Vec<_>>()
    };
    let one = ids(&mut parser, br#"{"report-id":"a","policies":[]} {"report-id":"b","policies":[]}"#);
    assert_eq!(one, ["a", "b"]);
    assert_eq!(ids(&mut parser, b"{\"report-id\":\"a\",\"policies\":[]}\n{\"policies\":1}\n{\"report-id\":\"c\",\"policies\":[]}"), ["a", "bad", "c"]);
    assert_eq!(parser.parse(b"[]").unwrap_err().status, "TRPT_E_NO_REPORT");
    assert_eq!(ids(&mut parser, b"\x1F\x8B"), ["bad"], "each error once");
    assert_eq!(Reader::new(&b"\x1F\x8B"[..], &options).unwrap().filter(Result::is_err).count(), 1);
    let events = Reader::new(TWO, &options).unwrap();
    assert_eq!(events.filter(|event| matches!(event, Ok(Event::Metadata(_)))).count(), parser.reports(TWO).filter(Result::is_ok).count());
}

/// The bindings' common test compares lines and rows with what the command prints.
#[test]
fn rows() {
    let options = Options { sequence: true, ..Default::default() };
    let mut rows = trpt::Rows::new(Vec::new(), trpt::Format::Csv, &options).unwrap();
    rows.header().unwrap();
    rows.add(&google(), "good").unwrap();
    rows.add(b"{", "bad").unwrap();
    let text = String::from_utf8(rows.into_inner()).unwrap();
    let kinds: Vec<_> = text.lines().map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(kinds, ["kind", "policy", "failure", "failure", "error"]);
    let mut full = trpt::Rows::new(&mut [][..], trpt::Format::Ndjson, &options).unwrap();
    full.header().unwrap();
    assert_eq!(full.add(&google(), "good").unwrap_err().kind(), io::ErrorKind::WriteZero);
}

#[test]
fn names() {
    use trpt::{PolicyType::*, Scheme::*, Severity::*};
    assert_eq!([Info, Warning, Error].map(|s| s.to_string()), ["info", "warning", "error"]);
    assert_eq!([Other, Mailto, Https].map(|s| s.to_string()), ["other", "mailto", "https"]);
    assert_eq!([Unknown, Tlsa, Sts, NoPolicyFound].map(|t| t.to_string()), ["", "tlsa", "sts", "no-policy-found"]);
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
    let mut broken = Reader::new(File::open(root()).unwrap(), &Options::default()).unwrap();
    assert!(matches!(broken.next(), Some(Err(ReadError::Io(_)))), "a folder cannot be read");
    assert!(broken.next().is_none());
}

/// Events do not change when later ones are read, after the reader is dropped, or in another thread.
#[test]
fn lifetimes() {
    let data = google();
    let mut reader = Reader::new(&data[..], &Options::default()).unwrap();
    let events: Vec<_> = reader.by_ref().map(Result::unwrap).collect();
    assert!(reader.next().is_none());
    drop(reader);
    drop(data);
    for _ in 0..200 {
        // half a MiB each, abandoned before the end
        assert!(Reader::new(&google()[..], &Options::default()).unwrap().next().is_some());
    }
    let again: Vec<_> = Reader::new(&google()[..], &Options::default()).unwrap().map(Result::unwrap).collect();
    assert_eq!(std::thread::spawn(move || events).join().unwrap(), again);
}
