//! What is said at the end, and with which exit code.

use serde_json::json;

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::operations::executing::{Failure, HaltReason, Outcome};
use crate::output::{Cell, Column, Row};
use crate::planner::document::read::ReadPlan;
use crate::planner::document::stale::StaleMove;
use crate::ports::StoreError;

const COLUMNS: [Column; 8] = [
    Column::text("plan"),
    Column::number("done"),
    Column::number("done_before"),
    Column::number("recovered"),
    Column::number("undone"),
    Column::number("failed"),
    Column::number("left"),
    Column::number("verified_bytes"),
];

/// One row of totals, with what went wrong beside it in JSON.
pub(super) fn show(session: &mut Session<'_, '_>, plan: &ReadPlan, outcome: &Outcome) -> Result<(), CliError> {
    if outcome.taken.is_some() {
        return Ok(());
    }
    let Outcome { totals, halted, failures, stale, unplanned, .. } = outcome;
    let undone = failures.iter().filter(|failure| failure.is_undone).count() as u64;
    let failed = failures.len() as u64 - undone;
    let failure = |f: &Failure| {
        json!({
            "number": f.number, "partition": f.partition.to_string(), "what": f.what, "reason": f.reason,
            "hint": f.hint, "damage": f.is_damage, "undone": f.is_undone,
        })
    };
    let stale_move = |s: &StaleMove| json!({"seq": s.seq, "partition": s.partition.to_string(), "reason": s.reason});
    let id = &plan.document.plan_id;
    let json = json!({
        "schema": "otlp-part/execution/v1",
        "plan_id": id,
        "done": totals.done,
        "done_before": totals.done_before,
        "recovered": totals.recovered,
        "undone": undone,
        "failed": failed,
        "left": totals.left,
        "verified_bytes": totals.verified_bytes,
        "stopped": halted.as_ref().map(ToString::to_string),
        "failures": failures.iter().map(failure).collect::<Vec<_>>(),
        "stale": stale.iter().map(stale_move).collect::<Vec<_>>(),
        "not_undone": unplanned.iter().map(|u| u.message.clone()).collect::<Vec<_>>(),
    });
    let cells = vec![
        Cell::text(id.as_str()),
        Cell::number(totals.done),
        Cell::number(totals.done_before),
        Cell::number(totals.recovered),
        Cell::number(undone),
        Cell::number(failed),
        Cell::number(totals.left),
        Cell::bytes(totals.verified_bytes),
    ];
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    rows.push(Row::with_json(id.clone(), cells, json))?;
    rows.finish()?;
    Ok(())
}

/// The store has no room: which one, how to make room, and what goes on then.
pub(in crate::cli) fn no_space(session: &mut Session<'_, '_>, left: &str, again: &str) -> Result<CliError, CliError> {
    let error = CliError::from(StoreError::OutOfSpace { place: session.store_choice()?.to_string() });
    let mend = error.hint().map(|mend| format!("{mend}; then ")).unwrap_or_default();
    Ok(CliError::WorkLeft { message: format!("{error}; {left}"), hint: Some(format!("{mend}{again}")) })
}

/// Failures named one by one; the rest is counted.
const NAMED_MAX: usize = 20;

/// The exit code: damage before conflict, before a store that is lost, before work left.
pub(super) fn judge(
    session: &mut Session<'_, '_>,
    plan: &ReadPlan,
    outcome: &Outcome,
    skip_stale: bool,
) -> Result<(), CliError> {
    let Outcome { totals, taken, halted, out_of_space, failures, stale, .. } = outcome;
    if let Some(holder) = taken {
        return Err(CliError::Locked { holder: holder.clone() });
    }
    for failure in failures.iter().take(NAMED_MAX) {
        let hint = failure.hint.as_ref().map(|hint| format!("; {hint}")).unwrap_or_default();
        session.talk().warn(&format!("{}: {}{hint}", failure.what, failure.reason));
    }
    for stale in stale.iter().take(NAMED_MAX) {
        session.talk().warn(&format!("move {} on {} is stale: {}", stale.seq, stale.partition, stale.reason));
    }
    let store = session.store_choice()?.argument();
    let id = &plan.document.plan_id;
    let again = Some(format!("`otlp-part{store} execute-rebalance {id}` goes on"));
    let left = format!("{} move(s) are done, {} are left", totals.done, totals.left);
    if failures.iter().any(|failure| failure.is_damage) {
        let message = format!("data did not verify, or no good copy is left: {left}");
        return Err(CliError::NotVerified { message, hint: failures.iter().find_map(|f| f.hint.clone()) });
    }
    match halted {
        Some(HaltReason::Signal(signal)) => {
            return Err(CliError::Interrupted { signal: *signal, message: left, hint: again });
        }
        Some(HaltReason::StoreLost(reason)) => {
            let place = session.store_choice()?.to_string();
            return Err(StoreError::Unreachable {
                place,
                cause: crate::ports::unreachable::UnreachableCause::Silent,
                reason: format!("{reason}; {left}"),
                applied_unknown: false,
            }
            .into());
        }
        Some(reason @ (HaltReason::TimeIsUp | HaltReason::LockLost(_) | HaltReason::Closed(_))) => {
            return Err(CliError::WorkLeft { message: format!("stopped, {reason}: {left}"), hint: again });
        }
        None => {}
    }
    if !stale.is_empty() && !skip_stale {
        let message = format!("{} move(s) of {id} are stale: {left}", stale.len());
        let hint = "make a new plan with `otlp-part plan-rebalance`, or execute the rest with --skip-stale";
        return Err(CliError::Stale { message, hint: Some(hint.to_owned()) });
    }
    if *out_of_space {
        return Err(no_space(session, &left, again.as_deref().unwrap_or_default())?);
    }
    if totals.left > 0 || !failures.is_empty() {
        return Err(CliError::WorkLeft { message: left, hint: again });
    }
    session.talk().note(&format!("done: {} move(s)", totals.done));
    Ok(())
}
