//! What must be moved whatever the balance: lost and missing copies, emptied nodes, broken zone rules, surplus copies.

use crate::placement::NodeIndex;

use super::super::census::{Census, NO_ZONE, ZoneCopies};
use super::super::layout::NO_NODE;
use super::super::plan::{MoveKind, MoveReason};
use super::super::roles::NodeRole;
use super::quotas::Quotas;
use super::state::{Ground, State};
use super::takers::{NO_SLOT, Source, Takers, zone_of};

/// A replica for which no node was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stranded {
    pub(super) rank: u32,
    /// Who should have given it up, or none for a missing copy.
    pub(super) from: Option<NodeIndex>,
}

/// Copies of a rank that can be read.
fn readable(ground: &Ground<'_>, state: &State, rank: u32) -> usize {
    state.holders(ground, rank).iter().filter(|&&node| ground.role(node).is_readable()).count()
}

/// Makes the sound copies that are missing: in the place of lost ones, then at the end, and in place where one misses something.
pub(super) fn repair(ground: &Ground<'_>, state: &mut State, quotas: &mut Quotas, stranded: &mut Vec<Stranded>) {
    let mut takers = Takers::new(ground, state, quotas);
    let copies = usize::from(ground.layout.replication_factor());
    if !ground.layout.marks().is_empty() {
        for (rank, &partition) in (0..).zip(&ground.pool.partitions) {
            let marked = ground.layout.marks().range((partition, 0)..=(partition, NO_NODE));
            for &(_, node) in marked {
                if ground.role(node).is_readable() && state.holders(ground, rank).contains(&node) {
                    state.mend(ground, rank, node);
                }
            }
        }
    }
    let lost: Vec<bool> = ground.layout.nodes().iter().map(|node| node.role == NodeRole::Lost).collect();
    let nowhere = ground.layout.zones().len();
    for rank in 0..ground.pool.sizes.len() as u32 {
        let holders = state.holders(ground, rank);
        if holders.len() >= copies && !holders.iter().any(|&node| lost[usize::from(node)]) {
            continue;
        }
        let mut slot = 0;
        while slot < state.holders(ground, rank).len() {
            let node = state.holders(ground, rank)[slot];
            if !lost[usize::from(node)] {
                slot += 1;
                continue;
            }
            if readable(ground, state, rank) >= copies {
                state.remove_replica(ground, rank, slot, MoveReason::Repair);
                continue;
            }
            let source = Source { rank, slot, zone: zone_of(ground, node) };
            match takers.choose(ground, state, quotas, source) {
                Some(to) => state.move_replica(ground, (rank, slot), to, MoveKind::Repair, MoveReason::Repair),
                None => stranded.push(Stranded { rank, from: Some(node) }),
            }
            slot += 1;
        }
        while state.holders(ground, rank).len() < copies {
            let source = Source { rank, slot: NO_SLOT, zone: nowhere };
            let Some(to) = takers.choose(ground, state, quotas, source) else {
                stranded.push(Stranded { rank, from: None });
                break;
            };
            state.add_replica(ground, rank, to);
        }
    }
}

/// Empties draining nodes of what may be moved.
pub(super) fn drain(ground: &Ground<'_>, state: &mut State, quotas: &mut Quotas, stranded: &mut Vec<Stranded>) {
    let drains: Vec<bool> = ground.layout.nodes().iter().map(|node| node.role == NodeRole::Draining).collect();
    if !drains.contains(&true) {
        return;
    }
    let mut takers = Takers::new(ground, state, quotas);
    let mut leaving: Vec<NodeIndex> = Vec::new();
    for rank in held_by(ground, &drains) {
        leaving.clear();
        leaving.extend(state.slots(ground, rank).iter().take_while(|&&node| node != NO_NODE));
        leaving.retain(|&node| drains[usize::from(node)]);
        leaving.sort_unstable();
        for &node in &leaving {
            let Some(slot) = state.unmoved_slot(ground, rank, node) else { continue };
            let source = Source { rank, slot, zone: zone_of(ground, node) };
            match takers.choose(ground, state, quotas, source) {
                Some(to) => state.move_replica(ground, (rank, slot), to, MoveKind::Replica, MoveReason::Drain),
                None => stranded.push(Stranded { rank, from: Some(node) }),
            }
        }
    }
}

/// The ranks of which one of some nodes holds a replica, ascending.
fn held_by(ground: &Ground<'_>, nodes: &[bool]) -> impl Iterator<Item = u32> {
    let mut held = vec![0_u64; ground.pool.sizes.len().div_ceil(64)];
    for n in (0..nodes.len()).filter(|&n| nodes[n]) {
        for &rank in ground.pool.of(n as NodeIndex) {
            held[rank as usize / 64] |= 1 << (rank % 64);
        }
    }
    (0_u32..).zip(held).flat_map(|(word, mut left)| {
        std::iter::from_fn(move || {
            let bit = left.trailing_zeros();
            left &= left.wrapping_sub(1);
            (bit < 64).then(|| word * 64 + bit)
        })
    })
}

/// Gives up copies above the replication factor: of draining nodes, of crowded zones, of the fullest.
pub(super) fn remove_surplus(ground: &Ground<'_>, state: &mut State) {
    let copies = usize::from(ground.layout.replication_factor());
    if ground.pool.stride <= copies {
        return;
    }
    for rank in 0..ground.pool.sizes.len() as u32 {
        while readable(ground, state, rank) > copies {
            let holders = state.holders(ground, rank);
            let crowded = |node: NodeIndex| is_crowded(ground, holders, node);
            let rest = |slot: usize| {
                // The last sound copies stay.
                let partition = ground.pool.partitions[rank as usize];
                let others = holders.iter().enumerate().filter(|(other, _)| *other != slot);
                others.filter(|(_, node)| super::super::census::is_sound(ground.layout, partition, **node)).count()
            };
            let choice = (0..holders.len())
                .filter(|&slot| {
                    matches!(ground.role(holders[slot]), NodeRole::Open | NodeRole::SendOnly | NodeRole::Draining)
                })
                .filter(|&slot| rest(slot) > 0)
                .max_by_key(|&slot| {
                    let node = holders[slot];
                    let drains = ground.role(node) == NodeRole::Draining;
                    (drains, crowded(node), relative_load(ground, state, node), std::cmp::Reverse(node))
                });
            let Some(slot) = choice else { break };
            let reason = match (ground.role(holders[slot]), crowded(holders[slot])) {
                (NodeRole::Draining, _) => MoveReason::Drain,
                (_, true) => MoveReason::Zone,
                (_, false) => MoveReason::Balance,
            };
            state.remove_replica(ground, rank, slot, reason);
        }
    }
}

/// Moves copies out of zones that hold too many of one partition.
pub(super) fn spread(
    ground: &Ground<'_>,
    census: &Census,
    state: &mut State,
    quotas: &mut Quotas,
    stranded: &mut Vec<Stranded>,
) {
    if census.crowded == 0 {
        // Nor has a move made any so.
        return;
    }
    let mut takers = None;
    for rank in 0..ground.pool.sizes.len() as u32 {
        loop {
            let holders = state.holders(ground, rank);
            if ZoneCopies::of(holders, &ground.zones, ground.zone_max).excess == 0 {
                break;
            }
            let crowded = |node: NodeIndex| is_crowded(ground, holders, node);
            let mut leaving: Vec<(usize, NodeIndex)> = (0..holders.len())
                .map(|slot| (slot, holders[slot]))
                .filter(|&(_, node)| crowded(node) && matches!(ground.role(node), NodeRole::Open | NodeRole::SendOnly))
                .filter(|&(_, node)| state.unmoved_slot(ground, rank, node).is_some())
                .collect();
            leaving.sort_by_key(|&(_, node)| (std::cmp::Reverse(relative_load(ground, state, node)), node));
            let from = holders.iter().copied().find(|&node| crowded(node));
            let takers = takers.get_or_insert_with(|| Takers::new(ground, state, quotas));
            let found = leaving.into_iter().find_map(|(slot, node)| {
                let source = Source { rank, slot, zone: zone_of(ground, node) };
                takers.choose(ground, state, quotas, source).map(|to| (slot, to))
            });
            match found {
                Some((slot, to)) => {
                    state.move_replica(ground, (rank, slot), to, MoveKind::Replica, MoveReason::Zone);
                }
                None => {
                    stranded.push(Stranded { rank, from });
                    break;
                }
            }
        }
    }
}

/// Whether the zone of a holder has too many copies.
fn is_crowded(ground: &Ground<'_>, holders: &[NodeIndex], node: NodeIndex) -> bool {
    let zone = |node: NodeIndex| ground.zones[usize::from(node)];
    let copies = holders.iter().filter(|&&other| zone(other) == zone(node)).count();
    zone(node) != NO_ZONE && copies > usize::from(ground.zone_max)
}

fn relative_load(ground: &Ground<'_>, state: &State, node: NodeIndex) -> u128 {
    let n = usize::from(node);
    (u128::from(state.loads[n]) << 20) / u128::from(ground.bands[n].target.max(1))
}
