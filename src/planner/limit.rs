//! Of the moves for balance, those that fit `--max-bytes` and `--max-moves`: what helps the most uneven nodes first.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::census::Census;
use super::plan::{Move, MoveReason, NodeTarget};
use super::settings::Settings;

/// The moves within the limits, and how many were left out.
pub(super) fn within(
    moves: Vec<Move>,
    settings: &Settings,
    census: &Census,
    targets: &[NodeTarget],
) -> (Vec<Move>, usize) {
    if settings.bytes_max.is_none() && settings.moves_max.is_none() {
        return (moves, 0);
    }
    let is_balance = |step: &Move| matches!(step.reason, MoveReason::Balance | MoveReason::Relieve);
    let balance: Vec<Move> = moves.iter().filter(|step| is_balance(step)).copied().collect();
    let (mut bytes, mut count) = (settings.bytes_max.unwrap_or(u64::MAX), settings.moves_max.unwrap_or(u64::MAX));
    let key = |step: &Move| (step.partition, step.from, step.to);
    let (mut left_out, mut blocked) = (BTreeSet::new(), BTreeSet::new());
    for step in worst_first(balance, census, targets) {
        if count == 0 || step.bytes > bytes || blocked.contains(&step.partition) {
            blocked.insert(step.partition);
            left_out.insert(key(&step));
            continue;
        }
        bytes -= step.bytes;
        count -= 1;
    }
    // In the order in which they came: it keeps every node within its band at every step.
    let kept = moves.into_iter().filter(|step| !is_balance(step) || !left_out.contains(&key(step)));
    (kept.collect(), left_out.len())
}

/// By the deviation that each move finds at its nodes; moves of one partition keep their order.
fn worst_first(moves: Vec<Move>, census: &Census, targets: &[NodeTarget]) -> Vec<Move> {
    let mut loads: Vec<u64> = census.loads.iter().map(|load| load.bytes).collect();
    let deviation = |loads: &[u64], n: usize| {
        let target = targets[n].target;
        (u128::from(loads[n].abs_diff(target)) << 20) / u128::from(target.max(1))
    };
    let mut last = BTreeMap::new();
    let mut keyed: Vec<(u128, Move)> = Vec::with_capacity(moves.len());
    for step in moves {
        let ends = [step.from, step.to].into_iter().flatten().map(usize::from);
        let key = ends.map(|n| deviation(&loads, n)).max().unwrap_or(0);
        let key = key.min(last.get(&step.partition).copied().unwrap_or(u128::MAX));
        last.insert(step.partition, key);
        if let Some(from) = step.from {
            let load = &mut loads[usize::from(from)];
            *load = load.saturating_sub(step.bytes);
        }
        if let Some(to) = step.to {
            loads[usize::from(to)] += step.bytes;
        }
        keyed.push((key, step));
    }
    keyed.sort_by_key(|(key, _)| Reverse(*key));
    keyed.into_iter().map(|(_, step)| step).collect()
}
