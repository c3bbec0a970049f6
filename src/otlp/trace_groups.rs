//! The spans of one export request, grouped by trace id.
//!
//! Invariant: adding a span is O(1) whatever the ids are: they are hashed by all of their 16 bytes.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::batch::ResourceIndex;
use crate::model::TraceId;

/// One trace's spans in one request.
#[derive(Clone, Copy, Debug)]
pub(super) struct TraceGroup {
    pub(super) id: TraceId,
    /// The resource of the earliest span; of the first one while none has a start.
    pub(super) resource: ResourceIndex,
    /// The earliest non-zero start, or 0.
    pub(super) start_unix_nano: u64,
    pub(super) spans: u64,
    pub(super) bytes: u64,
}

/// The traces of one request, in the order of their first span.
#[derive(Debug, Default)]
pub(super) struct TraceGroups {
    groups: Vec<TraceGroup>,
    index: HashMap<TraceId, usize, BuildHasherDefault<IdHasher>>,
    last: usize,
}

/// Groups up to which the index is worth keeping for the next request: clearing one costs time by its capacity.
const INDEX_KEPT_MAX: usize = 1 << 14;

impl TraceGroups {
    /// Adds one span to its trace; gives the trace's number.
    #[inline]
    pub(super) fn add(&mut self, id: TraceId, resource: ResourceIndex, start_unix_nano: u64, bytes: u64) -> usize {
        // Exporters batch what ended together: the next span is very often of the same trace.
        if self.groups.get(self.last).is_none_or(|group| group.id != id) {
            self.last = *self.index.entry(id).or_insert(self.groups.len());
        }
        let Some(group) = self.groups.get_mut(self.last) else {
            self.groups.push(TraceGroup { id, resource, start_unix_nano, spans: 1, bytes });
            return self.last;
        };
        group.spans += 1;
        group.bytes += bytes;
        if start_unix_nano != 0 && (group.start_unix_nano == 0 || start_unix_nano < group.start_unix_nano) {
            group.start_unix_nano = start_unix_nano;
            group.resource = resource;
        }
        self.last
    }

    /// The groups, in the order of their first span.
    pub(super) fn iter(&self) -> std::slice::Iter<'_, TraceGroup> {
        self.groups.iter()
    }

    /// Forgets all groups.
    pub(super) fn clear(&mut self) {
        if self.groups.is_empty() {
            return;
        }
        self.groups.clear();
        self.last = 0;
        if self.index.capacity() > INDEX_KEPT_MAX {
            self.index = HashMap::default();
        } else {
            self.index.clear();
        }
    }
}

/// XXH3 over the bytes of one id.
#[derive(Debug, Default)]
struct IdHasher(u64);

impl Hasher for IdHasher {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxhash_rust::xxh3::xxh3_64(bytes);
    }

    /// The length prefix of the 16 bytes says nothing.
    #[inline]
    fn write_usize(&mut self, _: usize) {}

    #[inline]
    fn finish(&self) -> u64 {
        self.0
    }
}
