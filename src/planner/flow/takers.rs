//! Finds a node for a replica that must go somewhere.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::placement::NodeIndex;

use super::super::layout::NO_NODE;
use super::quotas::{AT_ONCE_MAX, AT_ONCE_PART, OpenQuota, Quotas, ZONES_MAX};
use super::state::{Ground, State};

/// Nodes of each zone by what they still take.
pub(super) struct Takers {
    /// By open quota of bytes. That of the first may be less by now.
    by_bytes: Vec<BinaryHeap<OpenQuota>>,
    /// How long the first of each zone goes on taking.
    turns: Vec<Turn>,
    /// By replicas relative to weight, for empty partitions, which no quota sees.
    by_count: Vec<BinaryHeap<(Reverse<u64>, Reverse<NodeIndex>)>>,
    tried_bytes: Vec<OpenQuota>,
    tried_count: Vec<(Reverse<u64>, Reverse<NodeIndex>)>,
}

/// Where a replica comes from.
#[derive(Clone, Copy)]
pub(super) struct Source {
    pub(super) rank: u32,
    /// The slot that it leaves, or `usize::MAX` for one more copy.
    pub(super) slot: usize,
    /// Its zone; the number of zones for what comes from nowhere.
    pub(super) zone: usize,
}

/// What a node takes before others are asked.
#[derive(Clone, Copy, Default)]
struct Turn {
    replicas: usize,
    bytes: u64,
}

impl Turn {
    /// Whether the node goes on after a replica of so many bytes, of so many that it had open.
    fn goes_on(&mut self, open: u64, size: u64) -> bool {
        self.replicas += 1;
        self.bytes += size;
        self.replicas < AT_ONCE_MAX && self.bytes < open / AT_ONCE_PART
    }
}

/// Puts the first of a heap to where its quota belongs by now.
fn update_top(heap: &mut BinaryHeap<OpenQuota>, quotas: &Quotas) {
    if let Some(mut top) = heap.peek_mut() {
        let node = top.node();
        *top = OpenQuota::new(quotas.into[usize::from(node)], node);
    }
}

impl Takers {
    pub(super) fn new(ground: &Ground<'_>, state: &State, quotas: &Quotas) -> Self {
        let zones = ground.layout.zones().len();
        let mut takers = Self {
            by_bytes: vec![BinaryHeap::new(); zones],
            turns: vec![Turn::default(); zones],
            by_count: vec![BinaryHeap::new(); zones],
            tried_bytes: Vec::new(),
            tried_count: Vec::new(),
        };
        for (n, node) in ground.layout.nodes().iter().enumerate().filter(|(n, _)| ground.receives[*n]) {
            let (zone, index) = (usize::from(node.zone), n as NodeIndex);
            takers.by_bytes[zone].push(OpenQuota::new(quotas.into[n], index));
            takers.by_count[zone].push((Reverse(relative_count(ground, state, n)), Reverse(index)));
        }
        takers
    }

    /// The node that takes a replica: by open quota, then by room in its band, then by room at all.
    pub(super) fn choose(
        &mut self,
        ground: &Ground<'_>,
        state: &State,
        quotas: &mut Quotas,
        source: Source,
    ) -> Option<NodeIndex> {
        let size = ground.size(source.rank);
        if size == 0 {
            return self.by_count(ground, state, source);
        }
        let zones = self.by_bytes.len();
        // Of equals the first; mostly it has a node, and the rest is only sorted if it has not.
        let first = (0..zones).min_by_key(|&zone| Reverse(self.preference(quotas, source, zone)));
        if let Some(node) = first.and_then(|zone| self.by_quota(ground, state, quotas, source, zone)) {
            return Some(node);
        }
        let mut rest: Vec<usize> = (0..zones).filter(|&zone| Some(zone) != first).collect();
        rest.sort_by_cached_key(|&zone| Reverse(self.preference(quotas, source, zone)));
        for zone in rest {
            if let Some(node) = self.by_quota(ground, state, quotas, source, zone) {
                return Some(node);
            }
        }
        let room = |n: usize, top: u64| top.checked_sub(state.loads[n]).filter(|room| *room >= size);
        let best = |tops: &dyn Fn(usize) -> u64| {
            (0..ground.receives.len())
                .filter(|&n| ground.receives[n])
                .filter_map(|n| room(n, tops(n)).map(|room| (room, Reverse(n as NodeIndex))))
                .filter(|&(_, Reverse(node))| state.may_take(ground, source.rank, source.slot, node))
                .max()
                .map(|(_, Reverse(node))| node)
        };
        if let Some(node) = best(&|n| ground.bands[n].high) {
            return Some(node);
        }
        // Above its band, but as little as can be.
        (0..ground.receives.len())
            .filter(|&n| ground.receives[n] && room(n, ground.tops[n]).is_some())
            .filter(|&n| state.may_take(ground, source.rank, source.slot, n as NodeIndex))
            .min_by_key(|&n| {
                let (load, share) = (u128::from(state.loads[n] + size), u128::from(ground.bands[n].target.max(1)));
                ((load << 20) / share, n)
            })
            .map(|n| n as NodeIndex)
    }

    /// What decides the order in which zones are tried: open flow to other zones, the own zone, then the rest; with many zones
    /// what their first nodes take.
    fn preference(&self, quotas: &Quotas, source: Source, zone: usize) -> u128 {
        let zones = self.by_bytes.len();
        if zones > ZONES_MAX {
            return self.by_bytes[zone].peek().map_or(0, |open| open.bytes().into());
        }
        let flow = quotas.flows[source.zone * zones + zone];
        let is_cross = flow > 0 && zone != source.zone;
        u128::from(is_cross) << u64::BITS | u128::from(flow)
    }

    fn by_quota(
        &mut self,
        ground: &Ground<'_>,
        state: &State,
        quotas: &mut Quotas,
        source: Source,
        zone: usize,
    ) -> Option<NodeIndex> {
        let size = ground.size(source.rank);
        let takes = |n: usize, state: &State| {
            state.loads[n].saturating_add(size) <= ground.bands[n].high
                && state.may_take(ground, source.rank, source.slot, n as NodeIndex)
        };
        let (heap, turn) = (&mut self.by_bytes[zone], &mut self.turns[zone]);
        let mut found = None;
        while let Some(&top) = heap.peek() {
            let n = usize::from(top.node());
            let open = quotas.into[n];
            if open > 0 && takes(n, state) {
                found = Some(top.node());
                quotas.into[n] = open.saturating_sub(size);
                // Behind others that could not take this one, it does not stay the first.
                if !turn.goes_on(open, size) || !self.tried_bytes.is_empty() {
                    *turn = Turn::default();
                    update_top(heap, quotas);
                }
                break;
            }
            *turn = Turn::default();
            if top.bytes() > open {
                // It is not the first any more.
                update_top(heap, quotas);
            } else if open == 0 {
                break;
            } else {
                self.tried_bytes.extend(heap.pop());
                if self.tried_bytes.len() > 64 {
                    break;
                }
            }
        }
        heap.extend(self.tried_bytes.drain(..));
        if found.is_some() && !quotas.flows.is_empty() {
            let flow = &mut quotas.flows[source.zone * ground.layout.zones().len() + zone];
            *flow = flow.saturating_sub(size);
        }
        found
    }

    /// For an empty partition: the node with the fewest replicas relative to its weight, in its own zone if that may be.
    fn by_count(&mut self, ground: &Ground<'_>, state: &State, source: Source) -> Option<NodeIndex> {
        let zones = ground.layout.zones().len();
        let top = |heap: &BinaryHeap<(Reverse<u64>, Reverse<NodeIndex>)>| {
            heap.peek().map_or(u64::MAX, |(Reverse(count), _)| *count)
        };
        let mut order: Vec<(bool, u64, usize)> =
            (0..zones).map(|zone| (zone != source.zone, top(&self.by_count[zone]), zone)).collect();
        order.sort_unstable();
        for (_, _, zone) in order {
            let mut found = None;
            while let Some((_, Reverse(node))) = self.by_count[zone].pop() {
                let count = relative_count(ground, state, usize::from(node));
                if state.may_take(ground, source.rank, source.slot, node) {
                    let weight = u64::from(ground.layout.node(node).weight.millis());
                    self.tried_count.push((Reverse(count + 1_000_000_000 / weight), Reverse(node)));
                    found = Some(node);
                    break;
                }
                self.tried_count.push((Reverse(count), Reverse(node)));
            }
            self.by_count[zone].extend(self.tried_count.drain(..));
            if found.is_some() {
                return found;
            }
        }
        None
    }
}

fn relative_count(ground: &Ground<'_>, state: &State, n: usize) -> u64 {
    u64::from(state.counts[n]) * 1_000_000_000 / u64::from(ground.layout.nodes()[n].weight.millis())
}

/// No slot: one more copy.
pub(super) const NO_SLOT: usize = usize::MAX;

/// The zone row of a node's replicas.
pub(super) fn zone_of(ground: &Ground<'_>, node: NodeIndex) -> usize {
    debug_assert_ne!(node, NO_NODE);
    usize::from(ground.layout.node(node).zone)
}
