//! Partitions on nodes: by the placement function, or as records have them under changed nodes.

use std::collections::BTreeSet;

use crate::model::{Node, NodeId, NodeState, PartitionId, PartitionState, PlacementAlgorithm};
use crate::operations::OperationError;
use crate::placement::{NodeIndex, Owners, Placer, ZoneBalanced};
use crate::planner::layout::LayoutPartition;
use crate::planner::{Hold, Layout, NodeRole};

use super::population::Population;
use super::setup::Setup;

/// Every node that a layout of the cluster has: those that leave are emptied, so they are still there.
fn layout_nodes(setup: &Setup) -> Vec<Node> {
    let leaving = setup.leaving.iter().map(|node| Node { state: emptied(node.state), ..node.clone() });
    setup.nodes.iter().cloned().chain(leaving).collect()
}

fn emptied(state: NodeState) -> NodeState {
    match state {
        NodeState::Active | NodeState::Cordoned | NodeState::Draining => NodeState::Draining,
        NodeState::Down => NodeState::Down,
    }
}

/// A layout of the cluster without partitions; `strangers` are nodes that records name and the cluster does not know.
fn empty(setup: &Setup, strangers: &[Node]) -> Result<Layout, OperationError> {
    let mut nodes = layout_nodes(setup);
    nodes.extend_from_slice(strangers);
    Ok(Layout::new(&nodes, setup.spec.replication_factor)?)
}

/// The owners of partitions that are created in their order, in a layout's numbers: the placement function, or whole time
/// buckets by zone-balanced placement. Only nodes that take new partitions get any.
fn owners(setup: &Setup, layout: &Layout, ids: &[PartitionId]) -> Result<Vec<Owners>, OperationError> {
    let replicas = setup.spec.replication_factor;
    let owners: Vec<Owners> = match setup.spec.placement.algorithm {
        PlacementAlgorithm::Ring | PlacementAlgorithm::Rendezvous => {
            let placer = Placer::new(&setup.nodes, &setup.spec.placement)?;
            let usable: Vec<bool> = setup.nodes.iter().map(|node| node.state.takes_new_partitions()).collect();
            ids.iter().map(|id| placer.owners_among(*id, replicas, |node| usable[usize::from(node)])).collect()
        }
        PlacementAlgorithm::ZoneBalanced => {
            let mut balanced = ZoneBalanced::new(&setup.nodes, replicas, &[]);
            let buckets = ids.chunk_by(|a, b| a.bucket() == b.bucket());
            buckets.flat_map(|bucket| balanced.place(bucket, &[]).owners).collect()
        }
    };
    // Where nobody leaves, the layout numbers the nodes as the cluster does.
    let numbers: Vec<NodeIndex> = setup.nodes.iter().filter_map(|node| layout.node_index(&node.id)).collect();
    if (0..).zip(&numbers).all(|(at, number): (NodeIndex, _)| at == *number) {
        return Ok(owners);
    }
    let renumbered = |owners: &Owners| {
        let mut renumbered = Owners::default();
        owners.as_slice().iter().for_each(|&node| _ = renumbered.insert(numbers[usize::from(node)]));
        renumbered
    };
    Ok(owners.iter().map(renumbered).collect())
}

/// Every partition where the placement function puts it when it is created.
///
/// # Errors
/// No node can hold anything, or the sizes together are beyond what can be added up.
pub fn placed(setup: &Setup, population: &Population) -> Result<Layout, OperationError> {
    let mut layout = empty(setup, &[])?;
    layout.reserve(population.ids.len());
    let owners = owners(setup, &layout, &population.ids)?;
    for ((&id, &size_bytes), owners) in population.ids.iter().zip(&population.sizes).zip(&owners) {
        let hold = if Some(id.bucket()) == population.open { Hold::Open } else { Hold::Free };
        let (nodes, leader, state) = (owners.as_slice(), owners.leader(), PartitionState::Active);
        layout.push(&LayoutPartition { id, size_bytes, nodes, leader, hold, state, revision: 0, epoch: 0 })?;
    }
    Ok(layout)
}

/// The same partitions on the same nodes in a cluster whose nodes have changed.
///
/// # Errors
/// Never, for a layout of the same cluster.
pub fn kept(layout: &Layout, setup: &Setup) -> Result<Layout, OperationError> {
    let mut after = empty(setup, &strangers(layout, setup))?;
    after.reserve(layout.len());
    let numbers = numbers(layout, &after);
    let number = |node: NodeIndex| numbers[usize::from(node)];
    let mut holders = Vec::new();
    for partition in 0..layout.len() as u32 {
        holders.clear();
        for &node in layout.holders(partition) {
            // Every node of the layout stays, leaves or is a stranger.
            holders
                .push(number(node).ok_or_else(|| OperationError::Invalid("a node went without leaving".to_owned()))?);
        }
        push(&mut after, layout, partition, &holders, layout.leader(partition).and_then(number))?;
    }
    for &(partition, node) in layout.marks() {
        if let Some(node) = number(node) {
            after.mark(partition, node);
        }
    }
    Ok(after)
}

/// The partitions of a layout where the placement function would put them in a changed cluster.
///
/// # Errors
/// No node can hold anything.
pub fn replaced(layout: &Layout, setup: &Setup) -> Result<Layout, OperationError> {
    let mut after = empty(setup, &strangers(layout, setup))?;
    after.reserve(layout.len());
    let owners = owners(setup, &after, layout.ids())?;
    for (partition, owners) in (0..).zip(&owners) {
        push(&mut after, layout, partition, owners.as_slice(), owners.leader())?;
    }
    Ok(after)
}

/// The number of each node of a layout in another one.
#[must_use]
pub fn numbers(from: &Layout, to: &Layout) -> Vec<Option<NodeIndex>> {
    from.nodes().iter().map(|node| to.node_index(&node.id)).collect()
}

/// Nodes of a layout that the cluster does not know: they stand in records, and are lost.
fn strangers(layout: &Layout, setup: &Setup) -> Vec<Node> {
    let known: BTreeSet<NodeId> = layout_nodes(setup).into_iter().map(|node| node.id).collect();
    let lost = layout.nodes().iter().filter(|node| node.role == NodeRole::Lost && !known.contains(&node.id));
    lost.map(|node| Node { state: NodeState::Down, ..Node::new(node.id.clone()) }).collect()
}

fn push(
    after: &mut Layout,
    layout: &Layout,
    partition: u32,
    nodes: &[NodeIndex],
    leader: Option<NodeIndex>,
) -> Result<(), OperationError> {
    let at = partition as usize;
    let partition = LayoutPartition {
        id: layout.ids()[at],
        size_bytes: layout.sizes()[at],
        nodes,
        leader,
        hold: layout.holds()[at],
        state: layout.states()[at],
        revision: layout.revisions()[at],
        epoch: layout.epochs()[at],
    };
    Ok(after.push(&partition)?)
}
