//! What a repair writes into the metadata: marks before, their end, and corrected counts.
//!
//! Invariant: a transaction is sent once, fenced on what was read just before it; a mark goes only if nobody touched it since the
//! copy was looked at.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Finding, Prospect};
use super::look::Looked;
use super::repair::Mender;
use super::report::CountersChange;
use crate::model::partition_record::set_stored_time;
use crate::model::{NodeId, PartitionId, PartitionState, Revision};
use crate::operations::OperationError;
use crate::operations::change::KeyChange;
use crate::operations::executing::commit::{Trail, document, fence};
use crate::operations::executing::read::Seen;
use crate::operations::repair_mark::new_mark;
use crate::ports::MetadataWrite;
use crate::ports::metadata::{Compare, Op, Outcome, Transaction};
use crate::ports::storage::StorageWrite;

/// "2 copies of partition_489542_0051 are"
fn copies(id: PartitionId, changes: &[KeyChange]) -> String {
    match changes.len() {
        1 => format!("1 copy of {id} is"),
        more => format!("{more} copies of {id} are"),
    }
}

/// How the repair of copies ended.
#[derive(Debug, Default)]
pub(super) struct Finished {
    /// Those without mark and without quarantined files by now.
    pub(super) copies: BTreeSet<usize>,
    /// Those of which these could not be taken away: why.
    pub(super) failed: BTreeMap<usize, String>,
}

impl<M: MetadataWrite, S: StorageWrite> Mender<'_, M, S> {
    /// The partition as it is now, if what the judgement rests on still holds.
    pub(super) async fn unchanged(&self, looked: &Looked) -> Result<Option<Seen>, OperationError> {
        let now = match self.looker.read(looked.seen.partition).await {
            Ok(now) => now,
            Err(OperationError::Corrupt { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        let (before, after) = (looked.seen.view.extension(), now.view.extension());
        let record = now.view.record.as_ref().map(|record| &record.value);
        let holds = record.is_some_and(|record| {
            let rests = match record.state {
                PartitionState::Active | PartitionState::ReadOnly => true,
                PartitionState::Migrating | PartitionState::Rebalancing => false,
            };
            rests && now.view.holders() == looked.nodes
        });
        let is_same = holds
            && now.view.journal.is_none()
            && (before.epoch, before.split_bits, &before.copies) == (after.epoch, after.split_bits, &after.copies);
        Ok(is_same.then_some(now))
    }

    fn trail(&self) -> Trail<'_> {
        Trail { audit: self.audit, consent: self.consent, entries: &self.entries, clock: self.clock }
    }

    async fn commit(&self, transaction: Transaction) -> Result<bool, OperationError> {
        match self.looker.store.commit(transaction).await? {
            Outcome::Committed { .. } => Ok(true),
            Outcome::Conflict { .. } => Ok(false),
        }
    }

    /// Marks the copies of which segments are to be made anew. False = somebody changed the partition.
    pub(super) async fn mark(&self, looked: &Looked) -> Result<bool, OperationError> {
        let mut bad: BTreeMap<&NodeId, &Finding> = BTreeMap::new();
        for finding in &looked.judgement.findings {
            if let (Prospect::Rebuild { .. }, Some(node)) = (&finding.prospect, looked.node(finding.replica)) {
                bad.entry(node).or_insert(finding);
            }
        }
        bad.retain(|node, _| !looked.seen.view.marks.contains_key(*node));
        if bad.is_empty() {
            return Ok(true);
        }
        let Some(now) = self.unchanged(looked).await? else { return Ok(false) };
        let (keys, id) = (self.looker.keys, now.partition);
        let mut transaction = Transaction { compares: fence(keys, id, &now.view), ops: Vec::new() };
        let mut changes = Vec::new();
        for (node, finding) in bad.into_iter().filter(|(node, _)| !now.view.marks.contains_key(*node)) {
            let why = format!("scrub: {} is {}", finding.segment, finding.what.word());
            let mark = new_mark(keys, (id, node), &now.view.copy_of(node), self.clock.now(), &why);
            transaction.compares.push(Compare::absent(mark.key.clone()));
            transaction.ops.push(Op::put(mark.key.clone(), mark.value.clone().unwrap_or_default()));
            changes.push(mark);
        }
        if changes.is_empty() {
            return Ok(true);
        }
        let summary = format!("{} to be repaired", copies(id, &changes));
        self.trail().add(keys, &summary, &changes, &mut transaction);
        let is_committed = self.commit(transaction).await?;
        if is_committed {
            self.crash.pass("scrub-marked");
        }
        Ok(is_committed)
    }

    /// Ends the repair of the copies that lack nothing: what was quarantined goes, then the marks, in one transaction. Gives these
    /// copies; `None` = somebody changed the partition.
    pub(super) async fn finish(&self, after: &Looked) -> Result<Option<Finished>, OperationError> {
        let mut finished = Finished::default();
        for finding in after.judgement.findings.iter().filter(|finding| finding.prospect == Prospect::Unmark) {
            if self.unchanged(after).await?.is_none() {
                return Ok(None);
            }
            match self.tidy_up(after, finding.replica).await {
                Ok(()) => {
                    finished.copies.insert(finding.replica);
                }
                Err(why) => {
                    finished.failed.insert(finding.replica, why);
                }
            }
        }
        let marked = finished.copies.iter().filter_map(|at| Some((after.node(*at)?, after.mark_of(*at)?)));
        let marked: Vec<(&NodeId, Revision)> = marked.collect();
        if marked.is_empty() {
            return Ok(Some(finished));
        }
        let Some(now) = self.unchanged(after).await? else { return Ok(None) };
        let (keys, id) = (self.looker.keys, now.partition);
        let mut transaction = Transaction { compares: fence(keys, id, &now.view), ops: Vec::new() };
        let mut changes = Vec::new();
        for (node, revision) in marked {
            let key = keys.repair_mark(id, node);
            transaction.compares.push(Compare::ModRevision { key: key.clone(), is: revision });
            transaction.ops.push(Op::Delete { key: key.clone() });
            let what = format!("repair mark of {id} on {node}");
            changes.push(KeyChange { what, key, before: revision, value: None, fields: Vec::new() });
        }
        let summary = format!("{} whole again", copies(id, &changes));
        self.trail().add(keys, &summary, &changes, &mut transaction);
        if !self.commit(transaction).await? {
            return Ok(None);
        }
        self.crash.pass("scrub-finished");
        Ok(Some(finished))
    }

    /// Deletes what lies quarantined in a copy that holds all of it, sound, and what a killed repair had half written; where somebody
    /// may be writing, that may be theirs, and stays.
    async fn tidy_up(&self, after: &Looked, replica: usize) -> Result<(), String> {
        let Some(Some(found)) = after.replicas.get(replica) else { return Ok(()) };
        let place = self.place(after, replica).await?;
        if !(self.looker.is_written)(after.seen.partition) {
            place.node.clean(&place.copy).await.map_err(|e| e.to_string())?;
        }
        for name in &found.quarantined {
            place.node.remove_quarantined(&place.copy, name).await.map_err(|e| e.to_string())?;
        }
        if !found.quarantined.is_empty() {
            self.crash.pass("scrub-cleaned");
        }
        Ok(())
    }

    /// Sets size and count of the record to what its copies hold, which are all sound, if it says something else. Counters are not
    /// audited. Whoever changed the record since the copies were looked at knows better, and so does who may be writing: a
    /// segment that was counted here would be counted there again.
    pub(super) async fn correct_counters(&self, looked: &Looked) -> Result<Option<CountersChange>, OperationError> {
        let view = &looked.seen.view;
        let Some(record) = &view.record else { return Ok(None) };
        let good = &looked.judgement.good;
        let is_whole = looked.replicas.iter().all(Option::is_some) && !good.is_empty();
        if !is_whole || view.extension().split_bits > 0 || (self.looker.is_written)(looked.seen.partition) {
            return Ok(None);
        }
        let size = good.values().fold(0_u64, |sum, segment| sum.saturating_add(segment.bytes));
        let count = good.values().try_fold(0_u64, |sum, segment| sum.checked_add(segment.records?));
        let count = count.unwrap_or(record.value.record_count);
        let change = CountersChange {
            size_bytes: (record.value.size_bytes, size),
            record_count: (record.value.record_count, count),
        };
        if change.size_bytes.0 == size && change.record_count.0 == count {
            return Ok(None);
        }
        let key = self.looker.keys.partition(looked.seen.partition);
        let mut document = document(looked.seen.stored.record.as_deref(), &key)?;
        document.set("size_bytes", size);
        document.set("record_count", count);
        set_stored_time(&mut document, "updated_at", self.clock.now());
        let journal = self.looker.keys.migration(looked.seen.partition);
        let compares = vec![Compare::ModRevision { key: key.clone(), is: record.revision }, Compare::absent(journal)];
        let ops = vec![Op::put(key, document.to_json())];
        Ok(self.commit(Transaction { compares, ops }).await?.then_some(change))
    }
}
