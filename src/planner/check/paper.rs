//! The cluster on paper: its nodes and partitions, with what the plan's settings make of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::{NodeId, PartitionId};
use crate::planner::document::{PlanDocument, SettingsDocument};
use crate::planner::layout::Layout;
use crate::planner::plan::UnplannedReason;
use crate::planner::roles::{Hold, NodeRole};

use super::Finding;

/// A node's place in the list.
pub(super) type Place = usize;

/// A node.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    pub(super) id: &'a NodeId,
    pub(super) role: NodeRole,
    pub(super) zone: usize,
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
pub(super) struct Partition {
    pub(super) nodes: Vec<Place>,
    pub(super) leader: Option<Place>,
    /// Holders whose copies miss something.
    pub(super) marked: BTreeSet<Place>,
    pub(super) bytes: u64,
    pub(super) hold: Hold,
}

/// The cluster before the first move.
pub(super) struct Paper<'a> {
    pub(super) layout: &'a Layout,
    pub(super) nodes: Vec<Node<'a>>,
    places: HashMap<&'a NodeId, Place>,
    pub(super) settings: &'a SettingsDocument,
    excluded: BTreeSet<PartitionId>,
    marks: BTreeMap<u32, BTreeSet<Place>>,
    /// What the plan says of partitions that it leaves as they are.
    pub(super) explained_partitions: BTreeSet<PartitionId>,
    /// And of nodes.
    pub(super) explained_nodes: BTreeMap<Place, BTreeSet<UnplannedReason>>,
    /// And of neither: `--max-bytes` is reached, much is down, ….
    pub(super) explained_all: BTreeSet<UnplannedReason>,
    /// Copies of a partition that one zone may hold.
    pub(super) zone_most: u8,
}

impl<'a> Paper<'a> {
    pub(super) fn new(layout: &'a Layout, plan: &'a PlanDocument, findings: &mut Vec<Finding>) -> Self {
        let settings = &plan.settings;
        let mut nodes: Vec<Node<'a>> = Vec::with_capacity(layout.nodes().len());
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
            let (id, zone, weight) = (&node.id, usize::from(node.zone), node.weight.as_f64());
            nodes.push(Node { id, role, zone, weight, capacity: node.capacity_bytes, bytes: 0, leaders: 0, high: 0 });
        }
        let places: HashMap<&NodeId, Place> = nodes.iter().enumerate().map(|(at, node)| (node.id, at)).collect();
        for entry in &plan.nodes {
            if let Some(&place) = places.get(&entry.node) {
                nodes[place].high = entry.high_bytes;
            }
        }
        let live: BTreeSet<usize> = nodes.iter().filter(|node| stays(node.role)).map(|node| node.zone).collect();
        let zone_most = usize::from(layout.replication_factor()).div_ceil(live.len().max(1)) as u8;
        let mut marks: BTreeMap<u32, BTreeSet<Place>> = BTreeMap::new();
        for (partition, node) in layout.marks() {
            marks.entry(*partition).or_default().insert(usize::from(*node));
        }
        let mut paper = Self {
            layout,
            nodes,
            places,
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
        for number in 0..self.layout.len() as u32 {
            for &node in self.layout.holders(number) {
                self.nodes[usize::from(node)].bytes += self.layout.sizes()[number as usize];
            }
            if let Some(leader) = self.layout.leader(number) {
                self.nodes[usize::from(leader)].leaders += 1;
            }
        }
    }

    /// The place of a node, if the cluster has it.
    pub(super) fn place(&self, node: &NodeId) -> Option<Place> {
        self.places.get(node).copied()
    }

    /// The name of a node.
    pub(super) fn id(&self, place: Place) -> NodeId {
        self.nodes[place].id.clone()
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
                match self.places.get(node) {
                    Some(&at) => drop(self.explained_nodes.entry(at).or_default().insert(left.reason)),
                    None => findings.push(Finding::UnknownNode { place: place(), node: node.clone() }),
                }
            }
            if left.partition.is_none() && left.node.is_none() {
                self.explained_all.insert(left.reason);
            }
        }
    }

    /// One partition, by its number.
    pub(super) fn partition(&self, number: u32) -> Partition {
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
            nodes: layout.holders(number).iter().map(|&node| usize::from(node)).collect(),
            leader: layout.leader(number).map(usize::from),
            marked: self.marks.get(&number).cloned().unwrap_or_default(),
            bytes: layout.sizes()[number as usize],
            hold,
        }
    }

    pub(super) fn role(&self, node: Place) -> NodeRole {
        self.nodes[node].role
    }

    pub(super) fn zone(&self, node: Place) -> usize {
        self.nodes[node].zone
    }

    /// Whether a holder's copy can be read and misses nothing.
    pub(super) fn is_sound(&self, partition: &Partition, node: Place) -> bool {
        self.role(node) != NodeRole::Lost && !partition.marked.contains(&node)
    }

    /// Whether the replicas of a partition may be moved: nothing holds it, and there is something to read.
    pub(super) fn is_movable(&self, partition: &Partition) -> bool {
        moves_data(partition.hold) && partition.nodes.iter().any(|&node| self.is_sound(partition, node))
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

    pub(super) fn explains(&self, node: Place, reasons: &[UnplannedReason]) -> bool {
        self.explained_nodes.get(&node).is_some_and(|given| reasons.iter().any(|reason| given.contains(reason)))
    }
}

pub(super) const fn stays(role: NodeRole) -> bool {
    matches!(role, NodeRole::Open | NodeRole::SendOnly | NodeRole::Fixed)
}

pub(super) const fn moves_data(hold: Hold) -> bool {
    matches!(hold, Hold::Free | Hold::Future)
}
