//! The writer is killed at any time: what it acknowledged is there, and the same command completes the rest.

use std::io::Read as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use otlp_part::cli::SystemClock;
use otlp_part::model::SplitMix64;
use otlp_part::ports::Clock as _;
use serde_json::Value;

use crate::amount::is_full;
use crate::disk::copies;
use crate::program::{Cluster, sum_in};
use crate::sample::{self, Sum, sum_of};

fn writer(cluster: &Cluster, file: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_otlp-part"));
    command.args(["--store", cluster.store(), "data", "write", file, "--accept-old", "--yes", "-o", "ndjson"]);
    command.args(["--batch-size", "8KB", "--progress", "none"]).stderr(Stdio::null()).stdout(Stdio::piped());
    command
}

/// What lies on the nodes of a batch: each of its segments once, found on every node that the record lists.
fn written_of(cluster: &Cluster, batch: &str) -> Sum {
    let mut sum = Sum::default();
    for (id, of_nodes) in copies(&cluster.records(), &cluster.data()) {
        let names =
            of_nodes.values().flat_map(|copy| copy.iter().filter(|(_, s)| s.batches.iter().any(|b| b == batch)));
        let names: std::collections::BTreeMap<_, _> = names.collect();
        for (name, segment) in names {
            for (node, copy) in &of_nodes {
                assert_eq!(
                    copy.get(name),
                    Some(segment),
                    "{id} on {node} lacks {name} of the acknowledged batch {batch}"
                );
            }
            sum.add(segment.sum.records, segment.sum.sum);
        }
    }
    sum
}

#[test]
fn a_killed_writer_loses_nothing_that_it_acknowledged() {
    let rounds = if is_full() { 200 } else { 12 };
    let mut random = SplitMix64::new(20);
    let input = sample::json_lines(7, 120);
    let expected = sum_of(input.as_bytes());
    let whole = {
        let cluster = Cluster::new(r#""partitioning":{"hash_buckets":2}"#);
        let file = cluster.lab.file("input.jsonl", &input);
        let started = SystemClock.now();
        assert!(writer(&cluster, &file).stdout(Stdio::null()).status().unwrap().success());
        Duration::from_nanos((SystemClock.now().nanos() - started.nanos()) as u64)
    };
    let (mut hits, mut acknowledged_of_killed) = (0, 0);
    for round in 0..rounds {
        let cluster = Cluster::new(r#""partitioning":{"hash_buckets":2}"#);
        let file = cluster.lab.file("input.jsonl", &input);
        // Killed, and sometimes once more on the way.
        for _ in 0..1 + round % 2 {
            let mut child = writer(&cluster, &file).spawn().unwrap();
            std::thread::sleep(Duration::from_micros(random.below(whole.as_micros() as u64)));
            child.kill().unwrap();
            let mut told = String::new();
            child.stdout.take().unwrap().read_to_string(&mut told).unwrap();
            if child.wait().unwrap().success() {
                continue;
            }
            hits += 1;
            // A line is acknowledged once it is whole.
            let lines = told.split_inclusive('\n').filter(|line| line.ends_with('\n'));
            for batch in lines.map(|line| serde_json::from_str::<Value>(line).unwrap()) {
                acknowledged_of_killed += 1;
                assert_eq!(written_of(&cluster, batch["batch"].as_str().unwrap()), sum_in(&batch), "round {round}");
            }
        }
        let again = writer(&cluster, &file).stderr(Stdio::piped()).output().unwrap();
        assert!(again.status.success(), "round {round}: {again:?}");
        cluster.check(expected);
    }
    assert!(hits * 2 > rounds, "{hits} of {rounds} rounds were cut");
    assert!(acknowledged_of_killed > 0, "none was cut after its first batch");
    println!("{rounds} rounds, {hits} writers killed, {acknowledged_of_killed} batches acknowledged before");
}

#[test]
fn two_writers_of_one_input_and_of_two() {
    for round in 0..if is_full() { 50 } else { 4 } {
        let cluster = Cluster::new(r#""partitioning":{"hash_buckets":2}"#);
        let inputs = [sample::json_lines(100 + round, 60), sample::json_lines(200 + round, 60)];
        let files: Vec<String> =
            (0..).zip(&inputs).map(|(n, input)| cluster.lab.file(&format!("input-{n}"), input)).collect();
        let mut children: Vec<_> = [&files[0], &files[0], &files[1]]
            .map(|file| writer(&cluster, file).stdout(Stdio::null()).spawn().unwrap())
            .into();
        for child in &mut children {
            assert!(child.wait().unwrap().success());
        }
        let mut expected = Sum::default();
        for input in &inputs {
            let Sum { records, sum } = sum_of(input.as_bytes());
            expected.add(records, sum);
        }
        // Two that write the same count what both saw: the same input again sets it right.
        assert!(writer(&cluster, &files[0]).stdout(Stdio::null()).status().unwrap().success());
        cluster.check(expected);
    }
}
