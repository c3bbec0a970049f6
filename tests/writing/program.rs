//! The command on an embedded store and directories.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::disk::check_whole;
use crate::sample::{self, Sum, sum_of};
use crate::support::{Done, Lab};

/// A cluster of four nodes in two zones, with a directory for each.
pub(crate) struct Cluster {
    pub(crate) lab: Lab,
    store: String,
}

impl Cluster {
    /// `more` are further fields of the spec.
    pub(crate) fn new(more: &str) -> Self {
        let lab = Lab::new();
        let node = |n: u32| {
            let place = lab.path(&format!("data/n{n}"));
            fs::create_dir_all(&place).unwrap();
            format!(
                r#"{{"id":"n{n}","location":{{"availability_zone":"z{}"}},"data_url":"file://{}"}}"#,
                n % 2,
                place.display()
            )
        };
        let nodes: Vec<String> = (1..=4).map(node).collect();
        let text = format!(r#"{{"nodes":[{}],"cluster":{{{more}}}}}"#, nodes.join(","));
        let file = lab.file("cluster.json", text);
        let store = lab.store("cluster.db");
        let cluster = Self { lab, store };
        cluster.run(&["init", "--file", &file, "--yes"]).ok();
        cluster.run(&["node", "claim", "n1", "n2", "n3", "n4", "--yes"]).ok();
        cluster
    }

    pub(crate) fn run(&self, args: &[&str]) -> Done {
        self.run_with(args, b"")
    }

    pub(crate) fn run_with(&self, args: &[&str], stdin: &[u8]) -> Done {
        self.lab.run_with(&[&["--store", &self.store], args].concat(), stdin)
    }

    pub(crate) fn store(&self) -> &str {
        &self.store
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.lab.path("data")
    }

    pub(crate) fn records(&self) -> Value {
        let done = self.run(&["partition", "list", "-o", "json"]).ok();
        if done.out.is_empty() { Value::Array(vec![]) } else { done.json() }
    }

    /// Writes an input; gives the JSON of the answer.
    pub(crate) fn write(&self, input: &[u8], more: &[&str]) -> Value {
        let done = self.run_with(&[&["data", "write", "--yes", "-o", "json"], more].concat(), input).ok();
        done.json()
    }

    #[track_caller]
    pub(crate) fn check(&self, expected: Sum) {
        assert_eq!(check_whole(&self.records(), &self.data(), "the cluster"), expected);
    }
}

/// What an answer says was written.
pub(crate) fn sum_in(answer: &Value) -> Sum {
    let count = |name: &str| answer[name].as_u64().unwrap();
    let sum = u64::from_str_radix(answer["record_sum"].as_str().unwrap(), 16).unwrap();
    Sum { records: count("spans") + count("metrics") + count("logs"), sum }
}

#[test]
fn what_goes_in_lies_on_every_copy() {
    for placement in ["ring", "zone-balanced", "rendezvous"] {
        let cluster =
            Cluster::new(&format!(r#""partitioning":{{"hash_buckets":4}},"placement":{{"algorithm":"{placement}"}}"#));
        let (json, protobuf) = (sample::json_lines(1, 60), sample::protobuf(2, 40));
        let mut expected = Sum::default();
        for input in [json.as_bytes(), &protobuf] {
            let answer = cluster.write(input, &[]);
            assert_eq!(sum_in(&answer), sum_of(input), "{answer}");
            assert_eq!((answer["complete"].as_bool(), answer["copies_missed"].as_u64()), (Some(true), Some(0)));
            let Sum { records, sum } = sum_of(input);
            expected.add(records, sum);
        }
        cluster.check(expected);
        let records = cluster.records();
        assert_eq!(records.as_array().unwrap().len() as u64, sample::HOURS * 4, "each hour's, once");
    }
}

#[test]
fn the_same_input_again_adds_nothing() {
    let cluster = Cluster::new(r#""partitioning":{"hash_buckets":4}"#);
    let input = sample::json_lines(3, 80);
    // Several batches, and small ones.
    let first = cluster.write(input.as_bytes(), &["--batch-size", "10KB"]);
    assert!(first["batches"].as_u64().unwrap() > 3 && first["segments_present"] == 0, "{first}");
    let before = cluster.records();
    let again = cluster.write(input.as_bytes(), &["--batch-size", "10KB"]);
    assert_eq!(again["segments_present"], again["segments"]);
    assert_eq!(again["written_bytes"], 0);
    cluster.check(sum_of(input.as_bytes()));
    let counted = |records: &Value| -> Vec<(u64, u64)> {
        let of = |record: &Value| (record["size_bytes"].as_u64().unwrap(), record["record_count"].as_u64().unwrap());
        records.as_array().unwrap().iter().map(of).collect()
    };
    assert_eq!(counted(&before), counted(&cluster.records()));
    // The same content as another input, under a name of its own, is another batch.
    let named = cluster.write(input.as_bytes(), &["--batch-id", "import-1"]);
    assert_eq!(named["segments_present"], 0);
    let named = cluster.write(input.as_bytes(), &["--batch-id", "import-1"]);
    assert_eq!(named["segments_present"], named["segments"]);
    // A name that was used for something else is told, and nothing of it is mixed in.
    let other = format!("{input}{}\n", input.lines().last().unwrap());
    let refused = cluster.run_with(&["data", "write", "--yes", "--batch-id", "import-1"], other.as_bytes());
    assert_eq!(refused.code, 1, "{refused:#?}");
    assert!(refused.err.contains("holds other data under the name of this batch"), "{refused:#?}");
}

#[test]
fn ndjson_tells_each_batch() {
    let cluster = Cluster::new(r#""partitioning":{"hash_buckets":4}"#);
    let input = sample::json_lines(5, 50);
    let args = ["data", "write", "--yes", "--batch-size", "5KB", "-o", "ndjson"];
    let done = cluster.run_with(&args, input.as_bytes()).ok();
    let mut all = Sum::default();
    for (number, line) in done.out.lines().enumerate() {
        let batch: Value = serde_json::from_str(line).unwrap();
        assert_eq!(
            (&batch["schema"], batch["number"].as_u64()),
            (&"otlp-part/data-write-batch/v1".into(), Some(number as u64))
        );
        let Sum { records, sum } = sum_in(&batch);
        all.add(records, sum);
    }
    assert_eq!(all, sum_of(input.as_bytes()));
}

#[test]
fn a_dry_run_says_what_would_be_written() {
    let cluster = Cluster::new(r#""partitioning":{"hash_buckets":4}"#);
    let input = sample::json_lines(6, 30);
    let args = ["data", "write", "--dry-run", "-o", "json"];
    let answer = cluster.run_with(&args, input.as_bytes()).ok().json();
    assert_eq!(sum_in(&answer), sum_of(input.as_bytes()));
    assert_eq!(cluster.records(), Value::Array(vec![]));
    for node in 1..=4 {
        let left = fs::read_dir(cluster.data().join(format!("n{node}"))).unwrap().count();
        assert_eq!(left, 1, "the marker alone");
    }
}

#[test]
fn what_does_not_belong_is_counted_and_not_written() {
    let cluster = Cluster::new(r#""partitioning":{"hash_buckets":4},"signal":"traces""#);
    let span = |nanos: u64, id: &str| {
        format!(
            r#"{{"resourceSpans":[{{"scopeSpans":[{{"spans":[{{"traceId":"{id}","spanId":"01","startTimeUnixNano":"{nanos}"}}]}}]}}]}}"#
        )
    };
    let id = "4bf92f3577b34da6a3ce929d0e0e4736";
    let now = 1_762_355_400_000_000_000_u64;
    let hour = 3_600_000_000_000;
    let log = format!(r#"{{"resourceLogs":[{{"scopeLogs":[{{"logRecords":[{{"timeUnixNano":"{now}"}}]}}]}}]}}"#);
    let lines = [
        span(now, id),
        // Its bucket ended more than 30 days ago, and one that did not.
        span(now - 721 * hour, id),
        span(now - 719 * hour, id),
        // Its bucket begins within the hour, and one that does not.
        span(now + hour, id),
        span(now + 2 * hour, id),
        span(now, ""),
        span(0, id),
        log,
        "{broken".to_owned(),
    ];
    let input = lines.join("\n");
    let answer = cluster.write(input.as_bytes(), &[]);
    assert_eq!(answer["spans"], 3, "{answer}");
    assert_eq!(answer["rejected"], serde_json::json!({"too_old": 1, "too_new": 1, "other_signal": 1}));
    assert_eq!((&answer["without_id"], &answer["without_time"], &answer["bad"]), (&1.into(), &1.into(), &1.into()));
    let answer = cluster.write(input.as_bytes(), &["--accept-old"]);
    assert_eq!(answer["spans"], 5);
    // What was written before is found again.
    assert_eq!(answer["segments_present"], 3, "{answer}");
    let strict = cluster.run_with(&["data", "write", "--yes", "--strict"], input.as_bytes());
    assert_eq!(strict.code, 1);
    assert!(strict.err.contains("1 bad messages, 1 spans without a valid id, 1 units without a time"), "{strict:#?}");
}

#[test]
fn wrong_input_is_one_clear_error() {
    let cluster = Cluster::new(r#""partitioning":{"hash_buckets":4}"#);
    for (args, code, word) in [
        (&["--quorum", "0"][..], 2, "--quorum"),
        (&["--quorum", "some"], 2, "--quorum"),
        (&["--batch-size", "0"], 2, "--batch-size"),
        (&["--batch-size", "1GiB"], 2, "128MiB"),
        (&["--replica-timeout", "0"], 2, "--replica-timeout"),
        (&["--batch-id", ""], 2, "--batch-id"),
        (&["-", "-"], 2, "twice"),
        (&["a", "b", "--batch-id", "x"], 2, "one input"),
        (&["/nonexistent/file"], 1, "/nonexistent/file"),
        (&["-"], 1, "not OTLP"),
    ] {
        let done = cluster.run_with(&[&["data", "write", "--yes"], args].concat(), b"no telemetry");
        assert_eq!(done.code, code, "{args:?}: {done:#?}");
        assert!(done.err.contains(word), "{args:?}: {done:#?}");
    }
    let without = cluster.run_with(&["data", "write"], b"{}");
    assert_eq!(without.code, 2, "without --yes and a terminal: {without:#?}");
}
