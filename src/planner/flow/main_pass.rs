//! The bulk of a plan: replicas from nodes with open out-quotas to nodes with open in-quotas, zone pair by zone pair.

use std::collections::binary_heap::PeekMut;
use std::collections::{BTreeMap, BinaryHeap};

use crate::model::SplitMix64;
use crate::placement::NodeIndex;

use super::super::layout::ZoneIndex;
use super::super::plan::{MoveKind, MoveReason};
use super::super::settings::Prefer;
use super::offer::Offer;
use super::quotas::{AT_ONCE_MAX, AT_ONCE_PART, OpenQuota, Quotas};
use super::state::{Ground, State};

type Heap = BinaryHeap<OpenQuota>;

/// How replicas are picked.
#[derive(Clone, Copy)]
pub(super) struct Picking {
    pub(super) prefer: Prefer,
    pub(super) reason: MoveReason,
    /// So much of the quota of a node outside its band is left to the closing pass, which can then meet its edge closely.
    pub(super) reserve: u64,
    /// Mean bytes of a replica.
    pub(super) mean: u64,
}

/// So many takers are tried for one giver.
const TAKERS_MAX: usize = 8;

/// In so many turns what flows between zones is moved.
const TURNS: u64 = 8;

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
    let mut pass =
        Pass { ground, quotas, random, picking, kept, few: BTreeMap::new(), offers: vec![None; ground.bands.len()] };
    if pass.quotas.flows.is_empty() {
        let all: Vec<NodeIndex> = members.concat();
        pass.pair(state, &all, &all, (u64::MAX, u64::MAX));
        return;
    }
    // Between zones first, while there is the most to choose from, and by turns: what may go to a zone can mostly go from several,
    // and who comes first would take what is all that another can give.
    let mut flows = pass.quotas.flows.clone();
    let pairs = (0..zones * zones).filter(|&at| flows[at] > 0).map(|at| (at / zones, at % zones));
    let (own, cross): (Vec<_>, Vec<_>) = pairs.partition(|(from, to)| from == to);
    let turns = if cross.len() > 1 { TURNS } else { 1 };
    for left in (1..=turns).rev() {
        for &(from, to) in &cross {
            let flow = &mut flows[from * zones + to];
            *flow -= pass.pair(state, &members[from], &members[to], (*flow, *flow / left));
        }
    }
    for (from, to) in own {
        let flow = flows[from * zones + to];
        pass.pair(state, &members[from], &members[to], (flow, flow));
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

/// By giver and zone of the takers.
type Few = BTreeMap<(NodeIndex, ZoneIndex), Offer>;

struct Pass<'a> {
    ground: &'a Ground<'a>,
    quotas: &'a mut Quotas,
    random: SplitMix64,
    picking: Picking,
    /// What each node's quota keeps for the closing pass.
    kept: Vec<u64>,
    /// For givers of whose replicas few may go to a zone: those that may.
    few: Few,
    /// What each node has to give, if it was asked.
    offers: Vec<Option<Offer>>,
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

    /// Moves up to `flow` bytes, and no more once `enough` have moved, always from the node with most to give to the one with
    /// most to take. Says how many bytes have moved.
    fn pair(&mut self, state: &mut State, from: &[NodeIndex], to: &[NodeIndex], (flow, enough): (u64, u64)) -> u64 {
        let mut all = 0;
        let mut givers = self.heap(from, &self.quotas.out);
        let mut takers = self.heap(to, &self.quotas.into);
        let mut tried: Vec<OpenQuota> = Vec::with_capacity(TAKERS_MAX);
        while let Some(&giver) = givers.peek().filter(|_| all < enough) {
            let mut moved = 0;
            while let Some(&taker) = takers.peek() {
                moved = self.hand_over(state, giver, taker, flow - all);
                if moved > 0 {
                    break;
                }
                tried.extend(takers.pop());
                if tried.len() == TAKERS_MAX {
                    break;
                }
            }
            if moved > 0 {
                self.quotas.out[usize::from(giver.node())] -= moved;
                all += moved;
                lower_top(&mut givers, moved);
                if let Some(&taker) = takers.peek() {
                    self.quotas.into[usize::from(taker.node())] -= moved;
                }
                lower_top(&mut takers, moved);
            } else {
                givers.pop();
            }
            if !tried.is_empty() {
                takers.extend(tried.drain(..));
            }
        }
        all
    }

    /// Moves replicas from one node to another, within what both have open and `flow`: one, or more as long as together they
    /// are a small part of that. Says how many bytes they have.
    fn hand_over(&mut self, state: &mut State, giver: OpenQuota, taker: OpenQuota, flow: u64) -> u64 {
        let (from, to) = (giver.node(), taker.node());
        let open = giver.bytes().min(taker.bytes()).min(flow);
        let at_once = open / AT_ONCE_PART;
        self.prepare(state, (from, to), open, at_once);
        let mut moved = 0;
        for _ in 0..AT_ONCE_MAX {
            let Some((rank, slot)) = self.pick(state, from, to, open - moved) else { break };
            state.move_replica(self.ground, (rank, slot), to, MoveKind::Replica, self.picking.reason);
            moved += self.ground.size(rank);
            if moved >= at_once {
                break;
            }
        }
        moved
    }

    /// Makes ready for picks of so many bytes in all out of `open` ones.
    fn prepare(&mut self, state: &State, ends: (NodeIndex, NodeIndex), open: u64, bytes: u64) {
        let (ground, random, prefer) = (self.ground, self.random.clone(), self.picking.prefer);
        let offer = offer_of(ground, &mut self.few, &mut self.offers, ends);
        offer.clear();
        let times = (bytes / self.picking.mean.max(1)).min(AT_ONCE_MAX as u64) as usize;
        if times > 0 {
            offer.fetch((ground, state), random, prefer, (ground.pool.first_up_to(open), times));
        }
    }

    /// A replica of at most `limit` bytes that may go from one node to another, and its slot.
    fn pick(&mut self, state: &State, from: NodeIndex, to: NodeIndex, limit: u64) -> Option<(u32, usize)> {
        if limit == 0 {
            return None;
        }
        let (ground, random, prefer) = (self.ground, &mut self.random, self.picking.prefer);
        let what = (ground.pool.first_up_to(limit), from, to);
        let offer = offer_of(ground, &mut self.few, &mut self.offers, (from, to));
        let (found, exhausted) = offer.take((ground, state), random, prefer, what);
        if found.is_some() || exhausted {
            return found;
        }
        let zone = ground.zones[usize::from(to)];
        let mut few = offer.of_zone(ground, state, from, zone);
        let found = few.take((ground, state), random, prefer, what).0;
        self.few.insert((from, zone), few);
        found
    }
}

/// What a node has to give to another.
fn offer_of<'a>(
    ground: &Ground<'_>,
    few: &'a mut Few,
    offers: &'a mut [Option<Offer>],
    (from, to): (NodeIndex, NodeIndex),
) -> &'a mut Offer {
    match few.get_mut(&(from, ground.zones[usize::from(to)])) {
        Some(few) => few,
        None => offers[usize::from(from)].get_or_insert_with(|| Offer::new(ground.pool.weighty_of(from).to_vec())),
    }
}
