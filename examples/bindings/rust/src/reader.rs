// SPDX-License-Identifier: MIT
//! Reads the events of reports from a source.

use crate::{diagnostic, error, native, report, Diagnostic, Error, Failure, Metadata, Options, Parser, Policy};
use std::fmt;
use std::io::{self, Read};

/// What a Reader returns. A Failure precedes its Policy, and a Diagnostic precedes the event that it concerns. Metadata is the last
/// event of a report, and comes only if the whole report was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Failure(Failure),
    Policy(Policy),
    Diagnostic(Diagnostic),
    Metadata(Metadata),
}

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

unsafe fn event(e: &native::Event) -> Option<Event> {
    match e.r#type {
        native::EVENT_FAILURE => Some(Event::Failure(report::failure(&*e.failure))),
        native::EVENT_POLICY => Some(Event::Policy(report::policy(&*e.policy))),
        native::EVENT_DIAGNOSTIC => Some(Event::Diagnostic(diagnostic(&*e.diagnostic))),
        native::EVENT_REPORT => Some(Event::Metadata(report::metadata(&*e.metadata))),
        _ => None, // an event type of a later version
    }
}

/// Reads a report in chunks and in constant memory, plain JSON or gzip. It returns nothing after an error. With Options::sequence,
/// the events of the next report follow.
pub struct Reader<R> {
    source: R,
    parser: Parser,
    chunk: Vec<u8>,
    /// The range of the chunk that is not yet consumed; None at the end of the source.
    rest: Option<std::ops::Range<usize>>,
    failed: Option<Error>,
    done: bool,
}

impl<R: Read> Reader<R> {
    pub fn new(source: R, options: &Options) -> Result<Self, Error> {
        Ok(Reader { source, parser: Parser::new(options)?, chunk: vec![0; 65536], rest: Some(0..0), failed: None, done: false })
    }

    fn step(&mut self) -> Result<Option<Event>, ReadError> {
        loop {
            let mut rest = self.rest.clone().map(|range| &self.chunk[range]);
            let (status, next) = self.parser.read(&mut rest);
            let left = rest.map(<[u8]>::len);
            self.rest = self.rest.take().zip(left).map(|(range, left)| range.end - left..range.end);
            match status {
                native::END => return Ok(None),
                native::MORE => self.fill()?,
                native::OK => {
                    if let Some(event) = unsafe { event(&*next) } {
                        return Ok(Some(event));
                    }
                }
                _ => {
                    let failed = unsafe { error(self.parser.error()) };
                    if self.failed.as_ref() == Some(&failed) {
                        return Ok(None); // an error that stays ends the input
                    }
                    self.failed = Some(failed.clone());
                    return Err(failed.into());
                }
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
        self.rest = (count > 0).then(|| 0..count.min(self.chunk.len()));
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
        self.done = matches!(next, None | Some(Err(ReadError::Io(_))));
        next
    }
}

impl<R: Read> std::iter::FusedIterator for Reader<R> {}
