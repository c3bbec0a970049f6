//! Snapshots, existing clusters, status, the demo, the ring.

use crate::support::{Lab, Session, record, snapshot};
use crate::{NODES, golden};

#[test]
fn the_ring() {
    let mut s = Session::new();
    s.run(&format!("ring get {NODES}"));
    s.run(&format!("ring get {NODES} -o json"));
    s.run(&format!("ring owners {NODES} partition_489542_0051 partition_489234_0168 partition_489696_0089"));
    s.run(&format!("ring owners {NODES} 'any key' -o json"));
    s.run("ring owners --nodes one key -o value=owners");
    s.run("--store file:$DIR/r.db init --nodes a,b --placement rendezvous --yes -q");
    s.run("--store file:$DIR/r.db ring get");
    s.run("--store file:$DIR/r.db ring owners k -o csv");
    golden!("ring", s);
}

#[test]
fn a_snapshot_goes_round() {
    let lab = Lab::new();
    lab.init("a.db");
    let store = "--store file:$DIR/a.db";
    lab.run(&format!("{store} partition create --from 2025-11-05T16:00Z --for 1h --yes")).ok();
    lab.run(&format!("{store} node set node-2 --weight 2 --force --yes")).ok();
    lab.run(&format!("{store} snapshot export $DIR/a.json")).ok();
    lab.run("--store file:$DIR/b.db snapshot import $DIR/a.json --yes").ok();
    let mut later = lab;
    later.now = later.now.plus_seconds(60);
    later.run("--store file:$DIR/b.db snapshot export $DIR/b.json").ok();
    let read = |name: &str| serde_json::from_slice::<serde_json::Value>(&later.read(name)).unwrap();
    let (mut a, mut b) = (read("a.json"), read("b.json"));
    assert_eq!(b["exported_at"], "2025-11-05T15:11:00Z");
    assert_ne!(a["source"], b["source"]);
    for field in ["exported_at", "source"] {
        a[field].take();
        b[field].take();
    }
    assert_eq!(a, b);
    assert!(a["entries"].as_array().unwrap().len() > 256);
    let file = later.read("a.json");
    let stdout = later.run(&format!("{store} snapshot export")).ok();
    assert_eq!(stdout.out.lines().count(), String::from_utf8(file.clone()).unwrap().lines().count());
    let mut s = Session::on(later);
    s.run("--store file:$DIR/a.db snapshot export $DIR/a.json");
    s.run("--store file:$DIR/a.db snapshot import $DIR/a.json --yes");
    s.run("--store snapshot:$DIR/a.json node list");
    s.run("--store snapshot:$DIR/a.json node set node-1 --weight 2 --yes");
    s.run("--store snapshot:$DIR/a.json snapshot import $DIR/a.json --yes");
    s.run("--store file:$DIR/c.db snapshot import $DIR/a.json --dry-run");
    assert_eq!(file, s.lab.read("a.json"));
    golden!("snapshot", s);
    let stdin = s.lab.run_stdin("--store snapshot:- node list -o csv", &file).ok();
    assert_eq!(stdin.out, s.lab.run("--store snapshot:$DIR/a.json node list -o csv").ok().out);
    assert!(stdin.err.contains("snapshot:- (--store)"), "{}", stdin.err);
}

#[test]
fn an_existing_cluster_has_records_alone() {
    let ids = ["partition_489542_0051", "partition_489542_0007", "partition_489541_0009"];
    let records = ids.map(|id| record(id, &["node-7", "node-9", "node-11"], Some("node-9"), 3_000_000_000));
    let keys = ids.map(|id| format!("partitions/{id}"));
    let entries: Vec<(&str, &str)> = keys.iter().zip(&records).map(|(k, r)| (k.as_str(), r.as_str())).collect();
    let mut s = Session::new();
    s.lab.file("old.json", snapshot(&entries));
    let store = "--store snapshot:$DIR/old.json";
    s.run(&format!("{store} status"));
    s.run(&format!("{store} node list"));
    s.run(&format!("{store} route --trace-id 04a971f14b28f97dc6888f7bd33157cf --time 2025-11-05T14:43:44Z -o json"));
    s.run(&format!("{store} route --trace-id 4bf92f3577b34da6a3ce929d0e0e4736 --time 2025-11-05T14:43:44Z -o json"));
    s.run(&format!("{store} cluster get -o value=replication_factor"));
    s.run(&format!("{store} partition list"));
    s.say("one recorded node would be the whole cluster");
    s.run("--store file:$DIR/old.db snapshot import $DIR/old.json --yes -q");
    s.run("--store file:$DIR/old.db node add node-12 --yes");
    s.run("--store file:$DIR/old.db node add node-12 --force --yes");
    s.run("--store file:$DIR/old.db node add node-7 node-9 node-11 node-12 --force --yes");
    golden!("existing_cluster", s);
}

#[test]
fn status() {
    let mut s = Session::new();
    s.lab.file("c.json", super::ranges::cluster());
    s.run("--store snapshot:$DIR/c.json status");
    s.run("--store snapshot:$DIR/c.json status -o json");
    s.run("--store snapshot:$DIR/c.json status -o value=leaderless");
    s.run("--store snapshot:$DIR/c.json status -o csv");
    s.say("a healthy one");
    s.lab.init("h.db");
    s.run("--store file:$DIR/h.db status");
    s.say("a value that cannot be read is named, and the rest is answered");
    let id = "partition_489542_0051";
    let entries =
        [("nodes/n1", "{}"), ("partitions/partition_489542_0051", "{\"partition_id\":"), ("partitions/odd", "{}")];
    s.lab.file("bad.json", snapshot(&entries));
    s.run("--store snapshot:$DIR/bad.json status");
    s.run("--store snapshot:$DIR/bad.json partition list");
    s.run(&format!("--store snapshot:$DIR/bad.json partition get {id}"));
    s.run(
        "--store snapshot:$DIR/bad.json route --trace-id 04a971f14b28f97dc6888f7bd33157cf --time 2025-11-05T14:43:44Z",
    );
    s.run("--store snapshot:$DIR/bad.json route --from 2025-11-05T14:00Z --for 1h --bucket 51");
    golden!("status", s);
}

#[test]
fn the_demo() {
    let mut s = Session::new();
    s.run("demo --dir $DIR/demo --dry-run");
    assert!(!s.lab.path("demo").exists());
    s.run("demo --dir $DIR/demo");
    let (store, sample) = (s.lab.read("demo/cluster.db"), s.lab.read("demo/sample.jsonl"));
    s.run("demo --dir $DIR/demo");
    s.run("--store file:$DIR/demo/cluster.db status");
    s.run("--store file:$DIR/demo/cluster.db route --otlp $DIR/demo/sample.jsonl --limit 3");
    s.run("--store file:$DIR/demo/cluster.db route --last 3h --near zone=eu-2");
    assert_eq!((store, sample), (s.lab.read("demo/cluster.db"), s.lab.read("demo/sample.jsonl")));
    golden!("demo", s);
}

#[test]
fn boundaries() {
    let mut s = Session::new();
    s.run("partition boundaries alphabetic:4");
    s.run("partition boundaries alphabetic:26 -o name");
    s.run("partition boundaries alphabetic:27");
    let lab = Lab::new();
    lab.run("demo --dir $DIR/d").ok();
    let sample = lab.text("d/sample.jsonl");
    std::fs::copy(sample, s.lab.path("sample.jsonl")).unwrap();
    s.run("partition boundaries --otlp $DIR/sample.jsonl --count 3");
    s.run("partition boundaries --otlp $DIR/sample.jsonl --count 300");
    s.run("partition boundaries --otlp $DIR/sample.jsonl --count 0");
    golden!("boundaries", s);
}
