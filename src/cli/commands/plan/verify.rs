//! `plan verify`

use clap::Args;
use serde_json::{Value, json};

use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::operations::rebalance::load::{LoadedLayout, load};
use crate::operations::rebalance::planning::options_of;
use crate::output::{Cell, Column, Row, Tone};
use crate::planner::document::stale::{Freshness, StaleMove, freshness};

use super::source::PlanSource;

/// Check a plan against the cluster: whether it is whole and legal, and whether it still fits.
///
/// The plan is read move by move by another program text than the one that made it. A move is stale (exit code 4) when
/// nodes, leader, state, split or epoch of its partition are not as the plan expects, or a node that it uses is no longer
/// usable. Anything else that is wrong is exit code 3.
#[derive(Debug, Args)]
pub(in crate::cli) struct VerifyArgs {
    /// The id of a recorded plan, or a file; `-` = stdin
    #[arg(value_name = "PLAN")]
    plan: String,
}

const COLUMNS: [Column; 5] = [
    Column::text("finding"),
    Column::number("seq"),
    Column::text("partition"),
    Column::text("node").extra(),
    Column::text("message"),
];

pub(super) fn run(session: &mut Session<'_, '_>, args: VerifyArgs) -> Result<(), CliError> {
    let VerifyArgs { plan } = args;
    let source = PlanSource::of(&plan);
    // A file is looked at before any store is opened.
    let file = match &source {
        PlanSource::File(_) => Some(source.read(session, None)?),
        PlanSource::Recorded(_) => None,
    };
    let opened = session.open_reader()?;
    let plan = match file {
        Some(plan) => plan,
        None => source.read(session, Some(&opened))?,
    };
    let OpenReader { store, keys, at } = opened;
    let options = options_of(&plan.document.settings);
    let loaded = session.wait(load(&store, &keys, at, session.now(), &options))?;
    drop(store);
    let LoadedLayout { view, layout, .. } = loaded.whole()?;
    plan.check_cluster(&view.spec.cluster_id)
        .map_err(|fault| CliError::input_hint(format!("{}: {fault}", source.name()), fault.hint()))?;
    let Freshness { done, stale } = freshness(&layout, &plan.document);
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    for StaleMove { seq, partition, reason } in &stale {
        rows.push(row("stale", Some(*seq), Some(partition.to_string()), None, reason))?;
    }
    rows.finish()?;
    let (name, moves) = (source.name(), plan.document.moves.len());
    if !stale.is_empty() {
        let message = format!("{} of {moves} move(s) of {name} are stale", stale.len());
        let hint = "make a new plan with `otlp-part plan-rebalance`".to_owned();
        return Err(CliError::Stale { message, hint: Some(hint) });
    }
    session.talk().note(&format!("{name} holds: {moves} move(s), {} of them done, none stale", done.len()));
    Ok(())
}

fn row(finding: &str, seq: Option<u64>, partition: Option<String>, node: Option<&str>, message: &str) -> Row {
    let json: Value = json!({
        "schema": "otlp-part/plan-finding/v1",
        "finding": finding,
        "seq": seq,
        "partition": partition,
        "node": node,
        "message": message,
    });
    let cells = vec![
        Cell::text(finding).toned(Tone::Bad),
        seq.map_or_else(Cell::none, Cell::number),
        Cell::maybe(partition.clone()),
        Cell::maybe(node),
        Cell::text(message),
    ];
    Row::with_json(partition.unwrap_or_else(|| finding.to_owned()), cells, json)
}
