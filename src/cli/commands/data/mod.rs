//! `data`

mod compact;
mod query;
mod scrub;
mod write;

use clap::Subcommand;

use crate::cli::error::CliError;
use crate::cli::session::Session;

/// The telemetry itself
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum DataCommand {
    Write(Box<write::WriteDataArgs>),
    Query(Box<query::QueryArgs>),
    Compact(Box<compact::CompactDataArgs>),
    Scrub(Box<scrub::ScrubArgs>),
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, command: DataCommand) -> Result<(), CliError> {
    match command {
        DataCommand::Write(args) => write::run(session, *args),
        DataCommand::Query(args) => query::run(session, *args),
        DataCommand::Compact(args) => compact::run(session, *args),
        DataCommand::Scrub(args) => scrub::run(session, *args),
    }
}
