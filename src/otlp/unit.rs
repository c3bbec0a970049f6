//! Routing units: what leaves the reader.

use crate::model::hash::{Field, HashAlgorithm};
use crate::model::routing_key::RoutingKey;
use crate::model::{Signal, Timestamp, TraceId};

/// What decides a unit's partition, besides its service and time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitKey<'a> {
    /// One trace's spans in one export request.
    Trace {
        /// The trace.
        id: TraceId,
    },
    /// One metric of one resource and scope.
    Metric {
        /// Its name.
        name: &'a str,
        /// Hash of its first data point's attributes; 0 without a data point.
        label_hash: u64,
    },
    /// One log record.
    Log {
        /// 1, 5, 9, 13, 17 or 21.
        severity_level: u8,
        /// Hash of its body.
        content_hash: u64,
    },
}

/// One routing unit, borrowed from the batch that it was read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit<'a> {
    /// What it is routed by.
    pub key: UnitKey<'a>,
    /// `service.name` of the resource (of the earliest span's resource), or `unknown_service`.
    pub service: &'a str,
    /// Earliest non-zero span start, first data point's time, or the log record's time; never zero.
    pub time: Timestamp,
    /// Spans, data points, or 1 for a log record.
    pub records: u64,
    /// Bytes of its spans, its metric or its log record as they lie in the input, after decompression.
    pub bytes: u64,
}

impl Unit<'_> {
    /// The signal.
    #[must_use]
    pub fn signal(&self) -> Signal {
        match self.key {
            UnitKey::Trace { .. } => Signal::Traces,
            UnitKey::Metric { .. } => Signal::Metrics,
            UnitKey::Log { .. } => Signal::Logs,
        }
    }

    /// The trace of spans.
    #[must_use]
    pub fn trace(&self) -> Option<TraceId> {
        match self.key {
            UnitKey::Trace { id } => Some(id),
            UnitKey::Metric { .. } | UnitKey::Log { .. } => None,
        }
    }

    /// The hash that decides the bucket: the same as that of [`Unit::routing_key`], without building the key.
    #[must_use]
    pub fn hash(&self, algorithm: HashAlgorithm) -> u64 {
        let service = Field::Text(self.service);
        match self.key {
            UnitKey::Trace { id } => algorithm.trace(&id),
            UnitKey::Metric { name, label_hash } => {
                let hour = self.time.hour_text();
                algorithm.fields(&[Field::Text(name), service, Field::Text(&hour), Field::U64(label_hash)])
            }
            UnitKey::Log { severity_level, content_hash } => {
                let hour = self.time.hour_text();
                algorithm.fields(&[service, Field::Text(&hour), Field::U8(severity_level), Field::U64(content_hash)])
            }
        }
    }

    /// The key as an owned value.
    #[must_use]
    pub fn routing_key(&self) -> RoutingKey {
        let service = self.service.to_owned();
        match self.key {
            UnitKey::Trace { id } => RoutingKey::Trace { id },
            UnitKey::Metric { name, label_hash } => RoutingKey::Metric { name: name.to_owned(), service, label_hash },
            UnitKey::Log { severity_level, content_hash } => RoutingKey::Log { service, severity_level, content_hash },
        }
    }
}
