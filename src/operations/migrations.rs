//! Operations in flight, who drives them, and what operators ask of that one.

use std::collections::{BTreeMap, BTreeSet};

use crate::migration::expiry::ExpiryJournal;
use crate::migration::rewrite_journal::{RewriteJournal, RewriteKind};
use crate::migration::{Control, Journal, LockValue, RebalanceStatus, RunningMove};
use crate::model::{Document, PartitionId, Revision};
use crate::ports::metadata::{Entry, KeyRange};
use crate::ports::{Keys, MetadataRead};

use super::OperationError;
use super::change::{ChangeSet, KeyChange};
use super::records::id_of;

/// One operation in flight.
#[derive(Clone, Debug)]
pub struct InFlight {
    /// Its partition.
    pub partition: PartitionId,
    /// What is stored.
    pub entry: Entry,
    /// Its journal, or why it cannot be read.
    pub journal: Result<Journal, String>,
}

impl InFlight {
    /// The expiry that it is, if it is one.
    #[must_use]
    pub fn as_expiry(&self) -> Option<&ExpiryJournal> {
        self.journal.as_ref().ok()?.as_expiry()
    }

    /// The split or compaction that it is, if it is one.
    #[must_use]
    pub fn as_rewrite(&self) -> Option<&RewriteJournal> {
        self.journal.as_ref().ok()?.as_rewrite()
    }

    /// Whether it needs an executor to go on.
    #[must_use]
    pub fn is_executors(&self) -> bool {
        self.journal.as_ref().map_or(true, |journal| journal.run().is_none())
    }
}

/// All that is known about executions at one revision.
#[derive(Clone, Debug)]
pub struct Migrations {
    /// The revision.
    pub revision: Revision,
    /// Every operation in flight, by partition.
    pub in_flight: Vec<InFlight>,
    /// Keys in their place that name no partition.
    pub strangers: Vec<String>,
    /// The executor's lock.
    pub lock: Option<Entry>,
    /// Runs that expire, split or compact partitions and live.
    pub runs: BTreeMap<String, Entry>,
    /// What the executor says of itself.
    pub status: Option<RebalanceStatus>,
    /// What it is told, as it is stored.
    pub control_entry: Option<Entry>,
    /// What it is told.
    pub control: Control,
}

impl Migrations {
    /// Reads everything at one revision.
    ///
    /// # Errors
    /// The store's; what the executor is told cannot be read.
    pub async fn read<S: MetadataRead>(store: &S, keys: &Keys, at: Option<Revision>) -> Result<Self, OperationError> {
        let single = |key: String| KeyRange::single(&key);
        let ranges = [
            keys.migrations(),
            single(keys.rebalance_lock()),
            single(keys.rebalance_status()),
            single(keys.rebalance_control()),
            keys.runs(),
        ];
        let answer = store.read(&ranges, at).await?;
        let mut lists = answer.ranges.into_iter();
        let journals = lists.next().unwrap_or_default();
        let mut one = || lists.next().unwrap_or_default().pop();
        let (lock, status, control_entry) = (one(), one(), one());
        let run = |entry: Entry| Some((keys.name("rebalance/runs", &entry.key)?.to_owned(), entry));
        let runs = lists.next().unwrap_or_default().into_iter().filter_map(run).collect();
        let control = match &control_entry {
            None => Control::default(),
            Some(entry) => Control::parse(&entry.value)
                .map_err(|reason| OperationError::Corrupt { key: entry.key.clone(), reason })?,
        };
        let (mut in_flight, mut strangers) = (Vec::new(), Vec::new());
        for entry in journals {
            match id_of(keys, "migrations", &entry) {
                Ok(partition) => {
                    let journal = Journal::parse(&entry.value).map_err(|e| e.to_string());
                    in_flight.push(InFlight { partition, entry, journal });
                }
                Err(_) => strangers.push(entry.key),
            }
        }
        let status = status.and_then(|entry| RebalanceStatus::parse(&entry.value).ok());
        Ok(Self { revision: answer.revision, in_flight, strangers, lock, runs, status, control_entry, control })
    }

    /// Who executes, in words.
    #[must_use]
    pub fn holder(&self) -> Option<String> {
        Some(LockValue::holder_in_words(&self.lock.as_ref()?.value))
    }

    /// Whether nothing is in flight and nobody executes.
    #[must_use]
    pub fn is_at_rest(&self) -> bool {
        self.in_flight.is_empty() && self.lock.is_none() && self.runs.is_empty()
    }

    /// Who drives an operation, in words: the holder of the lock, or the run that claimed a partition to expire, split or compact
    /// it. Both go with their process.
    #[must_use]
    pub fn driver_of(&self, operation: &InFlight) -> Option<String> {
        let run = operation.journal.as_ref().ok().and_then(Journal::run).and_then(|run| self.runs.get(run));
        run.map(|entry| LockValue::holder_in_words(&entry.value)).or_else(|| self.holder())
    }

    /// The operations in flight that nobody drives.
    pub fn forsaken(&self) -> impl Iterator<Item = &InFlight> {
        self.in_flight.iter().filter(|operation| self.driver_of(operation).is_none())
    }

    /// Whether operations are in flight that nobody drives.
    #[must_use]
    pub fn is_forsaken(&self) -> bool {
        self.forsaken().next().is_some()
    }

    /// The command that goes on with what is in flight, as arguments: by the plan that all of it belongs to, or, as any
    /// execution brings all of it to rest first, by any of several. Without a plan it is undone.
    #[must_use]
    pub fn resume_command(&self) -> String {
        // What cannot be read is nobody's to go on with.
        let forsaken = self.forsaken().filter_map(|o| Some((o.partition, o.journal.as_ref().ok()?)));
        let commands: Option<BTreeSet<String>> = forsaken.map(|(id, journal)| own_command(id, journal)).collect();
        // Each goes on by a command of its own: here the first; the list and `doctor` name all.
        if let Some(first) = commands.and_then(|commands| commands.into_iter().next()) {
            return first;
        }
        resume_command(self.in_flight.iter().filter_map(|o| o.journal.as_ref().ok()?.plan_id()))
    }

    /// How many operations are in each phase, as their journals say: "copying 4, cleanup 2".
    #[must_use]
    pub fn phases_in_words(&self) -> String {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for operation in &self.in_flight {
            *counts.entry(operation.journal.as_ref().map_or("unreadable", Journal::phase_name)).or_default() += 1;
        }
        counts.iter().map(|(phase, n)| format!("{phase} {n}")).collect::<Vec<_>>().join(", ")
    }

    /// What the executor says about a partition.
    #[must_use]
    pub fn running(&self, partition: PartitionId) -> Option<&RunningMove> {
        self.status.as_ref()?.running.iter().find(|running| running.partition == partition)
    }

    /// The change that tells the executor something else; empty if it is told that already.
    ///
    /// # Errors
    /// What is stored cannot be written anew.
    pub fn told(&self, keys: &Keys, control: &Control, summary: String) -> Result<ChangeSet, OperationError> {
        let key = keys.rebalance_control();
        let corrupt = |reason: String| OperationError::Corrupt { key: key.clone(), reason };
        let what = "what the executor is told".to_owned();
        if *control == self.control {
            return Ok(ChangeSet::single(summary, Vec::new()));
        }
        let change = match &self.control_entry {
            None => {
                let mut document = Document::default();
                control.put_into(&mut document).map_err(corrupt)?;
                Some(KeyChange::create(what, key.clone(), &document))
            }
            Some(entry) => {
                let before = Document::parse(&entry.value).map_err(|e| corrupt(e.to_string()))?;
                let mut after = before.clone();
                control.put_into(&mut after).map_err(corrupt)?;
                KeyChange::update(what, entry, &before, &after)
            }
        };
        Ok(ChangeSet::single(summary, change.into_iter().collect()))
    }
}

/// The command that goes on with expiries, as arguments.
pub const EXPIRE_COMMAND: &str = "partition expire";

/// The command that goes on with an operation that needs no executor, as arguments; `None` = it needs one.
#[must_use]
pub fn own_command(id: PartitionId, journal: &Journal) -> Option<String> {
    match journal {
        Journal::Move(_) => None,
        Journal::Expire(_) => Some(EXPIRE_COMMAND.to_owned()),
        Journal::Rewrite(journal) => Some(match journal.kind {
            RewriteKind::Split => format!("partition split {id}"),
            RewriteKind::Compact => format!("data compact --partition {id}"),
        }),
    }
}

/// The command that goes on with operations of these plans, as arguments.
#[must_use]
pub fn resume_command<'p>(plans: impl IntoIterator<Item = &'p str>) -> String {
    plans
        .into_iter()
        .min()
        .map_or_else(|| "migration abort --all".to_owned(), |plan| format!("execute-rebalance {plan}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    use crate::metadata::MemoryStore;
    use crate::model::Timestamp;
    use crate::ports::MetadataWrite as _;
    use crate::ports::clock::FixedClock;
    use crate::ports::metadata::{Op, Outcome, Transaction};

    fn read_of(entries: &[(&str, &str)]) -> Result<Migrations, OperationError> {
        let keys = Keys::new("/otlp").unwrap();
        let store = MemoryStore::new(Arc::new(FixedClock(Timestamp::EPOCH)));
        let ops = entries.iter().map(|(key, value)| Op::put(format!("/otlp/{key}"), (*value).to_owned())).collect();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let done = store.commit(Transaction { compares: Vec::new(), ops }).await.unwrap();
            assert!(matches!(done, Outcome::Committed { .. }), "{done:?}");
            Migrations::read(&store, &keys, None).await
        })
    }

    #[test]
    fn what_is_in_flight_is_told_even_if_it_cannot_be_read() {
        let found = read_of(&[
            ("migrations/partition_489540_0001", "{"),
            ("migrations/nobody", "{}"),
            ("rebalance/lock", "held"),
        ])
        .unwrap();
        assert_eq!(found.in_flight.len(), 1);
        assert!(found.in_flight[0].journal.is_err());
        assert_eq!(found.strangers, ["/otlp/migrations/nobody"]);
        assert_eq!(found.holder().as_deref(), Some("held"));
    }

    #[test]
    fn a_control_that_cannot_be_read_is_never_written() {
        let error = read_of(&[("rebalance/control", r#"{"schema":"otlp-part/rebalance-control/v9"}"#)]).unwrap_err();
        assert!(error.to_string().contains("rebalance/control"), "{error}");
    }

    #[test]
    fn who_goes_on_is_named() {
        let nothing = read_of(&[]).unwrap();
        assert!(nothing.is_at_rest() && !nothing.is_forsaken());
        let found = read_of(&[("migrations/partition_489540_0001", "{")]).unwrap();
        assert!(found.is_forsaken() && !found.is_at_rest());
        assert_eq!(
            (found.resume_command().as_str(), found.phases_in_words().as_str()),
            ("migration abort --all", "unreadable 1")
        );
        assert_eq!(resume_command(["plan-b", "plan-a", "plan-b"]), "execute-rebalance plan-a");
        assert!(!read_of(&[("rebalance/lock", "x")]).unwrap().is_at_rest());
    }

    #[test]
    fn saying_the_same_again_is_no_change() {
        let keys = Keys::new("/otlp").unwrap();
        let found = read_of(&[]).unwrap();
        assert!(found.told(&keys, &Control::default(), String::new()).unwrap().is_empty());
        let control = Control { max_concurrent: Some(3), ..Control::default() };
        assert_eq!(found.told(&keys, &control, String::new()).unwrap().len(), 1);
    }
}
