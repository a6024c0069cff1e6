// SPDX-License-Identifier: MIT
//! Reads the reports of a folder into memory, then parses each. usage: mail_auth_reader FOLDER ROUNDS
//! Prints: name, files, reports read, processor time of the best round in seconds.

use mail_auth::report::tlsrpt::TlsReport;

/// Processor time, of which others on the machine take nothing.
fn seconds() -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) };
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().ok_or("no folder")?;
    let rounds: u32 = args.next().ok_or("no rounds")?.parse()?;
    let files = std::fs::read_dir(folder)?
        .map(|entry| std::fs::read(entry?.path()))
        .collect::<Result<Vec<_>, _>>()?;
    let mut best = f64::INFINITY;
    let mut good = 0;
    for _ in 0..rounds {
        let begin = seconds();
        good = files.iter().filter(|file| TlsReport::parse_json(file).is_ok()).count();
        best = best.min(seconds() - begin);
    }
    println!("mail-auth\t{}\t{good}\t{best:.6}", files.len());
    Ok(())
}
