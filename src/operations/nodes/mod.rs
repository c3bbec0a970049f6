//! Changes of nodes: added, edited, failed, removed.

pub mod claim;
pub mod fail;
#[cfg(test)]
mod faulty;
pub mod holdings;
pub mod removal;

use crate::model::{Document, Location, Node, NodeId, NodeState, Weight};
use crate::ports::Keys;
use crate::ports::codec::set_node;

use super::change::{ChangeSet, KeyChange};
use super::{ClusterView, OperationError};

/// Fields of a node to change; `None` leaves a field alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NodeEdit {
    /// New weight.
    pub weight: Option<Weight>,
    /// New capacity.
    pub capacity_bytes: Option<u64>,
    /// Parts of a new location; parts that are not given stay.
    pub location: Option<Location>,
    /// New state.
    pub state: Option<NodeState>,
    /// New data URL.
    pub data_url: Option<String>,
}

impl NodeEdit {
    /// The node with these fields changed.
    #[must_use]
    pub fn applied_to(&self, node: &Node) -> Node {
        let mut node = node.clone();
        node.weight = self.weight.unwrap_or(node.weight);
        node.capacity_bytes = self.capacity_bytes.or(node.capacity_bytes);
        node.state = self.state.unwrap_or(node.state);
        if let Some(location) = &self.location {
            node.location = Location {
                region: location.region.clone().or(node.location.region),
                availability_zone: location.availability_zone.clone().or(node.location.availability_zone),
                data_center: location.data_center.clone().or(node.location.data_center),
            };
        }
        node.data_url = self.data_url.clone().or(node.data_url);
        node
    }

    /// Whether nothing is to change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// New nodes.
///
/// # Errors
/// One exists already.
pub fn add(view: &ClusterView, keys: &Keys, nodes: &[Node]) -> Result<ChangeSet, OperationError> {
    let named_by_records = view.nodes.iter().filter(|(_, entry)| entry.is_none()).map(|(node, _)| &node.id);
    let forgotten: Vec<&NodeId> = named_by_records.filter(|id| nodes.iter().all(|node| node.id != **id)).collect();
    if !forgotten.is_empty() {
        return Err(OperationError::Refused {
            refused: format!("not adding {}", names(nodes.iter().map(|n| &n.id))),
            reason: format!(
                "no node is recorded yet, and the first recorded ones are the whole cluster: add {} with it",
                names(forgotten.into_iter())
            ),
            forceable: false,
        });
    }
    let mut changes = Vec::new();
    for node in nodes {
        let recorded = view.nodes.iter().any(|(n, entry)| n.id == node.id && entry.is_some());
        if recorded || view.corrupt.iter().any(|c| c.key == keys.node(&node.id)) {
            return Err(OperationError::Exists { what: format!("node {}", node.id) });
        }
        if nodes.iter().filter(|n| n.id == node.id).count() > 1 {
            return Err(OperationError::Invalid(format!("node {} is given twice", node.id)));
        }
        let mut document = Document::default();
        set_node(&mut document, None, node).map_err(OperationError::Invalid)?;
        changes.push(KeyChange::create(format!("node {}", node.id), keys.node(&node.id), &document));
    }
    Ok(ChangeSet::single(format!("add {}", names(nodes.iter().map(|n| &n.id))), changes))
}

/// Nodes in a new state; `verb` says what is done: "cordon".
///
/// # Errors
/// As [`set`].
pub fn set_state(
    view: &ClusterView,
    keys: &Keys,
    ids: &[NodeId],
    next: NodeState,
    verb: &str,
) -> Result<ChangeSet, OperationError> {
    let edit = NodeEdit { state: Some(next), ..NodeEdit::default() };
    let change = set(view, keys, ids, &edit)?;
    Ok(ChangeSet { summary: format!("{verb} {}", names(ids.iter())), ..change })
}

/// Changed nodes.
///
/// # Errors
/// One does not exist or is corrupt, or its state does not become the new one by an operator's word.
pub fn set(view: &ClusterView, keys: &Keys, ids: &[NodeId], edit: &NodeEdit) -> Result<ChangeSet, OperationError> {
    let mut changes = Vec::new();
    for id in ids {
        let (node, entry) = view.node(keys, id)?;
        if let Some(next) = edit.state.filter(|next| !node.state.can_become(*next)) {
            return Err(OperationError::Refused {
                refused: format!("not making node {id} {}", next.name()),
                reason: format!(
                    "it is {}, and nothing but `node activate` says that it is up again",
                    node.state.name()
                ),
                forceable: false,
            });
        }
        let before = Document::parse(&entry.value)
            .map_err(|e| OperationError::Corrupt { key: entry.key.clone(), reason: e.to_string() })?;
        let mut after = before.clone();
        set_node(&mut after, Some(node), &edit.applied_to(node))
            .map_err(|reason| OperationError::Corrupt { key: entry.key.clone(), reason })?;
        changes.extend(KeyChange::update(format!("node {id}"), entry, &before, &after));
    }
    Ok(ChangeSet::single(format!("change {}", names(ids.iter())), changes))
}

/// "node a", "nodes a, b".
pub(super) fn names<'a>(ids: impl Iterator<Item = &'a NodeId>) -> String {
    let ids: Vec<&str> = ids.map(NodeId::as_str).collect();
    let word = if ids.len() == 1 { "node" } else { "nodes" };
    format!("{word} {}", ids.join(", "))
}
