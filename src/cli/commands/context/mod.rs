//! `context`

mod choose;
mod get;
mod list;

use clap::Subcommand;

use crate::cli::error::CliError;
use crate::cli::session::Session;

/// Named clusters in the configuration file.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum ContextCommand {
    List(list::ListArgs),
    Use(choose::UseArgs),
    Get(get::GetArgs),
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, command: ContextCommand) -> Result<(), CliError> {
    match command {
        ContextCommand::List(args) => list::run(session, args),
        ContextCommand::Use(args) => choose::run(session, args),
        ContextCommand::Get(args) => get::run(session, args),
    }
}
