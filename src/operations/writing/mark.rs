//! Repair marks for the copies that missed a segment, before it is acknowledged.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;

use super::error::WriteError;
use super::view::PartitionView;
use super::writer::Writer;
use crate::model::{NodeId, PartitionId, Revision};
use crate::operations::change::{ChangeSet, Group};
use crate::operations::repair_mark::new_mark;
use crate::operations::{AuditContext, OperationError};
use crate::ports::storage::StorageWrite;
use crate::ports::{MetadataWrite, StoreError};

/// Keys that one transaction names at most; below the 128 that etcd takes, with room for the audit entry.
const KEYS_A_TRANSACTION: usize = 100;

/// What is to be marked.
pub(super) type Marks<'v> = BTreeMap<PartitionId, (&'v PartitionView, BTreeMap<NodeId, String>)>;

impl<M: MetadataWrite, S: StorageWrite> Writer<'_, M, S> {
    /// Commits marks, fenced on record and extension as they were read; gives the partitions that have them now. The others
    /// were changed meanwhile, or nobody knows whether they were marked: they are to be read again.
    ///
    /// # Errors
    /// The store's.
    pub(super) async fn mark(&self, marks: &Marks<'_>) -> Result<BTreeSet<PartitionId>, WriteError> {
        let mut done = BTreeSet::new();
        let mut chunk: Vec<(PartitionId, Group)> = Vec::new();
        let size = |chunk: &[(PartitionId, Group)]| -> usize {
            chunk.iter().map(|(_, group)| group.changes.len() + group.guards.len()).sum()
        };
        for (&id, (view, nodes)) in marks {
            let group = self.group_of(id, view, nodes);
            if size(&chunk) + group.changes.len() + group.guards.len() > KEYS_A_TRANSACTION {
                self.mark_some(std::mem::take(&mut chunk), &mut done).await?;
            }
            chunk.push((id, group));
        }
        self.mark_some(chunk, &mut done).await?;
        Ok(done)
    }

    fn group_of(&self, id: PartitionId, view: &PartitionView, nodes: &BTreeMap<NodeId, String>) -> Group {
        let extension = view.extension.as_ref().map_or(Revision::NONE, |extension| extension.revision);
        let mark = |(node, reason): (&NodeId, &String)| {
            new_mark(self.keys, (id, node), view.copy_of(node), self.clock.now(), &format!("missed a write: {reason}"))
        };
        Group {
            changes: nodes.iter().map(mark).collect(),
            guards: [(self.keys.partition(id), view.record.revision), (self.keys.extension(id), extension)].into(),
        }
    }

    async fn mark_some(
        &self,
        chunk: Vec<(PartitionId, Group)>,
        done: &mut BTreeSet<PartitionId>,
    ) -> Result<(), WriteError> {
        if chunk.is_empty() {
            return Ok(());
        }
        let ids: Vec<PartitionId> = chunk.iter().map(|(id, _)| *id).collect();
        let groups: Vec<Group> = chunk.into_iter().map(|(_, group)| group).collect();
        let marks = groups.iter().map(|group| group.changes.len()).sum::<usize>();
        let summary = format!("{marks} copies of {} partitions missed a write", ids.len());
        let change = ChangeSet { summary, groups, ..ChangeSet::default() };
        let audit = AuditContext { now: self.clock.now(), ..self.audit.clone() };
        let entries = self.entries.fetch_add(1, Ordering::Relaxed);
        match change.approve(self.consent).apply_after(entries, self.store, self.keys, &audit).await {
            Ok(_) => {
                done.extend(ids);
                Ok(())
            }
            Err(
                OperationError::Conflict { .. }
                | OperationError::Partly { .. }
                | OperationError::Store(StoreError::Unreachable { applied_unknown: true, .. }),
            ) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
