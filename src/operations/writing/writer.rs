//! Batches to their acknowledgement.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::collect::{Batch, Ready, SegmentKey};
use super::count::Count;
use super::counted::Counted;
use super::error::WriteError;
use super::replicate::{OpenSegment, Replicated, Silent};
use super::round::{Left, Rounded, Verdict};
use super::settings::WriteSettings;
use super::view;
use crate::model::{NodeId, PartitionId, Timestamp};
use crate::operations::executing::Places;
use crate::operations::{AuditContext, Consent, OperationError};
use crate::ports::storage::StorageWrite;
use crate::ports::{Clock, Keys, MetadataWrite, StoreError};
use crate::segment::{BatchId, Compressor};

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

/// What came of a batch.
#[derive(Debug)]
pub struct Written {
    /// What is safe.
    pub acknowledged: Acknowledged,
    /// What is not, or not known to be.
    pub left: Vec<Unwritten>,
}

/// Segments that are not safe.
#[derive(Debug)]
pub struct Unwritten {
    /// Which, as they were collected.
    pub segments: BTreeSet<SegmentKey>,
    /// Why.
    pub error: WriteError,
}

/// How long a batch is worked on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Until {
    /// Until something cannot be written.
    FirstError,
    /// Until each segment is written or cannot be.
    Tried {
        /// Whether anything is waited for.
        patient: bool,
    },
}

impl Until {
    /// How long is waited.
    fn wait(self, wait: Duration) -> Duration {
        if self == (Self::Tried { patient: false }) { Duration::ZERO } else { wait }
    }
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
        let ready = batch.build(&mut self.compressor)?;
        let mut written = self.write_ready(ready, Until::FirstError).await;
        if written.left.is_empty() { Ok(written.acknowledged) } else { Err(written.left.swap_remove(0).error) }
    }

    /// Writes what can be written of a batch: what one partition does not take keeps no other from it. Unless it is `patient`, no
    /// quorum and no move is waited for.
    pub async fn write_each(&self, ready: Ready, patient: bool) -> Written {
        self.write_ready(ready, Until::Tried { patient }).await
    }

    async fn write_ready(&self, ready: Ready, until: Until) -> Written {
        let Ready { id, number, counted, open } = ready;
        let acknowledged = Acknowledged {
            id,
            number,
            // Records are counted as they are safe.
            counted: counted.without_records(),
            segments: 0,
            present: 0,
            partitions: BTreeSet::new(),
            bytes: 0,
            written_bytes: 0,
            cross_zone_bytes: 0,
            raw_bytes: 0,
            missed: 0,
        };
        let mut written = Written { acknowledged, left: Vec::new() };
        let mut counts: BTreeMap<PartitionId, Counting> = BTreeMap::new();
        self.until_acknowledged(open, until, &mut written, &mut counts).await;
        written.acknowledged.partitions = counts.keys().copied().collect();
        // What is safe is counted also if something else of the batch is not.
        let partitions = counts.len();
        match self.count_all(counts).await {
            Ok(()) => {}
            // It is safe all the same.
            Err(_) if until != Until::FirstError => self.tell(&WriteEvent::Uncounted { partitions }),
            Err(error) => written.left.push(Unwritten { segments: BTreeSet::new(), error }),
        }
        written
    }

    async fn until_acknowledged(
        &self,
        mut open: Vec<OpenSegment>,
        until: Until,
        written: &mut Written,
        counts: &mut BTreeMap<PartitionId, Counting>,
    ) {
        let started = Instant::now();
        let mut told = false;
        while !open.is_empty() {
            let Rounded { mut verdicts, broken } = match self.round(&open).await {
                Ok(rounded) => rounded,
                Err(WriteError::Operation(OperationError::Store(error @ StoreError::Unreachable { .. })))
                    if started.elapsed() < until.wait(self.settings.quorum_wait) =>
                {
                    self.say_waiting(&open[0], open.len(), &error.to_string(), &mut told);
                    sleep(PAUSE).await;
                    continue;
                }
                Err(error) => {
                    let segments = open.iter().map(|segment| segment.origin).collect();
                    written.left.push(Unwritten { segments, error });
                    return;
                }
            };
            let mut lost = BTreeSet::new();
            for (at, error) in broken {
                let segments = at.iter().map(|at| open[*at].origin).collect();
                written.left.push(Unwritten { segments, error });
                lost.extend(at);
            }
            let (mut left, mut reasons) = (Vec::new(), Vec::new());
            for (at, segment) in open.into_iter().enumerate().filter(|(at, _)| !lost.contains(at)) {
                match verdicts.remove(&at).unwrap_or(Verdict::Left(Left::Again)) {
                    Verdict::Acknowledged(replicated) => {
                        note(&segment, &replicated, &mut written.acknowledged, counts);
                    }
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
            let pause;
            (open, pause) = self.judge(left, reasons, (started, until), &mut told, &mut written.left);
            if until == Until::FirstError && !written.left.is_empty() {
                return;
            }
            if let Some(pause) = pause {
                sleep(pause).await;
            }
        }
    }

    /// The segments that are tried again, and how long is waited before; the others were waited for long enough.
    fn judge(
        &self,
        open: Vec<OpenSegment>,
        reasons: Vec<Left>,
        (started, until): (Instant, Until),
        told: &mut bool,
        given_up: &mut Vec<Unwritten>,
    ) -> (Vec<OpenSegment>, Option<Duration>) {
        let waited = started.elapsed();
        let others = open.len().saturating_sub(1);
        let (mut left, mut pause) = (Vec::new(), None);
        for (segment, reason) in open.into_iter().zip(reasons) {
            let partition = segment.key.0;
            let (quorum_wait, hold_wait) = (until.wait(self.settings.quorum_wait), until.wait(self.settings.hold_wait));
            let wait = match reason {
                Left::Again => Ok(None),
                Left::ReadOnly => Err(WriteError::ReadOnly(partition)),
                Left::NoQuorum { written, needed, reasons } if waited >= quorum_wait => {
                    Err(WriteError::NoQuorum { partition, written, needed, reasons })
                }
                Left::NoQuorum { reasons, .. } => Ok(Some(format!("a quorum: {reasons}"))),
                Left::Held(state) if waited >= hold_wait => {
                    Err(WriteError::Held { partition, state: state.name(), seconds: waited.as_secs(), more: others })
                }
                Left::Held(_) => Ok(Some("the end of its move".to_owned())),
            };
            match wait {
                Ok(what) => {
                    if let Some(what) = what {
                        self.say_waiting(&segment, others + 1, &what, told);
                        pause = Some(PAUSE);
                    }
                    left.push(segment);
                }
                Err(error) => given_up.push(Unwritten { segments: [segment.origin].into(), error }),
            }
        }
        (left, pause)
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
    acknowledged.counted.add(segment.key.1, segment.built.records, segment.built.record_sum);
    acknowledged.missed += replicated.missing.len() as u64;
    let counting = counts.entry(segment.key.0).or_default();
    if replicated.present > 0 {
        counting.anew = true;
    } else {
        counting.bytes += bytes;
        counting.records += segment.built.records;
    }
}
