// SPDX-License-Identifier: MIT
//! Parses reports that are in memory.

use crate::{append, borrowed, check, error, must, native, zeroed, Error, Options, Report};
use std::marker::PhantomData;
use std::mem::size_of;
use std::ptr::null_mut;

/// Parses reports one after another, in memory that it keeps, half a MiB.
pub struct Parser {
    pub(crate) raw: *mut native::Parser,
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
        let mut raw = null_mut();
        check(unsafe { native::trpt_parser_new(&mut raw, &options.native()) })?;
        Ok(Parser { raw })
    }

    /// Parses a report, plain JSON or gzip. With Options::sequence, returns the first one.
    pub fn parse(&mut self, data: &[u8]) -> Result<Report, Error> {
        self.reports(data).next().expect("a report or an error")
    }

    /// Parses all reports of an input. After an error the next report follows. An input without any report gives an error.
    pub fn reports<'a>(&'a mut self, data: &'a [u8]) -> Reports<'a> {
        unsafe { native::trpt_parser_reset(self.raw) };
        Reports { raw: self.raw, rest: borrowed(data), _borrowed: PhantomData }
    }

    /// Returns the line that `tlsrpt report --format json` prints for a report, whether it can be read or not. Further reports of
    /// the input follow, each on a line of its own.
    pub fn report_json(&mut self, data: &[u8], source: impl AsRef<[u8]>) -> String {
        let mut lines = Vec::<u8>::new();
        let user: *mut Vec<u8> = &mut lines;
        let source = named(source.as_ref());
        must(check(unsafe { native::trpt_reports_json(self.raw, data.as_ptr().cast(), data.len(), &source, 0, append, user.cast()) }));
        unsafe { String::from_utf8_unchecked(lines) } // JSON is ASCII and UTF-8
    }
}

/// A source with this name, which it borrows.
pub(crate) fn named(name: &[u8]) -> native::Source {
    native::Source { struct_size: size_of::<native::Source>(), name: borrowed(name), ..unsafe { zeroed() } }
}

/// The reports of an input, see [`Parser::reports`].
pub struct Reports<'a> {
    raw: *mut native::Parser,
    rest: native::Str,
    _borrowed: PhantomData<(&'a mut Parser, &'a [u8])>,
}

impl Iterator for Reports<'_> {
    type Item = Result<Report, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut tree = null_mut();
        match unsafe { native::trpt_reports_next(self.raw, &mut self.rest, &mut tree) } {
            native::OK => Some(Ok(Report(tree))),
            native::END => None,
            _ => Some(Err(unsafe { error(&*native::trpt_parser_error(self.raw)) })),
        }
    }
}

/// Parses a complete report in memory, plain JSON or gzip. For many reports, a [`Parser`] is faster.
pub fn parse_report(data: &[u8], options: &Options) -> Result<Report, Error> {
    Parser::new(options)?.parse(data)
}
