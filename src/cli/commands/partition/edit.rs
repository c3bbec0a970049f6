//! `partition edit`

use clap::Args;

use crate::cli::args::WriteArgs;
use crate::cli::editor::{self, Subject};
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::operations::{partition_edit, partitions};

use super::parse_partition_id;

/// Edit a record in your editor, as JSON.
///
/// Opens $VISUAL or $EDITOR (else vi), and applies the difference to what was read, by the rules of `partition set`. A text
/// that is not accepted can be edited again; it is kept in its file unless it was applied.
#[derive(Debug, Args)]
pub(in crate::cli) struct EditArgs {
    /// The partition
    #[arg(value_name = "PARTITION")]
    partition: String,
    /// Change the nodes although nobody has looked at the copies
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    write: WriteArgs,
}

pub(super) fn run(session: &mut Session<'_, '_>, args: EditArgs) -> Result<(), CliError> {
    let EditArgs { partition, force, write } = args;
    let id = parse_partition_id(&partition)?;
    editor::check(session, &write)?;
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let (stored, view) = session.wait(partitions::get(&store, &keys, None, id))?;
    drop(store);
    let subject = Subject {
        what: format!("partition {id}"),
        stem: id.to_string(),
        entry: &stored.entry,
        command: "partition edit",
    };
    editor::edit(session, &keys, &write, &subject, |session, wanted| {
        Ok(partition_edit::change(&view, &keys, &stored, wanted, force, session.now())?)
    })
}
