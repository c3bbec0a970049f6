//! An expired partition goes: data first, record last.
//!
//! ```text
//! (none) --claim--> Claimed --begin--> Deleting --finish--> (none, and no record)
//!                      |                 | ^
//!                      |                 +-+ widen: the record names a copy that the journal does not
//!                      +--restore--> (none, the record in the state that it had)
//! ```
//!
//! | step | transaction | before it | a crash leaves |
//! |---|---|---|---|
//! | claim | record ReadOnly; journal Claimed with every copy that the record lists | expired, Active or ReadOnly, nothing in flight, no child has a record | nothing, or Claimed |
//! | (settle) | none | 10 s, so that every writer has seen ReadOnly | wait again |
//! | begin | journal Deleting | the record is as it was claimed | Claimed, or only forward |
//! | delete | none | the journal is Deleting and names the copy | repeat |
//! | finish | record, extension, marks and journal deleted; an orphan entry for each copy that is not known to be gone | each copy is gone, or its node down or silent | repeat |
//!
//! Invariant: no copy is deleted before `Deleting` is committed, and from then on there is no way back: who undoes and who
//! begins compare the same revision of the journal, so that one of them wins. Copies go by their ids, those that the journal
//! names; a record is never without its journal while any of its copies may be gone.
//!
//! Invariant: as in a move, no phase is inferred from memory or from a clock; every transaction is fenced on record,
//! extension, journal and marks as read. So any number of drivers may work on one partition, with and without a lock.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Intent;
use super::facts::Deletion;
use super::journal::{JOURNAL_VERSION, Journal};
use super::view::View;
use crate::model::{NodeId, PartitionState, Timestamp};

/// The word of the kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExpiryKind {
    /// The only one.
    Expire,
}

/// Where an expiry stands; see the module's picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ExpiryPhase {
    /// Nobody writes to it any more; all copies are there, and it can be given back.
    Claimed,
    /// Copies go. There is no way back.
    Deleting,
}

impl ExpiryPhase {
    /// One word for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Claimed => "claimed",
            Self::Deleting => "deleting",
        }
    }

    /// Whether an expiry may go from here to `next`.
    #[must_use]
    pub fn can_become(self, next: Self) -> bool {
        match (self, next) {
            (Self::Claimed, Self::Deleting) => true,
            (from, to) => from == to,
        }
    }
}

/// One copy that goes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CopyToDelete {
    /// On which node.
    pub node: NodeId,
    /// Its id.
    pub copy_id: String,
}

/// The journal of an expiry.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ExpiryJournal {
    /// What is done.
    pub kind: ExpiryKind,
    /// [`JOURNAL_VERSION`].
    pub schema_version: u32,
    /// Unique to this operation.
    pub operation_id: String,
    /// The run that claimed it: while that lives, `rebalance/runs/{run}` is there.
    pub run: String,
    /// Where it stands.
    pub phase: ExpiryPhase,
    /// Every copy that goes.
    pub copies: BTreeSet<CopyToDelete>,
    /// The state that the record had, and gets again if it is given back.
    pub prior_state: PartitionState,
    /// Bytes of one copy, by the record.
    pub size_bytes: u64,
    /// Records in one copy, by the record.
    pub record_count: u64,
    /// When it began.
    pub started_at: Timestamp,
    /// Who claimed it, in words.
    pub by: String,
}

/// A partition as it was read, with what of its split family matters.
#[derive(Clone, Debug, PartialEq)]
pub struct FamilyView {
    /// The partition itself.
    pub view: View,
    /// Whether a partition that it was split into has a record.
    pub has_children: bool,
}

/// Who claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Unique to this operation.
    pub operation_id: String,
    /// The run.
    pub run: String,
    /// When.
    pub started_at: Timestamp,
    /// Who, in words.
    pub by: String,
}

/// Why a partition is not claimed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Unclaimable {
    /// It has no record.
    #[error("it has no record")]
    NoRecord,
    /// An operation is in flight on it: which.
    #[error("an operation is in flight on it: {0}")]
    Busy(&'static str),
    /// Its state is not for us to change.
    #[error("its state is {}", .0.name())]
    State(PartitionState),
    /// A partition that it was split into has a record, and goes first.
    #[error("a partition that it was split into has a record")]
    Children,
}

/// What a driver did itself for one expiry; gone after a crash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ExpiryFacts {
    /// The operation that all this is about.
    pub operation_id: String,
    /// It waited until every writer has seen the state.
    pub settled: bool,
    /// What became of copies that were to be deleted.
    pub deletions: BTreeMap<CopyToDelete, Deletion>,
}

impl ExpiryFacts {
    /// What is known of this operation; nothing if these facts are about another one.
    #[must_use]
    pub fn about(self, operation_id: &str) -> Self {
        if self.operation_id == operation_id {
            return self;
        }
        Self { operation_id: operation_id.to_owned(), ..Self::default() }
    }
}

/// Why an expiry is given up, and the partition given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GivenBack {
    /// The operator said so.
    Asked,
    /// The record names other copies, or another state, than when it was claimed.
    RecordChanged,
    /// It has children by now, which go first.
    Children,
}

impl GivenBack {
    /// Why, for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Asked => "it was asked for",
            Self::RecordChanged => "its record was changed by somebody else",
            Self::Children => "a partition that it was split into has a record by now",
        }
    }
}

/// One transaction on one partition, fenced on record, extension, journal and marks as they were read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ExpiryChange {
    /// The record is ReadOnly, and the journal stands. Also fenced on no child having come meanwhile.
    Claim(Box<ExpiryJournal>),
    /// The journal says Deleting.
    Begin(Box<ExpiryJournal>),
    /// The journal names more copies.
    Widen(Box<ExpiryJournal>),
    /// The journal goes.
    Restore {
        /// The state that the record gets; `None` leaves the record as somebody else made it.
        state: Option<PartitionState>,
        /// Why.
        reason: GivenBack,
    },
    /// Record, extension, marks and journal go.
    Finish {
        /// Copies that are not known to be gone: each gets an orphan entry.
        orphans: Vec<CopyToDelete>,
    },
}

impl ExpiryChange {
    /// Whether it only deletes, which works while etcd is out of space.
    #[must_use]
    pub fn only_deletes(&self) -> bool {
        match self {
            Self::Claim(_) | Self::Begin(_) | Self::Widen(_) => false,
            Self::Restore { state, .. } => state.is_none(),
            Self::Finish { orphans } => orphans.is_empty(),
        }
    }
}

/// The next step of an expiry.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ExpiryStep {
    /// Wait until every writer has seen that the partition is ReadOnly.
    Settle,
    /// Commit this.
    Commit(ExpiryChange),
    /// Delete these copies.
    Delete(Vec<CopyToDelete>),
    /// Nothing is left to do: no expiry is in flight on it.
    Done,
}

/// The transaction that begins an expiry. That the partition is expired is the caller's to know.
///
/// # Errors
/// What must hold does not; nothing is to be written then.
pub fn claim(seen: &FamilyView, claim: Claim) -> Result<ExpiryChange, Unclaimable> {
    let FamilyView { view, has_children } = seen;
    if let Some(journal) = &view.journal {
        return Err(Unclaimable::Busy(journal.value.kind_name()));
    }
    let record = &view.record.as_ref().ok_or(Unclaimable::NoRecord)?.value;
    match record.state {
        PartitionState::Active | PartitionState::ReadOnly => {}
        state @ (PartitionState::Migrating | PartitionState::Rebalancing) => return Err(Unclaimable::State(state)),
    }
    if *has_children {
        return Err(Unclaimable::Children);
    }
    let Claim { operation_id, run, started_at, by } = claim;
    Ok(ExpiryChange::Claim(Box::new(ExpiryJournal {
        kind: ExpiryKind::Expire,
        schema_version: JOURNAL_VERSION,
        operation_id,
        run,
        phase: ExpiryPhase::Claimed,
        copies: listed(view),
        prior_state: record.state,
        size_bytes: record.size_bytes,
        record_count: record.record_count,
        started_at,
        by,
    })))
}

/// The copies that are listed.
fn listed(view: &View) -> BTreeSet<CopyToDelete> {
    view.holders().iter().map(|node| CopyToDelete { node: node.clone(), copy_id: view.copy_of(node) }).collect()
}

/// The next step of the expiry whose journal is in the view; [`ExpiryStep::Done`] without one.
#[must_use]
pub fn next_of_expiry(seen: &FamilyView, facts: &ExpiryFacts, intent: Intent) -> ExpiryStep {
    let journal = match seen.view.journal.as_ref().map(|journal| &journal.value) {
        None | Some(Journal::Move(_) | Journal::Rewrite(_)) => return ExpiryStep::Done,
        Some(Journal::Expire(journal)) => journal,
    };
    let nothing = ExpiryFacts::default();
    // What is remembered of another operation says nothing about this one.
    let facts = if facts.operation_id == journal.operation_id { facts } else { &nothing };
    match journal.phase {
        ExpiryPhase::Claimed => claimed(seen, journal, facts, intent),
        ExpiryPhase::Deleting => deleting(&seen.view, journal, facts),
    }
}

fn claimed(seen: &FamilyView, journal: &ExpiryJournal, facts: &ExpiryFacts, intent: Intent) -> ExpiryStep {
    if let Some(reason) = given_back(seen, journal, intent) {
        // A state that somebody else has set is theirs.
        let is_own = |state: PartitionState| state == PartitionState::ReadOnly && journal.prior_state != state;
        let record = seen.view.record.as_ref();
        let state = record.filter(|record| is_own(record.value.state)).map(|_| journal.prior_state);
        return ExpiryStep::Commit(ExpiryChange::Restore { state, reason });
    }
    if !facts.settled {
        return ExpiryStep::Settle;
    }
    let journal = ExpiryJournal { phase: ExpiryPhase::Deleting, ..journal.clone() };
    ExpiryStep::Commit(ExpiryChange::Begin(Box::new(journal)))
}

/// Why nothing of it is to be deleted.
fn given_back(seen: &FamilyView, journal: &ExpiryJournal, intent: Intent) -> Option<GivenBack> {
    match intent {
        Intent::Abort => return Some(GivenBack::Asked),
        Intent::Proceed => {}
    }
    if seen.has_children {
        return Some(GivenBack::Children);
    }
    // A partition whose record somebody else has deleted is named by this journal alone: it goes on, and nothing is left.
    let record = &seen.view.record.as_ref()?.value;
    let as_claimed = record.state == PartitionState::ReadOnly && listed(&seen.view) == journal.copies;
    (!as_claimed).then_some(GivenBack::RecordChanged)
}

fn deleting(view: &View, journal: &ExpiryJournal, facts: &ExpiryFacts) -> ExpiryStep {
    let listed = listed(view);
    if !listed.is_subset(&journal.copies) {
        // Some of it is gone already, so what somebody else has listed since goes too: half a partition serves nobody.
        let copies = journal.copies.union(&listed).cloned().collect();
        return ExpiryStep::Commit(ExpiryChange::Widen(Box::new(ExpiryJournal { copies, ..journal.clone() })));
    }
    let deletion = |copy: &CopyToDelete| facts.deletions.get(copy).copied().unwrap_or_default();
    let is_open = |copy: &&CopyToDelete| deletion(copy) == Deletion::Open && view.is_up(&copy.node);
    let open: Vec<CopyToDelete> = journal.copies.iter().filter(is_open).cloned().collect();
    if !open.is_empty() {
        return ExpiryStep::Delete(open);
    }
    let is_there = |copy: &&CopyToDelete| deletion(copy) != Deletion::Gone;
    let orphans = journal.copies.iter().filter(is_there).cloned().collect();
    ExpiryStep::Commit(ExpiryChange::Finish { orphans })
}

#[cfg(test)]
#[path = "expiry/tests.rs"]
mod tests;
