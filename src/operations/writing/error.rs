//! Why writing stops. What was acknowledged until then stays.

use crate::model::{NodeId, PartitionId};
use crate::operations::OperationError;
use crate::ports::StoreError;
use crate::segment::{FrameError, build};

/// Why writing stops.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The metadata.
    #[error(transparent)]
    Operation(#[from] OperationError),
    /// Too few copies could be written.
    #[error("{partition} has no quorum: {written} of the {needed} copies that are needed could be written; {reasons}")]
    NoQuorum {
        /// The partition.
        partition: PartitionId,
        /// Copies written.
        written: usize,
        /// Copies needed.
        needed: usize,
        /// Of which node what was wrong.
        reasons: String,
    },
    /// A partition was moved for longer than is waited.
    #[error("{partition} is {state} for {seconds} s, and so are {more} more partitions of this batch")]
    Held {
        /// The first of them.
        partition: PartitionId,
        /// Its state.
        state: &'static str,
        /// How long was waited.
        seconds: u64,
        /// The others.
        more: usize,
    },
    /// A partition takes no data.
    #[error("{0} is ReadOnly")]
    ReadOnly(PartitionId),
    /// A segment of this batch is there with other content.
    #[error("{partition} on {node} holds other data under the name of this batch, {segment}")]
    OtherData {
        /// The partition.
        partition: PartitionId,
        /// The node.
        node: NodeId,
        /// The segment's name.
        segment: String,
    },
    /// No spec is recorded.
    #[error("no cluster spec is recorded, so nobody knows which partitions there are")]
    NoSpec,
    /// A segment could not be built.
    #[error(transparent)]
    Build(#[from] build::BuildError),
    /// A segment of this process's own could not be read again.
    #[error("a segment that was just built cannot be read: {0}")]
    Own(#[from] FrameError),
}

impl WriteError {
    /// Whether it stops everything that is to be written, and not some partitions alone.
    #[must_use]
    pub fn concerns_all(&self) -> bool {
        match self {
            Self::Operation(error) => {
                matches!(error, OperationError::Store(_) | OperationError::Empty { .. } | OperationError::Partly { .. })
            }
            Self::NoSpec | Self::Build(_) => true,
            Self::NoQuorum { .. } | Self::Held { .. } | Self::ReadOnly(_) | Self::OtherData { .. } | Self::Own(_) => {
                false
            }
        }
    }
}

impl From<build::CompressError> for WriteError {
    fn from(error: build::CompressError) -> Self {
        Self::Build(error.into())
    }
}

impl From<StoreError> for WriteError {
    fn from(error: StoreError) -> Self {
        Self::Operation(error.into())
    }
}
