//! `migration`

mod abort;
mod control;
mod list;
mod watch;

pub(in crate::cli) use control::tell_executor;

use clap::Subcommand;

use crate::cli::error::CliError;
use crate::cli::session::Session;

/// Migrations in flight, and the executor that drives them, from any host.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum MigrationCommand {
    List(list::ListArgs),
    Get(list::GetArgs),
    Watch(watch::WatchArgs),
    Pause(control::PauseArgs),
    Resume(control::ResumeArgs),
    Set(control::SetArgs),
    Abort(abort::AbortArgs),
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, command: MigrationCommand) -> Result<(), CliError> {
    match command {
        MigrationCommand::List(args) => list::run(session, args),
        MigrationCommand::Get(args) => list::run_get(session, args),
        MigrationCommand::Watch(args) => watch::run(session, args),
        MigrationCommand::Pause(args) => control::pause(session, args),
        MigrationCommand::Resume(args) => control::resume(session, args),
        MigrationCommand::Set(args) => control::set(session, args),
        MigrationCommand::Abort(args) => abort::run(session, args),
    }
}
