//! Zone-first weighted rendezvous hashing, in integer arithmetic.
//!
//! Every zone and every node gets the cost `-log2(h / 2^64) / weight` with `h = mix(hash(name) ^ hash(key))`; the lowest
//! costs win (Thaler and Ravishankar's highest random weight; the weighting is Schindelhauer and Schomaker's logarithmic
//! method). Zones are ranked first, by the weight of their usable nodes; replicas are dealt to the zones in that order, one
//! round after another, so that they spread over as many zones as there are. Nodes without a zone share one.
//!
//! Frozen by the vectors in the tests: a change here would re-route data that has no record.

use std::collections::BTreeMap;

use crate::model::Node;
use crate::model::hash::siphash13_str;

use super::{NodeIndex, Owners};

/// Rendezvous over a list of nodes.
#[derive(Clone, Debug)]
pub struct Rendezvous {
    zones: Vec<Zone>,
    node_count: usize,
}

#[derive(Clone, Debug)]
struct Zone {
    hash: u64,
    nodes: Vec<Candidate>,
    /// Whether all its nodes have one weight: then the cheapest are found without computing every cost.
    one_weight: bool,
}

#[derive(Clone, Copy, Debug)]
struct Candidate {
    hash: u64,
    weight_millis: u32,
    index: NodeIndex,
}

impl Rendezvous {
    /// Rendezvous over `nodes`, which it names by their index.
    #[must_use]
    pub fn new(nodes: &[Node]) -> Self {
        let mut zones: BTreeMap<&str, Vec<Candidate>> = BTreeMap::new();
        for (index, node) in nodes.iter().enumerate() {
            zones.entry(node.location.availability_zone.as_deref().unwrap_or("")).or_default().push(Candidate {
                hash: siphash13_str(node.id.as_str()),
                weight_millis: node.weight.millis(),
                index: index as NodeIndex,
            });
        }
        let zones = zones.into_iter().map(|(name, mut nodes)| {
            // Equal costs fall to the smaller name.
            nodes.sort_by_key(|c| c.index);
            let one_weight = nodes.windows(2).all(|pair| pair[0].weight_millis == pair[1].weight_millis);
            Zone { hash: siphash13_str(name), nodes, one_weight }
        });
        Self { zones: zones.collect(), node_count: nodes.len() }
    }

    /// The owners of a key with this hash among the nodes that `usable` admits.
    pub fn owners(&self, hash: u64, replicas: u8, usable: impl Fn(NodeIndex) -> bool) -> Owners {
        let wanted = usize::from(replicas).min(self.node_count);
        let mut ranked: Vec<(u128, Vec<(u128, NodeIndex)>)> = Vec::with_capacity(self.zones.len());
        for zone in &self.zones {
            let (weight, nodes) = zone.cheapest(hash, wanted.max(1), &usable);
            if !nodes.is_empty() {
                ranked.push((cost(zone.hash ^ hash, weight), nodes));
            }
        }
        ranked.sort();
        let mut owners = Owners::default();
        let longest = ranked.iter().map(|(_, nodes)| nodes.len()).max().unwrap_or(0);
        for round in 0..longest {
            for (_, nodes) in &ranked {
                if owners.as_slice().len() == wanted {
                    return owners;
                }
                if let Some(&(_, node)) = nodes.get(round) {
                    owners.insert(node);
                }
            }
        }
        owners
    }
}

impl Zone {
    /// The weight of its usable nodes, and the cheapest `wanted` of them with their costs, in order.
    fn cheapest(&self, hash: u64, wanted: usize, usable: impl Fn(NodeIndex) -> bool) -> (u64, Vec<(u128, NodeIndex)>) {
        let usable = || self.nodes.iter().filter(|c| usable(c.index));
        let weight = usable().map(|c| u64::from(c.weight_millis)).sum();
        if !self.one_weight {
            let cost_of = |c: &Candidate| (cost(c.hash ^ hash, u64::from(c.weight_millis)), c.index);
            let mut nodes: Vec<(u128, NodeIndex)> = usable().map(cost_of).collect();
            nodes.sort_unstable();
            nodes.truncate(wanted);
            return (weight, nodes);
        }
        // With one weight the order of the costs is that of the logarithms: two that differ stay apart when divided, as a
        // weight is below 2^32. And these only fall as the hash grows, so most nodes are passed over by their hash alone.
        let mut best: Vec<(u64, u64, &Candidate)> = Vec::with_capacity(wanted + 1);
        for candidate in usable() {
            let mixed = mix(candidate.hash ^ hash);
            if best.len() == wanted && best.last().is_some_and(|(_, last, _)| mixed <= *last) {
                continue;
            }
            let log = neg_log2(mixed);
            // Equal costs fall to the smaller index, which comes first.
            let at = best.partition_point(|(other, ..)| *other <= log);
            best.insert(at, (log, mixed, candidate));
            best.truncate(wanted);
        }
        let scaled = |(log, _, c): (u64, u64, &Candidate)| (scaled(log, u64::from(c.weight_millis)), c.index);
        (weight, best.into_iter().map(scaled).collect())
    }
}

/// `-log2(mix(x) / 2^64) / weight`, scaled by 2^64.
fn cost(x: u64, weight_millis: u64) -> u128 {
    scaled(neg_log2(mix(x)), weight_millis)
}

fn scaled(log: u64, weight_millis: u64) -> u128 {
    (u128::from(log) << 32) / u128::from(weight_millis.max(1))
}

/// The finalizer of SplitMix64 (Steele, Lea, Flood 2014).
pub(super) const fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

const TABLE_BITS: u32 = 10;
/// `log2(1 + i / 1024)` in 32-bit fixed point.
static LOG2: [u64; (1 << TABLE_BITS) + 1] = log2_table();

/// Each entry by repeated squaring: the integer part of `log2(x²)` is the next bit of the fraction of `log2(x)`.
const fn log2_table() -> [u64; (1 << TABLE_BITS) + 1] {
    let mut table = [0; (1 << TABLE_BITS) + 1];
    let mut i = 0;
    while i < 1 << TABLE_BITS {
        // x in [1, 2) with 62 fraction bits.
        let mut x: u128 = (1_u128 << 62) + ((i as u128) << (62 - TABLE_BITS));
        let mut bits = 0_u64;
        let mut n = 0;
        while n < 32 {
            x = (x * x) >> 62;
            bits <<= 1;
            if x >> 63 != 0 {
                bits |= 1;
                x >>= 1;
            }
            n += 1;
        }
        table[i] = bits;
        i += 1;
    }
    table[1 << TABLE_BITS] = 1 << 32;
    table
}

/// `-log2((h + 1) / 2^64)` in 32-bit fixed point: 0 to 64, monotone, off by less than 2^-21.
fn neg_log2(h: u64) -> u64 {
    let x = u128::from(h) + 1;
    let exponent = 127 - x.leading_zeros();
    // The mantissa's fraction in 64 bits.
    let fraction = if exponent == 64 { 0 } else { ((x << (64 - exponent)) & u128::from(u64::MAX)) as u64 };
    let slot = (fraction >> (64 - TABLE_BITS)) as usize;
    let within = (fraction << TABLE_BITS) >> 32;
    let log = LOG2[slot] + (((LOG2[slot + 1] - LOG2[slot]) * within) >> 32);
    (64 << 32) - ((u64::from(exponent) << 32) + log)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Location, NodeId, Weight};

    fn node(name: &str, zone: &str, weight: f64) -> Node {
        let zone = (!zone.is_empty()).then(|| zone.to_owned());
        Node {
            weight: Weight::new(weight).unwrap(),
            location: Location { availability_zone: zone, ..Default::default() },
            ..Node::new(NodeId::parse(name).unwrap())
        }
    }

    fn cluster(per_zone: usize) -> Vec<Node> {
        let zones = ["a", "b", "c"];
        (0..3 * per_zone).map(|i| node(&format!("node-{i}"), zones[i % 3], 1.0)).collect()
    }

    fn owners(nodes: &[Node], key: &str, replicas: u8) -> Vec<String> {
        let owners = Rendezvous::new(nodes).owners(siphash13_str(key), replicas, |_| true);
        owners.as_slice().iter().map(|&n| nodes[usize::from(n)].id.to_string()).collect()
    }

    #[test]
    fn logarithms_are_close_and_monotone() {
        let mut last = u64::MAX;
        for shift in 0..64 {
            for low in [0_u64, 1, 12345, 0xffff_ffff] {
                let h = (1_u64 << shift) | (low & ((1 << shift) - 1));
                let real = -((h as f64 + 1.0) / 2_f64.powi(64)).log2();
                let ours = neg_log2(h) as f64 / 2_f64.powi(32);
                assert!((real - ours).abs() < 1e-6, "{h:#x}: {real} {ours}");
            }
            let now = neg_log2(1 << shift);
            assert!(now < last);
            last = now;
        }
        assert_eq!((neg_log2(u64::MAX), neg_log2(0)), (0, 64 << 32));
    }

    #[test]
    fn frozen_vectors() {
        let nodes = cluster(4);
        let found: Vec<String> = ["partition_489542_0051", "partition_489234_0168", "partition_-1_0000"]
            .iter()
            .map(|key| owners(&nodes, key, 3).join(" "))
            .collect();
        assert_eq!(found, FROZEN);
        let mut weighted = cluster(2);
        weighted[0].weight = Weight::new(3.5).unwrap();
        assert_eq!(owners(&weighted, "partition_489542_0051", 5).join(" "), FROZEN_WEIGHTED);
    }
    const FROZEN: [&str; 3] = ["node-3 node-8 node-7", "node-6 node-2 node-4", "node-4 node-6 node-2"];
    const FROZEN_WEIGHTED: &str = "node-3 node-5 node-4 node-0 node-2";

    #[test]
    fn replicas_spread_over_zones_and_wrap_round() {
        let nodes = cluster(4);
        for i in 0..500 {
            let five = Rendezvous::new(&nodes).owners(siphash13_str(&format!("key-{i}")), 5, |_| true);
            let mut zones = [0; 3];
            for &n in five.as_slice() {
                zones[usize::from(n) % 3] += 1;
            }
            assert!(zones.iter().all(|&n| n == 1 || n == 2), "{zones:?}");
        }
    }

    #[test]
    fn load_follows_weights() {
        let mut nodes = cluster(2);
        nodes[0].weight = Weight::new(2.0).unwrap();
        let rendezvous = Rendezvous::new(&nodes);
        let mut leads = vec![0_u32; nodes.len()];
        for i in 0..70_000_u64 {
            leads[usize::from(rendezvous.owners(mix(i), 1, |_| true).leader().unwrap())] += 1;
        }
        for (n, &count) in leads.iter().enumerate() {
            let expected = if n == 0 { 20_000.0 } else { 10_000.0 };
            assert!((f64::from(count) / expected - 1.0).abs() < 0.05, "{leads:?}");
        }
    }

    #[test]
    fn a_node_that_goes_moves_only_its_own_keys() {
        let nodes = cluster(3);
        let rendezvous = Rendezvous::new(&nodes);
        for i in 0..2_000 {
            let hash = mix(i);
            let before = rendezvous.owners(hash, 3, |_| true);
            let after = rendezvous.owners(hash, 3, |n| n != 4);
            if !before.as_slice().contains(&4) {
                let sorted = |o: Owners| {
                    let mut v = o.as_slice().to_vec();
                    v.sort_unstable();
                    v
                };
                assert_eq!(sorted(before), sorted(after));
            }
        }
    }

    /// The definition without any short cut: every cost, sorted whole.
    fn by_definition(nodes: &[Node], hash: u64, replicas: u8, usable: &[bool]) -> Vec<NodeIndex> {
        type Costed = (u128, NodeIndex, u64);
        let mut zones: BTreeMap<&str, Vec<Costed>> = BTreeMap::new();
        for (n, node) in nodes.iter().enumerate().filter(|(n, _)| usable[*n]) {
            let weight = u64::from(node.weight.millis());
            let zone = node.location.availability_zone.as_deref().unwrap_or("");
            let cost = cost(siphash13_str(node.id.as_str()) ^ hash, weight);
            zones.entry(zone).or_default().push((cost, n as NodeIndex, weight));
        }
        let mut ranked: Vec<(u128, Vec<Costed>)> = zones
            .into_iter()
            .map(|(name, mut nodes)| {
                nodes.sort_unstable();
                (cost(siphash13_str(name) ^ hash, nodes.iter().map(|(.., weight)| weight).sum()), nodes)
            })
            .collect();
        ranked.sort();
        let mut owners = Vec::new();
        for round in 0..nodes.len() {
            owners.extend(ranked.iter().filter_map(|(_, nodes)| nodes.get(round)).map(|(_, n, _)| *n));
        }
        owners.truncate(usize::from(replicas));
        owners
    }

    proptest! {
        #[test]
        fn the_short_cuts_change_nothing(
            nodes in prop::collection::vec((0_usize..4, prop::sample::select(vec![1.0, 1.0, 1.0, 0.25, 7.5]), any::<bool>()), 1..40),
            one_weight in any::<bool>(), hash in any::<u64>(), replicas in 1_u8..9
        ) {
            let cluster: Vec<Node> = nodes
                .iter()
                .enumerate()
                .map(|(n, (zone, weight, _))| node(&format!("n{n}"), ["", "a", "b", "c"][*zone], if one_weight { 3.0 } else { *weight }))
                .collect();
            let usable: Vec<bool> = nodes.iter().map(|(.., usable)| *usable).collect();
            let rendezvous = Rendezvous::new(&cluster);
            for key in (0..20).map(|i| mix(hash.wrapping_add(i))) {
                let found = rendezvous.owners(key, replicas, |n| usable[usize::from(n)]);
                prop_assert_eq!(found.as_slice(), by_definition(&cluster, key, replicas, &usable));
            }
        }

        #[test]
        fn logarithms_never_rise(h in any::<u64>(), step in prop::sample::select(vec![1_u64, 2, 1 << 20, 1 << 53, 1 << 54])) {
            // Also across the edges of the table and of the powers of two.
            for low in [h, h >> 54 << 54, (h | ((1 << 54) - 1)), 1 << (h % 64), (1 << (h % 64)) - 1] {
                prop_assert!(neg_log2(low) >= neg_log2(low.saturating_add(step)));
            }
        }
    }
}
