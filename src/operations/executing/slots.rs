//! The places for copies that this execution itself has taken, so that it does not compete with itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use tokio::sync::Notify;

use crate::migration::SlotName;
use crate::model::NodeId;

/// What this execution copies, by node. The limit itself is held by the slots in the store.
#[derive(Debug, Default)]
pub(super) struct OwnSlots {
    inner: Mutex<Inner>,
    freed: Notify,
}

#[derive(Debug, Default)]
struct Inner {
    /// Copies that a node takes part in, or is to take part in next.
    busy: BTreeMap<NodeId, u32>,
    taken: BTreeSet<SlotName>,
}

impl OwnSlots {
    /// How many copies a node takes part in.
    pub(super) fn busy(&self, node: &NodeId) -> u32 {
        self.with(|inner| inner.busy.get(node).copied().unwrap_or(0))
    }

    /// Keeps room for a copy between two nodes.
    pub(super) fn reserve(&self, nodes: [&NodeId; 2]) {
        self.with(|inner| nodes.into_iter().for_each(|node| *inner.busy.entry(node.clone()).or_default() += 1));
    }

    /// Gives the room back.
    pub(super) fn release(&self, nodes: [&NodeId; 2]) {
        self.with(|inner| {
            for node in nodes {
                if let Some(busy) = inner.busy.get_mut(node) {
                    *busy = busy.saturating_sub(1);
                }
            }
        });
        self.freed.notify_one();
    }

    /// The slots that are taken or about to be.
    pub(super) fn taken(&self) -> BTreeSet<SlotName> {
        self.with(|inner| inner.taken.clone())
    }

    /// These are about to be taken.
    pub(super) fn take(&self, slots: &[SlotName]) {
        self.with(|inner| inner.taken.extend(slots.iter().cloned()));
    }

    /// These are free again.
    pub(super) fn free(&self, slots: &[SlotName]) {
        self.with(|inner| inner.taken.retain(|slot| !slots.contains(slot)));
    }

    /// Waits until room was given back since the last time.
    pub(super) async fn freed(&self) {
        self.freed.notified().await;
    }

    fn with<T>(&self, work: impl FnOnce(&mut Inner) -> T) -> T {
        // Numbers and names are whole even if another thread died between two of them.
        work(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
