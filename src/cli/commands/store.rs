//! `store compact`

use clap::{Args, Subcommand};

use crate::cli::args::WriteArgs;
use crate::cli::consent;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::cli::store::StoreAddress;
use crate::model::{Revision, Timestamp};
use crate::ports::{MetadataRead, MetadataWrite};

/// The embedded store.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum StoreCommand {
    /// Forget past states of keys, which --at and history read
    Compact(CompactArgs),
}

/// `store compact`
#[derive(Debug, Args)]
pub(in crate::cli) struct CompactArgs {
    /// Keep what can be read from this revision or time on [default: the present alone]
    #[arg(long, value_name = "REVISION|TIME")]
    before: Option<String>,
    #[command(flatten)]
    write: WriteArgs,
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, command: StoreCommand) -> Result<(), CliError> {
    match command {
        StoreCommand::Compact(args) => compact(session, args),
    }
}

fn compact(session: &mut Session<'_, '_>, args: CompactArgs) -> Result<(), CliError> {
    let CompactArgs { before, write } = args;
    consent::check(session, &write)?;
    let choice = session.store_choice()?;
    if let StoreAddress::Etcd(_) = choice.address {
        return Err(CliError::usage_hint(
            format!("{choice} keeps its own history, which others may read"),
            "etcd's operator compacts it: `etcdctl compact REVISION`, or --auto-compaction-retention",
        ));
    }
    let OpenReader { store, .. } = session.open_reader()?;
    let newest = session.wait(store.revision())?;
    let before = match before.as_deref() {
        None => newest,
        Some(text) => match text.parse::<u64>() {
            Ok(revision) if revision < 1_000_000_000 => Revision(revision),
            Ok(_) | Err(_) => {
                let time: Timestamp = session.time("--before", text)?;
                session.wait(store.revision_at(time))?.revision
            }
        },
    };
    drop(store);
    let lines = vec![format!("forget every state of keys that revision {before} and later do not show")];
    if consent::ask(session, &write, &lines)?.is_none() {
        return Ok(());
    }
    let store = session.open_writer()?;
    let removed = session.wait(store.compact(before))?;
    session.talk().note(&match removed {
        Some(0) => "there was nothing to forget".to_owned(),
        None => format!("the oldest readable revision is {before}"),
        Some(removed) => format!("{removed} past states forgotten; the oldest readable revision is {before}"),
    });
    Ok(())
}
