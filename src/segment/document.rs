//! What a sidecar says of a segment that this tool wrote. The storage port's sidecar knows the fields that any segment has;
//! these are all of them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::frame::Frame;
use super::index::TraceIndex;
use crate::model::document::is_object;
use crate::model::seal::{self, IndexBlock, SealError};
use crate::model::{Signal, TraceId};
use crate::otlp::Encoding;

/// The word for zstd frames.
pub const COMPRESSION: &str = "zstd";
/// Services beyond which a sidecar names none: then any may be in it.
pub const SERVICES_MAX: usize = 1000;

/// How requests are told apart in a segment, as its sidecar says.
#[must_use]
pub fn framing_of(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Json => "jsonl",
        Encoding::Protobuf => "proto",
    }
}

/// A sidecar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentDocument<'a> {
    /// The segment's length.
    pub bytes: u64,
    /// CRC32C of its bytes.
    pub crc32c: u32,
    /// Its records: spans, metrics or log records.
    pub records: u64,
    /// The earliest time of a record, in nanoseconds since 1970.
    pub min_time_unix_nano: u64,
    /// The latest.
    pub max_time_unix_nano: u64,
    /// What the records are.
    pub signal: Signal,
    /// `jsonl` or `proto`.
    pub framing: Cow<'a, str>,
    /// `zstd`.
    pub compression: Cow<'a, str>,
    /// Its length when decompressed.
    pub raw_bytes: u64,
    /// The sum of its records' hashes, see [`Layout::record_sum`](crate::otlp::Layout::record_sum), as 16 hexadecimal digits.
    pub record_sum: RecordSum,
    /// The batch that it came of; `null` once segments are merged.
    pub batch: Option<Cow<'a, str>>,
    /// The segments that were merged into it.
    #[serde(default, borrow, skip_serializing_if = "Vec::is_empty")]
    pub merged: Vec<Merged<'a>>,
    /// The services whose records it holds; `null` = more than [`SERVICES_MAX`].
    pub services: Option<Vec<Cow<'a, str>>>,
    /// Its frames, in order.
    pub frames: Vec<Frame>,
    /// The blocks of the index, if it has several: then the sidecar is [sealed](crate::model::seal).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trace_index_blocks: Vec<IndexBlock>,
    /// See [`TraceIndex`]; of traces only. Nothing stands behind it.
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    pub trace_index: Option<Cow<'a, str>>,
}

/// A segment that was merged into another: its name, its records and the sum of their hashes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged<'a>(#[serde(borrow)] pub Cow<'a, str>, pub u64, pub RecordSum);

/// A sum of hashes modulo 2^64: the same in whatever order and segments the records lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Cow<'_, str>", into = "String")]
pub struct RecordSum(pub u64);

impl std::ops::AddAssign<u64> for RecordSum {
    fn add_assign(&mut self, hash: u64) {
        self.0 = self.0.wrapping_add(hash);
    }
}

impl std::ops::AddAssign for RecordSum {
    fn add_assign(&mut self, other: Self) {
        *self += other.0;
    }
}

impl std::fmt::Display for RecordSum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl From<RecordSum> for String {
    fn from(sum: RecordSum) -> Self {
        sum.to_string()
    }
}

impl TryFrom<Cow<'_, str>> for RecordSum {
    type Error = String;

    fn try_from(text: Cow<'_, str>) -> Result<Self, String> {
        let digits = text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
        let sum = u64::from_str_radix(&text, 16).ok().filter(|_| digits);
        sum.map(Self).ok_or_else(|| format!("record_sum {text:?} is not 16 hexadecimal digits"))
    }
}

/// Why a sidecar is not that of a segment which can be read frame by frame.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// Not the JSON of one: others may have written the segment.
    #[error("{0}")]
    Json(String),
    /// A framing or compression that this version does not know.
    #[error("{what} {found:?} is not known to this version")]
    Unknown {
        /// Which field.
        what: &'static str,
        /// What it says.
        found: String,
    },
    /// Its frames do not make up the segment.
    #[error("its frames do not make up the segment")]
    Frames,
    /// It is not what was written.
    #[error(transparent)]
    Seal(#[from] SealError),
}

impl<'a> SegmentDocument<'a> {
    /// Reads a sidecar; fields that this version does not know are no error.
    ///
    /// # Errors
    /// It is none of a segment that can be read frame by frame.
    pub fn parse(raw: &'a [u8]) -> Result<Self, DocumentError> {
        if !is_object(raw) {
            return Err(DocumentError::Json("not a JSON object".to_owned()));
        }
        seal::check(raw)?;
        let document = Self::parse_head(raw)?;
        if !document.trace_index_blocks.is_empty() && seal::Seal::find(raw).is_none() {
            return Err(SealError::Shape.into());
        }
        Ok(document)
    }

    /// Reads the head of a sealed sidecar, which was checked: all of it but the index.
    ///
    /// # Errors
    /// As [`SegmentDocument::parse`].
    pub fn parse_head(raw: &'a [u8]) -> Result<Self, DocumentError> {
        let document: Self = serde_json::from_slice(raw).map_err(|e| DocumentError::Json(e.to_string()))?;
        document.encoding()?;
        if document.compression != COMPRESSION {
            let found = document.compression.into_owned();
            return Err(DocumentError::Unknown { what: "compression", found });
        }
        let mut end = 0_u64;
        for frame in &document.frames {
            if frame.offset != end {
                return Err(DocumentError::Frames);
            }
            end = end.saturating_add(frame.bytes);
        }
        if end == document.bytes { Ok(document) } else { Err(DocumentError::Frames) }
    }

    /// How its requests are written down.
    ///
    /// # Errors
    /// This version does not know.
    pub fn encoding(&self) -> Result<Encoding, DocumentError> {
        [Encoding::Json, Encoding::Protobuf]
            .into_iter()
            .find(|encoding| framing_of(*encoding) == self.framing)
            .ok_or_else(|| DocumentError::Unknown { what: "framing", found: self.framing.to_string() })
    }

    /// The text of the file.
    ///
    /// # Errors
    /// Never for what the builder makes; serde's for what cannot be JSON.
    pub fn to_json(&self) -> Result<String, DocumentError> {
        let json = serde_json::to_string(self).map_err(|e| DocumentError::Json(e.to_string()))?;
        let index_chars = self.trace_index.as_ref().map_or(0, |index| index.len());
        let json = if self.trace_index_blocks.is_empty() { json } else { seal::seal(json, index_chars)? };
        Ok(json + "\n")
    }

    /// The frames that may hold spans of a trace; all of them where there is no sound index.
    #[must_use]
    pub fn frames_of(&self, id: &TraceId) -> Vec<&Frame> {
        match self.numbers_of(id) {
            Some(numbers) => numbers.into_iter().filter_map(|number| self.frames.get(usize::from(number))).collect(),
            None => self.frames.iter().collect(),
        }
    }

    /// The numbers of those frames; `None` = there is no sound index.
    #[must_use]
    pub fn numbers_of(&self, id: &TraceId) -> Option<Vec<u16>> {
        self.trace_index.as_deref().and_then(|text| TraceIndex::new(text).frames_of(id))
    }

    /// Whether records of a service may be in it.
    #[must_use]
    pub fn may_hold_service(&self, service: &str) -> bool {
        self.services.as_ref().is_none_or(|services| services.iter().any(|s| s == service))
    }
}
