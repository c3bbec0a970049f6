//! The consistent-hash ring of existing clusters, bit for bit.
//!
//! For every node and i in `0..round(virtual_nodes · weight)` one token `siphash13("{node_id}:{i}")`. The owners of a key
//! are the first distinct nodes met from the first token ≥ `siphash13(key)` on, wrapping at the end. Two nodes with the
//! same token: the node id that comes first in byte order owns it.
//!
//! The tokens lie in one sorted array with a directory over their top bits, so that a look-up touches about two cache
//! lines whatever the number of nodes.

use crate::model::Node;
use crate::model::hash::siphash13;

use super::{NodeIndex, Owners, PlacementError, TOKENS_MAX};

/// The ring over a list of nodes.
#[derive(Clone, Debug)]
pub struct Ring {
    tokens: Vec<u64>,
    nodes: Vec<NodeIndex>,
    /// `directory[t]` = index of the first token whose top bits are ≥ t.
    directory: Vec<u32>,
    shift: u32,
    node_count: usize,
}

/// One token that a look-up met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The token.
    pub token: u64,
    /// Whose token it is.
    pub node: NodeIndex,
    /// Whether the node became an owner there; else it was one already, or was passed over.
    pub taken: bool,
}

impl Ring {
    /// The ring of `nodes`, which it names by their index.
    ///
    /// # Errors
    /// No node has a token.
    pub fn new(nodes: &[Node], virtual_nodes: u32) -> Result<Self, PlacementError> {
        let total = match nodes.iter().map(|n| u64::from(n.weight.tokens(virtual_nodes))).sum() {
            0 => return Err(PlacementError::NoTokens),
            total if total > TOKENS_MAX => return Err(PlacementError::TooManyTokens(total)),
            total => total as usize,
        };
        let mut by_name: Vec<usize> = (0..nodes.len()).collect();
        by_name.sort_unstable_by(|&a, &b| nodes[a].id.as_str().cmp(nodes[b].id.as_str()));
        let mut ring: Vec<(u64, NodeIndex)> = Vec::with_capacity(total);
        let mut text = Vec::with_capacity(160);
        for &index in &by_name {
            let node = &nodes[index];
            text.clear();
            text.extend_from_slice(node.id.as_str().as_bytes());
            text.push(b':');
            let stem = text.len();
            for i in 0..node.weight.tokens(virtual_nodes) {
                text.truncate(stem);
                push_decimal(&mut text, i);
                text.push(0xff);
                ring.push((siphash13(&text), index as NodeIndex));
            }
        }
        // Tokens hardly ever tie, so sort by token alone, then put ties into the order of names.
        ring.sort_unstable_by_key(|&(token, _)| token);
        let mut rank = vec![0; nodes.len()];
        for (place, &index) in by_name.iter().enumerate() {
            rank[index] = place;
        }
        for tie in ring.chunk_by_mut(|a, b| a.0 == b.0) {
            tie.sort_unstable_by_key(|&(_, node)| rank[usize::from(node)]);
        }
        let (tokens, nodes): (Vec<u64>, Vec<NodeIndex>) = ring.into_iter().unzip();
        let node_count = by_name.len();
        let bits = (usize::BITS - total.leading_zeros()).clamp(1, 24);
        let shift = 64 - bits;
        let directory = directory(&tokens, bits);
        Ok(Self { tokens, nodes, directory, shift, node_count })
    }

    /// The place of the first token ≥ `hash`, wrapping to 0.
    #[inline]
    fn first(&self, hash: u64) -> usize {
        let mut at = self.directory[(hash >> self.shift) as usize] as usize;
        while let Some(&token) = self.tokens.get(at) {
            if token >= hash {
                return at;
            }
            at += 1;
        }
        0
    }

    /// The first `replicas` distinct nodes that `usable` admits, from the first token ≥ `hash` on.
    #[inline]
    pub fn owners(&self, hash: u64, replicas: u8, usable: impl Fn(NodeIndex) -> bool) -> Owners {
        let mut owners = Owners::default();
        let wanted = usize::from(replicas).min(self.node_count);
        let start = self.first(hash);
        for &node in self.nodes[start..].iter().chain(&self.nodes[..start]) {
            if owners.as_slice().len() >= wanted {
                break;
            }
            if usable(node) {
                owners.insert(node);
            }
        }
        owners
    }

    /// The same walk, token by token, for `--explain`.
    pub fn walk(&self, hash: u64, replicas: u8, usable: impl Fn(NodeIndex) -> bool) -> Vec<Step> {
        let mut owners = Owners::default();
        let mut steps = Vec::new();
        let wanted = usize::from(replicas).min(self.node_count);
        let start = self.first(hash);
        for at in (start..self.tokens.len()).chain(0..start) {
            if owners.as_slice().len() >= wanted {
                break;
            }
            let node = self.nodes[at];
            let taken = usable(node) && owners.insert(node);
            steps.push(Step { token: self.tokens[at], node, taken });
        }
        steps
    }

    /// Tokens on the ring.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Never: a ring without tokens cannot be made.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// For each node its tokens, and its share (0 to 1) of the key space: the keys whose first token is the node's.
    #[must_use]
    pub fn shares(&self) -> Vec<(u32, f64)> {
        let mut counts = vec![(0_u32, 0_u128); self.node_count];
        let mut before = self.tokens.last().copied().unwrap_or(0);
        for (&token, &node) in self.tokens.iter().zip(&self.nodes) {
            let slot = &mut counts[usize::from(node)];
            slot.0 += 1;
            let arc = token.wrapping_sub(before);
            // A single token owns the whole circle.
            slot.1 += if self.tokens.len() == 1 { 1 << 64 } else { u128::from(arc) };
            before = token;
        }
        counts.into_iter().map(|(tokens, arc)| (tokens, arc as f64 / 2_f64.powi(64))).collect()
    }
}

fn directory(tokens: &[u64], bits: u32) -> Vec<u32> {
    let mut out = Vec::with_capacity(1 << bits);
    let mut at = 0;
    for top in 0..1_u64 << bits {
        while at < tokens.len() && tokens[at] >> (64 - bits) < top {
            at += 1;
        }
        out.push(at as u32);
    }
    out
}

fn push_decimal(out: &mut Vec<u8>, mut n: u32) {
    let mut digits = [0_u8; 10];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (n % 10) as u8;
        n /= 10;
        if n == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::model::hash::siphash13_str;
    use crate::model::{NodeId, Weight};

    fn nodes(names: &[(&str, f64)]) -> Vec<Node> {
        let node = |name: &str, weight: f64| Node {
            weight: Weight::new(weight).unwrap(),
            ..Node::new(NodeId::parse(name).unwrap())
        };
        names.iter().map(|(name, weight)| node(name, *weight)).collect()
    }

    fn four() -> Vec<Node> {
        nodes(&[("node-1", 1.0), ("node-2", 1.0), ("node-3", 1.0), ("node-4", 1.0)])
    }

    /// The naive ring: a map from token to node, walked.
    fn oracle(nodes: &[Node], virtual_nodes: u32, hash: u64, replicas: usize) -> Vec<String> {
        let mut map: BTreeMap<u64, String> = BTreeMap::new();
        let mut names: Vec<&Node> = nodes.iter().collect();
        names.sort_by(|a, b| b.id.as_str().cmp(a.id.as_str()));
        for node in names {
            // Exact: in floating point 50 · 0.29 is below 14.5.
            let thousandths = u64::from(virtual_nodes) * u64::from(node.weight.millis());
            for i in 0..thousandths / 1000 + u64::from(thousandths % 1000 >= 500) {
                map.insert(siphash13_str(&format!("{}:{i}", node.id)), node.id.to_string());
            }
        }
        let mut out: Vec<String> = Vec::new();
        for (_, name) in map.range(hash..).chain(map.range(..hash)) {
            if out.len() < replicas && !out.contains(name) {
                out.push(name.clone());
            }
        }
        out
    }

    fn names(nodes: &[Node], owners: Owners) -> Vec<String> {
        owners.as_slice().iter().map(|&n| nodes[usize::from(n)].id.to_string()).collect()
    }

    #[test]
    fn the_three_examples_of_the_definition() {
        let nodes = four();
        let ring = Ring::new(&nodes, 150).unwrap();
        for (id, expected) in [
            ("partition_489542_0051", ["node-4", "node-2", "node-3"]),
            ("partition_489234_0168", ["node-1", "node-3", "node-2"]),
            ("partition_489696_0089", ["node-1", "node-3", "node-2"]),
        ] {
            assert_eq!(names(&nodes, ring.owners(siphash13_str(id), 3, |_| true)), expected);
        }
    }

    #[test]
    fn the_walk_tells_what_the_look_up_did() {
        let nodes = four();
        let ring = Ring::new(&nodes, 150).unwrap();
        let hash = siphash13_str("partition_489542_0051");
        let steps = ring.walk(hash, 3, |_| true);
        let taken: Vec<NodeIndex> = steps.iter().filter(|s| s.taken).map(|s| s.node).collect();
        assert_eq!(taken, ring.owners(hash, 3, |_| true).as_slice());
        assert!(steps[0].token >= hash);
    }

    #[test]
    fn shares_sum_to_one_and_follow_weights() {
        let nodes = nodes(&[("a", 1.0), ("b", 2.0)]);
        let shares = Ring::new(&nodes, 5_000).unwrap().shares();
        assert_eq!((shares[0].0, shares[1].0), (5_000, 10_000));
        assert!((shares[0].1 + shares[1].1 - 1.0).abs() < 1e-9);
        assert!((shares[1].1 / shares[0].1 - 2.0).abs() < 0.1);
    }

    #[test]
    fn fewer_nodes_than_replicas_and_no_tokens() {
        let one = nodes(&[("only", 1.0)]);
        assert_eq!(Ring::new(&one, 150).unwrap().owners(7, 3, |_| true).as_slice(), [0]);
        assert_eq!(Ring::new(&one, 1).unwrap().shares(), [(1, 1.0)]);
        let heavy = nodes(&[("heavy", 1000.0), ("heavier", 1000.0)]);
        assert_eq!(Ring::new(&heavy, 10_000).unwrap_err(), PlacementError::TooManyTokens(20_000_000));
        assert_eq!(Ring::new(&nodes(&[("light", 0.001)]), 150).unwrap_err(), PlacementError::NoTokens);
    }

    proptest! {
        #[test]
        fn agrees_with_the_naive_ring(
            weights in prop::collection::btree_map("[a-c]{1,2}-[0-9]{1,2}", 0.1_f64..3.0, 1..12),
            virtual_nodes in 1_u32..60,
            hashes in prop::collection::vec(any::<u64>(), 20),
            replicas in 1_u8..6,
        ) {
            let list: Vec<(&str, f64)> = weights.iter().map(|(n, w)| (n.as_str(), *w)).collect();
            let nodes = nodes(&list);
            if let Ok(ring) = Ring::new(&nodes, virtual_nodes) {
                for hash in hashes.into_iter().chain([0, u64::MAX]) {
                    let ours = names(&nodes, ring.owners(hash, replicas, |_| true));
                    prop_assert_eq!(ours, oracle(&nodes, virtual_nodes, hash, usize::from(replicas)));
                }
            }
        }
    }
}
