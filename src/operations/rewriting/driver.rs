//! One partition to its rest: read, decide, do, repeat.

use std::time::Duration;

use futures_util::stream::{self, StreamExt as _};
use tokio::sync::SemaphorePermit;
use tokio::time::sleep;

use super::build::{BuildJob, build};
use super::commit::{Sent, commit};
use super::error::RewriteError;
use super::event::{RewriteEvent, RewriteListener};
use super::listed::verify;
use super::sight::{Sight, read};
use super::sources::{Sources, list};
use crate::migration::facts::Deletion;
use crate::migration::rewrite::{
    RewriteChange, RewriteFacts, RewriteRequest, RewriteStep, Undo, claim, next_of_rewrite,
};
use crate::migration::rewrite_journal::{CopyAt, RewriteJournal, TargetContent};
use crate::migration::{Intent, Phase};
use crate::model::PartitionId;
use crate::operations::executing::commit::Trail;
use crate::operations::executing::effects::{delete_from, place_of};
use crate::operations::executing::{CrashAt, Halt, Places};
use crate::operations::patience::Patience;
use crate::operations::{ClusterView, OperationError};
use crate::ports::storage::StorageWrite;
use crate::ports::{Keys, MetadataWrite, StoreError};

/// How often a partition is read and decided upon before it is said that it keeps changing.
const ROUNDS_MAX: usize = 100;
/// Copies that are deleted at the same time.
const DELETIONS_AT_ONCE: usize = 8;

/// How long is waited for others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::operations) struct Pace {
    /// Writers may go on by what they saw before for so long.
    pub(in crate::operations) settle: Duration,
    /// And readers for so long.
    pub(in crate::operations) grace: Duration,
}

/// What drives partitions.
pub(in crate::operations) struct Driver<'a, M, S> {
    store: &'a M,
    keys: &'a Keys,
    places: &'a Places<'a, S>,
    trail: Trail<'a>,
    pace: Pace,
    halt: &'a Halt,
    crash: &'a CrashAt,
    tell: RewriteListener<'a>,
    patience: Patience,
}

/// How a partition came to rest, or why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The new copies are in place and the old ones gone: what they hold, and old copies that wait for their nodes.
    Done {
        /// What the new copies hold.
        targets: Vec<TargetContent>,
        /// Copies that are deleted when their node is back.
        orphans: u64,
    },
    /// It is as it was.
    Undone {
        /// Why.
        reason: String,
        /// What mends it.
        hint: Option<String>,
        /// Whether data was found that is not what it should be.
        is_damage: bool,
        /// Whether that was asked for.
        is_asked: bool,
    },
    /// The new copies are in place; the old ones are kept until somebody decides: why.
    Stuck(String),
    /// It was never begun: why.
    Unfit(String),
    /// It goes on when it is driven again.
    Left,
    /// The store has no room for what is to be written.
    NoSpace,
    /// The metadata cannot be read or written: why.
    Failed(String),
}

/// What is known of a partition while it is driven.
struct Own<S> {
    facts: RewriteFacts,
    sources: Option<Sources<S>>,
    /// The journal of the operation whose new copies were written here.
    wrote: Option<RewriteJournal>,
    /// Why the new copies could not be made.
    error: Option<RewriteError>,
    /// What was found wrong with one that is listed.
    found: Option<String>,
    /// The journal as it was last seen.
    last: Option<RewriteJournal>,
    /// How it ends, once the transaction that says so was sent.
    ending: Option<Ended>,
    /// Why it is undone.
    why: Option<Undo>,
}

/// What lets its holder make new copies, of so many at the same time.
pub(in crate::operations) type Permit<'p> = SemaphorePermit<'p>;

impl<'a, M: MetadataWrite, S: StorageWrite> Driver<'a, M, S> {
    /// A driver that remembers nothing yet.
    pub(in crate::operations) fn new(
        (store, keys, places): (&'a M, &'a Keys, &'a Places<'a, S>),
        trail: Trail<'a>,
        pace: Pace,
        (halt, crash, tell): (&'a Halt, &'a CrashAt, RewriteListener<'a>),
    ) -> Self {
        Self { store, keys, places, trail, pace, halt, crash, tell, patience: Patience::default() }
    }

    /// Claims a partition; gives why it is not claimed, if it is not. One on which a split or a compaction is in flight is
    /// claimed already.
    ///
    /// # Errors
    /// The store's; a value of the partition cannot be read.
    pub(super) async fn claim(
        &self,
        id: PartitionId,
        request: &RewriteRequest,
    ) -> Result<Result<(), Ended>, OperationError> {
        for _ in 0..ROUNDS_MAX {
            if self.halt.is_thrown() {
                return Ok(Err(Ended::Left));
            }
            let sight = self.read(id).await?;
            if sight.view().journal.as_ref().is_some_and(|journal| journal.value.as_rewrite().is_some()) {
                return Ok(Ok(()));
            }
            let change = match claim(&sight.seen, id, request.clone()) {
                Ok(change) => change,
                Err(unfit) => return Ok(Err(Ended::Unfit(unfit.to_string()))),
            };
            self.crash.pass("rewrite-claim-decided");
            match self.commit(&sight, &change).await? {
                Some(Sent::Committed) => {
                    self.crash.pass("rewrite-claimed");
                    (self.tell)(&RewriteEvent::Claimed(id));
                    return Ok(Ok(()));
                }
                Some(Sent::Unclear) => {}
                None => return Ok(Err(Ended::NoSpace)),
            }
        }
        Ok(Err(Ended::Unfit("it keeps changing".to_owned())))
    }

    /// Brings the split or compaction in flight on a partition to its rest. The permit is given back once new copies are no
    /// longer made.
    ///
    /// # Errors
    /// The store's, when it is silent for long; a value of the partition cannot be read.
    pub(in crate::operations) async fn until_rest(
        &self,
        id: PartitionId,
        intent: Intent,
        mut permit: Option<Permit<'_>>,
    ) -> Result<Ended, OperationError> {
        let mut own = Own {
            facts: RewriteFacts::default(),
            sources: None,
            wrote: None,
            error: None,
            found: None,
            last: None,
            ending: None,
            why: None,
        };
        for _ in 0..ROUNDS_MAX {
            if self.halt.is_thrown() {
                return Ok(Ended::Left);
            }
            let sight = self.read(id).await?;
            let journal = sight.view().journal.as_ref().and_then(|journal| journal.value.as_rewrite());
            if journal.is_none_or(|journal| journal.phase != Phase::Copying) {
                drop(permit.take());
            }
            if let Some(ended) = self.step(&sight, &mut own, intent).await? {
                return Ok(ended);
            }
        }
        Ok(Ended::Failed("it keeps changing".to_owned()))
    }

    /// One step; gives how it ended, if it did.
    async fn step(&self, sight: &Sight, own: &mut Own<S>, intent: Intent) -> Result<Option<Ended>, OperationError> {
        let journal = sight.view().journal.as_ref().and_then(|journal| journal.value.as_rewrite()).cloned();
        if let Some(journal) = &journal {
            own.facts = std::mem::take(&mut own.facts).about(&journal.operation_id);
            own.last = Some(journal.clone());
        }
        match (next_of_rewrite(&sight.seen, sight.partition, &own.facts, intent), journal) {
            (RewriteStep::Done, _) | (_, None) => {
                self.tidy(sight, own).await;
                return Ok(Some(own.ending.take().unwrap_or_else(|| by_another(sight, own))));
            }
            (RewriteStep::Stop(node), Some(_)) => {
                let why = own.found.take().unwrap_or_else(|| "its new copy is not whole".to_owned());
                return Ok(Some(Ended::Stuck(format!("{node}: {why}"))));
            }
            (RewriteStep::Settle, Some(_)) => {
                if self.wait(self.pace.settle, RewriteEvent::Settling).await {
                    self.crash.pass("rewrite-settled");
                    own.facts.settled = true;
                }
            }
            (RewriteStep::Grace, Some(_)) => {
                if self.wait(self.pace.grace, RewriteEvent::Grace).await {
                    self.crash.pass("rewrite-graced");
                    own.facts.graced = true;
                }
            }
            (RewriteStep::List, Some(journal)) => self.list(sight, &journal, own).await,
            (RewriteStep::Build, Some(journal)) => Box::pin(self.build(sight, &journal, own)).await?,
            (RewriteStep::VerifyListed, Some(journal)) => {
                let (listed, found) = tokio::select! {
                    verified = verify(self.places, sight, &journal.targets) => verified,
                    () = self.halt.thrown() => return Ok(Some(Ended::Left)),
                };
                self.crash.pass("rewrite-verified");
                (own.facts.listed, own.found) = (listed, found);
            }
            (RewriteStep::Delete(copies), Some(_)) => self.delete(sight, copies, own).await,
            (RewriteStep::Commit(change), Some(journal)) => {
                return self.write(sight, &journal, &change, own).await;
            }
        }
        Ok(None)
    }

    async fn list(&self, sight: &Sight, journal: &RewriteJournal, own: &mut Own<S>) {
        let expect_data = sight.view().record.as_ref().is_some_and(|record| record.value.size_bytes > 0);
        let copies = journal.old_copies(sight.partition);
        match list(self.places, &sight.nodes, &copies, expect_data).await {
            Ok(sources) => {
                self.crash.pass("rewrite-listed");
                own.facts.sources = Some(sources.digest());
                own.sources = Some(sources);
            }
            Err(error) => {
                own.facts.failed = true;
                own.error = Some(error);
            }
        }
    }

    async fn build(&self, sight: &Sight, journal: &RewriteJournal, own: &mut Own<S>) -> Result<(), OperationError> {
        let Some(sources) = &own.sources else {
            // What was listed is forgotten: it is listed again.
            own.facts.sources = None;
            return Ok(());
        };
        let (cluster, _) = ClusterView::read(self.store, self.keys, None, &[]).await?;
        own.wrote = Some(journal.clone());
        let job = BuildJob {
            id: sight.partition,
            journal,
            partitioning: cluster.spec.partitioning_of(sight.partition),
            sources,
            places: self.places,
            nodes: &sight.nodes,
            crash: self.crash,
            tell: self.tell,
        };
        let built = tokio::select! {
            built = build(&job) => built,
            () = self.halt.thrown() => return Ok(()),
        };
        match built {
            Ok(targets) => {
                self.crash.pass("rewrite-built");
                own.facts.built = Some(targets);
            }
            Err(error) => {
                own.facts.failed = true;
                own.error = Some(error);
            }
        }
        Ok(())
    }

    async fn delete(&self, sight: &Sight, copies: Vec<CopyAt>, own: &mut Own<S>) {
        self.crash.pass("rewrite-delete-begun");
        let deleted = stream::iter(copies).map(async |copy: CopyAt| {
            let deletion = self.delete_one(sight, &copy).await;
            if deletion == Deletion::Gone {
                self.crash.pass("rewrite-deleted");
            }
            (copy, deletion)
        });
        let deleted: Vec<_> = deleted.buffer_unordered(DELETIONS_AT_ONCE).collect().await;
        own.facts.deletions.extend(deleted);
    }

    async fn delete_one(&self, sight: &Sight, copy: &CopyAt) -> Deletion {
        match place_of(copy.partition, &copy.copy_id) {
            Ok(place) => delete_from(self.places, &sight.nodes, &copy.node, &place).await,
            // A claim writes no such id.
            Err(_) => Deletion::Unreachable,
        }
    }

    /// What was written here for an operation that is over without having put it in its place is known to nobody else.
    async fn tidy(&self, sight: &Sight, own: &mut Own<S>) {
        let Some(journal) = own.wrote.take() else { return };
        let view = sight.view();
        // One that was split, by this operation or another, may list them below.
        if view.extension().split_bits > 0 || sight.seen.has_children {
            return;
        }
        let is_listed = |copy: &CopyAt| {
            view.copy_of(&copy.node) == copy.copy_id
                && view.record.as_ref().is_some_and(|record| record.value.nodes.contains(&copy.node))
        };
        for copy in journal.new_copies(sight.partition).iter().filter(|copy| !is_listed(copy)) {
            self.delete_one(sight, copy).await;
        }
    }

    async fn write(
        &self,
        sight: &Sight,
        journal: &RewriteJournal,
        change: &RewriteChange,
        own: &mut Own<S>,
    ) -> Result<Option<Ended>, OperationError> {
        let [decided, done] = match change {
            RewriteChange::Claim(_) => ["rewrite-claim-decided", "rewrite-claimed"],
            RewriteChange::Fix(_) => ["rewrite-fix-decided", "rewrite-fixed"],
            RewriteChange::Switch(_) => ["rewrite-switch-decided", "rewrite-switched"],
            RewriteChange::Abort { .. } => ["rewrite-abort-decided", "rewrite-aborted"],
            RewriteChange::End { .. } => ["rewrite-end-decided", "rewrite-ended"],
        };
        match change {
            RewriteChange::Abort { why, .. } => own.why = Some(why.clone()),
            RewriteChange::End { orphans, is_undone: false } => {
                own.ending = Some(Ended::Done { targets: journal.targets.clone(), orphans: orphans.len() as u64 });
            }
            RewriteChange::End { is_undone: true, .. } => own.ending = Some(undone(own)),
            RewriteChange::Claim(_) | RewriteChange::Fix(_) | RewriteChange::Switch(_) => {}
        }
        self.crash.pass(decided);
        match self.commit(sight, change).await? {
            Some(Sent::Committed) => self.crash.pass(done),
            Some(Sent::Unclear) => return Ok(None),
            None => return Ok(Some(Ended::NoSpace)),
        }
        match change {
            RewriteChange::Switch(_) => (self.tell)(&RewriteEvent::Switched(sight.partition)),
            RewriteChange::End { .. } => {
                // Behind its end nothing of an undone one is left, and the new copies of another are listed.
                own.wrote = None;
                return Ok(own.ending.take());
            }
            RewriteChange::Claim(_) | RewriteChange::Fix(_) | RewriteChange::Abort { .. } => {}
        }
        Ok(None)
    }

    /// Commits a change; `None` = the store has no room.
    async fn commit(&self, sight: &Sight, change: &RewriteChange) -> Result<Option<Sent>, OperationError> {
        match commit(self.store, self.keys, &self.trail, sight, change).await {
            Ok(sent) => {
                self.patience.answered();
                Ok(Some(sent))
            }
            Err(OperationError::Store(StoreError::OutOfSpace { .. })) => Ok(None),
            Err(error) => self.may_retry(error).await.map(|()| Some(Sent::Unclear)),
        }
    }

    async fn read(&self, id: PartitionId) -> Result<Sight, OperationError> {
        loop {
            match read(self.store, self.keys, id).await {
                Ok(sight) => {
                    self.patience.answered();
                    return Ok(sight);
                }
                Err(error) => self.may_retry(error).await?,
            }
        }
    }

    async fn may_retry(&self, error: OperationError) -> Result<(), OperationError> {
        self.patience.may_retry(error, self.halt, |why| (self.tell)(&RewriteEvent::Waits(why))).await
    }

    /// Whether the time is over; if not, everything stops.
    async fn wait(&self, time: Duration, event: impl Fn(Duration) -> RewriteEvent) -> bool {
        if !time.is_zero() {
            (self.tell)(&event(time));
        }
        tokio::select! {
            () = sleep(time) => true,
            () = self.halt.thrown() => false,
        }
    }
}

/// How one ends that is undone.
fn undone<S>(own: &Own<S>) -> Ended {
    let is_asked = own.why == Some(Undo::Asked);
    let hint = own.error.as_ref().and_then(RewriteError::hint).map(str::to_owned);
    let is_damage = own.error.as_ref().is_some_and(RewriteError::is_damage);
    let reason = match (&own.error, &own.why) {
        (Some(error), _) => error.to_string(),
        (None, Some(why)) => why.to_string(),
        (None, None) => "an earlier run had begun to undo it".to_owned(),
    };
    Ended::Undone { reason, hint, is_damage, is_asked }
}

/// How it ended by another's hand, as far as that is seen: its new copies are listed, or they are not.
fn by_another<S>(sight: &Sight, own: &Own<S>) -> Ended {
    let view = sight.view();
    let undone =
        |reason: &str| Ended::Undone { reason: reason.to_owned(), hint: None, is_damage: false, is_asked: true };
    let Some(journal) = &own.last else { return undone("nothing is in flight on it") };
    let is_listed = journal.original_nodes.iter().any(|node| view.copy_of(node) == journal.copy_id);
    if is_listed {
        return Ended::Done { targets: journal.targets.clone(), orphans: 0 };
    }
    undone("another run undid it")
}
