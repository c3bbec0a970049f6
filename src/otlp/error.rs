//! Why a reading stops.

use std::fmt;

use super::totals::{Place, Reason};

/// How the input is compressed as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// RFC 1952, one or more members.
    Gzip,
    /// RFC 8878, one or more frames.
    Zstd,
}

impl fmt::Display for Compression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        })
    }
}

/// Why a reading stops before the end of its input. What was given out until then stays valid.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The input could not be read.
    #[error("the input could not be read: {0}")]
    Input(#[source] std::io::Error),
    /// The compressed stream is cut or damaged.
    #[error("the {compression} stream is cut or damaged: {source}")]
    Compressed {
        /// Which.
        compression: Compression,
        /// What the decompressor says.
        source: std::io::Error,
    },
    /// One message is larger than the limit.
    #[error("{place}: larger than the limit of {limit} bytes for one message")]
    TooLong {
        /// Where it starts.
        place: Place,
        /// [`Options::message_bytes_max`](super::Options::message_bytes_max).
        limit: usize,
    },
    /// The input holds no OTLP request at all.
    #[error("not OTLP: {0}")]
    NotOtlp(NotOtlp),
    /// The input holds profiles.
    #[error("{place}: these are OTLP profiles, a fourth signal; this store holds traces, metrics and logs only")]
    Profiles {
        /// Where they were met.
        place: Place,
    },
}

/// Why an input is not OTLP.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotOtlp {
    /// Nothing there, or white space only.
    #[error("it is empty")]
    Empty,
    /// It was compressed twice.
    #[error("it is compressed twice")]
    CompressedTwice,
    /// No message could be read; this was wrong with the first.
    #[error("{place}: {reason}")]
    Bad {
        /// Where.
        place: Place,
        /// What is wrong.
        reason: Reason,
    },
    /// Messages could be read, but none has a key or a field of OTLP.
    #[error("no resourceSpans, resourceMetrics or resourceLogs in it")]
    Unrecognised,
}
