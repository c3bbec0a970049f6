//! Why a copy was not made, and on which side the reason lies.

use crate::ports::storage::{SegmentName, StorageError};

/// The side of a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Where it is read.
    Source,
    /// Where it is made.
    Target,
}

impl std::fmt::Display for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Source => "source",
            Self::Target => "target",
        })
    }
}

/// Why a copy was not made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CopyError {
    /// One side's store.
    #[error("{side}: {error}")]
    Storage {
        /// Which.
        side: Side,
        /// What it said.
        error: StorageError,
    },
    /// The source's bytes are not what its sidecar says: this copy must not be a source.
    #[error("source: segment {segment} is damaged: {reason}")]
    SourceDamaged {
        /// Which.
        segment: SegmentName,
        /// What is wrong.
        reason: String,
    },
    /// The source holds nothing, and it should.
    #[error("source: {copy} in {place} holds no segment, though there should be data")]
    SourceEmpty {
        /// The source's place.
        place: String,
        /// The copy.
        copy: String,
    },
    /// The source lost something that it had, or changes all the time.
    #[error("source: it changed while it was copied: {0}")]
    SourceChanged(String),
    /// What was written to the target does not read back as it was written, more than once.
    #[error("target: segment {segment} does not read back as it was written: {reason}")]
    TargetDamaged {
        /// Which.
        segment: SegmentName,
        /// What is wrong.
        reason: String,
    },
    /// The target holds something that the source does not.
    #[error("target: {0}")]
    TargetForeign(String),
    /// There is something beside the segments that may be data.
    #[error("{side}: {copy} holds {names}, which are no names of segments")]
    Strangers {
        /// Where.
        side: Side,
        /// The copy.
        copy: String,
        /// Some of the names.
        names: String,
    },
    /// The mover did not do its work.
    #[error("the mover {0}")]
    Mover(String),
}

impl CopyError {
    /// The side that is at fault; `None` = the mover.
    #[must_use]
    pub fn side(&self) -> Option<Side> {
        match self {
            Self::Storage { side, .. } | Self::Strangers { side, .. } => Some(*side),
            Self::SourceDamaged { .. } | Self::SourceEmpty { .. } | Self::SourceChanged(_) => Some(Side::Source),
            Self::TargetDamaged { .. } | Self::TargetForeign(_) => Some(Side::Target),
            Self::Mover(_) => None,
        }
    }

    /// Whether that side's data as a whole does not answer: it says nothing about what is there.
    #[must_use]
    pub fn is_unreachable(&self) -> bool {
        match self {
            Self::Storage { error, .. } => error.is_unreachable(),
            Self::SourceDamaged { .. }
            | Self::SourceEmpty { .. }
            | Self::SourceChanged(_)
            | Self::TargetDamaged { .. }
            | Self::TargetForeign(_)
            | Self::Strangers { .. }
            | Self::Mover(_) => false,
        }
    }

    /// What mends it, where that is known.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Storage { error, .. } => error.hint(),
            Self::SourceDamaged { .. } => Some("copy from another holder; this copy is to be repaired"),
            Self::SourceEmpty { .. } => Some("was the directory wiped? copy from another holder"),
            Self::SourceChanged(_) => Some("something still writes to this partition, or deletes from it"),
            Self::TargetDamaged { .. } => {
                Some("the target's disk or the way to it damages data; look at its system log")
            }
            Self::TargetForeign(_) => Some("delete this new copy and begin it anew"),
            Self::Strangers { .. } => {
                Some("names of segments are letters, digits and . _ - = + @ : and comma; move other files away")
            }
            Self::Mover(_) => Some("run its command by hand to see what it says"),
        }
    }
}

/// Errors of one side's store.
pub(super) fn of(side: Side) -> impl Fn(StorageError) -> CopyError + Copy {
    move |error| CopyError::Storage { side, error }
}
