//! Repair before everything else; near the exact optimum where that is known.

use otlp_part::planner::{Layout, MoveKind, MoveReason, NodeRole, Plan, Settings, UnplannedReason, plan};

use crate::instances::{Random, layout};
use crate::oracle::solved;

fn inside(plan: &Plan, layout: &Layout) -> bool {
    let fits = |n: usize| {
        let stays = layout.nodes()[n].role.stays();
        (plan.targets[n].low..=plan.targets[n].high).contains(&plan.loads[n].1) || !stays
    };
    (0..plan.targets.len()).all(fits)
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
        worst = worst.max(ratio);
    }
    let all = moved as f64 / optimum as f64;
    assert!(all <= 1.01, "all together {all}, worst {worst}");
}
