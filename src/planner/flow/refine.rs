//! A search by exchanges for small clusters, where a few large replicas decide and sums say little.
//!
//! Threshold accepting: one replica goes elsewhere or two change places, and what is a little worse is accepted while the
//! threshold falls to nothing. The number of tries follows from the size of the cluster alone.

use crate::model::SplitMix64;
use crate::placement::NodeIndex;

use super::super::layout::{NO_NODE, NodeRole};
use super::super::plan::{MoveKind, MoveReason};
use super::state::{Ground, State, Step};

/// Only so few replicas are searched.
pub(super) const REPLICAS_MAX: usize = 1024;

/// Bytes outside a band count so many times as much as bytes that are copied.
const OUTSIDE_COST: i128 = 16;

/// Looks for a better end than `found` between `start` and anywhere; what it gives back is in an order that is safe throughout.
pub(super) fn run(ground: &Ground<'_>, start: &State, found: &State, reason: MoveReason, seed: u64) -> Option<State> {
    let mut search = Search::new(ground, start, found)?;
    let mut random = SplitMix64::new(seed);
    let tries = 40 * search.slots.len() as i128 + 60_000;
    let mut threshold_top = 4 * i128::from(ground.pool.mean());
    for _ in 0..2 {
        for round in 0..tries {
            let threshold = threshold_top * (tries - round) / tries;
            search.attempt(&mut random, threshold);
        }
        threshold_top /= 4;
    }
    search.state(start, reason)
}

/// Where each replica of the start is now.
struct Search<'a> {
    ground: &'a Ground<'a>,
    /// The slots that may change, by number of all slots.
    slots: Vec<usize>,
    origin: Vec<NodeIndex>,
    receivers: Vec<NodeIndex>,
    now: State,
    best: Vec<NodeIndex>,
    cost: i128,
    /// Nodes out of their bands now.
    out: usize,
    /// Fewest nodes out of their bands, then the least cost.
    least: (usize, i128),
}

impl<'a> Search<'a> {
    fn new(ground: &'a Ground<'a>, start: &State, found: &State) -> Option<Self> {
        let slots: Vec<usize> = (0..start.replicas.len())
            .filter(|&at| {
                let node = start.replicas[at];
                node != NO_NODE
                    && ground.role(node) != NodeRole::Fixed
                    && ground.size((at / ground.pool.stride) as u32) > 0
            })
            .collect();
        let receivers: Vec<NodeIndex> =
            (0..ground.bands.len()).filter(|&n| ground.receives[n]).map(|n| n as NodeIndex).collect();
        if slots.is_empty() || receivers.is_empty() {
            return None;
        }
        let mut search = Self {
            ground,
            slots,
            origin: start.replicas.clone(),
            receivers,
            now: found.clone(),
            best: found.replicas.clone(),
            cost: 0,
            out: 0,
            least: (0, 0),
        };
        let outside: i128 = (0..ground.bands.len()).map(|n| search.outside(n, search.now.loads[n])).sum();
        let moved = |&at: &usize| {
            let size = ground.size((at / ground.pool.stride) as u32);
            if search.now.replicas[at] == search.origin[at] { 0 } else { i128::from(size) }
        };
        search.cost = outside + search.slots.iter().map(moved).sum::<i128>();
        search.out = (0..ground.bands.len()).filter(|&n| search.outside(n, search.now.loads[n]) > 0).count();
        search.least = (search.out, search.cost);
        Some(search)
    }

    fn outside(&self, n: usize, load: u64) -> i128 {
        let band = &self.ground.bands[n];
        let over_capacity = load.saturating_sub(self.ground.tops[n]);
        i128::from(load.saturating_sub(band.high).max(band.low.saturating_sub(load))) * OUTSIDE_COST
            + i128::from(over_capacity) * OUTSIDE_COST
    }

    fn attempt(&mut self, random: &mut SplitMix64, threshold: i128) {
        let at = self.slots[random.below(self.slots.len() as u64) as usize];
        let before = self.cost;
        let from = self.now.replicas[at];
        let done = match random.below(4) {
            0 => self.relocate(at, self.origin[at]),
            1 | 2 => self.relocate(at, self.receivers[random.below(self.receivers.len() as u64) as usize]),
            _ => {
                let other = self.slots[random.below(self.slots.len() as u64) as usize];
                let to = self.now.replicas[other];
                if !self.relocate(at, to) {
                    return;
                }
                if self.relocate(other, from) {
                    if self.cost > before + threshold {
                        self.force(other, to);
                        self.force(at, from);
                    }
                    self.keep_best();
                    return;
                }
                true
            }
        };
        if done && self.cost > before + threshold {
            self.force(at, from);
        }
        self.keep_best();
    }

    fn relocate(&mut self, at: usize, to: NodeIndex) -> bool {
        let (rank, slot) = ((at / self.ground.pool.stride) as u32, at % self.ground.pool.stride);
        let allowed = self.ground.receives[usize::from(to)] || to == self.origin[at];
        if self.now.replicas[at] == to || !allowed || !self.now.may_take(self.ground, rank, slot, to) {
            return false;
        }
        self.force(at, to);
        true
    }

    fn force(&mut self, at: usize, to: NodeIndex) {
        let size = self.ground.size((at / self.ground.pool.stride) as u32);
        let (from, origin) = (self.now.replicas[at], self.origin[at]);
        let (f, t) = (usize::from(from), usize::from(to));
        for (n, load) in [(f, self.now.loads[f] - size), (t, self.now.loads[t] + size)] {
            let (before, after) = (self.outside(n, self.now.loads[n]), self.outside(n, load));
            self.cost += after - before;
            self.out = self.out + usize::from(after > 0) - usize::from(before > 0);
            self.now.loads[n] = load;
        }
        self.cost += i128::from(size) * (i128::from(to != origin) - i128::from(from != origin));
        self.now.replicas[at] = to;
    }

    fn keep_best(&mut self) {
        if (self.out, self.cost) < self.least {
            self.least = (self.out, self.cost);
            self.best.clone_from(&self.now.replicas);
        }
    }

    /// The steps from the start to the best that was seen, each legal when it is made; `None` if no such order was found.
    fn state(&self, start: &State, reason: MoveReason) -> Option<State> {
        let mut state = start.clone();
        let stride = self.ground.pool.stride;
        let mut waiting: Vec<usize> = (0..self.best.len()).filter(|&at| self.best[at] != self.origin[at]).collect();
        let top: Vec<u64> =
            start.loads.iter().zip(self.ground.bands).map(|(&load, band)| load.max(band.high)).collect();
        // Emptied nodes may fill others past their bands, but only if nothing else is left to do.
        let mut strict = true;
        while !waiting.is_empty() {
            let before = waiting.len();
            waiting.retain(|&at| {
                let (rank, slot, to) = ((at / stride) as u32, at % stride, self.best[at]);
                let drains = self.ground.role(self.origin[at]) == NodeRole::Draining;
                let n = usize::from(to);
                let load = state.loads[n].saturating_add(self.ground.size(rank));
                let fits = load <= top[n] || (!strict && drains && load <= self.ground.tops[n]);
                let goes = fits && state.may_take(self.ground, rank, slot, to);
                if goes {
                    let reason = if drains { MoveReason::Drain } else { self.reason_of(start, rank, slot, reason) };
                    state.move_replica(self.ground, (rank, slot), to, MoveKind::Replica, reason);
                }
                !goes
            });
            if waiting.len() == before && !self.exchange(&mut state, &mut waiting, &top, reason) {
                if !strict {
                    return None;
                }
                strict = false;
            }
        }
        Some(state)
    }

    /// Makes two waiting steps at once, between the same two nodes, that neither has room for alone.
    fn exchange(&self, state: &mut State, waiting: &mut Vec<usize>, top: &[u64], reason: MoveReason) -> bool {
        let stride = self.ground.pool.stride;
        let size = |at: usize| self.ground.size((at / stride) as u32);
        for i in 0..waiting.len() {
            for j in 0..waiting.len() {
                let (one, two) = (waiting[i], waiting[j]);
                let (a, b) = (self.origin[one], self.best[one]);
                if i == j || one / stride == two / stride || (self.origin[two], self.best[two]) != (b, a) {
                    continue;
                }
                let after = |node: NodeIndex, gained: usize, lost: usize| {
                    state.loads[usize::from(node)] + size(gained) - size(lost) <= top[usize::from(node)]
                };
                let legal = [one, two]
                    .iter()
                    .all(|&at| state.may_take(self.ground, (at / stride) as u32, at % stride, self.best[at]));
                if legal && after(b, one, two) && after(a, two, one) {
                    for at in [one, two] {
                        let (rank, slot) = ((at / stride) as u32, at % stride);
                        let reason = self.reason_of(state, rank, slot, reason);
                        state.move_replica(self.ground, (rank, slot), self.best[at], MoveKind::Replica, reason);
                    }
                    waiting.retain(|&at| at != one && at != two);
                    return true;
                }
            }
        }
        false
    }

    fn reason_of(&self, start: &State, rank: u32, slot: usize, reason: MoveReason) -> MoveReason {
        let origin = self.origin[rank as usize * self.ground.pool.stride + slot];
        if start.may_stay(self.ground, rank, slot, origin) { reason } else { MoveReason::Zone }
    }
}

/// Whether steps leave slots as they were numbered: only then are they searched.
pub(super) fn is_searchable(ground: &Ground<'_>, steps: &[Step]) -> bool {
    ground.pool.replicas.len() <= REPLICAS_MAX && steps.iter().all(|step| step.kind == MoveKind::Replica)
}
