//! `migration watch`

mod lines;
mod screen;

use std::ops::ControlFlow;
use std::time::Duration;

use clap::Args;

use crate::cli::commands::watch::parse_length;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::operations::migrations::Migrations;
use crate::operations::migrations_watch::{Followed, Following, Look, follow};
use crate::output::{Format, Redraw};

/// Follow what is in flight until all is at rest: how far it is, what it waits for, and whether anybody drives it.
///
/// Works from any host. On a terminal a table that is drawn anew; elsewhere a row at every change. The exit code is 0 once
/// nothing is in flight and nobody executes, and 5 if --for ends it before.
#[derive(Debug, Args)]
pub(in crate::cli) struct WatchArgs {
    /// End after so long although something is in flight
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true)]
    r#for: Option<String>,
}

/// The shortest time between two frames on a terminal.
const FRAME_EVERY: Duration = Duration::from_millis(500);
/// The shortest time between two rows elsewhere.
const ROW_EVERY: Duration = Duration::from_secs(2);

pub(super) fn run(session: &mut Session<'_, '_>, args: WatchArgs) -> Result<(), CliError> {
    let WatchArgs { r#for } = args;
    let length = r#for.as_deref().map(parse_length).transpose()?;
    if session.global().at.is_some() {
        return Err(CliError::usage_hint(
            "migration watch follows the present, so --at does not fit",
            "`migration list --at` shows the past",
        ));
    }
    if session.global().sort.is_some() {
        return Err(CliError::usage("migration watch shows what happens as it happens, so --sort does not fit"));
    }
    let opened = session.open_reader()?;
    let argument = session.store_choice()?.argument();
    let style = session.style()?;
    let is_plain_table = style.format == Format::Table && style.columns.is_empty() && style.limit.is_none();
    let followed = if is_plain_table && session.environment().redraws_stdout() {
        on_screen(session, &opened, length, &argument)?
    } else {
        in_rows(session, &opened, length, &argument)?
    };
    match followed {
        Followed::AtRest(found) => {
            session.talk().note(&format!("all is at rest, revision {}", found.revision));
            Ok(())
        }
        Followed::TimeIsUp(found) => Err(left(&found, &argument)),
        Followed::Enough => Ok(()),
    }
}

fn left(found: &Migrations, argument: &str) -> CliError {
    let count = found.in_flight.len();
    let (message, hint) = match found.holder() {
        Some(holder) => {
            (format!("{count} operation(s) are in flight, executed by {holder}"), "migration watch".to_owned())
        }
        None => (format!("{count} operation(s) are in flight, and nobody drives them"), found.resume_command()),
    };
    CliError::WorkLeft { message, hint: Some(format!("`otlp-part{argument} {hint}` goes on")) }
}

fn on_screen(
    session: &mut Session<'_, '_>,
    opened: &OpenReader,
    length: Option<Duration>,
    argument: &str,
) -> Result<Followed, CliError> {
    let (runtime, clock) = (session.runtime(), session.clock());
    let mut printer = session.printer()?;
    let style = printer.style().clone();
    let mut redraw = Redraw::default();
    let visit = |look: Look<'_>| {
        let frame = redraw.frame(&screen::lines(&look, clock.now(), argument, &style)?);
        printer.raw().write_all(frame.as_bytes()).map_err(crate::output::OutputError::from)?;
        printer.flush()?;
        Ok::<_, CliError>(ControlFlow::Continue(()))
    };
    let following = Following { read_every: FRAME_EVERY, length };
    runtime.block_on(follow(&opened.store, &opened.keys, following, visit))
}

fn in_rows(
    session: &mut Session<'_, '_>,
    opened: &OpenReader,
    length: Option<Duration>,
    argument: &str,
) -> Result<Followed, CliError> {
    let (runtime, clock) = (session.runtime(), session.clock());
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&lines::COLUMNS)?;
    let mut last = None;
    let visit = |look: Look<'_>| {
        let row = lines::row(&look, clock.now(), argument);
        let is_news = lines::is_news(&look, last.as_ref(), &row);
        if is_news {
            last = Some(row.clone());
            rows.push(row)?;
            rows.show()?;
        }
        Ok::<_, CliError>(if rows.is_full() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    };
    let following = Following { read_every: ROW_EVERY, length };
    let followed = runtime.block_on(follow(&opened.store, &opened.keys, following, visit))?;
    rows.finish()?;
    Ok(followed)
}
