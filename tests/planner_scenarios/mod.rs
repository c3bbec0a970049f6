//! Clusters to plan on: what happened to each, at any size. Shared by the planner's tests and its benchmark.

#![allow(clippy::wildcard_enum_match_arm, reason = "a scenario names what is different in it")]

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use otlp_part::model::{Location, Node, NodeId, PartitionId, PartitionState, SplitMix64, TimeBucket, Weight};
use otlp_part::planner::layout::LayoutPartition;
use otlp_part::planner::{Hold, Layout, NodeRole};

/// What happened to a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scenario {
    AddTenPercent,
    AddOne,
    DrainOne,
    LoseOne,
    Hot,
    HashSkew,
    Weights,
    FiveZones,
    TwoZones,
    ZoneDrained,
}

pub(crate) const ALL: [Scenario; 10] = [
    Scenario::AddTenPercent,
    Scenario::AddOne,
    Scenario::DrainOne,
    Scenario::LoseOne,
    Scenario::Hot,
    Scenario::HashSkew,
    Scenario::Weights,
    Scenario::FiveZones,
    Scenario::TwoZones,
    Scenario::ZoneDrained,
];

pub(crate) const COPIES: u8 = 3;

/// How the cluster was filled before anything happened to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    /// As a planner leaves it: every node within one partition of its share.
    Even,
    /// As growth leaves it: half of each partition's size is what its placement foresaw, the rest came as it came.
    Noisy,
}

impl Scenario {
    /// The starts that make sense: skew cannot begin even.
    pub(crate) fn starts(self) -> &'static [Start] {
        match self {
            Self::Hot | Self::HashSkew | Self::FiveZones | Self::TwoZones => &[Start::Noisy],
            _ => &[Start::Even, Start::Noisy],
        }
    }
}

/// A node as it is, and as the placement of the existing data saw it.
struct Seat {
    zone: usize,
    weight: u32,
    placed_by: u64,
}

fn seats(scenario: Scenario, nodes: usize, random: &mut SplitMix64) -> Vec<Seat> {
    let zones = match scenario {
        Scenario::TwoZones => 2,
        _ => 3,
    };
    let five = |n: usize| match n * 20 / nodes {
        0..6 => 0,
        6..11 => 1,
        11..15 => 2,
        15..18 => 3,
        _ => 4,
    };
    let new = match scenario {
        Scenario::AddTenPercent => nodes.div_ceil(10),
        Scenario::AddOne => 1,
        _ => 0,
    };
    (0..nodes + new)
        .map(|n| {
            let zone = if scenario == Scenario::FiveZones { five(n) } else { n % zones };
            let weight = if scenario == Scenario::Weights { 1000 << (n / zones % 3) } else { 1000 };
            let placed_by = match scenario {
                _ if n >= nodes => 0,
                Scenario::Hot => 1000 * (1 + u64::from(n % 10 == 3)),
                Scenario::HashSkew | Scenario::FiveZones | Scenario::TwoZones => 800 + random.below(400),
                _ => 1000,
            };
            Seat { zone, weight, placed_by }
        })
        .collect()
}

/// A cluster of so many nodes (before what happened) and partitions.
pub(crate) fn layout(scenario: Scenario, start: Start, nodes: usize, partitions: usize) -> Layout {
    let mut random = SplitMix64::new(nodes as u64 * 31 + partitions as u64);
    let seats = seats(scenario, nodes, &mut random);
    // Zero-padded, so that the natural order is the order of the seats.
    let list: Vec<Node> = seats
        .iter()
        .enumerate()
        .map(|(n, seat)| {
            let mut node = Node::new(NodeId::parse(&format!("node-{n:04}")).unwrap());
            node.weight = Weight::from_millis(seat.weight).unwrap();
            node.location = Location::parse(&format!("az=zone-{}", seat.zone)).unwrap();
            node
        })
        .collect();
    let mut layout = Layout::new(&list, COPIES).unwrap();
    layout.reserve(partitions);
    let zones = layout.zones().len();
    let mut heaps: Vec<BinaryHeap<Reverse<(u64, u16)>>> = vec![BinaryHeap::new(); zones];
    let mut zone_weight = vec![0_u64; zones];
    for (n, seat) in seats.iter().enumerate().filter(|(_, seat)| seat.placed_by > 0) {
        heaps[seat.zone].push(Reverse((random.below(1 << 20), n as u16)));
        zone_weight[seat.zone] += seat.placed_by;
    }
    let most = COPIES.div_ceil(zones as u8);
    let mut zone_level = vec![0_u64; zones];
    for p in 0..partitions {
        let id = PartitionId::new(TimeBucket::new(489_000 + (p / 256) as i64), (p % 256) as u32).unwrap();
        // From 0.5 to 5 GB, most of them small, and a swing over the day.
        let r = random.below(1000);
        let day = 700 + 300 * ((p / 256 % 24) as i64 - 12).unsigned_abs() / 6;
        let size = (500_000_000 + r * r * 4_500) / 1000 * day + random.below(1_000_000);
        let mut holders: Vec<u16> = Vec::with_capacity(COPIES.into());
        let mut order: Vec<usize> = (0..zones).collect();
        order.sort_by_key(|&zone| (zone_level[zone], zone));
        'copies: for _ in 0..most {
            for &zone in &order {
                if holders.len() == usize::from(COPIES) {
                    break 'copies;
                }
                let mut skipped = Vec::new();
                while let Some(Reverse((level, node))) = heaps[zone].pop() {
                    if holders.contains(&node) {
                        skipped.push(Reverse((level, node)));
                        continue;
                    }
                    let noise = random.below(size / 1000 + 1) * 1000;
                    let weighed = if start == Start::Noisy { size / 2 + noise } else { size };
                    let step = weighed / 1000 * 1_000_000 / seats[usize::from(node)].placed_by;
                    heaps[zone].push(Reverse((level + step, node)));
                    zone_level[zone] += size / 1000 * 1_000_000 / zone_weight[zone];
                    holders.push(node);
                    break;
                }
                heaps[zone].extend(skipped);
            }
        }
        let leader = holders[random.below(holders.len() as u64) as usize];
        let partition = LayoutPartition {
            id,
            size_bytes: size,
            nodes: &holders,
            leader: Some(leader),
            hold: Hold::Free,
            state: PartitionState::Active,
            revision: p as u64 + 1,
            epoch: 0,
        };
        layout.push(&partition).unwrap();
    }
    match scenario {
        Scenario::DrainOne => layout.set_role(1, NodeRole::Draining),
        Scenario::LoseOne => layout.set_role(1, NodeRole::Lost),
        Scenario::ZoneDrained => {
            for n in (0..nodes as u16).filter(|n| n % 3 == 0) {
                layout.set_role(n, NodeRole::Draining);
            }
        }
        _ => {}
    }
    layout
}
