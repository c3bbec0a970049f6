//! The schedule, event by event. Time is counted in bytes at the full rate of a node.

use std::cmp::Reverse;
use std::ops::Range;

use crate::placement::NodeIndex;
use crate::planner::layout::{Layout, NO_NODE};
use crate::planner::plan::{Move, MoveKind, NodeTarget};
use crate::planner::settings::Pace;

use super::bound;
use super::ends::Ends;
use super::hungry::Hungry;
use super::lists::{self, Chains, NONE, Queues, Waiting};
use super::numbering::Numbering;
use super::tasks::{NO_SOURCE, Source, Stage, Tasks};

/// So many waiting moves are looked at for one that can start; whoever finds none waits for the next that gets free.
const LOOKS_MAX: usize = 96;

/// The list of who sends what is cleared when so many of it were met that have started.
const GONE_MAX: usize = 8;

/// So many of a node's moves are looked at together before they are looked at one by one: more than [`LOOKS_MAX`], as some
/// will have started.
const SOON_MAX: usize = 128;

/// They are cleared when so many of them have.
const STALE_MAX: usize = SOON_MAX - LOOKS_MAX;

/// The moves in order, and when each starts.
#[derive(Debug, Default)]
pub(super) struct Done {
    pub(super) moves: Vec<Move>,
    /// Each copy ends as many bytes later as it has, everything else at once.
    pub(super) starts: Vec<u64>,
    /// When all of them are done.
    pub(super) end: u64,
    /// No order takes less time.
    pub(super) least_bytes: u64,
}

/// What a node receives: all that is mostly to be known of it when it is done, so that its end looks nowhere else.
#[derive(Clone, Copy)]
struct Arriving {
    bytes: u64,
    at: u32,
    source: Option<NodeIndex>,
    from: Option<NodeIndex>,
    is_single: bool,
}

/// A node: what is looked at together lies together.
#[derive(Clone)]
struct Post {
    /// What it receives.
    arriving: Option<Arriving>,
    /// Bytes of the copies into it that have not started.
    to_come: u64,
    /// What it holds.
    load: u64,
    /// What it may hold.
    limit: u64,
    /// The numbers of the copies into it; none of those before the first one waits.
    into: Range<u32>,
}

impl Post {
    /// How much more it may hold, if it may hold what it does.
    fn room(&self) -> Option<u64> {
        self.limit.checked_sub(self.load)
    }
}

struct Simulation<'a> {
    layout: &'a Layout,
    chains: Chains,
    /// One copy per node, whichever way.
    alone: bool,
    now: u64,
    running: Ends,
    nodes: Vec<Post>,
    sends: Vec<bool>,
    sent: Vec<u64>,
    /// Nodes that receive nothing as all that would send it were busy.
    hungry: Hungry,
    tasks: Tasks,
    /// The copies that wait for nothing but their nodes.
    waiting: Waiting,
    /// The numbers below this one are copies.
    copies: u32,
    /// The most bytes of one of them.
    largest: u64,
    /// What each node may send. Mostly that is only asked near the end, of what is left then.
    out_of: Option<Queues>,
    /// What has started.
    started: Vec<Move>,
    starts: Vec<u64>,
}

pub(super) fn run(layout: &Layout, moves: Vec<Move>, bands: &[NodeTarget], pace: Pace) -> Done {
    let start = lists::loads(layout);
    let limits = lists::limits(layout, &moves, &start, bands);
    let numbering = Numbering::new(layout, &moves);
    let tasks = Tasks::new(layout, &moves, &numbering);
    // Their room is taken again.
    let count = moves.len() as u32;
    drop(moves);
    let Numbering { places, chains, copies, ranges, largest, .. } = numbering;
    let least_bytes = bound::least_bytes(layout, copies, &tasks, &chains, pace);
    let mut simulation = Simulation::new((layout, chains, tasks), (copies, ranges, largest), (start, limits), pace);
    // What needs no copy comes first: who leads instead of a lost node is the most urgent, and costs nothing.
    for at in copies..count {
        if simulation.tasks.stage(at) == Stage::Waiting {
            simulation.finish_at_once(at);
        }
    }
    let mut targets: Vec<usize> =
        (0..layout.nodes().len()).filter(|&node| simulation.nodes[node].to_come > 0).collect();
    targets.sort_by_key(|&node| (Reverse(simulation.nodes[node].to_come), node));
    for node in targets {
        simulation.fill(node);
    }
    // Of all moves in the given order, if that was ever asked.
    let mut given: Option<Vec<u32>> = None;
    let mut passed = 0;
    loop {
        simulation.run_on();
        if simulation.started.len() == count as usize {
            let Simulation { started: moves, starts, now: end, .. } = simulation;
            return Done { moves, starts, end, least_bytes };
        }
        let waiting = given.get_or_insert_with(|| inverse(&places));
        passed += waiting[passed..].iter().take_while(|&&at| simulation.tasks.stage(at) == Stage::Started).count();
        simulation.break_standstill(&waiting[passed..]);
    }
}

/// The number of each place.
fn inverse(places: &[u32]) -> Vec<u32> {
    let mut numbers = vec![0; places.len()];
    for (number, &at) in (0_u32..).zip(places) {
        numbers[at as usize] = number;
    }
    numbers
}

impl<'a> Simulation<'a> {
    fn new(
        (layout, chains, tasks): (&'a Layout, Chains, Tasks),
        (copies, ranges, largest): (u32, Vec<Range<u32>>, u64),
        (loads, limits): (Vec<u64>, Vec<u64>),
        pace: Pace,
    ) -> Self {
        let hungry = Hungry::new(&ranges);
        let ends = Ends::new(loads.len(), largest);
        let post = |((into, load), limit)| Post { arriving: None, to_come: 0, load, limit, into };
        let mut nodes: Vec<Post> = ranges.into_iter().zip(loads).zip(limits).map(post).collect();
        for at in 0..copies {
            nodes[usize::from(tasks.target(at))].to_come += tasks.bytes(at);
        }
        Self {
            layout,
            chains,
            alone: pace.migrations_per_node <= 1,
            now: 0,
            running: ends,
            sends: vec![false; nodes.len()],
            sent: vec![0; nodes.len()],
            nodes,
            hungry,
            waiting: Waiting::new(copies, |at| tasks.stage(at) == Stage::Waiting),
            copies,
            largest,
            out_of: None,
            started: Vec::with_capacity(tasks.len()),
            starts: Vec::with_capacity(tasks.len()),
            tasks,
        }
    }

    /// Until nothing runs.
    fn run_on(&mut self) {
        while let Some((end, target)) = self.running.take() {
            self.now = end;
            if let Some(arrived) = self.nodes[target].arriving.take() {
                self.finish(target as NodeIndex, arrived);
            }
        }
    }

    fn may_receive(&self, node: usize) -> bool {
        self.nodes[node].arriving.is_none() && !(self.alone && self.sends[node])
    }

    /// Whether a node may receive and something is to come.
    fn is_hungry(&self, node: usize) -> bool {
        self.nodes[node].to_come > 0 && self.may_receive(node)
    }

    fn may_send(&self, node: usize) -> bool {
        !(self.sends[node] || self.alone && self.nodes[node].arriving.is_some())
    }

    /// Whether a move waits for nothing but a source.
    #[inline]
    fn is_ready(&self, at: u32) -> bool {
        let target = self.tasks.target(at);
        let fits = || target == NO_NODE || self.tasks.fits(at, self.nodes[usize::from(target)].room());
        self.tasks.stage(at) == Stage::Waiting && fits()
    }

    /// The best of a move's sources among those that `admitted` lets send; of those that are as good, who sent least.
    fn source(&self, at: u32, admitted: impl Fn(usize) -> bool) -> Option<NodeIndex> {
        // One number each and no branches, as nobody foresees who is free.
        let key = |Source { node, rank }: Source| {
            let key = u128::from(rank) << 80 | u128::from(self.sent[usize::from(node)]) << 16 | u128::from(node);
            if (rank & NO_SOURCE == 0) & admitted(node.into()) { key } else { u128::MAX }
        };
        let best = self.tasks.holders(at).map(key).min().unwrap_or(u128::MAX);
        (best != u128::MAX).then_some(best as NodeIndex)
    }

    /// Starts a copy into a node that may receive: the most urgent that has a free source.
    fn fill(&mut self, node: usize) {
        if !self.is_hungry(node) {
            return;
        }
        let post = &mut self.nodes[node];
        let (room, end) = (post.room(), post.into.end);
        post.into.start = self.waiting.next(post.into.start, end);
        let mut at = post.into.start;
        let (mut looks, mut found) = (0, None);
        while at < end && found.is_none() && looks < LOOKS_MAX {
            if !self.tasks.fits(at, room) {
                at = self.waiting.next(self.tasks.first_not_larger(at + 1..end, room), end);
                continue;
            }
            let free = |source: usize| self.may_send(source) & (source != node);
            found = self.source(at, free).map(|source| (at, source));
            looks += 1;
            at = self.waiting.next(at + 1, end);
        }
        match found {
            Some((at, source)) => {
                self.start(at, node as NodeIndex, Some(source));
                // What is next is brought near: by the time it is asked for, many others have had their turn.
                self.tasks.look(self.waiting.next(at + 1, end));
            }
            // Whoever is free to send may help.
            None if looks > 0 => self.hungry.put(node),
            // Only room may, or the end of another move of the same partition; then it is asked again.
            None => self.hungry.take_out(node),
        }
    }

    /// Starts a copy out of a node that may send: into the target with most to come.
    fn drain(&mut self, node: usize) {
        if self.hungry.is_empty() || !self.may_send(node) {
            return;
        }
        let queues = || Queues::of_senders(self.nodes.len(), self.copies, self.largest, &self.tasks);
        let mut out_of = self.out_of.take().unwrap_or_else(queues);
        if !self.is_soon_refused(node, &mut out_of) {
            self.send(node, &mut out_of);
        }
        self.out_of = Some(out_of);
    }

    /// Starts a copy of those that are looked at, if one can start.
    fn send(&mut self, node: usize, out_of: &mut Queues) {
        let (mut looks, mut met, mut gone, mut best) = (0, 0, 0, None);
        for &at in out_of.of(node) {
            met += 1;
            if self.tasks.stage(at) == Stage::Started {
                gone += 1;
                continue;
            }
            let to = usize::from(self.tasks.target(at));
            let fits = to != node && self.is_hungry(to) && self.is_ready(at);
            if fits && self.tasks.sources(at).any(|source| usize::from(source.node) == node) {
                best = best.max(Some((self.nodes[to].to_come, Reverse(at))));
            }
            looks += 1;
            if looks == LOOKS_MAX {
                break;
            }
        }
        if let Some((_, Reverse(at))) = best {
            self.start(at, self.tasks.target(at), Some(node as NodeIndex));
        }
        if gone > GONE_MAX {
            out_of.trim(node, met, &self.tasks);
        }
    }

    /// Whether none of a node's moves that are looked at goes to a hungry node, as far as that is soon said.
    fn is_soon_refused(&self, node: usize, out_of: &mut Queues) -> bool {
        let list = out_of.of(node);
        let first = &list[..list.len().min(SOON_MAX)];
        if self.hungry.may_be_among(first) {
            return false;
        }
        let waiting = first.iter().filter(|&&at| self.tasks.stage(at) != Stage::Started).count();
        let is_refused = waiting >= LOOKS_MAX || first.len() == list.len();
        let count = first.len();
        if count - waiting > STALE_MAX {
            out_of.trim(node, count, &self.tasks);
        }
        is_refused
    }

    fn start(&mut self, at: u32, target: NodeIndex, source: Option<NodeIndex>) {
        if target == NO_NODE {
            return self.finish_at_once(at);
        }
        let (to, bytes) = (usize::from(target), self.tasks.bytes(at));
        self.begin(at, target);
        self.note_start(at, source);
        self.hungry.take_out(to);
        if let Some(source) = source.map(usize::from) {
            self.sends[source] = true;
            self.sent[source] += bytes;
        }
        let (from, is_single) = (self.tasks.from(at), self.tasks.is_single(at));
        let post = &mut self.nodes[to];
        post.to_come -= bytes;
        post.arriving = Some(Arriving { bytes, at, source, from, is_single });
        self.running.put(to, self.now + bytes, at);
        if !is_single {
            // It is asked for when this one is done.
            self.tasks.look(self.chains.next(at));
        }
    }

    /// A move is under way: its target has to have room from now on.
    fn begin(&mut self, at: u32, target: NodeIndex) {
        self.tasks.set_stage(at, Stage::Started);
        self.waiting.take_out(at);
        if let Some(bytes) = self.tasks.gain(at) {
            let load = &mut self.nodes[usize::from(target)].load;
            *load = load.saturating_add(bytes);
        }
    }

    /// A copy is done: whoever waited for one of its nodes may start.
    fn finish(&mut self, to: NodeIndex, arriving: Arriving) {
        let Arriving { bytes, at, source, from, is_single } = arriving;
        if let Some(source) = source {
            self.sends[usize::from(source)] = false;
        }
        let mut then = None;
        if is_single {
            if let Some(from) = from {
                let load = &mut self.nodes[usize::from(from)].load;
                *load = load.saturating_sub(bytes);
            }
        } else {
            self.settle(at);
            let next = self.chains.next(at);
            then = self.tasks.target_of_waiting(next);
        }
        let asks = |node: &NodeIndex| self.is_hungry((*node).into());
        let mut nodes = [Some(to), source, from, then].map(|node| node.filter(asks));
        if nodes[1..].iter().any(Option::is_some) {
            // Whoever has most to come first; each of them once.
            nodes.sort_unstable_by_key(|&node| {
                (Reverse(node.map_or(0, |node| self.nodes[usize::from(node)].to_come)), node)
            });
        }
        for node in nodes.iter().flatten() {
            self.fill((*node).into());
        }
        // Only who sent is free to send again.
        let receiver = Some(to).filter(|_| self.alone);
        for node in [source, receiver].into_iter().flatten() {
            self.drain(node.into());
        }
    }

    /// What a finished move leaves: holders, loads, and the next move of its partition free to start.
    fn settle(&mut self, at: u32) {
        if let Some(from) = self.tasks.from(at).filter(|_| self.tasks.kind(at) != MoveKind::Leader) {
            let bytes = match self.tasks.bytes(at) {
                0 => self.layout.sizes()[self.tasks.partition(at) as usize],
                bytes => bytes,
            };
            let load = &mut self.nodes[usize::from(from)].load;
            *load = load.saturating_sub(bytes);
            if self.is_hungry(from.into()) {
                self.hungry.put(from.into());
            }
        }
        let next = self.chains.next(at);
        if next == NONE {
            return;
        }
        if self.is_copied_again(next) {
            self.tasks.hand_on(self.layout, at, next);
        }
        if self.tasks.stage(next) == Stage::Behind {
            self.tasks.set_stage(next, Stage::Waiting);
            self.wait(next);
        }
        if !self.tasks.is_copy(next) {
            self.finish_at_once(next);
        }
    }

    /// A move waits for nothing but its nodes from now on.
    fn wait(&mut self, at: u32) {
        if at < self.copies {
            let into = &mut self.nodes[usize::from(self.tasks.target(at))].into;
            into.start = into.start.min(at);
            self.waiting.put(at);
        }
    }

    /// Whether a move or one behind it needs to know who holds the partition.
    fn is_copied_again(&self, mut at: u32) -> bool {
        while at != NONE {
            if matches!(self.tasks.kind(at), MoveKind::Replica | MoveKind::Repair) {
                return true;
            }
            at = self.chains.next(at);
        }
        false
    }

    /// A move that copies nothing.
    fn finish_at_once(&mut self, at: u32) {
        self.begin(at, self.tasks.target(at));
        let is_copied = matches!(self.tasks.kind(at), MoveKind::Replica | MoveKind::Repair);
        let source = if is_copied { self.source(at, |_| true) } else { None };
        self.note_start(at, source);
        self.settle(at);
    }

    fn note_start(&mut self, at: u32, source: Option<NodeIndex>) {
        self.started.push(self.tasks.to_move(at, source));
        self.starts.push(self.now);
    }

    /// Nothing runs and something waits: what nobody had found starts, else the first of the given order, with its other half
    /// if it begins an exchange.
    fn break_standstill(&mut self, waiting: &[u32]) {
        let ready = waiting.iter().copied().find(|&at| self.is_ready(at));
        let at = ready.unwrap_or(waiting[0]);
        self.start(at, self.tasks.target(at), self.source(at, |_| true));
        let second = waiting.get(1).copied().filter(|&second| self.tasks.stage(second) == Stage::Waiting);
        let Some(second) = second.filter(|_| ready.is_none()) else { return };
        if lists::is_exchange(&self.tasks.to_move(at, None), &self.tasks.to_move(second, None)) {
            self.start(second, self.tasks.target(second), self.source(second, |_| true));
        }
    }
}
