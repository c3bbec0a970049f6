//! The metadata store of the model: values with revisions, and fenced transactions.

use std::collections::{BTreeMap, BTreeSet};

use otlp_part::migration::{Change, Journal, JournalChange, MoveJournal, Phase, SlotName, Versioned, View};
use otlp_part::model::{NodeId, NodeState, PartitionExtension, PartitionRecord, Revision};

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Store {
    pub(crate) revision: u64,
    /// `create_revision` of the lock, while its lease lives.
    pub(crate) lock: Option<u64>,
    pub(crate) record: Versioned<PartitionRecord>,
    pub(crate) extension: Option<Versioned<PartitionExtension>>,
    pub(crate) journal: Option<Versioned<MoveJournal>>,
    pub(crate) marks: BTreeMap<NodeId, u64>,
    pub(crate) slots: BTreeSet<SlotName>,
    pub(crate) orphans: BTreeSet<(NodeId, String)>,
    pub(crate) nodes: BTreeMap<NodeId, NodeState>,
}

/// What a transaction compares.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Fence {
    pub(crate) lock: u64,
    pub(crate) record: u64,
    pub(crate) extension: u64,
    pub(crate) journal: u64,
    /// No mark is newer.
    pub(crate) read_at: u64,
}

impl Store {
    pub(crate) fn fence(&self, lock: u64) -> Fence {
        Fence {
            lock,
            record: self.record.revision.0,
            extension: self.extension.as_ref().map_or(0, |e| e.revision.0),
            journal: self.journal.as_ref().map_or(0, |j| j.revision.0),
            read_at: self.revision,
        }
    }

    pub(crate) fn view(&self, lock: u64) -> View {
        View {
            read_at: Revision(self.revision),
            lock: Revision(lock),
            record: Some(self.record.clone()),
            extension: self.extension.clone(),
            journal: self
                .journal
                .clone()
                .map(|j| Versioned { value: Journal::Move(Box::new(j.value)), revision: j.revision }),
            marks: self.marks.iter().map(|(node, revision)| (node.clone(), Revision(*revision))).collect(),
            slots: self.slots.clone(),
            nodes: self.nodes.clone(),
        }
    }

    /// Who is to lead as the leader is Down: as `node fail` does it.
    pub(crate) fn successor(&self) -> Option<NodeId> {
        let PartitionRecord { nodes, leader, .. } = &self.record.value;
        let is_up = |node: &NodeId| self.nodes.get(node).is_some_and(|state| state.is_up());
        if leader.as_ref().is_none_or(is_up) || self.journal.as_ref().is_some_and(|j| j.value.phase == Phase::Copying) {
            return None;
        }
        nodes.iter().find(|node| is_up(node) && !self.marks.contains_key(*node)).cloned()
    }

    fn holds(&self, fence: &Fence, change: &Change) -> bool {
        self.lock == Some(fence.lock)
            && Fence { read_at: fence.read_at, ..self.fence(fence.lock) } == *fence
            && self.marks.values().all(|revision| *revision <= fence.read_at)
            && change.take_slots.iter().all(|slot| !self.slots.contains(slot))
    }

    /// Applies a change if its fence holds, or whatever holds if it is not `fenced`.
    pub(crate) fn commit(&mut self, fence: &Fence, change: &Change, fenced: bool) -> bool {
        if fenced && !self.holds(fence, change) {
            return false;
        }
        self.revision += 1;
        let revision = Revision(self.revision);
        if let Some(record) = &change.record {
            let value = &mut self.record.value;
            if let Some(nodes) = &record.nodes {
                value.nodes.clone_from(nodes);
            }
            if let Some(leader) = &record.leader {
                value.leader.clone_from(leader);
            }
            value.state = record.state;
            self.record.revision = revision;
        }
        if let Some((epoch, copies)) = &change.extension {
            let value = PartitionExtension { epoch: *epoch, copies: copies.clone(), ..PartitionExtension::default() };
            self.extension = Some(Versioned { value, revision });
        }
        self.journal = match &change.journal {
            JournalChange::Put(journal) => Some(Versioned { value: (**journal).clone(), revision }),
            JournalChange::Delete => None,
        };
        self.slots.extend(change.take_slots.iter().cloned());
        self.slots.retain(|slot| !change.free_slots.contains(slot));
        self.marks.retain(|node, _| !change.clear_marks.contains_key(node));
        self.orphans.extend(change.orphan.clone());
        true
    }

    pub(crate) fn mark(&mut self, nodes: &BTreeSet<NodeId>) {
        if !nodes.is_empty() {
            self.revision += 1;
            self.marks.extend(nodes.iter().map(|node| (node.clone(), self.revision)));
        }
    }
}
