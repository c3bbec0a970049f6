//! `node fail`: nodes are declared lost, and other nodes lead what they led.
//!
//! ```text
//!   set Down, one transaction --> survey --> leaders, batch by batch --> survey: nothing left --> done
//!                                   ^           |  conflict: read the batch again, at most 4 times
//!                                   +-----------+  something left: survey again, at most 3 times
//! ```
//!
//! Invariant: a node is Down before any of its leaderships moves, so the same command goes on after a stop, whenever that
//! was. Record and epoch of a partition change in one transaction, which holds only while no node, no operation in
//! flight and no repair mark is newer than what the decision was made by.
//! Never: the list of a partition's nodes changes, nor a leader that an operation in flight is about to set: one that is past
//! its cutover, or is being undone, sets none any more.

mod survey;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{NodeId, NodeState, Timestamp};
use crate::ports::metadata::{KeyRange, Limits};
use crate::ports::{Keys, MetadataRead, MetadataWrite};

use super::holdings::parse_record;
use super::set_state;
use crate::operations::change::{Applied, AuditContext, ChangeSet, Consent};
use crate::operations::{ClusterView, OperationError};
use survey::{Scene, Survey, Transfer, Verdict, survey};

pub use survey::{NAMED_MAX, Report, Tally};

/// How often one batch is read again after a conflict.
const ATTEMPTS_MAX: usize = 4;
/// How often everything is looked through again.
const ROUNDS_MAX: usize = 3;
/// Values written by one transaction: etcd takes 1.5 MiB with everything that comes with them.
const BATCH_BYTES_MAX: usize = 512 << 10;
/// The largest batch, where the store would take more: so that progress is seen and a stop loses little.
const BATCH_MAX: usize = 5_000;
/// What a batch needs beside its records and epochs: the audit entry and the ranges that must be untouched.
const BATCH_EXTRA: usize = 4;

/// What is to be done, not agreed to yet.
#[derive(Debug)]
pub struct Failover {
    ids: Vec<NodeId>,
    down: ChangeSet,
    report: Report,
    /// Partitions that each next leader gets.
    next: BTreeMap<NodeId, u64>,
}

/// Finds out what the loss of nodes means. Writes nothing.
///
/// # Errors
/// A node does not exist or cannot be read; the store does not answer.
pub async fn plan<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    view: &ClusterView,
    ids: Vec<NodeId>,
) -> Result<Failover, OperationError> {
    let down = set_state(view, keys, &ids, NodeState::Down, "fail")?;
    let Survey { transfers, mut report, .. } = survey(store, keys, &ids).await?;
    let mut next: BTreeMap<NodeId, u64> = BTreeMap::new();
    for transfer in &transfers {
        report.moved.add(transfer.record.id, transfer.record.size_bytes);
        *next.entry(transfer.to.clone()).or_default() += 1;
    }
    Ok(Failover { ids, down, report, next })
}

/// Next leaders that are shown before "and n more".
const SHOWN_MAX: usize = 10;

impl Failover {
    /// What would be done, and what would stand then.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Whether nothing would be written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.down.is_empty() && self.report.moved.partitions == 0
    }

    /// What is shown before it is done.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = self.down.lines();
        let moved = self.report.moved.partitions;
        if moved > 0 {
            let shown: Vec<String> =
                self.next.iter().take(SHOWN_MAX).map(|(n, count)| format!("{n} {count}")).collect();
            let more = match self.next.len().saturating_sub(SHOWN_MAX) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            lines.push(format!("  {moved} partition(s) get another leader: {}{more}", shown.join(", ")));
        }
        lines
    }

    /// Agreed to.
    #[must_use]
    pub fn approve(self, consent: Consent) -> ApprovedFailover {
        let Self { ids, down, .. } = self;
        ApprovedFailover { ids, down, consent }
    }
}

/// A failover that may be carried out.
#[derive(Debug)]
pub struct ApprovedFailover {
    ids: Vec<NodeId>,
    down: ChangeSet,
    consent: Consent,
}

/// What a failover did.
#[derive(Debug)]
#[must_use]
pub struct Done {
    /// What stands now.
    pub report: Report,
    /// What was written.
    pub applied: Applied,
    /// The last conflict, if that is why something is left.
    pub conflict: Option<OperationError>,
}

impl ApprovedFailover {
    /// Sets the nodes Down, then moves every leadership that can be moved. `on_moved` hears how many were moved, of how
    /// many.
    ///
    /// # Errors
    /// The store does not answer, or a node was changed meanwhile. What is written stays, and the same command goes on.
    pub async fn run<S: MetadataWrite>(
        self,
        store: &S,
        keys: &Keys,
        audit: &AuditContext,
        on_moved: &mut (dyn FnMut(u64, u64) + Send),
    ) -> Result<Done, OperationError> {
        let Self { ids, down, consent } = self;
        let mut run = Run { store, keys, audit, consent, ids: &ids, applied: nothing(), conflict: None };
        if !down.is_empty() {
            run.apply(down).await?;
        }
        let mut moved = Tally::default();
        for _ in 0..ROUNDS_MAX {
            let Survey { view, transfers, report } = run.survey().await?;
            if transfers.is_empty() {
                return Ok(run.done(moved, report, transfers));
            }
            let all = moved.partitions + transfers.len() as u64;
            let mut left = transfers.len();
            for batch in batches(transfers, store.limits()) {
                left -= batch.len();
                for done in run.transfer(&view, batch, left).await? {
                    moved.add(done.record.id, done.record.size_bytes);
                }
                on_moved(moved.partitions, all);
            }
        }
        let Survey { transfers, report, .. } = run.survey().await?;
        Ok(run.done(moved, report, transfers))
    }
}

fn nothing() -> Applied {
    Applied { keys: 0, transactions: 0, revision: crate::model::Revision::NONE }
}

/// Transfers that fit into one transaction each, in their order.
fn batches(transfers: Vec<Transfer>, limits: Limits) -> Vec<Vec<Transfer>> {
    let room = limits.operations_max.saturating_sub(BATCH_EXTRA);
    let mut batches: Vec<Vec<Transfer>> = Vec::new();
    let (mut leaders, mut bytes) = (BTreeSet::new(), 0);
    for transfer in transfers {
        let needed = |batch: &Vec<Transfer>, leaders: usize| 2 * (batch.len() + 1) + leaders;
        let known = leaders.len() + usize::from(!leaders.contains(&transfer.to));
        let size = transfer.value_bytes();
        match batches.last_mut() {
            Some(batch)
                if needed(batch, known) <= room && batch.len() < BATCH_MAX && bytes + size <= BATCH_BYTES_MAX =>
            {
                leaders.insert(transfer.to.clone());
                bytes += size;
                batch.push(transfer);
            }
            Some(_) | None => {
                (leaders, bytes) = (BTreeSet::from([transfer.to.clone()]), size);
                batches.push(vec![transfer]);
            }
        }
    }
    batches
}

/// One run under way.
struct Run<'a, S> {
    store: &'a S,
    keys: &'a Keys,
    audit: &'a AuditContext,
    consent: Consent,
    ids: &'a [NodeId],
    applied: Applied,
    conflict: Option<OperationError>,
}

impl<S: MetadataWrite> Run<'_, S> {
    /// Applies one change as it stands.
    async fn apply(&mut self, change: ChangeSet) -> Result<(), OperationError> {
        let approved = change.approve(self.consent);
        let done = approved.apply_after(self.applied.transactions, self.store, self.keys, self.audit).await?;
        self.applied.keys += done.keys;
        self.applied.transactions += done.transactions;
        self.applied.revision = done.revision;
        Ok(())
    }

    /// What stands now, which must still be that the nodes are Down.
    async fn survey(&self) -> Result<Survey, OperationError> {
        let survey = survey(self.store, self.keys, self.ids).await.map_err(|e| self.partly(e, 0))?;
        self.still_down(&survey.view)?;
        Ok(survey)
    }

    fn done(self, moved: Tally, mut report: Report, left: Vec<Transfer>) -> Done {
        left.iter().for_each(|t| report.left.add(t.record.id, t.record.size_bytes));
        let conflict = self.conflict.filter(|_| !left.is_empty());
        Done { report: Report { moved, ..report }, applied: self.applied, conflict }
    }

    /// An error after part of the work.
    fn partly(&self, error: OperationError, left: usize) -> OperationError {
        if self.applied.transactions == 0 {
            return error;
        }
        OperationError::Partly { applied: self.applied.keys, left: 2 * left, source: Box::new(error) }
    }

    /// Somebody who brought a node back meanwhile is not overruled.
    fn still_down(&self, view: &ClusterView) -> Result<(), OperationError> {
        for id in self.ids {
            let (node, entry) = view.node(self.keys, id).map_err(|e| self.partly(e, 0))?;
            if node.state != NodeState::Down {
                let conflict = OperationError::Conflict {
                    key: entry.key.clone(),
                    then: self.applied.revision.0,
                    now: entry.mod_revision.0,
                    changed: format!("it is {} again", node.state.name()),
                };
                return Err(self.partly(conflict, 0));
            }
        }
        Ok(())
    }

    /// Moves one batch, which is read again after a conflict; gives what was moved. `left` counts what comes after it.
    async fn transfer(
        &mut self,
        view: &ClusterView,
        mut batch: Vec<Transfer>,
        left: usize,
    ) -> Result<Vec<Transfer>, OperationError> {
        let mut reread: Option<ClusterView> = None;
        for _ in 0..ATTEMPTS_MAX {
            if batch.is_empty() {
                break;
            }
            let change = self.change(reread.as_ref().unwrap_or(view), &batch)?;
            match self.apply(change).await {
                Ok(()) => return Ok(batch),
                Err(conflict @ OperationError::Conflict { .. }) => self.conflict = Some(conflict),
                Err(error) => return Err(self.partly(error, left + batch.len())),
            }
            let (view, again) = self.reread(batch).await.map_err(|e| self.partly(e, left))?;
            self.still_down(&view)?;
            // With other next leaders one transaction may hold fewer: the rest waits for the next round.
            (reread, batch) = (Some(view), batches(again, self.store.limits()).into_iter().next().unwrap_or_default());
        }
        Ok(Vec::new())
    }

    fn change(&self, view: &ClusterView, batch: &[Transfer]) -> Result<ChangeSet, OperationError> {
        let now: Timestamp = self.audit.now;
        let groups = batch.iter().map(|t| t.group(view, self.keys, now)).collect::<Result<_, _>>()?;
        let ranges = [self.keys.nodes(), self.keys.migrations(), self.keys.repair_marks()];
        let change = ChangeSet { summary: "move leadership".to_owned(), groups, ..ChangeSet::default() };
        Ok(change.untouched_since(view.revision, ranges))
    }

    /// The same partitions as they stand now, those that still need another leader.
    async fn reread(&self, batch: Vec<Transfer>) -> Result<(ClusterView, Vec<Transfer>), OperationError> {
        let keys = self.keys;
        let mut ranges: Vec<KeyRange> = vec![keys.migrations()];
        for transfer in &batch {
            let id = transfer.record.id;
            ranges.extend([keys.partition(id), keys.extension(id)].map(|key| KeyRange::single(&key)));
            ranges.push(keys.repair_marks_of(id));
        }
        let (view, lists) = ClusterView::read(self.store, keys, None, &ranges).await?;
        let mut lists = lists.into_iter();
        let migrations = lists.next().unwrap_or_default();
        let (mut values, mut marks) = (Vec::new(), Vec::new());
        while let (Some(record), Some(extension), Some(marked)) = (lists.next(), lists.next(), lists.next()) {
            values.extend(record.into_iter().next().map(|record| (record, extension.into_iter().next())));
            marks.extend(marked);
        }
        let scene = Scene::new(keys, self.ids, &view, &migrations, marks);
        let mut again = Vec::new();
        for (entry, extension) in values {
            // What cannot be read any more is left to the last survey, which names it.
            if let Ok(record) = parse_record(keys, &entry)
                && let Verdict::To(next) = scene.verdict(&record)
            {
                again.extend(scene.transfer(record, next, entry, extension));
            }
        }
        Ok((view, again))
    }
}

#[cfg(test)]
mod tests;
