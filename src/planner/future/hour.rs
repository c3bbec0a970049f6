//! The moves within one coming time bucket.

use std::collections::VecDeque;
use std::ops::Range;

use crate::placement::NodeIndex;
use crate::placement::quota::Bin;
use crate::planner::layout::Layout;
use crate::planner::plan::{Move, MoveKind, MoveReason};
use crate::planner::roles::{Hold, NodeRole};

use super::Failures;
use super::targets::{Supply, targets};

/// A bucket while its replicas are re-placed.
pub(super) struct Hour<'a> {
    layout: &'a Layout,
    keep_lost: bool,
    zone_max: u64,
    /// The partitions that are re-placed.
    partitions: Vec<u32>,
    /// Who is to hold each of them.
    holders: Vec<Vec<NodeIndex>>,
    /// Which of them each node holds.
    on: Vec<Vec<usize>>,
    /// Replicas of the bucket's other partitions on each node.
    others: Vec<u64>,
    /// How many each node should hold, fixed ones left out.
    targets: Vec<u64>,
}

impl<'a> Hour<'a> {
    pub(super) fn new(layout: &'a Layout, range: Range<u32>, keep_lost: bool) -> Self {
        let nodes = layout.nodes().len();
        let mut others = vec![0; nodes];
        let mut partitions = Vec::new();
        for partition in range {
            match layout.holds()[partition as usize] {
                Hold::Future => partitions.push(partition),
                Hold::Split => {}
                Hold::Free
                | Hold::Open
                | Hold::Pinned
                | Hold::Expiring
                | Hold::InFlight
                | Hold::ForeignState
                | Hold::Excluded => layout.holders(partition).iter().for_each(|&n| others[usize::from(n)] += 1),
            }
        }
        let holders: Vec<Vec<NodeIndex>> = partitions.iter().map(|&p| layout.holders(p).to_vec()).collect();
        let mut on = vec![Vec::new(); nodes];
        for (p, holders) in holders.iter().enumerate() {
            holders.iter().for_each(|&node| on[usize::from(node)].push(p));
        }
        Self {
            layout,
            keep_lost,
            zone_max: layout.zone_replicas_max().into(),
            partitions,
            holders,
            on,
            others,
            targets: vec![0; nodes],
        }
    }

    /// The moves from what is there to what is to be, partition by partition.
    pub(super) fn moves(&self) -> Vec<Move> {
        self.partitions.iter().zip(&self.holders).flat_map(|(&p, wanted)| self.moves_of(p, wanted)).collect()
    }

    pub(super) fn re_place(&mut self, carry: &mut [i128], failed: &mut Failures) {
        self.remove_surplus_copies();
        self.targets = targets(self.supply(), &mut carry.to_vec());
        for p in 0..self.partitions.len() {
            self.move_forced(p, failed);
            self.add_missing(p, failed);
        }
        // What had to go may have come from nodes that get nothing back: the targets are those of what is there now.
        self.targets = targets(self.supply(), carry);
        let mut stuck = vec![false; self.targets.len()];
        while let Some(from) = (0..self.targets.len()).filter(|&n| !stuck[n]).find(|&n| self.above(n) > 0) {
            if !self.hand_on(from) {
                stuck[from] = true;
            }
        }
        failed.over.resize(stuck.len(), 0);
        for node in (0..stuck.len()).filter(|&node| self.above(node) > 0) {
            failed.over[node] += 1;
        }
    }

    fn role(&self, node: NodeIndex) -> NodeRole {
        self.layout.node(node).role
    }

    fn zone(&self, node: NodeIndex) -> usize {
        self.layout.node(node).zone.into()
    }

    /// Whether the node keeps all of its replicas whatever happens.
    fn is_fixed(&self, node: NodeIndex) -> bool {
        match self.role(node) {
            NodeRole::Fixed => true,
            NodeRole::Lost => self.keep_lost,
            NodeRole::Open | NodeRole::SendOnly | NodeRole::Draining => false,
        }
    }

    /// How many replicas a node has above its target, if it may give any for that.
    fn above(&self, node: usize) -> u64 {
        match self.role(node as NodeIndex) {
            NodeRole::Open | NodeRole::SendOnly => (self.on[node].len() as u64).saturating_sub(self.targets[node]),
            NodeRole::Fixed | NodeRole::Draining | NodeRole::Lost => 0,
        }
    }

    /// How many replicas a node has below its target; negative above it.
    fn room(&self, node: usize) -> i64 {
        self.targets[node] as i64 - self.on[node].len() as i64
    }

    fn below(&self, node: usize) -> u64 {
        self.targets[node].saturating_sub(self.on[node].len() as u64)
    }

    /// How many replicas each partition has in the end: what it should have, as far as there are nodes.
    fn copies(&self) -> usize {
        let usable = self.layout.nodes().iter().filter(|node| node.role.stays()).count();
        usize::from(self.layout.replication_factor()).min(usable)
    }

    fn supply(&self) -> Supply {
        let count = self.partitions.len() as u64;
        let mut zone_rooms = vec![self.zone_max * count; self.layout.zones().len()];
        let (mut bins, mut now) = (Vec::new(), Vec::new());
        for (n, node) in self.layout.nodes().iter().enumerate() {
            let held = self.on[n].len() as u64;
            let fixed = self.is_fixed(n as NodeIndex);
            let room = match node.role {
                NodeRole::Open | NodeRole::SendOnly => count,
                NodeRole::Fixed | NodeRole::Draining | NodeRole::Lost => 0,
            };
            if fixed && node.role.stays() {
                let of_zone = &mut zone_rooms[usize::from(node.zone)];
                *of_zone = of_zone.saturating_sub(held);
            }
            let held_fast = self.others[n] + if fixed { held } else { 0 };
            bins.push(Bin { weight: node.weight.millis().into(), zone: node.zone.into(), held: held_fast, room });
            now.push(if room > 0 { held } else { 0 });
        }
        let wanted = |holders: &Vec<NodeIndex>| {
            let fixed = holders.iter().filter(|&&node| self.is_fixed(node)).count();
            self.copies().saturating_sub(fixed) as u64
        };
        let gives_only = self.layout.nodes().iter().map(|node| node.role == NodeRole::SendOnly).collect();
        Supply { bins, zone_rooms, now, gives_only, total: self.holders.iter().map(wanted).sum() }
    }

    /// Copies above the replication factor are given up: gone nodes first, then those too many in a zone, then where there are
    /// most for the weight.
    fn remove_surplus_copies(&mut self) {
        for p in 0..self.partitions.len() {
            while self.holders[p].len() > usize::from(self.layout.replication_factor()) {
                let rank = |&node: &NodeIndex| {
                    let goes = !self.role(node).stays() && !self.is_fixed(node);
                    let crowded = self.in_zone(p, self.zone(node), None) > self.zone_max;
                    let load = self.on[usize::from(node)].len() as u64 * 1_000_000_000;
                    let load = load / u64::from(self.layout.node(node).weight.millis());
                    (!self.is_fixed(node), goes, crowded, load, node)
                };
                let Some(&node) = self.holders[p].iter().max_by_key(|node| rank(node)) else { break };
                self.holders[p].retain(|&holder| holder != node);
                self.on[usize::from(node)].retain(|&other| other != p);
            }
        }
    }

    /// Replicas of a partition in a zone that count there; `but` is about to go.
    fn in_zone(&self, p: usize, zone: usize, but: Option<NodeIndex>) -> u64 {
        let counts =
            |&&node: &&NodeIndex| Some(node) != but && self.zone(node) == zone && (self.role(node).is_readable());
        self.holders[p].iter().filter(counts).count() as u64
    }

    /// Whether a replica of a partition may go to a node; `from` gives it up.
    fn is_legal(&self, p: usize, from: Option<NodeIndex>, to: NodeIndex) -> bool {
        self.role(to).receives()
            && !self.holders[p].contains(&to)
            && self.in_zone(p, self.zone(to), from) < self.zone_max
    }

    /// What must leave its node: that is to be emptied or lost, or its zone has too many copies.
    fn move_forced(&mut self, p: usize, failed: &mut Failures) {
        // Of those in a crowded zone the one goes that has most above its target.
        let mut slots: Vec<usize> = (0..self.holders[p].len()).collect();
        let room = |slot: &usize| self.room(self.holders[p][*slot].into());
        slots.sort_by_key(|slot| (self.role(self.holders[p][*slot]).stays(), room(slot), *slot));
        for slot in slots {
            let node = self.holders[p][slot];
            let must_go = match self.role(node) {
                NodeRole::Lost if self.keep_lost => {
                    Failures::note(&mut failed.left_lost, self.partitions[p]);
                    false
                }
                NodeRole::Lost | NodeRole::Draining => true,
                NodeRole::Fixed => false,
                NodeRole::Open | NodeRole::SendOnly => self.in_zone(p, self.zone(node), None) > self.zone_max,
            };
            if !must_go {
                continue;
            }
            match self.best_place(p, Some(node)) {
                Some(to) => self.move_slot(p, slot, to),
                None => Failures::note(&mut failed.homeless, self.partitions[p]),
            }
        }
        if self.is_crowded_by_excluded(p) {
            Failures::note(&mut failed.excluded, self.partitions[p]);
        }
    }

    /// Whether nodes that keep what they have, and nobody else, hold too many replicas of a partition in one zone.
    fn is_crowded_by_excluded(&self, p: usize) -> bool {
        let is_excluded = |node: NodeIndex| self.role(node) == NodeRole::Fixed;
        self.holders[p].iter().any(|&node| {
            let mut in_zone = self.holders[p].iter().filter(|&&other| self.zone(other) == self.zone(node));
            is_excluded(node)
                && self.in_zone(p, self.zone(node), None) > self.zone_max
                && in_zone.all(|&other| is_excluded(other) || !self.role(other).is_readable())
        })
    }

    fn add_missing(&mut self, p: usize, failed: &mut Failures) {
        while self.holders[p].len() < self.copies() {
            let Some(to) = self.best_place(p, None) else {
                Failures::note(&mut failed.homeless, self.partitions[p]);
                return;
            };
            self.holders[p].push(to);
            self.on[usize::from(to)].push(p);
        }
    }

    /// The legal node with most room to its target, or the least above it.
    fn best_place(&self, p: usize, from: Option<NodeIndex>) -> Option<NodeIndex> {
        let legal = (0..self.targets.len()).filter(|&n| self.is_legal(p, from, n as NodeIndex));
        legal.max_by_key(|&n| (self.room(n), std::cmp::Reverse(n))).map(|n| n as NodeIndex)
    }

    /// Takes one replica off a node that has too many, along a shortest chain of nodes to one that has too few; `false` if
    /// there is none.
    fn hand_on(&mut self, start: usize) -> bool {
        let mut reached_from: Vec<Option<usize>> = vec![None; self.targets.len()];
        let mut waiting = VecDeque::from([start]);
        while let Some(node) = waiting.pop_front() {
            // Those that are farthest below come first, so that they are found by one step.
            let mut next: Vec<usize> = (0..self.targets.len())
                .filter(|&n| n != start && reached_from[n].is_none() && self.role(n as NodeIndex).receives())
                .collect();
            next.sort_by_key(|&n| (std::cmp::Reverse(self.below(n)), n));
            for to in next {
                if self.movable(node, to).is_none() {
                    continue;
                }
                reached_from[to] = Some(node);
                if self.below(to) > 0 {
                    return self.move_along(to, &reached_from);
                }
                waiting.push_back(to);
            }
        }
        false
    }

    /// Takes the steps of the chain, the last first; `false` if they do not all go together, and none is taken.
    fn move_along(&mut self, mut to: usize, reached_from: &[Option<usize>]) -> bool {
        let mut taken = Vec::new();
        while let Some(from) = reached_from[to] {
            let Some((p, slot)) = self.movable(from, to) else {
                for (p, slot, back) in taken.into_iter().rev() {
                    self.move_slot(p, slot, back);
                }
                return false;
            };
            self.move_slot(p, slot, to as NodeIndex);
            taken.push((p, slot, from as NodeIndex));
            to = from;
        }
        true
    }

    /// A replica that may go from one node to another: one that is on its way already, else one that the node does not lead,
    /// else any.
    fn movable(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        let (giver, taker) = (from as NodeIndex, to as NodeIndex);
        let legal = self.on[from].iter().filter(|&&p| self.is_legal(p, Some(giver), taker));
        let best = legal.min_by_key(|&&p| {
            let partition = self.partitions[p];
            let settled = self.layout.holders(partition).contains(&giver);
            (settled, self.layout.leader(partition) == Some(giver), p)
        });
        best.and_then(|&p| Some((p, self.holders[p].iter().position(|&node| node == giver)?)))
    }

    fn move_slot(&mut self, p: usize, slot: usize, to: NodeIndex) {
        let from = std::mem::replace(&mut self.holders[p][slot], to);
        self.on[usize::from(from)].retain(|&other| other != p);
        self.on[usize::from(to)].push(p);
    }

    /// From the holders of a partition to the wanted ones, each replica at most once.
    ///
    /// A step that would put too many into a zone waits for the one that leaves it, or is taken together with it: where the
    /// wanted holders keep the zone rule and a zone is full, one of its holders is on its way out.
    fn moves_of(&self, partition: u32, wanted: &[NodeIndex]) -> Vec<Move> {
        let now = self.layout.holders(partition);
        let mut gone: Vec<NodeIndex> = now.iter().copied().filter(|node| !wanted.contains(node)).collect();
        let mut coming: Vec<NodeIndex> = wanted.iter().copied().filter(|node| !now.contains(node)).collect();
        let mut holders = now.to_vec();
        let mut moves = Vec::with_capacity(gone.len().max(coming.len()));
        let step = |kind, reason, from, to| Move { partition, kind, reason, from, to, copy_from: None, bytes: 0 };
        let crowd = |holders: &[NodeIndex], zone| {
            holders.iter().filter(|&&n| self.zone(n) == zone && self.role(n).is_readable()).count() as u64
        };
        while gone.len() > coming.len() {
            let rank =
                |&node: &NodeIndex| (crowd(&holders, self.zone(node)) > self.zone_max, !self.role(node).stays(), node);
            let Some(from) = gone.iter().copied().max_by_key(rank) else { break };
            let reason = match self.role(from) {
                NodeRole::Lost => MoveReason::Repair,
                NodeRole::Draining => MoveReason::Drain,
                NodeRole::Open | NodeRole::SendOnly | NodeRole::Fixed => MoveReason::Balance,
            };
            moves.push(step(MoveKind::Remove, reason, Some(from), None));
            holders.retain(|&holder| holder != from);
            gone.retain(|&node| node != from);
        }
        while !gone.is_empty() && !coming.is_empty() {
            let after = |from: NodeIndex, to: NodeIndex| {
                let leaves = self.zone(from) == self.zone(to) && self.role(from).is_readable();
                crowd(&holders, self.zone(to)) + 1 - u64::from(leaves)
            };
            let pairs = gone.iter().flat_map(|&from| coming.iter().map(move |&to| (from, to)));
            let rank = |&(from, to): &(NodeIndex, NodeIndex)| {
                (after(from, to) > self.zone_max, self.zone(from) != self.zone(to), from, to)
            };
            let Some((from, to)) = pairs.min_by_key(rank) else { break };
            let (kind, reason) = match self.role(from) {
                NodeRole::Lost => (MoveKind::Repair, MoveReason::Repair),
                NodeRole::Draining => (MoveKind::Replica, MoveReason::Drain),
                NodeRole::Open | NodeRole::SendOnly | NodeRole::Fixed
                    if crowd(&holders, self.zone(from)) > self.zone_max =>
                {
                    (MoveKind::Replica, MoveReason::Zone)
                }
                NodeRole::Open | NodeRole::SendOnly | NodeRole::Fixed => (MoveKind::Replica, MoveReason::Balance),
            };
            moves.push(step(kind, reason, Some(from), Some(to)));
            holders.iter_mut().filter(|holder| **holder == from).for_each(|holder| *holder = to);
            gone.retain(|&node| node != from);
            coming.retain(|&node| node != to);
        }
        moves.extend(coming.iter().map(|&to| step(MoveKind::Repair, MoveReason::Repair, None, Some(to))));
        moves
    }
}
