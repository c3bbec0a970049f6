//! Copying a partition's copy from one node to another, and proving that it is whole.
//!
//! ```text
//! for each segment   staged on the target -> durable -> read back, CRC compared with what was read and with the source's
//!                    sidecar -> its name -> its sidecar
//! at the end         both sides are listed again: the same segments, bytes, CRC and records, or the copy is not made
//! ```
//!
//! Invariant: whatever is reported as verified was read back from the target by this run. Cancelled at any point (the future is
//! dropped, the process killed) it leaves nothing that a later run takes for whole: that one reads back what it finds, keeps
//! what is equal, and makes the rest anew.
//!
//! Never: no terminal and no metadata. The source is only read.

pub mod bandwidth;
pub mod content;
pub mod error;
pub mod event;
pub mod mover;

pub mod transfer;
pub mod verify;

mod segment;

pub use content::SegmentSum;
pub(crate) use segment::restore_segment;
pub(crate) use verify::look;

pub use bandwidth::Bandwidth;
pub use content::Content;
pub use error::{CopyError, Side};
pub use event::{CopyEvent, Listener};
pub use mover::copy_by_mover;

pub use transfer::CopyJob;
pub use transfer::copy;
pub use verify::{CopyReport, Depth, Fault, FaultKind, verify_copy};

/// Segments of one copy that are moved at the same time.
pub const STREAMS_DEFAULT: usize = 2;

/// The most streams: each holds up to three pieces of 8 MiB, 96 MiB in all.
pub const STREAMS_MAX: usize = 4;

/// How a copy is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CopySettings {
    /// Segments at the same time, 1 to [`STREAMS_MAX`].
    pub streams: usize,
    /// Whether the source must hold something. An empty directory cannot be told from one that was wiped: where the metadata
    /// says that there are bytes, an empty source is an error.
    pub expect_data: bool,
}

impl Default for CopySettings {
    fn default() -> Self {
        Self { streams: STREAMS_DEFAULT, expect_data: false }
    }
}

impl CopySettings {
    pub(crate) fn streams(self) -> usize {
        self.streams.clamp(1, STREAMS_MAX)
    }
}
