//! Partitions past their retention: listed, deleted, given back, and what the rest of the program says of them.

use std::fs;

use crate::golden;
use crate::support::{Session, record, snapshot};

const STORE: &str = "--store file:$DIR/c.db";
const SPEC: &str = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c","replication_factor":2,"partitioning":[{"hash_buckets":64,"retention_days":30}]}"#;

/// The last hour that is expired, and those before it.
fn expired(hours_before: i64, index: u32) -> String {
    format!("partition_{}_{index:04}", 488_822 - hours_before)
}

/// Three nodes with their data; `hours` hours of `each` partitions are expired, one is kept.
fn started(hours: i64, each: u32, more: &[(String, String)]) -> Session {
    let s = Session::new();
    let mut entries = vec![("cluster".to_owned(), SPEC.to_owned())];
    for node in ["n1", "n2", "n3"] {
        fs::create_dir(s.lab.path(node)).unwrap();
        let marker = format!(r#"{{"cluster_id":"c","node_id":"{node}"}}"#);
        fs::write(s.lab.path(node).join(".otlp-part-node.json"), marker).unwrap();
        entries.push((format!("nodes/{node}"), format!(r#"{{"data_url":"file://{}"}}"#, s.lab.text(node))));
    }
    let mut put = |id: String, nodes: [&str; 2]| {
        for node in nodes {
            let copy = s.lab.path(node).join(&id).join("first");
            fs::create_dir_all(&copy).unwrap();
            fs::write(copy.join("a-0001.jsonl"), "x").unwrap();
        }
        entries.push((format!("partitions/{id}"), record(&id, &nodes, Some(nodes[0]), 1_500_000_000)));
    };
    for hour in 0..hours {
        for index in 0..each {
            put(expired(hour, index), if index % 2 == 0 { ["n1", "n2"] } else { ["n2", "n3"] });
        }
    }
    put("partition_488823_0001".to_owned(), ["n1", "n3"]);
    for (key, value) in more {
        entries.retain(|(known, _)| known != key);
        entries.push((key.clone(), value.clone()));
    }
    let entries: Vec<(&str, &str)> = entries.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    s.lab.file("s.json", snapshot(&entries));
    s.lab.run(&format!("{STORE} snapshot import $DIR/s.json --yes")).ok();
    s
}

#[test]
fn what_is_expired_goes() {
    let mut s = started(2, 2, &[]);
    s.run(&format!("{STORE} partition expire --dry-run"));
    s.run(&format!("{STORE} partition expire --dry-run -o csv -q"));
    s.run(&format!("{STORE} partition expire --dry-run -o json --limit 1 -q"));
    s.run(&format!("{STORE} partition expire --dry-run --max-partitions 1 --before 2025-10-06T14:30Z"));
    s.run(&format!("{STORE} partition expire --dry-run --retention-days 29"));
    s.run(&format!("{STORE} partition expire"));
    s.run("--store snapshot:$DIR/s.json partition expire --yes");
    s.run(&format!("{STORE} partition expire --retention-days 0 --yes"));
    s.run(&format!("{STORE} partition expire --before soon --yes"));
    s.say("the data of n3 does not answer");
    fs::rename(s.lab.path("n3"), s.lab.path("away")).unwrap();
    s.run(&format!("{STORE} partition expire --max-partitions 2 --settle 0 --yes --reason 'disk full'"));
    s.run(&format!("{STORE} audit list --columns command,reason,summary -q"));
    fs::rename(s.lab.path("away"), s.lab.path("n3")).unwrap();
    s.run(&format!("{STORE} partition expire --settle 0 --yes -o json"));
    s.run(&format!("{STORE} migration abort --all --yes"));
    s.run(&format!("{STORE} partition expire --yes"));
    s.run(&format!("{STORE} partition list -o name -q"));
    let left = |node: &str| {
        fs::read_dir(s.lab.path(node)).unwrap().filter(|e| {
            let path = e.as_ref().unwrap().path();
            path.is_dir() && fs::read_dir(path).unwrap().count() > 0
        })
    };
    assert_eq!(["n1", "n2", "n3"].map(|node| left(node).count()), [1, 0, 1]);
    golden!("expire", s);
}

#[test]
fn many_are_listed_by_time_bucket() {
    let mut s = started(3, 20, &[]);
    s.run(&format!("{STORE} partition expire --dry-run"));
    s.run(&format!("{STORE} partition expire --dry-run -o name -q --limit 2"));
    golden!("expire_many", s);
}

/// An expiry in flight whose run is gone, one past its way back, one that a move is in the way of, and one of a later version.
#[test]
fn what_is_in_flight_is_told() {
    let journal = |index: u32, phase: &str, nodes: [&str; 2]| {
        let copy = |node: &str| format!(r#"{{"node":"{node}","copy_id":"first"}}"#);
        let copies = nodes.map(copy).join(",");
        let value = format!(
            r#"{{"kind":"expire","schema_version":1,"operation_id":"x-{index}","run":"run-1","phase":"{phase}","copies":[{copies}],"prior_state":"Active","size_bytes":1500000000,"record_count":3,"started_at":"2025-11-05T14:00:00Z","by":"ann@desk"}}"#
        );
        (format!("migrations/{}", expired(0, index)), value)
    };
    let state = |index: u32, nodes: [&str; 2], state: &str| {
        let id = expired(0, index);
        let value = record(&id, &nodes, Some(nodes[0]), 1_500_000_000).replace("Active", state);
        (format!("partitions/{id}"), value)
    };
    let later = (
        format!("migrations/{}", expired(0, 3)),
        r#"{"kind":"merge","schema_version":1,"phase":"Merging","operation_id":"y"}"#.to_owned(),
    );
    let more = [
        state(0, ["n1", "n2"], "ReadOnly"),
        journal(0, "Claimed", ["n1", "n2"]),
        state(1, ["n2", "n3"], "ReadOnly"),
        journal(1, "Deleting", ["n2", "n3"]),
        state(2, ["n1", "n2"], "Migrating"),
        later,
    ];
    let mut s = started(1, 4, &more);
    s.run(&format!("{STORE} migration list"));
    s.run(&format!("{STORE} migration get {} -o json -q", expired(0, 0)));
    s.run(&format!("{STORE} migration watch --limit 1"));
    s.run(&format!("{STORE} doctor --each --no-data"));
    s.run(&format!("{STORE} node safe-to-remove n3"));
    s.run(&format!("{STORE} partition expire --dry-run"));
    s.run(&format!("{STORE} migration abort {} {} --dry-run", expired(0, 0), expired(0, 1)));
    s.run(&format!("{STORE} migration abort {} --yes", expired(0, 0)));
    s.run(&format!("{STORE} partition get {} --columns partition,state -q", expired(0, 0)));
    s.run(&format!("{STORE} partition expire --settle 0 --yes"));
    s.run(&format!("{STORE} partition list -o name -q"));
    golden!("expire_in_flight", s);
}
