//! Routing keys: what the partitioner needs to know of a record.
//!
//! | signal | fields, in this order | bucket hash |
//! |---|---|---|
//! | trace | service_name, time_bucket, trace_hash | of the 16 id bytes alone |
//! | metric | name, service_name, time_bucket, label_hash | of the whole key |
//! | log | service_name, time_bucket, severity_level (u8), content_hash | of the whole key |
//!
//! `time_bucket` is the record's own UTC hour as text, whatever the cluster's granularity. `label_hash` and
//! `content_hash` are always siphash13: the cluster's `hash` concerns bucket hashes only.

use super::hash::{Field, HashAlgorithm, siphash13_str, siphash13_strs};
use super::{Signal, Timestamp, TraceId};

/// The service of a resource that does not name one.
pub const UNKNOWN_SERVICE: &str = "unknown_service";
/// The `label_hash` of a metric without any data point.
pub const LABEL_HASH_NO_POINT: u64 = 0;
/// The severity level of a record that gives none: INFO.
pub const SEVERITY_DEFAULT: u8 = 9;

/// The routing key of one record or routing unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoutingKey {
    /// A trace, or one trace's spans in one export request.
    Trace {
        /// The trace.
        id: TraceId,
    },
    /// A metric.
    Metric {
        /// Its name.
        name: String,
        /// `service.name` of its resource.
        service: String,
        /// Hash of its first data point's attributes.
        label_hash: u64,
    },
    /// A log record.
    Log {
        /// `service.name` of its resource.
        service: String,
        /// 1, 5, 9, 13, 17 or 21.
        severity_level: u8,
        /// Hash of its body.
        content_hash: u64,
    },
}

impl RoutingKey {
    /// The signal.
    #[must_use]
    pub fn signal(&self) -> Signal {
        match self {
            Self::Trace { .. } => Signal::Traces,
            Self::Metric { .. } => Signal::Metrics,
            Self::Log { .. } => Signal::Logs,
        }
    }

    /// The hash that decides the bucket, for a record at `time`.
    #[must_use]
    pub fn hash(&self, algorithm: HashAlgorithm, time: Timestamp) -> u64 {
        match self {
            Self::Trace { id } => algorithm.trace(id),
            Self::Metric { .. } | Self::Log { .. } => self.with_fields(time, |fields| algorithm.fields(fields)),
        }
    }

    /// The bytes that are hashed, for `--explain`.
    #[must_use]
    pub fn hashed_bytes(&self, algorithm: HashAlgorithm, time: Timestamp) -> Vec<u8> {
        match self {
            Self::Trace { id } => algorithm.trace_bytes(id),
            Self::Metric { .. } | Self::Log { .. } => self.with_fields(time, |fields| algorithm.field_bytes(fields)),
        }
    }

    fn with_fields<T>(&self, time: Timestamp, then: impl FnOnce(&[Field<'_>]) -> T) -> T {
        let hour = time.hour_text();
        match self {
            Self::Trace { id } => then(&[Field::Text(&id.to_string())]),
            Self::Metric { name, service, label_hash } => {
                then(&[Field::Text(name), Field::Text(service), Field::Text(&hour), Field::U64(*label_hash)])
            }
            Self::Log { service, severity_level, content_hash } => {
                then(&[Field::Text(service), Field::Text(&hour), Field::U8(*severity_level), Field::U64(*content_hash)])
            }
        }
    }
}

/// The hash of a data point's attributes: sorted by key, each key, then its value as text.
#[must_use]
pub fn label_hash<K: AsRef<str>, V: AsRef<str>>(labels: &mut [(K, V)]) -> u64 {
    labels.sort_by(|a, b| a.0.as_ref().cmp(b.0.as_ref()));
    siphash13_strs(labels.iter().flat_map(|(key, value)| [key.as_ref(), value.as_ref()]))
}

/// The hash of a log body's text; no body is the empty string.
#[must_use]
pub fn content_hash(body: &str) -> u64 {
    siphash13_str(body)
}

/// An OTLP severity number brought down to its range's first value; unset and unknown numbers are INFO.
#[must_use]
pub fn severity_level(number: i64) -> u8 {
    match number {
        1..=24 => (number as u8 - 1) / 4 * 4 + 1,
        _ => SEVERITY_DEFAULT,
    }
}

/// Reads a severity by name: `error`, `WARN2`, `SEVERITY_NUMBER_FATAL`, or its number.
#[must_use]
pub fn parse_severity(text: &str) -> Option<i64> {
    if let Ok(number) = text.parse::<i64>() {
        return (0..=24).contains(&number).then_some(number);
    }
    let upper = text.to_ascii_uppercase();
    let name = upper.strip_prefix("SEVERITY_NUMBER_").unwrap_or(&upper);
    if name == "UNSPECIFIED" {
        return Some(0);
    }
    let (word, step) = match name.as_bytes().last() {
        Some(digit @ b'2'..=b'4') => (&name[..name.len() - 1], i64::from(digit - b'1')),
        Some(_) | None => (name, 0),
    };
    let first = match word {
        "TRACE" => 1,
        "DEBUG" => 5,
        "INFO" => 9,
        "WARN" | "WARNING" => 13,
        "ERROR" => 17,
        "FATAL" => 21,
        _ => return None,
    };
    Some(first + step)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        super::super::time::parse_time(text, Timestamp::EPOCH).unwrap()
    }

    #[test]
    fn metric_key_vector() {
        let mut labels = [("zone", "a"), ("http.method", "GET"), ("host", "host-0")];
        let label_hash = label_hash(&mut labels);
        assert_eq!(label_hash, 0xbfba_ef62_c9a3_dcb3);
        let key = RoutingKey::Metric { name: "http.requests".into(), service: "checkout".into(), label_hash };
        let hash = key.hash(HashAlgorithm::Siphash13, at("2025-10-10T14:30Z"));
        assert_eq!((hash, hash % 256), (0xf71f_06c3_b94d_c5af, 175));
    }

    #[test]
    fn log_key_vector() {
        let content_hash = content_hash("payment failed");
        assert_eq!(content_hash, 0x5202_4c7c_c722_b391);
        let key = RoutingKey::Log { service: "checkout".into(), severity_level: 17, content_hash };
        let hash = key.hash(HashAlgorithm::Siphash13, at("2025-10-10T14:59:59Z"));
        assert_eq!((hash, hash % 256), (0x6ce0_2aca_e807_1014, 20));
    }

    #[test]
    fn a_point_without_attributes_is_the_hash_of_nothing() {
        assert_eq!(label_hash::<&str, &str>(&mut []), 0xd1fb_a762_150c_532c);
    }

    #[test]
    fn severities() {
        let levels: Vec<u8> = [0, 1, 4, 5, 9, 12, 13, 17, 21, 24, 25, -3].map(severity_level).to_vec();
        assert_eq!(levels, [9, 1, 1, 5, 9, 9, 13, 17, 21, 21, 9, 9]);
        for (text, number) in
            [("error", 17), ("SEVERITY_NUMBER_WARN2", 14), ("Fatal4", 24), ("9", 9), ("unspecified", 0)]
        {
            assert_eq!(parse_severity(text), Some(number), "{text}");
        }
        for bad in ["", "loud", "25", "error5", "2", "é2"].iter().filter(|t| **t != "2") {
            assert_eq!(parse_severity(bad), None, "{bad}");
        }
    }
}
