//! Telemetry of all three signals in both encodings, drawn from a seed, and what a reader finds in it.

use std::fmt::Write as _;

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span};
use otlp_part::model::SplitMix64;
use otlp_part::otlp::{Options, Reader};
use prost::Message as _;

/// 2025-11-05T12:00:00Z, three hours before the tests' now.
const START_NANOS: u64 = 1_762_344_000_000_000_000;
/// Over how many hours.
pub(crate) const HOURS: u64 = 3;
const HOUR_NANOS: u64 = 3_600_000_000_000;
const SERVICES: [&str; 4] = ["cart", "checkout", "frontend", "payment"];

/// How many records there are and the sum of their hashes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    pub(crate) records: u64,
    pub(crate) sum: u64,
}

impl Sum {
    pub(crate) fn add(&mut self, records: u64, sum: u64) {
        self.records += records;
        self.sum = self.sum.wrapping_add(sum);
    }
}

/// What an input holds, by the library's own reading.
pub(crate) fn sum_of(input: &[u8]) -> Sum {
    let options = Options { layout: true, ..Options::default() };
    let mut reader = Reader::open(input, options).unwrap();
    let mut sum = Sum::default();
    while let Some(batch) = reader.next_batch().unwrap() {
        let layout = batch.layout();
        for record in layout.records().filter(|record| layout.unit(*record).is_some()) {
            sum.add(1, layout.record_sum(record));
        }
    }
    sum
}

fn service(random: &mut SplitMix64) -> &'static str {
    SERVICES[random.below(SERVICES.len() as u64) as usize]
}

fn time(random: &mut SplitMix64) -> u64 {
    START_NANOS + random.below(HOURS * HOUR_NANOS)
}

/// Requests as JSON lines; each has some traces, a log record, a metric, or several of them.
pub(crate) fn json_lines(seed: u64, requests: u64) -> String {
    let mut random = SplitMix64::new(seed);
    let mut out = String::new();
    for _ in 0..requests {
        let resource = format!(
            r#"{{"attributes":[{{"key":"service.name","value":{{"stringValue":"{}"}}}}]}}"#,
            service(&mut random)
        );
        let mut spans = Vec::new();
        for _ in 0..=random.below(4) {
            let id = format!("{:016x}{:016x}", random.next_u64() | 1, random.next_u64());
            let start = time(&mut random);
            for n in 0..=random.below(3) {
                let (span, end) = (random.next_u64() | 1, start + 1 + random.below(1_000_000_000));
                spans.push(format!(
                    r#"{{"traceId":"{id}","spanId":"{span:016x}","name":"step {n}","startTimeUnixNano":"{}","endTimeUnixNano":"{end}"}}"#,
                    start + n,
                ));
            }
        }
        let _ = write!(
            out,
            r#"{{"resourceSpans":[{{"resource":{resource},"scopeSpans":[{{"scope":{{"name":"sample"}},"spans":[{}]}}]}}]"#,
            spans.join(",")
        );
        if random.below(3) == 0 {
            let (at, number) = (time(&mut random), random.below(1000));
            let _ = write!(
                out,
                r#","resourceLogs":[{{"resource":{resource},"scopeLogs":[{{"logRecords":[{{"timeUnixNano":"{at}","severityNumber":17,"body":{{"stringValue":"order {number} failed"}}}}]}}]}}]"#
            );
        }
        if random.below(3) == 0 {
            let (at, value) = (time(&mut random), random.below(1000));
            let _ = write!(
                out,
                r#","resourceMetrics":[{{"resource":{resource},"scopeMetrics":[{{"metrics":[{{"name":"requests","sum":{{"dataPoints":[{{"timeUnixNano":"{at}","asInt":"{value}"}}]}}}}]}}]}}]"#
            );
        }
        out.push_str("}\n");
    }
    out
}

/// Traces as protobuf, each request behind its length.
pub(crate) fn protobuf(seed: u64, requests: u64) -> Vec<u8> {
    let mut random = SplitMix64::new(seed);
    let mut out = Vec::new();
    for _ in 0..requests {
        let name = AnyValue { value: Some(Value::StringValue(service(&mut random).to_owned())) };
        let name = KeyValue { key: "service.name".to_owned(), value: Some(name), ..KeyValue::default() };
        let mut spans = Vec::new();
        for _ in 0..=random.below(4) {
            let id = [(random.next_u64() | 1).to_be_bytes(), random.next_u64().to_be_bytes()].concat();
            let start = time(&mut random);
            for n in 0..=random.below(3) {
                spans.push(Span {
                    trace_id: id.clone(),
                    span_id: (random.next_u64() | 1).to_be_bytes().to_vec(),
                    name: format!("step {n}"),
                    start_time_unix_nano: start + n,
                    end_time_unix_nano: start + n + 1000,
                    ..Span::default()
                });
            }
        }
        let request = ExportTraceServiceRequest {
            resource_spans: vec![ResourceSpans {
                resource: Some(Resource { attributes: vec![name], ..Resource::default() }),
                scope_spans: vec![ScopeSpans { spans, ..ScopeSpans::default() }],
                ..ResourceSpans::default()
            }],
        };
        let request = request.encode_to_vec();
        out.extend_from_slice(&(request.len() as u32).to_be_bytes());
        out.extend_from_slice(&request);
    }
    out
}
