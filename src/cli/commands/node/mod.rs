//! `node`

mod add;
mod claim;
mod fail;
pub(super) mod file;
mod get;
mod history;
mod list;
mod remove;
mod safe_to_remove;
mod selector;
mod set;
mod state;

use clap::Subcommand;
use serde_json::{Value, json};

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::model::{Node, NodeId, NodeState};
use crate::operations::ClusterView;
use crate::operations::nodes::holdings::Holding;
use crate::output::{Cell, Column, Row, Tone};
use crate::ports::metadata::Entry;

/// Storage nodes.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum NodeCommand {
    /// List the nodes
    List(list::ListArgs),
    /// Show one or more nodes
    Get(get::GetArgs),
    /// Add nodes
    Add(add::AddArgs),
    /// Change fields of nodes; fields that are not given stay
    Set(set::SetArgs),
    Claim(claim::ClaimArgs),
    /// Give nodes no new partitions; what they hold stays
    Cordon(state::StateArgs),
    /// Mark nodes as to be emptied, and tell what must move
    Drain(state::StateArgs),
    /// Use nodes again, after cordon, drain or fail; leadership stays where it is
    Activate(state::StateArgs),
    Fail(fail::FailArgs),
    SafeToRemove(safe_to_remove::SafeToRemoveArgs),
    History(history::HistoryArgs),
    Remove(remove::RemoveArgs),
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, command: NodeCommand) -> Result<(), CliError> {
    match command {
        NodeCommand::List(args) => list::run(session, args),
        NodeCommand::Get(args) => get::run(session, args),
        NodeCommand::Add(args) => add::run(session, args),
        NodeCommand::Set(args) => set::run(session, args),
        NodeCommand::Claim(args) => claim::run(session, args),
        NodeCommand::Cordon(args) => state::run(session, args, state::Verb::Cordon),
        NodeCommand::Drain(args) => state::run(session, args, state::Verb::Drain),
        NodeCommand::Activate(args) => state::run(session, args, state::Verb::Activate),
        NodeCommand::Fail(args) => fail::run(session, args),
        NodeCommand::SafeToRemove(args) => safe_to_remove::run(session, args),
        NodeCommand::History(args) => history::run(session, args),
        NodeCommand::Remove(args) => remove::run(session, args),
    }
}

/// Says that no node is recorded.
fn warn_derived(session: &mut Session<'_, '_>, view: &ClusterView) {
    if !view.nodes.is_empty() && view.nodes.iter().all(|(_, entry)| entry.is_none()) {
        session.talk().warn("no node is recorded; these are the nodes that partition records name");
    }
}

/// Node ids separated by commas; none twice.
pub(super) fn parse_node_list(text: &str) -> Result<Vec<NodeId>, CliError> {
    let mut ids: Vec<NodeId> = Vec::new();
    for part in text.split(',') {
        let id = parse_node_id(part.trim())?;
        if ids.contains(&id) {
            return Err(CliError::usage(format!("node {id} is given twice")));
        }
        ids.push(id);
    }
    Ok(ids)
}

pub(super) fn parse_node_id(text: &str) -> Result<NodeId, CliError> {
    NodeId::parse(text).map_err(|e| CliError::usage(format!("node id {text:?}: {e}")))
}

/// Ids for a sentence or a further command line: all of a few, else the first and how many more.
fn ids_in_words(ids: &[NodeId]) -> String {
    const SHOWN_MAX: usize = 8;
    let shown: Vec<&str> = ids.iter().take(SHOWN_MAX).map(NodeId::as_str).collect();
    let more = ids.len().saturating_sub(SHOWN_MAX);
    if more == 0 { shown.join(" ") } else { format!("{} and {more} more", shown.join(" ")) }
}

/// A node's state, coloured.
pub(super) fn state_cell(state: Option<NodeState>) -> Cell {
    match state {
        None => Cell::text("unknown").toned(Tone::Bad),
        Some(state) => Cell::text(state.name()).toned(match state {
            NodeState::Active => Tone::Plain,
            NodeState::Cordoned | NodeState::Draining => Tone::Warn,
            NodeState::Down => Tone::Bad,
        }),
    }
}

const COLUMNS: [Column; 9] = [
    Column::text("node"),
    Column::text("state"),
    Column::number("weight"),
    Column::text("region").extra(),
    Column::text("zone"),
    Column::text("data_center").extra(),
    Column::number("capacity_bytes"),
    Column::text("data_url"),
    Column::number("mod_revision").extra(),
];

/// What `--load` adds.
const LOAD_COLUMNS: [Column; 3] = [Column::number("leaders"), Column::number("partitions"), Column::number("bytes")];

fn node_json(node: &Node, entry: Option<&Entry>) -> Value {
    json!({
        "schema": "otlp-part/node/v1", "node": node.id.as_str(), "state": node.state.name(), "weight": node.weight,
        "location": node.location, "capacity_bytes": node.capacity_bytes, "data_url": node.data_url,
        "mod_revision": entry.map(|e| e.mod_revision.0),
    })
}

fn node_row(node: &Node, entry: Option<&Entry>) -> Row {
    let cells = vec![
        Cell::text(node.id.as_str()),
        state_cell(Some(node.state)),
        Cell::decimal(node.weight.as_f64()),
        Cell::maybe(node.location.region.clone()),
        Cell::maybe(node.location.availability_zone.clone()),
        Cell::maybe(node.location.data_center.clone()),
        Cell::maybe_bytes(node.capacity_bytes),
        Cell::maybe(node.data_url.clone()),
        entry.map_or_else(Cell::none, |e| Cell::number(e.mod_revision.0)),
    ];
    Row::with_json(node.id.as_str(), cells, node_json(node, entry))
}

fn loaded_row(node: &Node, entry: Option<&Entry>, held: &Holding) -> Row {
    let Row { name, mut cells, .. } = node_row(node, entry);
    cells.extend([Cell::number(held.leaders), Cell::number(held.partitions), Cell::bytes(held.bytes)]);
    let mut json = node_json(node, entry);
    for (field, number) in [("leaders", held.leaders), ("partitions", held.partitions), ("bytes", held.bytes)] {
        json[field] = number.into();
    }
    Row::with_json(name, cells, json)
}
