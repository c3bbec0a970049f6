//! A plan that was made before, carried out on a layout.

use crate::model::{NodeId, PartitionId};
use crate::placement::NodeIndex;
use crate::planner::document::{Expected, MoveDocument, PlanDocument};
use crate::planner::plan::MoveKind;
use crate::planner::{Layout, Move};

use super::movement::{self, Movement};

/// Why a plan does not fit a cluster any more.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StalePlan {
    /// The partition is not recorded.
    #[error("move {seq} of the plan is about partition {partition}, which is not recorded")]
    NoPartition {
        /// The move.
        seq: u64,
        /// Its partition.
        partition: PartitionId,
    },
    /// The node is not there.
    #[error("move {seq} of the plan, partition {partition}, names node {node}, which the cluster does not know")]
    NoNode {
        /// The move.
        seq: u64,
        /// Its partition.
        partition: PartitionId,
        /// The node.
        node: NodeId,
    },
    /// The record says something else than when the plan was made.
    #[error("partition {partition} has changed since the plan was made: {field} was {then}, now {now} (move {seq})")]
    Changed {
        /// The move.
        seq: u64,
        /// Its partition.
        partition: PartitionId,
        /// What changed.
        field: &'static str,
        /// What the plan expects.
        then: String,
        /// What is there.
        now: String,
    },
    /// The move cannot be made.
    #[error("move {seq} of the plan does not fit what partition {partition} is at that point")]
    Unfit {
        /// The move.
        seq: u64,
        /// Its partition.
        partition: PartitionId,
    },
}

/// The layout after a plan's moves, and what they move.
///
/// # Errors
/// The first move that does not fit.
pub fn applied(before: &Layout, plan: &PlanDocument) -> Result<(Layout, Movement), StalePlan> {
    let mut after = before.clone();
    for step in &plan.moves {
        let made = resolved(&after, step)?;
        if let Some(expected) = &step.expects {
            check(&after, made.partition, step, expected)?;
        }
        if !after.apply(&made) {
            return Err(StalePlan::Unfit { seq: step.seq, partition: step.partition });
        }
    }
    let copies = |step: &&MoveDocument| matches!(step.kind, MoveKind::Replica | MoveKind::Repair);
    let mut partitions: Vec<PartitionId> = plan.moves.iter().filter(copies).map(|step| step.partition).collect();
    let replicas = partitions.len() as u64;
    partitions.sort_unstable();
    partitions.dedup();
    let bytes = plan.moves.iter().filter(copies).fold(0_u64, |sum, step| sum.saturating_add(step.bytes));
    let counted = (partitions.len() as u64, replicas, bytes);
    let moved = movement::counted(before, &after, counted, plan.summary.lower_bound_bytes);
    Ok((after, moved))
}

fn resolved(layout: &Layout, step: &MoveDocument) -> Result<Move, StalePlan> {
    let MoveDocument { seq, partition, kind, reason, from, to, copy_from, bytes, .. } = step;
    let gone = || StalePlan::NoPartition { seq: *seq, partition: *partition };
    let node = |id: &Option<NodeId>| -> Result<Option<NodeIndex>, StalePlan> {
        let Some(id) = id else { return Ok(None) };
        let missing = || StalePlan::NoNode { seq: *seq, partition: *partition, node: id.clone() };
        layout.node_index(id).map(Some).ok_or_else(missing)
    };
    Ok(Move {
        partition: layout.partition_index(*partition).ok_or_else(gone)?,
        kind: *kind,
        reason: *reason,
        from: node(from)?,
        to: node(to)?,
        copy_from: node(copy_from)?,
        bytes: *bytes,
    })
}

fn check(layout: &Layout, partition: u32, step: &MoveDocument, expected: &Expected) -> Result<(), StalePlan> {
    let at = partition as usize;
    let name = |node: NodeIndex| layout.node(node).id.as_str().to_owned();
    let list = |ids: Vec<String>| ids.join(",");
    let none = || "none".to_owned();
    let fields = [
        (
            "nodes",
            list(expected.nodes.iter().map(ToString::to_string).collect()),
            list(layout.holders(partition).iter().map(|&node| name(node)).collect()),
        ),
        (
            "leader",
            expected.leader.as_ref().map_or_else(none, ToString::to_string),
            layout.leader(partition).map_or_else(none, name),
        ),
        ("state", expected.state.name().to_owned(), layout.states()[at].name().to_owned()),
        ("epoch", expected.epoch.to_string(), layout.epochs()[at].to_string()),
    ];
    match fields.into_iter().find(|(_, then, now)| then != now) {
        None => Ok(()),
        Some((field, then, now)) => {
            Err(StalePlan::Changed { seq: step.seq, partition: step.partition, field, then, now })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::planner::document::samples::{a_move, document, layout, pid, plan, provenance};
    use crate::planner::{NodeRole, Settings};

    fn made(moves: Vec<Move>) -> PlanDocument {
        PlanDocument::new(&layout(), &Settings::default(), &plan(moves), provenance())
    }

    #[test]
    fn moves_are_made_one_after_the_other() {
        let (after, moved) = applied(&layout(), &document()).unwrap();
        assert_eq!((after.holders(0), after.leader(0)), (&[0, 3][..], Some(3)));
        assert_eq!((after.holders(1), after.leader(1)), (&[1, 2][..], Some(2)));
        assert_eq!((moved.partitions, moved.replicas, moved.bytes, moved.leaders), (1, 1, 100, 2));
        assert_eq!((moved.minimum_bytes, moved.fraction), (100, 0.125));
    }

    #[test]
    fn a_plan_that_does_not_fit_is_told_with_its_move() {
        let told = |layout: &Layout, document: &PlanDocument| applied(layout, document).unwrap_err().to_string();
        let mut led = layout();
        assert!(led.apply(&a_move(1, MoveKind::Leader, Some(1), Some(2))));
        let says = "partition_489540_0001 has changed since the plan was made: leader was n1, now n2 (move 2)";
        assert!(told(&led, &document()).contains(says), "{}", told(&led, &document()));
        let mut moved = layout();
        assert!(moved.apply(&a_move(0, MoveKind::Replica, Some(1), Some(2))));
        assert!(told(&moved, &document()).contains("nodes was n0,n1, now n0,n2"));
        let mut unknown = document();
        unknown.moves[0].partition = PartitionId::parse("partition_1_0000").unwrap();
        assert!(told(&layout(), &unknown).contains("move 0 of the plan is about partition partition_1_0000"));
        let mut nobody = document();
        nobody.moves[0].to = Some(NodeId::parse("n9").unwrap());
        assert!(told(&layout(), &nobody).contains("names node n9"));
        let twice =
            made(vec![a_move(2, MoveKind::Replica, Some(2), Some(0)), a_move(2, MoveKind::Replica, Some(2), Some(1))]);
        assert!(told(&layout(), &twice).contains("move 1 of the plan does not fit"));
    }

    #[test]
    fn a_repair_in_place_counts_as_copied() {
        let mut marked = layout();
        marked.mark(3, 0);
        marked.set_role(1, NodeRole::SendOnly);
        let repair = made(vec![Move { copy_from: Some(3), ..a_move(3, MoveKind::Repair, None, Some(0)) }]);
        let (after, moved) = applied(&marked, &repair).unwrap();
        assert!(after.marks().is_empty() && after.holders(3) == layout().holders(3));
        assert_eq!((moved.replicas, moved.bytes, moved.leaders), (1, 100, 0));
        assert_eq!(after.partition_index(pid(3)), Some(3));
    }
}
