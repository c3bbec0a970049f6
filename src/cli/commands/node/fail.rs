//! `node fail`

use std::collections::BTreeSet;
use std::io;

use clap::Args;
use serde_json::json;

use crate::cli::args::WriteArgs;
use crate::cli::commands::partition::corrupt_values;
use crate::cli::consent;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::model::{NodeId, NodeState};
use crate::operations::nodes::fail::{Done, Report, Tally, plan};
use crate::operations::{ClusterView, OperationError};
use crate::output::{Cell, Column, Printer, Row, Tone};

use super::ids_in_words;
use super::selector::NodeSelector;

/// Declare nodes lost: they become Down, and live nodes lead what they led.
///
/// The next leader is the first Active node of a partition's record, else the first that is up; a copy that misses
/// something never leads. No copy is moved. Run again after a stop, the same command goes on with the rest.
#[derive(Debug, Args)]
pub(in crate::cli) struct FailArgs {
    #[command(flatten)]
    nodes: NodeSelector,
    #[command(flatten)]
    write: WriteArgs,
}

pub(super) fn run(session: &mut Session<'_, '_>, args: FailArgs) -> Result<(), CliError> {
    let FailArgs { nodes, write } = args;
    let selection = nodes.read(session)?;
    // Whatever is wrong with the way of printing must be known before anything is written.
    let style = session.style()?;
    print(&mut Printer::new(&mut io::sink(), style), &Report::default())?;
    consent::check(session, &write)?;
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let (view, _) = session.wait(ClusterView::read(&store, &keys, None, &[]))?;
    let ids = selection.ids(&view)?;
    let failover = session.wait(plan(&store, &keys, &view, ids.clone()))?;
    drop(store);
    warn_many(session, &view, &ids);
    if failover.is_empty() {
        session.talk().note("nothing to change");
        tell(session, failover.report(), None)?;
        work_left(failover.report())?;
        return corrupt_values(session, &failover.report().corrupt);
    }
    let Some(consent) = consent::ask(session, &write, &failover.lines())? else {
        tell(session, failover.report(), None)?;
        return corrupt_values(session, &failover.report().corrupt);
    };
    let audit = consent::audit_context(session, &write, "node fail");
    let writer = session.open_writer()?;
    let total = failover.report().moved.partitions;
    let mut progress = session.counting("leaders moved", Some(total));
    let mut on_moved = |moved: u64, _: u64| progress.set(moved);
    let done = session.wait(failover.approve(consent).run(&writer, &keys, &audit, &mut on_moved));
    progress.finish();
    let Done { report, applied, conflict } = done?;
    consent::said_done(session, &applied);
    tell(session, &report, conflict.map(|conflict| (applied.keys, conflict)))?;
    work_left(&report)?;
    corrupt_values(session, &report.corrupt)?;
    let (store, ids) = (session.store_choice()?.argument(), ids_in_words(&ids));
    session.talk().note(&format!(
        "next: otlp-part{store} plan-rebalance plans how the missing copies are rebuilt; when it is back, node activate {ids}"
    ));
    Ok(())
}

/// Losing a whole zone, or many nodes at once, is more often a broken network than broken nodes.
fn warn_many(session: &mut Session<'_, '_>, view: &ClusterView, ids: &[NodeId]) {
    let lost = |id: &NodeId, state: NodeState| state == NodeState::Down || ids.contains(id);
    let zones = |all: bool| -> BTreeSet<&str> {
        let nodes = view.nodes.iter().filter(|(node, _)| all || !lost(&node.id, node.state));
        nodes.filter_map(|(node, _)| node.location.availability_zone.as_deref()).collect()
    };
    let (all, live) = (zones(true), zones(false));
    for zone in all.difference(&live) {
        session.talk().warn(&format!("no live node is left in zone {zone}"));
    }
    let down = view.nodes.iter().filter(|(node, _)| lost(&node.id, node.state)).count();
    // More than 10 %.
    if down * 10 > view.nodes.len() {
        session.talk().warn(&format!("that makes {down} of {} nodes Down", view.nodes.len()));
    }
}

const COLUMNS: [Column; 5] = [
    Column::text("what"),
    Column::number("partitions"),
    Column::number("bytes"),
    Column::text("first"),
    Column::text("named").extra(),
];

fn print(printer: &mut Printer<'_>, report: &Report) -> Result<(), CliError> {
    let Report { moved, left, in_flight, leaderless, under_replicated, last_copy, no_copy, corrupt: _ } = report;
    let mut rows = printer.rows(&COLUMNS)?;
    for (what, tally, bad) in [
        ("moved", moved, Tone::Plain),
        ("left", left, Tone::Bad),
        ("in_flight", in_flight, Tone::Warn),
        ("leaderless", leaderless, Tone::Bad),
        ("under_replicated", under_replicated, Tone::Warn),
        ("last_copy", last_copy, Tone::Bad),
        ("no_copy", no_copy, Tone::Bad),
    ] {
        rows.push(row(what, tally, bad))?;
    }
    rows.finish()?;
    Ok(())
}

fn row(what: &str, tally: &Tally, bad: Tone) -> Row {
    let named: Vec<String> = tally.named.iter().map(ToString::to_string).collect();
    let json = json!({
        "schema": "otlp-part/node-fail/v1", "what": what, "partitions": tally.partitions, "bytes": tally.bytes,
        "named": named,
    });
    let tone = if tally.partitions == 0 { Tone::Plain } else { bad };
    let cells = vec![
        Cell::text(what),
        Cell::number(tally.partitions).toned(tone),
        Cell::bytes(tally.bytes),
        Cell::maybe(named.first().cloned()),
        Cell::list(named),
    ];
    Row::with_json(what, cells, json)
}

/// Leaderless partitions that are told one by one.
const TOLD_MAX: usize = 20;

/// Prints what stands, and ends with what is not as it should be.
fn tell(
    session: &mut Session<'_, '_>,
    report: &Report,
    conflict: Option<(usize, OperationError)>,
) -> Result<(), CliError> {
    print(&mut session.printer()?, report)?;
    let leaderless = &report.leaderless;
    if leaderless.partitions > 0 {
        let named: Vec<String> = leaderless.named.iter().take(TOLD_MAX).map(ToString::to_string).collect();
        let more = match leaderless.partitions.saturating_sub(TOLD_MAX as u64) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        session.talk().warn(&format!(
            "{} partition(s) have no live node with a full copy and keep their lost leader: {}{more}; a copy that misses \
             something leads only by `partition set PARTITION --leader NODE`",
            leaderless.partitions,
            named.join(", ")
        ));
    }
    if let Some((applied, source)) = conflict {
        let left = usize::try_from(report.left.partitions).unwrap_or(usize::MAX).saturating_mul(2);
        return Err(OperationError::Partly { applied, left, source: Box::new(source) }.into());
    }
    Ok(())
}

/// Whether the same command has something to go on with.
fn work_left(report: &Report) -> Result<(), CliError> {
    let left = report.left.partitions;
    if left > 0 {
        let message = format!("{left} partition(s) still have their lost leader");
        return Err(CliError::WorkLeft { message, hint: Some("the same command goes on with the rest".to_owned()) });
    }
    let in_flight = &report.in_flight;
    if in_flight.partitions > 0 {
        let first = in_flight.named.first().map(|id| format!(", {id} the first of them")).unwrap_or_default();
        let waiting = in_flight.partitions;
        return Err(CliError::WorkLeft {
            message: format!("{waiting} partition(s) keep their lost leader while their copies are made{first}"),
            hint: Some(
                "the cutover sets a live leader, and `otlp-part migration abort` ends what nobody drives; then the same command \
                 goes on with the rest"
                    .to_owned(),
            ),
        });
    }
    Ok(())
}
