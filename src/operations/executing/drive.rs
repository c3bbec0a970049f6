//! One operation to its rest: read, decide, do, repeat.
//!
//! Invariant: what is done next is decided by [`next`] alone, from what was read at most [`VIEW_AGE_MAX`] ago or what an own
//! transaction left; so a resumed operation, one after a lost reply and an undisturbed one are the same loop.

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::time::Instant;

use super::commit::{Committed, commit};
use super::event::{ExecutionEvent, MovePhase, WaitsFor};
use super::lock;
use super::read::{Seen, Wanted, read};
use super::run::{Lack, Numbered, Rest, Run, Through, Undone, Waited};
use crate::migration::facts::{Deletion, Facts, Listed};
use crate::migration::{Change, Intent, JournalChange, Phase, SlotName, Step, next};
use crate::model::{NodeId, Revision};
use crate::operations::OperationError;
use crate::ports::storage::StorageWrite;
use crate::ports::{MetadataWrite, StoreError};

/// Nodes are not part of the fence, so a view of them is not used for longer than a slow transaction would take.
const VIEW_AGE_MAX: Duration = Duration::from_secs(1);

/// An operation under way.
pub(super) struct Operation<'r, 'a, M, S, V> {
    pub(super) run: &'r Run<'a, M, S, V>,
    pub(super) at: Numbered,
    pub(super) seen: Option<(Seen, Instant)>,
    pub(super) facts: Facts,
    pub(super) undone: Option<Undone>,
    /// What was found wrong with a copy that is listed.
    pub(super) found: Option<Lack>,
    /// Room that is kept for it until its slots are free.
    pub(super) room: Option<[NodeId; 2]>,
    /// The slots that its journal named when it was last seen.
    slots: Vec<SlotName>,
}

impl<'r, 'a, M: MetadataWrite, S: StorageWrite, V: crate::ports::storage::Mover> Operation<'r, 'a, M, S, V> {
    /// An operation as it stands in the store, or as an own transaction left it.
    pub(super) fn new(run: &'r Run<'a, M, S, V>, at: Numbered, seen: Option<Seen>, room: Option<[NodeId; 2]>) -> Self {
        let seen = seen.map(|seen| (seen, Instant::now()));
        Self { run, at, seen, facts: Facts::default(), undone: None, found: None, room, slots: Vec::new() }
    }

    /// Drives it to its rest.
    pub(super) async fn until_rest(mut self) -> Rest {
        let rest = self.drive().await;
        if let Some([a, b]) = self.room.take() {
            self.run.slots.release([&a, &b]);
        }
        rest
    }

    async fn drive(&mut self) -> Rest {
        loop {
            if self.run.halt.is_thrown() {
                return self.halted().await;
            }
            let seen = match self.current().await {
                Ok(seen) => seen,
                Err(error) => return self.broken(error).await,
            };
            self.recall(&seen);
            self.give_slots_back(&seen);
            let operation = seen.view.journal.as_ref().map_or_else(String::new, |j| j.value.operation_id().to_owned());
            let intent = self.run.intent(&operation);
            let done = match next(&seen.view, &self.facts, intent) {
                Step::Done => {
                    let undone = self.undone.take();
                    return Rest::Through(Box::new(Through { seen, undone }));
                }
                Step::Stop(stop) => return Rest::Stuck { stop, found: self.found.take() },
                Step::Commit(change) => self.commit(&seen, &change).await,
                // What is copied could not be recorded.
                Step::Settle | Step::Copy { .. } if self.run.lock == Revision::NONE => Err(self.no_space()),
                Step::Settle => {
                    self.settle(&operation, intent).await;
                    Ok(())
                }
                Step::Grace => {
                    self.grace(&operation, intent).await;
                    Ok(())
                }
                Step::Copy { source, target } => Box::pin(self.copy(&seen, source, target, intent)).await,
                Step::VerifyListed(listed) => {
                    self.verify_listed(&seen, &listed, intent).await;
                    Ok(())
                }
                Step::DeleteCopy { node, copy_id } => self.delete(&seen, &node, &copy_id).await,
            };
            if let Err(error) = done {
                if self.run.may_retry(&error, Some(self.at.number)).await {
                    self.seen = None;
                    continue;
                }
                return self.broken(error).await;
            }
        }
    }

    /// What is known of the partition, read anew if it is old.
    async fn current(&mut self) -> Result<Seen, OperationError> {
        if let Some((seen, _)) = self.seen.as_ref().filter(|(_, at)| at.elapsed() < VIEW_AGE_MAX) {
            return Ok(seen.clone());
        }
        let nodes = self.facts.wrote.iter().map(|(node, _)| node.clone()).collect::<BTreeSet<_>>();
        let wanted = Wanted { partition: self.at.partition, lock: self.run.lock, nodes: &nodes, slots: &[] };
        loop {
            let at = Instant::now();
            match read(self.run.store, self.run.keys, &wanted).await {
                Ok(seen) => {
                    self.seen = Some((seen.clone(), at));
                    return Ok(seen);
                }
                Err(error) if self.run.may_retry(&error, Some(self.at.number)).await => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Keeps of the facts what is about the operation that is there now, and what was written until it is listed.
    fn recall(&mut self, seen: &Seen) {
        let facts = std::mem::take(&mut self.facts);
        let wrote = facts.wrote.clone().filter(|(node, copy)| seen.view.copy_of(node) != *copy);
        self.facts = match &seen.view.journal {
            Some(journal) => Facts { wrote, ..facts.about(journal.value.operation_id()) },
            None if wrote.is_some() => Facts { wrote, ..facts },
            None => Facts::default(),
        };
    }

    /// Lets other moves of this execution have the slots that the journal no longer names: also where the reply to the
    /// transaction that freed them was lost.
    fn give_slots_back(&mut self, seen: &Seen) {
        let held = seen.view.moving().map(|journal| journal.slots.clone()).unwrap_or_default();
        let before = std::mem::replace(&mut self.slots, held);
        let free: Vec<SlotName> = before.into_iter().filter(|slot| !self.slots.contains(slot)).collect();
        self.run.slots.free(&free);
        if !free.is_empty()
            && self.slots.is_empty()
            && let Some([a, b]) = self.room.take()
        {
            self.run.slots.release([&a, &b]);
        }
    }

    pub(super) fn phase(&self, phase: MovePhase) {
        self.run.tell(&ExecutionEvent::Phase { number: self.at.number, phase });
    }

    async fn settle(&mut self, operation: &str, intent: Intent) {
        let time = self.run.settings.settle;
        if !time.is_zero() {
            self.phase(MovePhase::Settling);
            self.waits(WaitsFor::Writers(time.as_secs()));
        }
        if self.run.wait(time, operation, intent).await == Waited::Over {
            self.run.crash.pass("settled");
            self.facts.settled = true;
        }
    }

    async fn grace(&mut self, operation: &str, intent: Intent) {
        let time = self.run.settings.grace;
        if !time.is_zero() {
            self.phase(MovePhase::Grace);
            self.waits(WaitsFor::Readers(time.as_secs()));
        }
        // There is no way back from here, so an abort does not cut it short.
        let waited = tokio::select! {
            waited = async {
                tokio::time::sleep(time).await;
                Waited::Over
            } => waited,
            () = self.run.halt.thrown() => Waited::Changed,
        };
        let _ = (operation, intent);
        if waited == Waited::Over {
            self.run.crash.pass("graced");
            self.facts.graced = true;
        }
    }

    fn waits(&self, on: WaitsFor) {
        self.run.tell(&ExecutionEvent::MoveWaits { number: self.at.number, on: Some(on) });
    }

    async fn commit(&mut self, seen: &Seen, change: &Change) -> Result<(), OperationError> {
        let (phase, decided, committed) = match &change.journal {
            JournalChange::Put(_) if change.abandoned.is_some() => {
                (MovePhase::Aborting, "abort-decided", "abort-committed")
            }
            JournalChange::Put(_) => (MovePhase::CuttingOver, "cutover-decided", "cutover-committed"),
            JournalChange::Delete => (MovePhase::Finishing, "finish-decided", "finish-committed"),
        };
        if self.run.lock == Revision::NONE && !change.only_deletes() {
            return Err(self.no_space());
        }
        self.phase(phase);
        self.run.crash.pass(decided);
        match commit(self.run.store, self.run.keys, &self.run.trail(), seen, change).await? {
            Committed::Yes(after) => {
                self.run.crash.pass(committed);
                self.seen = Some((*after, Instant::now()));
                self.committed(seen, change);
            }
            Committed::Unclear => {
                self.seen = None;
                lock::check(self.run.store, self.run.keys, self.run.lock, &self.run.halt).await;
            }
        }
        Ok(())
    }

    fn no_space(&self) -> OperationError {
        StoreError::OutOfSpace { place: self.run.store.place().to_owned() }.into()
    }

    fn committed(&mut self, seen: &Seen, change: &Change) {
        if let Some(reason) = change.abandoned {
            self.undone.get_or_insert_default().reason = Some(reason);
        } else if matches!(&change.journal, JournalChange::Put(journal) if journal.phase == Phase::Cleanup) {
            self.run.tell(&ExecutionEvent::Cutover { number: self.at.number });
        }
        let was_aborting = seen.view.moving().is_some_and(|journal| journal.phase == Phase::Aborting);
        if was_aborting {
            self.undone.get_or_insert_default();
        }
    }

    pub(super) fn set_deletion(&mut self, seen: &Seen, deletion: Deletion) {
        self.own_facts(seen).deletion = deletion;
    }

    pub(super) fn set_listed(&mut self, seen: &Seen, listed: Listed) {
        self.own_facts(seen).listed = listed;
    }

    /// The facts, which are about the operation that was seen from now on.
    pub(super) fn own_facts(&mut self, seen: &Seen) -> &mut Facts {
        if let Some(journal) = seen.view.moving() {
            self.facts.operation_id.clone_from(&journal.operation_id);
        }
        &mut self.facts
    }

    /// Who stops only takes away what it wrote itself and nobody else knows of.
    async fn halted(&mut self) -> Rest {
        if self.facts.wrote.is_some() {
            let wanted = Wanted {
                partition: self.at.partition,
                lock: self.run.lock,
                nodes: &self.facts.wrote.iter().map(|(node, _)| node.clone()).collect(),
                slots: &[],
            };
            let found = tokio::time::timeout(VIEW_AGE_MAX, read(self.run.store, self.run.keys, &wanted)).await;
            if let Ok(Ok(seen)) = found {
                self.recall(&seen);
                let own = self.facts.wrote.clone();
                if let Step::DeleteCopy { node, copy_id } = next(&seen.view, &self.facts, Intent::Proceed)
                    && own == Some((node.clone(), copy_id.clone()))
                {
                    let _ = self.delete(&seen, &node, &copy_id).await;
                }
            }
        }
        Rest::Halted
    }

    async fn broken(&mut self, error: OperationError) -> Rest {
        if self.run.halt.is_thrown() {
            return self.halted().await;
        }
        if self.run.lacks_space(&error, Some(self.at.number)) {
            return Rest::NoSpace;
        }
        Rest::Broken(error)
    }
}
