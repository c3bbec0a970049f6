//! Picking the records that match out of requests. Pure computation: it runs where it may take its time.

use std::io::Read;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

use super::dedup::SpansSeen;
use super::filter::Filter;
use crate::model::{Signal, TraceId};
use crate::otlp::{AttributeMemory, Batch, Counts, Encoding, Options, ReadError, Reader, RecordNo, SpanId, Unit};

/// The largest request that is read, after decompression: what is held at a time is a small multiple of it.
pub(super) const REQUEST_BYTES_MAX: usize = 64 << 20;

/// What goes out together, and what is told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// Each record alone, with its details, for rows.
    Rows,
    /// Each record alone, as a request of its own.
    Record,
    /// The records of a request together, as a request.
    Request,
    /// Each record's sum alone, to count.
    Sums,
}

/// One record that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Picked {
    /// What it is.
    pub signal: Signal,
    /// Its time in nanoseconds since 1970; its unit's if it has none of its own.
    pub time_unix_nano: u64,
    /// The trace and span of a span.
    pub span: Option<(TraceId, Option<SpanId>)>,
    /// [`Layout::record_sum`](crate::otlp::Layout::record_sum).
    pub sum: u64,
}

/// A record's details, owned, for [`Grain::Rows`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowDetails {
    /// `service.name` of its resource.
    pub service: String,
    /// A span's or metric's name, a log record's event name.
    pub name: String,
    /// The trace and span that a log record names.
    pub trace_id: Option<TraceId>,
    /// See `trace_id`.
    pub span_id: Option<SpanId>,
    /// A span's end; 0 = none.
    pub end_unix_nano: u64,
    /// A log record's severity number; 0 = unset.
    pub severity: i64,
    /// A log record's body.
    pub body: String,
    /// A metric's first data point.
    pub value: Option<String>,
    /// A metric's data points.
    pub data_points: u64,
}

/// Records that go out together: they are of one request, in its order.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// The records, at least one.
    pub records: Vec<Picked>,
    /// For [`Grain::Rows`]: the record's details.
    pub details: Option<Box<RowDetails>>,
    /// For [`Grain::Record`] and [`Grain::Request`]: a request that holds just these.
    pub request: Vec<u8>,
    /// How it is written down.
    pub encoding: Encoding,
}

impl Group {
    /// The earliest time in it.
    #[must_use]
    pub fn time_unix_nano(&self) -> u64 {
        self.records.iter().map(|record| record.time_unix_nano).min().unwrap_or_default()
    }

    /// What orders groups of one time.
    pub(super) fn span_id(&self) -> SpanId {
        self.records.first().and_then(|record| record.span?.1).unwrap_or_default()
    }

    /// About how much memory it takes, with what each of its pieces costs beside its bytes.
    pub(super) fn held_bytes(&self) -> usize {
        const PIECES_BYTES: usize = 6 * 16;
        let details = self.details.as_ref().map_or(0, |details| {
            size_of::<RowDetails>() + details.service.len() + details.name.len() + details.body.len()
        });
        PIECES_BYTES + size_of::<Self>() + self.records.len() * size_of::<Picked>() + self.request.len() + details
    }
}

/// How requests are read: the same for all of a query.
#[derive(Clone, Debug)]
pub(super) struct Picker {
    pub(super) filter: Filter,
    pub(super) grain: Grain,
    pub(super) seen: Arc<Mutex<SpansSeen>>,
}

/// What was read beside what matched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// What the requests hold.
    pub counts: Counts,
    /// Messages that cannot be read.
    pub bad: u64,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.counts += other.counts;
        self.bad += other.bad;
    }
}

impl Picker {
    /// A picker.
    #[must_use]
    pub(super) fn new(filter: Filter, grain: Grain) -> Self {
        Self { filter, grain, seen: Arc::default() }
    }

    /// Reads requests to their end; `sink` takes what matches, batch by batch, in order; it may stop the reading. The first
    /// `skip` batches are not looked at.
    ///
    /// # Errors
    /// The input cannot be read, or is no OTLP.
    pub(super) fn read(
        &self,
        input: impl Read,
        (signal, encoding): (Option<Signal>, Option<Encoding>),
        skip: u64,
        mut sink: impl FnMut(Vec<Group>) -> ControlFlow<()>,
    ) -> Result<Tally, ReadError> {
        let options = Options { layout: true, signal, encoding, message_bytes_max: REQUEST_BYTES_MAX, problems_max: 1 };
        let mut reader = Reader::open(input, options)?;
        let mut memory = AttributeMemory::default();
        let mut number = 0;
        while let Some(batch) = reader.next_batch()? {
            number += 1;
            if number <= skip {
                continue;
            }
            memory.clear();
            if sink(self.groups(batch, &mut memory)).is_break() {
                break;
            }
        }
        let totals = reader.totals();
        Ok(Tally { counts: totals.counts, bad: totals.bad })
    }

    /// What matches in a batch.
    fn groups(&self, batch: &Batch, memory: &mut AttributeMemory) -> Vec<Group> {
        let layout = batch.layout();
        let mut matching: Vec<(RecordNo, Unit<'_>, Picked)> = Vec::new();
        for record in layout.records() {
            let Some(unit) = layout.unit(record).and_then(|number| batch.unit_at(number)) else { continue };
            let time = match layout.time_unix_nano(record) {
                0 => u64::try_from(unit.time.nanos()).unwrap_or_default(),
                time => time,
            };
            if self.filter.matches(batch, record, &unit, time, memory) {
                let signal = unit.signal();
                let span = unit.trace().map(|trace| (trace, batch.span_id(record)));
                let sum = layout.record_sum(record);
                matching.push((record, unit, Picked { signal, time_unix_nano: time, span, sum }));
            }
        }
        self.hold_back_duplicates(&mut matching);
        match self.grain {
            Grain::Rows => matching.into_iter().map(|(no, unit, record)| row(batch, no, &unit, record)).collect(),
            Grain::Sums => {
                let alone = |record| Group { records: vec![record], ..Group::default() };
                matching.into_iter().map(|(_, _, record)| alone(record)).collect()
            }
            Grain::Record => matching.into_iter().map(|(no, _, record)| request(batch, &[no], vec![record])).collect(),
            Grain::Request => {
                let together = matching.chunk_by(|(a, ..), (b, ..)| layout.request(*a) == layout.request(*b));
                let one = |chunk: &[(RecordNo, Unit<'_>, Picked)]| {
                    let numbers: Vec<RecordNo> = chunk.iter().map(|(no, ..)| *no).collect();
                    request(batch, &numbers, chunk.iter().map(|(_, _, record)| record.clone()).collect())
                };
                together.map(one).collect()
            }
        }
    }

    fn hold_back_duplicates(&self, matching: &mut Vec<(RecordNo, Unit<'_>, Picked)>) {
        if matching.iter().all(|(_, _, record)| record.span.is_none()) {
            return;
        }
        // What is in there is whole whenever the lock is free.
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        matching.retain(|(_, _, record)| match &record.span {
            Some((trace, Some(span))) => seen.is_new(trace, span),
            // A span without an id is like no other.
            Some((_, None)) | None => true,
        });
    }
}

fn request(batch: &Batch, numbers: &[RecordNo], records: Vec<Picked>) -> Group {
    let mut text = Vec::new();
    batch.layout().write_request(numbers, &mut text);
    Group { records, details: None, request: text, encoding: batch.layout().encoding() }
}

fn row(batch: &Batch, number: RecordNo, unit: &Unit<'_>, record: Picked) -> Group {
    let details = batch.details(number, unit.signal());
    let details = RowDetails {
        service: batch.service(number).to_owned(),
        name: details.name.into_owned(),
        trace_id: details.trace_id,
        span_id: details.span_id,
        end_unix_nano: details.end_unix_nano,
        severity: details.severity,
        body: details.body.into_owned(),
        value: details.value,
        data_points: details.data_points,
    };
    let encoding = batch.layout().encoding();
    Group { records: vec![record], details: Some(Box::new(details)), request: Vec::new(), encoding }
}

/// The first records of a group, as a group.
///
/// # Errors
/// Its request cannot be read: never for one that a picker made.
pub(super) fn first_of(group: Group, count: usize) -> Result<Group, ReadError> {
    if group.records.len() <= count || group.request.is_empty() {
        return Ok(group);
    }
    let signal = group.records.first().map(|record| record.signal);
    let encoding = Some(group.encoding);
    let options = Options { layout: true, signal, encoding, message_bytes_max: usize::MAX >> 1, problems_max: 1 };
    let length = match group.encoding {
        Encoding::Json => Vec::new(),
        Encoding::Protobuf => (group.request.len() as u32).to_be_bytes().to_vec(),
    };
    let mut reader = Reader::open(length.as_slice().chain(group.request.as_slice()), options)?;
    let mut cut = group.clone();
    if let Some(batch) = reader.next_batch()? {
        let numbers: Vec<RecordNo> = batch.layout().records().take(count).collect();
        let records = group.records.into_iter().take(count).collect();
        cut = request(batch, &numbers, records);
    }
    Ok(cut)
}
