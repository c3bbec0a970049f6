//! Random clusters, and plans put together by hand.

use otlp_part::model::{
    Location, Node, NodeId, NodeState, PartitionId, PartitionState, SplitMix64, TimeBucket, Timestamp, Weight,
};
use otlp_part::placement::NodeIndex;
use otlp_part::planner::document::{PlanDocument, Provenance};
use otlp_part::planner::layout::LayoutPartition;
use otlp_part::planner::schedule::schedule;
use otlp_part::planner::{Hold, Layout, Move, NodeRole, Plan, Settings, Unplanned, bound, loads, targets};

/// Draws from the sequence of a seed.
pub(crate) struct Random(SplitMix64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(SplitMix64::new(seed))
    }

    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.0.next_u64() % n.max(1)
    }

    /// True once in so many times.
    pub(crate) fn once_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }
}

/// Nodes of a cluster: zones of any number and size, weights, capacities, states.
fn nodes(random: &mut Random) -> Vec<Node> {
    let count = if random.once_in(10) { 1 + random.below(40) } else { 1 + random.below(12) };
    let zones = 1 + random.below(5);
    let (weights, capacities, states) = (random.below(3), random.once_in(4), random.below(3));
    let node = |n: u64| {
        let mut node = Node::new(NodeId::parse(&format!("n{n}")).unwrap());
        let zone = if random.once_in(4) { random.below(zones) } else { n % zones };
        if zones > 1 {
            node.location = Location::parse(&format!("az=z{zone}")).unwrap();
        }
        node.weight = match weights {
            0 => Weight::ONE,
            1 => Weight::from_millis(1000 << random.below(3)).unwrap(),
            _ => Weight::from_millis(200 + random.below(3000) as u32).unwrap(),
        };
        node.capacity_bytes = capacities.then(|| 1 << (20 + random.below(8)));
        let usual = NodeState::Active;
        node.state = match states {
            0 => usual,
            1 => random.pick(&[usual, usual, usual, usual, usual, NodeState::Draining]),
            _ => random.pick(&[usual, usual, usual, usual, NodeState::Draining, NodeState::Cordoned, NodeState::Down]),
        };
        node
    };
    (0..count).map(node).collect()
}

/// A cluster that may be skewed, damaged, pinned, marked.
pub(crate) fn layout(random: &mut Random) -> Layout {
    let nodes = nodes(random);
    let copies = random.pick(&[1, 2, 3, 3, 3, 5]);
    let mut layout = Layout::new(&nodes, copies).unwrap();
    for at in 0..nodes.len() as NodeIndex {
        if random.once_in(30) {
            layout.set_role(at, NodeRole::Fixed);
        }
    }
    let partitions = match random.below(20) {
        0..3 => random.below(5),
        3..19 => random.below(120),
        _ => random.below(400),
    };
    let (sizes, damage, holds, marks, crowded) =
        (random.below(5), random.once_in(3), random.once_in(2), random.once_in(4), random.once_in(4));
    let coming = random.once_in(4);
    // New nodes hold nothing yet.
    let used = if random.once_in(3) { nodes.len().div_ceil(2) } else { nodes.len() };
    for index in 0..partitions {
        let size_bytes = match sizes {
            0 => 1000,
            1 => random.below(2000) * random.below(50),
            2 => (1 << random.below(18)) + random.below(1000),
            3 if index == 0 => 3_000_000,
            3 => 100 + random.below(100),
            _ => 1000 + random.below(9000),
        };
        let (hurt, near) = (damage && random.once_in(10), crowded && random.once_in(3));
        let holders = holders(&layout, random, used, hurt, near);
        let leader = if random.once_in(50) || holders.is_empty() {
            None
        } else {
            Some(random.pick(&holders[..1 + holders.len() / 3]))
        };
        let hold = if holds && random.once_in(5) { random.pick(&HOLDS) } else { Hold::Free };
        // The last time buckets are yet to come.
        let hold = if coming && index / 16 >= partitions / 24 { Hold::Future } else { hold };
        let state = if random.once_in(5) { PartitionState::ReadOnly } else { PartitionState::Active };
        let id = PartitionId::new(TimeBucket::new(489_000 + index as i64 / 16), (index % 16) as u32).unwrap();
        let size_bytes = if hold == Hold::Future { 0 } else { size_bytes };
        let (revision, epoch) = (1 + random.below(100), random.below(3));
        layout
            .push(&LayoutPartition { id, size_bytes, nodes: &holders, leader, hold, state, revision, epoch })
            .unwrap();
        if marks && !holders.is_empty() && random.once_in(20) {
            layout.mark(index as u32, random.pick(&holders));
        }
    }
    layout
}

const HOLDS: [Hold; 7] =
    [Hold::Open, Hold::Pinned, Hold::Expiring, Hold::InFlight, Hold::ForeignState, Hold::Split, Hold::Excluded];

/// Holders in as many zones as there are, the first nodes more often; without regard to zones if `crowded`.
fn holders(layout: &Layout, random: &mut Random, used: usize, damaged: bool, crowded: bool) -> Vec<NodeIndex> {
    let wanted = usize::from(layout.replication_factor()).min(used);
    let zones = layout.zones().len();
    let most = if crowded { wanted } else { wanted.div_ceil(zones.max(1)) };
    let mut holders: Vec<NodeIndex> = Vec::new();
    for _ in 0..200 {
        if holders.len() == wanted {
            break;
        }
        let node = random.below(used as u64).min(random.below(used as u64)) as NodeIndex;
        let zone = layout.node(node).zone;
        if !holders.contains(&node) && holders.iter().filter(|&&n| layout.node(n).zone == zone).count() < most {
            holders.push(node);
        }
    }
    if damaged {
        holders.truncate(random.below(holders.len() as u64 + 1) as usize);
    }
    holders
}

/// Who asked for a plan.
pub(crate) fn provenance() -> Provenance {
    Provenance {
        cluster_id: "c1".into(),
        created_at: Timestamp::from_seconds(1_762_355_400),
        created_by: "ann".into(),
        store_revision: 9,
        drain: Vec::new(),
        exclude_nodes: Vec::new(),
        exclude_partitions: Vec::new(),
        include_open: false,
    }
}

/// A plan of these moves with all its figures.
pub(crate) fn assembled(
    layout: &Layout,
    moves: &[Move],
    settings: &Settings,
    unplanned: Vec<Unplanned>,
) -> PlanDocument {
    let aims = targets::targets(layout, settings.band_ppm);
    let scheduled = schedule(layout, moves.to_vec(), &aims.nodes, settings.pace);
    let mut after = layout.clone();
    for m in &scheduled.moves {
        assert!(after.apply(m), "{m:?}");
    }
    let (before, end) = (loads::loads(layout), loads::loads(&after));
    let both = || before.iter().zip(&end);
    let plan = Plan {
        bytes: scheduled.moves.iter().map(|m| m.bytes).sum(),
        moves: scheduled.moves,
        unplanned,
        lower_bound_bytes: bound::lower_bound(layout, &aims),
        leaders: both().map(|(before, after)| (before.leaders, after.leaders)).collect(),
        loads: both().map(|(before, after)| (before.bytes, after.bytes)).collect(),
        before: loads::balance(layout, &aims),
        after: loads::balance(&after, &aims),
        targets: aims.nodes,
        estimated_seconds: scheduled.estimated_seconds,
        estimated_seconds_minimum: scheduled.estimated_seconds_minimum,
    };
    PlanDocument::new(layout, settings, &plan, provenance())
}
