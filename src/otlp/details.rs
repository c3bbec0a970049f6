//! What a query asks of a single record, and what a table shows of it.
//!
//! A reading has checked the syntax of everything and the types of what routing needs; a field of another type than OTLP
//! gives it counts as absent here.

use std::borrow::Cow;

use super::batch::Batch;
use super::layout::{Encoding, RecordNo};
use super::{json, protobuf};
use crate::model::{Signal, TraceId};

/// The id of a span.
pub type SpanId = [u8; 8];

/// A record's own fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Details<'a> {
    /// A span's or metric's name, a log record's event name; empty = none.
    pub name: Cow<'a, str>,
    /// The trace that a span or log record names.
    pub trace_id: Option<TraceId>,
    /// The span that it is or names.
    pub span_id: Option<SpanId>,
    /// A span's end in nanoseconds since 1970; 0 = none.
    pub end_unix_nano: u64,
    /// A log record's severity number; 0 = unset.
    pub severity: i64,
    /// A log record's body as text.
    pub body: Cow<'a, str>,
    /// A metric's first data point: its number, or count and sum.
    pub value: Option<String>,
    /// A metric's data points.
    pub data_points: u64,
}

impl Batch {
    /// The details of a record.
    #[must_use]
    pub fn details(&self, record: RecordNo, signal: Signal) -> Details<'_> {
        let text = self.layout().record_bytes(record);
        match self.layout().encoding() {
            Encoding::Json => json::details(signal, text),
            Encoding::Protobuf => protobuf::details(signal, text),
        }
    }

    /// The span id of a span's [details](Self::details), for less.
    #[must_use]
    pub fn span_id(&self, record: RecordNo) -> Option<SpanId> {
        let text = self.layout().record_bytes(record);
        match self.layout().encoding() {
            Encoding::Json => json::id_of_span(text),
            Encoding::Protobuf => protobuf::id_of_span(text),
        }
    }
}

/// Count and sum of a histogram's or summary's data point.
pub(super) fn count_and_sum(count: u64, sum: Option<f64>) -> String {
    match sum {
        Some(sum) => format!("count {count}, sum {sum}"),
        None => format!("count {count}"),
    }
}
