//! Partitions on nodes: by the placement function, or as records have them under changed nodes.

use std::collections::BTreeSet;

use crate::model::{Node, NodeId, NodeState, PartitionId, PartitionState};
use crate::operations::OperationError;
use crate::placement::{NodeIndex, Owners, Placer};
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

/// The placement function of a cluster over the nodes that take new partitions, in a layout's numbers.
struct Placement {
    placer: Placer,
    usable: Vec<bool>,
    /// For each node of the placement function its number in the layout.
    numbers: Vec<NodeIndex>,
    replicas: u8,
}

impl Placement {
    fn new(setup: &Setup, layout: &Layout) -> Result<Self, OperationError> {
        let placer = Placer::new(&setup.nodes, &setup.spec.placement)?;
        let usable = setup.nodes.iter().map(|node| node.state.takes_new_partitions()).collect();
        let numbers = setup.nodes.iter().filter_map(|node| layout.node_index(&node.id)).collect();
        Ok(Self { placer, usable, numbers, replicas: setup.spec.replication_factor })
    }

    fn holders(&self, id: PartitionId, into: &mut Vec<NodeIndex>) {
        let owners: Owners = self.placer.owners_among(id, self.replicas, |node| self.usable[usize::from(node)]);
        into.clear();
        into.extend(owners.as_slice().iter().map(|&node| self.numbers[usize::from(node)]));
    }
}

/// Every partition where the placement function puts it when it is created.
///
/// # Errors
/// No node can hold anything, or the sizes together are beyond what can be added up.
pub fn placed(setup: &Setup, population: &Population) -> Result<Layout, OperationError> {
    let mut layout = empty(setup, &[])?;
    layout.reserve(population.ids.len());
    let placement = Placement::new(setup, &layout)?;
    let mut holders = Vec::new();
    for (&id, &size_bytes) in population.ids.iter().zip(&population.sizes) {
        placement.holders(id, &mut holders);
        let hold = if Some(id.bucket()) == population.open { Hold::Open } else { Hold::Free };
        let leader = holders.first().copied();
        let state = PartitionState::Active;
        let partition = LayoutPartition { id, size_bytes, nodes: &holders, leader, hold, state, revision: 0, epoch: 0 };
        layout.push(&partition)?;
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
    let strangers = strangers(layout, setup);
    let fresh = empty(setup, &strangers)?;
    let placement = Placement::new(setup, &fresh)?;
    let mut placed = Vec::new();
    let mut after = fresh;
    after.reserve(layout.len());
    for partition in 0..layout.len() as u32 {
        placement.holders(layout.ids()[partition as usize], &mut placed);
        push(&mut after, layout, partition, &placed, placed.first().copied())?;
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
