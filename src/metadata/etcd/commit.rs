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
use tokio::time::sleep;

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

/// Applies a transaction that was checked.
pub(super) async fn commit(reader: &EtcdReader, transaction: Transaction) -> Result<Outcome, StoreError> {
    let floor = reader.members.seen();
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
            for pause in LOOKS {
                sleep(pause).await;
                match find(reader, &transaction, floor).await {
                    Ok(Some(outcome)) => return Ok(outcome),
                    Ok(None) => {}
                    // What it was sent for counts, not what the look met.
                    Err(_) => break,
                }
            }
            Err(error)
        }
    }
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
    let reads: Vec<_> = transaction.compares.iter().filter_map(what_stands).collect();
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

fn what_stands(compare: &Compare) -> Option<TxnOp> {
    match compare {
        Compare::ModRevision { key, .. } | Compare::CreateRevision { key, .. } => Some(TxnOp::get(key.as_str(), None)),
        Compare::NothingNewer { range, than } => {
            let (start, end) = bounds(range)?;
            let newer = sent(*than).saturating_add(1);
            Some(TxnOp::get(start, Some(GetOptions::new().with_range(end).with_min_mod_revision(newer).with_limit(1))))
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
    let found = |compare: &Compare| what_stands(compare).and_then(|_| read.next().flatten());
    transaction.compares.iter().map(found).collect()
}

fn outcome(reader: &EtcdReader, transaction: &Transaction, answer: TxnResponse) -> Outcome {
    let answer = answer.0;
    let revision = header_revision(answer.header.as_ref());
    reader.members.note_revision(revision);
    if answer.succeeded {
        return Outcome::Committed { revision };
    }
    let read = answer.responses.into_iter().map(|response| match response.response {
        Some(PbTxnOpResponse::ResponseRange(mut range)) => range.kvs.pop().map(entry),
        _ => None,
    });
    Outcome::Conflict { revision, found: spread(transaction, read) }
}

/// Looks for a transaction that was sent when the store was at `floor` or later; `None` = it may yet be applied.
async fn find(reader: &EtcdReader, transaction: &Transaction, floor: Revision) -> Result<Option<Outcome>, StoreError> {
    // What stands is read first: if the marks are not found up to then, it was not applied by then.
    let ranges: Vec<KeyRange> = transaction.compares.iter().filter_map(compared_range).collect();
    let stands = reader.read(&ranges, None).await?;
    let mut lists = stands.ranges.into_iter();
    let mut list = |compare| compared_range(compare).and_then(|_| lists.next()).unwrap_or_default().into_iter();
    let found = transaction.compares.iter().map(|compare| match compare {
        Compare::NothingNewer { than, .. } => list(compare).find(|entry| entry.mod_revision > *than),
        Compare::ModRevision { .. } | Compare::CreateRevision { .. } => list(compare).next(),
    });
    let found: Vec<Option<Entry>> = found.collect();
    if let Some(revision) = marks(reader, transaction, floor).await? {
        return Ok(Some(Outcome::Committed { revision }));
    }
    let never = transaction
        .compares
        .iter()
        .zip(&found)
        .any(|(compare, entry)| is_past(compare, entry.as_ref(), stands.revision));
    Ok(never.then_some(Outcome::Conflict { revision: stands.revision, found }))
}

fn compared_range(compare: &Compare) -> Option<KeyRange> {
    match compare {
        Compare::ModRevision { key, .. } | Compare::CreateRevision { key, .. } => Some(KeyRange::single(key)),
        Compare::NothingNewer { range, .. } => bounds(range).map(|_| range.clone()),
    }
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

/// The revision behind `floor` at which the whole transaction stands, if there is one.
async fn marks(
    reader: &EtcdReader,
    transaction: &Transaction,
    floor: Revision,
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
    let (now, _) = reader.one(token.key(), None).await?;
    // The short way: it stands as it was put.
    if let Some(now) = &now
        && now.mod_revision > floor
        && bears(token, Some(now), now.mod_revision)
        && stands_at(reader, transaction, now.mod_revision).await?
    {
        return Ok(Some(now.mod_revision));
    }
    let states = history::since(reader, token.key(), Revision(floor.0 + 1), now.as_ref()).await?;
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

/// Whether all of a transaction stands at a revision.
async fn stands_at(reader: &EtcdReader, transaction: &Transaction, at: Revision) -> Result<bool, StoreError> {
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
