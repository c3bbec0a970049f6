//! Nodes that are down, away or full while is written.

use std::fs;

use serde_json::Value;

use crate::disk::copies;
use crate::program::{Cluster, sum_in};
use crate::sample::{self, Sum, sum_of};

fn marks(cluster: &Cluster) -> Vec<(String, String)> {
    let snapshot = cluster.run(&["snapshot", "export"]).ok().json();
    let entries = snapshot["entries"].as_array().unwrap();
    let keys = entries.iter().map(|entry| entry["key"].as_str().unwrap());
    keys.filter_map(|key| key.strip_prefix("/otlp/repair/")?.split_once('/'))
        .map(|(id, node)| (id.to_owned(), node.to_owned()))
        .collect()
}

/// Every listed copy holds all of its partition, or has a mark, which only these nodes' may; gives what the whole ones hold,
/// once.
fn check_marked(cluster: &Cluster, away: &[&str]) -> Sum {
    let marks = marks(cluster);
    let mut all = Sum::default();
    for (id, of_nodes) in copies(&cluster.records(), &cluster.data()) {
        let most = of_nodes.values().max_by_key(|copy| copy.len()).unwrap();
        for (node, copy) in &of_nodes {
            let is_marked = marks.contains(&(id.clone(), node.clone()));
            assert!(copy == most || is_marked, "{id} on {node} misses something and has no mark");
            assert!(!is_marked || away.contains(&node.as_str()), "{id} on {node}");
        }
        most.values().for_each(|segment| all.add(segment.sum.records, segment.sum.sum));
    }
    all
}

#[test]
fn copies_that_miss_something_are_marked_before_it_is_acknowledged() {
    let input = sample::json_lines(11, 60);
    type Away = fn(&Cluster);
    let ways: [(&str, Away); 4] = [
        ("the directory is gone", |cluster| fs::remove_dir_all(cluster.data().join("n2")).unwrap()),
        ("the marker is gone", |cluster| fs::remove_file(cluster.data().join("n2/.otlp-part-node.json")).unwrap()),
        ("the marker is another node's", |cluster| {
            fs::copy(cluster.data().join("n1/.otlp-part-node.json"), cluster.data().join("n2/.otlp-part-node.json"))
                .unwrap();
        }),
        ("it is down", |cluster| {
            cluster.run(&["node", "fail", "n2", "--yes"]).ok();
        }),
    ];
    for (what, away) in ways {
        let cluster = Cluster::new(r#""partitioning":{"hash_buckets":4}"#);
        // The hours exist before the node goes.
        cluster.run(&["partition", "create", "--from", "2025-11-05T12:00Z", "--to", "2025-11-05T15:00Z", "--yes"]).ok();
        away(&cluster);
        let answer = cluster.write(input.as_bytes(), &[]);
        assert_eq!(sum_in(&answer), sum_of(input.as_bytes()), "{what}");
        assert!(answer["copies_missed"].as_u64().unwrap() > 0, "{what}: {answer}");
        assert_eq!(check_marked(&cluster, &["n2"]), sum_of(input.as_bytes()), "{what}");
    }
}

#[test]
fn without_a_quorum_nothing_is_acknowledged_and_the_same_command_completes_it() {
    let cluster = Cluster::new(r#""partitioning":{"hash_buckets":4}"#);
    let input = sample::json_lines(12, 60);
    for node in ["n2", "n3"] {
        fs::rename(cluster.data().join(node), cluster.lab.path(node)).unwrap();
    }
    let args = ["data", "write", "--yes", "--quorum-wait", "1s", "-o", "ndjson"];
    let refused = cluster.run_with(&args, input.as_bytes());
    assert_eq!((refused.code, refused.out.as_str()), (5, ""), "{refused:#?}");
    assert!(refused.err.contains("has no quorum") && refused.err.contains("n2: ") && refused.err.contains("n3: "));
    // With one of them back, two of three copies are enough.
    fs::rename(cluster.lab.path("n2"), cluster.data().join("n2")).unwrap();
    assert_eq!(sum_in(&cluster.write(input.as_bytes(), &[])), sum_of(input.as_bytes()));
    assert_eq!(check_marked(&cluster, &["n2", "n3"]), sum_of(input.as_bytes()));
    // And one that wants all of them does not.
    let all = cluster.run_with(&["data", "write", "--yes", "--quorum", "all", "--quorum-wait", "0"], b"{}");
    assert_eq!(all.code, 0, "there is nothing to write: {all:#?}");
    let more = sample::json_lines(13, 20);
    let all = cluster.run_with(&["data", "write", "--yes", "--quorum", "all", "--quorum-wait", "0"], more.as_bytes());
    assert_eq!(all.code, 5, "{all:#?}");
    fs::rename(cluster.lab.path("n3"), cluster.data().join("n3")).unwrap();
}

/// A marked copy may be repaired from another one, so it is none of the quorum.
#[test]
fn a_marked_copy_does_not_count() {
    let cluster = Cluster::new(r#""partitioning":{"hash_buckets":1},"replication_factor":2"#);
    cluster.run(&["partition", "create", "--from", "2025-11-05T12:00Z", "--to", "2025-11-05T15:00Z", "--yes"]).ok();
    let owner = cluster.records()[0]["nodes"][0].as_str().unwrap().to_owned();
    fs::rename(cluster.data().join(&owner), cluster.lab.path("away")).unwrap();
    let input = sample::json_lines(14, 10);
    // Two copies, and both are needed.
    let args = ["data", "write", "--yes", "--quorum-wait", "0"];
    assert_eq!(cluster.run_with(&args, input.as_bytes()).code, 5);
    let one = ["data", "write", "--yes", "--quorum", "1", "-o", "json"];
    assert_eq!(sum_in(&cluster.run_with(&one, input.as_bytes()).ok().json()), sum_of(input.as_bytes()));
    fs::rename(cluster.lab.path("away"), cluster.data().join(&owner)).unwrap();
    let more = sample::json_lines(15, 10);
    let refused = cluster.run_with(&args, more.as_bytes());
    assert_eq!(refused.code, 5, "{refused:#?}");
    assert!(refused.err.contains("its copy misses something and is to be repaired"), "{refused:#?}");
}

#[test]
fn a_copy_that_cannot_be_written_is_one_that_misses_it() {
    let cluster = Cluster::new(r#""partitioning":{"hash_buckets":2}"#);
    cluster.run(&["partition", "create", "--from", "2025-11-05T12:00Z", "--to", "2025-11-05T15:00Z", "--yes"]).ok();
    // A file where the partition's directory should be.
    for record in cluster.records().as_array().unwrap() {
        fs::write(cluster.data().join("n1").join(record["partition"].as_str().unwrap()), "").unwrap();
    }
    let input = sample::json_lines(16, 20);
    let answer = cluster.write(input.as_bytes(), &[]);
    assert!(answer["copies_missed"].as_u64().unwrap() > 0);
    assert_eq!(check_marked(&cluster, &["n1"]), sum_of(input.as_bytes()));
}

#[test]
fn a_partition_that_takes_no_data_is_named() {
    let cluster = Cluster::new(r#""partitioning":{"hash_buckets":1}"#);
    cluster.run(&["partition", "create", "--from", "2025-11-05T12:00Z", "--to", "2025-11-05T15:00Z", "--yes"]).ok();
    let records: Value = cluster.records();
    let id = records[1]["partition"].as_str().unwrap();
    cluster.run(&["partition", "set", id, "--state", "ReadOnly", "--yes"]).ok();
    let input = sample::json_lines(17, 20);
    let refused = cluster.run_with(&["data", "write", "--yes"], input.as_bytes());
    assert_eq!(refused.code, 5, "{refused:#?}");
    assert!(refused.err.contains(&format!("{id} is ReadOnly")), "{refused:#?}");
    cluster.run(&["partition", "set", id, "--state", "Active", "--yes"]).ok();
    cluster.write(input.as_bytes(), &[]);
    cluster.check(sum_of(input.as_bytes()));
}
