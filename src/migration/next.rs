//! The one place that decides what comes next.

use crate::model::{NodeId, PartitionRecord, PartitionState};

use super::Intent;
use super::facts::{Deletion, Facts, Listed, Verified};
use super::move_journal::{MoveJournal, OperationKind, Phase};
use super::step::{Abandoned, Change, JournalChange, RecordChange, Step, Stop};
use super::view::View;

/// The next step of the operation whose journal is in `view`; [`Step::Done`] without one.
#[must_use]
pub fn next(view: &View, facts: &Facts, intent: Intent) -> Step {
    if let Some((node, copy_id)) = facts.wrote.as_ref().filter(|(node, copy)| is_stray(view, node, copy)) {
        return Step::DeleteCopy { node: node.clone(), copy_id: copy_id.clone() };
    }
    // Another kind of operation has taken the place of this one, which is over then.
    let Some(journal) = view.moving() else { return Step::Done };
    let nothing = Facts::default();
    // What is remembered of another operation says nothing about this one.
    let facts = if facts.operation_id == journal.operation_id { facts } else { &nothing };
    match journal.phase {
        Phase::Copying => copying(view, journal, facts, intent),
        Phase::Cleanup => cleanup(view, journal, facts),
        Phase::Aborting => aborting(view, journal, facts),
    }
}

/// Whether neither the record's copies nor the operation in flight name a copy. As ids are never used twice, no later
/// operation can list it.
fn is_stray(view: &View, node: &NodeId, copy: &str) -> bool {
    let names =
        |journal: &MoveJournal| [&journal.copy_id, &journal.old_copy_id].into_iter().flatten().any(|id| id == copy);
    !view.moving().is_some_and(names) && view.copy_of(node) != copy
}

fn copying(view: &View, journal: &MoveJournal, facts: &Facts, intent: Intent) -> Step {
    if let Some(reason) = abandoned(view, journal, facts, intent) {
        return abort(view, journal, reason);
    }
    if !facts.settled {
        return Step::Settle;
    }
    match (facts.verified, &journal.to, &journal.copy_from, &journal.copy_id) {
        (Some(verified), ..) => cutover(view, journal, verified),
        (None, Some(to), Some(from), Some(copy)) => {
            Step::Copy { source: (from.clone(), view.copy_of(from)), target: (to.clone(), copy.clone()) }
        }
        // A journal that parses makes a copy while it is copying.
        (None, ..) => Step::Stop(Stop::RecordChanged),
    }
}

/// Why the operation cannot be brought to its cutover, or is not to be.
fn abandoned(view: &View, journal: &MoveJournal, facts: &Facts, intent: Intent) -> Option<Abandoned> {
    let Some(record) = view.record.as_ref().map(|record| &record.value) else { return Some(Abandoned::RecordChanged) };
    if record.state != PartitionState::Migrating || record.nodes != journal.original_nodes {
        return Some(Abandoned::RecordChanged);
    }
    let up = |node: &Option<NodeId>| node.as_ref().is_some_and(|node| view.is_up(node));
    if facts.copy_failed || !up(&journal.to) {
        return Some(Abandoned::TargetLost);
    }
    let marked = |node: &NodeId| view.marks.contains_key(node);
    if facts.verified.is_none() && (!up(&journal.copy_from) || journal.copy_from.as_ref().is_some_and(marked)) {
        return Some(Abandoned::SourceLost);
    }
    // With an original down the new copy may be what is needed most: the way back is closed, the way forward restores it.
    let original_down = journal.original_nodes.iter().any(|node| !view.is_up(node));
    if intent == Intent::Abort && !original_down {
        return Some(Abandoned::Asked);
    }
    let staying = journal.target_nodes.iter().filter(|node| Some(*node) != journal.to.as_ref());
    match journal.kind {
        OperationKind::Move if staying.into_iter().any(marked) && !original_down => Some(Abandoned::Marked),
        OperationKind::Move | OperationKind::Repair | OperationKind::Remove => None,
    }
}

/// Back to where it was, unless the new copy could be the last good one.
fn abort(view: &View, journal: &MoveJournal, reason: Abandoned) -> Step {
    let good = |node: &NodeId| view.is_up(node) && !view.marks.contains_key(node);
    if !journal.original_nodes.iter().any(good) {
        return Step::Stop(Stop::NoGoodCopy);
    }
    let migrating = view.record.as_ref().is_some_and(|record| record.value.state == PartitionState::Migrating);
    let restored = RecordChange { nodes: None, leader: None, state: journal.prior_state };
    Step::Commit(Box::new(Change {
        record: migrating.then_some(restored),
        free_slots: journal.slots.clone(),
        abandoned: Some(reason),
        ..Change::of(JournalChange::Put(Box::new(MoveJournal {
            phase: Phase::Aborting,
            slots: Vec::new(),
            ..journal.clone()
        })))
    }))
}

fn cutover(view: &View, journal: &MoveJournal, verified: Verified) -> Step {
    let Some(record) = view.record.as_ref().map(|record| &record.value) else {
        return Step::Stop(Stop::RecordGone);
    };
    let leaves = |node: &NodeId| !journal.target_nodes.contains(node);
    let made_good = |node: &NodeId| Some(node) == journal.to.as_ref() || leaves(node);
    let clear_marks: std::collections::BTreeMap<_, _> = view
        .marks
        .iter()
        .filter(|(node, _)| made_good(node))
        .map(|(node, revision)| (node.clone(), *revision))
        .collect();
    let can_lead =
        |node: &&NodeId| view.is_up(node) && (!view.marks.contains_key(node) || clear_marks.contains_key(*node));
    let leader = leader_after(record, journal, can_lead);
    let extension = view.extension();
    let mut copies = extension.copies;
    copies.retain(|node, _| NodeId::parse(node).map_or(true, |node| !leaves(&node)));
    if let (Some(to), Some(copy)) = (&journal.to, &journal.copy_id) {
        copies.insert(to.as_str().to_owned(), copy.clone());
    }
    let state = journal.prior_state;
    Step::Commit(Box::new(Change {
        record: Some(RecordChange { nodes: Some(journal.target_nodes.clone()), leader: Some(leader), state }),
        extension: Some((extension.epoch.saturating_add(1), copies)),
        free_slots: journal.slots.clone(),
        clear_marks,
        ..Change::of(JournalChange::Put(Box::new(MoveJournal {
            phase: Phase::Cleanup,
            slots: Vec::new(),
            crc32c: Some(verified.crc32c),
            record_count: verified.record_count,
            ..journal.clone()
        })))
    }))
}

/// The present leader if it stays and lives, else the first live node of the new list, else the first.
pub(super) fn leader_after(
    record: &PartitionRecord,
    journal: &MoveJournal,
    can_lead: impl Fn(&&NodeId) -> bool,
) -> Option<NodeId> {
    let target = &journal.target_nodes;
    let present = record.leader.as_ref().filter(|leader| target.contains(leader) && can_lead(leader));
    present.or_else(|| target.iter().find(&can_lead)).or_else(|| target.first()).cloned()
}

fn cleanup(view: &View, journal: &MoveJournal, facts: &Facts) -> Step {
    let Some((node, copy)) = journal.old_copy() else { return finish(None) };
    // A copy that the metadata names again is no old copy.
    if view.extension().copies.get(node.as_str()).is_some_and(|listed| listed == copy) {
        return Step::Stop(Stop::RecordChanged);
    }
    let Some(record) = view.record.as_ref().map(|record| &record.value) else {
        return Step::Stop(Stop::RecordGone);
    };
    if record.nodes != journal.target_nodes {
        return Step::Stop(Stop::RecordChanged);
    }
    if facts.deletion == Deletion::Gone {
        return finish(None);
    }
    if !facts.graced {
        return Step::Grace;
    }
    let lacking = |lacking: &NodeId| Step::Stop(Stop::ListedLacking { lacking: lacking.clone(), kept: node.clone() });
    let looked_at = || record.nodes.iter().filter(|node| judged(view, journal, node));
    if let Some(down) = looked_at().find(|node| !view.is_up(node)) {
        // Its loss is recorded, so a repair makes its copy anew; it needs the journal's place, and the old copy stays until
        // all that are listed are whole. Without another good copy somebody must decide.
        let is_good = |node: &NodeId| view.is_up(node) && !view.marks.contains_key(node);
        let is_alone = !record.nodes.iter().any(is_good);
        return if is_alone { lacking(down) } else { finish(Some((node.clone(), copy.to_owned()))) };
    }
    match (&facts.listed, facts.deletion) {
        (Listed::Lacking(node), _) => lacking(node),
        (Listed::Unseen, _) => Step::VerifyListed(looked_at().map(|node| (node.clone(), view.copy_of(node))).collect()),
        (Listed::Full, Deletion::Open) if view.is_up(node) => {
            Step::DeleteCopy { node: node.clone(), copy_id: copy.to_owned() }
        }
        (Listed::Full, Deletion::Open | Deletion::Unreachable) => finish(Some((node.clone(), copy.to_owned()))),
        (Listed::Full, Deletion::Gone) => finish(None),
    }
}

/// Whether a listed node must be whole before the old copy goes. A repair goes on beside other copies that miss something:
/// what it deletes is itself unsound.
fn judged(view: &View, journal: &MoveJournal, node: &NodeId) -> bool {
    match journal.kind {
        OperationKind::Move | OperationKind::Remove => true,
        OperationKind::Repair => {
            Some(node) == journal.to.as_ref() || (view.is_up(node) && !view.marks.contains_key(node))
        }
    }
}

fn finish(orphan: Option<(NodeId, String)>) -> Step {
    Step::Commit(Box::new(Change { orphan, ..Change::of(JournalChange::Delete) }))
}

fn aborting(view: &View, journal: &MoveJournal, facts: &Facts) -> Step {
    let (Some(to), Some(copy)) = (&journal.to, &journal.copy_id) else { return finish(None) };
    match facts.deletion {
        Deletion::Gone => finish(None),
        Deletion::Open if view.is_up(to) => Step::DeleteCopy { node: to.clone(), copy_id: copy.clone() },
        Deletion::Open | Deletion::Unreachable => finish(Some((to.clone(), copy.clone()))),
    }
}
