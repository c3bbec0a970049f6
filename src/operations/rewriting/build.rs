//! All new segments, each written to every node that holds the partition, and read back from there.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::future::try_join_all;

use super::divide::Divider;
use super::error::RewriteError;
use super::event::{RewriteEvent, RewriteListener};
use super::merge::{Merger, plan};
use super::reading::for_each;
use super::sources::{Found, Sources, Whole};
use crate::migration::rewrite_journal::{RewriteJournal, RewriteKind, TargetContent};
use crate::model::{Node, NodeId, PartitionId, Partitioning};
use crate::operations::copying::{Bandwidth, Content, CopyEvent, CopyJob, CopySettings, Depth, SegmentSum};
use crate::operations::copying::{look, restore_segment};
use crate::operations::executing::effects::place_of;
use crate::operations::executing::{CrashAt, Places};
use crate::ports::storage::{
    CopyPlace, OpenedNode, Put, SegmentEntry, SegmentName, Sidecar, StorageError, StorageWrite,
};
use crate::segment::BuiltSegment;

/// zstd's level for the segments of children: that of writers, so that a batch that is written again gives the same bytes.
const SPLIT_LEVEL: i32 = 1;
/// zstd's level for merged segments, which are written once and read often.
const MERGE_LEVEL: i32 = 3;

/// New copies to be made.
pub(super) struct BuildJob<'a, S> {
    pub(super) id: PartitionId,
    pub(super) journal: &'a RewriteJournal,
    pub(super) partitioning: &'a Partitioning,
    pub(super) sources: &'a Sources<S>,
    pub(super) places: &'a Places<'a, S>,
    pub(super) nodes: &'a BTreeMap<NodeId, Node>,
    pub(super) crash: &'a CrashAt,
    pub(super) tell: RewriteListener<'a>,
}

/// A node that gets new copies.
struct Taker<S> {
    node: NodeId,
    opened: Arc<OpenedNode<S>>,
}

/// What the new copies of each partition are to hold.
type Expected = BTreeMap<PartitionId, BTreeMap<SegmentName, SegmentSum>>;

/// Makes the new copies, or goes on with them. When this returns, all of them was read back by this call, on every node.
///
/// # Errors
/// The first that stops it.
pub(super) async fn build<S: StorageWrite>(job: &BuildJob<'_, S>) -> Result<Vec<TargetContent>, RewriteError> {
    let mut takers = Vec::new();
    for node in &job.journal.original_nodes {
        let opened = job.places.of(node, job.nodes).await.map_err(of(node))?;
        takers.push(Taker { node: node.clone(), opened });
    }
    (job.tell)(&RewriteEvent::Planned { bytes: job.sources.bytes() });
    let mut expected: Expected = job.journal.targets_of(job.id).into_iter().map(|id| (id, BTreeMap::new())).collect();
    match job.journal.kind {
        RewriteKind::Split => job.divide_all(&takers, &mut expected).await?,
        RewriteKind::Compact => job.merge_all(&takers, &mut expected).await?,
    }
    for (id, segments) in &expected {
        for taker in &takers {
            job.check_listing(taker, *id, segments).await?;
        }
    }
    Ok(expected.iter().map(|(id, segments)| content(*id, segments)).collect())
}

fn content(partition: PartitionId, segments: &BTreeMap<SegmentName, SegmentSum>) -> TargetContent {
    let Content { bytes, record_count, segments, .. } = Content::of(segments);
    TargetContent { partition, size_bytes: bytes, record_count, segments }
}

fn of(node: &NodeId) -> impl Fn(StorageError) -> RewriteError {
    move |error| RewriteError::Storage { node: node.clone(), error }
}

impl<S: StorageWrite> BuildJob<'_, S> {
    async fn divide_all(&self, takers: &[Taker<S>], expected: &mut Expected) -> Result<(), RewriteError> {
        let mut divider = Divider::new(self.id, self.journal.bits, self.partitioning, SPLIT_LEVEL)?;
        for (name, found) in &self.sources.segments {
            let whole = self.read(name, found).await?;
            for (child, built) in divider.divide(&whole)? {
                let sum = self.put(takers, child, name, &built).await?;
                expected.entry(child).or_default().insert(name.clone(), sum);
            }
            self.written(found);
        }
        Ok(())
    }

    async fn merge_all(&self, takers: &[Taker<S>], expected: &mut Expected) -> Result<(), RewriteError> {
        let target_bytes = self.journal.target_bytes.unwrap_or_default();
        let plan = plan(self.sources, target_bytes).await?;
        let into = expected.entry(self.id).or_default();
        let mut rest = self.sources.segments.clone();
        for group in &plan.groups {
            let mut merger = Merger::new(MERGE_LEVEL)?;
            for name in group {
                let Some(found) = rest.remove(name) else { continue };
                merger.add(&self.read(name, &found).await?)?;
                (self.tell)(&RewriteEvent::Written { bytes: found.bytes });
            }
            if let Some((name, built)) = merger.finish()? {
                let sum = self.put(takers, self.id, &name, &built).await?;
                into.insert(name, sum);
            }
            self.crash.pass("rewrite-segment-written");
        }
        for (name, found) in &rest {
            into.insert(name.clone(), self.keep(takers, name, found).await?);
            self.written(found);
        }
        Ok(())
    }

    fn written(&self, found: &Found) {
        (self.tell)(&RewriteEvent::Written { bytes: found.bytes });
        self.crash.pass("rewrite-segment-written");
    }

    /// Reads a segment; once more if it reads wrong, as one bad moment makes no damaged copy.
    async fn read(&self, name: &SegmentName, found: &Found) -> Result<Whole, RewriteError> {
        match self.sources.read(name, found).await {
            Err(RewriteError::Damaged { .. }) => self.sources.read(name, found).await,
            read => read,
        }
    }

    fn place(&self, taker: &Taker<S>, id: PartitionId) -> Result<CopyPlace, RewriteError> {
        place_of(id, &self.journal.copy_id).map_err(of(&taker.node))
    }

    /// Puts a new segment into every new copy of a partition, and reads it back.
    async fn put(
        &self,
        takers: &[Taker<S>],
        id: PartitionId,
        name: &SegmentName,
        built: &BuiltSegment,
    ) -> Result<SegmentSum, RewriteError> {
        let sum = SegmentSum { bytes: built.content.len() as u64, crc32c: built.crc32c, records: Some(built.records) };
        self.check_built(name, built)?;
        let put = async |taker: &Taker<S>| {
            let place = self.place(taker, id)?;
            let bad = |reason: String| not_as_written(taker, &place, name, reason);
            let put = taker.opened.put(&place, name, built.content.clone(), built.sidecar.clone()).await;
            match put.map_err(of(&taker.node))? {
                Put::Written | Put::Present => self.read_back(taker, &place, name, sum).await,
                Put::Other { .. } => Err(bad("something else has its name".to_owned())),
            }
        };
        try_join_all(takers.iter().map(put)).await?;
        Ok(sum)
    }

    /// What was built is read as any reader would: its frames, its requests, and what its sidecar says of them.
    fn check_built(&self, name: &SegmentName, built: &BuiltSegment) -> Result<(), RewriteError> {
        let (name, content) = (name.clone(), built.content.clone());
        let node = self.journal.original_nodes.first().cloned();
        let Some(node) = node else { return Ok(()) };
        let sidecar = Sidecar::parse(built.sidecar.clone());
        let sidecar =
            sidecar.map_err(|reason| RewriteError::Damaged { segment: name.clone(), node: node.clone(), reason })?;
        for_each(&Whole { name, node, content, sidecar: Some(sidecar) }, |_, _| Ok(())).map(drop)
    }

    async fn read_back(
        &self,
        taker: &Taker<S>,
        place: &CopyPlace,
        name: &SegmentName,
        sum: SegmentSum,
    ) -> Result<(), RewriteError> {
        let entry = SegmentEntry { name: name.clone(), bytes: sum.bytes, has_sidecar: true };
        let looked = look(&taker.opened, place, &entry, Depth::Bytes, &Bandwidth::new(None)).await;
        match looked.map_err(of(&taker.node))? {
            Ok((found, false)) if found == sum => Ok(()),
            Ok((found, _)) => Err(not_as_written(taker, place, name, format!("{found:?}, expected {sum:?}"))),
            Err((fault, _)) => Err(not_as_written(taker, place, name, format!("{fault:?}"))),
        }
    }

    /// Brings a segment into every new copy as it is.
    async fn keep(&self, takers: &[Taker<S>], name: &SegmentName, found: &Found) -> Result<SegmentSum, RewriteError> {
        let holder = &self.sources.holders[found.holder];
        let sidecar = match self.sources.sidecar(name, found).await? {
            Some(sidecar) => sidecar,
            None => {
                let whole = self.read(name, found).await?;
                Sidecar::of_opaque(whole.content.len() as u64, crc32c::crc32c(&whole.content))
            }
        };
        let entry = SegmentEntry { name: name.clone(), bytes: found.bytes, has_sidecar: found.has_sidecar };
        let bandwidth = Bandwidth::new(None);
        let bring = async |taker: &Taker<S>| {
            let to = self.place(taker, self.id)?;
            let job = CopyJob {
                source: &*holder.opened,
                from: &holder.place,
                target: &*taker.opened,
                to: &to,
                settings: CopySettings::default(),
                bandwidth: &bandwidth,
                tell: &|_: CopyEvent| {},
            };
            match restore_segment(&job, &entry, &sidecar).await {
                Ok(sum) => Ok(sum),
                Err(error) => Err(not_as_written(taker, &to, name, error.to_string())),
            }
        };
        let sums = try_join_all(takers.iter().map(bring)).await?;
        sums.first().copied().ok_or_else(|| RewriteError::Differ(format!("nobody takes {name}")))
    }

    /// A new copy holds what was put there, and nothing else.
    async fn check_listing(
        &self,
        taker: &Taker<S>,
        id: PartitionId,
        segments: &BTreeMap<SegmentName, SegmentSum>,
    ) -> Result<(), RewriteError> {
        let place = self.place(taker, id)?;
        let listing = taker.opened.list(&place).await.map_err(of(&taker.node))?;
        for entry in &listing.segments {
            let is_own = segments.get(&entry.name).is_some_and(|sum| sum.bytes == entry.bytes && entry.has_sidecar);
            if !is_own {
                let reason = "nobody put it there, or it changed since".to_owned();
                return Err(not_as_written(taker, &place, &entry.name, reason));
            }
        }
        let is_there = |name: &SegmentName| listing.segments.iter().any(|entry| entry.name == *name);
        match segments.keys().find(|name| !is_there(name)) {
            Some(name) => Err(not_as_written(taker, &place, name, "it vanished".to_owned())),
            None => Ok(()),
        }
    }
}

fn not_as_written<S>(taker: &Taker<S>, place: &CopyPlace, name: &SegmentName, reason: String) -> RewriteError {
    RewriteError::NotAsWritten { place: format!("{place}/{name}"), node: taker.node.clone(), reason }
}
