//! Whole inputs through the reader.

mod binary;
mod convert;
mod equivalence;
mod json;
mod layout;
mod oracle;
mod robustness;
mod text;

use std::io::Read;

use super::{Options, Reader, Totals};
use crate::model::Timestamp;
use crate::model::routing_key::RoutingKey;

/// A unit that outlives its batch.
#[derive(Clone, Debug, PartialEq, Eq)]
struct OwnedUnit {
    key: RoutingKey,
    service: String,
    time: Timestamp,
    records: u64,
    bytes: u64,
}

/// Everything that a reading gave.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Outcome {
    units: Vec<OwnedUnit>,
    totals: Totals,
    error: Option<String>,
}

impl Outcome {
    /// The units as `service key time-in-nanoseconds records` for short comparisons.
    fn lines(&self) -> Vec<String> {
        let line = |unit: &OwnedUnit| {
            let key = match &unit.key {
                RoutingKey::Trace { id } => id.to_string(),
                RoutingKey::Metric { name, label_hash, .. } => format!("{name} {label_hash:x}"),
                RoutingKey::Log { severity_level, content_hash, .. } => format!("{severity_level} {content_hash:x}"),
            };
            format!("{} {key} {} {}", unit.service, unit.time.nanos(), unit.records)
        };
        self.units.iter().map(line).collect()
    }

    /// What is wrong, for short comparisons.
    fn problems(&self) -> Vec<String> {
        self.totals.problems.iter().map(ToString::to_string).collect()
    }
}

fn read_with(input: impl Read, options: Options) -> Outcome {
    let mut units = Vec::new();
    let mut reader = match Reader::open(input, options) {
        Ok(reader) => reader,
        Err(error) => return Outcome { units, totals: Totals::default(), error: Some(error.to_string()) },
    };
    let result = reader.for_each(|unit| {
        assert_eq!(unit.hash(Default::default()), unit.routing_key().hash(Default::default(), unit.time));
        units.push(OwnedUnit {
            key: unit.routing_key(),
            service: unit.service.to_owned(),
            time: unit.time,
            records: unit.records,
            bytes: unit.bytes,
        });
    });
    let error = result.map(drop).map_err(|error| error.to_string()).err();
    // What has ended stays ended.
    if error.is_some() {
        assert!(!matches!(reader.next_batch(), Ok(Some(_))));
    }
    Outcome { units, totals: reader.totals().clone(), error }
}

fn read(input: impl AsRef<[u8]>) -> Outcome {
    read_with(input.as_ref(), Options::default())
}

/// Gives its bytes in small pieces, whose sizes go round.
struct Pieces<'a> {
    bytes: &'a [u8],
    sizes: &'a [usize],
    turn: usize,
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let size = self.sizes[self.turn % self.sizes.len()].max(1);
        self.turn += 1;
        let count = size.min(buffer.len()).min(self.bytes.len());
        buffer[..count].copy_from_slice(&self.bytes[..count]);
        self.bytes = &self.bytes[count..];
        Ok(count)
    }
}

/// A trace request of one span, on one line.
fn span_line(id: &str, start: &str) -> String {
    format!(
        r#"{{"resourceSpans":[{{"resource":{{"attributes":[{{"key":"service.name","value":{{"stringValue":"shop"}}}}]}},"scopeSpans":[{{"spans":[{{"traceId":"{id}","startTimeUnixNano":"{start}"}}]}}]}}]}}"#
    )
}

const ID: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ::zstd::encode_all(bytes, 1).unwrap()
}

/// Length-prefixes each message.
fn frames<T: AsRef<[u8]>>(messages: impl IntoIterator<Item = T>) -> Vec<u8> {
    let mut out = Vec::new();
    for message in messages {
        out.extend_from_slice(&(message.as_ref().len() as u32).to_be_bytes());
        out.extend_from_slice(message.as_ref());
    }
    out
}
