//! Hard rules that a layout breaks.

use std::collections::BTreeMap;

use crate::planner::{Hold, Layout, NodeRole};

/// A hard rule. Their order is that of their weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// No replica is on a node that is up.
    NoLiveReplica,
    /// Fewer live replicas than the replication factor.
    TooFewReplicas,
    /// Nobody who is up leads.
    NoLeader,
    /// More replicas in one zone than there have to be.
    ZoneSpread,
    /// More replicas than the replication factor.
    TooManyReplicas,
    /// A node that is to be emptied still holds something.
    NotEmptied,
    /// A node holds more than it can.
    OverCapacity,
}

impl Rule {
    /// All rules.
    pub const ALL: [Self; 7] = [
        Self::NoLiveReplica,
        Self::TooFewReplicas,
        Self::NoLeader,
        Self::ZoneSpread,
        Self::TooManyReplicas,
        Self::NotEmptied,
        Self::OverCapacity,
    ];

    /// The word in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoLiveReplica => "no_live_replica",
            Self::TooFewReplicas => "too_few_replicas",
            Self::NoLeader => "no_leader",
            Self::ZoneSpread => "zone_spread",
            Self::TooManyReplicas => "too_many_replicas",
            Self::NotEmptied => "not_emptied",
            Self::OverCapacity => "over_capacity",
        }
    }

    /// What is wrong with so many of its subjects.
    fn message(self, count: u64, layout: &Layout) -> String {
        let replicas = layout.replication_factor();
        match self {
            Self::NoLiveReplica => format!("{count} partition(s) have no replica on a node that is up"),
            Self::TooFewReplicas => format!("{count} partition(s) have fewer than {replicas} live replicas"),
            Self::NoLeader => format!("{count} partition(s) have no leader that is up"),
            Self::ZoneSpread => {
                let most = layout.zone_replicas_max();
                format!("{count} partition(s) have more than {most} replica(s) in one zone")
            }
            Self::TooManyReplicas => format!("{count} partition(s) have more than {replicas} replicas"),
            Self::NotEmptied => format!("{count} node(s) that are to be emptied still hold something"),
            Self::OverCapacity => format!("{count} node(s) hold more than they can"),
        }
    }
}

/// How often a rule is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Which.
    pub rule: Rule,
    /// Partitions or nodes that break it.
    pub count: u64,
    /// The first of them.
    pub first: String,
    /// For people, one sentence without a full stop.
    pub message: String,
}

/// Every rule that is broken.
#[must_use]
pub fn violations(layout: &Layout) -> Vec<Violation> {
    let mut found: BTreeMap<Rule, (u64, String)> = BTreeMap::new();
    let mut note = |rule: Rule, subject: &dyn std::fmt::Display| {
        found.entry(rule).or_insert_with(|| (0, subject.to_string())).0 += 1;
    };
    let wanted = usize::from(layout.replication_factor());
    let zone_most = usize::from(layout.zone_replicas_max());
    let live = |node: u16| layout.node(node).role.is_readable();
    let mut held = vec![(0_u64, 0_u64); layout.nodes().len()];
    let mut zones = Vec::new();
    for partition in 0..layout.len() as u32 {
        let at = partition as usize;
        if layout.holds()[at] == Hold::Split {
            continue;
        }
        let (holders, id) = (layout.holders(partition), &layout.ids()[at]);
        let alive = holders.iter().filter(|&&node| live(node)).count();
        match alive {
            0 => note(Rule::NoLiveReplica, id),
            n if n < wanted => note(Rule::TooFewReplicas, id),
            _ => {}
        }
        if alive > 0 && !layout.leader(partition).is_some_and(live) {
            note(Rule::NoLeader, id);
        }
        if holders.len() > wanted {
            note(Rule::TooManyReplicas, id);
        }
        zones.clear();
        zones.extend(holders.iter().map(|&node| layout.node(node).zone));
        zones.sort_unstable();
        if zones.chunk_by(|a, b| a == b).any(|zone| zone.len() > zone_most) {
            note(Rule::ZoneSpread, id);
        }
        for &node in holders {
            let held = &mut held[usize::from(node)];
            *held = (held.0 + 1, held.1 + layout.sizes()[at]);
        }
    }
    for (node, (partitions, bytes)) in layout.nodes().iter().zip(held) {
        if node.role == NodeRole::Draining && partitions > 0 {
            note(Rule::NotEmptied, &node.id);
        }
        if node.capacity_bytes.is_some_and(|capacity| bytes > capacity) {
            note(Rule::OverCapacity, &node.id);
        }
    }
    let violation = |(rule, (count, first)): (Rule, (u64, String))| Violation {
        rule,
        count,
        first,
        message: rule.message(count, layout),
    };
    found.into_iter().map(violation).collect()
}
