//! What a search does not change: sizes, where every copy was, what each node may and should hold.

use crate::placement::NodeIndex;

use super::super::census::{Census, is_movable};
use super::super::layout::{Layout, ZoneIndex};
use super::super::plan::NodeTarget;
use super::super::roles::NodeRole;

/// More replicas than this are not searched: with many of them the flow is as good, and sooner there.
pub(super) const REPLICAS_MAX: usize = 1024;

/// Sums of costs stay in 64 bits below this.
const BYTES_MAX: u64 = 1 << 56;

/// A small cluster as columns. Partitions are numbered among those that are searched.
pub(super) struct Instance {
    /// The number of each in the layout.
    pub(super) partitions: Vec<u32>,
    /// Bytes of one copy of each.
    pub(super) sizes: Vec<i64>,
    /// Copies of each.
    pub(super) copies: usize,
    /// Who holds each at the start, [`Self::copies`] for each.
    pub(super) origin: Vec<NodeIndex>,
    pub(super) zone_of: Vec<ZoneIndex>,
    pub(super) zone_max: usize,
    /// Bytes of each node at the start.
    pub(super) start: Vec<i64>,
    pub(super) low: Vec<i64>,
    pub(super) high: Vec<i64>,
    /// What fits on each node.
    pub(super) capacity: Vec<i64>,
    pub(super) roles: Vec<NodeRole>,
    /// The nodes that may receive.
    pub(super) receivers: Vec<NodeIndex>,
}

impl Instance {
    /// None if the cluster is too large, or if there is more to do than to move replicas, or nothing to choose from.
    pub(super) fn new(layout: &Layout, census: &Census, bands: &[NodeTarget]) -> Option<Self> {
        if layout.replicas().len() > REPLICAS_MAX || census.total_bytes >= BYTES_MAX {
            return None;
        }
        let copies = usize::from(layout.replication_factor());
        let nodes = layout.nodes();
        let signed = |bytes: u64| i64::try_from(bytes).unwrap_or(i64::MAX);
        let mut instance = Self {
            partitions: Vec::new(),
            sizes: Vec::new(),
            copies,
            origin: Vec::new(),
            zone_of: nodes.iter().map(|node| node.zone).collect(),
            zone_max: layout.zone_replicas_max().into(),
            start: census.loads.iter().map(|load| signed(load.bytes)).collect(),
            low: bands.iter().map(|band| signed(band.low)).collect(),
            high: bands.iter().map(|band| signed(band.high)).collect(),
            capacity: nodes.iter().map(|node| node.capacity_bytes.map_or(i64::MAX, signed)).collect(),
            roles: nodes.iter().map(|node| node.role).collect(),
            receivers: (0..).zip(nodes).filter(|(_, node)| node.role.receives()).map(|(n, _)| n).collect(),
        };
        for partition in 0..layout.len() as u32 {
            let size = layout.sizes()[partition as usize];
            if size == 0 || !is_movable(layout, partition) {
                continue;
            }
            let holders = layout.holders(partition);
            if holders.len() != copies || !holders.iter().all(|&node| layout.node(node).role.is_readable()) {
                return None;
            }
            instance.partitions.push(partition);
            instance.sizes.push(signed(size));
            instance.origin.extend_from_slice(holders);
        }
        (!instance.sizes.is_empty() && instance.receivers.len() > 1).then_some(instance)
    }

    pub(super) fn origin(&self, partition: usize) -> &[NodeIndex] {
        &self.origin[partition * self.copies..][..self.copies]
    }

    /// Whether a node did not hold the partition of a slot at the start.
    #[inline]
    pub(super) fn is_new(&self, slot: usize, node: NodeIndex) -> bool {
        let end = (slot / self.copies + 1) * self.copies;
        let mut at = end - self.copies;
        while at < end {
            if self.origin[at] == node {
                return false;
            }
            at += 1;
        }
        true
    }

    /// Bytes by which a load is outside the node's band.
    #[inline]
    pub(super) fn outside(&self, node: usize, load: i64) -> i64 {
        let (low, high) = (self.low[node], self.high[node]);
        if load > high {
            load - high
        } else if load < low {
            low - load
        } else {
            0
        }
    }

    /// The most that a node may hold on the way.
    pub(super) fn limit(&self, node: usize) -> i64 {
        self.start[node].max(self.high[node])
    }
}
