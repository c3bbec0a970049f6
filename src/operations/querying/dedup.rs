//! Spans that were given out, so that none is given twice: writers may send a span again in another request.
//!
//! The memory is exact for the time bucket that is being read and the one before it, up to [`SPANS_MAX`] spans in each; a
//! span beyond that is given out unseen, and the answer says so. Log records and metrics are not looked at: their batches are
//! idempotent, so that none is stored twice.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use crate::model::TraceId;
use crate::otlp::SpanId;

/// Spans of one bucket that are remembered: 2^21 slots of 25 bytes are 52 MB, seven eighths of them used.
const SPANS_MAX: usize = (1 << 21) / 8 * 7;

type Key = [u8; 24];
type Keys = HashSet<Key, BuildHasherDefault<KeyHasher>>;

/// The spans that were given out.
#[derive(Debug, Default)]
pub(super) struct SpansSeen {
    present: Keys,
    before: Keys,
    /// Duplicates that were held back.
    pub(super) duplicates: u64,
    /// Spans that were given out without being remembered.
    pub(super) unseen: u64,
}

impl SpansSeen {
    /// Whether a span is seen for the first time.
    pub(super) fn is_new(&mut self, trace: &TraceId, span: &SpanId) -> bool {
        let mut key = [0; 24];
        key[..16].copy_from_slice(trace.bytes());
        key[16..].copy_from_slice(span);
        if self.present.contains(&key) || self.before.contains(&key) {
            self.duplicates += 1;
            return false;
        }
        if self.present.len() < SPANS_MAX {
            self.present.insert(key);
        } else {
            self.unseen += 1;
        }
        true
    }

    /// Goes on to the next time bucket.
    pub(super) fn next_bucket(&mut self) {
        std::mem::swap(&mut self.present, &mut self.before);
        self.present = Keys::default();
    }
}

/// XXH3 over the bytes of one key.
#[derive(Debug, Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxhash_rust::xxh3::xxh3_64(bytes);
    }

    /// The length prefix of the 24 bytes says nothing.
    fn write_usize(&mut self, _: usize) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_new_once_in_two_buckets() {
        let trace = |n: u8| TraceId::from_bytes([n; 16]).unwrap();
        let mut seen = SpansSeen::default();
        assert!(seen.is_new(&trace(1), &[1; 8]));
        assert!(!seen.is_new(&trace(1), &[1; 8]));
        assert!(seen.is_new(&trace(1), &[2; 8]) && seen.is_new(&trace(2), &[1; 8]));
        seen.next_bucket();
        assert!(!seen.is_new(&trace(2), &[1; 8]));
        seen.next_bucket();
        assert!(seen.is_new(&trace(2), &[1; 8]), "two buckets on it is forgotten");
        assert_eq!((seen.duplicates, seen.unseen), (2, 0));
    }
}
