//! One row for each look that found something new.

use serde_json::json;

use crate::model::Timestamp;
use crate::operations::executing::stands_still;
use crate::operations::migrations::Migrations;
use crate::operations::migrations_watch::Look;
use crate::output::{Cell, Column, Row, Whole, eta_in_words};

pub(super) const COLUMNS: [Column; 11] = [
    Column::text("at"),
    Column::number("in_flight"),
    Column::text("phases"),
    Column::number("moves_done"),
    Column::number("moves"),
    Column::number("verified_bytes"),
    Column::number("bytes"),
    Column::number("rate"),
    Column::text("left"),
    Column::text("holder").extra(),
    Column::text("waiting_on").shrinks(),
];

/// The place of the one cell that differs at every look.
const AT: usize = 0;

/// Whether a row says anything that the last one did not.
pub(super) fn is_news(look: &Look<'_>, last: Option<&Row>, row: &Row) -> bool {
    match look {
        Look::Still(_) => false,
        Look::Read(_) | Look::Silent(..) => last.is_none_or(|last| last.cells[AT + 1..] != row.cells[AT + 1..]),
    }
}

/// What all of it waits for, in words.
pub(super) fn waiting_on(look: &Look<'_>, argument: &str) -> Option<String> {
    match look {
        Look::Silent(_, error) => Some(format!("the store: {error}")),
        Look::Read(found) | Look::Still(found) if found.is_forsaken() => {
            let command = found.resume_command();
            let words: Vec<&str> = command.split(' ').take(2).collect();
            let who = match words.as_slice() {
                ["partition", "expire" | "split"] | ["data", "compact"] => format!("a run of {}", words.join(" ")),
                _ => "an executor".to_owned(),
            };
            Some(format!("{who}: `otlp-part{argument} {command}` goes on"))
        }
        Look::Read(found) | Look::Still(found) => {
            let said = found.status.as_ref().and_then(|status| status.waits_for.clone());
            let stalled = || {
                let running = &found.status.as_ref()?.running;
                let first = running.iter().find(|m| stands_still(m))?;
                Some(format!("{}: {}", first.partition, first.waits_for.as_deref().unwrap_or_default()))
            };
            said.or_else(stalled)
        }
    }
}

/// Bytes a second, with their unit in tables.
fn per_second(rate: u64) -> Cell {
    let cell = Cell::bytes(rate);
    Cell { human: format!("{}/s", cell.human), ..cell }
}

pub(super) fn found_of<'m>(look: &Look<'m>) -> &'m Migrations {
    match look {
        Look::Read(found) | Look::Still(found) | Look::Silent(found, _) => found,
    }
}

pub(super) fn row(look: &Look<'_>, now: Timestamp, argument: &str) -> Row {
    let found = found_of(look);
    let whole = found.status.as_ref().map(Whole::of_status);
    let holder = found.holder();
    let waiting_on = waiting_on(look, argument);
    let phases = found.phases_in_words();
    let number = |of: fn(&Whole) -> u64| whole.as_ref().map_or_else(Cell::none, |whole| Cell::number(of(whole)));
    let bytes = |of: fn(&Whole) -> u64| whole.as_ref().map_or_else(Cell::none, |whole| Cell::bytes(of(whole)));
    let rate = whole.as_ref().and_then(|whole| whole.bytes_per_second);
    let eta = whole.as_ref().and_then(|whole| whole.eta_seconds);
    let cells = vec![
        Cell::moment(now),
        Cell::number(found.in_flight.len() as u64),
        Cell::maybe(Some(phases.clone()).filter(|phases| !phases.is_empty())),
        number(|whole| whole.moves_done),
        number(|whole| whole.moves),
        bytes(|whole| whole.verified_bytes),
        bytes(|whole| whole.bytes),
        rate.map_or_else(Cell::none, per_second),
        Cell::maybe(eta.map(|eta| eta_in_words(eta, false))),
        Cell::maybe(holder.clone()),
        Cell::maybe(waiting_on.clone()),
    ];
    let status = found.status.as_ref();
    let json = json!({
        "schema": "otlp-part/migration-watch/v1",
        "at": now.to_string(),
        "revision": found.revision.0,
        "at_rest": found.is_at_rest(),
        "in_flight": found.in_flight.len(),
        "phases": phases,
        "holder": holder,
        "plan_id": status.and_then(|status| status.plan_id.clone()),
        "said_at": status.map(|status| status.updated_at.to_string()),
        "moves": whole.as_ref().map(|whole| whole.moves),
        "moves_done": whole.as_ref().map(|whole| whole.moves_done),
        "moves_failed": whole.as_ref().map(|whole| whole.moves_failed),
        "verified_bytes": whole.as_ref().map(|whole| whole.verified_bytes),
        "bytes": whole.as_ref().map(|whole| whole.bytes),
        "bytes_per_second": rate,
        "eta_seconds_min": eta.map(|(low, _)| low),
        "eta_seconds_max": eta.map(|(_, high)| high),
        "waiting_on": waiting_on,
        "goes_on": found.is_forsaken().then(|| format!("otlp-part{argument} {}", found.resume_command())),
        "paused_by": found.control.paused.as_ref().map(|said| said.by.clone()),
        "running": status.map(|status| &status.running),
    });
    Row::with_json(now.to_string(), cells, json)
}
