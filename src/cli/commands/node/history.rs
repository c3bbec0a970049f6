//! `node history`

use clap::Args;

use crate::cli::commands::history;
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::operations::history::Facet;

use super::parse_node_id;

/// Every change of a node, the newest first, with who made it and why.
///
/// A change without an audit entry was made from outside. It also works after the node was removed.
#[derive(Debug, Args)]
pub(in crate::cli) struct HistoryArgs {
    /// The node
    #[arg(value_name = "NODE")]
    node: String,
}

pub(super) fn run(session: &mut Session<'_, '_>, args: HistoryArgs) -> Result<(), CliError> {
    let HistoryArgs { node } = args;
    let id = parse_node_id(&node)?;
    history::show(session, ("node", &node), |keys| vec![Facet { key: keys.node(&id), prefix: "" }])
}
