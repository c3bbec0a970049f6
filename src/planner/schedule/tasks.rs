//! The moves as the schedule looks at them, over and over: small, side by side, with their sources decided.

use crate::model::cluster_spec::REPLICATION_MAX;
use crate::placement::NodeIndex;
use crate::planner::census::is_sound;
use crate::planner::layout::{Layout, NO_NODE};
use crate::planner::plan::{Move, MoveKind};
use crate::planner::roles::NodeRole;

use super::{lists, sources};

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

/// What of a move decides when it starts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Task {
    bytes: u64,
    /// Who gets a copy.
    pub(super) to: NodeIndex,
    pub(super) stage: Stage,
    /// Whether its target will hold more.
    gains: bool,
    /// Where its sources lie.
    first: u32,
    count: u8,
    room: u8,
}

impl Task {
    /// What its target will hold more, from its start on.
    pub(super) fn gain(&self) -> Option<(usize, u64)> {
        self.gains.then_some((usize::from(self.to), self.bytes))
    }
}

/// A sound holder that a copy may be read from.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Source {
    pub(super) node: NodeIndex,
    /// Nodes that are to be left alone last, then who should send it, then followers.
    pub(super) rank: u8,
}

/// All moves.
#[derive(Clone, Debug, Default)]
pub(super) struct Tasks {
    tasks: Vec<Task>,
    sources: Vec<Source>,
    /// Who should send each move, if that was decided beforehand.
    planned: Vec<Option<NodeIndex>>,
}

impl Tasks {
    /// `follows`: which moves have one of their partition before them.
    pub(super) fn new(layout: &Layout, moves: &[Move], follows: &[bool]) -> Self {
        let mut tasks = Self {
            tasks: Vec::with_capacity(moves.len()),
            sources: Vec::with_capacity(moves.len() * layout.stride()),
            planned: sources::planned(layout, moves),
        };
        for (at, m) in moves.iter().enumerate() {
            let gain = lists::gain(layout, m);
            let room = match m.kind {
                MoveKind::Leader | MoveKind::Remove => 0,
                // Its partition may have got other holders by then.
                MoveKind::Replica | MoveKind::Repair if follows[at] => REPLICATION_MAX.into(),
                MoveKind::Replica | MoveKind::Repair => layout.holders(m.partition).len(),
            };
            tasks.tasks.push(Task {
                bytes: gain.map_or(m.bytes, |(_, bytes)| bytes),
                to: m.to.unwrap_or(NO_NODE),
                stage: if follows[at] { Stage::Behind } else { Stage::Waiting },
                gains: gain.is_some(),
                first: tasks.sources.len() as u32,
                count: 0,
                room: room as u8,
            });
            tasks.sources.resize(tasks.sources.len() + room, Source::default());
            if !follows[at] {
                tasks.set_sources(layout, (at as u32, m), layout.holders(m.partition), layout.leader(m.partition));
            }
        }
        tasks
    }

    /// Decides who may send a move, from who holds its partition now.
    pub(super) fn set_sources(
        &mut self,
        layout: &Layout,
        (at, m): (u32, &Move),
        holders: &[NodeIndex],
        leader: Option<NodeIndex>,
    ) {
        let planned = self.planned.get(at as usize).copied().flatten();
        let task = &mut self.tasks[at as usize];
        let places = &mut self.sources[task.first as usize..][..usize::from(task.room)];
        let sound = holders.iter().filter(|&&node| Some(node) != m.to && is_sound(layout, m.partition, node));
        task.count = 0;
        for (place, &node) in places.iter_mut().zip(sound) {
            let is_fixed = layout.node(node).role == NodeRole::Fixed;
            let rank = u8::from(is_fixed) << 2 | u8::from(planned != Some(node)) << 1 | u8::from(leader == Some(node));
            *place = Source { node, rank };
            task.count += 1;
        }
    }

    pub(super) fn get(&self, at: u32) -> &Task {
        &self.tasks[at as usize]
    }

    /// Where a move stands; what does not exist has started.
    pub(super) fn stage(&self, at: u32) -> Stage {
        self.tasks.get(at as usize).map_or(Stage::Started, |task| task.stage)
    }

    pub(super) fn set_stage(&mut self, at: u32, stage: Stage) {
        self.tasks[at as usize].stage = stage;
    }

    /// Who may send a move.
    pub(super) fn sources(&self, at: u32) -> &[Source] {
        let task = &self.tasks[at as usize];
        &self.sources[task.first as usize..][..usize::from(task.count)]
    }
}
