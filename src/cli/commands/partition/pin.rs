//! `partition pin`, `partition unpin`

use clap::Args;

use crate::cli::args::WriteArgs;
use crate::cli::consent;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::operations::partition_edit::pin;
use crate::operations::partitions::get_all;

use super::parse_partition_ids;

/// The arguments of `partition pin` and `partition unpin`
#[derive(Debug, Args)]
pub(in crate::cli) struct PinArgs {
    /// The partitions
    #[arg(required = true, value_name = "PARTITION")]
    partitions: Vec<String>,
    /// Say nothing about records that do not exist
    #[arg(long)]
    ignore_not_found: bool,
    #[command(flatten)]
    write: WriteArgs,
}

pub(super) fn run(session: &mut Session<'_, '_>, args: PinArgs, pinned: bool) -> Result<(), CliError> {
    let PinArgs { partitions, ignore_not_found, write } = args;
    let ids = parse_partition_ids(&partitions)?;
    consent::check(session, &write)?;
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let (stored, _) = session.wait(get_all(&store, &keys, None, &ids, ignore_not_found))?;
    let change = pin(&keys, &stored, pinned)?;
    drop(store);
    consent::apply(session, &keys, &write, change, if pinned { "partition pin" } else { "partition unpin" })?;
    Ok(())
}
