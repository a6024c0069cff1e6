// SPDX-License-Identifier: MIT
//! Parses reports that are in memory.

use crate::{append, borrowed, check, error, must, native, zeroed, Error, Report};
use std::marker::PhantomData;
use std::mem::size_of;
use std::ptr::{null, null_mut};

/// Options for reading. A limit of 0 means the default of trpt_options.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Fail at the first diagnostic of severity Error.
    pub strict: bool,
    /// Report no diagnostics, which is faster.
    pub no_diagnostics: bool,
    /// The input may hold several reports: concatenated texts, JSON Lines, members of an array, or several members of gzip.
    pub sequence: bool,
    /// Unix seconds, to report periods in the future.
    pub now: i64,
    /// Bytes.
    pub max_input: u64,
    /// Bytes after decompression.
    pub max_inflated: u64,
    pub max_failures: u64,
    pub max_policies: u32,
}

/// Parses reports one after another, in memory that it keeps, half a MiB.
pub struct Parser {
    raw: *mut native::Parser,
}

// Threads may use a parser one at a time, and a shared reference gives no access to it.
unsafe impl Send for Parser {}
unsafe impl Sync for Parser {}

impl Drop for Parser {
    fn drop(&mut self) {
        unsafe { native::trpt_parser_free(self.raw) }
    }
}

impl Parser {
    pub fn new(options: &Options) -> Result<Self, Error> {
        let flags = [(options.strict, native::STRICT), (options.no_diagnostics, native::NO_DIAGNOSTICS), (options.sequence, native::SEQUENCE)];
        let native = native::Options {
            struct_size: size_of::<native::Options>(),
            flags: flags.iter().filter(|(set, _)| *set).map(|(_, flag)| flag).sum(),
            now: options.now,
            max_input: options.max_input,
            max_inflated: options.max_inflated,
            max_failures: options.max_failures,
            max_policies: options.max_policies,
            ..unsafe { zeroed() }
        };
        let mut raw = null_mut();
        check(unsafe { native::trpt_parser_new(&mut raw, &native) })?;
        Ok(Parser { raw })
    }

    /// Parses a report, plain JSON or gzip. With Options::sequence, returns the first one.
    pub fn parse(&mut self, data: &[u8]) -> Result<Report, Error> {
        self.reports(data).next().unwrap_or_else(|| Err(check(native::E_NO_REPORT).unwrap_err()))
    }

    /// Parses all reports of an input. After an error the next report follows.
    pub fn reports<'a>(&'a mut self, data: &'a [u8]) -> Reports<'a> {
        unsafe { native::trpt_parser_reset(self.raw) };
        Reports { raw: self.raw, rest: Some(data), failed: None, _parser: PhantomData }
    }

    /// Returns the line that `tlsrpt report --format json` prints for a report, whether it can be read or not. Further reports of
    /// the input follow, each on a line of its own.
    pub fn report_json(&mut self, data: &[u8], source: impl AsRef<[u8]>) -> String {
        let mut lines = Vec::<u8>::new();
        must(self.each(data, source.as_ref(), |tree, error, source| unsafe {
            if !lines.is_empty() {
                lines.push(b'\n');
            }
            let user: *mut Vec<u8> = &mut lines;
            check(native::trpt_report_json(tree, error, source, 0, append, user.cast()))
        }));
        unsafe { String::from_utf8_unchecked(lines) } // JSON is ASCII and UTF-8
    }

    /// Calls `f` with each report or error of an input, and with its source: `name`, then "name#2" and so on.
    pub(crate) fn each(
        &mut self,
        data: &[u8],
        name: &[u8],
        mut f: impl FnMut(*const native::Report, *const native::Error, *const native::Source) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut name = name.to_vec();
        let len = name.len();
        let mut reports = self.reports(data);
        for number in 1.. {
            let item = match reports.next() {
                Some(item) => item,
                None => break,
            };
            if number > 1 {
                name.truncate(len);
                name.extend_from_slice(format!("#{number}").as_bytes());
            }
            let source = native::Source { struct_size: size_of::<native::Source>(), name: borrowed(&name), ..unsafe { zeroed() } };
            match item {
                Ok(report) => f(report.0, null(), &source),
                Err(_) => unsafe { f(native::trpt_report_unfinished(reports.raw), native::trpt_parser_error(reports.raw), &source) },
            }?;
        }
        Ok(())
    }

    /// Returns the next event, or Ok(None) if `rest` was consumed. `None` as rest ends the input. The event and the error are valid
    /// until the next call.
    pub(crate) fn read(&mut self, rest: &mut Option<&[u8]>) -> (native::Status, *const native::Event) {
        let (mut used, mut event) = (0, null());
        let data = rest.unwrap_or_default();
        let start = if rest.is_some() { data.as_ptr() } else { null() };
        let status = unsafe { native::trpt_parser_read(self.raw, start.cast(), data.len(), &mut used, &mut event) };
        *rest = rest.map(|data| &data[used..]);
        (status, event)
    }

    pub(crate) fn error(&self) -> &native::Error {
        unsafe { &*native::trpt_parser_error(self.raw) }
    }
}

/// The reports of an input, see [`Parser::reports`].
pub struct Reports<'a> {
    raw: *mut native::Parser,
    /// None at the end of the input.
    rest: Option<&'a [u8]>,
    failed: Option<Error>,
    _parser: PhantomData<&'a mut Parser>,
}

impl Iterator for Reports<'_> {
    type Item = Result<Report, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (mut used, mut tree) = (0, null_mut());
            let data = self.rest.unwrap_or_default();
            let start = if self.rest.is_some() { data.as_ptr() } else { null() };
            let status = unsafe { native::trpt_report_next(self.raw, start.cast(), data.len(), &mut used, &mut tree) };
            self.rest = self.rest.map(|data| &data[used..]);
            match status {
                native::OK => return Some(Ok(Report(tree))),
                native::MORE => self.rest = None,
                native::END => return None,
                _ => {
                    let failed = unsafe { error(&*native::trpt_parser_error(self.raw)) };
                    if self.failed.as_ref() == Some(&failed) {
                        return None; // an error that stays ends the input
                    }
                    self.failed = Some(failed.clone());
                    return Some(Err(failed));
                }
            }
        }
    }
}

/// Parses a complete report in memory, plain JSON or gzip. For many reports, a [`Parser`] is faster.
pub fn parse_report(data: &[u8], options: &Options) -> Result<Report, Error> {
    Parser::new(options)?.parse(data)
}
