//! Splits and compactions: a partition's segments are written anew, into new copies on the nodes that hold it.
//!
//! ```text
//! rewriter   a run: partitions are claimed, each is brought to its rest
//! driver     one partition to its rest: read -> next_of_rewrite() -> do -> repeat
//! sight      a partition and its family in one read transaction
//! commit     a change as a transaction on exactly what was read
//! sources    the segments of all listed copies
//! reading    the records of a segment
//! divide     one segment -> a segment of each child                            split
//! merge      which segments become one, and that one                           compaction
//! survey     what would be done, before anything is claimed
//! oversized  by how many bits a partition is split that is too large
//! build      all new segments, each written to every node and read back
//! ```
//!
//! Invariant: nothing here decides what is safe: [`crate::migration::rewrite`] does, from what was read; a transaction holds that
//! still. Killed or stopped anywhere, the same command, or any execution's recovery, goes on from what is stored.
//!
//! **Nothing that was acknowledged is lost.** A writer acknowledges on a view of an Active record at most 5 s old, and whoever
//! misses a segment then has its mark, fenced on that very record. The claim is made while no copy has a mark, so what is
//! acknowledged before or in the five seconds behind it lies on every listed copy; the segments are listed behind the settle
//! time (10 s). Whatever lies on any listed copy is taken, also what was never acknowledged: a writer that brings it again
//! finds it. What comes later is not acknowledged: the writer sees the switch, and routes it anew.
//!
//! **Nothing is doubled.** A child's segment has the name of the parent's, and a merged one says of which segments it came, so a
//! batch that is written again is found. Readers go by the copies that the metadata names: the old ones until the switch, the
//! new ones from then on, never both.

mod build;
mod commit;
mod divide;
mod driver;
mod error;
mod event;
mod listed;
mod merge;
mod oversized;
mod reading;
mod rewriter;
mod sight;
mod sources;
mod survey;

pub use driver::Ended;
pub(in crate::operations) use driver::{Driver, Pace};
pub use error::RewriteError;
pub use event::{RewriteEvent, RewriteListener};
pub use oversized::{bits_for, bits_left};
pub use rewriter::{GRACE_DEFAULT, SETTLE_DEFAULT};
pub use rewriter::{RewriteSettings, Rewriter, Task};
pub use survey::{CompactScope, CompactSurvey, Compactable, SplitSurvey, look_compact, survey_compact, survey_split};

/// The largest segment that is rewritten: it and what becomes of it are held in memory.
pub const SEGMENT_BYTES_MAX: u64 = 512 << 20;

/// Partitions with fewer segments that can be merged are not worth a compaction.
pub const SEGMENTS_MIN_DEFAULT: u32 = 8;

/// Bytes that merged segments have, about.
pub const TARGET_BYTES_DEFAULT: u64 = 64 << 20;

/// What an operator does when old copies are kept.
pub const STUCK_HINT: &str =
    "bring the node back, or mark it down with `otlp-part node fail`; the same command then goes on";
