//! What a broken execution leaves: operations, slots, and what was asked of an executor that is gone.

use std::collections::{BTreeMap, BTreeSet};

use crate::migration::control::Said;
use crate::migration::{Control, Journal};
use crate::model::{NodeId, PartitionId, PartitionState, Revision};
use crate::operations::check_value::{ValueFault, check_value, slot_of};
use crate::operations::migrations::{EXPIRE_COMMAND, own_command, resume_command};
use crate::operations::rebalance::recorded::{EXECUTING, PlanHead};
use crate::ports::families::KeyName;
use crate::ports::metadata::Entry;

use super::Examination;
use super::finding::{Code, Finding};
use super::repair::Repair;

/// What is kept of executions.
#[derive(Debug, Default)]
pub(super) struct Executions {
    /// Operations in flight.
    pub(super) journals: BTreeMap<PartitionId, JournalFacts>,
    /// Slots with the partition that took each.
    slots: Vec<(String, PartitionId)>,
    /// `create_revision` of the lock, and whether it hangs on a lease.
    lock: Option<(Revision, bool)>,
    control: Option<Control>,
    /// Runs that expire, split or compact partitions.
    runs: BTreeSet<String>,
    /// Plans that are being executed, as they say.
    executing: Vec<String>,
}

/// What is kept of a journal.
#[derive(Debug)]
pub(super) struct JournalFacts {
    pub(super) has_record: bool,
    /// `None` = it cannot be read.
    known: Option<Journal>,
}

impl Executions {
    fn resume_command(&self) -> String {
        resume_command(self.journals.values().filter_map(|facts| facts.known.as_ref()?.plan_id()))
    }
}

impl Examination<'_> {
    pub(super) fn journal(&mut self, name: KeyName<'_>, entry: &Entry) {
        let Ok(id) = PartitionId::parse(name.name) else { return };
        let parsed = Journal::parse(&entry.value);
        // What is no JSON, or a newer version's, is found as any other such value.
        if let (Err(error), Ok(())) = (&parsed, check_value(name, &entry.value)) {
            let message = format!("its journal cannot be read, so nobody goes on with it: {error}");
            self.findings.add(Finding::new(Code::JournalUnreadable, id.to_string(), message));
        }
        self.executions.journals.insert(id, JournalFacts { has_record: false, known: parsed.ok() });
    }

    pub(super) fn rebalance(&mut self, name: KeyName<'_>, entry: &Entry) {
        if name.name.starts_with("slots/") {
            self.executions.slots.extend(slot_of(&entry.value).ok().map(|id| (entry.key.clone(), id)));
        }
        if let Some(run) = name.name.strip_prefix("runs/") {
            self.executions.runs.insert(run.to_owned());
        }
        if name.name == "control" {
            match Control::parse(&entry.value) {
                Ok(control) => self.executions.control = Some(control),
                Err(reason) => {
                    let reason = format!("{reason}; an executor begins nothing while it stands there");
                    self.bad_value(&entry.key, &ValueFault::Corrupt(reason));
                }
            }
        }
    }

    /// Who holds the lock now: what hung on a lease that has ended still stands in what is scanned at its revision.
    pub(super) fn read_lock(&mut self, lock: Option<&Entry>) {
        // A copy of a store does not say which keys hang on a lease.
        self.executions.lock = lock.map(|entry| (entry.create_revision, entry.lease.is_some() || self.is_copy));
    }

    pub(super) fn plan_head(&mut self, plan: &str, entry: &Entry) {
        if PlanHead::parse(&entry.value).is_ok_and(|head| head.state == EXECUTING) {
            self.executions.executing.push(plan.to_owned());
        }
    }

    /// A record is `Migrating` if and only if its journal is copying, and `ReadOnly` while it is expired.
    pub(super) fn check_state(&mut self, id: PartitionId, state: PartitionState) {
        let is_migrating = state == PartitionState::Migrating;
        let finding = match self.executions.journals.get(&id).map(|facts| facts.known.as_ref()) {
            None if is_migrating => {
                let message = "it is being moved, but no operation is in flight on it: writers hold back for nothing";
                let fix = format!("partition set {id} --state active");
                Finding::new(Code::JournalMissing, id.to_string(), message).mended_by(fix)
            }
            Some(Some(journal)) if !journal.admits(state) => {
                let phase = journal.phase_name();
                let message = format!("its state is {}, but the operation on it is in {phase}", state.name());
                Finding::new(Code::StateNotOfJournal, id.to_string(), message)
                    .mended_by(format!("migration abort {id}"))
            }
            None | Some(None | Some(_)) => return,
        };
        self.findings.add(finding);
    }

    pub(super) fn orphan(&mut self, name: &str, node: Option<NodeId>) {
        let (message, fix) = match node.and_then(|node| self.nodes.get(&node)) {
            Some(facts) if facts.is_up => ("a copy that the next execution deletes", Some("migration abort --all")),
            Some(_) => ("a copy that is deleted when its node is back", None),
            None => ("a copy that nobody deletes, as its node is not recorded", None),
        };
        let finding = Finding::new(Code::CopyToDelete, name, message);
        self.findings.add(match fix {
            Some(fix) => finding.mended_by(fix),
            None => finding,
        });
    }

    pub(super) fn join_operations(&mut self) {
        let executions = std::mem::take(&mut self.executions);
        self.join_journals(&executions);
        self.join_slots(&executions);
        self.join_lock(&executions);
        self.join_control(&executions);
        self.executions = executions;
    }

    fn join_journals(&mut self, executions: &Executions) {
        for (id, facts) in executions.journals.iter().filter(|(_, facts)| !facts.has_record) {
            let message = "an operation is in flight on it, but it has no record";
            let fix = match facts.known.as_ref().and_then(Journal::as_expiry) {
                Some(_) => EXPIRE_COMMAND.to_owned(),
                None => format!("migration abort {id}"),
            };
            self.findings.add(Finding::new(Code::OrphanedJournal, id.to_string(), message).mended_by(fix));
        }
        if executions.lock.is_some() {
            return;
        }
        let expiry_of = |facts: &JournalFacts| facts.known.as_ref().and_then(Journal::as_expiry).map(|j| j.run.clone());
        let runs: Vec<String> = executions.journals.values().filter_map(expiry_of).collect();
        let forsaken = runs.iter().filter(|run| !executions.runs.contains(*run)).count();
        if forsaken > 0 {
            let message = format!("{forsaken} partition(s) are being expired, and nobody is at work on them");
            let finding = Finding::new(Code::NobodyExecutes, "migrations", message);
            self.findings.add(finding.mended_by(EXPIRE_COMMAND));
        }
        let mut own = 0;
        for (id, journal) in executions.journals.iter().filter_map(|(id, facts)| Some((id, facts.known.as_ref()?))) {
            let Some(rewrite) = journal.as_rewrite() else { continue };
            own += 1;
            if executions.runs.contains(&rewrite.run) {
                continue;
            }
            let message = format!(
                "its {} is in flight ({}), and nobody is at work on it",
                rewrite.kind.noun(),
                journal.phase_name()
            );
            let finding = Finding::new(Code::NobodyExecutes, id.to_string(), message);
            self.findings.add(match own_command(*id, journal) {
                Some(command) => finding.mended_by(command),
                None => finding,
            });
        }
        let count = executions.journals.len() - runs.len() - own;
        if count > 0 {
            let message = format!("{count} operation(s) are in flight, and nobody executes them");
            let finding = Finding::new(Code::NobodyExecutes, "migrations", message);
            self.findings.add(finding.mended_by(executions.resume_command()));
        }
        for plan in &executions.executing {
            let message = "its execution has ended before its end";
            let fix = format!("execute-rebalance {plan}");
            self.findings.add(Finding::new(Code::PlanUnfinished, plan.clone(), message).mended_by(fix));
        }
    }

    fn join_slots(&mut self, executions: &Executions) {
        for (key, id) in &executions.slots {
            match executions.journals.get(id) {
                None => {
                    let message = format!("it is taken by {id}, on which no operation is in flight");
                    self.findings.add(Finding::new(Code::OrphanedSlot, key.clone(), message).fixable(true));
                    self.repair(Repair::Slot(key.clone(), *id));
                }
                Some(JournalFacts { known: Some(known), .. }) => {
                    let is_named = self.keys.slot_of(key).is_some_and(|slot| known.slots().contains(&slot));
                    if !is_named {
                        let message =
                            format!("it is taken by {id}, whose operation does not name it and so never frees it");
                        let finding = Finding::new(Code::UnnamedSlot, key.clone(), message);
                        // Once that one is at rest, the slot is an orphaned one.
                        self.findings.add(finding.mended_by(executions.resume_command()));
                    }
                }
                Some(JournalFacts { known: None, .. }) => {}
            }
        }
    }

    fn join_lock(&mut self, executions: &Executions) {
        if let Some((_, false)) = executions.lock {
            // Nobody works without a journal; with one, the lock's holder may.
            let fixable = executions.journals.is_empty();
            let message = "the lock hangs on no lease, so it never ends by itself";
            let key = self.keys.rebalance_lock();
            self.findings.add(Finding::new(Code::LockWithoutLease, key, message).fixable(fixable));
            if fixable {
                self.repair(Repair::Lock);
            }
        }
    }

    fn join_control(&mut self, executions: &Executions) {
        let Some(control) = &executions.control else { return };
        let key = self.keys.rebalance_control();
        if let (Some(Said { by, at }), None) = (&control.paused, executions.lock) {
            let message = format!("paused by {by} at {at}; nobody executes now, and whoever will begins nothing");
            self.findings.add(Finding::new(Code::ControlPaused, key.clone(), message).mended_by("migration resume"));
        }
        if let Some(Said { by, at }) = &control.auto_paused {
            let message = format!("automatic rebalancing is paused by {by} at {at}: nothing is repaired by itself");
            let finding = Finding::new(Code::ControlPaused, key.clone(), message);
            self.findings.add(finding.mended_by("auto-rebalance resume"));
        }
        let holder = executions.lock.map(|(revision, _)| revision);
        let stale_execution = control.abort_execution.is_some_and(|execution| holder != Some(Revision(execution)));
        let known: Vec<_> = executions.journals.values().map(|facts| facts.known.as_ref()).collect();
        let stale: BTreeSet<String> = if known.iter().any(Option::is_none) {
            // It may be one that cannot be read.
            BTreeSet::new()
        } else {
            let is_there = |id: &String| known.iter().flatten().any(|known| known.operation_id() == id.as_str());
            control.abort_operations.iter().filter(|id| !is_there(id)).cloned().collect()
        };
        if stale_execution || !stale.is_empty() {
            let message = "it asks an execution or operations to end that have ended";
            self.findings.add(Finding::new(Code::ControlStale, key, message).fixable(true));
            self.repair(Repair::Control(stale));
        }
    }
}
