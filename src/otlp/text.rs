//! Reading an input of JSON values.
//!
//! There are no modes: wherever a value may start, the value is read, over as many lines as it takes. What cannot be
//! read costs its line, and reading goes on behind that line. So JSON lines, pretty-printed and concatenated values are
//! all the same, and a line that was cut costs itself only: the value that started there runs into the next line, where
//! it fails. The elements of an array at top level are values like others.
//!
//! Invariant: each step takes at least one byte, or the input has ended. The result does not depend on how the input is
//! cut into reads: a failure counts only if more input could not mend it.

use std::io::Read;

use super::batch::Batch;
use super::error::ReadError;
use super::json::{Refusal, read_request};
use super::layout::Encoding;
use super::options::Options;
use super::totals::{Place, Reason, Totals};
use super::window::Window;
use crate::model::json::{Cursor, JsonError, Problem};

/// The longest word, number end or escape of JSON by which an error may be the fault of the window's end.
const TOKEN_BYTES_MAX: usize = 8;

/// Where in an array of requests the next byte stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Array {
    Outside,
    AtStart,
    AfterElement,
    AfterComma,
    /// Behind a line that could not be read: anything may follow.
    Recovering,
}

/// The state of reading JSON values.
#[derive(Debug)]
pub(super) struct Text {
    /// The line that is being read, from 1.
    line: u64,
    /// Bytes of that line taken so far.
    column: usize,
    /// The last line counted in the totals.
    line_counted: u64,
    array: Array,
}

impl Text {
    pub(super) fn new() -> Self {
        Self { line: 1, column: 0, line_counted: 0, array: Array::Outside }
    }

    /// Reads one value or one bad line; says whether there may be more.
    pub(super) fn step<R: Read>(
        &mut self,
        window: &mut Window<R>,
        batch: &mut Batch,
        totals: &mut Totals,
        options: &Options,
    ) -> Result<bool, ReadError> {
        loop {
            let Some(byte) = self.next_byte(window)? else {
                if self.array != Array::Outside && self.array != Array::Recovering {
                    let error = JsonError { problem: Problem::Truncated, at: self.column };
                    totals.add_bad(Place::Line(self.line), error.into(), options.problems_max);
                }
                return Ok(false);
            };
            self.count_line(totals);
            match (byte, self.array) {
                (b'{', Array::Outside | Array::AtStart | Array::AfterComma | Array::Recovering) => {
                    self.value(window, batch, totals, options)?;
                    return Ok(true);
                }
                (b'[', Array::Outside) => self.punctuation(window, Array::AtStart),
                (b']', Array::AtStart | Array::AfterElement | Array::Recovering) => {
                    self.punctuation(window, Array::Outside);
                }
                (b',', Array::AfterElement) => self.punctuation(window, Array::AfterComma),
                (b',', Array::Recovering) => self.punctuation(window, Array::Recovering),
                (_, Array::Outside | Array::AtStart | Array::AfterElement | Array::AfterComma | Array::Recovering) => {
                    let error = JsonError { problem: Problem::Unexpected, at: self.column };
                    totals.add_bad(Place::Line(self.line), error.into(), options.problems_max);
                    self.skip_line(window, options)?;
                    return Ok(true);
                }
            }
        }
    }

    /// Skips white space and gives the byte behind it without taking it.
    fn next_byte<R: Read>(&mut self, window: &mut Window<R>) -> Result<Option<u8>, ReadError> {
        loop {
            let unread = window.unread();
            let space = unread.len() - unread.trim_ascii_start().len();
            let byte = unread.get(space).copied();
            self.pass(&unread[..space]);
            window.take(space);
            if byte.is_some() || window.ended() {
                return Ok(byte);
            }
            window.more()?;
        }
    }

    /// Keeps line and column while these bytes are taken.
    fn pass(&mut self, bytes: &[u8]) {
        match memchr::memrchr(b'\n', bytes) {
            None => self.column += bytes.len(),
            Some(last) => {
                self.line += memchr::memchr_iter(b'\n', &bytes[..=last]).count() as u64;
                self.column = bytes.len() - last - 1;
            }
        }
    }

    /// Counts the lines up to this one, from the one where the value started.
    fn count_line(&mut self, totals: &mut Totals) {
        if self.line_counted < self.line {
            self.line_counted = self.line;
            totals.lines += 1;
        }
    }

    fn punctuation<R: Read>(&mut self, window: &mut Window<R>, next: Array) {
        self.array = next;
        self.column += 1;
        window.take(1);
    }

    /// Takes everything up to the end of the line, which may not be longer than a message.
    fn skip_line<R: Read>(&mut self, window: &mut Window<R>, options: &Options) -> Result<(), ReadError> {
        let (place, limit) = (Place::Line(self.line), options.message_bytes_max);
        let mut skipped = 0;
        if self.array != Array::Outside {
            self.array = Array::Recovering;
        }
        loop {
            let unread = window.unread();
            let end = memchr::memchr(b'\n', unread);
            let length = end.map_or(unread.len(), |at| at + 1);
            self.pass(&unread[..length]);
            window.take(length);
            if end.is_some() || window.ended() {
                return Ok(());
            }
            skipped += length;
            if skipped > limit {
                return Err(ReadError::TooLong { place, limit });
            }
            window.more()?;
        }
    }

    /// Reads the value that starts here.
    fn value<R: Read>(
        &mut self,
        window: &mut Window<R>,
        batch: &mut Batch,
        totals: &mut Totals,
        options: &Options,
    ) -> Result<(), ReadError> {
        let place = Place::Line(self.line);
        let limit = options.message_bytes_max;
        loop {
            let unread = window.unread();
            let mut cursor = Cursor::new(unread);
            match read_request(&mut cursor, batch) {
                Ok(()) if cursor.position() > limit => return Err(ReadError::TooLong { place, limit }),
                Ok(()) => {
                    let length = cursor.position();
                    if let Err(error) = std::str::from_utf8(&unread[..length]) {
                        batch.clear();
                        let reason = Reason::NotUtf8 { at: self.column + error.valid_up_to() };
                        totals.add_bad(place, reason, options.problems_max);
                    }
                    batch.layout_mut().keep(Encoding::Json, &window.unread()[..length]);
                    self.accept(window, totals, length);
                    return Ok(());
                }
                Err(Refusal::Profiles) => return Err(ReadError::Profiles { place }),
                Err(Refusal::Json(error)) => {
                    let length = unread.len();
                    let at_end = error.problem == Problem::Truncated || error.at + TOKEN_BYTES_MAX > length;
                    if !at_end || window.ended() {
                        let (line, error) = self.blame(unread, error);
                        totals.add_bad(Place::Line(line), error.into(), options.problems_max);
                        return self.skip_line(window, options);
                    }
                    if length > limit {
                        return Err(ReadError::TooLong { place, limit });
                    }
                    // Twice as much each time, so that reading it again and again stays linear.
                    window.fill((length * 2).min(limit.saturating_add(1)))?;
                }
            }
        }
    }

    /// Takes a value that was read.
    fn accept<R: Read>(&mut self, window: &mut Window<R>, totals: &mut Totals, length: usize) {
        let before = self.line;
        self.pass(&window.unread()[..length]);
        window.take(length);
        totals.lines += self.line - before;
        self.line_counted = self.line;
        self.array = match self.array {
            Array::AtStart | Array::AfterElement | Array::AfterComma => Array::AfterElement,
            Array::Outside => Array::Outside,
            Array::Recovering => Array::Recovering,
        };
    }

    /// The line to be blamed for an error, and the error with its place in that line.
    ///
    /// If the error lies at the end of the first line, or at the start of a later line that looks like a value of its
    /// own, then the first line was cut.
    fn blame(&self, unread: &[u8], error: JsonError) -> (u64, JsonError) {
        let until = &unread[..error.at.min(unread.len())];
        let Some(last_break) = memchr::memrchr(b'\n', until) else {
            let cut = unread.get(error.at) == Some(&b'\n') && error.problem == Problem::BadString;
            let problem = if cut { Problem::Truncated } else { error.problem };
            return (self.line, JsonError { problem, at: self.column + error.at });
        };
        if let Some(b'{' | b'[') = unread.get(last_break + 1)
            && let Some(first_break) = memchr::memchr(b'\n', until)
        {
            return (self.line, JsonError { problem: Problem::Truncated, at: self.column + first_break });
        }
        let line = self.line + memchr::memchr_iter(b'\n', until).count() as u64;
        (line, JsonError { problem: error.problem, at: error.at - last_break - 1 })
    }
}
