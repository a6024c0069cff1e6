// SPDX-License-Identifier: MIT
//! Reads the events of reports from a source.

use crate::{error, native, Error, Event, Options, Parser};
use std::fmt;
use std::io::{self, Read};
use std::ops::Range;
use std::ptr::null;

/// Why a Reader stops.
#[derive(Debug)]
pub enum ReadError {
    /// The source failed.
    Io(io::Error),
    /// The input is not a valid report.
    Report(Error),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::Io(e) => e.fmt(f),
            ReadError::Report(e) => e.fmt(f),
        }
    }
}

impl std::error::Error for ReadError {}

impl From<Error> for ReadError {
    fn from(e: Error) -> Self {
        ReadError::Report(e)
    }
}

/// Reads a report in chunks and in constant memory, plain JSON or gzip. It returns nothing after an error. With Options::sequence,
/// the events of the next report follow.
pub struct Reader<R> {
    source: R,
    parser: Parser,
    chunk: Vec<u8>,
    /// The range of the chunk that is not yet consumed.
    rest: Range<usize>,
    /// The source has no more.
    ended: bool,
    done: bool,
}

impl<R: Read> Reader<R> {
    pub fn new(source: R, options: &Options) -> Result<Self, Error> {
        Ok(Reader { source, parser: Parser::new(options)?, chunk: vec![0; 65536], rest: 0..0, ended: false, done: false })
    }

    fn step(&mut self) -> Result<Option<Event>, ReadError> {
        let raw = self.parser.raw;
        loop {
            let (mut used, mut next) = (0, null());
            let rest = &self.chunk[self.rest.clone()];
            let data = if self.ended { null() } else { rest.as_ptr() };
            let status = unsafe { native::trpt_parser_read(raw, data.cast(), rest.len(), &mut used, &mut next) };
            self.rest.start += used;
            match status {
                native::END => return Ok(None),
                native::MORE => self.fill()?,
                native::OK => {
                    if let Some(event) = unsafe { Event::copy(&*next) } {
                        return Ok(Some(event));
                    }
                }
                _ => return Err(unsafe { error(&*native::trpt_parser_error(raw)) }.into()),
            }
        }
    }

    fn fill(&mut self) -> Result<(), ReadError> {
        let count = loop {
            match self.source.read(&mut self.chunk) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                other => break other.map_err(ReadError::Io)?,
            }
        };
        self.rest = 0..count.min(self.chunk.len());
        self.ended = count == 0;
        Ok(())
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<Event, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let next = self.step().transpose();
        let io_failed = matches!(next, Some(Err(ReadError::Io(_))));
        self.done = io_failed || unsafe { native::trpt_parser_has_ended(self.parser.raw) } != 0;
        next
    }
}

impl<R: Read> std::iter::FusedIterator for Reader<R> {}
