//! A cluster's first spec and nodes in a store that exists: under a prefix that holds nothing, or beside the partition
//! records of an existing cluster, which is adopted.
//!
//! Invariant: nothing that is there is written over, and no record is touched. The spec comes last: a store that has it is
//! whole, one that has not is finished by the same command again.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use crate::model::{ClusterSpec, Node, NodeId, PartitionId, PartitionRecord, Revision, Strategy};
use crate::ports::metadata::{Entry, KeyRange};
use crate::ports::{Keys, MetadataRead};

use super::OperationError;
use super::change::{ChangeSet, Group, KeyChange};
use super::cluster::CorruptValue;
use super::create::initial_entries;

/// What an existing cluster, which has records only, tells of itself.
#[derive(Clone, Debug)]
pub struct Existing {
    /// The revision that was read.
    pub revision: Revision,
    /// Partition records that can be read.
    pub records: u64,
    /// The nodes that they name, in natural order.
    pub nodes: Vec<NodeId>,
    /// The most nodes that a record has.
    pub replicas_max: usize,
    /// The highest hash bucket or range of a record.
    pub index_max: Option<u32>,
    /// Records that cannot be read.
    pub corrupt: Vec<CorruptValue>,
}

/// Reads what an existing cluster tells of itself.
///
/// # Errors
/// The store does not answer, or holds no records.
pub async fn existing<S: MetadataRead>(store: &S, keys: &Keys) -> Result<Existing, OperationError> {
    let mut found = Existing {
        revision: Revision::NONE,
        records: 0,
        nodes: vec![],
        replicas_max: 0,
        index_max: None,
        corrupt: vec![],
    };
    let mut names: BTreeSet<NodeId> = BTreeSet::new();
    let mut visit = |entry: &Entry| {
        let name = keys.name("partitions", &entry.key).unwrap_or_default();
        let id = PartitionId::parse(name).map_err(|e| e.to_string());
        match id.and_then(|id| PartitionRecord::parse(id, &entry.value).map_err(|e| e.to_string())) {
            Ok(record) => {
                found.records += 1;
                found.replicas_max = found.replicas_max.max(record.nodes.len());
                found.index_max = found.index_max.max(record.id.index());
                names.extend(record.nodes);
            }
            Err(reason) => found.corrupt.push(CorruptValue { key: entry.key.clone(), reason }),
        }
        ControlFlow::Continue(())
    };
    let revision = store.scan(&keys.partitions(), None, &mut visit).await?;
    if found.records == 0 && found.corrupt.is_empty() {
        return Err(OperationError::Empty { place: store.place().to_owned(), prefix: keys.prefix().to_owned() });
    }
    Ok(Existing { revision, nodes: names.into_iter().collect(), ..found })
}

/// Adopts an existing cluster: its spec with `foreign_writers`, and its nodes.
///
/// # Errors
/// There is a spec already; a node that records name is not among the nodes; a record cannot be read, or the spec does not
/// reach all of them, and `force` is not given.
pub async fn adopt<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    found: &Existing,
    spec: &ClusterSpec,
    nodes: &[Node],
    force: bool,
) -> Result<ChangeSet, OperationError> {
    let refused = |reason: String, forceable| OperationError::Refused {
        refused: format!("not adopting the cluster in {}", store.place()),
        reason,
        forceable,
    };
    if let Some(forgotten) = found.nodes.iter().find(|id| nodes.iter().all(|node| node.id != **id)) {
        return Err(refused(format!("its records name node {forgotten}, which is not among the nodes given"), false));
    }
    if let (Some(corrupt), false) = (found.corrupt.first(), force) {
        let CorruptValue { key, reason } = corrupt;
        let count = found.corrupt.len();
        let reason =
            format!("{count} record(s) cannot be read and may name further nodes; the first is {key}: {reason}");
        return Err(refused(reason, true));
    }
    let partitioning = &spec.partitioning[0];
    let reach = partitioning.partitions_per_bucket();
    if let Some(index) = found.index_max.filter(|index| partitioning.strategy == Strategy::Time || *index >= reach)
        && !force
    {
        let reason = format!("a record has the index {index}, which no key reaches under {partitioning}");
        return Err(refused(reason, true));
    }
    let summary = format!(
        "adopt the cluster of {} records on {} nodes: {}, replication factor {}, retention {} days",
        found.records,
        nodes.len(),
        partitioning,
        spec.replication_factor,
        partitioning.retention_days
    );
    let change = first_change(store, keys, summary, spec, nodes).await?;
    Ok(change.untouched_since(found.revision, [keys.partitions()]))
}

/// A new cluster under a prefix that holds nothing else.
///
/// # Errors
/// There is a spec already, or anything that is not part of this cluster.
pub async fn found<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    spec: &ClusterSpec,
    nodes: &[Node],
) -> Result<ChangeSet, OperationError> {
    let summary = format!("create cluster {} in {}: {}", spec.cluster_id, store.place(), spec.partitioning[0]);
    let change = first_change(store, keys, summary, spec, nodes).await?;
    let (mut others, mut first) = (0_u64, None);
    let mut visit = |entry: &Entry| {
        if !keys.nodes().contains(&entry.key) && !keys.audits().contains(&entry.key) {
            others += 1;
            first.get_or_insert_with(|| entry.key.clone());
        }
        ControlFlow::Continue(())
    };
    let revision = store.scan(&keys.everything(), None, &mut visit).await?;
    if let Some(first) = first {
        return Err(OperationError::Refused {
            refused: format!("not creating a cluster in {}", store.place()),
            reason: format!(
                "{} holds {others} key(s) without a cluster spec, the first is {first}; `init --adopt` takes over a \
                 cluster that has partition records only",
                keys.prefix()
            ),
            forceable: false,
        });
    }
    Ok(change.untouched_since(revision, [keys.partitions()]))
}

/// The spec and the nodes that are not there yet.
async fn first_change<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    summary: String,
    spec: &ClusterSpec,
    nodes: &[Node],
) -> Result<ChangeSet, OperationError> {
    let wanted = initial_entries(keys, spec, nodes)?;
    let lists = store.read(&[KeyRange::single(&keys.cluster()), keys.nodes()], None).await?.ranges;
    if lists.first().is_some_and(|found| !found.is_empty()) {
        return Err(OperationError::Exists { what: format!("a cluster spec in {}", store.place()) });
    }
    let there = lists.into_iter().nth(1).unwrap_or_default();
    if let Some(other) = there.iter().find(|entry| !wanted.iter().any(|w| w.key == entry.key && w.value == entry.value))
    {
        return Err(OperationError::Exists { what: format!("{} in {}, with another value", other.key, store.place()) });
    }
    let missing = wanted.iter().filter(|entry| there.iter().all(|other| other.key != entry.key));
    let change = |entry: &Entry| KeyChange {
        what: keys.name("nodes", &entry.key).map_or_else(|| "the cluster spec".to_owned(), |id| format!("node {id}")),
        key: entry.key.clone(),
        before: Revision::NONE,
        value: Some(entry.value.clone()),
        fields: Vec::new(),
    };
    // The spec is the first of the entries and becomes the last of the changes.
    let mut changes: Vec<KeyChange> = missing.map(change).collect();
    if !changes.is_empty() {
        changes.rotate_left(1);
    }
    let groups = changes.into_iter().map(|change| Group { changes: vec![change], ..Group::default() }).collect();
    Ok(ChangeSet { summary, groups, ..ChangeSet::default() })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::metadata::{InitialRevisions, MemoryStore};
    use crate::model::Timestamp;
    use crate::operations::create::entry;
    use crate::operations::{AuditContext, Consent};
    use crate::ports::clock::FixedClock;

    fn wait<F: Future>(future: F) -> F::Output {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
    }

    const RECORD: &str = r#"{"partition_id":"partition_489542_0051","nodes":["n2","n1"],"leader":"n2","state":"Active","size_bytes":7,"record_count":2,"created_at":"2025-11-05T14:00:00Z","updated_at":"2025-11-05T14:00:00Z","x":1.50}"#;

    fn store(entries: &[(&str, &str)]) -> MemoryStore {
        let entries = entries.iter().map(|(key, value)| entry(format!("/otlp/{key}"), (*value).to_owned()));
        MemoryStore::with_entries(Arc::new(FixedClock(Timestamp::EPOCH)), entries, InitialRevisions::AllFirst).unwrap()
    }

    fn nodes(ids: &[&str]) -> Vec<Node> {
        ids.iter().map(|id| Node::new(NodeId::parse(id).unwrap())).collect()
    }

    fn apply(store: &MemoryStore, change: ChangeSet) -> Result<usize, OperationError> {
        let audit = AuditContext {
            now: Timestamp::EPOCH,
            actor: "a".into(),
            host: "h".into(),
            command: "init".into(),
            reason: None,
            nonce: 1,
        };
        wait(change.approve(Consent::Flag).apply(store, &Keys::default(), &audit)).map(|applied| applied.keys)
    }

    fn all(store: &MemoryStore) -> Vec<(String, Vec<u8>)> {
        let everything = Keys::default().everything();
        let lists = wait(store.read(&[everything], None)).unwrap().ranges;
        let entries = lists.into_iter().flatten().filter(|e| !Keys::default().audits().contains(&e.key));
        entries.map(|e| (e.key, e.value)).collect()
    }

    #[test]
    fn adopting_writes_spec_and_nodes_and_nothing_else() {
        let store = store(&[("partitions/partition_489542_0051", RECORD)]);
        let keys = Keys::default();
        let found = wait(existing(&store, &keys)).unwrap();
        assert_eq!((found.records, found.replicas_max, found.index_max), (1, 2, Some(51)));
        let spec = ClusterSpec { cluster_id: "c".into(), foreign_writers: true, ..ClusterSpec::default() };
        let forgotten = wait(adopt(&store, &keys, &found, &spec, &nodes(&["n1"]), true)).unwrap_err();
        assert!(forgotten.to_string().contains("node n2"), "{forgotten}");
        let change = wait(adopt(&store, &keys, &found, &spec, &nodes(&["n1", "n2"]), false)).unwrap();
        let again = change.clone();
        assert_eq!(apply(&store, change).unwrap(), 3);
        let there = all(&store);
        let names: Vec<&str> = there.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(
            names,
            ["/otlp/cluster", "/otlp/nodes/n1", "/otlp/nodes/n2", "/otlp/partitions/partition_489542_0051"]
        );
        assert_eq!(there[3].1, RECORD.as_bytes());
        // Two at once: the other one conflicts, and a third one is told that it is done.
        assert!(matches!(apply(&store, again), Err(OperationError::Conflict { .. })));
        let third = wait(adopt(&store, &keys, &found, &spec, &nodes(&["n1", "n2"]), false)).unwrap_err();
        assert!(matches!(third, OperationError::Exists { .. }), "{third}");
    }

    #[test]
    fn what_cannot_be_read_or_reached_is_not_adopted_by_accident() {
        let keys = Keys::default();
        let broken = store(&[("partitions/partition_489542_0051", RECORD), ("partitions/partition_489542_0052", "{")]);
        let found = wait(existing(&broken, &keys)).unwrap();
        let spec = ClusterSpec { cluster_id: "c".into(), ..ClusterSpec::default() };
        let error = wait(adopt(&broken, &keys, &found, &spec, &nodes(&["n1", "n2"]), false)).unwrap_err();
        assert!(error.to_string().contains("partition_489542_0052"), "{error}");
        assert!(wait(adopt(&broken, &keys, &found, &spec, &nodes(&["n1", "n2"]), true)).is_ok());
        let store = store(&[("partitions/partition_489542_0051", RECORD)]);
        let found = wait(existing(&store, &keys)).unwrap();
        let mut few = spec.clone();
        few.partitioning[0].hash_buckets = 51;
        let error = wait(adopt(&store, &keys, &found, &few, &nodes(&["n1", "n2"]), false)).unwrap_err();
        assert!(error.to_string().contains("index 51"), "{error}");
        assert!(matches!(wait(existing(&self::store(&[("x", "{}")]), &keys)), Err(OperationError::Empty { .. })));
    }

    #[test]
    fn a_new_cluster_needs_an_empty_prefix_and_an_interrupted_one_is_finished() {
        let keys = Keys::default();
        let spec = ClusterSpec { cluster_id: "c".into(), ..ClusterSpec::default() };
        let two = nodes(&["n1", "n2"]);
        let occupied = store(&[("partitions/partition_489542_0051", RECORD)]);
        let error = wait(found(&occupied, &keys, &spec, &two)).unwrap_err();
        assert!(error.to_string().contains("init --adopt"), "{error}");
        let half = store(&[("nodes/n1", r#"{"weight":1,"state":"Active"}"#)]);
        assert_eq!(apply(&half, wait(found(&half, &keys, &spec, &two)).unwrap()).unwrap(), 2);
        assert_eq!(all(&half).len(), 3);
        assert!(matches!(wait(found(&half, &keys, &spec, &two)), Err(OperationError::Exists { .. })));
        let other = store(&[("nodes/n1", r#"{"weight":2,"state":"Active"}"#)]);
        assert!(matches!(wait(found(&other, &keys, &spec, &two)), Err(OperationError::Exists { .. })));
        let foreign = store(&[("nodes/n9", "{}")]);
        assert!(matches!(wait(found(&foreign, &keys, &spec, &two)), Err(OperationError::Exists { .. })));
    }
}
