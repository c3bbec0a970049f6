//! Everything that goes in comes out: the same traces with the same number of spans, and the same sum of record hashes, whatever
//! happens between.
//!
//! Of telemetry of its own by default, in both encodings; `OTLP_PART_RECORDINGS=DIR` takes every OTLP file below a directory.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "writing/sample.rs"]
#[allow(dead_code, reason = "each test program uses a part of it")]
mod sample;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use otlp_part::model::SplitMix64;
use otlp_part::otlp::{Encoding, Options, Reader, UnitKey};
use serde_json::Value;
use support::{Done, Lab};

/// What an input or an answer holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Content {
    /// The spans of each trace, each once.
    spans: BTreeMap<String, BTreeSet<Vec<u8>>>,
    /// Metrics and log records.
    others: u64,
    /// All records, also those that are there twice, and the sum of their hashes.
    records: u64,
    sum: u64,
}

/// Reads all of an input; gives also how it is written down.
fn content(input: &[u8]) -> (Content, Encoding) {
    let (mut content, mut encoding) = (Content::default(), Encoding::Json);
    let Ok(mut reader) = Reader::open(input, Options { layout: true, ..Options::default() }) else {
        return (content, encoding);
    };
    while let Ok(Some(batch)) = reader.next_batch() {
        let layout = batch.layout();
        encoding = layout.encoding();
        for record in layout.records() {
            let Some(unit) = layout.unit(record).and_then(|unit| batch.unit_at(unit)) else { continue };
            content.records += 1;
            content.sum = content.sum.wrapping_add(layout.record_sum(record));
            match unit.key {
                UnitKey::Trace { id } => {
                    let span = span_id(layout.record_bytes(record), encoding);
                    content.spans.entry(id.to_string()).or_default().insert(span);
                }
                UnitKey::Metric { .. } | UnitKey::Log { .. } => content.others += 1,
            }
        }
    }
    (content, encoding)
}

/// The id of a span as it is written down; the whole of one that has none.
fn span_id(span: &[u8], encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Json => {
            let json: Value = serde_json::from_slice(span).unwrap();
            let id = json.get("spanId").or_else(|| json.get("span_id")).and_then(Value::as_str);
            id.filter(|id| !id.is_empty()).map_or_else(|| span.to_vec(), |id| id.to_ascii_lowercase().into_bytes())
        }
        Encoding::Protobuf => {
            use opentelemetry_proto::tonic::trace::v1::Span;
            let id = <Span as prost::Message>::decode(span).unwrap().span_id;
            if id.is_empty() { span.to_vec() } else { id }
        }
    }
}

struct Proof {
    lab: Lab,
    name: String,
    expected: Content,
    encoding: Encoding,
    /// Hours that hold the input.
    range: [String; 4],
}

impl Proof {
    fn new(name: &str, input: &[u8]) -> Option<Self> {
        let (expected, encoding) = content(input);
        if expected.records == 0 {
            return None;
        }
        let lab = Lab::new();
        lab.file("input", input);
        let (from, to) = times(input);
        let range = ["--from".to_owned(), from, "--to".to_owned(), to];
        let proof = Self { lab, name: name.to_owned(), expected, encoding, range };
        let zones: Vec<String> =
            (1..=5).map(|n| format!(r#"{{"id":"n{n}","location":{{"availability_zone":"z{}"}}}}"#, n % 3)).collect();
        let cluster = format!(
            r#"{{"nodes":[{}],"cluster":{{"partitioning":{{"hash_buckets":4}},"placement":{{"algorithm":"zone-balanced"}}}}}}"#,
            zones[..4].join(",")
        );
        proof.lab.file("nodes.json", cluster);
        proof
            .run(&["init", "--file", &proof.lab.text("nodes.json"), "--data-root", &proof.lab.text("data"), "--yes"])
            .ok();
        Some(proof)
    }

    fn run(&self, args: &[&str]) -> Done {
        self.lab.run_with(&[&["--store", &self.lab.store("c.db"), "-q"], args].concat(), b"")
    }

    fn write(&self) -> Value {
        let input = self.lab.text("input");
        self.run(&["data", "write", &input, "--accept-old", "--yes", "-o", "json", "--batch-size", "1MiB"]).ok().json()
    }

    /// What is there is what went in.
    fn check(&self, step: &str, records: u64) {
        let what = format!("{}, {step}", self.name);
        let encoding = match self.encoding {
            Encoding::Json => "jsonl",
            Encoding::Protobuf => "proto",
        };
        let range: Vec<&str> = self.range.iter().map(String::as_str).collect();
        let (store, mut out) = (self.lab.store("c.db"), Vec::new());
        let query = ["--store", &store, "-q", "data", "query", "--encoding", encoding];
        let done = self.lab.run_bytes(&[&query, range.as_slice()].concat(), &mut out);
        assert_eq!(done.code, 0, "{what}: {}", done.err);
        let (found, _) = content(&out);
        assert_eq!(found.spans.keys().collect::<Vec<_>>(), self.expected.spans.keys().collect::<Vec<_>>(), "{what}");
        for (trace, spans) in &self.expected.spans {
            assert_eq!(found.spans[trace].len(), spans.len(), "{what}: {trace}");
        }
        assert_eq!(found.others, self.expected.others, "{what}");
        // Where no span is there twice, all that went in is there, by the sum of hashes too.
        if records == self.expected.records && found.records == records {
            assert_eq!(found.sum, self.expected.sum, "{what}");
        }
    }

    /// The partition with the most records.
    fn largest(&self) -> String {
        let rows = self.run(&["partition", "list", "-o", "json"]).ok().json();
        let rows = rows.as_array().unwrap();
        let largest = rows.iter().max_by_key(|row| row["record_count"].as_u64());
        largest.unwrap()["partition"].as_str().unwrap().to_owned()
    }

    fn segments(&self, node: &str) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut open = vec![self.lab.path("data").join(node)];
        while let Some(path) = open.pop() {
            for entry in fs::read_dir(path).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path);
                } else if path.extension().is_some_and(|ending| ending == "zst") {
                    found.push(path);
                }
            }
        }
        found.sort();
        found
    }
}

/// The first hour of an input and the one behind its last.
fn times(input: &[u8]) -> (String, String) {
    let mut reader = Reader::open(input, Options { layout: true, ..Options::default() }).unwrap();
    let (mut first, mut last) = (u64::MAX, 0);
    while let Ok(Some(batch)) = reader.next_batch() {
        for record in batch.layout().records().filter(|record| batch.layout().unit(*record).is_some()) {
            let time = batch.layout().time_unix_nano(record);
            if time > 0 {
                (first, last) = (first.min(time), last.max(time));
            }
        }
    }
    let second = |nanos: u64| otlp_part::model::Timestamp::from_unix_nanos(nanos).whole_second();
    (second(first).to_string(), second(last).plus_seconds(2).to_string())
}

/// One byte of a hundred, at random.
fn flip(path: &Path, random: &mut SplitMix64) {
    let mut bytes = fs::read(path).unwrap();
    for _ in 0..bytes.len().div_ceil(100) {
        let at = random.below(bytes.len() as u64) as usize;
        bytes[at] ^= 1 + random.below(255) as u8;
    }
    fs::write(path, bytes).unwrap();
}

fn prove(name: &str, input: &[u8]) -> bool {
    let Some(proof) = Proof::new(name, input) else { return false };
    let answer = proof.write();
    let count = |name: &str| answer[name].as_u64().unwrap();
    let records = count("spans") + count("metrics") + count("logs");
    assert_eq!(records, proof.expected.records, "{name}: {answer}");
    assert_eq!(answer["record_sum"], format!("{:016x}", proof.expected.sum), "{name}");
    proof.check("written", records);

    let again = proof.write();
    assert_eq!(again["segments_present"], again["segments"], "{name}: {again}");
    proof.check("written again", records);

    // A node's directory goes, and comes back.
    let (there, away) = (proof.lab.path("data/n1"), proof.lab.path("away"));
    fs::rename(&there, &away).unwrap();
    proof.check("without a node", records);
    fs::rename(&away, &there).unwrap();

    // One replica goes bad, and is made good.
    let mut random = SplitMix64::new(77);
    let segments = proof.segments("n2");
    segments.iter().for_each(|path| flip(path, &mut random));
    proof.check("with a bad replica", records);
    let found = proof.run(&["data", "scrub", "-o", "json"]);
    assert_eq!(found.code, 3, "{name}: {}", found.err);
    assert_eq!(found.json().as_array().unwrap().len(), segments.len(), "{name}");
    proof.run(&["data", "scrub", "--repair", "--yes"]).ok();
    proof.run(&["data", "scrub"]).ok();
    proof.check("repaired", records);

    // What was written in many pieces becomes few, and the partition with the most records is divided.
    let pieces = proof.segments("n3").len();
    let compact = ["data", "compact", "--min-segments", "2", "--grace", "0", "--settle", "0", "--yes", "-o", "ndjson"];
    let compacted = proof.run(&compact).ok();
    proof.check("compacted", records);
    let merged = compacted.out.lines().count();
    assert_eq!(proof.segments("n3").len() < pieces, merged > 0, "{name}: {compacted:?}");
    let largest = proof.largest();
    proof.run(&["partition", "split", &largest, "--bits", "2", "--grace", "0", "--settle", "0", "--yes"]).ok();
    proof.check("split", records);

    // A node more, which takes over what another one holds.
    fs::create_dir(proof.lab.path("data/n5")).unwrap();
    let url = format!("file://{}", proof.lab.text("data/n5"));
    proof.run(&["node", "add", "n5", "--zone", "z2", "--data-url", &url, "--yes"]).ok();
    proof.run(&["node", "claim", "n5", "--yes"]).ok();
    proof.run(&["node", "drain", "n2", "--yes"]).ok();
    let plan = proof.lab.text("plan.json");
    let planned = proof.run(&["plan-rebalance", "--out", &plan, "--detailed-exitcode"]);
    assert_eq!(planned.code, 3, "{name}: {planned:?}");
    proof.run(&["execute-rebalance", &plan, "--grace", "0", "--settle", "0", "--yes"]).ok();
    proof.check("rebalanced", records);

    let last = proof.write();
    assert_eq!(last["segments_present"], last["segments"], "{name}: {last}");
    let clean = proof.run(&["data", "scrub"]);
    assert_eq!(clean.code, 0, "{name}: {}{}", clean.out, clean.err);
    println!(
        "{name}: {} traces, {} spans and others, sum {:016x}",
        proof.expected.spans.len(),
        proof.expected.records,
        proof.expected.sum
    );
    true
}

/// Every file below a directory.
fn files(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a switch of this test program")]
fn everything_in_is_everything_out() {
    let Some(recordings) = std::env::var_os("OTLP_PART_RECORDINGS") else {
        assert!(prove("JSON lines", sample::json_lines(41, 80).as_bytes()));
        assert!(prove("protobuf", &sample::protobuf(42, 60)));
        return;
    };
    let mut proven = 0;
    for file in files(Path::new(&recordings)) {
        proven += usize::from(prove(&file.display().to_string(), &fs::read(&file).unwrap()));
    }
    assert!(proven > 0, "there is no OTLP below {recordings:?}");
    println!("{proven} files");
}
