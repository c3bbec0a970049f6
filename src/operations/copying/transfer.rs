//! A whole copy: what is to do, streams, and the comparison at the end.

use std::collections::BTreeMap;

use futures_util::stream::{FuturesUnordered, StreamExt as _};

use super::CopySettings;
use super::bandwidth::Bandwidth;
use super::content::{Content, SegmentSum};
use super::error::{CopyError, Side, of};
use super::event::{CopyEvent, Listener};
use super::segment::copy_segment;
use crate::ports::storage::{CopyListing, CopyPlace, OpenedNode, SegmentEntry, SegmentName, StorageRead, StorageWrite};

/// How often the source may turn out to hold more than it did before it is said to change all the time.
const ROUNDS_MAX: u32 = 4;

/// Names that an error repeats at most.
const NAMES_MAX: usize = 3;

/// One copy to make. Clones of it share everything.
pub struct CopyJob<'a, S, T> {
    /// Where it is read.
    pub source: &'a OpenedNode<S>,
    /// Which copy there.
    pub from: &'a CopyPlace,
    /// Where it is made.
    pub target: &'a OpenedNode<T>,
    /// As which copy there; nobody else's.
    pub to: &'a CopyPlace,
    /// How.
    pub settings: CopySettings,
    /// How fast.
    pub bandwidth: &'a Bandwidth,
    /// Who is told.
    pub tell: Listener<'a>,
}

/// Makes the copy, or goes on with it. When this returns, all of it was read back from the target by this call.
///
/// # Errors
/// The first that stops it; the other streams are given up and leave nothing that is taken for whole.
pub async fn copy<S: StorageRead, T: StorageWrite>(job: &CopyJob<'_, S, T>) -> Result<Content, CopyError> {
    refuse_itself(job)?;
    job.target.clean(job.to).await.map_err(of(Side::Target))?;
    let mut done = BTreeMap::new();
    for _ in 0..ROUNDS_MAX {
        let source = listing(job.source, job.from, Side::Source).await?;
        let target = listing(job.target, job.to, Side::Target).await?;
        let open = open_segments(job, &source, &target, &done)?;
        if open.is_empty() {
            return compare(&target, &done);
        }
        let bytes = source.segments.iter().map(|segment| segment.bytes).sum();
        (job.tell)(CopyEvent::Planned { segments: source.segments.len() as u64, bytes });
        let (mut waiting, mut running) = (open.into_iter(), FuturesUnordered::new());
        loop {
            while running.len() < job.settings.streams()
                && let Some((segment, is_there)) = waiting.next()
            {
                running.push(copy_named(job, segment, is_there));
            }
            let Some(moved) = running.next().await else { break };
            let (name, sum) = moved?;
            done.insert(name, sum);
        }
    }
    Err(CopyError::SourceChanged(format!("it held more in each of {ROUNDS_MAX} rounds")))
}

async fn copy_named<S: StorageRead, T: StorageWrite>(
    job: &CopyJob<'_, S, T>,
    segment: &SegmentEntry,
    is_there: bool,
) -> Result<(SegmentName, SegmentSum), CopyError> {
    copy_segment(job, segment, is_there).await.map(|sum| (segment.name.clone(), sum))
}

/// A copy onto itself would verify itself.
pub(super) fn refuse_itself<S: StorageRead, T: StorageRead>(job: &CopyJob<'_, S, T>) -> Result<(), CopyError> {
    let is_itself = job.source.place() == job.target.place() && job.from == job.to;
    if job.source.id() == job.target.id() || is_itself {
        return Err(CopyError::TargetForeign(format!("{} in {} is the source itself", job.to, job.target.place())));
    }
    Ok(())
}

/// What lies on one side, if all of it has a name that can be moved.
pub(super) async fn listing<S: StorageRead>(
    node: &OpenedNode<S>,
    copy: &CopyPlace,
    side: Side,
) -> Result<CopyListing, CopyError> {
    let listing = node.list(copy).await.map_err(of(side))?;
    if !listing.strangers.is_empty() {
        return Err(CopyError::Strangers { side, copy: copy.to_string(), names: some_names(&listing.strangers) });
    }
    match (side, listing.missing.first()) {
        (Side::Source, Some(segment)) => Err(CopyError::SourceDamaged {
            segment: segment.clone(),
            reason: "its sidecar is there, it itself is not".to_owned(),
        }),
        // On the target it is written (again), or found not to belong there.
        (Side::Source | Side::Target, _) => Ok(listing),
    }
}

pub(super) fn some_names<T: std::fmt::Display>(names: &[T]) -> String {
    let shown: Vec<String> = names.iter().take(NAMES_MAX).map(|name| format!("{:?}", name.to_string())).collect();
    let more = if names.len() > NAMES_MAX { format!(" and {} more", names.len() - NAMES_MAX) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

/// The segments that this call has not verified yet, and whether the target has something under their names.
pub(super) fn open_segments<'l, S: StorageRead, T: StorageRead>(
    job: &CopyJob<'_, S, T>,
    source: &'l CopyListing,
    target: &CopyListing,
    done: &BTreeMap<SegmentName, SegmentSum>,
) -> Result<Vec<(&'l SegmentEntry, bool)>, CopyError> {
    if source.segments.is_empty() && job.settings.expect_data {
        let (place, copy) = (job.source.place().to_owned(), job.from.to_string());
        return Err(CopyError::SourceEmpty { place, copy });
    }
    let has = |listing: &[SegmentEntry], name: &SegmentName| listing.binary_search_by(|s| s.name.cmp(name)).is_ok();
    let lost: Vec<_> = done.keys().filter(|name| !has(&source.segments, name)).collect();
    if !lost.is_empty() {
        return Err(CopyError::SourceChanged(format!("it lost {}", some_names(&lost))));
    }
    let names = target.segments.iter().map(|segment| &segment.name).chain(&target.missing);
    let foreign: Vec<_> = names.filter(|name| !has(&source.segments, name)).collect();
    if !foreign.is_empty() {
        let names = some_names(&foreign);
        return Err(CopyError::TargetForeign(format!("it holds {names}, which the source does not")));
    }
    let mut open = Vec::new();
    for segment in &source.segments {
        match done.get(&segment.name) {
            None => {
                let is_there = has(&target.segments, &segment.name) || target.missing.contains(&segment.name);
                open.push((segment, is_there));
            }
            Some(sum) if sum.bytes != segment.bytes => {
                let (before, now) = (sum.bytes, segment.bytes);
                let text = format!("{} had {before} bytes and has {now}", segment.name);
                return Err(CopyError::SourceChanged(text));
            }
            Some(_) => {}
        }
    }
    Ok(open)
}

/// The end: the target lists exactly what was verified.
pub(super) fn compare(target: &CopyListing, done: &BTreeMap<SegmentName, SegmentSum>) -> Result<Content, CopyError> {
    let damaged = |segment: &SegmentName, reason: &str| CopyError::TargetDamaged {
        segment: segment.clone(),
        reason: reason.to_owned(),
    };
    let mut listed = target.segments.iter();
    for (name, sum) in done {
        // Both are sorted, and the target holds nothing that the source does not.
        let Some(entry) = listed.next().filter(|entry| entry.name == *name) else {
            return Err(damaged(name, "it vanished after it was verified"));
        };
        if entry.bytes != sum.bytes || !entry.has_sidecar {
            return Err(damaged(name, "it changed after it was verified"));
        }
    }
    Ok(Content::of(done))
}
