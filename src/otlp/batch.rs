//! The units of the messages that were read last.
//!
//! Invariant: nothing of a message that turns out bad stays: a request is begun, filled, and then either finished or
//! rolled back to its mark.
//! All buffers are reused from batch to batch; a span costs no allocation.

use std::ops::Range;

use super::layout::{Layout, LayoutMark, RecordNo, RecordUnit};
use super::totals::Counts;
use super::trace_groups::TraceGroups;
use super::unit::{Unit, UnitKey};
use crate::model::routing_key::UNKNOWN_SERVICE;
use crate::model::{Timestamp, TraceId};

/// The routing units of one or more export requests.
#[derive(Debug)]
pub struct Batch {
    counts: Counts,
    units: Vec<Pending>,
    resources: Vec<Piece>,
    text: String,
    groups: TraceGroups,
    layout: Layout,
}

/// A piece of the batch's text.
#[derive(Clone, Copy, Debug)]
struct Piece {
    start: usize,
    end: usize,
}

/// A resource of the request that is being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ResourceIndex(u32);

/// A unit whose texts lie in the batch.
#[derive(Clone, Copy, Debug)]
struct Pending {
    key: PendingKey,
    resource: ResourceIndex,
    time_unix_nano: u64,
    records: u64,
    bytes: u64,
}

#[derive(Clone, Copy, Debug)]
enum PendingKey {
    Trace(TraceId),
    Metric { name: Piece, label_hash: u64 },
    Log { severity_level: u8, content_hash: u64 },
}

/// The state to which a bad request is rolled back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    counts: Counts,
    units: usize,
    resources: usize,
    text: usize,
    layout: LayoutMark,
}

/// What a decoder says of a metric.
#[derive(Clone, Debug)]
pub(super) struct MetricFacts<'a> {
    pub(super) name: &'a str,
    pub(super) label_hash: u64,
    pub(super) time_unix_nano: u64,
    pub(super) data_points: u64,
    pub(super) place: RecordPlace,
}

/// What a decoder says of a log record.
#[derive(Clone, Debug)]
pub(super) struct LogFacts {
    pub(super) severity_level: u8,
    pub(super) content_hash: u64,
    pub(super) time_unix_nano: u64,
    pub(super) place: RecordPlace,
}

/// Where a record stands.
#[derive(Clone, Debug)]
pub(super) struct RecordPlace {
    /// Its bytes in the message.
    pub(super) range: Range<usize>,
    /// Protobuf's field number.
    pub(super) field: u32,
}

impl RecordPlace {
    fn bytes(&self) -> u64 {
        self.range.len() as u64
    }
}

impl Batch {
    /// `with_layout` keeps where the records stand.
    pub(super) fn new(with_layout: bool) -> Self {
        Self {
            counts: Counts::default(),
            units: Vec::new(),
            resources: Vec::new(),
            text: UNKNOWN_SERVICE.to_owned(),
            groups: TraceGroups::default(),
            layout: Layout::new(with_layout),
        }
    }

    /// The units, in the order of their first appearance.
    pub fn units(&self) -> impl ExactSizeIterator<Item = Unit<'_>> {
        self.units.iter().map(|pending| self.unit(pending))
    }

    /// What the batch's messages hold, with what is in no unit.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Where the records stand; empty unless [`Options::layout`](super::Options::layout) asks for it.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The unit with this number.
    #[must_use]
    pub fn unit_at(&self, number: usize) -> Option<Unit<'_>> {
        self.units.get(number).map(|pending| self.unit(pending))
    }

    /// `service.name` of a record's own resource, or `unknown_service`.
    #[must_use]
    pub fn service(&self, record: RecordNo) -> &str {
        // Layout and batch number resources alike: each is opened in both.
        self.resources.get(self.layout.resource(record)).map_or(UNKNOWN_SERVICE, |piece| self.piece(*piece))
    }

    /// Bytes of memory that it holds, but for what only serves to read it.
    #[must_use]
    pub fn memory_bytes(&self) -> u64 {
        let units = self.units.capacity() * size_of::<Pending>() + self.resources.capacity() * size_of::<Piece>();
        (size_of::<Self>() + units + self.text.capacity() + self.layout.memory_bytes()) as u64
    }

    /// Gives back the memory that only serves to read more into it.
    pub(super) fn settle(mut self) -> Self {
        self.groups = TraceGroups::default();
        self
    }

    /// The same, for the decoders.
    pub(super) fn layout_mut(&mut self) -> &mut Layout {
        &mut self.layout
    }

    fn unit(&self, pending: &Pending) -> Unit<'_> {
        Unit {
            key: match pending.key {
                PendingKey::Trace(id) => UnitKey::Trace { id },
                PendingKey::Metric { name, label_hash } => UnitKey::Metric { name: self.piece(name), label_hash },
                PendingKey::Log { severity_level, content_hash } => UnitKey::Log { severity_level, content_hash },
            },
            service: self.piece(self.resources[pending.resource.0 as usize]),
            time: Timestamp::from_unix_nanos(pending.time_unix_nano),
            records: pending.records,
            bytes: pending.bytes,
        }
    }

    fn piece(&self, piece: Piece) -> &str {
        &self.text[piece.start..piece.end]
    }

    fn add_text(&mut self, text: &str) -> Piece {
        let start = self.text.len();
        self.text.push_str(text);
        Piece { start, end: self.text.len() }
    }

    /// Forgets everything but the buffers.
    pub(super) fn clear(&mut self) {
        self.counts = Counts::default();
        self.units.clear();
        self.resources.clear();
        // The first text is always that of a resource that names no service.
        self.text.truncate(UNKNOWN_SERVICE.len());
        self.groups.clear();
        self.layout.clear();
    }

    /// Starts a request.
    pub(super) fn begin(&mut self) -> Mark {
        self.groups.clear();
        Mark {
            counts: self.counts,
            units: self.units.len(),
            resources: self.resources.len(),
            text: self.text.len(),
            layout: self.layout.mark(),
        }
    }

    /// Forgets what was read since the mark.
    pub(super) fn roll_back(&mut self, mark: Mark) {
        self.counts = mark.counts;
        self.units.truncate(mark.units);
        self.resources.truncate(mark.resources);
        self.text.truncate(mark.text);
        self.groups.clear();
        self.layout.roll_back(mark.layout);
    }

    /// Ends the request that began at `mark`: its traces become units.
    pub(super) fn finish(&mut self, mark: Mark) {
        self.counts.requests += 1;
        let mut numbers = Vec::new();
        for group in self.groups.iter() {
            if group.start_unix_nano == 0 {
                self.counts.without_time += 1;
                if self.layout.is_wanted() {
                    numbers.push(None);
                }
                continue;
            }
            if self.layout.is_wanted() {
                numbers.push(Some(self.units.len() as u32));
            }
            self.units.push(Pending {
                key: PendingKey::Trace(group.id),
                resource: group.resource,
                time_unix_nano: group.start_unix_nano,
                records: group.spans,
                bytes: group.bytes,
            });
        }
        self.layout.number_groups(mark.layout, &numbers);
        self.groups.clear();
    }

    /// Ends a message that is not OTLP.
    pub(super) fn unrecognised(&mut self) {
        self.counts.unrecognised += 1;
    }

    /// Starts a resource that names no service yet.
    pub(super) fn open_resource(&mut self) -> ResourceIndex {
        let index = ResourceIndex(u32::try_from(self.resources.len()).unwrap_or(u32::MAX));
        self.resources.push(Piece { start: 0, end: UNKNOWN_SERVICE.len() });
        index
    }

    /// Names a resource's service; it may come after the resource's records.
    pub(super) fn name_service(&mut self, resource: ResourceIndex, service: &str) {
        self.resources[resource.0 as usize] = self.add_text(service);
    }

    /// Adds a span.
    #[inline]
    pub(super) fn span(
        &mut self,
        resource: ResourceIndex,
        id: Option<TraceId>,
        start_unix_nano: u64,
        place: RecordPlace,
    ) {
        self.counts.spans += 1;
        let unit = match id {
            Some(id) => RecordUnit::Group(self.groups.add(id, resource, start_unix_nano, place.bytes())),
            None => {
                self.counts.without_id += 1;
                RecordUnit::None
            }
        };
        self.layout.record(unit, place.field, place.range, start_unix_nano);
    }

    /// Notes a record that is a unit of its own, the next one, if it has a time.
    fn alone(&mut self, time_unix_nano: u64, place: RecordPlace) {
        let unit = if time_unix_nano == 0 { RecordUnit::None } else { RecordUnit::Number(self.units.len()) };
        self.layout.record(unit, place.field, place.range, time_unix_nano);
    }

    /// Adds a metric.
    pub(super) fn metric(&mut self, resource: ResourceIndex, metric: MetricFacts<'_>) {
        self.counts.metrics += 1;
        self.counts.data_points += metric.data_points;
        let bytes = metric.place.bytes();
        self.alone(metric.time_unix_nano, metric.place);
        if metric.time_unix_nano == 0 {
            self.counts.without_time += 1;
            return;
        }
        let name = self.add_text(metric.name);
        self.units.push(Pending {
            key: PendingKey::Metric { name, label_hash: metric.label_hash },
            resource,
            time_unix_nano: metric.time_unix_nano,
            records: metric.data_points,
            bytes,
        });
    }

    /// Adds a log record.
    pub(super) fn log(&mut self, resource: ResourceIndex, log: LogFacts) {
        self.counts.logs += 1;
        let bytes = log.place.bytes();
        self.alone(log.time_unix_nano, log.place);
        if log.time_unix_nano == 0 {
            self.counts.without_time += 1;
            return;
        }
        self.units.push(Pending {
            key: PendingKey::Log { severity_level: log.severity_level, content_hash: log.content_hash },
            resource,
            time_unix_nano: log.time_unix_nano,
            records: 1,
            bytes,
        });
    }
}
