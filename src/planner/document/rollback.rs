//! What is left to do to bring a plan's partitions back to where the plan found them.
//!
//! Invariant: it rests on how each partition stands now alone: after any number of the plan's own moves, and after any number
//! of those that undo them. So it can be computed again after every stop, and when all is undone nothing is left.

use std::collections::BTreeMap;

use crate::model::PartitionId;
use crate::planner::layout::Layout;
use crate::planner::roles::Hold;

use super::inverse::{Holders, Undone, undone};
use super::stale::{StaleMove, difference, standing, unusable};
use super::{MoveDocument, PlanDocument, UnplannedDocument};

/// What undoes what was done of a plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rollback {
    /// The moves back, in their order; the first of each partition says what it expects.
    pub moves: Vec<MoveDocument>,
    /// Partitions that stand as the plan found them.
    pub at_rest: u64,
    /// Moves of the plan whose partition was changed by others: it is left alone.
    pub stale: Vec<StaleMove>,
    /// What stays: copies that were repaired, and what would go to a lost node.
    pub unplanned: Vec<UnplannedDocument>,
}

/// Computes the way back from how the cluster stands now.
#[must_use]
pub fn rollback(layout: &Layout, document: &PlanDocument) -> Rollback {
    let mut chains: BTreeMap<PartitionId, Vec<MoveDocument>> = BTreeMap::new();
    document.moves.iter().for_each(|m| chains.entry(m.partition).or_default().push(m.clone()));
    let mut found = Rollback::default();
    let mut ways: Vec<(u64, Vec<MoveDocument>)> = Vec::new();
    for (id, chain) in chains {
        let Some(first) = chain.first() else { continue };
        match way_back(layout, id, &chain) {
            Ok((moves, unplanned)) => {
                found.unplanned.extend(unplanned);
                let unusable = moves.iter().find_map(|m| unusable(layout, m));
                match unusable {
                    Some(reason) => found.stale.push(StaleMove { seq: first.seq, partition: id, reason }),
                    None if moves.is_empty() => found.at_rest += 1,
                    None => ways.push((chain.last().map_or(0, |m| m.seq), moves)),
                }
            }
            Err(reason) => found.stale.push(StaleMove { seq: first.seq, partition: id, reason }),
        }
    }
    // What was done last is undone first.
    ways.sort_by_key(|(last, _)| std::cmp::Reverse(*last));
    found.moves = ways.into_iter().flat_map(|(_, moves)| moves).collect();
    for (seq, m) in (0..).zip(&mut found.moves) {
        m.seq = seq;
    }
    found
}

/// The moves from how a partition stands to where the plan found it; why not, if it stands otherwise.
fn way_back(
    layout: &Layout,
    id: PartitionId,
    chain: &[MoveDocument],
) -> Result<(Vec<MoveDocument>, Vec<UnplannedDocument>), String> {
    let Some(original) = chain.first().and_then(|m| m.expects.as_ref()).map(Holders::of) else {
        return Err("the plan does not say what it expects of the partition".to_owned());
    };
    let Some(partition) = layout.partition_index(id) else { return Err("its record is gone".to_owned()) };
    match layout.holds()[partition as usize] {
        Hold::Split => return Err("it was split".to_owned()),
        Hold::InFlight => return Err("an operation is in flight on it".to_owned()),
        Hold::Free
        | Hold::Future
        | Hold::Open
        | Hold::Pinned
        | Hold::Expiring
        | Hold::ForeignState
        | Hold::Excluded => {}
    }
    let now = standing(layout, partition);
    if original.is_same(&now) {
        return Ok((Vec::new(), Vec::new()));
    }
    for done in 1..=chain.len() {
        let Undone { done: after, mut moves, unplanned, .. } = undone(layout, &chain[..done]);
        let Some(mut then) = after.get(&id).cloned() else { continue };
        for undone in 0..=moves.len() {
            if then.is_same(&now) {
                let mut left = moves.split_off(undone);
                if let Some(first) = left.first_mut() {
                    first.expects = Some(now.expected());
                }
                return Ok((left, unplanned));
            }
            if let Some(m) = moves.get(undone) {
                then.apply(layout, m);
            }
        }
    }
    Err(difference(&original, &now))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{a_move, layout, pid, plan, provenance};
    use super::*;
    use crate::planner::document::MoveDocument;
    use crate::planner::layout::LayoutPartition;
    use crate::planner::{Hold, MoveKind, Settings};

    fn document() -> PlanDocument {
        let moves = vec![
            a_move(0, MoveKind::Replica, Some(0), Some(2)),
            a_move(1, MoveKind::Leader, Some(1), Some(2)),
            a_move(1, MoveKind::Replica, Some(1), Some(3)),
        ];
        PlanDocument::new(&layout(), &Settings::default(), &plan(moves), provenance())
    }

    /// The sample layout in which partitions stand otherwise.
    fn standing_so(other: &BTreeMap<PartitionId, Holders>) -> Layout {
        let old = layout();
        let nodes: Vec<crate::model::Node> = old
            .nodes()
            .iter()
            .map(|n| {
                let mut node = crate::model::Node::new(n.id.clone());
                node.location.availability_zone = Some(old.zones()[usize::from(n.zone)].clone());
                node
            })
            .collect();
        let mut new = Layout::new(&nodes, 2).unwrap();
        for at in 0..old.len() as u32 {
            let id = old.ids()[at as usize];
            let holders = other.get(&id).cloned().unwrap_or_else(|| standing(&old, at));
            let number = |node: &crate::model::NodeId| new.node_index(node).unwrap();
            let nodes: Vec<_> = holders.nodes.iter().map(number).collect();
            let leader = holders.leader.as_ref().map(number);
            let Holders { state, epoch, .. } = holders;
            let (size_bytes, hold, revision) = (100, Hold::Free, 9);
            new.push(&LayoutPartition { id, size_bytes, nodes: &nodes, leader, hold, state, revision, epoch }).unwrap();
        }
        new
    }

    fn told(moves: &[MoveDocument]) -> Vec<String> {
        let name = |node: &Option<crate::model::NodeId>| node.as_ref().map_or("-".to_owned(), ToString::to_string);
        moves.iter().map(|m| format!("{} {:?} {}->{}", m.partition, m.kind, name(&m.from), name(&m.to))).collect()
    }

    #[test]
    fn what_was_not_done_is_not_undone() {
        let back = rollback(&layout(), &document());
        assert_eq!((back.at_rest, back.moves.len(), back.stale.len()), (2, 0, 0));
    }

    #[test]
    fn from_every_state_on_the_way_there_and_back_it_ends_in_the_originals() {
        let (base, document) = (layout(), document());
        let originals = standing_so(&BTreeMap::new());
        // Forward one move after the other, back one move after the other, from each point.
        for done in 0..=document.moves.len() {
            let mut now: BTreeMap<PartitionId, Holders> = BTreeMap::new();
            for m in &document.moves[..done] {
                let at = base.partition_index(m.partition).unwrap();
                now.entry(m.partition).or_insert_with(|| standing(&base, at)).apply(&base, m);
            }
            let mut steps = 0;
            loop {
                let cluster = standing_so(&now);
                let back = rollback(&cluster, &document);
                assert!(back.stale.is_empty(), "{done}: {:?}", back.stale);
                let Some(m) = back.moves.first() else { break };
                assert_eq!(m.expects.as_ref().unwrap().epoch, now[&m.partition].epoch);
                now.get_mut(&m.partition).unwrap().apply(&cluster, m);
                steps += 1;
                assert!(steps < 10, "{done}: {:?}", told(&back.moves));
            }
            for (id, holders) in now {
                let at = originals.partition_index(id).unwrap();
                let original = standing(&originals, at);
                let sorted = |h: &Holders| h.nodes.iter().cloned().collect::<std::collections::BTreeSet<_>>();
                assert_eq!((sorted(&holders), &holders.leader), (sorted(&original), &original.leader), "{done} {id}");
            }
        }
    }

    #[test]
    fn what_others_changed_is_left_alone() {
        let base = layout();
        let mut holders = standing(&base, base.partition_index(pid(0)).unwrap());
        holders.epoch += 7;
        let back = rollback(&standing_so(&BTreeMap::from([(pid(0), holders)])), &document());
        assert_eq!(back.stale.len(), 1);
        assert!(back.stale[0].reason.contains("epoch"), "{:?}", back.stale);
    }
}
