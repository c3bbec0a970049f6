//! How fast telemetry is written: `data write` of the real program onto three replicas in directories, on an embedded store.
//!
//!     cargo bench --bench writing -- [TRACES [ROUNDS [FILE...]]]
//!
//! The input is made: TRACES (500,000) traces of one to three spans in protobuf, 50 traces a request, over one hour of 256 hash
//! buckets and six nodes. FILEs, such as a recording, are written as well. Each round writes into a new cluster; user and system
//! time and the largest memory are the program's, as `/proc` tells them. What is told is the best round, and the median.

// A benchmark has nobody to report to, and its clock is the point of it.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods, missing_docs)]

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, InstrumentationScope, KeyValue};
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span, Status};
use otlp_part::model::SplitMix64;
use prost::Message as _;

const TRACES_A_REQUEST: u64 = 50;
/// 2025-11-05T12:00:00Z
const START_NANOS: u64 = 1_762_344_000_000_000_000;
const HOUR_NANOS: u64 = 3_600_000_000_000;
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

/// Traces of one to three spans, each request of one service.
fn made(traces: u64, file: &Path) -> u64 {
    let mut random = SplitMix64::new(6);
    let (mut out, mut spans) = (Vec::new(), 0);
    for request in 0..traces.div_ceil(TRACES_A_REQUEST) {
        let mut list = Vec::new();
        for _ in 0..TRACES_A_REQUEST.min(traces - request * TRACES_A_REQUEST) {
            let id = [(random.next_u64() | 1).to_be_bytes(), random.next_u64().to_be_bytes()].concat();
            let start = START_NANOS + random.below(HOUR_NANOS - 1_000_000_000);
            let mut parent = Vec::new();
            for n in 0..=random.below(3) {
                let span = span(&mut random, &id, &parent, start + n * 1000);
                parent.clone_from(&span.span_id);
                list.push(span);
            }
        }
        spans += list.len() as u64;
        let service = SERVICES[random.below(SERVICES.len() as u64) as usize];
        let request = ExportTraceServiceRequest {
            resource_spans: vec![ResourceSpans {
                resource: Some(Resource { attributes: vec![text("service.name", service)], ..Resource::default() }),
                scope_spans: vec![ScopeSpans {
                    scope: Some(InstrumentationScope { name: "bench".to_owned(), ..InstrumentationScope::default() }),
                    spans: list,
                    ..ScopeSpans::default()
                }],
                ..ResourceSpans::default()
            }],
        };
        out.extend_from_slice(&(request.encoded_len() as u32).to_be_bytes());
        out.extend_from_slice(&request.encode_to_vec());
    }
    fs::write(file, out).unwrap();
    spans
}

/// What one run took.
#[derive(Clone, Copy, Debug)]
struct Took {
    wall: f64,
    user: f64,
    system: f64,
    peak_mib: f64,
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_otlp-part"))
}

fn run(directory: &Path, file: &Path) -> (Took, serde_json::Value) {
    let cluster = directory.join("cluster");
    let _ = fs::remove_dir_all(&cluster);
    fs::create_dir_all(&cluster).unwrap();
    let nodes: Vec<String> =
        (1..=6).map(|n| format!(r#"{{"id":"n{n}","location":{{"availability_zone":"z{}"}}}}"#, n % 3)).collect();
    let spec =
        format!(r#"{{"nodes":[{}],"cluster":{{"placement":{{"algorithm":"zone-balanced"}}}}}}"#, nodes.join(","));
    fs::write(cluster.join("nodes.json"), spec).unwrap();
    let store = format!("file:{}", cluster.join("c.db").display());
    let done = program()
        .args(["--store", &store, "init", "--yes", "-q", "--file"])
        .arg(cluster.join("nodes.json"))
        .arg("--data-root")
        .arg(cluster.join("data"))
        .status()
        .unwrap();
    assert!(done.success());
    let (before, start) = (children_seconds(), Instant::now());
    let mut child = program()
        .args(["--store", &store, "data", "write", "--accept-old", "--yes", "-q", "-o", "json"])
        .arg(file)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut peak_mib = 0.0_f64;
    let status = loop {
        peak_mib = peak_mib.max(peak_of(child.id()).unwrap_or(0.0));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let wall = start.elapsed().as_secs_f64();
    assert!(status.success());
    let after = children_seconds();
    let mut answer = String::new();
    child.stdout.take().unwrap().read_to_string(&mut answer).unwrap();
    let took = Took { wall, user: after.0 - before.0, system: after.1 - before.1, peak_mib };
    (took, serde_json::from_str(&answer).unwrap())
}

/// User and system time of all processes that this one has waited for, from `/proc`; 100 ticks a second.
fn children_seconds() -> (f64, f64) {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    // Behind the name, which may hold anything, comes the third field; these are the 16th and 17th.
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    let seconds = |at: usize| fields[at - 3].parse::<f64>().unwrap() / 100.0;
    (seconds(16), seconds(17))
}

/// The largest resident memory of a process so far.
fn peak_of(pid: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? / 1024.0)
}

fn measure(directory: &Path, name: &str, file: &Path, traces: Option<u64>, rounds: usize) {
    let mut took: Vec<(Took, serde_json::Value)> = (0..rounds).map(|_| run(directory, file)).collect();
    took.sort_by(|a, b| a.0.wall.total_cmp(&b.0.wall));
    let answer = &took[0].1;
    let count = |name: &str| answer[name].as_u64().unwrap();
    let input = fs::metadata(file).unwrap().len();
    println!(
        "{name}: {} spans, {} metrics, {} logs; {:.1} MB of input, {:.1} MB of requests, {:.1} MB stored once; {} segments, {} batches",
        count("spans"),
        count("metrics"),
        count("logs"),
        input as f64 / 1e6,
        count("raw_bytes") as f64 / 1e6,
        count("bytes") as f64 / 1e6,
        count("segments"),
        count("batches"),
    );
    for (what, (Took { wall, user, system, peak_mib }, _)) in [("best", &took[0]), ("median", &took[rounds / 2])] {
        let records = (count("spans") + count("metrics") + count("logs")) as f64;
        let traces = traces.map(|traces| format!("{:.0} traces/s, ", traces as f64 / wall)).unwrap_or_default();
        println!(
            "  {what}: {wall:.2} s: {traces}{:.0} records/s, {:.1} MB/s of requests; {user:.2} s user, {system:.2} s system, {peak_mib:.0} MiB",
            records / wall,
            count("raw_bytes") as f64 / 1e6 / wall,
        );
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let mut number = |default: u64| arguments.next().map_or(default, |text| text.parse().unwrap());
    let (traces, rounds) = (number(500_000), number(3).max(1) as usize);
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("made.otlp");
    let spans = made(traces, &file);
    println!("{traces} traces, {spans} spans");
    measure(directory.path(), "made", &file, Some(traces), rounds);
    for path in arguments.map(PathBuf::from) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        measure(directory.path(), &name, &path, None, rounds);
    }
}
