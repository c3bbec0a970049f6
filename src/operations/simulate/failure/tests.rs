use super::*;
use crate::model::{Location, Node, PartitionId, PartitionState, TimeBucket};
use crate::planner::layout::LayoutPartition;

/// Nodes a to d; each partition by its holders, the first leads.
fn layout(partitions: &[&[NodeIndex]]) -> Layout {
    let node = |(id, zone): (&str, &str)| Node {
        location: Location::parse(&format!("az={zone}")).unwrap(),
        ..Node::new(NodeId::parse(id).unwrap())
    };
    let nodes = [("a", "x"), ("b", "x"), ("c", "y"), ("d", "z")].map(node);
    let mut layout = Layout::new(&nodes, 3).unwrap();
    for (index, holders) in (0..).zip(partitions) {
        let partition = LayoutPartition {
            id: PartitionId::new(TimeBucket::new(1), index).unwrap(),
            size_bytes: 100,
            nodes: holders,
            leader: holders.first().copied(),
            hold: Hold::Free,
            state: PartitionState::Active,
            revision: 1,
            epoch: 0,
        };
        layout.push(&partition).unwrap();
    }
    layout
}

fn failing(nodes: &[&str], zones: &[&str], random: u32, rounds: u32) -> Failing {
    Failing {
        nodes: nodes.iter().map(|id| NodeId::parse(id).unwrap()).collect(),
        zones: zones.iter().map(ToString::to_string).collect(),
        random,
        rounds,
        seed: 1,
    }
}

#[test]
fn a_zone_takes_leaders_quorum_and_data_with_it() {
    let layout = layout(&[&[0, 2, 3], &[1, 0, 2], &[0, 1], &[2, 3, 0]]);
    let failure = fail(&layout, &failing(&[], &["x"], 0, 1)).unwrap();
    let round = failure.worst().unwrap();
    let counts = (round.without_leader, round.leaderless, round.below_quorum, round.lost, round.lost_bytes);
    assert_eq!(counts, (3, 1, 2, 1, 100), "{round:?}");
    assert_eq!((round.live_replicas_min, round.leaders_most), (0, 3));
    let of = |node: usize| (failure.survivors[node].leaders_before, failure.survivors[node].leaders_after);
    assert_eq!([of(0), of(1), of(2), of(3)], [(2, 0), (1, 0), (1, 3), (0, 0)]);
    // c read a third of three partitions, then a half of two and all of one.
    assert!((round.reads_growth_max - 2.0).abs() < 1e-9, "{round:?}");
    let shares: f64 = failure.survivors.iter().map(|s| s.reads_after).sum();
    assert!((shares - 1.0).abs() < 1e-9);
}

#[test]
fn what_is_down_or_unled_before_counts_too() {
    let mut layout = layout(&[&[0, 2, 3], &[], &[3, 2, 1]]);
    layout.set_role(3, NodeRole::Lost);
    let failure = fail(&layout, &failing(&["c"], &[], 0, 1)).unwrap();
    let round = failure.worst().unwrap();
    assert_eq!((round.without_leader, round.leaderless, round.below_quorum, round.lost), (2, 1, 3, 1), "{round:?}");
    assert_eq!(failure.survivors[1].leaders_after, 1, "b has the last copy");
    // A copy that misses something does not lead.
    layout.mark(2, 1);
    assert_eq!(fail(&layout, &failing(&["c"], &[], 0, 1)).unwrap().worst().unwrap().leaderless, 2);
}

/// The count by the layout itself, partition by partition.
#[test]
fn rounds_agree_with_a_plain_count() {
    let lists: Vec<Vec<NodeIndex>> = (0..40).map(|n| vec![n % 4, (n + 1 + n / 4 % 2) % 4, (n + 3) % 4]).collect();
    let layout = layout(&lists.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let failure = fail(&layout, &failing(&["a"], &[], 1, 20)).unwrap();
    assert_eq!(failure.rounds.len(), 20);
    for round in &failure.rounds {
        assert_eq!((round.failed.len(), round.failed[0].as_str()), (2, "a"));
        let down: Vec<NodeIndex> = round.failed.iter().map(|id| layout.node_index(id).unwrap()).collect();
        let alive = |list: &&Vec<NodeIndex>| list.iter().filter(|n| !down.contains(n)).count();
        let (below, lost) =
            (lists.iter().filter(|l| alive(l) < 2).count(), lists.iter().filter(|l| alive(l) == 0).count());
        let led = lists.iter().filter(|list| down.contains(&list[0])).count();
        assert_eq!((round.below_quorum, round.lost, round.without_leader), (below as u64, lost as u64, led as u64));
    }
    assert_eq!(failure, fail(&layout, &failing(&["a"], &[], 1, 20)).unwrap(), "the seed decides");
    let other = Failing { seed: 2, ..failing(&["a"], &[], 1, 20) };
    assert_ne!(failure.rounds, fail(&layout, &other).unwrap().rounds);
    let worst = failure.worst().unwrap().badness();
    assert!(failure.rounds.iter().all(|round| round.badness() <= worst));
}

#[test]
fn what_cannot_fail_is_told() {
    let layout = layout(&[&[0, 1, 2]]);
    let told = |failing: Failing| fail(&layout, &failing).unwrap_err().to_string();
    assert_eq!(told(failing(&["e"], &[], 0, 1)), "node e does not exist");
    assert_eq!(told(failing(&[], &["w"], 0, 1)), "a node in zone \"w\" does not exist");
    assert_eq!(told(failing(&["a"], &[], 4, 1)), "4 nodes cannot fail: only 3 others are up");
    assert!(told(failing(&["a"], &[], 0, 0)).contains("0 rounds"));
    assert!(told(failing(&["a"], &[], 0, ROUNDS_MAX + 1)).contains("rounds"));
}
