//! The order of the steps: no node above the larger of its start and its band, after any of them.

use std::collections::BTreeSet;

use super::super::layout::NO_NODE;
use super::super::plan::MoveKind;
use super::state::{Ground, State, Step};

/// Reorders the steps only if some node both gives and takes; then a step whose taker has no room yet waits for room.
/// Steps of one partition keep their order.
pub(super) fn in_safe_order(ground: &Ground<'_>, state: State, start: &[u64]) -> Vec<Step> {
    if !state.sent.iter().zip(&state.received).any(|(sent, received)| *sent && *received) {
        return state.steps;
    }
    let top: Vec<u64> = start.iter().zip(ground.bands).map(|(&load, band)| load.max(band.high)).collect();
    let mut loads = start.to_vec();
    let mut waiting = state.steps;
    let mut ordered = Vec::with_capacity(waiting.len());
    loop {
        let (before, mut held, mut blocked) = (ordered.len(), Vec::new(), BTreeSet::new());
        for step in waiting {
            let size = ground.size(step.rank);
            let copies_in_place = step.kind == MoveKind::Repair && step.from == NO_NODE && is_mend(ground, &step);
            let full = step.to != NO_NODE
                && !copies_in_place
                && loads[usize::from(step.to)].saturating_add(size) > top[usize::from(step.to)];
            if full || blocked.contains(&step.rank) {
                blocked.insert(step.rank);
                held.push(step);
                continue;
            }
            apply(&mut loads, &step, size, copies_in_place);
            ordered.push(step);
        }
        if held.is_empty() {
            return ordered;
        }
        if ordered.len() == before {
            // Only what is forced past a band is left; its order does not matter.
            ordered.extend(held);
            return ordered;
        }
        waiting = held;
    }
}

fn apply(loads: &mut [u64], step: &Step, size: u64, in_place: bool) {
    if step.from != NO_NODE {
        loads[usize::from(step.from)] -= size;
    }
    if step.to != NO_NODE && !in_place {
        loads[usize::from(step.to)] += size;
    }
}

/// Whether a step makes a copy sound where it is.
pub(super) fn is_mend(ground: &Ground<'_>, step: &Step) -> bool {
    let partition = ground.pool.partitions[step.rank as usize];
    step.kind == MoveKind::Repair && step.from == NO_NODE && ground.layout.holders(partition).contains(&step.to)
}
