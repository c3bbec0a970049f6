//! The cluster on paper: nodes and partitions by id, with what the plan's settings make of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{NodeId, PartitionId};
use crate::planner::document::{PlanDocument, SettingsDocument};
use crate::planner::layout::{Hold, Layout, NodeRole};
use crate::planner::plan::UnplannedReason;

use super::Finding;

/// A node.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    pub(super) role: NodeRole,
    pub(super) zone: &'a str,
    pub(super) weight: f64,
    pub(super) capacity: Option<u64>,
    /// Bytes before the first move.
    pub(super) bytes: u64,
    /// Partitions that it leads before the first move.
    pub(super) leaders: u64,
    /// The upper edge of its band as the plan states it.
    pub(super) high: u64,
}

/// A partition.
#[derive(Clone, Debug)]
pub(super) struct Partition<'a> {
    pub(super) nodes: Vec<&'a NodeId>,
    pub(super) leader: Option<&'a NodeId>,
    /// Holders whose copies miss something.
    pub(super) marked: BTreeSet<&'a NodeId>,
    pub(super) bytes: u64,
    pub(super) hold: Hold,
}

/// The cluster before the first move.
pub(super) struct Paper<'a> {
    pub(super) layout: &'a Layout,
    pub(super) nodes: BTreeMap<&'a NodeId, Node<'a>>,
    pub(super) settings: &'a SettingsDocument,
    excluded: BTreeSet<PartitionId>,
    marks: BTreeMap<u32, BTreeSet<&'a NodeId>>,
    /// What the plan says of partitions that it leaves as they are.
    pub(super) explained_partitions: BTreeSet<PartitionId>,
    /// And of nodes.
    pub(super) explained_nodes: BTreeMap<&'a NodeId, BTreeSet<UnplannedReason>>,
    /// And of neither: `--max-bytes` is reached, much is down, ….
    pub(super) explained_all: BTreeSet<UnplannedReason>,
    /// Copies of a partition that one zone may hold.
    pub(super) zone_most: u8,
}

impl<'a> Paper<'a> {
    pub(super) fn new(layout: &'a Layout, plan: &'a PlanDocument, findings: &mut Vec<Finding>) -> Self {
        let settings = &plan.settings;
        let mut nodes: BTreeMap<&NodeId, Node<'a>> = BTreeMap::new();
        for node in layout.nodes() {
            let role = if node.role == NodeRole::Lost {
                NodeRole::Lost
            } else if settings.drain.contains(&node.id) {
                NodeRole::Draining
            } else if node.role != NodeRole::Draining && settings.exclude_nodes.contains(&node.id) {
                NodeRole::Fixed
            } else {
                node.role
            };
            let (zone, weight) = (layout.zones()[usize::from(node.zone)].as_str(), node.weight.as_f64());
            let capacity = node.capacity_bytes;
            nodes.insert(&node.id, Node { role, zone, weight, capacity, bytes: 0, leaders: 0, high: 0 });
        }
        for entry in &plan.nodes {
            if let Some(node) = nodes.get_mut(&entry.node) {
                node.high = entry.high_bytes;
            }
        }
        let live: BTreeSet<&str> = nodes.values().filter(|node| stays(node.role)).map(|node| node.zone).collect();
        let zone_most = usize::from(layout.replication_factor()).div_ceil(live.len().max(1)) as u8;
        let mut marks: BTreeMap<u32, BTreeSet<&NodeId>> = BTreeMap::new();
        for (partition, node) in layout.marks() {
            marks.entry(*partition).or_default().insert(&layout.node(*node).id);
        }
        let mut paper = Self {
            layout,
            nodes,
            settings,
            excluded: settings.exclude_partitions.iter().copied().collect(),
            marks,
            explained_partitions: BTreeSet::new(),
            explained_nodes: BTreeMap::new(),
            explained_all: BTreeSet::new(),
            zone_most,
        };
        paper.count();
        paper.read_unplanned(plan, findings);
        paper
    }

    fn count(&mut self) {
        let (mut bytes, mut leaders) = (BTreeMap::new(), BTreeMap::new());
        for partition in 0..self.layout.len() as u32 {
            for &node in self.layout.holders(partition) {
                *bytes.entry(node).or_insert(0) += self.layout.sizes()[partition as usize];
            }
            if let Some(leader) = self.layout.leader(partition) {
                *leaders.entry(leader).or_insert(0) += 1;
            }
        }
        for (at, node) in (0..).zip(self.layout.nodes()) {
            if let Some(on_paper) = self.nodes.get_mut(&node.id) {
                on_paper.bytes = bytes.get(&at).copied().unwrap_or(0);
                on_paper.leaders = leaders.get(&at).copied().unwrap_or(0);
            }
        }
    }

    fn read_unplanned(&mut self, plan: &'a PlanDocument, findings: &mut Vec<Finding>) {
        for (at, left) in plan.unplanned.iter().enumerate() {
            let place = || format!("entry {at} of unplanned");
            if let Some(partition) = left.partition {
                if self.layout.partition_index(partition).is_none() {
                    findings.push(Finding::UnknownPartition { place: place(), partition });
                }
                self.explained_partitions.insert(partition);
            }
            if let Some(node) = &left.node {
                if !self.nodes.contains_key(node) {
                    findings.push(Finding::UnknownNode { place: place(), node: node.clone() });
                }
                self.explained_nodes.entry(node).or_default().insert(left.reason);
            }
            if left.partition.is_none() && left.node.is_none() {
                self.explained_all.insert(left.reason);
            }
        }
    }

    /// One partition, by its number.
    pub(super) fn partition(&self, number: u32) -> Partition<'a> {
        let layout = self.layout;
        let id = layout.ids()[number as usize];
        let recorded = layout.holds()[number as usize];
        let hold = if self.excluded.contains(&id) {
            Hold::Excluded
        } else if recorded == Hold::Open && self.settings.include_open {
            Hold::Free
        } else {
            recorded
        };
        Partition {
            nodes: layout.holders(number).iter().map(|&node| &layout.node(node).id).collect(),
            leader: layout.leader(number).map(|node| &layout.node(node).id),
            marked: self.marks.get(&number).cloned().unwrap_or_default(),
            bytes: layout.sizes()[number as usize],
            hold,
        }
    }

    pub(super) fn role(&self, node: &NodeId) -> NodeRole {
        self.nodes.get(node).map_or(NodeRole::Lost, |node| node.role)
    }

    pub(super) fn zone(&self, node: &NodeId) -> &'a str {
        self.nodes.get(node).map_or("", |node| node.zone)
    }

    /// Whether a holder's copy can be read and misses nothing.
    pub(super) fn is_sound(&self, partition: &Partition<'_>, node: &NodeId) -> bool {
        self.role(node) != NodeRole::Lost && !partition.marked.contains(node)
    }

    /// Whether the replicas of a partition may be moved: nothing holds it, and there is something to read.
    pub(super) fn is_movable(&self, partition: &Partition<'_>) -> bool {
        moves_data(partition.hold) && partition.nodes.iter().any(|node| self.is_sound(partition, node))
    }

    /// Whether the plan was to do all: no chosen moves, no single nodes, no leaders alone.
    pub(super) fn is_whole(&self) -> bool {
        let SettingsDocument { moves, leaders, relieve, leaders_only, .. } = self.settings;
        moves.is_empty() && leaders.is_empty() && relieve.is_empty() && !leaders_only
    }

    /// Whether the plan says that it stopped before all was done.
    pub(super) fn stopped(&self) -> bool {
        use UnplannedReason::{Limit, MassRepair, RepairFirst};
        [Limit, MassRepair, RepairFirst].iter().any(|reason| {
            self.explained_all.contains(reason) || self.explained_nodes.values().any(|reasons| reasons.contains(reason))
        })
    }

    pub(super) fn explains(&self, node: &NodeId, reasons: &[UnplannedReason]) -> bool {
        self.explained_nodes.get(node).is_some_and(|given| reasons.iter().any(|reason| given.contains(reason)))
    }
}

pub(super) const fn stays(role: NodeRole) -> bool {
    matches!(role, NodeRole::Open | NodeRole::SendOnly | NodeRole::Fixed)
}

pub(super) const fn moves_data(hold: Hold) -> bool {
    matches!(hold, Hold::Free | Hold::Future)
}
