//! `plan list`

use clap::Args;
use serde_json::json;

use crate::cli::commands::partition::corrupt_values;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::operations::rebalance::recorded::{PlanHead, StoredPlan, list};
use crate::output::{Cell, Column, Row, Tone};

/// List the recorded plans, the newest first.
#[derive(Debug, Args)]
pub(in crate::cli) struct ListArgs {}

const COLUMNS: [Column; 10] = [
    Column::text("plan"),
    Column::text("created_at"),
    Column::text("created_by"),
    Column::number("moves"),
    Column::number("leader_transfers"),
    Column::number("bytes"),
    Column::number("unplanned"),
    Column::text("state"),
    Column::number("stored_bytes").extra(),
    Column::number("store_revision").extra(),
];

pub(super) fn run(session: &mut Session<'_, '_>, args: ListArgs) -> Result<(), CliError> {
    let ListArgs {} = args;
    let OpenReader { store, keys, at } = session.open_reader()?;
    let plans = session.wait(list(&store, &keys, at))?;
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    for plan in plans.existing() {
        if let Some(head) = plan.readable() {
            rows.push(row(plan, head))?;
        }
    }
    rows.finish()?;
    let unfinished = plans.plans.len() - plans.existing().count();
    if unfinished > 0 {
        let store = session.store_choice()?.argument();
        session.talk().note(&format!(
            "the recording of {unfinished} more was not finished: `otlp-part{store} plan prune` clears that away"
        ));
    }
    corrupt_values(session, &plans.corrupt(&keys))
}

fn row(plan: &StoredPlan, head: &PlanHead) -> Row {
    let state = if plan.in_flight { "in flight" } else { &head.state };
    let cells = vec![
        Cell::text(plan.id.clone()),
        Cell::moment(head.created_at),
        Cell::text(head.created_by.clone()),
        Cell::number(head.moves),
        Cell::number(head.leader_transfers),
        Cell::bytes(head.move_bytes),
        Cell::number(head.unplanned),
        Cell::text(state).toned(if plan.is_unfinished() { Tone::Warn } else { Tone::Plain }),
        Cell::bytes(plan.bytes),
        Cell::number(head.store_revision),
    ];
    let json = json!({
        "schema": "otlp-part/recorded-plan/v1",
        "plan": plan.id,
        "cluster_id": head.cluster_id,
        "created_at": head.created_at.to_string(),
        "created_by": head.created_by,
        "store_revision": head.store_revision,
        "digest": head.digest,
        "state": head.state,
        "in_flight": plan.in_flight,
        "moves": head.moves,
        "leader_transfers": head.leader_transfers,
        "bytes": head.move_bytes,
        "estimated_seconds": head.estimated_seconds,
        "unplanned": head.unplanned,
        "stored_bytes": plan.bytes,
        "recorded_at_revision": plan.recorded_at.0,
    });
    Row::with_json(plan.id.clone(), cells, json)
}
