//! The plan as a document: the plan file, the recorded plan and `-o json` are the same bytes.
//!
//! Field order is the binding one of the interface; `digest` is the SHA-256 of the compact JSON in this order without
//! `plan_id`, `created_at`, `created_by` and `digest` itself. Fields are only ever added.

mod build;
pub mod diff;
pub mod digest;
mod inverse;
pub mod read;
pub mod rollback;
#[cfg(test)]
pub(crate) mod samples;
pub mod stale;

pub use build::Provenance;
pub use diff::PlanDiff;
pub use inverse::inverse;
pub use read::PlanFault;

use serde::{Deserialize, Serialize};

use crate::model::{NodeId, PartitionId, PartitionState, Timestamp, Weight};

use super::layout::Layout;
use super::plan::{Move, MoveKind, MoveReason, UnplannedReason};

/// The schema that this version writes.
pub const SCHEMA: &str = "otlp-part/plan/v1";

/// A plan document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanDocument {
    /// [`SCHEMA`].
    pub schema: String,
    /// Made from the digest.
    pub plan_id: String,
    /// The cluster that was planned for.
    pub cluster_id: String,
    /// When.
    pub created_at: Timestamp,
    /// By whom.
    pub created_by: String,
    /// The store's revision that was read.
    pub store_revision: u64,
    /// `sha256:` of what was planned on: nodes, spec fields that count, and every record.
    pub input_digest: String,
    /// `sha256:` of this document.
    pub digest: String,
    /// What was asked.
    pub settings: SettingsDocument,
    /// The moves, in their order.
    pub moves: Vec<MoveDocument>,
    /// Totals.
    pub summary: Summary,
    /// Every node.
    pub nodes: Vec<NodeDocument>,
    /// What is not done.
    pub unplanned: Vec<UnplannedDocument>,
}

/// What was asked, with every default written out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SettingsDocument {
    /// Half width of the band, a ratio.
    pub band: f64,
    /// Nothing is balanced below it, a ratio.
    pub threshold: Option<f64>,
    /// The most bytes.
    pub max_bytes: Option<u64>,
    /// The most moves.
    pub max_moves: Option<u64>,
    /// Leader transfers only.
    pub leaders_only: bool,
    /// `uniform` or `fewest-moves`.
    pub prefer: String,
    /// Nodes that are emptied beside those whose state says so.
    pub drain: Vec<NodeId>,
    /// Nodes that alone are brought into their band.
    pub relieve: Vec<NodeId>,
    /// Nodes left alone.
    pub exclude_nodes: Vec<NodeId>,
    /// Partitions left alone.
    pub exclude_partitions: Vec<PartitionId>,
    /// Open time buckets are moved too.
    pub include_open: bool,
    /// Exactly chosen moves, as given: `PID,from=A,to=B`.
    pub moves: Vec<String>,
    /// Exactly chosen leaders, as given: `PID=NODE`.
    pub leaders: Vec<String>,
    /// Rebuilding is allowed while much is down.
    pub allow_mass_repair: bool,
    /// Assumed bytes per second of a node.
    pub bandwidth_bytes_per_second: u64,
    /// Assumed copies at a time per node.
    pub migrations_per_node: u32,
}

/// One move.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MoveDocument {
    /// Its place in the order.
    pub seq: u64,
    /// Which partition.
    pub partition: PartitionId,
    /// What it does.
    pub kind: MoveKind,
    /// Why.
    pub reason: MoveReason,
    /// Who gives up its copy or leadership.
    pub from: Option<NodeId>,
    /// Who gets it.
    pub to: Option<NodeId>,
    /// From whose copy the data is read.
    pub copy_from: Option<NodeId>,
    /// Bytes to be copied.
    pub bytes: u64,
    /// `mod_revision` of the partition's record when it was planned.
    pub mod_revision: u64,
    /// What the record must still say before the plan's first move on this partition; only that move carries it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expects: Option<Expected>,
}

impl MoveDocument {
    /// The move with numbers of a layout instead of names; none if it names what the layout has not.
    #[must_use]
    pub fn numbered(&self, layout: &Layout) -> Option<Move> {
        let number = |id: &Option<NodeId>| match id {
            Some(id) => layout.node_index(id).map(Some),
            None => Some(None),
        };
        Some(Move {
            partition: layout.partition_index(self.partition)?,
            kind: self.kind,
            reason: self.reason,
            from: number(&self.from)?,
            to: number(&self.to)?,
            copy_from: number(&self.copy_from)?,
            bytes: self.bytes,
        })
    }
}

/// What a plan expects of a record: anything else makes its moves stale. Sizes and counts may change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    /// Who holds it, in order.
    pub nodes: Vec<NodeId>,
    /// Who leads it.
    pub leader: Option<NodeId>,
    /// Its state.
    pub state: PartitionState,
    /// Its epoch.
    pub epoch: u64,
}

/// Totals of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Moves, leader transfers left out.
    pub moves: u64,
    /// Bytes to be copied.
    pub bytes: u64,
    /// No plan to the same bands copies fewer.
    pub lower_bound_bytes: u64,
    /// `bytes ÷ lower_bound_bytes − 1`; 0 if both are 0, and below 0 for a plan that does not reach the bands.
    pub gap: f64,
    /// Leader transfers.
    pub leader_transfers: u64,
    /// Seconds at the assumed pace.
    pub estimated_seconds: u64,
    /// No order of the moves takes less.
    pub estimated_seconds_minimum: u64,
    /// Before the first move.
    pub before: BalanceDocument,
    /// After the last.
    pub after: BalanceDocument,
}

/// How evenly the cluster is filled.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BalanceDocument {
    /// The largest deviation from the target.
    pub skew: f64,
    /// The largest absolute one.
    pub max_deviation: f64,
    /// The part of it that only hardware changes.
    pub structural_skew: f64,
    /// Broken hard rules.
    pub violations: u64,
}

/// One node.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NodeDocument {
    /// Which.
    pub node: NodeId,
    /// Its weight.
    pub weight: Weight,
    /// Where its load should be.
    pub target_bytes: u64,
    /// Its load before.
    pub before_bytes: u64,
    /// Its load after.
    pub after_bytes: u64,
    /// Partitions it leads before.
    pub before_leaders: u64,
    /// And after.
    pub after_leaders: u64,
    /// Its availability zone, "" without one.
    #[serde(default)]
    pub zone: String,
    /// Lower edge of its band.
    #[serde(default)]
    pub low_bytes: u64,
    /// Upper edge of its band.
    #[serde(default)]
    pub high_bytes: u64,
}

/// Something that is not done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UnplannedDocument {
    /// Which partition, if one.
    pub partition: Option<PartitionId>,
    /// Which node, if one.
    pub node: Option<NodeId>,
    /// Why.
    pub reason: UnplannedReason,
    /// For people.
    pub message: String,
}
