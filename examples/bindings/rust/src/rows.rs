// SPDX-License-Identifier: MIT
//! Writes reports as rows for databases, spreadsheets and pipelines.

use crate::parser::named;
use crate::{append, check, native, Error, Format, Options, Parser};
use std::io::{self, Write};
use std::mem::size_of;
use std::ptr::null_mut;

/// Writes the rows that `tlsrpt report --bad-rows` prints: one for each policy, one for each failure, and one of kind `error` for a
/// report that cannot be read. All rows of an input are written at once.
pub struct Rows<W> {
    out: W,
    parser: Parser,
    text: Box<Vec<u8>>, // at an address that stays, since the writer of the library knows it
    raw: *mut native::Rows,
    _memory: Vec<u8>,
}

// All that `raw` points to is owned by the struct.
unsafe impl<W: Send> Send for Rows<W> {}

impl<W: Write> Rows<W> {
    pub fn new(out: W, format: Format, options: &Options) -> Result<Self, Error> {
        let parser = Parser::new(options)?;
        let native = native::RowsOptions { struct_size: size_of::<native::RowsOptions>(), format: format as i32, flags: 0 };
        let mut text = Box::<Vec<u8>>::default();
        let user: *mut Vec<u8> = &mut *text;
        let mut raw = null_mut();
        unsafe {
            let mut memory = vec![0; native::trpt_rows_size()];
            check(native::trpt_rows_init(&mut raw, memory.as_mut_ptr().cast(), memory.len(), &native, append, user.cast()))?;
            Ok(Rows { out, parser, text, raw, _memory: memory })
        }
    }

    /// Writes the names of the columns; nothing for NDJSON.
    pub fn header(&mut self) -> io::Result<()> {
        check(unsafe { native::trpt_rows_header(self.raw) }).map_err(failed)?;
        self.flush_text()
    }

    /// Writes the rows of an input, plain JSON or gzip. `source` is its name, for the column of that name.
    pub fn add(&mut self, data: &[u8], source: impl AsRef<[u8]>) -> io::Result<()> {
        let source = named(source.as_ref());
        let status = unsafe { native::trpt_rows_reports(self.raw, self.parser.raw, data.as_ptr().cast(), data.len(), &source) };
        check(status).map_err(failed)?;
        self.flush_text()
    }

    /// Returns the output.
    pub fn into_inner(self) -> W {
        self.out
    }

    fn flush_text(&mut self) -> io::Result<()> {
        let written = self.out.write_all(&self.text);
        self.text.clear();
        written
    }
}

fn failed(e: Error) -> io::Error {
    io::Error::new(io::ErrorKind::Other, e)
}
