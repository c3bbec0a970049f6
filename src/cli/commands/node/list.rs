//! `node list`

use clap::Args;

use crate::cli::commands::partition::corrupt_values;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::model::{Node, NodeState};
use crate::operations::ClusterView;
use crate::operations::nodes::holdings::Holdings;
use crate::output::Column;

use super::{COLUMNS, LOAD_COLUMNS, loaded_row, node_row};

/// `node list`
#[derive(Debug, Args)]
pub(in crate::cli) struct ListArgs {
    /// Only nodes of this availability zone (repeatable)
    #[arg(long, value_name = "ZONE")]
    zone: Vec<String>,
    /// Only nodes of this region (repeatable)
    #[arg(long, value_name = "REGION")]
    region: Vec<String>,
    /// Only nodes in this state: active, cordoned, draining, down (repeatable)
    #[arg(long, value_name = "STATE")]
    state: Vec<String>,
    /// Also what each node holds: leaders, partitions, bytes; reads all partition records
    #[arg(long)]
    load: bool,
}

pub(super) fn run(session: &mut Session<'_, '_>, args: ListArgs) -> Result<(), CliError> {
    let ListArgs { zone, region, state, load } = args;
    let states: Vec<NodeState> = state.iter().map(|text| super::set::parse_state(text)).collect::<Result<_, _>>()?;
    let OpenReader { store, keys, at } = session.open_reader()?;
    let (view, _) = session.wait(ClusterView::read(&store, &keys, at, &[]))?;
    super::warn_derived(session, &view);
    let one_of = |asked: &[String], value: &Option<String>| {
        asked.is_empty() || value.as_ref().is_some_and(|value| asked.contains(value))
    };
    let admits = |node: &Node| {
        (states.is_empty() || states.contains(&node.state))
            && one_of(&zone, &node.location.availability_zone)
            && one_of(&region, &node.location.region)
    };
    let holdings = if load { Some(session.wait(Holdings::read(&store, &keys, view.revision))?) } else { None };
    let columns: Vec<Column> = match &holdings {
        None => COLUMNS.to_vec(),
        Some(_) => COLUMNS.iter().chain(&LOAD_COLUMNS).copied().collect(),
    };
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&columns)?;
    for (node, entry) in view.nodes.iter().filter(|(node, _)| admits(node)) {
        rows.push(match &holdings {
            None => node_row(node, entry.as_ref()),
            Some(holdings) => loaded_row(node, entry.as_ref(), &holdings.of(&node.id)),
        })?;
    }
    rows.finish()?;
    let mut corrupt = view.corrupt;
    for value in holdings.map(|holdings| holdings.corrupt).unwrap_or_default() {
        if !corrupt.contains(&value) {
            corrupt.push(value);
        }
    }
    corrupt_values(session, &corrupt)
}
