//! What a change, a failure or a plan would do to a cluster, without touching anything.
//!
//! Where partitions are recorded, the records are the truth, and what a change comes to is what the planner makes of it.
//! Where they are not, the placement function before is set against the one after.
//!
//! Invariant: everything here is a value computed from values; a store is read before and never written.

pub mod apply_plan;
pub mod compare;
pub mod copies;
pub mod failure;
pub mod figures;
pub mod movement;
pub mod place;
pub mod population;
pub mod require;
pub mod result;
pub mod setup;
pub mod violations;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{NodeId, PlacementAlgorithm, TimeBucket};
use crate::operations::OperationError;
use crate::planner::document::PlanDocument;
use crate::planner::{Layout, Plan, Settings, UnplannedReason};

use figures::{Figures, figures};
use movement::Movement;
use population::{Population, Synthetic};
use setup::{Change, Setup};
use violations::{Violation, violations};

pub use failure::{Failing, Failure};
pub use require::{Finding, Requirement};

/// How a changed cluster gets its data where it belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// As `plan-rebalance` would plan it.
    Planner,
    /// As if everything were placed anew.
    Placement,
    /// As a plan that was made before says.
    Plan,
}

impl By {
    /// The word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Planner => "planner",
            Self::Placement => "placement",
            Self::Plan => "plan",
        }
    }
}

/// The partitions of a simulation.
#[derive(Clone, Debug)]
pub enum Partitions {
    /// As records have them, with the time bucket that is still written.
    Recorded(Box<Layout>, Option<TimeBucket>),
    /// Made up.
    Synthetic(Synthetic),
    /// Those of recorded telemetry, as the cluster divides it before and after.
    Measured {
        /// Before.
        before: Population,
        /// After; the same unless the partitioning changes.
        after: Population,
    },
}

/// Things that the planner leaves out for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Why.
    pub reason: UnplannedReason,
    /// How many.
    pub count: u64,
    /// What is said of the first.
    pub message: String,
}

/// What a simulation came to.
#[derive(Clone, Debug)]
pub struct Simulation {
    /// How the data gets where it belongs; `None` if nothing was to change.
    pub by: Option<By>,
    /// Figures before.
    pub before: Figures,
    /// Figures after.
    pub after: Figures,
    /// What moves.
    pub moved: Movement,
    /// Hard rules that are broken after.
    pub violations: Vec<Violation>,
    /// What the planner leaves out.
    pub left_out: Vec<LeftOut>,
    /// What fails, if that was asked.
    pub failure: Option<Failure>,
    /// The cluster after.
    pub setup: Setup,
    /// Where everything is before and after.
    pub layouts: (Layout, Layout),
}

impl Simulation {
    /// The fewest live replicas of a partition: in the worst round of a failure, else after the change.
    #[must_use]
    pub fn live_replicas_min(&self) -> u64 {
        if let Some(failure) = &self.failure {
            return failure.rounds.iter().map(|round| round.live_replicas_min).min().unwrap_or(0);
        }
        let (_, layout) = &self.layouts;
        let live = |partition: u32| {
            layout.holders(partition).iter().filter(|&&node| layout.node(node).role.is_readable()).count()
        };
        let counts = |partition: &u32| layout.holds()[*partition as usize] != crate::planner::Hold::Split;
        (0..layout.len() as u32).filter(counts).map(live).min().unwrap_or(0) as u64
    }

    /// Plays failures on the cluster after the change.
    ///
    /// # Errors
    /// As [`failure::fail`].
    pub fn fail(&mut self, failing: &Failing) -> Result<(), OperationError> {
        self.failure = Some(failure::fail(&self.layouts.1, failing)?);
        Ok(())
    }
}

/// Where everything is before a change.
///
/// # Errors
/// No node can hold anything, there are no partitions, or their sizes cannot be added up.
pub fn before(setup: &Setup, partitions: &Partitions) -> Result<(Layout, Option<TimeBucket>), OperationError> {
    match partitions {
        Partitions::Recorded(layout, open) => Ok(((**layout).clone(), *open)),
        Partitions::Synthetic(synthetic) => {
            let population = synthetic.population(setup.partitioning())?;
            Ok((place::placed(setup, &population)?, population.open))
        }
        Partitions::Measured { before, .. } => Ok((place::placed(setup, before)?, before.open)),
    }
}

/// Carries a plan out on a cluster.
///
/// # Errors
/// A move does not fit.
pub fn simulate_plan(
    setup: &Setup,
    partitions: &Partitions,
    plan: &PlanDocument,
) -> Result<Simulation, OperationError> {
    let (start, open) = before(setup, partitions)?;
    let (end, moved) = apply_plan::applied(&start, plan).map_err(|stale| OperationError::Invalid(stale.to_string()))?;
    let simulated = Simulated { by: Some(By::Plan), moved, left_out: Vec::new() };
    Ok(outcome(setup.clone(), (start, open), (end, open), simulated))
}

/// Makes changes on a cluster.
///
/// # Errors
/// A change cannot be made, or the changed cluster cannot hold the data.
pub fn simulate(
    setup: &Setup,
    partitions: &Partitions,
    changes: &[Change],
    by: Option<By>,
) -> Result<Simulation, OperationError> {
    let changed = setup.changed(changes)?;
    changed.check_enough()?;
    let (start, open) = before(setup, partitions)?;
    let by = by.or_else(|| (!changes.is_empty()).then(|| usual(partitions, &changed)));
    let mut plan = None;
    let arranged = match by {
        None | Some(By::Plan) => start.clone(),
        Some(By::Placement) => place::replaced(&start, &changed)?,
        Some(By::Planner) => {
            let (layout, made) = planned(place::kept(&start, &changed)?)?;
            plan = Some(made);
            layout
        }
    };
    let moved = match &plan {
        Some(plan) => movement::of_plan(&start, &arranged, plan),
        None => movement::between(&start, &arranged),
    };
    // What is recorded keeps its partitioning: a new one begins with a coming time bucket.
    let (end, open_after) = match repartitioned(setup, &changed, partitions)? {
        Some(population) => (place::placed(&changed, &population)?, population.open),
        None => (arranged, open),
    };
    let left_out = plan.map(|plan| left_out(&plan)).unwrap_or_default();
    Ok(outcome(changed, (start, open), (end, open_after), Simulated { by, moved, left_out }))
}

/// What is known of a simulation beside its layouts.
#[derive(Debug, Default)]
pub struct Simulated {
    /// How the data gets where it belongs.
    pub by: Option<By>,
    /// What moves.
    pub moved: Movement,
    /// What the planner leaves out.
    pub left_out: Vec<LeftOut>,
}

/// A simulation of two layouts.
#[must_use]
pub fn outcome(
    setup: Setup,
    (start, open_before): (Layout, Option<TimeBucket>),
    (end, open_after): (Layout, Option<TimeBucket>),
    Simulated { by, moved, left_out }: Simulated,
) -> Simulation {
    let mut after = figures(&end, open_after);
    let leaving: BTreeSet<&NodeId> = setup.leaving.iter().map(|node| &node.id).collect();
    after.nodes.retain(|node| node.partitions > 0 || !leaving.contains(&node.node));
    Simulation {
        by,
        before: figures(&start, open_before),
        after,
        moved,
        violations: violations(&end),
        left_out,
        failure: None,
        setup,
        layouts: (start, end),
    }
}

/// Records and zone-balanced placement are changed by the planner alone; any other placement is a function.
fn usual(partitions: &Partitions, changed: &Setup) -> By {
    match (partitions, changed.spec.placement.algorithm) {
        (Partitions::Recorded(..), _) | (_, PlacementAlgorithm::ZoneBalanced) => By::Planner,
        (_, PlacementAlgorithm::Ring | PlacementAlgorithm::Rendezvous) => By::Placement,
    }
}

/// The partitions after a change of the partitioning, where it concerns them.
fn repartitioned(
    setup: &Setup,
    changed: &Setup,
    partitions: &Partitions,
) -> Result<Option<Population>, OperationError> {
    let (old, new) = (setup.partitioning(), changed.partitioning());
    if old == new {
        return Ok(None);
    }
    match partitions {
        Partitions::Recorded(..) => Ok(None),
        Partitions::Synthetic(synthetic) => synthetic.repartitioned(old, new).population(new).map(Some),
        Partitions::Measured { after, .. } => Ok(Some(after.clone())),
    }
}

/// What a plan leaves out, by reason.
#[must_use]
pub fn left_out(plan: &Plan) -> Vec<LeftOut> {
    let mut found: BTreeMap<UnplannedReason, LeftOut> = BTreeMap::new();
    for item in &plan.unplanned {
        let new = || LeftOut { reason: item.reason, count: 0, message: item.message.clone() };
        found.entry(item.reason).or_insert_with(new).count += 1;
    }
    found.into_values().collect()
}

/// A layout after what the planner makes of it.
fn planned(mut layout: Layout) -> Result<(Layout, Plan), OperationError> {
    let plan =
        crate::planner::plan(&layout, &Settings::default()).map_err(|e| OperationError::Invalid(e.to_string()))?;
    for step in &plan.moves {
        // The planner's own moves always fit.
        layout.apply(step);
    }
    Ok((layout, plan))
}
