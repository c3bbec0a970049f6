//! The cluster as columns: the nodes, and which of them hold each partition.
//!
//! Partitions are numbered in ascending order of their ids, nodes in natural order of theirs, zones by name. Replica lists
//! lie side by side with a fixed stride; unused slots stand at the end and hold [`NO_NODE`].
//!
//! Invariant: ids are strictly ascending, the nodes of one partition distinct, its leader among them, and `replicas × bytes`
//! of all partitions together stays below 2^62, so that sums and products with parts per million cannot overflow in 128 bits
//! and sums cannot in 64.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::cluster_spec::REPLICATION_MAX;
use crate::model::{Node, NodeId, PartitionId, PartitionState, Weight};
use crate::placement::{NODES_MAX, NodeIndex};

use super::roles::{Hold, NodeRole};

/// Number of a zone.
pub type ZoneIndex = u16;

/// Stands in an unused replica slot.
pub const NO_NODE: NodeIndex = NodeIndex::MAX;

/// Stands for "nobody leads" among leader slots.
pub const NO_LEADER: u8 = u8::MAX;

/// The most partitions of a layout.
pub const PARTITIONS_MAX: usize = 1 << 26;

/// All replicas together are smaller than this, bytes.
pub const BYTES_MAX: u64 = 1 << 62;

/// A node of a layout.
#[derive(Clone, Debug, PartialEq)]
pub struct LayoutNode {
    /// Its id.
    pub id: NodeId,
    /// Its weight.
    pub weight: Weight,
    /// Its zone; nodes without an availability zone share the zone "".
    pub zone: ZoneIndex,
    /// How much it can hold, bytes.
    pub capacity_bytes: Option<u64>,
    /// What may be done with it.
    pub role: NodeRole,
}

/// Why something is no layout.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    /// There are no nodes.
    #[error("the cluster has no nodes")]
    NoNodes,
    /// More nodes than indexes.
    #[error("{0} nodes, the most is {NODES_MAX}")]
    TooManyNodes(usize),
    /// More partitions than are planned for.
    #[error("{0} partitions, the most is {PARTITIONS_MAX}")]
    TooManyPartitions(usize),
    /// A node stands there twice.
    #[error("node {0} stands in the cluster twice")]
    DuplicateNode(NodeId),
    /// A partition stands there twice, or out of order.
    #[error("partition {0} stands there twice or out of order")]
    Order(PartitionId),
    /// A partition names a node twice.
    #[error("partition {partition} names node {node} twice")]
    DuplicateReplica {
        /// The partition.
        partition: PartitionId,
        /// The node.
        node: NodeId,
    },
    /// A partition has more replicas than a record may have.
    #[error("partition {0} has {1} replicas, the most is {REPLICATION_MAX}")]
    TooManyReplicas(PartitionId, usize),
    /// Its leader holds no replica.
    #[error("the leader of partition {0} is not among its nodes")]
    ForeignLeader(PartitionId),
    /// All sizes together are beyond what can be added up.
    #[error(
        "partition {0} has {1} bytes; with all others and their replicas that is above 2^62 bytes, which no cluster holds: \
         correct its size_bytes"
    )]
    TooLarge(PartitionId, u64),
    /// `replication_factor` out of range.
    #[error("the replication factor is {0}, it lies between 1 and {REPLICATION_MAX}")]
    ReplicationFactor(u8),
}

/// One partition, as it is added to a layout.
#[derive(Clone, Debug, PartialEq)]
pub struct LayoutPartition<'a> {
    /// Its id.
    pub id: PartitionId,
    /// Bytes of one replica.
    pub size_bytes: u64,
    /// Who holds it, in recorded order.
    pub nodes: &'a [NodeIndex],
    /// Who leads it.
    pub leader: Option<NodeIndex>,
    /// Whether it may be moved.
    pub hold: Hold,
    /// Its recorded state.
    pub state: PartitionState,
    /// `mod_revision` of its record; 0 without a record.
    pub revision: u64,
    /// Its epoch.
    pub epoch: u64,
}

/// Nodes, and which of them hold each partition. A copy of it shares what no move changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    nodes: Vec<LayoutNode>,
    zones: Vec<String>,
    replication_factor: u8,
    stride: usize,
    fixed: Arc<Columns>,
    replicas: Vec<NodeIndex>,
    leaders: Vec<u8>,
    marks: BTreeSet<(u32, NodeIndex)>,
    replica_bytes: u64,
}

/// What no move changes, partition by partition.
#[derive(Clone, Debug, Default, PartialEq)]
struct Columns {
    ids: Vec<PartitionId>,
    sizes: Vec<u64>,
    holds: Vec<Hold>,
    states: Vec<PartitionState>,
    revisions: Vec<u64>,
    epochs: Vec<u64>,
}

impl Layout {
    /// A layout without partitions. `nodes` are sorted here; the role of each follows its state.
    ///
    /// # Errors
    /// No nodes, too many, or one of them twice; the replication factor is out of range.
    pub fn new(nodes: &[Node], replication_factor: u8) -> Result<Self, LayoutError> {
        match nodes.len() {
            0 => return Err(LayoutError::NoNodes),
            n if n > NODES_MAX => return Err(LayoutError::TooManyNodes(n)),
            _ => {}
        }
        if !(1..=REPLICATION_MAX).contains(&replication_factor) {
            return Err(LayoutError::ReplicationFactor(replication_factor));
        }
        let zone_of = |node: &Node| node.location.availability_zone.clone().unwrap_or_default();
        let names: BTreeSet<String> = nodes.iter().map(zone_of).collect();
        let number: BTreeMap<&String, ZoneIndex> = names.iter().zip(0..).collect();
        let mut sorted: Vec<&Node> = nodes.iter().collect();
        sorted.sort_by(|a, b| a.id.cmp(&b.id));
        if let Some(pair) = sorted.windows(2).find(|pair| pair[0].id == pair[1].id) {
            return Err(LayoutError::DuplicateNode(pair[0].id.clone()));
        }
        let layout_node = |node: &&Node| LayoutNode {
            id: node.id.clone(),
            weight: node.weight,
            zone: number.get(&zone_of(node)).copied().unwrap_or_default(),
            capacity_bytes: node.capacity_bytes,
            role: node.state.into(),
        };
        let nodes = sorted.iter().map(layout_node).collect();
        Ok(Self {
            nodes,
            zones: names.into_iter().collect(),
            replication_factor,
            stride: replication_factor.into(),
            fixed: Arc::default(),
            replicas: Vec::new(),
            leaders: Vec::new(),
            marks: BTreeSet::new(),
            replica_bytes: 0,
        })
    }

    /// Makes room for so many partitions.
    pub fn reserve(&mut self, partitions: usize) {
        self.replicas.reserve(partitions * self.stride);
        self.leaders.reserve(partitions);
        let fixed = Arc::make_mut(&mut self.fixed);
        fixed.ids.reserve(partitions);
        fixed.sizes.reserve(partitions);
        fixed.holds.reserve(partitions);
        fixed.states.reserve(partitions);
        fixed.revisions.reserve(partitions);
        fixed.epochs.reserve(partitions);
    }

    /// Adds the partition with the next greater id.
    ///
    /// # Errors
    /// It is out of order, its replicas or leader are not sound, or all together is too large; it is not added then.
    pub fn push(&mut self, partition: &LayoutPartition<'_>) -> Result<(), LayoutError> {
        let LayoutPartition { id, size_bytes, nodes, leader, hold, state, revision, epoch } = *partition;
        if self.fixed.ids.last().is_some_and(|last| *last >= id) {
            return Err(LayoutError::Order(id));
        }
        if self.fixed.ids.len() == PARTITIONS_MAX {
            return Err(LayoutError::TooManyPartitions(self.fixed.ids.len() + 1));
        }
        if nodes.len() > usize::from(REPLICATION_MAX) {
            return Err(LayoutError::TooManyReplicas(id, nodes.len()));
        }
        for (slot, &node) in nodes.iter().enumerate() {
            debug_assert!(usize::from(node) < self.nodes.len());
            if nodes[..slot].contains(&node) {
                let node = self.nodes[usize::from(node)].id.clone();
                return Err(LayoutError::DuplicateReplica { partition: id, node });
            }
        }
        let leader = match leader {
            None => NO_LEADER,
            Some(leader) => match nodes.iter().position(|&node| node == leader) {
                Some(slot) => slot as u8,
                None => return Err(LayoutError::ForeignLeader(id)),
            },
        };
        // Also a partition that lost replicas gets all of them again.
        let copies = nodes.len().max(self.replication_factor.into()) as u64;
        let bytes = size_bytes.checked_mul(copies).and_then(|bytes| bytes.checked_add(self.replica_bytes));
        self.replica_bytes = bytes.filter(|bytes| *bytes < BYTES_MAX).ok_or(LayoutError::TooLarge(id, size_bytes))?;
        if nodes.len() > self.stride {
            self.widen(nodes.len());
        }
        let fixed = Arc::make_mut(&mut self.fixed);
        fixed.ids.push(id);
        fixed.sizes.push(size_bytes);
        fixed.holds.push(hold);
        fixed.states.push(state);
        fixed.revisions.push(revision);
        fixed.epochs.push(epoch);
        self.replicas.extend_from_slice(nodes);
        self.replicas.resize(self.len() * self.stride, NO_NODE);
        self.leaders.push(leader);
        Ok(())
    }

    fn widen(&mut self, stride: usize) {
        let mut wider = Vec::with_capacity((self.fixed.ids.len() + 1) * stride);
        for slots in self.replicas.chunks(self.stride) {
            wider.extend_from_slice(slots);
            wider.resize(wider.len() + stride - self.stride, NO_NODE);
        }
        (self.replicas, self.stride) = (wider, stride);
    }

    /// Says that a listed copy misses something: it is repaired before anything else, and is no source.
    pub fn mark(&mut self, partition: u32, node: NodeIndex) {
        self.marks.insert((partition, node));
    }

    /// Says that a copy is sound again, or gone.
    pub(super) fn unmark(&mut self, partition: u32, node: NodeIndex) {
        if !self.marks.is_empty() {
            self.marks.remove(&(partition, node));
        }
    }

    /// The replica slots of a partition.
    pub(super) fn slots_mut(&mut self, partition: u32) -> &mut [NodeIndex] {
        &mut self.replicas[partition as usize * self.stride..][..self.stride]
    }

    /// Adds a holder at the end; `false` if there are as many as a record may have.
    pub(super) fn append(&mut self, partition: u32, node: NodeIndex) -> bool {
        let count = self.holders(partition).len();
        if count == usize::from(REPLICATION_MAX) {
            return false;
        }
        if count == self.stride {
            self.widen(count + 1);
        }
        self.slots_mut(partition)[count] = node;
        true
    }

    /// Names the slot of the leader, or [`NO_LEADER`].
    pub(super) fn set_leader_slot(&mut self, partition: u32, slot: u8) {
        self.leaders[partition as usize] = slot;
    }

    /// The nodes in natural order of their ids.
    #[must_use]
    pub fn nodes(&self) -> &[LayoutNode] {
        &self.nodes
    }

    /// One node.
    #[must_use]
    pub fn node(&self, node: NodeIndex) -> &LayoutNode {
        &self.nodes[usize::from(node)]
    }

    /// The number of a node.
    #[must_use]
    pub fn node_index(&self, id: &NodeId) -> Option<NodeIndex> {
        self.nodes.binary_search_by(|node| node.id.cmp(id)).ok().map(|at| at as NodeIndex)
    }

    /// Gives a node another role.
    pub fn set_role(&mut self, node: NodeIndex, role: NodeRole) {
        self.nodes[usize::from(node)].role = role;
    }

    /// Names of the zones, in order.
    #[must_use]
    pub fn zones(&self) -> &[String] {
        &self.zones
    }

    /// Replicas that a partition should have.
    #[must_use]
    pub fn replication_factor(&self) -> u8 {
        self.replication_factor
    }

    /// Number of partitions.
    #[must_use]
    pub fn len(&self) -> usize {
        self.fixed.ids.len()
    }

    /// Whether there are no partitions.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fixed.ids.is_empty()
    }

    /// Replica slots per partition in [`Self::replicas`].
    #[must_use]
    pub fn stride(&self) -> usize {
        self.stride
    }

    /// Ids, ascending.
    #[must_use]
    pub fn ids(&self) -> &[PartitionId] {
        &self.fixed.ids
    }

    /// The number of a partition.
    #[must_use]
    pub fn partition_index(&self, id: PartitionId) -> Option<u32> {
        self.fixed.ids.binary_search(&id).ok().map(|at| at as u32)
    }

    /// Bytes of one replica of each partition.
    #[must_use]
    pub fn sizes(&self) -> &[u64] {
        &self.fixed.sizes
    }

    /// All replica slots, [`Self::stride`] for each partition.
    #[must_use]
    pub fn replicas(&self) -> &[NodeIndex] {
        &self.replicas
    }

    /// Adds the replica slots of some partitions to a column, and behind each partition's slots `behind`.
    pub(super) fn gather_rows<const MORE: usize>(
        &self,
        partitions: impl Iterator<Item = u32>,
        behind: [NodeIndex; MORE],
        rows: &mut Vec<NodeIndex>,
    ) {
        match self.stride {
            // So many are copied without a call.
            2 => self.gather_few::<2, MORE>(partitions, behind, rows),
            3 => self.gather_few::<3, MORE>(partitions, behind, rows),
            stride => partitions.for_each(|partition| {
                rows.extend_from_slice(&self.replicas[partition as usize * stride..][..stride]);
                rows.extend_from_slice(&behind);
            }),
        }
    }

    fn gather_few<const STRIDE: usize, const MORE: usize>(
        &self,
        partitions: impl Iterator<Item = u32>,
        behind: [NodeIndex; MORE],
        rows: &mut Vec<NodeIndex>,
    ) {
        let all = self.replicas.as_chunks::<STRIDE>().0;
        partitions.for_each(|partition| {
            rows.extend_from_slice(&all[partition as usize]);
            rows.extend_from_slice(&behind);
        });
    }

    /// Who holds a partition, in recorded order.
    #[must_use]
    pub fn holders(&self, partition: u32) -> &[NodeIndex] {
        let slots = &self.replicas[partition as usize * self.stride..][..self.stride];
        &slots[..slots.iter().position(|&node| node == NO_NODE).unwrap_or(self.stride)]
    }

    /// Who leads a partition.
    #[must_use]
    pub fn leader(&self, partition: u32) -> Option<NodeIndex> {
        self.holders(partition).get(usize::from(self.leaders[partition as usize])).copied()
    }

    /// The slot of each partition's leader, or [`NO_LEADER`].
    #[must_use]
    pub fn leader_slots(&self) -> &[u8] {
        &self.leaders
    }

    /// Whether each partition may be moved.
    #[must_use]
    pub fn holds(&self) -> &[Hold] {
        &self.fixed.holds
    }

    /// Recorded states.
    #[must_use]
    pub fn states(&self) -> &[PartitionState] {
        &self.fixed.states
    }

    /// `mod_revision` of each record.
    #[must_use]
    pub fn revisions(&self) -> &[u64] {
        &self.fixed.revisions
    }

    /// The epoch of each partition.
    #[must_use]
    pub fn epochs(&self) -> &[u64] {
        &self.fixed.epochs
    }

    /// Copies that miss something, by partition and node.
    #[must_use]
    pub fn marks(&self) -> &BTreeSet<(u32, NodeIndex)> {
        &self.marks
    }

    /// Whether a node's copy misses something.
    #[must_use]
    #[inline]
    pub fn is_marked(&self, partition: u32, node: NodeIndex) -> bool {
        !self.marks.is_empty() && self.marks.contains(&(partition, node))
    }

    /// The most replicas of one partition in one zone: `ceil(RF / live zones)`, live being those with a node that stays.
    #[must_use]
    pub fn zone_replicas_max(&self) -> u8 {
        let live: BTreeSet<ZoneIndex> =
            self.nodes.iter().filter(|node| node.role.stays()).map(|node| node.zone).collect();
        self.replication_factor.div_ceil((live.len().clamp(1, usize::from(u8::MAX))) as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Location, TimeBucket};

    fn nodes(zones: &[&str]) -> Vec<Node> {
        let node = |(n, zone): (usize, &&str)| {
            let mut node = Node::new(NodeId::parse(&format!("n{n}")).unwrap());
            node.location = Location::parse(&format!("az={zone}")).unwrap();
            node
        };
        zones.iter().enumerate().map(node).collect()
    }

    fn partition(index: u32, nodes: &[NodeIndex]) -> LayoutPartition<'_> {
        LayoutPartition {
            id: PartitionId::new(TimeBucket::new(489_542), index).unwrap(),
            size_bytes: 7,
            nodes,
            leader: nodes.first().copied(),
            hold: Hold::Free,
            state: PartitionState::Active,
            revision: 1,
            epoch: 0,
        }
    }

    #[test]
    fn a_longer_record_widens_the_layout() {
        let mut layout = Layout::new(&nodes(&["b", "a", "b", "c"]), 2).unwrap();
        layout.push(&partition(0, &[1])).unwrap();
        layout.push(&partition(1, &[3, 0, 2])).unwrap();
        layout.push(&partition(2, &[])).unwrap();
        assert_eq!((layout.holders(0), layout.holders(1), layout.holders(2)), (&[1][..], &[3, 0, 2][..], &[][..]));
        assert_eq!((layout.leader(0), layout.leader(1), layout.leader(2)), (Some(1), Some(3), None));
        assert_eq!((layout.zones(), layout.node(1).zone), (&["a", "b", "c"].map(String::from)[..], 0));
        assert_eq!(layout.zone_replicas_max(), 1);
        layout.set_role(1, NodeRole::Lost);
        layout.set_role(3, NodeRole::Draining);
        assert_eq!(layout.zone_replicas_max(), 2, "one live zone is left");
    }

    #[test]
    fn what_is_not_sound_is_not_added() {
        let mut layout = Layout::new(&nodes(&["a", "b"]), 2).unwrap();
        layout.push(&partition(1, &[0, 1])).unwrap();
        let error = |layout: &mut Layout, p: LayoutPartition<'_>| layout.push(&p).unwrap_err();
        assert!(matches!(error(&mut layout, partition(1, &[0])), LayoutError::Order(_)));
        assert!(matches!(error(&mut layout, partition(2, &[0, 0])), LayoutError::DuplicateReplica { .. }));
        let stranger = LayoutPartition { leader: Some(1), ..partition(2, &[0]) };
        assert!(matches!(error(&mut layout, stranger), LayoutError::ForeignLeader(_)));
        for size_bytes in [1 << 61, 1 << 63, u64::MAX] {
            let huge = LayoutPartition { size_bytes, ..partition(2, &[0]) };
            assert!(matches!(error(&mut layout, huge), LayoutError::TooLarge(_, _)));
        }
        assert_eq!(layout.len(), 1);
        assert!(matches!(Layout::new(&[], 3), Err(LayoutError::NoNodes)));
        assert!(matches!(Layout::new(&nodes(&["a"]), 0), Err(LayoutError::ReplicationFactor(0))));
    }
}
