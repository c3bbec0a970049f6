//! Plans of random clusters hold what plans promise; the independent checker says so.

use otlp_part::planner::check::{Severity, check};
use otlp_part::planner::document::PlanDocument;
use otlp_part::planner::{Layout, MoveKind, MoveReason, NodeRole, Plan, PlanError, Settings, UnplannedReason, plan};

use crate::instances::{Random, layout, provenance};
use crate::oracle::solved;

fn applied(layout: &Layout, plan: &Plan) -> Layout {
    let mut after = layout.clone();
    for step in &plan.moves {
        assert!(after.apply(step), "{step:?}");
    }
    after
}

fn settings(random: &mut Random) -> Settings {
    Settings {
        band_ppm: random.pick(&[5_000, 20_000, 20_000, 20_000, 100_000]),
        threshold_ppm: random.once_in(6).then_some(200_000),
        bytes_max: random.once_in(8).then(|| random.below(2_000_000)),
        moves_max: random.once_in(8).then(|| random.below(20)),
        allow_mass_repair: random.once_in(2),
        prefer: random.pick(&[Settings::default().prefer, otlp_part::planner::Prefer::FewestMoves]),
        ..Settings::default()
    }
}

fn inside(plan: &Plan, layout: &Layout) -> bool {
    let fits = |n: usize| {
        let stays = layout.nodes()[n].role.stays();
        (plan.targets[n].low..=plan.targets[n].high).contains(&plan.loads[n].1) || !stays
    };
    (0..plan.targets.len()).all(fits)
}

#[test]
fn every_plan_passes_the_checker() {
    // Without optimisation fewer, so that this takes seconds.
    let rounds = if cfg!(debug_assertions) { 400 } else { 10_000 };
    let (mut full, mut refused) = (0, 0);
    for seed in 0..rounds {
        let mut random = Random(seed);
        let layout = layout(&mut random);
        let settings = settings(&mut random);
        let plan = match plan(&layout, &settings) {
            Ok(plan) => plan,
            Err(PlanError::TooFewNodes { usable, replication_factor }) => {
                assert!(usable < usize::from(replication_factor));
                refused += 1;
                continue;
            }
            Err(error) => panic!("seed {seed}: {error}"),
        };
        assert_eq!(plan, otlp_part::planner::plan(&layout, &settings).unwrap(), "seed {seed}: not the same again");
        let document = PlanDocument::new(&layout, &settings, &plan, provenance());
        let report = check(&layout, &document);
        let errors: Vec<_> = report.of(Severity::Error).collect();
        assert!(errors.is_empty(), "seed {seed}: {errors:#?}");
        let cut = plan.unplanned.iter().any(|left| left.reason == UnplannedReason::Limit);
        let repair = plan.unplanned.iter().any(|left| left.reason == UnplannedReason::RepairFirst);
        if inside(&plan, &layout) && !repair && !cut && settings.threshold_ppm.is_none() {
            full += 1;
            assert!(plan.lower_bound_bytes <= plan.bytes, "seed {seed}");
            let again = otlp_part::planner::plan(&applied(&layout, &plan), &settings).unwrap();
            assert!(again.moves.is_empty(), "seed {seed}: {:?}", again.moves);
        }
    }
    assert!(full > rounds / 10 && refused > rounds / 100, "{full} {refused} of {rounds}");
}

/// While copies are missing nothing else moves.
#[test]
fn repair_comes_first() {
    let mut repaired = 0;
    for seed in 0..2000 {
        let mut random = Random(seed);
        let layout = layout(&mut random);
        let settings = Settings { allow_mass_repair: seed % 2 == 0, ..Settings::default() };
        let Ok(plan) = plan(&layout, &settings) else { continue };
        let has = |reason| plan.unplanned.iter().any(|left| left.reason == reason);
        if !has(UnplannedReason::RepairFirst) {
            continue;
        }
        let of_data = |kind| matches!(kind, MoveKind::Replica | MoveKind::Repair | MoveKind::Remove);
        let moves: Vec<_> = plan.moves.iter().filter(|step| of_data(step.kind) && step.bytes > 0).collect();
        assert!(moves.iter().all(|step| step.reason == MoveReason::Repair), "seed {seed}: {moves:?}");
        if has(UnplannedReason::MassRepair) {
            assert!(moves.is_empty() && !settings.allow_mass_repair, "seed {seed}");
            assert!(layout.nodes().iter().any(|node| node.role == NodeRole::Lost));
        }
        repaired += usize::from(!moves.is_empty());
    }
    assert!(repaired > 20, "{repaired}");
}

/// Against the exact optimum of small instances.
#[test]
fn small_plans_are_near_the_optimum() {
    let (mut moved, mut optimum, mut worst) = (0, 0, 1.0_f64);
    for instance in solved() {
        let layout = instance.layout();
        let settings = Settings { band_ppm: instance.band_ppm, ..Settings::default() };
        let plan = plan(&layout, &settings).unwrap();
        assert!(inside(&plan, &layout), "seed {} ({}): {:?}", instance.seed, instance.kind, plan.unplanned);
        moved += plan.bytes;
        optimum += instance.optimum_bytes;
        let ratio = plan.bytes as f64 / instance.optimum_bytes.max(1) as f64;
        println!("seed {} {}: {ratio:.5}", instance.seed, instance.kind);
        worst = worst.max(ratio);
    }
    let all = moved as f64 / optimum as f64;
    assert!(all <= 1.01, "all together {all}, worst {worst}");
}
