//! The bulk of a plan: replicas from nodes with open out-quotas to nodes with open in-quotas, zone pair by zone pair.

use std::collections::binary_heap::PeekMut;
use std::collections::{BTreeMap, BinaryHeap};

use crate::model::SplitMix64;
use crate::placement::NodeIndex;

use super::super::plan::{MoveKind, MoveReason};
use super::super::settings::Prefer;
use super::quotas::{OpenQuota, Quotas};
use super::state::{Ground, State};

type Heap = BinaryHeap<OpenQuota>;

/// How replicas are picked.
#[derive(Clone, Copy)]
pub(super) struct Picking {
    pub(super) prefer: Prefer,
    pub(super) reason: MoveReason,
    /// So much of the quota of a node outside its band is left to the closing pass, which can then meet its edge closely.
    pub(super) reserve: u64,
}

/// So many replicas are looked at before a pair of nodes is given up.
const TRIES_MAX: usize = 64;

/// So many takers are tried for one giver.
const TAKERS_MAX: usize = 8;

/// Moves what the quotas say, but for the reserve.
pub(super) fn run(ground: &Ground<'_>, state: &mut State, quotas: &mut Quotas, random: SplitMix64, picking: Picking) {
    let zones = ground.layout.zones().len();
    let mut members = vec![Vec::new(); zones];
    for (n, node) in ground.layout.nodes().iter().enumerate() {
        members[usize::from(node.zone)].push(n as NodeIndex);
    }
    let kept = |n: usize| {
        let (load, band) = (state.loads[n], &ground.bands[n]);
        if (band.low..=band.high).contains(&load) { 0 } else { picking.reserve }
    };
    let kept: Vec<u64> = (0..ground.bands.len()).map(kept).collect();
    let mut pass = Pass {
        ground,
        quotas,
        random,
        picking,
        kept,
        few: BTreeMap::new(),
        unmoved: vec![Unmoved::default(); ground.bands.len()],
    };
    if pass.quotas.flows.is_empty() {
        let all: Vec<NodeIndex> = members.concat();
        pass.pair(state, &all, &all, u64::MAX);
        return;
    }
    // Between zones first, while there is the most to choose from.
    let pairs = (0..zones * zones).map(|at| (at / zones, at % zones));
    let (own, cross): (Vec<_>, Vec<_>) = pairs.partition(|(from, to)| from == to);
    for (from, to) in cross.into_iter().chain(own) {
        let flow = pass.quotas.flows[from * zones + to];
        if flow > 0 {
            pass.pair(state, &members[from], &members[to], flow);
        }
    }
}

/// Takes so much from the first of a heap, in place.
fn lower_top(heap: &mut Heap, size: u64) {
    if let Some(mut top) = heap.peek_mut() {
        match top.bytes() - size {
            0 => drop(PeekMut::pop(top)),
            bytes => *top = OpenQuota::new(bytes, top.node()),
        }
    }
}

struct Pass<'a> {
    ground: &'a Ground<'a>,
    quotas: &'a mut Quotas,
    random: SplitMix64,
    picking: Picking,
    /// What each node's quota keeps for the closing pass.
    kept: Vec<u64>,
    /// For givers of whose replicas few may go to the zone pair's takers: those that may.
    few: BTreeMap<NodeIndex, Vec<u32>>,
    /// What of each node's replicas has not moved, made anew whenever a quarter of it has.
    unmoved: Vec<Unmoved>,
}

#[derive(Clone, Default)]
struct Unmoved {
    ranks: Option<Vec<u32>>,
    sent: usize,
}

impl Pass<'_> {
    /// What is open of some nodes' quotas, but for the reserve.
    fn heap(&self, nodes: &[NodeIndex], quotas: &[u64]) -> Heap {
        let open = |&node: &NodeIndex| {
            let n = usize::from(node);
            quotas[n].checked_sub(self.kept[n]).filter(|open| *open > 0).map(|open| OpenQuota::new(open, node))
        };
        nodes.iter().filter_map(open).collect()
    }

    /// Moves up to `flow` bytes, always from the node with most to give to the one with most to take.
    fn pair(&mut self, state: &mut State, from: &[NodeIndex], to: &[NodeIndex], mut flow: u64) {
        self.few.clear();
        let mut givers = self.heap(from, &self.quotas.out);
        let mut takers = self.heap(to, &self.quotas.into);
        let mut tried: Vec<OpenQuota> = Vec::with_capacity(TAKERS_MAX);
        while let Some(&giver) = givers.peek() {
            let from = giver.node();
            let mut found = None;
            while let Some(&taker) = takers.peek() {
                let to = taker.node();
                found =
                    self.pick(state, from, to, giver.bytes().min(taker.bytes()).min(flow)).map(|picked| (picked, to));
                if found.is_some() {
                    break;
                }
                tried.extend(takers.pop());
                if tried.len() == TAKERS_MAX {
                    break;
                }
            }
            if let Some(((rank, slot), to)) = found {
                let size = self.ground.size(rank);
                state.move_replica(self.ground, (rank, slot), to, MoveKind::Replica, self.picking.reason);
                self.quotas.out[usize::from(from)] -= size;
                self.quotas.into[usize::from(to)] -= size;
                flow -= size;
                self.count_sent(state, from);
                lower_top(&mut givers, size);
                lower_top(&mut takers, size);
            } else {
                givers.pop();
            }
            if !tried.is_empty() {
                takers.extend(tried.drain(..));
            }
        }
    }

    fn count_sent(&mut self, state: &State, from: NodeIndex) {
        let unmoved = &mut self.unmoved[usize::from(from)];
        let ranks = unmoved.ranks.as_deref().unwrap_or_else(|| self.ground.pool.weighty_of(from));
        unmoved.sent += 1;
        if unmoved.sent * 4 > ranks.len() {
            let stays = |&&rank: &&u32| state.unmoved_slot(self.ground, rank, from).is_some();
            let ranks = ranks.iter().filter(stays).copied().collect();
            *unmoved = Unmoved { ranks: Some(ranks), sent: 0 };
        }
    }

    /// A replica of at most `limit` bytes that may go from one node to another.
    fn pick(&mut self, state: &State, from: NodeIndex, to: NodeIndex, limit: u64) -> Option<(u32, usize)> {
        if limit == 0 {
            return None;
        }
        let first = self.ground.pool.first_up_to(limit);
        let all = self.unmoved[usize::from(from)].ranks.as_deref();
        let all = all.unwrap_or_else(|| self.ground.pool.weighty_of(from));
        let items = self.few.get(&from).map_or(all, Vec::as_slice);
        let (found, exhausted) =
            Self::look(self.ground, &mut self.random, self.picking, state, (items, first, from, to));
        if found.is_some() || exhausted {
            return found;
        }
        let zone = self.ground.zones[usize::from(to)];
        let goes = |&rank: &u32| {
            let slot = state.unmoved_slot(self.ground, rank, from)?;
            state.zone_takes(self.ground, rank, slot, zone).then_some(rank)
        };
        let few: Vec<u32> = items.iter().filter_map(goes).collect();
        let found = Self::look(self.ground, &mut self.random, self.picking, state, (&few, first, from, to)).0;
        self.few.insert(from, few);
        found
    }

    /// Looks at a few of some replicas; says also whether that were all.
    fn look(
        ground: &Ground<'_>,
        random: &mut SplitMix64,
        picking: Picking,
        state: &State,
        (items, first, from, to): (&[u32], u32, NodeIndex, NodeIndex),
    ) -> (Option<(u32, usize)>, bool) {
        let start = if first == 0 { 0 } else { items.partition_point(|&rank| rank < first) };
        let items = &items[start..];
        if items.is_empty() {
            return (None, true);
        }
        let begin = match picking.prefer {
            Prefer::Uniform => random.below(items.len() as u64) as usize,
            Prefer::FewestMoves => 0,
        };
        let wrapped = items[begin..].iter().chain(&items[..begin]);
        let found = wrapped.take(TRIES_MAX).find_map(|&rank| {
            let slot = state.unmoved_slot(ground, rank, from)?;
            state.may_take(ground, rank, slot, to).then_some((rank, slot))
        });
        (found, items.len() <= TRIES_MAX)
    }
}
