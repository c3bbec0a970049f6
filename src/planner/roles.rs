//! What may be done with a node, and with a partition.

use crate::model::NodeState;

/// What the planner may do with a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NodeRole {
    /// It receives and sends.
    Open,
    /// It sends only: cordoned.
    SendOnly,
    /// It keeps what it has: excluded by the operator.
    Fixed,
    /// It is to be emptied; what it holds can still be read.
    Draining,
    /// Its copies cannot be read: down, or named by records and not in the cluster.
    Lost,
}

impl NodeRole {
    /// Whether data may be brought to it.
    #[must_use]
    pub const fn receives(self) -> bool {
        match self {
            Self::Open => true,
            Self::SendOnly | Self::Fixed | Self::Draining | Self::Lost => false,
        }
    }

    /// Whether it holds data for good.
    #[must_use]
    pub const fn stays(self) -> bool {
        match self {
            Self::Open | Self::SendOnly | Self::Fixed => true,
            Self::Draining | Self::Lost => false,
        }
    }

    /// Whether its copies can be read.
    #[must_use]
    pub const fn is_readable(self) -> bool {
        match self {
            Self::Open | Self::SendOnly | Self::Fixed | Self::Draining => true,
            Self::Lost => false,
        }
    }
}

impl From<NodeState> for NodeRole {
    fn from(state: NodeState) -> Self {
        match state {
            NodeState::Active => Self::Open,
            NodeState::Cordoned => Self::SendOnly,
            NodeState::Draining => Self::Draining,
            NodeState::Down => Self::Lost,
        }
    }
}

/// Whether a partition's replicas may be moved, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hold {
    /// They may.
    Free,
    /// They may: a partition of a coming time bucket, still empty, balanced by count within its time bucket.
    Future,
    /// Its time bucket is still being written.
    Open,
    /// Pinned by an operator.
    Pinned,
    /// It expires before the move would end.
    Expiring,
    /// Another operation is in flight on it.
    InFlight,
    /// Its recorded state is not for us to change (an older tool's `Rebalancing`, or `Migrating` without a journal).
    ForeignState,
    /// It was split: its record only leads to its children.
    Split,
    /// Excluded by the operator.
    Excluded,
}

impl Hold {
    /// Whether replicas may be moved.
    #[must_use]
    pub const fn is_movable(self) -> bool {
        match self {
            Self::Free | Self::Future => true,
            Self::Open
            | Self::Pinned
            | Self::Expiring
            | Self::InFlight
            | Self::ForeignState
            | Self::Split
            | Self::Excluded => false,
        }
    }

    /// Whether the leader may change by a transfer, which moves no data.
    #[must_use]
    pub const fn may_change_leader(self) -> bool {
        match self {
            Self::Free | Self::Future | Self::Open | Self::Expiring => true,
            Self::Pinned | Self::InFlight | Self::ForeignState | Self::Split | Self::Excluded => false,
        }
    }

    /// What holds it, for people.
    #[must_use]
    pub const fn why(self) -> &'static str {
        match self {
            Self::Free | Self::Future => "nothing holds it",
            Self::Open => "its time bucket is still being written",
            Self::Pinned => "it is pinned",
            Self::Expiring => "it expires before the move would end",
            Self::InFlight => "another operation is in flight on it",
            Self::ForeignState => "its recorded state was written by another tool",
            Self::Split => "it was split: its record only leads to its children",
            Self::Excluded => "it is excluded",
        }
    }
}
