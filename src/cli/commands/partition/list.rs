//! `partition list`

use std::ops::ControlFlow;

use clap::Args;

use crate::cli::commands::node::parse_node_id;
use crate::cli::commands::route::range::{RangeArgs, Span};
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::model::{ByteSize, NodeId, PartitionState};
use crate::operations::consistent::consistently;
use crate::operations::listing::{LiveNodes, PartitionFilter, load, strangers};
use crate::operations::{ClusterView, OperationError};

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
    /// With a copy in this availability zone
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// At least this large: 1GB
    #[arg(long, value_name = "SIZE")]
    min_size: Option<String>,
    /// At most this large
    #[arg(long, value_name = "SIZE")]
    max_size: Option<String>,
    /// Past their retention
    #[arg(long)]
    expired: bool,
    /// Pinned
    #[arg(long)]
    pinned: bool,
    /// With fewer copies on nodes that are up than the replication factor
    #[arg(long)]
    under_replicated: bool,
    /// Without a leader that is up
    #[arg(long)]
    no_leader: bool,
}

pub(super) fn parse_partition_state(text: &str) -> Result<PartitionState, CliError> {
    PartitionState::parse(text).ok_or_else(|| {
        CliError::usage(format!("unknown partition state {text:?}: use active, readonly, migrating or rebalancing"))
    })
}

pub(super) fn run(session: &mut Session<'_, '_>, args: ListArgs) -> Result<(), CliError> {
    let ListArgs { range, node, leader, state, zone, min_size, max_size, expired, pinned, under_replicated, no_leader } =
        args;
    let range = match range.span(session)? {
        Span::Given(range) => Some(range),
        Span::NotGiven => None,
    };
    let nodes: Vec<NodeId> = node.iter().map(|text| parse_node_id(text)).collect::<Result<_, _>>()?;
    let leaders: Vec<NodeId> = leader.iter().map(|text| parse_node_id(text)).collect::<Result<_, _>>()?;
    let size = |name: &str, text: Option<String>| {
        let parse = |text: String| ByteSize::parse(&text).map_err(|e| CliError::usage(format!("{name} {text:?}: {e}")));
        Ok::<_, CliError>(text.map(parse).transpose()?.map(|size| size.0))
    };
    let mut filter = PartitionFilter {
        range,
        state: state.map(|text| parse_partition_state(&text)).transpose()?,
        min_size: size("--min-size", min_size)?,
        max_size: size("--max-size", max_size)?,
        expired_at: expired.then(|| session.now()),
        pinned,
        ..PartitionFilter::default()
    };
    let OpenReader { store, keys, at } = session.open_reader()?;
    let asked: Vec<NodeId> = nodes.iter().chain(&leaders).cloned().collect();
    (filter.nodes, filter.leaders) = (nodes, leaders);
    let read = async || {
        let (view, _) = ClusterView::read(&store, &keys, at, &[]).await?;
        let (unknown, named) = strangers(&store, &keys, &view, &asked).await?;
        if let Some(node) = unknown.first() {
            return Err(OperationError::NotFound { what: format!("node {node}") });
        }
        let mut filter = filter.clone();
        filter.zone_nodes = zone.as_deref().map(|zone| nodes_of_zone(&view, zone)).transpose()?;
        filter.under_replicated = under_replicated.then(|| LiveNodes::of(&view));
        filter.leaderless = no_leader.then(|| LiveNodes::of(&view));
        let listing = load(&store, &keys, &view, &filter).await?;
        Ok((view, filter, named, listing))
    };
    let (view, filter, named, listing) = session.wait(consistently(at, read))?;
    for node in named {
        session.talk().warn(&format!("the cluster does not know node {node}; records name it all the same"));
    }
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    let shows_json = rows.shows_json();
    let visit = |listed| {
        rows.push(partition_row(&listed, shows_json))?;
        Ok::<_, CliError>(if rows.is_full() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    };
    let corrupt = listing.visit(&keys, &view, &filter, visit)?;
    rows.finish()?;
    corrupt_values(session, &corrupt)
}

/// The nodes of a zone; a zone without nodes is most likely a typing error.
fn nodes_of_zone(view: &ClusterView, zone: &str) -> Result<Vec<NodeId>, OperationError> {
    let in_zone = view.nodes.iter().filter(|(node, _)| node.location.availability_zone.as_deref() == Some(zone));
    let nodes: Vec<NodeId> = in_zone.map(|(node, _)| node.id.clone()).collect();
    if nodes.is_empty() {
        return Err(OperationError::NotFound { what: format!("a node in zone {zone:?}") });
    }
    Ok(nodes)
}
