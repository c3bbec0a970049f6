//! Changes as they happen.
//!
//! Invariant: no change is left out and none is told twice; memory is bounded by the largest transaction. What a key held
//! before is asked of the store, and is not told where the store has forgotten it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::time::Duration;

use tokio::time::Instant;

use crate::model::{Revision, Timestamp};
use crate::ports::families::{KeyFamily, KeyName};
use crate::ports::metadata::{Entry, KeyRange, WatchBatch};
use crate::ports::{Keys, MetadataRead, MetadataWatch, StoreError};

use super::OperationError;
use super::change::FieldChange;
use super::check_value::check_value;
use super::history::{ChangeKind, difference};

/// Which changes are told; an empty filter tells all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WatchFilter {
    /// Of these families.
    pub families: Vec<KeyFamily>,
    /// Of these ids: partitions, nodes, or what else follows the family in the key.
    pub ids: Vec<String>,
}

impl WatchFilter {
    fn admits(&self, name: KeyName<'_>) -> bool {
        let family = self.families.is_empty() || name.family.is_some_and(|family| self.families.contains(&family));
        // An operation's slots and marks name their partition behind the node, or before it.
        let id = |id: &String| name.name == id || name.name.split('/').any(|part| part == id);
        family && (self.ids.is_empty() || self.ids.iter().any(id))
    }

    /// The smallest range that holds everything that is admitted.
    fn range(&self, keys: &Keys) -> KeyRange {
        match self.families.as_slice() {
            [KeyFamily::Cluster] => KeyRange::single(&keys.cluster()),
            [family] => KeyRange::prefix(&format!("{}/{}/", keys.prefix(), family.directory())),
            _ => keys.everything(),
        }
    }
}

/// One changed key.
#[derive(Clone, Debug, PartialEq)]
pub struct WatchedChange {
    /// The revision.
    pub revision: Revision,
    /// When it was made, where the store keeps times.
    pub at: Option<Timestamp>,
    /// What happened.
    pub kind: ChangeKind,
    /// Its family; `None` = foreign.
    pub family: Option<KeyFamily>,
    /// What the key names in its family.
    pub id: String,
    /// The key.
    pub key: String,
    /// The fields that changed; `None` = what it held before is not kept.
    pub fields: Option<Vec<FieldChange>>,
    /// Why the new value cannot be read, if it cannot.
    pub corrupt: Option<String>,
}

/// A watch that waits for a change looks at its end this often.
const LOOK: Duration = Duration::from_secs(1);
/// Keys that are asked for in one read: etcd's limit of a transaction.
const READ_MAX: usize = 100;

/// Tells every admitted change from revision `from` on, one transaction at a time, until `visit` breaks or `length` is over.
///
/// # Errors
/// The store does not answer, has compacted what was asked for, or cannot be watched; or `visit` says so.
pub async fn watch<S: MetadataRead, E: From<OperationError>>(
    store: &S,
    keys: &Keys,
    from: Revision,
    filter: &WatchFilter,
    length: Option<Duration>,
    mut visit: impl FnMut(Vec<WatchedChange>) -> Result<ControlFlow<()>, E>,
) -> Result<(), E> {
    let end = length.map(|length| Instant::now() + length);
    let mut running = store.watch(&filter.range(keys), from).await.map_err(OperationError::from)?;
    // What happened before the end is told whole, however long that takes; what happens later is not.
    let mut last: Option<Revision> = None;
    loop {
        let left = end.map(|end| end.saturating_duration_since(Instant::now()));
        if last.is_none() && left.is_some_and(|left| left.is_zero()) {
            last = Some(store.revision().await.map_err(OperationError::from)?);
        }
        match running.next(left.map_or(LOOK, |left| left.min(LOOK))).await.map_err(OperationError::from)? {
            None if last.is_some() => return Ok(()),
            None => {}
            Some(batch) if last.is_some_and(|last| batch.revision > last) => return Ok(()),
            Some(batch) => {
                let changes = told(store, keys, filter, batch).await?;
                if !changes.is_empty() && visit(changes)?.is_break() {
                    return Ok(());
                }
            }
        }
    }
}

async fn told<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    filter: &WatchFilter,
    batch: WatchBatch,
) -> Result<Vec<WatchedChange>, OperationError> {
    let WatchBatch { revision, at, changes } = batch;
    let admitted = |key: &str| keys.take_apart(key).is_some_and(|name| filter.admits(name));
    let changes: Vec<(String, Option<Entry>)> = changes.into_iter().filter(|(key, _)| admitted(key)).collect();
    let was_there = |entry: &Option<Entry>| entry.as_ref().is_none_or(|e| e.create_revision != e.mod_revision);
    let asked = changes.iter().filter(|(_, entry)| was_there(entry)).map(|(key, _)| key.as_str());
    let before = before(store, asked.collect(), revision).await?;
    let tell = |(key, entry): (String, Option<Entry>)| {
        let name = keys.take_apart(&key);
        let kind = match &entry {
            None => ChangeKind::Deleted,
            Some(_) if was_there(&entry) => ChangeKind::Updated,
            Some(_) => ChangeKind::Created,
        };
        let old = before.entries.get(&key);
        let known = kind == ChangeKind::Created || (before.is_kept && old.is_some());
        let fault = name.zip(entry.as_ref()).and_then(|(name, entry)| check_value(name, &entry.value).err());
        WatchedChange {
            revision,
            at,
            kind,
            family: name.and_then(|name| name.family),
            id: name.map_or_else(String::new, |name| name.name.to_owned()),
            fields: known.then(|| difference(old, entry.as_ref())),
            corrupt: fault.map(|fault| fault.to_string()),
            key,
        }
    };
    Ok(changes.into_iter().map(tell).collect())
}

struct Before {
    entries: BTreeMap<String, Entry>,
    is_kept: bool,
}

/// What keys held before a revision.
async fn before<S: MetadataRead>(store: &S, asked: BTreeSet<&str>, at: Revision) -> Result<Before, OperationError> {
    let mut before = Before { entries: BTreeMap::new(), is_kept: true };
    let ranges: Vec<KeyRange> = asked.into_iter().map(KeyRange::single).collect();
    for chunk in ranges.chunks(READ_MAX) {
        match store.read(chunk, Some(Revision(at.0.saturating_sub(1)))).await {
            Ok(answer) => before.entries.extend(answer.ranges.into_iter().flatten().map(|e| (e.key.clone(), e))),
            Err(StoreError::Compacted { .. }) => before.is_kept = false,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(before)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::metadata::MemoryStore;
    use crate::ports::MetadataWrite;
    use crate::ports::clock::FixedClock;
    use crate::ports::metadata::{Op, Transaction};

    fn wait<F: Future>(future: F) -> F::Output {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
    }

    async fn commit(store: &MemoryStore, ops: Vec<Op>) {
        let _ = store.commit(Transaction { compares: vec![], ops }).await.unwrap();
    }

    fn store() -> MemoryStore {
        let store = MemoryStore::new(Arc::new(FixedClock(Timestamp::EPOCH)));
        wait(async {
            commit(&store, vec![Op::put("/otlp/nodes/n1".into(), r#"{"weight":1}"#)]).await;
            commit(&store, vec![Op::put("/otlp/nodes/n1".into(), r#"{"weight":2}"#), Op::put("/otlp/odd".into(), "x")])
                .await;
            commit(&store, vec![Op::put("/elsewhere".into(), "x")]).await;
            commit(&store, vec![Op::Delete { key: "/otlp/nodes/n1".into() }]).await;
        });
        store
    }

    async fn collect(store: &MemoryStore, from: u64, filter: &WatchFilter, most: usize) -> Vec<WatchedChange> {
        let mut all = Vec::new();
        let visit = |changes: Vec<WatchedChange>| {
            all.extend(changes);
            Ok::<_, OperationError>(if all.len() >= most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        };
        let length = Some(Duration::ZERO);
        watch(store, &Keys::default(), Revision(from), filter, length, visit).await.unwrap();
        all
    }

    #[test]
    fn the_past_is_replayed_with_what_was_before() {
        let all = wait(collect(&store(), 2, &WatchFilter::default(), usize::MAX));
        let short: Vec<_> = all.iter().map(|c| (c.revision.0, c.kind, c.id.as_str())).collect();
        assert_eq!(
            short,
            [
                (2, ChangeKind::Created, "n1"),
                (3, ChangeKind::Updated, "n1"),
                (3, ChangeKind::Created, "odd"),
                (5, ChangeKind::Deleted, "n1"),
            ]
        );
        let field = |before: &str, after: &str| {
            let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            Some(vec![FieldChange { field: "weight".into(), before: some(before), after: some(after) }])
        };
        assert_eq!(all[1].fields, field("1", "2"));
        assert_eq!(all[3].fields, field("2", ""));
        assert_eq!((all[2].family, all[2].corrupt.is_some()), (None, true));
    }

    #[test]
    fn filters_take_families_and_ids() {
        let filter = |family: &str, id: &str| WatchFilter {
            families: KeyFamily::parse(family).into_iter().collect(),
            ids: Some(id.to_owned()).filter(|id| !id.is_empty()).into_iter().collect(),
        };
        let count = |filter: &WatchFilter| wait(collect(&store(), 1, filter, usize::MAX)).len();
        assert_eq!(count(&filter("nodes", "")), 3);
        assert_eq!(count(&filter("partitions", "")), 0);
        assert_eq!(count(&filter("", "n1")), 3);
        assert_eq!(count(&filter("node", "n2")), 0);
        assert_eq!(wait(collect(&store(), 1, &WatchFilter::default(), 1)).len(), 1);
    }

    #[test]
    fn what_was_compacted_is_told_as_that() {
        let store = store();
        wait(store.compact(Revision(3))).unwrap();
        let all = wait(collect(&store, 3, &WatchFilter::default(), usize::MAX));
        assert_eq!((all[0].kind, &all[0].fields), (ChangeKind::Updated, &None));
        let visit = |_| Ok::<_, OperationError>(ControlFlow::Continue(()));
        let keys = Keys::default();
        let error = wait(watch(&store, &keys, Revision(1), &WatchFilter::default(), None, visit)).unwrap_err();
        assert!(matches!(error, OperationError::Store(StoreError::Compacted { .. })), "{error}");
    }

    #[test]
    fn live_changes_arrive() {
        let store = store();
        let all = wait(async {
            let writer = async {
                tokio::time::sleep(Duration::from_millis(20)).await;
                commit(&store, vec![Op::put("/otlp/nodes/n2".into(), "{}")]).await;
            };
            let visit = |changes: Vec<WatchedChange>| {
                assert_eq!(changes[0].id, "n2");
                Ok::<_, OperationError>(ControlFlow::Break(()))
            };
            let (keys, filter) = (Keys::default(), WatchFilter::default());
            let reader = watch(&store, &keys, Revision(6), &filter, Some(Duration::from_secs(20)), visit);
            tokio::join!(writer, reader).1
        });
        all.unwrap();
    }
}
