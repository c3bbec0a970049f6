//! `migration list`, `migration get`

use clap::Args;
use serde_json::json;

use crate::cli::commands::partition::parse_partition_ids;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::migration::Journal;
use crate::migration::rewrite_journal::RewriteKind;
use crate::model::{ByteSize, NodeId};
use crate::operations::OperationError;
use crate::operations::migrations::{InFlight, Migrations};
use crate::output::{Cell, Column, Row, Tone};

/// List the operations in flight: what is copied where, how far it is, and what it waits for.
#[derive(Debug, Args)]
pub(in crate::cli) struct ListArgs {}

/// Show the operations in flight on some partitions.
#[derive(Debug, Args)]
pub(in crate::cli) struct GetArgs {
    /// The partitions
    #[arg(required = true, value_name = "PARTITION")]
    partitions: Vec<String>,
    /// Say nothing about partitions on which nothing is in flight
    #[arg(long)]
    ignore_not_found: bool,
}

const COLUMNS: [Column; 12] = [
    Column::text("partition"),
    Column::text("kind"),
    Column::text("phase"),
    Column::text("from"),
    Column::text("to"),
    Column::number("verified_bytes"),
    Column::number("bytes"),
    Column::number("rate"),
    Column::text("since"),
    Column::text("waiting_on"),
    Column::text("plan"),
    Column::text("holder").extra(),
];

pub(super) fn run(session: &mut Session<'_, '_>, args: ListArgs) -> Result<(), CliError> {
    let ListArgs {} = args;
    let found = read(session)?;
    show(session, &found, &found.in_flight.iter().collect::<Vec<_>>())?;
    about_the_executor(session, &found)?;
    for key in &found.strangers {
        session.talk().warn(&format!("{key} names no partition"));
    }
    Ok(())
}

pub(super) fn run_get(session: &mut Session<'_, '_>, args: GetArgs) -> Result<(), CliError> {
    let GetArgs { partitions, ignore_not_found } = args;
    let ids = parse_partition_ids(&partitions)?;
    let found = read(session)?;
    let mut asked = Vec::new();
    for id in ids {
        match found.in_flight.iter().find(|operation| operation.partition == id) {
            Some(operation) => asked.push(operation),
            None if ignore_not_found => {}
            None => return Err(OperationError::NotFound { what: format!("operation in flight on {id}") }.into()),
        }
    }
    show(session, &found, &asked)
}

fn read(session: &mut Session<'_, '_>) -> Result<Migrations, CliError> {
    let OpenReader { store, keys, at } = session.open_reader()?;
    Ok(session.wait(Migrations::read(&store, &keys, at))?)
}

fn show(session: &mut Session<'_, '_>, found: &Migrations, asked: &[&InFlight]) -> Result<(), CliError> {
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    for operation in asked {
        rows.push(row(operation, found, found.driver_of(operation).as_deref()))?;
    }
    rows.finish()?;
    Ok(())
}

/// Who drives what is listed, or what would.
fn about_the_executor(session: &mut Session<'_, '_>, found: &Migrations) -> Result<(), CliError> {
    if let Some(said) = &found.control.paused {
        session
            .talk()
            .note(&format!("paused by {} at {}: `migration resume` lets it begin moves again", said.by, said.at));
    }
    if let Some(holder) = found.holder() {
        let done = found.status.as_ref().map(|s| format!("; {} of {} move(s) are through", s.moves_done, s.moves));
        session.talk().note(&format!("executed by {holder}{}", done.unwrap_or_default()));
    } else if found.is_forsaken() {
        let store = session.store_choice()?.argument();
        session.talk().note(&format!(
            "nobody drives them: `otlp-part{store} {}` goes on, `otlp-part{store} migration abort --all` undoes what can be undone",
            found.resume_command()
        ));
    }
    Ok(())
}

/// What an operation that nobody drives waits for.
pub(super) const fn who_goes_on(journal: &Journal) -> &'static str {
    match journal {
        Journal::Move(_) => "an executor",
        Journal::Expire(_) => "a run of partition expire",
        Journal::Rewrite(journal) => match journal.kind {
            RewriteKind::Split => "a run of partition split",
            RewriteKind::Compact => "a run of data compact",
        },
    }
}

fn row(operation: &InFlight, found: &Migrations, holder: Option<&str>) -> Row {
    let id = operation.partition.to_string();
    let running = found.running(operation.partition);
    let node = |node: Option<&NodeId>| Cell::text(node.map_or_else(String::new, ToString::to_string));
    let waiting_on = match (&operation.journal, running) {
        (Err(reason), _) => Some(format!("a version that reads its journal: {reason}")),
        (Ok(_), Some(running)) => running.waits_for.clone(),
        (Ok(journal), None) if holder.is_none() => Some(who_goes_on(journal).to_owned()),
        (Ok(_), None) => None,
    };
    let journal = operation.journal.as_ref().ok();
    let phase = running.map(|running| running.phase.clone()).or_else(|| journal.map(|j| j.phase_name().to_owned()));
    let kind = journal.map(Journal::kind_name);
    let moving = journal.and_then(Journal::as_move);
    let (expiry, rewrite) = (operation.as_expiry(), operation.as_rewrite());
    let rate = running.and_then(|running| running.bytes_per_second);
    let bytes = |bytes: Option<u64>| bytes.map_or_else(|| Cell::text(""), Cell::bytes);
    let cells = vec![
        Cell::text(id.clone()),
        Cell::text(kind.unwrap_or_default()),
        Cell::text(phase.clone().unwrap_or_default()),
        node(moving.and_then(|j| j.from.as_ref())),
        node(moving.and_then(|j| j.to.as_ref())),
        bytes(running.map(|r| r.verified_bytes)),
        bytes(running.map(|r| r.bytes).or(expiry.map(|j| j.size_bytes))),
        Cell::text(rate.map_or_else(String::new, |rate| format!("{}/s", ByteSize(rate)))),
        journal.map_or_else(|| Cell::text(""), |j| Cell::moment(j.started_at())),
        Cell::text(waiting_on.clone().unwrap_or_default()).toned(if journal.is_none() {
            Tone::Bad
        } else {
            Tone::Plain
        }),
        Cell::text(journal.and_then(Journal::plan_id).unwrap_or_default()),
        Cell::text(holder.unwrap_or_default()),
    ];
    let json = json!({
        "schema": "otlp-part/migration/v1",
        "partition": id,
        "kind": kind,
        "phase": phase,
        "from": moving.and_then(|j| j.from.as_ref()),
        "to": moving.and_then(|j| j.to.as_ref()),
        "copy_from": moving.and_then(|j| j.copy_from.as_ref()),
        "copies": expiry.map(|j| &j.copies),
        "targets": rewrite.map(|j| j.targets_of(operation.partition)),
        "operation_id": journal.map(Journal::operation_id),
        "verified_bytes": running.map(|r| r.verified_bytes),
        "bytes": running.map(|r| r.bytes).or(expiry.map(|j| j.size_bytes)),
        "bytes_per_second": rate,
        "since": journal.map(|j| j.started_at().to_string()),
        "waiting_on": waiting_on,
        "plan_id": journal.and_then(Journal::plan_id),
        "holder": holder,
        "unreadable": operation.journal.as_ref().err(),
    });
    Row::with_json(id, cells, json)
}
