use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::model::{Location, Node, NodeId, PartitionId, PartitionState, TimeBucket, Weight};
use crate::placement::{NodeIndex, ZoneBalanced};
use crate::planner::layout::LayoutPartition;
use crate::planner::plan::MoveKind;
use crate::planner::{MoveReason, NodeRole};

const HOUR: u32 = 64;

fn node(number: usize, zone: usize, weight: u32) -> Node {
    Node {
        weight: Weight::from_millis(weight).unwrap(),
        location: Location { availability_zone: Some(format!("z{zone}")), ..Default::default() },
        // Three digits: the natural order is that of the numbers.
        ..Node::new(NodeId::parse(&format!("n{number:03}")).unwrap())
    }
}

/// Hours as `partition create` places them over the nodes that `old` admits; later all nodes are there.
fn placed(nodes: &[Node], replicas: u8, hours: i64, old: impl Fn(usize) -> bool) -> Layout {
    let mut layout = Layout::new(nodes, replicas).unwrap();
    let numbers: Vec<usize> = (0..nodes.len()).filter(|&n| old(n)).collect();
    let first: Vec<Node> = numbers.iter().map(|&n| nodes[n].clone()).collect();
    let mut placement = ZoneBalanced::new(&first, replicas, &[]);
    for hour in 0..hours {
        let ids: Vec<PartitionId> =
            (0..HOUR).map(|i| PartitionId::new(TimeBucket::new(489_543 + hour), i).unwrap()).collect();
        for (&id, owners) in ids.iter().zip(placement.place(&ids, &[]).owners) {
            let nodes: Vec<NodeIndex> =
                owners.as_slice().iter().map(|&n| numbers[usize::from(n)] as NodeIndex).collect();
            push(&mut layout, id, &nodes, Hold::Future);
        }
    }
    layout
}

fn push(layout: &mut Layout, id: PartitionId, nodes: &[NodeIndex], hold: Hold) {
    let leader = nodes.first().copied();
    let state = PartitionState::Active;
    let size_bytes = if hold == Hold::Future { 0 } else { 7 };
    layout.push(&LayoutPartition { id, size_bytes, nodes, leader, hold, state, revision: 1, epoch: 0 }).unwrap();
}

fn counts(layout: &Layout, range: Range<u32>) -> (Vec<u64>, Vec<u64>) {
    let (mut held, mut led) = (vec![0; layout.nodes().len()], vec![0; layout.nodes().len()]);
    for partition in range {
        layout.holders(partition).iter().for_each(|&n| held[usize::from(n)] += 1);
        layout.leader(partition).into_iter().for_each(|n| led[usize::from(n)] += 1);
    }
    (held, led)
}

fn zone_excess(layout: &Layout, partition: u32) -> u64 {
    let mut zones = vec![0_u64; layout.zones().len()];
    let readable = layout.holders(partition).iter().filter(|&&n| layout.node(n).role.is_readable());
    readable.for_each(|&n| zones[usize::from(layout.node(n).zone)] += 1);
    zones.into_iter().map(|count| count.saturating_sub(layout.zone_replicas_max().into())).sum()
}

/// Applies the moves one by one and checks each.
fn applied(before: &Layout, moves: &[Move]) -> Layout {
    let mut after = before.clone();
    let mut arrived: BTreeSet<(u32, NodeIndex)> = BTreeSet::new();
    for step in moves {
        assert_eq!((step.bytes, step.copy_from), (0, None));
        assert_eq!(before.holds()[step.partition as usize], Hold::Future, "{step:?}");
        if step.kind != MoveKind::Leader {
            // A replica that came does not go on.
            assert!(step.from.is_none_or(|from| !arrived.contains(&(step.partition, from))), "twice: {step:?}");
            arrived.extend(step.to.map(|to| (step.partition, to)));
        }
        assert!(step.to.is_none_or(|to| after.node(to).role.receives() || step.kind == MoveKind::Leader), "{step:?}");
        let excess = zone_excess(&after, step.partition);
        assert!(after.apply(step), "{step:?}");
        assert!(zone_excess(&after, step.partition) <= excess, "{step:?}");
    }
    after
}

fn replica_moves(moves: &[Move]) -> usize {
    moves.iter().filter(|step| step.kind != MoveKind::Leader).count()
}

#[test]
fn what_was_just_created_stays() {
    for (count, replicas) in [(3, 3), (12, 3), (7, 2), (100, 3), (1, 1)] {
        let nodes: Vec<Node> = (0..count).map(|n| node(n, n % 3, 1000)).collect();
        assert_eq!(future_moves(&placed(&nodes, replicas, 24, |_| true), false), (vec![], vec![]), "{count}");
    }
}

#[test]
fn new_nodes_get_their_part_with_the_fewest_moves() {
    // Nine nodes, then twelve: each new one should hold 16 of an hour's 192.
    let nodes: Vec<Node> = (0..12).map(|n| node(n, n % 3, 1000)).collect();
    let layout = placed(&nodes, 3, 4, |n| n < 9);
    let (moves, unplanned) = future_moves(&layout, false);
    assert_eq!((replica_moves(&moves), unplanned), (4 * 3 * 16, vec![]));
    let after = applied(&layout, &moves);
    for hour in 0..4 {
        let (held, led) = counts(&after, hour * HOUR..(hour + 1) * HOUR);
        assert_eq!(held, [16; 12]);
        assert!(led.iter().all(|n| *n <= 6), "{led:?}");
    }
    assert!(moves.iter().all(|step| step.reason == MoveReason::Balance));
    assert_eq!(future_moves(&after, false), (vec![], vec![]));
}

/// With less than one replica a node and hour, one hour alone never shows that a node gets nothing.
#[test]
fn rounding_is_made_up_for_over_the_hours() {
    let nodes: Vec<Node> = (0..303).map(|n| node(n, n % 3, 1000)).collect();
    let layout = placed(&nodes, 3, 24, |n| n < 300);
    let (moves, unplanned) = future_moves(&layout, false);
    let after = applied(&layout, &moves);
    let (held, _) = counts(&after, 0..after.len() as u32);
    // 64 · 24 / 101 = 15.2 each.
    assert!(held.iter().all(|n| (13..=18).contains(n)), "{held:?}");
    assert_eq!((unplanned, future_moves(&after, false).0), (vec![], vec![]));
}

#[test]
fn drained_nodes_are_emptied_and_a_lost_one_is_replaced() {
    let nodes: Vec<Node> = (0..30).map(|n| node(n, n % 3, 1000)).collect();
    let mut layout = placed(&nodes, 3, 3, |_| true);
    layout.set_role(4, NodeRole::Draining);
    layout.set_role(5, NodeRole::Lost);
    let (held, _) = counts(&layout, 0..layout.len() as u32);
    let (moves, unplanned) = future_moves(&layout, false);
    assert_eq!((replica_moves(&moves) as u64, &unplanned), (held[4] + held[5], &vec![]));
    let of = |reason, kind| moves.iter().filter(|m| m.reason == reason && m.kind == kind).count() as u64;
    assert_eq!(of(MoveReason::Drain, MoveKind::Replica), held[4]);
    assert_eq!(of(MoveReason::Repair, MoveKind::Repair), held[5]);
    let after = applied(&layout, &moves);
    let (held, led) = counts(&after, 0..after.len() as u32);
    assert_eq!((held[4], held[5], led[4], led[5]), (0, 0, 0, 0));
    assert_eq!(future_moves(&after, false), (vec![], vec![]));
}

#[test]
fn a_lost_zone_is_waited_for_unless_told_otherwise() {
    let nodes: Vec<Node> = (0..9).map(|n| node(n, n % 3, 1000)).collect();
    let mut layout = placed(&nodes, 3, 1, |_| true);
    [2, 5, 8].into_iter().for_each(|n| layout.set_role(n, NodeRole::Lost));
    let (moves, unplanned) = future_moves(&layout, false);
    assert_eq!((replica_moves(&moves), unplanned.len()), (0, 1));
    assert_eq!((unplanned[0].reason, unplanned[0].partition), (UnplannedReason::MassRepair, Some(0)));
    // Whoever is down leads nothing all the same.
    assert!(applied(&layout, &moves).leader_slots().iter().all(|slot| *slot != crate::planner::layout::NO_LEADER));
    let (moves, unplanned) = future_moves(&layout, true);
    assert_eq!((replica_moves(&moves), unplanned), (64, vec![]));
}

#[test]
fn a_zone_that_is_new_and_one_with_too_many() {
    // Three zones become four.
    let nodes: Vec<Node> = (0..8).map(|n| node(n, n % 4, 1000)).collect();
    let layout = placed(&nodes, 3, 2, |n| n % 4 != 3);
    let (moves, unplanned) = future_moves(&layout, false);
    assert_eq!((replica_moves(&moves), unplanned), (2 * 48, vec![]));
    let after = applied(&layout, &moves);
    assert_eq!(counts(&after, 0..HOUR).0, [24; 8]);
    // Two copies of a partition in one zone, and one partition that has too few or too many.
    let mut layout = Layout::new(&nodes[..6], 2).unwrap();
    let id = |i| PartitionId::new(TimeBucket::new(1), i).unwrap();
    push(&mut layout, id(0), &[0, 4], Hold::Future);
    push(&mut layout, id(1), &[1], Hold::Future);
    push(&mut layout, id(2), &[1, 2, 3], Hold::Future);
    push(&mut layout, id(3), &[0, 4], Hold::Pinned);
    let (moves, unplanned) = future_moves(&layout, false);
    let after = applied(&layout, &moves);
    let kinds: Vec<_> =
        moves.iter().filter(|m| m.kind != MoveKind::Leader).map(|m| (m.partition, m.kind, m.reason)).collect();
    assert!(kinds.contains(&(0, MoveKind::Replica, MoveReason::Zone)), "{kinds:?}");
    assert!(kinds.contains(&(1, MoveKind::Repair, MoveReason::Repair)), "{kinds:?}");
    assert!(kinds.contains(&(2, MoveKind::Remove, MoveReason::Balance)), "{kinds:?}");
    assert!((0..3).all(|p| after.holders(p).len() == 2 && zone_excess(&after, p) == 0));
    assert_eq!((unplanned, after.holders(3)), (vec![], &[0, 4][..]));
}

#[test]
fn what_has_no_place_is_said() {
    let nodes: Vec<Node> = (0..3).map(|n| node(n, n, 1000)).collect();
    let mut layout = placed(&nodes, 3, 2, |_| true);
    layout.set_role(0, NodeRole::Draining);
    let (moves, unplanned) = future_moves(&layout, false);
    assert_eq!(replica_moves(&moves), 0);
    assert_eq!((unplanned.len(), unplanned[0].reason), (1, UnplannedReason::NoTarget));
    assert!(unplanned[0].message.starts_with("128 replicas"), "{unplanned:?}");
}

/// Found by the property below: what an excluded node keeps against the zone rule is said.
#[test]
fn excluded_nodes_that_crowd_a_zone_are_said() {
    let nodes: Vec<Node> = [0, 2, 3, 1, 0].into_iter().enumerate().map(|(n, zone)| node(n, zone, 1000)).collect();
    let mut layout = placed(&nodes, 4, 1, |n| [0, 3, 4].contains(&n));
    [0, 4].into_iter().for_each(|n| layout.set_role(n, NodeRole::Fixed));
    let (moves, unplanned) = future_moves(&layout, false);
    applied(&layout, &moves);
    let found: Vec<_> = unplanned.iter().map(|u| (u.reason, u.message.split(' ').next())).collect();
    assert_eq!(found, [(UnplannedReason::Excluded, Some("64"))]);
}

fn role() -> impl Strategy<Value = NodeRole> {
    prop_oneof![
        8 => Just(NodeRole::Open),
        1 => Just(NodeRole::SendOnly),
        1 => Just(NodeRole::Fixed),
        1 => Just(NodeRole::Draining),
        1 => Just(NodeRole::Lost),
    ]
}

fn cluster() -> impl Strategy<Value = (Vec<Node>, Vec<NodeRole>, Vec<bool>)> {
    let one = (0_usize..4, prop_oneof![3 => Just(1000_u32), 1 => 200_u32..4000], role(), prop::bool::weighted(0.8));
    prop::collection::vec(one, 1..24).prop_map(|nodes| {
        let each = nodes.iter().enumerate().map(|(n, (zone, weight, ..))| node(n, *zone, *weight)).collect();
        (each, nodes.iter().map(|n| n.2).collect(), nodes.iter().map(|n| n.3).collect())
    })
}

proptest! {
    #[test]
    fn topology_changes_are_followed((nodes, roles, old) in cluster(), replicas in 1_u8..=4, mass in any::<bool>()) {
        let mut layout = placed(&nodes, replicas, 3, |n| old[n]);
        roles.iter().enumerate().for_each(|(n, role)| layout.set_role(n as NodeIndex, *role));
        let (moves, unplanned) = future_moves(&layout, mass);
        prop_assert_eq!(&(moves.clone(), unplanned.clone()), &future_moves(&layout, mass));
        let after = applied(&layout, &moves);
        if !unplanned.is_empty() {
            return Ok(());
        }
        for partition in 0..after.len() as u32 {
            let wanted = roles.iter().filter(|role| role.stays()).count().min(replicas.into());
            prop_assert_eq!(after.holders(partition).len(), wanted);
            prop_assert_eq!(zone_excess(&after, partition), 0);
            prop_assert!(after.holders(partition).iter().all(|&n| roles[usize::from(n)].stays()));
        }
        prop_assert_eq!(future_moves(&after, mass), (vec![], vec![]));
    }

    /// Anything that can be stored gives legal moves, and the same ones again.
    #[test]
    fn no_layout_is_too_odd(
        (nodes, roles, _) in cluster(),
        replicas in 1_u8..=5,
        partitions in prop::collection::vec((prop::collection::btree_set(0_u16..24, 0..6), any::<bool>()), 0..60),
    ) {
        let mut layout = Layout::new(&nodes, replicas).unwrap();
        for (i, (holders, future)) in partitions.iter().enumerate() {
            let holders: Vec<NodeIndex> = holders.iter().copied().filter(|n| usize::from(*n) < nodes.len()).collect();
            let id = PartitionId::new(TimeBucket::new(i as i64 / 20), i as u32).unwrap();
            push(&mut layout, id, &holders, if *future { Hold::Future } else { Hold::Pinned });
        }
        roles.iter().enumerate().for_each(|(n, role)| layout.set_role(n as NodeIndex, *role));
        let (moves, _) = future_moves(&layout, true);
        prop_assert_eq!(&moves, &future_moves(&layout, true).0);
        applied(&layout, &moves);
    }
}
