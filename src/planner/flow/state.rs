//! The cluster while a plan grows: who holds what now, and the steps so far.

use crate::model::cluster_spec::REPLICATION_MAX;
use crate::placement::NodeIndex;

use super::super::census::zones_of;
use super::super::layout::{Layout, NO_NODE, ZoneIndex};
use super::super::plan::{Move, MoveKind, MoveReason, NodeTarget};
use super::super::roles::NodeRole;
use super::pool::Pool;

/// What does not change while a plan is made.
pub(super) struct Ground<'a> {
    pub(super) layout: &'a Layout,
    pub(super) pool: &'a Pool,
    /// Bands that the plan must reach.
    pub(super) bands: &'a [NodeTarget],
    /// What a node may hold when it must: its capacity.
    pub(super) tops: Vec<u64>,
    /// Zone of each node; [`NO_ZONE`](super::super::census::NO_ZONE) where copies cannot be read and so do not count.
    pub(super) zones: Vec<ZoneIndex>,
    pub(super) zone_max: u8,
    pub(super) receives: Vec<bool>,
}

impl<'a> Ground<'a> {
    pub(super) fn new(layout: &'a Layout, pool: &'a Pool, bands: &'a [NodeTarget]) -> Self {
        let nodes = layout.nodes();
        Self {
            layout,
            pool,
            bands,
            tops: nodes.iter().map(|node| node.capacity_bytes.unwrap_or(u64::MAX)).collect(),
            zones: zones_of(layout, NodeRole::is_readable),
            zone_max: layout.zone_replicas_max(),
            receives: nodes.iter().map(|node| node.role.receives()).collect(),
        }
    }

    pub(super) fn role(&self, node: NodeIndex) -> NodeRole {
        self.layout.node(node).role
    }

    pub(super) fn size(&self, rank: u32) -> u64 {
        self.pool.sizes[rank as usize]
    }

    /// Reads what a move of a rank reads here, which brings it near.
    #[inline]
    pub(super) fn look(&self, rank: u32) -> u64 {
        self.size(rank) ^ u64::from(self.pool.partitions[rank as usize])
    }
}

/// Who holds what, after the steps so far.
#[derive(Clone, Default)]
pub(super) struct State {
    /// A row for each rank: who holds it now, slot by slot, and behind them which slots have moved, slot 0 the lowest bit.
    /// They are looked at together.
    rows: Vec<NodeIndex>,
    pub(super) loads: Vec<u64>,
    pub(super) counts: Vec<u32>,
    pub(super) sent: Vec<bool>,
    pub(super) received: Vec<bool>,
    /// The moves so far.
    pub(super) steps: Vec<Move>,
    pub(super) copied: u64,
}

impl State {
    pub(super) fn new(pool: &Pool, loads: Vec<u64>, counts: Vec<u32>) -> Self {
        const { assert!(REPLICATION_MAX as u32 <= NodeIndex::BITS) };
        Self {
            rows: pool.rows.clone(),
            sent: vec![false; loads.len()],
            received: vec![false; loads.len()],
            loads,
            counts,
            steps: Vec::new(),
            copied: 0,
        }
    }

    /// The slots of a rank, and which of them have moved.
    #[inline]
    fn row(&self, ground: &Ground<'_>, rank: u32) -> (&[NodeIndex], NodeIndex) {
        let stride = ground.pool.stride;
        let row = &self.rows[rank as usize * (stride + 1)..][..=stride];
        (&row[..stride], row[stride])
    }

    /// Reads something of a rank's row, which brings it near.
    #[inline]
    pub(super) fn look(&self, ground: &Ground<'_>, rank: u32) -> u64 {
        self.rows[rank as usize * (ground.pool.stride + 1)].into()
    }

    fn row_mut(&mut self, ground: &Ground<'_>, rank: u32) -> (&mut [NodeIndex], &mut NodeIndex) {
        let stride = ground.pool.stride;
        let (slots, moved) = self.rows[rank as usize * (stride + 1)..][..=stride].split_at_mut(stride);
        (slots, &mut moved[0])
    }

    #[inline]
    pub(super) fn slots(&self, ground: &Ground<'_>, rank: u32) -> &[NodeIndex] {
        self.row(ground, rank).0
    }

    /// Who holds a rank now.
    pub(super) fn holders(&self, ground: &Ground<'_>, rank: u32) -> &[NodeIndex] {
        let slots = self.slots(ground, rank);
        &slots[..slots.iter().position(|&node| node == NO_NODE).unwrap_or(slots.len())]
    }

    /// The slot of a replica that has not moved yet.
    #[inline]
    pub(super) fn unmoved_slot(&self, ground: &Ground<'_>, rank: u32, node: NodeIndex) -> Option<usize> {
        let (slots, moved) = self.row(ground, rank);
        let slot = slots.iter().position(|&holder| holder == node)?;
        (moved >> slot & 1 == 0).then_some(slot)
    }

    /// Whether a node may take the replica that leaves `slot` (or one more copy, if there is no such slot).
    #[inline]
    pub(super) fn may_take(&self, ground: &Ground<'_>, rank: u32, slot: usize, to: NodeIndex) -> bool {
        let zone = ground.zones[usize::from(to)];
        let mut others = 0;
        for (at, &holder) in self.slots(ground, rank).iter().enumerate() {
            if holder == NO_NODE {
                break;
            }
            if holder == to {
                return false;
            }
            if at != slot && ground.zones[usize::from(holder)] == zone {
                others += 1;
            }
        }
        others < ground.zone_max
    }

    /// Whether a zone may take the replica that leaves `slot`.
    pub(super) fn zone_takes(&self, ground: &Ground<'_>, rank: u32, slot: usize, zone: ZoneIndex) -> bool {
        let others = self.holders(ground, rank).iter().enumerate();
        let there = others.filter(|(at, node)| *at != slot && ground.zones[usize::from(**node)] == zone).count();
        there < usize::from(ground.zone_max)
    }

    /// Moves the replica in a slot to a node.
    #[inline]
    pub(super) fn move_replica(
        &mut self,
        ground: &Ground<'_>,
        (rank, slot): (u32, usize),
        to: NodeIndex,
        kind: MoveKind,
        reason: MoveReason,
    ) {
        let size = ground.size(rank);
        let (slots, moved) = self.row_mut(ground, rank);
        let from = std::mem::replace(&mut slots[slot], to);
        *moved |= 1 << slot;
        self.give(from, size);
        self.take(to, size);
        self.note(ground, (rank, size), kind, reason, (Some(from), Some(to)));
    }

    /// Adds a copy.
    pub(super) fn add_replica(&mut self, ground: &Ground<'_>, rank: u32, to: NodeIndex) {
        let slot = self.holders(ground, rank).len();
        let (slots, moved) = self.row_mut(ground, rank);
        slots[slot] = to;
        *moved |= 1 << slot;
        let size = ground.size(rank);
        self.take(to, size);
        self.note(ground, (rank, size), MoveKind::Repair, MoveReason::Repair, (None, Some(to)));
    }

    /// Copies a marked copy again in its place.
    pub(super) fn mend(&mut self, ground: &Ground<'_>, rank: u32, node: NodeIndex) {
        let size = ground.size(rank);
        self.copied += size;
        self.note(ground, (rank, size), MoveKind::Repair, MoveReason::Repair, (None, Some(node)));
    }

    /// Gives up a copy.
    pub(super) fn remove_replica(&mut self, ground: &Ground<'_>, rank: u32, slot: usize, reason: MoveReason) {
        let count = self.holders(ground, rank).len();
        let (slots, moved) = self.row_mut(ground, rank);
        let from = slots[slot];
        slots.copy_within(slot + 1..count, slot);
        slots[count - 1] = NO_NODE;
        let before = *moved & ((1 << slot) - 1);
        let behind = u32::from(*moved) >> (slot + 1) << slot;
        *moved = before | behind as NodeIndex;
        self.give(from, ground.size(rank));
        self.note(ground, (rank, 0), MoveKind::Remove, reason, (Some(from), None));
    }

    /// Adds a move that copies so many bytes.
    #[inline]
    fn note(
        &mut self,
        ground: &Ground<'_>,
        (rank, bytes): (u32, u64),
        kind: MoveKind,
        reason: MoveReason,
        (from, to): (Option<NodeIndex>, Option<NodeIndex>),
    ) {
        let partition = ground.pool.partitions[rank as usize];
        self.steps.push(Move { partition, kind, reason, from, to, copy_from: None, bytes });
    }

    fn give(&mut self, from: NodeIndex, size: u64) {
        let n = usize::from(from);
        self.loads[n] -= size;
        self.counts[n] -= 1;
        self.sent[n] = true;
    }

    fn take(&mut self, to: NodeIndex, size: u64) {
        let n = usize::from(to);
        self.loads[n] += size;
        self.counts[n] += 1;
        self.received[n] = true;
        self.copied += size;
    }
}
