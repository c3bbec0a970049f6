//! Records of requests that were read, written into segments group by group: those of one request together.

use crate::model::TraceId;
use crate::otlp::{self, RecordNo, UnitKey};
use crate::segment::build::CompressError;
use crate::segment::{Compressor, RecordFacts, SegmentBuilder};

/// Where a unit goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target {
    pub(super) group: u32,
    time_unix_nano: u64,
    trace: Option<TraceId>,
}

impl Target {
    /// A unit goes into this group.
    pub(super) fn new(unit: &otlp::Unit<'_>, group: u32) -> Self {
        let trace = match unit.key {
            UnitKey::Trace { id } => Some(id),
            UnitKey::Metric { .. } | UnitKey::Log { .. } => None,
        };
        // Times of OTLP are never before 1970.
        Self { group, time_unix_nano: u64::try_from(unit.time.nanos()).unwrap_or_default(), trace }
    }
}

/// Divides the records of requests among groups; its buffers are reused.
#[derive(Debug, Default)]
pub(super) struct Regrouper {
    order: Vec<(u32, u32, RecordNo)>,
    records: Vec<RecordNo>,
}

impl Regrouper {
    /// Calls `write` for the records of each request that go into one group, request by request. `targets` says of each unit
    /// where it goes; what is in none, or in one that goes nowhere, is left out.
    ///
    /// # Errors
    /// The first of `write`.
    pub(super) fn for_each<E>(
        &mut self,
        requests: &otlp::Batch,
        targets: &[Option<Target>],
        mut write: impl FnMut(u32, &[RecordNo]) -> Result<(), E>,
    ) -> Result<(), E> {
        let layout = requests.layout();
        self.order.clear();
        for record in layout.records() {
            if let Some(target) = target_of(requests, targets, record) {
                self.order.push((layout.request(record) as u32, target.group, record));
            }
        }
        self.order.sort_unstable();
        for run in self.order.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            self.records.clear();
            self.records.extend(run.iter().map(|(_, _, record)| *record));
            write(run[0].1, &self.records)?;
        }
        Ok(())
    }
}

fn target_of(requests: &otlp::Batch, targets: &[Option<Target>], record: RecordNo) -> Option<Target> {
    targets.get(requests.layout().unit(record)?).copied().flatten()
}

/// Writes records of one request into a segment, as a request of their own; `each` is told the hash of each.
///
/// # Errors
/// zstd's.
pub(super) fn write_records(
    requests: &otlp::Batch,
    targets: &[Option<Target>],
    records: &[RecordNo],
    (segment, compressor): (&mut SegmentBuilder, &mut Compressor),
    mut each: impl FnMut(u64),
) -> Result<(), CompressError> {
    let layout = requests.layout();
    segment.request(compressor, |out| layout.write_request(records, out))?;
    for &record in records {
        let Some(Target { time_unix_nano, trace, .. }) = target_of(requests, targets, record) else { continue };
        let own = layout.time_unix_nano(record);
        let sum = layout.record_sum(record);
        let time_unix_nano = if own == 0 { time_unix_nano } else { own };
        segment.record(&RecordFacts { time_unix_nano, sum, trace });
        segment.service(requests.service(record));
        each(sum);
    }
    Ok(())
}
