//! Whether a plan still fits the cluster.
//!
//! A move is stale when nodes, leader, state, split or epoch of its partition differ from what the plan expects after its own
//! earlier moves there, or a node that it uses is no longer usable. A new revision alone says nothing: sizes and counts
//! may change.
//!
//! Invariant: what the plan itself has done does not make it stale: a partition may stand where the plan left it after
//! any number of its own moves, and those moves are done.

use std::collections::BTreeMap;

use crate::model::{NodeId, PartitionId};
use crate::placement::NodeIndex;
use crate::planner::roles::Hold;
use crate::planner::{Layout, MoveKind, NodeRole};

use super::inverse::Holders;
use super::{Expected, MoveDocument, PlanDocument};

/// A move that no longer fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaleMove {
    /// Its place in the plan.
    pub seq: u64,
    /// Its partition.
    pub partition: PartitionId,
    /// Why, for people.
    pub reason: String,
}

/// How far a plan is, and what of it no longer fits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Freshness {
    /// Places of moves that are done.
    pub done: Vec<u64>,
    /// Moves that no longer fit, in the plan's order.
    pub stale: Vec<StaleMove>,
}

/// Compares a plan with the cluster as it is now.
#[must_use]
pub fn freshness(layout: &Layout, document: &PlanDocument) -> Freshness {
    let mut chains: BTreeMap<PartitionId, Vec<&MoveDocument>> = BTreeMap::new();
    document.moves.iter().for_each(|m| chains.entry(m.partition).or_default().push(m));
    let mut found = Freshness::default();
    for (partition, moves) in chains {
        match progress(layout, partition, &moves) {
            Ok(done) => {
                found.done.extend(moves[..done].iter().map(|m| m.seq));
                for m in &moves[done..] {
                    if let Some(reason) = unusable(layout, m) {
                        found.stale.push(StaleMove { seq: m.seq, partition, reason });
                    }
                }
            }
            Err(reason) => {
                let stale = |m: &&MoveDocument| StaleMove { seq: m.seq, partition, reason: reason.clone() };
                found.stale.extend(moves.iter().map(stale));
            }
        }
    }
    found.done.sort_unstable();
    found.stale.sort_by_key(|stale| stale.seq);
    found
}

/// How many of its moves a partition has behind it.
fn progress(layout: &Layout, id: PartitionId, moves: &[&MoveDocument]) -> Result<usize, String> {
    let Some(expected) = moves.first().and_then(|m| m.expects.as_ref()) else {
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
    let mut then = Holders::of(expected);
    for done in 0..=moves.len() {
        if then.is_same(&now) {
            return Ok(done);
        }
        if let Some(m) = moves.get(done) {
            then.apply(layout, m);
        }
    }
    Err(difference(&Holders::of(expected), &now))
}

/// How a partition stands now.
pub(super) fn standing(layout: &Layout, partition: u32) -> Holders {
    let name = |node: NodeIndex| layout.node(node).id.clone();
    Holders {
        nodes: layout.holders(partition).iter().map(|&node| name(node)).collect(),
        leader: layout.leader(partition).map(name),
        state: layout.states()[partition as usize],
        epoch: layout.epochs()[partition as usize],
    }
}

/// How a partition stands now, as an expectation; `None` without its record.
#[must_use]
pub fn expectation(layout: &Layout, id: PartitionId) -> Option<Expected> {
    Some(standing(layout, layout.partition_index(id)?).expected())
}

impl Holders {
    /// Whether both say the same; the order of the nodes does not count.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        sorted(&self.nodes) == sorted(&other.nodes)
            && (&self.leader, self.state, self.epoch) == (&other.leader, other.state, other.epoch)
    }
}

fn sorted(nodes: &[NodeId]) -> Vec<&NodeId> {
    let mut sorted: Vec<&NodeId> = nodes.iter().collect();
    sorted.sort_unstable();
    sorted
}

/// What differs first, in words.
pub(super) fn difference(then: &Holders, now: &Holders) -> String {
    let leader = |leader: &Option<NodeId>| leader.as_ref().map_or("nobody", NodeId::as_str).to_owned();
    let nodes = |nodes: &[NodeId]| nodes.iter().map(NodeId::as_str).collect::<Vec<_>>().join(",");
    if sorted(&then.nodes) != sorted(&now.nodes) {
        format!("its nodes were {} and are {}", nodes(&then.nodes), nodes(&now.nodes))
    } else if then.leader != now.leader {
        format!("its leader was {} and is {}", leader(&then.leader), leader(&now.leader))
    } else if then.state != now.state {
        format!("its state was {} and is {}", then.state.name(), now.state.name())
    } else {
        format!("its epoch was {} and is {}: it was changed meanwhile", then.epoch, now.epoch)
    }
}

/// Why a move that is still to be made cannot be made with its nodes.
pub(super) fn unusable(layout: &Layout, m: &MoveDocument) -> Option<String> {
    let role = |id: &NodeId| layout.node_index(id).map(|node| layout.node(node).role);
    let told = |id: &NodeId, what: &str| match role(id) {
        None => format!("node {id} is gone"),
        Some(NodeRole::Lost) => format!("node {id} is down"),
        Some(_) => format!("node {id} {what}"),
    };
    let listed = |to: &NodeId| {
        let (partition, node) = (layout.partition_index(m.partition)?, layout.node_index(to)?);
        layout.holders(partition).contains(&node).then_some(())
    };
    // A copy that misses something is made good where it is, whether or not new ones may come.
    let is_new = matches!(m.kind, MoveKind::Replica | MoveKind::Repair) && m.to.as_ref().and_then(listed).is_none();
    if let Some(to) = &m.to {
        if is_new && !role(to).is_some_and(NodeRole::receives) {
            return Some(told(to, "takes no new partitions"));
        }
        if !role(to).is_some_and(NodeRole::is_readable) {
            return Some(told(to, "cannot lead"));
        }
    }
    let source = m.copy_from.as_ref().filter(|from| !role(from).is_some_and(NodeRole::is_readable))?;
    Some(told(source, "cannot be read"))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{a_move, layout, layout_without, pid, plan, provenance};
    use super::*;
    use crate::model::PartitionState;
    use crate::planner::layout::LayoutPartition;
    use crate::planner::{Move, Settings};

    fn made(moves: Vec<Move>) -> PlanDocument {
        PlanDocument::new(&layout(), &Settings::default(), &plan(moves), provenance())
    }

    /// The layout, in which one partition stands otherwise.
    fn with(index: u32, holders: &[NodeIndex], leader: NodeIndex, state: PartitionState, epoch: u64) -> Layout {
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
            let (holders, leader, state, epoch) = match at == index {
                true => (holders, Some(leader), state, epoch),
                false => (old.holders(at), old.leader(at), PartitionState::Active, 3),
            };
            let id = old.ids()[at as usize];
            // Other sizes and revisions make nothing stale.
            let (size_bytes, revision, hold) = (500, 99, Hold::Free);
            new.push(&LayoutPartition { id, size_bytes, nodes: holders, leader, hold, state, revision, epoch })
                .unwrap();
        }
        new
    }

    fn reasons(layout: &Layout, document: &PlanDocument) -> Vec<(u64, String)> {
        freshness(layout, document).stale.into_iter().map(|s| (s.seq, s.reason)).collect()
    }

    #[test]
    fn what_the_plan_did_itself_is_done_and_not_stale() {
        let document = made(vec![
            a_move(0, MoveKind::Replica, Some(0), Some(2)),
            a_move(1, MoveKind::Leader, Some(1), Some(2)),
            a_move(0, MoveKind::Leader, Some(2), Some(1)),
        ]);
        use PartitionState::Active;
        let done = |layout: &Layout| {
            let found = freshness(layout, &document);
            assert!(found.stale.is_empty(), "{found:?}");
            found.done
        };
        assert_eq!(done(&layout()), Vec::<u64>::new());
        // The leader went with its copy: the first live node of the new list leads, which is n2.
        assert_eq!(done(&with(0, &[2, 1], 2, Active, 4)), [0]);
        assert_eq!(done(&with(0, &[1, 2], 1, Active, 5)), [0, 2], "in whichever order the nodes stand");
        assert_eq!(done(&with(1, &[1, 2], 2, Active, 4)), [1]);
    }

    #[test]
    fn every_other_change_is_told() {
        use PartitionState::{Active, ReadOnly};
        let document =
            made(vec![a_move(0, MoveKind::Replica, Some(1), Some(3)), a_move(0, MoveKind::Leader, Some(0), Some(3))]);
        for (layout, told) in [
            (with(0, &[0, 2], 0, Active, 4), "its nodes were n0,n1 and are n0,n2"),
            (with(0, &[0, 1], 1, Active, 3), "its leader was n0 and is n1"),
            (with(0, &[0, 1], 0, ReadOnly, 3), "its state was Active and is ReadOnly"),
            (with(0, &[0, 1], 0, Active, 5), "its epoch was 3 and is 5: it was changed meanwhile"),
        ] {
            assert_eq!(reasons(&layout, &document), [(0, told.to_owned()), (1, told.to_owned())]);
        }
        let mut gone = document.clone();
        gone.moves.iter_mut().for_each(|m| m.partition = pid(9));
        assert_eq!(reasons(&layout(), &gone)[0].1, "its record is gone");
        gone.moves.iter_mut().for_each(|m| m.expects = None);
        assert!(reasons(&layout(), &gone)[0].1.contains("does not say what it expects"));
    }

    #[test]
    fn nodes_must_be_usable_for_what_is_still_to_be_done() {
        let document = made(vec![a_move(0, MoveKind::Replica, Some(1), Some(3))]);
        assert_eq!(reasons(&layout_without(&[3]), &document), [(0, "node n3 is down".to_owned())]);
        assert_eq!(reasons(&layout_without(&[1]), &document), [(0, "node n1 is down".to_owned())], "the source");
        let mut cordoned = layout();
        cordoned.set_role(3, NodeRole::SendOnly);
        assert_eq!(reasons(&cordoned, &document), [(0, "node n3 takes no new partitions".to_owned())]);
        let leader = made(vec![a_move(0, MoveKind::Leader, Some(0), Some(1))]);
        assert_eq!(reasons(&layout_without(&[1]), &leader), [(0, "node n1 is down".to_owned())]);
        let mut draining = layout();
        draining.set_role(1, NodeRole::Draining);
        assert!(reasons(&draining, &leader).is_empty());
        // A copy that misses something is mended where it is.
        let mend = made(vec![Move { copy_from: Some(0), ..a_move(0, MoveKind::Repair, None, Some(1)) }]);
        assert!(reasons(&draining, &mend).is_empty());
    }
}
