//! What the operator sees: what would be done, what is refused, and how it ends.

use std::fs;

use serde_json::Value;

use crate::kills::Cluster;

fn split<'a>(id: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let mut args = vec!["partition", "split", id, "--settle", "0", "--grace", "0", "--yes", "-o", "ndjson"];
    args.extend(more);
    args
}

fn segments_of(cluster: &Cluster, id: &str) -> Vec<std::path::PathBuf> {
    let node = cluster.stored()[&format!("partitions/{id}")]["nodes"][0].as_str().unwrap().to_owned();
    let entries = fs::read_dir(cluster.path(&node).join(id).join("first")).unwrap();
    let mut found: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|ending| ending == "zst"));
    found.sort();
    found
}

#[test]
fn a_dry_run_says_what_would_be_done_and_writes_nothing() {
    let cluster = Cluster::embedded();
    let (id, before) = (cluster.largest(), cluster.stored());
    let ran = cluster.run(&["partition", "split", &id, "--bits", "2", "--dry-run", "-o", "ndjson"]).code(0);
    assert_eq!(ran.rows().len(), 4);
    assert_eq!(ran.rows()[1]["partition"], format!("{id}.01"));
    assert!(ran.err.contains(&format!("split {id} into 4 partitions")), "{ran:#?}");
    let all = cluster.run(&["data", "compact", "--min-segments", "2", "--dry-run", "-o", "ndjson"]).code(0);
    assert!(!all.rows().is_empty() && all.rows().iter().all(|row| row["result"] == "planned"), "{all:#?}");
    let none = cluster.run(&["data", "compact", "--min-segments", "5000", "--yes"]).code(0);
    assert!(none.err.contains("with too few segments to merge"), "{none:#?}");
    assert_eq!(cluster.stored(), before);
    assert_eq!(cluster.run(&["partition", "split", &id]).code, Some(2), "without --yes and a terminal");
    assert_eq!(cluster.run(&["data", "compact"]).code, Some(2));
}

#[test]
fn children_hold_what_their_parent_held_and_may_be_split_again() {
    let cluster = Cluster::embedded();
    let id = cluster.largest();
    let before = cluster.stored()[&format!("partitions/{id}")].clone();
    let ran = cluster.run(&split(&id, &["--bits", "2", "--reason", "too large"])).code(0);
    let sum = |rows: &[Value]| rows.iter().map(|row| row["record_count"].as_u64().unwrap()).sum::<u64>();
    assert_eq!((ran.rows().len(), sum(&ran.rows())), (4, before["record_count"].as_u64().unwrap()));
    cluster.check("split");
    let stored = cluster.stored();
    let parent = &stored[&format!("partitions/{id}")];
    assert_eq!((&parent["size_bytes"], &parent["record_count"]), (&0.into(), &0.into()));
    assert_eq!(parent["created_at"], before["created_at"]);
    for child in ["00", "01", "10", "11"] {
        let record = &stored[&format!("partitions/{id}.{child}")];
        assert_eq!((&record["nodes"], &record["leader"]), (&before["nodes"], &before["leader"]));
    }
    let child = format!("{id}.10");
    cluster.run(&split(&child, &[])).code(0);
    cluster.check("again");
    let compacted = cluster
        .run(&["data", "compact", "--min-segments", "2", "--settle", "0", "--grace", "0", "--yes", "-o", "ndjson"])
        .code(0);
    assert!(compacted.rows().iter().all(|row| row["result"] == "done"), "{compacted:#?}");
    cluster.check("compacted");
    let again: Value = serde_json::from_str(&cluster.write().code(0).out).unwrap();
    assert_eq!(again["segments"], again["segments_present"], "{again}");
    cluster.check("written again");
    let doctor = cluster.run(&["doctor", "-o", "ndjson"]);
    assert!(!doctor.out.contains("\"severity\":\"error\""), "{doctor:#?}");
    let trail = cluster.run(&["audit", "list", "-o", "json"]).code(0).out;
    assert!(trail.contains("into 4 partitions") && trail.contains("too large"), "{trail}");
    let once_more = cluster.run(&split(&id, &[])).code(1);
    assert!(once_more.err.contains("it was split already; its children hold its data"), "{once_more:#?}");
    // A split family goes whole.
    cluster.run(&["data", "scrub"]).code(0);
}

#[test]
fn a_damaged_segment_is_named_and_nothing_changes() {
    let cluster = Cluster::embedded();
    let id = cluster.largest();
    let segment = &segments_of(&cluster, &id)[1];
    let sound = fs::read(segment).unwrap();
    let mut bad = sound.clone();
    let middle = bad.len() / 2;
    bad[middle] ^= 1;
    fs::write(segment, bad).unwrap();
    let before = cluster.stored();
    let name = segment.file_name().unwrap().to_str().unwrap();
    for args in [
        split(&id, &[]),
        vec!["data", "compact", "--partition", &id, "--min-segments", "2", "--settle", "0", "--grace", "0", "--yes"],
    ] {
        let ran = cluster.run(&args).code(7);
        assert!(
            ran.err.contains(name) && ran.err.contains("CRC32C") && ran.err.contains("data scrub --repair"),
            "{ran:#?}"
        );
    }
    let mut after = cluster.stored();
    after.retain(|key, _| !key.starts_with("audit/"));
    let key = format!("partitions/{id}");
    for (key, value) in after.iter().filter(|(other, _)| **other != key) {
        assert_eq!(value, &before[key], "{key}");
    }
    assert_eq!(after[&key]["state"], "Active");
    fs::write(segment, sound).unwrap();
    cluster.check("as it was");
}

#[test]
fn what_others_wrote_is_divided_and_what_is_no_otlp_is_refused() {
    let mut cluster = Cluster::embedded();
    let id = cluster.largest();
    let nodes = cluster.stored()[&format!("partitions/{id}")]["nodes"].clone();
    let line = r#"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","spanId":"00f067aa0ba902b7","startTimeUnixNano":"1762344000000000000"},{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"00f067aa0ba902b8","startTimeUnixNano":"1762344000000000000"}]}]}]}"#;
    let places: Vec<_> = nodes
        .as_array()
        .unwrap()
        .iter()
        .map(|node| cluster.path(node.as_str().unwrap()).join(&id).join("first"))
        .collect();
    let before = cluster.stored();
    for (name, content, why) in [
        ("other.parquet", "PAR1 and so on", "cannot be divided: not OTLP"),
        (
            "other.jsonl",
            "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"spanId\":\"00f067aa0ba902b7\",\"startTimeUnixNano\":\"5\"}]}]}]}",
            "without a valid trace id",
        ),
    ] {
        places.iter().for_each(|place| fs::write(place.join(name), content).unwrap());
        let refused = cluster.run(&split(&id, &[])).code(5);
        assert!(refused.err.contains(name) && refused.err.contains(why), "{refused:#?}");
        assert_eq!(cluster.stored(), before);
        places.iter().for_each(|place| fs::remove_file(place.join(name)).unwrap());
    }
    places.iter().for_each(|place| fs::write(place.join("others.jsonl"), format!("{line}\n")).unwrap());
    cluster.input.push_str(&format!("{line}\n"));
    cluster.run(&split(&id, &[])).code(0);
    cluster.check("with others' segment");
}

#[test]
fn what_cannot_be_split_says_why() {
    let cluster = Cluster::embedded();
    let id = cluster.largest();
    let away = cluster.stored()[&format!("partitions/{id}")]["nodes"][2].as_str().unwrap().to_owned();
    let said = |args: &[&str], code: i32, why: &str| {
        let ran = cluster.run(args).code(code);
        assert!(ran.err.contains(why), "{why}: {ran:#?}");
    };
    said(&split("partition_1_0001", &[]), 1, "does not exist");
    said(&split("partition_1_1", &[]), 2, "canonical");
    said(&split(&id, &["--bits", "6"]), 2, "--bits");
    said(&split("time_partition_5", &[]), 1, "does not exist");
    cluster.run(&["partition", "set", &id, "--state", "ReadOnly", "--yes"]).code(0);
    said(&split(&id, &[]), 1, "its state is ReadOnly");
    cluster.run(&["partition", "set", &id, "--state", "Active", "--yes"]).code(0);
    fs::rename(cluster.path(&away), cluster.path("away")).unwrap();
    said(&split(&id, &[]), 5, &away);
    cluster.run(&["node", "fail", &away, "--yes"]).code(0);
    said(&split(&id, &[]), 1, "is down or not recorded");
    said(&["data", "compact", "--target-size", "1GiB", "--yes"], 2, "--target-size");
}

#[test]
fn a_node_that_held_what_was_split_is_emptied_and_removed() {
    let cluster = Cluster::embedded();
    let id = cluster.largest();
    cluster.run(&split(&id, &["--bits", "2"])).code(0);
    let held = cluster.stored()[&format!("partitions/{id}")]["nodes"].clone();
    let node = held[0].as_str().unwrap();
    cluster.run(&["node", "drain", node, "--yes"]).code(0);
    let planned = cluster.run(&["plan-rebalance", "-o", "name"]).code(0);
    let execute = ["execute-rebalance", planned.out.trim(), "--yes", "--grace", "0", "--settle", "0", "-o", "ndjson"];
    let done = cluster.run(&execute).code(0).rows().remove(0);
    assert_eq!((&done["left"], &done["failed"]), (&0.into(), &0.into()), "{done}");
    cluster.check("drained");
    assert_eq!(cluster.stored()[&format!("partitions/{id}")]["nodes"], held, "the parent's record stays as it is");
    let nothing = cluster.run(&["plan-rebalance", "--dry-run", "--detailed-exitcode"]).code(0);
    assert!(!nothing.out.contains(&id) && !nothing.err.contains(&id), "{nothing:#?}");
    cluster.run(&["node", "safe-to-remove", node]).code(0);
    cluster.run(&["node", "remove", node, "--yes"]).code(0);
    cluster.check("removed");
    let doctor = cluster.run(&["doctor", "-o", "ndjson"]);
    assert!(!doctor.out.contains("unknown_node") && !doctor.out.contains("\"severity\":\"error\""), "{doctor:#?}");
    cluster.run(&["data", "scrub"]).code(0);
    let plan = cluster.run(&["plan-rebalance", "--dry-run"]).code(0);
    assert!(!plan.out.contains(node) && !plan.err.contains(node), "{plan:#?}");
}
