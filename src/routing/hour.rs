//! Routing many keys of one time bucket: each partition's answer is computed once.

use std::collections::BTreeMap;

use crate::model::{HashAlgorithm, PartitionId, Partitioning, Strategy, TimeBucket, Timestamp, TraceId};
use crate::partitioner::HashPartitioner;
use crate::partitioner::range::index_in;
use crate::partitioner::split;

use super::route::route_partition;
use super::{Near, RecordSet, Route, RouteError, Topology};

/// A number that stands for one answer of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeafNo(u32);

impl LeafNo {
    /// As an index, counted from 0 in the order of discovery.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

const UNKNOWN: u32 = u32::MAX;
const SPLIT: u32 = u32::MAX - 1;

/// The answers of one time bucket, filled as they are asked for. Looking up a known answer allocates nothing.
#[derive(Debug)]
pub struct HourTable<'a> {
    topology: &'a Topology,
    partitioning: &'a Partitioning,
    hash: HashPartitioner,
    bucket: TimeBucket,
    records: RecordSet,
    near: Option<&'a Near>,
    /// For each hash bucket or range the leaf that answers it.
    slots: Vec<u32>,
    leaves: Vec<Route>,
    leaf_of: BTreeMap<PartitionId, LeafNo>,
}

impl<'a> HourTable<'a> {
    /// The table of the bucket that holds `time`, over the bucket's records.
    #[must_use]
    pub fn new(topology: &'a Topology, time: Timestamp, records: RecordSet, near: Option<&'a Near>) -> Self {
        let partitioning = topology.spec().partitioning_at(time);
        Self {
            topology,
            partitioning,
            hash: HashPartitioner::new(partitioning.hash, partitioning.hash_buckets),
            bucket: TimeBucket::of(time, partitioning.granularity_hours),
            records,
            near,
            slots: vec![UNKNOWN; partitioning.partitions_per_bucket() as usize],
            leaves: Vec::new(),
            leaf_of: BTreeMap::new(),
        }
    }

    /// The time bucket.
    #[must_use]
    pub fn bucket(&self) -> TimeBucket {
        self.bucket
    }

    /// The partitioning that holds in it.
    #[must_use]
    pub fn partitioning(&self) -> &'a Partitioning {
        self.partitioning
    }

    /// The answer for a trace id; under `time-range`, where the service decides, use [`HourTable::leaf`].
    ///
    /// # Errors
    /// The partition's metadata is broken.
    #[inline]
    pub fn leaf_of_trace(&mut self, id: &TraceId) -> Result<LeafNo, RouteError> {
        match self.known_leaf_of_trace(id) {
            Some(leaf) => Ok(leaf),
            None => self.leaf(|algorithm| algorithm.trace(id), ""),
        }
    }

    /// The answer for a trace id if it was computed before: the hot path, a hash and a look-up.
    #[inline]
    #[must_use]
    pub fn known_leaf_of_trace(&self, id: &TraceId) -> Option<LeafNo> {
        if self.partitioning.strategy != Strategy::TimeHash {
            return None;
        }
        let place = self.hash.place(self.partitioning.hash.trace(id));
        self.slots.get(place.bucket as usize).filter(|leaf| **leaf < SPLIT).map(|leaf| LeafNo(*leaf))
    }

    /// The answer for any key: `hash` computes its hash, where the partitioning hashes; the service decides under
    /// `time-range`.
    ///
    /// # Errors
    /// The partition's metadata is broken.
    #[inline]
    pub fn leaf(&mut self, hash: impl FnOnce(HashAlgorithm) -> u64, service: &str) -> Result<LeafNo, RouteError> {
        let (index, quotient) = match self.partitioning.strategy {
            Strategy::Time => (0, 0),
            Strategy::TimeRange => (index_in(&self.partitioning.boundaries, service), 0),
            Strategy::TimeHash => {
                let place = self.hash.place(hash(self.partitioning.hash));
                (place.bucket, place.quotient)
            }
        };
        let leaf = self.slots[index as usize];
        if leaf < SPLIT { Ok(LeafNo(leaf)) } else { self.find(index, quotient) }
    }

    #[cold]
    fn find(&mut self, index: u32, quotient: u64) -> Result<LeafNo, RouteError> {
        let root = match self.partitioning.strategy {
            Strategy::Time => PartitionId::whole(self.bucket)?,
            Strategy::TimeHash | Strategy::TimeRange => PartitionId::new(self.bucket, index)?,
        };
        let partition = split::descend(root, quotient, |id| self.records.split_bits(id))?;
        let leaf = match self.leaf_of.get(&partition) {
            Some(leaf) => *leaf,
            None => {
                let route = route_partition(self.topology, &self.records, self.partitioning, partition, self.near)?;
                let leaf = LeafNo(self.leaves.len() as u32);
                self.leaves.push(route);
                self.leaf_of.insert(partition, leaf);
                leaf
            }
        };
        self.slots[index as usize] = if partition == root { leaf.0 } else { SPLIT };
        Ok(leaf)
    }

    /// The answer with this number; its `hash` is not set.
    #[inline]
    #[must_use]
    pub fn route(&self, leaf: LeafNo) -> &Route {
        &self.leaves[leaf.index()]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::routing_key::RoutingKey;
    use crate::model::{ClusterSpec, Node, NodeId, Revision};
    use crate::routing::route::route;

    fn topology() -> Topology {
        let nodes = (1..=7).map(|n| Node::new(NodeId::parse(&format!("node-{n}")).unwrap())).collect();
        Topology::new(ClusterSpec::default(), nodes).unwrap()
    }

    proptest! {
        #[test]
        fn the_table_answers_as_single_routing_does(ids in prop::collection::vec(any::<[u8; 16]>(), 1..200)) {
            let topology = topology();
            let time = Timestamp::from_seconds(1_762_353_824);
            let mut records = RecordSet::default();
            for bucket in 0..256 {
                let root = PartitionId::new(TimeBucket::new(489_542), bucket).unwrap();
                if bucket % 3 == 0 {
                    records.add_extension(root, br#"{"split_bits":2}"#, Revision(1));
                    for leaf in split::leaves(root, |id| u8::from(id == root) * 2).unwrap() {
                        let value = format!(r#"{{"partition_id":"{leaf}","nodes":["node-3"],"leader":"node-3","state":"Active","size_bytes":1,"record_count":1,"created_at":1,"updated_at":1}}"#);
                        records.add_record(leaf, value.as_bytes(), Revision(2));
                    }
                }
            }
            let mut table = HourTable::new(&topology, time, records.clone(), None);
            for bytes in ids {
                let Ok(id) = TraceId::from_bytes(bytes) else { continue };
                let leaf = table.leaf_of_trace(&id).unwrap();
                let mut single = route(&topology, &records, &RoutingKey::Trace { id }, "", time, None).unwrap();
                single.hash = None;
                prop_assert_eq!(table.route(leaf), &single);
            }
        }
    }
}
