//! The world of the model: the store, the nodes' disks, executors and a writer.

use std::collections::{BTreeMap, BTreeSet};

use otlp_part::migration::{Change, Facts};
use otlp_part::model::NodeId;

use super::store::{Fence, Store};

/// Numbers of the records that a copy holds, one bit each.
pub(crate) type Items = u8;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Disk {
    pub(crate) alive: bool,
    pub(crate) copies: BTreeMap<String, Items>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Work {
    Commit(Fence, Box<Change>),
    Settle,
    Copy {
        source: (NodeId, String),
        target: (NodeId, String),
    },
    /// The copy is being written; what was read of the source is known.
    Copying {
        items: Option<Items>,
        target: (NodeId, String),
    },
    Grace,
    VerifyListed(Vec<(NodeId, String)>),
    DeleteCopy {
        node: NodeId,
        copy_id: String,
    },
}

impl Eq for Work {}

impl std::hash::Hash for Work {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        // Changes hold no floating point numbers: their text tells them apart.
        std::mem::discriminant(self).hash(state);
        match self {
            Self::Commit(fence, change) => {
                fence.hash(state);
                hash_change(change, state);
            }
            Self::Settle | Self::Grace => {}
            Self::Copy { source, target } => (source, target).hash(state),
            Self::Copying { items, target } => (items, target).hash(state),
            Self::VerifyListed(nodes) => nodes.hash(state),
            Self::DeleteCopy { node, copy_id } => (node, copy_id).hash(state),
        }
    }
}

pub(crate) fn hash_change<H: std::hash::Hasher>(change: &Change, state: &mut H) {
    use otlp_part::migration::JournalChange;
    use std::hash::Hash;
    if let Some(record) = &change.record {
        (&record.nodes, &record.leader, record.state).hash(state);
    }
    change.extension.hash(state);
    match &change.journal {
        JournalChange::Put(journal) => journal.hash(state),
        JournalChange::Delete => 0_u8.hash(state),
    }
    (&change.take_slots, &change.free_slots, &change.clear_marks, &change.orphan, &change.abandoned).hash(state);
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Executor {
    /// `create_revision` of the lock that it believes to hold.
    pub(crate) lock: Option<u64>,
    pub(crate) facts: Facts,
    /// Decided on what was read, not carried out yet.
    pub(crate) work: Option<Work>,
    /// It found that it cannot go on by itself.
    pub(crate) stopped: bool,
}

/// A client that writes one record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Writer {
    Idle,
    /// It knows an Active record, and has still to send to these.
    Sending {
        left: Vec<(NodeId, String)>,
        missed: BTreeSet<NodeId>,
        stored: bool,
    },
    /// It tells the client first and marks later: a mistake.
    MarkingLate(BTreeSet<NodeId>),
}

/// What may still go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Budget {
    pub(crate) crashes: u8,
    pub(crate) delays: u8,
    pub(crate) expiries: u8,
    pub(crate) deaths: u8,
    pub(crate) aborts: u8,
    pub(crate) writes: u8,
    /// Copies that a node may fail to take from a writer though it lives.
    pub(crate) misses: u8,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct World {
    pub(crate) store: Store,
    pub(crate) disks: BTreeMap<NodeId, Disk>,
    pub(crate) executors: Vec<Executor>,
    pub(crate) writer: Writer,
    /// A transaction that is on its way.
    pub(crate) late: Option<Work>,
    /// Records whose writing was acknowledged.
    pub(crate) acknowledged: Items,
    pub(crate) next_item: u8,
    /// How many operations of the list were begun.
    pub(crate) begun: u8,
    pub(crate) abort: bool,
    pub(crate) budget: Budget,
    /// An executor crashed while it wrote a copy whose operation was over: the copy stays until `doctor` finds it.
    pub(crate) lost_track: bool,
    /// What was broken by a step, if anything was.
    pub(crate) broken: Option<&'static str>,
}

impl World {
    /// The listed copy of a node.
    pub(crate) fn listed(&self, node: &NodeId) -> Option<Items> {
        let copy = self.store.view(0).copy_of(node);
        let disk = self.disks.get(node).filter(|disk| disk.alive)?;
        disk.copies.get(&copy).copied()
    }

    pub(crate) fn is_full(&self, items: Items) -> bool {
        items & self.acknowledged == self.acknowledged
    }

    /// Whether nothing is going on.
    pub(crate) fn is_at_rest(&self) -> bool {
        self.store.journal.is_none()
            && self.late.is_none()
            && self.writer == Writer::Idle
            && self.executors.iter().all(|e| e.work.is_none() && e.facts.wrote.is_none())
    }

    /// Renumbers the revisions from 1 without changing their order, so that equal situations are equal states.
    pub(crate) fn canonical(&mut self) {
        let mut all: BTreeSet<u64> = BTreeSet::new();
        self.revisions(&mut |revision| {
            all.insert(*revision);
        });
        all.remove(&0);
        let number: BTreeMap<u64, u64> = all.into_iter().zip(1..).collect();
        self.revisions(&mut |revision| *revision = number.get(revision).copied().unwrap_or(0));
    }

    fn revisions(&mut self, visit: &mut dyn FnMut(&mut u64)) {
        let store = &mut self.store;
        visit(&mut store.revision);
        store.lock.iter_mut().for_each(&mut *visit);
        visit(&mut store.record.revision.0);
        store.extension.iter_mut().for_each(|e| visit(&mut e.revision.0));
        store.journal.iter_mut().for_each(|j| visit(&mut j.revision.0));
        store.marks.values_mut().for_each(&mut *visit);
        let works = self.executors.iter_mut().filter_map(|e| e.work.as_mut()).chain(self.late.as_mut());
        for work in works {
            if let Work::Commit(fence, change) = work {
                let Fence { lock, record, extension, journal, read_at } = fence;
                [lock, record, extension, journal, read_at].into_iter().for_each(&mut *visit);
                change.clear_marks.values_mut().for_each(|revision| visit(&mut revision.0));
            }
        }
        self.executors.iter_mut().filter_map(|e| e.lock.as_mut()).for_each(&mut *visit);
    }
}
