//! The owners of partitions that get their first record.
//!
//! By the placement function one by one, or under zone-balanced placement all of a time bucket together, on top of what
//! every node holds by all records. Those are read in one scan, and only when a coming bucket is to be placed: with the
//! neighbouring buckets alone, what rounding leaves over would add up to several per cent in large clusters.
//!
//! Invariant: a bucket that has begun gets the owners that routing has named until now, whatever the nodes' states, unless
//! it is known that nothing was written there.

use std::collections::BTreeMap;

use crate::model::cluster_spec::HASH_BUCKETS_MAX;
use crate::model::{Node, NodeId, PartitionId, Partitioning, PlacementAlgorithm, Strategy, TimeBucket, Timestamp};
use crate::placement::NodeIndex;
use crate::placement::zone_balanced::{Held, NodeTotal, PlacedHour, ZoneBalanced};
use crate::planner::{Hold, Layout};
use crate::ports::{Keys, MetadataRead};
use crate::routing::{RecordSet, Recorded, Topology};

use super::rebalance::{LayoutOptions, load};
use super::{ClusterView, OperationError};

/// What zone-balanced placement has to say of a range of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlacementReport {
    /// Partitions of buckets that have begun, which went where routing has named until now.
    pub begun: u64,
    /// The limits of the last bucket that was placed together.
    pub limits: Option<HourLimits>,
    /// Buckets in which a zone got more replicas of a partition than `ceil(RF / zones)`, and how many at most.
    pub zone_rule_broken: Option<(u64, u64)>,
    /// Buckets in which nodes got more than they have room for.
    pub beyond_capacity: u64,
    /// Records that cannot be read and are not counted.
    pub uncounted: u64,
}

/// How evenly one bucket can be led.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HourLimits {
    /// Partitions of the bucket.
    pub partitions: u32,
    /// Nodes that take new partitions.
    pub nodes: u32,
    /// The weight of the heaviest of them, thousandths.
    pub heaviest_millis: u64,
    /// That of all together.
    pub weight_millis: u64,
    /// Whether more hash buckets would divide it further.
    pub hashed: bool,
}

/// Partitions a node that make a bucket even enough: then nobody leads more than 1.1 of its share.
const PARTITIONS_A_NODE_MIN: u32 = 10;

impl HourLimits {
    fn of(topology: &Topology, partitioning: &Partitioning) -> Self {
        let takers = || topology.nodes().iter().filter(|node| node.state.takes_new_partitions());
        let weights = || takers().map(|node| u64::from(node.weight.millis()));
        Self {
            partitions: partitioning.partitions_per_bucket(),
            nodes: takers().count() as u32,
            heaviest_millis: weights().max().unwrap_or(1),
            weight_millis: weights().sum::<u64>().max(1),
            hashed: partitioning.strategy == Strategy::TimeHash,
        }
    }

    /// What the heaviest node leads at least: `ceil(P · w / W)`, which is `ceil(P / N)` with equal weights.
    #[must_use]
    pub fn leaders_max(&self) -> u64 {
        (u64::from(self.partitions) * self.heaviest_millis).div_ceil(self.weight_millis)
    }

    /// That against its share: `ceil(P / N) / (P / N)` with equal weights.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        let share = u64::from(self.partitions.max(1)) * self.heaviest_millis;
        self.leaders_max() as f64 * self.weight_millis as f64 / share as f64
    }

    /// How many hash buckets would be enough, if there are too few to be led evenly.
    #[must_use]
    pub fn hash_buckets_wanted(&self) -> Option<u32> {
        let wanted = self.nodes.saturating_mul(PARTITIONS_A_NODE_MIN).min(HASH_BUCKETS_MAX);
        let uneven = self.ratio() > 1.0 + 1.0 / f64::from(PARTITIONS_A_NODE_MIN);
        (self.hashed && uneven && self.partitions < wanted).then_some(wanted)
    }
}

/// Gives owners, bucket after bucket.
pub(super) struct NewOwners<'a, S> {
    store: &'a S,
    keys: &'a Keys,
    view: &'a ClusterView,
    topology: &'a Topology,
    /// Buckets that began before this time hold data where routing has named until now; `None` = none does.
    begun_before: Option<Timestamp>,
    now: Timestamp,
    balanced: Option<ZoneBalanced>,
    /// What was placed one by one before the totals were read.
    placed: Vec<Held>,
    report: PlacementReport,
}

impl<'a, S: MetadataRead> NewOwners<'a, S> {
    pub(super) fn new(
        store: &'a S,
        keys: &'a Keys,
        view: &'a ClusterView,
        topology: &'a Topology,
        now: Timestamp,
        begun_before: Option<Timestamp>,
    ) -> Self {
        let report = PlacementReport::default();
        Self { store, keys, view, topology, begun_before, now, balanced: None, placed: Vec::new(), report }
    }

    /// The owners of the partitions `missing` of a bucket whose records are `records`; the first leads.
    pub(super) async fn of(
        &mut self,
        partitioning: &Partitioning,
        bucket: TimeBucket,
        missing: &[PartitionId],
        records: &RecordSet,
    ) -> Result<Vec<Vec<NodeId>>, OperationError> {
        let together = match self.topology.spec().placement.algorithm {
            PlacementAlgorithm::ZoneBalanced => true,
            PlacementAlgorithm::Ring | PlacementAlgorithm::Rendezvous => false,
        };
        let start = bucket.start(partitioning.granularity_hours);
        if self.begun_before.is_some_and(|before| start <= before) {
            let owners: Vec<_> = missing.iter().map(|&id| self.topology.placed_owners(id)).collect();
            if together {
                self.report.begun += missing.len() as u64;
                self.placed.extend(owners.iter().map(|nodes| held(self.topology, nodes, nodes.first())));
            }
            return Ok(owners);
        }
        if !together {
            return Ok(missing.iter().map(|&id| self.topology.owners_for_creation(id)).collect());
        }
        if missing.is_empty() {
            return Ok(Vec::new());
        }
        let mut balanced = match self.balanced.take() {
            Some(balanced) => balanced,
            None => self.read_totals().await?,
        };
        self.placed.drain(..).for_each(|held| balanced.add(&held));
        let there: Vec<Held> = records.iter().filter_map(|(id, r)| recorded(self.topology, records, id, r)).collect();
        let placed = balanced.place(missing, &there);
        self.tell(&placed, partitioning);
        self.balanced = Some(balanced);
        Ok(placed.owners.iter().map(|owners| self.topology.names(*owners)).collect())
    }

    /// What there is to say, if buckets were placed together.
    pub(super) fn report(self) -> PlacementReport {
        self.report
    }

    /// Whether all nodes were looked at, and not only those that get something.
    pub(super) fn rests_on_all_nodes(&self) -> bool {
        self.balanced.is_some()
    }

    async fn read_totals(&mut self) -> Result<ZoneBalanced, OperationError> {
        let at = Some(self.view.revision);
        let loaded = load::load(self.store, self.keys, at, self.now, &LayoutOptions::default()).await?;
        self.report.uncounted = loaded.corrupt.len() as u64;
        let totals = totals(self.topology, &loaded.layout);
        Ok(ZoneBalanced::new(self.topology.nodes(), self.topology.spec().replication_factor, &totals))
    }

    fn tell(&mut self, placed: &PlacedHour, partitioning: &Partitioning) {
        self.report.limits = Some(HourLimits::of(self.topology, partitioning));
        if placed.zone_rule_broken {
            let (buckets, most) = self.report.zone_rule_broken.unwrap_or_default();
            self.report.zone_rule_broken = Some((buckets + 1, most.max(placed.zone_replicas)));
        }
        self.report.beyond_capacity += u64::from(placed.beyond_capacity);
    }
}

/// A record as placement counts it; a split partition holds nothing, its children do.
fn recorded(topology: &Topology, records: &RecordSet, id: PartitionId, recorded: &Recorded) -> Option<Held> {
    match recorded {
        Recorded::Good { record, .. } if records.split_bits(id) == 0 => {
            Some(held(topology, &record.nodes, record.leader.as_ref()))
        }
        Recorded::Good { .. } | Recorded::Corrupt { .. } => None,
    }
}

/// Nodes that the cluster does not know are left out.
fn held(topology: &Topology, nodes: &[NodeId], leader: Option<&NodeId>) -> Held {
    let number = |id: &NodeId| topology.nodes().binary_search_by(|node| node.id.cmp(id)).ok().map(|at| at as NodeIndex);
    Held { nodes: nodes.iter().filter_map(number).collect(), leader: leader.and_then(number) }
}

/// What every node holds, in the order of the topology, and how much room it has.
///
/// A partition that is still empty and whose bucket has not begun will take as much as the mean of those with data.
fn totals(topology: &Topology, layout: &Layout) -> Vec<NodeTotal> {
    let mut held: Vec<(NodeTotal, u64, u64)> = vec![Default::default(); layout.nodes().len()];
    let (mut copies, mut bytes) = (0_u64, 0_u64);
    for partition in 0..layout.len() as u32 {
        let (hold, size) = (layout.holds()[partition as usize], layout.sizes()[partition as usize]);
        if hold == Hold::Split {
            continue;
        }
        for &node in layout.holders(partition) {
            let (total, own, coming) = &mut held[usize::from(node)];
            total.replicas += 1;
            *own += size;
            *coming += u64::from(hold == Hold::Future);
            copies += u64::from(size > 0);
            bytes += size;
        }
        if let Some(leader) = layout.leader(partition) {
            held[usize::from(leader)].0.leaders += 1;
        }
    }
    let mean = bytes.checked_div(copies).filter(|mean| *mean > 0);
    let by_id: BTreeMap<&NodeId, _> = layout.nodes().iter().map(|node| &node.id).zip(held).collect();
    let total = |node: &Node| {
        let (total, own, coming) = by_id.get(&node.id).copied().unwrap_or_default();
        let room = node
            .capacity_bytes
            .zip(mean)
            .map(|(capacity, mean)| (capacity.saturating_sub(own) / mean).saturating_sub(coming));
        NodeTotal { room, ..total }
    };
    topology.nodes().iter().map(total).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The figures of the design: 256 partitions over 12 and 100 nodes.
    #[test]
    fn an_hour_can_be_led_so_evenly_and_no_more() {
        let limits = |nodes: u32, heaviest: u64| HourLimits {
            partitions: 256,
            nodes,
            heaviest_millis: heaviest,
            weight_millis: u64::from(nodes - 1) * 1000 + heaviest,
            hashed: true,
        };
        let of = |l: HourLimits| (l.leaders_max(), (l.ratio() * 1000.0).round() as u32, l.hash_buckets_wanted());
        assert_eq!(of(limits(12, 1000)), (22, 1031, None));
        assert_eq!(of(limits(100, 1000)), (3, 1172, Some(1000)));
        assert_eq!(of(limits(1000, 1000)), (1, 3906, Some(10_000)));
        assert_eq!(of(limits(2, 3000)), (192, 1000, None));
        assert_eq!(of(limits(128, 1000)), (2, 1000, None));
        assert_eq!(limits(60_000, 1000).hash_buckets_wanted(), Some(HASH_BUCKETS_MAX));
        assert_eq!(HourLimits { hashed: false, ..limits(100, 1000) }.hash_buckets_wanted(), None);
    }
}
