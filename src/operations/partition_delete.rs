//! Deleting partition records.
//!
//! Invariant: no record goes while an operation is in flight on it, and no split family is torn: routing descends from a
//! split parent to its children, so they go together or not at all.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ByteSize, NodeId, PartitionExtension, PartitionId, PartitionRecord, Revision};
use crate::ports::metadata::{Entry, KeyRange};
use crate::ports::{Keys, MetadataRead};

use super::change::{ChangeSet, Group, KeyChange};
use super::consistent::consistently;
use super::partitions::IDS_A_READ;
use super::records::id_of;
use super::{ClusterView, OperationError};

/// The most keys of one split family that are deleted together: with their guards they fit into a transaction of etcd.
const FAMILY_KEYS_MAX: usize = 60;

/// What may be deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeleteOptions {
    /// Delete although data may exist.
    pub force: bool,
    /// Say nothing about records that do not exist.
    pub ignore_missing: bool,
}

/// Everything stored about a partition and its split relatives.
#[derive(Default)]
struct Family {
    records: BTreeMap<PartitionId, Entry>,
    extensions: BTreeMap<PartitionId, Entry>,
    in_flight: BTreeSet<PartitionId>,
}

/// Deletes records with their extensions.
///
/// # Errors
/// A record does not exist; an operation is in flight; a split family would be torn; or data may exist, and `force` is
/// not given.
pub async fn delete<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    ids: &BTreeSet<PartitionId>,
    options: DeleteOptions,
) -> Result<ChangeSet, OperationError> {
    consistently(None, async || delete_once(store, keys, ids, options).await).await
}

async fn delete_once<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    ids: &BTreeSet<PartitionId>,
    options: DeleteOptions,
) -> Result<ChangeSet, OperationError> {
    let (view, _) = ClusterView::read(store, keys, None, &[]).await?;
    let roots: Vec<PartitionId> = ids.iter().map(|id| id.root()).collect::<BTreeSet<_>>().into_iter().collect();
    let mut groups = Vec::new();
    for some in roots.chunks(IDS_A_READ) {
        let family = |&root: &PartitionId| {
            let key = keys.migration(root);
            let migrations = KeyRange::new(key.clone(), format!("{key}/"));
            [keys.partition_family(root), keys.extension_family(root), migrations]
        };
        let ranges: Vec<KeyRange> = some.iter().flat_map(family).collect();
        let lists = store.read(&ranges, Some(view.revision)).await?.ranges;
        for (&root, lists) in some.iter().zip(lists.chunks(3)) {
            let group = Family::of(keys, lists).delete(keys, root, ids, options)?;
            groups.extend(Some(group).filter(|group| !group.changes.is_empty()));
        }
    }
    let records: Vec<&str> =
        groups.iter().flat_map(|g| &g.changes).filter_map(|c| keys.name("partitions", &c.key)).collect();
    let summary = match records.as_slice() {
        [one] => format!("delete the record of partition {one}"),
        all => format!("delete the records of {} partitions", all.len()),
    };
    Ok(ChangeSet { summary, groups, ..ChangeSet::default() })
}

impl Family {
    fn of(keys: &Keys, lists: &[Vec<Entry>]) -> Self {
        let mut family = Self::default();
        let list = |at: usize| lists.get(at).map_or(&[][..], Vec::as_slice);
        let named = |name: &'static str, at: usize| {
            list(at).iter().filter_map(move |entry| Some((id_of(keys, name, entry).ok()?, entry.clone())))
        };
        family.records.extend(named("partitions", 0));
        family.extensions.extend(named("ext", 1));
        family.in_flight.extend(named("migrations", 2).map(|(id, _)| id));
        family
    }

    fn delete(
        &self,
        keys: &Keys,
        root: PartitionId,
        ids: &BTreeSet<PartitionId>,
        options: DeleteOptions,
    ) -> Result<Group, OperationError> {
        let mut group = Group::default();
        for &id in ids.iter().filter(|id| id.root() == root) {
            let Some(entry) = self.records.get(&id) else {
                if options.ignore_missing {
                    continue;
                }
                return Err(OperationError::NotFound { what: format!("a record of partition {id}") });
            };
            self.check_family(keys, id, ids, &mut group)?;
            let what = self.check_data(id, entry, options.force)?;
            group.changes.push(KeyChange::delete(what, entry));
            match self.extensions.get(&id) {
                Some(extension) => {
                    group.changes.push(KeyChange::delete(format!("extension of partition {id}"), extension));
                }
                None => drop(group.guards.insert(keys.extension(id), Revision::NONE)),
            }
            group.guards.insert(keys.migration(id), Revision::NONE);
        }
        if group.changes.len() > FAMILY_KEYS_MAX {
            let reason = format!("{} keys of one split family do not fit into one transaction", group.changes.len());
            return Err(refused(root, reason, false));
        }
        Ok(group)
    }

    /// No operation is in flight, and no relative that stays needs this one.
    fn check_family(
        &self,
        keys: &Keys,
        id: PartitionId,
        ids: &BTreeSet<PartitionId>,
        group: &mut Group,
    ) -> Result<(), OperationError> {
        if self.in_flight.contains(&id) {
            return Err(refused(id, "an operation is in flight on it".to_owned(), false));
        }
        let staying = |other: &&PartitionId| !ids.contains(other);
        if let Some(child) = self.records.keys().filter(staying).find(|other| id.is_ancestor_of(**other)) {
            let reason = format!("it was split, and its child {child} has a record; name its children too");
            return Err(refused(id, reason, false));
        }
        for parent in self.records.keys().filter(staying).filter(|other| other.is_ancestor_of(id)) {
            let extension = self.extensions.get(parent);
            let split = match extension {
                None => false,
                Some(entry) => {
                    let corrupt = |reason| OperationError::Corrupt { key: entry.key.clone(), reason };
                    PartitionExtension::parse(&entry.value).map_err(corrupt)?.split_bits > 0
                }
            };
            if split {
                let reason = format!("its parent {parent} is split, and routing goes from there to it");
                return Err(refused(id, reason, false));
            }
            group.guards.insert(keys.extension(*parent), extension.map_or(Revision::NONE, |e| e.mod_revision));
        }
        Ok(())
    }

    /// Nothing is known to be lost, or it is the operator's word; gives what is deleted in words.
    fn check_data(&self, id: PartitionId, entry: &Entry, force: bool) -> Result<String, OperationError> {
        let record = match PartitionRecord::parse(id, &entry.value) {
            Ok(record) => record,
            Err(_) if force => return Ok(format!("partition {id} (its value cannot be read)")),
            Err(error) => {
                return Err(OperationError::Corrupt { key: entry.key.clone(), reason: error.to_string() });
            }
        };
        let holds = format!("{} and {} records", ByteSize(record.size_bytes), record.record_count);
        if !force && (record.size_bytes > 0 || record.record_count > 0) {
            return Err(refused(id, format!("its record says that it holds {holds}"), true));
        }
        if !force {
            let reason = "nobody has looked at its copies, so they may hold data although its record says that they \
                          are empty";
            return Err(refused(id, reason.to_owned(), true));
        }
        let nodes: Vec<&str> = record.nodes.iter().map(NodeId::as_str).collect();
        Ok(format!("partition {id} ({holds} on {})", nodes.join(", ")))
    }
}

fn refused(id: PartitionId, reason: String, forceable: bool) -> OperationError {
    OperationError::Refused { refused: format!("not deleting partition {id}"), reason, forceable }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::metadata::{InitialRevisions, MemoryStore};
    use crate::model::Timestamp;
    use crate::operations::change::{AuditContext, Consent};
    use crate::operations::create::entry;
    use crate::ports::clock::FixedClock;

    const ROOT: &str = "partition_489542_0051";

    fn wait<F: Future>(future: F) -> F::Output {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
    }

    fn record(id: &str, size: u64) -> (String, String) {
        let value = format!(
            r#"{{"partition_id":"{id}","nodes":["a"],"leader":"a","state":"Active","size_bytes":{size},"record_count":0,"created_at":1,"updated_at":1}}"#
        );
        (format!("partitions/{id}"), value)
    }

    fn store(entries: &[(String, String)]) -> MemoryStore {
        let base = [("nodes/a".to_owned(), "{}".to_owned())];
        let entries = base.iter().chain(entries).map(|(key, value)| entry(format!("/otlp/{key}"), value.clone()));
        MemoryStore::with_entries(Arc::new(FixedClock(Timestamp::EPOCH)), entries, InitialRevisions::AllFirst).unwrap()
    }

    fn try_delete(store: &MemoryStore, ids: &[&str], force: bool) -> Result<ChangeSet, OperationError> {
        let ids = ids.iter().map(|id| id.parse().unwrap()).collect();
        wait(delete(store, &Keys::default(), &ids, DeleteOptions { force, ignore_missing: false }))
    }

    fn told(store: &MemoryStore, ids: &[&str], force: bool) -> String {
        try_delete(store, ids, force).unwrap_err().to_string()
    }

    #[test]
    fn data_that_may_exist_is_kept() {
        let store = store(&[record(ROOT, 0), record("partition_489542_0052", 5)]);
        assert!(told(&store, &[ROOT], false).contains("nobody has looked"));
        assert!(told(&store, &["partition_489542_0052"], false).contains("it holds 5 B"));
        assert!(told(&store, &["partition_1_0001"], true).contains("does not exist"));
        let change = try_delete(&store, &[ROOT, "partition_489542_0052"], true).unwrap();
        assert_eq!((change.len(), change.groups.len()), (2, 2));
    }

    #[test]
    fn split_families_are_not_torn() {
        let (left, right) = (format!("{ROOT}.0"), format!("{ROOT}.1"));
        let split = (format!("ext/{ROOT}"), r#"{"epoch":1,"split_bits":1}"#.to_owned());
        let store = store(&[record(ROOT, 0), record(&left, 0), record(&right, 0), split]);
        assert!(told(&store, &[ROOT], true).contains(&format!("its child {left}")));
        assert!(told(&store, &[&left, &right], true).contains("its parent"));
        assert!(told(&store, &[ROOT, &left], true).contains(&format!("its child {right}")));
        let change = try_delete(&store, &[ROOT, &left, &right], true).unwrap();
        assert_eq!((change.groups.len(), change.len()), (1, 4));
    }

    #[test]
    fn a_prefix_is_no_relative() {
        let store = store(&[record("partition_489542_1000", 0), record("partition_489542_10000", 0)]);
        assert_eq!(try_delete(&store, &["partition_489542_1000"], true).unwrap().len(), 1);
    }

    #[test]
    fn an_operation_that_starts_meanwhile_wins() {
        let busy = (format!("migrations/{ROOT}"), "{}".to_owned());
        assert!(told(&store(&[record(ROOT, 0), busy.clone()]), &[ROOT], true).contains("in flight"));
        let store = store(&[record(ROOT, 0)]);
        let change = try_delete(&store, &[ROOT], true).unwrap();
        let put = crate::ports::metadata::Op::put(format!("/otlp/{}", busy.0), busy.1);
        let begun = crate::ports::metadata::Transaction { compares: vec![], ops: vec![put] };
        let _ = wait(crate::ports::MetadataWrite::commit(&store, begun)).unwrap();
        let audit = AuditContext {
            now: Timestamp::EPOCH,
            actor: "a".into(),
            host: "h".into(),
            command: "partition delete".into(),
            reason: None,
            nonce: 1,
        };
        let error = wait(change.approve(Consent::Flag).apply(&store, &Keys::default(), &audit)).unwrap_err();
        assert!(matches!(error, OperationError::Conflict { .. }), "{error}");
    }

    #[test]
    fn a_value_that_cannot_be_read_goes_by_force_alone() {
        let store = store(&[(format!("partitions/{ROOT}"), "broken".to_owned())]);
        assert!(matches!(try_delete(&store, &[ROOT], false), Err(OperationError::Corrupt { .. })));
        assert!(try_delete(&store, &[ROOT], true).unwrap().lines()[1].contains("cannot be read"));
    }
}
