//! What one read transaction found of a partition.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{NodeId, NodeState, PartitionExtension, PartitionRecord, Revision};

use super::journal::{FIRST_COPY, Journal};
use super::move_journal::{MoveJournal, SlotName};

/// A stored value and the revision of its last change.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Versioned<T> {
    /// The value.
    pub value: T,
    /// `mod_revision`.
    pub revision: Revision,
}

/// What one read transaction found of a partition; an absent key is compared as revision 0.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The store's revision then.
    pub read_at: Revision,
    /// `create_revision` of the lock that the executor holds.
    pub lock: Revision,
    /// The record.
    pub record: Option<Versioned<PartitionRecord>>,
    /// Its extension.
    pub extension: Option<Versioned<PartitionExtension>>,
    /// The operation in flight.
    pub journal: Option<Versioned<Journal>>,
    /// Listed copies that miss something, with the revision of their mark.
    pub marks: BTreeMap<NodeId, Revision>,
    /// Places taken on the nodes concerned.
    pub slots: BTreeSet<SlotName>,
    /// The states of the nodes concerned; unknown ones are left out.
    pub nodes: BTreeMap<NodeId, NodeState>,
}

impl View {
    /// Whether a node is in the cluster and not down.
    #[must_use]
    pub fn is_up(&self, node: &NodeId) -> bool {
        self.nodes.get(node).is_some_and(|state| state.is_up())
    }

    /// The move, repair or removal in flight; `None` also where it is an operation of another kind.
    #[must_use]
    pub fn moving(&self) -> Option<&MoveJournal> {
        self.journal.as_ref()?.value.as_move()
    }

    /// The extension's value, or that of a partition that has none.
    #[must_use]
    pub fn extension(&self) -> PartitionExtension {
        self.extension.as_ref().map(|extension| extension.value.clone()).unwrap_or_default()
    }

    /// The nodes that hold a copy by the metadata; of a partition whose children hold its data, and without a record, none.
    #[must_use]
    pub fn holders(&self) -> &[NodeId] {
        match (&self.record, &self.extension) {
            (Some(record), Some(extension)) if extension.value.is_emptied_by_split(&record.value) => &[],
            (Some(record), Some(_) | None) => &record.value.nodes,
            (None, Some(_) | None) => &[],
        }
    }

    /// The copy that a node holds by the metadata.
    #[must_use]
    pub fn copy_of(&self, node: &NodeId) -> String {
        self.extension
            .as_ref()
            .and_then(|extension| extension.value.copies.get(node.as_str()))
            .map_or_else(|| FIRST_COPY.to_owned(), Clone::clone)
    }
}
