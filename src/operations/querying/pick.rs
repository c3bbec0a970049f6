//! Picking the records that match out of requests. Pure computation: it runs where it may take its time.

use std::io::Read;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

use super::dedup::SpansSeen;
use super::filter::Filter;
use super::group::{Group, Groups, Picked, RowDetails};
use crate::model::Signal;
use crate::otlp::{AttributeMemory, Batch, Counts, Encoding, Options, ReadError, Reader, RecordNo};

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

    /// Reads requests to their end; `out` takes what matches, in order. Behind each batch `is_read` may take it from there, and
    /// stop the reading. The first `skip` batches are not looked at.
    ///
    /// # Errors
    /// The input cannot be read, or is no OTLP.
    pub(super) fn read(
        &self,
        input: impl Read,
        skip: u64,
        out: &mut Groups,
        is_read: impl FnMut(&mut Groups) -> ControlFlow<()>,
    ) -> Result<Tally, ReadError> {
        self.read_on(&mut Reader::open(input, options(None, None))?, skip, out, is_read)
    }

    /// Reads the requests of a frame; `out` takes what matches, in order. `raw` is memory to be used again afterwards.
    ///
    /// # Errors
    /// It holds no OTLP.
    pub(super) fn read_frame(
        &self,
        raw: &mut Vec<u8>,
        (signal, encoding): (Signal, Encoding),
        out: &mut Groups,
    ) -> Result<Tally, ReadError> {
        let mut reader = Reader::of(std::mem::take(raw), options(Some(signal), Some(encoding)))?;
        let tally = self.read_on(&mut reader, 0, out, |_| ControlFlow::Continue(()));
        *raw = reader.into_memory();
        tally
    }

    fn read_on<R: Read>(
        &self,
        reader: &mut Reader<R>,
        skip: u64,
        out: &mut Groups,
        mut is_read: impl FnMut(&mut Groups) -> ControlFlow<()>,
    ) -> Result<Tally, ReadError> {
        let (mut attributes, mut matching) = (AttributeMemory::default(), Vec::new());
        let mut number = 0;
        while let Some(batch) = reader.next_batch()? {
            number += 1;
            if number <= skip {
                continue;
            }
            attributes.clear();
            self.match_records(batch, &mut attributes, &mut matching);
            self.hold_back_duplicates(&mut matching);
            self.take(batch, &mut matching, out);
            if is_read(out).is_break() {
                break;
            }
        }
        let totals = reader.totals();
        Ok(Tally { counts: totals.counts, bad: totals.bad })
    }

    /// The records of a batch that match.
    fn match_records(&self, batch: &Batch, attributes: &mut AttributeMemory, matching: &mut Vec<(RecordNo, Picked)>) {
        let layout = batch.layout();
        for record in layout.records() {
            let Some(unit) = layout.unit(record).and_then(|number| batch.unit_at(number)) else { continue };
            let time = match layout.time_unix_nano(record) {
                0 => u64::try_from(unit.time.nanos()).unwrap_or_default(),
                time => time,
            };
            if self.filter.matches(batch, record, &unit, time, attributes) {
                let span = unit.trace().map(|trace| (trace, batch.span_id(record)));
                let (signal, sum) = (unit.signal(), layout.record_sum(record));
                matching.push((record, Picked { signal, time_unix_nano: time, span, sum }));
            }
        }
    }

    /// Takes records of a batch out of `matching`, into groups.
    fn take(&self, batch: &Batch, matching: &mut Vec<(RecordNo, Picked)>, out: &mut Groups) {
        let layout = batch.layout();
        match self.grain {
            Grain::Rows => {
                for (no, record) in matching.drain(..) {
                    let details = row(batch, no, record.signal);
                    out.add_row(record, details);
                }
            }
            Grain::Sums => {
                for (_, record) in matching.drain(..) {
                    out.add(layout.encoding(), [record], |_| {});
                }
            }
            Grain::Record => {
                for (no, record) in matching.drain(..) {
                    request(batch, &[no], [record], out);
                }
            }
            Grain::Request => {
                let mut numbers: Vec<RecordNo> = Vec::new();
                for together in matching.chunk_by(|(a, _), (b, _)| layout.request(*a) == layout.request(*b)) {
                    numbers.clear();
                    numbers.extend(together.iter().map(|(no, _)| *no));
                    request(batch, &numbers, together.iter().map(|(_, record)| record.clone()), out);
                }
                matching.clear();
            }
        }
    }

    fn hold_back_duplicates(&self, matching: &mut Vec<(RecordNo, Picked)>) {
        if matching.iter().all(|(_, record)| record.span.is_none()) {
            return;
        }
        // What is in there is whole whenever the lock is free.
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        matching.retain(|(_, record)| match &record.span {
            Some((trace, Some(span))) => seen.is_new(trace, span),
            // A span without an id is like no other.
            Some((_, None)) | None => true,
        });
    }
}

fn options(signal: Option<Signal>, encoding: Option<Encoding>) -> Options {
    Options { layout: true, signal, encoding, message_bytes_max: REQUEST_BYTES_MAX, problems_max: 1 }
}

fn request(batch: &Batch, numbers: &[RecordNo], records: impl IntoIterator<Item = Picked>, out: &mut Groups) {
    let layout = batch.layout();
    out.add(layout.encoding(), records, |text| layout.write_request(numbers, text));
}

fn row(batch: &Batch, number: RecordNo, signal: Signal) -> RowDetails {
    let details = batch.details(number, signal);
    RowDetails {
        service: batch.service(number).to_owned(),
        name: details.name.into_owned(),
        trace_id: details.trace_id,
        span_id: details.span_id,
        end_unix_nano: details.end_unix_nano,
        severity: details.severity,
        body: details.body.into_owned(),
        value: details.value,
        data_points: details.data_points,
    }
}

/// The first records of a group, as a group.
///
/// # Errors
/// Its request cannot be read: never for one that a picker made.
pub(super) fn first_of(group: Group<'_>, count: usize) -> Result<Groups, ReadError> {
    let signal = group.records.first().map(|record| record.signal);
    let encoding = Some(group.encoding);
    let options = Options { layout: true, signal, encoding, message_bytes_max: usize::MAX >> 1, problems_max: 1 };
    let length = match group.encoding {
        Encoding::Json => Vec::new(),
        Encoding::Protobuf => (group.request.len() as u32).to_be_bytes().to_vec(),
    };
    let mut reader = Reader::open(length.as_slice().chain(group.request), options)?;
    let mut cut = Groups::default();
    if let Some(batch) = reader.next_batch()? {
        let numbers: Vec<RecordNo> = batch.layout().records().take(count).collect();
        request(batch, &numbers, group.records.iter().take(count).cloned(), &mut cut);
    }
    Ok(cut)
}
