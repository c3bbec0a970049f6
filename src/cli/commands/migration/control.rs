//! `migration pause`, `migration resume`, `migration set`

use clap::{ArgGroup, Args};

use crate::cli::args::WriteArgs;
use crate::cli::commands::execute_rebalance::request::rate;
use crate::cli::consent;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::migration::Control;
use crate::migration::control::Said;
use crate::operations::migrations::Migrations;

/// Begin no more moves until `migration resume`; what is in flight is finished.
#[derive(Debug, Args)]
pub(in crate::cli) struct PauseArgs {
    #[command(flatten)]
    write: WriteArgs,
}

/// Let a paused executor begin moves again.
#[derive(Debug, Args)]
pub(in crate::cli) struct ResumeArgs {
    #[command(flatten)]
    write: WriteArgs,
}

/// Change the limits of the execution that runs, and of coming ones that say none of their own.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("limits").args(["bandwidth", "max_concurrent"]).required(true).multiple(true)))]
pub(in crate::cli) struct SetArgs {
    /// At most so many bytes per second into each node, and as many out of it; `none`, or `default` = as its own command says
    #[arg(long, value_name = "RATE")]
    bandwidth: Option<String>,
    /// Copies at a time per node, 1 to 1000; `default` = as its own command says
    #[arg(long, value_name = "N")]
    max_concurrent: Option<String>,
    #[command(flatten)]
    write: WriteArgs,
}

pub(super) fn pause(session: &mut Session<'_, '_>, args: PauseArgs) -> Result<(), CliError> {
    let PauseArgs { write } = args;
    let audit = consent::audit_context(session, &write, "migration pause");
    let said = Said { by: format!("{}@{}", audit.actor, audit.host), at: audit.now };
    for_the_executor(session, &write, ("migration pause", "pause the execution"), |control| {
        // Who was first stays.
        control.paused.get_or_insert(said);
    })
}

pub(super) fn resume(session: &mut Session<'_, '_>, args: ResumeArgs) -> Result<(), CliError> {
    let ResumeArgs { write } = args;
    for_the_executor(session, &write, ("migration resume", "resume the execution"), |control| control.paused = None)
}

pub(super) fn set(session: &mut Session<'_, '_>, args: SetArgs) -> Result<(), CliError> {
    let SetArgs { bandwidth, max_concurrent, write } = args;
    let bandwidth = bandwidth.as_deref().map(parse_bandwidth).transpose()?;
    let max_concurrent = max_concurrent.as_deref().map(parse_concurrent).transpose()?;
    for_the_executor(session, &write, ("migration set", "set limits of the execution"), |control| {
        if let Some(bandwidth) = bandwidth {
            control.bandwidth_bytes_per_second = bandwidth;
        }
        if let Some(max_concurrent) = max_concurrent {
            control.max_concurrent = max_concurrent;
        }
    })
}

/// The outer `None` is as its own command says; 0 = no limit.
fn parse_bandwidth(text: &str) -> Result<Option<u64>, CliError> {
    match text {
        "default" => Ok(None),
        "none" => Ok(Some(0)),
        text => Ok(Some(rate(text)?.get())),
    }
}

fn parse_concurrent(text: &str) -> Result<Option<u32>, CliError> {
    match text {
        "default" => Ok(None),
        text => match text.parse() {
            Ok(n @ 1..=1000) => Ok(Some(n)),
            _ => Err(CliError::usage(format!("--max-concurrent {text:?}: it is 1 to 1000, or `default`"))),
        },
    }
}

fn for_the_executor(
    session: &mut Session<'_, '_>,
    write: &WriteArgs,
    words: (&str, &str),
    edit: impl FnOnce(&mut Control),
) -> Result<(), CliError> {
    if tell_executor(session, write, words, edit)?.is_some_and(|found| found.lock.is_none()) {
        session.talk().note("nobody executes now: it holds for the next `execute-rebalance`");
    }
    Ok(())
}

/// Tells whoever executes something else; gives what was there before, if it was told.
pub(in crate::cli) fn tell_executor(
    session: &mut Session<'_, '_>,
    write: &WriteArgs,
    (command, summary): (&str, &str),
    edit: impl FnOnce(&mut Control),
) -> Result<Option<Migrations>, CliError> {
    consent::check(session, write)?;
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let found = session.wait(Migrations::read(&store, &keys, None))?;
    drop(store);
    let mut control = found.control.clone();
    edit(&mut control);
    let change = found.told(&keys, &control, summary.to_owned())?;
    Ok(consent::apply(session, &keys, write, change, command)?.map(|_| found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits() {
        assert_eq!(parse_bandwidth("default").unwrap(), None);
        assert_eq!(parse_bandwidth("none").unwrap(), Some(0));
        assert_eq!(parse_bandwidth("10MB/s").unwrap(), Some(10_000_000));
        assert_eq!(parse_concurrent("default").unwrap(), None);
        assert_eq!(parse_concurrent("1000").unwrap(), Some(1000));
        for bad in ["0", "1001", "-1", "many", ""] {
            assert_eq!(parse_concurrent(bad).unwrap_err().exit_code(), 2, "{bad}");
        }
        assert_eq!(parse_bandwidth("0").unwrap_err().exit_code(), 2);
    }
}
