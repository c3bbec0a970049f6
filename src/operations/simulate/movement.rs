//! What must be copied to get from one layout to another, against the least that any placement needs.

use crate::placement::NodeIndex;
use crate::planner::plan::MoveKind;
use crate::planner::{Layout, Move, Plan};

use super::figures::{fair_shares, ratio};
use super::place::numbers;

/// What moves.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Movement {
    /// Partitions of which at least one replica moves.
    pub partitions: u64,
    /// Replicas that are copied.
    pub replicas: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Partitions that get another leader.
    pub leaders: u64,
    /// The part of all replicas' bytes that is copied; of replicas, if all are empty.
    pub fraction: f64,
    /// The least that has to be copied, bytes.
    pub minimum_bytes: u64,
    /// The same as a part of all bytes.
    pub minimum_fraction: f64,
}

/// Compares two layouts of the same partitions. The minimum is that of the shares: what the nodes' fair shares grow by has
/// to come from elsewhere, however the placement is made.
#[must_use]
pub fn between(before: &Layout, after: &Layout) -> Movement {
    let numbers = numbers(before, after);
    let number = |node: NodeIndex| numbers[usize::from(node)];
    let mut moved = Movement::default();
    let (mut bytes, mut replicas) = (0_u64, 0_u64);
    let mut held: Vec<NodeIndex> = Vec::new();
    for partition in 0..before.len().min(after.len()) as u32 {
        let size = before.sizes()[partition as usize];
        held.clear();
        held.extend(before.holders(partition).iter().filter_map(|&node| number(node)));
        let new = after.holders(partition).iter().filter(|node| !held.contains(node)).count() as u64;
        moved.partitions += u64::from(new > 0);
        moved.replicas += new;
        moved.bytes += new * size;
        moved.leaders += u64::from(before.leader(partition).and_then(number) != after.leader(partition));
        replicas += before.holders(partition).len() as u64;
        bytes += before.holders(partition).len() as u64 * size;
    }
    let fair_after = fair_shares(after, after.sizes().iter().sum());
    let mut fair_before = vec![0; after.nodes().len()];
    for (fair, number) in fair_shares(before, before.sizes().iter().sum()).into_iter().zip(&numbers) {
        if let Some(number) = number {
            fair_before[usize::from(*number)] = fair;
        }
    }
    let grown: u64 = fair_after.iter().zip(&fair_before).map(|(new, old)| new.saturating_sub(*old)).sum();
    moved.fraction = if bytes == 0 { ratio(moved.replicas, replicas) } else { ratio(moved.bytes, bytes) };
    // Shares are whole bytes: what rounding alone moves is nothing.
    let rounding = after.nodes().len() as u64;
    moved.minimum_bytes = if grown <= rounding { 0 } else { grown };
    moved.minimum_fraction = if bytes == 0 { 0.0 } else { ratio(moved.minimum_bytes, bytes) };
    moved
}

/// What a plan moves; the minimum is the planner's bound for its bands.
#[must_use]
pub fn of_plan(before: &Layout, after: &Layout, plan: &Plan) -> Movement {
    let copies = |step: &&Move| matches!(step.kind, MoveKind::Replica | MoveKind::Repair);
    let mut partitions: Vec<u32> = plan.moves.iter().filter(copies).map(|step| step.partition).collect();
    let replicas = partitions.len() as u64;
    partitions.sort_unstable();
    partitions.dedup();
    counted(before, after, (partitions.len() as u64, replicas, plan.bytes), plan.lower_bound_bytes)
}

/// Partitions, replicas and bytes that were counted move by move: a copy that is made anew where it was counts, too.
#[must_use]
pub fn counted(
    before: &Layout,
    after: &Layout,
    (partitions, replicas, bytes): (u64, u64, u64),
    minimum_bytes: u64,
) -> Movement {
    let held = (0..before.len() as u32).map(|p| (before.holders(p).len() as u64, before.sizes()[p as usize]));
    let (all, all_bytes) = held.fold((0, 0), |sum, (count, size)| (sum.0 + count, sum.1 + count * size));
    let share = |bytes: u64| if all_bytes == 0 { 0.0 } else { ratio(bytes, all_bytes) };
    Movement {
        partitions,
        replicas,
        bytes,
        leaders: between(before, after).leaders,
        fraction: if all_bytes == 0 { ratio(replicas, all) } else { share(bytes) },
        minimum_bytes,
        minimum_fraction: share(minimum_bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ClusterSpec, Node, NodeId};
    use crate::operations::simulate::place::{placed, replaced};
    use crate::operations::simulate::population::Synthetic;
    use crate::operations::simulate::setup::{AddCount, Change, Setup};

    fn setup(nodes: usize) -> Setup {
        let node = |n| Node::new(NodeId::parse(&format!("n{n}")).unwrap());
        Setup::new(ClusterSpec::default(), (0..nodes).map(node).collect()).unwrap()
    }

    #[test]
    fn a_new_node_takes_its_share_and_no_more() {
        let synthetic = Synthetic { partitions: 20_000, size_bytes: 1_000, spread_ppm: 0, seed: 1, until: None };
        let before = setup(9);
        let layout = placed(&before, &synthetic.population(before.partitioning()).unwrap()).unwrap();
        let after = before.changed(&[Change::AddCount(AddCount::Nodes(1))]).unwrap();
        let moved = between(&layout, &replaced(&layout, &after).unwrap());
        assert!((moved.minimum_fraction - 0.1).abs() < 1e-6, "{moved:?}");
        assert!((moved.fraction - 0.1).abs() < 0.02, "a ring moves what the new node gets: {moved:?}");
        assert_eq!(moved.bytes, moved.replicas * 1_000);
        assert_eq!(moved.partitions, moved.replicas, "one node takes one replica of a partition");
        let nothing = between(&layout, &replaced(&layout, &before).unwrap());
        assert_eq!(nothing, Movement::default());
    }

    #[test]
    fn more_replicas_are_copied_whole() {
        let synthetic = Synthetic { partitions: 1_000, size_bytes: 10, spread_ppm: 0, seed: 1, until: None };
        let before = setup(6);
        let layout = placed(&before, &synthetic.population(before.partitioning()).unwrap()).unwrap();
        let mut after = before.clone();
        after.spec.replication_factor = 4;
        let moved = between(&layout, &replaced(&layout, &after).unwrap());
        assert_eq!((moved.bytes, moved.minimum_bytes), (10_000, 10_000));
    }
}
