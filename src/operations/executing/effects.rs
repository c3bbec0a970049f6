//! What an operation does to the data of nodes: copy, look again, delete.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::sleep;

use super::drive::Operation;
use super::event::{ExecutionEvent, MovePhase};
use super::places::Places;
use super::read::Seen;
use super::run::{Lack, Undone};
use crate::migration::facts::{Deletion, Listed, Verified};
use crate::migration::{Intent, MoveJournal};
use crate::model::{Node, NodeId, PartitionId};
use crate::operations::OperationError;
use crate::operations::copying::{
    Content, CopyError, CopyEvent, CopyJob, Depth, Side, copy, copy_by_mover, verify_copy,
};
use crate::ports::MetadataWrite;
use crate::ports::storage::{CopyId, CopyPlace, Mover, OpenedNode, SegmentName, StorageError, StorageWrite};

/// How often what a writer may still be bringing is looked for before it counts as missing.
const LOOKS_MAX: u32 = 4;
/// How long is waited between two looks.
const LOOK_AGAIN_AFTER: Duration = Duration::from_secs(1);
/// How often a deletion is tried that the node's system refuses.
const DELETIONS_MAX: u32 = 3;

/// A copy on a node.
type Copy = (NodeId, String);

/// The place of a copy.
///
/// # Errors
/// Its id is no name.
pub(in crate::operations) fn place_of(partition: PartitionId, copy: &str) -> Result<CopyPlace, StorageError> {
    let bad = |e: crate::ports::storage::names::NameError| StorageError::Corrupt {
        place: "the metadata".to_owned(),
        what: format!("copy id {copy:?} of {partition}"),
        reason: e.to_string(),
    };
    Ok(CopyPlace::new(partition, CopyId::parse(copy).map_err(bad)?))
}

impl<M: MetadataWrite, S: StorageWrite, V: Mover> Operation<'_, '_, M, S, V> {
    /// Makes the copy and reads it back.
    pub(super) async fn copy(
        &mut self,
        seen: &Seen,
        source: Copy,
        target: Copy,
        intent: Intent,
    ) -> Result<(), OperationError> {
        self.phase(MovePhase::Copying);
        self.run.crash.pass("copy-begun");
        let operation = seen.view.moving().map_or_else(String::new, |journal| journal.operation_id.clone());
        self.own_facts(seen).wrote = Some(target.clone());
        let copied = tokio::select! {
            copied = self.make_copy(seen, &source, &target) => copied,
            () = self.run.changed(&operation, intent) => return Ok(()),
        };
        match copied {
            Ok(Content { crc32c, record_count, .. }) => {
                self.run.crash.pass("copied");
                self.own_facts(seen).verified = Some(Verified { crc32c, record_count });
            }
            Err(error) => self.copy_failed(seen, &source.0, &error).await,
        }
        Ok(())
    }

    async fn make_copy(&self, seen: &Seen, source: &Copy, target: &Copy) -> Result<Content, CopyError> {
        let of = |side: Side| move |error: StorageError| CopyError::Storage { side, error };
        let id = self.at.partition;
        let from = place_of(id, &source.1).map_err(of(Side::Source))?;
        let to = place_of(id, &target.1).map_err(of(Side::Target))?;
        let opened_source = self.run.places.of(&source.0, &seen.nodes).await.map_err(of(Side::Source))?;
        let opened_target = self.run.places.of(&target.0, &seen.nodes).await.map_err(of(Side::Target))?;
        let expect_data = seen.view.record.as_ref().is_some_and(|record| record.value.size_bytes > 0);
        let tell = |event: CopyEvent| self.tell_copy(event);
        let job = CopyJob {
            source: &opened_source,
            from: &from,
            target: &opened_target,
            to: &to,
            settings: self.run.copy_settings(expect_data),
            bandwidth: &self.run.bandwidth,
            tell: &tell,
        };
        match self.run.mover {
            Some(mover) => copy_by_mover(&job, mover).await,
            None => copy(&job).await,
        }
    }

    fn tell_copy(&self, event: CopyEvent) {
        let number = self.at.number;
        let is_verified = matches!(event, CopyEvent::Verified { .. });
        self.run.tell(&match event {
            CopyEvent::Planned { segments, bytes } => ExecutionEvent::Planned { number, segments, bytes },
            CopyEvent::Written { bytes } | CopyEvent::MoverSays { bytes } => ExecutionEvent::Written { number, bytes },
            CopyEvent::Verified { bytes, was_there, .. } => ExecutionEvent::Verified { number, bytes, was_there },
            CopyEvent::Repeated { segment, reason } => {
                ExecutionEvent::Repeated { number, segment: segment.to_string(), reason }
            }
        });
        if is_verified {
            self.run.crash.pass("segment-verified");
        }
    }

    /// Notes why; a source whose bytes are not what they should be is never a source again before it is repaired.
    async fn copy_failed(&mut self, seen: &Seen, source: &NodeId, error: &CopyError) {
        let by_source = error.side() == Some(Side::Source);
        let is_damage = matches!(error, CopyError::SourceDamaged { .. } | CopyError::SourceEmpty { .. })
            || matches!(error, CopyError::TargetDamaged { .. });
        self.undone = Some(Undone {
            reason: None,
            error: Some(error.to_string()),
            hint: error.hint().map(str::to_owned),
            by_source,
            is_damage,
        });
        if matches!(error, CopyError::SourceDamaged { .. }) {
            super::mark::mark(self.run, seen, source, &error.to_string()).await;
        }
        self.own_facts(seen).copy_failed = true;
        self.seen = None;
    }

    /// Sees that every listed node answers and its copy is whole.
    pub(super) async fn verify_listed(&mut self, seen: &Seen, listed: &[Copy], intent: Intent) {
        self.phase(MovePhase::Verifying);
        let Some(journal) = seen.view.moving().cloned() else { return };
        let mut result = Listed::Full;
        for (node, copy) in listed {
            let looked = tokio::select! {
                looked = self.look(seen, &journal, node, copy) => looked,
                () = self.run.halt.thrown() => return,
            };
            if let Err(why) = looked {
                self.found = Some(why.on(node));
                result = Listed::Lacking(node.clone());
                break;
            }
        }
        let _ = intent;
        self.run.crash.pass("listed-verified");
        self.set_listed(seen, result);
    }

    /// Whether one listed copy holds everything, and why not if not.
    async fn look(&self, seen: &Seen, journal: &MoveJournal, node: &NodeId, copy: &str) -> Result<(), Lack> {
        let damaged = |why: &str| Err(Lack::Damaged(why.to_owned()));
        let place = place_of(self.at.partition, copy)?;
        let opened = self.run.places.of(node, &seen.nodes).await?;
        if journal.to.as_ref() == Some(node) {
            return self.look_at_new(seen, journal, &opened, &place).await;
        }
        let mut looks = 0;
        loop {
            let report = self.report(&opened, &place, Depth::Sidecars).await?;
            let expected = self.records_expected(seen, journal).await;
            looks += 1;
            match (expected, report.record_count) {
                // A writer that nobody has an answer from yet brings a segment to one node after the other.
                (Some(expected), Some(found)) if found < expected && looks < LOOKS_MAX => sleep(LOOK_AGAIN_AFTER).await,
                (Some(expected), Some(found)) if found < expected => {
                    return damaged(&format!("it holds {found} records, and {expected} were verified"));
                }
                _ if report.segments == 0 && self.has_data(seen, journal) => return damaged("it holds nothing"),
                _ => return Ok(()),
            }
        }
    }

    fn has_data(&self, seen: &Seen, journal: &MoveJournal) -> bool {
        journal.record_count.is_some_and(|count| count > 0)
            || seen.view.record.as_ref().is_some_and(|record| record.value.size_bytes > 0)
    }

    /// The new copy is read again: what was read back before cutover may have gone bad since, and it holds by now whatever
    /// the copy that it was made from holds.
    async fn look_at_new(
        &self,
        seen: &Seen,
        journal: &MoveJournal,
        opened: &OpenedNode<S>,
        place: &CopyPlace,
    ) -> Result<(), Lack> {
        let damaged = |why: String| Err(Lack::Damaged(why));
        let source = self.segments_of_source(seen, journal).await;
        let mut looks = 0;
        loop {
            let report = self.report(opened, place, Depth::Bytes).await?;
            if Some(report.crc32c) == journal.crc32c && report.record_count == journal.record_count {
                return Ok(());
            }
            // It differs, so it must have grown.
            let listing = opened.list(place).await?;
            let has = |name: &SegmentName, bytes: u64| {
                listing.segments.iter().any(|segment| segment.name == *name && segment.bytes == bytes)
            };
            let missing = source.as_ref().map(|all| all.iter().find(|(name, bytes)| !has(name, **bytes)));
            looks += 1;
            match missing {
                Some(None) => return Ok(()),
                // A writer brings a segment to one node after the other.
                Some(Some(_)) if looks < LOOKS_MAX => sleep(LOOK_AGAIN_AFTER).await,
                Some(Some((name, _))) => return damaged(format!("it lacks segment {name}")),
                None => match (journal.record_count, report.record_count) {
                    (Some(then), Some(now)) if now > then => return Ok(()),
                    _ => return damaged("it is not what was verified before the cutover".to_owned()),
                },
            }
        }
    }

    /// What the copy held that the new one was made from, if it still answers.
    async fn segments_of_source(&self, seen: &Seen, journal: &MoveJournal) -> Option<BTreeMap<SegmentName, u64>> {
        let node = journal.copy_from.as_ref()?;
        let (opened, place) = self.original(seen, journal, node).await?;
        let listing = opened.list(&place).await.ok()?;
        let whole = !listing.segments.is_empty() && listing.missing.is_empty();
        whole.then(|| listing.segments.into_iter().map(|segment| (segment.name, segment.bytes)).collect())
    }

    async fn original(
        &self,
        seen: &Seen,
        journal: &MoveJournal,
        node: &NodeId,
    ) -> Option<(Arc<OpenedNode<S>>, CopyPlace)> {
        let place = place_of(self.at.partition, journal.original_copy(node)).ok()?;
        Some((self.run.places.of(node, &seen.nodes).await.ok()?, place))
    }

    /// Records that every copy must hold: those that were verified, or where no copy was made those of the one that goes.
    async fn records_expected(&self, seen: &Seen, journal: &MoveJournal) -> Option<u64> {
        if journal.to.is_some() {
            return journal.record_count;
        }
        let (opened, place) = self.original(seen, journal, journal.from.as_ref()?).await?;
        self.report(&opened, &place, Depth::Sidecars).await.ok()?.record_count
    }

    /// What a copy holds, or what is wrong with it.
    async fn report(&self, opened: &OpenedNode<S>, place: &CopyPlace, depth: Depth) -> Result<Content, Lack> {
        let settings = self.run.copy_settings(false);
        let silent = |_: CopyEvent| {};
        let report = verify_copy(opened, place, depth, settings, &self.run.bandwidth, &silent).await;
        let report = report?;
        match report.faults.first() {
            None => Ok(report.content),
            Some(fault) => Err(Lack::Damaged(format!("{} in {}: {:?}", fault.name, opened.place(), fault.kind))),
        }
    }

    /// Deletes one copy.
    pub(super) async fn delete(&mut self, seen: &Seen, node: &NodeId, copy: &str) -> Result<(), OperationError> {
        self.phase(MovePhase::Deleting);
        self.run.crash.pass("delete-begun");
        let deletion = self.delete_copy(seen, node, copy).await;
        self.run.crash.pass("deleted");
        if self.facts.wrote.as_ref().is_some_and(|(n, c)| n == node && c == copy) {
            self.facts.wrote = None;
        }
        // What nobody names but who wrote it says nothing about the operation.
        let names =
            |journal: &MoveJournal| [&journal.copy_id, &journal.old_copy_id].into_iter().flatten().any(|id| id == copy);
        if seen.view.moving().is_some_and(names) {
            self.set_deletion(seen, deletion);
        }
        Ok(())
    }

    async fn delete_copy(&self, seen: &Seen, node: &NodeId, copy: &str) -> Deletion {
        let Ok(place) = place_of(self.at.partition, copy) else { return Deletion::Unreachable };
        delete_from(&self.run.places, &seen.nodes, node, &place).await
    }
}

/// Deletes one copy from a node.
pub(in crate::operations) async fn delete_from<S: StorageWrite>(
    places: &Places<'_, S>,
    nodes: &BTreeMap<NodeId, Node>,
    node: &NodeId,
    place: &CopyPlace,
) -> Deletion {
    for _ in 0..DELETIONS_MAX {
        let Ok(opened) = places.of(node, nodes).await else { return Deletion::Unreachable };
        match opened.delete_copy(place).await {
            Ok(()) => return Deletion::Gone,
            Err(error) if error.is_unreachable() => return Deletion::Unreachable,
            Err(_) => sleep(LOOK_AGAIN_AFTER).await,
        }
    }
    // What cannot be deleted now is left to whoever cleans up behind a lost node.
    Deletion::Unreachable
}
