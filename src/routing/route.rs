//! The answer for one key.

use crate::model::cluster_spec::Partitioning;
use crate::model::partition_id::PartitionIdError;
use crate::model::routing_key::RoutingKey;
use crate::model::{NodeId, NodeState, PartitionId, PartitionState, Revision, TimeBucket, TimeRange, Timestamp};
use crate::partitioner::split::{self, SplitError};
use crate::partitioner::{CompositePartitioner, Located};

use super::locality::nearest;
use super::{Near, RecordSet, Recorded, Topology};

/// What decided the owners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlacedBy {
    /// The partition's record.
    Metadata,
    /// A placement function, by its name.
    Function(&'static str),
}

impl PlacedBy {
    /// The word in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Metadata => "metadata",
            Self::Function(name) => name,
        }
    }
}

/// Where a key lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The partition, splits descended.
    pub partition: PartitionId,
    /// The time bucket's span.
    pub span: TimeRange,
    /// The key's hash, where the strategy hashes.
    pub hash: Option<u64>,
    /// The owners; the leader first where the placement function decided.
    pub owners: Vec<NodeId>,
    /// The state of each owner; `None` = the cluster does not know the node.
    pub owner_states: Vec<Option<NodeState>>,
    /// The leader.
    pub leader: Option<NodeId>,
    /// The nearest live owner, if asked for.
    pub nearest: Option<NodeId>,
    /// What decided.
    pub placed_by: PlacedBy,
    /// The partition's state, from its record.
    pub state: Option<PartitionState>,
    /// The record's size.
    pub size_bytes: Option<u64>,
    /// The revision of the record.
    pub revision: Option<Revision>,
}

impl Route {
    /// The time bucket.
    #[must_use]
    pub fn bucket(&self) -> TimeBucket {
        self.partition.bucket()
    }
}

/// A key cannot be routed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RouteError {
    /// The time is too far off for an id.
    #[error(transparent)]
    Id(#[from] PartitionIdError),
    /// The recorded splits make no sense.
    #[error(transparent)]
    Split(#[from] SplitError),
    /// The record cannot be read.
    #[error("the record of {id} is corrupt: {reason}")]
    Corrupt {
        /// The partition.
        id: PartitionId,
        /// What is wrong.
        reason: String,
    },
    /// A split whose child has no record: nobody knows where the data went.
    #[error("partition {parent} is split, but its child {child} has no record")]
    MissingChild {
        /// The split partition.
        parent: PartitionId,
        /// The child without a record.
        child: PartitionId,
    },
}

impl RouteError {
    /// The partition whose metadata is broken.
    #[must_use]
    pub fn partition(&self) -> Option<PartitionId> {
        match self {
            Self::Id(_) => None,
            Self::Split(SplitError::TooDeep(id) | SplitError::NotHash(id)) => Some(*id),
            Self::Corrupt { id, .. } => Some(*id),
            Self::MissingChild { child, .. } => Some(*child),
        }
    }
}

/// Routes one key at one time.
///
/// # Errors
/// The time is too far off, or the partition's metadata is broken.
pub fn route(
    topology: &Topology,
    records: &RecordSet,
    key: &RoutingKey,
    service: &str,
    time: Timestamp,
    near: Option<&Near>,
) -> Result<Route, RouteError> {
    let partitioning = topology.spec().partitioning_at(time);
    let located = CompositePartitioner::new(partitioning).locate(key, service, time)?;
    route_located(topology, records, partitioning, located, near)
}

/// Routes a key whose partition is known up to its splits.
///
/// # Errors
/// The partition's metadata is broken.
pub fn route_located(
    topology: &Topology,
    records: &RecordSet,
    partitioning: &Partitioning,
    located: Located,
    near: Option<&Near>,
) -> Result<Route, RouteError> {
    let quotient = located.place.map_or(0, |p| p.quotient);
    let partition = split::descend(located.partition, quotient, |id| records.split_bits(id))?;
    let mut route = route_partition(topology, records, partitioning, partition, near)?;
    route.hash = located.place.map(|p| p.hash);
    Ok(route)
}

/// The owners of one partition that is not split: by its record, else by the placement function.
///
/// # Errors
/// The record is corrupt, or missing although the parent was split.
pub fn route_partition(
    topology: &Topology,
    records: &RecordSet,
    partitioning: &Partitioning,
    partition: PartitionId,
    near: Option<&Near>,
) -> Result<Route, RouteError> {
    let span = partition.bucket().range(partitioning.granularity_hours);
    let mut route = match records.get(partition) {
        Some(Recorded::Corrupt { reason, .. }) => {
            return Err(RouteError::Corrupt { id: partition, reason: reason.clone() });
        }
        Some(Recorded::Good { record, revision }) => Route {
            partition,
            span,
            hash: None,
            owners: record.nodes.clone(),
            owner_states: Vec::new(),
            leader: record.leader.clone(),
            nearest: None,
            placed_by: PlacedBy::Metadata,
            state: Some(record.state),
            size_bytes: Some(record.size_bytes),
            revision: Some(*revision),
        },
        None if !partition.suffix().is_empty() => {
            return Err(RouteError::MissingChild { parent: partition.root(), child: partition });
        }
        None => {
            let owners = topology.placed_owners(partition);
            Route {
                partition,
                span,
                hash: None,
                leader: owners.first().cloned(),
                owners,
                owner_states: Vec::new(),
                nearest: None,
                placed_by: PlacedBy::Function(topology.placer().name()),
                state: None,
                size_bytes: None,
                revision: None,
            }
        }
    };
    route.owner_states = route.owners.iter().map(|id| topology.state(id)).collect();
    route.nearest = near.and_then(|near| nearest(topology, &route.owners, near).cloned());
    Ok(route)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ClusterSpec, Node, TraceId};

    fn topology() -> Topology {
        let nodes = (1..=4).map(|n| Node::new(NodeId::parse(&format!("node-{n}")).unwrap())).collect();
        Topology::new(ClusterSpec::default(), nodes).unwrap()
    }

    fn key() -> RoutingKey {
        RoutingKey::Trace { id: TraceId::parse("04a971f14b28f97dc6888f7bd33157cf").unwrap() }
    }

    fn record(id: &str, nodes: &str, leader: &str) -> (PartitionId, String) {
        let value = format!(
            r#"{{"partition_id":"{id}","nodes":{nodes},"leader":"{leader}","state":"Active","size_bytes":7,"record_count":2,"created_at":"2025-11-05T14:00:00Z","updated_at":"2025-11-05T14:00:00Z"}}"#
        );
        (id.parse().unwrap(), value)
    }

    const AT: Timestamp = Timestamp::from_seconds(1_762_353_824);

    #[test]
    fn without_a_record_the_ring_decides() {
        let route = route(&topology(), &RecordSet::default(), &key(), "", AT, None).unwrap();
        let owners: Vec<_> = route.owners.iter().map(ToString::to_string).collect();
        assert_eq!(owners, ["node-4", "node-2", "node-3"]);
        assert_eq!((route.placed_by, route.state), (PlacedBy::Function("ring"), None));
    }

    #[test]
    fn recorded_owners_win_over_the_ring() {
        let mut records = RecordSet::default();
        let (id, value) = record("partition_489542_0051", r#"["node-1","node-9"]"#, "node-9");
        records.add_record(id, value.as_bytes(), Revision(5));
        let route = route(&topology(), &records, &key(), "", AT, None).unwrap();
        assert_eq!(route.leader.unwrap().as_str(), "node-9");
        assert_eq!(route.owner_states, [Some(NodeState::Active), None]);
        assert_eq!((route.placed_by.name(), route.revision), ("metadata", Some(Revision(5))));
    }

    #[test]
    fn splits_are_descended_and_a_missing_child_is_an_error() {
        let mut records = RecordSet::default();
        let (root, value) = record("partition_489542_0051", r#"["node-1"]"#, "node-1");
        records.add_record(root, value.as_bytes(), Revision(5));
        records.add_extension(root, br#"{"epoch":2,"split_bits":1}"#, Revision(5));
        let error = route(&topology(), &records, &key(), "", AT, None).unwrap_err();
        let RouteError::MissingChild { child, .. } = error else { panic!("{error}") };
        let (child, value) = record(&child.to_string(), r#"["node-3"]"#, "node-3");
        records.add_record(child, value.as_bytes(), Revision(6));
        assert_eq!(route(&topology(), &records, &key(), "", AT, None).unwrap().partition, child);
    }

    #[test]
    fn a_corrupt_record_is_reported_not_skipped() {
        let mut records = RecordSet::default();
        records.add_record("partition_489542_0051".parse().unwrap(), b"{", Revision(1));
        assert!(matches!(route(&topology(), &records, &key(), "", AT, None), Err(RouteError::Corrupt { .. })));
    }
}
