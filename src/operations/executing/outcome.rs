//! How an execution ended.

use super::event::Totals;
use super::halt::HaltReason;
use crate::migration::Stop;
use crate::model::PartitionId;
use crate::planner::document::UnplannedDocument;
use crate::planner::document::stale::StaleMove;

/// A move that is not through and does not go on by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Its number in events.
    pub number: u64,
    /// Its partition.
    pub partition: PartitionId,
    /// "replica of partition_489542_0051"
    pub what: String,
    /// Why.
    pub reason: String,
    /// What mends it.
    pub hint: Option<String>,
    /// Data did not verify, or no good copy is left.
    pub is_damage: bool,
    /// The partition stands as before it.
    pub is_undone: bool,
}

/// How an execution ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// What was done, and what is left.
    pub totals: Totals,
    /// Another executor holds the lock: who. Nothing was done then.
    pub taken: Option<String>,
    /// Why everything stopped, if it did.
    pub halted: Option<HaltReason>,
    /// The store took nothing but deletions.
    pub out_of_space: bool,
    /// What failed, was undone, or waits for a decision.
    pub failures: Vec<Failure>,
    /// Moves that no longer fit. Where they were not to be passed over, nothing of the plan was begun.
    pub stale: Vec<StaleMove>,
    /// What a way back leaves.
    pub unplanned: Vec<UnplannedDocument>,
}

impl Outcome {
    /// Whether everything was done.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let Self { totals, taken, halted, out_of_space, failures, stale, unplanned: _ } = self;
        taken.is_none()
            && halted.is_none()
            && !out_of_space
            && failures.is_empty()
            && stale.is_empty()
            && totals.left == 0
    }
}

/// What the operator may decide where an operation cannot go on by itself.
pub(super) fn hint_of(stop: &Stop) -> String {
    match stop {
        Stop::ListedLacking { lacking, .. } => format!(
            "bring {lacking} back and run the command again; if it is lost, first `otlp-part node fail {lacking}`, and a new \
             plan repairs what it held"
        ),
        Stop::NoGoodCopy => "bring one of the original nodes back and run the command again".to_owned(),
        Stop::RecordGone | Stop::RecordChanged => {
            "`otlp-part doctor` and `otlp-part partition history` tell what was changed by whom".to_owned()
        }
    }
}
