//! Zone-balanced placement: `partition create` places all partitions of a coming time bucket together.

use std::collections::BTreeMap;

use crate::golden;
use crate::support::{Session, record, snapshot};

const STORE: &str = "--store file:$DIR/c.db";
/// The hour after the one that has begun.
const NEXT: &str = "--from 2025-11-05T16:00Z";

/// Nodes in three zones.
fn nodes_file(s: &Session, nodes: &[(&str, &str, u32)]) -> String {
    let node = |(id, zone, weight): &(&str, &str, u32)| {
        format!(r#"{{"id":"{id}","weight":{weight},"location":{{"availability_zone":"{zone}"}}}}"#)
    };
    let nodes: Vec<String> = nodes.iter().map(node).collect();
    s.lab.file("nodes.json", format!(r#"{{"nodes":[{}]}}"#, nodes.join(",")))
}

const SIX: [(&str, &str, u32); 6] =
    [("n1", "a", 1), ("n2", "a", 1), ("n3", "b", 1), ("n4", "b", 1), ("n5", "c", 1), ("n6", "c", 1)];

/// Replicas and leaders of each node in a range.
fn loads(s: &Session, range: &str) -> BTreeMap<String, (u64, u64)> {
    let list = s.lab.run(&format!("{STORE} partition list {range} -o json -q")).ok().json();
    let mut loads: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for partition in list.as_array().unwrap() {
        for node in partition["nodes"].as_array().unwrap() {
            loads.entry(node.as_str().unwrap().to_owned()).or_default().0 += 1;
        }
        loads.entry(partition["leader"].as_str().unwrap().to_owned()).or_default().1 += 1;
    }
    loads
}

fn say_loads(s: &mut Session, range: &str) {
    let loads = loads(s, range);
    let text: Vec<String> = loads.iter().map(|(node, (held, led))| format!("{node} {held} ({led} led)")).collect();
    s.say(&text.join(", "));
}

#[test]
fn hours_are_placed_together() {
    let mut s = Session::new();
    nodes_file(&s, &SIX);
    s.run(&format!("{STORE} init --file $DIR/nodes.json --placement zone-balanced --hash-buckets 10 --yes"));
    s.run(&format!(
        "{STORE} route --trace-id 04a971f14b28f97dc6888f7bd33157cf {} -o value=placement",
        "--time 2025-11-05T16:10Z"
    ));
    s.run(&format!("{STORE} partition create --from now --for 2h --dry-run"));
    s.run(&format!("{STORE} partition create {NEXT} --for 3h --yes"));
    say_loads(&mut s, &format!("{NEXT} --for 1h"));
    say_loads(&mut s, &format!("{NEXT} --for 3h"));
    s.run(&format!("{STORE} partition list {NEXT} --for 1h --limit 4 --columns partition,leader,nodes"));
    s.run(&format!(
        "{STORE} route --trace-id 04a971f14b28f97dc6888f7bd33157cf {} -o value=placement",
        "--time 2025-11-05T16:10Z"
    ));
    s.say("what is there stays, and counts");
    s.run(&format!("{STORE} partition create {NEXT} --for 3h --yes"));
    s.lab.run(&format!("{STORE} partition delete partition_489544_0000 partition_489544_0007 --force --yes")).ok();
    s.run(&format!("{STORE} partition create {NEXT} --for 4h --yes"));
    say_loads(&mut s, &format!("{NEXT} --for 4h"));
    s.say("nodes that take no new partitions get none");
    s.lab.run(&format!("{STORE} node cordon n2 --yes")).ok();
    s.run(&format!("{STORE} partition create --from 2025-11-06T00:00Z --for 1h --yes"));
    say_loads(&mut s, "--from 2025-11-06T00:00Z --for 1h");
    s.run(&format!("{STORE} doctor -q"));
    golden!("create_zone_balanced", s);
}

#[test]
fn weights_zones_and_capacity() {
    let mut s = Session::new();
    nodes_file(&s, &[("n1", "a", 1), ("n2", "b", 3), ("n3", "b", 1), ("n4", "", 1), ("n5", "", 1)]);
    s.lab.run(&format!("{STORE} init --file $DIR/nodes.json --replication-factor 2 --hash-buckets 12 --yes -q")).ok();
    s.say("only another function changes where routing looks");
    s.run(&format!("{STORE} cluster set placement.algorithm=zone-balanced --yes"));
    s.run(&format!("{STORE} cluster set placement.algorithm=balanced --yes"));
    s.run(&format!("{STORE} partition create {NEXT} --for 1h --yes"));
    say_loads(&mut s, &format!("{NEXT} --for 1h"));
    s.say("one zone is left");
    for node in ["n1", "n4", "n5"] {
        s.lab.run(&format!("{STORE} node cordon {node} --yes")).ok();
    }
    s.run(&format!("{STORE} partition create --from 2025-11-05T20:00Z --for 2h --yes"));
    for node in ["n2", "n3"] {
        s.lab.run(&format!("{STORE} node cordon {node} --yes")).ok();
    }
    s.run(&format!("{STORE} partition create --from 2025-11-06T00:00Z --for 1h --yes"));
    golden!("create_zone_balanced_limits", s);
}

/// A node that is full by its capacity gets nothing; values that cannot be read are not counted, and that is said.
#[test]
fn room_by_capacity() {
    let mut s = Session::new();
    let spec = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c","replication_factor":2,"partitioning":[{"hash_buckets":8}],"placement":{"algorithm":"zone-balanced"}}"#;
    let node = |zone: &str, capacity: u64| {
        format!(r#"{{"location":{{"availability_zone":"{zone}"}},"capacity_bytes":{capacity}}}"#)
    };
    let nodes = [("a1", "a", 1_020), ("a2", "a", 10_000), ("b1", "b", 9_000), ("b2", "b", 9_000)];
    let held = record("partition_489540_0001", &["a1", "b1"], Some("a1"), 1_000);
    let mut entries = vec![("cluster".to_owned(), spec.to_owned())];
    entries.push(("partitions/partition_489540_0001".to_owned(), held));
    entries.push(("partitions/partition_489540_0002".to_owned(), "{}".to_owned()));
    entries.extend(nodes.iter().map(|(id, zone, capacity)| (format!("nodes/{id}"), node(zone, *capacity))));
    let entries: Vec<(&str, &str)> = entries.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    s.lab.file("s.json", snapshot(&entries));
    s.lab.run(&format!("{STORE} snapshot import $DIR/s.json --yes")).ok();
    s.run(&format!("{STORE} partition create {NEXT} --for 1h --yes"));
    say_loads(&mut s, &format!("{NEXT} --for 1h"));
    s.say("there is no room for so many");
    s.run(&format!("{STORE} partition create --from 2025-11-05T17:00Z --for 1h --dry-run"));
    golden!("create_zone_balanced_room", s);
}
