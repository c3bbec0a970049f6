//! The whole plan: moves of replicas, the coming time buckets, leaders, and the order of execution.
//!
//! Partitions of coming time buckets weigh nothing, so that the flow by bytes does not see them: what it did with them for
//! want of a better place is done by [`super::future`] instead. Leaders follow the replicas.
//!
//! Invariant: exactly chosen moves stay alone; what is calm by the threshold keeps its leaders but for those that must go.

use super::census::Census;
use super::error::PlanError;
use super::future::future_moves;
use super::layout::Layout;
use super::leaders::transfers;
use super::loads::balance_of;
use super::memory::keep_freed_columns;
use super::plan::{Move, MoveKind, MoveReason, Plan, Unplanned, UnplannedReason};
use super::propose::{self, Draft};
use super::roles::Hold;
use super::schedule::{Schedule, schedule};
use super::settings::Settings;
use super::targets::Targets;

/// Plans: the same input gives the same plan.
///
/// # Errors
/// Fewer nodes than replicas, no room for what they should hold, or an exactly chosen move that breaks a rule.
pub fn plan(layout: &Layout, settings: &Settings) -> Result<Plan, PlanError> {
    keep_freed_columns();
    let Draft { census, targets, mut moves, mut unplanned, lower_bound_bytes } = propose::draft(layout, settings)?;
    check_room(layout, settings, &census, &targets)?;
    let is_chosen = !settings.moves.is_empty() || !settings.leaders.is_empty();
    let mut after = layout.clone();
    if is_chosen {
        apply(&mut after, &moves);
    } else {
        let is_future = |step: &Move| layout.holds()[step.partition as usize] == Hold::Future;
        moves.retain(|step| !is_future(step));
        if !settings.leaders_only && settings.relieve.is_empty() && !is_halted(&unplanned) {
            let (coming, left) = future_moves(layout, settings.allow_mass_repair);
            unplanned.extend(left);
            unplanned.extend(add_coming(&mut moves, coming, settings.moves_max));
        }
        apply(&mut after, &moves);
        let mut pass = transfers(&after);
        let balances = settings.relieve.is_empty() && (settings.threshold_ppm.is_none() || !moves.is_empty());
        pass.moves.retain(|step| !is_future(step) && (balances || step.reason != MoveReason::Balance));
        apply(&mut after, &pass.moves);
        moves.append(&mut pass.moves);
        if balances {
            unplanned.extend(pass.unplanned);
        }
    }
    let Schedule { moves, estimated_seconds, estimated_seconds_minimum, .. } =
        schedule(layout, moves, &targets.nodes, settings.pace);
    let end = Census::of(&after);
    let pairs = || census.loads.iter().zip(&end.loads);
    Ok(Plan {
        bytes: moves.iter().map(|step| step.bytes).sum(),
        leaders: pairs().map(|(before, after)| (before.leaders, after.leaders)).collect(),
        loads: pairs().map(|(before, after)| (before.bytes, after.bytes)).collect(),
        before: balance_of(layout, &census, &targets.nodes),
        after: balance_of(&after, &end, &targets.nodes),
        targets: targets.nodes,
        moves,
        unplanned,
        lower_bound_bytes,
        estimated_seconds,
        estimated_seconds_minimum,
    })
}

/// Adds the moves of coming time buckets, as many as the limit leaves; says what it leaves out.
fn add_coming(moves: &mut Vec<Move>, coming: Vec<Move>, moves_max: Option<u64>) -> Option<Unplanned> {
    let counts = |step: &&Move| step.kind != MoveKind::Leader && step.reason == MoveReason::Balance;
    let mut room = moves_max.map_or(u64::MAX, |most| most.saturating_sub(moves.iter().filter(counts).count() as u64));
    // In their order, so that no leadership goes to a copy that is left out.
    let mut coming = coming.into_iter().peekable();
    while let Some(step) = coming.next_if(|step| room > 0 || !counts(&step)) {
        room -= u64::from(counts(&&step));
        moves.push(step);
    }
    let left_out = coming.filter(|step| counts(&step)).count();
    (left_out > 0).then(|| Unplanned {
        partition: None,
        node: None,
        reason: UnplannedReason::Limit,
        message: format!("{left_out} moves of partitions of coming time buckets are beyond --max-moves"),
    })
}

/// Refuses what the nodes have no room for, unless there is something to repair: some new copies are better than none.
fn check_room(layout: &Layout, settings: &Settings, census: &Census, targets: &Targets) -> Result<(), PlanError> {
    let is_part = !settings.moves.is_empty() || !settings.leaders.is_empty() || !settings.relieve.is_empty();
    if is_part || settings.leaders_only || census.violations > 0 {
        return Ok(());
    }
    let staying = || layout.nodes().iter().filter(|node| node.role.stays());
    let largest = staying().map(|node| node.capacity_bytes.unwrap_or(u64::MAX)).max().unwrap_or(0);
    if let Some(at) = layout.sizes().iter().position(|size| *size > largest) {
        let (partition, bytes) = (layout.ids()[at], layout.sizes()[at]);
        return Err(PlanError::LargerThanNodes { partition, bytes, largest });
    }
    match targets.missing {
        0 => Ok(()),
        missing => Err(PlanError::NoCapacity(missing)),
    }
}

/// Whether too much is down for anything to move unattended.
fn is_halted(unplanned: &[Unplanned]) -> bool {
    unplanned.iter().any(|left| left.reason == UnplannedReason::MassRepair)
}

/// Applies moves, which fit by their making.
fn apply(layout: &mut Layout, moves: &[Move]) {
    // What they change lies all over the layout: it is fetched for many of them at once.
    for some in moves.chunks(64) {
        layout.fetch(some);
        for step in some {
            let fits = layout.apply(step);
            debug_assert!(fits, "{step:?}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Node, NodeId, PartitionId, PartitionState, TimeBucket};
    use crate::placement::NodeIndex;
    use crate::planner::layout::LayoutPartition;

    /// Four nodes of one zone that hold so much, and partitions on two of them each: bucket, size, holders.
    fn layout(capacity: Option<u64>, partitions: &[(i64, u64, [NodeIndex; 2])]) -> Layout {
        let node = |n: usize| Node { capacity_bytes: capacity, ..Node::new(NodeId::parse(&format!("n{n}")).unwrap()) };
        let mut layout = Layout::new(&(0..4).map(node).collect::<Vec<_>>(), 2).unwrap();
        for (index, (bucket, size_bytes, nodes)) in partitions.iter().enumerate() {
            layout
                .push(&LayoutPartition {
                    id: PartitionId::new(TimeBucket::new(*bucket), index as u32).unwrap(),
                    size_bytes: *size_bytes,
                    nodes,
                    leader: Some(nodes[0]),
                    hold: if *size_bytes == 0 { Hold::Future } else { Hold::Free },
                    state: PartitionState::Active,
                    revision: 1,
                    epoch: 0,
                })
                .unwrap();
        }
        layout
    }

    #[test]
    fn what_nobody_has_room_for_is_refused_unless_it_is_repaired() {
        let partitions = [(5, 100, [0, 1]), (5, 100, [2, 3])];
        let settings = Settings::default();
        assert!(plan(&layout(Some(200), &partitions), &settings).is_ok());
        let error = plan(&layout(Some(99), &partitions), &settings).unwrap_err();
        assert!(matches!(error, PlanError::LargerThanNodes { bytes: 100, largest: 99, .. }), "{error}");
        let many: Vec<_> = (0..4).map(|_| (5, 100, [0, 1])).collect();
        let error = plan(&layout(Some(150), &many), &settings).unwrap_err();
        assert!(matches!(error, PlanError::NoCapacity(_)), "{error}");
        // A part may be planned all the same.
        let relieve = Settings { relieve: vec![0], ..Settings::default() };
        assert!(plan(&layout(Some(150), &many), &relieve).is_ok());
        let mut lost = layout(Some(150), &many);
        lost.set_role(1, crate::planner::NodeRole::Lost);
        assert!(plan(&lost, &Settings { allow_mass_repair: true, ..Settings::default() }).is_ok());
    }

    #[test]
    fn what_is_calm_keeps_its_leaders() {
        let partitions: Vec<_> = (0..8).map(|n| (5, 100, if n % 2 == 0 { [0, 1] } else { [2, 3] })).collect();
        let layout = layout(None, &partitions);
        let calm = plan(&layout, &Settings { threshold_ppm: Some(200_000), ..Settings::default() }).unwrap();
        assert!(calm.moves.is_empty() && calm.unplanned.is_empty(), "{calm:?}");
        let all = plan(&layout, &Settings::default()).unwrap();
        assert!(all.moves.iter().all(|step| step.kind == MoveKind::Leader), "{all:?}");
        assert_eq!(all.leaders, [(4, 2), (0, 2), (4, 2), (0, 2)]);
    }

    #[test]
    fn coming_buckets_are_within_the_limit_too() {
        let partitions: Vec<_> = (0..16).map(|_| (9, 0, [0, 1])).collect();
        let layout = layout(None, &partitions);
        let count = |plan: &Plan| plan.moves.iter().filter(|step| step.kind == MoveKind::Replica).count();
        let all = plan(&layout, &Settings::default()).unwrap();
        assert_eq!(count(&all), 16, "half of all copies");
        let some = plan(&layout, &Settings { moves_max: Some(5), ..Settings::default() }).unwrap();
        assert_eq!(count(&some), 5);
        assert!(some.unplanned.iter().any(|left| left.message.starts_with("11 moves of partitions")), "{some:?}");
    }
}
