//! The schedule, event by event. Time is counted in bytes at the full rate of a node.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use crate::placement::NodeIndex;
use crate::planner::layout::Layout;
use crate::planner::plan::{Move, MoveKind, NodeTarget};
use crate::planner::roles::NodeRole;
use crate::planner::settings::Pace;

use super::lists::{self, NONE, Queues};
use super::sources;

/// So many waiting moves are looked at for one that can start; whoever finds none waits for the next that gets free.
const LOOKS_MAX: usize = 96;

/// The moves in order, and when each starts and ends.
#[derive(Debug, Default)]
pub(super) struct Done {
    pub(super) moves: Vec<Move>,
    pub(super) spans: Vec<(u64, u64)>,
}

struct Simulation<'a> {
    layout: &'a Layout,
    moves: &'a [Move],
    /// One copy per node, whichever way.
    alone: bool,
    now: u64,
    running: BinaryHeap<Reverse<(u64, u32, Option<NodeIndex>)>>,
    receives: Vec<bool>,
    sends: Vec<bool>,
    sent: Vec<u64>,
    to_come: Vec<u64>,
    /// Nodes that receive nothing though something is to come.
    hungry: usize,
    loads: Vec<u64>,
    limits: Vec<u64>,
    started: Vec<bool>,
    waits: Vec<bool>,
    next: Vec<u32>,
    /// Who should send each move, if that was decided beforehand.
    planned: Vec<Option<NodeIndex>>,
    into: Queues,
    out_of: Queues,
    /// Holders and leader of partitions after their first move.
    changed: BTreeMap<u32, (Vec<NodeIndex>, Option<NodeIndex>)>,
    done: Done,
}

pub(super) fn run(layout: &Layout, moves: &[Move], bands: &[NodeTarget], pace: Pace) -> Done {
    let mut simulation = Simulation::new(layout, moves, bands, pace);
    // What needs no copy comes first: who leads instead of a lost node is the most urgent, and costs nothing.
    for at in 0..moves.len() as u32 {
        let settled = simulation.started[at as usize] || simulation.waits[at as usize];
        if !lists::copies(&moves[at as usize]) && !settled {
            simulation.finish_at_once(at);
        }
    }
    let mut targets: Vec<usize> = (0..layout.nodes().len()).filter(|&node| simulation.to_come[node] > 0).collect();
    targets.sort_by_key(|&node| (Reverse(simulation.to_come[node]), node));
    for node in targets {
        simulation.fill(node);
    }
    let mut first = 0;
    loop {
        while let Some(Reverse((end, at, source))) = simulation.running.pop() {
            simulation.now = end;
            simulation.finish(at, source);
        }
        while first < moves.len() && simulation.started[first] {
            first += 1;
        }
        if first == moves.len() {
            return simulation.done;
        }
        simulation.break_standstill(first);
    }
}

impl<'a> Simulation<'a> {
    fn new(layout: &'a Layout, moves: &'a [Move], bands: &[NodeTarget], pace: Pace) -> Self {
        let nodes = layout.nodes().len();
        let (mut into, mut out_of) = (Queues::new(nodes), Queues::new(nodes));
        let mut to_come = vec![0; nodes];
        for at in lists::by_urgency(moves) {
            let m = &moves[at as usize];
            let Some(to) = m.to.filter(|_| lists::copies(m)) else { continue };
            into.push(usize::from(to), at);
            to_come[usize::from(to)] += m.bytes;
            for &holder in layout.holders(m.partition) {
                out_of.push(usize::from(holder), at);
            }
        }
        let loads = lists::loads(layout);
        let (next, waits) = lists::chains(layout, moves);
        Self {
            layout,
            moves,
            alone: pace.migrations_per_node <= 1,
            now: 0,
            running: BinaryHeap::new(),
            receives: vec![false; nodes],
            sends: vec![false; nodes],
            sent: vec![0; nodes],
            hungry: to_come.iter().filter(|&&bytes| bytes > 0).count(),
            to_come,
            limits: lists::limits(layout, moves, &loads, bands),
            loads,
            started: vec![false; moves.len()],
            waits,
            next,
            planned: sources::planned(layout, moves),
            into,
            out_of,
            changed: BTreeMap::new(),
            done: Done { moves: Vec::with_capacity(moves.len()), spans: Vec::with_capacity(moves.len()) },
        }
    }

    fn may_receive(&self, node: usize) -> bool {
        !(self.receives[node] || self.alone && self.sends[node])
    }

    fn may_send(&self, node: usize) -> bool {
        !(self.sends[node] || self.alone && self.receives[node])
    }

    /// Whether a move waits for nothing but a source.
    fn is_ready(&self, at: u32) -> bool {
        let m = &self.moves[at as usize];
        let fits = lists::gain(self.layout, m)
            .is_none_or(|(node, bytes)| self.loads[node].saturating_add(bytes) <= self.limits[node]);
        !self.started[at as usize] && !self.waits[at as usize] && fits
    }

    fn holders(&self, partition: u32) -> (&[NodeIndex], Option<NodeIndex>) {
        match self.changed.get(&partition) {
            Some((holders, leader)) => (holders, *leader),
            None => (self.layout.holders(partition), self.layout.leader(partition)),
        }
    }

    /// The best sound holder among those that `admitted` lets send: nodes that are to be left alone last, then who should
    /// send it, followers, who sent least.
    fn source(&self, at: u32, admitted: impl Fn(usize) -> bool) -> Option<NodeIndex> {
        let m = &self.moves[at as usize];
        let (holders, leader) = self.holders(m.partition);
        let marks = self.layout.marks();
        let sound = |&&node: &&NodeIndex| {
            Some(node) != m.to
                && admitted(usize::from(node))
                && self.layout.node(node).role.is_readable()
                && (marks.is_empty() || !marks.contains(&(m.partition, node)))
        };
        let rank = |&&node: &&NodeIndex| {
            let fixed = self.layout.node(node).role == NodeRole::Fixed;
            (fixed, self.planned[at as usize] != Some(node), leader == Some(node), self.sent[usize::from(node)], node)
        };
        holders.iter().filter(sound).min_by_key(rank).copied()
    }

    /// Starts a copy into a node that may receive: the most urgent that has a free source.
    fn fill(&mut self, node: usize) {
        if !self.may_receive(node) {
            return;
        }
        let waiting = self.into.of(node).iter().filter(|&&at| self.is_ready(at)).take(LOOKS_MAX);
        let free = |source: usize| self.may_send(source) && source != node;
        let found = waiting.filter_map(|&at| Some((at, self.source(at, free)?))).next();
        if let Some((at, source)) = found {
            self.start(at, Some(source));
        }
    }

    /// Starts a copy out of a node that may send: into the target with most to come.
    fn drain(&mut self, node: usize) {
        if self.hungry == 0 || !self.may_send(node) {
            return;
        }
        let target = |at: u32| self.moves[at as usize].to.map(usize::from);
        let waiting = self.out_of.of(node).iter().filter(|&&at| !self.started[at as usize]).take(LOOKS_MAX);
        let fitting = waiting.filter(|&&at| {
            target(at).is_some_and(|to| to != node && self.may_receive(to))
                && self.is_ready(at)
                && self.source(at, |source| source == node).is_some()
        });
        let most_to_come = |&&at: &&u32| (target(at).map_or(0, |to| self.to_come[to]), Reverse(at));
        if let Some(&at) = fitting.max_by_key(most_to_come) {
            self.start(at, Some(node as NodeIndex));
        }
    }

    fn start(&mut self, at: u32, source: Option<NodeIndex>) {
        let m = &self.moves[at as usize];
        self.started[at as usize] = true;
        if let Some((node, bytes)) = lists::gain(self.layout, m) {
            self.loads[node] = self.loads[node].saturating_add(bytes);
        }
        self.done.moves.push(Move { copy_from: source, ..*m });
        self.done.spans.push((self.now, self.now + m.bytes));
        if let Some(to) = m.to.map(usize::from) {
            self.receives[to] = true;
            self.hungry = self.hungry.saturating_sub(1);
            self.to_come[to] -= m.bytes;
            self.into.start(to, &self.started);
        }
        if let Some(source) = source.map(usize::from) {
            self.sends[source] = true;
            self.sent[source] += m.bytes;
        }
        for &holder in self.layout.holders(m.partition) {
            self.out_of.start(usize::from(holder), &self.started);
        }
        self.running.push(Reverse((self.now + m.bytes, at, source)));
    }

    /// A copy is done: whoever waited for one of its nodes may start.
    fn finish(&mut self, at: u32, source: Option<NodeIndex>) {
        let m = self.moves[at as usize];
        if let Some(to) = m.to {
            self.receives[usize::from(to)] = false;
            self.hungry += usize::from(self.to_come[usize::from(to)] > 0);
        }
        if let Some(source) = source {
            self.sends[usize::from(source)] = false;
        }
        self.settle(at);
        // Whoever has most to come first; each of them once.
        let next = self.next[at as usize];
        let waiting = self.moves.get(next as usize).filter(|_| next != NONE && !self.started[next as usize]);
        let mut nodes = [m.to, source, m.from, waiting.and_then(|m| m.to)];
        nodes.sort_unstable_by_key(|&node| (Reverse(node.map_or(0, |node| self.to_come[usize::from(node)])), node));
        for node in nodes.into_iter().flatten() {
            self.fill(node.into());
        }
        for node in nodes.into_iter().flatten() {
            self.drain(node.into());
        }
    }

    /// What a finished move leaves: holders, loads, and the next move of its partition free to start.
    fn settle(&mut self, at: u32) {
        let m = self.moves[at as usize];
        if let Some((node, bytes)) = lists::loss(self.layout, &m) {
            self.loads[node] = self.loads[node].saturating_sub(bytes);
        }
        let next = self.next[at as usize];
        if next == NONE {
            return;
        }
        self.change(&m);
        self.waits[next as usize] = false;
        if !lists::copies(&self.moves[next as usize]) {
            self.finish_at_once(next);
        }
    }

    /// A move that copies nothing.
    fn finish_at_once(&mut self, at: u32) {
        let m = self.moves[at as usize];
        self.started[at as usize] = true;
        if let Some((node, bytes)) = lists::gain(self.layout, &m) {
            self.loads[node] = self.loads[node].saturating_add(bytes);
        }
        let copied = matches!(m.kind, MoveKind::Replica | MoveKind::Repair);
        let copy_from = if copied { self.source(at, |_| true) } else { None };
        self.done.moves.push(Move { copy_from, ..m });
        self.done.spans.push((self.now, self.now));
        self.settle(at);
    }

    /// Keeps holders and leader of a partition that has further moves.
    fn change(&mut self, m: &Move) {
        let (holders, leader) = self.holders(m.partition);
        let (mut holders, mut leader) = (holders.to_vec(), leader);
        match (m.kind, m.from.and_then(|from| holders.iter().position(|&node| node == from)), m.to) {
            (MoveKind::Leader, _, to) => leader = to,
            (MoveKind::Remove, Some(at), _) => drop(holders.remove(at)),
            (MoveKind::Replica | MoveKind::Repair, Some(at), Some(to)) => holders[at] = to,
            (MoveKind::Replica | MoveKind::Repair, None, Some(to)) if !holders.contains(&to) => holders.push(to),
            (MoveKind::Replica | MoveKind::Repair | MoveKind::Remove, ..) => {}
        }
        if !leader.is_some_and(|leader| holders.contains(&leader)) {
            leader = holders.iter().copied().find(|&node| self.layout.node(node).role.is_readable());
        }
        self.changed.insert(m.partition, (holders, leader));
    }

    /// Nothing runs and something waits: what nobody had found starts, else the first of the given order, with its other half
    /// if it begins an exchange.
    fn break_standstill(&mut self, first: usize) {
        let ready = (first..self.moves.len()).find(|&at| self.is_ready(at as u32));
        let at = ready.unwrap_or(first);
        let exchange = self.moves.get(at + 1).is_some_and(|next| lists::is_exchange(&self.moves[at], next));
        self.start(at as u32, self.source(at as u32, |_| true));
        if ready.is_none() && exchange && !self.started[at + 1] && !self.waits[at + 1] {
            self.start(at as u32 + 1, self.source(at as u32 + 1, |_| true));
        }
    }
}
