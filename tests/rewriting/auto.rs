//! What `auto-rebalance run --split --compact` does behind its rounds.

use std::fmt::Write as _;
use std::fs;
use std::process::Stdio;

use otlp_part::model::PartitionId;
use otlp_part::ports::metadata::Op;
use serde_json::Value;

use crate::kills::{Cluster, Ran};

/// The most bytes of a partition: of the six that there are, all but one have more.
const BYTES_MAX: u64 = 12_000;
/// So many that each partition gets small segments enough.
const REQUESTS: u64 = 200;

/// A cluster with partitions that are too large, all of whose records are as old as its telemetry.
fn cluster() -> Cluster {
    let bounds = format!(r#"{{"min_bytes":0,"max_bytes":{BYTES_MAX}}}"#);
    let sizes = format!(r#","partition_size":{{"traces":{bounds},"metrics":{bounds},"logs":{bounds}}}"#);
    let cluster = Cluster::embedded_with(&sizes, REQUESTS);
    age(&cluster);
    cluster
}

/// Nobody has written to any partition for long.
fn age(cluster: &Cluster) {
    let old = |(key, mut record): (String, Value)| {
        record["updated_at"] = "2025-11-05T15:00:00Z".into();
        Op::put(format!("/otlp/{key}"), record.to_string())
    };
    let records = cluster.stored().into_iter().filter(|(key, _)| key.starts_with("partitions/"));
    cluster.change(records.map(old).collect());
}

/// One round, with little to wait for and nothing to balance unless that is asked for.
fn round<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let mut args = vec!["auto-rebalance", "run"];
    for [name, value] in
        [["--rounds", "1"], ["--interval", "1s"], ["--threshold", "900%"], ["--settle", "0"], ["--grace", "0"]]
    {
        if !more.contains(&name) {
            args.extend([name, value]);
        }
    }
    [&args[..], more].concat()
}

fn sizes(cluster: &Cluster) -> Vec<(PartitionId, u64)> {
    let size = |(key, value): (String, Value)| {
        Some((PartitionId::parse(key.strip_prefix("partitions/")?).ok()?, value["size_bytes"].as_u64()?))
    };
    cluster.stored().into_iter().filter_map(size).collect()
}

fn too_large(cluster: &Cluster) -> usize {
    sizes(cluster).iter().filter(|(id, bytes)| *bytes > BYTES_MAX && id.suffix().len() < 8).count()
}

/// How many records there are, by a query of all of them, and their sum.
fn counted(cluster: &Cluster) -> Value {
    let args = ["data", "query", "--from", "2025-11-05T11:00Z", "--to", "2025-11-05T16:00Z", "--count", "-o", "json"];
    let counted: Value = serde_json::from_str(&cluster.run(&args).code(0).out).unwrap();
    assert_eq!(counted["complete"], true, "{counted}");
    counted
}

/// Nothing is left over but what it says of itself.
#[track_caller]
fn check(cluster: &Cluster, what: &str) {
    cluster.change(vec![Op::Delete { key: "/otlp/rebalance/auto-status".to_owned() }]);
    cluster.check(what);
    let doctor = cluster.run(&["doctor", "-o", "ndjson"]);
    assert!(!doctor.out.contains(r#""severity":"error""#), "{what}: {doctor:#?}");
}

fn status(cluster: &Cluster) -> Ran {
    cluster.run(&["auto-rebalance", "status", "-o", "json"]).code(0)
}

#[test]
fn what_is_too_large_is_split_until_it_fits() {
    let cluster = cluster();
    let (before, large) = (counted(&cluster), too_large(&cluster));
    assert!(large >= 3, "{:?}", sizes(&cluster));
    let ran = cluster.run(&round(&["--yes", "--split", "--reason", "night"])).code(0);
    assert!(ran.err.contains(&format!("{large} partition(s) are too large")), "{ran:#?}");
    assert!(ran.err.contains(&format!("{large} partition(s) are split into ")), "{ran:#?}");
    assert_eq!(counted(&cluster), before);
    let said = status(&cluster);
    let split: Value = serde_json::from_str(&said.out).unwrap();
    let split = &split[0]["status"]["split"];
    assert_eq!(split["partitions"], large, "{said:#?}");
    assert_eq!(split["children"].as_u64(), Some(sizes(&cluster).len() as u64 - 6), "{said:#?}");
    assert!(said.err.contains(&format!("{large} partition(s) split into ")), "{said:#?}");
    let trail = cluster.run(&["audit", "list", "-o", "json"]).code(0).out;
    assert!(trail.contains("night; too large") && trail.contains("auto-rebalance run"), "{trail}");
    check(&cluster, "split");
    // A child may still be too large, where a few traces make the most of it. Sooner or later all are small.
    for n in 0.. {
        if too_large(&cluster) == 0 {
            break;
        }
        assert!(n < 8, "{:?}", sizes(&cluster));
        cluster.run(&round(&["--yes", "--split"])).code(0);
    }
    assert_eq!(counted(&cluster), before);
    check(&cluster, "all of it");
    let quiet = cluster.run(&round(&["--yes", "--split"])).code(0);
    assert!(!quiet.err.contains("are split into"), "{quiet:#?}");
}

#[test]
fn small_segments_are_merged_once_nobody_has_written_for_long() {
    let cluster = Cluster::embedded_with("", REQUESTS);
    let before = counted(&cluster);
    let early = cluster.run(&round(&["--yes", "--compact"])).code(0);
    assert!(!early.err.contains("have small segments"), "{early:#?}");
    age(&cluster);
    let listed = cluster.run(&["data", "compact", "--dry-run", "-o", "ndjson"]).code(0).rows();
    assert!(listed.len() >= 2, "{listed:?}");
    let ran = cluster.run(&round(&["--yes", "--compact"])).code(0);
    assert!(ran.err.contains(&format!("{} partition(s) have small segments", listed.len())), "{ran:#?}");
    assert!(ran.err.contains(&format!("{} partition(s) are compacted", listed.len())), "{ran:#?}");
    let said: Value = serde_json::from_str(&status(&cluster).out).unwrap();
    let sum = |field: &str| listed.iter().map(|row| row[field].as_u64().unwrap()).sum::<u64>();
    let compacted = &said[0]["status"]["compacted"];
    assert_eq!(compacted["partitions"], listed.len(), "{said}");
    assert_eq!((&compacted["segments"], &compacted["into"]), (&sum("segments").into(), &sum("segments_after").into()));
    assert_eq!(counted(&cluster), before);
    check(&cluster, "compacted");
    age(&cluster);
    let again = cluster.run(&round(&["--yes", "--compact"])).code(0);
    assert!(!again.err.contains("have small segments"), "{again:#?}");
}

#[test]
fn both_at_once_split_first_and_what_was_split_is_merged_later() {
    let cluster = cluster();
    let before = counted(&cluster);
    cluster.run(&round(&["--yes", "--split", "--compact"])).code(0);
    age(&cluster);
    cluster.run(&round(&["--yes", "--split", "--compact"])).code(0);
    assert_eq!(counted(&cluster), before);
    check(&cluster, "both");
    let again: Value = serde_json::from_str(&cluster.write().code(0).out).unwrap();
    assert_eq!(again["segments"], again["segments_present"], "{again}");
}

#[test]
fn a_dry_run_says_what_would_be_done_and_writes_nothing() {
    let cluster = cluster();
    let (before, large) = (cluster.stored(), too_large(&cluster));
    let ran = cluster.run(&round(&["--dry-run", "--split", "--compact"])).code(0);
    assert!(ran.err.contains(&format!("{large} partition(s) are too large")), "{ran:#?}");
    assert!(!ran.err.contains("are split into"), "{ran:#?}");
    cluster.run(&["cluster", "set", "partition_size.traces.max_bytes=1GB", "--yes"]).code(0);
    let ran = cluster.run(&round(&["--dry-run", "--split", "--compact"])).code(0);
    assert!(!ran.err.contains("are too large"), "the widest bounds of mixed signals: {ran:#?}");
    assert!(ran.err.contains("partition(s) have small segments"), "{ran:#?}");
    let mut after = cluster.stored();
    after.retain(|key, _| key != "cluster" && !key.starts_with("audit/"));
    let mut before = before;
    before.retain(|key, _| key != "cluster" && !key.starts_with("audit/"));
    assert_eq!(after, before);
}

#[expect(clippy::disallowed_methods, reason = "the program compares it with its own clock")]
fn now_seconds() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()
}

#[test]
fn a_pause_and_the_hours_hold_it_back() {
    let cluster = cluster();
    let before = sizes(&cluster);
    let minutes = |hours: u64| (now_seconds() / 60 + hours * 60) % (24 * 60);
    let text = |minutes: u64| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let closed = format!("{}-{}", text(minutes(2)), text(minutes(3)));
    for args in [["--yes", "--window", &closed], ["--dry-run", "--window", &closed]] {
        let ran = cluster.run(&round(&[&args[..], &["--split", "--compact"]].concat())).code(0);
        assert!(!ran.err.contains("are too large") && !ran.err.contains("have small segments"), "{ran:#?}");
    }
    for pause in [["auto-rebalance", "pause", "--yes"], ["migration", "pause", "--yes"]] {
        cluster.run(&pause).code(0);
        for dry in ["--yes", "--dry-run"] {
            let ran = cluster.run(&round(&[dry, "--split", "--compact"])).code(0);
            assert!(ran.out.contains("paused"), "{ran:#?}");
            assert!(!ran.err.contains("are too large") && !ran.err.contains("have small segments"), "{ran:#?}");
        }
        cluster.run(&[pause[0], "resume", "--yes"]).code(0);
    }
    assert_eq!(sizes(&cluster), before);
    let open = format!("{}-{}", text(minutes(23)), text(minutes(2)));
    let ran = cluster.run(&round(&["--yes", "--window", &open, "--split"])).code(0);
    assert!(ran.err.contains("are split into"), "{ran:#?}");
}

#[test]
fn what_a_killed_one_left_is_brought_to_rest_by_the_next() {
    for (place, arguments) in [
        ("rewrite-built", ["--split", "--yes"]),
        ("rewrite-switched", ["--split", "--yes"]),
        ("rewrite-built", ["--compact", "--yes"]),
    ] {
        let cluster = cluster();
        if arguments[0] == "--compact" {
            cluster.run(&["cluster", "set", "partition_size.traces.max_bytes=1GB", "--yes"]).code(0);
        }
        let before = counted(&cluster);
        let killed = cluster.run_to(place, "", &round(&arguments));
        assert_eq!(killed.signal, Some(9), "{place}: {killed:#?}");
        let in_flight = |family: &str| cluster.stored().keys().filter(|key| key.starts_with(family)).count();
        assert!(in_flight("migrations/") > 0, "{place}");
        // Its leases end.
        let gone = ["rebalance/runs/", "rebalance/auto-leader"];
        let keys = cluster.stored().into_keys().filter(|key| gone.iter().any(|gone| key.starts_with(gone)));
        cluster.change(keys.map(|key| Op::Delete { key: format!("/otlp/{key}") }).collect());
        let next = cluster.run(&[&round(&arguments)[..], &["-o", "ndjson"]].concat()).code(0);
        assert_eq!(next.rows()[0]["result"], "recovered", "{place}: {next:#?}");
        assert_eq!(counted(&cluster), before, "{place}");
        check(&cluster, place);
    }
}

/// A stop in the middle leaves it resumable, and is no trouble to the next.
#[test]
fn a_stopped_one_leaves_it_resumable() {
    let cluster = cluster();
    let before = counted(&cluster);
    let stopped = cluster.run_to("rewrite-claimed", ":1:INT", &round(&["--yes", "--split", "--settle", "60s"]));
    assert_eq!(stopped.code, Some(130), "{stopped:#?}");
    assert!(stopped.err.contains("partition(s) are left, signal 2"), "{stopped:#?}");
    let next = cluster.run(&[&round(&["--yes", "--split"])[..], &["-o", "ndjson"]].concat()).code(0);
    assert_eq!(next.rows()[0]["result"], "recovered", "{next:#?}");
    assert_eq!(counted(&cluster), before);
    check(&cluster, "stopped");
}

/// A pause while partitions are in flight: they are finished, and no other begins.
#[test]
fn a_pause_in_the_middle_finishes_what_is_in_flight() {
    let cluster = cluster();
    let (before, large) = (counted(&cluster), too_large(&cluster));
    assert!(large > 4, "more than are made at the same time: {:?}", sizes(&cluster));
    let mut command = cluster.command(&round(&["--yes", "--split", "--settle", "10s"]));
    let running = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while !cluster.stored().keys().any(|key| key.starts_with("migrations/")) {
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    cluster.run(&["auto-rebalance", "pause", "--yes"]).code(0);
    let ended = Ran::of(&running.wait_with_output().unwrap()).code(0);
    assert!(ended.err.contains(&format!("{} partition(s) are left, paused by ann@desk", large - 4)), "{ended:#?}");
    assert_eq!(counted(&cluster), before);
    cluster.change(vec![Op::Delete { key: "/otlp/rebalance/control".to_owned() }]);
    check(&cluster, "paused");
}

#[test]
fn what_cannot_be_begun_is_told_once_and_the_rest_goes_on() {
    let cluster = cluster();
    let id = cluster.largest();
    let node = cluster.stored()[&format!("partitions/{id}")]["nodes"][0].as_str().unwrap().to_owned();
    let mark = format!("/otlp/repair/{id}/{node}");
    cluster.change(vec![Op::put(mark.clone(), r#"{"since":"2025-11-05T15:00:00Z","reason":"missed"}"#)]);
    // Repairs are not made, so that the mark stays.
    let ran = cluster.run(&round(&["--yes", "--split", "--repair-after", "never", "--rounds", "3"])).code(0);
    let told = format!("trouble: {id}: not split: the copy on {node} misses something, and is to be repaired first");
    assert_eq!(ran.err.matches(&told).count(), 1, "{ran:#?}");
    assert!(ran.err.contains("partition(s) are split into"), "{ran:#?}");
    assert_eq!(cluster.stored()[&format!("partitions/{id}")]["state"], "Active");
}

#[test]
fn damage_is_told_with_its_mend_and_nothing_of_it_changes() {
    let cluster = cluster();
    let id = cluster.largest();
    let record = cluster.stored()[&format!("partitions/{id}")].clone();
    let node = record["nodes"][0].as_str().unwrap();
    let place = cluster.path(node).join(&id).join("first");
    let is_segment = |path: &std::path::PathBuf| path.extension().is_some_and(|ending| ending == "zst");
    let mut segments: Vec<_> = fs::read_dir(&place).unwrap().map(|entry| entry.unwrap().path()).collect();
    segments.retain(is_segment);
    segments.sort();
    let mut bad = fs::read(&segments[0]).unwrap();
    let middle = bad.len() / 2;
    bad[middle] ^= 1;
    fs::write(&segments[0], bad).unwrap();
    let ran = cluster.run(&round(&["--yes", "--split", "--rounds", "2"])).code(0);
    let told = ran.err.lines().filter(|line| line.contains(&format!("trouble: {id}: not split")));
    let told: Vec<&str> = told.collect();
    assert_eq!(told.len(), 1, "{ran:#?}");
    assert!(told[0].contains("CRC32C") && told[0].contains("data scrub --repair"), "{told:?}");
    // Once, as each attempt holds writers back.
    let trail = cluster.run(&["audit", "list", "-o", "json"]).code(0).out;
    assert_eq!(trail.matches(&format!("split: claim {id}")).count(), 1, "{trail}");
    let after = cluster.stored()[&format!("partitions/{id}")].clone();
    for field in ["nodes", "leader", "state", "size_bytes", "record_count"] {
        assert_eq!(after[field], record[field], "{field}");
    }
}

/// The open hour is split, too: there it is needed most.
#[test]
fn an_open_hour_is_split_and_not_compacted() {
    let cluster = cluster();
    let mut input = String::new();
    let nanos = now_seconds() * 1_000_000_000;
    for n in 1..=600_u64 {
        let id = format!("{:032x}", u128::from(n) * 0x1234_5678_9abc_def1_2345_6789_abcd);
        let _ = writeln!(
            input,
            r#"{{"resourceSpans":[{{"scopeSpans":[{{"spans":[{{"traceId":"{id}","spanId":"{n:016x}","name":"step {n}","startTimeUnixNano":"{nanos}"}}]}}]}}]}}"#
        );
    }
    let file = cluster.path("now.jsonl");
    fs::write(&file, &input).unwrap();
    let file = file.display().to_string();
    cluster.run(&["data", "write", &file, "--batch-size", "500B", "--yes", "-q"]).code(0);
    age(&cluster);
    let buckets = |cluster: &Cluster| -> Vec<PartitionId> {
        sizes(cluster).into_iter().map(|(id, _)| id).filter(|id| id.bucket().id() > 489_600).collect()
    };
    assert_eq!(buckets(&cluster).len(), 2);
    let ran = cluster.run(&round(&["--yes", "--split", "--compact"])).code(0);
    let split = buckets(&cluster);
    assert!(split.len() >= 6, "{split:?}: {ran:#?}");
    let trail = cluster.run(&["audit", "list", "-o", "json"]).code(0).out;
    assert!(split.iter().all(|id| !trail.contains(&format!("compact: claim {id}"))), "{trail}");
    let found = cluster.run(&["data", "query", "--last", "2h", "--count", "-o", "json"]).code(0);
    assert_eq!(serde_json::from_str::<Value>(&found.out).unwrap()["spans"], 600, "{found:#?}");
}
