//! What a run tells while it works.

use std::time::Duration;

/// One piece of news.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpiryEvent {
    /// Partitions are claimed: so many in all.
    Claimed(u64),
    /// Until every writer has seen that so many partitions are ReadOnly.
    Settling(Duration),
    /// Partitions are gone: so many in all, and bytes of all their copies that were deleted.
    Expired {
        /// Partitions.
        partitions: u64,
        /// Bytes of copies that were deleted, by the records.
        bytes: u64,
    },
    /// The store does not answer: why. It is asked again.
    Waits(String),
}

/// Who is told.
pub type ExpiryListener<'a> = &'a (dyn Fn(&ExpiryEvent) + Send + Sync);
