//! Sizes and counts into the records: only these fields and `updated_at`, by compare and swap, without an audit entry.
//!
//! They are for planning. What a writer that was killed did not count is counted when its input is written again, or by a scrub.

use std::collections::BTreeMap;

use super::error::WriteError;
use super::view::PartitionView;
use super::writer::Writer;
use crate::model::partition_record::set_stored_time;
use crate::model::{Document, PartitionId, PartitionRecord};
use crate::ports::metadata::{Compare, Entry, KeyRange, Op, Outcome, Transaction};
use crate::ports::storage::{CopyId, CopyPlace, StorageWrite};
use crate::ports::{MetadataWrite, StoreError};
use crate::segment::batch_of;
use crate::segment::name::is_merged;

/// Records that are changed in one transaction.
const RECORDS_A_TRANSACTION: usize = 60;
/// How often it is tried while others change the same records.
const ROUNDS_MAX: u32 = 10;

/// What a partition's record is to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    /// So much more than it does.
    Added { bytes: u64, records: u64 },
    /// This.
    Whole { bytes: u64, records: u64 },
}

impl Count {
    fn of(self, record: &PartitionRecord) -> (u64, u64) {
        match self {
            Self::Added { bytes, records } => {
                (record.size_bytes.saturating_add(bytes), record.record_count.saturating_add(records))
            }
            Self::Whole { bytes, records } => (bytes, records),
        }
    }
}

impl<M: MetadataWrite, S: StorageWrite> Writer<'_, M, S> {
    /// Puts sizes and counts into the records; gives how many could not be changed, as others change them all the time or
    /// they cannot be read.
    ///
    /// # Errors
    /// The store's, except that nobody knows whether a transaction was applied: it is looked at again.
    pub(super) async fn count(&self, counts: BTreeMap<PartitionId, Count>) -> Result<usize, WriteError> {
        let mut open = counts;
        for _ in 0..ROUNDS_MAX {
            if open.is_empty() {
                break;
            }
            let ids: Vec<PartitionId> = open.keys().copied().collect();
            for some in ids.chunks(RECORDS_A_TRANSACTION) {
                self.count_some(some, &mut open).await?;
            }
        }
        Ok(open.len())
    }

    async fn count_some(&self, ids: &[PartitionId], open: &mut BTreeMap<PartitionId, Count>) -> Result<(), WriteError> {
        let ranges: Vec<KeyRange> = ids.iter().map(|id| KeyRange::single(&self.keys.partition(*id))).collect();
        let lists = self.store.read(&ranges, None).await?.ranges;
        let mut transaction = Transaction::default();
        let mut done = Vec::new();
        for (&id, list) in ids.iter().zip(&lists) {
            let Some(count) = open.get(&id).copied() else { continue };
            // A record that is gone needs no count; one that cannot be read is never written.
            let Some((entry, value)) = list.first().and_then(|entry| Some((entry, self.counted(id, entry, count)?)))
            else {
                continue;
            };
            transaction.compares.push(Compare::unchanged(entry));
            transaction.ops.push(Op::put(entry.key.clone(), value));
            done.push(id);
        }
        if transaction.ops.is_empty() {
            return Ok(());
        }
        match self.store.commit(transaction).await {
            Ok(Outcome::Committed { .. }) => {
                for id in done {
                    open.remove(&id);
                }
                Ok(())
            }
            Ok(Outcome::Conflict { .. }) => Ok(()),
            // Counted twice is worse than not counted: the next scrub or the same input again counts it.
            Err(StoreError::Unreachable { applied_unknown: true, .. }) => {
                for id in done {
                    open.remove(&id);
                }
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }

    fn counted(&self, id: PartitionId, entry: &Entry, count: Count) -> Option<String> {
        let record = PartitionRecord::parse(id, &entry.value).ok()?;
        let mut document = Document::parse(&entry.value).ok()?;
        let (bytes, records) = count.of(&record);
        document.set("size_bytes", bytes);
        document.set("record_count", records);
        set_stored_time(&mut document, "updated_at", self.clock.now());
        Some(document.to_json())
    }

    /// What a whole copy of a partition holds, by its sidecars; `None` = no copy can be looked at.
    pub(super) async fn content_of(
        &self,
        id: PartitionId,
        view: &PartitionView,
        nodes: &BTreeMap<crate::model::NodeId, crate::model::Node>,
    ) -> Option<Count> {
        for node in view.record.value.nodes.iter().filter(|node| !view.marks.contains_key(*node)) {
            let Ok(copy) = CopyId::parse(view.copy_of(node)) else { continue };
            let Ok(opened) = self.places.of(node, nodes).await else { continue };
            let place = CopyPlace::new(id, copy);
            let Ok(listing) = opened.list(&place).await else { continue };
            let (mut bytes, mut records) = (0, 0);
            for segment in &listing.segments {
                let name = segment.name.as_str();
                // One of ours counts from its sidecar on.
                if !segment.has_sidecar && (batch_of(name).is_some() || is_merged(name)) {
                    continue;
                }
                let sidecar = opened.sidecar(&place, &segment.name).await.ok().flatten();
                bytes += segment.bytes;
                records += sidecar.and_then(|sidecar| sidecar.facts().records).unwrap_or(0);
            }
            return Some(Count::Whole { bytes, records });
        }
        None
    }
}
