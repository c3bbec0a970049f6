//! `node claim`

use clap::Args;

use crate::cli::args::WriteArgs;
use crate::cli::consent;
use crate::cli::data::opener;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::model::NodeId;
use crate::operations::nodes::claim::{Found, look};
use crate::operations::{ClusterView, OperationError};
use crate::ports::storage::{NodeMarker, StorageError, StorageWrite as _};
use crate::storage::AnyStorage;
use crate::storage::places::overlaps;

use super::selector::NodeSelector;

/// Mark the places of nodes' data as theirs, so that data may be moved there
///
/// Writes the file `.otlp-part-node.json` into each node's data URL, which must exist. Without it nothing is read, written or
/// deleted there: an unmounted disk must never look like an empty node. A place that is marked already stays as it is.
#[derive(Debug, Args)]
pub(in crate::cli) struct ClaimArgs {
    #[command(flatten)]
    nodes: NodeSelector,
    /// Claim a place too in which partitions lie without a marker
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    write: WriteArgs,
}

/// A place that is to be marked.
struct Claim {
    store: AnyStorage,
    marker: NodeMarker,
    line: String,
}

pub(super) fn run(session: &mut Session<'_, '_>, args: ClaimArgs) -> Result<(), CliError> {
    let ClaimArgs { nodes, force, write } = args;
    let selection = nodes.read(session)?;
    consent::check(session, &write)?;
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let (view, _) = session.wait(ClusterView::read(&store, &keys, None, &[]))?;
    drop(store);
    if !view.has_spec() {
        let message = "no cluster spec is recorded, so there is no id of the cluster to mark data with";
        return Err(CliError::input_hint(message, "`otlp-part init --adopt` records one"));
    }
    let mut claims = Vec::new();
    for id in &selection.ids(&view)? {
        claims.extend(claim(session, &view, id, force)?);
    }
    if claims.is_empty() {
        session.talk().note("each is marked already");
        return Ok(());
    }
    let lines: Vec<String> = claims.iter().map(|claim| claim.line.clone()).collect();
    if consent::ask(session, &write, &lines)?.is_none() {
        return Ok(());
    }
    for Claim { store, marker, .. } in &claims {
        let made = session.wait(store.create_marker(marker.to_bytes().into()));
        made.map_err(|error| unusable(&marker.node_id, &error))?;
    }
    session.talk().note(&format!("marked {} place(s)", claims.len()));
    Ok(())
}

/// `None` = it is marked already.
fn claim(
    session: &mut Session<'_, '_>,
    view: &ClusterView,
    id: &NodeId,
    force: bool,
) -> Result<Option<Claim>, CliError> {
    let Some((node, _)) = view.nodes.iter().find(|(node, _)| node.id == *id) else {
        return Err(OperationError::NotFound { what: format!("node {id}") }.into());
    };
    let Some(url) = node.data_url.clone() else {
        let hint = format!("`otlp-part node set {id} --data-url URL` records it");
        return Err(CliError::input_hint(format!("node {id} has no data URL"), hint));
    };
    let places = view.nodes.iter().filter_map(|(node, _)| Some((node.id.clone(), node.data_url.clone()?)));
    let found = overlaps(&places.collect::<Vec<_>>()).into_iter().find(|o| o.outer == *id || o.inner == *id);
    if let Some(overlap) = found {
        let message = format!("the data of nodes {} and {} lies in one place", overlap.outer, overlap.inner);
        return Err(CliError::input_hint(
            message,
            "give each node a place of its own: `otlp-part node set --data-url`",
        ));
    }
    let store = opener(session)(&url).map_err(|error| unusable(id, &error))?;
    let marker = NodeMarker { cluster_id: view.spec.cluster_id.clone(), node_id: id.clone() };
    let line = match session.wait(look(&store, &marker)).map_err(|error| unusable(id, &error))? {
        Found::Own => return Ok(None),
        Found::Empty => format!("mark {url} as the data of {marker}"),
        Found::Unclaimed { partitions } if force => {
            format!("mark {url}, where {partitions} partition(s) lie already, as the data of {marker}")
        }
        Found::Unclaimed { partitions } => {
            let message =
                format!("{url} has no marker, but {partitions} partition(s) lie there: perhaps not those of {id}");
            return Err(CliError::input_hint(message, "--force takes them as its own"));
        }
    };
    Ok(Some(Claim { store, marker, line }))
}

fn unusable(id: &NodeId, error: &StorageError) -> CliError {
    let hint = error.hint().unwrap_or("see that the place can be written to");
    CliError::input_hint(format!("data of node {id}: {error}"), hint)
}
