//! What has been received so far.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::otlp::Counts;

/// Numbers that only grow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Requests that were answered.
    pub requests: u64,
    /// Of these, those that are safe.
    pub acknowledged: u64,
    /// Those that could not be written.
    pub unwritten: u64,
    /// Those that found no room.
    pub full: u64,
    /// Those that came while nothing more was taken.
    pub closed: u64,
    /// Those that are no export request that can be read.
    pub bad: u64,
    /// Records that are safe.
    pub records: u64,
    /// Bytes of the requests that are safe, decompressed.
    pub bytes: u64,
    /// What was read.
    pub read: Counts,
}

/// Counts what is received. Clones are handles on the same numbers.
#[derive(Clone, Debug, Default)]
pub struct Figures(Arc<Mutex<Snapshot>>);

impl Figures {
    /// The numbers now.
    #[must_use]
    pub fn now(&self) -> Snapshot {
        *self.lock()
    }

    /// Counts.
    pub fn count(&self, count: impl FnOnce(&mut Snapshot)) {
        count(&mut self.lock());
    }

    fn lock(&self) -> MutexGuard<'_, Snapshot> {
        // Numbers are whole enough to be shown even if a thread died between two of them.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
