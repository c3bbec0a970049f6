//! The plan that undoes a plan.
//!
//! Invariant: what was repaired is not broken again: a copy that was made anew stays where it is, and nothing goes back to
//! a node that is lost. What is not undone for that is said in `unplanned`.

use std::collections::BTreeMap;

use crate::model::{NodeId, PartitionId, PartitionState};
use crate::planner::bound::lower_bound;
use crate::planner::loads::balance;
use crate::planner::plan::{Move, MoveKind, UnplannedReason};
use crate::planner::schedule::schedule;
use crate::planner::settings::{PPM, Pace};
use crate::planner::targets::targets;
use crate::planner::{Layout, NodeRole};

use super::build::gap;
use super::{Expected, MoveDocument, NodeDocument, PlanDocument, SettingsDocument, Summary, UnplannedDocument};

/// A partition while moves are applied to it.
#[derive(Clone, Debug)]
pub(super) struct Holders {
    pub(super) nodes: Vec<NodeId>,
    pub(super) leader: Option<NodeId>,
    pub(super) state: PartitionState,
    pub(super) epoch: u64,
}

/// The plan that restores what a plan for this layout found.
///
/// Replicas and leaders go back in the opposite order. Its moves carry no `mod_revision`, which nobody knows before the
/// plan is executed.
#[must_use]
pub fn inverse(layout: &Layout, document: &PlanDocument) -> PlanDocument {
    let Undone { done, holders, mut moves, unplanned } = undone(layout, &document.moves);
    let mut waiting = done.clone();
    for (seq, m) in moves.iter_mut().enumerate() {
        m.seq = seq as u64;
        m.expects = waiting.remove(&m.partition).map(Holders::expected);
    }
    let nodes = node_documents(document, &moves, &done, &holders);
    let summary = summary(layout, document, &moves);
    PlanDocument { moves, summary, nodes, unplanned, ..document.clone() }.sealed()
}

/// What undoes some moves.
pub(super) struct Undone {
    /// How their partitions stand after them.
    pub(super) done: BTreeMap<PartitionId, Holders>,
    /// And after what undoes them.
    pub(super) holders: BTreeMap<PartitionId, Holders>,
    /// What undoes them, without numbers and expectations.
    pub(super) moves: Vec<MoveDocument>,
    /// What stays.
    pub(super) unplanned: Vec<UnplannedDocument>,
}

/// What undoes moves, of which the first of each partition says what it expected.
pub(super) fn undone(layout: &Layout, document_moves: &[MoveDocument]) -> Undone {
    let mut undo = Undo { layout, holders: BTreeMap::new(), moves: Vec::new(), unplanned: Vec::new() };
    for m in document_moves {
        let expected = m.expects.as_ref().map(Holders::of);
        if let Some(holders) = undo.holders.get_mut(&m.partition) {
            holders.apply(layout, m);
        } else if let Some(mut holders) = expected {
            holders.apply(layout, m);
            undo.holders.insert(m.partition, holders);
        }
    }
    let done = undo.holders.clone();
    document_moves.iter().rev().for_each(|m| undo.undo(m));
    for m in document_moves {
        if let Some(Expected { leader: Some(leader), .. }) = &m.expects {
            undo.restore_leader(m, leader);
        }
    }
    let Undo { holders, moves, unplanned, .. } = undo;
    Undone { done, holders, moves, unplanned }
}

/// Totals of the inverse: what it costs from where the plan ends, and where it leads.
fn summary(layout: &Layout, document: &PlanDocument, back: &[MoveDocument]) -> Summary {
    let SettingsDocument { band, bandwidth_bytes_per_second, migrations_per_node, .. } = document.settings;
    let band_ppm = (band * PPM as f64).round() as u32;
    let mut before = layout.clone();
    // What does not fit was not done, and the plan's own check says so.
    for m in document.moves.iter().filter_map(|m| m.numbered(layout)) {
        before.apply(&m);
    }
    let moves: Vec<Move> = back.iter().filter_map(|m| m.numbered(layout)).collect();
    let mut after = before.clone();
    for m in &moves {
        after.apply(m);
    }
    let (aim, end) = (targets(&before, band_ppm), targets(&after, band_ppm));
    let pace = Pace { node_bytes_per_second: bandwidth_bytes_per_second, migrations_per_node };
    let time = schedule(&before, moves, &aim.nodes, pace);
    let bytes = back.iter().map(|m| m.bytes).sum();
    let lower_bound_bytes = lower_bound(&before, &aim);
    let transfers = back.iter().filter(|m| m.kind == MoveKind::Leader).count() as u64;
    Summary {
        moves: back.len() as u64 - transfers,
        bytes,
        lower_bound_bytes,
        gap: gap(bytes, lower_bound_bytes),
        leader_transfers: transfers,
        estimated_seconds: time.estimated_seconds,
        estimated_seconds_minimum: time.estimated_seconds_minimum,
        before: balance(&before, &aim).into(),
        after: balance(&after, &end).into(),
    }
}

impl Holders {
    pub(super) fn of(expected: &Expected) -> Self {
        let Expected { nodes, leader, state, epoch } = expected.clone();
        Self { nodes, leader, state, epoch }
    }

    pub(super) fn expected(self) -> Expected {
        let Self { nodes, leader, state, epoch } = self;
        Expected { nodes, leader, state, epoch }
    }

    /// Applies a move as its execution would; every change of owners or leader takes the epoch one further.
    pub(super) fn apply(&mut self, layout: &Layout, m: &MoveDocument) {
        let place = m.from.as_ref().and_then(|from| self.nodes.iter().position(|node| node == from));
        match (m.kind, place, &m.to) {
            (MoveKind::Leader, _, to) => self.leader.clone_from(to),
            (MoveKind::Replica | MoveKind::Repair, Some(at), Some(to)) => self.nodes[at] = to.clone(),
            (MoveKind::Replica | MoveKind::Repair, None, Some(to)) if !self.nodes.contains(to) => {
                self.nodes.push(to.clone());
            }
            (MoveKind::Remove, Some(at), _) => drop(self.nodes.remove(at)),
            (MoveKind::Replica | MoveKind::Repair | MoveKind::Remove, ..) => {}
        }
        if !self.leader.as_ref().is_some_and(|leader| self.nodes.contains(leader)) {
            self.leader = self.nodes.iter().find(|node| !is_lost(layout, node)).cloned();
        }
        self.epoch = self.epoch.saturating_add(1);
    }
}

fn is_lost(layout: &Layout, node: &NodeId) -> bool {
    layout.node_index(node).is_none_or(|node| layout.node(node).role == NodeRole::Lost)
}

struct Undo<'a> {
    layout: &'a Layout,
    holders: BTreeMap<PartitionId, Holders>,
    moves: Vec<MoveDocument>,
    unplanned: Vec<UnplannedDocument>,
}

impl Undo<'_> {
    fn undo(&mut self, m: &MoveDocument) {
        let Some(holders) = self.holders.get(&m.partition) else { return };
        let holds = |node: &NodeId| holders.nodes.contains(node);
        match (m.kind, &m.from, &m.to) {
            (MoveKind::Replica, Some(from), Some(to)) if holds(to) && !holds(from) => {
                let (from, to) = (from.clone(), to.clone());
                self.back(m, MoveKind::Replica, Some(to.clone()), from, Some(to), m.bytes);
            }
            (MoveKind::Leader, Some(from), Some(to)) if holders.leader.as_ref() == Some(to) && holds(from) => {
                self.back(m, MoveKind::Leader, Some(to.clone()), from.clone(), None, 0);
            }
            (MoveKind::Remove, Some(from), _) if !holds(from) => {
                let source = holders.nodes.iter().find(|node| !is_lost(self.layout, node)).cloned();
                let at = self.layout.partition_index(m.partition);
                let bytes = at.map_or(0, |at| self.layout.sizes()[at as usize]);
                self.back(m, MoveKind::Repair, None, from.clone(), source, bytes);
            }
            (MoveKind::Repair, from, Some(to)) => {
                let what = from.as_ref().map_or_else(String::new, |from| format!(" in place of that on {from}"));
                self.leave(m, to, format!("the copy that was made on {to}{what} stays"));
            }
            (MoveKind::Replica | MoveKind::Leader | MoveKind::Remove | MoveKind::Repair, ..) => {}
        }
    }

    /// Brings a replica or leadership back, unless its node is lost.
    fn back(
        &mut self,
        m: &MoveDocument,
        kind: MoveKind,
        from: Option<NodeId>,
        to: NodeId,
        copy_from: Option<NodeId>,
        bytes: u64,
    ) {
        if is_lost(self.layout, &to) {
            return self.leave(m, &to, format!("nothing goes back to {to}, which is lost"));
        }
        let back = MoveDocument {
            seq: 0,
            partition: m.partition,
            kind,
            reason: m.reason,
            from,
            to: Some(to),
            copy_from,
            bytes,
            mod_revision: 0,
            expects: None,
        };
        if let Some(holders) = self.holders.get_mut(&m.partition) {
            holders.apply(self.layout, &back);
        }
        self.moves.push(back);
    }

    /// A leadership that went with its copy comes back by a transfer.
    fn restore_leader(&mut self, m: &MoveDocument, leader: &NodeId) {
        let Some(holders) = self.holders.get(&m.partition) else { return };
        if holders.leader.as_ref() != Some(leader) && holders.nodes.contains(leader) && !is_lost(self.layout, leader) {
            let from = holders.leader.clone();
            self.back(m, MoveKind::Leader, from, leader.clone(), None, 0);
        }
    }

    fn leave(&mut self, m: &MoveDocument, node: &NodeId, message: String) {
        let (partition, node) = (Some(m.partition), Some(node.clone()));
        self.unplanned.push(UnplannedDocument { partition, node, reason: UnplannedReason::NoTarget, message });
    }
}

/// Every node, whose load is first what the plan made it.
fn node_documents(
    document: &PlanDocument,
    moves: &[MoveDocument],
    before: &BTreeMap<PartitionId, Holders>,
    after: &BTreeMap<PartitionId, Holders>,
) -> Vec<NodeDocument> {
    let mut bytes: BTreeMap<&NodeId, (u64, u64)> = BTreeMap::new();
    for m in moves.iter().filter(|m| m.kind != MoveKind::Leader) {
        m.from.iter().for_each(|node| bytes.entry(node).or_default().0 += m.bytes);
        m.to.iter().for_each(|node| bytes.entry(node).or_default().1 += m.bytes);
    }
    let mut leaders: BTreeMap<&NodeId, (u64, u64)> = BTreeMap::new();
    before.values().filter_map(|h| h.leader.as_ref()).for_each(|node| leaders.entry(node).or_default().0 += 1);
    after.values().filter_map(|h| h.leader.as_ref()).for_each(|node| leaders.entry(node).or_default().1 += 1);
    let of = |map: &BTreeMap<&NodeId, (u64, u64)>, node: &NodeId| map.get(node).copied().unwrap_or_default();
    let node = |n: &NodeDocument| {
        let ((out, into), (lost, won)) = (of(&bytes, &n.node), of(&leaders, &n.node));
        NodeDocument {
            before_bytes: n.after_bytes,
            after_bytes: n.after_bytes.saturating_add(into).saturating_sub(out),
            before_leaders: n.after_leaders,
            after_leaders: n.after_leaders.saturating_add(won).saturating_sub(lost),
            ..n.clone()
        }
    };
    document.nodes.iter().map(node).collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{a_move, layout, layout_without, pid, plan, provenance};
    use super::*;
    use crate::planner::{Move, Settings};

    fn made(layout: &Layout, moves: Vec<Move>) -> PlanDocument {
        PlanDocument::new(layout, &Settings::default(), &plan(moves), provenance())
    }

    fn told(document: &PlanDocument) -> Vec<String> {
        let name = |node: &Option<NodeId>| node.as_ref().map_or("-", NodeId::as_str).to_owned();
        let told =
            |m: &MoveDocument| format!("{} {:?} {}->{} {} B", m.partition, m.kind, name(&m.from), name(&m.to), m.bytes);
        document.moves.iter().map(told).collect()
    }

    #[test]
    fn originals_come_back_in_the_opposite_order() {
        let layout = layout();
        let moves = vec![
            a_move(0, MoveKind::Replica, Some(0), Some(2)), // its leader goes with it
            a_move(1, MoveKind::Leader, Some(1), Some(2)),
            a_move(1, MoveKind::Replica, Some(1), Some(3)),
            a_move(2, MoveKind::Remove, Some(2), None),
        ];
        let document = made(&layout, moves);
        let inverse = inverse(&layout, &document);
        let (p0, p1, p2) = (pid(0), pid(1), pid(2));
        assert_eq!(
            told(&inverse),
            [
                format!("{p2} Repair -->n2 100 B"),
                format!("{p1} Replica n3->n1 100 B"),
                format!("{p1} Leader n2->n1 0 B"),
                format!("{p0} Replica n2->n0 100 B"),
                format!("{p2} Leader n3->n2 0 B"),
            ]
        );
        // After n0 went, the first live node of the new list leads: n2, as it took the place of n0.
        let first = inverse.moves[3].expects.clone().unwrap();
        assert_eq!((first.nodes, first.epoch), (vec!["n2".parse().unwrap(), "n1".parse().unwrap()], 4));
        assert_eq!(first.leader, Some("n2".parse().unwrap()));
        assert_eq!(inverse.moves[1].expects.clone().unwrap().epoch, 5);
        assert!(inverse.moves[2].expects.is_none() && inverse.unplanned.is_empty());
        assert_eq!((inverse.summary.moves, inverse.summary.bytes, inverse.summary.leader_transfers), (3, 300, 2));
        assert_eq!(inverse.summary.after, balance(&layout, &targets(&layout, 20_000)).into(), "all is as it was");
        assert_ne!(inverse.plan_id, document.plan_id);
        let text = inverse.to_json();
        assert!(super::super::read::ReadPlan::parse(text.as_bytes()).is_ok());
        let undone = |n: &NodeDocument| n.after_bytes.abs_diff(n.before_bytes);
        assert_eq!(inverse.nodes.iter().map(undone).collect::<Vec<_>>(), [100, 100, 0, 100]);
    }

    #[test]
    fn nothing_goes_back_to_what_is_lost() {
        let layout = layout_without(&[0]);
        let moves = vec![a_move(0, MoveKind::Repair, Some(0), Some(2)), a_move(3, MoveKind::Replica, Some(3), Some(1))];
        let document = made(&layout, moves);
        let inverse = inverse(&layout, &document);
        assert_eq!(told(&inverse), [format!("{} Replica n1->n3 100 B", pid(3))]);
        let messages: Vec<&str> = inverse.unplanned.iter().map(|u| u.message.as_str()).collect();
        assert_eq!(messages, ["the copy that was made on n2 in place of that on n0 stays"]);
    }

    #[test]
    fn the_inverse_of_nothing_is_nothing() {
        let document = made(&layout(), Vec::new());
        assert!(inverse(&layout(), &document).moves.is_empty());
    }
}
