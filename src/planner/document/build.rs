//! From a plan to its document.

use std::collections::BTreeSet;

use crate::model::{NodeId, PartitionId, Timestamp};
use crate::placement::NodeIndex;
use crate::planner::plan::{Balance, Move, MoveKind, Plan, Unplanned};
use crate::planner::settings::{ChosenMove, PPM, Settings};
use crate::planner::{Layout, LayoutNode};

use super::digest::input_digest;
use super::{
    BalanceDocument, Expected, MoveDocument, NodeDocument, PlanDocument, SCHEMA, SettingsDocument, Summary,
    UnplannedDocument,
};

/// What a document says beside the plan: of which cluster, by whom and when, and what was asked of the layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// The cluster.
    pub cluster_id: String,
    /// When the plan was made.
    pub created_at: Timestamp,
    /// By whom.
    pub created_by: String,
    /// The revision that was read.
    pub store_revision: u64,
    /// Nodes to be emptied beside those whose state says so.
    pub drain: Vec<NodeId>,
    /// Nodes left alone.
    pub exclude_nodes: Vec<NodeId>,
    /// Partitions left alone.
    pub exclude_partitions: Vec<PartitionId>,
    /// Open time buckets are moved too.
    pub include_open: bool,
}

impl PlanDocument {
    /// The document of a plan for a layout; the same input gives the same bytes.
    #[must_use]
    pub fn new(layout: &Layout, settings: &Settings, plan: &Plan, provenance: Provenance) -> Self {
        let settings = settings_document(layout, settings, &provenance);
        let Provenance { cluster_id, created_at, created_by, store_revision, .. } = provenance;
        let nodes = layout.nodes().iter().enumerate().map(|(at, node)| node_document(layout, plan, at, node));
        let document = Self {
            schema: SCHEMA.to_owned(),
            plan_id: String::new(),
            cluster_id,
            created_at,
            created_by,
            store_revision,
            input_digest: input_digest(layout),
            digest: String::new(),
            settings,
            moves: move_documents(layout, &plan.moves),
            summary: summary(plan),
            nodes: nodes.collect(),
            unplanned: plan.unplanned.iter().map(|left| unplanned_document(layout, left)).collect(),
        };
        document.sealed()
    }
}

fn id_of(layout: &Layout, node: NodeIndex) -> NodeId {
    layout.node(node).id.clone()
}

fn settings_document(layout: &Layout, settings: &Settings, provenance: &Provenance) -> SettingsDocument {
    let ratio = |ppm: u32| f64::from(ppm) / PPM as f64;
    let name = |node: NodeIndex| layout.node(node).id.as_str();
    let chosen = |m: &ChosenMove| format!("{},from={},to={}", m.partition, name(m.from), name(m.to));
    SettingsDocument {
        band: ratio(settings.band_ppm),
        threshold: settings.threshold_ppm.map(ratio),
        max_bytes: settings.bytes_max,
        max_moves: settings.moves_max,
        leaders_only: settings.leaders_only,
        prefer: settings.prefer.name().to_owned(),
        drain: sorted(&provenance.drain),
        relieve: settings.relieve.iter().map(|&node| id_of(layout, node)).collect(),
        exclude_nodes: sorted(&provenance.exclude_nodes),
        exclude_partitions: sorted(&provenance.exclude_partitions),
        include_open: provenance.include_open,
        moves: settings.moves.iter().map(chosen).collect(),
        leaders: settings.leaders.iter().map(|(id, node)| format!("{id}={}", name(*node))).collect(),
        allow_mass_repair: settings.allow_mass_repair,
        bandwidth_bytes_per_second: settings.pace.node_bytes_per_second,
        migrations_per_node: settings.pace.migrations_per_node,
    }
}

/// Each once, in order: what was asked for in another order is the same.
fn sorted<T: Ord + Clone>(items: &[T]) -> Vec<T> {
    let set: BTreeSet<&T> = items.iter().collect();
    set.into_iter().cloned().collect()
}

/// The moves; the first of each partition carries what the record must still say.
fn move_documents(layout: &Layout, moves: &[Move]) -> Vec<MoveDocument> {
    let mut seen = BTreeSet::new();
    let document = |(seq, m): (usize, &Move)| MoveDocument {
        seq: seq as u64,
        partition: layout.ids()[m.partition as usize],
        kind: m.kind,
        reason: m.reason,
        from: m.from.map(|node| id_of(layout, node)),
        to: m.to.map(|node| id_of(layout, node)),
        copy_from: m.copy_from.map(|node| id_of(layout, node)),
        bytes: m.bytes,
        mod_revision: layout.revisions()[m.partition as usize],
        expects: seen.insert(m.partition).then(|| expected(layout, m.partition)),
    };
    moves.iter().enumerate().map(document).collect()
}

fn expected(layout: &Layout, partition: u32) -> Expected {
    Expected {
        nodes: layout.holders(partition).iter().map(|&node| id_of(layout, node)).collect(),
        leader: layout.leader(partition).map(|node| id_of(layout, node)),
        state: layout.states()[partition as usize],
        epoch: layout.epochs()[partition as usize],
    }
}

fn summary(plan: &Plan) -> Summary {
    let transfers = plan.moves.iter().filter(|m| m.kind == MoveKind::Leader).count() as u64;
    Summary {
        moves: plan.moves.len() as u64 - transfers,
        bytes: plan.bytes,
        lower_bound_bytes: plan.lower_bound_bytes,
        gap: gap(plan.bytes, plan.lower_bound_bytes),
        leader_transfers: transfers,
        estimated_seconds: plan.estimated_seconds,
        estimated_seconds_minimum: plan.estimated_seconds_minimum,
        before: plan.before.into(),
        after: plan.after.into(),
    }
}

/// `bytes ÷ bound − 1`, below 0 for a plan that does not reach the bands. A bound of 0 is met by 0 bytes; above that, every
/// byte is the gap.
pub(super) fn gap(bytes: u64, bound: u64) -> f64 {
    match bound {
        0 => f64::from(u8::from(bytes > 0)),
        bound => bytes as f64 / bound as f64 - 1.0,
    }
}

impl From<Balance> for BalanceDocument {
    fn from(balance: Balance) -> Self {
        // JSON has no number for what is not finite: a node without a target that holds something deviates without end.
        let finite = |x: f64| if x.is_finite() { x } else { f64::MAX.copysign(x) };
        let Balance { skew, max_deviation, structural_skew, violations } = balance;
        Self {
            skew: finite(skew),
            max_deviation: finite(max_deviation),
            structural_skew: finite(structural_skew),
            violations,
        }
    }
}

fn node_document(layout: &Layout, plan: &Plan, at: usize, node: &LayoutNode) -> NodeDocument {
    let target = plan.targets.get(at).copied().unwrap_or_default();
    let (before_bytes, after_bytes) = plan.loads.get(at).copied().unwrap_or_default();
    let (before_leaders, after_leaders) = plan.leaders.get(at).copied().unwrap_or_default();
    NodeDocument {
        node: node.id.clone(),
        weight: node.weight,
        target_bytes: target.target,
        before_bytes,
        after_bytes,
        before_leaders: before_leaders.into(),
        after_leaders: after_leaders.into(),
        zone: layout.zones()[usize::from(node.zone)].clone(),
        low_bytes: target.low,
        high_bytes: target.high,
    }
}

fn unplanned_document(layout: &Layout, left: &Unplanned) -> UnplannedDocument {
    UnplannedDocument {
        partition: left.partition.map(|partition| layout.ids()[partition as usize]),
        node: left.node.map(|node| id_of(layout, node)),
        reason: left.reason,
        message: left.message.clone(),
    }
}
