//! Why a key is where it is: every step of the computation.

use crate::model::routing_key::RoutingKey;
use crate::model::{NodeId, NodeState, PartitionId, Revision, Strategy, TimeBucket, Timestamp};
use crate::partitioner::CompositePartitioner;
use crate::placement::{Placer, key_hash};

use super::Topology;
use super::route::{Route, RouteError};

/// One token that the ring's walk met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedStep {
    /// The token.
    pub token: u64,
    /// Whose it is.
    pub node: NodeId,
    /// The node's state.
    pub state: NodeState,
    /// Whether it became an owner; else it was one already.
    pub taken: bool,
}

/// The steps from a key to its owners.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The partitioning in words.
    pub partitioning: String,
    /// The bytes that were hashed; empty where the strategy does not hash.
    pub key_bytes: Vec<u8>,
    /// The hash algorithm's name.
    pub algorithm: &'static str,
    /// The hash.
    pub hash: Option<u64>,
    /// `hash mod hash_buckets`, or the range's index.
    pub index: Option<u32>,
    /// The time bucket.
    pub bucket: TimeBucket,
    /// The partition before splits were descended.
    pub root: PartitionId,
    /// The hash of the partition id, by which the placement function looks up.
    pub ring_hash: u64,
    /// The ring's walk; empty if a record decided or the ring is not used.
    pub walk: Vec<ExplainedStep>,
    /// The revision of the record that decided.
    pub record_revision: Option<Revision>,
}

/// Explains the route of a key.
///
/// # Errors
/// The time is too far off for an id.
pub fn explain(
    topology: &Topology,
    key: &RoutingKey,
    service: &str,
    time: Timestamp,
    route: &Route,
) -> Result<Explanation, RouteError> {
    let partitioning = topology.spec().partitioning_at(time);
    let located = CompositePartitioner::new(partitioning).locate(key, service, time)?;
    let ring_hash = key_hash(route.partition);
    let walk = match (topology.placer(), route.revision) {
        (Placer::Ring(ring), None) => {
            let steps = ring.walk(ring_hash, topology.spec().replication_factor, |_| true);
            let step = |s: crate::placement::ring::Step| {
                let node = &topology.nodes()[usize::from(s.node)];
                ExplainedStep { token: s.token, node: node.id.clone(), state: node.state, taken: s.taken }
            };
            steps.into_iter().map(step).collect()
        }
        (Placer::Ring(_), Some(_)) | (Placer::Rendezvous(_), _) => Vec::new(),
    };
    let hashes = partitioning.strategy == Strategy::TimeHash;
    Ok(Explanation {
        partitioning: partitioning.to_string(),
        key_bytes: if hashes { key.hashed_bytes(partitioning.hash, time) } else { Vec::new() },
        algorithm: partitioning.hash.name(),
        hash: located.place.map(|p| p.hash),
        index: located.partition.index(),
        bucket: located.bucket,
        root: located.partition,
        ring_hash,
        walk,
        record_revision: route.revision,
    })
}
