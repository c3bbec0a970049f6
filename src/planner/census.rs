//! One pass over a layout: what each node holds, what of it cannot be moved, what must be copied, which rules are broken.

use crate::placement::NodeIndex;

use super::layout::{Layout, NO_NODE, ZoneIndex};
use super::roles::{Hold, NodeRole};

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
    /// Copies above the most per zone.
    pub crowded: u64,
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

/// The zone of copies that do not count.
pub(super) const NO_ZONE: ZoneIndex = ZoneIndex::MAX;

/// The zone of each node's copies, [`NO_ZONE`] where they do not count.
pub(super) fn zones_of(layout: &Layout, counts: impl Fn(NodeRole) -> bool) -> Vec<ZoneIndex> {
    layout.nodes().iter().map(|node| if counts(node.role) { node.zone } else { NO_ZONE }).collect()
}

/// Copies of one partition that count in a zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ZoneCopies {
    /// All of them.
    pub(super) count: u8,
    /// Those above the most per zone, all zones together.
    pub(super) excess: u8,
}

impl ZoneCopies {
    /// Of some holders; `zones` are those of all nodes, `max` the most per zone. Holders are few, and soonest counted where
    /// they lie.
    #[inline]
    pub(super) fn of(holders: &[NodeIndex], zones: &[ZoneIndex], max: u8) -> Self {
        let mut copies = Self::default();
        for (at, &node) in holders.iter().enumerate() {
            let zone = zones[usize::from(node)];
            if zone != NO_ZONE {
                let earlier: u8 = holders[..at].iter().map(|&other| u8::from(zones[usize::from(other)] == zone)).sum();
                copies.count += 1;
                copies.excess += u8::from(earlier >= max);
            }
        }
        copies
    }

    /// Copies up to the most per zone, all zones together.
    pub(super) fn kept(self) -> u8 {
        self.count - self.excess
    }
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
        let (readable, staying) = (zones_of(layout, NodeRole::is_readable), zones_of(layout, NodeRole::stays));
        let all_stay = readable == staying;
        for (partition, slots) in layout.replicas().chunks_exact(layout.stride()).enumerate() {
            let size = layout.sizes()[partition];
            let holders = held(slots);
            for &node in holders {
                let load = &mut census.loads[usize::from(node)];
                load.partitions += 1;
                load.bytes += size;
            }
            let leader = holders.get(usize::from(layout.leader_slots()[partition])).map(|&leader| usize::from(leader));
            if let Some(leader) = leader {
                census.loads[leader].leaders += 1;
            }
            let count = holders.len() as u8;
            let found = ZoneCopies::of(holders, &readable, zone_max);
            let hold = layout.holds()[partition];
            if hold != Hold::Split {
                let led = leader.is_some_and(|leader| readable[leader] != NO_ZONE);
                let lost = count - found.count;
                let broken = copies.saturating_sub(count) + lost + found.excess + u8::from(!led);
                census.violations += u64::from(broken);
            }
            census.crowded += u64::from(found.excess);
            if movable.contains(partition as u32) {
                let kept = if all_stay { found } else { ZoneCopies::of(holders, &staying, zone_max) }.kept();
                census.movable_bytes += size;
                census.total_bytes += size * u64::from(copies);
                census.new_copies_bytes += size * u64::from(copies.saturating_sub(kept));
            } else {
                census.total_bytes += size * u64::from(count);
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

/// The slots in use.
fn held(slots: &[NodeIndex]) -> &[NodeIndex] {
    match slots.last() {
        // Mostly all of them are.
        Some(&NO_NODE) => &slots[..slots.iter().position(|&node| node == NO_NODE).unwrap_or(slots.len())],
        _ => slots,
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
