//! The end of the plan, and every figure in it.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::NodeId;
use crate::planner::document::{BalanceDocument, MoveDocument, NodeDocument, PlanDocument, SettingsDocument};
use crate::planner::layout::{Hold, NodeRole};
use crate::planner::plan::{MoveKind, MoveReason, UnplannedReason};

use super::Finding;
use super::moves::End;
use super::paper::{Paper, Partition, stays};
use super::shares::{self, Demand};

pub(super) fn check(paper: &Paper<'_>, plan: &PlanDocument, end: &End<'_>, findings: &mut Vec<Finding>) {
    let demand = Demand::of(paper);
    nodes(paper, plan, &demand, end, findings);
    let computed = Balances::of(paper, plan, end, findings);
    summary(paper, plan, &demand, &computed, findings);
    limits(plan, findings);
    bands(paper, plan, end, findings);
    leaders(paper, end, findings);
}

/// Every node once, with its figures.
fn nodes(paper: &Paper<'_>, plan: &PlanDocument, demand: &Demand<'_>, end: &End<'_>, findings: &mut Vec<Finding>) {
    let targets = shares::targets(paper, demand);
    let mut seen: BTreeSet<&NodeId> = BTreeSet::new();
    for entry in &plan.nodes {
        let mut find = |fault| findings.push(Finding::NodeEntry { node: entry.node.clone(), fault });
        let Some(node) = paper.nodes.get(&entry.node) else {
            find("is not in the cluster");
            continue;
        };
        if !seen.insert(&entry.node) {
            find("stands there twice");
        }
        if entry.zone != node.zone {
            find("has another zone");
        }
        if (entry.weight.as_f64() - node.weight).abs() > 1e-9 {
            find("has another weight");
        }
        let exactly = [
            ("before_bytes", entry.before_bytes, node.bytes),
            ("after_bytes", entry.after_bytes, end.bytes.get(&entry.node).copied().unwrap_or(0)),
            ("before_leaders", entry.before_leaders, node.leaders),
            ("after_leaders", entry.after_leaders, end.leaders.get(&entry.node).copied().unwrap_or(0)),
        ];
        let wrong = exactly.into_iter().filter(|(_, stated, computed)| stated != computed);
        let mut figures: Vec<(&'static str, f64, f64)> =
            wrong.map(|(name, stated, computed)| (name, stated as f64, computed as f64)).collect();
        let (low, high) = shares::band(paper, demand, &entry.node, entry.target_bytes);
        let target = targets.get(&entry.node).copied().unwrap_or(0.0);
        // Rounding leaves a few bytes for each node, which may all be given to one.
        let tolerance = 4.0 + 2.0 * paper.nodes.len() as f64 + target * 1e-9;
        figures.extend(
            [("target_bytes", entry.target_bytes, target, tolerance), ("low_bytes", entry.low_bytes, low, tolerance)]
                .into_iter()
                .chain([("high_bytes", entry.high_bytes, high, tolerance)])
                .filter(|(_, stated, computed, tolerance)| (*stated as f64 - computed).abs() > *tolerance)
                .map(|(name, stated, computed, _)| (name, stated as f64, computed)),
        );
        let node = &entry.node;
        let figure = |(name, stated, computed)| Finding::NodeFigure { node: node.clone(), name, stated, computed };
        findings.extend(figures.into_iter().map(figure));
    }
    let missing = paper.nodes.keys().filter(|id| !seen.contains(**id));
    findings.extend(missing.map(|id| Finding::NodeEntry { node: (*id).clone(), fault: "is missing" }));
}

/// How evenly the cluster is filled, before and after.
struct Balances {
    before: BalanceDocument,
    after: BalanceDocument,
}

impl Balances {
    /// Counts broken rules on the way, and finds what is left undone without a word.
    fn of(paper: &Paper<'_>, plan: &PlanDocument, end: &End<'_>, findings: &mut Vec<Finding>) -> Self {
        let (mut before, mut after) = (0, 0);
        for number in 0..paper.layout.len() as u32 {
            let old = paper.partition(number);
            let broken = violations(paper, &old);
            before += broken;
            after += match end.partitions.get(&number) {
                None => broken,
                Some(new) => violations(paper, new),
            };
            undone(paper, number, end.partitions.get(&number).unwrap_or(&old), findings);
        }
        let start: BTreeMap<&NodeId, u64> = paper.nodes.iter().map(|(id, node)| (*id, node.bytes)).collect();
        Self { before: balance(paper, plan, &start, before), after: balance(paper, plan, &end.bytes, after) }
    }
}

/// Replicas missing or lost, too many in a zone, no live leader.
fn violations(paper: &Paper<'_>, partition: &Partition<'_>) -> u64 {
    if partition.hold == Hold::Split {
        return 0;
    }
    let live = |node: &NodeId| paper.role(node) != NodeRole::Lost;
    let mut zones: BTreeMap<&str, usize> = BTreeMap::new();
    for node in partition.nodes.iter().filter(|node| live(node)) {
        *zones.entry(paper.zone(node)).or_default() += 1;
    }
    let missing = usize::from(paper.layout.replication_factor()).saturating_sub(partition.nodes.len());
    let lost = partition.nodes.iter().filter(|node| !live(node)).count();
    let crowded: usize = zones.values().map(|copies| copies.saturating_sub(paper.zone_most.into())).sum();
    let leaderless = !partition.leader.is_some_and(live);
    (missing + lost + crowded + usize::from(leaderless)) as u64
}

/// What a whole plan should have done with a partition and did not, without a word.
fn undone(paper: &Paper<'_>, number: u32, partition: &Partition<'_>, findings: &mut Vec<Finding>) {
    let id = paper.layout.ids()[number as usize];
    let general = [UnplannedReason::NoTarget, UnplannedReason::NoSource, UnplannedReason::OutOfBand];
    let excused = general.iter().any(|reason| paper.explained_all.contains(reason));
    if !paper.is_whole() || paper.stopped() || excused || paper.explained_partitions.contains(&id) {
        return;
    }
    if !paper.is_movable(partition) {
        return;
    }
    for &node in &partition.nodes {
        if paper.role(node) == NodeRole::Draining && !paper.explained_nodes.contains_key(node) {
            findings.push(Finding::NotEmptied { node: node.clone(), partition: id });
        }
    }
    let needed = paper.layout.replication_factor();
    let copies = partition.nodes.iter().filter(|node| paper.is_sound(partition, node)).count();
    if copies < usize::from(needed) {
        findings.push(Finding::NotRepaired { partition: id, copies, needed });
    }
}

fn balance(paper: &Paper<'_>, plan: &PlanDocument, bytes: &BTreeMap<&NodeId, u64>, violations: u64) -> BalanceDocument {
    let staying = || plan.nodes.iter().filter(|entry| stays(paper.role(&entry.node)));
    let all: f64 = staying().map(|entry| entry.target_bytes as f64).sum();
    let weights: f64 = staying().map(|entry| entry.weight.as_f64()).sum();
    let deviation = |entry: &NodeDocument| {
        let held = bytes.get(&entry.node).copied().unwrap_or(0);
        match (held, entry.target_bytes) {
            (0, 0) => 0.0,
            (_, 0) => 1.0,
            (held, target) => held as f64 / target as f64 - 1.0,
        }
    };
    let structural = |entry: &NodeDocument| {
        let mean = all * entry.weight.as_f64() / weights;
        if mean > 0.0 { (entry.target_bytes as f64 / mean - 1.0).abs() } else { 0.0 }
    };
    BalanceDocument {
        skew: staying().map(deviation).reduce(f64::max).unwrap_or(0.0),
        max_deviation: staying().map(|entry| deviation(entry).abs()).fold(0.0, f64::max),
        structural_skew: staying().map(structural).fold(0.0, f64::max),
        violations,
    }
}

fn summary(
    paper: &Paper<'_>,
    plan: &PlanDocument,
    demand: &Demand<'_>,
    computed: &Balances,
    findings: &mut Vec<Finding>,
) {
    let stated = &plan.summary;
    let transfers = plan.moves.iter().filter(|m| m.kind == MoveKind::Leader).count();
    let bytes: u128 = plan.moves.iter().map(|m| u128::from(m.bytes)).sum();
    let bound = shares::bound(paper, demand, &plan.nodes);
    let gap = match (stated.bytes, stated.lower_bound_bytes) {
        (0, 0) => 0.0,
        (_, 0) => 1.0,
        (bytes, bound) => bytes as f64 / bound as f64 - 1.0,
    };
    let (minimum, serial) = seconds(paper, plan);
    let mut figures = vec![
        ("moves", stated.moves as f64, (plan.moves.len() - transfers) as f64),
        ("leader_transfers", stated.leader_transfers as f64, transfers as f64),
        ("bytes", stated.bytes as f64, bytes as f64),
        ("gap", stated.gap, gap),
        ("estimated_seconds_minimum", stated.estimated_seconds_minimum as f64, minimum as f64),
        (
            "estimated_seconds",
            stated.estimated_seconds as f64,
            stated.estimated_seconds.clamp(minimum.min(serial), serial) as f64,
        ),
    ];
    // The bound of a plan that was asked for a part only is that of its part.
    if !is_part(plan) {
        figures.push(("lower_bound_bytes", stated.lower_bound_bytes as f64, bound as f64));
    }
    for (names, stated, computed) in [
        (
            ["before.skew", "before.max_deviation", "before.structural_skew", "before.violations"],
            stated.before,
            computed.before,
        ),
        (
            ["after.skew", "after.max_deviation", "after.structural_skew", "after.violations"],
            stated.after,
            computed.after,
        ),
    ] {
        figures.extend([
            (names[0], stated.skew, computed.skew),
            (names[1], stated.max_deviation, computed.max_deviation),
            (names[2], stated.structural_skew, computed.structural_skew),
            (names[3], stated.violations as f64, computed.violations as f64),
        ]);
    }
    let wrong =
        figures.into_iter().filter(|(_, stated, computed)| (stated - computed).abs() > 1e-9 * computed.abs().max(1.0));
    findings.extend(wrong.map(|(name, stated, computed)| Finding::Total { name, stated, computed }));
}

/// Whether other bands than those of all nodes were to be reached: exactly chosen moves, some nodes only, leaders only, what is
/// calm by the threshold, or repairs before everything else.
fn is_part(plan: &PlanDocument) -> bool {
    let SettingsDocument { moves, leaders, leaders_only, relieve, threshold, .. } = &plan.settings;
    let repairs = plan.unplanned.iter().any(|left| left.reason == UnplannedReason::RepairFirst);
    let chosen = !moves.is_empty() || !leaders.is_empty() || !relieve.is_empty();
    chosen || *leaders_only || threshold.is_some() || repairs
}

/// The least time at the plan's pace, and that of one copy after another.
fn seconds(paper: &Paper<'_>, plan: &PlanDocument) -> (u64, u64) {
    let rate = u128::from(plan.settings.bandwidth_bytes_per_second.max(1));
    let (mut into, mut out_of) = (BTreeMap::new(), BTreeMap::new());
    let (mut senders, mut copied) = (BTreeSet::new(), BTreeSet::new());
    let (mut all, mut longest, mut again) = (0_u128, 0_u128, false);
    for m in plan.moves.iter().filter(|m| m.bytes > 0) {
        let (Some(to), Some(number)) = (&m.to, paper.layout.partition_index(m.partition)) else { continue };
        let bytes = u128::from(m.bytes);
        *into.entry(to).or_insert(0_u128) += bytes;
        all += bytes;
        longest = longest.max(bytes);
        again |= !copied.insert(m.partition);
        let partition = paper.partition(number);
        let sound: Vec<&NodeId> =
            partition.nodes.iter().copied().filter(|node| paper.is_sound(&partition, node)).collect();
        senders.insert(to);
        senders.extend(sound.iter().copied());
        if let [only] = sound[..] {
            *out_of.entry(only).or_insert(0_u128) += bytes;
        }
    }
    if again {
        // A copy that was just made may be read for the next one: nobody is the only source then.
        out_of.clear();
    }
    let nodes: BTreeSet<&NodeId> = into.keys().chain(out_of.keys()).copied().collect();
    let node = |id: &NodeId| {
        let (into, out_of) = (into.get(id).copied().unwrap_or(0), out_of.get(id).copied().unwrap_or(0));
        if plan.settings.migrations_per_node <= 1 { into + out_of } else { into.max(out_of) }
    };
    let busiest = nodes.into_iter().map(node).max().unwrap_or(0);
    let least = busiest.max(longest).max(all.div_ceil(senders.len().max(1) as u128));
    (least.div_ceil(rate) as u64, all.div_ceil(rate) as u64)
}

/// What the operator allowed.
fn limits(plan: &PlanDocument, findings: &mut Vec<Finding>) {
    let balancing = |m: &&MoveDocument| {
        m.kind == MoveKind::Replica && matches!(m.reason, MoveReason::Balance | MoveReason::Relieve)
    };
    let (bytes, moves) = plan
        .moves
        .iter()
        .filter(balancing)
        .fold((0_u64, 0_u64), |(bytes, moves), m| (bytes.saturating_add(m.bytes), moves + 1));
    let copies = plan.moves.iter().filter(|m| m.kind != MoveKind::Leader).count() as u64;
    for (name, stated, limit) in [
        ("max_bytes", bytes, plan.settings.max_bytes),
        ("max_moves", moves, plan.settings.max_moves),
        ("the number of moves with leaders_only", copies, plan.settings.leaders_only.then_some(0)),
    ] {
        if let Some(limit) = limit.filter(|limit| stated > *limit) {
            findings.push(Finding::AboveLimit { name, stated, limit });
        }
    }
}

/// Every node ends in its band, or the plan says why not.
fn bands(paper: &Paper<'_>, plan: &PlanDocument, end: &End<'_>, findings: &mut Vec<Finding>) {
    // Drains and repairs are made also where the threshold asks for no balance.
    let balances = plan.moves.iter().any(|m| m.kind != MoveKind::Leader && m.reason == MoveReason::Balance);
    let within_threshold = plan.settings.threshold.is_some_and(|most| plan.summary.before.max_deviation <= most);
    if !paper.is_whole() || paper.stopped() || (within_threshold && !balances) {
        return;
    }
    let general = paper.explained_all.contains(&UnplannedReason::OutOfBand);
    for entry in plan.nodes.iter().filter(|entry| stays(paper.role(&entry.node))) {
        let bytes = end.bytes.get(&entry.node).copied().unwrap_or(0);
        let (low, high) = (entry.low_bytes, entry.high_bytes);
        if !(low..=high).contains(&bytes) && !general && !paper.explained_nodes.contains_key(&entry.node) {
            findings.push(Finding::OutOfBand { node: entry.node.clone(), bytes, low, high });
        }
    }
}

/// No node leads more than its part by weight, or the plan says why.
fn leaders(paper: &Paper<'_>, end: &End<'_>, findings: &mut Vec<Finding>) {
    let all: u64 = end.leaders.values().sum();
    let leads = |id: &NodeId| stays(paper.role(id));
    let weights: f64 = paper.nodes.iter().filter(|(id, _)| leads(id)).map(|(_, node)| node.weight).sum();
    for (&node, &leaders) in end.leaders.iter().filter(|(id, _)| leads(id)) {
        let weight = paper.nodes.get(node).map_or(0.0, |node| node.weight);
        let share = (all as f64 * weight / weights - 1e-6).ceil() as u64;
        if leaders > share && !paper.explains(node, &[UnplannedReason::Leaders]) {
            findings.push(Finding::LeaderShare { node: node.clone(), leaders, share });
        }
    }
}
