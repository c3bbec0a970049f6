//! `plan list`, `plan get`, `plan verify`, `plan diff`, `plan delete`, `plan prune`

mod delete;
mod diff;
mod get;
mod list;
pub(super) mod page;
mod prune;
pub(super) mod show;
pub(in crate::cli::commands) mod source;
pub(in crate::cli::commands) mod verify;

use clap::Subcommand;

use crate::cli::error::CliError;
use crate::cli::session::Session;

/// Recorded plans and plan files.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum PlanCommand {
    List(list::ListArgs),
    Get(get::GetArgs),
    Verify(verify::VerifyArgs),
    Diff(diff::DiffArgs),
    Delete(delete::DeleteArgs),
    Prune(prune::PruneArgs),
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, command: PlanCommand) -> Result<(), CliError> {
    match command {
        PlanCommand::List(args) => list::run(session, args),
        PlanCommand::Get(args) => get::run(session, args),
        PlanCommand::Verify(args) => verify::run(session, args),
        PlanCommand::Diff(args) => diff::run(session, args),
        PlanCommand::Delete(args) => delete::run(session, args),
        PlanCommand::Prune(args) => prune::run(session, args),
    }
}
