//! Made-up requests as the official protobuf types, and the same as JSON.

use std::fmt::Write as _;

use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value as Any;
use opentelemetry_proto::tonic::common::v1::{AnyValue, ArrayValue, KeyValue, KeyValueList};
use opentelemetry_proto::tonic::logs::v1::{LogRecord, ResourceLogs, ScopeLogs};
use opentelemetry_proto::tonic::metrics::v1::{
    ExponentialHistogram, ExponentialHistogramDataPoint, Gauge, Histogram, HistogramDataPoint, Metric, NumberDataPoint,
    ResourceMetrics, ScopeMetrics, Sum, Summary, SummaryDataPoint, metric::Data,
};
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span};
use proptest::prelude::*;
use prost::Message as _;
use serde_json::{Value as Json, json};

/// One request in both encodings.
#[derive(Clone, Debug)]
pub(super) struct Twin {
    pub(super) protobuf: Vec<u8>,
    pub(super) json: Json,
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

fn value_json(value: &AnyValue) -> Json {
    match &value.value {
        None => json!({}),
        Some(Any::StringValue(text)) => json!({"stringValue": text}),
        Some(Any::BoolValue(value)) => json!({"boolValue": value}),
        Some(Any::IntValue(value)) if value % 2 == 0 => json!({"intValue": value.to_string()}),
        Some(Any::IntValue(value)) => json!({"intValue": value}),
        Some(Any::DoubleValue(value)) if value.is_finite() => json!({"doubleValue": value}),
        Some(Any::DoubleValue(value)) => json!({"doubleValue": value.to_string()}),
        Some(Any::BytesValue(bytes)) => json!({"bytesValue": base64(bytes)}),
        Some(Any::ArrayValue(list)) => {
            json!({"arrayValue": {"values": list.values.iter().map(value_json).collect::<Vec<_>>()}})
        }
        Some(Any::KvlistValue(map)) => json!({"kvlistValue": {"values": attributes_json(&map.values)}}),
        Some(other) => panic!("not made here: {other:?}"),
    }
}

fn attributes_json(attributes: &[KeyValue]) -> Json {
    let one = |attribute: &KeyValue| match &attribute.value {
        Some(value) => json!({"key": attribute.key, "value": value_json(value)}),
        None => json!({"key": attribute.key}),
    };
    attributes.iter().map(one).collect::<Vec<_>>().into()
}

fn any_value() -> impl Strategy<Value = AnyValue> {
    let leaf = prop_oneof![
        Just(None),
        "\\PC{0,6}".prop_map(|text| Some(Any::StringValue(text))),
        any::<bool>().prop_map(|value| Some(Any::BoolValue(value))),
        any::<i64>().prop_map(|value| Some(Any::IntValue(value))),
        any::<f64>().prop_map(|value| Some(Any::DoubleValue(value))),
        (-9_i32..9).prop_map(|value| Some(Any::DoubleValue(value.into()))),
        prop::collection::vec(any::<u8>(), 0..6).prop_map(|bytes| Some(Any::BytesValue(bytes))),
    ]
    .prop_map(|value| AnyValue { value });
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4)
                .prop_map(|values| AnyValue { value: Some(Any::ArrayValue(ArrayValue { values })) }),
            prop::collection::vec(attribute(inner), 0..4)
                .prop_map(|values| AnyValue { value: Some(Any::KvlistValue(KeyValueList { values })) }),
        ]
    })
}

fn attribute(value: impl Strategy<Value = AnyValue>) -> impl Strategy<Value = KeyValue> {
    ("[a-c]{0,2}|\\PC", prop::option::weighted(0.9, value)).prop_map(|(key, value)| KeyValue {
        key,
        value,
        ..KeyValue::default()
    })
}

fn attributes() -> impl Strategy<Value = Vec<KeyValue>> {
    prop::collection::vec(attribute(any_value()), 0..5)
}

fn resource() -> impl Strategy<Value = Option<Resource>> {
    let service = prop::option::of(any_value());
    prop::option::weighted(0.9, (service, attributes())).prop_map(|resource| {
        resource.map(|(service, mut attributes)| {
            let name = |value| KeyValue { key: "service.name".into(), value: Some(value), ..KeyValue::default() };
            attributes.extend(service.map(name));
            Resource { attributes, ..Resource::default() }
        })
    })
}

fn resource_json(resource: Option<&Resource>) -> Json {
    resource.map_or(Json::Null, |resource| json!({"attributes": attributes_json(&resource.attributes)}))
}

fn spans() -> impl Strategy<Value = Vec<Span>> {
    let id = prop_oneof![
        (1_u8..4).prop_map(|id| vec![id; 16]),
        prop::collection::vec(any::<u8>(), 16),
        Just(vec![0; 16]),
        prop::collection::vec(any::<u8>(), 0..4),
    ];
    let span = (id, prop_oneof![Just(0_u64), 1_u64..5, any::<u64>()]).prop_map(|(trace_id, start)| Span {
        trace_id,
        span_id: vec![7; 8],
        name: "x".into(),
        start_time_unix_nano: start,
        // It marks the message as a span, as any real one is.
        end_time_unix_nano: 9,
        ..Span::default()
    });
    prop::collection::vec(span, 1..9)
}

pub(super) fn traces() -> impl Strategy<Value = Twin> {
    prop::collection::vec((resource(), spans()), 1..4).prop_map(|entries| {
        let mut request = ExportTraceServiceRequest::default();
        let mut list = Vec::new();
        for (resource, spans) in entries {
            let span = |span: &Span| {
                let id = if span.trace_id.first().is_some_and(|byte| byte % 2 == 0) && span.trace_id.len() == 16 {
                    base64(&span.trace_id)
                } else {
                    hex(&span.trace_id)
                };
                json!({"traceId": id, "startTimeUnixNano": span.start_time_unix_nano.to_string(), "name": span.name})
            };
            let records: Vec<Json> = spans.iter().map(span).collect();
            list.push(json!({"scopeSpans": [{"spans": records}], "resource": resource_json(resource.as_ref())}));
            let scope_spans = vec![ScopeSpans { spans, ..ScopeSpans::default() }];
            request.resource_spans.push(ResourceSpans { resource, scope_spans, ..ResourceSpans::default() });
        }
        Twin { protobuf: request.encode_to_vec(), json: json!({"resourceSpans": list}) }
    })
}

pub(super) fn logs() -> impl Strategy<Value = Twin> {
    let body = prop::option::weighted(0.9, any_value());
    let record = (any::<u64>(), any::<u64>(), any::<bool>(), -2_i32..30, body);
    let record = record.prop_map(|(time, observed, has_time, severity_number, body)| LogRecord {
        time_unix_nano: if has_time { time } else { 0 },
        observed_time_unix_nano: observed,
        // A record without any field would not tell that it is one of a log.
        severity_number: if severity_number == 0 && body.is_none() { 1 } else { severity_number },
        body,
        ..LogRecord::default()
    });
    prop::collection::vec((resource(), prop::collection::vec(record, 1..5)), 1..3).prop_map(|entries| {
        let mut request = ExportLogsServiceRequest::default();
        let mut list = Vec::new();
        for (resource, log_records) in entries {
            let log = |log: &LogRecord| {
                json!({
                    "body": log.body.as_ref().map(value_json),
                    "severityNumber": log.severity_number,
                    "observedTimeUnixNano": log.observed_time_unix_nano.to_string(),
                    "timeUnixNano": log.time_unix_nano,
                })
            };
            let records: Vec<Json> = log_records.iter().map(log).collect();
            list.push(json!({"resource": resource_json(resource.as_ref()), "scopeLogs": [{"logRecords": records}]}));
            let scope_logs = vec![ScopeLogs { log_records, ..ScopeLogs::default() }];
            request.resource_logs.push(ResourceLogs { resource, scope_logs, ..ResourceLogs::default() });
        }
        Twin { protobuf: request.encode_to_vec(), json: json!({"resourceLogs": list}) }
    })
}

/// A data point of any kind, told by `kind`: the metric that holds it and its JSON.
fn metric(name: String, kind: u8, points: Vec<(u64, Vec<KeyValue>)>) -> (Metric, Json) {
    let points_json: Vec<Json> = points
        .iter()
        .map(|(time, attributes)| json!({"attributes": attributes_json(attributes), "timeUnixNano": time.to_string()}))
        .collect();
    macro_rules! points {
        ($point:ident) => {
            points
                .into_iter()
                .map(|(time_unix_nano, attributes)| $point { time_unix_nano, attributes, ..$point::default() })
                .collect()
        };
    }
    let (word, data) = match kind {
        0 => ("gauge", Data::Gauge(Gauge { data_points: points!(NumberDataPoint) })),
        1 => ("sum", Data::Sum(Sum { data_points: points!(NumberDataPoint), ..Sum::default() })),
        2 => (
            "histogram",
            Data::Histogram(Histogram { data_points: points!(HistogramDataPoint), ..Histogram::default() }),
        ),
        3 => {
            let data_points = points!(ExponentialHistogramDataPoint);
            let data = ExponentialHistogram { data_points, ..ExponentialHistogram::default() };
            ("exponentialHistogram", Data::ExponentialHistogram(data))
        }
        _ => ("summary", Data::Summary(Summary { data_points: points!(SummaryDataPoint) })),
    };
    let json = json!({word: {"dataPoints": points_json}, "name": name});
    (Metric { name, data: Some(data), ..Metric::default() }, json)
}

pub(super) fn metrics() -> impl Strategy<Value = Twin> {
    let points = prop::collection::vec((prop_oneof![Just(0), any::<u64>()], attributes()), 0..4);
    let metric = ("\\PC{1,20}", 0_u8..5, points).prop_map(|(name, kind, points)| metric(name, kind, points));
    prop::collection::vec((resource(), prop::collection::vec(metric, 1..4)), 1..3).prop_map(|entries| {
        let mut request = ExportMetricsServiceRequest::default();
        let mut list = Vec::new();
        for (resource, pairs) in entries {
            let (metrics, records): (Vec<Metric>, Vec<Json>) = pairs.into_iter().unzip();
            list.push(json!({"scopeMetrics": [{"metrics": records}], "resource": resource_json(resource.as_ref())}));
            let scope_metrics = vec![ScopeMetrics { metrics, ..ScopeMetrics::default() }];
            request.resource_metrics.push(ResourceMetrics { resource, scope_metrics, ..ResourceMetrics::default() });
        }
        Twin { protobuf: request.encode_to_vec(), json: json!({"resourceMetrics": list}) }
    })
}

pub(super) fn any_request() -> impl Strategy<Value = Twin> {
    prop_oneof![traces(), metrics(), logs()]
}
