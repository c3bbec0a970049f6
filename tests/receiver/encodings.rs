//! What is sent lies there afterwards, byte for byte, however it was sent.

use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceResponse;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceResponse;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceResponse;
use otlp_part::model::Signal;
use otlp_part::otlp::Encoding;
use prost::Message as _;
use serde_json::{Value, json};

use crate::client::{Client, JSON, PROTOBUF, Request};
use crate::sample::{self, Records, SIGNALS, add, path, records};
use crate::world::Cluster;

#[test]
fn every_signal_encoding_and_compression_is_kept_as_it_was_sent() {
    let cluster = Cluster::new();
    let receiver = cluster.listen(&["-o", "ndjson"]);
    let mut client = receiver.client();
    let mut sent = Records::new();
    let mut seed = 0;
    for signal in SIGNALS {
        for encoding in [Encoding::Json, Encoding::Protobuf] {
            for compression in ["", "identity", "gzip", "x-gzip", "zstd"] {
                for is_chunked in [false, true] {
                    seed += 1;
                    let (text, content_type) = match encoding {
                        Encoding::Json => (sample::json(signal, seed, 7), "Application/JSON; charset=utf-8"),
                        Encoding::Protobuf => (sample::protobuf(signal, seed, 7), PROTOBUF),
                    };
                    let body = match compression {
                        "gzip" | "x-gzip" => sample::gzip(&text),
                        "zstd" => sample::zstd(&text),
                        _ => text.clone(),
                    };
                    let mut request = Request::post(path(signal), content_type, &body);
                    if !compression.is_empty() {
                        request = request.header("Content-Encoding", compression);
                    }
                    if is_chunked {
                        request = request.chunked();
                    }
                    // All on one connection.
                    let answer = client.send(&request).unwrap().ok();
                    let (own, full) = match encoding {
                        Encoding::Json => (JSON, "{}"),
                        Encoding::Protobuf => (PROTOBUF, ""),
                    };
                    assert_eq!((answer.header("content-type"), answer.text().as_str()), (Some(own), full));
                    add(&mut sent, &records(&text, encoding, signal));
                }
            }
        }
    }
    assert_eq!(cluster.stored(), sent);
    let ended = receiver.stop();
    assert_eq!(ended.code, Some(143), "{ended:#?}");
    let batches: Vec<Value> = ended.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(batches.len(), 60, "one sender that waits: a batch for each request");
    let total: u64 =
        batches.iter().map(|b| ["spans", "metrics", "logs"].map(|n| b[n].as_u64().unwrap()).iter().sum::<u64>()).sum();
    assert_eq!(total, sent.values().sum::<usize>() as u64);
    assert!(batches.iter().enumerate().all(|(n, batch)| batch["number"] == n));
}

#[test]
fn an_empty_request_is_a_success_and_leaves_nothing() {
    let cluster = Cluster::new();
    let receiver = cluster.listen(&[]);
    for signal in SIGNALS {
        receiver.send(&Request::post(path(signal), PROTOBUF, b"")).ok();
        assert_eq!(receiver.send(&Request::post(path(signal), JSON, b"{}")).ok().text(), "{}");
    }
    let unknown = receiver.send(&Request::post("/v1/logs", JSON, br#"{"later":[]}"#)).ok();
    let expected = json!({"partialSuccess": {"rejectedLogRecords": "0",
        "errorMessage": "nothing in the request is known as logs"}});
    assert_eq!(serde_json::from_str::<Value>(&unknown.text()).unwrap(), expected);
    assert!(cluster.json(&["partition", "list"]).as_array().unwrap().is_empty());
}

/// Sent as JSON and as protobuf; the answers say the same.
#[test]
fn what_is_not_taken_is_told_and_the_rest_is_written() {
    let cluster = Cluster::with(&["--retention-days", "1"]);
    let receiver = cluster.listen(&[]);
    let now = sample::now();
    let (old, new) = (now - 50 * 3600 * 1_000_000_000, now + 3 * 3600 * 1_000_000_000);
    let span = |id: &str, time: u64| json!({"traceId": id, "spanId": "00f067aa0ba902b7", "startTimeUnixNano": time.to_string()});
    let id = |n: u64| format!("4bf92f3577b34da6a3ce929d0e0e{n:04x}");
    let spans = json!([
        span(&id(1), now),
        span(&id(1), now),
        span(&id(2), old),
        span(&id(2), old),
        span(&id(3), new),
        span("00", now),
        span(&id(4), 0),
        span(&id(5), 0)
    ]);
    let body = json!({"resourceSpans": [{"scopeSpans": [{"spans": spans}]}]}).to_string();
    let answer = receiver.send(&Request::post("/v1/traces", JSON, body.as_bytes())).ok();
    let answer: Value = serde_json::from_str(&answer.text()).unwrap();
    assert_eq!(answer["partialSuccess"]["rejectedSpans"], "6");
    assert_eq!(
        answer["partialSuccess"]["errorMessage"],
        "1 spans have no valid trace id; 2 spans have no time; 2 spans lie beyond the retention; 1 spans lie more than an hour \
         ahead of this receiver's clock"
    );
    let point = |time: u64| json!({"timeUnixNano": time.to_string(), "asInt": "1"});
    let metric = |times: &[u64]| json!({"name": "m", "gauge": {"dataPoints": times.iter().map(|t| point(*t)).collect::<Vec<_>>()}});
    let metrics = json!([metric(&[now, 0]), metric(&[0, now, now]), metric(&[old, old]), metric(&[])]);
    let body = json!({"resourceMetrics": [{"scopeMetrics": [{"metrics": metrics}]}]}).to_string();
    let answer = receiver.send(&Request::post("/v1/metrics", JSON, body.as_bytes())).ok();
    let answer: Value = serde_json::from_str(&answer.text()).unwrap();
    assert_eq!(answer["partialSuccess"]["rejectedDataPoints"], "5");
    // A metric without any point is no data point.
    let body = json!({"resourceMetrics": [{"scopeMetrics": [{"metrics": [metric(&[])]}]}]}).to_string();
    let answer = receiver.send(&Request::post("/v1/metrics", JSON, body.as_bytes())).ok();
    let answer: Value = serde_json::from_str(&answer.text()).unwrap();
    assert_eq!(answer["partialSuccess"]["rejectedDataPoints"], "0");
    assert_eq!(answer["partialSuccess"]["errorMessage"], "metrics without a data point are not kept");
    // Two records of traces' one unit, and one metric of two points.
    assert_eq!(cluster.stored().values().sum::<usize>(), 3);
    let ended = receiver.stop();
    for line in [
        "2 spans, 1 metrics, 0 log records",
        "not written: 2 routing units lie beyond the retention",
        "not written: 1 routing units lie more than an hour ahead",
    ] {
        assert!(ended.out.contains(line), "{line}: {ended:#?}");
    }
    assert!(ended.err.contains("received 3 requests: 3 acknowledged; 4 records"), "{ended:#?}");
}

#[test]
fn a_cluster_of_one_signal_refuses_the_others() {
    let cluster = Cluster::with(&["--signal", "logs"]);
    let receiver = cluster.listen(&[]);
    let body = sample::protobuf(Signal::Traces, 1, 4);
    let answer = receiver.send(&Request::post("/v1/traces", PROTOBUF, &body)).ok();
    let partial = ExportTraceServiceResponse::decode(&*answer.body).unwrap().partial_success.unwrap();
    assert_eq!(partial.rejected_spans, 4);
    assert_eq!(partial.error_message, "4 spans are of a signal that this cluster does not store");
    let body = sample::protobuf(Signal::Metrics, 2, 3);
    let answer = receiver.send(&Request::post("/v1/metrics", PROTOBUF, &body)).ok();
    let partial = ExportMetricsServiceResponse::decode(&*answer.body).unwrap().partial_success.unwrap();
    assert_eq!(partial.rejected_data_points, 3);
    let body = sample::protobuf(Signal::Logs, 3, 3);
    let answer = receiver.send(&Request::post("/v1/logs", PROTOBUF, &body)).ok();
    assert_eq!(ExportLogsServiceResponse::decode(&*answer.body).unwrap().partial_success, None);
    assert_eq!(cluster.stored(), records(&body, Encoding::Protobuf, Signal::Logs));
}

/// Many at the same time; revisions are forgotten and nodes come meanwhile.
#[test]
fn concurrent_senders_are_written_together_and_once() {
    let cluster = Cluster::new();
    let receiver = cluster.listen(&["-o", "ndjson", "--progress", "json"]);
    let all = std::sync::Mutex::new(Records::new());
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let (all, address) = (&all, receiver.address);
            scope.spawn(move || {
                let mut client = Client::connect(address).unwrap();
                for n in 0..25_u64 {
                    let signal = SIGNALS[(n % 3) as usize];
                    let body = sample::protobuf(signal, thread * 1000 + n, 5);
                    client.send(&Request::post(path(signal), PROTOBUF, &body)).unwrap().ok();
                    add(&mut all.lock().unwrap(), &records(&body, Encoding::Protobuf, signal));
                }
            });
        }
        for _ in 0..5 {
            cluster.run(&["store", "compact", "--yes"]);
        }
        cluster.run(&["node", "set", "n1", "--weight", "2", "--yes"]);
    });
    assert_eq!(cluster.stored(), all.into_inner().unwrap());
    let ended = receiver.stop();
    assert!(ended.out.lines().count() < 200, "groups have more than one request");
    assert!(ended.err.contains(r#""what":"receiving","requests":"#), "{}", ended.err);
    assert!(ended.err.contains("received 200 requests: 200 acknowledged; 1000 records"), "{}", ended.err);
}
