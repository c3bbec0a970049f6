//! The moves as the schedule looks at them, over and over: small columns, side by side, with their sources decided.

use crate::model::cluster_spec::REPLICATION_MAX;
use crate::placement::NodeIndex;
use crate::planner::layout::{Layout, NO_NODE};
use crate::planner::plan::{Move, MoveKind};
use crate::planner::roles::NodeRole;

use super::lists::{self, NONE};
use super::sources;

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

/// As many holders as most partitions have: they lie beside what else is looked at.
const FEW: usize = 4;

/// What of a move decides when it starts, but for its target and its stage.
#[derive(Clone, Copy, Debug)]
struct Task {
    bytes: u64,
    /// Its holders, if there is no room for more of them elsewhere.
    few: [Holder; FEW],
    /// Where its holders lie if they may be more.
    more: u32,
    count: u8,
    room: u8,
    /// Whether its target will hold more.
    gains: bool,
}

/// Who holds the partition of a move before it.
#[derive(Clone, Copy, Debug, Default)]
struct Holder {
    node: NodeIndex,
    rank: u8,
}

/// Who holds and who leads the partition of each move, side by side: they lie all over the layout, and a loop that does
/// nothing but fetch them waits for many of them at once.
struct Holders {
    slots: Vec<NodeIndex>,
    leaders: Vec<u8>,
    stride: usize,
}

impl Holders {
    fn of(layout: &Layout, moves: &[Move]) -> Self {
        let stride = layout.stride();
        let mut slots = Vec::with_capacity(moves.len() * stride);
        for m in moves {
            slots.extend_from_slice(&layout.replicas()[m.partition as usize * stride..][..stride]);
        }
        let leaders = moves.iter().map(|m| layout.leader_slots()[m.partition as usize]).collect();
        Self { slots, leaders, stride }
    }

    fn of_move(&self, at: usize) -> &[NodeIndex] {
        let slots = &self.slots[at * self.stride..][..self.stride];
        &slots[..slots.iter().position(|&node| node == NO_NODE).unwrap_or(self.stride)]
    }

    fn leader_of_move(&self, at: usize) -> Option<NodeIndex> {
        self.of_move(at).get(usize::from(self.leaders[at])).copied()
    }
}

/// The rank of who cannot be read from.
const NO_SOURCE: u8 = 1 << 3;
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

/// A sound holder that a copy may be read from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source {
    pub(super) node: NodeIndex,
    /// Nodes that are to be left alone last, then who should send it, then followers.
    pub(super) rank: u8,
}

/// All moves.
#[derive(Clone, Debug, Default)]
pub(super) struct Tasks {
    stages: Vec<Stage>,
    targets: Vec<NodeIndex>,
    tasks: Vec<Task>,
    /// The holders of those that may have more than a few.
    more: Vec<Holder>,
    /// Who should send each move, if that was decided beforehand.
    planned: Vec<Option<NodeIndex>>,
    /// What the role of each node adds to its rank.
    role_ranks: Vec<u8>,
    /// Used again and again.
    held: Vec<NodeIndex>,
}

impl Tasks {
    /// `next`, `follows`: which move of its partition comes after each, and whether one comes before it.
    pub(super) fn new(layout: &Layout, moves: &[Move], next: &[u32], follows: &[bool]) -> Self {
        let mut tasks = Self {
            stages: follows.iter().map(|&follows| if follows { Stage::Behind } else { Stage::Waiting }).collect(),
            targets: moves.iter().map(|m| m.to.unwrap_or(NO_NODE)).collect(),
            tasks: Vec::with_capacity(moves.len()),
            more: Vec::new(),
            planned: sources::planned(layout, moves),
            role_ranks: layout.nodes().iter().map(|node| role_rank(node.role)).collect(),
            held: Vec::new(),
        };
        let holders = Holders::of(layout, moves);
        for (at, m) in moves.iter().enumerate() {
            let gain = lists::gain(layout, m);
            let is_copied = matches!(m.kind, MoveKind::Replica | MoveKind::Repair);
            let room = if !is_copied && next[at] == NONE {
                0
            } else if follows[at] {
                // Its partition may have got other holders by then.
                layout.stride().max(REPLICATION_MAX.into())
            } else {
                holders.of_move(at).len()
            };
            tasks.tasks.push(Task {
                bytes: gain.map_or(m.bytes, |(_, bytes)| bytes),
                few: [Holder::default(); FEW],
                more: tasks.more.len() as u32,
                count: 0,
                room: room as u8,
                gains: gain.is_some(),
            });
            if room > FEW {
                tasks.more.resize(tasks.more.len() + room, Holder::default());
            }
            // For a move that follows another this holds until that one is done.
            tasks.set_holders(layout, (at as u32, m), holders.of_move(at), holders.leader_of_move(at));
        }
        tasks
    }

    /// Decides who may send a move, from who holds its partition now.
    fn set_holders(
        &mut self,
        layout: &Layout,
        (at, m): (u32, &Move),
        holders: &[NodeIndex],
        leader: Option<NodeIndex>,
    ) {
        let planned = self.planned.get(at as usize).copied().flatten();
        let task = &mut self.tasks[at as usize];
        let places = match usize::from(task.room) {
            room @ ..=FEW => &mut task.few[..room],
            room => &mut self.more[task.more as usize..][..room],
        };
        task.count = holders.len().min(places.len()) as u8;
        let flag = |is: bool, rank: u8| if is { rank } else { 0 };
        for (place, &node) in places.iter_mut().zip(holders) {
            let rank = self.role_ranks[usize::from(node)]
                | flag(Some(node) == m.to || layout.is_marked(m.partition, node), NO_SOURCE)
                | flag(planned != Some(node), UNPLANNED)
                | flag(leader == Some(node), LEADER);
            *place = Holder { node, rank };
        }
    }

    /// Decides who may send the move `next`, which follows a move that is done on its partition.
    pub(super) fn hand_on(&mut self, layout: &Layout, (at, m): (u32, &Move), (next, following): (u32, &Move)) {
        let mut held = std::mem::take(&mut self.held);
        held.clear();
        held.extend(self.holders_of(at).iter().map(|holder| holder.node));
        let mut leader = self.holders_of(at).iter().find(|holder| holder.rank & LEADER != 0).map(|holder| holder.node);
        match (m.kind, m.from.and_then(|from| held.iter().position(|&node| node == from)), m.to) {
            (MoveKind::Leader, _, to) => leader = to,
            (MoveKind::Remove, Some(at), _) => drop(held.remove(at)),
            (MoveKind::Replica | MoveKind::Repair, Some(at), Some(to)) => held[at] = to,
            (MoveKind::Replica | MoveKind::Repair, None, Some(to)) if !held.contains(&to) => held.push(to),
            (MoveKind::Replica | MoveKind::Repair | MoveKind::Remove, ..) => {}
        }
        if !leader.is_some_and(|leader| held.contains(&leader)) {
            leader = held.iter().copied().find(|&node| layout.node(node).role.is_readable());
        }
        self.set_holders(layout, (next, following), &held, leader);
        self.held = held;
    }

    fn holders_of(&self, at: u32) -> &[Holder] {
        let task = &self.tasks[at as usize];
        let holders = if usize::from(task.room) <= FEW { &task.few[..] } else { &self.more[task.more as usize..] };
        &holders[..usize::from(task.count)]
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

    /// What the target of a move will hold more, from its start on.
    #[inline]
    pub(super) fn gain(&self, at: u32) -> Option<(usize, u64)> {
        let task = &self.tasks[at as usize];
        task.gains.then(|| (usize::from(self.target(at)), task.bytes))
    }

    /// Who may send a move.
    #[inline]
    pub(super) fn sources(&self, at: u32) -> impl Iterator<Item = Source> {
        let sound = self.holders_of(at).iter().filter(|holder| holder.rank & NO_SOURCE == 0);
        sound.map(|&Holder { node, rank }| Source { node, rank })
    }
}
