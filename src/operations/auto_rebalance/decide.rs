//! What a round does: read, plan, and judge by what was asked for. Writes nothing.

use std::time::Duration;

use super::budget::DayLedger;
use super::health::Health;
use super::settings::AutoSettings;
use super::status::RoundResult;
use crate::model::{ByteSize, ClusterSpec, NodeState, Timestamp};
use crate::operations::migrations::Migrations;
use crate::operations::rebalance::LayoutOptions;
use crate::operations::rebalance::load::load;
use crate::operations::rebalance::planning::{MadePlan, PlanRequest, make};
use crate::operations::{ClusterView, OperationError, executing::preflight};
use crate::planner::document::PlanDocument;
use crate::planner::settings::PPM;
use crate::planner::{MoveKind, UnplannedReason};
use crate::ports::{Keys, MetadataRead};

/// Where and by what it is decided.
pub(super) struct Decider<'a, M> {
    pub(super) store: &'a M,
    pub(super) keys: &'a Keys,
    pub(super) settings: &'a AutoSettings,
    /// Who makes the plans.
    pub(super) actor: &'a str,
}

/// What is done.
pub(super) enum Decision {
    /// Nothing: how the round ends, and why.
    Nothing(RoundResult, String),
    /// What earlier executions left is brought to rest: so many operations.
    Recover(usize),
    /// A plan is executed.
    Execute(Box<MadePlan>, Haste),
}

/// How long a plan may begin moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Haste {
    /// Copies are missing: it takes as long as it takes.
    Repair,
    /// Until the window closes, if there is one.
    Balance(Option<Timestamp>),
}

/// A decision, and what was seen for it.
pub(super) struct Decided {
    pub(super) decision: Decision,
    /// From the end of this round to the next.
    pub(super) interval: Duration,
    pub(super) max_deviation: Option<f64>,
}

impl<M: MetadataRead> Decider<'_, M> {
    /// Decides.
    ///
    /// # Errors
    /// The store does not answer, values cannot be read, or the cluster is none that can be worked on.
    pub(super) async fn decide(
        &self,
        now: Timestamp,
        ledger: DayLedger,
        health: Health,
    ) -> Result<Decided, OperationError> {
        let settings = self.settings;
        let found = Migrations::read(self.store, self.keys, None).await?;
        let held_back = self.held_back(&found);
        let (view, _) = ClusterView::read(self.store, self.keys, None, &[]).await?;
        preflight::check_cluster(&view)?;
        let of_spec = Duration::from_secs(u64::from(view.spec.rebalance.check_interval_seconds.max(1)));
        let interval = settings.interval.unwrap_or(of_spec);
        let ended = |decision, max_deviation| Decided { decision, interval, max_deviation };
        if let Some((result, why)) = held_back {
            return Ok(ended(Decision::Nothing(result, why), None));
        }
        // What another run is expiring at this moment needs nobody.
        let forsaken = found.forsaken().count();
        if forsaken > 0 {
            return Ok(ended(Decision::Recover(forsaken), None));
        }
        let loaded = load(self.store, self.keys, None, now, &LayoutOptions::default()).await?.whole()?;
        if loaded.layout.is_empty() {
            let why = "no partition is recorded".to_owned();
            return Ok(ended(Decision::Nothing(RoundResult::Balanced, why), None));
        }
        let down = loaded.view.nodes.iter().filter(|(node, _)| node.state == NodeState::Down);
        let health = health.knowing(now, down.map(|(node, _)| node.id.clone()));
        let request = self.request(&loaded.view.spec, ledger);
        let made = make(loaded, &request, self.actor, now)?;
        let deviation = made.plan.document.summary.before.max_deviation;
        let threshold = request.threshold_ppm.unwrap_or_default();
        let decision = match judge(&made.plan.document, settings, threshold, now, &health) {
            Ok(haste) => Decision::Execute(Box::new(made), haste),
            Err((result, why)) => Decision::Nothing(result, why),
        };
        Ok(ended(decision, Some(deviation)))
    }

    /// Why nothing is begun, whatever there is to do.
    fn held_back(&self, found: &Migrations) -> Option<(RoundResult, String)> {
        if let Some(said) = &found.control.auto_paused {
            return Some((RoundResult::Paused, format!("paused by {} at {}", said.by, said.at.whole_second())));
        }
        if let Some(said) = &found.control.paused {
            return Some((
                RoundResult::Paused,
                format!("migrations are paused by {} at {}", said.by, said.at.whole_second()),
            ));
        }
        found.holder().map(|holder| (RoundResult::Busy, format!("executed by {holder}")))
    }

    fn request(&self, spec: &ClusterSpec, ledger: DayLedger) -> PlanRequest {
        let of_spec = (spec.rebalance.threshold * PPM as f64).round() as u32;
        PlanRequest {
            threshold_ppm: Some(self.settings.threshold_ppm.unwrap_or(of_spec)),
            bytes_max: self.settings.bytes_per_day.map(|bytes| ledger.left(bytes)),
            allow_mass_repair: self.settings.allow_mass_repair,
            ..PlanRequest::default()
        }
    }
}

/// Whether a plan is executed, or how the round ends without it.
fn judge(
    plan: &PlanDocument,
    settings: &AutoSettings,
    threshold_ppm: u32,
    now: Timestamp,
    health: &Health,
) -> Result<Haste, (RoundResult, String)> {
    let reason = |wanted: UnplannedReason| plan.unplanned.iter().find(|left| left.reason == wanted);
    if let Some(left) = reason(UnplannedReason::MassRepair) {
        return Err((RoundResult::Held, left.message.clone()));
    }
    if plan.moves.is_empty() {
        if let (Some(_), Some(bytes)) = (reason(UnplannedReason::Limit), settings.bytes_per_day) {
            let why = format!("the {} of this day are spent or too few for a move", ByteSize(bytes));
            return Err((RoundResult::BudgetSpent, why));
        }
        return Err(nothing(plan, threshold_ppm));
    }
    if plan.moves.iter().any(|m| m.kind == MoveKind::Repair) {
        let Some(after) = settings.repair_after else {
            return Err((RoundResult::Held, "copies are missing, and repairs are not made: --repair-after".to_owned()));
        };
        return match health.repair_waits_until(now, after) {
            Some((node, until)) => {
                Err((RoundResult::RepairWaits, format!("{node} is Down, repaired from {}", until.whole_second())))
            }
            None => Ok(Haste::Repair),
        };
    }
    match settings.window {
        None => Ok(Haste::Balance(None)),
        Some(window) => match window.open_until(now) {
            Some(until) => Ok(Haste::Balance(Some(until))),
            None => {
                let moves = plan.moves.len();
                Err((
                    RoundResult::OutsideWindow,
                    format!("{moves} move(s) wait until {}", window.opens_at(now).whole_second()),
                ))
            }
        },
    }
}

/// There is no move: because all is well, or because nothing can be planned.
fn nothing(plan: &PlanDocument, threshold_ppm: u32) -> (RoundResult, String) {
    let is_hopeless = |reason| matches!(reason, UnplannedReason::NoTarget | UnplannedReason::RepairFirst);
    match plan.unplanned.iter().find(|left| is_hopeless(left.reason)) {
        Some(left) => (RoundResult::Held, left.message.clone()),
        None => (RoundResult::Balanced, balanced(plan.summary.before.max_deviation, threshold_ppm)),
    }
}

fn balanced(max_deviation: f64, threshold_ppm: u32) -> String {
    let percent = f64::from(threshold_ppm) / 10_000.0;
    if max_deviation * 100.0 <= percent {
        return format!("balanced within {percent} %");
    }
    format!("no move makes it better: a node deviates by {:.1} %", max_deviation * 100.0)
}
