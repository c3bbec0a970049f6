//! `auto-rebalance status`

use clap::Args;
use serde_json::json;

use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::model::ByteSize;
use crate::operations::auto_rebalance::{AutoState, AutoStatus, AutoView, RoundResult};
use crate::output::{Cell, Column, Row, Tone};

/// Show whether it runs, who leads, and how the last round ended, from any host.
#[derive(Debug, Args)]
pub(in crate::cli) struct StatusArgs {}

const COLUMNS: [Column; 13] = [
    Column::text("state"),
    Column::text("holder"),
    Column::text("last_round"),
    Column::text("result"),
    Column::text("next_round"),
    Column::number("today_bytes"),
    Column::number("expired").extra(),
    Column::number("expired_bytes").extra(),
    Column::number("split").extra(),
    Column::number("compacted").extra(),
    Column::text("away"),
    Column::text("paused_by"),
    Column::text("message").shrinks(),
];

pub(super) fn run(session: &mut Session<'_, '_>, args: StatusArgs) -> Result<(), CliError> {
    let StatusArgs {} = args;
    let OpenReader { store, keys, at } = session.open_reader()?;
    let view = session.wait(AutoView::read(&store, &keys, at))?;
    drop(store);
    let row = row(&view);
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    rows.push(row)?;
    rows.finish()?;
    about(session, &view)
}

fn about(session: &mut Session<'_, '_>, view: &AutoView) -> Result<(), CliError> {
    let store = session.store_choice()?.argument();
    if view.state() == AutoState::Stopped {
        session.talk().note(&format!("nobody rebalances automatically: `otlp-part{store} auto-rebalance run` does"));
    }
    if let Some(reason) = &view.unreadable {
        session.talk().warn(&format!("what it says of itself cannot be read: {reason}"));
    }
    let Some(status) = &view.status else { return Ok(()) };
    for (node, away) in &status.away {
        session.talk().warn(&format!("{node} does not answer since {}: {}", away.since.whole_second(), away.reason));
    }
    if let Some(why) = &status.fail_over_held {
        session.talk().warn(&format!(
            "nodes that do not answer are not declared lost: {why}; `otlp-part{store} node fail` does it all the same"
        ));
    }
    if let Some(expired) = &status.expired {
        session.talk().note(&format!(
            "{} partition(s) expired since {}, {} deleted",
            expired.partitions,
            status.started_at.whole_second(),
            ByteSize(expired.bytes)
        ));
    }
    let since = status.started_at.whole_second();
    if let Some(split) = &status.split {
        let (partitions, children) = (split.partitions, split.children);
        session.talk().note(&format!("{partitions} partition(s) split into {children} since {since}"));
    }
    if let Some(compacted) = &status.compacted {
        let (partitions, segments, into) = (compacted.partitions, compacted.segments, compacted.into);
        session
            .talk()
            .note(&format!("{partitions} partition(s) compacted since {since}, from {segments} segments to {into}"));
    }
    if let Some(failed) = &status.last_fail_over {
        let nodes: Vec<&str> = failed.nodes.iter().map(|node| node.as_str()).collect();
        session.talk().note(&format!(
            "{} declared lost at {}, {} leader(s) moved",
            nodes.join(", "),
            failed.at.whole_second(),
            failed.leaders_moved
        ));
    }
    Ok(())
}

fn row(view: &AutoView) -> Row {
    let status = view.status.as_ref();
    let round = status.and_then(|status| status.last_round.as_ref());
    let state = view.state();
    let next = status.filter(|_| state != AutoState::Stopped).and_then(|status| status.next_round_at);
    let away: Vec<String> = status.iter().flat_map(|status| status.away.keys()).map(ToString::to_string).collect();
    let moment = |time| Option::map_or_else(time, Cell::none, Cell::moment);
    let tone = match state {
        AutoState::Running | AutoState::Waiting => Tone::Good,
        AutoState::Paused | AutoState::Stopped => Tone::Warn,
    };
    let result = round.map(|round| round.result);
    let expired = status.and_then(|status| status.expired);
    let cells = vec![
        Cell::text(state.name()).toned(tone),
        Cell::maybe(view.holder.clone()),
        moment(round.map(|round| round.ended_at)),
        Cell::maybe(result.map(|result| result.name().to_owned())).toned(result.map_or(Tone::Plain, tone_of)),
        moment(next),
        status.map_or_else(Cell::none, |status: &AutoStatus| Cell::bytes(status.today.bytes)),
        expired.map_or_else(Cell::none, |expired| Cell::number(expired.partitions)),
        expired.map_or_else(Cell::none, |expired| Cell::bytes(expired.bytes)),
        status.and_then(|status| status.split).map_or_else(Cell::none, |split| Cell::number(split.partitions)),
        status.and_then(|status| status.compacted).map_or_else(Cell::none, |done| Cell::number(done.partitions)),
        Cell::list(away).toned(Tone::Bad),
        Cell::maybe(view.paused.as_ref().map(|said| said.by.clone())),
        Cell::maybe(round.map(|round| round.message.clone())),
    ];
    let json = json!({
        "schema": "otlp-part/auto-rebalance/v1",
        "state": state.name(),
        "holder": view.holder,
        "paused": view.paused,
        "status": view.status,
        "unreadable": view.unreadable,
    });
    Row::with_json(state.name(), cells, json)
}

/// How a result looks to who is on call.
pub(super) fn tone_of(result: RoundResult) -> Tone {
    match result {
        RoundResult::Balanced | RoundResult::Executed | RoundResult::Recovered => Tone::Good,
        RoundResult::Busy
        | RoundResult::OutsideWindow
        | RoundResult::BudgetSpent
        | RoundResult::DryRun
        | RoundResult::RepairWaits => Tone::Plain,
        RoundResult::Paused | RoundResult::Partly | RoundResult::Held => Tone::Warn,
        RoundResult::Failed => Tone::Bad,
    }
}
