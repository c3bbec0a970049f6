//! A search for better ends in small clusters, where a few large replicas decide and sums say little.
//!
//! It looks at ends only: which node holds which copy. An end that is better than the flow's is taken if its moves can be
//! made in a safe order; so what comes out is never worse than what went in.

mod assignment;
mod instance;
mod order;
mod threshold;

use super::flow::Task;
use super::layout::Layout;
use super::plan::{Move, MoveKind, MoveReason};
use super::roles::NodeRole;
use assignment::Assignment;
use instance::{Instance, REPLICAS_MAX};
use order::Step;

/// A plan within so many parts per million of its bound is good enough.
const GAP_PPM: u64 = 500;

/// Whether a cluster is small enough to be searched.
pub(super) fn is_small(layout: &Layout) -> bool {
    layout.replicas().len() <= REPLICAS_MAX
}

/// Moves to a better end than that of `moves`, in a safe order; none if there is nothing to gain or nothing was found.
pub(super) fn improved(task: &Task<'_>, moves: &[Move], bound: u64) -> Option<Vec<Move>> {
    let instance = Instance::new(task.layout, task.census, task.bands)?;
    let found = after(&instance, moves)?;
    let good = i64::try_from(bound + bound / (1_000_000 / GAP_PPM)).ok()?;
    if found.score.nodes_outside == 0 && found.score.copied <= good {
        return None;
    }
    let better = threshold::run(&instance, &found, good, fingerprint(&instance))?;
    let steps = order::in_order(&instance, order::steps(&instance, &better.holders), &better.loads)?;
    let unweighed = moves.iter().filter(|step| step.bytes == 0).copied();
    Some(unweighed.chain(steps.iter().map(|step| to_move(task, &instance, step))).collect())
}

/// Where some moves end; none if they are not all moves of replicas.
fn after(instance: &Instance, moves: &[Move]) -> Option<Assignment> {
    let mut end = Assignment::start(instance);
    for step in moves.iter().filter(|step| step.bytes > 0) {
        if step.kind != MoveKind::Replica {
            return None;
        }
        let partition = instance.partitions.binary_search(&step.partition).ok()?;
        let holders = &end.holders[partition * instance.copies..][..instance.copies];
        let slot = partition * instance.copies + holders.iter().position(|&node| Some(node) == step.from)?;
        let change = end.relocation(instance, slot, step.to?)?;
        end.make(instance, &change);
    }
    Some(end)
}

/// A number made from everything that is searched.
fn fingerprint(instance: &Instance) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut fold = |value: u64| hash = (hash.rotate_left(5) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    instance.sizes.iter().for_each(|&size| fold(size.unsigned_abs()));
    instance.origin.iter().for_each(|&node| fold(node.into()));
    hash
}

fn to_move(task: &Task<'_>, instance: &Instance, step: &Step) -> Move {
    let partition = instance.partitions[step.partition];
    let zone = |node| instance.zone_of[usize::from(node)];
    let crowd = instance.origin(step.partition).iter().filter(|&&node| zone(node) == zone(step.from)).count();
    let is_drained = instance.roles[usize::from(step.from)] == NodeRole::Draining;
    let is_spread = crowd > instance.zone_max && zone(step.to) != zone(step.from);
    let reason = match (is_drained, is_spread) {
        (true, _) => MoveReason::Drain,
        (false, true) => MoveReason::Zone,
        (false, false) => task.reason,
    };
    let (from, to) = (Some(step.from), Some(step.to));
    Move {
        partition,
        kind: MoveKind::Replica,
        reason,
        from,
        to,
        copy_from: None,
        bytes: task.layout.sizes()[partition as usize],
    }
}
