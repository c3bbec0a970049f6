//! A plan: which moves, in which order, why, and what is left out.

use serde::{Deserialize, Serialize};

use crate::placement::NodeIndex;

/// What a move does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MoveKind {
    /// A replica goes from one node to another.
    Replica,
    /// Another holder leads; no data moves.
    Leader,
    /// A missing or unsound copy is made: `from` is the lost node whose place it takes, or none; `to` is a new node, or the
    /// listed node whose copy misses something.
    Repair,
    /// A replica above the replication factor is given up.
    Remove,
}

impl MoveKind {
    /// The word in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Replica => "replica",
            Self::Leader => "leader",
            Self::Repair => "repair",
            Self::Remove => "remove",
        }
    }
}

/// Why a move is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MoveReason {
    /// Its node is to be emptied.
    Drain,
    /// Its node is above its target, or the other one below.
    Balance,
    /// A copy was lost or misses something.
    Repair,
    /// Too many copies in one zone.
    Zone,
    /// `--relieve`.
    Relieve,
    /// Chosen by the operator.
    Manual,
}

impl MoveReason {
    /// The word in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Drain => "drain",
            Self::Balance => "balance",
            Self::Repair => "repair",
            Self::Zone => "zone",
            Self::Relieve => "relieve",
            Self::Manual => "manual",
        }
    }
}

/// One move. Partitions and nodes are numbers of the layout.
///
/// Applied to a record: `Replica` and `Repair` with a `from` put `to` in the place of `from`; `Repair` without a `from`
/// adds `to` at the end unless it is listed; `Remove` takes `from` out. If the leader went, the first live node of the new
/// list leads. `Leader` only names the leader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// Which partition.
    pub partition: u32,
    /// What it does.
    pub kind: MoveKind,
    /// Why.
    pub reason: MoveReason,
    /// Who gives up its copy or leadership.
    pub from: Option<NodeIndex>,
    /// Who gets it.
    pub to: Option<NodeIndex>,
    /// From whose copy the data is read; none when no data moves.
    pub copy_from: Option<NodeIndex>,
    /// Bytes to be copied.
    pub bytes: u64,
}

/// Why something is not in a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnplannedReason {
    /// The partition's time bucket is still being written.
    Open,
    /// Pinned.
    Pinned,
    /// It expires before the move would end.
    Expiring,
    /// Another operation is in flight on it.
    InFlight,
    /// Its recorded state is not for us to change.
    ForeignState,
    /// It was split.
    Split,
    /// Excluded by the operator.
    Excluded,
    /// No node may take it: zone rule, capacity, or too few nodes.
    NoTarget,
    /// No readable copy is left.
    NoSource,
    /// A node cannot be brought into its band; the message says how near it gets and why.
    OutOfBand,
    /// `--max-bytes` or `--max-moves` is reached.
    Limit,
    /// Copies must be repaired first.
    RepairFirst,
    /// Too much is down for an unattended repair.
    MassRepair,
    /// The leaders of a node cannot be brought to their target.
    Leaders,
}

impl UnplannedReason {
    /// The word in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Pinned => "pinned",
            Self::Expiring => "expiring",
            Self::InFlight => "in_flight",
            Self::ForeignState => "foreign_state",
            Self::Split => "split",
            Self::Excluded => "excluded",
            Self::NoTarget => "no_target",
            Self::NoSource => "no_source",
            Self::OutOfBand => "out_of_band",
            Self::Limit => "limit",
            Self::RepairFirst => "repair_first",
            Self::MassRepair => "mass_repair",
            Self::Leaders => "leaders",
        }
    }
}

/// Something that the plan does not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unplanned {
    /// Which partition, if one.
    pub partition: Option<u32>,
    /// Which node, if one.
    pub node: Option<NodeIndex>,
    /// Why.
    pub reason: UnplannedReason,
    /// For people, one sentence without a full stop.
    pub message: String,
}

/// Where a node is to end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NodeTarget {
    /// Its zone-aware share, bytes.
    pub target: u64,
    /// Lower edge of its band.
    pub low: u64,
    /// Upper edge of its band.
    pub high: u64,
}

/// How evenly a layout is filled. Deviations are load ÷ share − 1 over nodes that stay.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Balance {
    /// The largest deviation from the zone-aware target.
    pub skew: f64,
    /// The largest absolute one.
    pub max_deviation: f64,
    /// The largest absolute deviation of a target from the global mean by weight: only hardware changes it.
    pub structural_skew: f64,
    /// Broken hard rules: replicas missing, lost, doubled, too many in a zone, no live leader.
    pub violations: u64,
}

/// A plan.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Plan {
    /// The moves in their order of execution.
    pub moves: Vec<Move>,
    /// What is not done, and why.
    pub unplanned: Vec<Unplanned>,
    /// Target and band of each node, in node order.
    pub targets: Vec<NodeTarget>,
    /// No plan that ends with every node in its band moves fewer bytes.
    pub lower_bound_bytes: u64,
    /// Bytes that the moves copy.
    pub bytes: u64,
    /// Leaders of each node before and after.
    pub leaders: Vec<(u32, u32)>,
    /// Bytes of each node before and after.
    pub loads: Vec<(u64, u64)>,
    /// Before the first move.
    pub before: Balance,
    /// After the last.
    pub after: Balance,
    /// How long the moves take by the assumed pace, seconds.
    pub estimated_seconds: u64,
    /// No order of them takes less.
    pub estimated_seconds_minimum: u64,
}
