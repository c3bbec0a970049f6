//! The bulk of a plan: replicas from nodes with open out-quotas to nodes with open in-quotas, zone pair by zone pair.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::placement::NodeIndex;

use super::super::plan::{MoveKind, MoveReason};
use super::super::settings::Prefer;
use super::quotas::Quotas;
use super::state::{Ground, Random, State};

type Heap = BinaryHeap<(u64, Reverse<NodeIndex>)>;

/// How replicas are picked.
#[derive(Clone, Copy)]
pub(super) struct Picking {
    pub(super) prefer: Prefer,
    pub(super) reason: MoveReason,
    /// So much of each quota is left to the closing pass.
    pub(super) reserve: u64,
}

/// So many replicas are looked at before a pair of nodes is given up.
const TRIES_MAX: usize = 64;

/// So many when the largest are taken, which others have often taken already.
const FEWEST_TRIES_MAX: usize = 1 << 14;

/// So many takers are tried for one giver.
const TAKERS_MAX: usize = 8;

/// Moves what the quotas say, but for the reserve.
pub(super) fn run(ground: &Ground<'_>, state: &mut State, quotas: &mut Quotas, random: &mut Random, picking: Picking) {
    let zones = ground.layout.zones().len();
    let mut members = vec![Vec::new(); zones];
    for (n, node) in ground.layout.nodes().iter().enumerate() {
        members[usize::from(node.zone)].push(n as NodeIndex);
    }
    if quotas.flows.is_empty() {
        let all: Vec<NodeIndex> = members.concat();
        let (mut givers, mut takers) = (heap(&all, &quotas.out), heap(&all, &quotas.into));
        pair(ground, state, quotas, random, picking, (&mut givers, &mut takers, u64::MAX));
        return;
    }
    // Between zones first, while there is the most to choose from.
    let pairs = (0..zones * zones).map(|at| (at / zones, at % zones));
    let (own, cross): (Vec<_>, Vec<_>) = pairs.partition(|(from, to)| from == to);
    for (from, to) in cross.into_iter().chain(own) {
        let flow = quotas.flows[from * zones + to];
        if flow > 0 {
            let (mut givers, mut takers) = (heap(&members[from], &quotas.out), heap(&members[to], &quotas.into));
            pair(ground, state, quotas, random, picking, (&mut givers, &mut takers, flow));
        }
    }
}

fn heap(nodes: &[NodeIndex], quotas: &[u64]) -> Heap {
    let open = nodes.iter().filter(|&&node| quotas[usize::from(node)] > 0);
    open.map(|&node| (quotas[usize::from(node)], Reverse(node))).collect()
}

/// Moves up to `flow` bytes from the givers to the takers, always from the one with most to give to the one with most to take.
fn pair(
    ground: &Ground<'_>,
    state: &mut State,
    quotas: &mut Quotas,
    random: &mut Random,
    picking: Picking,
    (givers, takers, mut flow): (&mut Heap, &mut Heap, u64),
) {
    let mut tried: Vec<(u64, Reverse<NodeIndex>)> = Vec::with_capacity(TAKERS_MAX);
    while let Some((out, Reverse(from))) = givers.pop() {
        let mut found = None;
        while let Some((into, Reverse(to))) = takers.pop() {
            let limit = out.saturating_sub(picking.reserve).min(into.saturating_sub(picking.reserve)).min(flow);
            if limit > 0 {
                found = pick(ground, state, random, picking.prefer, (from, to, limit));
            }
            tried.push((into, Reverse(to)));
            if found.is_some() || limit == 0 || tried.len() == TAKERS_MAX {
                break;
            }
        }
        if let Some((rank, slot)) = found {
            let (into, Reverse(to)) = tried.pop().unwrap_or_default();
            let size = ground.size(rank);
            state.move_replica(ground, (rank, slot), to, MoveKind::Replica, picking.reason);
            (quotas.out[usize::from(from)], quotas.into[usize::from(to)]) = (out - size, into - size);
            flow -= size;
            givers.push((out - size, Reverse(from)));
            takers.push((into - size, Reverse(to)));
        }
        takers.extend(tried.drain(..));
    }
}

/// A replica of at most `limit` bytes that may go from one node to another.
fn pick(
    ground: &Ground<'_>,
    state: &State,
    random: &mut Random,
    prefer: Prefer,
    (from, to, limit): (NodeIndex, NodeIndex, u64),
) -> Option<(u32, usize)> {
    let items = ground.pool.weighty_of(from);
    let first = ground.pool.first_up_to(limit);
    let start = if first == 0 { 0 } else { items.partition_point(|&rank| rank < first) };
    let items = &items[start..];
    if items.is_empty() {
        return None;
    }
    let begin = match prefer {
        Prefer::Uniform => random.below(items.len()),
        Prefer::FewestMoves => 0,
    };
    let tries = match prefer {
        Prefer::Uniform => TRIES_MAX,
        Prefer::FewestMoves => FEWEST_TRIES_MAX,
    };
    let wrapped = items[begin..].iter().chain(&items[..begin]);
    wrapped.take(tries).find_map(|&rank| {
        let slot = state.unmoved_slot(ground, rank, from)?;
        state.may_take(ground, rank, slot, to).then_some((rank, slot))
    })
}
