//! Why an operation did not happen.

use crate::model::cluster_spec::SpecError;
use crate::model::partition_id::PartitionIdError;
use crate::placement::PlacementError;
use crate::planner::{LayoutError, PlanError};
use crate::ports::StoreError;
use crate::routing::RouteError;
use crate::routing::fan_out::FanOutError;

use super::reroute::Reroute;

/// An operation's error.
#[derive(Debug, thiserror::Error)]
pub enum OperationError {
    /// The store did not answer, or is not one.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Nothing of a cluster is in the store.
    #[error("store {place} holds nothing under {prefix}/")]
    Empty {
        /// The store.
        place: String,
        /// The key prefix.
        prefix: String,
    },
    /// A stored value cannot be read.
    #[error("the value of {key} is corrupt: {reason}")]
    Corrupt {
        /// Its key.
        key: String,
        /// What is wrong.
        reason: String,
    },
    /// What was asked for is not there.
    #[error("{what} does not exist")]
    NotFound {
        /// "node node-9", …
        what: String,
    },
    /// What was to be created is there.
    #[error("{what} exists already")]
    Exists {
        /// "node node-9", …
        what: String,
    },
    /// Somebody else changed what was read.
    #[error("{key} was changed by somebody else since it was read (then revision {then}, now {now}): {changed}")]
    Conflict {
        /// The key.
        key: String,
        /// The revision read.
        then: u64,
        /// The revision now; 0 = deleted.
        now: u64,
        /// What is there now, in short.
        changed: String,
    },
    /// A change of several transactions stopped between them.
    #[error("{applied} keys are written, {left} are not: {source}")]
    Partly {
        /// Keys written.
        applied: usize,
        /// Keys left.
        left: usize,
        /// Why the next transaction was not applied.
        source: Box<OperationError>,
    },
    /// Refused to keep data safe.
    #[error("{refused}: {reason}")]
    Refused {
        /// What is not done.
        refused: String,
        /// Why.
        reason: String,
        /// Whether `--force` does it all the same.
        forceable: bool,
    },
    /// A change of the topology would route partitions elsewhere that have no record.
    #[error("refused to {summary}: {reroute}")]
    Reroute {
        /// What is not done.
        summary: String,
        /// Which partitions.
        reroute: Reroute,
    },
    /// A value that was asked for is not valid.
    #[error("{0}")]
    Invalid(String),
    /// No owners can be computed.
    #[error(transparent)]
    Placement(#[from] PlacementError),
    /// A key cannot be routed.
    #[error(transparent)]
    Route(#[from] RouteError),
    /// A range of time cannot be answered.
    #[error(transparent)]
    FanOut(#[from] FanOutError),
    /// The asked-for spec is not valid.
    #[error("the cluster spec would not be valid: {0}")]
    Spec(#[from] SpecError),
    /// A partition id that cannot be.
    #[error(transparent)]
    PartitionId(#[from] PartitionIdError),
    /// The cluster is nothing that can be planned on.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// What was asked cannot be planned.
    #[error(transparent)]
    Plan(#[from] PlanError),
}
