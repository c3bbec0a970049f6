//! The order of the steps: no node above the larger of its start and its band, after any of them.

use std::collections::BTreeSet;

use crate::placement::NodeIndex;

use super::super::plan::{Move, MoveKind};
use super::state::{Ground, State};

/// Reorders the steps only if some node both gives and takes; then a step whose taker has no room yet waits for room.
/// Steps of one partition keep their order.
pub(super) fn in_safe_order(ground: &Ground<'_>, state: State, start: &[u64]) -> Vec<Move> {
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
            let size = ground.layout.bytes_of(&step);
            let in_place = is_mend(ground, &step);
            let is_full = |to: NodeIndex| loads[usize::from(to)].saturating_add(size) > top[usize::from(to)];
            if step.to.filter(|_| !in_place).is_some_and(is_full) || blocked.contains(&step.partition) {
                blocked.insert(step.partition);
                held.push(step);
                continue;
            }
            apply(&mut loads, &step, size, in_place);
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

fn apply(loads: &mut [u64], step: &Move, size: u64, in_place: bool) {
    if let Some(from) = step.from {
        loads[usize::from(from)] -= size;
    }
    if let Some(to) = step.to.filter(|_| !in_place) {
        loads[usize::from(to)] += size;
    }
}

/// Whether a step makes a copy sound where it is.
fn is_mend(ground: &Ground<'_>, step: &Move) -> bool {
    let is_there = |to: NodeIndex| ground.layout.holders(step.partition).contains(&to);
    step.kind == MoveKind::Repair && step.from.is_none() && step.to.is_some_and(is_there)
}
