//! What a copy tells while it runs.

use crate::ports::storage::SegmentName;

/// One piece of news. Bytes are of this copy alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopyEvent {
    /// What there is to do, at the start and again when the source turned out to hold more.
    Planned {
        /// Segments of the source.
        segments: u64,
        /// Their bytes.
        bytes: u64,
    },
    /// So many more bytes are on the target, not verified yet: what moves is alive.
    Written {
        /// How many.
        bytes: u64,
    },
    /// This segment was read back and is whole. The sum of these is how far the copy is.
    Verified {
        /// Which.
        segment: SegmentName,
        /// Its bytes.
        bytes: u64,
        /// Whether an earlier run had written it.
        was_there: bool,
    },
    /// This segment on the target was not what it should be, and is made anew; or on the source, and is read again.
    Repeated {
        /// Which.
        segment: SegmentName,
        /// What was wrong with it.
        reason: String,
    },
    /// What the mover says of its own progress; not verified.
    MoverSays {
        /// Bytes that it has moved.
        bytes: u64,
    },
}

/// Who is told.
pub type Listener<'a> = &'a (dyn Fn(CopyEvent) + Send + Sync);
