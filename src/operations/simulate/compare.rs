//! Placement algorithms side by side, on the same partitions and nodes.

use crate::model::PlacementAlgorithm;
use crate::operations::OperationError;
use crate::planner::Layout;

use super::figures::{Figures, figures};
use super::movement::Movement;
use super::population::Population;
use super::setup::{Change, Setup};
use super::violations::{Rule, violations};
use super::{Partitions, simulate};

/// What one algorithm comes to.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Which.
    pub algorithm: PlacementAlgorithm,
    /// How even it is.
    pub before: Figures,
    /// Partitions with more replicas in a zone than there have to be.
    pub zone_spread: u64,
    /// What the changes come to.
    pub after: Option<(Figures, Movement)>,
}

/// The algorithms, as they are compared.
pub const ALGORITHMS: [PlacementAlgorithm; 3] =
    [PlacementAlgorithm::Ring, PlacementAlgorithm::Rendezvous, PlacementAlgorithm::ZoneBalanced];

/// Places the partitions by each algorithm, as if they were created now, and makes the changes.
///
/// # Errors
/// As [`simulate`].
pub fn compare_placements(
    setup: &Setup,
    partitions: &Partitions,
    changes: &[Change],
) -> Result<Vec<Compared>, OperationError> {
    setup.check_enough()?;
    setup.changed(changes)?.check_enough()?;
    let compared = |algorithm| compare(setup, partitions, changes, algorithm);
    ALGORITHMS.into_iter().map(compared).collect()
}

fn compare(
    setup: &Setup,
    partitions: &Partitions,
    changes: &[Change],
    algorithm: PlacementAlgorithm,
) -> Result<Compared, OperationError> {
    let fixed = Change::Spec(
        [("placement".to_owned(), serde_json::json!({"algorithm": algorithm.name()}))].into_iter().collect(),
    );
    let setup = setup.changed(std::slice::from_ref(&fixed))?;
    // Whatever a change says of the algorithm, this is the one that is looked at.
    let changes: Vec<Change> = changes.iter().cloned().chain([fixed]).collect();
    let partitions = match partitions {
        Partitions::Recorded(layout, open) => {
            let population = Population { ids: layout.ids().to_vec(), sizes: layout.sizes().to_vec(), open: *open };
            Partitions::Measured { before: population.clone(), after: population }
        }
        Partitions::Synthetic(_) | Partitions::Measured { .. } => partitions.clone(),
    };
    let (layout, open) = super::before(&setup, &partitions)?;
    let before = figures(&layout, open);
    let zone_spread = spread(&layout);
    let after = if changes.len() == 1 {
        None
    } else {
        let simulation = simulate(&setup, &partitions, &changes, None)?;
        Some((simulation.after, simulation.moved))
    };
    Ok(Compared { algorithm, before, zone_spread, after })
}

fn spread(layout: &Layout) -> u64 {
    violations(layout)
        .iter()
        .find(|violation| violation.rule == Rule::ZoneSpread)
        .map_or(0, |violation| violation.count)
}
