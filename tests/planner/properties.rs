//! What must hold for every plan, on random clusters.

use otlp_part::placement::NodeIndex;
use otlp_part::planner::check::{Severity, check};
use otlp_part::planner::document::PlanDocument;
use otlp_part::planner::leaders::transfers;
use otlp_part::planner::{
    Layout, LayoutNode, MoveReason, NodeRole, Plan, PlanError, Prefer, Settings, UnplannedReason, loads, plan, targets,
};

use crate::instances::{Random, layout, provenance};

/// Instances of one of the four tests, which run side by side.
const INSTANCES: u64 = 2_500;

#[test]
fn plans_of_random_clusters_hold_1() {
    hold(0..INSTANCES);
}

#[test]
fn plans_of_random_clusters_hold_2() {
    hold(INSTANCES..2 * INSTANCES);
}

#[test]
fn plans_of_random_clusters_hold_3() {
    hold(2 * INSTANCES..3 * INSTANCES);
}

#[test]
fn plans_of_random_clusters_hold_4() {
    hold(3 * INSTANCES..4 * INSTANCES);
}

/// Says of the first few that fail what fails, and how many.
fn hold(seeds: std::ops::Range<u64>) {
    let failures: Vec<String> =
        seeds.filter_map(|seed| holds(seed).err().map(|e| format!("seed {seed}: {e}"))).collect();
    let first: Vec<&String> = failures.iter().take(5).collect();
    assert!(failures.is_empty(), "{} failures, first {first:#?}", failures.len());
}

/// What may be asked.
fn settings(random: &mut Random, layout: &Layout) -> Settings {
    let mut settings = Settings {
        band_ppm: random.pick(&[5_000, 10_000, 20_000, 20_000, 50_000, 200_000]),
        prefer: random.pick(&[Prefer::Uniform, Prefer::FewestMoves]),
        allow_mass_repair: random.once_in(2),
        ..Settings::default()
    };
    match random.below(12) {
        0 => settings.threshold_ppm = Some(random.pick(&[100_000, 200_000, 1_000_000])),
        1 => settings.bytes_max = Some(random.below(100_000)),
        2 => settings.moves_max = Some(random.below(20)),
        3 => settings.leaders_only = true,
        4 => settings.relieve = vec![random.below(layout.nodes().len() as u64) as NodeIndex],
        5 => settings.pace.migrations_per_node = 1,
        _ => {}
    }
    settings
}

/// The instance and settings of a seed.
fn instance(seed: u64) -> (Layout, Settings) {
    let mut random = Random::new(seed);
    let layout = layout(&mut random);
    let settings = settings(&mut random, &layout);
    (layout, settings)
}

fn document(layout: &Layout, settings: &Settings, plan: &Plan) -> PlanDocument {
    PlanDocument::new(layout, settings, plan, provenance())
}

fn holds(seed: u64) -> Result<(), String> {
    let (layout, settings) = instance(seed);
    let found = match plan(&layout, &settings) {
        Ok(found) => found,
        Err(PlanError::TooFewNodes { usable, replication_factor }) if usable < usize::from(replication_factor) => {
            return Ok(());
        }
        Err(PlanError::LargerThanNodes { bytes, largest, .. }) if bytes > largest => return Ok(()),
        Err(PlanError::NoCapacity(_)) if targets::targets(&layout, settings.band_ppm).missing > 0 => return Ok(()),
        Err(error) => return Err(error.to_string()),
    };
    let paper = document(&layout, &settings, &found);
    // Legality, prefix safety, bands, totals.
    let report = check(&layout, &paper);
    if let Some((_, finding)) = report.findings.iter().find(|(severity, _)| *severity != Severity::Note) {
        return Err(format!("{}: {finding}", finding.kind()));
    }
    if plan(&layout, &settings).map(|again| document(&layout, &settings, &again)) != Ok(paper) {
        return Err("not the same plan again".into());
    }
    finished(&layout, &settings, &found)
}

/// What holds of a plan that does all that is to do.
fn finished(layout: &Layout, settings: &Settings, found: &Plan) -> Result<(), String> {
    use UnplannedReason::{Limit, MassRepair, NoTarget, OutOfBand, RepairFirst};
    let stopped = [OutOfBand, Limit, NoTarget, RepairFirst, MassRepair];
    if found.unplanned.iter().any(|left| stopped.contains(&left.reason)) {
        return Ok(());
    }
    if !settings.leaders_only && found.lower_bound_bytes > found.bytes {
        return Err(format!("{} bytes are below the bound {}", found.bytes, found.lower_bound_bytes));
    }
    let mut after = layout.clone();
    if let Some(m) = found.moves.iter().find(|m| !after.apply(m)) {
        return Err(format!("does not fit: {m:?}"));
    }
    // What a cordoned node sends it cannot get back, so that one below its target leaves more to all others.
    let (aims, ends) = (targets::targets(layout, settings.band_ppm).nodes, loads::loads(&after));
    let short = |(n, node): (usize, &LayoutNode)| node.role == NodeRole::SendOnly && ends[n].bytes < aims[n].target;
    if layout.nodes().iter().enumerate().any(short) {
        return Ok(());
    }
    // What was planned is all that there is to do.
    let again = plan(&after, settings).map_err(|error| error.to_string())?;
    if !again.moves.is_empty() {
        return Err(format!("moves again: {:?}", again.moves));
    }
    // Nobody leads more than it should.
    let balances = settings.relieve.is_empty() && settings.threshold_ppm.is_none();
    match transfers(&after).moves.iter().find(|m| balances && m.reason == MoveReason::Balance) {
        Some(m) => Err(format!("leaders are not even: {m:?}")),
        None => Ok(()),
    }
}
