//! One try to acknowledge segments: each as its partition stands now.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::stream::{self, StreamExt as _};

use super::error::WriteError;
use super::mark::Marks;
use super::replicate::{OpenSegment, Replicated, Replication};
use super::reroute::{by_bucket, divide};
use super::settings::BatchKey;
use super::view::{self, BucketView, PartitionView};
use super::writer::{WriteEvent, Writer};
use crate::model::{NodeId, PartitionId, PartitionState, TimeBucket};
use crate::operations::partitions::create_empty;
use crate::operations::{AuditContext, OperationError};
use crate::ports::MetadataWrite;
use crate::ports::storage::StorageWrite;

/// What came of a segment.
#[derive(Debug)]
pub(super) enum Verdict {
    /// It is durable on a quorum, and who misses it is marked.
    Acknowledged(Replicated),
    /// Its partition was split: these are its parts.
    Divided(Vec<OpenSegment>),
    /// Not yet.
    Left(Left),
}

/// What came of a round.
#[derive(Debug, Default)]
pub(super) struct Rounded {
    /// By segment.
    pub(super) verdicts: BTreeMap<usize, Verdict>,
    /// Segments that cannot be written, beside those with a verdict.
    pub(super) broken: Vec<(Vec<usize>, WriteError)>,
}

/// Why a segment is not acknowledged.
#[derive(Clone, Debug)]
pub(super) enum Left {
    /// Its partition is being moved.
    Held(PartitionState),
    /// Its partition takes no data.
    ReadOnly,
    /// Too few copies could be written.
    NoQuorum { written: usize, needed: usize, reasons: String },
    /// Something changed meanwhile.
    Again,
}

/// How often the records of a bucket are made before somebody else's hand is suspected.
const CREATE_TRIES: u32 = 5;

impl<M: MetadataWrite, S: StorageWrite> Writer<'_, M, S> {
    /// Tries to acknowledge segments. One without a verdict is tried again.
    ///
    /// # Errors
    /// Those that concern all segments: the store's, or that there is no spec.
    pub(super) async fn round(&self, open: &[OpenSegment]) -> Result<Rounded, WriteError> {
        let mut rounded = Rounded::default();
        for (bucket, at) in by_bucket(open) {
            let result = match self.view(bucket, open, &at).await {
                Ok(view) => self.bucket(&view, bucket, open, &at, &mut rounded).await,
                Err(error) => Err(error),
            };
            match result {
                Ok(()) => {}
                Err(error) if error.concerns_all() => return Err(error),
                Err(error) => rounded.broken.push((at, error)),
            }
        }
        Ok(rounded)
    }

    /// The bucket as it stands, with records of all partitions that are needed, made if need be.
    async fn view(&self, bucket: TimeBucket, open: &[OpenSegment], at: &[usize]) -> Result<BucketView, WriteError> {
        for _ in 0..CREATE_TRIES {
            let view = view::read(self.store, self.keys, bucket).await?;
            let mut missing = None;
            for &at in at {
                let id = open[at].key.0;
                // One that cannot be read is there.
                if view.partition(id).is_ok_and(|partition| partition.is_none()) {
                    missing = Some(id);
                }
            }
            let Some(id) = missing else { return Ok(view) };
            let granularity = view.cluster.spec.partitioning_of(id).granularity_hours;
            let range = bucket.range(granularity);
            let now = self.clock.now();
            let created = create_empty(self.store, self.keys, &view.cluster, range, now).await?;
            let partitions = created.change.len() as u64;
            if partitions == 0 {
                return Err(OperationError::NotFound { what: format!("a record of partition {id}") }.into());
            }
            let audit = AuditContext { now, ..self.audit.clone() };
            let entries = self.entries.fetch_add(partitions as usize, std::sync::atomic::Ordering::Relaxed);
            let applied =
                created.change.approve(self.consent).apply_after(entries, self.store, self.keys, &audit).await;
            match applied {
                Ok(_) => self.tell(&WriteEvent::Created { from: range.start(), partitions }),
                // Another writer makes them too.
                Err(OperationError::Conflict { .. } | OperationError::Partly { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let what = format!("the partitions of the time bucket {}", bucket.id());
        Err(OperationError::Invalid(format!("{what} could not be recorded: others change them all the time")).into())
    }

    async fn bucket(
        &self,
        view: &BucketView,
        bucket: TimeBucket,
        open: &[OpenSegment],
        at: &[usize],
        rounded: &mut Rounded,
    ) -> Result<(), WriteError> {
        let mut ready: Vec<(usize, &PartitionView)> = Vec::new();
        for &at in at {
            let partition = match view.partition(open[at].key.0) {
                Ok(Some(partition)) => partition,
                Ok(None) => continue,
                Err(error) => {
                    rounded.broken.push((vec![at], error));
                    continue;
                }
            };
            if partition.is_split() {
                match divide(&open[at], view, &self.settings, self.clock.now()) {
                    Ok(parts) => drop(rounded.verdicts.insert(at, Verdict::Divided(parts))),
                    Err(error) => rounded.broken.push((vec![at], error)),
                }
                continue;
            }
            match partition.record.value.state {
                PartitionState::Active => ready.push((at, partition)),
                PartitionState::ReadOnly => drop(rounded.verdicts.insert(at, Verdict::Left(Left::ReadOnly))),
                state @ (PartitionState::Migrating | PartitionState::Rebalancing) => {
                    rounded.verdicts.insert(at, Verdict::Left(Left::Held(state)));
                }
            }
        }
        let written = self.replicate(view, open, ready, rounded).await;
        let marked = self.marks_of(&written, open).await?;
        let mut candidates = Vec::new();
        for (at, partition, replicated) in written {
            let needed = self.settings.quorum.of(partition.record.value.nodes.len());
            if replicated.good < needed {
                let left =
                    Left::NoQuorum { written: replicated.good, needed, reasons: reasons(partition, &replicated) };
                rounded.verdicts.insert(at, Verdict::Left(left));
            } else if is_marked(partition, &replicated, marked.contains(&open[at].key.0)) {
                candidates.push((at, partition, replicated));
            }
        }
        // What was read may be too old by now.
        let again = if view.is_fresh() { None } else { Some(view::read(self.store, self.keys, bucket).await?) };
        for (at, partition, replicated) in candidates {
            let holds = match &again {
                None => true,
                Some(again) => {
                    let now = again.partition(open[at].key.0);
                    now.is_ok_and(|now| now.is_some_and(|now| now.holds_as(partition)))
                }
            };
            if holds {
                rounded.verdicts.insert(at, Verdict::Acknowledged(replicated));
            }
        }
        Ok(())
    }

    async fn replicate<'v>(
        &self,
        view: &'v BucketView,
        open: &[OpenSegment],
        ready: Vec<(usize, &'v PartitionView)>,
        rounded: &mut Rounded,
    ) -> Vec<(usize, &'v PartitionView, Replicated)> {
        let topology = self.settings.near.as_ref().and_then(|_| view.cluster.topology().ok());
        let replication = Replication {
            places: self.places,
            nodes: &view.nodes,
            silent: &self.silent,
            timeout: self.settings.replica_timeout,
            near: self.settings.near.as_ref().zip(topology.as_ref()),
            may_be_there: !matches!(self.settings.key, BatchKey::Fresh(_)),
        };
        let replication = &replication;
        let ready = if replication.may_be_there { ready } else { self.feasible(replication, ready, rounded).await };
        let mut running = stream::iter(ready)
            .map(async |(at, partition)| {
                let replicated = replication.write(&open[at], partition).await;
                (at, partition, replicated)
            })
            .buffer_unordered(self.settings.streams.max(1));
        let mut written = Vec::new();
        while let Some((at, partition, replicated)) = running.next().await {
            match replicated {
                Ok(replicated) => written.push((at, partition, replicated)),
                Err(error) => rounded.broken.push((vec![at], error)),
            }
        }
        written
    }

    /// The segments whose quorum is there. A batch that is not written again under its name would leave a piece of itself with
    /// every try, on the nodes that are left.
    async fn feasible<'v>(
        &self,
        replication: &Replication<'_, '_, S>,
        ready: Vec<(usize, &'v PartitionView)>,
        rounded: &mut Rounded,
    ) -> Vec<(usize, &'v PartitionView)> {
        let listed = ready.iter().flat_map(|(_, partition)| &partition.record.value.nodes);
        let away = replication.away(listed).await;
        let mut feasible = Vec::with_capacity(ready.len());
        for (at, partition) in ready {
            let nodes = &partition.record.value.nodes;
            let good = nodes.iter().filter(|node| !away.contains_key(*node) && !partition.marks.contains_key(*node));
            let (good, needed) = (good.count(), self.settings.quorum.of(nodes.len()));
            if good < needed {
                let missing = nodes.iter().filter_map(|node| away.get_key_value(node));
                let missing = missing.map(|(node, reason)| (node.clone(), reason.clone())).collect();
                let reasons = reasons(partition, &Replicated { missing, ..Replicated::default() });
                rounded.verdicts.insert(at, Verdict::Left(Left::NoQuorum { written: good, needed, reasons }));
            } else {
                feasible.push((at, partition));
            }
        }
        feasible
    }

    /// Marks who missed something, where a quorum has it; gives the partitions whose marks hold.
    async fn marks_of(
        &self,
        written: &[(usize, &PartitionView, Replicated)],
        open: &[OpenSegment],
    ) -> Result<BTreeSet<PartitionId>, WriteError> {
        let mut marks: Marks<'_> = BTreeMap::new();
        for (at, partition, replicated) in written {
            let needed = self.settings.quorum.of(partition.record.value.nodes.len());
            if replicated.good < needed {
                continue;
            }
            for (node, reason) in &replicated.missing {
                if !partition.marks.contains_key(node) {
                    let entry = marks.entry(open[*at].key.0).or_insert_with(|| (*partition, BTreeMap::new()));
                    entry.1.insert(node.clone(), reason.clone());
                }
            }
        }
        if marks.is_empty() {
            return Ok(BTreeSet::new());
        }
        let done = self.mark(&marks).await?;
        let mut missed: BTreeMap<&NodeId, (u64, &String)> = BTreeMap::new();
        for (_, (_, nodes)) in marks.iter().filter(|(id, _)| done.contains(id)) {
            for (node, reason) in nodes {
                missed.entry(node).or_insert((0, reason)).0 += 1;
            }
        }
        for (node, (partitions, reason)) in missed {
            self.tell(&WriteEvent::Missed { node: node.clone(), partitions, reason: reason.clone() });
        }
        Ok(done)
    }
}

/// Whether each copy that missed something has its mark.
fn is_marked(partition: &PartitionView, replicated: &Replicated, newly: bool) -> bool {
    newly || replicated.missing.iter().all(|(node, _)| partition.marks.contains_key(node))
}

/// What was wrong with whom.
fn reasons(partition: &PartitionView, replicated: &Replicated) -> String {
    let missing = replicated.missing.iter().map(|(node, reason)| format!("{node}: {reason}"));
    let marked = partition.marks.keys().filter(|node| !replicated.missing.iter().any(|(missing, _)| missing == *node));
    let marked = marked.map(|node| format!("{node}: its copy misses something and is to be repaired"));
    missing.chain(marked).collect::<Vec<_>>().join("; ")
}
