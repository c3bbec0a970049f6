//! What is shown of writing: batches as they are acknowledged, or their sum at the end.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::cli::error::CliError;
use crate::model::{ByteSize, PartitionId};
use crate::operations::writing::{Acknowledged, Counted, WriteEvent};
use crate::otlp::Totals;
use crate::output::{Cell, Column, Format, Printer, Row, RowWriter};
use crate::segment::document::RecordSum;

const COLUMNS: [Column; 13] = [
    Column::text("batch"),
    Column::text("input"),
    Column::number("number"),
    Column::number("spans"),
    Column::number("metrics"),
    Column::number("logs"),
    Column::text("record_sum"),
    Column::number("partitions"),
    Column::number("segments"),
    Column::number("segments_present"),
    Column::number("bytes"),
    Column::number("raw_bytes"),
    Column::number("copies_missed"),
];

/// Where batches go.
enum Face<'p, 'w> {
    /// A row each, at once.
    Rows(RowWriter<'p, 'w>),
    /// Their sum.
    Whole(&'p mut Printer<'w>),
}

/// Partitions that are told apart; more are not counted.
const PARTITIONS_MAX: usize = 1_000_000;

/// What was acknowledged so far.
pub(super) struct Shown<'p, 'w> {
    face: Face<'p, 'w>,
    whole: Whole,
}

/// The sum of batches.
#[derive(Default)]
struct Whole {
    batches: u64,
    counted: Counted,
    segments: u64,
    present: u64,
    bytes: u64,
    written_bytes: u64,
    cross_zone_bytes: u64,
    raw_bytes: u64,
    missed: u64,
    partitions: BTreeSet<PartitionId>,
    without_id: u64,
    without_time: u64,
    unrecognised: u64,
    bad: u64,
}

impl<'p, 'w> Shown<'p, 'w> {
    pub(super) fn start(printer: &'p mut Printer<'w>) -> Result<Self, CliError> {
        let face = match &printer.style().format {
            Format::Ndjson | Format::Csv | Format::Name => Face::Rows(printer.rows(&COLUMNS)?),
            Format::Table | Format::Json | Format::Value(_) => Face::Whole(printer),
        };
        Ok(Self { face, whole: Whole::default() })
    }

    pub(super) fn acknowledged(&mut self, input: &str, batch: &Acknowledged) -> Result<(), CliError> {
        self.whole.add(batch);
        if let Face::Rows(rows) = &mut self.face {
            rows.push(row(input, batch))?;
            // Whoever reads it may rely on it from now on.
            rows.show()?;
        }
        Ok(())
    }

    /// An input was read to its end, or to where it stopped.
    pub(super) fn input(&mut self, read: &Totals) {
        let Whole { without_id, without_time, unrecognised, bad, .. } = &mut self.whole;
        *without_id += read.counts.without_id;
        *without_time += read.counts.without_time;
        *unrecognised += read.counts.unrecognised;
        *bad += read.bad;
    }

    pub(super) fn finish(self, complete: bool) -> Result<(), CliError> {
        match self.face {
            Face::Rows(rows) => rows.finish().map(drop).map_err(CliError::from),
            Face::Whole(printer) => match printer.style().format {
                Format::Table => self.whole.lines().iter().try_for_each(|line| Ok(printer.line(line)?)),
                Format::Json | Format::Ndjson | Format::Csv | Format::Name | Format::Value(_) => {
                    Ok(printer.document(&self.whole.document(complete))?)
                }
            },
        }
    }
}

impl Whole {
    fn add(&mut self, batch: &Acknowledged) {
        let Acknowledged { counted, segments, present, bytes, written_bytes, cross_zone_bytes, .. } = batch;
        let Acknowledged { raw_bytes, missed, partitions, .. } = batch;
        self.batches += 1;
        self.counted += *counted;
        self.segments += segments;
        self.present += present;
        self.bytes += bytes;
        self.written_bytes += written_bytes;
        self.cross_zone_bytes += cross_zone_bytes;
        self.raw_bytes += raw_bytes;
        self.missed += missed;
        // A receiver may run for years.
        if self.partitions.len() < PARTITIONS_MAX {
            self.partitions.extend(partitions.iter().copied());
        }
    }

    fn document(&self, complete: bool) -> Value {
        let Counted { spans, metrics, logs, record_sum, too_old, too_new, other_signal } = self.counted;
        json!({
            "schema": "otlp-part/data-write/v1",
            "complete": complete,
            "batches": self.batches,
            "spans": spans, "metrics": metrics, "logs": logs,
            "record_sum": record_sum.to_string(),
            "partitions": self.partitions.len(), "partitions_exact": self.partitions.len() < PARTITIONS_MAX,
            "segments": self.segments, "segments_present": self.present,
            "bytes": self.bytes, "written_bytes": self.written_bytes, "cross_zone_bytes": self.cross_zone_bytes,
            "raw_bytes": self.raw_bytes,
            "copies_missed": self.missed,
            "rejected": {"too_old": too_old, "too_new": too_new, "other_signal": other_signal},
            "without_id": self.without_id, "without_time": self.without_time, "not_otlp": self.unrecognised,
            "bad": self.bad,
        })
    }

    fn lines(&self) -> Vec<String> {
        let Counted { spans, metrics, logs, too_old, too_new, other_signal, .. } = self.counted;
        let raw = ByteSize(self.raw_bytes);
        // A dry run compresses nothing.
        let size = if self.bytes == 0 { raw.to_string() } else { format!("{} ({raw} raw)", ByteSize(self.bytes)) };
        let or_more = if self.partitions.len() < PARTITIONS_MAX { "" } else { " or more" };
        let mut lines = vec![format!(
            "{spans} spans, {metrics} metrics, {logs} log records in {} batches: {} segments in {}{or_more} partitions, {size}",
            self.batches,
            self.segments,
            self.partitions.len()
        )];
        if self.present > 0 {
            lines.push(format!("{} of the segments were there already", self.present));
        }
        if self.cross_zone_bytes > 0 {
            let (far, all) = (ByteSize(self.cross_zone_bytes), ByteSize(self.written_bytes));
            lines.push(format!("{far} of {all} on all nodes went to other zones"));
        }
        if self.missed > 0 {
            lines.push(format!("{} copies missed a segment and have a repair mark", self.missed));
        }
        for (count, why) in [
            (too_old, "lie beyond the retention (--accept-old writes them)"),
            (too_new, "lie more than an hour ahead (--accept-old writes them)"),
            (other_signal, "are of a signal that this cluster does not store"),
        ] {
            if count > 0 {
                lines.push(format!("not written: {count} routing units {why}"));
            }
        }
        lines
    }
}

fn row(input: &str, batch: &Acknowledged) -> Row {
    let Acknowledged { id, number, counted, segments, present, partitions, bytes, raw_bytes, missed, .. } = batch;
    let Counted { spans, metrics, logs, record_sum: RecordSum(_), .. } = counted;
    let cells = vec![
        Cell::text(id.as_str()),
        Cell::text(input),
        Cell::number(*number),
        Cell::number(*spans),
        Cell::number(*metrics),
        Cell::number(*logs),
        Cell::text(counted.record_sum.to_string()),
        Cell::number(partitions.len() as u64),
        Cell::number(*segments),
        Cell::number(*present),
        Cell::bytes(*bytes),
        Cell::bytes(*raw_bytes),
        Cell::number(*missed),
    ];
    let mut object = json!({"schema": "otlp-part/data-write-batch/v1"});
    for (column, cell) in COLUMNS.iter().zip(&cells) {
        object[column.name] = cell.raw.clone();
    }
    Row::with_json(id.as_str(), cells, object)
}

/// What happens while a batch is written, in words.
pub(super) fn event(event: &WriteEvent) -> String {
    match event {
        WriteEvent::Created { from, partitions } => {
            format!("recorded {partitions} partitions of the time bucket that begins {from}")
        }
        WriteEvent::Missed { node, partitions, reason } => format!(
            "warning: node {node} missed writes of {partitions} partitions, which have a repair mark: {reason}; `plan-rebalance` \
             repairs them"
        ),
        WriteEvent::Waiting { partition, partitions, what } => {
            let more = if *partitions > 1 { format!(" and {} more", partitions - 1) } else { String::new() };
            format!("waiting: {partition}{more} for {what}")
        }
        WriteEvent::Uncounted { partitions } => format!(
            "warning: sizes and counts of {partitions} records could not be changed; `data scrub --repair` counts them"
        ),
    }
}
