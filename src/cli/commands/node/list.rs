//! `node list`

use clap::Args;

use crate::cli::commands::partition::corrupt_values;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::model::NodeState;
use crate::operations::ClusterView;

use super::{COLUMNS, node_row};

/// `node list`
#[derive(Debug, Args)]
pub(in crate::cli) struct ListArgs {
    /// Only nodes of this availability zone
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// Only nodes in this state: active, cordoned, draining, down
    #[arg(long, value_name = "STATE")]
    state: Option<String>,
}

pub(super) fn run(session: &mut Session<'_, '_>, args: ListArgs) -> Result<(), CliError> {
    let ListArgs { zone, state } = args;
    let state = state.map(|text| super::set::parse_state(&text)).transpose()?;
    let OpenReader { store, keys, at } = session.open_reader()?;
    let (view, _) = session.wait(ClusterView::read(&store, &keys, at, &[]))?;
    super::warn_derived(session, &view);
    let admits = |s: NodeState, z: Option<&str>| {
        state.is_none_or(|state| s == state) && zone.as_deref().is_none_or(|zone| z == Some(zone))
    };
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    for (node, entry) in &view.nodes {
        if admits(node.state, node.location.availability_zone.as_deref()) {
            rows.push(node_row(node, entry.as_ref()))?;
        }
    }
    rows.finish()?;
    corrupt_values(session, &view.corrupt)
}
