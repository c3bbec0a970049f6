//! Repair before everything else.

use otlp_part::planner::{MoveKind, MoveReason, NodeRole, Settings, UnplannedReason, plan};

use crate::instances::{Random, layout};

/// While copies are missing nothing else moves.
#[test]
fn repair_comes_first() {
    let mut repaired = 0;
    for seed in 0..2000 {
        let mut random = Random::new(seed);
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
