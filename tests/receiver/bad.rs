//! What cannot be read is the sender's, and nobody else's.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use otlp_part::model::Signal;
use otlp_part::otlp::Encoding;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use prost::Message as _;
use serde_json::Value;

use crate::client::{Answer, Client, JSON, PROTOBUF, Request};
use crate::sample::{self, SIGNALS, path, records};
use crate::world::Cluster;

/// `google.rpc.Status`, as far as it is sent.
#[derive(Clone, PartialEq, Eq)]
struct Status {
    code: u64,
    message: String,
}

/// Reads a status as protobuf, field by field.
fn status_of(answer: &Answer) -> Status {
    if answer.header("content-type") == Some(JSON) {
        let json: Value = serde_json::from_slice(&answer.body).unwrap();
        return Status { code: json["code"].as_u64().unwrap(), message: json["message"].as_str().unwrap().to_owned() };
    }
    let mut rest = &answer.body[..];
    let mut status = Status { code: 0, message: String::new() };
    while !rest.is_empty() {
        let key = prost::encoding::decode_varint(&mut rest).unwrap();
        let value = prost::encoding::decode_varint(&mut rest).unwrap();
        match key {
            8 => status.code = value,
            _ => {
                let (bytes, behind) = rest.split_at(value as usize);
                if key == 18 {
                    status.message = String::from_utf8(bytes.to_vec()).unwrap();
                }
                rest = behind;
            }
        }
    }
    status
}

#[test]
fn each_kind_of_bad_request_has_its_answer() {
    let cluster = Cluster::new();
    let receiver = cluster.listen(&["--max-body", "100KB"]);
    let good = sample::json(Signal::Logs, 1, 3);
    let zipped = sample::gzip(&good);
    let large = vec![b' '; 100_001];
    let bomb = sample::zstd(&vec![b' '; 50 << 20]);
    let logs = |content_type, body| Request::post("/v1/logs", content_type, body);
    let cases: Vec<(Request<'_>, u16, &str)> = vec![
        (logs(JSON, b"{"), 400, "cannot be read"),
        (logs(JSON, b""), 400, "cannot be read"),
        (logs(JSON, b"{} {}"), 400, "cannot be read"),
        (logs(JSON, b"\xff"), 400, "UTF-8"),
        (logs(PROTOBUF, b"\xff\xff\xff"), 400, "cannot be read"),
        (logs(PROTOBUF, &good), 400, "cannot be read"),
        (logs(JSON, &good).header("Content-Encoding", "gzip"), 400, "gzip compression is cut or damaged"),
        (logs(JSON, &zipped[..zipped.len() / 2]).header("Content-Encoding", "gzip"), 400, "cut or damaged"),
        (logs(JSON, &zipped).header("Content-Encoding", "zstd"), 400, "zstd compression is cut or damaged"),
        (logs(JSON, br#"{"resourceProfiles":[{}]}"#), 400, "profiles"),
        (Request::post("/v1/traces", JSON, &good), 400, "it carries logs, but was sent as traces; POST it to /v1/logs"),
        (logs(JSON, &large), 413, "100 kB"),
        (logs(JSON, &large).chunked(), 413, "100 kB"),
        (logs(JSON, &bomb).header("Content-Encoding", "zstd"), 413, "100 kB"),
        (logs("text/plain", &good), 415, "Content-Type"),
        (Request { headers: Vec::new(), ..logs(JSON, &good) }, 415, "there is none"),
        (logs(JSON, &good).header("Content-Encoding", "br"), 415, "Content-Encoding"),
        (logs(JSON, &good).header("Content-Encoding", "gzip").header("Content-Encoding", "gzip"), 415, "more than one"),
        (Request::post("/v1/profiles", JSON, &good), 404, "/v1/traces"),
        (Request::get("/"), 404, "/v1/traces"),
        (Request::get("/v1/logs"), 405, "use POST"),
        (Request { method: "PUT", ..logs(JSON, b"") }, 405, "use POST"),
    ];
    let mut client = receiver.client();
    for (request, code, says) in cases {
        let what = format!("{} {} {:?}", request.method, request.path, request.headers);
        let answer = client.send(&request).unwrap();
        assert_eq!(answer.status, code, "{what}: {}", answer.text());
        let Status { code: grpc, message } = status_of(&answer);
        assert!(message.contains(says) && grpc > 0, "{what}: {message}");
        assert_eq!(answer.header("retry-after"), None, "{what}");
    }
    assert_eq!(client.send(&logs(JSON, &good)).unwrap().ok().text(), "{}", "the connection is as good as ever");
    assert_eq!(cluster.stored(), records(&good, Encoding::Json, Signal::Logs));
    assert_eq!(receiver.send(&Request::get("/healthz")).ok().text(), "ok\n");
}

/// One bad request among many at the same time fails alone.
#[test]
fn a_bad_request_does_not_harm_its_neighbours() {
    let cluster = Cluster::new();
    let receiver = cluster.listen(&["--linger", "500ms"]);
    let good: Vec<Vec<u8>> = (0..6).map(|n| sample::protobuf(Signal::Logs, n, 3)).collect();
    let mut clients: Vec<Client> = Vec::new();
    for body in &good {
        for body in [body.as_slice(), b"\x0a\x05bad"] {
            let mut client = receiver.client();
            client.begin(&Request::post("/v1/logs", PROTOBUF, body)).unwrap();
            clients.push(client);
        }
    }
    let codes: Vec<u16> = clients.iter_mut().map(|client| client.answer().unwrap().status).collect();
    assert_eq!(codes, [200, 400].repeat(6));
    let mut sent = sample::Records::new();
    good.iter().for_each(|body| sample::add(&mut sent, &records(body, Encoding::Protobuf, Signal::Logs)));
    assert_eq!(cluster.stored(), sent);
}

/// What is no HTTP closes its own connection alone.
#[test]
fn what_is_no_http_does_not_harm_it() {
    let cluster = Cluster::new();
    let mut receiver = cluster.listen(&[]);
    for garbage in [
        &b"\x16\x03\x01\x02\x00\x01"[..],
        b"GET\r\n\r\n",
        b"POST /v1/logs HTTP/9.9\r\n\r\n",
        b"\0\0\0\0",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        let mut client = receiver.client();
        client.raw(garbage).unwrap();
        drop(client);
    }
    let body = sample::protobuf(Signal::Logs, 1, 1);
    // A body that never comes whole.
    let mut cut = receiver.client();
    cut.raw(
        b"POST /v1/logs HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{\"resource",
    )
    .unwrap();
    drop(cut);
    receiver.send(&Request::post("/v1/logs", PROTOBUF, &body).header("Expect", "100-continue")).ok();
    assert!(receiver.is_running());
    assert_eq!(cluster.stored(), records(&body, Encoding::Protobuf, Signal::Logs));
}

/// Requests with bytes changed, cut or put in, and bytes that never were a request.
fn bodies() -> impl Strategy<Value = (bool, usize, Vec<u8>)> {
    let changed = (
        any::<bool>(),
        0..3_usize,
        any::<u64>(),
        proptest::collection::vec((any::<u16>(), any::<u8>()), 0..4),
        any::<u16>(),
    )
        .prop_map(|(is_json, signal, seed, changes, cut)| {
            let mut body = match is_json {
                true => sample::json(SIGNALS[signal], seed, 2),
                false => sample::protobuf(SIGNALS[signal], seed, 2),
            };
            for (at, byte) in changes {
                let at = usize::from(at) % body.len();
                body[at] = byte;
            }
            if cut % 5 == 0 {
                body.truncate(usize::from(cut) % body.len());
            }
            (is_json, signal, body)
        });
    let random = (any::<bool>(), 0..3_usize, proptest::collection::vec(any::<u8>(), 0..200));
    prop_oneof![changed, random]
}

#[test]
fn whatever_is_sent_is_never_an_error_of_the_receiver() {
    let cases = if crate::amount::is_full() { 4_000 } else { 400 };
    let cluster = Cluster::new();
    // Times that were changed make any hour.
    let mut receiver = cluster.listen(&["--linger", "0"]);
    let client = Mutex::new(receiver.client());
    let (good, bad) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    runner
        .run(&(bodies(), 0..3_u8), |((is_json, signal, body), compression)| {
            let content_type = if is_json { JSON } else { PROTOBUF };
            let sent = match compression {
                0 => body,
                1 => sample::gzip(&body),
                _ => sample::zstd(&body),
            };
            let mut request = Request::post(path(SIGNALS[signal]), content_type, &sent);
            if compression > 0 {
                request = request.header("Content-Encoding", if compression == 1 { "gzip" } else { "zstd" });
            }
            let answer = client.lock().unwrap().send(&request).unwrap();
            prop_assert!([200, 400].contains(&answer.status), "{answer:?}");
            if answer.status == 200 { &good } else { &bad }.fetch_add(1, Ordering::Relaxed);
            Ok(())
        })
        .unwrap();
    assert!(receiver.is_running());
    let (good, bad) = (good.into_inner(), bad.into_inner());
    assert!(good > cases as usize / 20 && bad > cases as usize / 5, "{good} good, {bad} bad");
    // What was taken is whole.
    cluster.stored();
    let whole = ExportTraceServiceRequest::default().encode_to_vec();
    receiver.send(&Request::post("/v1/traces", PROTOBUF, &whole)).ok();
}
