//! From partitions to nodes: the ring, zone-first weighted rendezvous, and zone-balanced placement of whole time buckets.
//!
//! Invariant: placement is a pure function of partition id, nodes (id, weight, zone) and settings; it never looks at node
//! states unless the caller filters by them, which only creation does.

pub mod leaders;
mod owners;
pub mod quota;
pub mod rendezvous;
pub mod ring;
pub mod water_fill;
pub mod zone_balanced;

pub use owners::{NodeIndex, Owners};
pub use rendezvous::Rendezvous;
pub use ring::Ring;
pub use water_fill::{Filled, Vessel, water_fill};
pub use zone_balanced::ZoneBalanced;

use crate::model::cluster_spec::Placement;
use crate::model::partition_id::TextBuffer;
use crate::model::{Node, PartitionId, PlacementAlgorithm, hash};

/// The most nodes of a cluster.
pub const NODES_MAX: usize = 60_000;

/// The most tokens of a ring: 16 million, 250 MB.
pub const TOKENS_MAX: u64 = 1 << 24;

/// No owners can be computed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlacementError {
    /// A cluster without nodes.
    #[error("the cluster has no nodes")]
    NoNodes,
    /// Every weight is so small that no node has a token.
    #[error("no node has a token on the ring: all weights are below one half of 1/virtual_nodes")]
    NoTokens,
    /// More tokens than are supported.
    #[error("the ring would have {0} tokens, the most is {TOKENS_MAX}: lower virtual_nodes or the weights")]
    TooManyTokens(u64),
    /// More nodes than are supported.
    #[error("{0} nodes, the most is {NODES_MAX}")]
    TooManyNodes(usize),
}

/// The placement function of a cluster.
#[derive(Clone, Debug)]
pub enum Placer {
    /// The ring of existing clusters.
    Ring(Ring),
    /// The stateless fallback of zone-balanced placement, and an algorithm of its own.
    Rendezvous(Rendezvous),
}

impl Placer {
    /// The placement function for `nodes`, which it names by their index.
    ///
    /// # Errors
    /// There are no nodes, too many, or none that can own anything.
    pub fn new(nodes: &[Node], placement: &Placement) -> Result<Self, PlacementError> {
        match nodes.len() {
            0 => return Err(PlacementError::NoNodes),
            n if n > NODES_MAX => return Err(PlacementError::TooManyNodes(n)),
            _ => {}
        }
        match placement.algorithm {
            PlacementAlgorithm::Ring => Ring::new(nodes, placement.virtual_nodes).map(Self::Ring),
            PlacementAlgorithm::ZoneBalanced | PlacementAlgorithm::Rendezvous => {
                Ok(Self::Rendezvous(Rendezvous::new(nodes)))
            }
        }
    }

    /// The word for answers: `ring` or `rendezvous`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Ring(_) => "ring",
            Self::Rendezvous(_) => "rendezvous",
        }
    }

    /// The owners of a partition, whatever the nodes' states.
    #[inline]
    #[must_use]
    pub fn owners(&self, id: PartitionId, replicas: u8) -> Owners {
        self.owners_among(id, replicas, |_| true)
    }

    /// The owners of a partition among the nodes that `usable` admits.
    #[inline]
    pub fn owners_among(&self, id: PartitionId, replicas: u8, usable: impl Fn(NodeIndex) -> bool) -> Owners {
        self.owners_of_hash(key_hash(id), replicas, usable)
    }

    /// The owners of a text as key, for `ring owners KEY`.
    #[must_use]
    pub fn owners_of_key(&self, key: &str, replicas: u8) -> Owners {
        self.owners_of_hash(hash::siphash13_str(key), replicas, |_| true)
    }

    #[inline]
    fn owners_of_hash(&self, hash: u64, replicas: u8, usable: impl Fn(NodeIndex) -> bool) -> Owners {
        match self {
            Self::Ring(ring) => ring.owners(hash, replicas, usable),
            Self::Rendezvous(rendezvous) => rendezvous.owners(hash, replicas, usable),
        }
    }
}

/// The ring key of a partition: its id hashed as a string. No allocation.
#[inline]
#[must_use]
pub fn key_hash(id: PartitionId) -> u64 {
    let mut buffer = TextBuffer::default();
    id.write(&mut buffer);
    hash::siphash13(buffer.with_string_end())
}
