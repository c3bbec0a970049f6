//! What must hold before the first write of an execution.

use std::collections::{BTreeMap, BTreeSet};

use super::agenda::Agenda;
use super::places::Places;
use crate::model::{Node, NodeId};
use crate::operations::{ClusterView, OperationError};
use crate::ports::storage::{StorageError, StorageRead};
use crate::storage::places::{Overlap, overlaps};

fn refused(reason: String) -> OperationError {
    refused_to("execute", reason)
}

fn refused_to(what: &str, reason: String) -> OperationError {
    OperationError::Refused { refused: format!("refused to {what}"), reason, forceable: false }
}

/// Checks that moves may be executed on this cluster at all: whose data this is must be beyond doubt.
///
/// # Errors
/// Others write to it by rules of their own, or two nodes have their data in one place.
pub fn check_cluster(view: &ClusterView) -> Result<(), OperationError> {
    check_writers(view, "execute")
}

/// Checks the same for something else, "repair", that changes data.
///
/// # Errors
/// As [`check_cluster`].
pub fn check_writers(view: &ClusterView, what: &str) -> Result<(), OperationError> {
    let refused = |reason| refused_to(what, reason);
    if !view.has_spec() {
        return Err(refused(
            "no cluster spec is recorded, so nobody knows whether others write to it; `otlp-part init --adopt` records one"
                .to_owned(),
        ));
    }
    if view.spec.foreign_writers {
        return Err(refused(
            "foreign_writers is true in the cluster spec: writers that do not hold back while a partition is migrating would \
             lose data. `otlp-part cluster set foreign_writers=false` says that there are none"
                .to_owned(),
        ));
    }
    let urls: Vec<(NodeId, String)> =
        view.nodes.iter().filter_map(|(node, _)| Some((node.id.clone(), node.data_url.clone()?))).collect();
    match overlaps(&urls).first() {
        None => Ok(()),
        Some(Overlap { outer, inner, is_same: true }) => Err(refused(format!(
            "nodes {outer} and {inner} have their data in one place; `otlp-part node set` mends it"
        ))),
        Some(Overlap { outer, inner, is_same: false }) => {
            Err(refused(format!("the data of node {inner} lies within that of {outer}; `otlp-part node set` mends it")))
        }
    }
}

/// Checks that every node that is to get data takes it: a marked place that answers.
///
/// # Errors
/// The first that does not, with what mends it.
pub async fn check_targets<S: StorageRead>(
    view: &ClusterView,
    agenda: &Agenda,
    places: &Places<'_, S>,
) -> Result<(), OperationError> {
    let nodes: BTreeMap<NodeId, Node> = view.nodes.iter().map(|(node, _)| (node.id.clone(), node.clone())).collect();
    let copies = agenda.chains.iter().flat_map(|chain| &chain.moves).filter(|m| m.copy_from.is_some() || m.bytes > 0);
    let targets: BTreeSet<&NodeId> = copies.filter_map(|m| m.to.as_ref()).collect();
    for target in targets {
        if let Err(error) = places.of(target, &nodes).await {
            if let StorageError::NoUrl { .. } = &error {
                return Err(refused(error.to_string()));
            }
            let hint = error.hint().map(|hint| format!(" ({hint})")).unwrap_or_default();
            return Err(refused(format!("node {target} cannot take data: {error}{hint}")));
        }
    }
    Ok(())
}
