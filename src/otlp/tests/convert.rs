//! OTLP/JSON as protobuf.

use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use proptest::prelude::*;
use prost::Message;

use super::oracle::{Twin, logs, metrics, traces};
use crate::model::Signal;
use crate::otlp::{LeftOut, json_of, protobuf_of};

fn converted<M: Message + Default>(signal: Signal, json: &str) -> (M, LeftOut) {
    let (mut out, mut left_out) = (Vec::new(), LeftOut::default());
    protobuf_of(signal, json.as_bytes(), &mut out, &mut left_out).unwrap();
    (M::decode(out.as_slice()).unwrap(), left_out)
}

/// Both of a twin, in words, as a double that is no number equals nothing.
fn both<M: Message + Default + std::fmt::Debug>(
    signal: Signal,
    twin: &Twin,
    edit: impl FnOnce(&mut M),
) -> (String, String) {
    let (found, left_out) = converted::<M>(signal, &twin.json.to_string());
    assert_eq!(left_out, LeftOut::default(), "{}", twin.json);
    let mut expected = M::decode(twin.protobuf.as_slice()).unwrap();
    edit(&mut expected);
    (format!("{found:?}"), format!("{expected:?}"))
}

proptest! {
    #[test]
    fn both_encodings_of_a_request_are_the_same_protobuf(spans in traces(), points in metrics(), records in logs()) {
        let (found, expected) = both::<ExportTraceServiceRequest>(Signal::Traces, &spans, |request| {
            // The twin's JSON says less of spans.
            let all = request.resource_spans.iter_mut().flat_map(|entry| &mut entry.scope_spans);
            for span in all.flat_map(|entry| &mut entry.spans) {
                (span.span_id, span.end_time_unix_nano) = (Vec::new(), 0);
            }
        });
        prop_assert_eq!(found, expected);
        let (found, expected) = both::<ExportMetricsServiceRequest>(Signal::Metrics, &points, |_| {});
        prop_assert_eq!(found, expected);
        let (found, expected) = both::<ExportLogsServiceRequest>(Signal::Logs, &records, |_| {});
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn any_json_is_converted_or_refused(text in "[\\[\\]{}\",:a-e0-9. ]{0,40}", depth in 0_usize..300) {
        let nested = format!("{}{}", "{\"resourceSpans\":[".repeat(depth), "]}".repeat(depth));
        for json in [text, nested] {
            for signal in [Signal::Traces, Signal::Metrics, Signal::Logs] {
                let _ = protobuf_of(signal, json.as_bytes(), &mut Vec::new(), &mut LeftOut::default());
            }
        }
    }
}

const SPANS: &str = r#"{"batches":[{"resource":{"attributes":[{"key":"a","value":{"string_value":"b"}}],
  "droppedAttributesCount":"1","entityRefs":[{"schemaUrl":"u","type":"service","idKeys":["k"],"descriptionKeys":["d"]}]},
  "instrumentationLibrarySpans":[{"instrumentationLibrary":{"name":"n","version":"v"},"schema_url":"s","spans":[{
  "trace_id":"S/kvNXezTaajzpKdDg5HNg==","spanId":"APBnqgupArc=","parentSpanId":"00f067aa0ba902b7","traceState":"t",
  "name":"x","kind":"SPAN_KIND_SERVER","startTimeUnixNano":17,"endTimeUnixNano":"18.0","flags":"257",
  "events":[{"timeUnixNano":"5","name":"e","attributes":null,"droppedAttributesCount":2}],"droppedEventsCount":3,
  "links":[{"traceId":"4BF92F3577B34DA6A3CE929D0E0E4736","spanId":"00f067aa0ba902b7","flags":1}],"droppedLinksCount":4,
  "status":{"code":"STATUS_CODE_ERROR","message":"m"},
  "attributes":[{"key":"d","value":{"doubleValue":"-Infinity"}},{"key":"y","value":{"bytesValue":"AQI="}}]}]}]}]}"#;

const SPANS_OF_THE_STANDARD: &str = r#"{"resourceSpans":[{"resource":{"attributes":[{"key":"a","value":{"stringValue":"b"}}],
  "droppedAttributesCount":1,"entityRefs":[{"schemaUrl":"u","type":"service","idKeys":["k"],"descriptionKeys":["d"]}]},
  "scopeSpans":[{"scope":{"name":"n","version":"v","attributes":[],"droppedAttributesCount":0},"schemaUrl":"s","spans":[{
  "traceId":"4bf92f3577b34da6a3ce929d0e0e4736","spanId":"00f067aa0ba902b7","parentSpanId":"00f067aa0ba902b7","traceState":"t",
  "name":"x","kind":2,"startTimeUnixNano":"17","endTimeUnixNano":"18","flags":257,
  "events":[{"timeUnixNano":"5","name":"e","attributes":[],"droppedAttributesCount":2}],"droppedEventsCount":3,
  "links":[{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","spanId":"00f067aa0ba902b7","traceState":"","attributes":[],
  "droppedAttributesCount":0,"flags":1}],"droppedLinksCount":4,"status":{"code":2,"message":"m"},
  "attributes":[{"key":"y","value":{"bytesValue":"AQI="}}]}]}]}]}"#;

#[test]
fn every_spelling_is_read_and_the_official_types_read_the_same() {
    let (mut found, left_out) = converted::<ExportTraceServiceRequest>(Signal::Traces, SPANS);
    assert_eq!(left_out, LeftOut::default());
    let span = &mut found.resource_spans[0].scope_spans[0].spans[0];
    // What their JSON cannot say.
    let infinite = span.attributes.remove(0).value.unwrap();
    assert_eq!(format!("{infinite:?}"), "AnyValue { value: Some(DoubleValue(-inf)) }");
    let official: ExportTraceServiceRequest = serde_json::from_str(SPANS_OF_THE_STANDARD).unwrap();
    assert_eq!(found, official);
    assert_eq!(converted::<ExportTraceServiceRequest>(Signal::Traces, SPANS_OF_THE_STANDARD).0, official);
}

const POINTS: &str = r#"{"resourceMetrics":[{"scopeMetrics":[{"metrics":[
  {"name":"a","unit":"s","description":"d","metadata":[{"key":"k","value":{"intValue":"-5"}}],"gauge":{"dataPoints":[
    {"startTimeUnixNano":"1","timeUnixNano":"2","asDouble":1.5,"flags":1,"attributes":[],"exemplars":[
      {"timeUnixNano":"3","asInt":"-4","spanId":"00f067aa0ba902b7","traceId":"4bf92f3577b34da6a3ce929d0e0e4736",
       "filteredAttributes":[]},{"timeUnixNano":"3","asDouble":2.5}]}]}},
  {"name":"b","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[{"timeUnixNano":"2","asInt":"7"}]}},
  {"name":"c","histogram":{"aggregationTemporality":1,"dataPoints":[{"timeUnixNano":"2","count":"3","sum":4.5,
    "bucketCounts":["1","2"],"explicitBounds":[0.5],"min":1,"max":2}]}},
  {"name":"d","exponentialHistogram":{"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"2","count":"3","scale":-1,
    "zeroCount":"1","zeroThreshold":0.25,"positive":{"offset":-2,"bucketCounts":["1"]},"negative":{"offset":3}}]}},
  {"name":"e","summary":{"dataPoints":[{"timeUnixNano":"2","count":"3","sum":4,"quantileValues":[
    {"quantile":0.5,"value":1.25}]}]}}]}]}]}"#;

#[test]
fn every_field_of_every_kind_of_metric_comes_over() {
    let (found, left_out) = converted::<ExportMetricsServiceRequest>(Signal::Metrics, POINTS);
    assert_eq!(left_out, LeftOut::default());
    assert_eq!(found, serde_json::from_str(POINTS).unwrap());
    // And back again.
    let mut json = Vec::new();
    json_of(Signal::Metrics, &found.encode_to_vec(), &mut json).unwrap();
    assert_eq!(converted::<ExportMetricsServiceRequest>(Signal::Metrics, std::str::from_utf8(&json).unwrap()).0, found);
    let words =
        POINTS.replace("\"aggregationTemporality\":1", "\"aggregation_temporality\":\"AGGREGATION_TEMPORALITY_DELTA\"");
    assert_eq!(converted::<ExportMetricsServiceRequest>(Signal::Metrics, &words).0, found);
}

#[test]
fn what_protobuf_cannot_say_is_left_out_and_counted() {
    let log = r#"{"resourceLogs":[{"scopeLogs":[{"logs":[{"severityNumber":"SEVERITY_NUMBER_INFO","severityText":"I",
      "body":{"stringValue":"b"},"eventName":"e","observedTimeUnixNano":"-1","flags":1,"spanId":"zz","mood":{"a":[1]},
      "droppedAttributesCount":-1,"attributes":{"k":"v"},"timeUnixNano":5}]}],"resource":7}],"more":null}"#;
    let (found, left_out) = converted::<ExportLogsServiceRequest>(Signal::Logs, log);
    let record = &found.resource_logs[0].scope_logs[0].log_records[0];
    assert_eq!((record.severity_number, record.time_unix_nano, record.observed_time_unix_nano), (9, 5, 0));
    assert_eq!((record.event_name.as_str(), record.flags, record.attributes.len()), ("e", 1, 0));
    assert_eq!(left_out.count, 5, "{left_out:?}");
    assert_eq!(left_out.first.as_deref(), Some("all of a Resource"));
    for bad in ["", "{", "\"\u{1}\""] {
        assert!(protobuf_of(Signal::Logs, bad.as_bytes(), &mut Vec::new(), &mut LeftOut::default()).is_err(), "{bad}");
    }
}
