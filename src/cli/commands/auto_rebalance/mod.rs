//! `auto-rebalance`

mod metrics;
mod run;
mod settings;
mod status;

use clap::{Args, Subcommand};

use crate::cli::args::WriteArgs;
use crate::cli::commands::migration::tell_executor;
use crate::cli::consent;
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::migration::control::Said;

/// Rebalance, repair and fail over without being asked each time.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum AutoRebalanceCommand {
    Run(Box<run::RunArgs>),
    Status(status::StatusArgs),
    Pause(PauseArgs),
    Resume(ResumeArgs),
}

/// Begin no more rounds and moves until `auto-rebalance resume`, on whichever host it runs; what is in flight is finished.
#[derive(Debug, Args)]
pub(in crate::cli) struct PauseArgs {
    #[command(flatten)]
    write: WriteArgs,
}

/// Let it begin rounds again.
#[derive(Debug, Args)]
pub(in crate::cli) struct ResumeArgs {
    #[command(flatten)]
    write: WriteArgs,
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, command: AutoRebalanceCommand) -> Result<(), CliError> {
    match command {
        AutoRebalanceCommand::Run(args) => run::run(session, *args),
        AutoRebalanceCommand::Status(args) => status::run(session, args),
        AutoRebalanceCommand::Pause(args) => pause(session, args),
        AutoRebalanceCommand::Resume(args) => resume(session, args),
    }
}

fn pause(session: &mut Session<'_, '_>, args: PauseArgs) -> Result<(), CliError> {
    let PauseArgs { write } = args;
    let audit = consent::audit_context(session, &write, "auto-rebalance pause");
    let said = Said { by: format!("{}@{}", audit.actor, audit.host), at: audit.now };
    let words = ("auto-rebalance pause", "pause automatic rebalancing");
    let told = tell_executor(session, &write, words, |control| {
        // Who was first stays.
        control.auto_paused.get_or_insert(said);
    })?;
    if told.is_some() {
        session.talk().note("fail-over by --fail-after goes on; what is in flight is finished");
    }
    Ok(())
}

fn resume(session: &mut Session<'_, '_>, args: ResumeArgs) -> Result<(), CliError> {
    let ResumeArgs { write } = args;
    let words = ("auto-rebalance resume", "resume automatic rebalancing");
    tell_executor(session, &write, words, |control| control.auto_paused = None).map(drop)
}
