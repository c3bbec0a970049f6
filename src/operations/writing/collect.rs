//! Collecting records by partition, signal and encoding.

use std::collections::BTreeMap;

use super::error::WriteError;
use super::settings::{BatchKey, WriteSettings};
use super::writer::Acknowledged;
use crate::model::{PartitionId, Signal, TimeBucket, Timestamp};
use crate::operations::hours::HourTables;
use crate::operations::regroup::{Regrouper, Target, write_records};
use crate::otlp::{self, Encoding};
use crate::routing::Topology;
use crate::segment::document::RecordSum;
use crate::segment::name::BatchHasher;
use crate::segment::{BatchId, Compressor, SegmentBuilder};

/// How far ahead of now a time bucket may begin.
const AHEAD_SECONDS_MAX: i64 = 3600;

/// What lies in one segment.
pub(super) type SegmentKey = (PartitionId, Signal, Encoding);

/// Records of a batch, or of an input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Spans, metrics and log records that are written.
    pub spans: u64,
    /// Metrics.
    pub metrics: u64,
    /// Log records.
    pub logs: u64,
    /// Of which sum of hashes.
    pub record_sum: RecordSum,
    /// Units that are not written as their time bucket is beyond the retention.
    pub too_old: u64,
    /// Units that are not written as their time bucket has not begun for long.
    pub too_new: u64,
    /// Units that are not written as the cluster stores other signals.
    pub other_signal: u64,
}

impl std::ops::AddAssign for Counted {
    fn add_assign(&mut self, other: Self) {
        self.spans += other.spans;
        self.metrics += other.metrics;
        self.logs += other.logs;
        self.record_sum += other.record_sum;
        self.too_old += other.too_old;
        self.too_new += other.too_new;
        self.other_signal += other.other_signal;
    }
}

impl Counted {
    /// Records of all signals.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.spans + self.metrics + self.logs
    }

    fn add(&mut self, signal: Signal, sum: u64) {
        match signal {
            Signal::Traces => self.spans += 1,
            Signal::Metrics => self.metrics += 1,
            Signal::Logs => self.logs += 1,
        }
        self.record_sum += sum;
    }
}

/// Records that are acknowledged together.
#[derive(Debug)]
pub struct Batch {
    /// Its id.
    pub id: BatchId,
    /// Its number in the input, from 0.
    pub number: u64,
    /// The earliest time of a unit in it, written or not.
    pub min_time_unix_nano: u64,
    /// What is in it.
    pub counted: Counted,
    pub(super) segments: BTreeMap<SegmentKey, SegmentBuilder>,
}

impl Batch {
    /// What would be acknowledged of it, for a dry run: no segment is built, so none has a size.
    #[must_use]
    pub fn untried(self) -> Acknowledged {
        Acknowledged {
            partitions: self.segments.keys().map(|(partition, _, _)| *partition).collect(),
            segments: self.segments.len() as u64,
            raw_bytes: self.segments.values().map(SegmentBuilder::raw_bytes).sum(),
            id: self.id,
            number: self.number,
            counted: self.counted,
            present: 0,
            bytes: 0,
            written_bytes: 0,
            missed: 0,
        }
    }
}

/// Collects the records of an input into batches. Where one ends depends on the input alone.
pub struct Collector<'a> {
    hours: HourTables<'a, ()>,
    topology: &'a Topology,
    settings: &'a WriteSettings,
    now: Timestamp,
    compressor: Compressor,
    number: u64,
    /// Bytes of the requests of earlier batches.
    offset: u64,
    open: Open,
    regrouper: Regrouper,
}

/// The batch that is being collected.
#[derive(Debug, Default)]
struct Open {
    hasher: BatchHasher,
    bytes: u64,
    min_time_unix_nano: Option<u64>,
    counted: Counted,
    segments: BTreeMap<SegmentKey, SegmentBuilder>,
}

impl<'a> Collector<'a> {
    /// `hours` knows the partitions' splits.
    ///
    /// # Errors
    /// zstd's.
    pub fn new(
        topology: &'a Topology,
        hours: HourTables<'a, ()>,
        settings: &'a WriteSettings,
        now: Timestamp,
    ) -> Result<Self, WriteError> {
        Ok(Self {
            hours,
            topology,
            settings,
            now,
            compressor: Compressor::new(settings.compression_level)?,
            number: 0,
            offset: 0,
            open: Open::default(),
            regrouper: Regrouper::default(),
        })
    }

    /// Adds the requests that were read last, with their layout.
    ///
    /// # Errors
    /// Records of a time bucket cannot be read, or a partition's metadata is broken.
    pub fn add(&mut self, requests: &otlp::Batch) -> Result<(), WriteError> {
        let text = requests.layout().text();
        self.open.hasher.part(text);
        self.open.bytes += text.len() as u64;
        self.group(requests)
    }

    /// Whether the batch that is being collected is to be written.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.open.bytes >= self.settings.batch_bytes
    }

    /// The batch that was collected; `None` = nothing was.
    pub fn take(&mut self) -> Option<Batch> {
        let open = std::mem::take(&mut self.open);
        if open.bytes == 0 {
            return None;
        }
        let number = self.number.to_be_bytes();
        let id = match &self.settings.key {
            BatchKey::Named(name) => BatchId::of(&[b"named", name.as_bytes(), &number]),
            BatchKey::Content => {
                let mut hasher = open.hasher;
                hasher.part(&self.offset.to_be_bytes());
                hasher.finish()
            }
        };
        self.number += 1;
        self.offset += open.bytes;
        Some(Batch {
            id,
            number: self.number - 1,
            min_time_unix_nano: open.min_time_unix_nano.unwrap_or_default(),
            counted: open.counted,
            segments: open.segments,
        })
    }

    fn group(&mut self, requests: &otlp::Batch) -> Result<(), WriteError> {
        let mut groups: Vec<(PartitionId, Signal)> = Vec::new();
        let mut numbers: BTreeMap<(PartitionId, Signal), u32> = BTreeMap::new();
        let mut targets: Vec<Option<Target>> = Vec::with_capacity(requests.units().len());
        for unit in requests.units() {
            let Some(partition) = self.partition_of(&unit)? else {
                targets.push(None);
                continue;
            };
            let key = (partition, unit.signal());
            let group = *numbers.entry(key).or_insert_with(|| {
                groups.push(key);
                groups.len() as u32 - 1
            });
            targets.push(Some(Target::new(&unit, group)));
        }
        self.write(requests, &groups, &targets)
    }

    /// The partition of a unit; `None` = it is not written.
    fn partition_of(&mut self, unit: &otlp::Unit<'_>) -> Result<Option<PartitionId>, WriteError> {
        let open = &mut self.open;
        let time = nanos(unit.time);
        open.min_time_unix_nano = Some(open.min_time_unix_nano.map_or(time, |min| min.min(time)));
        if !self.topology.spec().signal.holds(unit.signal()) {
            open.counted.other_signal += 1;
            return Ok(None);
        }
        let partitioning = self.topology.spec().partitioning_at(unit.time);
        let bucket = TimeBucket::of(unit.time, partitioning.granularity_hours);
        // By whole buckets: what a partition gets of an input does not depend on when it is written.
        if !self.settings.accept_old {
            if partitioning.is_expired(bucket, self.now) {
                open.counted.too_old += 1;
                return Ok(None);
            }
            if bucket.start(partitioning.granularity_hours) > self.now.plus_seconds(AHEAD_SECONDS_MAX) {
                open.counted.too_new += 1;
                return Ok(None);
            }
        }
        let (table, ()) = self.hours.at(unit.time)?;
        match table.leaf(|algorithm| unit.hash(algorithm), unit.service) {
            Ok(leaf) => Ok(Some(table.route(leaf).partition)),
            Err(error) => Err(WriteError::Operation(error.into())),
        }
    }

    /// Writes the records of each group into its segment, those of a request together.
    fn write(
        &mut self,
        requests: &otlp::Batch,
        groups: &[(PartitionId, Signal)],
        targets: &[Option<Target>],
    ) -> Result<(), WriteError> {
        let Self { regrouper, compressor, open: Open { segments, counted, .. }, .. } = self;
        let encoding = requests.layout().encoding();
        regrouper.for_each(requests, targets, |group, records| {
            let Some(&(partition, signal)) = groups.get(group as usize) else { return Ok(()) };
            let key = (partition, signal, encoding);
            let segment = segments.entry(key).or_insert_with(|| SegmentBuilder::new(signal, encoding));
            write_records(requests, targets, records, (segment, compressor), |sum| counted.add(signal, sum))?;
            Ok(())
        })
    }

    /// What is built with, to finish segments.
    pub(super) fn into_parts(self) -> (Compressor, BTreeMap<SegmentKey, SegmentBuilder>) {
        (self.compressor, self.open.segments)
    }

    /// Adds requests that are in a batch already.
    pub(super) fn add_again(&mut self, requests: &otlp::Batch) -> Result<(), WriteError> {
        self.group(requests)
    }
}

/// Times of OTLP are never before 1970.
fn nanos(time: Timestamp) -> u64 {
    u64::try_from(time.nanos()).unwrap_or_default()
}
