//! What is known of a segment, written once beside it.
//!
//! Invariant: moving keeps a sidecar byte for byte, with whatever a newer version wrote into it.

use bytes::Bytes;
use serde::Deserialize;

use crate::model::document::is_object;
use crate::model::seal;

/// The largest sidecar. It carries an index from trace ids to frames.
pub const SIDECAR_BYTES_MAX: u64 = 16 << 20;

/// A piece of a file's bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The piece.
    pub bytes: Bytes,
    /// The length of the whole.
    pub total: u64,
}

impl Part {
    /// A piece of what was read whole; shorter where that ends.
    #[must_use]
    pub fn of(whole: &Bytes, offset: u64, length: usize) -> Self {
        let start = usize::try_from(offset).unwrap_or(usize::MAX).min(whole.len());
        let end = start.saturating_add(length).min(whole.len());
        Self { bytes: whole.slice(start..end), total: whole.len() as u64 }
    }
}

/// The facts that a sidecar states.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct SegmentFacts {
    /// The segment's length.
    pub bytes: u64,
    /// CRC32C (Castagnoli) of its bytes.
    pub crc32c: u32,
    /// Its records; `None` for a segment that others wrote.
    #[serde(default)]
    pub records: Option<u64>,
    /// The earliest time in it, in nanoseconds since 1970.
    #[serde(default)]
    pub min_time_unix_nano: Option<u64>,
    /// The latest.
    #[serde(default)]
    pub max_time_unix_nano: Option<u64>,
    /// `traces`, `metrics`, `logs`, or what a newer version knows.
    #[serde(default)]
    pub signal: Option<String>,
    /// How its records are told apart: `jsonl`, `proto`, or what a newer version knows.
    #[serde(default)]
    pub framing: Option<String>,
}

/// A sidecar with its exact bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sidecar {
    raw: Bytes,
    facts: SegmentFacts,
}

impl Sidecar {
    /// Reads a sidecar.
    ///
    /// # Errors
    /// Not the JSON of one, or not what its [seal](crate::model::seal) says, in words.
    pub fn parse(raw: Bytes) -> Result<Self, String> {
        if !is_object(&raw) {
            return Err("not a JSON object".to_owned());
        }
        seal::check(&raw).map_err(|e| e.to_string())?;
        let facts = serde_json::from_slice(&raw).map_err(|e| e.to_string())?;
        Ok(Self { raw, facts })
    }

    /// The sidecar of a segment of which nothing but its bytes is known: one that others wrote.
    #[must_use]
    pub fn of_opaque(bytes: u64, crc32c: u32) -> Self {
        let raw = format!("{{\"bytes\":{bytes},\"crc32c\":{crc32c},\"records\":null}}\n");
        let facts = SegmentFacts {
            bytes,
            crc32c,
            records: None,
            min_time_unix_nano: None,
            max_time_unix_nano: None,
            signal: None,
            framing: None,
        };
        Self { raw: raw.into(), facts }
    }

    /// Its exact bytes.
    #[must_use]
    pub fn raw(&self) -> &Bytes {
        &self.raw
    }

    /// What it states.
    #[must_use]
    pub fn facts(&self) -> &SegmentFacts {
        &self.facts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_fields_are_kept() {
        let raw = Bytes::from_static(br#" {"crc32c": 7, "bytes":3,"records":2, "index":[[1,2]],"signal":"profiles"}"#);
        let sidecar = Sidecar::parse(raw.clone()).unwrap();
        assert_eq!((sidecar.facts().bytes, sidecar.facts().crc32c, sidecar.facts().records), (3, 7, Some(2)));
        assert_eq!(sidecar.raw(), &raw);
    }

    #[test]
    fn a_made_sidecar_says_what_it_reads_as() {
        let made = Sidecar::of_opaque(12, u32::MAX);
        assert_eq!(Sidecar::parse(made.raw().clone()).unwrap(), made);
    }

    #[test]
    fn other_json_is_no_sidecar() {
        for bad in
            ["", "[]", "{}", r#"{"bytes":1}"#, r#"{"bytes":-1,"crc32c":1}"#, r#"{"bytes":1,"crc32c":4294967296}"#]
        {
            assert!(Sidecar::parse(Bytes::copy_from_slice(bad.as_bytes())).is_err(), "{bad}");
        }
    }
}
