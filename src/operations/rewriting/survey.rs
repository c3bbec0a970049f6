//! What a split or a compaction would do, looked at before anything is claimed.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::stream::{self, StreamExt as _};

use super::error::RewriteError;
use super::merge;
use super::reading::for_each;
use super::sight::{Sight, read};
use super::sources::{Sources, list};
use crate::migration::rewrite::{RewriteChange, RewriteRequest, claim};
use crate::migration::rewrite_journal::{RewriteJournal, RewriteKind, descendants};
use crate::model::{NodeId, PartitionId, Strategy, Timestamp};
use crate::operations::executing::{Opener, Places, preflight};
use crate::operations::scrub::{Scope, select};
use crate::operations::{ClusterView, OperationError};
use crate::ports::storage::StorageRead;
use crate::ports::{Keys, MetadataRead};
use crate::segment::SegmentDocument;

/// Partitions that are looked at at the same time.
const LOOKS_AT_ONCE: usize = 8;

/// What a split would do.
#[derive(Clone, Debug, PartialEq)]
pub struct SplitSurvey {
    /// The partition.
    pub id: PartitionId,
    /// The split that is in flight on it: it goes on, whatever was asked for.
    pub in_flight: Option<RewriteJournal>,
    /// Its children.
    pub children: Vec<PartitionId>,
    /// Who holds it, and will hold them.
    pub nodes: Vec<NodeId>,
    /// Its segments.
    pub segments: u64,
    /// Their bytes, once.
    pub bytes: u64,
    /// Records by its record.
    pub record_count: u64,
}

fn refused(id: PartitionId, kind: RewriteKind, reason: String) -> OperationError {
    OperationError::Refused { refused: format!("not going to {} {id}", kind.name()), reason, forceable: false }
}

/// Looks at a partition that is to be split: at its metadata, at all its copies, and into every segment that others wrote.
///
/// # Errors
/// It cannot be split, and why; a copy cannot be read, or is not whole.
pub async fn survey_split<M: MetadataRead, S: StorageRead>(
    store: &M,
    keys: &Keys,
    open: Opener<'_, S>,
    (id, bits): (PartitionId, u8),
) -> Result<SplitSurvey, RewriteError> {
    let kind = RewriteKind::Split;
    let (view, _) = ClusterView::read(store, keys, None, &[]).await?;
    preflight::check_writers(&view, "split")?;
    let sight = read(store, keys, id).await?;
    let survey = |sight: &Sight| SplitSurvey {
        id,
        in_flight: None,
        children: descendants(id, bits),
        nodes: sight.view().record.iter().flat_map(|record| record.value.nodes.clone()).collect(),
        segments: 0,
        bytes: 0,
        record_count: sight.view().record.as_ref().map_or(0, |record| record.value.record_count),
    };
    let journal = sight.view().journal.as_ref().and_then(|journal| journal.value.as_rewrite());
    if let Some(journal) = journal.filter(|journal| journal.kind == kind) {
        let children = journal.targets_of(id);
        return Ok(SplitSurvey { in_flight: Some(journal.clone()), children, ..survey(&sight) });
    }
    if sight.view().record.is_none() {
        return Err(OperationError::NotFound { what: format!("a record of partition {id}") }.into());
    }
    match (view.spec.partitioning_of(id).strategy, id.index()) {
        (Strategy::TimeHash, Some(_)) => {}
        (Strategy::TimeHash | Strategy::TimeRange | Strategy::Time, _) => {
            let reason = "only partitions by hash have children: those by time or by ranges of services have not";
            return Err(refused(id, kind, reason.to_owned()).into());
        }
    }
    let sources = sources(&view, &sight, open, (kind, bits, None)).await?;
    for (name, found) in &sources.segments {
        let sidecar = sources.sidecar(name, found).await?;
        let is_known = sidecar.as_ref().is_some_and(|s| SegmentDocument::parse(s.raw()).is_ok());
        if !is_known {
            let whole = sources.read(name, found).await?;
            for_each(&whole, |_, _| Ok(()))?;
        }
    }
    let (segments, bytes) = (sources.segments.len() as u64, sources.bytes());
    Ok(SplitSurvey { segments, bytes, ..survey(&sight) })
}

/// What all listed copies hold, if the partition may be claimed.
async fn sources<S: StorageRead>(
    view: &ClusterView,
    sight: &Sight,
    open: Opener<'_, S>,
    (kind, bits, target_bytes): (RewriteKind, u8, Option<u64>),
) -> Result<Sources<S>, RewriteError> {
    let request = RewriteRequest {
        kind,
        bits,
        target_bytes,
        operation_id: String::new(),
        run: String::new(),
        copy_id: String::new(),
        started_at: Timestamp::EPOCH,
        by: String::new(),
    };
    let id = sight.partition;
    let journal = match claim(&sight.seen, id, request) {
        Ok(RewriteChange::Claim(journal)) => journal,
        Ok(_) => return Err(refused(id, kind, "it cannot be claimed".to_owned()).into()),
        Err(unfit) => return Err(refused(id, kind, unfit.to_string()).into()),
    };
    let places = Places::new(view.spec.cluster_id.clone(), open);
    let expect_data = sight.view().record.as_ref().is_some_and(|record| record.value.size_bytes > 0);
    list(&places, &sight.nodes, &journal.old_copies(id), expect_data).await
}

/// What is to be compacted.
#[derive(Clone, Debug)]
pub struct CompactScope {
    /// Which partitions.
    pub scope: Scope,
    /// Those of open time buckets, too.
    pub include_open: bool,
    /// Partitions with fewer segments that can be merged are passed over.
    pub segments_min: u64,
    /// Bytes that merged segments are to have, about.
    pub target_bytes: u64,
    /// The present.
    pub now: Timestamp,
}

/// What a compaction of one partition would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compactable {
    /// The partition.
    pub id: PartitionId,
    /// Who holds it.
    pub nodes: Vec<NodeId>,
    /// Its segments.
    pub segments: u64,
    /// Those of them that are merged.
    pub merged: u64,
    /// Into how many.
    pub into: u64,
    /// Bytes of all its segments, once: all are written anew.
    pub bytes: u64,
}

/// What a compaction would do.
#[derive(Clone, Debug, Default)]
pub struct CompactSurvey {
    /// Partitions that are worth it.
    pub partitions: Vec<Compactable>,
    /// Compactions in flight, which go on.
    pub in_flight: BTreeMap<PartitionId, RewriteJournal>,
    /// Partitions with too few segments that can be merged.
    pub few: u64,
    /// Partitions whose time bucket is open.
    pub open: u64,
    /// Partitions that were split: their children are looked at.
    pub split: u64,
    /// Partitions that cannot be compacted now: why.
    pub skipped: BTreeMap<PartitionId, String>,
    /// Records that cannot be read.
    pub corrupt: Vec<crate::operations::cluster::CorruptValue>,
}

/// What is known of one partition.
enum Looked {
    Worth(Compactable),
    InFlight(Box<RewriteJournal>),
    Few,
    Open,
    Split,
    Skipped(String),
}

/// Looks at partitions that may be compacted.
///
/// # Errors
/// The store's; others write to the cluster by rules of their own.
pub async fn survey_compact<M: MetadataRead, S: StorageRead>(
    store: &M,
    keys: &Keys,
    open: Opener<'_, S>,
    wanted: &CompactScope,
    tell: &(dyn Fn(u64, u64) + Send + Sync),
) -> Result<CompactSurvey, OperationError> {
    let (view, _) = ClusterView::read(store, keys, None, &[]).await?;
    preflight::check_writers(&view, "compact")?;
    let selection = select(store, keys, &view, &wanted.scope).await?;
    let survey = look_compact(store, keys, open, (&view, wanted), &selection.ids, tell).await?;
    Ok(CompactSurvey { corrupt: selection.corrupt, ..survey })
}

/// Looks at these partitions, whatever is the scope.
///
/// # Errors
/// The store's.
pub async fn look_compact<M: MetadataRead, S: StorageRead>(
    store: &M,
    keys: &Keys,
    open: Opener<'_, S>,
    (view, wanted): (&ClusterView, &CompactScope),
    ids: &[PartitionId],
    tell: &(dyn Fn(u64, u64) + Send + Sync),
) -> Result<CompactSurvey, OperationError> {
    let mut survey = CompactSurvey::default();
    let (done, total) = (AtomicUsize::new(0), ids.len() as u64);
    let looks = stream::iter(ids).map(async |&id| {
        let looked = look(store, keys, open, (view, wanted), id).await;
        tell(done.fetch_add(1, Ordering::Relaxed) as u64 + 1, total);
        looked.map(|looked| (id, looked))
    });
    let mut looks = looks.buffered(LOOKS_AT_ONCE);
    while let Some(looked) = looks.next().await {
        let (id, looked) = looked?;
        match looked {
            Looked::Worth(one) => survey.partitions.push(one),
            Looked::InFlight(journal) => drop(survey.in_flight.insert(id, *journal)),
            Looked::Few => survey.few += 1,
            Looked::Open => survey.open += 1,
            Looked::Split => survey.split += 1,
            Looked::Skipped(why) => drop(survey.skipped.insert(id, why)),
        }
    }
    Ok(survey)
}

async fn look<M: MetadataRead, S: StorageRead>(
    store: &M,
    keys: &Keys,
    open: Opener<'_, S>,
    (view, wanted): (&ClusterView, &CompactScope),
    id: PartitionId,
) -> Result<Looked, OperationError> {
    let sight = match read(store, keys, id).await {
        Ok(sight) => sight,
        Err(error @ OperationError::Corrupt { .. }) => return Ok(Looked::Skipped(error.to_string())),
        Err(error) => return Err(error),
    };
    let journal = sight.view().journal.as_ref().and_then(|journal| journal.value.as_rewrite());
    if let Some(journal) = journal.filter(|journal| journal.kind == RewriteKind::Compact) {
        return Ok(Looked::InFlight(Box::new(journal.clone())));
    }
    if sight.view().extension().split_bits > 0 {
        return Ok(Looked::Split);
    }
    let end = id.bucket().end(view.spec.partitioning_of(id).granularity_hours);
    if end > wanted.now && !wanted.include_open {
        return Ok(Looked::Open);
    }
    let worth = async {
        let sources = sources(view, &sight, open, (RewriteKind::Compact, 0, Some(wanted.target_bytes))).await?;
        let segments = sources.segments.len() as u64;
        if segments < wanted.segments_min.max(2) {
            return Ok(Looked::Few);
        }
        let plan = merge::plan(&sources, wanted.target_bytes).await?;
        if plan.merged() < wanted.segments_min.max(2) {
            return Ok(Looked::Few);
        }
        let nodes = sight.view().record.iter().flat_map(|record| record.value.nodes.clone()).collect();
        let (merged, into, bytes) = (plan.merged(), plan.groups.len() as u64, sources.bytes());
        Ok::<_, RewriteError>(Looked::Worth(Compactable { id, nodes, segments, merged, into, bytes }))
    };
    match worth.await {
        Ok(looked) => Ok(looked),
        Err(RewriteError::Operation(error @ OperationError::Store(_))) => Err(error),
        Err(RewriteError::Operation(OperationError::Refused { reason, .. })) => Ok(Looked::Skipped(reason)),
        Err(error) => Ok(Looked::Skipped(error.to_string())),
    }
}
