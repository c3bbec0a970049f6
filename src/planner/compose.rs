//! The whole plan: moves of replicas, the coming time buckets, leaders, and the order of execution.
//!
//! Partitions of coming time buckets weigh nothing, so that the flow by bytes does not see them: what it did with them for
//! want of a better place is done by [`super::future`] instead. Leaders follow the replicas.
//!
//! Invariant: exactly chosen moves stay alone; what is calm by the threshold keeps its leaders but for those that must go.

use super::census::Census;
use super::error::PlanError;
use super::future::future_moves;
use super::layout::{Hold, Layout};
use super::leaders::transfers;
use super::loads::balance_of;
use super::plan::{Move, MoveReason, Plan, Unplanned, UnplannedReason};
use super::propose;
use super::schedule::{Schedule, schedule};
use super::settings::Settings;

/// Plans: the same input gives the same plan.
///
/// # Errors
/// Fewer nodes than replicas, or an exactly chosen move that breaks a rule.
pub fn plan(layout: &Layout, settings: &Settings) -> Result<Plan, PlanError> {
    let mut plan = propose::plan(layout, settings)?;
    let is_chosen = !settings.moves.is_empty() || !settings.leaders.is_empty();
    let mut moves = std::mem::take(&mut plan.moves);
    if !is_chosen {
        let is_future = |step: &Move| layout.holds()[step.partition as usize] == Hold::Future;
        moves.retain(|step| !is_future(step));
        if !settings.leaders_only && settings.relieve.is_empty() && !is_halted(&plan.unplanned) {
            let (coming, left) = future_moves(layout, settings.allow_mass_repair);
            moves.extend(coming);
            plan.unplanned.extend(left);
        }
        let after = applied(layout, &moves);
        let pass = transfers(&after);
        let balances = settings.relieve.is_empty() && (settings.threshold_ppm.is_none() || !moves.is_empty());
        let wanted = |step: &Move| !is_future(step) && (balances || step.reason != MoveReason::Balance);
        moves.extend(pass.moves.into_iter().filter(wanted));
        if balances {
            plan.unplanned.extend(pass.unplanned);
        }
    }
    let Schedule { moves, estimated_seconds, estimated_seconds_minimum, .. } =
        schedule(layout, &moves, &plan.targets, settings.pace);
    let (before, after) = (Census::of(layout), applied(layout, &moves));
    let end = Census::of(&after);
    let pairs = || before.loads.iter().zip(&end.loads);
    Ok(Plan {
        bytes: moves.iter().map(|step| step.bytes).sum(),
        leaders: pairs().map(|(before, after)| (before.leaders, after.leaders)).collect(),
        loads: pairs().map(|(before, after)| (before.bytes, after.bytes)).collect(),
        after: balance_of(&after, &end, &plan.targets),
        moves,
        estimated_seconds,
        estimated_seconds_minimum,
        ..plan
    })
}

/// Whether too much is down for anything to move unattended.
fn is_halted(unplanned: &[Unplanned]) -> bool {
    unplanned.iter().any(|left| left.reason == UnplannedReason::MassRepair)
}

/// The layout after some moves, which fit by their making.
fn applied(layout: &Layout, moves: &[Move]) -> Layout {
    let mut after = layout.clone();
    for step in moves {
        let fits = after.apply(step);
        debug_assert!(fits, "{step:?}");
    }
    after
}
