//! `data`

mod compact;
mod scrub;
mod write;

use clap::Subcommand;

use crate::cli::error::CliError;
use crate::cli::session::Session;

/// The telemetry itself
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum DataCommand {
    Compact(Box<compact::CompactDataArgs>),
    Scrub(Box<scrub::ScrubArgs>),
    Write(Box<write::WriteDataArgs>),
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, command: DataCommand) -> Result<(), CliError> {
    match command {
        DataCommand::Compact(args) => compact::run(session, *args),
        DataCommand::Scrub(args) => scrub::run(session, *args),
        DataCommand::Write(args) => write::run(session, *args),
    }
}
