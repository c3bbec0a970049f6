//! Throughput of the OTLP reader on made-up text shaped like the Collector's, on the same as length-prefixed protobuf,
//! and on the file named by `OTLP_BENCH_FILE`.

use std::fmt::Write as _;

use divan::Bencher;
use divan::counter::BytesCount;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue, any_value};
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span, Status};
use otlp_part::otlp::{Options, Reader};
use prost::Message as _;

/// Requests in the generated input: about 16 MB of JSON.
const REQUESTS: u64 = 350;
/// Spans of one request.
const SPANS: u64 = 100;
/// Spans of one trace in a request.
const SPANS_OF_A_TRACE: u64 = 8;

fn main() {
    divan::main();
}

/// A fixed sequence of numbers (SplitMix64), so that every run reads the same.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn bytes<const N: usize>(&mut self) -> Vec<u8> {
        (0..N).map(|_| (self.next() >> 32) as u8).collect()
    }
}

fn text_attribute(key: &str, value: &str) -> KeyValue {
    let value = Some(AnyValue { value: Some(any_value::Value::StringValue(value.to_owned())) });
    KeyValue { key: key.to_owned(), value, ..KeyValue::default() }
}

fn requests() -> Vec<ExportTraceServiceRequest> {
    let mut numbers = Numbers(1);
    (0..REQUESTS).map(|request| one_request(request, &mut numbers)).collect()
}

fn one_request(request: u64, numbers: &mut Numbers) -> ExportTraceServiceRequest {
    let mut trace_id = Vec::new();
    let spans = (0..SPANS).map(|number| {
        if number % SPANS_OF_A_TRACE == 0 {
            trace_id = numbers.bytes::<16>();
        }
        let start = 1_700_000_000_000_000_000 + request * 1_000_000_000 + numbers.next() % 1_000_000_000;
        Span {
            trace_id: trace_id.clone(),
            span_id: numbers.bytes::<8>(),
            parent_span_id: numbers.bytes::<8>(),
            name: "POST /api/v1/orders/{order_id}".to_owned(),
            kind: 2,
            start_time_unix_nano: start,
            end_time_unix_nano: start + numbers.next() % 100_000_000,
            attributes: vec![
                text_attribute("http.request.method", "POST"),
                text_attribute("url.path", &format!("/api/v1/orders/{}", numbers.next() % 100_000)),
                text_attribute("user_agent.original", "Mozilla/5.0 (X11; Linux x86_64)"),
            ],
            status: Some(Status::default()),
            ..Span::default()
        }
    });
    let scope_spans = vec![ScopeSpans { spans: spans.collect(), ..ScopeSpans::default() }];
    let service = format!("service-{}", request % 28);
    let attributes = vec![text_attribute("service.name", &service), text_attribute("host.name", "node-1")];
    let resource = Some(Resource { attributes, ..Resource::default() });
    ExportTraceServiceRequest {
        resource_spans: vec![ResourceSpans { resource, scope_spans, ..ResourceSpans::default() }],
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn attributes_json(attributes: &[KeyValue]) -> String {
    let one = |attribute: &KeyValue| {
        let text = match attribute.value.as_ref().and_then(|value| value.value.as_ref()) {
            Some(any_value::Value::StringValue(text)) => text.as_str(),
            Some(_) | None => "",
        };
        format!(r#"{{"key":"{}","value":{{"stringValue":"{text}"}}}}"#, attribute.key)
    };
    attributes.iter().map(one).collect::<Vec<_>>().join(",")
}

fn span_json(span: &Span) -> String {
    format!(
        concat!(
            r#"{{"traceId":"{}","spanId":"{}","parentSpanId":"{}","flags":256,"name":"{}","kind":{},"#,
            r#""startTimeUnixNano":"{}","endTimeUnixNano":"{}","attributes":[{}],"status":{{}}}}"#
        ),
        hex(&span.trace_id),
        hex(&span.span_id),
        hex(&span.parent_span_id),
        span.name,
        span.kind,
        span.start_time_unix_nano,
        span.end_time_unix_nano,
        attributes_json(&span.attributes),
    )
}

fn json_lines(requests: &[ExportTraceServiceRequest]) -> Vec<u8> {
    let mut out = String::new();
    for entry in requests.iter().flat_map(|request| &request.resource_spans) {
        let attributes = entry.resource.as_ref().map(|resource| attributes_json(&resource.attributes));
        let spans: Vec<String> = entry.scope_spans.iter().flat_map(|scope| &scope.spans).map(span_json).collect();
        let _ = writeln!(
            out,
            r#"{{"resourceSpans":[{{"resource":{{"attributes":[{}]}},"scopeSpans":[{{"scope":{{"name":"shop"}},"spans":[{}]}}]}}]}}"#,
            attributes.unwrap_or_default(),
            spans.join(","),
        );
    }
    out.into_bytes()
}

fn length_prefixed(requests: &[ExportTraceServiceRequest]) -> Vec<u8> {
    let mut out = Vec::new();
    for request in requests {
        let message = request.encode_to_vec();
        out.extend_from_slice(&(message.len() as u32).to_be_bytes());
        out.extend_from_slice(&message);
    }
    out
}

/// Reads it all and adds up what a router would look at.
fn read(input: &[u8]) -> u64 {
    let mut sum = 0;
    let mut reader = Reader::open(input, Options::default()).expect("OTLP");
    reader.for_each(|unit| sum ^= unit.hash(Default::default())).expect("OTLP");
    sum
}

#[divan::bench]
fn json(bencher: Bencher<'_, '_>) {
    let input = json_lines(&requests());
    bencher.counter(BytesCount::of_slice(&input)).bench(|| read(&input));
}

#[divan::bench]
fn json_zstd(bencher: Bencher<'_, '_>) {
    let text = json_lines(&requests());
    let input = zstd::encode_all(&text[..], 1).expect("compressed");
    bencher.counter(BytesCount::of_slice(&text)).bench(|| read(&input));
}

#[divan::bench]
fn protobuf(bencher: Bencher<'_, '_>) {
    let input = length_prefixed(&requests());
    bencher.counter(BytesCount::of_slice(&input)).bench(|| read(&input));
}

#[divan::bench]
#[allow(clippy::disallowed_methods, reason = "a benchmark's own setting")]
fn file(bencher: Bencher<'_, '_>) {
    let Some(path) = std::env::var_os("OTLP_BENCH_FILE") else { return };
    let input = std::fs::read(path).expect("OTLP_BENCH_FILE can be read");
    bencher.counter(BytesCount::of_slice(&input)).bench(|| read(&input));
}
