//! Why new copies were not made. The old ones are as they were.

use crate::model::NodeId;
use crate::operations::OperationError;
use crate::otlp::ReadError;
use crate::ports::storage::{SegmentName, StorageError};
use crate::segment::build::{BuildError, CompressError};

/// Why new copies were not made.
#[derive(Debug, thiserror::Error)]
pub enum RewriteError {
    /// The metadata.
    #[error(transparent)]
    Operation(#[from] OperationError),
    /// A node's data.
    #[error("{node}: {error}")]
    Storage {
        /// Whose.
        node: NodeId,
        /// What it said.
        error: StorageError,
    },
    /// A segment's bytes or records are not what its sidecar says.
    #[error("segment {segment} on {node} is damaged: {reason}")]
    Damaged {
        /// The segment.
        segment: SegmentName,
        /// Where.
        node: NodeId,
        /// What is wrong.
        reason: String,
    },
    /// Listed copies do not hold what they should.
    #[error("{0}")]
    Differ(String),
    /// A segment whose records cannot be told apart.
    #[error("segment {segment} on {node} cannot be divided: {reason}")]
    Undividable {
        /// The segment.
        segment: SegmentName,
        /// Where.
        node: NodeId,
        /// Why not.
        reason: String,
    },
    /// What was written does not read back as it was written, or something else is in its place.
    #[error("{place} on {node} is not as it was written: {reason}")]
    NotAsWritten {
        /// Partition, copy and segment.
        place: String,
        /// Where.
        node: NodeId,
        /// What is wrong.
        reason: String,
    },
    /// The parts do not make up the whole.
    #[error("segment {segment}: its parts hold {found} and it {expected}")]
    Unequal {
        /// The segment.
        segment: String,
        /// What the parts hold.
        found: String,
        /// What it holds.
        expected: String,
    },
    /// A segment could not be built.
    #[error(transparent)]
    Build(#[from] BuildError),
}

impl From<CompressError> for RewriteError {
    fn from(error: CompressError) -> Self {
        Self::Build(error.into())
    }
}

impl RewriteError {
    /// Whether data was found that is not what it should be.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        match self {
            Self::Damaged { .. } | Self::Differ(_) | Self::NotAsWritten { .. } | Self::Unequal { .. } => true,
            Self::Operation(_) | Self::Storage { .. } | Self::Undividable { .. } | Self::Build(_) => false,
        }
    }

    /// What mends it, where that is known.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Storage { error, .. } => error.hint(),
            Self::Damaged { .. } | Self::Differ(_) => {
                Some("`otlp-part data scrub --repair` on this partition makes bad segments anew from good copies")
            }
            Self::NotAsWritten { .. } => {
                Some("the node's disk or the way to it damages data; look at its system log, then try again")
            }
            Self::Undividable { .. } => Some("take it out, and bring its records in with `otlp-part data write`"),
            Self::Operation(_) | Self::Unequal { .. } | Self::Build(_) => None,
        }
    }
}

/// Why a segment is not OTLP that can be divided, in words.
pub(super) fn not_otlp(error: &ReadError) -> String {
    error.to_string()
}
