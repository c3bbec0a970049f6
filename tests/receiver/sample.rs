//! Telemetry of this moment, and what records it consists of.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::time::{SystemTime, UNIX_EPOCH};

use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::{AnyValue, InstrumentationScope, KeyValue, any_value};
use opentelemetry_proto::tonic::logs::v1::{LogRecord, ResourceLogs, ScopeLogs};
use opentelemetry_proto::tonic::metrics::v1::{
    Gauge, Metric, NumberDataPoint, ResourceMetrics, ScopeMetrics, metric, number_data_point,
};
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span};
use otlp_part::model::{Signal, SplitMix64};
use otlp_part::otlp::{Encoding, read_body};
use prost::Message as _;
use serde_json::{Value, json};

pub(crate) const SIGNALS: [Signal; 3] = [Signal::Traces, Signal::Metrics, Signal::Logs];

pub(crate) fn path(signal: Signal) -> &'static str {
    match signal {
        Signal::Traces => "/v1/traces",
        Signal::Metrics => "/v1/metrics",
        Signal::Logs => "/v1/logs",
    }
}

/// Nanoseconds since 1970.
#[expect(clippy::disallowed_methods, reason = "what is received is of this moment")]
pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64
}

/// Records by their bytes with the sum over what stands around them, and how often each is there.
pub(crate) type Records = BTreeMap<(Vec<u8>, u64), usize>;

/// The records of a request.
pub(crate) fn records(body: &[u8], encoding: Encoding, signal: Signal) -> Records {
    let batch = read_body(body, encoding, signal).unwrap();
    let layout = batch.layout();
    let mut records = Records::new();
    for record in layout.records() {
        *records.entry((layout.record_bytes(record).to_vec(), layout.record_sum(record))).or_default() += 1;
    }
    records
}

pub(crate) fn add(all: &mut Records, more: &Records) {
    for (record, count) in more {
        *all.entry(record.clone()).or_default() += count;
    }
}

fn text(value: impl Into<String>) -> AnyValue {
    AnyValue { value: Some(any_value::Value::StringValue(value.into())) }
}

fn attribute(key: &str, value: impl Into<String>) -> KeyValue {
    KeyValue { key: key.to_owned(), value: Some(text(value)), ..KeyValue::default() }
}

fn resource(random: &mut SplitMix64) -> Option<Resource> {
    let attributes = vec![attribute("service.name", format!("service-{}", random.next_u64() % 5))];
    Some(Resource { attributes, ..Resource::default() })
}

fn scope() -> Option<InstrumentationScope> {
    Some(InstrumentationScope { name: "a test".to_owned(), ..InstrumentationScope::default() })
}

/// A request of so many records, each unlike any other of this test run.
pub(crate) fn protobuf(signal: Signal, seed: u64, count: usize) -> Vec<u8> {
    let mut random = SplitMix64::new(seed ^ now());
    let time = now();
    let mut id = |bytes: usize| {
        let mut id = Vec::new();
        while id.len() < bytes {
            id.extend(random.next_u64().max(1).to_be_bytes());
        }
        id
    };
    match signal {
        Signal::Traces => {
            let span = |n: usize| Span {
                trace_id: id(16),
                span_id: id(8),
                name: format!("span {n}"),
                kind: 2,
                start_time_unix_nano: time - n as u64,
                end_time_unix_nano: time,
                attributes: vec![attribute("n", n.to_string())],
                ..Span::default()
            };
            let spans = (0..count).map(span).collect();
            let resource = resource(&mut random);
            let scope_spans = vec![ScopeSpans { scope: scope(), spans, ..ScopeSpans::default() }];
            let spans = ResourceSpans { resource, scope_spans, ..ResourceSpans::default() };
            ExportTraceServiceRequest { resource_spans: vec![spans] }.encode_to_vec()
        }
        Signal::Metrics => {
            let mut point = |n: usize| NumberDataPoint {
                time_unix_nano: time - n as u64,
                attributes: vec![attribute("id", format!("{:?}", id(8)))],
                value: Some(number_data_point::Value::AsDouble(n as f64 / 3.0)),
                ..NumberDataPoint::default()
            };
            let mut metric = |n: usize| Metric {
                name: format!("metric.{n}"),
                data: Some(metric::Data::Gauge(Gauge { data_points: vec![point(n)] })),
                ..Metric::default()
            };
            let mut metrics = Vec::new();
            for n in 0..count {
                metrics.push(metric(n));
            }
            let resource = resource(&mut random);
            let scope_metrics = vec![ScopeMetrics { scope: scope(), metrics, ..ScopeMetrics::default() }];
            let metrics = ResourceMetrics { resource, scope_metrics, ..ResourceMetrics::default() };
            ExportMetricsServiceRequest { resource_metrics: vec![metrics] }.encode_to_vec()
        }
        Signal::Logs => {
            let log = |n: usize| LogRecord {
                time_unix_nano: time - n as u64,
                severity_number: 9,
                body: Some(text(format!("line {n} of {:?}", id(8)))),
                ..LogRecord::default()
            };
            let log_records = (0..count).map(log).collect();
            let resource = resource(&mut random);
            let scope_logs = vec![ScopeLogs { scope: scope(), log_records, ..ScopeLogs::default() }];
            let logs = ResourceLogs { resource, scope_logs, ..ResourceLogs::default() };
            ExportLogsServiceRequest { resource_logs: vec![logs] }.encode_to_vec()
        }
    }
}

/// The same in JSON, pretty-printed.
pub(crate) fn json(signal: Signal, seed: u64, count: usize) -> Vec<u8> {
    let mut random = SplitMix64::new(seed ^ now());
    let time = now();
    let mut one = |n: usize| -> Value {
        let id = random.next_u64().max(1);
        let at = (time - n as u64).to_string();
        match signal {
            Signal::Traces => json!({
                "traceId": format!("{id:016x}{:016x}", random.next_u64()), "spanId": format!("{id:016x}"), "name": "ö\n\u{1}",
                "startTimeUnixNano": at, "endTimeUnixNano": at, "later": {"x": [1, null]},
            }),
            Signal::Metrics => json!({
                "name": format!("metric {n}"), "unit": "1",
                "sum": {"dataPoints": [{"timeUnixNano": at, "asInt": id.to_string()}], "isMonotonic": true},
            }),
            Signal::Logs => json!({
                "timeUnixNano": at, "severityNumber": 17, "body": {"stringValue": format!("line {id}")},
            }),
        }
    };
    let records: Vec<Value> = (0..count).map(&mut one).collect();
    let resource = json!({"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}]});
    let scope = json!({"name": "a test"});
    let request = match signal {
        Signal::Traces => {
            json!({"resourceSpans": [{"resource": resource, "scopeSpans": [{"scope": scope, "spans": records}]}]})
        }
        Signal::Metrics => {
            json!({"resourceMetrics": [{"resource": resource, "scopeMetrics": [{"scope": scope, "metrics": records}]}]})
        }
        Signal::Logs => {
            json!({"resourceLogs": [{"resource": resource, "scopeLogs": [{"scope": scope, "logRecords": records}]}]})
        }
    };
    serde_json::to_vec_pretty(&request).unwrap()
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}
