//! Traces of one to three spans in protobuf, drawn from a seed.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, InstrumentationScope, KeyValue};
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span, Status};
use otlp_part::model::SplitMix64;
use prost::Message as _;

const TRACES_A_REQUEST: u64 = 50;
/// 2025-11-05T00:00:00Z
pub(crate) const START_NANOS: u64 = 1_762_300_800_000_000_000;
pub(crate) const HOUR_NANOS: u64 = 3_600_000_000_000;
const SERVICES: [&str; 8] = ["cart", "checkout", "frontend", "payment", "search", "shipping", "stock", "user"];

fn text(key: &str, value: &str) -> KeyValue {
    let value = AnyValue { value: Some(Value::StringValue(value.to_owned())) };
    KeyValue { key: key.to_owned(), value: Some(value), ..KeyValue::default() }
}

fn span(random: &mut SplitMix64, trace: &[u8], parent: &[u8], start: u64) -> Span {
    Span {
        trace_id: trace.to_vec(),
        span_id: (random.next_u64() | 1).to_be_bytes().to_vec(),
        parent_span_id: parent.to_vec(),
        name: "GET /api/orders/{id}".to_owned(),
        kind: 2,
        start_time_unix_nano: start,
        end_time_unix_nano: start + 1_000_000 + random.below(80_000_000),
        attributes: vec![text("http.method", "GET"), text("http.route", "/api/orders/{id}")],
        status: Some(Status::default()),
        ..Span::default()
    }
}

/// What was made.
pub(crate) struct Made {
    pub(crate) spans: u64,
    /// Each trace with its start and its spans.
    #[allow(dead_code, reason = "not every benchmark looks for them")]
    pub(crate) traces: Vec<(String, u64, u64)>,
}

impl Made {
    /// Writes so many traces over so many hours, each request of one service and one hour.
    pub(crate) fn write(file: &Path, traces: u64, seed: u64, hours: u64) -> Self {
        let mut random = SplitMix64::new(seed);
        let mut out = BufWriter::new(File::create(file).unwrap());
        let mut made = Self { spans: 0, traces: Vec::new() };
        for request in 0..traces.div_ceil(TRACES_A_REQUEST) {
            let mut list = Vec::new();
            let hour = START_NANOS + random.below(hours) * HOUR_NANOS;
            for _ in 0..TRACES_A_REQUEST.min(traces - request * TRACES_A_REQUEST) {
                let id = [(random.next_u64() | 1).to_be_bytes(), random.next_u64().to_be_bytes()].concat();
                let start = hour + random.below(HOUR_NANOS - 1_000_000_000);
                let (mut parent, count) = (Vec::new(), 1 + random.below(3));
                for n in 0..count {
                    let span = span(&mut random, &id, &parent, start + n * 1000);
                    parent.clone_from(&span.span_id);
                    list.push(span);
                }
                let mut text = String::new();
                for byte in &id {
                    let _ = write!(text, "{byte:02x}");
                }
                made.traces.push((text, start, count));
                made.spans += count;
            }
            let service = SERVICES[random.below(SERVICES.len() as u64) as usize];
            let scope = InstrumentationScope { name: "bench".to_owned(), ..InstrumentationScope::default() };
            let request = ExportTraceServiceRequest {
                resource_spans: vec![ResourceSpans {
                    resource: Some(Resource { attributes: vec![text("service.name", service)], ..Resource::default() }),
                    scope_spans: vec![ScopeSpans { scope: Some(scope), spans: list, ..ScopeSpans::default() }],
                    ..ResourceSpans::default()
                }],
            };
            out.write_all(&(request.encoded_len() as u32).to_be_bytes()).unwrap();
            out.write_all(&request.encode_to_vec()).unwrap();
        }
        out.flush().unwrap();
        made
    }
}
