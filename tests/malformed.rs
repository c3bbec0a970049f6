//! Malformed arguments, ids, times, OTLP and stored values: never a panic, always an exit code of the table.
//!
//! The same cases every time, a few hundred of each kind. More, and others each time:
//! `OTLP_PART_CASES=1000000 cargo test --release --test malformed`.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used)]

#[path = "malformed/executions.rs"]
mod executions;
mod support;

use std::sync::LazyLock;

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use prost::Message as _;

use otlp_part::model::ratio::parse_ratio;
use otlp_part::model::routing_key::parse_severity;
use otlp_part::model::time::{parse_duration, parse_time};
use otlp_part::model::{
    ByteSize, ClusterSpec, Document, Location, NodeId, NodeState, PartitionId, PartitionRecord, PartitionState,
    TraceId, Weight,
};
use otlp_part::planner::document::PlanDocument;
use otlp_part::routing::Near;
use support::{Done, Lab, NOW, record, snapshot};

/// So many cases, or a share of `OTLP_PART_CASES`.
#[allow(clippy::disallowed_methods, reason = "the one switch of this test program")]
fn config(default: u32, percent: u32) -> ProptestConfig {
    let asked = std::env::var("OTLP_PART_CASES").ok().map(|text| text.parse::<u32>().unwrap());
    ProptestConfig {
        cases: asked.map_or(default, |cases| (u64::from(cases) * u64::from(percent)).div_ceil(100) as u32),
        rng_seed: if asked.is_some() { RngSeed::Random } else { RngSeed::Fixed(20_251_105) },
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// One directory for all, which is also the working directory: whatever a command line makes lands there.
static LAB: LazyLock<Lab> = LazyLock::new(|| {
    let lab = Lab::new();
    std::env::set_current_dir(lab.directory()).unwrap();
    lab.init("c.db");
    lab.file("s.json", healthy());
    lab.file("o.jsonl", OTLP);
    lab
});

/// A plan for what the snapshot `m.json` holds, which is also in a file.
static PLAN: LazyLock<String> = LazyLock::new(|| {
    let id = "partition_489540_0051";
    let record = record(id, &["n1", "n2"], Some("n1"), 5);
    let key = format!("partitions/{id}");
    LAB.file(
        "m.json",
        snapshot(&[("nodes/n1", "{}"), ("nodes/n2", "{}"), ("nodes/n3", "{}"), ("cluster", SPEC), (&key, &record)]),
    );
    let line =
        format!("--store snapshot:m.json plan-rebalance --move {id},from=n1,to=n3 --leader {id}=n2 --out p.json -q");
    assert_eq!(LAB.run(&line).code, 0, "{:?}", LAB.run(&line));
    String::from_utf8(LAB.read("p.json")).unwrap()
});

fn healthy() -> String {
    let id = "partition_489542_0051";
    snapshot(&[
        ("nodes/n1", NODE),
        ("cluster", SPEC),
        (&format!("partitions/{id}"), &record(id, &["n1"], Some("n1"), 5)),
    ])
}

const SPEC: &str = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c","partitioning":[{"hash_buckets":64,"boundaries":[]}],"placement":{"algorithm":"ring","virtual_nodes":9},"replication_factor":2}"#;
const NODE: &str =
    r#"{"weight":1.5,"capacity_bytes":4000,"location":{"region":"eu","availability_zone":"z"},"state":"Active"}"#;
const OTLP: &str = r#"{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"a"}}]},"scopeSpans":[{"spans":[{"traceId":"04a971f14b28f97dc6888f7bd33157cf","startTimeUnixNano":"1762353824000000000"}]}]}]}
{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1762353824000000000","severityNumber":17,"body":{"kvlistValue":{"values":[{"key":"k","value":{"doubleValue":1e300}}]}}}]}]}]}
{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m","sum":{"dataPoints":[{"timeUnixNano":1762353824000000000,"asInt":"-5","attributes":[{"key":"k","value":{"arrayValue":{"values":[{"intValue":"1"}]}}}]}]}}]}]}]}
"#;

/// What every run must keep.
fn sound(done: &Done, what: &impl std::fmt::Debug) {
    assert!([0, 1, 2, 3].contains(&done.code), "{what:?}: {done:#?}");
    said(done, what);
}

/// Whoever fails says why.
fn said(done: &Done, what: &impl std::fmt::Debug) {
    if done.code != 0 {
        let said =
            ["error: ", "Usage: ", "\"schema\":\"otlp-part/error/v1\""].iter().any(|word| done.err.contains(word));
        assert!(said, "{what:?} ended with {} and no word: {done:#?}", done.code);
    }
}

/// Words that command lines are made of. None names a place outside the working directory.
const WORDS: [&str; 118] = [
    "route",
    "ring",
    "get",
    "owners",
    "node",
    "list",
    "add",
    "set",
    "remove",
    "partition",
    "create",
    "boundaries",
    "cluster",
    "snapshot",
    "export",
    "import",
    "status",
    "store",
    "compact",
    "demo",
    "init",
    "man",
    "completions",
    "bash",
    "help",
    "--help",
    "-h",
    "--version",
    "--store",
    "file:c.db",
    "snapshot:s.json",
    "snapshot:-",
    "file:none.db",
    "snapshot:",
    "etcd://x",
    "--nodes",
    "a,b,c",
    "node-1",
    "n1",
    "a",
    "--trace-id",
    "04a971f14b28f97dc6888f7bd33157cf",
    "04a971f14b28f97dc6888f7bd33157c",
    "--trace-ids-from",
    "-",
    "o.jsonl",
    "s.json",
    "--otlp",
    "--metric",
    "--service",
    "--label",
    "k=v",
    "--log",
    "--severity",
    "error",
    "--body",
    "--time",
    "now",
    "now-2h",
    "-90m",
    "2025-11-05",
    "2025-11-05T14:43:44.5+01:00",
    "1762353824",
    "1762353824000000000",
    "--time-from-id",
    "xray",
    "uuidv7",
    "--slack",
    "2",
    "--from",
    "now-1h",
    "--to",
    "--for",
    "1h",
    "--last",
    "--service-from",
    "--service-to",
    "--bucket",
    "3,5",
    "--signal",
    "traces",
    "--near",
    "zone=z",
    "--each",
    "--explain",
    "--strict",
    "-o",
    "json",
    "ndjson",
    "csv",
    "name",
    "value=leader",
    "table",
    "--columns",
    "partition,leader",
    "--sort",
    "leader:desc",
    "--limit",
    "--no-headers",
    "-q",
    "--color",
    "always",
    "--at",
    "1",
    "--dry-run",
    "--yes",
    "--weight",
    "--state",
    "readonly",
    "--expired",
    "partition_489542_0051",
    "--size",
    "5GB",
    "--force",
    "--count",
    "alphabetic:3",
    "rebalance.threshold=5%",
    "--",
];

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        12 => select(&WORDS[..]).prop_map(str::to_owned),
        1 => mutated(select(&WORDS[..]).prop_map(|w| w.as_bytes().to_vec())).prop_map(|b| String::from_utf8_lossy(&b).replace('/', "_")),
        1 => "[^/]{0,12}",
        1 => "-{1,2}[a-z-]{0,9}=?[a-z,:]{0,4}",
    ]
}

/// A command line that makes sense up to a place, then may not.
fn line() -> impl Strategy<Value = Vec<String>> {
    const BEGINNINGS: [&str; 17] = [
        "route --nodes a,b,c --trace-id 04a971f14b28f97dc6888f7bd33157cf",
        "route --nodes a,b,c --last 1h",
        "route --nodes a --otlp o.jsonl",
        "route --nodes a --trace-ids-from -",
        "route --nodes a --metric m --service s",
        "--store snapshot:s.json route --last 1h",
        "--store snapshot:s.json partition list",
        "--store snapshot:- status",
        "--store file:c.db node set node-1 --dry-run",
        "--store file:c.db node fail --dry-run",
        "--store file:c.db cluster set --dry-run",
        "--store file:c.db partition create --dry-run --from now --for 1h",
        "--store file:c.db node list",
        "ring owners --nodes a,b",
        "partition boundaries --otlp o.jsonl --count",
        "",
        "",
    ];
    let beginning =
        select(&BEGINNINGS[..]).prop_map(|text| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    (beginning, prop::collection::vec(word(), 0..7)).prop_map(|(mut words, more)| {
        words.extend(more);
        words
    })
}

/// Some bytes changed, cut out, doubled or put in.
fn mutated(bytes: impl Strategy<Value = Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), 0..5_u8, any::<u8>(), 1..9_usize);
    (bytes, prop::collection::vec(change, 0..5)).prop_map(|(mut bytes, changes)| {
        for (at, kind, byte, length) in changes {
            let at = at.index(bytes.len() + 1);
            let end = (at + length).min(bytes.len());
            match kind {
                0 if at < bytes.len() => bytes[at] = byte,
                1 => drop(bytes.drain(at..end)),
                2 => {
                    let part = bytes[at..end].to_vec();
                    bytes.splice(at..at, part);
                }
                3 => bytes.truncate(at.max(1)),
                _ => {
                    let text = [
                        r#"""#,
                        "{",
                        "[",
                        "}",
                        "]",
                        ",",
                        "null",
                        "-1",
                        "1e999",
                        "99999999999999999999",
                        "\\ud800",
                        "\u{0}",
                        "\n",
                    ];
                    bytes.splice(at..at, text[usize::from(byte) % text.len()].bytes());
                }
            }
        }
        bytes
    })
}

fn protobuf() -> Vec<u8> {
    let span =
        |n: u8| Span { trace_id: vec![n; 16], start_time_unix_nano: 1_762_353_824_000_000_000, ..Span::default() };
    let spans = ScopeSpans { spans: vec![span(1), span(2)], ..ScopeSpans::default() };
    let spans = ResourceSpans { scope_spans: vec![spans], ..ResourceSpans::default() };
    ExportTraceServiceRequest { resource_spans: vec![spans] }.encode_to_vec()
}

fn otlp() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        4 => mutated(Just(OTLP.as_bytes().to_vec())),
        3 => mutated(Just(protobuf())),
        1 => mutated(Just([&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3][..], &protobuf()].concat())),
        1 => mutated(Just([&[0x28, 0xb5, 0x2f, 0xfd][..], &protobuf()].concat())),
        1 => prop::collection::vec(any::<u8>(), 0..300),
    ]
}

proptest! {
    #![proptest_config(config(400, 40))]

    #[test]
    fn command_lines(words in line(), input in select(vec![0_usize, 1, 2])) {
        let stdin = [String::new(), healthy(), format!("{OTLP}\n04a971f14b28f97dc6888f7bd33157cf,now\n")][input].clone();
        let args: Vec<&str> = words.iter().map(String::as_str).collect();
        sound(&LAB.run_with(&args, stdin.as_bytes()), &words);
    }
}

proptest! {
    #![proptest_config(config(2_000, 20))]

    /// Whatever parses is written in a form that parses to the same.
    #[test]
    fn words_of_every_type(text in prop_oneof![
        ".{0,40}",
        "[0-9a-fA-F-]{30,38}",
        "partition_-?[0-9]{0,17}_[0-9]{0,6}(\\.[01]{0,9})?",
        "-?[0-9]{0,21}(\\.[0-9]{0,12})?(e[0-9]{1,4})?[a-zA-Z%]{0,3}",
        "[+-]?[0-9]{1,5}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{0,12})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?",
        "(now)?[+-][0-9]{1,20}(ns|us|ms|s|m|h|d|w|y)",
        "(region|az|zone|dc)=[^=]{0,4},?(region|az|zone|dc)?=?[^=]{0,4}",
    ]) {
        if let Ok(id) = TraceId::parse(&text) {
            prop_assert_eq!(TraceId::parse(&id.to_string()).unwrap(), id);
        }
        if let Ok(id) = PartitionId::parse(&text) {
            prop_assert_eq!(&id.to_string(), &text);
        }
        if let Ok(id) = NodeId::parse(&text) {
            prop_assert_eq!(id.as_str(), text.as_str());
        }
        if let Ok(time) = parse_time(&text, NOW) {
            prop_assert_eq!(parse_time(&time.to_string(), NOW).unwrap(), time);
        }
        if let Ok(weight) = Weight::parse(&text) {
            prop_assert!(weight.as_f64() > 0.0 && weight.as_f64().is_finite());
        }
        if let Ok(ratio) = parse_ratio(&text) {
            prop_assert!(ratio >= 0.0 && ratio.is_finite(), "{}", ratio);
        }
        if let Ok(size) = ByteSize::parse(&text) {
            prop_assert!(ByteSize::parse(&size.to_string()).is_ok(), "{}", size);
        }
        if let Some(state) = NodeState::parse(&text) {
            prop_assert!(state.name().eq_ignore_ascii_case(&text));
        }
        if let Some(state) = PartitionState::parse(&text) {
            prop_assert!(state.name().eq_ignore_ascii_case(&text));
        }
        let _ = (parse_duration(&text).is_ok(), parse_severity(&text).is_some());
        let _ = (Location::parse(&text).is_ok(), Near::parse(&text).is_ok());
    }
}

proptest! {
    #![proptest_config(config(500, 20))]

    #[test]
    fn otlp_inputs(bytes in otlp(), shape in select(vec!["-q", "--each", "--strict"])) {
        let done = LAB.run_with(&["route", "--nodes", "a,b,c", "--otlp", "-", "-o", "json", shape], &bytes);
        sound(&done, &bytes);
        prop_assert!(done.code != 2, "{:#?}", done);
        if done.code == 0 {
            let answer = done.json();
            prop_assert!(answer.is_object() || answer.is_array(), "{}", answer);
        }
    }

    #[test]
    fn stored_values(
        spec in mutated(Just(SPEC.as_bytes().to_vec())),
        node in mutated(Just(NODE.as_bytes().to_vec())),
        partition in mutated(Just(record("partition_489542_0051", &["n1", "n2"], Some("n1"), 5).into_bytes())),
        extension in mutated(Just(br#"{"epoch":1,"split_bits":1,"pinned":false}"#.to_vec())),
        which in 0..5_usize,
        command in select(vec![
            "status", "plan-rebalance --dry-run", "plan-rebalance --curve", "node list", "node list --load", "node safe-to-remove n2", "cluster get", "partition list", "partition get partition_489542_0051", "ring get", "simulate --replication-factor 1 --fail node=n2",
            "route --trace-id 04a971f14b28f97dc6888f7bd33157cf --time 2025-11-05T14:43:44Z --explain",
            "route --from 2025-11-05T14:00Z --for 1h --each",
        ]),
    ) {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (good_record, key) = (record("partition_489542_0051", &["n1"], Some("n1"), 5), "partitions/partition_489542_0051");
        // One is mutated, or all.
        let pick = |i: usize, bad: &[u8], good: &str| if which == i || which == 4 { text(bad) } else { good.to_owned() };
        let values = [pick(0, &spec, SPEC), pick(1, &node, NODE), pick(2, &partition, &good_record), pick(3, &extension, "{}")];
        let file = snapshot(&[
            ("cluster", &values[0]), ("nodes/n1", &values[1]), ("nodes/n2", NODE), (key, &values[2]), ("ext/partition_489542_0051", &values[3]),
        ]);
        let args: Vec<&str> = ["--store", "snapshot:-", "-o", "json"].into_iter().chain(command.split(' ')).collect();
        sound(&LAB.run_with(&args, file.as_bytes()), &values);
        // The library alone: what parses is said again in the same way.
        if let Ok(spec) = ClusterSpec::parse(&spec) {
            let json = serde_json::to_vec(&spec).unwrap();
            prop_assert_eq!(ClusterSpec::parse(&json).unwrap(), spec);
        }
        let id = PartitionId::parse("partition_489542_0051").unwrap();
        if let Ok(record) = PartitionRecord::parse(id, &partition) {
            prop_assert_eq!(PartitionRecord::parse(id, record.to_document().to_json().as_bytes()).unwrap(), record);
        }
        if let Ok(document) = Document::parse(&extension) {
            prop_assert!(Document::parse(document.to_json().as_bytes()).is_ok_and(|again| again == document));
        }
    }

    /// Plan files as they are changed by hand, and with a digest that fits what they say then.
    #[test]
    fn plan_files(bytes in mutated(Just(PLAN.clone().into_bytes())), command in select(vec!["get", "verify", "diff"])) {
        let sealed = serde_json::from_slice::<PlanDocument>(&bytes).ok().map(|document| document.sealed().to_json());
        for text in [Some(String::from_utf8_lossy(&bytes).into_owned()), sealed].into_iter().flatten() {
            let mut args = vec!["--store", "snapshot:m.json", "plan", command, "-", "-o", "json"];
            args.extend((command == "diff").then_some("p.json"));
            let done = LAB.run_with(&args, text.as_bytes());
            // What does not fit is stale.
            prop_assert!(done.code == 4 && command == "verify" || { sound(&done, &text); true }, "{:?}", done);
        }
    }

    #[test]
    fn snapshot_documents(bytes in mutated(Just(healthy().into_bytes())), command in select(vec!["status", "snapshot export", "node list"])) {
        let args: Vec<&str> = ["--store", "snapshot:-"].into_iter().chain(command.split(' ')).collect();
        sound(&LAB.run_with(&args, &bytes), &String::from_utf8_lossy(&bytes));
    }
}
