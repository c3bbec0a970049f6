//! A change of the machine as a transaction on exactly what was read.
//!
//! Invariant: a transaction is sent once. When it does not hold, or nobody knows whether it was applied, the partition is read
//! and decided upon again; the old write is never repeated.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::migration::step::RecordChange;
use crate::migration::{Change, Journal, JournalChange, MoveJournal, Versioned, View};
use crate::model::partition_record::set_stored_time;
use crate::model::{Document, PartitionExtension, PartitionId, PartitionRecord, Revision, Timestamp};
use crate::operations::audit::AuditRecord;
use crate::operations::change::{Consent, KeyChange, field_changes};
use crate::operations::{AuditContext, OperationError};
use crate::ports::metadata::{Compare, Op, Outcome, Transaction};
use crate::ports::{Clock, Keys, MetadataWrite, StoreError};

use super::read::{Seen, Stored};

/// What became of a change.
#[derive(Debug)]
pub(super) enum Committed {
    /// It holds, and the partition stands so.
    Yes(Box<Seen>),
    /// Somebody else changed something, or nobody knows whether it holds: read again.
    Unclear,
}

/// Who writes, and with which words.
pub(in crate::operations) struct Trail<'a> {
    pub(in crate::operations) audit: &'a AuditContext,
    pub(in crate::operations) consent: Consent,
    /// Entries made so far by this execution: each has a number of its own.
    pub(in crate::operations) entries: &'a AtomicUsize,
    pub(in crate::operations) clock: &'a dyn Clock,
}

impl Trail<'_> {
    /// The context of an entry made now.
    pub(in crate::operations) fn context(&self) -> AuditContext {
        AuditContext { now: self.clock.now(), ..self.audit.clone() }
    }

    fn next_key(&self, keys: &Keys, context: &AuditContext) -> String {
        context.key(keys, self.entries.fetch_add(1, Ordering::Relaxed))
    }

    /// Adds an entry for some changes to a transaction.
    pub(in crate::operations) fn add(
        &self,
        keys: &Keys,
        summary: &str,
        changes: &[KeyChange],
        transaction: &mut Transaction,
    ) {
        let context = self.context();
        let key = self.next_key(keys, &context);
        transaction.compares.push(Compare::absent(key.clone()));
        transaction.ops.push(Op::put(key, AuditRecord::of(&context, self.consent, summary, changes).to_json()));
    }
}

/// Commits a change, fenced on what was read.
///
/// # Errors
/// The store's, except where the write is in doubt; a stored value cannot be edited.
pub(super) async fn commit<S: MetadataWrite>(
    store: &S,
    keys: &Keys,
    trail: &Trail<'_>,
    seen: &Seen,
    change: &Change,
) -> Result<Committed, OperationError> {
    let Prepared { transaction, after } = prepare(keys, trail, seen, change)?;
    match store.commit(transaction).await {
        Ok(Outcome::Committed { revision }) => Ok(Committed::Yes(Box::new(after.at(revision)))),
        Ok(Outcome::Conflict { .. }) => Ok(Committed::Unclear),
        Err(StoreError::Unreachable { applied_unknown: true, .. }) => Ok(Committed::Unclear),
        Err(error) => Err(error.into()),
    }
}

struct Prepared {
    transaction: Transaction,
    after: After,
}

/// The partition after the change, but for the revision that the change makes.
struct After {
    seen: Seen,
    changed: [bool; 3],
}

impl After {
    fn at(self, revision: Revision) -> Seen {
        let Self { mut seen, changed: [record, extension, journal] } = self;
        let view = &mut seen.view;
        // The fence held, so no mark is newer than this either.
        view.read_at = revision;
        view.record.iter_mut().filter(|_| record).for_each(|v| v.revision = revision);
        view.extension.iter_mut().filter(|_| extension).for_each(|v| v.revision = revision);
        view.journal.iter_mut().filter(|_| journal).for_each(|v| v.revision = revision);
        seen
    }
}

fn prepare(keys: &Keys, trail: &Trail<'_>, seen: &Seen, change: &Change) -> Result<Prepared, OperationError> {
    let Change { record, extension, journal, take_slots, free_slots, clear_marks, orphan, abandoned: _ } = change;
    let Seen { partition, view, .. } = seen;
    let id = *partition;
    let mut after = seen.clone();
    let mut compares = fence(keys, id, view);
    let mut changes = Vec::new();
    let mut ops = Vec::new();
    if let Some(wanted) = record {
        changes.push(record_change(keys, seen, wanted, trail.clock.now(), &mut after)?);
    }
    if let Some((epoch, copies)) = extension {
        changes.push(extension_change(keys, seen, *epoch, copies, &mut after)?);
    }
    match journal {
        JournalChange::Put(journal) => changes.push(journal_change(keys, seen, journal, &mut after)?),
        JournalChange::Delete if view.moving().is_some() => {
            ops.push(Op::Delete { key: keys.migration(id) });
            (after.view.journal, after.stored.journal) = (None, None);
        }
        // A change without an operation: a leader's.
        JournalChange::Delete => {}
    }
    for slot in take_slots {
        compares.push(Compare::absent(keys.slot(slot)));
        ops.push(Op::put(keys.slot(slot), serde_json::Value::from(id.to_string()).to_string()));
    }
    ops.extend(free_slots.iter().map(|slot| Op::Delete { key: keys.slot(slot) }));
    for (node, revision) in clear_marks {
        let key = keys.repair_mark(id, node);
        compares.push(Compare::ModRevision { key: key.clone(), is: *revision });
        ops.push(Op::Delete { key });
        after.view.marks.remove(node);
    }
    ops.extend(orphan.iter().map(|(node, copy)| orphan_op(keys.orphan(node, id, copy), trail.clock.now())));
    after.view.slots.extend(take_slots.iter().cloned());
    after.view.slots.retain(|slot| !free_slots.contains(slot));
    let changed = [record.is_some(), extension.is_some(), matches!(journal, JournalChange::Put(_))];
    ops.extend(changes.iter().map(|c| Op::put(c.key.clone(), c.value.clone().unwrap_or_default())));
    let mut transaction = Transaction { compares, ops };
    if !changes.is_empty() {
        trail.add(keys, &summary(id, change, view), &changes, &mut transaction);
    }
    Ok(Prepared { transaction, after: After { seen: after, changed } })
}

/// Notes a copy that is to be deleted when its node is back.
pub(in crate::operations) fn orphan_op(key: String, now: Timestamp) -> Op {
    let value = serde_json::json!({"schema": "otlp-part/orphan/v1", "since": now.to_string()});
    Op::put(key, value.to_string())
}

/// What must still be as it was read.
pub(in crate::operations) fn fence(keys: &Keys, id: PartitionId, view: &View) -> Vec<Compare> {
    let revision = |is: Option<Revision>| is.unwrap_or(Revision::NONE);
    let unchanged = |key: String, is: Option<Revision>| Compare::ModRevision { key, is: revision(is) };
    let mut compares = vec![
        unchanged(keys.partition(id), view.record.as_ref().map(|v| v.revision)),
        unchanged(keys.extension(id), view.extension.as_ref().map(|v| v.revision)),
        unchanged(keys.migration(id), view.journal.as_ref().map(|v| v.revision)),
        Compare::NothingNewer { range: keys.repair_marks_of(id), than: view.read_at },
    ];
    // While the store is out of space nobody can hold the lock, and what only deletes is fenced without it.
    if view.lock != Revision::NONE {
        compares.push(Compare::CreateRevision { key: keys.rebalance_lock(), is: view.lock });
    }
    compares
}

/// A stored value as a document to edit; an empty one where there is none.
///
/// # Errors
/// It cannot be edited.
pub(in crate::operations) fn document(value: Option<&[u8]>, key: &str) -> Result<Document, OperationError> {
    let corrupt = |reason: String| OperationError::Corrupt { key: key.to_owned(), reason };
    value.map_or_else(|| Ok(Document::default()), |value| Document::parse(value).map_err(|e| corrupt(e.to_string())))
}

/// The change of a key from one document to another.
pub(in crate::operations) fn edited(
    what: String,
    key: String,
    before: Option<Revision>,
    old: &Document,
    new: &Document,
) -> KeyChange {
    let fields = if before.is_some() { field_changes(old, new) } else { Vec::new() };
    KeyChange { what, key, before: before.unwrap_or(Revision::NONE), value: Some(new.to_json().into_bytes()), fields }
}

fn record_change(
    keys: &Keys,
    seen: &Seen,
    wanted: &RecordChange,
    now: Timestamp,
    after: &mut Seen,
) -> Result<KeyChange, OperationError> {
    let key = keys.partition(seen.partition);
    let Some(current) = &seen.view.record else {
        return Err(OperationError::NotFound { what: format!("the record of {}", seen.partition) });
    };
    let old = document(seen.stored.record.as_deref(), &key)?;
    let mut new = old.clone();
    let mut value: PartitionRecord = current.value.clone();
    let name = |node: &crate::model::NodeId| node.as_str().to_owned();
    if let Some(nodes) = &wanted.nodes {
        value.nodes.clone_from(nodes);
        new.set("nodes", nodes.iter().map(name).collect::<Vec<_>>());
    }
    if let Some(leader) = wanted.leader.as_ref().filter(|leader| **leader != value.leader) {
        value.leader.clone_from(leader);
        new.set("leader", leader.as_ref().map(name));
    }
    if wanted.state != value.state {
        value.state = wanted.state;
        new.set("state", wanted.state.name());
    }
    value.updated_at = now;
    set_stored_time(&mut new, "updated_at", now);
    let change = edited(format!("partition {}", seen.partition), key, Some(current.revision), &old, &new);
    after.view.record = Some(Versioned { value, revision: Revision::NONE });
    after.stored.record.clone_from(&change.value);
    Ok(change)
}

fn extension_change(
    keys: &Keys,
    seen: &Seen,
    epoch: u64,
    copies: &std::collections::BTreeMap<String, String>,
    after: &mut Seen,
) -> Result<KeyChange, OperationError> {
    let key = keys.extension(seen.partition);
    let old = document(seen.stored.extension.as_deref(), &key)?;
    let mut new = old.clone();
    let value = PartitionExtension { epoch, copies: copies.clone(), ..seen.view.extension() };
    new.set("epoch", epoch);
    if *copies != seen.view.extension().copies {
        let json: serde_json::Map<String, serde_json::Value> =
            copies.iter().map(|(node, copy)| (node.clone(), copy.clone().into())).collect();
        new.set("copies", json);
    }
    let before = seen.view.extension.as_ref().map(|v| v.revision);
    let change = edited(format!("extension of {}", seen.partition), key, before, &old, &new);
    after.view.extension = Some(Versioned { value, revision: Revision::NONE });
    after.stored.extension.clone_from(&change.value);
    Ok(change)
}

fn journal_change(
    keys: &Keys,
    seen: &Seen,
    journal: &MoveJournal,
    after: &mut Seen,
) -> Result<KeyChange, OperationError> {
    let before = seen.view.journal.as_ref().map(|v| v.revision);
    let change = put_journal(keys, seen.partition, (before, seen.stored.journal.as_deref()), journal)?;
    after.view.journal = Some(Versioned { value: Journal::Move(Box::new(journal.clone())), revision: Revision::NONE });
    let Stored { journal: stored, .. } = &mut after.stored;
    stored.clone_from(&change.value);
    Ok(change)
}

/// The change that makes a stored journal say something else; fields that this version does not know stay.
///
/// # Errors
/// What is stored cannot be edited.
pub(in crate::operations) fn put_journal(
    keys: &Keys,
    id: PartitionId,
    (before, stored): (Option<Revision>, Option<&[u8]>),
    journal: &impl serde::Serialize,
) -> Result<KeyChange, OperationError> {
    let key = keys.migration(id);
    let old = document(stored, &key)?;
    let json = serde_json::to_string(journal).map_err(|e| OperationError::Invalid(e.to_string()))?;
    let own = document(Some(json.as_bytes()), &key)?;
    let mut new = old.clone();
    for name in own.names().filter(|name| old.get(name) != own.get(name)) {
        new.set_raw(name, own.get(name).unwrap_or("null").to_owned());
    }
    Ok(edited(format!("operation on {id}"), key, before, &old, &new))
}

/// What the audit trail says of a change.
fn summary(id: PartitionId, change: &Change, view: &View) -> String {
    let what = |journal: &MoveJournal| {
        let mut words = format!("{:?} of {id}", journal.kind).to_lowercase();
        if let Some(from) = &journal.from {
            words.push_str(&format!(" from {from}"));
        }
        if let Some(to) = &journal.to {
            words.push_str(&format!(" to {to}"));
        }
        words
    };
    match (&change.journal, view.moving()) {
        (JournalChange::Put(journal), None) => format!("start: {}", what(journal)),
        (JournalChange::Put(journal), Some(_)) if change.abandoned.is_some() => format!("abort: {}", what(journal)),
        (JournalChange::Put(journal), Some(_)) => format!("cutover: {}", what(journal)),
        (JournalChange::Delete, Some(journal)) => format!("finish: {}", what(journal)),
        (JournalChange::Delete, None) => format!("leader of {id}"),
    }
}
