//! The schedule, event by event. Time is counted in bytes at the full rate of a node.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::placement::NodeIndex;
use crate::planner::layout::{Layout, NO_NODE};
use crate::planner::plan::{Move, MoveKind, NodeTarget};
use crate::planner::settings::Pace;

use super::bound;
use super::hungry::Hungry;
use super::lists::{self, Chains, NONE, Queues};
use super::numbering::Numbering;
use super::tasks::{NO_SOURCE, Source, Stage, Tasks};

/// So many waiting moves are looked at for one that can start; whoever finds none waits for the next that gets free.
const LOOKS_MAX: usize = 96;

/// A list is cleared when so many of it were met that have started.
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

/// The end of a copy that runs: when, the number of its move, and who receives it, in one number, as such are compared
/// soonest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct End(u128);

impl End {
    fn new(end: u64, at: u32, target: NodeIndex) -> Self {
        Self(u128::from(end) << 64 | u128::from(at) << 32 | u128::from(target))
    }

    fn parts(self) -> (u64, usize) {
        ((self.0 >> 64) as u64, usize::from(self.0 as NodeIndex))
    }
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

struct Simulation<'a> {
    layout: &'a Layout,
    moves: &'a [Move],
    /// Where among them each number stands.
    places: Vec<u32>,
    chains: Chains,
    /// One copy per node, whichever way.
    alone: bool,
    now: u64,
    running: BinaryHeap<Reverse<End>>,
    /// The first of the running has ended, and its place there is free.
    is_first_ended: bool,
    /// What each node receives.
    arriving: Vec<Option<Arriving>>,
    receives: Vec<bool>,
    sends: Vec<bool>,
    sent: Vec<u64>,
    to_come: Vec<u64>,
    /// Nodes that receive nothing though something is to come.
    hungry: Hungry,
    loads: Vec<u64>,
    limits: Vec<u64>,
    tasks: Tasks,
    into: Queues,
    out_of: Queues,
    /// What has started, and from whom it is read.
    started: Vec<(u32, Option<NodeIndex>)>,
    starts: Vec<u64>,
}

pub(super) fn run(layout: &Layout, moves: &[Move], bands: &[NodeTarget], pace: Pace) -> Done {
    let start = lists::loads(layout);
    let limits = lists::limits(layout, moves, &start, bands);
    let numbering = Numbering::new(layout, moves);
    let tasks = Tasks::new(layout, moves, &numbering);
    let least_bytes = bound::least_bytes(layout, &numbering.copies, &tasks, &numbering.chains, pace);
    let rest = numbering.rest;
    let mut simulation = Simulation::new((layout, moves), (numbering, tasks), (start, limits), pace);
    // What needs no copy comes first: who leads instead of a lost node is the most urgent, and costs nothing.
    for at in rest..moves.len() as u32 {
        if simulation.tasks.stage(at) == Stage::Waiting && !simulation.tasks.is_copy(at) {
            simulation.finish_at_once(at);
        }
    }
    let mut targets: Vec<usize> = (0..layout.nodes().len()).filter(|&node| simulation.to_come[node] > 0).collect();
    targets.sort_by_key(|&node| (Reverse(simulation.to_come[node]), node));
    for node in targets {
        simulation.fill(node);
    }
    // Of all moves in the given order, if that was ever asked.
    let mut given: Option<Vec<u32>> = None;
    let mut passed = 0;
    loop {
        simulation.run_on();
        if simulation.started.len() == moves.len() {
            return simulation.done(least_bytes);
        }
        let waiting = given.get_or_insert_with(|| inverse(&simulation.places));
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
        (layout, moves): (&'a Layout, &'a [Move]),
        (numbering, tasks): (Numbering, Tasks),
        (loads, limits): (Vec<u64>, Vec<u64>),
        pace: Pace,
    ) -> Self {
        let Numbering { places, chains, urgent, copies, ranges, rest: _ } = numbering;
        let nodes = layout.nodes().len();
        let mut to_come = vec![0; nodes];
        for &at in &copies {
            to_come[usize::from(tasks.target(at))] += tasks.bytes(at);
        }
        let out_of = Queues::new(nodes, &urgent, &copies, |at| tasks.sources(at).map(|source| source.node));
        let into = Queues::sorted(copies, ranges);
        Self {
            layout,
            moves,
            places,
            chains,
            alone: pace.migrations_per_node <= 1,
            now: 0,
            running: BinaryHeap::with_capacity(nodes),
            is_first_ended: false,
            arriving: vec![None; nodes],
            receives: vec![false; nodes],
            sends: vec![false; nodes],
            sent: vec![0; nodes],
            hungry: Hungry::new(&to_come, &into),
            to_come,
            loads,
            limits,
            into,
            out_of,
            tasks,
            started: Vec::with_capacity(moves.len()),
            starts: Vec::with_capacity(moves.len()),
        }
    }

    /// The move of a number.
    fn of(&self, at: u32) -> &'a Move {
        &self.moves[self.places[at as usize] as usize]
    }

    /// Puts the moves into the order in which they started.
    fn done(self, least_bytes: u64) -> Done {
        let Self { moves, places, started, starts, now, tasks, into, out_of, .. } = self;
        // Their room is taken again.
        drop((tasks, into, out_of));
        let in_order = |&(at, source): &(u32, _)| Move { copy_from: source, ..moves[places[at as usize] as usize] };
        Done { moves: started.iter().map(in_order).collect(), starts, end: now, least_bytes }
    }

    /// Until nothing runs.
    fn run_on(&mut self) {
        while let Some(&Reverse(first)) = self.running.peek() {
            let (end, target) = first.parts();
            self.now = end;
            self.is_first_ended = true;
            if let Some(arrived) = self.arriving[target].take() {
                self.finish(target as NodeIndex, arrived);
            }
            if std::mem::take(&mut self.is_first_ended) {
                self.running.pop();
            }
        }
    }

    fn may_receive(&self, node: usize) -> bool {
        !(self.receives[node] || self.alone && self.sends[node])
    }

    /// Whether a node may receive and something is to come.
    fn is_hungry(&self, node: usize) -> bool {
        self.to_come[node] > 0 && self.may_receive(node)
    }

    fn may_send(&self, node: usize) -> bool {
        !(self.sends[node] | self.alone & self.receives[node])
    }

    /// Whether a move waits for nothing but a source.
    #[inline]
    fn is_ready(&self, at: u32) -> bool {
        let room = |node: usize| self.limits[node].checked_sub(self.loads[node]);
        let target = self.tasks.target(at);
        self.tasks.stage(at) == Stage::Waiting && (target == NO_NODE || self.tasks.fits(at, room(target.into())))
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
        let free = |source: usize| self.may_send(source) & (source != node);
        let room = self.limits[node].checked_sub(self.loads[node]);
        let list = self.into.of(node);
        let (mut looks, mut place, mut gone, mut last_gone, mut found) = (0, 0, 0, 0, None);
        while let Some(&at) = list.get(place) {
            place += 1;
            let stage = self.tasks.stage(at);
            if stage != Stage::Waiting {
                if stage == Stage::Started {
                    (gone, last_gone) = (gone + 1, place);
                }
                continue;
            }
            if !self.tasks.fits(at, room) {
                place += self.tasks.also_too_large(&list[place..], room);
                continue;
            }
            found = self.source(at, free).map(|source| (at, source));
            looks += 1;
            if found.is_some() || looks == LOOKS_MAX {
                break;
            }
        }
        if let Some((at, source)) = found {
            self.start(at, node as NodeIndex, Some(source));
        }
        if gone > GONE_MAX {
            self.into.trim(node, last_gone, &self.tasks);
        }
    }

    /// Starts a copy out of a node that may send: into the target with most to come.
    fn drain(&mut self, node: usize) {
        if self.hungry.is_empty() || !self.may_send(node) || self.is_soon_refused(node) {
            return;
        }
        let (mut looks, mut met, mut gone, mut best) = (0, 0, 0, None);
        for &at in self.out_of.of(node) {
            met += 1;
            if self.tasks.stage(at) == Stage::Started {
                gone += 1;
                continue;
            }
            let to = usize::from(self.tasks.target(at));
            let fits = to != node && self.is_hungry(to) && self.is_ready(at);
            if fits && self.tasks.sources(at).any(|source| usize::from(source.node) == node) {
                best = best.max(Some((self.to_come[to], Reverse(at))));
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
            self.out_of.trim(node, met, &self.tasks);
        }
    }

    /// Whether none of a node's moves that are looked at goes to a hungry node, as far as that is soon said.
    fn is_soon_refused(&mut self, node: usize) -> bool {
        let list = self.out_of.of(node);
        let first = &list[..list.len().min(SOON_MAX)];
        if self.hungry.may_be_among(first) {
            return false;
        }
        let waiting = first.iter().filter(|&&at| self.tasks.stage(at) != Stage::Started).count();
        let is_refused = waiting >= LOOKS_MAX || first.len() == list.len();
        if first.len() - waiting > STALE_MAX {
            self.out_of.trim(node, first.len(), &self.tasks);
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
        self.receives[to] = true;
        self.hungry.take_out(to);
        self.to_come[to] -= bytes;
        if let Some(source) = source.map(usize::from) {
            self.sends[source] = true;
            self.sent[source] += bytes;
        }
        let (from, is_single) = (self.tasks.from(at), self.tasks.is_copy(at) && self.chains.next(at) == NONE);
        self.arriving[to] = Some(Arriving { bytes, at, source, from, is_single });
        let end = Reverse(End::new(self.now + bytes, at, target));
        if std::mem::take(&mut self.is_first_ended)
            && let Some(mut first) = self.running.peek_mut()
        {
            // In the place of what ended: one sinks to its place instead of two.
            *first = end;
        } else {
            self.running.push(end);
        }
    }

    /// A move is under way: its target has to have room from now on.
    fn begin(&mut self, at: u32, target: NodeIndex) {
        self.tasks.set_stage(at, Stage::Started);
        if let Some(bytes) = self.tasks.gain(at) {
            let load = &mut self.loads[usize::from(target)];
            *load = load.saturating_add(bytes);
        }
    }

    /// A copy is done: whoever waited for one of its nodes may start.
    fn finish(&mut self, to: NodeIndex, arriving: Arriving) {
        let Arriving { bytes, at, source, from, is_single } = arriving;
        self.receives[usize::from(to)] = false;
        if self.to_come[usize::from(to)] > 0 {
            self.hungry.put(to.into());
        }
        if let Some(source) = source {
            self.sends[usize::from(source)] = false;
        }
        let mut then = None;
        if is_single {
            if let Some(from) = from {
                let load = &mut self.loads[usize::from(from)];
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
            nodes.sort_unstable_by_key(|&node| (Reverse(node.map_or(0, |node| self.to_come[usize::from(node)])), node));
        }
        for node in nodes.into_iter().flatten() {
            self.fill(node.into());
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
                0 => self.layout.bytes_of(self.of(at)),
                bytes => bytes,
            };
            let load = &mut self.loads[usize::from(from)];
            *load = load.saturating_sub(bytes);
        }
        let next = self.chains.next(at);
        if next == NONE {
            return;
        }
        if self.is_copied_again(next) {
            let (moves, places) = (self.moves, &self.places);
            self.tasks.hand_on(self.layout, at, next, || moves[places[at as usize] as usize].partition);
        }
        if self.tasks.stage(next) == Stage::Behind {
            self.tasks.set_stage(next, Stage::Waiting);
        }
        if !self.tasks.is_copy(next) {
            self.finish_at_once(next);
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
        self.started.push((at, source));
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
        if lists::is_exchange(self.of(at), self.of(second)) {
            self.start(second, self.tasks.target(second), self.source(second, |_| true));
        }
    }
}
