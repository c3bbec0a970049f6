//! Which partitions and nodes a query of a range of time touches.

use std::collections::BTreeMap;

use crate::model::{NodeId, NodeState, PartitionId, Partitioning, Strategy, TimeRange, Timestamp};
use crate::partitioner::split;
use crate::partitioner::{CompositePartitioner, RangePartitioner, TimePartitioner};

use super::route::{RouteError, route_partition};
use super::{Near, RecordSet, Route, Topology, Unroutable};

/// The most partitions that one query may touch.
pub const PARTITIONS_MAX: u64 = 4_000_000;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct FanOutQuery<'a> {
    /// The time.
    pub range: TimeRange,
    /// One service; prunes under time × range, filters under time × hash.
    pub service: Option<&'a str>,
    /// Services from this name on.
    pub service_from: Option<&'a str>,
    /// Services before this name.
    pub service_to: Option<&'a str>,
    /// Hash buckets; all if empty.
    pub buckets: &'a [u32],
    /// From where the nearest replica is chosen.
    pub near: Option<&'a Near>,
    /// The time now, for retention.
    pub now: Timestamp,
    /// Whether records were read: then a partition without one is reported as missing.
    pub recorded: bool,
}

/// One partition to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FanOutRow {
    /// Where it is.
    pub route: Route,
    /// The replica to read: the nearest live one if a place was given, else the leader if it lives, else the first that
    /// does; `None` if none does.
    pub chosen: Option<NodeId>,
}

/// What one node is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FanOutNode {
    /// The node.
    pub node: NodeId,
    /// Its availability zone.
    pub zone: Option<String>,
    /// Its state; `None` = not known to the cluster.
    pub state: Option<NodeState>,
    /// Partitions that it is chosen for.
    pub partitions: u64,
    /// Their bytes, as far as they are recorded; `None` = nothing is known of any.
    pub bytes: Option<u64>,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FanOut {
    /// What narrowed the query down: always `time`; `hash` and `service` where they did.
    pub pruned_by: Vec<&'static str>,
    /// The partitions in order.
    pub rows: Vec<FanOutRow>,
    /// The nodes to ask, in natural order.
    pub nodes: Vec<FanOutNode>,
    /// Partitions that have no record.
    pub missing: Vec<PartitionId>,
    /// Partitions whose metadata is broken; they are in no row.
    pub unroutable: Unroutable,
    /// Whether part of the range is older than the retention.
    pub beyond_retention: bool,
}

/// The query cannot be answered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FanOutError {
    /// Too many partitions.
    #[error("the range touches {0} partitions, the most is {PARTITIONS_MAX}")]
    TooLarge(u64),
    /// A hash bucket that does not exist.
    #[error("hash bucket {bucket} does not exist, the buckets are 0 to {last}")]
    Bucket {
        /// The bucket asked for.
        bucket: u32,
        /// The last one.
        last: u32,
    },
    /// Buckets were named, but the cluster does not hash.
    #[error("the partitioning ({0}) has no hash buckets")]
    NoBuckets(String),
    /// A time is too far off for an id.
    #[error(transparent)]
    Route(#[from] RouteError),
}

/// The number of partitions, splits left out, that a range of time touches.
#[must_use]
pub fn partition_count(topology: &Topology, range: TimeRange) -> u64 {
    let versions = topology.spec().versions_in(range);
    versions.iter().fold(0, |sum, (partitioning, part)| {
        let buckets = TimePartitioner::new(partitioning.granularity_hours).buckets(*part).len() as u64;
        buckets.saturating_mul(u64::from(partitioning.partitions_per_bucket())).saturating_add(sum)
    })
}

/// Answers a query of a range of time from the records of its buckets. Partitions whose metadata is broken are listed as
/// [`FanOut::unroutable`].
///
/// # Errors
/// The range is too large, or a bucket does not exist.
pub fn fan_out(topology: &Topology, records: &RecordSet, query: &FanOutQuery<'_>) -> Result<FanOut, FanOutError> {
    let count = partition_count(topology, query.range);
    if count > PARTITIONS_MAX {
        return Err(FanOutError::TooLarge(count));
    }
    let mut answer = FanOut {
        pruned_by: vec!["time"],
        rows: Vec::new(),
        nodes: Vec::new(),
        missing: Vec::new(),
        unroutable: Unroutable::default(),
        beyond_retention: false,
    };
    for (partitioning, part) in topology.spec().versions_in(query.range) {
        answer.beyond_retention |= part.start() < partitioning.retention_start(query.now);
        let indexes = wanted_indexes(partitioning, query, &mut answer.pruned_by)?;
        let partitioner = CompositePartitioner::new(partitioning);
        for bucket in TimePartitioner::new(partitioning.granularity_hours).buckets(part) {
            for root in partitioner.partitions(bucket) {
                let root = root.map_err(RouteError::from)?;
                if root.index().is_some_and(|index| !indexes.contains(index)) {
                    continue;
                }
                add_partition(topology, records, query, partitioning, root, &mut answer)?;
            }
        }
    }
    answer.nodes = node_totals(topology, &answer.rows);
    Ok(answer)
}

fn add_partition(
    topology: &Topology,
    records: &RecordSet,
    query: &FanOutQuery<'_>,
    partitioning: &Partitioning,
    root: PartitionId,
    answer: &mut FanOut,
) -> Result<(), FanOutError> {
    let leaves = match split::leaves(root, |id| records.split_bits(id)) {
        Ok(leaves) => leaves,
        Err(error) => return Ok(answer.unroutable.note(error.into())?),
    };
    for leaf in leaves {
        let route = match route_partition(topology, records, partitioning, leaf, query.near) {
            Ok(route) => route,
            Err(error) => {
                answer.unroutable.note(error)?;
                continue;
            }
        };
        if query.recorded && route.revision.is_none() {
            answer.missing.push(leaf);
        }
        let chosen = choose(topology, &route);
        answer.rows.push(FanOutRow { route, chosen });
    }
    Ok(())
}

fn choose(topology: &Topology, route: &Route) -> Option<NodeId> {
    let lives = |id: &&NodeId| topology.state(id).is_some_and(NodeState::is_up);
    let nearest = route.nearest.as_ref();
    nearest.or_else(|| route.leader.as_ref().filter(lives)).or_else(|| route.owners.iter().find(lives)).cloned()
}

/// The hash buckets or ranges of a time bucket that a query needs.
enum Indexes {
    All,
    Range(u32, u32),
    Listed(Vec<u32>),
    None,
}

impl Indexes {
    fn contains(&self, index: u32) -> bool {
        match self {
            Self::All => true,
            Self::Range(first, last) => (*first..=*last).contains(&index),
            Self::Listed(list) => list.contains(&index),
            Self::None => false,
        }
    }
}

fn wanted_indexes(
    partitioning: &Partitioning,
    query: &FanOutQuery<'_>,
    pruned_by: &mut Vec<&'static str>,
) -> Result<Indexes, FanOutError> {
    let mut prune = |word| {
        if !pruned_by.contains(&word) {
            pruned_by.push(word);
        }
    };
    if !query.buckets.is_empty() {
        if partitioning.strategy != Strategy::TimeHash {
            return Err(FanOutError::NoBuckets(partitioning.to_string()));
        }
        if let Some(&bucket) = query.buckets.iter().find(|b| **b >= partitioning.hash_buckets) {
            return Err(FanOutError::Bucket { bucket, last: partitioning.hash_buckets - 1 });
        }
        prune("hash");
        return Ok(Indexes::Listed(query.buckets.to_vec()));
    }
    let by_service = query.service.is_some() || query.service_from.is_some() || query.service_to.is_some();
    if partitioning.strategy != Strategy::TimeRange || !by_service {
        return Ok(Indexes::All);
    }
    let Ok(ranges) = RangePartitioner::new(partitioning.boundaries.clone()) else { return Ok(Indexes::All) };
    prune("service");
    if let Some(service) = query.service {
        let index = ranges.index(service);
        return Ok(Indexes::Range(index, index));
    }
    let span = ranges.indexes(query.service_from, query.service_to);
    Ok(span.map_or(Indexes::None, |(first, last)| Indexes::Range(first, last)))
}

fn node_totals(topology: &Topology, rows: &[FanOutRow]) -> Vec<FanOutNode> {
    let mut totals: BTreeMap<&NodeId, (u64, Option<u64>)> = BTreeMap::new();
    for row in rows {
        if let Some(node) = &row.chosen {
            let slot = totals.entry(node).or_default();
            slot.0 += 1;
            if let Some(bytes) = row.route.size_bytes {
                slot.1 = Some(slot.1.unwrap_or(0).saturating_add(bytes));
            }
        }
    }
    let total = |(id, (partitions, bytes)): (&NodeId, (u64, Option<u64>))| FanOutNode {
        node: id.clone(),
        zone: topology.node(id).and_then(|n| n.location.availability_zone.clone()),
        state: topology.state(id),
        partitions,
        bytes,
    };
    totals.into_iter().map(total).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ClusterSpec, Node, Revision};

    fn topology(strategy: Strategy) -> Topology {
        let nodes = (1..=4).map(|n| Node::new(NodeId::parse(&format!("node-{n}")).unwrap())).collect();
        let mut spec = ClusterSpec::default();
        spec.partitioning[0].strategy = strategy;
        spec.partitioning[0].boundaries = vec!["a".into(), "g".into(), "n".into(), "t".into()];
        Topology::new(spec, nodes).unwrap()
    }

    fn query(hours: i64) -> FanOutQuery<'static> {
        let start = Timestamp::from_seconds(489_542 * 3600 + 1800);
        FanOutQuery {
            range: TimeRange::new(start, start.plus_seconds(hours * 3600)).unwrap(),
            service: None,
            service_from: None,
            service_to: None,
            buckets: &[],
            near: None,
            now: start,
            recorded: true,
        }
    }

    #[test]
    fn a_range_inside_buckets_reads_all_of_them() {
        let answer = fan_out(&topology(Strategy::TimeHash), &RecordSet::default(), &query(2)).unwrap();
        assert_eq!((answer.rows.len(), answer.missing.len()), (3 * 256, 3 * 256));
        assert_eq!(answer.nodes.iter().map(|n| n.partitions).sum::<u64>(), 3 * 256);
        assert_eq!((answer.pruned_by, answer.beyond_retention), (vec!["time"], false));
    }

    #[test]
    fn services_prune_ranges_but_not_hashes() {
        let hashed = FanOutQuery { service: Some("checkout"), ..query(1) };
        assert_eq!(fan_out(&topology(Strategy::TimeHash), &RecordSet::default(), &hashed).unwrap().pruned_by, ["time"]);
        let ranged = fan_out(&topology(Strategy::TimeRange), &RecordSet::default(), &hashed).unwrap();
        assert_eq!((ranged.rows.len(), ranged.pruned_by), (2, vec!["time", "service"]));
        let none = FanOutQuery { service_from: Some("z"), service_to: Some("b"), ..query(1) };
        assert_eq!(fan_out(&topology(Strategy::TimeRange), &RecordSet::default(), &none).unwrap().rows.len(), 0);
    }

    #[test]
    fn buckets_are_checked() {
        let two = FanOutQuery { buckets: &[51, 52], ..query(1) };
        let answer = fan_out(&topology(Strategy::TimeHash), &RecordSet::default(), &two).unwrap();
        assert_eq!((answer.rows.len(), answer.pruned_by), (4, vec!["time", "hash"]));
        let bad = FanOutQuery { buckets: &[256], ..query(1) };
        let error = fan_out(&topology(Strategy::TimeHash), &RecordSet::default(), &bad).unwrap_err();
        assert_eq!(error, FanOutError::Bucket { bucket: 256, last: 255 });
    }

    #[test]
    fn a_dead_leader_is_not_chosen() {
        let mut nodes: Vec<Node> = (1..=3).map(|n| Node::new(NodeId::parse(&format!("node-{n}")).unwrap())).collect();
        nodes[0].state = NodeState::Down;
        let topology = Topology::new(ClusterSpec::default(), nodes).unwrap();
        let mut records = RecordSet::default();
        let id: PartitionId = "partition_489542_0051".parse().unwrap();
        let value = format!(
            r#"{{"partition_id":"{id}","nodes":["node-1","node-3"],"leader":"node-1","state":"Active","size_bytes":9,"record_count":1,"created_at":1,"updated_at":1}}"#
        );
        records.add_record(id, value.as_bytes(), Revision(1));
        let answer = fan_out(&topology, &records, &FanOutQuery { buckets: &[51], ..query(1) }).unwrap();
        assert_eq!(answer.rows[0].chosen.as_ref().map(NodeId::as_str), Some("node-3"));
        let live = answer.nodes.iter().find(|n| n.node.as_str() == "node-3").unwrap();
        assert_eq!(live.bytes, Some(9));
    }

    #[test]
    fn endless_ranges_are_refused() {
        let mut endless = query(1);
        endless.range = TimeRange::new(Timestamp::EPOCH, Timestamp::OTLP_MAX).unwrap();
        assert!(matches!(
            fan_out(&topology(Strategy::TimeHash), &RecordSet::default(), &endless),
            Err(FanOutError::TooLarge(_))
        ));
    }
}
