//! Names of segments and of the batches that they come of.
//!
//! `{earliest time of the batch in Unix ms:014}-{batch id}-{t|m|l}.{jsonl|otlp}.zst`: sorted by time, and the same for the same
//! batch whatever the partition, so that a batch that is written again finds what is there already. A merged segment's name
//! has the digest of what it holds in the batch's place, and ends in `+` before the encoding.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::model::Signal;
use crate::otlp::Encoding;

/// Hexadecimal digits of an id: 128 bits of a SHA-256.
const ID_DIGITS: usize = 32;

/// What the name of a merged segment has behind its signal.
const MERGED: char = '+';

/// The id of a batch: the same input at the same place gives the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BatchId(String);

impl BatchId {
    /// The id of what these parts say, told apart by their lengths.
    #[must_use]
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut hasher = BatchHasher::default();
        for part in parts {
            hasher.part(part);
        }
        hasher.finish()
    }

    /// The id in hexadecimal.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BatchId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Takes in the parts of a batch one by one.
#[derive(Clone, Debug, Default)]
pub struct BatchHasher(Sha256);

impl BatchHasher {
    /// Adds a part.
    pub fn part(&mut self, part: &[u8]) {
        self.0.update((part.len() as u64).to_be_bytes());
        self.0.update(part);
    }

    /// The id of all parts.
    #[must_use]
    pub fn finish(self) -> BatchId {
        use fmt::Write as _;
        let mut text = String::with_capacity(ID_DIGITS);
        for byte in &self.0.finalize()[..ID_DIGITS / 2] {
            let _ = write!(text, "{byte:02x}");
        }
        BatchId(text)
    }
}

/// The name of a segment of a batch.
#[must_use]
pub fn segment_name(min_time_unix_nano: u64, batch: &BatchId, signal: Signal, encoding: Encoding) -> String {
    name(min_time_unix_nano, batch, signal, encoding, "")
}

/// The name of a segment that others were merged into.
#[must_use]
pub fn merged_name(min_time_unix_nano: u64, content: &BatchId, signal: Signal, encoding: Encoding) -> String {
    name(min_time_unix_nano, content, signal, encoding, "+")
}

fn name(min_time_unix_nano: u64, id: &BatchId, signal: Signal, encoding: Encoding, mark: &str) -> String {
    let letter = match signal {
        Signal::Traces => 't',
        Signal::Metrics => 'm',
        Signal::Logs => 'l',
    };
    let ending = match encoding {
        Encoding::Json => "jsonl",
        Encoding::Protobuf => "otlp",
    };
    format!("{:014}-{id}-{letter}{mark}.{ending}.zst", min_time_unix_nano / 1_000_000)
}

/// The batch that a segment's name tells; `None` for merged segments and those of others.
#[must_use]
pub fn batch_of(name: &str) -> Option<&str> {
    let (time, rest) = name.split_once('-')?;
    let (id, rest) = rest.split_once('-')?;
    let is_time = time.len() == 14 && time.bytes().all(|b| b.is_ascii_digit());
    let is_id = id.len() == ID_DIGITS && id.bytes().all(|b| b.is_ascii_hexdigit());
    (is_time && is_id && matches!(rest.get(..2), Some("t." | "m." | "l."))).then_some(id)
}

/// Whether a name is that of a merged segment.
#[must_use]
pub fn is_merged(name: &str) -> bool {
    name.ends_with(".zst") && name.rsplit('-').next().is_some_and(|rest| rest.chars().nth(1) == Some(MERGED))
}
