//! What a caller may set.

use super::layout::Encoding;
use crate::model::Signal;

/// Limits and hints of a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The largest message (line, JSON value, protobuf request) that is read, in bytes after decompression. It bounds
    /// the reader's memory.
    pub message_bytes_max: usize,
    /// The signal of protobuf messages; by default their records tell it.
    pub signal: Option<Signal>,
    /// How the messages are written down, as in the frames of a segment: JSON one after the other, or protobuf behind its length;
    /// by default their first bytes tell it. What a sender has named may begin with bytes that do not.
    pub encoding: Option<Encoding>,
    /// How many bad messages are kept with their reason; all of them are counted.
    pub problems_max: usize,
    /// Whether [`Batch::layout`](super::Batch::layout) says where the records stand.
    pub layout: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { message_bytes_max: 256 << 20, signal: None, encoding: None, problems_max: 5, layout: false }
    }
}
