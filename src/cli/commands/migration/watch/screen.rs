//! What a terminal shows: who executes, how far all of it is, and the operations that most need a look.

use std::collections::BTreeSet;

use crate::cli::error::CliError;
use crate::migration::RunningMove;
use crate::migration::status::STATUS_STALE_AFTER_SECONDS;
use crate::model::{PartitionId, Timestamp};
use crate::operations::executing::tally::percent_before_the_end;
use crate::operations::migrations::{InFlight, Migrations};
use crate::operations::migrations_watch::Look;
use crate::output::{Cell, Column, Printer, Row, Style, Tone, Whole, fitting, whole_lines};

use super::lines::found_of;
use crate::cli::commands::migration::list::who_goes_on;

/// Operations that have a row; the rest is counted. All of it fits a screen of 24 lines.
const ROWS_MAX: usize = 12;
/// The width where nobody knows it.
const WIDTH_DEFAULT: u16 = 80;

const COLUMNS: [Column; 6] = [
    Column::text("partition"),
    Column::text("phase"),
    Column::text("from"),
    Column::text("to"),
    Column::number("done"),
    Column::text("waiting_on").shrinks(),
];

pub(super) fn lines(look: &Look<'_>, now: Timestamp, argument: &str, style: &Style) -> Result<Vec<String>, CliError> {
    let found = found_of(look);
    let width = usize::from(style.width.unwrap_or(WIDTH_DEFAULT));
    let mut lines = heading(look, found, now, argument);
    // The first status is written before it is known what there is to do.
    if let Some(status) = found.status.as_ref().filter(|status| status.moves > 0) {
        lines.extend(whole_lines(&Whole::of_status(status), width, style.unicode));
    }
    let mut lines: Vec<String> = lines.iter().map(|line| fitting(line, width)).collect();
    if found.in_flight.is_empty() {
        return Ok(lines);
    }
    lines.push(String::new());
    lines.extend(table(found, style, width)?);
    let more = found.in_flight.len().saturating_sub(ROWS_MAX);
    if more > 0 {
        lines.push(fitting(&format!("and {more} more: `otlp-part{argument} migration list`"), width));
    }
    Ok(lines)
}

fn heading(look: &Look<'_>, found: &Migrations, now: Timestamp, argument: &str) -> Vec<String> {
    let mut lines = Vec::new();
    match found.holder() {
        Some(holder) => lines.push(format!("executed by {holder}")),
        None if found.is_forsaken() => {
            lines.push(format!("nobody drives {} operation(s) in flight; to go on:", found.forsaken().count()));
            lines.push(format!("  otlp-part{argument} {}", found.resume_command()));
        }
        None => lines.push("nobody executes".to_owned()),
    }
    if let Some(status) = &found.status {
        let age = now.seconds().saturating_sub(status.updated_at.seconds()).max(0);
        let plan = status.plan_id.as_ref().map(|plan| format!("plan {plan}, ")).unwrap_or_default();
        let late = if age > STATUS_STALE_AFTER_SECONDS { ", which is late" } else { "" };
        lines.push(format!("{plan}revision {}, told {age} s ago{late}", found.revision));
    }
    if let Some(said) = &found.control.paused {
        lines.push(format!("paused by {} at {}; `migration resume` goes on", said.by, said.at));
    }
    if let Look::Silent(_, error) = look {
        lines.push(format!("the store does not answer: {error}"));
    }
    lines
}

/// A narrower terminal gets no colours, as a table does not shrink to fit it.
const COLOR_WIDTH_MIN: usize = 60;

fn table(found: &Migrations, style: &Style, width: usize) -> Result<Vec<String>, CliError> {
    let style = &Style { color: style.color && width >= COLOR_WIDTH_MIN, ..style.clone() };
    let mut text = Vec::new();
    let mut printer = Printer::new(&mut text, style.clone());
    let mut rows = printer.rows(&COLUMNS)?;
    for row in rows_of(found) {
        rows.push(row)?;
    }
    rows.show()?;
    rows.finish()?;
    let text = String::from_utf8_lossy(&text);
    // A line that wraps would stay behind when the next frame is drawn; colours have no width.
    Ok(text.lines().map(|line| if style.color { line.to_owned() } else { fitting(line, width) }).collect())
}

/// What the executor tells first, in its order, then what it does not name.
fn rows_of(found: &Migrations) -> Vec<Row> {
    let in_flight: BTreeSet<PartitionId> = found.in_flight.iter().map(|operation| operation.partition).collect();
    let told = found.status.iter().flat_map(|status| &status.running).filter(|m| in_flight.contains(&m.partition));
    let mut rows: Vec<Row> = told.clone().take(ROWS_MAX).map(row_of_told).collect();
    let told: BTreeSet<PartitionId> = told.map(|m| m.partition).collect();
    let others = found.in_flight.iter().filter(|operation| !told.contains(&operation.partition));
    rows.extend(
        others
            .take(ROWS_MAX - rows.len())
            .map(|operation| row_of_journal(operation, found.driver_of(operation).is_none())),
    );
    rows
}

fn row_of_told(m: &RunningMove) -> Row {
    let done = percent_before_the_end(m.verified_bytes, m.bytes);
    row(
        m.partition,
        Cell::text(m.phase.clone()),
        [m.from.as_ref().map(ToString::to_string), m.to.as_ref().map(ToString::to_string)],
        (m.bytes > 0).then(|| format!("{done} %")),
        Cell::maybe(m.waits_for.clone()),
    )
}

fn row_of_journal(operation: &InFlight, is_forsaken: bool) -> Row {
    let (phase, nodes, waits) = match &operation.journal {
        Ok(journal) => {
            let moving = journal.as_move();
            let nodes = [moving.and_then(|j| j.from.as_ref()), moving.and_then(|j| j.to.as_ref())];
            let waits = if is_forsaken { Cell::text(who_goes_on(journal)).toned(Tone::Warn) } else { Cell::none() };
            (journal.phase_name(), nodes.map(|node| node.map(ToString::to_string)), waits)
        }
        Err(reason) => ("unreadable", [None, None], Cell::text(reason.clone()).toned(Tone::Bad)),
    };
    row(operation.partition, Cell::text(phase), nodes, None, waits)
}

fn row(partition: PartitionId, phase: Cell, [from, to]: [Option<String>; 2], done: Option<String>, waits: Cell) -> Row {
    let id = partition.to_string();
    Row::new(id.clone(), vec![Cell::text(id), phase, Cell::maybe(from), Cell::maybe(to), Cell::maybe(done), waits])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migration::status::STATUS_SCHEMA;
    use crate::migration::{Control, RebalanceStatus};
    use crate::model::{NodeId, Revision};
    use crate::operations::create::entry;

    fn found(count: usize, is_driven: bool) -> Migrations {
        let ids: Vec<PartitionId> =
            (0..count).map(|n| PartitionId::parse(&format!("partition_489542_{n:04}")).unwrap()).collect();
        let running = |partition: &PartitionId| RunningMove {
            partition: *partition,
            kind: "replica".to_owned(),
            phase: "copying".to_owned(),
            from: NodeId::parse("node-1").ok(),
            to: NodeId::parse("node-12").ok(),
            copy_from: None,
            bytes: 100,
            verified_bytes: 45,
            bytes_per_second: None,
            waits_for: Some("data from node-3, none for 34 s".to_owned()),
        };
        let status = RebalanceStatus {
            schema: STATUS_SCHEMA.to_owned(),
            holder: String::new(),
            execution: 1,
            plan_id: Some("plan-1".to_owned()),
            started_at: Timestamp::from_seconds(100),
            updated_at: Timestamp::from_seconds(100),
            waits_for: None,
            moves: 20,
            moves_done: 3,
            moves_failed: 0,
            bytes: 2_000,
            verified_bytes: 900,
            bytes_per_second: 10,
            eta_seconds_min: Some(100),
            eta_seconds_max: Some(130),
            in_flight: count as u64,
            running: ids.iter().map(running).collect(),
        };
        let lock = r#"{"schema":"otlp-part/rebalance-lock/v1","host":"desk","user":"ann","pid":7,"started_at":"2025-11-05T15:00:00Z","plan_id":null}"#;
        Migrations {
            revision: Revision(9),
            in_flight: ids
                .iter()
                .map(|id| InFlight {
                    partition: *id,
                    entry: entry(format!("/otlp/migrations/{id}"), "{}".into()),
                    journal: Err("not this version's".to_owned()),
                })
                .collect(),
            strangers: Vec::new(),
            runs: Default::default(),
            lock: is_driven.then(|| entry("/otlp/rebalance/lock".to_owned(), lock.into())),
            status: is_driven.then_some(status),
            control_entry: None,
            control: Control::default(),
        }
    }

    fn shown(found: &Migrations, width: u16) -> Vec<String> {
        let style = Style { width: Some(width), terminal: true, ..Style::default() };
        lines(&Look::Read(found), Timestamp::from_seconds(107), " --store etcd:", &style).unwrap()
    }

    #[test]
    fn who_executes_and_how_far_it_is() {
        let text = shown(&found(20, true), 80);
        assert_eq!(
            text[..7],
            [
                "executed by ann@desk, process 7, since 2025-11-05T15:00:00Z",
                "plan plan-1, revision 9, told 7 s ago",
                "moving ######################...........................  45 %  900 B of 2.00 kB",
                "       10 B/s, 1-3 min left; 3 of 20 moves done, 20 running",
                "",
                "PARTITION              PHASE    FROM    TO       DONE  WAITING ON",
                "partition_489542_0000  copying  node-1  node-12  45 %  data from node-3, none...",
            ]
            .map(str::to_owned)
        );
        assert!(text.len() <= 23, "{text:#?}");
        assert_eq!(text.last().unwrap(), "and 8 more: `otlp-part --store etcd: migration list`");
    }

    #[test]
    fn a_holder_that_is_gone_is_said_with_what_goes_on() {
        let text = shown(&found(1, false), 120);
        assert_eq!(
            text,
            [
                "nobody drives 1 operation(s) in flight; to go on:",
                "  otlp-part --store etcd: migration abort --all",
                "",
                "PARTITION              PHASE       FROM  TO  DONE  WAITING ON",
                "partition_489542_0000  unreadable  -     -      -  not this version's",
            ]
        );
        assert_eq!(shown(&found(0, false), 80), ["nobody executes"]);
    }

    #[test]
    fn every_frame_fits_the_terminal() {
        for width in [40, 60, 80, 120] {
            for found in [found(1, true), found(30, true), found(2, false), found(0, true)] {
                let text = shown(&found, width);
                let too_wide = text.iter().find(|line| line.chars().count() > usize::from(width));
                assert_eq!(too_wide, None, "{width}");
            }
        }
    }
}
