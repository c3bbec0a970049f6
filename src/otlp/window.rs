//! The part of the input that is in memory.
//!
//! Invariant: it grows only by doubling and only when asked for more than it holds, so that its size is bounded by twice
//! what its user asks for; the user keeps to the limit of one message.

use std::io::Read;

use super::error::ReadError;
use super::source::Source;

/// The size at the start: within a core's second-level cache.
const BYTES_MIN: usize = 256 << 10;

/// A window that moves over the input.
pub(super) struct Window<R: Read> {
    source: Source<R>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    ended: bool,
    bytes_taken: u64,
}

impl<R: Read> Window<R> {
    pub(super) fn new(source: Source<R>) -> Self {
        Self { source, buffer: vec![0; BYTES_MIN], start: 0, end: 0, ended: false, bytes_taken: 0 }
    }

    /// An input that is in memory already; `source` gives nothing more.
    pub(super) fn of(source: Source<R>, buffer: Vec<u8>) -> Self {
        let end = buffer.len();
        Self { source, buffer, start: 0, end, ended: true, bytes_taken: 0 }
    }

    /// The memory, to be used again.
    pub(super) fn into_buffer(self) -> Vec<u8> {
        self.buffer
    }

    /// What is in memory and not taken yet.
    #[inline]
    pub(super) fn unread(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Whether the input has nothing beyond [`Window::unread`].
    pub(super) fn ended(&self) -> bool {
        self.ended
    }

    /// The input.
    pub(super) fn source(&self) -> &Source<R> {
        &self.source
    }

    /// Bytes taken so far.
    pub(super) fn bytes_taken(&self) -> u64 {
        self.bytes_taken
    }

    /// Moves on by this many bytes of [`Window::unread`].
    pub(super) fn take(&mut self, count: usize) {
        let count = count.min(self.end - self.start);
        self.start += count;
        self.bytes_taken += count as u64;
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
        }
    }

    /// Reads something more, if there is more.
    pub(super) fn more(&mut self) -> Result<(), ReadError> {
        if self.ended {
            return Ok(());
        }
        if self.start > 0 && self.buffer.len() - self.end < BYTES_MIN / 2 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        if self.end == self.buffer.len() {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        let count = self.source.read(&mut self.buffer[self.end..])?;
        self.end += count;
        self.ended = count == 0;
        Ok(())
    }

    /// Reads until this many bytes are in memory, or all there are.
    pub(super) fn fill(&mut self, count: usize) -> Result<(), ReadError> {
        while self.unread().len() < count && !self.ended {
            self.more()?;
        }
        Ok(())
    }
}
