//! What must hold for every plan, on random clusters.

use otlp_part::placement::NodeIndex;
use otlp_part::planner::check::{Severity, check};
use otlp_part::planner::document::PlanDocument;
use otlp_part::planner::leaders::transfers;
use otlp_part::planner::{Layout, MoveReason, Plan, PlanError, Prefer, Settings, UnplannedReason, plan};

use crate::instances::{Random, layout, provenance};

/// Instances of one of the four tests, which run side by side.
const INSTANCES: u64 = 2_500;

#[test]
fn plans_of_random_clusters_hold_1() {
    (0..INSTANCES).for_each(holds);
}

#[test]
fn plans_of_random_clusters_hold_2() {
    (INSTANCES..2 * INSTANCES).for_each(holds);
}

#[test]
fn plans_of_random_clusters_hold_3() {
    (2 * INSTANCES..3 * INSTANCES).for_each(holds);
}

#[test]
fn plans_of_random_clusters_hold_4() {
    (3 * INSTANCES..4 * INSTANCES).for_each(holds);
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
    let mut random = Random(seed);
    let layout = layout(&mut random);
    let settings = settings(&mut random, &layout);
    (layout, settings)
}

fn document(layout: &Layout, settings: &Settings, plan: &Plan) -> PlanDocument {
    PlanDocument::new(layout, settings, plan, provenance())
}

fn after(layout: &Layout, plan: &Plan, seed: u64) -> Layout {
    let mut after = layout.clone();
    for m in &plan.moves {
        assert!(after.apply(m), "seed {seed}: {m:?}");
    }
    after
}

fn holds(seed: u64) {
    let (layout, settings) = instance(seed);
    let found = match plan(&layout, &settings) {
        Ok(found) => found,
        Err(PlanError::TooFewNodes { usable, replication_factor }) => {
            return assert!(usable < usize::from(replication_factor), "seed {seed}");
        }
        Err(error) => panic!("seed {seed}: {error}"),
    };
    let paper = document(&layout, &settings, &found);
    // Legality, prefix safety, bands, totals.
    let report = check(&layout, &paper);
    let wrong: Vec<String> =
        report.findings.iter().filter(|(s, _)| *s != Severity::Note).map(|(_, f)| f.to_string()).collect();
    assert!(wrong.is_empty(), "seed {seed}: {settings:?}\n{wrong:#?}\n{:#?}", found.unplanned);
    // Determinism.
    assert_eq!(paper, document(&layout, &settings, &plan(&layout, &settings).unwrap()), "seed {seed}");
    let unfinished = found.unplanned.iter().any(|left| {
        matches!(
            left.reason,
            UnplannedReason::OutOfBand
                | UnplannedReason::Limit
                | UnplannedReason::NoTarget
                | UnplannedReason::RepairFirst
                | UnplannedReason::MassRepair
        )
    });
    if unfinished {
        return;
    }
    if !settings.leaders_only {
        assert!(found.lower_bound_bytes <= found.bytes, "seed {seed}: {} of {}", found.bytes, found.lower_bound_bytes);
    }
    // Idempotence: what was planned is all that there is to do.
    let after = after(&layout, &found, seed);
    let again = plan(&after, &settings).unwrap();
    assert!(again.moves.is_empty(), "seed {seed}: {settings:?} {:#?}", again.moves);
    // Nobody leads more than it should.
    if settings.relieve.is_empty() && settings.threshold_ppm.is_none() {
        let left = transfers(&after).moves;
        assert!(left.iter().all(|m| m.reason != MoveReason::Balance), "seed {seed}: {left:?}");
    }
}
