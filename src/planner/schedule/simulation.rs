//! The schedule, event by event. Time is counted in bytes at the full rate of a node.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::placement::NodeIndex;
use crate::planner::layout::Layout;
use crate::planner::plan::{Move, MoveKind, NodeTarget};
use crate::planner::settings::Pace;

use super::bound;
use super::lists::{self, NONE, Queues};
use super::numbering::Numbering;
use super::tasks::{Stage, Tasks};

/// So many waiting moves are looked at for one that can start; whoever finds none waits for the next that gets free.
const LOOKS_MAX: usize = 96;

/// A list is cleared when so many of it were met that have started.
const GONE_MAX: usize = 8;

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

/// What a node receives: all that is to be known of it when it is done, so that its end looks nowhere else.
#[derive(Clone, Copy)]
struct Arriving {
    at: u32,
    m: Move,
    next: u32,
    source: Option<NodeIndex>,
}

struct Simulation<'a> {
    layout: &'a Layout,
    moves: Vec<Move>,
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
    hungry: usize,
    loads: Vec<u64>,
    limits: Vec<u64>,
    tasks: Tasks,
    next: Vec<u32>,
    into: Queues,
    out_of: Queues,
    done: Done,
}

pub(super) fn run(layout: &Layout, moves: Vec<Move>, bands: &[NodeTarget], pace: Pace) -> Done {
    let start = lists::loads(layout);
    let limits = lists::limits(layout, &moves, &start, bands);
    let numbering = Numbering::new(layout, &moves);
    drop(moves);
    let rest = numbering.rest;
    let (mut simulation, given) = Simulation::new(layout, numbering, (start, limits), pace);
    let least_bytes = bound::least_bytes(layout, &simulation.moves, &simulation.tasks, &simulation.next, pace);
    // What needs no copy comes first: who leads instead of a lost node is the most urgent, and costs nothing.
    for at in rest..given.len() as u32 {
        if simulation.tasks.stage(at) == Stage::Waiting && !lists::copies(&simulation.moves[at as usize]) {
            simulation.finish_at_once(at);
        }
    }
    let mut targets: Vec<usize> = (0..layout.nodes().len()).filter(|&node| simulation.to_come[node] > 0).collect();
    targets.sort_by_key(|&node| (Reverse(simulation.to_come[node]), node));
    for node in targets {
        simulation.fill(node);
    }
    let mut waiting = &given[..];
    loop {
        simulation.run_on();
        if simulation.done.moves.len() == given.len() {
            simulation.done.end = simulation.now;
            simulation.done.least_bytes = least_bytes;
            return simulation.done;
        }
        let started = waiting.iter().take_while(|&&at| simulation.tasks.stage(at) == Stage::Started).count();
        waiting = &waiting[started..];
        simulation.break_standstill(waiting);
    }
}

impl<'a> Simulation<'a> {
    /// Also the numbers of the moves in the given order.
    fn new(layout: &'a Layout, numbering: Numbering, loads: (Vec<u64>, Vec<u64>), pace: Pace) -> (Self, Vec<u32>) {
        let Numbering { moves, given, next, follows, urgent, rest: _ } = numbering;
        let nodes = layout.nodes().len();
        let tasks = Tasks::new(layout, &moves, &next, &follows);
        let mut to_come = vec![0; nodes];
        for m in moves.iter().filter(|m| lists::copies(m)) {
            to_come[usize::from(m.to.unwrap_or(0))] += m.bytes;
        }
        let copied: Vec<u32> = (0_u32..).zip(&moves).filter(|(_, m)| lists::copies(m)).map(|(at, _)| at).collect();
        let simulation = Self {
            layout,
            alone: pace.migrations_per_node <= 1,
            now: 0,
            running: BinaryHeap::with_capacity(nodes),
            is_first_ended: false,
            arriving: vec![None; nodes],
            receives: vec![false; nodes],
            sends: vec![false; nodes],
            sent: vec![0; nodes],
            hungry: to_come.iter().filter(|&&bytes| bytes > 0).count(),
            to_come,
            loads: loads.0,
            limits: loads.1,
            into: Queues::new(nodes, &urgent, &copied, |at| std::iter::once(tasks.target(at))),
            out_of: Queues::new(nodes, &urgent, &copied, |at| tasks.sources(at).map(|source| source.node)),
            tasks,
            next,
            done: Done {
                moves: Vec::with_capacity(moves.len()),
                starts: Vec::with_capacity(moves.len()),
                ..Done::default()
            },
            moves,
        };
        (simulation, given)
    }

    /// Until nothing runs.
    fn run_on(&mut self) {
        while let Some(&Reverse(first)) = self.running.peek() {
            let (end, target) = first.parts();
            self.now = end;
            self.is_first_ended = true;
            if let Some(arrived) = self.arriving[target].take() {
                self.finish(arrived);
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
        !(self.sends[node] || self.alone && self.receives[node])
    }

    /// Whether a move waits for nothing but a source.
    #[inline]
    fn is_ready(&self, at: u32) -> bool {
        let gain = || self.tasks.gain(at);
        self.tasks.stage(at) == Stage::Waiting && gain().is_none_or(|(node, bytes)| self.has_room(node, bytes))
    }

    fn has_room(&self, node: usize, bytes: u64) -> bool {
        self.loads[node].saturating_add(bytes) <= self.limits[node]
    }

    /// The best of a move's sources among those that `admitted` lets send; of those that are as good, who sent least.
    fn source(&self, at: u32, admitted: impl Fn(usize) -> bool) -> Option<NodeIndex> {
        let admitted = self.tasks.sources(at).filter(|source| admitted(source.node.into()));
        admitted.min_by_key(|s| (s.rank, self.sent[usize::from(s.node)], s.node)).map(|source| source.node)
    }

    /// Starts a copy into a node that may receive: the most urgent that has a free source.
    fn fill(&mut self, node: usize) {
        if !self.is_hungry(node) {
            return;
        }
        let free = |source: usize| self.may_send(source) && source != node;
        let (mut looks, mut met, mut gone, mut found) = (0, 0, 0, None);
        for &at in self.into.of(node) {
            met += 1;
            if !self.is_ready(at) {
                gone += usize::from(self.tasks.stage(at) == Stage::Started);
                continue;
            }
            found = self.source(at, free).map(|source| (at, source));
            looks += 1;
            if found.is_some() || looks == LOOKS_MAX {
                break;
            }
        }
        if let Some((at, source)) = found {
            self.start(at, Some(source));
        }
        if gone > GONE_MAX {
            self.into.trim(node, met, &self.tasks);
        }
    }

    /// Starts a copy out of a node that may send: into the target with most to come.
    fn drain(&mut self, node: usize) {
        if self.hungry == 0 || !self.may_send(node) {
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
            self.start(at, Some(node as NodeIndex));
        }
        if gone > GONE_MAX {
            self.out_of.trim(node, met, &self.tasks);
        }
    }

    fn start(&mut self, at: u32, source: Option<NodeIndex>) {
        let m = self.moves[at as usize];
        let Some(target) = m.to else { return self.finish_at_once(at) };
        self.begin(at);
        self.done.moves.push(Move { copy_from: source, ..m });
        self.done.starts.push(self.now);
        let to = usize::from(target);
        self.receives[to] = true;
        self.hungry = self.hungry.saturating_sub(1);
        self.to_come[to] -= m.bytes;
        if let Some(source) = source.map(usize::from) {
            self.sends[source] = true;
            self.sent[source] += m.bytes;
        }
        self.arriving[to] = Some(Arriving { at, m, next: self.next[at as usize], source });
        let end = Reverse(End::new(self.now + m.bytes, at, target));
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
    fn begin(&mut self, at: u32) {
        self.tasks.set_stage(at, Stage::Started);
        if let Some((node, bytes)) = self.tasks.gain(at) {
            self.loads[node] = self.loads[node].saturating_add(bytes);
        }
    }

    /// A copy is done: whoever waited for one of its nodes may start.
    fn finish(&mut self, Arriving { at, m, next, source }: Arriving) {
        if let Some(to) = m.to {
            self.receives[usize::from(to)] = false;
            self.hungry += usize::from(self.to_come[usize::from(to)] > 0);
        }
        if let Some(source) = source {
            self.sends[usize::from(source)] = false;
        }
        self.settle((at, &m), next);
        let waiting = self.moves.get(next as usize).filter(|_| self.tasks.stage(next) != Stage::Started);
        let asks = |node: &NodeIndex| self.is_hungry((*node).into());
        let mut nodes = [m.to, source, m.from, waiting.and_then(|m| m.to)].map(|node| node.filter(asks));
        if nodes[1..].iter().any(Option::is_some) {
            // Whoever has most to come first; each of them once.
            nodes.sort_unstable_by_key(|&node| (Reverse(node.map_or(0, |node| self.to_come[usize::from(node)])), node));
        }
        for node in nodes.into_iter().flatten() {
            self.fill(node.into());
        }
        // Only who sent is free to send again.
        let receiver = m.to.filter(|_| self.alone);
        for node in [source, receiver].into_iter().flatten() {
            self.drain(node.into());
        }
    }

    /// What a finished move leaves: holders, loads, and the next move of its partition free to start.
    fn settle(&mut self, (at, m): (u32, &Move), next: u32) {
        if let Some((node, bytes)) = lists::loss(self.layout, m) {
            self.loads[node] = self.loads[node].saturating_sub(bytes);
        }
        if next == NONE {
            return;
        }
        if self.is_copied_again(next) {
            self.tasks.hand_on(self.layout, (at, m), (next, &self.moves[next as usize]));
        }
        if self.tasks.stage(next) == Stage::Behind {
            self.tasks.set_stage(next, Stage::Waiting);
        }
        if !lists::copies(&self.moves[next as usize]) {
            self.finish_at_once(next);
        }
    }

    /// Whether a move or one behind it needs to know who holds the partition.
    fn is_copied_again(&self, mut at: u32) -> bool {
        while let Some(m) = self.moves.get(at as usize) {
            if matches!(m.kind, MoveKind::Replica | MoveKind::Repair) {
                return true;
            }
            at = self.next[at as usize];
        }
        false
    }

    /// A move that copies nothing.
    fn finish_at_once(&mut self, at: u32) {
        let m = self.moves[at as usize];
        self.begin(at);
        let copied = matches!(m.kind, MoveKind::Replica | MoveKind::Repair);
        let copy_from = if copied { self.source(at, |_| true) } else { None };
        self.done.moves.push(Move { copy_from, ..m });
        self.done.starts.push(self.now);
        self.settle((at, &m), self.next[at as usize]);
    }

    /// Nothing runs and something waits: what nobody had found starts, else the first of the given order, with its other half
    /// if it begins an exchange.
    fn break_standstill(&mut self, waiting: &[u32]) {
        let ready = waiting.iter().copied().find(|&at| self.is_ready(at));
        let at = ready.unwrap_or(waiting[0]);
        self.start(at, self.source(at, |_| true));
        let second = waiting.get(1).copied().filter(|&second| self.tasks.stage(second) == Stage::Waiting);
        let Some(second) = second.filter(|_| ready.is_none()) else { return };
        if lists::is_exchange(&self.moves[at as usize], &self.moves[second as usize]) {
            self.start(second, self.source(second, |_| true));
        }
    }
}
