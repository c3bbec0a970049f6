//! Partition records one by one: reading, creating and changing them.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Document, NodeId, PartitionExtension, PartitionId, PartitionRecord, PartitionState, Revision, TimeBucket,
    TimeRange, Timestamp,
};
use crate::partitioner::{CompositePartitioner, TimePartitioner};
use crate::ports::metadata::{Entry, KeyRange};
use crate::ports::{Keys, MetadataRead};
use crate::routing::{RecordSet, Recorded};

use super::change::{ChangeSet, Group, KeyChange};
use super::consistent::consistently;
use super::listing::ListedPartition;
use super::partition_placement::{NewOwners, PlacementReport};
use super::records::load_bucket;
use super::{ClusterView, OperationError, partition_edit};

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
    consistently(at, async || get_all_once(store, keys, at, ids, ignore_missing).await).await
}

async fn get_all_once<S: MetadataRead>(
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

/// New records, and what there is to say of where they went.
#[derive(Clone, Debug, Default)]
pub struct Created {
    /// The records.
    pub change: ChangeSet,
    /// What zone-balanced placement has to say.
    pub placement: PlacementReport,
}

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
) -> Result<Created, OperationError> {
    create_placed(store, keys, view, range, now, Some(now), progress).await
}

/// The same for the first records of buckets into which nothing was written yet: by our own writers nothing is before its
/// partition is recorded. They are placed as new ones are, also where the bucket has begun.
///
/// # Errors
/// As [`create`].
pub async fn create_empty<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    view: &ClusterView,
    range: TimeRange,
    now: Timestamp,
) -> Result<Created, OperationError> {
    let begun_before = view.spec.foreign_writers.then_some(now);
    create_placed(store, keys, view, range, now, begun_before, &mut |_| {}).await
}

async fn create_placed<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    view: &ClusterView,
    range: TimeRange,
    now: Timestamp,
    begun_before: Option<Timestamp>,
    progress: &mut (dyn FnMut(u64) + Send),
) -> Result<Created, OperationError> {
    let topology = view.topology()?;
    let spec_revision = view.spec_entry.as_ref().map_or(Revision::NONE, |entry| entry.mod_revision);
    let mut guards: BTreeMap<String, Revision> = [(keys.cluster(), spec_revision)].into();
    let guard_together = view.nodes.len() <= GUARDED_NODES_MAX;
    let mut guarded: BTreeSet<NodeId> = BTreeSet::new();
    let mut new_owners = NewOwners::new(store, keys, view, &topology, now, begun_before);
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
            let missing = without_record(keys, &partitioner, bucket, &records)?;
            existing += u64::from(partitioning.partitions_per_bucket()) - missing.len() as u64;
            let owners = new_owners.of(partitioning, bucket, &missing, &records).await?;
            for (&id, nodes) in missing.iter().zip(owners) {
                let record = new_record(id, nodes, now)?;
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
    let mut change = ChangeSet { summary, groups, guards, ..ChangeSet::default() };
    if new_owners.rests_on_all_nodes() {
        // Also a node that is new, or takes new partitions again, would have changed all shares.
        change = change.untouched_since(view.revision, [keys.nodes()]);
    }
    Ok(Created { change, placement: new_owners.report() })
}

/// The partitions of a bucket that have no record, in order.
fn without_record(
    keys: &Keys,
    partitioner: &CompositePartitioner<'_>,
    bucket: TimeBucket,
    records: &RecordSet,
) -> Result<Vec<PartitionId>, OperationError> {
    let mut missing = Vec::new();
    for id in partitioner.partitions(bucket) {
        let id = id?;
        match records.get(id) {
            Some(Recorded::Good { .. }) => {}
            Some(Recorded::Corrupt { reason, .. }) => {
                return Err(OperationError::Corrupt { key: keys.partition(id), reason: reason.clone() });
            }
            None => missing.push(id),
        }
    }
    Ok(missing)
}

fn new_record(id: PartitionId, nodes: Vec<NodeId>, now: Timestamp) -> Result<PartitionRecord, OperationError> {
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
        wait(create(store, &keys, &view, range, Timestamp::EPOCH, &mut |_| {})).unwrap().change
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

    /// Under zone-balanced placement also a node that is new stops them: it would have changed all shares.
    #[test]
    fn zone_balanced_records_rest_on_all_nodes() {
        let spec = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c","placement":{"algorithm":"zone-balanced"}}"#;
        for (key, value) in [
            ("/otlp/nodes/n9", "{}"),
            ("/otlp/nodes/n2", r#"{"weight":2}"#),
            ("/otlp/nodes/n4", r#"{"state":"Active"}"#),
        ] {
            let store = store(4);
            let put = |key: &str, value: &str| {
                let ops = vec![Op::put(key.into(), value)];
                wait(store.commit(Transaction { compares: vec![], ops })).unwrap()
            };
            let _ = put("/otlp/cluster", spec);
            let _ = put("/otlp/nodes/n4", r#"{"state":"Cordoned"}"#);
            // The hour from 0:00 on is still to come.
            let (view, _) = wait(ClusterView::read(&store, &Keys::default(), None, &[])).unwrap();
            let range = TimeRange::new(Timestamp::EPOCH, Timestamp::from_seconds(3600)).unwrap();
            let before = Timestamp::EPOCH.plus_seconds(-60);
            let created = wait(create(&store, &Keys::default(), &view, range, before, &mut |_| {})).unwrap();
            assert!(created.placement.limits.is_some_and(|limits| limits.leaders_max() == 86));
            let _ = put(key, value);
            let audit = AuditContext {
                now: Timestamp::EPOCH,
                actor: "a".into(),
                host: "h".into(),
                command: "partition create".into(),
                reason: None,
                nonce: 1,
            };
            let approved = created.change.approve(Consent::Flag);
            assert!(wait(approved.apply(&store, &Keys::default(), &audit)).is_err(), "{key}");
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
