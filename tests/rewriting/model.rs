//! The very functions that the driver runs, against every interleaving of two drivers, one of which may undo, a writer, crashes,
//! late transactions, a node that dies and somebody who edits the record; for a split, whose new copies are the children's, and
//! for a compaction, whose new copies are the partition's own.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use otlp_part::migration::expiry::FamilyView;
use otlp_part::migration::facts::{Deletion, Listed};
use otlp_part::migration::journal::FIRST_COPY;
use otlp_part::migration::rewrite::{RewriteChange, RewriteFacts, RewriteRequest, RewriteStep, claim, next_of_rewrite};
use otlp_part::migration::rewrite_journal::{CopyAt, RewriteJournal, RewriteKind, TargetContent};
use otlp_part::migration::{Intent, Journal, Phase, Versioned, View};
use otlp_part::model::{
    NodeId, NodeState, PartitionExtension, PartitionId, PartitionRecord, PartitionState, Revision, Timestamp,
};
use stateright::{Checker, HasDiscoveries, Model, Property};

use crate::amount::is_full;

/// More steps than any operation has.
const STEPS_MAX: usize = 60;

/// What came too late counts so much, so that a number says what was listed.
const LATE: u8 = 16;

/// What is done wrong on purpose: the model must find each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mistake {
    /// Transactions compare nothing.
    NoFence,
    /// Nobody waits for writers.
    NoSettle,
    /// The old copies go before the new ones are in place.
    DeleteFirst,
    /// The new copies take their place before they are made.
    SwitchFirst,
    /// What the new copies are made from is not written down: each driver goes by what it lists.
    NotFixed,
}

/// A node: whether it answers, whether its old copy is there, and what its new one holds.
type Disk = (bool, bool, Option<u8>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct World {
    kind: RewriteKind,
    revision: u64,
    record: Versioned<PartitionRecord>,
    extension: Option<Versioned<PartitionExtension>>,
    journal: Option<Versioned<RewriteJournal>>,
    orphans: BTreeSet<CopyAt>,
    disks: BTreeMap<NodeId, Disk>,
    down: BTreeSet<NodeId>,
    drivers: Vec<Driver>,
    late: Option<(Fence, RewriteChange)>,
    /// A writer goes by a view of an Active record of the partition, whose old copies are listed.
    writes: bool,
    /// It was too slow to acknowledge anything by that view, and still writes.
    straggles: bool,
    /// What was written, what of that was acknowledged, and what came too late for that.
    written: u8,
    acknowledged: u8,
    late_written: u8,
    claims: u8,
    left: Budget,
    broken: Option<&'static str>,
}

/// What may still go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Budget {
    crashes: u8,
    delays: u8,
    deaths: u8,
    edits: u8,
    writes: u8,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Driver {
    facts: RewriteFacts,
    work: Option<Work>,
    /// How much it listed.
    listed: u8,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Work {
    Commit(Fence, RewriteChange),
    Settle,
    List,
    Build,
    Grace,
    Verify,
    Delete(Vec<CopyAt>),
}

/// The revisions that were read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Fence {
    record: u64,
    extension: u64,
    journal: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Action {
    Read(usize),
    Perform(usize),
    /// The transaction arrives later or never.
    Delay(usize),
    Deliver,
    Drop,
    Crash(usize),
    Die(NodeId),
    MarkDown(NodeId),
    /// Somebody sets the state by hand, who minds no journal.
    Edit,
    /// The writer learns of an Active record.
    Look,
    Write,
    Acknowledge,
    /// Its view grows too old.
    Straggle,
    WriteLate,
}

struct Protocol {
    kind: RewriteKind,
    budget: Budget,
    /// What the second driver wants; the first one goes on.
    second: Intent,
    mistake: Option<Mistake>,
    /// Whether a fresh driver comes to rest: many states differ in nothing that one would find.
    rests: Mutex<HashMap<World, bool>>,
}

fn nodes() -> [NodeId; 2] {
    ["a", "b"].map(|name| NodeId::parse(name).unwrap())
}

fn id() -> PartitionId {
    PartitionId::parse("partition_489542_0051").unwrap()
}

/// Whether it is one of those that were there at the beginning.
fn is_old(copy: &CopyAt) -> bool {
    copy.copy_id == FIRST_COPY
}

impl World {
    /// Whether the new copies are in place: nothing else writes an extension here.
    fn is_switched(&self) -> bool {
        self.extension.is_some()
    }

    fn seen(&self) -> FamilyView {
        let state = |id: &NodeId| if self.down.contains(id) { NodeState::Down } else { NodeState::Active };
        let journal = self.journal.clone();
        let view = View {
            read_at: Revision(self.revision),
            lock: Revision::NONE,
            record: Some(self.record.clone()),
            extension: self.extension.clone(),
            journal: journal.map(|j| Versioned { value: Journal::Rewrite(Box::new(j.value)), revision: j.revision }),
            marks: BTreeMap::new(),
            slots: BTreeSet::new(),
            nodes: nodes().into_iter().map(|id| (id.clone(), state(&id))).collect(),
        };
        FamilyView { view, has_children: self.is_switched() && self.kind == RewriteKind::Split }
    }

    fn fence(&self) -> Fence {
        Fence {
            record: self.record.revision.0,
            extension: self.extension.as_ref().map_or(0, |e| e.revision.0),
            journal: self.journal.as_ref().map_or(0, |j| j.revision.0),
        }
    }

    fn put(&mut self, journal: &RewriteJournal) {
        self.journal = Some(Versioned { value: journal.clone(), revision: Revision(self.revision) });
    }

    fn set_state(&mut self, state: PartitionState) {
        self.record.value.state = state;
        self.record.revision = Revision(self.revision);
    }

    fn commit(&mut self, fence: &Fence, change: &RewriteChange, fenced: bool) {
        if fenced && *fence != self.fence() {
            return;
        }
        self.revision += 1;
        match change {
            RewriteChange::Claim(journal) => {
                self.put(journal);
                self.set_state(PartitionState::Migrating);
            }
            RewriteChange::Fix(journal) => self.put(journal),
            RewriteChange::Switch(journal) => {
                self.put(journal);
                self.set_state(journal.prior_state);
                let copies = nodes().map(|node| (node.as_str().to_owned(), journal.copy_id.clone())).into();
                let value = PartitionExtension { epoch: 1, split_bits: journal.bits, copies, pinned: false };
                self.extension = Some(Versioned { value, revision: Revision(self.revision) });
            }
            RewriteChange::Abort { journal, state, .. } => {
                self.put(journal);
                if let Some(state) = state {
                    self.set_state(*state);
                }
            }
            RewriteChange::End { orphans, .. } => {
                self.journal = None;
                self.orphans.extend(orphans.iter().cloned());
            }
        }
    }

    fn delete(&mut self, copy: &CopyAt) -> Deletion {
        let is_old = is_old(copy);
        let phase = self.journal.as_ref().map(|journal| journal.value.phase);
        let is_switched = self.is_switched();
        // Of the new copies of several operations the model keeps one: the listed one, or that of the operation in flight.
        let is_kept = match (&self.extension, &self.journal) {
            (Some(extension), _) if is_switched => {
                extension.value.copies.get(copy.node.as_str()) == Some(&copy.copy_id)
            }
            (_, Some(journal)) => journal.value.copy_id == copy.copy_id,
            (_, None) => true,
        };
        match self.disks.get_mut(&copy.node) {
            Some((true, old, _)) if is_old => {
                if *old && (!is_switched || phase == Some(Phase::Copying)) {
                    self.broken = Some("an old copy goes that is listed");
                }
                *old = false;
                Deletion::Gone
            }
            Some((true, _, new)) => {
                if is_switched && new.is_some() && is_kept {
                    self.broken = Some("a new copy goes that is listed");
                }
                if is_kept {
                    *new = None;
                }
                Deletion::Gone
            }
            Some((false, ..)) | None => Deletion::Unreachable,
        }
    }

    fn is_at_rest(&self) -> bool {
        self.journal.is_none() && self.late.is_none() && self.drivers.iter().all(|driver| driver.work.is_none())
    }

    /// What is listed is whole: the old copies with all that was acknowledged, or the new ones.
    fn is_whole(&self) -> bool {
        self.disks.values().all(|(alive, old, new)| {
            !alive || if self.is_switched() { new.is_some_and(|held| held % LATE >= self.acknowledged) } else { *old }
        })
    }

    /// Nothing is left over but what is noted.
    fn is_tidy(&self) -> bool {
        let noted =
            |node: &NodeId, old: bool| self.orphans.iter().any(|copy| copy.node == *node && is_old(copy) == old);
        self.disks.iter().all(|(node, (_, old, new))| {
            if self.is_switched() { !old || noted(node, true) } else { new.is_none() || noted(node, false) }
        }) && (self.record.value.state == PartitionState::Active)
    }

    /// Renumbers the revisions without changing their order, so that equal situations are equal states.
    fn canonical(&mut self) {
        let mut all = BTreeSet::new();
        self.revisions(&mut |revision| {
            all.insert(*revision);
        });
        all.remove(&0);
        let number: BTreeMap<u64, u64> = all.into_iter().zip(1..).collect();
        self.revisions(&mut |revision| *revision = number.get(revision).copied().unwrap_or(0));
    }

    fn revisions(&mut self, visit: &mut dyn FnMut(&mut u64)) {
        visit(&mut self.revision);
        visit(&mut self.record.revision.0);
        self.extension.iter_mut().for_each(|e| visit(&mut e.revision.0));
        self.journal.iter_mut().for_each(|j| visit(&mut j.revision.0));
        let works = self.drivers.iter_mut().filter_map(|driver| match &mut driver.work {
            Some(Work::Commit(fence, _)) => Some(fence),
            Some(Work::Settle | Work::List | Work::Build | Work::Grace | Work::Verify | Work::Delete(_)) | None => None,
        });
        for Fence { record, extension, journal } in works.chain(self.late.as_mut().map(|(fence, _)| fence)) {
            visit(record);
            visit(extension);
            visit(journal);
        }
    }
}

impl Protocol {
    fn made(&self, mistake: Mistake) -> bool {
        self.mistake == Some(mistake)
    }

    /// What a driver does next by what it reads now.
    fn decide(&self, world: &World, at: usize, facts: &RewriteFacts) -> Option<Work> {
        let (seen, fence) = (world.seen(), world.fence());
        let intent = if at == 0 { Intent::Proceed } else { self.second };
        if let Some(journal) = world.journal.as_ref().filter(|j| j.value.phase == Phase::Copying) {
            let old = journal.value.old_copies(id());
            if self.made(Mistake::DeleteFirst) && facts.built.is_some() && !facts.deletions.contains_key(&old[0]) {
                return Some(Work::Delete(old));
            }
            if self.made(Mistake::SwitchFirst) && facts.settled && at == 0 {
                let journal = RewriteJournal { phase: Phase::Cleanup, ..journal.value.clone() };
                return Some(Work::Commit(fence, RewriteChange::Switch(Box::new(journal))));
            }
            if self.made(Mistake::NotFixed) && facts.sources.is_some() && intent == Intent::Proceed {
                if facts.built.is_none() {
                    return Some(Work::Build);
                }
                let journal = RewriteJournal { phase: Phase::Cleanup, ..journal.value.clone() };
                return Some(Work::Commit(fence, RewriteChange::Switch(Box::new(journal))));
            }
        }
        match next_of_rewrite(&seen, id(), facts, intent) {
            // The first one claims, twice at most, what is not in flight.
            RewriteStep::Done if at == 0 && world.claims < 2 && !world.is_switched() => {
                let (bits, target_bytes) = match self.kind {
                    RewriteKind::Split => (1, None),
                    RewriteKind::Compact => (0, Some(64 << 20)),
                };
                let request = RewriteRequest {
                    kind: self.kind,
                    bits,
                    target_bytes,
                    operation_id: format!("w-{}", world.claims),
                    run: "run-1".to_owned(),
                    copy_id: format!("c-{}", world.claims),
                    started_at: Timestamp::EPOCH,
                    by: "ann".to_owned(),
                };
                claim(&seen, id(), request).ok().map(|change| Work::Commit(fence, change))
            }
            RewriteStep::Done | RewriteStep::Stop(_) => None,
            RewriteStep::Settle => Some(Work::Settle),
            RewriteStep::List => Some(Work::List),
            RewriteStep::Build => Some(Work::Build),
            RewriteStep::Grace => Some(Work::Grace),
            RewriteStep::VerifyListed => Some(Work::Verify),
            RewriteStep::Commit(change) => Some(Work::Commit(fence, change)),
            RewriteStep::Delete(copies) => Some(Work::Delete(copies)),
        }
    }

    fn read(&self, world: &mut World, at: usize) {
        let Driver { facts, listed, .. } = std::mem::take(&mut world.drivers[at]);
        let facts = match &world.journal {
            Some(journal) => facts.about(&journal.value.operation_id),
            None => RewriteFacts::default(),
        };
        world.drivers[at] = Driver { work: self.decide(world, at, &facts), facts, listed };
    }

    /// Whether what was decided can be done now: a wait is over when no writer goes by an old view.
    fn can_perform(&self, world: &World, at: usize) -> bool {
        match &world.drivers[at].work {
            Some(Work::Settle) => !world.writes || self.made(Mistake::NoSettle),
            Some(Work::Commit(..) | Work::List | Work::Build | Work::Grace | Work::Verify | Work::Delete(_)) => true,
            None => false,
        }
    }

    fn perform(&self, world: &mut World, at: usize) {
        let alive = world.disks.values().all(|(alive, ..)| *alive);
        match world.drivers[at].work.take() {
            None => {}
            Some(Work::Settle) => world.drivers[at].facts.settled = true,
            Some(Work::Grace) => world.drivers[at].facts.graced = true,
            Some(Work::List) if alive => {
                let listed = world.written + world.late_written * LATE;
                world.drivers[at].listed = listed;
                world.drivers[at].facts.sources = Some(listed.to_string());
            }
            Some(Work::List) => world.drivers[at].facts.failed = true,
            Some(Work::Build) => self.build(world, at),
            Some(Work::Verify) => {
                let lacking = world.disks.iter().find(|(node, (alive, ..))| !alive && !world.down.contains(*node));
                world.drivers[at].facts.listed =
                    lacking.map_or(Listed::Full, |(node, _)| Listed::Lacking(node.clone()));
            }
            Some(Work::Commit(fence, change)) => self.send(world, &fence, &change),
            Some(Work::Delete(copies)) => {
                for copy in copies {
                    let deletion = world.delete(&copy);
                    world.drivers[at].facts.deletions.insert(copy, deletion);
                }
            }
        }
    }

    /// Puts what was listed into every new copy that this driver thinks it makes; what is there stays.
    fn build(&self, world: &mut World, at: usize) {
        let listed = world.drivers[at].listed;
        let is_its = world.journal.as_ref().is_some_and(|journal| {
            journal.value.operation_id == world.drivers[at].facts.operation_id && journal.value.phase != Phase::Aborting
        });
        // What is written for an operation that is over lies in directories that nobody names: not a part of this model.
        if !is_its {
            return;
        }
        let mut failed = false;
        for (alive, _, new) in world.disks.values_mut() {
            failed |= !*alive || new.is_some_and(|held| held != listed && !self.made(Mistake::NotFixed));
            if *alive {
                match new {
                    // Two that make other things of the same names double what is in both.
                    Some(held) if *held != listed => world.broken = Some("new copies are made of two listings"),
                    Some(_) => {}
                    None => *new = Some(listed),
                }
            }
        }
        let facts = &mut world.drivers[at].facts;
        if failed {
            facts.failed = true;
        } else {
            facts.built =
                Some(vec![TargetContent { partition: id(), size_bytes: 1, record_count: Some(1), segments: 1 }]);
        }
    }

    fn send(&self, world: &mut World, fence: &Fence, change: &RewriteChange) {
        let before = world.journal.as_ref().map(|journal| journal.value.phase);
        world.commit(fence, change, !self.made(Mistake::NoFence));
        let after = world.journal.as_ref().map(|journal| journal.value.phase);
        match (before, after) {
            (Some(from), Some(to)) if !from.can_become(to) => world.broken = Some("a phase moves back"),
            (None, Some(_)) => world.claims += 1,
            (Some(_), Some(_)) | (_, None) => {}
        }
    }

    /// Everybody stops, nothing is on its way; then one driver that knows nothing works alone.
    fn comes_to_rest(&self, world: &World) -> bool {
        let mut world = World { late: None, writes: false, drivers: vec![Driver::default()], ..world.clone() };
        world.claims = 2;
        world.canonical();
        let known = |rests: &Mutex<HashMap<World, bool>>| {
            rests.lock().unwrap_or_else(PoisonError::into_inner).get(&world).copied()
        };
        if let Some(rests) = known(&self.rests) {
            return rests;
        }
        let rests = self.rests_from(world.clone());
        self.rests.lock().unwrap_or_else(PoisonError::into_inner).insert(world, rests);
        rests
    }

    fn rests_from(&self, mut world: World) -> bool {
        for _ in 0..STEPS_MAX {
            self.read(&mut world, 0);
            if world.drivers[0].work.is_none() {
                let waits = world.disks.iter().any(|(node, (alive, ..))| !alive && !world.down.contains(node));
                return world.is_at_rest() && world.is_tidy() || waits && world.is_switched();
            }
            self.perform(&mut world, 0);
        }
        false
    }
}

impl Model for Protocol {
    type State = World;
    type Action = Action;

    fn init_states(&self) -> Vec<World> {
        let record = PartitionRecord {
            id: id(),
            nodes: nodes().to_vec(),
            leader: nodes().first().cloned(),
            state: PartitionState::Active,
            size_bytes: 1,
            record_count: 1,
            created_at: Timestamp::EPOCH,
            updated_at: Timestamp::EPOCH,
        };
        vec![World {
            kind: self.kind,
            revision: 1,
            record: Versioned { value: record, revision: Revision(1) },
            extension: None,
            journal: None,
            orphans: BTreeSet::new(),
            disks: nodes().into_iter().map(|node| (node, (true, true, None))).collect(),
            down: BTreeSet::new(),
            drivers: vec![Driver::default(), Driver::default()],
            late: None,
            writes: false,
            straggles: false,
            written: 0,
            acknowledged: 0,
            late_written: 0,
            claims: 0,
            left: self.budget,
            broken: None,
        }]
    }

    fn actions(&self, world: &World, actions: &mut Vec<Action>) {
        for at in 0..world.drivers.len() {
            actions.push(Action::Read(at));
            if self.can_perform(world, at) {
                actions.push(Action::Perform(at));
            }
            let commits = matches!(world.drivers[at].work, Some(Work::Commit(..)));
            if commits && world.left.delays > 0 && world.late.is_none() {
                actions.push(Action::Delay(at));
            }
            if world.left.crashes > 0 {
                actions.push(Action::Crash(at));
            }
        }
        if world.late.is_some() {
            actions.extend([Action::Deliver, Action::Drop]);
        }
        for (node, (alive, ..)) in &world.disks {
            if *alive && world.left.deaths > 0 {
                actions.push(Action::Die(node.clone()));
            }
            if !alive && !world.down.contains(node) {
                actions.push(Action::MarkDown(node.clone()));
            }
        }
        if world.left.edits > 0 && world.record.value.state == PartitionState::Migrating {
            actions.push(Action::Edit);
        }
        let is_active = world.record.value.state == PartitionState::Active && !world.is_switched();
        if world.left.writes > 0 && is_active && !world.writes {
            actions.push(Action::Look);
        }
        if world.writes {
            actions.push(if world.written > world.acknowledged { Action::Acknowledge } else { Action::Write });
            actions.extend((world.written == world.acknowledged).then_some(Action::Straggle));
        }
        if world.straggles {
            actions.push(Action::WriteLate);
        }
    }

    fn next_state(&self, before: &World, action: Action) -> Option<World> {
        let mut world = before.clone();
        match action {
            Action::Read(at) => self.read(&mut world, at),
            Action::Perform(at) => self.perform(&mut world, at),
            Action::Delay(at) => {
                world.left.delays -= 1;
                if let Some(Work::Commit(fence, change)) = world.drivers[at].work.take() {
                    world.late = Some((fence, change));
                }
            }
            Action::Deliver => {
                let (fence, change) = world.late.take()?;
                self.send(&mut world, &fence, &change);
            }
            Action::Drop => world.late = None,
            Action::Crash(at) => {
                world.left.crashes -= 1;
                world.drivers[at] = Driver::default();
            }
            Action::Die(node) => {
                world.left.deaths -= 1;
                world.disks.get_mut(&node)?.0 = false;
            }
            Action::MarkDown(node) => drop(world.down.insert(node)),
            Action::Edit => {
                world.left.edits -= 1;
                world.revision += 1;
                world.set_state(PartitionState::Active);
            }
            Action::Look => {
                world.left.writes -= 1;
                world.writes = true;
            }
            Action::Write => world.written += 1,
            Action::Acknowledge => {
                world.writes = false;
                world.acknowledged = world.written;
            }
            Action::Straggle => (world.writes, world.straggles) = (false, true),
            Action::WriteLate => {
                world.straggles = false;
                world.late_written += 1;
            }
        }
        world.canonical();
        (world != *before).then_some(world)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("no step breaks a rule", |_, world: &World| world.broken.is_none()),
            Property::always("what is listed is whole", |_, world: &World| world.is_whole()),
            Property::always("at rest nothing is left over", |_, world: &World| !world.is_at_rest() || world.is_tidy()),
            Property::always("a fresh driver comes to rest", |protocol: &Self, world: &World| {
                world.broken.is_some() || protocol.comes_to_rest(world)
            }),
            Property::sometimes("it is through", |_, world: &World| world.is_switched() && world.journal.is_none()),
            Property::sometimes("it is undone", |protocol: &Self, world: &World| {
                let is_back = world.claims > 0 && world.journal.is_none() && !world.is_switched();
                is_back || protocol.second == Intent::Proceed
            }),
        ]
    }
}

const CALM: Budget = Budget { crashes: 0, delays: 0, deaths: 0, edits: 0, writes: 1 };

const KINDS: [RewriteKind; 2] = [RewriteKind::Split, RewriteKind::Compact];

fn protocol(kind: RewriteKind, budget: Budget, second: Intent, mistake: Option<Mistake>) -> Protocol {
    Protocol { kind, budget, second, mistake, rests: Mutex::default() }
}

fn checked(kind: RewriteKind, budget: Budget, second: Intent) -> usize {
    let checker = protocol(kind, budget, second, None).checker().threads(2).spawn_bfs().join();
    for (name, path) in checker.discoveries().into_iter().filter(|(name, _)| !name.starts_with("it ")) {
        println!("{name}: {:?}", path.into_actions());
    }
    checker.assert_properties();
    checker.unique_state_count()
}

/// Checks a kind with what may go wrong, whatever the second driver wants.
fn survives(kind: RewriteKind, budgets: &[Budget]) {
    for budget in budgets {
        for second in [Intent::Proceed, Intent::Abort] {
            let states = checked(kind, *budget, second);
            println!("{kind:?}, {second:?}, {budget:?}: {states} states");
            assert!(states > 1_000, "the model explores nothing: {states}");
        }
    }
}

// Somebody who edits makes a writer's view worth nothing, so there is no writer beside him.
const EDITED: Budget = Budget { crashes: 1, edits: 1, writes: 0, ..CALM };
const CRASHED: Budget = Budget { crashes: 1, delays: 1, ..CALM };
const DIED: Budget = Budget { delays: 1, deaths: 1, writes: 0, ..CALM };

#[test]
fn a_split_survives_drivers_that_fail() {
    survives(RewriteKind::Split, &[CRASHED]);
}

#[test]
fn a_split_survives_nodes_that_fail_and_edits() {
    survives(RewriteKind::Split, &[EDITED, DIED]);
}

/// It differs in what is old and what is new alone, so the largest of what may go wrong is left to the full run.
#[test]
fn a_compaction_survives_the_same() {
    survives(RewriteKind::Compact, &[EDITED, Budget { delays: 0, ..CRASHED }, Budget { delays: 0, ..DIED }]);
    if is_full() {
        survives(RewriteKind::Compact, &[CRASHED, DIED]);
    }
}

#[test]
fn every_mistake_is_found() {
    let budget = Budget { delays: 1, ..CALM };
    for kind in KINDS {
        for mistake in
            [Mistake::NoFence, Mistake::NoSettle, Mistake::DeleteFirst, Mistake::SwitchFirst, Mistake::NotFixed]
        {
            let second = if mistake == Mistake::NotFixed { Intent::Proceed } else { Intent::Abort };
            let checker = protocol(kind, budget, second, Some(mistake)).checker().threads(2);
            let found = checker.finish_when(HasDiscoveries::AnyFailures).spawn_bfs().join().discoveries();
            let rules: Vec<_> = found.keys().filter(|name| !name.starts_with("it ")).collect();
            assert!(!rules.is_empty(), "{kind:?}: {mistake:?} is not found");
        }
    }
}
