//! `node get`

use clap::Args;

use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::operations::{ClusterView, OperationError};

use super::selector::NodeSelector;
use super::{COLUMNS, node_row};

/// `node get`
#[derive(Debug, Args)]
pub(in crate::cli) struct GetArgs {
    #[command(flatten)]
    nodes: NodeSelector,
    /// Say nothing about nodes that do not exist
    #[arg(long)]
    ignore_not_found: bool,
}

pub(super) fn run(session: &mut Session<'_, '_>, args: GetArgs) -> Result<(), CliError> {
    let GetArgs { nodes, ignore_not_found } = args;
    let selection = nodes.read(session)?;
    let OpenReader { store, keys, at } = session.open_reader()?;
    let (view, _) = session.wait(ClusterView::read(&store, &keys, at, &[]))?;
    super::warn_derived(session, &view);
    let mut found = Vec::new();
    for id in &selection.ids(&view)? {
        if let Some(corrupt) = view.corrupt.iter().find(|c| c.key == keys.node(id)) {
            return Err(OperationError::from(corrupt.clone()).into());
        }
        match view.nodes.iter().find(|(node, _)| node.id == *id) {
            Some(node) => found.push(node),
            None if ignore_not_found => {}
            None => return Err(OperationError::NotFound { what: format!("node {id}") }.into()),
        }
    }
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    for (node, entry) in found {
        rows.push(node_row(node, entry.as_ref()))?;
    }
    rows.finish()?;
    Ok(())
}
