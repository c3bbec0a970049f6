//! Commands that change a store, and the past that they leave.

use crate::golden;
use crate::support::{Lab, Session};

const STORE: &str = "--store file:$DIR/c.db";

fn started() -> Session {
    let s = Session::new();
    s.lab.init("c.db");
    s
}

#[test]
fn making_a_store() {
    let mut s = Session::new();
    s.run(&format!("{STORE} init --nodes node-1,node-2 --dry-run"));
    assert!(!s.lab.path("c.db").exists());
    s.run(&format!("{STORE} init --nodes node-1,node-2 --yes"));
    let made = s.lab.read("c.db");
    s.say("never overwrites");
    s.run(&format!("{STORE} init --nodes other --yes"));
    s.run(&format!("{STORE} init --nodes other --yes -o json"));
    assert_eq!(made, s.lab.read("c.db"));
    s.run(&format!("{STORE} cluster get"));
    s.run(&format!("{STORE} cluster get -o json"));
    s.lab.file(
        "nodes.json",
        r#"{"nodes":[{"id":"n1","weight":2,"capacity":"4TB","location":{"region":"eu","az":"eu-1"}},{"id":"n2"}],
            "cluster":{"replication_factor":2,"placement":{"algorithm":"rendezvous"}}}"#,
    );
    s.run("--store file:$DIR/f.db init --file $DIR/nodes.json --hash-buckets 16 --retention-days 7 --yes");
    s.run("--store file:$DIR/f.db node list -o csv");
    s.run("--store file:$DIR/f.db cluster get -o value=placement");
    golden!("init", s);
}

#[test]
fn adopting_a_cluster() {
    let ids = ["partition_489542_0051", "partition_489542_0007", "partition_489541_0300"];
    let records = ids.map(|id| crate::support::record(id, &["node-7", "node-9"], Some("node-9"), 3_000_000_000));
    let keys = ids.map(|id| format!("partitions/{id}"));
    let entries: Vec<(&str, &str)> = keys.iter().zip(&records).map(|(k, r)| (k.as_str(), r.as_str())).collect();
    let mut s = Session::new();
    s.lab.file("old.json", crate::support::snapshot(&entries));
    s.run("--store file:$DIR/a.db init --adopt --yes");
    s.run("--store snapshot:$DIR/old.json init --adopt --yes");
    s.lab.run("--store file:$DIR/a.db snapshot import $DIR/old.json --yes").ok();
    let store = "--store file:$DIR/a.db";
    let export = |s: &Session| s.lab.run(&format!("{store} snapshot export")).ok().out;
    let records_of =
        |text: &str| text.lines().filter(|l| l.contains("/otlp/partitions/")).map(str::to_owned).collect::<Vec<_>>();
    let before = export(&s);
    s.say("a hash bucket that the spec does not know");
    s.run(&format!("{store} init --adopt --yes"));
    s.run(&format!("{store} init --adopt --hash-buckets 512 --dry-run"));
    s.say("a file describes nodes; it cannot add any");
    s.lab.file("more.json", r#"{"nodes":[{"id":"node-7","location":{"az":"a"}},{"id":"node-8"}]}"#);
    s.run(&format!("{store} init --adopt --file $DIR/more.json --hash-buckets 512 --yes"));
    s.lab.file("some.json", r#"{"nodes":[{"id":"node-7","location":{"az":"a"}}],"cluster":{"replication_factor":2}}"#);
    assert_eq!(export(&s), before, "refusals and dry runs write nothing");
    s.run(&format!("{store} init --adopt --file $DIR/some.json --hash-buckets 512 --yes"));
    let after = export(&s);
    assert_eq!(records_of(&after), records_of(&before));
    assert_eq!(records_of(&after).len(), 3);
    s.run(&format!("{store} init --adopt --yes"));
    s.run(&format!("{store} node list -o csv"));
    s.run(&format!("{store} cluster get -o value=foreign_writers"));
    s.say("a record that cannot be read");
    let mut bad = entries.clone();
    bad.push(("partitions/partition_489540_0001", "{\"partition_id\":"));
    bad.push(("partitions/odd", "{}"));
    s.lab.file("bad.json", crate::support::snapshot(&bad));
    s.lab.run("--store file:$DIR/b.db snapshot import $DIR/bad.json --yes").ok();
    s.run("--store file:$DIR/b.db init --adopt --hash-buckets 512 --yes");
    s.run("--store file:$DIR/b.db init --adopt --hash-buckets 512 --force --yes");
    s.say("nodes without a record are no cluster to adopt; what does not go together");
    s.lab.file("nodes.json", crate::support::snapshot(&[("nodes/n1", "{}")]));
    s.lab.run("--store file:$DIR/n.db snapshot import $DIR/nodes.json --yes").ok();
    s.run("--store file:$DIR/n.db init --adopt --yes");
    s.run("--store file:$DIR/n.db init --adopt --nodes n1 --yes");
    s.run("--store file:$DIR/n.db init --nodes n1 --force --yes");
    golden!("init_adopt", s);
}

#[test]
fn the_cluster_spec() {
    let mut s = started();
    s.run(&format!("{STORE} cluster set replication_factor=2 rebalance.threshold=15% --dry-run"));
    s.run(&format!("{STORE} cluster set replication_factor=2 rebalance.threshold=15% --yes"));
    s.run(&format!("{STORE} cluster set replication_factor=2 --yes"));
    s.say("a new partitioning begins with a future bucket");
    s.run(&format!("{STORE} cluster set hash_buckets=512 --yes"));
    s.run(&format!("{STORE} cluster get -o json"));
    s.run(&format!("{STORE} route --trace-id 4bf92f3577b34da6a3ce929d0e0e4736 --from 2025-11-05T14:30Z --for 2h"));
    s.run(&format!("{STORE} cluster set hash_buckets=8 --from 2025-11-05T10:00Z --yes"));
    s.run(&format!("{STORE} cluster set hash_buckets=8 --from 2025-11-05T17:30Z --yes"));
    for field in
        ["colour=red", "replication_factor=many", "rebalance.threshold=20", "cluster_id=x", "hash", "boundaries=b,a"]
    {
        s.run(&format!("{STORE} cluster set {field} --yes"));
    }
    golden!("cluster", s);
}

#[test]
fn unknown_fields_survive() {
    let lab = Lab::new();
    let spec = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c","x-ours":[1.0, 2],"rebalance":{"pace":1e2}}"#;
    let node = r#"{"rack":"r7","weight":1.0}"#;
    let id = "partition_489542_0007";
    let record = crate::support::record(id, &["n1"], Some("n1"), 5).replacen('{', r#"{"x-owner":"team-a","#, 1);
    let key = format!("partitions/{id}");
    lab.file("s.json", crate::support::snapshot(&[("cluster", spec), ("nodes/n1", node), (&key, &record)]));
    lab.run(&format!("{STORE} snapshot import $DIR/s.json --yes")).ok();
    lab.run(&format!("{STORE} cluster set replication_factor=1 rebalance.threshold=15% --yes")).ok();
    lab.run(&format!("{STORE} node set n1 --zone z9 --yes")).ok();
    lab.run(&format!("{STORE} partition set {id} --state readonly --yes")).ok();
    let export = lab.run(&format!("{STORE} snapshot export")).ok().out;
    // The raw line, as a parsed value would lose how numbers were written.
    let value =
        |key: &str| export.lines().find(|l| l.starts_with(&format!("{{\"key\":\"/otlp/{key}\""))).unwrap().to_owned();
    let spec = value("cluster");
    assert!(spec.contains(r#""x-ours":[1.0, 2]"#) && spec.contains(r#""pace":1e2"#), "{spec}");
    assert!(value("nodes/n1").contains(r#""rack":"r7""#));
    let after = value(&key);
    assert!(after.contains(r#""x-owner":"team-a""#) && after.contains(r#""state":"ReadOnly""#), "{after}");
    assert!(after.contains(r#""created_at":"2025-11-05T13:00:00Z""#) && after.contains(r#""size_bytes":5"#), "{after}");
}

#[test]
fn nodes() {
    let mut s = started();
    s.run(&format!("{STORE} node list"));
    s.run(&format!("{STORE} node add node-5 node-10 --zone eu-1 --capacity 4TB --weight 2 --yes"));
    s.run(&format!("{STORE} node add node-5 --yes"));
    s.lab.file("more.json", r#"[{"id":"node-6","location":{"region":"eu","az":"eu-2"},"data_url":"file:///data/6"}]"#);
    s.run(&format!("{STORE} node add --file $DIR/more.json --yes"));
    s.run(&format!("{STORE} node set node-1 node-2 --location region=eu,az=eu-1,dc=a --state cordoned --yes"));
    s.run(&format!("{STORE} node set node-3 --state down --reason 'disk died' --actor ann --yes"));
    s.run(&format!("{STORE} node set node-1 --state active --dry-run"));
    s.run(&format!("{STORE} node list"));
    s.run(&format!("{STORE} node list --zone eu-1 --state cordoned -o name"));
    s.run(&format!("{STORE} node get node-10 -o json"));
    s.run(&format!("{STORE} node get node-10 node-99"));
    s.run(&format!("{STORE} node get node-10 node-99 --ignore-not-found -o name"));
    s.run(&format!("{STORE} node set node-99 --weight 1 --yes"));
    s.run(&format!("{STORE} node set node-1 --yes"));
    s.run(&format!("{STORE} node remove node-10 --yes"));
    s.run(&format!("{STORE} node cordon node-10 --yes -q"));
    s.run(&format!("{STORE} node remove node-10 --yes"));
    s.run(&format!("{STORE} partition create --from 2025-11-05T16:00Z --for 1h --yes -q"));
    s.say("refused: records name it");
    s.run(&format!("{STORE} node remove node-4 --yes"));
    s.run(&format!("{STORE} node remove node-4 --yes -o json"));
    s.run(&format!("{STORE} node remove node-1 node-2 node-3 node-4 node-5 node-6 --force --yes"));
    s.run(&format!("{STORE} node remove node-4 --force --yes"));
    golden!("nodes", s);
}

#[test]
fn partitions() {
    let mut s = started();
    s.run(&format!("{STORE} cluster set hash_buckets=4 --from 2025-11-05T16:00Z --yes -q"));
    s.run(&format!("{STORE} partition create --from 2025-11-05T16:00Z --for 2h --dry-run"));
    s.run(&format!("{STORE} partition create --from 2025-11-05T16:00Z --for 2h --yes"));
    s.run(&format!("{STORE} partition create --from 2025-11-05T16:00Z --for 2h --yes"));
    s.run(&format!("{STORE} partition list"));
    let id = "partition_489544_0002";
    s.run(&format!("{STORE} partition get {id} -o json"));
    s.run(&format!("{STORE} partition get {id} partition_1_0001"));
    s.run(&format!("{STORE} partition set {id} --size 3GB --record-count 10 --state readonly --dry-run"));
    s.run(&format!("{STORE} partition set {id} --size 3GB --record-count 10 --state readonly --yes"));
    s.run(&format!("{STORE} partition set {id} --state migrating --yes"));
    s.run(&format!("{STORE} partition set {id} --leader node-9 --yes"));
    s.run(&format!("{STORE} partition set {id} --nodes node-1,node-2 --yes"));
    s.run(&format!("{STORE} partition set {id} --nodes node-1,node-2 --leader node-2 --force --yes"));
    s.run(&format!("{STORE} partition set {id} --nodes node-1,node-9 --force --yes"));
    s.run(&format!("{STORE} partition set {id} --yes"));
    s.run(&format!("{STORE} partition list --state readonly"));
    s.run(&format!("{STORE} partition list --min-size 1GB -o value=size_bytes"));
    s.run(&format!("{STORE} partition list --leader node-2 --node node-1 -o name"));
    s.run(&format!("{STORE} partition list --from 2025-11-05T17:00Z --for 1h -o name"));
    s.run(&format!("{STORE} partition list --expired"));
    s.lab.now = s.lab.now.plus_seconds(31 * 86_400);
    s.run(&format!("{STORE} partition list --expired --limit 2 -o name"));
    golden!("partitions", s);
}

#[test]
fn the_past() {
    let mut s = started();
    s.lab.now = s.lab.now.plus_seconds(3600);
    s.run(&format!("{STORE} node set node-1 --state down --yes"));
    s.lab.now = s.lab.now.plus_seconds(3600);
    s.run(&format!("{STORE} node set node-1 --state active --yes"));
    s.run(&format!("{STORE} node get node-1 --at 2 -o value=state"));
    s.run(&format!("{STORE} node get node-1 --at 1 -o value=state"));
    s.run(&format!("{STORE} node get node-1 --at 2025-11-05T16:30:00Z -o value=state"));
    s.run(&format!("{STORE} node get node-1 --at now -o value=state"));
    s.run(&format!("{STORE} node get node-1 --at 2025-11-05T12:00Z"));
    s.run(&format!("{STORE} node get node-1 --at 99"));
    s.run(&format!("{STORE} node get node-1 --at 0"));
    s.run(&format!("{STORE} node set node-1 --state down --at 2 --yes"));
    s.run(&format!("{STORE} store compact --before 99 --yes"));
    s.run(&format!("{STORE} store compact --before 2 --dry-run"));
    s.run(&format!("{STORE} store compact --before 2 --yes"));
    s.run(&format!("{STORE} node get node-1 --at 1"));
    s.run(&format!("{STORE} node get node-1 --at 2 -o value=state"));
    s.run(&format!("{STORE} store compact --yes"));
    s.run(&format!("{STORE} node get node-1 --at 2"));
    golden!("past", s);
}

#[test]
fn asking() {
    let mut s = started();
    (s.lab.stdin_terminal, s.lab.stderr_terminal) = (true, true);
    s.lab.variables.insert("NO_COLOR".into(), "1".into());
    s.run_stdin(&format!("{STORE} node set node-1 --weight 2"), "n\n");
    s.run_stdin(&format!("{STORE} node set node-1 --weight 2"), "");
    s.run_stdin(&format!("{STORE} node set node-1 --weight 2"), "yes\n");
    s.lab.stdin_terminal = false;
    s.run_stdin(&format!("{STORE} node set node-1 --weight 3"), "yes\n");
    s.lab.variables.insert("OTLP_PART_STORE".into(), s.lab.store("c.db"));
    s.run("node set node-1 --weight 2 --yes");
    s.lab.variables.clear();
    s.run("node list");
    golden!("asking", s);
}

#[test]
fn the_audit_says_who_and_why() {
    let lab = Lab::new();
    lab.init("c.db");
    lab.run(&format!("{STORE} node set node-1 --state down --reason 'disk died' --actor ann --yes")).ok();
    let export = lab.run(&format!("{STORE} snapshot export")).ok().json();
    let entries = export["entries"].as_array().unwrap();
    let audits: Vec<String> = entries
        .iter()
        .filter(|e| e["key"].as_str().unwrap().starts_with("/otlp/audit/"))
        .map(|e| e["value"].to_string())
        .collect();
    let last = audits.last().unwrap();
    for part in ["disk died", "ann", "desk", "node set"] {
        assert!(last.contains(part), "{part}: {last}");
    }
}
