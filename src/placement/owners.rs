//! A short list of nodes, without allocation.

use crate::model::cluster_spec::REPLICATION_MAX;

/// A node by its place in the cluster's sorted node list.
pub type NodeIndex = u16;

/// Distinct nodes in order, at most [`REPLICATION_MAX`]; the first leads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Owners {
    nodes: [NodeIndex; REPLICATION_MAX as usize],
    len: u8,
}

impl Default for Owners {
    fn default() -> Self {
        Self { nodes: [0; REPLICATION_MAX as usize], len: 0 }
    }
}

impl Owners {
    /// The nodes in order.
    #[inline]
    #[must_use]
    pub fn as_slice(&self) -> &[NodeIndex] {
        &self.nodes[..usize::from(self.len)]
    }

    /// The first node.
    #[must_use]
    pub fn leader(&self) -> Option<NodeIndex> {
        self.as_slice().first().copied()
    }

    /// Adds a node unless it is there; says whether it was added.
    #[inline]
    pub fn insert(&mut self, node: NodeIndex) -> bool {
        if self.as_slice().contains(&node) || self.len == REPLICATION_MAX {
            return false;
        }
        self.nodes[usize::from(self.len)] = node;
        self.len += 1;
        true
    }
}

impl std::fmt::Debug for Owners {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.as_slice().fmt(f)
    }
}
