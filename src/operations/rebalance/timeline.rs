//! When the moves of a plan run, reckoned from the document alone.
//!
//! A plan says how long it takes, not when each move runs. Its moves say who holds what they move, and its nodes how much
//! they hold besides; of that the schedule is played again, at the pace that the plan was made for.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::cluster_spec::REPLICATION_MAX;
use crate::model::{Location, Node, NodeId, NodeState, PartitionId};
use crate::placement::NodeIndex;
use crate::planner::document::{Expected, NodeDocument, PlanDocument};
use crate::planner::layout::LayoutPartition;
use crate::planner::plan::NodeTarget;
use crate::planner::schedule::{Span, schedule};
use crate::planner::settings::Pace;
use crate::planner::{Hold, Layout, Move, MoveKind};

/// One copy of data and when it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimedCopy {
    /// Who gives its replica up; none where a new copy is made.
    pub from: Option<NodeId>,
    /// Who gets it.
    pub to: NodeId,
    /// Bytes.
    pub bytes: u64,
    /// When.
    pub span: Span,
}

/// The copies of a plan in the order in which they start; nothing if the document does not say enough.
#[must_use]
pub fn timeline(document: &PlanDocument) -> Option<Vec<TimedCopy>> {
    let layout = layout(document)?;
    let moves: Vec<Move> = document.moves.iter().map(|m| m.numbered(&layout)).collect::<Option<_>>()?;
    let pace = Pace {
        node_bytes_per_second: document.settings.bandwidth_bytes_per_second,
        migrations_per_node: document.settings.migrations_per_node,
    };
    let done = schedule(&layout, moves, &bands(document, &layout), pace);
    let copy = |(m, span): (&Move, Span)| {
        let id = |node: NodeIndex| layout.node(node).id.clone();
        let copies = matches!(m.kind, MoveKind::Replica | MoveKind::Repair);
        m.to.filter(|_| copies).map(|to| TimedCopy { from: m.from.map(id), to: id(to), bytes: m.bytes, span })
    };
    Some(done.moves.iter().zip(done.spans()).filter_map(copy).collect())
}

/// The nodes, and the partitions that move.
fn layout(document: &PlanDocument) -> Option<Layout> {
    // A copy that is made in the place of another one stands for a node that cannot be read.
    let repairs = document.moves.iter().filter(|m| m.kind == MoveKind::Repair);
    let lost: BTreeSet<&NodeId> = repairs.filter_map(|m| m.from.as_ref()).collect();
    let node = |n: &NodeDocument| Node {
        weight: n.weight,
        location: Location { availability_zone: Some(n.zone.clone()), ..Location::default() },
        state: match n.target_bytes {
            _ if lost.contains(&n.node) => NodeState::Down,
            0 => NodeState::Draining,
            _ => NodeState::Active,
        },
        ..Node::new(n.node.clone())
    };
    let nodes: Vec<Node> = document.nodes.iter().map(node).collect();
    let mut partitions: BTreeMap<PartitionId, (u64, Option<&Expected>, u64)> = BTreeMap::new();
    for m in &document.moves {
        let (bytes, expects, revision) = partitions.entry(m.partition).or_insert((0, None, m.mod_revision));
        *bytes = (*bytes).max(m.bytes);
        *expects = expects.or(m.expects.as_ref());
        *revision = m.mod_revision;
    }
    let replicas = partitions.values().filter_map(|(_, expects, _)| expects.map(|e| e.nodes.len())).max().unwrap_or(1);
    let mut layout = Layout::new(&nodes, replicas.clamp(1, usize::from(REPLICATION_MAX)) as u8).ok()?;
    for (id, (size_bytes, expects, revision)) in partitions {
        let expects = expects?;
        let nodes: Vec<NodeIndex> = expects.nodes.iter().map(|id| layout.node_index(id)).collect::<Option<_>>()?;
        let leader = match &expects.leader {
            Some(leader) => Some(layout.node_index(leader)?),
            None => None,
        };
        let (hold, state, epoch) = (Hold::Free, expects.state, expects.epoch);
        layout.push(&LayoutPartition { id, size_bytes, nodes: &nodes, leader, hold, state, revision, epoch }).ok()?;
    }
    Some(layout)
}

/// The bands without what the nodes hold besides: that is not in the layout.
fn bands(document: &PlanDocument, layout: &Layout) -> Vec<NodeTarget> {
    let mut held = vec![0_u64; layout.nodes().len()];
    for partition in 0..layout.len() as u32 {
        for &node in layout.holders(partition) {
            held[usize::from(node)] += layout.sizes()[partition as usize];
        }
    }
    let mut bands = vec![NodeTarget::default(); layout.nodes().len()];
    for n in &document.nodes {
        let Some(at) = layout.node_index(&n.node).map(usize::from) else { continue };
        let besides = n.before_bytes.saturating_sub(held[at]);
        let without = |bytes: u64| bytes.saturating_sub(besides);
        bands[at] =
            NodeTarget { target: without(n.target_bytes), low: without(n.low_bytes), high: without(n.high_bytes) };
    }
    bands
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PartitionState, TimeBucket, Timestamp};
    use crate::planner::Settings;
    use crate::planner::document::Provenance;
    use crate::planner::settings::ChosenMove;

    /// Six nodes in three zones, of which the first three hold everything.
    fn document() -> PlanDocument {
        let node = |n: usize| {
            let mut node = Node::new(NodeId::parse(&format!("n{n}")).unwrap());
            node.location = Location::parse(&format!("az={}", ["a", "b", "c"][n % 3])).unwrap();
            node
        };
        let mut layout = Layout::new(&(0..6).map(node).collect::<Vec<_>>(), 3).unwrap();
        for index in 0..300 {
            let id = PartitionId::new(TimeBucket::new(489_000), index).unwrap();
            let (size_bytes, nodes, leader) = (1_000_000_000 + u64::from(index) * 1_000_000, &[0, 1, 2], Some(0));
            let (hold, state, revision, epoch) = (Hold::Free, PartitionState::Active, 7, 0);
            layout.push(&LayoutPartition { id, size_bytes, nodes, leader, hold, state, revision, epoch }).unwrap();
        }
        let chosen = |n: usize| {
            let from = (n % 3) as NodeIndex;
            ChosenMove { partition: layout.ids()[n], from, to: from + 3 }
        };
        let settings = Settings { moves: (0..150).map(chosen).collect(), ..Settings::default() };
        let plan = crate::planner::plan(&layout, &settings).unwrap();
        let provenance = Provenance {
            cluster_id: "c".to_owned(),
            created_at: Timestamp::from_seconds(0),
            created_by: "a test".to_owned(),
            store_revision: 7,
            drain: Vec::new(),
            exclude_nodes: Vec::new(),
            exclude_partitions: Vec::new(),
            include_open: false,
        };
        PlanDocument::new(&layout, &settings, &plan, provenance)
    }

    #[test]
    fn the_document_says_when_its_moves_run() {
        let document = document();
        let copies = timeline(&document).unwrap();
        assert_eq!(copies.len() as u64, document.summary.moves);
        assert_eq!(copies.iter().map(|copy| copy.bytes).sum::<u64>(), document.summary.bytes);
        let end = copies.iter().map(|copy| copy.span.end_ms).max().unwrap();
        assert_eq!(end.div_ceil(1000), document.summary.estimated_seconds, "as the plan itself reckoned");
    }

    #[test]
    fn what_is_not_said_is_not_made_up() {
        let mut silent = document();
        silent.moves[0].expects = None;
        assert_eq!(timeline(&silent), None);
        let mut stranger = document();
        stranger.nodes.remove(0);
        assert_eq!(timeline(&stranger), None);
        let nothing = PlanDocument { nodes: Vec::new(), moves: Vec::new(), ..document() };
        assert_eq!(timeline(&nothing), None);
    }
}
