//! Cluster spec, nodes and placement function together.

use crate::model::{ClusterSpec, Node, NodeId, NodeState, PartitionId};
use crate::placement::{NodeIndex, Owners, PlacementError, Placer};

/// What routing needs to know of a cluster.
#[derive(Clone, Debug)]
pub struct Topology {
    spec: ClusterSpec,
    nodes: Vec<Node>,
    placer: Placer,
}

impl Topology {
    /// From a spec and its nodes, in any order.
    ///
    /// # Errors
    /// The cluster has no nodes, too many, or none that can own anything.
    pub fn new(spec: ClusterSpec, mut nodes: Vec<Node>) -> Result<Self, PlacementError> {
        nodes.sort_by(|a, b| a.id.cmp(&b.id));
        nodes.dedup_by(|a, b| a.id == b.id);
        let placer = Placer::new(&nodes, &spec.placement)?;
        Ok(Self { spec, nodes, placer })
    }

    /// The spec.
    #[must_use]
    pub fn spec(&self) -> &ClusterSpec {
        &self.spec
    }

    /// The nodes in natural order of their ids.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The placement function.
    #[must_use]
    pub fn placer(&self) -> &Placer {
        &self.placer
    }

    /// The node with this id.
    #[must_use]
    pub fn node(&self, id: &NodeId) -> Option<&Node> {
        self.nodes.binary_search_by(|node| node.id.cmp(id)).ok().map(|at| &self.nodes[at])
    }

    /// The state of a node; `None` if the cluster does not know it.
    #[must_use]
    pub fn state(&self, id: &NodeId) -> Option<NodeState> {
        self.node(id).map(|node| node.state)
    }

    /// The owners that the placement function gives, whatever the nodes' states.
    #[must_use]
    pub fn placed_owners(&self, id: PartitionId) -> Vec<NodeId> {
        self.names(self.placer.owners(id, self.spec.replication_factor))
    }

    /// The owners of a partition that is created now: cordoned, draining and down nodes are skipped.
    #[must_use]
    pub fn owners_for_creation(&self, id: PartitionId) -> Vec<NodeId> {
        let usable = |n: NodeIndex| self.nodes[usize::from(n)].state.takes_new_partitions();
        self.names(self.placer.owners_among(id, self.spec.replication_factor, usable))
    }

    /// Node ids for indexes.
    #[must_use]
    pub fn names(&self, owners: Owners) -> Vec<NodeId> {
        owners.as_slice().iter().map(|&n| self.nodes[usize::from(n)].id.clone()).collect()
    }
}
