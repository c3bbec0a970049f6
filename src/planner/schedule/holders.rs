//! Who holds the partitions of moves.

use crate::placement::NodeIndex;
use crate::planner::layout::{Layout, NO_NODE};
use crate::planner::plan::Move;

/// Who holds and who leads a partition.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held<'a> {
    pub(super) nodes: &'a [NodeIndex],
    pub(super) leader: Option<NodeIndex>,
}

/// Some moves, and who holds and who leads the partition of each, side by side: they lie all over the layout, and loops that
/// do nothing but fetch them wait for many of them at once.
#[derive(Debug, Default)]
pub(super) struct Holders {
    moves: Vec<Move>,
    slots: Vec<NodeIndex>,
    leaders: Vec<u8>,
    stride: usize,
}

impl Holders {
    /// So many moves are fetched at once: they stay in the nearest cache until they were looked at.
    pub(super) const AT_ONCE: usize = 256;

    /// Fetches the moves at some places.
    pub(super) fn fetch(&mut self, layout: &Layout, moves: &[Move], places: &[u32]) {
        self.stride = layout.stride();
        self.moves.clear();
        self.moves.extend(places.iter().map(|&at| moves[at as usize]));
        self.slots.clear();
        layout.gather_rows(self.moves.iter().map(|m| m.partition), [], &mut self.slots);
        self.leaders.clear();
        self.leaders.extend(self.moves.iter().map(|m| layout.leader_slots()[m.partition as usize]));
    }

    /// What was fetched.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Move, Held<'_>)> {
        let slots = self.slots.chunks_exact(self.stride);
        self.moves.iter().zip(slots).zip(&self.leaders).map(|((m, slots), &leader)| {
            let nodes = &slots[..slots.iter().position(|&node| node == NO_NODE).unwrap_or(self.stride)];
            (m, Held { nodes, leader: nodes.get(usize::from(leader)).copied() })
        })
    }
}
