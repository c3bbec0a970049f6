//! Brings the nodes that the main pass left just outside their bands into them, with the least excess: single replicas, and
//! pairs of them.

use std::collections::BTreeSet;

use crate::placement::NodeIndex;

use super::super::plan::{MoveKind, MoveReason};
use super::state::{Ground, State};

/// So many partners are asked per node, of its own zone and of all.
const PARTNERS_MAX: usize = 12;
/// So many replicas of a partner are tried as a single move.
const SINGLES_MAX: usize = 48;
/// So many are tried when none brings the node into its band by itself.
const PARTIAL_MAX: usize = 1 << 14;
/// So many replicas of a partner are combined to pairs.
const PAIRED_MAX: usize = 1024;
/// So many moves may bring one node into its band.
const ROUNDS_MAX: usize = 512;

/// One or two replicas that go the same way.
#[derive(Clone, Copy)]
struct Choice {
    from: NodeIndex,
    to: NodeIndex,
    ranks: [u32; 2],
    count: usize,
    cost: u64,
}

/// Closes the gaps, first of nodes below their bands with what others must give up anyway, then with what others can spare; then
/// of nodes above. Or the other way round if more nodes are above: who is one of many has little left to give or take, and can
/// be met closely by one of few that has much.
pub(super) fn run(ground: &Ground<'_>, state: &mut State, reason: MoveReason, tolerance: u64) {
    let at = (ground.pool.weighty as usize * 9 / 10).min(ground.pool.sizes.len().saturating_sub(1));
    let small = ground.pool.sizes.get(at).copied().unwrap_or(0);
    let mut closing = Closing { ground, reason, tolerance, cursor: 0, small };
    let needy = |closing: &Closing<'_>, state: &State, taking: bool| -> Vec<usize> {
        (0..ground.bands.len()).filter(|&n| closing.need(state, n, taking) > 0).collect()
    };
    let first = needy(&closing, state, true).len() >= needy(&closing, state, false).len();
    for taking in [first, !first] {
        let mut needy = needy(&closing, state, taking);
        if needy.is_empty() {
            continue;
        }
        needy.sort_by_key(|&n| (std::cmp::Reverse(closing.need(state, n, taking)), n));
        let mut matches = Matches::new(&closing, state, taking);
        let spare = closing.partners(state, taking);
        for n in needy {
            for _ in 0..ROUNDS_MAX {
                if closing.need(state, n, taking) == 0 || !closing.step(state, n, (&mut matches, &spare), taking) {
                    break;
                }
            }
        }
    }
}

/// The nodes that must give up (or take) something themselves, by how much: zone by zone, then all.
struct Matches(Vec<BTreeSet<(u64, NodeIndex)>>);

impl Matches {
    fn new(closing: &Closing<'_>, state: &State, taking: bool) -> Self {
        let mut matches = Self(vec![BTreeSet::new(); closing.ground.layout.zones().len() + 1]);
        for n in 0..closing.ground.bands.len() {
            matches.put(closing, n as NodeIndex, closing.need(state, n, !taking));
        }
        matches
    }

    fn put(&mut self, closing: &Closing<'_>, node: NodeIndex, need: u64) {
        if need > 0 {
            let all = self.0.len() - 1;
            self.0[usize::from(closing.ground.layout.node(node).zone)].insert((need, node));
            self.0[all].insert((need, node));
        }
    }

    fn take_out(&mut self, closing: &Closing<'_>, node: NodeIndex, need: u64) {
        let all = self.0.len() - 1;
        self.0[usize::from(closing.ground.layout.node(node).zone)].remove(&(need, node));
        self.0[all].remove(&(need, node));
    }

    /// Those whose need is nearest to `need`.
    fn nearest(&self, list: usize, need: u64) -> impl Iterator<Item = NodeIndex> {
        let above = self.0[list].range((need, 0)..).take(PARTNERS_MAX / 2);
        let below = self.0[list].range(..(need, 0)).rev().take(PARTNERS_MAX / 2);
        above.chain(below).map(|&(_, node)| node)
    }
}

struct Closing<'a> {
    ground: &'a Ground<'a>,
    reason: MoveReason,
    tolerance: u64,
    cursor: usize,
    /// Nine tenths of the replicas are at least so large.
    small: u64,
}

impl Closing<'_> {
    /// What a node must still take (or give up), if it may.
    fn need(&self, state: &State, n: usize, taking: bool) -> u64 {
        match taking {
            true if self.ground.receives[n] && !state.sent[n] => self.lacks(state, n),
            false if self.may_send(n) && !state.received[n] => self.exceeds(state, n),
            true | false => 0,
        }
    }

    fn lacks(&self, state: &State, n: usize) -> u64 {
        self.ground.bands[n].low.saturating_sub(state.loads[n])
    }

    fn exceeds(&self, state: &State, n: usize) -> u64 {
        state.loads[n].saturating_sub(self.ground.bands[n].high)
    }

    fn may_send(&self, n: usize) -> bool {
        self.ground.layout.nodes()[n].role.stays() && !self.ground.pool.weighty_of(n as NodeIndex).is_empty()
    }

    /// Nodes inside their bands that can give (or take), by room; zone by zone, then all.
    fn partners(&self, state: &State, giving: bool) -> Vec<Vec<NodeIndex>> {
        let room = |n: usize| {
            let (load, band) = (state.loads[n], &self.ground.bands[n]);
            match giving {
                true if self.may_send(n) && !state.received[n] => load.saturating_sub(band.low),
                false if self.ground.receives[n] && !state.sent[n] => band.high.saturating_sub(load),
                true | false => 0,
            }
        };
        let mut all: Vec<(u64, usize)> = (0..self.ground.bands.len()).map(|n| (room(n), n)).collect();
        all.retain(|&(room, _)| room > 0);
        all.sort_by_key(|&(room, n)| (std::cmp::Reverse(room), n));
        let mut lists = vec![Vec::new(); self.ground.layout.zones().len() + 1];
        for (_, n) in all {
            lists[usize::from(self.ground.layout.nodes()[n].zone)].push(n as NodeIndex);
            if let Some(last) = lists.last_mut() {
                last.push(n as NodeIndex);
            }
        }
        lists
    }

    /// One choice for node `n`: what covers its need with the least cost, else the largest that helps.
    fn step(
        &mut self,
        state: &mut State,
        n: usize,
        (matches, spare): (&mut Matches, &[Vec<NodeIndex>]),
        taking: bool,
    ) -> bool {
        let node = n as NodeIndex;
        let own = usize::from(self.ground.layout.nodes()[n].zone);
        let need = self.need(state, n, taking);
        let ends = |other| if taking { (other, node) } else { (node, other) };
        let mut best = None;
        for list in [own, spare.len() - 1] {
            let asked: Vec<NodeIndex> = matches.nearest(list, need).collect();
            self.cheapest(state, &asked, ends, taking, &mut best);
        }
        let mut asked: Vec<NodeIndex> = Vec::new();
        if best.is_none() {
            for list in [&spare[own], &spare[spare.len() - 1]] {
                let begin = if list.len() > PARTNERS_MAX { self.cursor % list.len() } else { 0 };
                let usable = |&&other: &&NodeIndex| {
                    let o = usize::from(other);
                    other != node && if taking { !state.received[o] } else { !state.sent[o] }
                };
                asked.extend(list[begin..].iter().chain(&list[..begin]).filter(usable).take(PARTNERS_MAX));
            }
            self.cursor += 7;
            self.cheapest(state, &asked, ends, taking, &mut best);
        }
        let best = best.or_else(|| {
            let must = matches.nearest(spare.len() - 1, need);
            must.chain(asked.iter().copied()).find_map(|other| self.partial(state, ends(other), taking))
        });
        let Some(choice) = best else { return false };
        let other = if taking { choice.from } else { choice.to };
        matches.take_out(self, other, self.need(state, usize::from(other), !taking));
        for &rank in &choice.ranks[..choice.count] {
            if let Some(slot) = state.unmoved_slot(self.ground, rank, choice.from) {
                state.move_replica(self.ground, (rank, slot), choice.to, MoveKind::Replica, self.reason);
            }
        }
        matches.put(self, other, self.need(state, usize::from(other), !taking));
        true
    }

    /// The cheapest single or pair with any of the asked.
    fn cheapest(
        &self,
        state: &State,
        asked: &[NodeIndex],
        ends: impl Fn(NodeIndex) -> (NodeIndex, NodeIndex),
        taking: bool,
        best: &mut Option<Choice>,
    ) {
        for &other in asked {
            self.single(state, ends(other), taking, best);
        }
        for &other in asked {
            if best.is_some_and(|best| best.cost <= self.tolerance) {
                return;
            }
            self.pair(state, ends(other), taking, best);
        }
    }

    fn need_and_room(&self, state: &State, (from, to): (NodeIndex, NodeIndex), taking: bool) -> (u64, u64) {
        let (f, t) = (usize::from(from), usize::from(to));
        let need = if taking { self.lacks(state, t) } else { self.exceeds(state, f) };
        let spare = state.loads[f].saturating_sub(self.ground.bands[f].low);
        let room = self.ground.bands[t].high.saturating_sub(state.loads[t]);
        (need, spare.min(room))
    }

    /// What a move costs: bytes beyond the need of either node, and what the other will cost later if so little is left to be
    /// done for it that no replica is that small.
    fn cost(&self, state: &State, (from, to): (NodeIndex, NodeIndex), taking: bool, bytes: u64) -> u64 {
        let (exceeds, lacks) = (self.exceeds(state, usize::from(from)), self.lacks(state, usize::from(to)));
        let (need, other) = if taking { (lacks, exceeds) } else { (exceeds, lacks) };
        let excess = bytes.saturating_sub(need);
        match other.checked_sub(bytes) {
            _ if other == 0 => excess,
            Some(0) => excess,
            Some(left) => excess + self.small.saturating_sub(left),
            None => excess + (bytes - other),
        }
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
        let rank = *items[start..].iter().take(PARTIAL_MAX).find(|&&rank| self.is_legal(state, ends, rank))?;
        Some(Choice { from: ends.0, to: ends.1, ranks: [rank; 2], count: 1, cost: u64::MAX })
    }
}
