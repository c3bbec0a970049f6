//! From a layout and settings to the moves of replicas.

use std::collections::BTreeSet;

use super::bound::lower_bound_of;
use super::census::{Census, is_movable, is_sound};
use super::chosen;
use super::error::PlanError;
use super::flow::{self, Scope, Task};
use super::layout::{Layout, LayoutNode};
use super::limit;
use super::mass;
use super::plan::{Move, MoveReason, NodeTarget, Unplanned, UnplannedReason};
use super::reasons;
use super::roles::{Hold, NodeRole};
use super::search;
use super::settings::{PPM, Settings};
use super::targets::{Targets, targets_of};

/// The moves of replicas, before coming time buckets, leaders and the order of execution.
pub(super) struct Draft {
    /// What the layout holds now.
    pub(super) census: Census,
    /// Where each node is to end.
    pub(super) targets: Targets,
    /// The moves in an order that is safe.
    pub(super) moves: Vec<Move>,
    /// What is not done.
    pub(super) unplanned: Vec<Unplanned>,
    /// No moves to the same end copy fewer bytes.
    pub(super) lower_bound_bytes: u64,
}

/// Drafts.
///
/// # Errors
/// Fewer nodes than replicas, or an exactly chosen move that breaks a rule.
pub(super) fn draft(layout: &Layout, settings: &Settings) -> Result<Draft, PlanError> {
    let census = Census::of(layout);
    let targets = targets_of(layout, &census, settings.band_ppm);
    let mut unplanned = Vec::new();
    let chosen = !settings.moves.is_empty() || !settings.leaders.is_empty();
    let (moves, lower_bound_bytes) = if chosen {
        let moves = chosen::moves(layout, settings)?;
        let bound = moves.iter().map(|step| step.bytes).sum();
        (moves, bound)
    } else if settings.leaders_only {
        (Vec::new(), 0)
    } else {
        let usable = layout.nodes().iter().filter(|node| node.role.stays()).count();
        if usable < usize::from(layout.replication_factor()) {
            return Err(PlanError::TooFewNodes { usable, replication_factor: layout.replication_factor() });
        }
        rebalance(layout, settings, &census, &targets, &mut unplanned)
    };
    Ok(Draft { census, targets, moves, unplanned, lower_bound_bytes })
}

/// Forced moves and moves for balance.
fn rebalance(
    layout: &Layout,
    settings: &Settings,
    census: &Census,
    targets: &Targets,
    unplanned: &mut Vec<Unplanned>,
) -> (Vec<Move>, u64) {
    unplanned.extend(reasons::held_back(layout));
    if targets.missing > 0 {
        let message = format!(
            "the nodes' capacities and zones leave no room for {} bytes: add nodes or capacity",
            targets.missing
        );
        unplanned.push(reasons::general(UnplannedReason::NoTarget, message));
    }
    let broken = to_repair(layout);
    if broken > 0 {
        let message =
            format!("{broken} partitions have too few sound copies: they are repaired first, nothing else moves");
        unplanned.push(reasons::general(UnplannedReason::RepairFirst, message));
        if let Some(message) = too_much_down(layout).filter(|_| !settings.allow_mass_repair) {
            unplanned.push(reasons::general(UnplannedReason::MassRepair, message));
            return (Vec::new(), 0);
        }
    }
    let scope = match (broken > 0, within_threshold(layout, settings, census, targets)) {
        (true, _) => Scope::Repair,
        (false, true) => Scope::Forced,
        (false, false) => Scope::Balance,
    };
    let bands = bands(layout, settings, census, targets, scope);
    let reason = if settings.relieve.is_empty() { MoveReason::Balance } else { MoveReason::Relieve };
    // What is only a part is left to the flow, whose moves help one by one.
    let is_whole = settings.relieve.is_empty() && settings.bytes_max.is_none() && settings.moves_max.is_none();
    let is_searched = scope == Scope::Balance && is_whole && search::is_small(layout);
    let task = Task { layout, census, bands: &bands, scope, prefer: settings.prefer, reason, is_searched };
    let mut outcome = flow::run(&task);
    if is_searched && outcome.stranded.is_empty() {
        outcome.moves = search::improved(&task, &outcome.moves, outcome.bound).unwrap_or(outcome.moves);
    }
    unplanned.extend(reasons::stranded(layout, &outcome.stranded));
    let (moves, left_out) = limit::within(outcome.moves, settings, census, &targets.nodes);
    if left_out > 0 {
        let message = format!("{left_out} moves for balance are beyond --max-bytes or --max-moves");
        unplanned.push(reasons::general(UnplannedReason::Limit, message));
    } else if scope == Scope::Balance {
        let after = loads_after(census, &moves, layout);
        unplanned.extend(reasons::out_of_band(layout, &after, &bands, settings.band_ppm));
    }
    let bound =
        if scope == Scope::Forced { lower_bound_of(layout, census, &bands).min(outcome.bound) } else { outcome.bound };
    (moves, bound)
}

/// Partitions whose repair comes before everything else.
fn to_repair(layout: &Layout) -> usize {
    let copies = usize::from(layout.replication_factor());
    let lost = layout.nodes().iter().any(|node| node.role == NodeRole::Lost);
    let marked: BTreeSet<u32> = layout
        .marks()
        .iter()
        .filter(|&&(partition, node)| {
            (partition as usize) < layout.len()
                && layout.node(node).role.is_readable()
                && layout.holders(partition).contains(&node)
                && is_movable(layout, partition)
        })
        .map(|(partition, _)| *partition)
        .collect();
    let counts = |partition: u32| match layout.holds()[partition as usize] {
        Hold::Split | Hold::Excluded | Hold::Expiring => false,
        Hold::Free | Hold::Future | Hold::Open | Hold::Pinned | Hold::InFlight | Hold::ForeignState => true,
    };
    let broken = |&partition: &u32| {
        let holders = layout.holders(partition);
        let readable = || holders.iter().filter(|&&node| layout.node(node).role.is_readable()).count();
        if holders.len() >= copies && !lost && marked.is_empty() {
            return false;
        }
        let lost_copy = || readable() < holders.len() && is_movable(layout, partition);
        let sound = holders.iter().any(|&node| is_sound(layout, partition, node));
        counts(partition) && sound && (readable() < copies || lost_copy() || marked.contains(&partition))
    };
    (0..layout.len() as u32).filter(broken).count()
}

/// Whether so much is down that nothing is rebuilt unattended; says what.
fn too_much_down(layout: &Layout) -> Option<String> {
    let zone = |node: &LayoutNode| layout.zones()[usize::from(node.zone)].as_str();
    mass::too_much_down(layout.nodes().iter().map(|node| (zone(node), node.role == NodeRole::Lost)))
}

/// Whether no node asks for balance.
fn within_threshold(layout: &Layout, settings: &Settings, census: &Census, targets: &Targets) -> bool {
    let Some(threshold) = settings.threshold_ppm else { return false };
    let calm = |n: usize| {
        let (load, target) = (u128::from(census.loads[n].bytes), u128::from(targets.nodes[n].target));
        let deviates = load.abs_diff(target) * u128::from(PPM) > target * u128::from(threshold);
        let is_full = |capacity: u64| load * u128::from(PPM) > u128::from(capacity) * u128::from(settings.fill_max_ppm);
        !deviates && !layout.nodes()[n].capacity_bytes.is_some_and(is_full)
    };
    (0..layout.nodes().len()).filter(|&n| layout.nodes()[n].role.stays()).all(calm)
}

/// The bands that this plan must reach: as asked, but what is not to be touched may stay where it is.
fn bands(layout: &Layout, settings: &Settings, census: &Census, targets: &Targets, scope: Scope) -> Vec<NodeTarget> {
    let relieved: BTreeSet<usize> = settings.relieve.iter().map(|&node| usize::from(node)).collect();
    let band = |n: usize| {
        let (band, load) = (targets.nodes[n], census.loads[n].bytes);
        let as_it_is = NodeTarget { low: band.low.min(load), high: band.high.max(load), ..band };
        let named = relieved.is_empty() || relieved.contains(&n);
        match (scope, layout.nodes()[n].role) {
            (Scope::Balance, NodeRole::Open | NodeRole::SendOnly | NodeRole::Fixed) if named => band,
            (Scope::Balance | Scope::Forced, NodeRole::Draining | NodeRole::Lost) => band,
            (Scope::Repair, NodeRole::Lost) => band,
            _ => as_it_is,
        }
    };
    (0..layout.nodes().len()).map(band).collect()
}

/// The census with the loads as they are after some moves.
fn loads_after(census: &Census, moves: &[Move], layout: &Layout) -> Census {
    let mut after = census.clone();
    for step in moves {
        let size = layout.bytes_of(step);
        if let Some(from) = step.from {
            after.loads[usize::from(from)].bytes -= size;
        }
        if let Some(to) = step.to.filter(|&to| step.from.is_some() || !layout.holders(step.partition).contains(&to)) {
            after.loads[usize::from(to)].bytes += size;
        }
    }
    after
}
