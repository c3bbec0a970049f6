//! Changes of several partitions in one transaction, as many as the store's limits allow.
//!
//! Invariant: a transaction is sent once. One that does not hold is tried again for each of its partitions alone, as one that
//! keeps changing must not hold up the others; what does not hold then either, or is in doubt, is read and decided anew.

use crate::migration::expiry::{CopyToDelete, ExpiryChange, ExpiryJournal};
use crate::model::partition_record::set_stored_time;
use crate::model::{PartitionId, PartitionState};
use crate::operations::OperationError;
use crate::operations::change::{AUDIT_BYTES, FieldChange, KeyChange};
use crate::operations::executing::commit::{Trail, document, edited, fence, orphan_op, put_journal};
use crate::ports::metadata::{Compare, KeyRange, Limits, Op, Outcome, Transaction};
use crate::ports::storage::CopyId;
use crate::ports::{Keys, MetadataWrite, StoreError};

use super::sight::Sight;

/// What is to be written for one partition.
pub(super) struct Planned {
    pub(super) sight: Sight,
    pub(super) change: ExpiryChange,
}

/// What became of it.
#[derive(Debug)]
pub(super) enum Fate {
    /// It holds.
    Committed,
    /// Somebody else changed something, or nobody knows whether it holds: read again.
    Unclear,
    /// It cannot be written, whatever happens.
    Failed(OperationError),
}

/// The fields of a record that goes which its audit entry keeps.
const KEPT_FIELDS: [&str; 3] = ["nodes", "size_bytes", "record_count"];

/// One partition's share of a transaction.
#[derive(Default)]
struct Share {
    compares: Vec<Compare>,
    /// What the audit entry names.
    changes: Vec<KeyChange>,
    /// Operations beside those of `changes`.
    ops: Vec<Op>,
}

impl Share {
    fn operations(&self) -> usize {
        (self.changes.len() + self.ops.len()).max(self.compares.len())
    }

    fn bytes(&self) -> usize {
        let transaction = self.transaction();
        transaction.request_bytes()
    }

    fn transaction(&self) -> Transaction {
        let op = |change: &KeyChange| match &change.value {
            Some(value) => Op::put(change.key.clone(), value.clone()),
            None => Op::Delete { key: change.key.clone() },
        };
        let ops = self.changes.iter().map(op).chain(self.ops.iter().cloned()).collect();
        Transaction { compares: self.compares.clone(), ops }
    }
}

/// Commits changes of one kind; gives the fate of each partition.
///
/// # Errors
/// The store's, except where a write is in doubt.
pub(super) async fn commit<S: MetadataWrite>(
    store: &S,
    keys: &Keys,
    trail: &Trail<'_>,
    planned: &[Planned],
) -> Result<Vec<(PartitionId, Fate)>, OperationError> {
    let mut fates = Vec::with_capacity(planned.len());
    let mut shares = Vec::with_capacity(planned.len());
    for one in planned {
        match share(keys, trail, one) {
            Ok(share) => shares.push((one, share)),
            Err(error) => fates.push((one.sight.partition, Fate::Failed(error))),
        }
    }
    for group in groups(shares, store.limits()) {
        let fate = send(store, keys, trail, &group).await?;
        if matches!(fate, Sent::Conflict) && group.len() > 1 {
            for one in group.chunks(1) {
                let sent = send(store, keys, trail, one).await?;
                fates.extend(one.iter().map(|(one, _)| (one.sight.partition, sent.fate())));
            }
            continue;
        }
        fates.extend(group.iter().map(|(one, _)| (one.sight.partition, fate.fate())));
    }
    Ok(fates)
}

/// What came of a transaction.
enum Sent {
    Committed,
    Conflict,
    InDoubt,
}

impl Sent {
    const fn fate(&self) -> Fate {
        match self {
            Self::Committed => Fate::Committed,
            Self::Conflict | Self::InDoubt => Fate::Unclear,
        }
    }
}

type Shares<'p> = Vec<(&'p Planned, Share)>;

fn groups(shares: Shares<'_>, limits: Limits) -> Vec<Shares<'_>> {
    // One operation is the audit entry, one comparison its absence.
    let operations_max = limits.operations_max.saturating_sub(1);
    let bytes_max = limits.request_bytes_max.saturating_sub(AUDIT_BYTES);
    let mut groups: Vec<Shares<'_>> = Vec::new();
    let (mut operations, mut bytes) = (0, 0);
    for (planned, share) in shares {
        let (more, larger) = (share.operations(), share.bytes());
        let fits = operations + more <= operations_max && bytes + larger <= bytes_max;
        match groups.last_mut().filter(|_| fits) {
            Some(group) => {
                group.push((planned, share));
                (operations, bytes) = (operations + more, bytes + larger);
            }
            None => {
                groups.push(vec![(planned, share)]);
                (operations, bytes) = (more, larger);
            }
        }
    }
    groups
}

async fn send<S: MetadataWrite>(
    store: &S,
    keys: &Keys,
    trail: &Trail<'_>,
    group: &[(&Planned, Share)],
) -> Result<Sent, OperationError> {
    let mut transaction = Transaction::default();
    for (_, share) in group {
        let Transaction { compares, ops } = share.transaction();
        transaction.compares.extend(compares);
        transaction.ops.extend(ops);
    }
    let only_deletes = group.iter().all(|(one, _)| one.change.only_deletes());
    let bare = only_deletes.then(|| transaction.clone());
    let changes: Vec<KeyChange> = group.iter().flat_map(|(_, share)| share.changes.iter().cloned()).collect();
    trail.add(keys, &summary(group), &changes, &mut transaction);
    let sent = match (store.commit(transaction).await, bare) {
        // A full store takes what only deletes: the record goes without its entry in the trail, which tells of its claim and of
        // the beginning of its end.
        (Err(StoreError::OutOfSpace { .. }), Some(bare)) => store.commit(bare).await,
        (sent, _) => sent,
    };
    match sent {
        Ok(Outcome::Committed { .. }) => Ok(Sent::Committed),
        Ok(Outcome::Conflict { .. }) => Ok(Sent::Conflict),
        Err(StoreError::Unreachable { applied_unknown: true, .. }) => Ok(Sent::InDoubt),
        Err(error) => Err(error.into()),
    }
}

fn share(keys: &Keys, trail: &Trail<'_>, planned: &Planned) -> Result<Share, OperationError> {
    let Planned { sight, change } = planned;
    let view = &sight.seen.view;
    let mut share = Share { compares: fence(keys, sight.partition, view), ..Share::default() };
    match change {
        ExpiryChange::Claim(journal) => {
            let family = keys.partition_family(sight.partition);
            let children = KeyRange::new(format!("{}.", keys.partition(sight.partition)), family.end().to_owned());
            share.compares.push(Compare::NothingNewer { range: children, than: view.read_at });
            check_copies(keys, sight, &journal.copies)?;
            share.changes.extend(with_state(keys, trail, sight, PartitionState::ReadOnly)?);
            share.changes.push(with_journal(keys, sight, journal)?);
        }
        ExpiryChange::Begin(journal) | ExpiryChange::Widen(journal) => {
            check_copies(keys, sight, &journal.copies)?;
            share.changes.push(with_journal(keys, sight, journal)?);
        }
        ExpiryChange::Restore { state, .. } => {
            if let Some(state) = state {
                share.changes.extend(with_state(keys, trail, sight, *state)?);
            }
            share.ops.push(Op::Delete { key: keys.migration(sight.partition) });
        }
        ExpiryChange::Finish { orphans } => finish(keys, trail, sight, orphans, &mut share)?,
    }
    Ok(share)
}

/// A copy id that is no name could be neither deleted nor noted: such a partition is left as it is.
fn check_copies<'c>(
    keys: &Keys,
    sight: &Sight,
    copies: impl IntoIterator<Item = &'c CopyToDelete>,
) -> Result<(), OperationError> {
    for CopyToDelete { node, copy_id } in copies {
        CopyId::parse(copy_id).map_err(|error| OperationError::Corrupt {
            key: keys.extension(sight.partition),
            reason: format!("the copy id {copy_id:?} of {node}: {error}"),
        })?;
    }
    Ok(())
}

fn with_journal(keys: &Keys, sight: &Sight, journal: &ExpiryJournal) -> Result<KeyChange, OperationError> {
    let before = sight.seen.view.journal.as_ref().map(|journal| journal.revision);
    put_journal(keys, sight.partition, (before, sight.stored.journal.as_deref()), journal)
}

/// The record in another state; `None` where it is in that state, or is not there.
fn with_state(
    keys: &Keys,
    trail: &Trail<'_>,
    sight: &Sight,
    state: PartitionState,
) -> Result<Option<KeyChange>, OperationError> {
    let Some(record) = sight.seen.view.record.as_ref().filter(|record| record.value.state != state) else {
        return Ok(None);
    };
    let key = keys.partition(sight.partition);
    let old = document(sight.stored.record.as_deref(), &key)?;
    let mut new = old.clone();
    new.set("state", state.name());
    set_stored_time(&mut new, "updated_at", trail.clock.now());
    Ok(Some(edited(format!("partition {}", sight.partition), key, Some(record.revision), &old, &new)))
}

fn finish(
    keys: &Keys,
    trail: &Trail<'_>,
    sight: &Sight,
    orphans: &[CopyToDelete],
    share: &mut Share,
) -> Result<(), OperationError> {
    let (id, view) = (sight.partition, &sight.seen.view);
    if let Some(record) = &view.record {
        let key = keys.partition(id);
        let old = document(sight.stored.record.as_deref(), &key)?;
        let field = |name: &str| {
            Some(FieldChange { field: name.to_owned(), before: Some(old.get(name)?.to_owned()), after: None })
        };
        let fields = KEPT_FIELDS.into_iter().filter_map(field).collect();
        share.changes.push(KeyChange {
            what: format!("partition {id}"),
            key,
            before: record.revision,
            value: None,
            fields,
        });
    }
    if view.extension.is_some() {
        share.ops.push(Op::Delete { key: keys.extension(id) });
    }
    share.ops.push(Op::Delete { key: keys.migration(id) });
    share.ops.extend(view.marks.keys().map(|node| Op::Delete { key: keys.repair_mark(id, node) }));
    check_copies(keys, sight, orphans)?;
    let now = trail.clock.now();
    share.ops.extend(orphans.iter().map(|copy| orphan_op(keys.orphan(&copy.node, id, &copy.copy_id), now)));
    Ok(())
}

/// What the audit trail says of a transaction.
fn summary(group: &[(&Planned, Share)]) -> String {
    let whole = match group {
        [(one, _)] => format!("partition {}", one.sight.partition),
        all => format!("{} partitions", all.len()),
    };
    match group.first().map(|(one, _)| &one.change) {
        Some(ExpiryChange::Claim(_)) | None => format!("expire: claim {whole}"),
        Some(ExpiryChange::Begin(_)) => format!("expire: begin to delete {whole}"),
        Some(ExpiryChange::Widen(_)) => format!("expire: more copies of {whole}"),
        Some(ExpiryChange::Restore { reason, .. }) => format!("expire: give {whole} back, as {}", reason.words()),
        Some(ExpiryChange::Finish { .. }) => format!("expire: {whole} gone"),
    }
}
