//! `partition delete`

use std::collections::BTreeSet;

use clap::Args;

use crate::cli::args::WriteArgs;
use crate::cli::consent::{self, Question};
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::operations::partition_delete::{DeleteOptions, delete};

use super::parse_partition_ids;

/// Delete records of partitions, with what this tool keeps beside them.
///
/// The data is not touched, and nobody will know any more where it is. As nobody looks at the copies, this needs --force,
/// which wants the id typed on a terminal (--yes without one). A split partition goes with all its children or not at all.
#[derive(Debug, Args)]
pub(in crate::cli) struct DeleteArgs {
    /// The partitions
    #[arg(required = true, value_name = "PARTITION")]
    partitions: Vec<String>,
    /// Say nothing about records that do not exist
    #[arg(long)]
    ignore_not_found: bool,
    /// Delete although nobody has looked at the copies
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    write: WriteArgs,
}

pub(super) fn run(session: &mut Session<'_, '_>, args: DeleteArgs) -> Result<(), CliError> {
    let DeleteArgs { partitions, ignore_not_found, force, write } = args;
    let ids: BTreeSet<_> = parse_partition_ids(&partitions)?.into_iter().collect();
    consent::check(session, &write)?;
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let options = DeleteOptions { force, ignore_missing: ignore_not_found };
    let change = session.wait(delete(&store, &keys, &ids, options))?;
    drop(store);
    let word = match ids.first() {
        Some(id) if ids.len() == 1 => id.to_string(),
        Some(_) | None => format!("{} partitions", ids.len()),
    };
    if !change.is_empty() {
        session.talk().warn("a record that is deleted cannot be found again, and with it the place of its data");
    }
    consent::apply_asked(session, &keys, &write, change, "partition delete", Question::Typed(&word))?;
    Ok(())
}
