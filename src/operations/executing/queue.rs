//! Which move begins next: the rolling schedule of the plan, as far as nodes have room.
//!
//! A plan's moves stand in the order in which its schedule begins them; the first of them whose nodes have room begins. A copy is
//! read from any live holder that misses nothing: the least busy, then the one that has sent least, followers before the leader.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::agenda::{Agenda, Chain};
use super::start::Standing;
use crate::model::{NodeId, PartitionId};
use crate::planner::MoveKind;
use crate::planner::document::MoveDocument;

/// So many waiting moves of a target are looked at for one whose source has room.
const LOOK_AHEAD: usize = 16;

/// A move that may begin.
#[derive(Clone, Debug)]
pub(super) struct Picked {
    /// Its chain.
    pub(super) chain: usize,
    pub(super) document: MoveDocument,
    pub(super) standing: Standing,
    pub(super) source: Option<NodeId>,
}

/// Moves that wait.
pub(super) struct Queue {
    chains: Vec<Chain>,
    /// Copies, by target and place in the plan.
    copies: BTreeMap<NodeId, BTreeSet<(u64, usize)>>,
    /// What copies nothing.
    instant: VecDeque<usize>,
    /// Sources that a partition's copy cannot be read from.
    bad: BTreeMap<usize, BTreeSet<NodeId>>,
    /// Nodes that cannot be read.
    down: BTreeSet<NodeId>,
    /// Listed copies that miss something.
    marked: BTreeSet<(PartitionId, NodeId)>,
    sent: BTreeMap<NodeId, u64>,
    bytes_left: Option<u64>,
}

impl Queue {
    pub(super) fn new(
        agenda: Agenda,
        down: BTreeSet<NodeId>,
        marked: BTreeSet<(PartitionId, NodeId)>,
        bytes_max: Option<u64>,
    ) -> Self {
        let Agenda { chains, .. } = agenda;
        let mut queue = Self {
            copies: BTreeMap::new(),
            instant: VecDeque::new(),
            bad: BTreeMap::new(),
            down,
            marked,
            sent: BTreeMap::new(),
            bytes_left: bytes_max,
            chains,
        };
        // Those that copy nothing begin in the plan's order, too.
        let first = |at: &usize| queue.chains[*at].moves.front().map_or(u64::MAX, |m| m.seq);
        let mut order: Vec<usize> = (0..queue.chains.len()).collect();
        order.sort_by_key(first);
        order.into_iter().for_each(|at| queue.wait(at));
        queue
    }

    /// The next move of a chain waits.
    fn wait(&mut self, at: usize) {
        let Some(m) = self.chains[at].moves.front() else { return };
        match (m.kind, &m.to) {
            (MoveKind::Replica | MoveKind::Repair, Some(to)) => {
                self.copies.entry(to.clone()).or_default().insert((m.seq, at));
            }
            (MoveKind::Leader | MoveKind::Remove | MoveKind::Replica | MoveKind::Repair, _) => {
                self.instant.push_back(at);
            }
        }
    }

    /// The next move, if one can begin. `busy` tells in how many copies a node takes part.
    pub(super) fn pick(&mut self, busy: &dyn Fn(&NodeId) -> u32, per_node: u32) -> Option<Picked> {
        if let Some(at) = self.instant.pop_front() {
            return self.picked(at, None);
        }
        let mut best: Option<(u64, usize, NodeId, NodeId)> = None;
        for (to, waiting) in self.copies.iter().filter(|(to, _)| busy(to) < per_node) {
            for (seq, at) in waiting.iter().take(LOOK_AHEAD) {
                if best.as_ref().is_some_and(|(first, ..)| first <= seq) {
                    break;
                }
                if !self.fits(*at) {
                    continue;
                }
                if let Some(source) = self.source(*at, to, busy, per_node) {
                    best = Some((*seq, *at, to.clone(), source));
                    break;
                }
            }
        }
        let (seq, at, to, source) = best?;
        if let Some(waiting) = self.copies.get_mut(&to) {
            waiting.remove(&(seq, at));
        }
        self.copies.retain(|_, waiting| !waiting.is_empty());
        self.picked(at, Some(source))
    }

    fn picked(&mut self, at: usize, source: Option<NodeId>) -> Option<Picked> {
        let chain = &mut self.chains[at];
        let document = chain.moves.pop_front()?;
        if let Some(source) = &source {
            *self.sent.entry(source.clone()).or_default() += document.bytes;
            self.bytes_left = self.bytes_left.map(|left| left.saturating_sub(document.bytes));
        }
        Some(Picked { chain: at, document, standing: chain.standing.clone(), source })
    }

    /// Whether a copy stays within the bytes that may be copied.
    fn fits(&self, at: usize) -> bool {
        let bytes = self.chains[at].moves.front().map_or(0, |m| m.bytes);
        self.bytes_left.is_none_or(|left| bytes <= left)
    }

    fn source(&self, at: usize, to: &NodeId, busy: &dyn Fn(&NodeId) -> u32, per_node: u32) -> Option<NodeId> {
        let chain = &self.chains[at];
        let Standing(expected) = &chain.standing;
        let bad = self.bad.get(&at);
        let may_send = |node: &&NodeId| {
            *node != to
                && busy(node) < per_node
                && !self.down.contains(*node)
                && !self.marked.contains(&(chain.partition, (*node).clone()))
                && !bad.is_some_and(|bad| bad.contains(*node))
        };
        let cost = |node: &&NodeId| {
            let sent = self.sent.get(*node).copied().unwrap_or(0);
            (busy(node), sent, expected.leader.as_ref() == Some(*node))
        };
        expected.nodes.iter().filter(may_send).min_by_key(cost).cloned()
    }

    /// Whether a chain's next copy has any holder left to be read from, busy or not.
    fn has_source(&self, at: usize) -> bool {
        let Some(to) = self.chains[at].moves.front().and_then(|m| m.to.clone()) else { return true };
        self.source(at, &to, &|_| 0, 1).is_some()
    }

    /// A move is through: the next one of its chain waits.
    pub(super) fn done(&mut self, at: usize, standing: Standing) {
        self.chains[at].standing = standing;
        self.wait(at);
    }

    /// A move did not begin, or was undone, and is to be tried again; false = no holder is left that it could be read from.
    pub(super) fn again(&mut self, at: usize, document: MoveDocument, bad_source: Option<NodeId>) -> bool {
        self.bad.entry(at).or_default().extend(bad_source);
        self.chains[at].moves.push_front(document);
        if self.has_source(at) {
            self.wait(at);
            return true;
        }
        self.chains[at].moves.pop_front();
        false
    }

    /// The rest of a chain does not begin; it is left.
    pub(super) fn leave(&mut self, at: usize) -> VecDeque<MoveDocument> {
        std::mem::take(&mut self.chains[at].moves)
    }

    /// Copies that no live holder can be read for: they would wait for ever.
    pub(super) fn hopeless(&mut self) -> Vec<MoveDocument> {
        let waiting = |(to, waiting): (&NodeId, &BTreeSet<(u64, usize)>)| {
            waiting.iter().map(|(seq, at)| (to.clone(), *seq, *at)).collect::<Vec<_>>()
        };
        let all: Vec<(NodeId, u64, usize)> = self.copies.iter().flat_map(waiting).collect();
        let mut found = Vec::new();
        for (to, seq, at) in all {
            if !self.has_source(at) {
                if let Some(waiting) = self.copies.get_mut(&to) {
                    waiting.remove(&(seq, at));
                }
                found.extend(self.leave(at));
            }
        }
        found
    }
}
