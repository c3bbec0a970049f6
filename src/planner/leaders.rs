//! Leader transfers of a plan: the leader pass over a layout after its moves.
//!
//! A copy that misses something never leads, nor does a node that is lost; a draining node leads only what nobody else can.
//! A cordoned node leads no more than before as long as others can; an excluded one keeps exactly what it leads.
//! Partitions of coming time buckets are left to [`super::future`]. The open hour is evened out by the bytes that it has so far, which stand for its write rate.

use crate::placement::NodeIndex;
use crate::placement::leaders::{Busy, LeaderOutcome, LeaderProblem, even_out};

use super::layout::{Layout, NO_NODE};
use super::plan::{Move, MoveKind, MoveReason, Unplanned, UnplannedReason};
use super::roles::{Hold, NodeRole};

/// What the leader pass adds to a plan.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct LeaderTransfers {
    /// The transfers, in order of partitions. Each follows all other moves of its partition.
    pub moves: Vec<Move>,
    /// Nodes that still lead more than their share, or anything though they should not.
    pub unplanned: Vec<Unplanned>,
    /// Shares, counts and the least number of transfers.
    pub outcome: LeaderOutcome,
}

/// The transfers that even out who leads, on a layout to which all other moves were applied.
pub fn transfers(after: &Layout) -> LeaderTransfers {
    let mut choices = choices(after, 0..after.len() as u32);
    // Coming time buckets have leaders of their own reckoning, hour by hour.
    for (choices, _) in choices.iter_mut().zip(after.holds()).filter(|(_, hold)| **hold == Hold::Future) {
        *choices = 0;
    }
    let leads = |role: NodeRole| matches!(role, NodeRole::Open | NodeRole::SendOnly | NodeRole::Fixed);
    let weight = |node: &super::LayoutNode| if leads(node.role) { node.weight.millis() } else { 0 };
    let weights: Vec<u32> = after.nodes().iter().map(weight).collect();
    let may_gain: Vec<bool> = after.nodes().iter().map(|node| node.role.receives()).collect();
    let open: Vec<u32> = (0..after.len() as u32).filter(|&p| after.holds()[p as usize] == Hold::Open).collect();
    // One more, so that an hour that has just begun is even by count.
    let loads: Vec<u64> = open.iter().map(|&p| after.sizes()[p as usize] + 1).collect();
    let problem = LeaderProblem {
        stride: after.stride(),
        holders: after.replicas(),
        choices: &choices,
        weights: &weights,
        may_gain: &may_gain,
    };
    let mut leaders = after.leader_slots().to_vec();
    let outcome = even_out(&problem, Busy { partitions: &open, loads: &loads }, &mut leaders);
    let changed = (0..after.len() as u32).zip(&leaders).zip(after.leader_slots()).filter(|((_, new), old)| new != old);
    let moves = changed.filter_map(|((partition, &slot), _)| {
        let to = *after.holders(partition).get(usize::from(slot))?;
        Some(transfer(after, partition, to))
    });
    LeaderTransfers { moves: moves.collect(), unplanned: unplanned(after, &outcome), outcome }
}

/// One transfer, with its reason.
#[must_use]
pub fn transfer(layout: &Layout, partition: u32, to: NodeIndex) -> Move {
    let from = layout.leader(partition);
    let reason = match from {
        None => MoveReason::Repair,
        Some(from) if layout.is_marked(partition, from) => MoveReason::Repair,
        Some(from) => match layout.node(from).role {
            NodeRole::Lost => MoveReason::Repair,
            NodeRole::Draining => MoveReason::Drain,
            NodeRole::Open | NodeRole::SendOnly | NodeRole::Fixed => MoveReason::Balance,
        },
    };
    Move { partition, kind: MoveKind::Leader, reason, from, to: Some(to), copy_from: None, bytes: 0 }
}

/// The slots that may lead, of each partition in a range; none if its leader stays as it is.
pub(super) fn choices(layout: &Layout, range: std::ops::Range<u32>) -> Vec<u16> {
    let roles: Vec<NodeRole> = layout.nodes().iter().map(|node| node.role).collect();
    let of = |(partition, slots): (u32, &[NodeIndex])| {
        if !layout.holds()[partition as usize].may_change_leader() {
            return 0;
        }
        let leader = usize::from(layout.leader_slots()[partition as usize]);
        let (mut usual, mut fixed, mut draining) = (0_u16, 0_u16, 0_u16);
        for (slot, &node) in slots.iter().enumerate().take_while(|(_, node)| **node != NO_NODE) {
            if layout.is_marked(partition, node) {
                continue;
            }
            match roles[usize::from(node)] {
                NodeRole::Open | NodeRole::SendOnly => usual |= 1 << slot,
                NodeRole::Fixed if leader == slot => return 0,
                NodeRole::Fixed => fixed |= 1 << slot,
                NodeRole::Draining => draining |= 1 << slot,
                NodeRole::Lost => {}
            }
        }
        [usual, fixed, draining].into_iter().find(|slots| *slots != 0).unwrap_or(0)
    };
    let slots = &layout.replicas()[range.start as usize * layout.stride()..range.end as usize * layout.stride()];
    range.zip(slots.chunks_exact(layout.stride())).map(of).collect()
}

/// What the pass could not do, node by node.
fn unplanned(layout: &Layout, outcome: &LeaderOutcome) -> Vec<Unplanned> {
    let mut found = Vec::new();
    for (at, node) in layout.nodes().iter().enumerate() {
        let (led, share) = (outcome.after[at], outcome.shares[at]);
        let message = match node.role {
            NodeRole::Lost | NodeRole::Draining if led > 0 => {
                format!("node {} still leads {led}: nobody else may lead them", node.id)
            }
            NodeRole::Open | NodeRole::SendOnly | NodeRole::Fixed if led > share => {
                format!("node {} leads {led}, its share is {share}: no other holders may lead more", node.id)
            }
            NodeRole::Open | NodeRole::SendOnly | NodeRole::Fixed | NodeRole::Lost | NodeRole::Draining => continue,
        };
        let node = Some(at as NodeIndex);
        found.push(Unplanned { partition: None, node, reason: UnplannedReason::Leaders, message });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Node, NodeId, NodeState, PartitionId, PartitionState, TimeBucket};
    use crate::planner::layout::LayoutPartition;

    fn layout(states: &[NodeState], partitions: &[(&[NodeIndex], Option<NodeIndex>, Hold)]) -> Layout {
        let node =
            |(n, &state): (usize, &NodeState)| Node { state, ..Node::new(NodeId::parse(&format!("n{n}")).unwrap()) };
        let nodes: Vec<Node> = states.iter().enumerate().map(node).collect();
        let mut layout = Layout::new(&nodes, 2).unwrap();
        for (index, &(nodes, leader, hold)) in partitions.iter().enumerate() {
            let id = PartitionId::new(TimeBucket::new(1), index as u32).unwrap();
            let (state, revision, epoch) = (PartitionState::Active, 1, 0);
            layout.push(&LayoutPartition { id, size_bytes: 5, nodes, leader, hold, state, revision, epoch }).unwrap();
        }
        layout
    }

    fn found(layout: &Layout) -> Vec<(u32, Option<NodeIndex>, Option<NodeIndex>, MoveReason)> {
        transfers(layout).moves.iter().map(|m| (m.partition, m.from, m.to, m.reason)).collect()
    }

    #[test]
    fn reasons_and_who_leads_what_nobody_else_may() {
        use NodeState::{Active, Down, Draining};
        let mut layout = layout(
            &[Active, Draining, Down],
            &[
                (&[1, 0], Some(1), Hold::Free),
                (&[2, 0], Some(2), Hold::Expiring),
                (&[1, 2], Some(2), Hold::Free),
                (&[2, 0], None, Hold::Free),
                (&[2, 0], Some(2), Hold::Pinned),
                (&[0, 1], Some(0), Hold::Free),
            ],
        );
        layout.mark(5, 0);
        assert_eq!(
            found(&layout),
            [
                (0, Some(1), Some(0), MoveReason::Drain),
                (1, Some(2), Some(0), MoveReason::Repair),
                (2, Some(2), Some(1), MoveReason::Repair),
                (3, None, Some(0), MoveReason::Repair),
                (5, Some(0), Some(1), MoveReason::Repair),
            ]
        );
        let messages: Vec<String> = transfers(&layout).unplanned.into_iter().map(|u| u.message).collect();
        let expected = |n: u8, led: u8| format!("node n{n} still leads {led}: nobody else may lead them");
        assert_eq!(messages, [expected(1, 2), expected(2, 1)]);
    }

    #[test]
    fn an_excluded_node_keeps_what_it_leads() {
        let active = NodeState::Active;
        let led: Vec<(&[NodeIndex], Option<NodeIndex>, Hold)> = vec![(&[0, 1], Some(0), Hold::Free); 8];
        let mut even = layout(&[active, active], &led);
        assert_eq!(found(&even).len(), 4);
        even.set_role(0, NodeRole::Fixed);
        assert_eq!(found(&even), []);
        even.set_role(0, NodeRole::Open);
        even.set_role(1, NodeRole::Fixed);
        assert_eq!(found(&even), []);
    }
}
