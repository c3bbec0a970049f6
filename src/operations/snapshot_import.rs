//! A snapshot into an empty store, key by key.
//!
//! Invariant: no key is written over. The cluster spec, or else the last key, comes last, together with the one audit
//! entry of the import: a store that has it is whole, one that has not is finished by the same import again.

use std::ops::ControlFlow;

use crate::model::Revision;
use crate::ports::metadata::{Compare, Entry, Op, Outcome, Transaction};
use crate::ports::{Keys, MetadataRead, MetadataWrite};

use super::OperationError;
use super::change::{Applied, AuditContext, Consent, conflict, creation_audit};

/// Entries named in the audit entry of an import; there are as many as an entry of the trail lists.
const AUDITED_MAX: usize = 200;

/// What surrounds an entry and its comparison in a request, at most.
const ENTRY_FRAMING_BYTES: usize = 256;

/// What is still to be written.
#[derive(Clone, Debug)]
pub struct ImportPlan {
    /// Entries to write, under the store's prefix, the one that completes the import last.
    missing: Vec<Entry>,
    /// Keys that a former, interrupted import wrote.
    present: usize,
    place: String,
}

/// The entries of a snapshot as a store under `keys` takes them. Left out is what belongs to a running process, whose
/// lease does not come along: the lock of the executor and its status.
pub fn moved<'e>(keys: &Keys, prefix: &str, entries: &'e [Entry]) -> impl Iterator<Item = Entry> + 'e {
    let (to, from) = (keys.prefix().to_owned(), prefix.to_owned());
    let leased = [keys.rebalance_lock(), format!("{to}/rebalance/status")];
    entries.iter().filter_map(move |entry| {
        let rest = entry.key.strip_prefix(&from).unwrap_or(&entry.key);
        let key = format!("{to}{rest}");
        (!leased.contains(&key)).then(|| Entry { key, lease: None, ..entry.clone() })
    })
}

/// What an import has to write; reads only.
///
/// # Errors
/// The store holds something else under the prefix, or the whole import already; it does not answer.
pub async fn plan<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    prefix: &str,
    entries: &[Entry],
) -> Result<ImportPlan, OperationError> {
    let mut missing: Vec<Entry> = moved(keys, prefix, entries).collect();
    if missing.is_empty() {
        return Err(OperationError::Invalid("the snapshot holds no keys".to_owned()));
    }
    let last = missing.iter().position(|entry| entry.key == keys.cluster()).unwrap_or(missing.len() - 1);
    let last_key = missing[last].key.clone();
    let mut written = vec![false; missing.len()];
    let (mut foreign, mut first) = (0_usize, None);
    let mut visit = |entry: &Entry| {
        match missing.binary_search_by(|other| other.key.cmp(&entry.key)) {
            Ok(at) if missing[at].value == entry.value && entry.key != last_key => written[at] = true,
            Ok(_) | Err(_) => {
                foreign += 1;
                first.get_or_insert_with(|| entry.key.clone());
            }
        }
        ControlFlow::Continue(())
    };
    store.scan(&keys.everything(), None, &mut visit).await?;
    if let Some(first) = first {
        let there = foreign + written.iter().filter(|written| **written).count();
        return Err(OperationError::Refused {
            refused: format!("not importing into {}", store.place()),
            reason: format!(
                "it holds {there} keys under {}/ already, such as {first}; a snapshot goes into an empty store or prefix",
                keys.prefix()
            ),
            forceable: false,
        });
    }
    let completing = missing.remove(last);
    written.remove(last);
    let present = written.iter().filter(|written| **written).count();
    let mut kept = written.iter();
    missing.retain(|_| kept.next() == Some(&false));
    missing.push(completing);
    Ok(ImportPlan { missing, present, place: store.place().to_owned() })
}

impl ImportPlan {
    /// Number of keys to write.
    #[must_use]
    pub fn len(&self) -> usize {
        self.missing.len()
    }

    /// Whether there is nothing to write; there always is the last key.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.missing.is_empty()
    }

    /// What is shown before it is written.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("import {} keys into {}", self.missing.len(), self.place)];
        if self.present > 0 {
            lines.push(format!("  {} are there already, from an import that was interrupted", self.present));
        }
        lines
    }

    /// Writes what is missing, and calls `progress` with the number of keys after each transaction.
    ///
    /// # Errors
    /// A key was made meanwhile, or the store does not answer: what is written stays, and the same import goes on.
    pub async fn apply<S: MetadataWrite>(
        self,
        store: &S,
        keys: &Keys,
        audit: &AuditContext,
        consent: Consent,
        progress: &mut (dyn FnMut(usize) + Send),
    ) -> Result<Applied, OperationError> {
        let limits = store.limits();
        let named = &self.missing[self.missing.len().saturating_sub(AUDITED_MAX)..];
        let (audit_key, audit_value) = creation_audit(keys, audit, consent, named);
        let mut applied = Applied { keys: 0, transactions: 0, revision: Revision::NONE };
        let all = self.missing.len();
        let mut rest = self.missing.into_iter().peekable();
        while rest.peek().is_some() {
            let mut transaction = Transaction::default();
            let mut bytes = 3 * audit_key.len() + audit_value.len() + ENTRY_FRAMING_BYTES;
            // One operation is left for the audit entry of the last transaction.
            while transaction.ops.len() + 1 < limits.operations_max.max(2) {
                let fits = |entry: &Entry| {
                    bytes + entry_bytes(entry) <= limits.request_bytes_max || transaction.ops.is_empty()
                };
                let Some(entry) = rest.next_if(fits) else { break };
                bytes += entry_bytes(&entry);
                transaction.compares.push(Compare::absent(entry.key.clone()));
                transaction.ops.push(Op::put(entry.key, entry.value));
            }
            let keys_written = transaction.ops.len();
            if rest.peek().is_none() {
                transaction.compares.push(Compare::absent(audit_key.clone()));
                transaction.ops.push(Op::put(audit_key.clone(), audit_value.clone()));
            }
            let compares = transaction.compares.clone();
            let error = match store.commit(transaction).await {
                Ok(Outcome::Committed { revision }) => {
                    applied.keys += keys_written;
                    applied.transactions += 1;
                    applied.revision = revision;
                    progress(applied.keys);
                    continue;
                }
                Ok(Outcome::Conflict { found, .. }) => conflict(&compares, &found),
                Err(error) => error.into(),
            };
            if applied.transactions == 0 {
                return Err(error);
            }
            return Err(OperationError::Partly {
                applied: applied.keys,
                left: all - applied.keys,
                source: Box::new(error),
            });
        }
        Ok(applied)
    }
}

/// An upper bound of what an entry and the comparison of its key add to a request.
fn entry_bytes(entry: &Entry) -> usize {
    3 * entry.key.len() + entry.value.len() + ENTRY_FRAMING_BYTES
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::metadata::MemoryStore;
    use crate::model::Timestamp;
    use crate::operations::create::entry;
    use crate::operations::snapshot::export;
    use crate::operations::snapshot_diff::{DiffOptions, Side, differences};
    use crate::ports::clock::FixedClock;
    use crate::ports::metadata::Limits;

    fn wait<F: Future>(future: F) -> F::Output {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
    }

    fn audit(nonce: u64) -> AuditContext {
        AuditContext {
            now: Timestamp::EPOCH,
            actor: "a".into(),
            host: "h".into(),
            command: "snapshot import".into(),
            reason: None,
            nonce,
        }
    }

    fn store() -> MemoryStore {
        let limits =
            Limits { operations_max: 128, ..MemoryStore::new(Arc::new(FixedClock(Timestamp::EPOCH))).limits() };
        MemoryStore::new(Arc::new(FixedClock(Timestamp::EPOCH))).with_limits(limits)
    }

    fn snapshot(records: usize) -> Vec<Entry> {
        let record = |n: usize| entry(format!("/old/partitions/partition_1_{n:04}"), format!("{{\"n\":{n}}}"));
        let mut entries =
            vec![entry("/old/cluster".into(), "{\"c\":1}".into()), entry("/old/nodes/a".into(), "{}".into())];
        entries.extend((0..records).map(record));
        entries.push(entry("/old/rebalance/lock".into(), "held".into()));
        entries
    }

    fn run(store: &MemoryStore, entries: &[Entry], nonce: u64) -> Result<Applied, OperationError> {
        let keys = Keys::default();
        let plan = wait(plan(store, &keys, "/old", entries))?;
        wait(plan.apply(store, &keys, &audit(nonce), Consent::Flag, &mut |_| {}))
    }

    #[test]
    fn everything_arrives_but_what_a_process_holds() {
        let (store, entries) = (store(), snapshot(300));
        let applied = run(&store, &entries, 1).unwrap();
        assert_eq!((applied.keys, applied.transactions), (302, 3));
        let there = wait(export(&store, &Keys::default(), None)).unwrap().entries;
        let sides = [("/old", &entries), ("/otlp", &there)].map(|(prefix, entries)| Side { prefix, entries });
        let mut found = Vec::new();
        let done = differences(sides[0], sides[1], DiffOptions::default(), |key, _| {
            found.push(key);
            Ok::<(), ()>(())
        });
        done.unwrap();
        assert_eq!(found, ["rebalance/lock"]);
        assert_eq!(there.iter().filter(|e| e.key.starts_with("/otlp/audit/")).count(), 1);
        let told = run(&store, &entries, 2).unwrap_err().to_string();
        assert!(told.contains("/otlp/") && told.contains("already"), "{told}");
    }

    #[test]
    fn an_interrupted_import_goes_on() {
        let (store, entries) = (store(), snapshot(300));
        // Somebody makes a key of the second transaction between them.
        let keys = Keys::default();
        let plan = wait(plan(&store, &keys, "/old", &entries)).unwrap();
        let other = store.clone();
        let mut steps = 0;
        let blocked = "/otlp/partitions/partition_1_0200".to_owned();
        let error = wait(plan.apply(&store, &keys, &audit(1), Consent::Flag, &mut |_| {
            steps += 1;
            if steps == 1 {
                let ops = vec![Op::put(blocked.clone(), "mine")];
                let _ = wait_elsewhere(&other, Transaction { compares: vec![], ops });
            }
        }))
        .unwrap_err();
        assert!(matches!(error, OperationError::Partly { applied: 127, .. }), "{error}");
        // Not whole: the cluster is not there, and what is somebody else's is not written over.
        let range = [crate::ports::metadata::KeyRange::single(&keys.cluster())];
        assert!(wait(store.read(&range, None)).unwrap().ranges[0].is_empty());
        assert!(run(&store, &entries, 2).unwrap_err().to_string().contains("partition_1_0200"));
        let ops = vec![Op::Delete { key: blocked.clone() }];
        let _ = wait(store.commit(Transaction { compares: vec![], ops })).unwrap();
        assert_eq!(run(&store, &entries, 3).unwrap().keys, 302 - 127);
    }

    fn wait_elsewhere(store: &MemoryStore, transaction: Transaction) -> Outcome {
        let store = store.clone();
        std::thread::spawn(move || wait(store.commit(transaction)).unwrap()).join().unwrap()
    }

    #[test]
    fn a_snapshot_without_a_spec_and_one_without_keys() {
        let store = store();
        let entries =
            vec![entry("/old/partitions/x".into(), "1".into()), entry("/old/partitions/y".into(), "2".into())];
        assert_eq!(run(&store, &entries, 1).unwrap().keys, 2);
        assert!(run(&store, &[], 2).is_err());
    }
}
