//! The moves as the schedule looks at them, over and over: small columns, side by side, with their sources decided.

use std::ops::Range;

use crate::model::cluster_spec::REPLICATION_MAX;
use crate::placement::NodeIndex;
use crate::planner::layout::{Layout, NO_NODE};
use crate::planner::plan::{Move, MoveKind};
use crate::planner::roles::NodeRole;

use super::holders::{Held, Holders};
use super::lists::{self, NONE};
use super::numbering::{Numbering, urgency};
use super::sources;
use super::task::{FEW, GAINS, IS_COPY, IS_SINGLE, More, Task};

/// Where a move stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Another move of its partition comes first.
    Behind,
    /// It may start.
    Waiting,
    /// It has started.
    Started,
}

/// The rank of who cannot be read from.
pub(super) const NO_SOURCE: u8 = 1 << 3;
/// The rank of who is to be left alone last.
const FIXED: u8 = 1 << 2;
/// The rank of who should not send it, where that was decided beforehand.
const UNPLANNED: u8 = 1 << 1;
/// The rank of the leader.
const LEADER: u8 = 1;

fn role_rank(role: NodeRole) -> u8 {
    match role {
        NodeRole::Lost => NO_SOURCE,
        NodeRole::Fixed => FIXED,
        NodeRole::Open | NodeRole::SendOnly | NodeRole::Draining => 0,
    }
}

/// A holder that a copy may be read from, unless it has the rank [`NO_SOURCE`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Source {
    pub(super) node: NodeIndex,
    /// Nodes that are to be left alone last, then who should send it, then followers.
    pub(super) rank: u8,
}

/// All moves, by number.
#[derive(Clone, Debug, Default)]
pub(super) struct Tasks {
    stages: Vec<Stage>,
    targets: Vec<NodeIndex>,
    tasks: Vec<Task>,
    /// The holders of those that may have more than a few, and their ranks.
    more: More,
    /// Who should send each move, if that was decided beforehand.
    planned: Vec<Option<NodeIndex>>,
    /// What the role of each node adds to its rank.
    role_ranks: Vec<u8>,
    /// Used again and again.
    held: Vec<NodeIndex>,
    /// The copies into one node, by number, get smaller and smaller, and all of them need room.
    get_smaller: bool,
}

impl Tasks {
    pub(super) fn new(layout: &Layout, moves: &[Move], numbering: &Numbering) -> Self {
        let Numbering { places, chains, copies, is_by_size, .. } = numbering;
        let planned = if sources::matter(layout, *copies as usize) {
            let numbered: Vec<Move> = places.iter().map(|&at| moves[at as usize]).collect();
            sources::planned(layout, &numbered)
        } else {
            Vec::new()
        };
        let mut tasks = Self {
            stages: Vec::with_capacity(moves.len()),
            targets: Vec::with_capacity(moves.len()),
            tasks: Vec::with_capacity(moves.len()),
            more: More::new(layout.stride().max(REPLICATION_MAX.into())),
            planned,
            role_ranks: layout.nodes().iter().map(|node| role_rank(node.role)).collect(),
            held: Vec::new(),
            get_smaller: *is_by_size,
        };
        let adds_holders = moves.iter().any(|m| m.kind == MoveKind::Repair && m.from.is_none());
        let mut holders = Holders::default();
        for some in places.chunks(Holders::AT_ONCE) {
            holders.fetch(layout, moves, some);
            for (m, held) in holders.iter() {
                let at = tasks.tasks.len() as u32;
                // A partition may have got other holders, even more of them, until those before it are done.
                let may_be_more = held.nodes.len() > FEW || adds_holders && chains.follows(at);
                tasks.add(layout, m, held, (chains.next(at), chains.follows(at), may_be_more));
            }
        }
        tasks
    }

    /// Adds the next move. For one that follows another, who holds its partition holds until that one is done.
    fn add(&mut self, layout: &Layout, m: &Move, held: Held<'_>, (next, follows, may_be_more): (u32, bool, bool)) {
        let at = self.tasks.len() as u32;
        let is_copied = matches!(m.kind, MoveKind::Replica | MoveKind::Repair);
        self.stages.push(if follows { Stage::Behind } else { Stage::Waiting });
        self.targets.push(m.to.unwrap_or(NO_NODE));
        let flag = |is: bool, flag: u8| if is { flag } else { 0 };
        let is_copy = lists::copies(m);
        let mut task = Task {
            bytes: m.bytes,
            partition: m.partition,
            from: m.from.unwrap_or(NO_NODE),
            nodes: [NO_NODE; FEW],
            ranks: [NO_SOURCE; FEW],
            count: 0,
            kind: m.kind,
            reason: m.reason,
            flags: flag(is_copy, IS_COPY)
                | flag(lists::gain(layout, m).is_some(), GAINS)
                | flag(is_copy && next == NONE, IS_SINGLE),
        };
        let is_asked = is_copied || next != NONE;
        if may_be_more && is_asked {
            task.set_more(self.more.add());
        }
        self.tasks.push(task);
        if is_asked {
            self.set_holders(layout, at, held);
        }
    }

    /// Decides who may send a move, from who holds its partition now.
    fn set_holders(&mut self, layout: &Layout, at: u32, held: Held<'_>) {
        let to = self.targets[at as usize];
        let planned = self.planned.get(at as usize).copied().flatten();
        let task = &mut self.tasks[at as usize];
        let flag = |is: bool, rank: u8| if is { rank } else { 0 };
        let rank = |holder: NodeIndex| {
            self.role_ranks[usize::from(holder)]
                | flag(holder == to || layout.is_marked(task.partition, holder), NO_SOURCE)
                | flag(planned != Some(holder), UNPLANNED)
                | flag(held.leader == Some(holder), LEADER)
        };
        if let Some(more) = task.more() {
            self.more.set(more, held.nodes, rank);
            return;
        }
        let (mut nodes, mut ranks) = (task.nodes, task.ranks);
        for ((node, place), &holder) in nodes.iter_mut().zip(&mut ranks).zip(held.nodes) {
            (*node, *place) = (holder, rank(holder));
        }
        task.count = held.nodes.len().min(FEW) as u8;
        (task.nodes, task.ranks) = (nodes, ranks);
    }

    /// Decides who may send the move `next`, which follows a move that is done on its partition.
    pub(super) fn hand_on(&mut self, layout: &Layout, at: u32, next: u32) {
        let to = Some(self.target(at)).filter(|&node| node != NO_NODE);
        let mut held = std::mem::take(&mut self.held);
        held.clear();
        let (nodes, ranks) = self.holders_of(at);
        held.extend_from_slice(nodes);
        let mut leader = nodes.iter().zip(ranks).find(|(_, rank)| **rank & LEADER != 0).map(|(node, _)| *node);
        let place = self.from(at).and_then(|from| held.iter().position(|&node| node == from));
        match (self.kind(at), place, to) {
            (MoveKind::Leader, _, to) => leader = to,
            (MoveKind::Remove, Some(at), _) => drop(held.remove(at)),
            (MoveKind::Replica | MoveKind::Repair, Some(at), Some(to)) => held[at] = to,
            (MoveKind::Replica | MoveKind::Repair, None, Some(to)) if !held.contains(&to) => held.push(to),
            (MoveKind::Replica | MoveKind::Repair | MoveKind::Remove, ..) => {}
        }
        if !leader.is_some_and(|leader| held.contains(&leader)) {
            leader = held.iter().copied().find(|&node| layout.node(node).role.is_readable());
        }
        self.set_holders(layout, next, Held { nodes: &held, leader });
        self.held = held;
    }

    #[inline]
    fn holders_of(&self, at: u32) -> (&[NodeIndex], &[u8]) {
        let task = &self.tasks[at as usize];
        match task.more() {
            None => (&task.nodes[..usize::from(task.count)], &task.ranks[..usize::from(task.count)]),
            Some(more) => self.more.get(more),
        }
    }

    /// How many moves there are.
    pub(super) fn len(&self) -> usize {
        self.tasks.len()
    }

    /// Reads something of a move, if there is one, which brings it near.
    #[inline]
    pub(super) fn look(&self, at: u32) {
        std::hint::black_box(self.tasks.get(at as usize).map_or(0, |task| task.flags));
    }

    /// Where a move stands; what does not exist has started.
    #[inline]
    pub(super) fn stage(&self, at: u32) -> Stage {
        self.stages.get(at as usize).copied().unwrap_or(Stage::Started)
    }

    pub(super) fn set_stage(&mut self, at: u32, stage: Stage) {
        self.stages[at as usize] = stage;
    }

    /// Who gets a copy.
    #[inline]
    pub(super) fn target(&self, at: u32) -> NodeIndex {
        self.targets[at as usize]
    }

    /// Who gets it, if there is such a move and it has not started.
    pub(super) fn target_of_waiting(&self, at: u32) -> Option<NodeIndex> {
        (self.stage(at) != Stage::Started).then(|| self.target(at)).filter(|&node| node != NO_NODE)
    }

    /// What is copied.
    #[inline]
    pub(super) fn bytes(&self, at: u32) -> u64 {
        self.tasks[at as usize].bytes
    }

    /// Of which partition it is.
    pub(super) fn partition(&self, at: u32) -> u32 {
        self.tasks[at as usize].partition
    }

    /// The move itself, with the node that it is copied from.
    #[inline]
    pub(super) fn to_move(&self, at: u32, copy_from: Option<NodeIndex>) -> Move {
        let Task { bytes, partition, kind, reason, .. } = self.tasks[at as usize];
        let to = Some(self.target(at)).filter(|&node| node != NO_NODE);
        Move { partition, kind, reason, from: self.from(at), to, copy_from, bytes }
    }

    /// How urgent a copy is, the most urgent the lowest; `largest`: the most bytes of one.
    pub(super) fn urgency(&self, at: u32, largest: u64) -> u64 {
        let Task { bytes, reason, .. } = self.tasks[at as usize];
        urgency(bytes, reason, largest)
    }

    /// Who gives up its copy.
    #[inline]
    pub(super) fn from(&self, at: u32) -> Option<NodeIndex> {
        Some(self.tasks[at as usize].from).filter(|&node| node != NO_NODE)
    }

    /// What it does.
    #[inline]
    pub(super) fn kind(&self, at: u32) -> MoveKind {
        self.tasks[at as usize].kind
    }

    /// Whether data is copied.
    #[inline]
    pub(super) fn is_copy(&self, at: u32) -> bool {
        self.tasks[at as usize].is(IS_COPY)
    }

    /// Whether data is copied and no other move of its partition follows.
    #[inline]
    pub(super) fn is_single(&self, at: u32) -> bool {
        self.tasks[at as usize].is(IS_SINGLE)
    }

    /// What the target of a move will hold more, from its start on.
    #[inline]
    pub(super) fn gain(&self, at: u32) -> Option<u64> {
        let task = &self.tasks[at as usize];
        task.is(GAINS).then_some(task.bytes)
    }

    /// Whether a target with so much room, if any, has room for a move.
    #[inline]
    pub(super) fn fits(&self, at: u32, room: Option<u64>) -> bool {
        self.gain(at).is_none_or(|bytes| room.is_some_and(|room| bytes <= room))
    }

    /// The first of some copies into the same node behind one that does not fit, that may fit. `next` are their numbers.
    pub(super) fn first_not_larger(&self, next: Range<u32>, room: Option<u64>) -> u32 {
        if !self.get_smaller {
            return next.start;
        }
        let is_too_large = |at: u32| !self.fits(at, room);
        // In growing steps, as mostly they are few.
        let (mut low, mut step) = (next.start, 1);
        while low + step <= next.end && is_too_large(low + step - 1) {
            low += step;
            step *= 2;
        }
        let mut high = (low + step - 1).min(next.end);
        while low < high {
            let middle = low + (high - low) / 2;
            if is_too_large(middle) { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// Who holds what a move copies.
    #[inline]
    pub(super) fn holders(&self, at: u32) -> impl Iterator<Item = Source> {
        let (nodes, ranks) = self.holders_of(at);
        nodes.iter().zip(ranks).map(|(&node, &rank)| Source { node, rank })
    }

    /// Who may send a move.
    #[inline]
    pub(super) fn sources(&self, at: u32) -> impl Iterator<Item = Source> {
        self.holders(at).filter(|source| source.rank & NO_SOURCE == 0)
    }
}
