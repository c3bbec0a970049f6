//! A small layout with a plan for it, for tests.

use crate::model::{Location, Node, NodeId, PartitionId, PartitionState, TimeBucket, Timestamp};
use crate::placement::NodeIndex;
use crate::planner::layout::LayoutPartition;
use crate::planner::plan::{Balance, NodeTarget};
use crate::planner::{Hold, Layout, Move, MoveKind, MoveReason, NodeRole, Plan, Settings, Unplanned, UnplannedReason};

use super::{PlanDocument, Provenance};

/// Nodes n0 to n3 in zones a, b, a, b, and partitions of one bucket on (0, 1), (1, 2), (2, 3), (0, 3).
pub(crate) fn layout() -> Layout {
    let node = |n: usize| {
        let mut node = Node::new(NodeId::parse(&format!("n{n}")).unwrap());
        node.location = Location::parse(if n.is_multiple_of(2) { "az=a" } else { "az=b" }).unwrap();
        node
    };
    let nodes: Vec<Node> = (0..4).map(node).collect();
    let mut layout = Layout::new(&nodes, 2).unwrap();
    for (index, holders) in [[0, 1], [1, 2], [2, 3], [0, 3]].iter().enumerate() {
        layout
            .push(&LayoutPartition {
                id: pid(index as u32),
                size_bytes: 100,
                nodes: holders,
                leader: Some(holders[0]),
                hold: Hold::Free,
                state: PartitionState::Active,
                revision: 7,
                epoch: 3,
            })
            .unwrap();
    }
    layout
}

/// A partition of that layout.
pub(crate) fn pid(index: u32) -> PartitionId {
    PartitionId::new(TimeBucket::new(489_540), index).unwrap()
}

/// A move of that layout.
pub(crate) fn a_move(partition: u32, kind: MoveKind, from: Option<NodeIndex>, to: Option<NodeIndex>) -> Move {
    let copies = matches!(kind, MoveKind::Replica | MoveKind::Repair);
    let reason = MoveReason::Manual;
    Move { partition, kind, reason, from, to, copy_from: from.filter(|_| copies), bytes: if copies { 100 } else { 0 } }
}

/// A plan of these moves, whose totals are made up.
pub(crate) fn plan(moves: Vec<Move>) -> Plan {
    let bytes = moves.iter().map(|m| m.bytes).sum();
    Plan {
        moves,
        unplanned: vec![Unplanned {
            partition: Some(3),
            node: Some(0),
            reason: UnplannedReason::Pinned,
            message: "it is pinned".into(),
        }],
        targets: vec![NodeTarget { target: 200, low: 196, high: 204 }; 4],
        lower_bound_bytes: 100,
        bytes,
        leaders: vec![(2, 1), (1, 1), (1, 1), (0, 1)],
        loads: vec![(200, 200), (200, 200), (200, 200), (200, 200)],
        before: Balance { skew: 0.1, max_deviation: 0.3, structural_skew: 1.0 / 3.0, violations: 0 },
        after: Balance::default(),
        estimated_seconds: 5,
        estimated_seconds_minimum: 4,
    }
}

/// Who made it.
pub(crate) fn provenance() -> Provenance {
    Provenance {
        cluster_id: "c1".into(),
        created_at: Timestamp::from_seconds(1_762_355_400),
        created_by: "ann".into(),
        store_revision: 9,
        drain: vec![NodeId::parse("n3").unwrap(), NodeId::parse("n1").unwrap()],
        exclude_nodes: Vec::new(),
        exclude_partitions: vec![pid(3)],
        include_open: false,
    }
}

/// A plan that moves a replica and two leaderships.
pub(crate) fn document() -> PlanDocument {
    let moves = vec![
        a_move(0, MoveKind::Replica, Some(1), Some(3)),
        a_move(0, MoveKind::Leader, Some(0), Some(3)),
        a_move(1, MoveKind::Leader, Some(1), Some(2)),
    ];
    PlanDocument::new(&layout(), &Settings::default(), &plan(moves), provenance())
}

/// The same layout with lost nodes.
pub(crate) fn layout_without(lost: &[NodeIndex]) -> Layout {
    let mut layout = layout();
    lost.iter().for_each(|&node| layout.set_role(node, NodeRole::Lost));
    layout
}
