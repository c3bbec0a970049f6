//! `cluster edit`

use clap::Args;

use crate::cli::args::WriteArgs;
use crate::cli::editor::{self, Subject};
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::model::Document;
use crate::operations::spec_diff::{spec_in_force, unknown_field};
use crate::operations::{ClusterView, spec_edit};

use super::checked;

/// Edit the spec in your editor, as JSON.
///
/// Opens $VISUAL or $EDITOR (else vi), and applies the difference to what was read. Versions of the partitioning that have
/// begun cannot be changed; new ones, with a future `from`, can be added to the list. A text that is not accepted can be
/// edited again; it is kept in its file unless it was applied.
#[derive(Debug, Args)]
pub(in crate::cli) struct EditArgs {
    /// Change it although partitions would be routed elsewhere
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    write: WriteArgs,
}

pub(super) fn run(session: &mut Session<'_, '_>, args: EditArgs) -> Result<(), CliError> {
    let EditArgs { force, write } = args;
    editor::check(session, &write)?;
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let (view, _) = session.wait(ClusterView::read(&store, &keys, None, &[]))?;
    // The store is not held open while somebody types.
    drop(store);
    let (_, entry) = view.spec_document(&keys)?;
    let subject =
        Subject { what: "the cluster spec".to_owned(), stem: "cluster".to_owned(), entry, command: "cluster edit" };
    editor::edit(session, &keys, &write, &subject, |session, wanted| {
        warn_unknown(session, &view, wanted)?;
        let change = spec_edit::change(&view, &keys, wanted, session.now())?;
        if !spec_edit::routes_elsewhere(&view, &change) {
            return Ok(change);
        }
        let OpenReader { store, .. } = session.open_reader()?;
        checked(session, &store, &keys, &view, change, force)
    })
}

/// A new field that this version does not know is kept, but most likely a typing error.
fn warn_unknown(session: &mut Session<'_, '_>, view: &ClusterView, wanted: &Document) -> Result<(), CliError> {
    let asked = serde_json::from_str(&wanted.to_json()).unwrap_or_default();
    if let Some(field) = unknown_field(&asked, &spec_in_force(view)?) {
        session.talk().warn(&format!("this version knows no field {field}; it is kept as it is written"));
    }
    Ok(())
}
