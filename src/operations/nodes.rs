//! Changes of nodes.

use std::ops::ControlFlow;

use crate::model::{
    Document, Location, Node, NodeId, NodeState, PartitionId, PartitionRecord, PlacementAlgorithm, Weight,
};
use crate::ports::codec::set_node;
use crate::ports::metadata::{Entry, KeyRange};
use crate::ports::{Keys, MetadataRead};

use super::change::{ChangeSet, Group, KeyChange};
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

    /// Whether the placement function takes something of it into account: weights, and zones but for the ring.
    #[must_use]
    pub fn changes_placement(&self, algorithm: PlacementAlgorithm) -> bool {
        self.weight.is_some() || (self.location.is_some() && algorithm != PlacementAlgorithm::Ring)
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

/// Changed nodes.
///
/// # Errors
/// One does not exist or is corrupt.
pub fn set(view: &ClusterView, keys: &Keys, ids: &[NodeId], edit: &NodeEdit) -> Result<ChangeSet, OperationError> {
    let mut changes = Vec::new();
    for id in ids {
        let (node, entry) = view.node(keys, id)?;
        let before = Document::parse(&entry.value)
            .map_err(|e| OperationError::Corrupt { key: entry.key.clone(), reason: e.to_string() })?;
        let mut after = before.clone();
        set_node(&mut after, Some(node), &edit.applied_to(node))
            .map_err(|reason| OperationError::Corrupt { key: entry.key.clone(), reason })?;
        changes.extend(KeyChange::update(format!("node {id}"), entry, &before, &after));
    }
    Ok(ChangeSet::single(format!("change {}", names(ids.iter())), changes))
}

/// Removed nodes.
///
/// # Errors
/// One does not exist; or it still holds a partition or is the last one, and `force` is not given.
pub async fn remove<S: MetadataRead>(
    store: &S,
    view: &ClusterView,
    keys: &Keys,
    ids: &[NodeId],
    force: bool,
) -> Result<ChangeSet, OperationError> {
    let mut group = Group::default();
    for id in ids {
        let (_, entry) = view.node(keys, id)?;
        group.changes.push(KeyChange::delete(format!("node {id}"), entry));
    }
    let refused = |reason: String, forceable| OperationError::Refused {
        refused: format!("not removing {}", names(ids.iter())),
        reason,
        forceable,
    };
    if view.nodes.iter().all(|(node, _)| ids.contains(&node.id)) {
        return Err(refused("no node would be left".to_owned(), false));
    }
    if !force {
        let held = partitions_on(store, view, keys, ids).await?;
        if held.count > 0 {
            let first = held.first.map(|id| format!(", {id} the first of them")).unwrap_or_default();
            return Err(refused(format!("{} partition records name it{first}", held.count), true));
        }
        if held.corrupt > 0 {
            let reason =
                format!("{} partition records cannot be read, so nobody knows whether they name it", held.corrupt);
            return Err(refused(reason, true));
        }
    }
    // One node that stays must still be there, so that two removals cannot take the last ones.
    let stays = view.nodes.iter().map(|(node, _)| node.id.clone()).find(|id| !ids.contains(id));
    group.guards = view.node_guards(keys, stays.as_slice());
    Ok(ChangeSet { summary: format!("remove {}", names(ids.iter())), groups: vec![group], ..ChangeSet::default() })
}

struct Held {
    count: u64,
    corrupt: u64,
    first: Option<PartitionId>,
}

async fn partitions_on<S: MetadataRead>(
    store: &S,
    view: &ClusterView,
    keys: &Keys,
    ids: &[NodeId],
) -> Result<Held, OperationError> {
    let mut held = Held { count: 0, corrupt: 0, first: None };
    let mut visit = |entry: &Entry| {
        let id = keys.name("partitions", &entry.key).and_then(|name| PartitionId::parse(name).ok());
        match id.and_then(|id| PartitionRecord::parse(id, &entry.value).ok()) {
            Some(record) if record.nodes.iter().any(|node| ids.contains(node)) => {
                held.count += 1;
                held.first = held.first.map_or(Some(record.id), |first| Some(first.min(record.id)));
            }
            Some(_) => {}
            None => held.corrupt += 1,
        }
        ControlFlow::Continue(())
    };
    let range: KeyRange = keys.partitions();
    store.scan(&range, Some(view.revision), &mut visit).await?;
    Ok(held)
}

fn names<'a>(ids: impl Iterator<Item = &'a NodeId>) -> String {
    let ids: Vec<&str> = ids.map(NodeId::as_str).collect();
    let word = if ids.len() == 1 { "node" } else { "nodes" };
    format!("{word} {}", ids.join(", "))
}

/// In a cluster that other programs write to, partitions without a record are found by the placement function alone; a
/// change of ids or weights would re-route them. Refuses that unless forced.
///
/// # Errors
/// The cluster has foreign writers, or was not adopted yet, and the change is not forced.
pub fn check_reroute(view: &ClusterView, what: &str, force: bool) -> Result<(), OperationError> {
    // Without a spec the cluster was not adopted yet: its records were written by somebody else.
    if (view.spec.foreign_writers || !view.has_spec()) && !force {
        return Err(OperationError::Refused {
            refused: format!("not {what}"),
            reason:
                "other programs write to this cluster, and its partitions without a record would be routed elsewhere; \
                     record them with `partition create` first"
                    .to_owned(),
            forceable: true,
        });
    }
    Ok(())
}
