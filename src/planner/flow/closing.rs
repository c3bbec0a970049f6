//! Brings the nodes that the main pass left just outside their bands into them, with the least excess: single replicas, and
//! pairs of them.

use crate::placement::NodeIndex;

use super::super::plan::{MoveKind, MoveReason};
use super::state::{Ground, State};

/// So many partners are asked per node, of its own zone and of all.
const PARTNERS_MAX: usize = 12;
/// So many replicas of a partner are tried as a single move.
const SINGLES_MAX: usize = 48;
/// So many replicas of a partner are combined to pairs.
const PAIRED_MAX: usize = 1024;
/// So many moves may bring one node into its band.
const ROUNDS_MAX: usize = 12;

/// One or two replicas that go the same way.
#[derive(Clone, Copy)]
struct Choice {
    from: NodeIndex,
    to: NodeIndex,
    ranks: [u32; 2],
    count: usize,
    cost: u64,
}

/// Closes the gaps.
pub(super) fn run(ground: &Ground<'_>, state: &mut State, reason: MoveReason, tolerance: u64) {
    let mut closing = Closing { ground, reason, tolerance, cursor: 0 };
    let nodes = 0..ground.bands.len();
    let mut low: Vec<usize> = nodes.clone().filter(|&n| closing.lacks(state, n) > 0 && ground.receives[n]).collect();
    low.sort_by_key(|&n| (std::cmp::Reverse(closing.lacks(state, n)), n));
    let givers = closing.partners(state, true);
    for n in low {
        for _ in 0..ROUNDS_MAX {
            if closing.lacks(state, n) == 0 || !closing.step(state, n, &givers, true) {
                break;
            }
        }
    }
    let mut high: Vec<usize> = nodes.filter(|&n| closing.exceeds(state, n) > 0 && closing.may_send(n)).collect();
    high.sort_by_key(|&n| (std::cmp::Reverse(closing.exceeds(state, n)), n));
    if high.is_empty() {
        return;
    }
    let takers = closing.partners(state, false);
    for n in high {
        for _ in 0..ROUNDS_MAX {
            if closing.exceeds(state, n) == 0 || !closing.step(state, n, &takers, false) {
                break;
            }
        }
    }
}

struct Closing<'a> {
    ground: &'a Ground<'a>,
    reason: MoveReason,
    tolerance: u64,
    cursor: usize,
}

impl Closing<'_> {
    fn lacks(&self, state: &State, n: usize) -> u64 {
        self.ground.bands[n].low.saturating_sub(state.loads[n])
    }

    fn exceeds(&self, state: &State, n: usize) -> u64 {
        state.loads[n].saturating_sub(self.ground.bands[n].high)
    }

    fn may_send(&self, n: usize) -> bool {
        self.ground.layout.nodes()[n].role.stays() && !self.ground.pool.weighty_of(n as NodeIndex).is_empty()
    }

    /// Nodes that can give (or take), those that must first, then by room; zone by zone, then all.
    fn partners(&self, state: &State, giving: bool) -> Vec<Vec<NodeIndex>> {
        let key = |n: usize| {
            let band = &self.ground.bands[n];
            if giving {
                (self.exceeds(state, n), state.loads[n].saturating_sub(band.low))
            } else {
                (self.lacks(state, n), band.high.saturating_sub(state.loads[n]))
            }
        };
        let fits = |n: usize| {
            if giving { self.may_send(n) && !state.received[n] } else { self.ground.receives[n] && !state.sent[n] }
        };
        let mut all: Vec<usize> = (0..self.ground.bands.len()).filter(|&n| fits(n) && key(n) > (0, 0)).collect();
        all.sort_by_key(|&n| (std::cmp::Reverse(key(n)), n));
        let mut lists = vec![Vec::new(); self.ground.layout.zones().len() + 1];
        for n in all {
            lists[usize::from(self.ground.layout.nodes()[n].zone)].push(n as NodeIndex);
            if let Some(last) = lists.last_mut() {
                last.push(n as NodeIndex);
            }
        }
        lists
    }

    /// One choice for node `n`: what covers its need with the least cost, else the largest that helps.
    fn step(&mut self, state: &mut State, n: usize, partners: &[Vec<NodeIndex>], taking: bool) -> bool {
        let node = n as NodeIndex;
        if (taking && state.sent[n]) || (!taking && state.received[n]) {
            return false;
        }
        let own = &partners[usize::from(self.ground.layout.nodes()[n].zone)];
        let all = &partners[partners.len() - 1];
        let mut asked: Vec<NodeIndex> = Vec::with_capacity(2 * PARTNERS_MAX);
        for list in [own, all] {
            let begin = if list.len() > PARTNERS_MAX { self.cursor % list.len() } else { 0 };
            let usable = |&&other: &&NodeIndex| {
                let o = usize::from(other);
                other != node && if taking { !state.received[o] } else { !state.sent[o] }
            };
            asked.extend(list[begin..].iter().chain(&list[..begin]).filter(usable).take(PARTNERS_MAX));
        }
        self.cursor += 7;
        let ends = |other| if taking { (other, node) } else { (node, other) };
        let mut best: Option<Choice> = None;
        for &other in &asked {
            self.single(state, ends(other), taking, &mut best);
        }
        for &other in &asked {
            if best.is_some_and(|best| best.cost <= self.tolerance) {
                break;
            }
            self.pair(state, ends(other), taking, &mut best);
        }
        let best = best.or_else(|| asked.iter().find_map(|&other| self.partial(state, ends(other), taking)));
        let Some(choice) = best else { return false };
        for &rank in &choice.ranks[..choice.count] {
            if let Some(slot) = state.unmoved_slot(self.ground, rank, choice.from) {
                state.move_replica(self.ground, (rank, slot), choice.to, MoveKind::Replica, self.reason);
            }
        }
        true
    }

    fn need_and_room(&self, state: &State, (from, to): (NodeIndex, NodeIndex), taking: bool) -> (u64, u64) {
        let (f, t) = (usize::from(from), usize::from(to));
        let need = if taking { self.lacks(state, t) } else { self.exceeds(state, f) };
        let spare = state.loads[f].saturating_sub(self.ground.bands[f].low);
        let room = self.ground.bands[t].high.saturating_sub(state.loads[t]);
        (need, spare.min(room))
    }

    /// Bytes beyond the need, and those that do nothing for the other node while that one needs something too.
    fn cost(&self, state: &State, (from, to): (NodeIndex, NodeIndex), taking: bool, bytes: u64) -> u64 {
        let (exceeds, lacks) = (self.exceeds(state, usize::from(from)), self.lacks(state, usize::from(to)));
        let (need, other) = if taking { (lacks, exceeds) } else { (exceeds, lacks) };
        bytes.saturating_sub(need).saturating_sub(other.min(bytes).saturating_sub(need.min(bytes)))
    }

    fn is_legal(&self, state: &State, (from, to): (NodeIndex, NodeIndex), rank: u32) -> bool {
        state.unmoved_slot(self.ground, rank, from).is_some_and(|slot| state.may_take(self.ground, rank, slot, to))
    }

    fn single(&self, state: &State, ends: (NodeIndex, NodeIndex), taking: bool, best: &mut Option<Choice>) {
        let (need, room) = self.need_and_room(state, ends, taking);
        let items = self.ground.pool.weighty_of(ends.0);
        let below = need.checked_sub(1).map_or(0, |bytes| self.ground.pool.first_up_to(bytes));
        let end = items.partition_point(|&rank| rank < below);
        for &rank in items[..end].iter().rev().take(SINGLES_MAX) {
            let bytes = self.ground.size(rank);
            let cost = self.cost(state, ends, taking, bytes);
            if bytes > room || best.is_some_and(|best| best.cost <= cost) {
                break;
            }
            if self.is_legal(state, ends, rank) {
                *best = Some(Choice { from: ends.0, to: ends.1, ranks: [rank; 2], count: 1, cost });
                break;
            }
        }
    }

    fn pair(&self, state: &State, ends: (NodeIndex, NodeIndex), taking: bool, best: &mut Option<Choice>) {
        let (need, room) = self.need_and_room(state, ends, taking);
        let items = self.ground.pool.weighty_of(ends.0);
        let start = items.partition_point(|&rank| self.ground.size(rank) >= need.max(1));
        let items = &items[start..];
        let stride = items.len().div_ceil(PAIRED_MAX).max(1);
        let items: Vec<u32> = items.iter().copied().step_by(stride).collect();
        let (mut large, mut small) = (0, items.len().saturating_sub(1));
        while large < small {
            let bytes = self.ground.size(items[large]) + self.ground.size(items[small]);
            if bytes < need {
                small -= 1;
                continue;
            }
            if bytes <= room {
                let cost = self.cost(state, ends, taking, bytes);
                let ranks = [items[large], items[small]];
                let better = best.is_none_or(|best| cost < best.cost);
                if better && ranks.iter().all(|&rank| self.is_legal(state, ends, rank)) {
                    *best = Some(Choice { from: ends.0, to: ends.1, ranks, count: 2, cost });
                    if cost <= self.tolerance {
                        return;
                    }
                }
            }
            large += 1;
        }
    }

    /// The largest single replica that does not cover the need.
    fn partial(&self, state: &State, ends: (NodeIndex, NodeIndex), taking: bool) -> Option<Choice> {
        let (need, room) = self.need_and_room(state, ends, taking);
        let items = self.ground.pool.weighty_of(ends.0);
        let first = self.ground.pool.first_up_to(need.min(room));
        let start = items.partition_point(|&rank| rank < first);
        let rank = *items[start..].iter().take(SINGLES_MAX).find(|&&rank| self.is_legal(state, ends, rank))?;
        Some(Choice { from: ends.0, to: ends.1, ranks: [rank; 2], count: 1, cost: u64::MAX })
    }
}
