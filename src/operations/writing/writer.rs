//! Batches to their acknowledgement.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::collect::{Batch, Counted};
use super::count::Count;
use super::error::WriteError;
use super::replicate::{OpenSegment, Replicated, Silent};
use super::round::{Left, Verdict};
use super::settings::WriteSettings;
use super::view;
use crate::model::{NodeId, PartitionId, Timestamp};
use crate::operations::executing::Places;
use crate::operations::{AuditContext, Consent, OperationError};
use crate::ports::storage::StorageWrite;
use crate::ports::{Clock, Keys, MetadataWrite, StoreError};
use crate::segment::{BatchId, Compressor, Origin};

/// Who is told what happens.
pub type Listener<'a> = &'a dyn Fn(&WriteEvent);

/// What happens while a batch is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteEvent {
    /// Partitions were recorded on first use.
    Created {
        /// Their time bucket.
        from: Timestamp,
        /// How many.
        partitions: u64,
    },
    /// Copies on a node missed something and have a repair mark now.
    Missed {
        /// Whose copies.
        node: NodeId,
        /// Of how many partitions.
        partitions: u64,
        /// Why the first of them.
        reason: String,
    },
    /// It waits.
    Waiting {
        /// For the first of these partitions.
        partition: PartitionId,
        /// How many there are.
        partitions: usize,
        /// For what.
        what: String,
    },
    /// Sizes and counts of so many records could not be changed.
    Uncounted {
        /// Records.
        partitions: usize,
    },
}

/// A batch that is safe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acknowledged {
    /// Its id.
    pub id: BatchId,
    /// Its number in the input, from 0.
    pub number: u64,
    /// What is in it.
    pub counted: Counted,
    /// Its segments.
    pub segments: u64,
    /// Segments that were there already.
    pub present: u64,
    /// Partitions that they lie in.
    pub partitions: BTreeSet<PartitionId>,
    /// Bytes of the segments, once.
    pub bytes: u64,
    /// Bytes that were written to nodes.
    pub written_bytes: u64,
    /// Of those, bytes that went to another zone than that from where is written.
    pub cross_zone_bytes: u64,
    /// Bytes of the requests in them.
    pub raw_bytes: u64,
    /// Copies that missed a segment.
    pub missed: u64,
}

/// Writes batches.
pub struct Writer<'a, M, S> {
    pub(super) store: &'a M,
    pub(super) keys: &'a Keys,
    pub(super) places: &'a Places<'a, S>,
    pub(super) clock: &'a dyn Clock,
    pub(super) settings: WriteSettings,
    pub(super) audit: &'a AuditContext,
    pub(super) consent: Consent,
    listener: Listener<'a>,
    compressor: Compressor,
    pub(super) silent: Silent,
    /// Audit entries so far.
    pub(super) entries: AtomicUsize,
}

/// What a writer works with.
pub struct WriterParts<'a, M, S> {
    /// The metadata.
    pub store: &'a M,
    /// Where it lies.
    pub keys: &'a Keys,
    /// The data of nodes.
    pub places: &'a Places<'a, S>,
    /// The time.
    pub clock: &'a dyn Clock,
    /// How is written.
    pub settings: WriteSettings,
    /// Who writes.
    pub audit: &'a AuditContext,
    /// How it was agreed to.
    pub consent: Consent,
    /// Who is told.
    pub listener: Listener<'a>,
}

/// Between two tries.
const PAUSE: Duration = Duration::from_millis(500);

impl<'a, M: MetadataWrite, S: StorageWrite> Writer<'a, M, S> {
    /// A writer.
    ///
    /// # Errors
    /// zstd's.
    pub fn new(parts: WriterParts<'a, M, S>) -> Result<Self, WriteError> {
        let WriterParts { store, keys, places, clock, settings, audit, consent, listener } = parts;
        let compressor = Compressor::new(settings.compression_level)?;
        let (silent, entries) = (Silent::default(), AtomicUsize::new(0));
        Ok(Self { store, keys, places, clock, settings, audit, consent, listener, compressor, silent, entries })
    }

    pub(super) fn tell(&self, event: &WriteEvent) {
        (self.listener)(event);
    }

    /// Writes a batch. When this returns, all of it is safe.
    ///
    /// # Errors
    /// The first that stops it. What was written of it stays, and the same batch again completes it.
    pub async fn write(&mut self, batch: Batch) -> Result<Acknowledged, WriteError> {
        let Batch { id, number, min_time_unix_nano, counted, segments } = batch;
        let mut open = Vec::with_capacity(segments.len());
        for (key, builder) in segments {
            let built = builder.finish(&mut self.compressor, Origin::Batch(id.as_str()))?;
            open.push(OpenSegment::new(key, &id, min_time_unix_nano, built)?);
        }
        let mut acknowledged = Acknowledged {
            id,
            number,
            counted,
            segments: 0,
            present: 0,
            partitions: BTreeSet::new(),
            bytes: 0,
            written_bytes: 0,
            cross_zone_bytes: 0,
            raw_bytes: 0,
            missed: 0,
        };
        let mut counts: BTreeMap<PartitionId, Counting> = BTreeMap::new();
        let result = self.until_acknowledged(open, &mut acknowledged, &mut counts).await;
        acknowledged.partitions = counts.keys().copied().collect();
        // What is safe is counted also if something else of the batch is not.
        self.count_all(counts).await?;
        result.map(|()| acknowledged)
    }

    async fn until_acknowledged(
        &self,
        mut open: Vec<OpenSegment>,
        acknowledged: &mut Acknowledged,
        counts: &mut BTreeMap<PartitionId, Counting>,
    ) -> Result<(), WriteError> {
        let started = Instant::now();
        let mut told = false;
        while !open.is_empty() {
            let verdicts = match self.round(&open).await {
                Ok(verdicts) => verdicts,
                Err(WriteError::Operation(OperationError::Store(error @ StoreError::Unreachable { .. })))
                    if started.elapsed() < self.settings.quorum_wait =>
                {
                    self.say_waiting(&open[0], open.len(), &error.to_string(), &mut told);
                    sleep(PAUSE).await;
                    continue;
                }
                Err(error) => return Err(error),
            };
            let mut left = Vec::new();
            let mut reasons = Vec::new();
            for (segment, verdict) in open.into_iter().zip(verdicts) {
                match verdict {
                    Verdict::Acknowledged(replicated) => note(&segment, &replicated, acknowledged, counts),
                    Verdict::Divided(parts) => {
                        reasons.extend(parts.iter().map(|_| Left::Again));
                        left.extend(parts);
                    }
                    Verdict::Left(reason) => {
                        reasons.push(reason);
                        left.push(segment);
                    }
                }
            }
            open = left;
            if let Some(pause) = self.judge(&open, &reasons, started, &mut told)? {
                sleep(pause).await;
            }
        }
        Ok(())
    }

    /// How long is waited before the next try; an error if it was waited for long enough.
    fn judge(
        &self,
        open: &[OpenSegment],
        reasons: &[Left],
        started: Instant,
        told: &mut bool,
    ) -> Result<Option<Duration>, WriteError> {
        let waited = started.elapsed();
        let mut pause = None;
        for (segment, reason) in open.iter().zip(reasons) {
            let partition = segment.key.0;
            match reason {
                Left::Again => {}
                Left::ReadOnly => return Err(WriteError::ReadOnly(partition)),
                Left::NoQuorum { written, needed, reasons } => {
                    if waited >= self.settings.quorum_wait {
                        let (written, needed, reasons) = (*written, *needed, reasons.clone());
                        return Err(WriteError::NoQuorum { partition, written, needed, reasons });
                    }
                    self.say_waiting(segment, open.len(), &format!("a quorum: {reasons}"), told);
                    pause = Some(PAUSE);
                }
                Left::Held(state) => {
                    if waited >= self.settings.hold_wait {
                        let (state, seconds, more) = (state.name(), waited.as_secs(), open.len() - 1);
                        return Err(WriteError::Held { partition, state, seconds, more });
                    }
                    self.say_waiting(segment, open.len(), "the end of its move", told);
                    pause = Some(PAUSE);
                }
            }
        }
        Ok(pause)
    }

    /// Once for a batch.
    fn say_waiting(&self, segment: &OpenSegment, partitions: usize, what: &str, told: &mut bool) {
        if !std::mem::replace(told, true) {
            let what = what.to_owned();
            self.tell(&WriteEvent::Waiting { partition: segment.key.0, partitions, what });
        }
    }

    async fn count_all(&self, counts: BTreeMap<PartitionId, Counting>) -> Result<(), WriteError> {
        let mut to_write: BTreeMap<PartitionId, Count> = BTreeMap::new();
        let mut views = BTreeMap::new();
        for (id, counting) in counts {
            let Counting { bytes, records, anew } = counting;
            let mut count = Count::Added { bytes, records };
            if anew {
                // What was there may have been counted, or not.
                if let std::collections::btree_map::Entry::Vacant(vacant) = views.entry(id.bucket()) {
                    vacant.insert(view::read(self.store, self.keys, id.bucket()).await?);
                }
                let view = views.get(&id.bucket());
                if let Some((view, partition)) = view.and_then(|view| Some((view, view.partition(id).ok()??)))
                    && let Some(whole) = self.content_of(id, partition, &view.nodes).await
                {
                    count = whole;
                }
            }
            to_write.insert(id, count);
        }
        let partitions = self.count(to_write).await?;
        if partitions > 0 {
            self.tell(&WriteEvent::Uncounted { partitions });
        }
        Ok(())
    }
}

/// What a record is to count.
#[derive(Debug, Default)]
struct Counting {
    bytes: u64,
    records: u64,
    /// Whether some of it was there.
    anew: bool,
}

fn note(
    segment: &OpenSegment,
    replicated: &Replicated,
    acknowledged: &mut Acknowledged,
    counts: &mut BTreeMap<PartitionId, Counting>,
) {
    let bytes = segment.built.content.len() as u64;
    acknowledged.segments += 1;
    acknowledged.present += u64::from(replicated.written == 0);
    acknowledged.bytes += bytes;
    acknowledged.written_bytes += bytes * replicated.written as u64;
    acknowledged.cross_zone_bytes += bytes * replicated.written_far as u64;
    acknowledged.raw_bytes += segment.built.raw_bytes;
    acknowledged.missed += replicated.missing.len() as u64;
    let counting = counts.entry(segment.key.0).or_default();
    if replicated.present > 0 {
        counting.anew = true;
    } else {
        counting.bytes += bytes;
        counting.records += segment.built.records;
    }
}
