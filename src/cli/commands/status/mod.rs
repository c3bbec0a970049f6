//! `status`

mod auto;
mod moves;

use clap::Args;
use serde_json::{Value, json};

use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::model::NodeState;
use crate::operations::ClusterView;
use crate::operations::coverage::Hole;
use crate::operations::status::{NodeLoad, Status, status};
use crate::output::{Cell, Column, Format, Row, fitting};
use crate::ports::MetadataRead;

use crate::cli::commands::node::state_cell;
use auto::{auto_json, auto_lines};
use moves::{moves_json, moves_lines};

/// The cluster on one screen.
#[derive(Debug, Args)]
pub(in crate::cli) struct StatusArgs {}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, args: StatusArgs) -> Result<(), CliError> {
    let StatusArgs {} = args;
    let OpenReader { store, keys, at } = session.open_reader()?;
    let (status, view) = session.wait(status(&store, &keys, at, session.now()))?;
    let place = store.place().to_owned();
    drop(store);
    if !view.has_spec() {
        session.talk().warn("no cluster spec is recorded; the defaults are taken");
    }
    let argument = session.store_choice()?.argument();
    let mut printer = session.printer()?;
    let table = printer.style().format == Format::Table;
    match printer.style().format {
        Format::Json | Format::Ndjson | Format::Value(_) => {
            return Ok(printer.document(&status_json(&status, &view, (&place, &argument)))?);
        }
        Format::Table | Format::Csv | Format::Name => {}
    }
    let mut shown = NODES_SHOWN;
    if table {
        let width = printer.style().width.map_or(usize::MAX, usize::from);
        let mut moves = moves_lines(&status.executor, &argument, printer.style().unicode);
        moves.extend(auto_lines(&status.auto));
        // What is in flight takes room from the nodes.
        shown = NODES_SHOWN.saturating_sub(moves.len() - 1).max(NODES_SHOWN_MIN);
        let moves = moves.iter().map(|line| fitting(line, width));
        for line in summary(&status, &view, &place).into_iter().chain(moves) {
            printer.line(&crate::output::escape_text(&line))?;
        }
        printer.line("")?;
    }
    const COLUMNS: [Column; 7] = [
        Column::text("node"),
        Column::text("zone"),
        Column::text("state"),
        Column::number("leaders"),
        Column::number("replicas"),
        Column::number("bytes"),
        Column::number("full"),
    ];
    let mut rows = printer.rows(&COLUMNS)?;
    // Of a large cluster the screen shows what needs a look: nodes that are not active, then the fullest.
    let hidden = status.nodes.len().saturating_sub(shown);
    let mut nodes: Vec<&NodeLoad> = status.nodes.iter().collect();
    if table && hidden > 0 {
        nodes.sort_by_key(|n| (n.state == Some(NodeState::Active), std::cmp::Reverse(n.bytes)));
        nodes.truncate(shown);
    }
    for node in nodes {
        let full = node.capacity_bytes.filter(|c| *c > 0).map(|c| node.bytes as f64 / c as f64);
        let cells = vec![
            Cell::text(node.node.as_str()),
            Cell::maybe(node.zone.clone()),
            state_cell(node.state),
            Cell::number(node.leaders),
            Cell::number(node.replicas),
            Cell::bytes(node.bytes),
            full.map_or_else(Cell::none, Cell::share),
        ];
        rows.push(Row::new(node.node.as_str(), cells))?;
    }
    rows.finish()?;
    if table && hidden > 0 {
        session.talk().note(&format!("{hidden} more nodes: `otlp-part node list`"));
    }
    match &status.first_corrupt {
        None => Ok(()),
        Some(first) => Err(CliError::Corrupt { count: status.corrupt as usize, first: first.clone() }),
    }
}

/// Nodes shown on the one screen.
const NODES_SHOWN: usize = 12;
/// However much there is to say of moves.
const NODES_SHOWN_MIN: usize = 6;

/// Stands for the zone of nodes that have none.
const NO_ZONE: &str = "no zone";

fn in_brackets(words: &[String]) -> String {
    if words.is_empty() { String::new() } else { format!(" ({})", words.join(", ")) }
}

fn summary(status: &Status, view: &ClusterView, place: &str) -> Vec<String> {
    let spec = &view.spec;
    let mut zones: Vec<String> = Vec::new();
    for node in &status.nodes {
        let zone = node.zone.clone().unwrap_or_else(|| NO_ZONE.to_owned());
        if !zones.contains(&zone) {
            zones.push(zone);
        }
    }
    let by_zone = zones.iter().map(|zone| {
        let of = |n: &&NodeLoad| n.zone.as_deref().unwrap_or(NO_ZONE) == zone;
        format!("{zone} {}", status.nodes.iter().filter(of).count())
    });
    let states: Vec<String> =
        status.by_state.iter().filter(|(_, n)| **n > 0).map(|(state, n)| format!("{state} {n}")).collect();
    let signed = |(node, x): (crate::model::NodeId, f64)| format!("{node} {:+.1} %", x * 100.0);
    let deviation = status.largest_deviation().map_or_else(|| "-".to_owned(), signed);
    let fullest = status.fullest().map_or_else(|| "-".to_owned(), |(n, x)| format!("{n} {:.1} %", x * 100.0));
    let id = if spec.cluster_id.is_empty() { "(no spec recorded)" } else { &spec.cluster_id };
    vec![
        format!("store       {place}, revision {}", status.revision),
        format!("cluster     {id}, replication {}, {}", spec.replication_factor, spec.placement.algorithm.name()),
        format!(
            "nodes       {}{}, {}",
            status.nodes.len(),
            in_brackets(&by_zone.collect::<Vec<_>>()),
            node_states(status)
        ),
        format!("partitions  {}{}{}, {} a copy", status.partitions, in_brackets(&states), split(status), status.bytes),
        format!("buckets     {}", spec.partitioning[spec.partitioning.len() - 1]),
        format!("created     {}", created(status)),
        format!(
            "problems    {} under-replicated, {} leaderless, {} corrupt, {} expired",
            status.under_replicated, status.leaderless, status.corrupt, status.expired
        ),
        format!("balance     deviation {deviation}, fullest {fullest}"),
    ]
}

fn split(status: &Status) -> String {
    if status.split == 0 { String::new() } else { format!(" and {} split", status.split) }
}

/// How far ahead partitions are recorded, in words.
fn created(status: &Status) -> String {
    let holes = match status.holes.len() {
        0 => String::new(),
        n => format!(", {n} {} until {}", if n == 1 { "hole" } else { "holes" }, newest(status)),
    };
    match (status.created_until, status.newest_end) {
        (Some(until), _) => format!("until {until}{holes}"),
        (None, None) => "nothing".to_owned(),
        (None, Some(_)) if !status.holes.is_empty() => format!("not whole now{holes}"),
        (None, Some(newest)) => format!("nothing for now; the newest ended {newest}"),
    }
}

fn newest(status: &Status) -> String {
    status.newest_end.map_or_else(|| "-".to_owned(), |end| end.to_string())
}

/// How many nodes are in each state.
fn node_states(status: &Status) -> String {
    let count = |state| status.nodes.iter().filter(|n| n.state == state).count();
    let known = NodeState::ALL.map(|state| (state.name(), count(Some(state))));
    let all = known.into_iter().chain([("unknown to the cluster", count(None))]);
    all.filter(|(_, n)| *n > 0).map(|(name, n)| format!("{name} {n}")).collect::<Vec<_>>().join(", ")
}

fn hole_json(hole: &Hole) -> Value {
    json!({"from": hole.range.start().to_string(), "to": hole.range.end().to_string(), "missing": hole.missing})
}

fn status_json(status: &Status, view: &ClusterView, (place, argument): (&str, &str)) -> Value {
    let node = |n: &NodeLoad| {
        json!({
            "node": n.node.as_str(), "zone": n.zone, "state": n.state.map(NodeState::name),
            "leaders": n.leaders, "replicas": n.replicas, "bytes": n.bytes, "capacity_bytes": n.capacity_bytes,
        })
    };
    let mut object = json!({
        "schema": "otlp-part/status/v1",
        "store": place,
        "revision": status.revision.0,
        "cluster_id": view.spec.cluster_id,
        "spec_recorded": view.has_spec(),
        "replication_factor": view.spec.replication_factor,
        "partitions": status.partitions,
        "by_state": status.by_state,
        "bytes": status.bytes.0,
        "under_replicated": status.under_replicated,
        "leaderless": status.leaderless,
        "corrupt": status.corrupt,
        "expired": status.expired,
        "split": status.split,
        "created_until": status.created_until.map(|t| t.to_string()),
        "newest_end": status.newest_end.map(|t| t.to_string()),
        "holes": status.holes.iter().map(hole_json).collect::<Vec<_>>(),
        "largest_deviation": status.largest_deviation().map(|(n, x)| json!({"node": n.as_str(), "deviation": x})),
        "fullest": status.fullest().map(|(n, x)| json!({"node": n.as_str(), "full": x})),
        "migrations": status.executor.in_flight(),
        "by_phase": status.executor.by_phase,
        "lock_holder": status.executor.lock.as_ref().map(|lock| &lock.raw),
        "lock": status.executor.lock.as_ref().map(|lock| {
            json!({"user": lock.user, "host": lock.host, "since": lock.since})
        }),
        "auto_rebalance": auto_json(&status.auto, &status.executor),
        "nodes": status.nodes.iter().map(node).collect::<Vec<_>>(),
    });
    if let (Some(object), Value::Object(moves)) = (object.as_object_mut(), moves_json(&status.executor, argument)) {
        object.extend(moves);
    }
    object
}
