//! Beginning an operation: what must hold, and the transaction that says so.

use crate::model::{NodeId, NodeState, PartitionId, PartitionRecord, PartitionState, Timestamp};

use super::journal::JOURNAL_VERSION;
use super::move_journal::{MoveJournal, OperationKind, Phase, SlotName};
use super::next::leader_after;
use super::step::{Change, JournalChange, RecordChange};
use super::view::View;

/// What is to be done to a partition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Which partition.
    pub partition: PartitionId,
    /// What.
    pub kind: OperationKind,
    /// Who gives up its copy.
    pub from: Option<NodeId>,
    /// Who gets one.
    pub to: Option<NodeId>,
    /// From whose copy it is made.
    pub copy_from: Option<NodeId>,
    /// Unique to this operation.
    pub operation_id: String,
    /// The id of the new copy, never used before.
    pub copy_id: String,
    /// The plan's id and digest.
    pub plan: Option<(String, String)>,
    /// Replicas that a partition should have.
    pub replication_factor: u8,
    /// Copies at a time per node.
    pub slots_per_node: u32,
    /// When.
    pub started_at: Timestamp,
}

/// Why an operation does not begin.
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    /// It has no record.
    #[error("it has no record")]
    NoRecord,
    /// An operation is in flight on it.
    #[error("an operation is in flight on it")]
    Busy,
    /// Its state is not for us to change.
    #[error("its state is {}", .0.name())]
    State(PartitionState),
    /// Who is to give up a copy holds none.
    #[error("node {0} does not hold it")]
    NoHolder(NodeId),
    /// Who is to get a copy holds one already.
    #[error("node {0} holds it already")]
    HoldsAlready(NodeId),
    /// The request lacks a node that its kind needs.
    #[error("it does not say from where and whither")]
    Incomplete,
    /// The target takes no data.
    #[error("node {0} takes no data: it is not Active")]
    Target(NodeId),
    /// The source cannot be read or misses something.
    #[error("node {0} is no source: it is down or its copy misses something")]
    Source(NodeId),
    /// A copy that stays misses something.
    #[error("the copy on {0} misses something, and is to be repaired first")]
    RepairFirst(NodeId),
    /// Fewer copies than there should be would stay.
    #[error("fewer copies than the replication factor would stay")]
    TooFew,
    /// All places of a node for copies in flight are taken.
    #[error("node {0} has no place free for another copy")]
    NoSlot(NodeId),
}

/// The transaction that begins an operation.
///
/// # Errors
/// What must hold does not; nothing is to be written then.
pub fn start(view: &View, request: &Request) -> Result<Change, Refusal> {
    let record = &view.record.as_ref().ok_or(Refusal::NoRecord)?.value;
    if view.journal.is_some() {
        return Err(Refusal::Busy);
    }
    match record.state {
        PartitionState::Active | PartitionState::ReadOnly => {}
        state @ (PartitionState::Migrating | PartitionState::Rebalancing) => return Err(Refusal::State(state)),
    }
    if let Some(stranger) = request.from.as_ref().filter(|from| !record.nodes.contains(from)) {
        return Err(Refusal::NoHolder(stranger.clone()));
    }
    match request.kind {
        OperationKind::Remove => removal(view, request, record),
        OperationKind::Move | OperationKind::Repair => copy(view, request, record),
    }
}

fn removal(view: &View, request: &Request, record: &PartitionRecord) -> Result<Change, Refusal> {
    let from = request.from.as_ref().ok_or(Refusal::Incomplete)?;
    let target: Vec<NodeId> = record.nodes.iter().filter(|node| *node != from).cloned().collect();
    let whole = |node: &&NodeId| view.is_up(node) && !view.marks.contains_key(*node);
    if target.iter().filter(whole).count() < usize::from(request.replication_factor.max(1)) {
        return Err(Refusal::TooFew);
    }
    let journal = MoveJournal { phase: Phase::Cleanup, ..journal(view, request, record, target) };
    let leader = leader_after(record, &journal, whole);
    let extension = view.extension();
    let mut copies = extension.copies;
    copies.remove(from.as_str());
    let clear_marks = view.marks.iter().filter(|(node, _)| *node == from).map(|(n, r)| (n.clone(), *r)).collect();
    Ok(Change {
        record: Some(RecordChange {
            nodes: Some(journal.target_nodes.clone()),
            leader: Some(leader),
            state: record.state,
        }),
        extension: Some((extension.epoch.saturating_add(1), copies)),
        clear_marks,
        ..Change::of(JournalChange::Put(Box::new(journal)))
    })
}

fn copy(view: &View, request: &Request, record: &PartitionRecord) -> Result<Change, Refusal> {
    let (Some(to), Some(source)) = (&request.to, &request.copy_from) else { return Err(Refusal::Incomplete) };
    if request.kind == OperationKind::Move && request.from.is_none() {
        return Err(Refusal::Incomplete);
    }
    let in_place = request.kind == OperationKind::Repair && request.from.is_none() && view.marks.contains_key(to);
    if record.nodes.contains(to) && !in_place {
        return Err(Refusal::HoldsAlready(to.clone()));
    }
    match view.nodes.get(to) {
        Some(NodeState::Active) => {}
        // What it has already may be made whole there.
        Some(NodeState::Cordoned) if in_place => {}
        Some(NodeState::Cordoned | NodeState::Draining | NodeState::Down) | None => {
            return Err(Refusal::Target(to.clone()));
        }
    }
    if !record.nodes.contains(source) || source == to || !view.is_up(source) || view.marks.contains_key(source) {
        return Err(Refusal::Source(source.clone()));
    }
    let target = target_nodes(record, request.from.as_ref(), to);
    let stays_marked = |node: &&NodeId| *node != to && view.marks.contains_key(*node);
    if request.kind == OperationKind::Move {
        if let Some(marked) = target.iter().find(stays_marked) {
            return Err(Refusal::RepairFirst(marked.clone()));
        }
        if target.len() < usize::from(request.replication_factor) {
            return Err(Refusal::TooFew);
        }
    }
    let mut slots = vec![free_slot(view, to, request.slots_per_node, &[])?];
    slots.push(free_slot(view, source, request.slots_per_node, &slots)?);
    let journal = MoveJournal { slots: slots.clone(), ..journal(view, request, record, target) };
    Ok(Change {
        record: Some(RecordChange { nodes: None, leader: None, state: PartitionState::Migrating }),
        take_slots: slots,
        ..Change::of(JournalChange::Put(Box::new(journal)))
    })
}

fn target_nodes(record: &PartitionRecord, from: Option<&NodeId>, to: &NodeId) -> Vec<NodeId> {
    let put = |node: &NodeId| if Some(node) == from { to.clone() } else { node.clone() };
    let mut target: Vec<NodeId> = record.nodes.iter().map(put).collect();
    if !target.contains(to) {
        target.push(to.clone());
    }
    target
}

fn free_slot(view: &View, node: &NodeId, most: u32, taken: &[SlotName]) -> Result<SlotName, Refusal> {
    (0..most)
        .map(|index| SlotName { node: node.clone(), index })
        .find(|slot| !view.slots.contains(slot) && !taken.contains(slot))
        .ok_or_else(|| Refusal::NoSlot(node.clone()))
}

fn journal(view: &View, request: &Request, record: &PartitionRecord, target_nodes: Vec<NodeId>) -> MoveJournal {
    let extension = view.extension();
    let copies = request.kind != OperationKind::Remove;
    let goes = request.from.as_ref().or(request.to.as_ref().filter(|to| record.nodes.contains(to)));
    MoveJournal {
        kind: request.kind,
        schema_version: JOURNAL_VERSION,
        operation_id: request.operation_id.clone(),
        plan_id: request.plan.as_ref().map(|(id, _)| id.clone()),
        plan_digest: request.plan.as_ref().map(|(_, digest)| digest.clone()),
        phase: Phase::Copying,
        from: request.from.clone(),
        to: request.to.clone().filter(|_| copies),
        copy_from: request.copy_from.clone().filter(|_| copies),
        copy_id: copies.then(|| request.copy_id.clone()),
        old_copy_id: goes.map(|node| view.copy_of(node)),
        slots: Vec::new(),
        original_nodes: record.nodes.clone(),
        original_leader: record.leader.clone(),
        original_copies: extension.copies,
        target_nodes,
        prior_state: record.state,
        base_epoch: extension.epoch,
        crc32c: None,
        record_count: None,
        started_at: request.started_at,
    }
}
