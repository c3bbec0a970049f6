//! One transaction, and what became of it when nobody said so.
//!
//! A transaction whose reply is lost may have been applied, may be applied yet, or never. It is not sent again: it is
//! looked for. Its changes bear its marks: at one revision, newer than any told before it was sent, every key that it puts
//! has exactly its value and lease, and every key that it deletes is gone. The audit entry that changes carry has a key of
//! its own, so that the marks are nobody else's.
//!
//! Invariant: `Committed` only if its marks were found; `Conflict` only if it was not applied and a comparison can never
//! hold again, whenever the request may still arrive; otherwise "nobody knows".

use std::collections::BTreeSet;
use std::time::Duration;

use etcd_client::proto::PbTxnOpResponse;
use etcd_client::{Client, CompareOp, GetOptions, PutOptions, Txn, TxnOp, TxnResponse};
use tokio::time::{Instant, sleep, timeout_at};

use super::fault::Refusal;
use super::history;
use super::members::Unwritten;
use super::reader::{EtcdReader, kv};
use super::wire::{bounds, entry, header_revision, sent};
use crate::model::Revision;
use crate::ports::metadata::{Compare, Entry, KeyRange, LeaseId, Op, Outcome, Transaction};
use crate::ports::{MetadataRead as _, StoreError};

/// When to look for a transaction whose reply was lost; most late ones are applied within a second.
const LOOKS: [Duration; 4] =
    [Duration::ZERO, Duration::from_millis(100), Duration::from_millis(400), Duration::from_millis(1_000)];

/// The looks have at least this time, also when the write took all of it.
const LOOK_LEAST: Duration = Duration::from_millis(1_500);

/// Applies a transaction that was checked.
pub(super) async fn commit(reader: &EtcdReader, transaction: Transaction) -> Result<Outcome, StoreError> {
    if transaction.ops.is_empty() {
        // It only asks, so it may be asked again.
        let op = move |client: Client, request: Txn| async move { kv(&client).txn(request).await };
        let asked = request(&transaction);
        return match reader.members.read(move |client| op(client, asked.clone())).await {
            Ok(answer) => Ok(outcome(reader, &transaction, answer)),
            Err(fault) => Err(reader.told(fault, "comparing", None).await),
        };
    }
    let (floor, sent_at) = (reader.members.seen(), Instant::now());
    let request = request(&transaction);
    let op = move |client: Client| {
        let request = request.clone();
        async move { kv(&client).txn(request).await }
    };
    match reader.members.write(op).await {
        Ok(answer) => Ok(outcome(reader, &transaction, answer)),
        Err(Unwritten::Refused(refusal)) => Err(refused(reader, refusal, &transaction).await),
        Err(Unwritten::Unreachable(error)) => Err(error),
        Err(Unwritten::Unclear(error)) => {
            let until = (sent_at + reader.members.total()).max(Instant::now() + LOOK_LEAST);
            // If the looks meet an error it is the write's that counts.
            timeout_at(until, look(reader, &transaction, floor)).await.ok().flatten().ok_or(error)
        }
    }
}

/// Looks for a transaction several times; `None` = nobody knows.
async fn look(reader: &EtcdReader, transaction: &Transaction, floor: Revision) -> Option<Outcome> {
    for (n, pause) in (1..).zip(LOOKS) {
        sleep(pause).await;
        if let Ok(Some(outcome)) = find(reader, transaction, floor, n == LOOKS.len()).await {
            return Some(outcome);
        }
    }
    None
}

async fn refused(reader: &EtcdReader, refusal: Refusal, transaction: &Transaction) -> StoreError {
    if refusal == Refusal::LeaseGone {
        let lease = transaction.ops.iter().find_map(|op| match op {
            Op::Put { lease, .. } => *lease,
            Op::Delete { .. } => None,
        });
        return StoreError::LeaseGone(lease.unwrap_or(LeaseId(0)));
    }
    let first = transaction.ops.first().map_or_else(|| "nothing".to_owned(), |op| op.key().to_owned());
    reader.refused(refusal, &format!("writing {first}"), None).await
}

/// The transaction as etcd takes it; when a comparison does not hold it reads what stands there.
fn request(transaction: &Transaction) -> Txn {
    let compares: Vec<_> = transaction.compares.iter().filter_map(compare).collect();
    let ops: Vec<_> = transaction.ops.iter().map(operation).collect();
    let reads: Vec<_> = transaction.compares.iter().filter_map(|compare| what_stands(compare, None)).collect();
    Txn::new().when(compares).and_then(ops).or_else(reads)
}

/// `None` = a comparison over no keys, which holds.
fn compare(compare: &Compare) -> Option<etcd_client::Compare> {
    use etcd_client::Compare as Wire;
    match compare {
        Compare::ModRevision { key, is } => Some(Wire::mod_revision(key.as_str(), CompareOp::Equal, sent(*is))),
        Compare::CreateRevision { key, is } => Some(Wire::create_revision(key.as_str(), CompareOp::Equal, sent(*is))),
        Compare::NothingNewer { range, than } => {
            let (start, end) = bounds(range)?;
            Some(Wire::mod_revision(start, CompareOp::Less, sent(*than).saturating_add(1)).with_range(end))
        }
    }
}

/// Reads what a comparison looks at: its key, or a key of its range that is newer.
fn what_stands(compare: &Compare, at: Option<Revision>) -> Option<TxnOp> {
    let options = GetOptions::new().with_revision(at.map_or(0, sent));
    match compare {
        Compare::ModRevision { key, .. } | Compare::CreateRevision { key, .. } => {
            Some(TxnOp::get(key.as_str(), Some(options)))
        }
        Compare::NothingNewer { range, than } => {
            let (start, end) = bounds(range)?;
            let newer = sent(*than).saturating_add(1);
            Some(TxnOp::get(start, Some(options.with_range(end).with_min_mod_revision(newer).with_limit(1))))
        }
    }
}

fn operation(op: &Op) -> TxnOp {
    match op {
        Op::Put { key, value, lease } => {
            let options = lease.map(|lease| PutOptions::new().with_lease(lease.0));
            TxnOp::put(key.as_str(), value.as_slice(), options)
        }
        Op::Delete { key } => TxnOp::delete(key.as_str(), None),
    }
}

/// Gives each comparison what was read for it; one over no keys was not sent.
fn spread(transaction: &Transaction, mut read: impl Iterator<Item = Option<Entry>>) -> Vec<Option<Entry>> {
    let found = |compare: &Compare| what_stands(compare, None).and_then(|_| read.next().flatten());
    transaction.compares.iter().map(found).collect()
}

fn outcome(reader: &EtcdReader, transaction: &Transaction, answer: TxnResponse) -> Outcome {
    let revision = header_revision(answer.0.header.as_ref());
    reader.members.note_revision(revision);
    if answer.succeeded() {
        return Outcome::Committed { revision };
    }
    Outcome::Conflict { revision, found: spread(transaction, read_entries(answer)) }
}

/// Looks for a transaction that was sent when the store was at `floor` or later; `None` = it may yet be applied. The last
/// look goes through the past as well.
async fn find(
    reader: &EtcdReader,
    transaction: &Transaction,
    floor: Revision,
    last: bool,
) -> Result<Option<Outcome>, StoreError> {
    // What stands is read first: if the marks are not found up to then, it was not applied by then.
    let (found, now) = compared(reader, transaction, None).await?;
    let never = transaction.compares.iter().zip(&found).any(|(compare, entry)| is_past(compare, entry.as_ref(), now));
    if let Some(revision) = marks(reader, transaction, floor, never || last).await? {
        return Ok(Some(Outcome::Committed { revision }));
    }
    Ok(never.then_some(Outcome::Conflict { revision: now, found }))
}

/// What stands under each comparison, now or at a revision, and the store's revision.
async fn compared(
    reader: &EtcdReader,
    transaction: &Transaction,
    at: Option<Revision>,
) -> Result<(Vec<Option<Entry>>, Revision), StoreError> {
    let reads: Vec<_> = transaction.compares.iter().filter_map(|compare| what_stands(compare, at)).collect();
    let op = move |client: Client| {
        let reads = reads.clone();
        async move { kv(&client).txn(Txn::new().and_then(reads)).await }
    };
    match reader.members.read(op).await {
        Ok(answer) => {
            let now = header_revision(answer.0.header.as_ref());
            reader.members.note_revision(now);
            Ok((spread(transaction, read_entries(answer)), now))
        }
        Err(fault) => Err(reader.told(fault, "reading what a transaction rests on", at).await),
    }
}

/// The entry that each read of an answer found.
fn read_entries(answer: TxnResponse) -> impl Iterator<Item = Option<Entry>> {
    answer.0.responses.into_iter().map(|response| match response.response {
        Some(PbTxnOpResponse::ResponseRange(mut range)) => range.kvs.pop().map(entry),
        _ => None,
    })
}

/// Whether a comparison can never hold again: revisions only grow. An absent key, or a range, may become so again.
fn is_past(compare: &Compare, entry: Option<&Entry>, now: Revision) -> bool {
    match compare {
        Compare::ModRevision { is, .. } => {
            *is != Revision::NONE && *is <= now && entry.is_none_or(|entry| entry.mod_revision > *is)
        }
        Compare::CreateRevision { is, .. } => {
            *is != Revision::NONE && *is <= now && entry.is_none_or(|entry| entry.create_revision > *is)
        }
        Compare::NothingNewer { .. } => false,
    }
}

/// The revision behind `floor` at which the whole transaction stands, if there is one; with `past` also one whose marks
/// were written over since.
async fn marks(
    reader: &EtcdReader,
    transaction: &Transaction,
    floor: Revision,
    past: bool,
) -> Result<Option<Revision>, StoreError> {
    // The key that tells most: a put of a key that must not have been there, else any put, else a deletion.
    let absent: BTreeSet<&str> = transaction
        .compares
        .iter()
        .filter_map(|compare| match compare {
            Compare::ModRevision { key, is } | Compare::CreateRevision { key, is } => {
                (*is == Revision::NONE).then_some(key.as_str())
            }
            Compare::NothingNewer { .. } => None,
        })
        .collect();
    let puts = || transaction.ops.iter().filter(|op| matches!(op, Op::Put { .. }));
    let token = puts().rfind(|op| absent.contains(op.key())).or_else(|| puts().next());
    let Some(token) = token.or(transaction.ops.first()) else { return Ok(None) };
    let present = history::Present::of(reader, token.key()).await?;
    // The short way: it stands as it was put.
    if let Some(now) = &present.entry
        && now.mod_revision > floor
        && bears(token, Some(now), now.mod_revision)
        && stands_at(reader, transaction, now.mod_revision).await?
    {
        return Ok(Some(now.mod_revision));
    }
    if !past {
        return Ok(None);
    }
    let states = history::since(reader, token.key(), Revision(floor.0 + 1), &present).await?;
    for state in states.iter().filter(|state| state.revision > floor) {
        if bears(token, state.entry.as_ref(), state.revision) && stands_at(reader, transaction, state.revision).await? {
            return Ok(Some(state.revision));
        }
    }
    Ok(None)
}

/// Whether a key at a revision is as the operation made it then.
fn bears(op: &Op, entry: Option<&Entry>, at: Revision) -> bool {
    match op {
        Op::Put { value, lease, .. } => {
            entry.is_some_and(|e| e.mod_revision == at && e.value == *value && e.lease == *lease)
        }
        Op::Delete { .. } => entry.is_none(),
    }
}

/// Whether all of a transaction stands at a revision, and its comparisons held before: the same changes, made by somebody
/// else while ours were out of the question, are not ours.
async fn stands_at(reader: &EtcdReader, transaction: &Transaction, at: Revision) -> Result<bool, StoreError> {
    let before = Revision(at.0.saturating_sub(1));
    if before != Revision::NONE {
        let (found, _) = compared(reader, transaction, Some(before)).await?;
        if !transaction.compares.iter().zip(&found).all(|(compare, entry)| compare.holds(entry.as_ref())) {
            return Ok(false);
        }
    }
    let ranges: Vec<KeyRange> = transaction.ops.iter().map(|op| KeyRange::single(op.key())).collect();
    let answer = reader.read(&ranges, Some(at)).await?;
    Ok(transaction.ops.iter().zip(&answer.ranges).all(|(op, found)| bears(op, found.first(), at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry_at(created: u64, changed: u64) -> Entry {
        let (create_revision, mod_revision) = (Revision(created), Revision(changed));
        Entry { key: "k".into(), value: b"v".to_vec(), create_revision, mod_revision, version: 1, lease: None }
    }

    #[test]
    fn only_what_grew_can_never_hold_again() {
        let mod_is = |is| Compare::ModRevision { key: "k".into(), is: Revision(is) };
        let created = |is| Compare::CreateRevision { key: "k".into(), is: Revision(is) };
        let now = Revision(9);
        assert!(is_past(&mod_is(4), Some(&entry_at(1, 5)), now));
        assert!(is_past(&mod_is(4), None, now), "deleted: it comes again with a newer revision");
        assert!(!is_past(&mod_is(5), Some(&entry_at(1, 5)), now));
        assert!(!is_past(&mod_is(0), Some(&entry_at(1, 5)), now), "it may be deleted before the request arrives");
        assert!(is_past(&created(1), Some(&entry_at(2, 5)), now) && !is_past(&created(2), Some(&entry_at(2, 5)), now));
        assert!(!is_past(&mod_is(12), None, now), "that revision is still to come");
        let range = KeyRange::prefix("k/");
        assert!(!is_past(&Compare::NothingNewer { range, than: Revision(1) }, Some(&entry_at(2, 5)), now));
    }

    #[test]
    fn a_mark_is_value_lease_and_revision() {
        let put = |value: &str, lease| Op::Put { key: "k".into(), value: value.into(), lease };
        let found = entry_at(5, 5);
        assert!(bears(&put("v", None), Some(&found), Revision(5)));
        assert!(!bears(&put("w", None), Some(&found), Revision(5)));
        assert!(!bears(&put("v", Some(LeaseId(1))), Some(&found), Revision(5)));
        assert!(!bears(&put("v", None), Some(&found), Revision(6)));
        assert!(
            !bears(&put("v", None), None, Revision(5)) && bears(&Op::Delete { key: "k".into() }, None, Revision(5))
        );
    }
}
