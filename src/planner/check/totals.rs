//! The end of the plan, and every figure in it.

use std::collections::BTreeSet;

use crate::planner::document::{BalanceDocument, MoveDocument, NodeDocument, PlanDocument};
use crate::planner::plan::{MoveKind, MoveReason, UnplannedReason};
use crate::planner::roles::{Hold, NodeRole};

use super::Finding;
use super::moves::End;
use super::paper::{Paper, Partition, Place, stays};
use super::shares::{self, Demand};

pub(super) fn check(paper: &Paper<'_>, plan: &PlanDocument, end: &End, findings: &mut Vec<Finding>) {
    let demand = Demand::of(paper);
    nodes(paper, plan, &demand, end, findings);
    let computed = Balances::of(paper, plan, end, findings);
    summary(paper, plan, &demand, &computed, findings);
    limits(plan, findings);
    bands(paper, plan, end, findings);
    leaders(paper, end, findings);
}

/// Every node once, with its figures.
fn nodes(paper: &Paper<'_>, plan: &PlanDocument, demand: &Demand, end: &End, findings: &mut Vec<Finding>) {
    let (targets, reserve) = shares::targets(paper, demand);
    let mut seen = vec![false; paper.nodes.len()];
    for entry in &plan.nodes {
        let mut find = |fault| findings.push(Finding::NodeEntry { node: entry.node.clone(), fault });
        let Some(place) = paper.place(&entry.node) else {
            find("is not in the cluster");
            continue;
        };
        let node = &paper.nodes[place];
        if std::mem::replace(&mut seen[place], true) {
            find("stands there twice");
        }
        if entry.zone != paper.layout.zones()[node.zone] {
            find("has another zone");
        }
        if (entry.weight.as_f64() - node.weight).abs() > 1e-9 {
            find("has another weight");
        }
        let exactly = [
            ("before_bytes", entry.before_bytes, node.bytes),
            ("after_bytes", entry.after_bytes, end.bytes[place]),
            ("before_leaders", entry.before_leaders, node.leaders),
            ("after_leaders", entry.after_leaders, end.leaders[place]),
        ];
        let wrong = exactly.into_iter().filter(|(_, stated, computed)| stated != computed);
        let mut figures: Vec<(&'static str, f64, f64)> =
            wrong.map(|(name, stated, computed)| (name, stated as f64, computed as f64)).collect();
        let (low, high) = shares::band(paper, demand, reserve, place, entry.target_bytes);
        let target = targets[place];
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
    let missing = (0..seen.len()).filter(|&place| !seen[place]);
    findings.extend(missing.map(|place| Finding::NodeEntry { node: paper.id(place), fault: "is missing" }));
}

/// How evenly the cluster is filled, before and after.
struct Balances {
    before: BalanceDocument,
    after: BalanceDocument,
}

impl Balances {
    /// Counts broken rules on the way, and finds what is left undone without a word.
    fn of(paper: &Paper<'_>, plan: &PlanDocument, end: &End, findings: &mut Vec<Finding>) -> Self {
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
        let start: Vec<u64> = paper.nodes.iter().map(|node| node.bytes).collect();
        Self { before: balance(paper, plan, &start, before), after: balance(paper, plan, &end.bytes, after) }
    }
}

/// Replicas missing or lost, too many in a zone, no live leader.
fn violations(paper: &Paper<'_>, partition: &Partition) -> u64 {
    if partition.hold == Hold::Split {
        return 0;
    }
    let live = |node: Place| paper.role(node) != NodeRole::Lost;
    let nodes = || partition.nodes.iter().copied();
    // Each copy that already has enough others before it in its zone is one too many.
    let crowds = |(at, node): (usize, Place)| {
        let before =
            partition.nodes[..at].iter().filter(|&&other| live(other) && paper.zone(other) == paper.zone(node));
        live(node) && before.count() >= usize::from(paper.zone_most)
    };
    let crowded = nodes().enumerate().filter(|&copy| crowds(copy)).count();
    let missing = usize::from(paper.layout.replication_factor()).saturating_sub(partition.nodes.len());
    let lost = nodes().filter(|&node| !live(node)).count();
    let leaderless = !partition.leader.is_some_and(live);
    (missing + lost + crowded + usize::from(leaderless)) as u64
}

/// What a whole plan should have done with a partition and did not, without a word.
fn undone(paper: &Paper<'_>, number: u32, partition: &Partition, findings: &mut Vec<Finding>) {
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
        if paper.role(node) == NodeRole::Draining && !paper.explained_nodes.contains_key(&node) {
            findings.push(Finding::NotEmptied { node: paper.id(node), partition: id });
        }
    }
    let needed = paper.layout.replication_factor();
    let copies = partition.nodes.iter().filter(|&&node| paper.is_sound(partition, node)).count();
    if copies < usize::from(needed) {
        findings.push(Finding::NotRepaired { partition: id, copies, needed });
    }
}

fn balance(paper: &Paper<'_>, plan: &PlanDocument, bytes: &[u64], violations: u64) -> BalanceDocument {
    let known = || plan.nodes.iter().filter_map(|entry| Some((entry, paper.place(&entry.node)?)));
    let staying = || known().filter(|(_, place)| stays(paper.role(*place)));
    let all: f64 = staying().map(|(entry, _)| entry.target_bytes as f64).sum();
    let weights: f64 = staying().map(|(entry, _)| entry.weight.as_f64()).sum();
    let deviation = |(entry, place): (&NodeDocument, Place)| match (bytes[place], entry.target_bytes) {
        (0, 0) => 0.0,
        (_, 0) => 1.0,
        (held, target) => held as f64 / target as f64 - 1.0,
    };
    let structural = |(entry, _): (&NodeDocument, Place)| {
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

fn summary(paper: &Paper<'_>, plan: &PlanDocument, demand: &Demand, computed: &Balances, findings: &mut Vec<Finding>) {
    let stated = &plan.summary;
    let transfers = plan.moves.iter().filter(|m| m.kind == MoveKind::Leader).count();
    let bytes: u128 = plan.moves.iter().map(|m| u128::from(m.bytes)).sum();
    let bound = bound(paper, plan, demand, u64::try_from(bytes).unwrap_or(u64::MAX));
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
    figures.push(("lower_bound_bytes", stated.lower_bound_bytes as f64, bound as f64));
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

/// The lower bound of what was asked: chosen moves and repairs are what they are; what may stay as it is costs nothing.
fn bound(paper: &Paper<'_>, plan: &PlanDocument, demand: &Demand, bytes: u64) -> u64 {
    let settings = paper.settings;
    if paper.explained_all.contains(&UnplannedReason::MassRepair) {
        return 0;
    }
    let is_chosen = !settings.moves.is_empty() || !settings.leaders.is_empty();
    if is_chosen || settings.leaders_only || paper.explained_all.contains(&UnplannedReason::RepairFirst) {
        return if settings.leaders_only && !is_chosen { 0 } else { bytes };
    }
    let leaves = |place: Place| !stays(paper.role(place));
    if !settings.relieve.is_empty() {
        let relieved = |place: Place| settings.relieve.contains(paper.nodes[place].id);
        return shares::bound(paper, demand, &plan.nodes, &|place| leaves(place) || relieved(place));
    }
    let calm = shares::bound(paper, demand, &plan.nodes, &leaves);
    // Within the threshold only what must leave is moved; whether it is within, its fullest node decides.
    if settings.threshold.is_some() && plan.summary.lower_bound_bytes == calm {
        return calm;
    }
    shares::bound(paper, demand, &plan.nodes, &|_| true)
}

/// The least time at the plan's pace, and that of one copy after another.
fn seconds(paper: &Paper<'_>, plan: &PlanDocument) -> (u64, u64) {
    let rate = u128::from(plan.settings.bandwidth_bytes_per_second.max(1));
    let nodes = paper.nodes.len();
    let (mut into, mut out_of, mut senders) = (vec![0_u128; nodes], vec![0_u128; nodes], vec![false; nodes]);
    let (mut all, mut longest, mut again) = (0_u128, 0_u128, false);
    let mut copied = BTreeSet::new();
    for m in plan.moves.iter().filter(|m| m.bytes > 0) {
        let to = m.to.as_ref().and_then(|to| paper.place(to));
        let (Some(to), Some(number)) = (to, paper.layout.partition_index(m.partition)) else { continue };
        let bytes = u128::from(m.bytes);
        into[to] += bytes;
        all += bytes;
        longest = longest.max(bytes);
        again |= !copied.insert(m.partition);
        let partition = paper.partition(number);
        let sound: Vec<Place> =
            partition.nodes.iter().copied().filter(|&node| paper.is_sound(&partition, node)).collect();
        senders[to] = true;
        sound.iter().for_each(|&node| senders[node] = true);
        if let [only] = sound[..] {
            out_of[only] += bytes;
        }
    }
    if again {
        // A copy that was just made may be read for the next one: nobody is the only source then.
        out_of.fill(0);
    }
    let alone = plan.settings.migrations_per_node <= 1;
    let node = |at: Place| if alone { into[at] + out_of[at] } else { into[at].max(out_of[at]) };
    let busiest = (0..nodes).map(node).max().unwrap_or(0);
    let senders = senders.iter().filter(|&&sends| sends).count().max(1) as u128;
    let least = busiest.max(longest).max(all.div_ceil(senders));
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
fn bands(paper: &Paper<'_>, plan: &PlanDocument, end: &End, findings: &mut Vec<Finding>) {
    // Drains and repairs are made also where the threshold asks for no balance, and coming time buckets weigh nothing.
    let balances = plan.moves.iter().any(|m| m.bytes > 0 && m.reason == MoveReason::Balance);
    let within_threshold = plan.settings.threshold.is_some_and(|most| plan.summary.before.max_deviation <= most);
    if !paper.is_whole() || paper.stopped() || (within_threshold && !balances) {
        return;
    }
    let general = paper.explained_all.contains(&UnplannedReason::OutOfBand);
    for entry in &plan.nodes {
        let Some(place) = paper.place(&entry.node).filter(|&place| stays(paper.role(place))) else { continue };
        let bytes = end.bytes[place];
        let (low, high) = (entry.low_bytes, entry.high_bytes);
        if !(low..=high).contains(&bytes) && !general && !paper.explained_nodes.contains_key(&place) {
            findings.push(Finding::OutOfBand { node: entry.node.clone(), bytes, low, high });
        }
    }
}

/// No node leads more than its part by weight, or the plan says why.
fn leaders(paper: &Paper<'_>, end: &End, findings: &mut Vec<Finding>) {
    let all: u64 = end.leaders.iter().sum();
    let leads = || paper.nodes.iter().enumerate().filter(|(_, node)| stays(node.role));
    let weights: f64 = leads().map(|(_, node)| node.weight).sum();
    for (place, node) in leads() {
        let leaders = end.leaders[place];
        let share = (all as f64 * node.weight / weights - 1e-6).ceil() as u64;
        if leaders > share && !paper.explains(place, &[UnplannedReason::Leaders]) {
            findings.push(Finding::LeaderShare { node: node.id.clone(), leaders, share });
        }
    }
}
