//! Actions, steps and properties.

use std::collections::{BTreeMap, BTreeSet};

use otlp_part::migration::Versioned;
use otlp_part::migration::{
    Change, Facts, Intent, OperationKind, Phase, Request, Step, Verified, facts::Deletion, facts::Listed, next, start,
};
use otlp_part::model::{NodeId, NodeState, PartitionId, PartitionRecord, PartitionState, Revision, Timestamp};
use stateright::{Model, Property};

use super::mistakes::Mistake;
use super::store::{Fence, Store};
use super::world::{Budget, Disk, Executor, Items, Work, World, Writer};

/// How much may go wrong.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sizes {
    executors: usize,
    budget: Budget,
}

impl Sizes {
    const NOTHING: Budget = Budget { crashes: 0, delays: 0, expiries: 0, deaths: 0, aborts: 0, writes: 0, misses: 0 };

    pub(crate) fn executors_fail() -> Self {
        Self { executors: 2, budget: Budget { crashes: 1, delays: 1, expiries: 1, aborts: 1, ..Self::NOTHING } }
    }

    pub(crate) fn nodes_fail() -> Self {
        Self {
            executors: 1,
            budget: Budget { crashes: 1, deaths: 1, aborts: 1, writes: 1, misses: 1, ..Self::NOTHING },
        }
    }

    pub(crate) fn writers_race() -> Self {
        Self { executors: 2, budget: Budget { expiries: 1, writes: 2, misses: 1, ..Self::NOTHING } }
    }

    pub(crate) fn large() -> Self {
        let budget = Budget { crashes: 2, delays: 2, expiries: 2, deaths: 1, aborts: 1, writes: 2, misses: 1 };
        Self { executors: 2, budget }
    }

    pub(crate) fn late() -> Self {
        Self { executors: 2, budget: Budget { delays: 1, expiries: 1, ..Self::NOTHING } }
    }
}

/// One operation of the list that the executors work on.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    kind: OperationKind,
    from: Option<NodeId>,
    to: NodeId,
    copy_from: NodeId,
}

#[derive(Clone, Debug)]
pub(crate) struct Protocol {
    wanted: Vec<Wanted>,
    sizes: Sizes,
    marked: Vec<NodeId>,
    pub(crate) mistake: Option<Mistake>,
}

pub(crate) const REPLICAS: u8 = 2;

pub(crate) fn node(name: &str) -> NodeId {
    NodeId::parse(name).expect("a node id")
}

fn partition() -> PartitionId {
    PartitionId::parse("partition_489542_0051").expect("a partition id")
}

/// What may happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Acquire(usize),
    /// Reads, and decides what to do; forgets what it had decided.
    Read(usize),
    Perform(usize),
    /// The transaction was sent, and arrives later or never; the executor sees a time-out.
    Delay(usize),
    Deliver,
    Drop,
    Crash(usize),
    Expire,
    Die(NodeId),
    MarkDown(NodeId),
    /// A leader that is Down is replaced by a live one, unless the operation in flight is to do that.
    Succeed(NodeId),
    Abort,
    /// The writer learns of an Active record.
    Look,
    /// It sends to the next node; `false`: that one does not take it.
    Send(bool),
    /// It has sent to all: marks what missed, then acknowledges.
    Acknowledge,
    MarkLate,
    GiveUp,
}

impl Protocol {
    pub(crate) fn moving(sizes: Sizes) -> Self {
        let wanted = Wanted { kind: OperationKind::Move, from: Some(node("b")), to: node("c"), copy_from: node("a") };
        Self { wanted: vec![wanted], sizes, marked: Vec::new(), mistake: None }
    }

    pub(crate) fn there_and_back(sizes: Sizes) -> Self {
        let there = Self::moving(sizes).wanted.remove(0);
        let back = Wanted { from: Some(node("c")), to: node("b"), ..there.clone() };
        Self { wanted: vec![there, back], sizes, marked: Vec::new(), mistake: None }
    }

    pub(crate) fn repairing(sizes: Sizes) -> Self {
        let wanted = Wanted { kind: OperationKind::Repair, from: None, to: node("b"), copy_from: node("a") };
        Self { wanted: vec![wanted], sizes, marked: vec![node("b")], mistake: None }
    }

    /// The source misses something.
    pub(crate) fn marked_source(mut self) -> Self {
        self.marked = vec![node("a")];
        self
    }

    pub(crate) fn with(mut self, mistake: Mistake) -> Self {
        self.mistake = Some(mistake);
        self
    }

    fn made(&self, mistake: Mistake) -> bool {
        self.mistake == Some(mistake)
    }

    fn request(&self, world: &World) -> Option<Request> {
        let wanted = self.wanted.get(usize::from(world.begun))?;
        Some(Request {
            partition: partition(),
            kind: wanted.kind,
            from: wanted.from.clone(),
            to: Some(wanted.to.clone()),
            copy_from: Some(wanted.copy_from.clone()),
            operation_id: format!("op{}", world.begun),
            copy_id: format!("copy{}", world.begun),
            plan: None,
            replication_factor: REPLICAS,
            slots_per_node: 1,
            started_at: Timestamp::EPOCH,
        })
    }

    /// What an executor does next by what it reads now.
    pub(crate) fn decide(&self, world: &World, lock: u64, facts: &Facts) -> Decided {
        let mut view = world.store.view(lock);
        if self.made(Mistake::MarkedCopyAsSource) {
            view.marks.clear();
        }
        let fence = world.store.fence(lock);
        if let Some(work) = self.mistake.and_then(|mistake| mistake.instead(&view, facts, &fence)) {
            return Decided::Work(work);
        }
        let intent = if world.abort { Intent::Abort } else { Intent::Proceed };
        let work = match next(&view, facts, intent) {
            Step::Done => {
                let request = self.request(world).filter(|_| !world.abort);
                let begun = request.map(|request| self.begin(&view, &request));
                return match begun {
                    Some(Some(change)) => Decided::Work(Work::Commit(fence, Box::new(change))),
                    Some(None) | None => Decided::Nothing,
                };
            }
            Step::Stop(_) => return Decided::Stopped,
            Step::Commit(change) => {
                Work::Commit(fence, self.mistake.map_or(change.clone(), |m| m.distort(change, &view)))
            }
            Step::Settle => Work::Settle,
            Step::Copy { source, target } => Work::Copy { source, target },
            Step::Grace => Work::Grace,
            Step::VerifyListed(nodes) => Work::VerifyListed(nodes),
            Step::DeleteCopy { node, copy_id } => Work::DeleteCopy { node, copy_id },
        };
        Decided::Work(work)
    }

    fn begin(&self, view: &otlp_part::migration::View, request: &Request) -> Option<Change> {
        match self.mistake {
            Some(mistake) => mistake.begin(view, request),
            None => start(view, request).ok(),
        }
    }

    /// Carries out what an executor decided.
    pub(crate) fn perform(&self, world: &mut World, at: usize) {
        let Some(work) = world.executors[at].work.take() else { return };
        match work {
            Work::Commit(fence, change) => self.commit(world, &fence, &change),
            Work::Settle => self.facts(world, at).settled = true,
            Work::Grace => self.facts(world, at).graced = true,
            Work::Copy { source, target } => {
                let items =
                    world.disks.get(&source.0).filter(|d| d.alive).and_then(|d| d.copies.get(&source.1)).copied();
                let facts = self.facts(world, at);
                facts.wrote = Some(target.clone());
                world.executors[at].work = Some(Work::Copying { items, target: target.clone() });
                // Segments are published under their names only if nobody did so before.
                if let Some(disk) = world.disks.get_mut(&target.0).filter(|disk| disk.alive) {
                    disk.copies.entry(target.1).or_insert(0);
                }
            }
            Work::Copying { items, target } => {
                let disk = world.disks.get_mut(&target.0).filter(|disk| disk.alive);
                let done = match (disk, items) {
                    (Some(disk), Some(items)) => {
                        *disk.copies.entry(target.1).or_default() |= items;
                        Some(Verified { crc32c: items.into(), record_count: None })
                    }
                    (None, _) | (_, None) => None,
                };
                let facts = self.facts(world, at);
                facts.verified = done;
                facts.copy_failed = done.is_none();
            }
            Work::VerifyListed(nodes) => {
                let expected = world.store.journal.as_ref().and_then(|journal| journal.value.crc32c);
                let whole = |(node, copy): &(NodeId, String)| {
                    let disk = world.disks.get(node).filter(|disk| disk.alive);
                    // What was copied is there, and what came later too: a copy without its mark lacks nothing.
                    disk.and_then(|disk| disk.copies.get(copy))
                        .is_some_and(|items| expected.is_none_or(|crc| u32::from(*items) & crc == crc))
                };
                let lacking = nodes.iter().find(|listed| !whole(listed)).map(|(node, _)| node.clone());
                self.facts(world, at).listed = lacking.map_or(Listed::Full, Listed::Lacking);
            }
            Work::DeleteCopy { node, copy_id } => self.delete(world, at, &node, &copy_id),
        }
    }

    fn facts<'w>(&self, world: &'w mut World, at: usize) -> &'w mut Facts {
        &mut world.executors[at].facts
    }

    fn commit(&self, world: &mut World, fence: &Fence, change: &Change) {
        let phase = world.store.journal.as_ref().map(|journal| journal.value.phase);
        let fenced = !self.made(Mistake::LockWithoutCompare);
        if !world.store.commit(fence, change, fenced) {
            return;
        }
        let now = world.store.journal.as_ref().map(|journal| journal.value.phase);
        match (phase, now) {
            (None, Some(_)) => world.begun += 1,
            (Some(from), Some(to)) if !from.can_become(to) => world.broken = Some("a phase moves off the table"),
            (Some(Phase::Copying), None) => world.broken = Some("an operation ends while it is copying"),
            (None, None) => world.broken = Some("a change without an operation"),
            (Some(_), Some(_) | None) => {}
        }
        if now.is_none() {
            world.abort = false;
        }
    }

    fn delete(&self, world: &mut World, at: usize, node: &NodeId, copy_id: &str) {
        let full = |world: &World, node: &NodeId| world.listed(node).is_some_and(|items| world.is_full(items));
        let listed: Vec<NodeId> = world.store.record.value.nodes.clone();
        let others = listed.iter().filter(|other| full(world, other)).count();
        let lost = listed.iter().filter(|n| !world.disks[*n].alive || world.store.marks.contains_key(*n)).count();
        let whole = Self::whole_copy(world, node, copy_id);
        if let Some(disk) = world.disks.get_mut(node).filter(|disk| disk.alive) {
            if self.made(Mistake::DeleteByPartition) {
                disk.copies.clear();
            } else {
                disk.copies.remove(copy_id);
            }
            let now = listed.iter().filter(|other| full(world, other)).count();
            if now < others || (whole && now + lost < usize::from(REPLICAS)) {
                world.broken = Some("a full copy is deleted while too few others are listed");
            }
            let facts = self.facts(world, at);
            if facts.wrote.as_ref().is_some_and(|(n, c)| n == node && c == copy_id) {
                facts.wrote = None;
            }
            facts.deletion = Deletion::Gone;
        } else {
            let facts = self.facts(world, at);
            facts.deletion = Deletion::Unreachable;
            facts.wrote = None;
        }
    }

    fn whole_copy(world: &World, node: &NodeId, copy_id: &str) -> bool {
        world.disks.get(node).and_then(|disk| disk.copies.get(copy_id)).is_some_and(|items| world.is_full(*items))
    }

    fn read(&self, world: &mut World, at: usize) -> bool {
        let Some(lock) = world.executors[at].lock else { return false };
        let before = world.executors[at].clone();
        if let Some(journal) = &world.store.journal {
            let wrote = world.executors[at].facts.wrote.take();
            let facts = std::mem::take(&mut world.executors[at].facts).about(&journal.value.operation_id);
            // What it wrote stays its own until the copy is listed.
            let listed = |(node, copy): &(NodeId, String)| world.store.view(lock).copy_of(node) == *copy;
            let wrote = wrote.filter(|wrote| !listed(wrote));
            world.executors[at].facts = Facts { wrote, ..facts };
        } else if world.executors[at].facts.wrote.as_ref().is_none_or(|(n, c)| world.store.view(lock).copy_of(n) == *c)
        {
            world.executors[at].facts = Facts::default();
        }
        let mut decided = self.decide(world, lock, &world.executors[at].facts);
        if world.store.lock != Some(lock) {
            let own = world.executors[at].facts.wrote.clone();
            decided = match decided {
                Decided::Work(Work::DeleteCopy { node, copy_id })
                    if own.as_ref() == Some(&(node.clone(), copy_id.clone())) =>
                {
                    Decided::Work(Work::DeleteCopy { node, copy_id })
                }
                Decided::Work(_) | Decided::Stopped | Decided::Nothing => Decided::Nothing,
            };
        }
        let executor = &mut world.executors[at];
        executor.stopped = matches!(decided, Decided::Stopped);
        executor.work = match decided {
            Decided::Work(work) => Some(work),
            Decided::Stopped | Decided::Nothing => None,
        };
        *executor != before
    }
}

pub(crate) enum Decided {
    Work(Work),
    Stopped,
    Nothing,
}

impl Model for Protocol {
    type State = World;
    type Action = Action;

    fn init_states(&self) -> Vec<World> {
        let names = ["a", "b", "c"];
        let originals = || ["a", "b"].map(node).to_vec();
        let record = PartitionRecord {
            id: partition(),
            nodes: originals(),
            leader: Some(node("b")),
            state: PartitionState::Active,
            size_bytes: 1,
            record_count: 1,
            created_at: Timestamp::EPOCH,
            updated_at: Timestamp::EPOCH,
        };
        let store = Store {
            revision: 1,
            lock: None,
            record: Versioned { value: record, revision: Revision(1) },
            extension: None,
            journal: None,
            marks: self.marked.iter().map(|node| (node.clone(), 1)).collect(),
            slots: BTreeSet::new(),
            orphans: BTreeSet::new(),
            nodes: names.map(|name| (node(name), NodeState::Active)).into(),
        };
        let disk = |name: &str| {
            let holder = originals().contains(&node(name));
            let items: Items = if self.marked.contains(&node(name)) { 0 } else { 1 };
            let copies: BTreeMap<String, Items> = holder.then(|| ("first".to_owned(), items)).into_iter().collect();
            (node(name), Disk { alive: true, copies })
        };
        vec![World {
            store,
            disks: names.map(disk).into(),
            executors: vec![Executor::default(); self.sizes.executors],
            writer: Writer::Idle,
            late: None,
            acknowledged: 1,
            next_item: 1,
            begun: 0,
            abort: false,
            budget: self.sizes.budget,
            lost_track: false,
            broken: None,
        }]
    }

    fn actions(&self, world: &World, actions: &mut Vec<Action>) {
        if world.broken.is_some() {
            return;
        }
        for (at, executor) in world.executors.iter().enumerate() {
            if executor.lock.is_none() && world.store.lock.is_none() {
                actions.push(Action::Acquire(at));
            }
            if executor.lock.is_some() {
                // Who lost its lease only takes away what it wrote itself.
                if executor.lock == world.store.lock || (executor.work.is_none() && executor.facts.wrote.is_some()) {
                    actions.push(Action::Read(at));
                }
                if world.budget.crashes > 0 && (executor.work.is_some() || executor.facts != Facts::default()) {
                    actions.push(Action::Crash(at));
                }
            }
            match &executor.work {
                // A writer's view is at most 5 s old; the wait is 10 s.
                Some(Work::Settle | Work::Grace) if world.writer != Writer::Idle => {}
                Some(work) => {
                    actions.push(Action::Perform(at));
                    if matches!(work, Work::Commit(..)) && world.budget.delays > 0 && world.late.is_none() {
                        actions.push(Action::Delay(at));
                    }
                }
                None => {}
            }
        }
        if world.late.is_some() {
            actions.extend([Action::Deliver, Action::Drop]);
        }
        if world.store.lock.is_some() && world.budget.expiries > 0 {
            actions.push(Action::Expire);
        }
        for (node, disk) in &world.disks {
            if disk.alive && world.budget.deaths > 0 {
                actions.push(Action::Die(node.clone()));
            }
            if !disk.alive && world.store.nodes.get(node) == Some(&NodeState::Active) {
                actions.push(Action::MarkDown(node.clone()));
            }
        }
        actions.extend(world.store.successor().map(Action::Succeed));
        if world.budget.aborts > 0 && world.store.journal.is_some() {
            actions.push(Action::Abort);
        }
        match &world.writer {
            Writer::Idle if world.budget.writes > 0 => actions.push(Action::Look),
            Writer::Idle => {}
            Writer::Sending { left, stored, .. } => {
                actions.push(Action::GiveUp);
                match left.first() {
                    Some((node, _)) => {
                        if world.disks[node].alive {
                            actions.push(Action::Send(true));
                        }
                        if !world.disks[node].alive || world.budget.misses > 0 {
                            actions.push(Action::Send(false));
                        }
                    }
                    None if *stored => actions.push(Action::Acknowledge),
                    None => {}
                }
            }
            Writer::MarkingLate(_) => actions.push(Action::MarkLate),
        }
    }

    fn next_state(&self, last: &World, action: Action) -> Option<World> {
        let mut world = last.clone();
        match action {
            Action::Acquire(at) => {
                world.store.revision += 1;
                world.store.lock = Some(world.store.revision);
                world.executors[at].lock = world.store.lock;
            }
            Action::Read(at) => {
                if !self.read(&mut world, at) {
                    return None;
                }
            }
            Action::Perform(at) => self.perform(&mut world, at),
            Action::Delay(at) => {
                world.budget.delays -= 1;
                world.late = world.executors[at].work.take();
            }
            Action::Deliver => {
                if let Some(Work::Commit(fence, change)) = world.late.take() {
                    self.commit(&mut world, &fence, &change);
                }
            }
            Action::Drop => world.late = None,
            Action::Crash(at) => {
                world.budget.crashes -= 1;
                let executor = std::mem::take(&mut world.executors[at]);
                if executor.facts.wrote.is_some_and(|(_, copy)| {
                    let journal = world.store.journal.as_ref().map(|journal| &journal.value);
                    !journal.is_some_and(|journal| {
                        journal.phase == Phase::Copying && journal.copy_id.as_ref() == Some(&copy)
                    })
                }) {
                    world.lost_track = true;
                }
                if world.store.lock == executor.lock {
                    world.store.lock = None;
                }
            }
            Action::Expire => {
                world.budget.expiries -= 1;
                world.store.lock = None;
            }
            Action::Die(node) => {
                world.budget.deaths -= 1;
                if let Some(disk) = world.disks.get_mut(&node) {
                    disk.alive = false;
                }
            }
            Action::MarkDown(node) => {
                world.store.revision += 1;
                world.store.nodes.insert(node, NodeState::Down);
            }
            Action::Succeed(node) => {
                world.store.revision += 1;
                world.store.record.value.leader = Some(node);
                world.store.record.revision = Revision(world.store.revision);
            }
            Action::Abort => {
                world.budget.aborts -= 1;
                world.abort = true;
            }
            Action::Look => return self.look(world),
            Action::Send(taken) => self.send(&mut world, taken),
            Action::Acknowledge => self.acknowledge(&mut world),
            Action::MarkLate => {
                if let Writer::MarkingLate(missed) = std::mem::replace(&mut world.writer, Writer::Idle) {
                    world.store.mark(&missed);
                }
            }
            Action::GiveUp => {
                world.writer = Writer::Idle;
                world.next_item += 1;
            }
        }
        world.canonical();
        Some(world)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always(
                "never fewer nodes than at the start, and the leader is one of them",
                |_, world: &World| {
                    let record = &world.store.record.value;
                    record.nodes.len() >= usize::from(REPLICAS)
                        && record.leader.as_ref().is_some_and(|leader| record.nodes.contains(leader))
                },
            ),
            Property::always("listed copies without a mark are full", |_, world: &World| {
                let alive = |node: &&NodeId| world.disks[*node].alive && !world.store.marks.contains_key(*node);
                let mut listed = world.store.record.value.nodes.iter().filter(alive);
                listed.all(|node| world.listed(node).is_some_and(|items| world.is_full(items)))
            }),
            Property::always("full copies are as many as they should be, less what was lost", |_, world: &World| {
                let full = |disk: &&Disk| disk.alive && disk.copies.values().any(|items| world.is_full(*items));
                let lost = world.disks.values().filter(|disk| !disk.alive).count() + world.store.marks.len();
                world.disks.values().filter(full).count() + lost >= usize::from(REPLICAS)
            }),
            Property::always("migrating if and only if copying", |_, world: &World| {
                let copying = world.store.journal.as_ref().is_some_and(|j| j.value.phase == Phase::Copying);
                copying == (world.store.record.value.state == PartitionState::Migrating)
            }),
            Property::always("places are taken while copying only", |_, world: &World| {
                let journal = world.store.journal.as_ref().map(|j| &j.value);
                let taken: BTreeSet<_> =
                    journal.into_iter().flat_map(|journal| journal.slots.iter().cloned()).collect();
                world.store.slots == taken && journal.is_none_or(|j| j.phase == Phase::Copying || taken.is_empty())
            }),
            Property::always("no step breaks a rule", |_, world: &World| world.broken.is_none()),
            Property::always("at rest nothing is left over", |_, world: &World| !world.is_at_rest() || world.is_tidy()),
            Property::always("a fresh run comes to rest", |protocol: &Protocol, world| protocol.comes_to_rest(world)),
            Property::sometimes("the operation is carried out", |protocol: &Protocol, world: &World| {
                let last = protocol.wanted.len();
                usize::from(world.begun) == last
                    && world.store.journal.is_none()
                    && world.store.view(0).copy_of(&protocol.wanted[last - 1].to) == format!("copy{}", last - 1)
            }),
        ]
    }
}

impl Protocol {
    fn look(&self, mut world: World) -> Option<World> {
        let record = &world.store.record.value;
        if record.state != PartitionState::Active {
            return None;
        }
        world.budget.writes -= 1;
        let view = world.store.view(0);
        let left = record.nodes.iter().map(|node| (node.clone(), view.copy_of(node))).collect();
        world.writer = Writer::Sending { left, missed: BTreeSet::new(), stored: false };
        world.canonical();
        Some(world)
    }

    fn send(&self, world: &mut World, taken: bool) {
        let item: Items = 1 << world.next_item;
        let Writer::Sending { left, missed, stored } = &mut world.writer else { return };
        let (node, copy) = left.remove(0);
        match world.disks.get_mut(&node).filter(|_| taken) {
            Some(disk) => {
                *disk.copies.entry(copy).or_default() |= item;
                // A copy that misses something of old is no full copy: it does not count for the acknowledgement.
                *stored |= !world.store.marks.contains_key(&node);
            }
            None => {
                if world.disks[&node].alive {
                    world.budget.misses -= 1;
                }
                missed.insert(node);
            }
        }
    }

    fn acknowledge(&self, world: &mut World) {
        let Writer::Sending { missed, .. } = std::mem::replace(&mut world.writer, Writer::Idle) else { return };
        world.acknowledged |= 1 << world.next_item;
        world.next_item += 1;
        if self.made(Mistake::AcknowledgeBeforeMark) {
            world.writer = Writer::MarkingLate(missed);
        } else {
            world.store.mark(&missed);
        }
    }
}
