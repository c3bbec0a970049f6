//! Mistakes that the protocol must not make. With each of them the model finds a state that breaks a property.

use otlp_part::migration::Intent;
use otlp_part::migration::{
    Change, Facts, JournalChange, Phase, Refusal, Request, Step, Verified, View, facts::Listed, next, start,
};
use otlp_part::model::{NodeId, PartitionState};
use stateright::{Checker, Model};

use super::model::{Protocol, Sizes};
use super::store::Fence;
use super::world::Work;

/// One mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mistake {
    /// Transactions are not fenced: whoever took the lock writes.
    LockWithoutCompare,
    /// The old copy goes before the record names the new nodes.
    DeleteBeforeCutover,
    /// The record names the new nodes before the copy was read back.
    CutoverWithoutVerify,
    /// The record loses the old node when the operation begins.
    ShrinkBeforeGrow,
    /// An abort writes the replicas that are alive then, instead of the originals.
    RollBackToTheLiving,
    /// The old copy goes without another look at those that are listed.
    DeleteWithoutReverify,
    /// A delete takes the partition's directory instead of one copy.
    DeleteByPartition,
    /// The client is told before the mark of the missing replica is written.
    AcknowledgeBeforeMark,
    /// The copy is made from one that misses something.
    MarkedCopyAsSource,
}

impl Mistake {
    /// What is done instead of the step that is right.
    pub(crate) fn instead(self, view: &View, facts: &Facts, fence: &Fence) -> Option<Work> {
        let journal = view.moving()?;
        match (self, journal.phase) {
            (Self::DeleteBeforeCutover, Phase::Copying)
                if facts.verified.is_some() && facts.deletion == Default::default() =>
            {
                let (node, copy_id) = journal.old_copy()?;
                Some(Work::DeleteCopy { node: node.clone(), copy_id: copy_id.to_owned() })
            }
            (Self::CutoverWithoutVerify, Phase::Copying) if facts.settled && facts.verified.is_none() => {
                let believed = Verified { crc32c: 0, record_count: None };
                let Step::Commit(change) =
                    next(view, &Facts { verified: Some(believed), ..facts.clone() }, Intent::Proceed)
                else {
                    return None;
                };
                Some(Work::Commit(fence.clone(), change))
            }
            (Self::DeleteWithoutReverify, Phase::Cleanup) if facts.graced && facts.listed == Listed::Unseen => {
                let (node, copy_id) = journal.old_copy()?;
                Some(Work::DeleteCopy { node: node.clone(), copy_id: copy_id.to_owned() })
            }
            _ => None,
        }
    }

    /// What is written instead of a right change.
    pub(crate) fn distort(self, mut change: Box<Change>, view: &View) -> Box<Change> {
        let aborts = matches!(&change.journal, JournalChange::Put(journal) if journal.phase == Phase::Aborting);
        if self == Self::RollBackToTheLiving
            && aborts
            && let (Some(record), Some(stored)) = (&mut change.record, &view.record)
        {
            let alive: Vec<NodeId> = stored.value.nodes.iter().filter(|node| view.is_up(node)).cloned().collect();
            record.leader = Some(alive.first().cloned());
            record.nodes = Some(alive);
        }
        change
    }

    /// How an operation begins.
    pub(crate) fn begin(self, view: &View, request: &Request) -> Option<Change> {
        let mut change = start(view, request).ok()?;
        if self == Self::ShrinkBeforeGrow
            && let (Some(record), JournalChange::Put(journal)) = (&mut change.record, &mut change.journal)
        {
            let left: Vec<NodeId> =
                journal.original_nodes.iter().filter(|node| Some(*node) != journal.from.as_ref()).cloned().collect();
            record.leader = Some(left.first().cloned());
            record.nodes = Some(left);
        }
        Some(change)
    }
}

fn is_found(protocol: Protocol) {
    let mistake = protocol.mistake;
    let checker = protocol.checker().threads(2).finish_when(stateright::HasDiscoveries::AnyFailures).spawn_bfs().join();
    let found: Vec<_> = checker
        .discoveries()
        .into_iter()
        .filter(|(name, _)| *name != "the operation is carried out")
        .map(|(name, path)| (name, path.into_actions().len()))
        .collect();
    assert!(!found.is_empty(), "{mistake:?} is not found in {} states", checker.unique_state_count());
}

#[test]
fn a_lock_without_compare_is_found() {
    is_found(Protocol::moving(Sizes::late()).with(Mistake::LockWithoutCompare));
}

#[test]
fn a_delete_before_cutover_is_found() {
    is_found(Protocol::moving(Sizes::nodes_fail()).with(Mistake::DeleteBeforeCutover));
}

#[test]
fn a_cutover_without_verify_is_found() {
    is_found(Protocol::moving(Sizes::nodes_fail()).with(Mistake::CutoverWithoutVerify));
}

#[test]
fn shrinking_before_growing_is_found() {
    is_found(Protocol::moving(Sizes::nodes_fail()).with(Mistake::ShrinkBeforeGrow));
}

#[test]
fn rolling_back_to_the_living_is_found() {
    is_found(Protocol::moving(Sizes::nodes_fail()).with(Mistake::RollBackToTheLiving));
}

#[test]
fn a_delete_without_another_look_is_found() {
    is_found(Protocol::moving(Sizes::nodes_fail()).with(Mistake::DeleteWithoutReverify));
}

#[test]
fn a_delete_by_partition_is_found() {
    is_found(Protocol::there_and_back(Sizes::late()).with(Mistake::DeleteByPartition));
}

#[test]
fn an_acknowledgement_before_its_mark_is_found() {
    is_found(Protocol::moving(Sizes::writers_race()).with(Mistake::AcknowledgeBeforeMark));
}

#[test]
fn a_marked_copy_as_source_is_found() {
    is_found(Protocol::moving(Sizes::late()).marked_source().with(Mistake::MarkedCopyAsSource));
}

#[test]
fn what_must_hold_is_refused_at_the_start() {
    let world = Protocol::moving(Sizes::late()).init_states().remove(0);
    let view = world.store.view(1);
    let request = |from: &str, to: &str, source: &str| Request {
        partition: view.record.as_ref().unwrap().value.id,
        kind: otlp_part::migration::OperationKind::Move,
        from: Some(super::model::node(from)),
        to: Some(super::model::node(to)),
        copy_from: Some(super::model::node(source)),
        operation_id: "o".into(),
        copy_id: "c".into(),
        plan: None,
        replication_factor: 2,
        slots_per_node: 1,
        started_at: otlp_part::model::Timestamp::EPOCH,
    };
    let node = super::model::node;
    let refused = |view: &View, from, to, source| start(view, &request(from, to, source)).unwrap_err();
    assert_eq!(refused(&view, "c", "c", "a"), Refusal::NoHolder(node("c")));
    assert_eq!(refused(&view, "b", "a", "a"), Refusal::HoldsAlready(node("a")));
    assert_eq!(refused(&view, "b", "z", "a"), Refusal::Target(node("z")));
    assert_eq!(refused(&view, "b", "c", "c"), Refusal::Source(node("c")));
    let mut marked = view.clone();
    marked.marks.insert(node("a"), otlp_part::model::Revision(1));
    assert_eq!(refused(&marked, "b", "c", "a"), Refusal::Source(node("a")));
    assert_eq!(refused(&marked, "b", "c", "b"), Refusal::RepairFirst(node("a")));
    let mut migrating = view.clone();
    migrating.record.as_mut().unwrap().value.state = PartitionState::Migrating;
    assert_eq!(refused(&migrating, "b", "c", "a"), Refusal::State(PartitionState::Migrating));
    assert!(start(&view, &request("b", "c", "a")).is_ok());
}
