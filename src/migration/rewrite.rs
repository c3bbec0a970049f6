//! A partition's segments are written anew: divided among children (a split), or merged (a compaction).
//!
//! ```text
//! (none) --claim--> Copying --switch--> Cleanup --finish--> (none)
//!                    |  ^ |
//!                    |  +-+ fix: the journal says what the new copies are made from
//!                    +--abort--> Aborting --end--> (none, as it was)
//! ```
//!
//! | step | transaction | before it | a crash leaves |
//! |---|---|---|---|
//! | claim | record Migrating; journal Copying | every listed copy up and without a mark, nothing in flight, not split | nothing, or Copying |
//! | (settle) | none | 10 s, so that every writer has seen Migrating | wait again |
//! | fix | journal: digest of all segments on all listed copies | all copies listed behind the wait | repeat |
//! | build | none | the segments listed now have that digest (else abort) | repeat: what was written is found there |
//! | **switch** | record: prior state; extension: epoch + 1, copy ids; of a split: bits, children's records and extensions; journal Cleanup | every new copy read back; record as claimed, no mark, no child (else abort) | Copying, or only forward |
//! | cleanup | none | grace for readers; every listed new copy on a node that is not Down read again; then the old copies go | repeat |
//! | finish | journal deleted, an orphan entry for each old copy that is not known to be gone | each is gone, or its node does not answer | repeat |
//! | abort | (from Copying) prior state; journal Aborting; the new copies go | asked for, or a look, a read or a write went wrong | goes on |
//!
//! Invariant: a new copy is written only while the journal is Copying and names it, and what is written depends on nothing but
//! the segments whose digest the journal holds: any number of drivers write the same bytes under the same names, and none of
//! them takes anything out of a new copy. So what one has verified stays so until the switch.
//! Invariant: an old copy goes only behind the switch, a new one only while Aborting; both by ids that are never used again.
//! Invariant: as in a move, no phase is inferred from memory or from a clock; every transaction is fenced on record,
//! extension, journal and marks as read, those that touch children also on nothing having come among them.

use std::collections::BTreeMap;

use super::Intent;
use super::expiry::FamilyView;
use super::facts::{Deletion, Listed};
use super::journal::{JOURNAL_VERSION, Journal};
use super::move_journal::Phase;
use super::rewrite_journal::{CopyAt, RewriteJournal, RewriteKind, TargetContent};
use super::view::View;
use crate::model::partition_id::SPLIT_BITS_MAX;
use crate::model::{NodeId, PartitionId, PartitionState, Timestamp};

/// What is to be done, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RewriteRequest {
    /// What.
    pub kind: RewriteKind,
    /// Of a split, by how many bits.
    pub bits: u8,
    /// Of a compaction, the size that segments are to have.
    pub target_bytes: Option<u64>,
    /// Unique to this operation.
    pub operation_id: String,
    /// The run.
    pub run: String,
    /// The id of the new copies, never used before.
    pub copy_id: String,
    /// When.
    pub started_at: Timestamp,
    /// Who, in words.
    pub by: String,
}

/// Why a partition is not claimed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Unfit {
    /// It has no record.
    #[error("it has no record")]
    NoRecord,
    /// An operation is in flight on it: which.
    #[error("an operation is in flight on it: {0}")]
    Busy(&'static str),
    /// Its state is not for us to change.
    #[error("its state is {}", .0.name())]
    State(PartitionState),
    /// Its children hold its data.
    #[error("it was split already; its children hold its data")]
    WasSplit,
    /// Children have records although it was not split.
    #[error("it was not split, and yet a partition below it has a record")]
    Children,
    /// Its id can carry no or no more bits.
    #[error("its id carries {0} bits of at most {SPLIT_BITS_MAX}, so there is no room for {1} more")]
    TooDeep(u8, u8),
    /// Nobody holds it.
    #[error("its record lists no node")]
    NoHolder,
    /// A listed copy cannot be read or written.
    #[error("node {0}, which holds it, is down or not recorded")]
    Away(NodeId),
    /// A listed copy misses something.
    #[error("the copy on {0} misses something, and is to be repaired first")]
    Marked(NodeId),
    /// The id that the new copies were to get is that of an old one.
    #[error("the id {0} of its new copies is that of an old one")]
    UsedId(String),
}

/// What a driver did itself for one operation; gone after a crash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct RewriteFacts {
    /// The operation that all this is about.
    pub operation_id: String,
    /// It waited until every writer has seen the state.
    pub settled: bool,
    /// The digest of what it listed behind that wait.
    pub sources: Option<String>,
    /// What the new copies hold, each of them read back.
    pub built: Option<Vec<TargetContent>>,
    /// Something could not be read, made or written.
    pub failed: bool,
    /// It waited for readers' caches.
    pub graced: bool,
    /// Whether the new copies, where they are listed now, are whole.
    pub listed: Listed,
    /// What became of copies that were to be deleted.
    pub deletions: BTreeMap<CopyAt, Deletion>,
}

impl RewriteFacts {
    /// What is known of this operation; nothing if these facts are about another one.
    #[must_use]
    pub fn about(self, operation_id: &str) -> Self {
        if self.operation_id == operation_id {
            return self;
        }
        Self { operation_id: operation_id.to_owned(), ..Self::default() }
    }
}

/// Why an operation is given up.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Undo {
    /// The operator said so.
    Asked,
    /// Something could not be read, made or written.
    Failed,
    /// The record names other nodes or copies, or another state, than when it was claimed.
    RecordChanged,
    /// A partition below it has a record by now.
    Children,
    /// A copy was marked to be repaired meanwhile.
    Marked(NodeId),
    /// A node that holds it is down.
    Away(NodeId),
    /// The segments are others than those of which the new copies were begun.
    SourcesChanged,
}

impl std::fmt::Display for Undo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Asked => f.write_str("it was asked for"),
            Self::Failed => f.write_str("the new copies could not be made"),
            Self::RecordChanged => f.write_str("its record was changed by somebody else"),
            Self::Children => f.write_str("a partition below it has a record by now"),
            Self::Marked(node) => write!(f, "the copy on {node} was marked to be repaired meanwhile"),
            Self::Away(node) => write!(f, "node {node}, which holds it, is down"),
            Self::SourcesChanged => f.write_str("its segments changed meanwhile"),
        }
    }
}

/// One transaction on one partition, fenced on record, extension, journal and marks as they were read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RewriteChange {
    /// The record is Migrating, and the journal stands. Also fenced on nothing having come below the partition.
    Claim(Box<RewriteJournal>),
    /// The journal says what the new copies are made from.
    Fix(Box<RewriteJournal>),
    /// The new copies are the partition's, or its children's. Also fenced on nothing having come below it.
    Switch(Box<RewriteJournal>),
    /// The journal is Aborting.
    Abort {
        /// The journal.
        journal: Box<RewriteJournal>,
        /// The state that the record gets; `None` leaves the record as somebody else made it.
        state: Option<PartitionState>,
        /// Why.
        why: Undo,
    },
    /// The journal goes.
    End {
        /// Copies that are not known to be gone: each gets an orphan entry.
        orphans: Vec<CopyAt>,
        /// Whether it was undone.
        is_undone: bool,
    },
}

impl RewriteChange {
    /// Whether it only deletes, which works while etcd is out of space.
    #[must_use]
    pub fn only_deletes(&self) -> bool {
        match self {
            Self::Claim(_) | Self::Fix(_) | Self::Switch(_) | Self::Abort { .. } => false,
            Self::End { orphans, .. } => orphans.is_empty(),
        }
    }
}

/// The next step of a split or a compaction.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RewriteStep {
    /// Wait until every writer has seen that the partition is Migrating.
    Settle,
    /// List the segments of all listed copies.
    List,
    /// Make the new copies of what was listed, and read them back.
    Build,
    /// Commit this.
    Commit(RewriteChange),
    /// Wait for readers' caches.
    Grace,
    /// See that the new copies, wherever they are listed now, are whole.
    VerifyListed,
    /// Delete these copies.
    Delete(Vec<CopyAt>),
    /// A node with a new copy does not answer, or its copy is not whole: nothing goes before that is decided.
    Stop(NodeId),
    /// Nothing is left to do: none is in flight on it.
    Done,
}

/// The transaction that begins a split or a compaction.
///
/// # Errors
/// What must hold does not; nothing is to be written then.
pub fn claim(seen: &FamilyView, id: PartitionId, request: RewriteRequest) -> Result<RewriteChange, Unfit> {
    let FamilyView { view, has_children } = seen;
    if let Some(journal) = &view.journal {
        return Err(Unfit::Busy(journal.value.kind_name()));
    }
    let record = &view.record.as_ref().ok_or(Unfit::NoRecord)?.value;
    match (record.state, request.kind) {
        (PartitionState::Active, RewriteKind::Split | RewriteKind::Compact) => {}
        (PartitionState::ReadOnly, RewriteKind::Compact) => {}
        (state, RewriteKind::Split | RewriteKind::Compact) => return Err(Unfit::State(state)),
    }
    let extension = view.extension();
    if extension.split_bits > 0 {
        return Err(Unfit::WasSplit);
    }
    if *has_children {
        return Err(Unfit::Children);
    }
    let RewriteRequest { kind, bits, target_bytes, operation_id, run, copy_id, started_at, by } = request;
    if id.suffix().len() + bits > SPLIT_BITS_MAX {
        return Err(Unfit::TooDeep(id.suffix().len(), bits));
    }
    if record.nodes.is_empty() {
        return Err(Unfit::NoHolder);
    }
    if let Some(away) = record.nodes.iter().find(|node| !view.is_up(node)) {
        return Err(Unfit::Away(away.clone()));
    }
    if let Some(marked) = record.nodes.iter().find(|node| view.marks.contains_key(*node)) {
        return Err(Unfit::Marked(marked.clone()));
    }
    let original_copies = copies(view);
    if original_copies.values().any(|old| *old == copy_id) {
        return Err(Unfit::UsedId(copy_id));
    }
    Ok(RewriteChange::Claim(Box::new(RewriteJournal {
        kind,
        schema_version: JOURNAL_VERSION,
        operation_id,
        run,
        phase: Phase::Copying,
        bits,
        target_bytes,
        copy_id,
        original_nodes: record.nodes.clone(),
        original_copies,
        sources: None,
        targets: Vec::new(),
        prior_state: record.state,
        base_epoch: extension.epoch,
        started_at,
        by,
    })))
}

/// The copies that the record lists, by node.
fn copies(view: &View) -> BTreeMap<String, String> {
    let nodes = view.record.iter().flat_map(|record| &record.value.nodes);
    nodes.map(|node| (node.as_str().to_owned(), view.copy_of(node))).collect()
}

/// The next step of the split or compaction whose journal is in the view; [`RewriteStep::Done`] without one.
#[must_use]
pub fn next_of_rewrite(seen: &FamilyView, id: PartitionId, facts: &RewriteFacts, intent: Intent) -> RewriteStep {
    let journal = match seen.view.journal.as_ref().map(|journal| &journal.value) {
        None | Some(Journal::Move(_) | Journal::Expire(_)) => return RewriteStep::Done,
        Some(Journal::Rewrite(journal)) => journal,
    };
    let nothing = RewriteFacts::default();
    // What is remembered of another operation says nothing about this one.
    let facts = if facts.operation_id == journal.operation_id { facts } else { &nothing };
    match journal.phase {
        Phase::Copying => copying(seen, journal, facts, intent),
        Phase::Cleanup => cleanup(&seen.view, id, journal, facts),
        Phase::Aborting => deleting(&seen.view, journal.new_copies(id), facts, true),
    }
}

fn copying(seen: &FamilyView, journal: &RewriteJournal, facts: &RewriteFacts, intent: Intent) -> RewriteStep {
    let put = |journal: RewriteJournal| Box::new(journal);
    if let Some(why) = undo(seen, journal, facts, intent) {
        // A state that somebody else has set is theirs.
        let record = seen.view.record.as_ref();
        let state =
            record.filter(|record| record.value.state == PartitionState::Migrating).map(|_| journal.prior_state);
        let journal = put(RewriteJournal { phase: Phase::Aborting, ..journal.clone() });
        return RewriteStep::Commit(RewriteChange::Abort { journal, state, why });
    }
    if !facts.settled {
        return RewriteStep::Settle;
    }
    let Some(sources) = &facts.sources else { return RewriteStep::List };
    if journal.sources.is_none() {
        let journal = RewriteJournal { sources: Some(sources.clone()), ..journal.clone() };
        return RewriteStep::Commit(RewriteChange::Fix(put(journal)));
    }
    let Some(built) = &facts.built else { return RewriteStep::Build };
    let journal = RewriteJournal { phase: Phase::Cleanup, targets: built.clone(), ..journal.clone() };
    RewriteStep::Commit(RewriteChange::Switch(put(journal)))
}

/// Why it is not to go on.
fn undo(seen: &FamilyView, journal: &RewriteJournal, facts: &RewriteFacts, intent: Intent) -> Option<Undo> {
    match intent {
        Intent::Abort => return Some(Undo::Asked),
        Intent::Proceed => {}
    }
    if facts.failed {
        return Some(Undo::Failed);
    }
    if seen.has_children {
        return Some(Undo::Children);
    }
    let view = &seen.view;
    let as_claimed = view.record.as_ref().is_some_and(|record| {
        record.value.state == PartitionState::Migrating && record.value.nodes == journal.original_nodes
    });
    if !as_claimed || copies(view) != journal.original_copies || view.extension().split_bits > 0 {
        return Some(Undo::RecordChanged);
    }
    let nodes = || journal.original_nodes.iter();
    if let Some(marked) = nodes().find(|node| view.marks.contains_key(*node)) {
        return Some(Undo::Marked(marked.clone()));
    }
    if let Some(away) = nodes().find(|node| !view.is_up(node)) {
        return Some(Undo::Away(away.clone()));
    }
    match (&journal.sources, &facts.sources) {
        (Some(fixed), Some(found)) if fixed != found => Some(Undo::SourcesChanged),
        (Some(_) | None, Some(_) | None) => None,
    }
}

fn cleanup(view: &View, id: PartitionId, journal: &RewriteJournal, facts: &RewriteFacts) -> RewriteStep {
    if !facts.graced {
        return RewriteStep::Grace;
    }
    match &facts.listed {
        Listed::Unseen => RewriteStep::VerifyListed,
        Listed::Lacking(node) => RewriteStep::Stop(node.clone()),
        Listed::Full => deleting(view, journal.old_copies(id), facts, false),
    }
}

fn deleting(view: &View, copies: Vec<CopyAt>, facts: &RewriteFacts, is_undone: bool) -> RewriteStep {
    let deletion = |copy: &CopyAt| facts.deletions.get(copy).copied().unwrap_or_default();
    let is_open = |copy: &&CopyAt| deletion(copy) == Deletion::Open && view.is_up(&copy.node);
    let open: Vec<CopyAt> = copies.iter().filter(is_open).cloned().collect();
    if !open.is_empty() {
        return RewriteStep::Delete(open);
    }
    let orphans = copies.into_iter().filter(|copy| deletion(copy) != Deletion::Gone).collect();
    RewriteStep::Commit(RewriteChange::End { orphans, is_undone })
}

#[cfg(test)]
#[path = "rewrite/tests.rs"]
mod tests;
