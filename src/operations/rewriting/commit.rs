//! A change as a transaction on exactly what was read.
//!
//! Invariant: a transaction is sent once. When it does not hold, or nobody knows whether it was applied, the partition is read
//! and decided upon again; the old write is never repeated.

use std::collections::BTreeMap;

use super::sight::Sight;
use crate::migration::rewrite::RewriteChange;
use crate::migration::rewrite_journal::{CopyAt, RewriteJournal, RewriteKind, TargetContent};
use crate::model::partition_record::set_stored_time;
use crate::model::{Document, PartitionExtension, PartitionId, PartitionRecord, PartitionState};
use crate::operations::OperationError;
use crate::operations::change::KeyChange;
use crate::operations::executing::commit::{Trail, document, edited, fence, orphan_op, put_journal};
use crate::ports::metadata::{Compare, KeyRange, Op, Outcome, Transaction};
use crate::ports::storage::CopyId;
use crate::ports::{Keys, MetadataWrite, StoreError};

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sent {
    /// It holds.
    Committed,
    /// Somebody else changed something, or nobody knows whether it holds: read again.
    Unclear,
}

/// Commits a change.
///
/// # Errors
/// The store's, except where the write is in doubt; a stored value cannot be edited.
pub(super) async fn commit<S: MetadataWrite>(
    store: &S,
    keys: &Keys,
    trail: &Trail<'_>,
    sight: &Sight,
    change: &RewriteChange,
) -> Result<Sent, OperationError> {
    let Prepared { compares, changes, ops } = prepare(keys, trail, sight, change)?;
    let put = |change: &KeyChange| Op::put(change.key.clone(), change.value.clone().unwrap_or_default());
    let ops = changes.iter().map(put).chain(ops).collect();
    let mut transaction = Transaction { compares, ops };
    // The end of an operation is told by its beginning and its switch; without an entry a full store takes it.
    if !changes.is_empty() {
        trail.add(keys, &summary(sight.partition, change), &changes, &mut transaction);
    }
    match store.commit(transaction).await {
        Ok(Outcome::Committed { .. }) => Ok(Sent::Committed),
        Ok(Outcome::Conflict { .. }) | Err(StoreError::Unreachable { applied_unknown: true, .. }) => Ok(Sent::Unclear),
        Err(error) => Err(error.into()),
    }
}

#[derive(Default)]
struct Prepared {
    compares: Vec<Compare>,
    /// What the audit entry names.
    changes: Vec<KeyChange>,
    /// Operations beside those of `changes`.
    ops: Vec<Op>,
}

fn prepare(keys: &Keys, trail: &Trail<'_>, sight: &Sight, change: &RewriteChange) -> Result<Prepared, OperationError> {
    let (id, view) = (sight.partition, sight.view());
    let mut prepared = Prepared { compares: fence(keys, id, view), ..Prepared::default() };
    match change {
        RewriteChange::Claim(journal) => {
            check_copies(keys, id, journal)?;
            prepared.compares.extend(nothing_below(keys, sight));
            prepared.changes.push(with_record(keys, trail, sight, PartitionState::Migrating, |_| {})?);
            prepared.changes.push(with_journal(keys, sight, journal)?);
        }
        RewriteChange::Fix(journal) => prepared.changes.push(with_journal(keys, sight, journal)?),
        RewriteChange::Switch(journal) => {
            prepared.compares.extend(nothing_below(keys, sight));
            prepared.changes.push(switched_record(keys, trail, sight, journal)?);
            prepared.changes.push(switched_extension(keys, sight, journal)?);
            if journal.kind == RewriteKind::Split {
                for target in &journal.targets {
                    prepared.changes.extend(child(keys, trail, sight, journal, target)?);
                }
            }
            prepared.changes.push(with_journal(keys, sight, journal)?);
        }
        RewriteChange::Abort { journal, state, .. } => {
            if let Some(state) = state {
                prepared.changes.push(with_record(keys, trail, sight, *state, |_| {})?);
            }
            prepared.changes.push(with_journal(keys, sight, journal)?);
        }
        RewriteChange::End { orphans, .. } => {
            prepared.ops.push(Op::Delete { key: keys.migration(id) });
            let now = trail.clock.now();
            let orphan = |copy: &CopyAt| orphan_op(keys.orphan(&copy.node, copy.partition, &copy.copy_id), now);
            prepared.ops.extend(orphans.iter().map(orphan));
        }
    }
    Ok(prepared)
}

/// A copy id that is no name could be neither read nor deleted: such a partition is left as it is.
fn check_copies(keys: &Keys, id: PartitionId, journal: &RewriteJournal) -> Result<(), OperationError> {
    for CopyAt { node, copy_id, .. } in journal.old_copies(id) {
        CopyId::parse(&copy_id).map_err(|error| OperationError::Corrupt {
            key: keys.extension(id),
            reason: format!("the copy id {copy_id:?} of {node}: {error}"),
        })?;
    }
    Ok(())
}

/// No record and no extension has come below the partition since it was read.
fn nothing_below(keys: &Keys, sight: &Sight) -> [Compare; 2] {
    let (id, than) = (sight.partition, sight.view().read_at);
    let below = |key: String, family: KeyRange| Compare::NothingNewer {
        range: KeyRange::new(format!("{key}."), family.end().to_owned()),
        than,
    };
    [below(keys.partition(id), keys.partition_family(id)), below(keys.extension(id), keys.extension_family(id))]
}

fn with_journal(keys: &Keys, sight: &Sight, journal: &RewriteJournal) -> Result<KeyChange, OperationError> {
    let before = sight.view().journal.as_ref().map(|journal| journal.revision);
    put_journal(keys, sight.partition, (before, sight.stored.journal.as_deref()), journal)
}

/// The record in another state, with what `edit` sets besides.
fn with_record(
    keys: &Keys,
    trail: &Trail<'_>,
    sight: &Sight,
    state: PartitionState,
    edit: impl FnOnce(&mut Document),
) -> Result<KeyChange, OperationError> {
    let id = sight.partition;
    let Some(record) = &sight.view().record else {
        return Err(OperationError::NotFound { what: format!("the record of {id}") });
    };
    let key = keys.partition(id);
    let old = document(sight.stored.record.as_deref(), &key)?;
    let mut new = old.clone();
    if record.value.state != state {
        new.set("state", state.name());
    }
    edit(&mut new);
    set_stored_time(&mut new, "updated_at", trail.clock.now());
    Ok(edited(format!("partition {id}"), key, Some(record.revision), &old, &new))
}

fn switched_record(
    keys: &Keys,
    trail: &Trail<'_>,
    sight: &Sight,
    journal: &RewriteJournal,
) -> Result<KeyChange, OperationError> {
    with_record(keys, trail, sight, journal.prior_state, |new| {
        let (bytes, records) = match (journal.kind, journal.targets.first()) {
            // Its children hold what it held.
            (RewriteKind::Split, _) => (0, Some(0)),
            (RewriteKind::Compact, Some(target)) => (target.size_bytes, target.record_count),
            (RewriteKind::Compact, None) => return,
        };
        new.set("size_bytes", bytes);
        if let Some(records) = records {
            new.set("record_count", records);
        }
    })
}

fn switched_extension(keys: &Keys, sight: &Sight, journal: &RewriteJournal) -> Result<KeyChange, OperationError> {
    let (id, view) = (sight.partition, sight.view());
    let key = keys.extension(id);
    let old = document(sight.stored.extension.as_deref(), &key)?;
    let mut new = old.clone();
    let extension = view.extension();
    new.set("epoch", extension.epoch.saturating_add(1));
    if journal.kind == RewriteKind::Split {
        new.set("split_bits", extension.split_bits.saturating_add(journal.bits));
    }
    // Of a partition that was split these are names of nothing: its old copies are listed by nobody, and may go.
    new.set("copies", json_of(copies(journal)));
    let before = view.extension.as_ref().map(|extension| extension.revision);
    Ok(edited(format!("extension of {id}"), key, before, &old, &new))
}

fn copies(journal: &RewriteJournal) -> BTreeMap<String, String> {
    journal.original_nodes.iter().map(|node| (node.as_str().to_owned(), journal.copy_id.clone())).collect()
}

fn json_of(copies: BTreeMap<String, String>) -> serde_json::Map<String, serde_json::Value> {
    copies.into_iter().map(|(node, copy)| (node, copy.into())).collect()
}

/// A child's record and extension.
fn child(
    keys: &Keys,
    trail: &Trail<'_>,
    sight: &Sight,
    journal: &RewriteJournal,
    target: &TargetContent,
) -> Result<[KeyChange; 2], OperationError> {
    let (id, now) = (target.partition, trail.clock.now());
    let leader = sight.view().record.as_ref().and_then(|record| record.value.leader.clone());
    let record = PartitionRecord {
        id,
        nodes: journal.original_nodes.clone(),
        leader: leader.filter(|leader| journal.original_nodes.contains(leader)),
        state: journal.prior_state,
        size_bytes: target.size_bytes,
        record_count: target.record_count.unwrap_or_default(),
        created_at: now,
        updated_at: now,
    };
    let extension = PartitionExtension {
        epoch: 1,
        split_bits: 0,
        copies: copies(journal),
        pinned: sight.view().extension().pinned,
    };
    let json = serde_json::to_vec(&extension).map_err(|e| OperationError::Invalid(e.to_string()))?;
    let extension = document(Some(&json), &keys.extension(id))?;
    Ok([
        KeyChange::create(format!("partition {id}"), keys.partition(id), &record.to_document()),
        KeyChange::create(format!("extension of {id}"), keys.extension(id), &extension),
    ])
}

/// What the audit trail says of a change.
fn summary(id: PartitionId, change: &RewriteChange) -> String {
    match change {
        RewriteChange::Claim(journal) => format!("{}: claim {id}", journal.kind.name()),
        RewriteChange::Fix(journal) => format!("{}: what {id} is made from", journal.kind.name()),
        RewriteChange::Switch(journal) => match journal.kind {
            RewriteKind::Split => format!("split: {id} into {} partitions", journal.targets.len()),
            RewriteKind::Compact => format!("compact: {id} goes over to its new copies"),
        },
        RewriteChange::Abort { journal, why, .. } => format!("{}: undo {id}, as {why}", journal.kind.name()),
        RewriteChange::End { .. } => format!("end of the operation on {id}"),
    }
}
