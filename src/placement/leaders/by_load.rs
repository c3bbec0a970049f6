//! The busiest partitions by load: a node should lead less than its part of the load and one average partition more,
//! which for equal loads is `ceil(P · w / W)` partitions.
//!
//! Partitions cannot be divided, so this is a search: hand over what fits, else hand on or exchange, else at least what
//! brings the higher of both nodes down by a sixteenth.

use super::{Busy, LeaderProblem};

/// A smaller gain is not worth a transfer: one part in so many.
const GAIN: u128 = 16;

/// How many pairs of partitions one search for an exchange looks at: enough for 1,000 partitions a node.
const PAIRS_MAX: usize = 1 << 20;

struct Loads<'a> {
    problem: &'a LeaderProblem<'a>,
    busy: Busy<'a>,
    leaders: &'a mut [u8],
    /// Load of each node.
    loads: Vec<u64>,
    /// What each node should not exceed.
    limits: Vec<u64>,
    /// Which of the busy partitions each node leads, by their place in `busy`.
    led: Vec<Vec<u32>>,
}

/// One transfer: which of the busy partitions, and to which slot.
type Transfer = (u32, u8);

/// Changes `leaders` of the busy partitions; the limit of each node comes back.
pub(super) fn even_out(problem: &LeaderProblem<'_>, busy: Busy<'_>, leaders: &mut [u8]) -> Vec<u64> {
    let mut loads = Loads::new(problem, busy, leaders);
    let mut stuck = vec![false; loads.loads.len()];
    // Each transfer brings one node down; this only ends a walk that goes nowhere.
    for _ in 0..4 * busy.partitions.len() {
        let Some(node) = loads.fullest(&stuck) else { break };
        match loads.relief(node) {
            None => stuck[node] = true,
            Some((first, second)) => {
                loads.transfer(first);
                if let Some(second) = second {
                    loads.transfer(second);
                }
                // Others may find relief now, so that a second run would find nothing more.
                stuck.fill(false);
            }
        }
    }
    loads.limits
}

impl<'a> Loads<'a> {
    fn new(problem: &'a LeaderProblem<'a>, busy: Busy<'a>, leaders: &'a mut [u8]) -> Self {
        let nodes = problem.weights.len();
        let limits = limits(problem, busy);
        let mut new = Self { problem, busy, leaders, loads: vec![0; nodes], limits, led: vec![Vec::new(); nodes] };
        let mut waiting = Vec::new();
        for (at, &partition) in busy.partitions.iter().enumerate() {
            let slot = new.leaders[partition as usize];
            if problem.must_change(partition as usize, slot) {
                waiting.push(at as u32);
            } else if let Some(node) = problem.leader(partition as usize, slot) {
                new.loads[node] += busy.loads[at];
                new.led[node].push(at as u32);
            }
        }
        // The heaviest first, each to the holder that is then fullest least.
        waiting.sort_by_key(|&at| (std::cmp::Reverse(busy.loads[at as usize]), at));
        for at in waiting {
            let load = busy.loads[at as usize];
            let emptiest = problem.slots(busy.partitions[at as usize] as usize).min_by(|&a, &b| {
                let (a, b) = (new.holder(at, a), new.holder(at, b));
                new.fullness(a, new.loads[a] + load).cmp(&new.fullness(b, new.loads[b] + load)).then(a.cmp(&b))
            });
            if let Some(slot) = emptiest {
                let node = new.holder(at, slot);
                new.leaders[busy.partitions[at as usize] as usize] = slot;
                new.loads[node] += load;
                new.led[node].push(at);
            }
        }
        new
    }

    fn holder(&self, at: u32, slot: u8) -> usize {
        let partition = self.busy.partitions[at as usize] as usize;
        usize::from(self.problem.holders[partition * self.problem.stride + usize::from(slot)])
    }

    /// Load relative to weight, scaled; a node without a weight is fuller than all others.
    fn fullness(&self, node: usize, load: u64) -> u128 {
        match self.problem.weights[node] {
            0 => u128::from(load) << 64,
            weight => (u128::from(load) << 40) / u128::from(weight),
        }
    }

    /// The fullest node above its limit that was not found stuck.
    fn fullest(&self, stuck: &[bool]) -> Option<usize> {
        let over = (0..stuck.len()).filter(|&node| !stuck[node] && self.loads[node] > self.limits[node]);
        over.max_by_key(|&node| (self.fullness(node, self.loads[node]), std::cmp::Reverse(node)))
    }

    /// Who else may lead one of the busy partitions, with their slots.
    fn others(&self, at: u32, leader: usize) -> impl Iterator<Item = (u8, usize)> + '_ {
        let partition = self.busy.partitions[at as usize] as usize;
        self.problem.slots(partition).map(move |slot| (slot, self.holder(at, slot))).filter(move |(_, n)| *n != leader)
    }

    /// What brings the node down best.
    fn relief(&self, node: usize) -> Option<(Transfer, Option<Transfer>)> {
        self.fitting(node)
            .map(|first| (first, None))
            .or_else(|| self.exchange(node).map(|(first, second)| (first, Some(second))))
            .or_else(|| self.lowering(node).map(|first| (first, None)))
    }

    /// A partition that fits elsewhere: the smallest that brings the node to its limit, else the largest.
    fn fitting(&self, node: usize) -> Option<Transfer> {
        let excess = self.loads[node] - self.limits[node];
        let mut best: Option<((bool, u64, u128, u32), Transfer)> = None;
        for &at in &self.led[node] {
            let load = self.busy.loads[at as usize];
            for (slot, to) in self.others(at, node) {
                let after = self.loads[to] + load;
                if !self.problem.may_gain[to] || after > self.limits[to] || load == 0 {
                    continue;
                }
                let distance = if load >= excess { load - excess } else { u64::MAX - load };
                let rank = (load < excess, distance, self.fullness(to, after), at);
                if best.is_none_or(|(other, _)| rank < other) {
                    best = Some((rank, (at, slot)));
                }
            }
        }
        best.map(|(_, transfer)| transfer)
    }

    /// A partition to a node that hands on a smaller one of its own.
    fn exchange(&self, node: usize) -> Option<(Transfer, Transfer)> {
        let mut pairs = 0;
        for &given in &self.led[node] {
            let load = self.busy.loads[given as usize];
            for (slot, over) in self.others(given, node).filter(|(_, over)| self.problem.may_gain[*over]) {
                for &passed in &self.led[over] {
                    pairs += 1;
                    if pairs > PAIRS_MAX {
                        return None;
                    }
                    let smaller = self.busy.loads[passed as usize];
                    if smaller >= load || self.loads[over] + load - smaller > self.limits[over] {
                        continue;
                    }
                    let fits = |to: usize| {
                        if to == node {
                            // Back to the first: worth it only if it ends within its limit.
                            return self.loads[node] - load + smaller <= self.limits[node];
                        }
                        self.problem.may_gain[to] && self.loads[to] + smaller <= self.limits[to]
                    };
                    if let Some((next, _)) = self.others(passed, over).find(|(_, to)| fits(*to)) {
                        return Some(((given, slot), (passed, next)));
                    }
                }
            }
        }
        None
    }

    /// A transfer after which the fuller of both nodes is clearly less full than the node was.
    fn lowering(&self, node: usize) -> Option<Transfer> {
        let before = self.fullness(node, self.loads[node]);
        let mut best: Option<((u128, u32), Transfer)> = None;
        for &at in &self.led[node] {
            let load = self.busy.loads[at as usize];
            for (slot, to) in self.others(at, node).filter(|(_, to)| self.problem.may_gain[*to]) {
                let left = self.fullness(node, self.loads[node] - load);
                let rank = (left.max(self.fullness(to, self.loads[to] + load)), at);
                if rank.0 <= before - before / GAIN && before >= GAIN && best.is_none_or(|(other, _)| rank < other) {
                    best = Some((rank, (at, slot)));
                }
            }
        }
        best.map(|(_, transfer)| transfer)
    }

    fn transfer(&mut self, (at, slot): Transfer) {
        let partition = self.busy.partitions[at as usize] as usize;
        let Some(from) = self.problem.leader(partition, self.leaders[partition]) else { return };
        let to = self.holder(at, slot);
        let load = self.busy.loads[at as usize];
        self.leaders[partition] = slot;
        self.loads[from] -= load;
        self.loads[to] += load;
        self.led[from].retain(|&other| other != at);
        self.led[to].push(at);
    }
}

/// Its part of the load by weight, among nodes that can lead any of it, and less than one average partition more.
fn limits(problem: &LeaderProblem<'_>, busy: Busy<'_>) -> Vec<u64> {
    let nodes = problem.weights.len();
    let mut can_lead = vec![false; nodes];
    for &partition in busy.partitions {
        for slot in problem.slots(partition as usize) {
            can_lead[usize::from(problem.holders[partition as usize * problem.stride + usize::from(slot)])] = true;
        }
    }
    let weight = |node: usize| if can_lead[node] { u128::from(problem.weights[node]) } else { 0 };
    let all = (0..nodes).map(weight).sum::<u128>().max(1);
    let total: u128 = busy.loads.iter().map(|&load| u128::from(load)).sum();
    let count = busy.partitions.len().max(1) as u128;
    // Below total · (w/W + 1/count): loads are below 2^62, W below 2^36, counts below 2^26.
    let limit = |node: usize| (total * (weight(node) * count + all)).div_ceil(all * count).saturating_sub(1) as u64;
    (0..nodes).map(|node| if weight(node) == 0 { 0 } else { limit(node) }).collect()
}
