//! Filters against a naive oracle, in both encodings.

use std::collections::{BTreeMap, BTreeSet};

use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use otlp_part::model::Signal;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::world::{HOUR, SECOND, World, log, metric, records_of, span, time_text, trace_id, uid_of};

const SERVICES: [&str; 3] = ["cart", "front", "pay ment"];
const NAMES: [&str; 3] = ["GET /", "load", "é\"\\"];

/// One record: signal, service, name, severity, trace, span, minute, attribute.
type Drawn = (u8, usize, usize, u64, u64, u64, u64, u8);

fn drawn() -> impl Strategy<Value = Drawn> {
    (0_u8..3, 0_usize..3, 0_usize..3, 0_u64..25, 0_u64..6, 0_u64..8, 0_u64..80, 0_u8..4)
}

/// An attribute in one of the forms that a value may have.
fn attribute(kind: u8) -> Value {
    match kind {
        0 => json!({"key": "color", "value": {"stringValue": "red"}}),
        1 => json!({"key": "color", "value": {"intValue": "7"}}),
        2 => json!({"key": "color", "value": {"boolValue": true}}),
        _ => json!({"key": "shape", "value": {"doubleValue": 0.5}}),
    }
}

/// A request with one record, whose resource and scope say something too.
fn request(uid: u64, &(signal, service, name, severity, trace, number, minute, kind): &Drawn) -> Value {
    // Traces stay within an hour and a half, so that neighbouring buckets hold all of one.
    let at = HOUR - 1200 * SECOND + minute * 60 * SECOND + uid;
    let add = |record: &mut Value| record.as_array_mut().unwrap().push(attribute(kind));
    let zone = ["a", "b"][number as usize % 2];
    let resource = json!({"attributes": [
        {"key": "service.name", "value": {"stringValue": SERVICES[service]}},
        {"key": "zone", "value": {"stringValue": zone}},
    ]});
    let scope = json!({"name": "lib", "attributes": [{"key": "lib", "value": {"intValue": "1"}}]});
    match signal {
        0 => {
            let mut record = span(trace, number, at, NAMES[name], uid);
            add(&mut record["attributes"]);
            json!({"resourceSpans": [{"resource": resource, "scopeSpans": [{"scope": scope, "spans": [record]}]}]})
        }
        1 => {
            let mut record = metric(at, NAMES[name], -3, uid);
            add(&mut record["gauge"]["dataPoints"][0]["attributes"]);
            json!({"resourceMetrics": [{"resource": resource, "scopeMetrics": [{"scope": scope, "metrics": [record]}]}]})
        }
        _ => {
            let mut record = log(at, severity, "said", uid);
            add(&mut record["attributes"]);
            json!({"resourceLogs": [{"resource": resource, "scopeLogs": [{"scope": scope, "logRecords": [record]}]}]})
        }
    }
}

/// The same request in protobuf behind its length.
fn protobuf(request: &Value) -> Vec<u8> {
    fn of<M: prost::Message + serde::de::DeserializeOwned>(request: &Value) -> Vec<u8> {
        serde_json::from_value::<M>(request.clone()).unwrap().encode_to_vec()
    }
    let bytes = if request.get("resourceSpans").is_some() {
        of::<ExportTraceServiceRequest>(request)
    } else if request.get("resourceMetrics").is_some() {
        of::<ExportMetricsServiceRequest>(request)
    } else {
        of::<ExportLogsServiceRequest>(request)
    };
    [&(bytes.len() as u32).to_be_bytes()[..], &bytes].concat()
}

#[derive(Clone, Debug, Default)]
struct Asked {
    from: u64,
    to: u64,
    service: Option<usize>,
    name: Option<usize>,
    severity: Option<u64>,
    signal: Option<u8>,
    attributes: Vec<(&'static str, &'static str)>,
}

fn asked() -> impl Strategy<Value = Asked> {
    let attributes = prop::sample::select(vec![
        vec![("color", "red")],
        vec![("color", "7")],
        vec![("color", "true"), ("zone", "b")],
        vec![("shape", "0.5"), ("lib", "1")],
        vec![("zone", "a")],
        vec![("color", "blue")],
    ]);
    let rare = |range: std::ops::Range<usize>| prop::option::weighted(0.4, range);
    (
        0_u64..80,
        1_u64..100,
        rare(0..3),
        rare(0..3),
        prop::option::weighted(0.2, 0_u64..25),
        prop::option::weighted(0.3, 0_u8..3),
        prop::option::weighted(0.4, attributes),
    )
        .prop_map(|(from, length, service, name, severity, signal, attributes)| Asked {
            from,
            to: from + length,
            service,
            name,
            // The command refuses severities of other signals.
            signal: signal.filter(|signal| severity.is_none() || *signal == 2),
            severity,
            attributes: attributes.unwrap_or_default(),
        })
}

fn at_minute(minute: u64) -> u64 {
    HOUR - 1200 * SECOND + minute * 60 * SECOND
}

impl Asked {
    fn words(&self) -> String {
        let mut words = format!("--from {} --to {}", time_text(at_minute(self.from)), time_text(at_minute(self.to)));
        if let Some(service) = self.service {
            words += &format!(" --service '{}'", SERVICES[service]);
        }
        if let Some(name) = self.name {
            words += &format!(" --name '{}'", NAMES[name]);
        }
        if let Some(severity) = self.severity {
            words += &format!(" --severity {severity}");
        }
        if let Some(signal) = self.signal {
            words += &format!(" --signal {}", ["traces", "metrics", "logs"][usize::from(signal)]);
        }
        for (key, value) in &self.attributes {
            words += &format!(" --attribute {key}={value}");
        }
        words
    }

    /// The naive answer: each record is looked at as JSON.
    fn matches(&self, signal: Signal, resource: &Value, record: &Value) -> bool {
        let number = match signal {
            Signal::Traces => 0,
            Signal::Metrics => 1,
            Signal::Logs => 2,
        };
        let point = &record["gauge"]["dataPoints"][0];
        let time = [&record["startTimeUnixNano"], &record["timeUnixNano"], &point["timeUnixNano"]];
        let time: u64 = time.iter().find_map(|time| time.as_str()).unwrap().parse().unwrap();
        let text = |value: &Value| match value.as_object().unwrap().iter().next().unwrap() {
            (_, Value::String(text)) => text.clone(),
            (_, other) => other.to_string(),
        };
        let own = if number == 1 { &point["attributes"] } else { &record["attributes"] };
        let mut there: Vec<(String, String)> = vec![("lib".into(), "1".into())];
        for attribute in own.as_array().unwrap().iter().chain(resource["attributes"].as_array().unwrap()) {
            there.push((attribute["key"].as_str().unwrap().to_owned(), text(&attribute["value"])));
        }
        let has = |(key, value): &(&str, &str)| there.iter().any(|(k, v)| k == key && v == value);
        let severity = match record["severityNumber"].as_u64().unwrap_or(0) {
            0 => 9,
            number => number,
        };
        (at_minute(self.from)..at_minute(self.to)).contains(&time)
            && self.signal.is_none_or(|wanted| wanted == number)
            && self.severity.is_none_or(|wanted| number == 2 && severity >= wanted)
            && self.service.is_none_or(|service| has(&("service.name", SERVICES[service])))
            && self.name.is_none_or(|name| record["name"] == NAMES[name])
            && self.attributes.iter().all(has)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_range_gives_what_a_naive_reading_gives(
        records in prop::collection::vec(drawn(), 1..60),
        batches in 1_usize..5,
        binary: bool,
        asked in prop::collection::vec(asked(), 1..5),
    ) {
        let requests: Vec<Value> = (0..).zip(&records).map(|(uid, drawn)| request(uid, drawn)).collect();
        let mut world = World::new();
        for batch in requests.chunks(requests.len().div_ceil(batches)) {
            let input: Vec<u8> = if binary {
                batch.iter().flat_map(protobuf).collect()
            } else {
                batch.iter().flat_map(|request| format!("{request}\n").into_bytes()).collect()
            };
            world.write(&input);
        }
        world.save();
        for asked in asked {
            let mut single: BTreeSet<u64> = BTreeSet::new();
            let mut of_span: BTreeMap<(String, String), BTreeSet<u64>> = BTreeMap::new();
            for (signal, resource, record) in requests.iter().flat_map(records_of) {
                if asked.matches(signal, &resource, &record) {
                    let uid = uid_of(signal, &record);
                    if signal == Signal::Traces {
                        let id = |name: &str| record[name].as_str().unwrap().to_owned();
                        of_span.entry((id("traceId"), id("spanId"))).or_default().insert(uid);
                    } else {
                        single.insert(uid);
                    }
                }
            }
            let words = asked.words();
            let found = world.uids(&words);
            let given: BTreeSet<u64> = found.iter().copied().collect();
            prop_assert_eq!(given.len(), found.len(), "{}: one came twice", &words);
            prop_assert_eq!(found.len(), single.len() + of_span.len(), "{}", &words);
            prop_assert!(single.is_subset(&given), "{}", &words);
            for uids in of_span.values() {
                prop_assert_eq!(uids.intersection(&given).count(), 1, "{}", &words);
            }
            let counted = world.query(&format!("{words} --count -o json")).ok().json();
            let count = |name: &str| counted[name].as_u64().unwrap() as usize;
            prop_assert_eq!(count("spans"), of_span.len());
            prop_assert_eq!(count("metrics") + count("logs"), single.len());
            // Rows come in the order of time within each hour.
            let rows = world.query(&format!("{words} -o json")).ok().json();
            let times: Vec<u64> = rows.as_array().unwrap().iter().map(|r| r["time_unix_nano"].as_str().unwrap().parse().unwrap()).collect();
            let hours: Vec<u64> = times.iter().map(|time| time / (3600 * SECOND)).collect();
            prop_assert!(hours.is_sorted() && times.is_sorted(), "{}", &words);
        }
        for trace in 0..6 {
            let line = format!("--trace-id {} --ignore-not-found", trace_id(trace));
            let expected: BTreeSet<u64> = records.iter().filter(|r| r.0 == 0 && r.4 == trace).map(|r| r.5).collect();
            prop_assert_eq!(world.uids(&line).len(), expected.len());
        }
    }
}

/// What protobuf says comes out as OTLP/JSON in the spelling of the standard, and as protobuf byte for byte.
#[test]
fn protobuf_goes_through_or_becomes_json() {
    let drawn: Drawn = (0, 0, 0, 0, 1, 1, 30, 3);
    let exponential = json!({"resourceMetrics": [{"scopeMetrics": [{"metrics": [{"name": "h", "exponentialHistogram": {
        "aggregationTemporality": 2,
        "dataPoints": [{"timeUnixNano": HOUR.to_string(), "count": "5", "sum": 2.5, "scale": 1, "zeroCount": "1",
            "positive": {"offset": 1, "bucketCounts": ["1", "3"]}, "attributes": [{"key": "uid", "value": {"bytesValue": "AP8="}}]}],
    }}]}]}]});
    let input: Vec<u8> = [request(0, &drawn), exponential.clone()].iter().flat_map(protobuf).collect();
    let mut world = World::new();
    world.write(&input);
    world.save();
    let range = format!("--from {} --for 2h", time_text(HOUR - 1200 * SECOND));
    let lines = world.query(&format!("{range} --encoding jsonl")).ok().out;
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let point =
        &lines[0]["resourceMetrics"][0]["scopeMetrics"][0]["metrics"][0]["exponentialHistogram"]["dataPoints"][0];
    let expected =
        &exponential["resourceMetrics"][0]["scopeMetrics"][0]["metrics"][0]["exponentialHistogram"]["dataPoints"][0];
    for field in ["timeUnixNano", "count", "sum", "zeroCount", "attributes"] {
        assert_eq!(point[field], expected[field], "{field} of {point}");
    }
    assert_eq!(point["positive"]["bucketCounts"], expected["positive"]["bucketCounts"]);
    let span = &lines[1]["resourceSpans"][0]["scopeSpans"][0]["spans"][0];
    assert_eq!(span["traceId"], trace_id(1));
    assert_eq!((&span["spanId"], span["startTimeUnixNano"].is_string()), (&json!("0000000000000002"), true));
    let mut out = Vec::new();
    for words in ["--signal metrics", "--signal traces"] {
        let done = world.lab.run(&World::line(&format!("{range} {words} --encoding proto"))).ok();
        out.push(done.out);
    }
    assert!(!out[0].is_empty() && !out[1].is_empty());
    let mut json = World::new();
    json.write(format!("{}\n", request(0, &drawn)).as_bytes());
    json.save();
    let mut out = Vec::new();
    let line = World::line(&format!("{range} --encoding proto -q")).replace("$DIR/c.json", &json.lab.text("c.json"));
    let done = json.lab.run_bytes(&line.split(' ').collect::<Vec<_>>(), &mut out);
    assert_eq!((done.code, done.err.as_str()), (0, ""), "what is stored as JSON becomes protobuf");
    assert_eq!(out, protobuf(&request(0, &drawn)));
}
