//! Parts of names that were never used before.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::ports::storage::names::Unique;

/// A part of a name that nobody else has; `tag` is a random number of this process.
pub(super) fn unique(tag: u64) -> Unique {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    Unique::new(tag, NEXT.fetch_add(1, Ordering::Relaxed))
}
