//! Some partitions to their rest: read, decide, do, repeat.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::time::Duration;

use futures_util::stream::{self, StreamExt as _};
use tokio::sync::OnceCell;

use super::asking::{Memory, with};
use super::event::{ExpiryEvent, ExpiryListener};
use super::expirer::{ExpiryOutcome, Waiting};
use super::grouping::{Fate, Planned, commit};
use super::sight::{READ_MAX, Sight};
use crate::migration::Intent;
use crate::migration::expiry::{CopyToDelete, ExpiryChange, ExpiryFacts, ExpiryStep, next_of_expiry};
use crate::migration::facts::Deletion;
use crate::model::{NodeId, PartitionId};
use crate::operations::OperationError;
use crate::operations::executing::commit::Trail;
use crate::operations::executing::{CrashAt, Halt, Places};
use crate::ports::storage::StorageWrite;
use crate::ports::{Keys, MetadataWrite, StoreError};

/// How often a partition is read and decided upon before it is said that it keeps changing.
const ROUNDS_MAX: usize = 40;
/// Groups of partitions that are brought to rest at the same time.
const GROUPS_AT_ONCE: usize = 4;

/// A partition with the expiry in flight on it.
pub(in crate::operations) type InFlight = (PartitionId, String);

/// What drives partitions.
pub(in crate::operations) struct Driver<'a, M, S> {
    pub(in crate::operations) store: &'a M,
    pub(in crate::operations) keys: &'a Keys,
    pub(in crate::operations) places: &'a Places<'a, S>,
    pub(in crate::operations) trail: Trail<'a>,
    pub(in crate::operations) settle: Duration,
    pub(in crate::operations) halt: &'a Halt,
    pub(in crate::operations) crash: &'a CrashAt,
    pub(in crate::operations) tell: ExpiryListener<'a>,
    pub(super) memory: Memory,
}

/// How partitions came to rest.
pub(in crate::operations) type Rested = ExpiryOutcome;

/// What is known of a partition while it is driven.
#[derive(Default)]
pub(super) struct Own {
    pub(super) facts: ExpiryFacts,
    /// What a transaction that may have been applied says of it.
    ending: Option<Ending>,
}

/// How an expiry ends.
#[derive(Clone)]
enum Ending {
    Gone { bytes: u64, record_count: u64, orphans: Vec<CopyToDelete> },
    GivenBack,
}

impl<'a, M: MetadataWrite, S: StorageWrite> Driver<'a, M, S> {
    /// A driver that remembers nothing yet.
    pub(in crate::operations) fn new(
        (store, keys, places): (&'a M, &'a Keys, &'a Places<'a, S>),
        trail: Trail<'a>,
        settle: Duration,
        (halt, crash, tell): (&'a Halt, &'a CrashAt, ExpiryListener<'a>),
    ) -> Self {
        Self { store, keys, places, trail, settle, halt, crash, tell, memory: Memory::default() }
    }

    /// Brings expiries to rest. The wait of all that are claimed begins now: each of `ids` was seen before.
    ///
    /// # Errors
    /// The store's.
    pub(in crate::operations) async fn until_rest(
        &self,
        ids: &[InFlight],
        intent: Intent,
    ) -> Result<Rested, OperationError> {
        let settled = OnceCell::new();
        let groups = ids.chunks(READ_MAX).map(|group| self.group(group, intent, &settled));
        let mut groups = stream::iter(groups).buffer_unordered(GROUPS_AT_ONCE);
        let mut whole = Rested::default();
        while let Some(rested) = groups.next().await {
            whole.add(rested?);
        }
        Ok(whole)
    }

    async fn group(
        &self,
        ids: &[InFlight],
        intent: Intent,
        settled: &OnceCell<bool>,
    ) -> Result<Rested, OperationError> {
        let mut rested = Rested::default();
        let mut own: BTreeMap<PartitionId, Own> = BTreeMap::new();
        let mut open: Vec<PartitionId> = ids.iter().map(|(id, _)| *id).collect();
        for _ in 0..ROUNDS_MAX {
            if open.is_empty() || self.halt.is_thrown() {
                break;
            }
            open = self.round((ids, &open), intent, (&mut own, settled), &mut rested).await?;
        }
        if self.halt.is_thrown() {
            rested.left += open.len() as u64;
        } else {
            rested.failures.extend(open.into_iter().map(|id| (id, "it keeps changing".to_owned())));
        }
        Ok(rested)
    }

    /// One look at partitions, and one step of each; gives those that are not at rest yet.
    async fn round(
        &self,
        (ids, open): (&[InFlight], &[PartitionId]),
        intent: Intent,
        (own, settled): (&mut BTreeMap<PartitionId, Own>, &OnceCell<bool>),
        rested: &mut Rested,
    ) -> Result<Vec<PartitionId>, OperationError> {
        let (mut planned, mut deletions, mut settling) = (Vec::new(), Vec::new(), Vec::new());
        for (id, sight) in self.read(open).await? {
            let sight = match sight {
                Ok(sight) => sight,
                Err(error) => {
                    rested.failures.push((id, error.to_string()));
                    continue;
                }
            };
            let mine = own.entry(id).or_default();
            let journal = sight.seen.view.journal.as_ref().and_then(|journal| journal.value.as_expiry());
            if let Some(journal) = journal {
                mine.facts = std::mem::take(&mut mine.facts).about(&journal.operation_id);
            }
            match next_of_expiry(&sight.seen, &mine.facts, intent) {
                ExpiryStep::Done => self.done(&sight, mine.ending.take(), rested),
                ExpiryStep::Settle => settling.push(id),
                ExpiryStep::Commit(change) => planned.push(Planned { sight, change }),
                ExpiryStep::Delete(copies) => deletions.push((id, copies)),
            }
        }
        let mut again: Vec<PartitionId> = settling.iter().chain(deletions.iter().map(|(id, _)| id)).copied().collect();
        if !settling.is_empty() {
            self.settle(ids, &settling, (&mut *own, settled)).await;
        }
        if !deletions.is_empty() {
            self.crash.pass("expiry-delete-begun");
            for (id, copy, deletion) in self.delete(deletions).await? {
                own.entry(id).or_default().facts.deletions.insert(copy, deletion);
            }
        }
        again.extend(self.write(planned, own, rested).await?);
        Ok(again)
    }

    /// Commits what was decided, each kind of change in transactions of its own.
    async fn write(
        &self,
        planned: Vec<Planned>,
        own: &mut BTreeMap<PartitionId, Own>,
        rested: &mut Rested,
    ) -> Result<Vec<PartitionId>, OperationError> {
        let (mut begin, mut end) = (Vec::new(), Vec::new());
        for one in planned {
            let ending = ending(&one, own.get(&one.sight.partition).map(|own| &own.facts));
            if ending.is_some() {
                own.entry(one.sight.partition).or_default().ending = ending;
                end.push(one);
            } else {
                begin.push(one);
            }
        }
        let mut again = Vec::new();
        for (planned, places) in
            [(begin, ["expiry-begin-decided", "expiry-begun"]), (end, ["expiry-finish-decided", "expiry-finished"])]
        {
            if planned.is_empty() {
                continue;
            }
            self.crash.pass(places[0]);
            let Some(fates) = self.commit(&planned, rested).await? else {
                if rested.out_of_space {
                    rested.left += planned.len() as u64;
                } else {
                    again.extend(planned.iter().map(|one| one.sight.partition));
                }
                continue;
            };
            for (id, fate) in fates {
                match fate {
                    Fate::Committed => {
                        self.crash.pass(places[1]);
                        match own.get_mut(&id).and_then(|own| own.ending.take()) {
                            Some(ending) => self.ended(ending, rested),
                            None => again.push(id),
                        }
                    }
                    Fate::Unclear => again.push(id),
                    Fate::Failed(error) => rested.failures.push((id, error.to_string())),
                }
            }
        }
        Ok(again)
    }

    /// Commits changes of one kind; `None` = the store did not answer and may be asked again, or has no room.
    pub(super) async fn commit(
        &self,
        planned: &[Planned],
        outcome: &mut ExpiryOutcome,
    ) -> Result<Option<Vec<(PartitionId, Fate)>>, OperationError> {
        match commit(self.store, self.keys, &self.trail, planned).await {
            Ok(fates) => {
                self.answered();
                Ok(Some(fates))
            }
            Err(OperationError::Store(StoreError::OutOfSpace { .. })) => {
                outcome.out_of_space = true;
                Ok(None)
            }
            Err(error) => self.may_retry(error).await.map(|()| None),
        }
    }

    /// Nothing is in flight on a partition any more.
    fn done(&self, sight: &Sight, ending: Option<Ending>, rested: &mut Rested) {
        let is_gone = sight.seen.view.record.is_none();
        let nothing = || Ending::Gone { bytes: 0, record_count: 0, orphans: Vec::new() };
        let ending = match ending {
            Some(ending @ Ending::Gone { .. }) if is_gone => ending,
            // Another driver brought it to its rest.
            Some(_) | None if is_gone => nothing(),
            Some(_) | None => Ending::GivenBack,
        };
        self.ended(ending, rested);
    }

    fn ended(&self, ending: Ending, rested: &mut Rested) {
        match ending {
            Ending::GivenBack => rested.given_back += 1,
            Ending::Gone { bytes, record_count, orphans } => {
                rested.expired += 1;
                rested.bytes = rested.bytes.saturating_add(bytes);
                rested.record_count = rested.record_count.saturating_add(record_count);
                for copy in orphans {
                    let why = self.why_not(&copy.node);
                    let waiting = rested.orphans.entry(copy.node).or_default();
                    *waiting = Waiting { copies: waiting.copies + 1, why };
                }
                let partitions = self.memory.expired.fetch_add(1, Ordering::Relaxed) + 1;
                let bytes = self.memory.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes;
                (self.tell)(&ExpiryEvent::Expired { partitions, bytes });
            }
        }
    }

    /// Why a copy on a node could not be deleted.
    fn why_not(&self, node: &NodeId) -> &'static str {
        let known = with(&self.memory.nodes, |nodes| nodes.clone());
        match known.and_then(|(_, nodes)| nodes.get(node).map(|node| node.state.is_up())) {
            None => "it is not recorded",
            Some(false) => "it is Down",
            Some(true) => "its data does not answer, or does not let it be deleted",
        }
    }
}

/// How a change ends its expiry, if it does.
fn ending(planned: &Planned, facts: Option<&ExpiryFacts>) -> Option<Ending> {
    match &planned.change {
        ExpiryChange::Claim(_) | ExpiryChange::Begin(_) | ExpiryChange::Widen(_) => None,
        ExpiryChange::Restore { .. } => Some(Ending::GivenBack),
        ExpiryChange::Finish { orphans } => {
            let journal = planned.sight.seen.view.journal.as_ref().and_then(|journal| journal.value.as_expiry());
            let deleted = facts.map_or(0, |facts| facts.deletions.values().filter(|d| **d == Deletion::Gone).count());
            Some(Ending::Gone {
                bytes: journal.map_or(0, |journal| journal.size_bytes.saturating_mul(deleted as u64)),
                record_count: journal.map_or(0, |journal| journal.record_count),
                orphans: orphans.clone(),
            })
        }
    }
}
