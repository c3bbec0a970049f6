//! A layout in figures: load of each node against its fair share, and how even the whole is.
//!
//! A node's fair share follows weights and zones ([`crate::placement::water_fill`]): where every zone must hold a copy of
//! everything, a zone with fewer nodes has fuller ones, and no placement changes that. Unlike the planner's targets it does
//! not follow what may not be moved, so that a cluster does not look even because nothing in it can move.

use crate::model::{NodeId, TimeBucket, Weight};
use crate::placement::NodeIndex;
use crate::placement::water_fill::{Vessel, water_fill};
use crate::planner::{Hold, Layout, LayoutNode, NodeRole};

/// One node.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeFigures {
    /// Which.
    pub node: NodeId,
    /// Its zone, "" without one.
    pub zone: String,
    /// Its weight.
    pub weight: Weight,
    /// What may be done with it.
    pub role: NodeRole,
    /// How much it can hold.
    pub capacity_bytes: Option<u64>,
    /// Replicas on it.
    pub partitions: u64,
    /// Partitions that it leads.
    pub leaders: u64,
    /// Bytes on it.
    pub bytes: u64,
    /// Its part of all bytes.
    pub share: f64,
    /// Its fair share, bytes.
    pub target_bytes: u64,
    /// Load ÷ fair share − 1; none for a node that is to hold nothing.
    pub deviation: Option<f64>,
    /// How full it is, where its capacity is known.
    pub fill: Option<f64>,
    /// Partitions of the open time bucket that it leads.
    pub open_leaders: u64,
}

/// How evenly the leaders of some partitions lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeaderSpread {
    /// The partitions.
    pub partitions: u64,
    /// The most leaders of one node.
    pub most: u64,
    /// The largest deviation of a node's leaders from its share by weight.
    pub skew: f64,
    /// The smallest skew that whole leaders allow.
    pub skew_minimum: f64,
}

/// A layout in figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// Every node, in natural order.
    pub nodes: Vec<NodeFigures>,
    /// Partitions.
    pub partitions: u64,
    /// Bytes of all replicas.
    pub bytes: u64,
    /// The largest deviation.
    pub skew: f64,
    /// The largest absolute one.
    pub max_deviation: f64,
    /// Standard deviation of the deviations.
    pub stddev: f64,
    /// The node with the largest deviation.
    pub most_loaded: Option<NodeId>,
    /// The node with the smallest.
    pub least_loaded: Option<NodeId>,
    /// The same of numbers of replicas instead of bytes.
    pub partition_skew: f64,
    /// All leaders.
    pub leaders: LeaderSpread,
    /// Leaders of the open time bucket.
    pub open: Option<(TimeBucket, LeaderSpread)>,
}

impl Figures {
    /// The fullest node of a known capacity.
    #[must_use]
    pub fn fullest(&self) -> Option<(&NodeId, f64)> {
        let fills = self.nodes.iter().filter_map(|node| Some((&node.node, node.fill?)));
        fills.max_by(|a, b| a.1.total_cmp(&b.1))
    }
}

/// Partitions, leaders and bytes of a node.
#[derive(Clone, Copy, Default)]
struct Load {
    partitions: u64,
    leaders: u64,
    bytes: u64,
    open_leaders: u64,
}

/// The figures of a layout; `open` is the time bucket that is still written.
#[must_use]
pub fn figures(layout: &Layout, open: Option<TimeBucket>) -> Figures {
    let mut loads = vec![Load::default(); layout.nodes().len()];
    let (mut partitions, mut open_partitions) = (0, 0);
    for partition in 0..layout.len() as u32 {
        let at = partition as usize;
        if layout.holds()[at] == Hold::Split {
            continue;
        }
        partitions += 1;
        let is_open = Some(layout.ids()[at].bucket()) == open;
        open_partitions += u64::from(is_open);
        for &node in layout.holders(partition) {
            let load = &mut loads[usize::from(node)];
            load.partitions += 1;
            load.bytes += layout.sizes()[at];
        }
        if let Some(leader) = layout.leader(partition) {
            loads[usize::from(leader)].leaders += 1;
            loads[usize::from(leader)].open_leaders += u64::from(is_open);
        }
    }
    let fair_bytes = fair_shares(layout, layout.sizes().iter().sum());
    let bytes: u64 = loads.iter().map(|load| load.bytes).sum();
    let fair_counts = fair_shares(layout, partitions * REPLICA_UNIT);
    let mut nodes = Vec::with_capacity(loads.len());
    let mut partition_deviations = Vec::new();
    for ((node, load), at) in layout.nodes().iter().zip(&loads).zip(0..) {
        let (target, stays) = (fair_bytes[at], node.role.stays());
        let count_deviation = deviation(load.partitions * REPLICA_UNIT, fair_counts[at]).filter(|_| stays);
        partition_deviations.extend(count_deviation);
        nodes.push(NodeFigures {
            node: node.id.clone(),
            zone: layout.zones()[usize::from(node.zone)].clone(),
            weight: node.weight,
            role: node.role,
            capacity_bytes: node.capacity_bytes,
            partitions: load.partitions,
            leaders: load.leaders,
            bytes: load.bytes,
            share: ratio(load.bytes, bytes),
            target_bytes: target,
            // Partitions that are all empty are even when as many lie everywhere.
            deviation: if bytes == 0 { count_deviation } else { deviation(load.bytes, target).filter(|_| stays) },
            fill: node.capacity_bytes.filter(|capacity| *capacity > 0).map(|capacity| ratio(load.bytes, capacity)),
            open_leaders: load.open_leaders,
        });
    }
    let leaders = leader_spread(layout, partitions, |node| loads[usize::from(node)].leaders);
    let open_leaders = leader_spread(layout, open_partitions, |node| loads[usize::from(node)].open_leaders);
    let mut figures = Figures {
        nodes,
        partitions,
        bytes,
        skew: 0.0,
        max_deviation: 0.0,
        stddev: 0.0,
        most_loaded: None,
        least_loaded: None,
        partition_skew: largest(&partition_deviations),
        leaders,
        open: open.filter(|_| open_partitions > 0).map(|bucket| (bucket, open_leaders)),
    };
    figures.sum_up();
    figures
}

impl Figures {
    fn sum_up(&mut self) {
        let known = || self.nodes.iter().filter_map(|node| Some((&node.node, node.deviation?)));
        let deviations: Vec<f64> = known().map(|(_, deviation)| deviation).collect();
        let (skew, max_deviation) = (largest(&deviations), deviations.iter().fold(0.0, |a: f64, d| a.max(d.abs())));
        let count = deviations.len().max(1) as f64;
        let mean = deviations.iter().sum::<f64>() / count;
        let variance = deviations.iter().map(|d| (d - mean) * (d - mean)).sum::<f64>() / count;
        // Of equal ones the first in natural order, both ways.
        let most = known().fold(None, |best: Option<(&NodeId, f64)>, next| match best {
            Some(best) if best.1 >= next.1 => Some(best),
            Some(_) | None => Some(next),
        });
        let least = known().min_by(|a, b| a.1.total_cmp(&b.1));
        let (most, least) = (most.map(|(id, _)| id.clone()), least.map(|(id, _)| id.clone()));
        (self.skew, self.max_deviation, self.stddev) = (skew, max_deviation, variance.sqrt());
        (self.most_loaded, self.least_loaded) = (most, least);
    }
}

fn largest(deviations: &[f64]) -> f64 {
    deviations.iter().copied().reduce(f64::max).unwrap_or(0.0)
}

/// `a ÷ b`, 0 if both are 0.
#[must_use]
pub fn ratio(a: u64, b: u64) -> f64 {
    if a == 0 { 0.0 } else { a as f64 / b as f64 }
}

fn deviation(load: u64, fair: u64) -> Option<f64> {
    (fair > 0).then(|| load as f64 / fair as f64 - 1.0)
}

/// Stands for one replica where numbers of them are shared out, so that whole numbers do not round a share.
const REPLICA_UNIT: u64 = 1 << 10;

/// The fair share of each node of so many units (bytes, numbers) of one replica of everything.
#[must_use]
pub fn fair_shares(layout: &Layout, units: u64) -> Vec<u64> {
    let vessel = |node: &LayoutNode| Vessel {
        weight: if node.role.stays() { node.weight.millis().into() } else { 0 },
        zone: usize::from(node.zone),
        floor: 0,
        cap: if node.role.stays() { units } else { 0 },
    };
    let vessels: Vec<Vessel> = layout.nodes().iter().map(vessel).collect();
    let zone_cap = units.saturating_mul(layout.zone_replicas_max().into());
    let total = units.saturating_mul(layout.replication_factor().into());
    water_fill(&vessels, &vec![zone_cap; layout.zones().len()], total).vessels
}

fn leader_spread(layout: &Layout, partitions: u64, leaders: impl Fn(NodeIndex) -> u64) -> LeaderSpread {
    let staying = || (0..).zip(layout.nodes()).filter(|(_, node)| node.role.stays());
    let weight: u64 = staying().map(|(_, node)| u64::from(node.weight.millis())).sum();
    let mut spread = LeaderSpread { partitions, most: 0, skew: 0.0, skew_minimum: 0.0 };
    if partitions == 0 || weight == 0 {
        return spread;
    }
    let mut skew = f64::NEG_INFINITY;
    // The best that can be: every node at its share rounded down, those who lose least by one more above it.
    let mut rounded: Vec<(f64, u64, f64)> = Vec::new();
    for (number, node) in staying() {
        let fair = partitions as f64 * f64::from(node.weight.millis()) / weight as f64;
        spread.most = spread.most.max(leaders(number));
        skew = skew.max(leaders(number) as f64 / fair - 1.0);
        rounded.push(((fair.floor() + 1.0) / fair, fair.floor() as u64, fair));
    }
    spread.skew = skew;
    spread.skew_minimum = least_skew(partitions, &mut rounded);
    spread
}

/// The smallest `max(leaders ÷ share) − 1` of whole leaders; each item is the ratio with one more than the share rounded
/// down, that share, and the share itself.
fn least_skew(partitions: u64, rounded: &mut [(f64, u64, f64)]) -> f64 {
    rounded.sort_by(|a, b| a.0.total_cmp(&b.0));
    let floors: u64 = rounded.iter().map(|(_, floor, _)| *floor).sum();
    let left = usize::try_from(partitions.saturating_sub(floors)).unwrap_or(usize::MAX).min(rounded.len());
    let above = rounded[..left].last().map(|(ratio, ..)| *ratio);
    let below = rounded[left..].iter().map(|(_, floor, fair)| *floor as f64 / fair).reduce(f64::max);
    above.into_iter().chain(below).reduce(f64::max).map_or(0.0, |ratio| ratio - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PartitionId;
    use crate::model::{ClusterSpec, Location, Node, Weight};
    use crate::operations::simulate::place::placed;
    use crate::operations::simulate::population::Population;
    use crate::operations::simulate::setup::Setup;

    fn node(id: &str, zone: &str, weight: &str) -> Node {
        Node {
            location: Location::parse(&format!("az={zone}")).unwrap(),
            weight: Weight::parse(weight).unwrap(),
            capacity_bytes: Some(1_000),
            ..Node::new(NodeId::parse(id).unwrap())
        }
    }

    fn layout(nodes: Vec<Node>, sizes: &[u64]) -> Layout {
        let id = |n: u32| PartitionId::new(TimeBucket::new(1), n).unwrap();
        let population = Population {
            ids: (0..sizes.len() as u32).map(id).collect(),
            sizes: sizes.to_vec(),
            open: Some(TimeBucket::new(1)),
        };
        placed(&Setup::new(ClusterSpec::default(), nodes).unwrap(), &population).unwrap()
    }

    #[test]
    fn a_fair_share_follows_weights_and_zones() {
        // Zone z has one node, which must hold one copy of everything, whatever its weight.
        let nodes = vec![
            node("a", "x", "1"),
            node("b", "x", "3"),
            node("c", "y", "1"),
            node("d", "y", "1"),
            node("e", "z", "1"),
        ];
        let layout = layout(nodes, &[100; 8]);
        let shares = fair_shares(&layout, 800);
        assert_eq!(shares, [200, 600, 400, 400, 800]);
        let figures = figures(&layout, None);
        let deviations: Vec<f64> = figures.nodes.iter().map(|n| n.deviation.unwrap()).collect();
        for (node, deviation) in figures.nodes.iter().zip(&deviations) {
            assert!((node.bytes as f64 / node.target_bytes as f64 - 1.0 - deviation).abs() < 1e-12);
            assert_eq!(node.fill, Some(node.bytes as f64 / 1_000.0));
        }
        assert_eq!(figures.skew, deviations.iter().copied().fold(f64::MIN, f64::max));
        assert_eq!((figures.partitions, figures.bytes), (8, 2400));
        let most = figures.nodes.iter().find(|n| n.deviation == Some(figures.skew)).unwrap();
        assert_eq!(figures.most_loaded.as_ref(), Some(&most.node));
        assert!((figures.nodes.iter().map(|n| n.share).sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn empty_partitions_count_as_one_each() {
        let nodes = || ["a", "b", "c", "d"].map(|id| node(id, "x", "1")).to_vec();
        let (empty, sized) = (figures(&layout(nodes(), &[0; 64]), None), figures(&layout(nodes(), &[5; 64]), None));
        assert!(empty.skew > 0.0);
        assert!((empty.skew - sized.skew).abs() < 0.01 && (empty.partition_skew - sized.partition_skew).abs() < 1e-12);
        assert_eq!(empty.bytes, 0);
    }

    #[test]
    fn nodes_that_hold_nothing_for_good_have_no_deviation() {
        let mut layout = layout(["a", "b", "c", "d"].map(|id| node(id, "x", "1")).to_vec(), &[7; 64]);
        layout.set_role(0, NodeRole::Draining);
        let figures = figures(&layout, None);
        assert_eq!((figures.nodes[0].deviation, figures.nodes[0].target_bytes), (None, 0));
        assert!(figures.nodes[0].bytes > 0);
    }

    #[test]
    fn leaders_of_the_open_bucket_stand_apart() {
        let layout = layout(["a", "b", "c"].map(|id| node(id, "x", "1")).to_vec(), &[7; 10]);
        let figures = figures(&layout, Some(TimeBucket::new(1)));
        let (bucket, open) = figures.open.unwrap();
        assert_eq!((bucket, open), (TimeBucket::new(1), figures.leaders));
        // Of ten partitions on three nodes somebody leads four.
        assert!((open.skew_minimum - 0.2).abs() < 1e-9 && open.skew >= open.skew_minimum, "{open:?}");
        assert_eq!(super::figures(&layout, Some(TimeBucket::new(2))).open, None);
    }

    #[test]
    fn whole_leaders_go_where_they_cost_least() {
        let least = |partitions, weights: &[&str]| {
            let nodes = (0..).zip(weights).map(|(n, weight)| node(&format!("n{n}"), "x", weight)).collect();
            let layout = layout(nodes, &[1]);
            leader_spread(&layout, partitions, |_| 0).skew_minimum
        };
        assert!((least(9, &["1", "1", "1"])).abs() < 1e-12);
        assert!((least(256, &["1"; 12]) - (22.0 / (256.0 / 12.0) - 1.0)).abs() < 1e-9);
        assert!((least(5, &["1", "2", "2"]) - 0.0).abs() < 1e-9);
        assert!(least(4, &["1", "2", "2"]) > 0.0);
    }
}
