//! One pass over a layout: what each node holds, what of it cannot be moved, what must be copied, which rules are broken.

use crate::model::cluster_spec::REPLICATION_MAX;
use crate::placement::NodeIndex;

use super::layout::{Layout, LayoutNode, NO_NODE, ZoneIndex};
use super::roles::Hold;

/// What a node holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NodeLoad {
    /// Replicas.
    pub partitions: u32,
    /// Partitions that it leads.
    pub leaders: u32,
    /// Bytes of its replicas.
    pub bytes: u64,
}

/// The sums that targets and bounds are made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// What each node holds.
    pub loads: Vec<NodeLoad>,
    /// Bytes of each node that must stay where they are.
    pub immovable: Vec<u64>,
    /// Bytes of one copy of everything that may be moved.
    pub movable_bytes: u64,
    /// Bytes of all replicas once each movable partition has as many as it should.
    pub total_bytes: u64,
    /// Bytes of the copies that any legal end state needs: for gone or missing replicas and for those too many in a zone.
    pub new_copies_bytes: u64,
    /// Bytes of copies that miss something and are copied again in their place.
    pub marked_bytes: u64,
    /// Broken hard rules: replicas missing, lost, too many in a zone, no live leader.
    pub violations: u64,
}

/// Whether the planner may move a partition's replicas: nothing holds it, and there is a sound copy to read.
#[must_use]
pub fn is_movable(layout: &Layout, partition: u32) -> bool {
    layout.holds()[partition as usize].is_movable() && has_source(layout, partition)
}

/// Whether there is a readable copy that misses nothing.
#[must_use]
pub fn has_source(layout: &Layout, partition: u32) -> bool {
    layout.holders(partition).iter().any(|&node| is_sound(layout, partition, node))
}

/// Whether a node's copy can be read and misses nothing.
#[must_use]
pub fn is_sound(layout: &Layout, partition: u32, node: NodeIndex) -> bool {
    layout.node(node).role.is_readable() && !layout.is_marked(partition, node)
}

/// [`is_movable`] for many partitions: whether every copy of the layout is sound is asked once.
pub(super) struct Movable<'a> {
    layout: &'a Layout,
    all_sound: bool,
}

impl<'a> Movable<'a> {
    pub(super) fn of(layout: &'a Layout) -> Self {
        let all_sound = layout.marks().is_empty() && layout.nodes().iter().all(|node| node.role.is_readable());
        Self { layout, all_sound }
    }

    #[inline]
    pub(super) fn contains(&self, partition: u32) -> bool {
        let stride = self.layout.stride();
        if self.all_sound {
            let is_held = self.layout.replicas()[partition as usize * stride] != NO_NODE;
            is_held && self.layout.holds()[partition as usize].is_movable()
        } else {
            is_movable(self.layout, partition)
        }
    }
}

/// The zones of one partition's copies, one for each: they are few, and soonest counted where they lie.
#[derive(Clone, Debug, Default)]
pub(super) struct ZoneCounts {
    zones: [ZoneIndex; REPLICATION_MAX as usize],
    count: usize,
}

/// What of a node a census asks over and over.
#[derive(Clone, Copy)]
struct Standing {
    zone: ZoneIndex,
    is_readable: bool,
    stays: bool,
}

impl ZoneCounts {
    pub(super) fn clear(&mut self) {
        self.count = 0;
    }

    /// Of a further copy; no partition has more than [`REPLICATION_MAX`].
    pub(super) fn add(&mut self, zone: ZoneIndex) {
        self.zones[self.count] = zone;
        self.count += 1;
    }

    fn all(&self) -> &[ZoneIndex] {
        &self.zones[..self.count]
    }

    /// Copies in a zone.
    pub(super) fn of(&self, zone: ZoneIndex) -> u8 {
        count(self.all(), zone) as u8
    }

    /// Copies above `max` per zone, all zones together.
    pub(super) fn excess(&self, max: u8) -> u8 {
        self.count as u8 - self.kept(max)
    }

    /// Copies up to `max` per zone, all zones together.
    pub(super) fn kept(&self, max: u8) -> u8 {
        let zones = self.all();
        (0..zones.len()).map(|at| u8::from(count(&zones[..at], zones[at]) < usize::from(max))).sum()
    }
}

fn count(zones: &[ZoneIndex], zone: ZoneIndex) -> usize {
    zones.iter().filter(|&&other| other == zone).count()
}

impl Census {
    /// Counts a layout.
    #[must_use]
    pub fn of(layout: &Layout) -> Self {
        let mut census = Self {
            loads: vec![NodeLoad::default(); layout.nodes().len()],
            immovable: vec![0; layout.nodes().len()],
            ..Self::default()
        };
        let (copies, zone_max) = (layout.replication_factor(), layout.zone_replicas_max());
        let movable = Movable::of(layout);
        let standing = |node: &LayoutNode| {
            let (is_readable, stays) = (node.role.is_readable(), node.role.stays());
            Standing { zone: node.zone, is_readable, stays }
        };
        let standings: Vec<Standing> = layout.nodes().iter().map(standing).collect();
        let (mut readable, mut stays) = (ZoneCounts::default(), ZoneCounts::default());
        for (partition, slots) in layout.replicas().chunks_exact(layout.stride()).enumerate() {
            let size = layout.sizes()[partition];
            let holders = &slots[..slots.iter().position(|&node| node == NO_NODE).unwrap_or(slots.len())];
            readable.clear();
            stays.clear();
            let mut lost = 0;
            for &node in holders {
                let n = usize::from(node);
                census.loads[n].partitions += 1;
                census.loads[n].bytes += size;
                let Standing { zone, is_readable, stays: is_staying } = standings[n];
                if is_readable {
                    readable.add(zone);
                } else {
                    lost += 1;
                }
                if is_staying {
                    stays.add(zone);
                }
            }
            let leader = holders.get(usize::from(layout.leader_slots()[partition])).copied();
            if let Some(leader) = leader {
                census.loads[usize::from(leader)].leaders += 1;
            }
            let hold = layout.holds()[partition];
            if hold != Hold::Split {
                let missing = copies.saturating_sub(holders.len() as u8);
                let led = leader.is_some_and(|leader| standings[usize::from(leader)].is_readable);
                let broken = missing + lost + readable.excess(zone_max) + u8::from(!led);
                census.violations += u64::from(broken);
            }
            if movable.contains(partition as u32) {
                census.movable_bytes += size;
                census.total_bytes += size * u64::from(copies);
                census.new_copies_bytes += size * u64::from(copies.saturating_sub(stays.kept(zone_max)));
            } else {
                census.total_bytes += size * holders.len() as u64;
                for &node in holders {
                    census.immovable[usize::from(node)] += size;
                }
            }
        }
        census.marked_bytes =
            layout.marks().iter().map(|&(partition, node)| census_mark(layout, partition, node)).sum();
        census
    }
}

/// Bytes to make a marked copy sound in its place.
fn census_mark(layout: &Layout, partition: u32, node: NodeIndex) -> u64 {
    let repairable = (partition as usize) < layout.len()
        && is_movable(layout, partition)
        && layout.node(node).role.is_readable()
        && layout.holders(partition).contains(&node);
    if repairable { layout.sizes()[partition as usize] } else { 0 }
}
