//! `partition list`

use std::ops::ControlFlow;

use clap::Args;

use crate::cli::commands::node::parse_node_id;
use crate::cli::commands::route::range::{RangeArgs, Span};
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::model::{ByteSize, PartitionState};
use crate::operations::ClusterView;
use crate::operations::partitions::{PartitionFilter, list};

use super::{COLUMNS, corrupt_values, partition_row};

/// `partition list`
#[derive(Debug, Args)]
pub(in crate::cli) struct ListArgs {
    #[command(flatten)]
    range: RangeArgs,
    /// Held by this node (repeatable)
    #[arg(long, value_name = "NODE")]
    node: Vec<String>,
    /// Led by this node (repeatable)
    #[arg(long, value_name = "NODE")]
    leader: Vec<String>,
    /// In this state: active, readonly, migrating, rebalancing
    #[arg(long, value_name = "STATE")]
    state: Option<String>,
    /// At least this large: 1GB
    #[arg(long, value_name = "SIZE")]
    min_size: Option<String>,
    /// Past their retention
    #[arg(long)]
    expired: bool,
}

pub(super) fn parse_partition_state(text: &str) -> Result<PartitionState, CliError> {
    PartitionState::parse(text).ok_or_else(|| {
        CliError::usage(format!("unknown partition state {text:?}: use active, readonly, migrating or rebalancing"))
    })
}

pub(super) fn run(session: &mut Session<'_, '_>, args: ListArgs) -> Result<(), CliError> {
    let ListArgs { range, node, leader, state, min_size, expired } = args;
    let range = match range.span(session)? {
        Span::Given(range) => Some(range),
        Span::NotGiven => None,
    };
    let nodes = node.iter().map(|text| parse_node_id(text)).collect::<Result<_, _>>()?;
    let leaders = leader.iter().map(|text| parse_node_id(text)).collect::<Result<_, _>>()?;
    let state = state.map(|text| parse_partition_state(&text)).transpose()?;
    let size = |text: String| {
        ByteSize::parse(&text).map(|s| s.0).map_err(|e| CliError::usage(format!("--min-size {text:?}: {e}")))
    };
    let min_size = min_size.map(size).transpose()?;
    let expired_at = expired.then(|| session.now());
    let filter = PartitionFilter { range, nodes, leaders, state, min_size, expired_at };
    let OpenReader { store, keys, at } = session.open_reader()?;
    let (view, _) = session.wait(ClusterView::read(&store, &keys, at, &[]))?;
    let runtime = session.runtime();
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    let visit = |listed| {
        rows.push(partition_row(&listed))?;
        Ok(if rows.is_full() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    };
    let corrupt = runtime.block_on(list::<_, CliError>(&store, &keys, &view, &filter, visit))?;
    rows.finish()?;
    corrupt_values(session, &corrupt)
}
