//! Node commands: selectors, states, failing over, removing, and what a change of the topology would re-route.

use crate::golden;
use crate::support::{Lab, Session, record, snapshot};

const STORE: &str = "--store file:$DIR/c.db";

fn id(n: u32) -> String {
    format!("partition_489542_{n:04}")
}

/// Five nodes in three zones of two regions, four buckets an hour, and records of 14:00. Partition 3 is being moved, the
/// copy of partition 2 on n3 misses something, and n4 has a copy to be deleted.
fn entries() -> Vec<(String, String)> {
    let spec = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c1","partitioning":[{"hash_buckets":4}],"replication_factor":2}"#;
    let mut entries = vec![("cluster".to_owned(), spec.to_owned())];
    for (name, region, zone) in
        [("n1", "eu", "z1"), ("n2", "eu", "z1"), ("n3", "eu", "z2"), ("n4", "us", "z3"), ("n5", "us", "z3")]
    {
        let node = format!(r#"{{"weight":1,"location":{{"region":"{region}","availability_zone":"{zone}"}}}}"#);
        entries.push((format!("nodes/{name}"), node));
    }
    for (n, nodes, leader, size) in [
        (0, ["n1", "n3"], "n1", 2_000_000_000),
        (1, ["n2", "n4"], "n2", 1_500_000_000),
        (2, ["n1", "n3"], "n1", 250_000_000),
        (3, ["n1", "n2"], "n1", 750_000_000),
    ] {
        entries.push((format!("partitions/{}", id(n)), record(&id(n), &nodes, Some(leader), size)));
    }
    entries
        .push((format!("migrations/{}", id(3)), r#"{"kind":"move","phase":"Copying","from":"n2","to":"n5"}"#.into()));
    entries.push((format!("repair/{}/n3", id(2)), "{}".into()));
    entries.push((format!("orphans/n4/{}/c7", id(0)), "{}".into()));
    entries
}

fn import(s: &Session, entries: &[(String, String)]) {
    let entries: Vec<(&str, &str)> = entries.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    s.lab.file("s.json", snapshot(&entries));
    s.lab.run(&format!("{STORE} snapshot import $DIR/s.json --yes")).ok();
}

fn started() -> Session {
    let s = Session::new();
    import(&s, &entries());
    s
}

#[test]
fn states_and_selectors() {
    let mut s = started();
    s.run(&format!("{STORE} node list --load"));
    s.run(&format!("{STORE} node list --load --zone z1 --region us --sort bytes:desc"));
    s.run(&format!("{STORE} node list --load --sort partitions:desc --limit 1 -o json"));
    s.run(&format!("{STORE} node list --sort leaders"));
    s.run(&format!("{STORE} node cordon n1 --dry-run"));
    s.run(&format!("{STORE} node cordon n1 --yes"));
    s.run(&format!("{STORE} node cordon n1 --yes"));
    s.run(&format!("{STORE} node drain n1 n3 --yes --reason 'old hardware'"));
    s.run(&format!("{STORE} node activate --zone z1 --zone z2 --yes"));
    s.say("a region narrows the zones");
    s.run(&format!("{STORE} node get --region us --zone z3 -o name"));
    s.run(&format!("{STORE} node get --region us --zone z1"));
    s.run(&format!("{STORE} node get --zone z1 --zone z9"));
    s.lab.file("ids.txt", "# the old ones\nn4\n\nn5  # both of z3\n");
    s.run(&format!("{STORE} node cordon --file $DIR/ids.txt --yes"));
    s.run_stdin(&format!("{STORE} node activate --file - --yes -q"), "[\"n4\", {\"node\": \"n5\"}]");
    s.run(&format!("{STORE} node set --in-zone z3 --capacity 4TB --yes"));
    s.say("one way of naming nodes at a time, and at least one");
    for line in [
        "cordon --yes",
        "cordon n1 --zone z1 --yes",
        "drain --file $DIR/ids.txt --region eu --yes",
        "activate n1 n1 --yes",
        "fail n1 n9 --yes",
        "cordon --zone z9 --yes",
        "cordon --file $DIR/none.txt --yes",
        "set --in-zone z1 n1 --weight 2 --yes",
        "set --weight 2 --yes",
        "get",
    ] {
        s.run(&format!("{STORE} node {line}"));
    }
    golden!("node_states", s);
}

#[test]
fn a_node_fails_and_comes_back() {
    let mut s = started();
    s.run(&format!("{STORE} node fail n1 --dry-run"));
    s.say("an output that does not fit is told before anything is written");
    s.run(&format!("{STORE} node fail n1 --yes --columns colour"));
    s.run(&format!("{STORE} node fail n1 --yes -o value=colour"));
    s.run(&format!("{STORE} node fail n1 --yes --reason 'disk died'"));
    s.run(&format!("{STORE} partition list --columns partition,leader,nodes,state"));
    s.run(&format!("{STORE} partition get {} -o value=epoch", id(0)));
    s.run(&format!("{STORE} node cordon n1 --yes"));
    s.run(&format!("{STORE} node set n1 --state draining --yes"));
    s.say("again: nothing but the operation in flight is left");
    s.run(&format!("{STORE} node fail n1 --yes -o ndjson"));
    s.run(&format!("{STORE} node fail --zone z1 --yes -o csv"));
    s.run(&format!("{STORE} node activate n1 --yes"));
    s.run(&format!("{STORE} node activate --region eu --yes"));
    s.run(&format!("{STORE} node set n2 --state down --yes"));
    golden!("node_fail", s);
}

#[test]
fn values_that_cannot_be_read_do_not_stop_a_failover() {
    let mut s = Session::new();
    let mut entries = entries();
    entries.retain(|(key, _)| !key.starts_with("migrations/"));
    entries.push((format!("partitions/{}", id(1)).replace("489542", "489541"), "{\"partition_id\":".into()));
    import(&s, &entries);
    s.run(&format!("{STORE} node fail n2 --yes"));
    s.run(&format!("{STORE} node drain n3 --yes"));
    s.run(&format!("{STORE} node safe-to-remove n2"));
    s.run(&format!("{STORE} node list --load"));
    golden!("node_unreadable", s);
}

#[test]
fn safe_to_remove_and_removed() {
    let mut s = started();
    s.run(&format!("{STORE} node safe-to-remove n5"));
    s.run(&format!("{STORE} node safe-to-remove n1 n4"));
    s.run(&format!("{STORE} node safe-to-remove n4 -o json"));
    s.run(&format!("{STORE} node safe-to-remove --zone z2 --zone z3 -o csv"));
    s.run(&format!("{STORE} node safe-to-remove n1 n2 n3 n4 n5 -o value=reason"));
    s.run(&format!("{STORE} node safe-to-remove n9"));
    s.run(&format!("{STORE} node remove n4 --yes"));
    s.run(&format!("{STORE} node remove n1 n2 n3 n4 n5 --yes --force"));
    s.say("partition 3 moves to n5; without that nothing speaks against n5");
    let mut entries = entries();
    entries.retain(|(key, _)| !key.starts_with("migrations/"));
    s.lab.run("--store file:$DIR/c.db store compact --yes").ok();
    std::fs::remove_file(s.lab.path("c.db")).unwrap();
    import(&s, &entries);
    s.run(&format!("{STORE} node cordon n5 --yes -q"));
    s.run(&format!("{STORE} node safe-to-remove n5"));
    s.run(&format!("{STORE} node remove n5 --dry-run"));
    s.run(&format!("{STORE} node remove n5 --yes"));
    s.say("--force wants the id typed on a terminal, whatever --yes says");
    (s.lab.stdin_terminal, s.lab.stderr_terminal) = (true, true);
    s.lab.variables.insert("NO_COLOR".into(), "1".into());
    s.run_stdin(&format!("{STORE} node remove n4 --force --yes"), "y\n");
    s.run_stdin(&format!("{STORE} node remove n4 --force"), "n40\n");
    s.run_stdin(&format!("{STORE} node remove n4 --force"), "n4\n");
    (s.lab.stdin_terminal, s.lab.stderr_terminal) = (false, false);
    s.run(&format!("{STORE} node remove n3 --force"));
    s.run(&format!("{STORE} node remove n3 --force --yes"));
    golden!("node_remove", s);
}

#[test]
fn what_would_be_re_routed_is_counted() {
    let mut s = Session::new();
    let mut entries = entries();
    entries.retain(|(key, _)| !key.starts_with("migrations/") && !key.starts_with("orphans/"));
    entries[0].1 = entries[0]
        .1
        .replacen('{', r#"{"foreign_writers":true,"#, 1)
        .replace(r#"{"hash_buckets":4}"#, r#"{"hash_buckets":4,"retention_days":2}"#);
    import(&s, &entries);
    s.run(&format!("{STORE} node add n6 --yes"));
    s.run(&format!("{STORE} node add n6 --yes -o json"));
    s.run(&format!("{STORE} node set n1 --weight 2 --yes"));
    s.run(&format!("{STORE} cluster set replication_factor=3 --yes"));
    s.run(&format!("{STORE} cluster set placement.virtual_nodes=100 --yes"));
    s.run(&format!("{STORE} node safe-to-remove n5"));
    s.run(&format!("{STORE} node remove n5 --yes"));
    s.say("what placement does not look at, and states, are not counted");
    s.run(&format!("{STORE} node set n1 --zone z9 --yes -q"));
    s.run(&format!("{STORE} cluster set rebalance.threshold=15% --yes -q"));
    s.run(&format!("{STORE} node cordon n5 --yes -q"));
    s.say("forced, with the number");
    s.run(&format!("{STORE} node add n6 --force --dry-run"));
    s.say("recorded, nothing is re-routed");
    s.run(&format!("{STORE} partition create --from now-2d --to now --yes -q"));
    s.run(&format!("{STORE} node add n6 --yes"));
    s.run(&format!("{STORE} cluster set replication_factor=3 --yes"));
    golden!("node_reroute", s);
}

#[test]
fn a_dry_run_of_every_node_command_leaves_every_byte() {
    let s = started();
    let before = s.lab.read("c.db");
    for line in [
        "node add n6",
        "node set n1 --weight 2",
        "node cordon n1",
        "node drain --zone z1",
        "node activate n1",
        "node fail n1",
        "node remove n1 --force",
    ] {
        s.lab.run(&format!("{STORE} {line} --dry-run")).ok();
        assert_eq!(before, s.lab.read("c.db"), "{line}");
    }
}

#[test]
fn a_failover_leaves_an_audit_entry_for_each_transaction() {
    let s = started();
    let done = s.lab.run(&format!("{STORE} node fail n1 --yes --reason 'disk died' --actor ann"));
    assert_eq!(done.code, 5, "{done:#?}");
    let lab: &Lab = &s.lab;
    let export = lab.run(&format!("{STORE} snapshot export")).ok().json();
    let audits: Vec<_> = export["entries"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|e| e["key"].as_str().unwrap().starts_with("/otlp/audit/"))
        .map(|e| e["value"].clone())
        .collect();
    assert_eq!(audits.len(), 2);
    assert!(audits.iter().all(|a| a["command"] == "node fail" && a["actor"] == "ann" && a["reason"] == "disk died"));
    let keys: Vec<_> = audits.iter().map(|a| a["keys"].as_u64().unwrap()).collect();
    assert_eq!(keys, [1, 2], "n1 is Down, then partition 0 with its epoch has another leader");
}
