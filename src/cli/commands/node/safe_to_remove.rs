//! `node safe-to-remove`

use clap::Args;
use serde_json::json;

use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::model::NodeId;
use crate::operations::ClusterView;
use crate::operations::nodes::removal::{Obstacle, check};
use crate::output::{Cell, Column, Row, Tone};

use super::ids_in_words;
use super::selector::NodeSelector;

/// Tell whether nodes can be removed together, with every reason against it (exit code 3).
///
/// Looked at are the nodes' states, copies and leaderships, operations in flight, slots, repair marks, copies to be
/// deleted, how many nodes stay and in which zones, and partitions that have no record.
#[derive(Debug, Args)]
pub(in crate::cli) struct SafeToRemoveArgs {
    #[command(flatten)]
    nodes: NodeSelector,
}

const COLUMNS: [Column; 6] = [
    Column::text("node"),
    Column::text("safe"),
    Column::text("reason"),
    Column::number("count").extra(),
    Column::text("message"),
    Column::text("first").extra(),
];

pub(super) fn run(session: &mut Session<'_, '_>, args: SafeToRemoveArgs) -> Result<(), CliError> {
    let SafeToRemoveArgs { nodes } = args;
    let selection = nodes.read(session)?;
    let OpenReader { store, keys, at } = session.open_reader()?;
    let (view, _) = session.wait(ClusterView::read(&store, &keys, at, &[]))?;
    let ids = selection.ids(&view)?;
    let against = session.wait(check(&store, &keys, &view, &ids, session.now()))?;
    drop(store);
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    for id in &ids {
        let own: Vec<&Obstacle> = against.iter().filter(|o| o.node.as_ref() == Some(id)).collect();
        for obstacle in &own {
            rows.push(row(Some(id), Some(obstacle)))?;
        }
        if own.is_empty() {
            rows.push(row(Some(id), None))?;
        }
    }
    for obstacle in against.iter().filter(|o| o.node.is_none()) {
        rows.push(row(None, Some(obstacle)))?;
    }
    rows.finish()?;
    if against.is_empty() {
        let store = session.store_choice()?.argument();
        session.talk().note(&format!("next: otlp-part{store} node remove {}", ids_in_words(&ids)));
        return Ok(());
    }
    let message = format!("{} reason(s) against removing {}", against.len(), ids_in_words(&ids));
    Err(CliError::DoesNotHold { message, hint: None })
}

/// One reason, or that there is none; reasons that concern all nodes together have no node.
fn row(node: Option<&NodeId>, obstacle: Option<&Obstacle>) -> Row {
    let safe = obstacle.is_none();
    let json = json!({
        "schema": "otlp-part/safe-to-remove/v1",
        "node": node.map(NodeId::as_str),
        "safe": safe,
        "reason": obstacle.map(|o| o.reason.name()),
        "count": obstacle.map(|o| o.count),
        "message": obstacle.map(|o| o.message.as_str()),
        "first": obstacle.and_then(|o| o.first.as_deref()),
    });
    let cells = vec![
        node.map_or_else(|| Cell::maybe(None::<String>), |id| Cell::text(id.as_str())),
        Cell::flag(safe).toned(if safe { Tone::Good } else { Tone::Bad }),
        Cell::maybe(obstacle.map(|o| o.reason.name())),
        obstacle.map_or_else(Cell::none, |o| Cell::number(o.count)),
        Cell::maybe(obstacle.map(|o| o.message.clone())),
        Cell::maybe(obstacle.and_then(|o| o.first.clone())),
    ];
    Row::with_json(node.map_or("cluster", NodeId::as_str), cells, json)
}
