//! Listing, creating and changing partition records.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use crate::model::{
    Document, NodeId, PartitionExtension, PartitionId, PartitionRecord, PartitionState, Revision, TimeBucket,
    TimeRange, Timestamp,
};
use crate::partitioner::{CompositePartitioner, TimePartitioner};
use crate::ports::metadata::{Entry, KeyRange};
use crate::ports::{Keys, MetadataRead};
use crate::routing::{RecordSet, Recorded, Topology};

use super::change::{ChangeSet, Group, KeyChange};
use super::cluster::CorruptValue;
use super::records::{id_of, load_bucket};
use super::{ClusterView, OperationError, partition_edit};

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
    fn buckets(&self, view: &ClusterView) -> Option<BTreeSet<TimeBucket>> {
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

    fn admits_id(&self, view: &ClusterView, id: PartitionId) -> bool {
        let partitioning = view.spec.partitioning_of(id);
        let in_range = self.range.is_none_or(|range| {
            let span = id.bucket().range(partitioning.granularity_hours);
            span.start() < range.end() && range.start() < span.end()
        });
        in_range && self.expired_at.is_none_or(|now| partitioning.is_expired(id.bucket(), now))
    }

    fn admits(&self, record: &PartitionRecord) -> bool {
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

/// One partition as it is stored.
#[derive(Clone, Debug)]
pub struct StoredPartition {
    /// The record and its extension.
    pub listed: ListedPartition,
    /// The record's entry.
    pub entry: Entry,
    /// The extension's entry.
    pub extension: Option<Entry>,
    /// Whether an operation is in flight on it.
    pub in_flight: bool,
}

/// One partition, and the cluster at the same revision.
///
/// # Errors
/// It does not exist, or its value is corrupt.
pub async fn get<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    at: Option<Revision>,
    id: PartitionId,
) -> Result<(StoredPartition, ClusterView), OperationError> {
    let (view, lists) = ClusterView::read(store, keys, at, &key_ranges(keys, id)).await?;
    Ok((stored(&view, id, &lists)?, view))
}

/// Several partitions as [`get`] reads one, all at one revision, in the order asked; those without a record are left out
/// if `ignore_missing`.
///
/// # Errors
/// One does not exist, or a value is corrupt.
pub async fn get_all<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    at: Option<Revision>,
    ids: &[PartitionId],
    ignore_missing: bool,
) -> Result<(Vec<StoredPartition>, ClusterView), OperationError> {
    let (view, _) = ClusterView::read(store, keys, at, &[]).await?;
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(IDS_A_READ) {
        let ranges: Vec<KeyRange> = some.iter().flat_map(|&id| key_ranges(keys, id)).collect();
        let lists = store.read(&ranges, Some(view.revision)).await?.ranges;
        for (&id, lists) in some.iter().zip(lists.chunks(3)) {
            match stored(&view, id, lists) {
                Ok(partition) => found.push(partition),
                Err(OperationError::NotFound { .. }) if ignore_missing => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok((found, view))
}

/// Partitions read at once: three ranges each, below the 128 that etcd takes.
pub(super) const IDS_A_READ: usize = 40;

/// The keys of a record, its extension and its operation in flight.
pub(super) fn key_ranges(keys: &Keys, id: PartitionId) -> [KeyRange; 3] {
    [keys.partition(id), keys.extension(id), keys.migration(id)].map(|key| KeyRange::single(&key))
}

/// One partition out of what [`key_ranges`] found.
fn stored(view: &ClusterView, id: PartitionId, lists: &[Vec<Entry>]) -> Result<StoredPartition, OperationError> {
    let first = |at: usize| lists.get(at).and_then(|list| list.first()).cloned();
    let entry = first(0).ok_or_else(|| OperationError::NotFound { what: format!("a record of partition {id}") })?;
    let corrupt = |entry: &Entry, reason: String| OperationError::Corrupt { key: entry.key.clone(), reason };
    let record = PartitionRecord::parse(id, &entry.value).map_err(|e| corrupt(&entry, e.to_string()))?;
    let extension_entry = first(1);
    let extension = match &extension_entry {
        Some(e) => PartitionExtension::parse(&e.value).map_err(|reason| corrupt(e, reason))?,
        None => PartitionExtension::default(),
    };
    let span = id.bucket().range(view.spec.partitioning_of(id).granularity_hours);
    let listed = ListedPartition { record, extension, span, revision: entry.mod_revision };
    Ok(StoredPartition { listed, entry, extension: extension_entry, in_flight: first(2).is_some() })
}

/// The most nodes that every transaction of a creation holds unchanged; with more, each holds those of its own records.
const GUARDED_NODES_MAX: usize = 32;

/// New records for every partition of a range of time that has none. Future buckets skip nodes that take no new
/// partitions; buckets that began before `now` walk the placement function unskipped, since their data is already there.
///
/// # Errors
/// The store does not answer, a record is corrupt, or no node takes new partitions.
pub async fn create<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    view: &ClusterView,
    range: TimeRange,
    now: Timestamp,
    progress: &mut (dyn FnMut(u64) + Send),
) -> Result<ChangeSet, OperationError> {
    let topology = view.topology()?;
    let spec_revision = view.spec_entry.as_ref().map_or(Revision::NONE, |entry| entry.mod_revision);
    let mut guards: BTreeMap<String, Revision> = [(keys.cluster(), spec_revision)].into();
    let guard_together = view.nodes.len() <= GUARDED_NODES_MAX;
    let mut guarded: BTreeSet<NodeId> = BTreeSet::new();
    let (mut groups, mut existing) = (Vec::new(), 0_u64);
    for (partitioning, part) in view.spec.versions_in(range) {
        let partitioner = CompositePartitioner::new(partitioning);
        for bucket in TimePartitioner::new(partitioning.granularity_hours).buckets(part) {
            let mut records = RecordSet::default();
            let mut foreign = Vec::new();
            load_bucket(store, keys, view.revision, bucket, &mut records, &mut foreign).await?;
            if let Some(foreign) = foreign.pop() {
                return Err(foreign.into());
            }
            let begun = bucket.start(partitioning.granularity_hours) <= now;
            for id in partitioner.partitions(bucket) {
                let id = id?;
                match records.get(id) {
                    Some(Recorded::Good { .. }) => {
                        existing += 1;
                        continue;
                    }
                    Some(Recorded::Corrupt { reason, .. }) => {
                        return Err(OperationError::Corrupt { key: keys.partition(id), reason: reason.clone() });
                    }
                    None => {}
                }
                let record = new_record(&topology, id, begun, now)?;
                let change = KeyChange::create(format!("partition {id}"), keys.partition(id), &record.to_document());
                // The nodes that get it must stay as they were read: not removed, not cordoned.
                let mut own = BTreeMap::new();
                if guard_together {
                    for node in &record.nodes {
                        if !guarded.contains(node) {
                            guarded.insert(node.clone());
                        }
                    }
                } else {
                    own = view.node_guards(keys, &record.nodes);
                }
                groups.push(Group { changes: vec![change], guards: own });
            }
            progress(groups.len() as u64 + existing);
        }
    }
    guards.extend(view.node_guards(keys, &guarded.into_iter().collect::<Vec<_>>()));
    let mut summary = format!("create {} partition records from {} to {}", groups.len(), range.start(), range.end());
    if existing > 0 {
        summary.push_str(&format!("; {existing} exist already"));
    }
    Ok(ChangeSet { summary, groups, guards, ..ChangeSet::default() })
}

fn new_record(
    topology: &Topology,
    id: PartitionId,
    begun: bool,
    now: Timestamp,
) -> Result<PartitionRecord, OperationError> {
    let nodes = if begun { topology.placed_owners(id) } else { topology.owners_for_creation(id) };
    if nodes.is_empty() {
        return Err(OperationError::Refused {
            refused: format!("not creating {id}"),
            reason: "no node takes new partitions: all are cordoned, draining or down".to_owned(),
            forceable: false,
        });
    }
    Ok(PartitionRecord {
        id,
        leader: nodes.first().cloned(),
        nodes,
        state: PartitionState::Active,
        size_bytes: 0,
        record_count: 0,
        created_at: now,
        updated_at: now,
    })
}

/// Fields of a record to change; `None` leaves a field alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartitionEdit {
    /// New leader.
    pub leader: Option<NodeId>,
    /// New state.
    pub state: Option<PartitionState>,
    /// New nodes.
    pub nodes: Option<Vec<NodeId>>,
    /// New size.
    pub size_bytes: Option<u64>,
    /// New record count.
    pub record_count: Option<u64>,
    /// Change nodes although nobody has looked at the copies.
    pub force: bool,
}

/// A changed record.
///
/// # Errors
/// The record does not exist or is corrupt; the result would break an invariant; it needs a look at the copies.
pub fn set(
    view: &ClusterView,
    keys: &Keys,
    stored: &StoredPartition,
    edit: &PartitionEdit,
    now: Timestamp,
) -> Result<ChangeSet, OperationError> {
    let mut wanted = partition_edit::record_document(stored)?;
    if let Some(nodes) = &edit.nodes {
        wanted.set("nodes", nodes.iter().map(|n| n.as_str().to_owned()).collect::<Vec<_>>());
    }
    if let Some(leader) = &edit.leader {
        wanted.set("leader", leader.as_str());
    }
    if let Some(state) = edit.state {
        wanted.set("state", state.name());
    }
    if let Some(size) = edit.size_bytes {
        wanted.set("size_bytes", size);
    }
    if let Some(count) = edit.record_count {
        wanted.set("record_count", count);
    }
    partition_edit::change(view, keys, stored, &wanted, edit.force, now)
}

/// The epoch grows with every change of owners, in the same transaction as the record.
pub(super) fn next_epoch(
    keys: &Keys,
    id: PartitionId,
    epoch: u64,
    stored: Option<&Entry>,
) -> Result<KeyChange, OperationError> {
    let what = format!("extension of partition {id}");
    let epoch = epoch.saturating_add(1);
    let Some(entry) = stored else {
        let mut document = Document::default();
        document.set("epoch", epoch);
        return Ok(KeyChange::create(what, keys.extension(id), &document));
    };
    let corrupt = |reason: String| OperationError::Corrupt { key: entry.key.clone(), reason };
    let before = Document::parse(&entry.value).map_err(|e| corrupt(e.to_string()))?;
    let mut after = before.clone();
    after.set("epoch", epoch);
    KeyChange::update(what, entry, &before, &after).ok_or_else(|| corrupt("its epoch cannot grow".to_owned()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::metadata::{InitialRevisions, MemoryStore};
    use crate::operations::change::{AuditContext, Consent};
    use crate::operations::create::entry;
    use crate::ports::MetadataWrite;
    use crate::ports::clock::FixedClock;
    use crate::ports::metadata::{Op, Transaction};

    fn wait<F: Future>(future: F) -> F::Output {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
    }

    fn store(nodes: usize) -> MemoryStore {
        let node = |n: usize| entry(format!("/otlp/nodes/n{n}"), "{}".to_owned());
        let clock = Arc::new(FixedClock(Timestamp::EPOCH));
        MemoryStore::with_entries(clock, (1..=nodes).map(node), InitialRevisions::AllFirst).unwrap()
    }

    fn planned(store: &MemoryStore) -> ChangeSet {
        let keys = Keys::default();
        let (view, _) = wait(ClusterView::read(store, &keys, None, &[])).unwrap();
        let range = TimeRange::new(Timestamp::from_seconds(0), Timestamp::from_seconds(3600)).unwrap();
        wait(create(store, &keys, &view, range, Timestamp::EPOCH, &mut |_| {})).unwrap()
    }

    /// A node that is changed or removed while records are made for it stops them, in small clusters and in large ones.
    #[test]
    fn records_rest_on_the_nodes_that_get_them() {
        for nodes in [4, GUARDED_NODES_MAX + 8] {
            for op in [
                Op::put("/otlp/nodes/n2".into(), r#"{"state":"Cordoned"}"#),
                Op::Delete { key: "/otlp/nodes/n2".into() },
            ] {
                let store = store(nodes);
                let change = planned(&store);
                assert_eq!(change.len(), 256);
                let _ = wait(store.commit(Transaction { compares: vec![], ops: vec![op] })).unwrap();
                let audit = AuditContext {
                    now: Timestamp::EPOCH,
                    actor: "a".into(),
                    host: "h".into(),
                    command: "partition create".into(),
                    reason: None,
                    nonce: 1,
                };
                let error = wait(change.approve(Consent::Flag).apply(&store, &Keys::default(), &audit)).unwrap_err();
                assert!(error.to_string().contains("/otlp/nodes/n2"), "{error}");
            }
        }
    }

    #[test]
    fn progress_counts_what_is_there_too() {
        let store = store(3);
        let mut seen = Vec::new();
        let keys = Keys::default();
        let (view, _) = wait(ClusterView::read(&store, &keys, None, &[])).unwrap();
        let range = TimeRange::new(Timestamp::from_seconds(0), Timestamp::from_seconds(7200)).unwrap();
        wait(create(&store, &keys, &view, range, Timestamp::EPOCH, &mut |done| seen.push(done))).unwrap();
        assert_eq!(seen, [256, 512]);
    }
}
