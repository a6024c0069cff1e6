// SPDX-License-Identifier: MIT
//! Prints reports per second of trpt and of serde_json with typed structs. usage: trpt-benchmark FILE...
//! The ways take turns, and each figure is the best of its turns. A file that serde_json rejects is left out.

use serde::Deserialize;
use std::hint::black_box;
use std::time::Instant;

/// Declares structs whose members have the names of JSON.
macro_rules! typed {
    ($($name:ident { $($member:ident: $type:ty,)* })*) => {
        $(#[derive(Deserialize)] #[serde(rename_all = "kebab-case")] #[allow(dead_code)] struct $name { $($member: $type,)* })*
    };
}

typed! {
    Report {
        organization_name: Option<String>,
        date_range: Option<DateRange>,
        contact_info: Option<String>,
        report_id: Option<String>,
        policies: Vec<Entry>,
    }
    DateRange { start_datetime: Option<String>, end_datetime: Option<String>, }
    Entry { policy: Policy, summary: Option<Summary>, failure_details: Option<Vec<Failure>>, }
    Policy {
        policy_type: Option<String>,
        policy_string: Option<Vec<String>>,
        policy_domain: Option<String>,
        mx_host: Option<Vec<String>>,
    }
    Summary { total_successful_session_count: Option<u64>, total_failure_session_count: Option<u64>, }
    Failure {
        result_type: Option<String>,
        sending_mta_ip: Option<String>,
        receiving_mx_hostname: Option<String>,
        receiving_mx_helo: Option<String>,
        receiving_ip: Option<String>,
        failed_session_count: Option<u64>,
        additional_information: Option<String>,
        failure_reason_code: Option<String>,
    }
}

fn all_members(report: &trpt::Report) {
    black_box(report.metadata());
    report.policies().for_each(|policy| drop(black_box(policy)));
    report.diagnostics().for_each(|diagnostic| drop(black_box(diagnostic)));
}

/// Returns the seconds that one report takes on average. Turns are short, so that some of them are not interrupted.
fn time(reports: &[Vec<u8>], parse: &mut dyn FnMut(&[u8])) -> f64 {
    let rounds = 1 + 200 / reports.len();
    let begin = Instant::now();
    for _ in 0..rounds {
        reports.iter().for_each(|report| parse(report));
    }
    begin.elapsed().as_secs_f64() / (rounds * reports.len()) as f64
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut reports = Vec::new();
    for path in std::env::args_os().skip(1) {
        let data = std::fs::read(&path)?;
        match serde_json::from_slice::<Report>(&data) {
            Ok(_) if trpt::parse_report(&data, &trpt::Options::default()).is_ok() => reports.push(data),
            _ => eprintln!("left out: {}", path.to_string_lossy()),
        }
    }
    let bytes = reports.iter().map(Vec::len).sum::<usize>() / reports.len().max(1);
    println!("{} reports of {bytes} bytes on average", reports.len());
    let parser = |no_diagnostics| trpt::Parser::new(&trpt::Options { no_diagnostics, ..Default::default() });
    let (mut full, mut keyed, mut bare, mut lines) = (parser(false)?, parser(false)?, parser(true)?, parser(false)?);
    let mut ways: [(&str, &mut dyn FnMut(&[u8])); 5] = [
        ("serde_json, typed", &mut |data| drop(black_box(serde_json::from_slice::<Report>(data)))),
        ("trpt, all members", &mut |data| all_members(&full.parse(data).unwrap())),
        ("trpt, also key", &mut |data| {
            let report = keyed.parse(data).unwrap();
            all_members(&report);
            black_box(report.key());
        }),
        ("trpt, no diagnostics", &mut |data| all_members(&bare.parse(data).unwrap())),
        ("trpt, report_json", &mut |data| drop(black_box(lines.report_json(data, "x")))),
    ];
    let mut best = [f64::MAX; 5];
    for _ in 0..2000 {
        for (i, (_, parse)) in ways.iter_mut().enumerate() {
            best[i] = best[i].min(time(&reports, parse));
        }
    }
    for (i, (name, _)) in ways.iter().enumerate() {
        println!("{name:22}{:10.0} reports/s {:6.2} times serde", 1.0 / best[i], best[0] / best[i]);
    }
    Ok(())
}
