//! From an assignment to moves, and an order of them that is safe throughout.
//!
//! Whoever carries the moves out may start any of them as soon as its taker has room, and must never come to a standstill. A
//! node that could take in all that it gets before it gives anything never makes anybody wait. Among the others each
//! waits for the takers of what it gives up: where that goes round in no circle, some move can always be made.

use crate::placement::NodeIndex;

use super::assignment::Assignment;
use super::instance::Instance;

/// One copy that goes from node to node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) partition: usize,
    pub(super) from: NodeIndex,
    pub(super) to: NodeIndex,
}

/// Whether there is a safe order that leads to an assignment.
pub(super) fn is_in_reach(instance: &Instance, end: &Assignment) -> bool {
    let over = |n: usize| end.loads[n] > instance.capacity[n].max(instance.start[n]);
    !(0..end.loads.len()).any(over) && is_free_of_circles(instance, &steps(instance, &end.holders), &end.loads)
}

/// The moves to an assignment; within a zone where that is possible, so that no zone has more copies on the way than before or
/// at the end.
pub(super) fn steps(instance: &Instance, holders: &[NodeIndex]) -> Vec<Step> {
    let mut steps = Vec::new();
    let (mut gone, mut new) = (Vec::new(), Vec::new());
    let zone = |node: NodeIndex| instance.zone_of[usize::from(node)];
    let pairs = instance.origin.chunks_exact(instance.copies).zip(holders.chunks_exact(instance.copies));
    for (partition, (before, after)) in pairs.enumerate().filter(|(_, (before, after))| before != after) {
        gone.clear();
        new.clear();
        gone.extend(before.iter().copied().filter(|node| !after.contains(node)));
        new.extend(after.iter().copied().filter(|node| !before.contains(node)));
        gone.retain(|&from| {
            let at = new.iter().position(|&to| zone(to) == zone(from));
            if let Some(at) = at {
                steps.push(Step { partition, from, to: new.remove(at) });
            }
            at.is_none()
        });
        steps.extend(gone.iter().zip(&new).map(|(&from, &to)| Step { partition, from, to }));
    }
    steps
}

/// Whether the moves can be made in any order that waits for room, without a standstill.
fn is_free_of_circles(instance: &Instance, steps: &[Step], loads: &[i64]) -> bool {
    let nodes = instance.start.len();
    let mut room: Vec<i64> =
        (0..nodes).map(|node| instance.limit(node).max(loads[node]) - instance.start[node]).collect();
    for step in steps {
        room[usize::from(step.to)] -= instance.sizes[step.partition];
    }
    // Who waits for whom; moves of one partition also wait for each other.
    let mut waits: Vec<(usize, usize)> = Vec::with_capacity(steps.len());
    for group in steps.chunk_by(|a, b| a.partition == b.partition) {
        let waiting = group.iter().flat_map(|step| group.iter().map(|other| (step.from.into(), other.to.into())));
        waits.extend(waiting.filter(|&(from, to): &(usize, usize)| room[from] < 0 && room[to] < 0));
    }
    // Whoever waits for nobody is done, and nobody waits for it.
    loop {
        let before = waits.len();
        let mut waiting = vec![false; nodes];
        for &(from, _) in &waits {
            waiting[from] = true;
        }
        waits.retain(|&(_, to)| waiting[to]);
        if waits.is_empty() {
            return true;
        }
        if waits.len() == before {
            return false;
        }
    }
}

/// The moves in an order in which every taker has room; none if there is a standstill.
pub(super) fn in_order(instance: &Instance, mut waiting: Vec<Step>, ends: &[i64]) -> Option<Vec<Step>> {
    let mut loads = instance.start.clone();
    let mut ordered = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let before = ordered.len();
        waiting.retain(|step| {
            let (from, to, size) = (usize::from(step.from), usize::from(step.to), instance.sizes[step.partition]);
            let fits = loads[to] + size <= instance.limit(to).max(ends[to]);
            if fits {
                loads[to] += size;
                loads[from] -= size;
                ordered.push(*step);
            }
            !fits
        });
        if ordered.len() == before {
            return None;
        }
    }
    Some(ordered)
}
