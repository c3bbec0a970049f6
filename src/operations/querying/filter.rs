//! What a query asks of each record.

use crate::model::{Signal, TimeRange, TraceId};
use crate::otlp::{AttributeMemory, AttributeQuery, Batch, Details, RecordNo, Unit};

/// The conditions that a record must meet, all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// A span of this trace.
    pub trace: Option<TraceId>,
    /// Its time lies in this range of nanoseconds since 1970, the end outside.
    pub time: Option<(u64, u64)>,
    /// It is of this signal.
    pub signal: Option<Signal>,
    /// `service.name` of its resource.
    pub service: Option<String>,
    /// A span's or metric's name, or a log record's event name.
    pub name: Option<String>,
    /// A log record at least as severe as this severity number.
    pub severity_min: Option<i64>,
    /// Attributes on it, its scope or its resource.
    pub attributes: AttributeQuery,
}

/// The severity of a log record that has none, as routing takes it.
const SEVERITY_UNSET: i64 = crate::model::routing_key::SEVERITY_DEFAULT as i64;

/// A range of time as nanoseconds since 1970, cut to what a record can say.
#[must_use]
pub fn nanos_of(range: TimeRange) -> (u64, u64) {
    let cut = |nanos: i128| u64::try_from(nanos.max(0)).unwrap_or(u64::MAX);
    (cut(range.start().nanos()), cut(range.end().nanos()))
}

impl Filter {
    /// The signals that can match: a trace is made of spans, and only log records have a severity.
    #[must_use]
    pub fn allows(&self, signal: Signal) -> bool {
        self.signal.is_none_or(|wanted| wanted == signal)
            && (self.trace.is_none() || signal == Signal::Traces)
            && (self.severity_min.is_none() || signal == Signal::Logs)
    }

    /// Whether records between these times can match.
    #[must_use]
    pub fn allows_times(&self, min: u64, max: u64) -> bool {
        self.time.is_none_or(|(start, end)| min < end && start <= max)
    }

    /// Whether a record of a unit matches; `time` is its own.
    pub(super) fn matches(
        &self,
        batch: &Batch,
        record: RecordNo,
        unit: &Unit<'_>,
        time: u64,
        memory: &mut AttributeMemory,
    ) -> bool {
        let signal = unit.signal();
        self.allows(signal)
            && self.trace.is_none_or(|id| unit.trace() == Some(id))
            && self.allows_times(time, time)
            && self.service.as_deref().is_none_or(|service| batch.service(record) == service)
            && (self.name.is_none() && self.severity_min.is_none()
                || self.matches_details(&batch.details(record, signal)))
            && (self.attributes.is_empty() || self.attributes.matches(batch, record, signal, memory))
    }

    fn matches_details(&self, details: &Details<'_>) -> bool {
        let severity = if details.severity == 0 { SEVERITY_UNSET } else { details.severity };
        self.name.as_deref().is_none_or(|name| details.name == name)
            && self.severity_min.is_none_or(|min| severity >= min)
    }
}
