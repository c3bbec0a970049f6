//! `data`

mod query;

use clap::Subcommand;

use crate::cli::error::CliError;
use crate::cli::session::Session;

/// The data itself, on the nodes: OTLP out of the partitions.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum DataCommand {
    Query(Box<query::QueryArgs>),
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, command: DataCommand) -> Result<(), CliError> {
    match command {
        DataCommand::Query(args) => query::run(session, *args),
    }
}
