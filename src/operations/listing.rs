//! Listing partition records: which, and in which order.
//!
//! Invariant: what is listed is whole before anything of it is shown, so that a read can begin again when its revision is
//! compacted away.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use crate::model::{
    NodeId, PartitionExtension, PartitionId, PartitionRecord, PartitionState, Revision, TimeBucket, TimeRange,
    Timestamp,
};
use crate::partitioner::TimePartitioner;
use crate::ports::metadata::Entry;
use crate::ports::{Keys, MetadataRead};

use super::cluster::CorruptValue;
use super::records::id_of;
use super::{ClusterView, OperationError};

/// Which partitions are listed; an empty filter lists all.
#[derive(Clone, Debug, Default)]
pub struct PartitionFilter {
    /// Buckets that overlap this range.
    pub range: Option<TimeRange>,
    /// Held by one of these nodes.
    pub nodes: Vec<NodeId>,
    /// Led by one of these nodes.
    pub leaders: Vec<NodeId>,
    /// In this state.
    pub state: Option<PartitionState>,
    /// With a copy on one of these nodes, which are those of a zone; `None` = in any zone.
    pub zone_nodes: Option<Vec<NodeId>>,
    /// At least this large.
    pub min_size: Option<u64>,
    /// At most this large.
    pub max_size: Option<u64>,
    /// Pinned.
    pub pinned: bool,
    /// With fewer copies on nodes that are up than the replication factor.
    pub under_replicated: Option<LiveNodes>,
    /// Without a leader that is up.
    pub leaderless: Option<LiveNodes>,
    /// Past their retention at this time.
    pub expired_at: Option<Timestamp>,
}

/// The nodes that are up, for filters that ask for what is not.
#[derive(Clone, Debug, Default)]
pub struct LiveNodes {
    nodes: Vec<NodeId>,
    replicas: usize,
}

impl LiveNodes {
    /// Of a cluster.
    #[must_use]
    pub fn of(view: &ClusterView) -> Self {
        let up = view.nodes.iter().filter(|(node, _)| node.state.is_up());
        Self { nodes: up.map(|(node, _)| node.id.clone()).collect(), replicas: view.spec.replication_factor.into() }
    }

    fn holds(&self, node: &NodeId) -> bool {
        self.nodes.binary_search(node).is_ok()
    }

    /// Whether a partition has fewer live copies than it should.
    fn misses_copies(&self, record: &PartitionRecord) -> bool {
        record.nodes.iter().filter(|node| self.holds(node)).count() < self.replicas
    }

    /// Whether nobody leads a partition.
    fn misses_leader(&self, record: &PartitionRecord) -> bool {
        !record.leader.as_ref().is_some_and(|leader| self.holds(leader))
    }
}

/// A record as it is listed.
#[derive(Clone, Debug)]
pub struct ListedPartition {
    /// The record.
    pub record: PartitionRecord,
    /// Its extension.
    pub extension: PartitionExtension,
    /// The bucket's span.
    pub span: TimeRange,
    /// The revision of the record's last change.
    pub revision: Revision,
}

impl PartitionFilter {
    /// The time buckets of its range, if it has one that is not too long.
    pub(super) fn buckets(&self, view: &ClusterView) -> Option<BTreeSet<TimeBucket>> {
        let mut buckets = BTreeSet::new();
        for (partitioning, part) in view.spec.versions_in(self.range?) {
            let found = TimePartitioner::new(partitioning.granularity_hours).buckets(part);
            if found.len() + buckets.len() > BUCKETS_MAX {
                return None;
            }
            buckets.extend(found);
        }
        Some(buckets)
    }

    pub(super) fn admits_id(&self, view: &ClusterView, id: PartitionId) -> bool {
        let partitioning = view.spec.partitioning_of(id);
        let in_range = self.range.is_none_or(|range| {
            let span = id.bucket().range(partitioning.granularity_hours);
            span.start() < range.end() && range.start() < span.end()
        });
        in_range && self.expired_at.is_none_or(|now| partitioning.is_expired(id.bucket(), now))
    }

    pub(super) fn admits(&self, record: &PartitionRecord) -> bool {
        (self.nodes.is_empty() || record.nodes.iter().any(|n| self.nodes.contains(n)))
            && (self.leaders.is_empty() || record.leader.as_ref().is_some_and(|l| self.leaders.contains(l)))
            && self.state.is_none_or(|state| record.state == state)
            && self.zone_nodes.as_ref().is_none_or(|zone| record.nodes.iter().any(|n| zone.contains(n)))
            && self.min_size.is_none_or(|min| record.size_bytes >= min)
            && self.max_size.is_none_or(|max| record.size_bytes <= max)
            && self.under_replicated.as_ref().is_none_or(|live| live.misses_copies(record))
            && self.leaderless.as_ref().is_none_or(|live| live.misses_leader(record))
    }

    fn admits_extension(&self, extension: Option<&PartitionExtension>) -> bool {
        !self.pinned || extension.is_some_and(|extension| extension.pinned)
    }
}

/// The records that a filter may admit, as they are stored: an answer that is whole before anything of it is shown.
pub struct Listing {
    /// In numeric order of the ids.
    stored: Vec<StoredValue>,
    extensions: BTreeMap<PartitionId, PartitionExtension>,
    corrupt: Vec<CorruptValue>,
}

/// A record before it is read: a million of them fit into memory.
struct StoredValue {
    id: PartitionId,
    revision: Revision,
    value: Box<[u8]>,
}

/// Time buckets of a range that are read one by one; a longer range is scanned with everything else.
const BUCKETS_MAX: usize = 2_000;

/// Reads what a filter may admit, in one pass: the time buckets of its range, or everything.
///
/// # Errors
/// The store does not answer.
pub async fn load<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    view: &ClusterView,
    filter: &PartitionFilter,
) -> Result<Listing, OperationError> {
    let (extensions, mut corrupt) = read_extensions(store, keys, view.revision).await?;
    let mut stored = Vec::new();
    let mut take = |entry: &Entry| match id_of(keys, "partitions", entry) {
        Ok(id) if filter.admits_id(view, id) => {
            stored.push(StoredValue { id, revision: entry.mod_revision, value: entry.value.as_slice().into() });
        }
        Ok(_) => {}
        Err(foreign) => corrupt.push(foreign),
    };
    match filter.buckets(view) {
        Some(buckets) => {
            for bucket in buckets {
                let lists = store.read(&keys.partitions_of(bucket), Some(view.revision)).await?.ranges;
                lists.iter().flatten().for_each(&mut take);
            }
        }
        None => {
            let mut visit = |entry: &Entry| {
                take(entry);
                ControlFlow::Continue(())
            };
            store.scan(&keys.partitions(), Some(view.revision), &mut visit).await?;
        }
    }
    // Keys come in the order of their bytes, which is nearly that of the numbers.
    stored.sort_by_key(|stored| stored.id);
    Ok(Listing { stored, extensions, corrupt })
}

impl Listing {
    /// Visits the records that the filter admits, in numeric order of their ids, and gives what could not be read.
    ///
    /// # Errors
    /// `visit` says so.
    pub fn visit<E>(
        self,
        keys: &Keys,
        view: &ClusterView,
        filter: &PartitionFilter,
        mut visit: impl FnMut(ListedPartition) -> Result<ControlFlow<()>, E>,
    ) -> Result<Vec<CorruptValue>, E> {
        let Self { stored, extensions, mut corrupt } = self;
        for StoredValue { id, revision, value } in stored {
            match PartitionRecord::parse(id, &value) {
                Err(reason) => corrupt.push(CorruptValue { key: keys.partition(id), reason: reason.to_string() }),
                Ok(record) if filter.admits(&record) && filter.admits_extension(extensions.get(&id)) => {
                    let listed = ListedPartition {
                        record,
                        extension: extensions.get(&id).cloned().unwrap_or_default(),
                        span: id.bucket().range(view.spec.partitioning_of(id).granularity_hours),
                        revision,
                    };
                    if visit(listed)?.is_break() {
                        break;
                    }
                }
                Ok(_) => {}
            }
        }
        Ok(corrupt)
    }
}

/// The nodes among `asked` that neither the cluster knows nor any record names, and those that records alone name.
///
/// # Errors
/// The store does not answer.
pub async fn strangers<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    view: &ClusterView,
    asked: &[NodeId],
) -> Result<(Vec<NodeId>, Vec<NodeId>), OperationError> {
    // A node whose value cannot be read is there all the same.
    let corrupt = |node: &NodeId| view.corrupt.iter().any(|corrupt| corrupt.key == keys.node(node));
    let mut unknown: Vec<NodeId> = asked.iter().filter(|node| !view.knows(node) && !corrupt(node)).cloned().collect();
    let mut named = Vec::new();
    if unknown.is_empty() {
        return Ok((unknown, named));
    }
    let mut visit = |entry: &Entry| {
        let record = id_of(keys, "partitions", entry).ok().and_then(|id| PartitionRecord::parse(id, &entry.value).ok());
        if let Some(record) = record {
            named.extend(unknown.extract_if(.., |node| record.nodes.contains(node)));
        }
        if unknown.is_empty() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    store.scan(&keys.partitions(), Some(view.revision), &mut visit).await?;
    Ok((unknown, named))
}

/// All extensions, and those that cannot be read.
pub(super) async fn read_extensions<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    at: Revision,
) -> Result<(BTreeMap<PartitionId, PartitionExtension>, Vec<CorruptValue>), OperationError> {
    let mut extensions = BTreeMap::new();
    let mut corrupt = Vec::new();
    let mut visit = |entry: &Entry| {
        let parse = |e: &Entry| {
            PartitionExtension::parse(&e.value).map_err(|reason| CorruptValue { key: e.key.clone(), reason })
        };
        match id_of(keys, "ext", entry).and_then(|id| Ok((id, parse(entry)?))) {
            Ok((id, extension)) => {
                extensions.insert(id, extension);
            }
            Err(bad) => corrupt.push(bad),
        }
        ControlFlow::Continue(())
    };
    store.scan(&keys.extensions(), Some(at), &mut visit).await?;
    Ok((extensions, corrupt))
}
