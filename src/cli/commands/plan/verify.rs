//! `plan verify`

use clap::Args;
use serde_json::{Value, json};

use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::operations::rebalance::load::{LoadedLayout, load};
use crate::operations::rebalance::planning::options_of;
use crate::output::{Cell, Column, Row, Tone};
use crate::planner::Layout;
use crate::planner::check::{ExpectedField, Finding, Severity, check};
use crate::planner::document::read::ReadPlan;
use crate::planner::document::stale::{Freshness, StaleMove, freshness};

use super::source::PlanSource;

/// Check a plan against the cluster: whether it is whole and legal, and whether it still fits.
///
/// A checker of its own, which shares nothing with the planner, carries the plan out on paper. A move is stale (exit code 4) when
/// nodes, leader, state, split or epoch of its partition are not as the plan expects, or a node that it uses is no longer
/// usable. Anything else that is wrong is exit code 3.
#[derive(Debug, Args)]
pub(in crate::cli) struct VerifyArgs {
    /// The id of a recorded plan, or a file; `-` = stdin
    #[arg(value_name = "PLAN")]
    plan: String,
}

const COLUMNS: [Column; 4] =
    [Column::text("finding"), Column::number("seq"), Column::text("partition"), Column::text("message")];

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
    // Where the cluster has moved on, by this plan or otherwise, its first move is no longer the next one.
    let findings = if stale.is_empty() && done.is_empty() { findings(&layout, &plan) } else { Vec::new() };
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    for StaleMove { seq, partition, reason } in &stale {
        rows.push(row("stale", Some(*seq), Some(partition.to_string()), reason))?;
    }
    for finding in findings.iter().filter(|(severity, _)| *severity == Severity::Error).map(|(_, finding)| finding) {
        rows.push(row(finding.kind(), None, None, &finding.to_string()))?;
    }
    let found = rows.finish()?;
    for (_, note) in findings.iter().filter(|(severity, _)| *severity == Severity::Note) {
        session.talk().note(&format!("note: {note}"));
    }
    let (name, moves) = (source.name(), plan.document.moves.len());
    let hint = Some("make a new plan with `otlp-part plan-rebalance`".to_owned());
    if !stale.is_empty() {
        let message = format!("{} of {moves} move(s) of {name} are stale", stale.len());
        return Err(CliError::Stale { message, hint });
    }
    if found > 0 {
        let message = format!("{found} thing(s) are wrong with {name}");
        return Err(CliError::DoesNotHold { message, hint });
    }
    session.talk().note(&format!("{name} holds: {moves} move(s), {} of them done, none stale", done.len()));
    Ok(())
}

/// What the checker says. Digest and id were compared with the text itself, which may hold more than this version reads; and
/// whether records are as expected, with the plan's own moves in mind.
pub(in crate::cli::commands) fn findings(layout: &Layout, plan: &ReadPlan) -> Vec<(Severity, Finding)> {
    let mut report = check(layout, &plan.document);
    report.findings.retain(|(severity, finding)| {
        *severity != Severity::Stale
            && !matches!(
                finding,
                Finding::Digest { .. }
                    | Finding::PlanId { .. }
                    | Finding::Stale { field: ExpectedField::ModRevision, .. }
            )
    });
    report.findings
}

fn row(finding: &str, seq: Option<u64>, partition: Option<String>, message: &str) -> Row {
    let json: Value = json!({
        "schema": "otlp-part/plan-finding/v1",
        "finding": finding,
        "seq": seq,
        "partition": partition,
        "message": message,
    });
    let cells = vec![
        Cell::text(finding).toned(Tone::Bad),
        seq.map_or_else(Cell::none, Cell::number),
        Cell::maybe(partition.clone()),
        Cell::text(message),
    ];
    Row::with_json(partition.unwrap_or_else(|| finding.to_owned()), cells, json)
}
