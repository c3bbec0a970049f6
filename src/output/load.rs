//! How loaded nodes are before and after a change, against what they should hold: what bars and reports are drawn of.
//!
//! Many nodes are brought together: one entry a zone, the nodes furthest from their targets, and a histogram.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::model::ByteSize;
use crate::model::node::natural_cmp;

/// So many nodes are shown one by one; more are brought together.
pub(super) const NODES_SHOWN_MAX: usize = 60;

/// So many zones are shown one by one; the smallest beyond are one entry.
const ZONES_SHOWN_MAX: usize = 24;

/// So many of the nodes furthest from their targets are shown.
const FURTHEST: usize = 8;

/// What loads are counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LoadUnit {
    /// Bytes.
    #[default]
    Bytes,
    /// Partitions, where no sizes are known.
    Partitions,
}

impl LoadUnit {
    /// The load for people.
    #[must_use]
    pub fn show(self, load: u64) -> String {
        match self {
            Self::Bytes => ByteSize(load).to_string(),
            Self::Partitions => load.to_string(),
        }
    }

    /// What is counted.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bytes => "bytes",
            Self::Partitions => "partitions",
        }
    }
}

/// A node's load before and after, and where it should be. Names come from outside and are escaped when they are drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NodeLoadChange {
    /// The node.
    pub node: String,
    /// Its availability zone, "" without one.
    pub zone: String,
    /// Before.
    pub before: u64,
    /// After.
    pub after: u64,
    /// Its share; 0 = it is to be empty.
    pub target: u64,
    /// Lower edge of its band; without a band the target.
    pub low: u64,
    /// Upper edge of its band; without a band the target.
    pub high: u64,
}

impl NodeLoadChange {
    /// Whether there is a band at all.
    pub(super) fn has_band(&self) -> bool {
        self.low < self.high
    }

    /// Whether it ends where it should. Without a band there is nothing to miss, unless it is to be empty.
    pub(super) fn ends_outside(&self) -> bool {
        let banded = self.has_band() && !(self.low..=self.high).contains(&self.after);
        banded || self.target == 0 && self.after > 0
    }

    /// The largest number in it.
    pub(super) fn largest(&self) -> u64 {
        self.before.max(self.after).max(self.target).max(self.high)
    }
}

/// `load ÷ target − 1`; nothing where both are 0, infinite where only the target is.
pub(super) fn deviation(load: u64, target: u64) -> Option<f64> {
    match (load, target) {
        (0, 0) => None,
        (_, 0) => Some(f64::INFINITY),
        _ => Some(load as f64 / target as f64 - 1.0),
    }
}

/// The edges between the steps of the histogram, per cent.
const EDGES: [i8; 8] = [-20, -10, -5, -2, 2, 5, 10, 20];

/// How many nodes lie in one step of deviation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HistogramStep {
    /// For people; plain ASCII.
    pub(super) label: String,
    /// Nodes before.
    pub(super) before: u64,
    /// Nodes after.
    pub(super) after: u64,
}

/// Many nodes, brought together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Collapsed {
    /// One entry a zone; `node` names the zone and how many nodes it has.
    pub(super) zones: Vec<NodeLoadChange>,
    /// The nodes that are furthest from their targets, before or after.
    pub(super) furthest: Vec<NodeLoadChange>,
    /// How many nodes deviate how far.
    pub(super) histogram: Vec<HistogramStep>,
}

/// The name of a zone.
pub(super) fn zone_name(zone: &str) -> &str {
    if zone.is_empty() { "no zone" } else { zone }
}

/// Brings many nodes together.
pub(super) fn collapse(loads: &[NodeLoadChange]) -> Collapsed {
    Collapsed { zones: zones(loads), furthest: furthest(loads), histogram: histogram(loads) }
}

fn add(sum: &mut NodeLoadChange, load: &NodeLoadChange) {
    for (sum, load) in [
        (&mut sum.before, load.before),
        (&mut sum.after, load.after),
        (&mut sum.target, load.target),
        (&mut sum.low, load.low),
        (&mut sum.high, load.high),
    ] {
        *sum = sum.saturating_add(load);
    }
}

fn zones(loads: &[NodeLoadChange]) -> Vec<NodeLoadChange> {
    let mut by_name: BTreeMap<&str, (NodeLoadChange, usize)> = BTreeMap::new();
    for load in loads {
        let (sum, nodes) = by_name.entry(&load.zone).or_default();
        add(sum, load);
        *nodes += 1;
    }
    let mut order: Vec<&str> = by_name.keys().copied().collect();
    order.sort_by_key(|zone| std::cmp::Reverse(by_name[zone].0.largest()));
    let beyond = order.split_off(order.len().min(ZONES_SHOWN_MAX));
    let (mut rest, mut rest_nodes) = (NodeLoadChange::default(), 0);
    for zone in &beyond {
        let (sum, nodes) = &by_name[zone];
        add(&mut rest, sum);
        rest_nodes += nodes;
        by_name.remove(zone);
    }
    let name = |name: &str, nodes: usize| match nodes {
        1 => format!("{name} (1 node)"),
        _ => format!("{name} ({nodes} nodes)"),
    };
    let mut kept: Vec<_> = by_name.into_iter().collect();
    kept.sort_by(|(a, _), (b, _)| natural_cmp(a, b));
    let mut out: Vec<NodeLoadChange> = kept
        .into_iter()
        .map(|(zone, (sum, nodes))| NodeLoadChange { node: name(zone_name(zone), nodes), zone: zone.to_owned(), ..sum })
        .collect();
    if !beyond.is_empty() {
        out.push(NodeLoadChange { node: name(&format!("{} more zones", beyond.len()), rest_nodes), ..rest });
    }
    out
}

fn furthest(loads: &[NodeLoadChange]) -> Vec<NodeLoadChange> {
    let distance = |load: &NodeLoadChange| {
        let of = |side| deviation(side, load.target).map_or(0.0, f64::abs);
        of(load.before).max(of(load.after))
    };
    let mut order: Vec<&NodeLoadChange> = loads.iter().collect();
    // A stable sort: equal ones stay in the order of the nodes.
    order.sort_by(|a, b| distance(b).partial_cmp(&distance(a)).unwrap_or(Ordering::Equal));
    order.into_iter().take(FURTHEST).cloned().collect()
}

fn histogram(loads: &[NodeLoadChange]) -> Vec<HistogramStep> {
    let percent = |edge: i8| format!("{edge:+} %");
    let mut steps: Vec<HistogramStep> = (0..=EDGES.len())
        .map(|i| match (i.checked_sub(1).map(|i| EDGES[i]), EDGES.get(i)) {
            (None, Some(high)) => format!("below {}", percent(*high)),
            (Some(low), None) => format!("above {}", percent(low)),
            (Some(low), Some(high)) => format!("{} to {}", percent(low), percent(*high)),
            (None, None) => String::new(),
        })
        .chain(["to be empty, is not".to_owned()])
        .map(|label| HistogramStep { label, before: 0, after: 0 })
        .collect();
    let empty = steps.len() - 1;
    // An edge belongs to the step that is nearer to the target.
    let is_beyond = |load: u64, target: u64, edge: i8| {
        let (load, edge_load) = (u128::from(load) * 100, u128::from(target) * (100 + i16::from(edge)) as u128);
        if edge < 0 { load >= edge_load } else { load > edge_load }
    };
    let step_of = |load: u64, target: u64| match (load, target) {
        (0, 0) => None,
        (_, 0) => Some(empty),
        _ => Some(EDGES.iter().filter(|edge| is_beyond(load, target, **edge)).count()),
    };
    for load in loads {
        if let Some(step) = step_of(load.before, load.target) {
            steps[step].before += 1;
        }
        if let Some(step) = step_of(load.after, load.target) {
            steps[step].after += 1;
        }
    }
    if steps[empty].before == 0 && steps[empty].after == 0 {
        steps.pop();
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(node: usize, zone: &str, before: u64, after: u64, target: u64) -> NodeLoadChange {
        let band = target / 50;
        NodeLoadChange {
            node: format!("n{node}"),
            zone: zone.to_owned(),
            before,
            after,
            target,
            low: target - band,
            high: target + band,
        }
    }

    #[test]
    fn nodes_are_brought_together() {
        let mut loads: Vec<_> = (0..90).map(|n| load(n, ["a", "b", ""][n % 3], 1000, 1000, 1000)).collect();
        loads[7].before = 1300;
        loads[8] = load(8, "", 500, 0, 0);
        loads[9].after = 981;
        let Collapsed { zones, furthest, histogram } = collapse(&loads);
        let names: Vec<&str> = zones.iter().map(|z| z.node.as_str()).collect();
        assert_eq!(names, ["no zone (30 nodes)", "a (30 nodes)", "b (30 nodes)"]);
        assert_eq!((zones[0].before, zones[0].target, zones[2].before), (29_500, 29_000, 30_300), "n7 is in b");
        let far: Vec<&str> = furthest.iter().map(|l| l.node.as_str()).collect();
        assert_eq!(&far[..4], ["n8", "n7", "n9", "n0"]);
        let of = |label: &str| histogram.iter().find(|s| s.label == label).map(|s| (s.before, s.after)).unwrap();
        assert_eq!((of("-2 % to +2 %"), of("above +20 %"), of("to be empty, is not")), ((88, 89), (1, 0), (1, 0)));
        assert_eq!(histogram.iter().map(|s| s.before).sum::<u64>(), 90);
        assert_eq!(histogram.iter().map(|s| s.after).sum::<u64>(), 89, "what is empty as it should be is not counted");
    }

    #[test]
    fn edges_belong_to_the_step_nearer_to_zero() {
        let at = |before| {
            let steps = histogram(&[load(0, "a", before, 0, 1000)]);
            steps.into_iter().find(|s| s.before == 1).unwrap().label
        };
        for (before, label) in
            [(980, "-2 % to +2 %"), (979, "-5 % to -2 %"), (1020, "-2 % to +2 %"), (0, "below -20 %")]
        {
            assert_eq!(at(before), label, "{before}");
        }
        assert_eq!(
            (at(1021).as_str(), at(1200).as_str(), at(1201).as_str()),
            ("+2 % to +5 %", "+10 % to +20 %", "above +20 %")
        );
    }

    #[test]
    fn many_zones_and_huge_loads() {
        let loads: Vec<_> = (0..100).map(|n| load(n, &format!("z{n:03}"), u64::MAX - 99 + n as u64, 1, 1)).collect();
        let zones = zones(&loads);
        assert_eq!(zones.len(), ZONES_SHOWN_MAX + 1);
        assert_eq!(zones[0].node, "z076 (1 node)", "the largest stay");
        assert_eq!((zones[24].node.as_str(), zones[24].before), ("76 more zones (76 nodes)", u64::MAX));
    }

    #[test]
    fn a_node_misses_only_what_it_has() {
        let mut node = load(0, "a", 0, 1020, 1000);
        assert!(!node.ends_outside());
        node.after = 1021;
        assert!(node.ends_outside());
        (node.low, node.high) = (1000, 1000);
        assert!(!node.ends_outside(), "without a band");
        assert!(load(0, "a", 9, 1, 0).ends_outside() && !load(0, "a", 9, 0, 0).ends_outside());
    }
}
