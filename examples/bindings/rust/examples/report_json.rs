// SPDX-License-Identifier: MIT
//! Prints for each input what `tlsrpt report --format json` prints; with --rows what `tlsrpt report --format ndjson --bad-rows` prints.
//! usage: report_json [--rows] PATH...

use std::io::Write;
use std::os::unix::ffi::OsStrExt;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let options = trpt::Options { sequence: true, ..Default::default() };
    let mut parser = trpt::Parser::new(&options)?;
    let mut rows = trpt::Rows::new(std::io::stdout(), trpt::Format::Ndjson, &options)?;
    let mut paths = std::env::args_os().skip(1).peekable();
    let as_rows = paths.next_if(|first| first == "--rows").is_some();
    for path in paths {
        let (data, name) = (std::fs::read(&path)?, path.as_bytes());
        if as_rows {
            rows.add(&data, name)?;
        } else {
            writeln!(std::io::stdout(), "{}", parser.report_json(&data, name))?;
        }
    }
    Ok(())
}
