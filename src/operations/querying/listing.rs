//! Which segments a partition has: what its replicas name together.
//!
//! A copy may have lost a segment without a trace, so all of them are listed, which costs little, and each is read from the
//! first copy that has it whole. A partition that was moved since its record was read is looked up again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use futures_util::future::join_all;
use futures_util::stream::{self, StreamExt as _};

use super::engine::Engine;
use super::replicas::{Replica, locked, ordered};
use super::report::{Damage, Figures, Loss, LossKind, PartitionReport, ReplicaReport, ReplicaUse, SkipRule};
use super::targets::Target;
use crate::model::{NodeId, PartitionId};
use crate::operations::OperationError;
use crate::ports::MetadataRead;
use crate::ports::storage::node::CALL_TIMEOUT;
use crate::ports::storage::{CopyListing, CopyPlace, SegmentName, StorageError, StorageRead, errand};

/// Partitions whose copies are listed together: a node's in one errand.
const LISTED_TOGETHER: usize = 32;
/// Copies of one node that are listed at a time, where that is not a matter of one disk.
const LISTED_AT_A_TIME: usize = 16;
/// Partitions that are looked up again, or whose merged segments are looked at, at a time.
const SETTLED: usize = 16;

/// A partition that is being read.
#[derive(Debug)]
pub(super) struct PartitionWork {
    pub(super) id: PartitionId,
    pub(super) replicas: Vec<Replica>,
    pub(super) placement: &'static str,
    pub(super) figures: Mutex<Figures>,
    pub(super) uses: Mutex<Vec<ReplicaReport>>,
}

/// A segment that is to be read.
#[derive(Clone, Debug)]
pub(super) struct SegmentWork {
    pub(super) partition: Arc<PartitionWork>,
    pub(super) name: SegmentName,
    /// Its length, where it is longest.
    pub(super) bytes: u64,
    /// The replicas that have it, by number, in order; with whether its sidecar is there.
    pub(super) sources: Vec<(usize, bool)>,
}

impl PartitionWork {
    fn new(target: &Target, replicas: Vec<Replica>) -> Self {
        let uses = replicas.iter().map(Replica::report).collect();
        let placement = target.route.placed_by.name();
        Self { id: target.id(), replicas, placement, figures: Mutex::default(), uses: Mutex::new(uses) }
    }

    /// Notes bytes that were read from a replica.
    pub(super) fn read(&self, replica: usize, bytes: u64) {
        let mut figures = locked(&self.figures);
        figures.bytes_read += bytes;
        figures.bytes_cross_zone += if self.replicas[replica].is_cross_zone { bytes } else { 0 };
        let used = &mut locked(&self.uses)[replica];
        used.bytes_read += bytes;
        if used.used == ReplicaUse::NotNeeded || used.used == ReplicaUse::Marked {
            used.used = ReplicaUse::Read;
        }
    }

    pub(super) fn skip(&self, rule: SkipRule) {
        *locked(&self.figures).segments_skipped.entry(rule).or_default() += 1;
    }

    /// Why a segment that no copy gave is missing: a node that was not asked may have it.
    pub(super) fn loss_kind(&self) -> LossKind {
        let unasked = |used: &ReplicaReport| matches!(used.used, ReplicaUse::Down | ReplicaUse::Silent(_));
        if locked(&self.uses).iter().any(unasked) { LossKind::NoAnswer } else { LossKind::NoGoodCopy }
    }

    pub(super) fn report(&self) -> PartitionReport {
        PartitionReport {
            partition: self.id,
            placement: self.placement,
            replicas: locked(&self.uses).clone(),
            figures: locked(&self.figures).clone(),
        }
    }
}

/// Where a segment was found.
#[derive(Default)]
struct Found {
    bytes: u64,
    sources: Vec<(usize, bool)>,
}

/// A copy's listing, or why there is none.
type Listed = Option<Result<CopyListing, StorageError>>;

impl<M: MetadataRead, S: StorageRead + 'static> Engine<'_, M, S> {
    /// The segments of some partitions, one after the other.
    ///
    /// # Errors
    /// The metadata store does not answer.
    pub(super) async fn list(
        &self,
        targets: &[Target],
    ) -> Result<Vec<(Arc<PartitionWork>, Vec<SegmentWork>)>, OperationError> {
        let mut found = Vec::with_capacity(targets.len());
        for some in targets.chunks(LISTED_TOGETHER) {
            let listed = some.iter().zip(self.list_copies(some).await);
            let mut settled =
                stream::iter(listed.map(|(target, listed)| self.settle(target, listed))).buffered(SETTLED);
            while let Some(partition) = settled.next().await {
                found.push(partition?);
            }
        }
        Ok(found)
    }

    /// The segments of a partition by its copies' listings, or by new ones where it was moved since.
    async fn settle(
        &self,
        target: &Target,
        (mut work, mut listings): (PartitionWork, Vec<Listed>),
    ) -> Result<(Arc<PartitionWork>, Vec<SegmentWork>), OperationError> {
        if looks_moved(target, &work, &listings)
            && let Some(now) = self.metadata.again(target).await?
            && let Some(again) = self.list_copies(std::slice::from_ref(&now)).await.pop()
        {
            (work, listings) = again;
        }
        for (used, listing) in locked(&work.uses).iter_mut().zip(&listings) {
            if let Some(Err(error)) = listing {
                used.used = ReplicaUse::Silent(error.to_string());
            }
        }
        let work = Arc::new(work);
        let segments = self.together(&work, &listings);
        locked(&work.figures).segments = segments.len() as u64;
        Ok((Arc::clone(&work), self.without_merged(&work, segments).await))
    }

    /// The listings of the copies of some partitions, a node's together.
    async fn list_copies(&self, targets: &[Target]) -> Vec<(PartitionWork, Vec<Listed>)> {
        let mut found: Vec<(PartitionWork, Vec<Listed>)> = Vec::with_capacity(targets.len());
        let mut wanted: BTreeMap<NodeId, Vec<(usize, usize, CopyPlace)>> = BTreeMap::new();
        for (number, target) in targets.iter().enumerate() {
            let work = PartitionWork::new(target, ordered(self.metadata.topology, self.query.near.as_ref(), target));
            for (at, replica) in work.replicas.iter().enumerate().filter(|(_, replica)| !replica.down) {
                wanted.entry(replica.node.clone()).or_default().push((number, at, replica.copy.clone()));
            }
            let listings = work.replicas.iter().map(|_| None).collect();
            found.push((work, listings));
        }
        let of_nodes = wanted.iter().map(|(node, copies)| async move {
            let places = copies.iter().map(|(_, _, copy)| copy.clone()).collect();
            copies.iter().zip(self.list_node(node, places).await)
        });
        for ((number, at, _), listing) in join_all(of_nodes).await.into_iter().flatten() {
            found[*number].1[*at] = Some(listing);
        }
        found
    }

    /// What lies in some copies of a node.
    async fn list_node(&self, id: &NodeId, copies: Vec<CopyPlace>) -> Vec<Result<CopyListing, StorageError>> {
        let count = copies.len();
        let node = match self.nodes.of(id).await {
            Ok(node) => node,
            Err(error) => return vec![Err(error); count],
        };
        let place = node.place().to_owned();
        let listings = errand(&place, CALL_TIMEOUT, move |_| async move {
            stream::iter(&copies).map(|copy| node.list(copy)).buffered(LISTED_AT_A_TIME).collect::<Vec<_>>().await
        });
        let listings = listings.await.unwrap_or_else(|error| vec![Err(error); count]);
        for error in listings.iter().filter_map(|listing| listing.as_ref().err()) {
            self.nodes.note(id, error);
        }
        listings
    }

    /// What the replicas name together; what a copy lacks is noted.
    fn together(&self, work: &Arc<PartitionWork>, listings: &[Listed]) -> Vec<SegmentWork> {
        let is_whole = |at: usize| !work.replicas[at].marked;
        let read = |at: usize| listings[at].as_ref().and_then(|listing| listing.as_ref().ok());
        let all = 0..listings.len();
        let any_whole = all.clone().any(|at| is_whole(at) && read(at).is_some());
        if !any_whole {
            self.lose(work, None, self.why_none(work, listings));
        }
        // A copy with a repair mark counts for what others name, unless there are no others.
        let mut names: BTreeSet<&SegmentName> = BTreeSet::new();
        for listing in all.clone().filter(|at| is_whole(*at) || !any_whole).filter_map(read) {
            names.extend(listing.segments.iter().map(|entry| &entry.name));
            names.extend(&listing.missing);
        }
        let mut found: BTreeMap<&SegmentName, Found> = names.iter().map(|name| (*name, Found::default())).collect();
        for (at, listing) in all.filter_map(|at| Some((at, read(at)?))) {
            for entry in &listing.segments {
                if let Some(found) = found.get_mut(&entry.name) {
                    found.bytes = found.bytes.max(entry.bytes);
                    found.sources.push((at, entry.has_sidecar));
                }
            }
            if is_whole(at) {
                self.note_missing(work, at, listing, &names);
            }
        }
        let segment = |(name, Found { bytes, sources }): (&SegmentName, Found)| SegmentWork {
            partition: Arc::clone(work),
            name: name.clone(),
            bytes,
            sources,
        };
        let (there, gone): (Vec<_>, Vec<_>) = found.into_iter().partition(|(_, found)| !found.sources.is_empty());
        for (name, _) in gone {
            self.lose(work, Some(name.clone()), "no copy has it, only its sidecar".to_owned());
        }
        there.into_iter().map(segment).collect()
    }

    fn note_missing(&self, work: &PartitionWork, at: usize, listing: &CopyListing, names: &BTreeSet<&SegmentName>) {
        let damage = |name: &SegmentName, reason: &str| Damage {
            partition: work.id,
            node: work.replicas[at].node.clone(),
            segment: name.clone(),
            reason: reason.to_owned(),
        };
        let there: BTreeSet<&SegmentName> = listing.segments.iter().map(|entry| &entry.name).collect();
        let mut report = locked(&self.report);
        for name in &listing.missing {
            report.damages.add(damage(name, "it is not there, only its sidecar"));
        }
        for name in names.iter().filter(|name| !there.contains(**name) && !listing.missing.contains(name)) {
            report.behind.add(damage(name, "it is not there"));
        }
    }

    /// Why no whole copy of a partition could be listed.
    fn why_none(&self, work: &PartitionWork, listings: &[Listed]) -> String {
        let word = |(replica, listing): (&Replica, &Listed)| match listing {
            None => format!("node {} is down", replica.node),
            Some(Err(error)) => format!("node {}: {error}", replica.node),
            Some(Ok(_)) => format!("node {} has a repair mark", replica.node),
        };
        let words: Vec<String> = work.replicas.iter().zip(listings).map(word).collect();
        if words.is_empty() { "it has no replica".to_owned() } else { words.join("; ") }
    }

    /// Notes that something is missing from the answer.
    pub(super) fn lose(&self, work: &PartitionWork, segment: Option<SegmentName>, reason: String) {
        let kind = work.loss_kind();
        locked(&self.report).losses.add(Loss { partition: work.id, segment, kind, reason });
    }
}

/// Whether the replicas may be elsewhere by now: a copy that was moved away is deleted, and looks empty.
fn looks_moved(target: &Target, work: &PartitionWork, listings: &[Listed]) -> bool {
    let mut counts = BTreeSet::new();
    for (_, listing) in work.replicas.iter().zip(listings).filter(|(replica, _)| !replica.marked && !replica.down) {
        if let Some(Ok(listing)) = listing {
            counts.insert(listing.segments.len());
        }
    }
    let holds_something = target.route.size_bytes.is_some_and(|bytes| bytes > 0);
    counts.is_empty() || counts.len() > 1 || (holds_something && counts.iter().all(|count| *count == 0))
}
