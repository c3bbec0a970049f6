//! One move as the schedule looks at it.

use crate::placement::NodeIndex;
use crate::planner::layout::NO_NODE;
use crate::planner::plan::{MoveKind, MoveReason};

use super::tasks::NO_SOURCE;

/// As many holders as most partitions have: they lie beside what else is looked at.
pub(super) const FEW: usize = 4;

/// A move, but for its target and its stage: half a line of a cache.
#[derive(Clone, Copy, Debug)]
pub(super) struct Task {
    pub(super) bytes: u64,
    pub(super) partition: u32,
    /// Who gives up its copy, or [`NO_NODE`].
    pub(super) from: NodeIndex,
    /// Its holders, if they cannot be more than a few, and their ranks. Else where those lie, in two halves.
    pub(super) nodes: [NodeIndex; FEW],
    pub(super) ranks: [u8; FEW],
    /// How many holders it has, or [`MANY`].
    pub(super) count: u8,
    pub(super) kind: MoveKind,
    pub(super) reason: MoveReason,
    pub(super) flags: u8,
}

/// Instead of a number of holders: they may be more than a few.
const MANY: u8 = u8::MAX;

/// Of a task: data is copied.
pub(super) const IS_COPY: u8 = 1;
/// Its target will hold more.
pub(super) const GAINS: u8 = 1 << 1;
/// It copies data, and no other move of its partition follows.
pub(super) const IS_SINGLE: u8 = 1 << 2;

impl Task {
    /// Where the holders lie that may be more than a few.
    pub(super) fn more(&self) -> Option<usize> {
        (self.count == MANY).then(|| usize::from(self.nodes[0]) | usize::from(self.nodes[1]) << NodeIndex::BITS)
    }

    pub(super) fn set_more(&mut self, more: usize) {
        self.count = MANY;
        (self.nodes[0], self.nodes[1]) = (more as NodeIndex, (more >> NodeIndex::BITS) as NodeIndex);
    }

    pub(super) fn is(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}

/// Holders of moves that may have more than a few, and their ranks.
#[derive(Clone, Debug, Default)]
pub(super) struct More {
    /// So many places each of them has.
    room: usize,
    counts: Vec<u8>,
    nodes: Vec<NodeIndex>,
    ranks: Vec<u8>,
}

impl More {
    pub(super) fn new(room: usize) -> Self {
        Self { room, ..Self::default() }
    }

    /// Makes room for another one, and says where.
    pub(super) fn add(&mut self) -> usize {
        self.counts.push(0);
        self.nodes.resize(self.nodes.len() + self.room, NO_NODE);
        self.ranks.resize(self.ranks.len() + self.room, NO_SOURCE);
        self.counts.len() - 1
    }

    pub(super) fn set(&mut self, at: usize, holders: &[NodeIndex], rank: impl Fn(NodeIndex) -> u8) {
        let (nodes, ranks) = (&mut self.nodes[at * self.room..], &mut self.ranks[at * self.room..]);
        for ((node, place), &holder) in nodes.iter_mut().zip(ranks).zip(holders).take(self.room) {
            (*node, *place) = (holder, rank(holder));
        }
        self.counts[at] = holders.len().min(self.room) as u8;
    }

    pub(super) fn get(&self, at: usize) -> (&[NodeIndex], &[u8]) {
        let places = at * self.room..at * self.room + usize::from(self.counts[at]);
        (&self.nodes[places.clone()], &self.ranks[places])
    }
}
