//! What a run tells while it works.

use std::time::Duration;

use crate::model::PartitionId;

/// One piece of news.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RewriteEvent {
    /// A partition is claimed.
    Claimed(PartitionId),
    /// Until every writer has seen that it is Migrating.
    Settling(Duration),
    /// New segments of so many bytes are to be made.
    Planned {
        /// Bytes of the segments that are rewritten.
        bytes: u64,
    },
    /// One of the old segments is in the new copies, and was read back.
    Written {
        /// Its bytes.
        bytes: u64,
    },
    /// The new copies are in place.
    Switched(PartitionId),
    /// Until readers no longer go by the old copies.
    Grace(Duration),
    /// The store does not answer: why. It is asked again.
    Waits(String),
}

/// Who is told.
pub type RewriteListener<'a> = &'a (dyn Fn(&RewriteEvent) + Send + Sync);
