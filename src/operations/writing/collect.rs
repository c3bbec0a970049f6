//! Collecting records by partition, signal and encoding.

use std::collections::{BTreeMap, BTreeSet};

use super::counted::{Counted, Refused};
use super::error::WriteError;
use super::replicate::OpenSegment;
use super::settings::{BatchKey, WriteSettings};
use super::writer::Acknowledged;
use crate::model::{PartitionId, Signal, TimeBucket, Timestamp};
use crate::operations::hours::HourTables;
use crate::operations::regroup::{Regrouper, Target, write_records};
use crate::otlp::{self, Encoding};
use crate::routing::Topology;
use crate::segment::document::RecordSum;
use crate::segment::name::BatchHasher;
use crate::segment::{BatchId, Compressor, Origin, SegmentBuilder};

/// How far ahead of now a time bucket may begin.
const AHEAD_SECONDS_MAX: i64 = 3600;

/// What lies in one segment.
pub type SegmentKey = (PartitionId, Signal, Encoding);

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
            cross_zone_bytes: 0,
            missed: 0,
        }
    }

    /// Its segments, built: what is left to compress is compressed now.
    ///
    /// # Errors
    /// zstd's.
    pub(super) fn build(self, compressor: &mut Compressor) -> Result<Ready, WriteError> {
        let Self { id, number, min_time_unix_nano, counted, segments } = self;
        let mut open = Vec::with_capacity(segments.len());
        for (key, builder) in segments {
            let built = builder.finish(compressor, Origin::Batch(id.as_str()))?;
            open.push(OpenSegment::new(key, &id, min_time_unix_nano, built)?);
        }
        Ok(Ready { id, number, counted, open })
    }
}

/// A batch whose segments are built.
#[derive(Debug)]
pub struct Ready {
    pub(super) id: BatchId,
    pub(super) number: u64,
    pub(super) counted: Counted,
    pub(super) open: Vec<OpenSegment>,
}

/// What became of one addition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// The segments that its records lie in.
    pub segments: BTreeSet<SegmentKey>,
    /// Records that are in none.
    pub refused: Refused,
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

/// Where the units of an addition go.
#[derive(Default)]
struct Grouped {
    groups: Vec<(PartitionId, Signal)>,
    /// By unit; `None` = it is not written.
    targets: Vec<Option<Target>>,
    /// What is not written, by units.
    counted: Counted,
    /// The same by records.
    refused: Refused,
    min_time_unix_nano: Option<u64>,
}

impl Grouped {
    fn added(self, encoding: Encoding) -> Added {
        let segments = self.groups.into_iter().map(|(partition, signal)| (partition, signal, encoding)).collect();
        Added { segments, refused: self.refused }
    }
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

    /// The same, whose first batch has this number.
    #[must_use]
    pub fn numbered_from(self, number: u64) -> Self {
        Self { number, ..self }
    }

    /// Adds the requests that were read last, with their layout.
    ///
    /// # Errors
    /// Records of a time bucket cannot be read, or a partition's metadata is broken: then nothing of them was added. Or zstd's,
    /// after which nobody knows what was.
    pub fn add(&mut self, requests: &otlp::Batch) -> Result<Added, WriteError> {
        let grouped = self.group(requests)?;
        let text = requests.layout().text();
        // The others' ids are not made of what is in them.
        if self.settings.key == BatchKey::Content {
            self.open.hasher.part(text);
        }
        self.open.bytes += text.len() as u64;
        self.write(requests, &grouped)?;
        Ok(grouped.added(requests.layout().encoding()))
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
            BatchKey::Fresh(random) => BatchId::of(&[b"fresh", &random.to_be_bytes(), &number]),
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

    /// The batch that was collected with its segments built; `None` = nothing was.
    ///
    /// # Errors
    /// zstd's.
    pub fn take_ready(&mut self) -> Result<Option<Ready>, WriteError> {
        self.take().map(|batch| batch.build(&mut self.compressor)).transpose()
    }

    /// Where the units go. Nothing is changed but what is known of the time buckets.
    fn group(&mut self, requests: &otlp::Batch) -> Result<Grouped, WriteError> {
        let mut grouped = Grouped { targets: Vec::with_capacity(requests.units().len()), ..Grouped::default() };
        let mut numbers: BTreeMap<(PartitionId, Signal), u32> = BTreeMap::new();
        for unit in requests.units() {
            let Some(partition) = self.partition_of(&unit, &mut grouped)? else {
                grouped.targets.push(None);
                continue;
            };
            let key = (partition, unit.signal());
            let group = *numbers.entry(key).or_insert_with(|| {
                grouped.groups.push(key);
                grouped.groups.len() as u32 - 1
            });
            grouped.targets.push(Some(Target::new(&unit, group)));
        }
        Ok(grouped)
    }

    /// The partition of a unit; `None` = it is not written.
    fn partition_of(
        &mut self,
        unit: &otlp::Unit<'_>,
        grouped: &mut Grouped,
    ) -> Result<Option<PartitionId>, WriteError> {
        let Grouped { counted, refused, min_time_unix_nano, .. } = grouped;
        // What an input's segments are called does not depend on when it is written; of a batch that is written once, what is
        // not in it has no say.
        let is_fresh = matches!(self.settings.key, BatchKey::Fresh(_));
        let mut note_time = || {
            let time = nanos(unit.time);
            *min_time_unix_nano = Some(min_time_unix_nano.map_or(time, |min| min.min(time)));
        };
        if !is_fresh {
            note_time();
        }
        if !self.topology.spec().signal.holds(unit.signal()) {
            counted.other_signal += 1;
            refused.other_signal += unit.records;
            return Ok(None);
        }
        let partitioning = self.topology.spec().partitioning_at(unit.time);
        let bucket = TimeBucket::of(unit.time, partitioning.granularity_hours);
        // By whole buckets: what a partition gets of an input does not depend on when it is written.
        if !self.settings.accept_old {
            if partitioning.is_expired(bucket, self.now) {
                counted.too_old += 1;
                refused.too_old += unit.records;
                return Ok(None);
            }
            if bucket.start(partitioning.granularity_hours) > self.now.plus_seconds(AHEAD_SECONDS_MAX) {
                counted.too_new += 1;
                refused.too_new += unit.records;
                return Ok(None);
            }
        }
        let (table, ()) = self.hours.at(unit.time)?;
        match table.leaf(|algorithm| unit.hash(algorithm), unit.service) {
            Ok(leaf) => {
                if is_fresh {
                    note_time();
                }
                Ok(Some(table.route(leaf).partition))
            }
            Err(error) => Err(WriteError::Operation(error.into())),
        }
    }

    /// Writes the records of each group into its segment, those of a request together.
    fn write(&mut self, requests: &otlp::Batch, grouped: &Grouped) -> Result<(), WriteError> {
        let Grouped { groups, targets, counted: refused, min_time_unix_nano, .. } = grouped;
        self.open.counted += *refused;
        self.open.min_time_unix_nano = [self.open.min_time_unix_nano, *min_time_unix_nano].into_iter().flatten().min();
        let Self { regrouper, compressor, open: Open { segments, counted, .. }, .. } = self;
        let encoding = requests.layout().encoding();
        regrouper.for_each(requests, targets, |group, records| {
            let Some(&(partition, signal)) = groups.get(group as usize) else { return Ok(()) };
            let key = (partition, signal, encoding);
            let segment = segments.entry(key).or_insert_with(|| SegmentBuilder::new(signal, encoding));
            let each = |sum| counted.add(signal, 1, RecordSum(sum));
            write_records(requests, targets, records, (segment, compressor), each)?;
            Ok(())
        })
    }

    /// What is built with, to finish segments.
    pub(super) fn into_parts(self) -> (Compressor, BTreeMap<SegmentKey, SegmentBuilder>) {
        (self.compressor, self.open.segments)
    }

    /// Adds requests that are in a batch already.
    pub(super) fn add_again(&mut self, requests: &otlp::Batch) -> Result<(), WriteError> {
        let grouped = self.group(requests)?;
        self.write(requests, &grouped)
    }
}

/// Times of OTLP are never before 1970.
fn nanos(time: Timestamp) -> u64 {
    u64::try_from(time.nanos()).unwrap_or_default()
}
