//! What a reading adds up to, and what was wrong on the way.

use std::fmt;

use super::protobuf::WireError;
use crate::model::json::JsonError;

/// Numbers of what was recognised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Export requests, empty ones included.
    pub requests: u64,
    /// Spans, with those that have no id or no time.
    pub spans: u64,
    /// Metrics, with those that have no time.
    pub metrics: u64,
    /// Data points of those metrics.
    pub data_points: u64,
    /// Log records, with those that have no time.
    pub logs: u64,
    /// Spans whose trace id is absent, of the wrong length, not decodable or all zero: in no unit.
    pub without_id: u64,
    /// Units without any time, which are not given out: all span starts zero, no data point or one at zero, a log
    /// record with neither of its times.
    pub without_time: u64,
    /// Readable messages that are not OTLP: JSON objects without any of its keys, protobuf without its fields.
    pub unrecognised: u64,
}

/// The whole of a reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// What was recognised.
    pub counts: Counts,
    /// Lines of text read, without blank ones (those inside a value that spans several lines count); 0 for protobuf
    /// and for length-prefixed messages.
    pub lines: u64,
    /// Lines, values or messages that could not be read.
    pub bad: u64,
    /// Bytes taken from the input, as stored.
    pub bytes_read: u64,
    /// Bytes of messages and the text between them, after decompression.
    pub bytes_decoded: u64,
    /// The first of the bad ones, as many as [`Options::problems_max`](super::Options::problems_max), at least one.
    pub problems: Vec<BadMessage>,
}

/// Where a message lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A line of text, from 1.
    Line(u64),
    /// A protobuf or length-prefixed message, from 1.
    Message(u64),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(number) => write!(f, "line {number}"),
            Self::Message(number) => write!(f, "message {number}"),
        }
    }
}

/// Why a message could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// Not JSON, or a field has a value of the wrong type.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// Not protobuf, or a field does not fit its type.
    #[error(transparent)]
    Protobuf(#[from] WireError),
    /// Text that is not UTF-8.
    #[error("not valid UTF-8 at byte {at}")]
    NotUtf8 {
        /// Offset in the line or value.
        at: usize,
    },
    /// The input ends inside a length-prefixed message.
    #[error("it is cut: {found} of {expected} bytes are there")]
    Cut {
        /// Bytes found.
        found: u64,
        /// Bytes that its length announces.
        expected: u64,
    },
    /// The message is compressed and its compression is broken.
    #[error("its compression is broken: {0}")]
    Compression(String),
}

/// A message that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadMessage {
    /// Where it lies.
    pub place: Place,
    /// What is wrong with it.
    pub reason: Reason,
}

impl fmt::Display for BadMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.reason)
    }
}

impl Totals {
    /// Adds a bad message and keeps it if it is among the first.
    pub(super) fn add_bad(&mut self, place: Place, reason: Reason, problems_max: usize) {
        self.bad += 1;
        if self.problems.len() < problems_max.max(1) {
            self.problems.push(BadMessage { place, reason });
        }
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.requests += other.requests;
        self.spans += other.spans;
        self.metrics += other.metrics;
        self.data_points += other.data_points;
        self.logs += other.logs;
        self.without_id += other.without_id;
        self.without_time += other.without_time;
        self.unrecognised += other.unrecognised;
    }
}
