//! Pruning of the audit trail by age and size.
//!
//! Invariant: only entries that can be read and whose key says their time are deleted, the oldest first, each if it still
//! is as it was read. The first transaction leaves one audit entry for all; what a stop leaves is found by the next run.

use std::ops::ControlFlow;

use crate::model::{ByteSize, Revision, Timestamp};
use crate::ports::metadata::{Compare, Entry, Op, Outcome, Transaction};
use crate::ports::{Keys, MetadataRead, MetadataWrite};

use super::audit::AuditRecord;
use super::change::{Applied, Consent, conflict};
use super::cluster::check_not_empty;
use super::{AuditContext, OperationError};

/// Days that entries are kept unless told otherwise.
pub const KEPT_DAYS_DEFAULT: i64 = 90;
/// Bytes that the trail may have unless told otherwise: 64 MiB.
pub const BYTES_MAX_DEFAULT: u64 = 64 << 20;

/// What may stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Entries from this time on.
    pub since: Timestamp,
    /// At most so many bytes of keys and values.
    pub bytes_max: u64,
}

/// What is deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prune {
    /// Keys with the revisions read, the oldest first.
    doomed: Vec<(String, Revision)>,
    /// Bytes that are freed.
    bytes: u64,
    /// Entries that stay, and their bytes.
    stays: (u64, u64),
    /// Entries that stay because they cannot be read.
    unreadable: u64,
}

/// A prune that was agreed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovedPrune {
    prune: Prune,
    consent: Consent,
}

struct Weighed {
    key: String,
    revision: Revision,
    bytes: u64,
}

/// Reads the trail and decides what goes.
///
/// # Errors
/// The store does not answer.
pub async fn prune<S: MetadataRead>(store: &S, keys: &Keys, kept: Kept) -> Result<Prune, OperationError> {
    let mut readable: Vec<Weighed> = Vec::new();
    let (mut unreadable, mut total) = (0, 0_u64);
    let mut weigh = |entry: &Entry| {
        let bytes = (entry.key.len() + entry.value.len()) as u64;
        total = total.saturating_add(bytes);
        if time_of(keys, &entry.key).is_some() && AuditRecord::parse(&entry.value).is_ok() {
            readable.push(Weighed { key: entry.key.clone(), revision: entry.mod_revision, bytes });
        } else {
            unreadable += 1;
        }
        ControlFlow::Continue(())
    };
    store.scan(&keys.audits(), None, &mut weigh).await?;
    if total == 0 {
        check_not_empty(store, keys, None).await?;
    }
    let mut prune = Prune { doomed: Vec::new(), bytes: 0, stays: (0, total), unreadable };
    for entry in readable {
        // Keys are in the order of time, so the first to stay decides for all behind it.
        let old = time_of(keys, &entry.key).is_some_and(|millis| millis < kept.since.millis());
        if prune.stays.0 == 0 && (old || prune.stays.1 > kept.bytes_max) {
            prune.bytes += entry.bytes;
            prune.stays.1 -= entry.bytes;
            prune.doomed.push((entry.key, entry.revision));
        } else {
            prune.stays.0 += 1;
        }
    }
    Ok(prune)
}

/// The time that an entry's key says, in milliseconds since 1970.
fn time_of(keys: &Keys, key: &str) -> Option<i64> {
    keys.name("audit", key)?.split_once('-')?.0.parse().ok()
}

impl Prune {
    /// Whether nothing goes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.doomed.is_empty()
    }

    /// How many entries there are.
    fn entries(&self) -> u64 {
        self.doomed.len() as u64 + self.stays.0 + self.unreadable
    }

    /// What is done, in words.
    #[must_use]
    pub fn summary(&self) -> String {
        format!("delete the oldest audit entries, {} of {}", self.doomed.len(), self.entries())
    }

    /// What is shown before it is applied.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let Self { doomed, stays: (entries, bytes), unreadable, bytes: freed } = self;
        let mut lines = vec![self.summary()];
        if let (Some((first, _)), Some((last, _))) = (doomed.first(), doomed.last()) {
            lines.push(format!("  from {first} to {last}"));
        }
        lines.push(format!(
            "  {} are freed, {} stay in {} entries",
            ByteSize(*freed),
            ByteSize(*bytes),
            entries + unreadable
        ));
        if *unreadable > 0 {
            lines.push(format!("  {unreadable} of these cannot be read and are never pruned"));
        }
        lines
    }

    /// Approved, and how.
    #[must_use]
    pub fn approve(self, consent: Consent) -> ApprovedPrune {
        ApprovedPrune { prune: self, consent }
    }
}

impl ApprovedPrune {
    /// Deletes in as few transactions as the store's limits allow.
    ///
    /// # Errors
    /// An entry is no longer as it was read, or the store does not answer; what was deleted before that stays deleted.
    pub async fn apply<S: MetadataWrite>(
        self,
        store: &S,
        keys: &Keys,
        audit: &AuditContext,
    ) -> Result<Applied, OperationError> {
        let Self { prune, consent } = self;
        let mut record = AuditRecord::of(audit, consent, &prune.summary(), &[]);
        record.keys = prune.doomed.len() as u64;
        let mut applied = Applied { keys: 0, transactions: 0, revision: Revision::NONE };
        let most = store.limits().operations_max.max(2);
        let mut left = prune.doomed.as_slice();
        while !left.is_empty() {
            let mut transaction = Transaction::default();
            if applied.transactions == 0 {
                let key = audit.key(keys, 0);
                transaction.compares.push(Compare::absent(key.clone()));
                transaction.ops.push(Op::put(key, record.to_json()));
            }
            let (batch, rest) = left.split_at(left.len().min(most - transaction.ops.len()));
            let unchanged = |(key, is): &(String, Revision)| Compare::ModRevision { key: key.clone(), is: *is };
            transaction.compares.extend(batch.iter().map(unchanged));
            transaction.ops.extend(batch.iter().map(|(key, _)| Op::Delete { key: key.clone() }));
            let compares = transaction.compares.clone();
            let error = match store.commit(transaction).await {
                Ok(Outcome::Committed { revision }) => {
                    applied.keys += batch.len();
                    applied.transactions += 1;
                    applied.revision = revision;
                    left = rest;
                    continue;
                }
                Ok(Outcome::Conflict { found, .. }) => conflict(&compares, &found),
                Err(error) => error.into(),
            };
            if applied.transactions == 0 {
                return Err(error);
            }
            return Err(OperationError::Partly { applied: applied.keys, left: left.len(), source: Box::new(error) });
        }
        Ok(applied)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::metadata::MemoryStore;
    use crate::ports::clock::FixedClock;
    use crate::ports::metadata::Limits;

    const DAY_MS: u64 = 86_400_000;

    fn wait<F: Future>(future: F) -> F::Output {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
    }

    fn context(day: i64) -> AuditContext {
        AuditContext {
            now: Timestamp::from_seconds(day * 86_400),
            actor: "a".into(),
            host: "h".into(),
            command: "test".into(),
            reason: None,
            nonce: 1,
        }
    }

    /// Entries of the days 0 to 9, and one that cannot be read on day 2.
    fn store() -> MemoryStore {
        let store = MemoryStore::new(Arc::new(FixedClock(Timestamp::EPOCH)));
        let limits = Limits { operations_max: 4, ..store.limits() };
        let store = store.with_limits(limits);
        let keys = Keys::default();
        for day in 0..10 {
            let value = AuditRecord::of(&context(day), Consent::Flag, "x", &[]).to_json();
            let ops = vec![Op::put(keys.audit(day as u64 * DAY_MS, "a"), value)];
            let _ = wait(store.commit(Transaction { compares: vec![], ops })).unwrap();
        }
        for (key, value) in [(keys.audit(2 * DAY_MS, "b"), "broken"), ("/otlp/audit/odd".to_owned(), "{}")] {
            let ops = vec![Op::put(key, value)];
            let _ = wait(store.commit(Transaction { compares: vec![], ops })).unwrap();
        }
        store
    }

    fn names(store: &MemoryStore) -> Vec<String> {
        let lists = wait(store.read(&[Keys::default().audits()], None)).unwrap().ranges;
        lists[0].iter().map(|e| e.key["/otlp/audit/".len()..].to_owned()).collect()
    }

    fn run(store: &MemoryStore, kept: Kept, day: i64) -> Option<Applied> {
        let keys = Keys::default();
        let prune = wait(prune(store, &keys, kept)).unwrap();
        let empty = prune.is_empty();
        (!empty).then(|| wait(prune.approve(Consent::Flag).apply(store, &keys, &context(day))).unwrap())
    }

    #[test]
    fn the_oldest_go_and_one_entry_says_so() {
        let store = store();
        let kept = Kept { since: Timestamp::from_seconds(6 * 86_400), bytes_max: u64::MAX };
        // Six entries: three with the audit entry, then three more.
        let applied = run(&store, kept, 20).unwrap();
        assert_eq!((applied.keys, applied.transactions), (6, 2));
        let left = names(&store);
        assert_eq!(left.len(), 4 + 2 + 1, "{left:?}");
        assert!(left.contains(&"0000172800000-b".to_owned()) && left.contains(&"odd".to_owned()), "{left:?}");
        let range = crate::ports::metadata::KeyRange::single(&context(20).key(&Keys::default(), 0));
        let own = wait(store.read(&[range], None)).unwrap().ranges;
        assert_eq!(AuditRecord::parse(&own[0][0].value).unwrap().keys, 6);
        assert_eq!(run(&store, kept, 21), None);
    }

    #[test]
    fn the_size_is_kept_too() {
        let store = store();
        let one = wait(prune(&store, &Keys::default(), Kept { since: Timestamp::EPOCH, bytes_max: 0 })).unwrap();
        assert_eq!((one.doomed.len(), one.unreadable), (10, 2));
        let bytes_max = one.bytes / 10 * 3 + one.stays.1;
        run(&store, Kept { since: Timestamp::EPOCH, bytes_max }, 20).unwrap();
        assert_eq!(names(&store).len(), 3 + 2 + 1);
    }

    #[test]
    fn a_stop_between_transactions_is_told_and_the_next_run_goes_on() {
        let store = store();
        let keys = Keys::default();
        let kept = Kept { since: Timestamp::from_seconds(9 * 86_400), bytes_max: u64::MAX };
        let approved = wait(prune(&store, &keys, kept)).unwrap().approve(Consent::Flag);
        // Somebody else deletes the eighth.
        let ops = vec![Op::Delete { key: keys.audit(7 * DAY_MS, "a") }];
        let _ = wait(store.commit(Transaction { compares: vec![], ops })).unwrap();
        let error = wait(approved.apply(&store, &keys, &context(20))).unwrap_err();
        assert!(matches!(error, OperationError::Partly { applied: 7, left: 2, .. }), "{error:?}");
        assert_eq!(run(&store, kept, 21).unwrap().keys, 1);
    }
}
