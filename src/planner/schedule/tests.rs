use super::*;
use crate::model::SplitMix64;
use crate::model::{Node, NodeId, PartitionId, PartitionState, TimeBucket};
use crate::placement::NodeIndex;
use crate::planner::layout::LayoutPartition;
use crate::planner::loads::loads;
use crate::planner::plan::{MoveKind, MoveReason};
use crate::planner::roles::{Hold, NodeRole};

const PACE: Pace = Pace { node_bytes_per_second: 100, migrations_per_node: 3 };

fn layout(nodes: usize, replicas: u8, partitions: &[(u64, &[NodeIndex])]) -> Layout {
    let nodes: Vec<Node> = (0..nodes).map(|n| Node::new(NodeId::parse(&format!("n{n}")).unwrap())).collect();
    let mut layout = Layout::new(&nodes, replicas).unwrap();
    for (at, &(size_bytes, nodes)) in partitions.iter().enumerate() {
        let id = PartitionId::new(TimeBucket::new(at as i64 / 1000), at as u32 % 1000).unwrap();
        let (hold, state) = (Hold::Free, PartitionState::Active);
        let leader = nodes.first().copied();
        layout.push(&LayoutPartition { id, size_bytes, nodes, leader, hold, state, revision: 1, epoch: 0 }).unwrap();
    }
    layout
}

fn replica(layout: &Layout, partition: u32, from: NodeIndex, to: NodeIndex) -> Move {
    let bytes = layout.sizes()[partition as usize];
    let (kind, reason) = (MoveKind::Replica, MoveReason::Balance);
    Move { partition, kind, reason, from: Some(from), to: Some(to), copy_from: Some(from), bytes }
}

fn bands(layout: &Layout, high: u64) -> Vec<NodeTarget> {
    vec![NodeTarget { target: high, low: 0, high }; layout.nodes().len()]
}

/// Checks what every schedule keeps, and hands it back.
fn sound(layout: &Layout, moves: &[Move], bands: &[NodeTarget], pace: Pace) -> Schedule {
    let found = schedule(layout, moves.to_vec(), bands, pace);
    let plain = |moves: &[Move]| {
        let mut plain: Vec<String> = moves.iter().map(|m| format!("{:?}", Move { copy_from: None, ..*m })).collect();
        plain.sort();
        plain
    };
    assert_eq!(plain(&found.moves), plain(moves), "the same moves");
    assert!(found.estimated_seconds >= found.estimated_seconds_minimum);
    let mut after = layout.clone();
    let mut last: Vec<u64> = vec![0; layout.len()];
    for (m, span) in found.moves.iter().zip(found.spans()) {
        if m.bytes > 0 {
            let source = m.copy_from.expect("a source");
            assert!(after.holders(m.partition).contains(&source) && after.node(source).role.is_readable());
            assert!(!after.marks().contains(&(m.partition, source)));
        }
        assert!(after.apply(m), "{m:?}");
        assert!(span.start_ms >= last[m.partition as usize], "one move of a partition at a time");
        last[m.partition as usize] = span.end_ms;
    }
    for node in 0..layout.nodes().len() as NodeIndex {
        let spans = |end: fn(&Move) -> Option<NodeIndex>| {
            let mine = found.moves.iter().zip(found.spans()).filter(|(m, _)| m.bytes > 0 && end(m) == Some(node));
            let mut spans: Vec<(u64, u64)> = mine.map(|(_, span)| (span.start_ms, span.end_ms)).collect();
            spans.sort_unstable();
            spans
        };
        for spans in [spans(|m| m.to), spans(|m| m.copy_from)] {
            assert!(spans.windows(2).all(|pair| pair[0].1 <= pair[1].0 + 1), "one after another: {spans:?}");
        }
    }
    assert_eq!(found, schedule(layout, moves.to_vec(), bands, pace), "always the same");
    found
}

/// Skewed sizes on the first `used` of the nodes.
fn random(nodes: usize, used: usize, replicas: u8, partitions: usize, seed: u64) -> Layout {
    let mut random = SplitMix64::new(seed);
    let mut all: Vec<(u64, Vec<NodeIndex>)> = Vec::new();
    for _ in 0..partitions {
        let mut holders: Vec<NodeIndex> = Vec::new();
        while holders.len() < usize::from(replicas) {
            let node = random.below(used as u64) as NodeIndex;
            if !holders.contains(&node) {
                holders.push(node);
            }
        }
        all.push((1000 + random.below(1000) * random.below(10), holders));
    }
    let all: Vec<(u64, &[NodeIndex])> = all.iter().map(|(size, holders)| (*size, &holders[..])).collect();
    layout(nodes, replicas, &all)
}

/// Empties a node into those with the least to come.
fn drain(layout: &Layout, drained: NodeIndex) -> Vec<Move> {
    let mut to_come = vec![0; layout.nodes().len()];
    let mut moves = Vec::new();
    for partition in 0..layout.len() as u32 {
        let holders = layout.holders(partition);
        if holders.contains(&drained) {
            let others = (0..layout.nodes().len() as NodeIndex).filter(|n| !holders.contains(n) && *n != drained);
            let to = others.min_by_key(|&n| (to_come[usize::from(n)], n)).unwrap();
            to_come[usize::from(to)] += layout.sizes()[partition as usize];
            moves.push(replica(layout, partition, drained, to));
        }
    }
    moves
}

/// Fills the nodes from `new` on evenly.
fn grow(layout: &Layout, new: usize, seed: u64) -> Vec<Move> {
    let nodes = layout.nodes().len();
    let mut random = SplitMix64::new(seed);
    let mut moves = Vec::new();
    for partition in 0..layout.len() as u32 {
        if random.below(nodes as u64) < (nodes - new) as u64 * u64::from(layout.replication_factor()) {
            let holders = layout.holders(partition);
            let from = holders[random.below(holders.len() as u64) as usize];
            moves.push(replica(
                layout,
                partition,
                from,
                (new as u64 + random.below((nodes - new) as u64)) as NodeIndex,
            ));
        }
    }
    moves
}

fn near_the_minimum(found: &Schedule) {
    let (time, least) = (found.estimated_seconds, found.estimated_seconds_minimum);
    assert!(time as f64 <= least as f64 * 1.02 + 1.0, "{time} s, {least} s at least");
}

#[test]
fn draining_reads_from_all_holders() {
    let layout = random(40, 40, 3, 20_000, 1);
    let moves = drain(&layout, 7);
    let found = sound(&layout, &moves, &bands(&layout, u64::MAX), PACE);
    near_the_minimum(&found);
    // Each of 39 others receives and sends its part; from the drained node alone it would take 39 times as long.
    let bytes: u64 = moves.iter().map(|m| m.bytes).sum();
    assert!(found.estimated_seconds < bytes / 100 / 36, "{found:?}");
}

#[test]
fn new_nodes_receive_all_the_time() {
    for (nodes, used) in [(13, 12), (44, 40), (110, 100)] {
        let layout = random(nodes, used, 3, 10_000, 2);
        let moves = grow(&layout, used, 3);
        near_the_minimum(&sound(&layout, &moves, &bands(&layout, u64::MAX), PACE));
    }
}

#[test]
fn one_source_and_one_target_at_a_time() {
    let layout = random(12, 12, 1, 2000, 4);
    let moves = drain(&layout, 3);
    near_the_minimum(&sound(&layout, &moves, &bands(&layout, u64::MAX), PACE));
    let one = Pace { migrations_per_node: 1, ..PACE };
    let found = sound(&layout, &moves, &bands(&layout, u64::MAX), one);
    near_the_minimum(&found);
    let layout = random(12, 12, 3, 2000, 4);
    let moves = drain(&layout, 3);
    let (both, alone) = (
        sound(&layout, &moves, &bands(&layout, u64::MAX), PACE),
        sound(&layout, &moves, &bands(&layout, u64::MAX), one),
    );
    assert!(alone.estimated_seconds > both.estimated_seconds * 3 / 2, "a node that receives does not send");
}

#[test]
fn followers_are_read_first_and_unsound_copies_never() {
    let mut layout = layout(5, 3, &[(500, &[0, 1, 2]), (400, &[0, 1, 2]), (300, &[0, 1, 2])]);
    layout.set_role(2, NodeRole::Lost);
    layout.mark(0, 1);
    let repair = |partition: u32, to: NodeIndex| Move {
        kind: MoveKind::Repair,
        reason: MoveReason::Repair,
        ..replica(&layout, partition, 2, to)
    };
    let moves = [repair(2, 3), repair(0, 3), repair(1, 4)];
    let found = sound(&layout, &moves, &bands(&layout, u64::MAX), PACE);
    let sources: Vec<(u32, Option<NodeIndex>)> = found.moves.iter().map(|m| (m.partition, m.copy_from)).collect();
    assert_eq!(sources, [(0, Some(0)), (1, Some(1)), (2, Some(1))], "0 is sound on its leader alone");
    assert_eq!(found.spans().nth(2), Some(Span { start_ms: 5000, end_ms: 8000 }));
}

#[test]
fn what_follows_on_a_partition_stays_behind_it() {
    let mut layout = layout(6, 2, &[(500, &[0, 1]), (100, &[2, 3])]);
    layout.mark(1, 3);
    let leader = |partition: u32, from: NodeIndex, to: NodeIndex| Move {
        kind: MoveKind::Leader,
        copy_from: None,
        bytes: 0,
        ..replica(&layout, partition, from, to)
    };
    let in_place = Move { kind: MoveKind::Repair, from: None, ..replica(&layout, 1, 0, 3) };
    let add = Move { kind: MoveKind::Repair, from: None, ..replica(&layout, 0, 0, 4) };
    let remove = Move { kind: MoveKind::Remove, to: None, copy_from: None, bytes: 0, ..replica(&layout, 0, 0, 4) };
    let moves = [add, remove, leader(0, 1, 4), in_place, leader(1, 2, 3), replica(&layout, 0, 1, 5)];
    let found = sound(&layout, &moves, &bands(&layout, u64::MAX), PACE);
    let ends: Vec<(u32, u64)> = found.moves.iter().zip(found.spans()).map(|(m, s)| (m.partition, s.end_ms)).collect();
    assert_eq!(ends, [(0, 5000), (1, 1000), (1, 1000), (0, 5000), (0, 5000), (0, 10_000)]);
    assert_eq!(found.estimated_seconds, 10);
    assert_eq!(found.moves[5].copy_from, Some(1), "the new copy leads by then");
}

#[test]
fn a_full_node_sends_before_it_receives() {
    // Node 0 holds 600 of at most 600; it gets 500, and 400 and 200 leave it: also the smaller must be gone by then.
    let layout = layout(3, 1, &[(400, &[0]), (200, &[0]), (500, &[1])]);
    let moves = [replica(&layout, 1, 0, 2), replica(&layout, 0, 0, 2), replica(&layout, 2, 1, 0)];
    let found = sound(&layout, &moves, &bands(&layout, 600), PACE);
    let order: Vec<u32> = found.moves.iter().map(|m| m.partition).collect();
    assert_eq!(order, [0, 1, 2]);
    assert_eq!(found.spans().nth(2), Some(Span { start_ms: 6000, end_ms: 11_000 }));
}

#[test]
fn an_exchange_between_full_nodes_stays_together() {
    let layout = layout(3, 1, &[(400, &[0]), (380, &[1]), (10, &[2])]);
    let moves = [replica(&layout, 2, 2, 1), replica(&layout, 0, 0, 1), replica(&layout, 1, 1, 0)];
    let found = sound(&layout, &moves, &bands(&layout, 410), PACE);
    let order: Vec<u32> = found.moves.iter().map(|m| m.partition).collect();
    assert_eq!(order, [2, 0, 1]);
    // The exchange of 400 for 380 takes node 1 above its band only in between.
    let starts: Vec<u64> = found.spans().map(|span| span.start_ms).collect();
    assert_eq!(starts[1], starts[2]);
}

#[test]
fn nothing_takes_no_time() {
    let layout = layout(3, 1, &[(400, &[0])]);
    let found = sound(&layout, &[], &bands(&layout, 0), PACE);
    assert_eq!((found.moves.len(), found.estimated_seconds, found.estimated_seconds_minimum), (0, 0, 0));
}

/// Random moves, also several of one partition, in orders that may be applied.
#[test]
fn any_moves_that_can_be_applied_are_scheduled() {
    for seed in 0..300 {
        let mut dice = SplitMix64::new(seed);
        let layout = random(6, 6, 1 + dice.below(3) as u8, 30, seed);
        let mut after = layout.clone();
        let mut moves = Vec::new();
        for _ in 0..dice.below(60) {
            let partition = dice.below(30) as u32;
            let from = after.holders(partition)[dice.below(after.holders(partition).len() as u64) as usize];
            let m = match dice.below(4) {
                0 => Move { kind: MoveKind::Leader, bytes: 0, ..replica(&after, partition, from, from) },
                _ => replica(&after, partition, from, dice.below(6) as NodeIndex),
            };
            if after.apply(&m) {
                moves.push(m);
            }
        }
        let high = loads(&layout).iter().map(|load| load.bytes).max().unwrap() * (10 + dice.below(4)) / 10;
        let pace = Pace { migrations_per_node: dice.below(3) as u32, ..PACE };
        sound(&layout, &moves, &bands(&layout, high), pace);
    }
}
