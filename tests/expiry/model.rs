//! The very functions that the driver runs, against every interleaving of two drivers, one of which may give back, a writer,
//! crashes, late transactions, a node that dies and somebody who edits the record.

use std::collections::{BTreeMap, BTreeSet};

use otlp_part::migration::expiry::{
    Claim, CopyToDelete, ExpiryChange, ExpiryFacts, ExpiryJournal, ExpiryPhase, ExpiryStep, FamilyView, claim,
    next_of_expiry,
};
use otlp_part::migration::facts::Deletion;
use otlp_part::migration::{Intent, Journal, Versioned, View};
use otlp_part::model::{NodeId, NodeState, PartitionId, PartitionRecord, PartitionState, Revision, Timestamp};
use stateright::{Checker, Model, Property};

/// More steps than any expiry has.
const STEPS_MAX: usize = 40;

/// What is done wrong on purpose: the model must find each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mistake {
    /// Transactions compare nothing.
    NoFence,
    /// Nobody waits for writers.
    NoSettle,
    /// Copies go while the partition can still be given back.
    DeleteWhileClaimed,
    /// The record goes first.
    RecordFirst,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct World {
    revision: u64,
    record: Option<Versioned<PartitionRecord>>,
    journal: Option<Versioned<ExpiryJournal>>,
    orphans: BTreeSet<CopyToDelete>,
    /// Whether each node answers, and whether its copy is there.
    disks: BTreeMap<NodeId, (bool, bool)>,
    down: BTreeSet<NodeId>,
    drivers: Vec<Driver>,
    late: Option<(Fence, ExpiryChange)>,
    /// A writer goes by a view of an Active record.
    writes: bool,
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
    facts: ExpiryFacts,
    work: Option<Work>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Work {
    Commit(Fence, ExpiryChange),
    Settle,
    Delete(Vec<CopyToDelete>),
}

/// The revisions that were read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Fence {
    record: u64,
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
    Acknowledge,
}

struct Protocol {
    budget: Budget,
    /// What the second driver wants; the first one expires.
    second: Intent,
    mistake: Option<Mistake>,
}

fn node(name: &str) -> NodeId {
    NodeId::parse(name).unwrap()
}

fn nodes() -> [NodeId; 2] {
    ["a", "b"].map(node)
}

impl World {
    fn seen(&self) -> FamilyView {
        let state = |id: &NodeId| if self.down.contains(id) { NodeState::Down } else { NodeState::Active };
        let journal = self.journal.clone();
        let view = View {
            read_at: Revision(self.revision),
            lock: Revision::NONE,
            record: self.record.clone(),
            extension: None,
            journal: journal.map(|j| Versioned { value: Journal::Expire(j.value), revision: j.revision }),
            marks: BTreeMap::new(),
            slots: BTreeSet::new(),
            nodes: nodes().into_iter().map(|id| (id.clone(), state(&id))).collect(),
        };
        FamilyView { view, has_children: false }
    }

    fn fence(&self) -> Fence {
        Fence {
            record: self.record.as_ref().map_or(0, |r| r.revision.0),
            journal: self.journal.as_ref().map_or(0, |j| j.revision.0),
        }
    }

    fn put(&mut self, journal: &ExpiryJournal) {
        self.journal = Some(Versioned { value: journal.clone(), revision: Revision(self.revision) });
    }

    fn set_state(&mut self, state: PartitionState) {
        let revision = Revision(self.revision);
        if let Some(record) = &mut self.record {
            record.value.state = state;
            record.revision = revision;
        }
    }

    fn commit(&mut self, fence: &Fence, change: &ExpiryChange, fenced: bool) {
        if fenced && *fence != self.fence() {
            return;
        }
        self.revision += 1;
        match change {
            ExpiryChange::Claim(journal) => {
                self.put(journal);
                self.set_state(PartitionState::ReadOnly);
            }
            ExpiryChange::Begin(journal) | ExpiryChange::Widen(journal) => self.put(journal),
            ExpiryChange::Restore { state, .. } => {
                self.journal = None;
                if let Some(state) = state {
                    self.set_state(*state);
                }
            }
            ExpiryChange::Finish { orphans } => {
                (self.record, self.journal) = (None, None);
                self.orphans.extend(orphans.iter().cloned());
            }
        }
    }

    fn delete(&mut self, copy: &CopyToDelete) -> Deletion {
        let names = |journal: &Versioned<ExpiryJournal>| {
            journal.value.phase == ExpiryPhase::Deleting && journal.value.copies.contains(copy)
        };
        let may = self.journal.as_ref().is_some_and(names) || self.orphans.contains(copy);
        match self.disks.get_mut(&copy.node) {
            Some((true, is_there)) => {
                if *is_there && !may {
                    self.broken = Some("a copy is deleted that no expiry past its way back names");
                }
                *is_there = false;
                Deletion::Gone
            }
            Some((false, _)) | None => Deletion::Unreachable,
        }
    }

    fn is_at_rest(&self) -> bool {
        self.journal.is_none() && self.late.is_none() && self.drivers.iter().all(|driver| driver.work.is_none())
    }

    /// Whether nothing is left over: a record with all its copies, or none with copies that are noted.
    fn is_tidy(&self) -> bool {
        match &self.record {
            Some(record) => {
                self.disks.values().all(|(alive, is_there)| *is_there || !alive)
                    && (record.value.state == PartitionState::Active || self.left.edits == 0)
            }
            None => nodes().into_iter().all(|node| {
                let noted = self.orphans.contains(&CopyToDelete { node: node.clone(), copy_id: "first".to_owned() });
                !self.disks[&node].1 || noted
            }),
        }
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
        self.record.iter_mut().for_each(|r| visit(&mut r.revision.0));
        self.journal.iter_mut().for_each(|j| visit(&mut j.revision.0));
        let works = self.drivers.iter_mut().filter_map(|driver| match &mut driver.work {
            Some(Work::Commit(fence, _)) => Some(fence),
            Some(Work::Settle | Work::Delete(_)) | None => None,
        });
        for Fence { record, journal } in works.chain(self.late.as_mut().map(|(fence, _)| fence)) {
            visit(record);
            visit(journal);
        }
    }
}

impl Protocol {
    fn intent(&self, at: usize) -> Intent {
        if at == 0 { Intent::Proceed } else { self.second }
    }

    fn made(&self, mistake: Mistake) -> bool {
        self.mistake == Some(mistake)
    }

    /// What a driver does next by what it reads now.
    fn decide(&self, world: &World, at: usize, facts: &ExpiryFacts) -> Option<Work> {
        let (seen, fence) = (world.seen(), world.fence());
        if let Some(journal) = &world.journal {
            let copies: Vec<CopyToDelete> = journal.value.copies.iter().cloned().collect();
            let open = copies.iter().any(|copy| !facts.deletions.contains_key(copy));
            match journal.value.phase {
                ExpiryPhase::Claimed if self.made(Mistake::DeleteWhileClaimed) && facts.settled && open => {
                    return Some(Work::Delete(copies));
                }
                ExpiryPhase::Deleting if self.made(Mistake::RecordFirst) && open => {
                    return Some(Work::Commit(fence, ExpiryChange::Finish { orphans: vec![] }));
                }
                ExpiryPhase::Claimed | ExpiryPhase::Deleting => {}
            }
        }
        match next_of_expiry(&seen, facts, self.intent(at)) {
            // The first one claims, twice at most, what is not in flight.
            ExpiryStep::Done if at == 0 && world.claims < 2 => {
                let (operation_id, run, by) = (format!("x-{}", world.claims), "run-1".to_owned(), "ann".to_owned());
                let who = Claim { operation_id, run, started_at: Timestamp::EPOCH, by };
                claim(&seen, who).ok().map(|change| Work::Commit(fence, change))
            }
            ExpiryStep::Done => None,
            ExpiryStep::Settle => Some(Work::Settle),
            ExpiryStep::Commit(change) => Some(Work::Commit(fence, change)),
            ExpiryStep::Delete(copies) => Some(Work::Delete(copies)),
        }
    }

    fn read(&self, world: &mut World, at: usize) {
        let mut facts = std::mem::take(&mut world.drivers[at].facts);
        facts = match &world.journal {
            Some(journal) => facts.about(&journal.value.operation_id),
            None => ExpiryFacts::default(),
        };
        world.drivers[at] = Driver { work: self.decide(world, at, &facts), facts };
    }

    /// Whether what was decided can be done now: a wait is over when no writer goes by an old view.
    fn can_perform(&self, world: &World, at: usize) -> bool {
        match &world.drivers[at].work {
            Some(Work::Settle) => !world.writes || self.made(Mistake::NoSettle),
            Some(Work::Commit(..) | Work::Delete(_)) => true,
            None => false,
        }
    }

    fn perform(&self, world: &mut World, at: usize) {
        match world.drivers[at].work.take() {
            None => {}
            Some(Work::Settle) => world.drivers[at].facts.settled = true,
            Some(Work::Commit(fence, change)) => self.send(world, &fence, &change),
            Some(Work::Delete(copies)) => {
                for copy in copies {
                    let deletion = world.delete(&copy);
                    world.drivers[at].facts.deletions.insert(copy, deletion);
                }
            }
        }
    }

    fn send(&self, world: &mut World, fence: &Fence, change: &ExpiryChange) {
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
        for _ in 0..STEPS_MAX {
            self.read(&mut world, 0);
            if world.drivers[0].work.is_none() {
                return world.is_at_rest() && world.is_tidy();
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
            id: PartitionId::parse("partition_489542_0051").unwrap(),
            nodes: nodes().to_vec(),
            leader: Some(node("a")),
            state: PartitionState::Active,
            size_bytes: 1,
            record_count: 1,
            created_at: Timestamp::EPOCH,
            updated_at: Timestamp::EPOCH,
        };
        vec![World {
            revision: 1,
            record: Some(Versioned { value: record, revision: Revision(1) }),
            journal: None,
            orphans: BTreeSet::new(),
            disks: nodes().into_iter().map(|node| (node, (true, true))).collect(),
            down: BTreeSet::new(),
            drivers: vec![Driver::default(), Driver::default()],
            late: None,
            writes: false,
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
        for (node, (alive, _)) in &world.disks {
            if *alive && world.left.deaths > 0 {
                actions.push(Action::Die(node.clone()));
            }
            if !alive && !world.down.contains(node) {
                actions.push(Action::MarkDown(node.clone()));
            }
        }
        if world.left.edits > 0 && world.record.is_some() {
            actions.push(Action::Edit);
        }
        let is_active = world.record.as_ref().is_some_and(|r| r.value.state == PartitionState::Active);
        if world.left.writes > 0 && is_active && !world.writes {
            actions.push(Action::Look);
        }
        if world.writes {
            actions.push(Action::Acknowledge);
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
            Action::Acknowledge => {
                world.writes = false;
                let is_edited = self.budget.edits > world.left.edits;
                let deleting =
                    world.journal.as_ref().is_some_and(|journal| journal.value.phase == ExpiryPhase::Deleting);
                if (deleting || world.record.is_none()) && !is_edited {
                    world.broken = Some("a writer acknowledges what is being deleted");
                }
            }
        }
        world.canonical();
        (world != *before).then_some(world)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("no step breaks a rule", |_, world: &World| world.broken.is_none()),
            Property::always("a record without a journal has all its copies", |_, world: &World| {
                let is_bare = world.record.is_some() && world.journal.is_none();
                !is_bare || world.disks.values().all(|(_, is_there)| *is_there)
            }),
            Property::always("copies of a partition that is gone are noted", |_, world: &World| {
                let is_gone = world.record.is_none() && world.journal.is_none();
                !is_gone || world.is_tidy()
            }),
            Property::always("at rest nothing is left over", |_, world: &World| !world.is_at_rest() || world.is_tidy()),
            Property::always("a fresh driver comes to rest", |protocol: &Self, world: &World| {
                world.broken.is_some() || protocol.comes_to_rest(world)
            }),
            Property::sometimes("it goes", |_, world: &World| world.record.is_none() && world.journal.is_none()),
            Property::sometimes("it is given back", |protocol: &Self, world: &World| {
                let is_back = world.claims > 0 && world.journal.is_none() && world.record.is_some();
                is_back || (protocol.second == Intent::Proceed && protocol.budget.edits == 0)
            }),
        ]
    }
}

const CALM: Budget = Budget { crashes: 0, delays: 0, deaths: 0, edits: 0, writes: 1 };

fn checked(budget: Budget, second: Intent) -> usize {
    let checker = Protocol { budget, second, mistake: None }.checker().threads(2).spawn_bfs().join();
    checker.assert_properties();
    checker.unique_state_count()
}

#[test]
fn an_expiry_survives_drivers_that_fail() {
    for second in [Intent::Proceed, Intent::Abort] {
        let states = checked(Budget { crashes: 2, delays: 1, ..CALM }, second);
        assert!(states > 500, "the model explores nothing: {states}");
    }
}

#[test]
fn an_expiry_survives_nodes_that_fail_and_edits() {
    // Somebody who edits makes a writer's view worth nothing, so there is no writer beside him.
    let (edited, late) = (Budget { crashes: 1, edits: 1, writes: 0, ..CALM }, Budget { delays: 1, ..CALM });
    for budget in [edited, late].map(|budget| Budget { deaths: 1, ..budget }) {
        for second in [Intent::Proceed, Intent::Abort] {
            let states = checked(budget, second);
            println!("{second:?} {budget:?}: {states} states");
            assert!(states > 1_000, "the model explores nothing: {states}");
        }
    }
}

#[test]
fn every_mistake_is_found() {
    for mistake in [Mistake::NoFence, Mistake::NoSettle, Mistake::DeleteWhileClaimed, Mistake::RecordFirst] {
        let budget = Budget { crashes: 1, delays: 1, ..CALM };
        let protocol = Protocol { budget, second: Intent::Abort, mistake: Some(mistake) };
        let found = protocol.checker().threads(2).spawn_bfs().join().discoveries();
        let rules: Vec<_> = found.keys().filter(|name| !name.starts_with("it ")).collect();
        assert!(!rules.is_empty(), "{mistake:?} is not found");
    }
}
