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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Location, Node, NodeId, PartitionId, PartitionState, TimeBucket};
    use crate::planner::layout::LayoutPartition;

    #[test]
    fn each_rule_is_told_with_its_first_offender() {
        let node = |(id, zone): (&str, &str)| Node {
            location: Location::parse(&format!("az={zone}")).unwrap(),
            capacity_bytes: Some(30),
            ..Node::new(NodeId::parse(id).unwrap())
        };
        let nodes = [("a", "x"), ("b", "x"), ("c", "y"), ("d", "z"), ("e", "z")].map(node);
        let mut layout = Layout::new(&nodes, 3).unwrap();
        let lists: [&[u16]; 6] = [&[0, 2, 3], &[0, 1, 2], &[4], &[2, 3], &[0, 2, 3, 1], &[4, 0, 2]];
        for (index, nodes) in (0..).zip(lists) {
            let partition = LayoutPartition {
                id: PartitionId::new(TimeBucket::new(1), index).unwrap(),
                size_bytes: 10,
                nodes,
                leader: nodes.first().copied(),
                // What was split is held by its children.
                hold: if index == 3 { Hold::Split } else { Hold::Free },
                state: PartitionState::Active,
                revision: 1,
                epoch: 0,
            };
            layout.push(&partition).unwrap();
        }
        layout.set_role(4, NodeRole::Lost);
        layout.set_role(3, NodeRole::Draining);
        // Of the three zones two have a node that stays.
        assert_eq!(layout.zone_replicas_max(), 2);
        let told: Vec<(Rule, u64, String)> =
            violations(&layout).into_iter().map(|v| (v.rule, v.count, v.first)).collect();
        let id = |n: u32| format!("partition_1_000{n}");
        let expected = [
            (Rule::NoLiveReplica, 1, id(2)),
            (Rule::TooFewReplicas, 1, id(5)),
            (Rule::NoLeader, 1, id(5)),
            (Rule::TooManyReplicas, 1, id(4)),
            (Rule::NotEmptied, 1, "d".to_owned()),
            (Rule::OverCapacity, 2, "a".to_owned()),
        ];
        assert_eq!(told, expected);
    }
}
