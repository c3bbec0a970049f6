//! `data`

mod scrub;

use clap::Subcommand;

use crate::cli::error::CliError;
use crate::cli::session::Session;

/// The data in the copies of partitions.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum DataCommand {
    Scrub(Box<scrub::ScrubArgs>),
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, command: DataCommand) -> Result<(), CliError> {
    match command {
        DataCommand::Scrub(args) => scrub::run(session, *args),
    }
}
