//! What is wrong, what mends it, and what `doctor --fix` does.

use clap::CommandFactory;
use otlp_part::cli::Cli;

use crate::golden;
use crate::support::{Lab, Session, record, snapshot};

const STORE: &str = "--store file:$DIR/c.db";

/// Of a move from n1 to n3.
fn journal(phase: &str) -> String {
    format!(
        r#"{{"kind":"move","schema_version":1,"operation_id":"op-1","plan_id":"plan-1","plan_digest":null,"phase":"{phase}",
        "from":"n1","to":"n3","copy_from":"n2","copy_id":"c-1","old_copy_id":"first","slots":[{{"node":"n3","index":0}}],
        "original_nodes":["n1","n2"],"original_leader":"n1","original_copies":{{}},"target_nodes":["n3","n2"],
        "prior_state":"Active","base_epoch":0,"crc32c":null,"record_count":null,"started_at":"2025-11-05T14:50:00Z"}}"#
    )
}

fn sick() -> Session {
    let s = Session::new();
    let spec = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c","replication_factor":2,"partitioning":[{"hash_buckets":4}],"placement":{"algorithm":"zone-balanced"}}"#;
    let node = |zone: &str, state: &str| {
        format!(r#"{{"location":{{"availability_zone":"{zone}"}},"state":"{state}","data_url":"file:///d/{zone}"}}"#)
    };
    let mut entries: Vec<(String, String)> = vec![
        ("cluster".into(), spec.into()),
        ("nodes/n1".into(), node("a", "Active")),
        ("nodes/n2".into(), node("b", "Active")),
        ("nodes/n3".into(), node("a", "Down")),
        ("ext/partition_489542_0009".into(), r#"{"epoch":3}"#.into()),
        ("ext/partition_489542_0002".into(), r#"{"split_bits":1}"#.into()),
        ("migrations/partition_489543_0007".into(), journal("Copying")),
        ("rebalance/slots/n1/0".into(), "partition_489542_0001".into()),
        ("plans/p1/000000".into(), "{}".into()),
        ("elsewhere".into(), "1".into()),
        ("repair/partition_489542_0001/n2".into(), "{}".into()),
    ];
    let mut put = |id: &str, nodes: &[&str], leader: Option<&str>, size| {
        entries.push((format!("partitions/{id}"), record(id, nodes, leader, size)));
    };
    put("partition_489542_0000", &["n1", "n2", "n1"], Some("n1"), 1_000_000_000);
    put("partition_489542_0001", &["n1", "n2"], Some("n9"), 1_000_000_000);
    put("partition_489542_0002", &["n1", "n2"], Some("n1"), 1_000_000_000);
    put("partition_489543_0000", &["n3", "n2"], Some("n3"), 1_000_000_000);
    put("partition_489543_0001", &["n3"], Some("n3"), 1_000_000_000);
    put("partition_489543_0002", &["n1", "n4"], None, 1_000_000_000);
    put("partition_489543_0003", &["n1"], Some("n1"), 9_000_000_000);
    put("partition_480000_0000", &["n1", "n2"], Some("n1"), 1_000_000_000);
    entries.push(("partitions/partition_489542_0003".into(), "{\"partition_id\":".into()));
    let pairs: Vec<(&str, &str)> = entries.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    s.lab.file("s.json", snapshot(&pairs));
    s.lab.run(&format!("{STORE} snapshot import $DIR/s.json --yes -q")).ok();
    s
}

#[test]
fn a_sick_cluster() {
    let mut s = sick();
    s.run(&format!("{STORE} doctor"));
    s.run(&format!("{STORE} doctor -o json"));
    s.run(&format!("{STORE} doctor --severity error -o csv"));
    s.run(&format!("{STORE} doctor -o ndjson --limit 1"));
    s.run(&format!("{STORE} doctor -o value=code --severity info -q"));
    s.run("--store snapshot:$DIR/s.json doctor -o name --severity error -q");
    golden!("doctor", s);
}

/// What a killed execution and a hasty operator left.
fn broken() -> Session {
    let s = Session::new();
    let spec = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c","replication_factor":2,"partitioning":[{"hash_buckets":5}],"placement":{"algorithm":"zone-balanced"}}"#;
    let control = r#"{"schema":"otlp-part/rebalance-control/v1","paused":{"by":"bob@desk","at":"2025-11-05T14:55:00Z"},"max_concurrent":1,"abort_operations":["op-0"],"abort_execution":7}"#;
    let mut entries: Vec<(String, String)> = vec![
        ("cluster".into(), spec.into()),
        ("ext/partition_489543_0003".into(), r#"{"epoch":1,"copies":{"n1":"c-0","n3":"c-9"}}"#.into()),
        ("migrations/partition_489543_0000".into(), journal("Copying")),
        ("migrations/partition_489543_0001".into(), journal("Cleanup")),
        ("migrations/partition_489543_0004".into(), r#"{"kind":"merge","schema_version":1}"#.into()),
        ("orphans/n1/partition_489543_0003/c-5".into(), "{}".into()),
        ("rebalance/control".into(), control.into()),
        ("rebalance/slots/n1/0".into(), "partition_489543_0003".into()),
        ("rebalance/slots/n3/0".into(), "partition_489543_0000".into()),
        ("rebalance/slots/n3/1".into(), "partition_489543_0000".into()),
    ];
    for (node, zone) in [("n1", "a"), ("n2", "b"), ("n3", "c")] {
        let value = format!(r#"{{"location":{{"availability_zone":"{zone}"}},"data_url":"file:///nowhere/{node}"}}"#);
        entries.push((format!("nodes/{node}"), value));
    }
    for index in 0..5 {
        for bucket in [489_543, 489_544, 489_545] {
            let id = format!("partition_{bucket}_{index:04}");
            let nodes = if id == "partition_489543_0001" { ["n3", "n2"] } else { ["n1", "n2"] };
            let migrating = ["partition_489543_0000", "partition_489543_0002", "partition_489543_0001"];
            let state = if migrating.contains(&id.as_str()) { "Migrating" } else { "Active" };
            let value = record(&id, &nodes, Some("n2"), 1_000_000_000).replace("Active", state);
            entries.push((format!("partitions/{id}"), value));
        }
    }
    let pairs: Vec<(&str, &str)> = entries.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    s.lab.file("s.json", snapshot(&pairs));
    s.lab.run(&format!("{STORE} snapshot import $DIR/s.json --yes -q")).ok();
    s
}

#[test]
fn what_a_broken_execution_leaves() {
    let mut s = broken();
    s.run(&format!("{STORE} doctor --severity info"));
    s.run(&format!("{STORE} status -q"));
    s.run(&format!("{STORE} status -o json -q"));
    s.run(&format!("{STORE} migration list"));
    s.run(&format!("{STORE} migration watch --for 10ms"));
    s.run(&format!("{STORE} doctor --fix --dry-run --severity error -o name -q"));
    s.run(&format!("{STORE} doctor --fix --yes --severity error -o name -q"));
    s.run(&format!("{STORE} doctor --severity info -o value=code -q"));
    s.say("a state that nothing in flight will end is the operator's to end; what is in flight is not");
    s.run(&format!("{STORE} partition set partition_489543_0002 --state active --yes -q"));
    s.run(&format!("{STORE} partition set partition_489543_0000 --state active --yes -q"));
    golden!("doctor_broken_execution", s);
}

#[test]
fn watching_where_nothing_happens() {
    let mut s = Session::new();
    s.lab.init("c.db");
    s.run(&format!("{STORE} migration watch"));
    s.run(&format!("{STORE} migration watch -o ndjson -q"));
    s.run(&format!("{STORE} migration watch --at 1"));
    s.run(&format!("{STORE} migration watch --sort at"));
    s.run(&format!("{STORE} migration watch --for soon"));
    golden!("migration_watch", s);
}

#[test]
fn mending_what_is_safe() {
    let mut s = sick();
    let before = s.lab.read("c.db");
    s.run(&format!("{STORE} doctor --fix --dry-run --severity error"));
    assert!(before == s.lab.read("c.db"));
    let export = |lab: &Lab| lab.run(&format!("{STORE} snapshot export -q")).ok().json()["entries"].clone();
    let old = export(&s.lab);
    s.run(&format!("{STORE} doctor --fix --yes --severity error -o name --reason 'after the crash'"));
    s.run(&format!("{STORE} doctor --severity error -o value=code -q"));
    s.run(&format!("{STORE} doctor --fix --yes -q -o name --severity error"));
    s.run(&format!("{STORE} audit list --columns command,keys,reason,summary"));
    let new = export(&s.lab);
    let values = |entries: &serde_json::Value| {
        let all = entries.as_array().unwrap().iter();
        all.map(|e| (e["key"].to_string(), format!("{}{}", e["value"], e["value_base64"])))
            .collect::<std::collections::BTreeMap<_, _>>()
    };
    let (old, new) = (values(&old), values(&new));
    let keys: std::collections::BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for key in keys.into_iter().filter(|key| old.get(*key) != new.get(*key) && !key.contains("/audit/")) {
        s.say(&format!("changed: {key}"));
    }
    golden!("doctor_fix", s);
}

#[test]
fn a_plan_whose_recording_was_not_finished_is_pruned() {
    let mut s = sick();
    let codes = s.lab.run(&format!("{STORE} doctor -o value=code -q")).out;
    assert!(codes.lines().any(|code| code == "plan_without_head"), "{codes}");
    s.run(&format!("{STORE} plan list"));
    s.run(&format!("{STORE} plan prune --dry-run"));
    s.run(&format!("{STORE} plan prune --yes"));
    s.run(&format!("{STORE} plan prune --yes"));
    let codes = s.lab.run(&format!("{STORE} doctor -o value=code -q")).out;
    assert!(!codes.lines().any(|code| code == "plan_without_head"), "{codes}");
    golden!("doctor_plan_prune", s);
}

#[test]
fn refusals() {
    let mut s = sick();
    s.run(&format!("{STORE} doctor --fix"));
    s.run(&format!("{STORE} doctor --dry-run"));
    s.run(&format!("{STORE} doctor --severity bad"));
    s.run("--store snapshot:$DIR/s.json doctor --fix --yes");
    (s.lab.stdin_terminal, s.lab.stderr_terminal) = (true, true);
    s.lab.variables.insert("NO_COLOR".into(), "1".into());
    s.run_stdin(&format!("{STORE} doctor --fix --severity error -o name -q"), "n\n");
    golden!("doctor_refusals", s);
}

#[test]
fn clean_clusters() {
    let mut s = Session::new();
    s.lab.init("c.db");
    s.run(&format!("{STORE} doctor"));
    s.run(&format!("{STORE} doctor --severity info"));
    s.lab.run(&format!("{STORE} partition create --from now --for 24h --yes -q")).ok();
    s.run(&format!("{STORE} doctor --severity info"));
    s.run(&format!("{STORE} doctor --fix --yes"));
    s.lab.run("demo --dir $DIR/demo -q").ok();
    s.run("--store file:$DIR/demo/cluster.db doctor");
    golden!("doctor_clean", s);
}

/// Everything below a directory, with when it was changed.
fn tree(directory: &std::path::Path) -> Vec<(std::path::PathBuf, std::time::SystemTime)> {
    let mut found = vec![(directory.to_owned(), directory.metadata().unwrap().modified().unwrap())];
    for entry in std::fs::read_dir(directory).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(tree(&path));
        } else {
            found.push((path, entry.metadata().unwrap().modified().unwrap()));
        }
    }
    found.sort();
    found
}

#[test]
fn places_of_data() {
    let mut s = Session::new();
    let spec = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c","replication_factor":2,"partitioning":[{"hash_buckets":1}]}"#;
    let root = s.lab.path("data");
    let node =
        |name: &str, state: &str| format!(r#"{{"state":"{state}","data_url":"file://{}"}}"#, root.join(name).display());
    let marker = |name: &str| format!(r#"{{"cluster_id":"c","node_id":"{name}"}}"#);
    for (name, marked) in
        [("n1", Some(marker("n1"))), ("n2", None), ("n3", Some(marker("n1"))), ("n7", Some("{".into()))]
    {
        std::fs::create_dir_all(root.join(name)).unwrap();
        if let Some(marked) = marked {
            std::fs::write(root.join(name).join(".otlp-part-node.json"), marked).unwrap();
        }
    }
    let mut entries: Vec<(String, String)> = vec![
        ("cluster".into(), spec.into()),
        ("nodes/n5".into(), r#"{"state":"Active"}"#.into()),
        ("nodes/n6".into(), node("n6", "Down")),
        ("nodes/n8".into(), r#"{"state":"Active","data_url":"ftp://there"}"#.into()),
        ("orphans/n1/partition_489543_0000/first".into(), "{}".into()),
        ("repair/partition_489543_0000/n3".into(), "{}".into()),
    ];
    for name in ["n1", "n2", "n3", "n4", "n7"] {
        entries.push((format!("nodes/{name}"), node(name, "Active")));
    }
    for hour in 489_542..489_545 {
        let id = format!("partition_{hour}_0000");
        entries.push((format!("partitions/{id}"), record(&id, &["n1", "n2"], Some("n1"), 1_000_000_000)));
    }
    let pairs: Vec<(&str, &str)> = entries.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    s.lab.file("s.json", snapshot(&pairs));
    s.lab.run(&format!("{STORE} snapshot import $DIR/s.json --yes -q")).ok();
    s.lab.run(&format!("{STORE} partition create --from now --for 3h --yes -q")).ok();
    let (before, revision) = (tree(&root), s.lab.run(&format!("{STORE} status -o value=revision -q")).out);
    assert!(!revision.trim().is_empty());
    s.run(&format!("{STORE} doctor"));
    s.run(&format!("{STORE} doctor -o value=code -q --no-data"));
    s.run(&format!("{STORE} doctor -o value=code -q --at 7"));
    s.run("--store snapshot:$DIR/s.json doctor -o value=code -q");
    // Nothing was written, neither there nor to the store.
    assert_eq!(tree(&root), before);
    assert_eq!(s.lab.run(&format!("{STORE} status -o value=revision -q")).out, revision);
    s.run(&format!("{STORE} doctor --fix --yes -o name -q"));
    assert_eq!(tree(&root), before);
    s.run(&format!("{STORE} doctor -o value=code -q --no-data"));
    golden!("doctor_places", s);
}

#[test]
fn every_finding_names_a_command_that_is_there() {
    let s = sick();
    let mut report = s.lab.run(&format!("{STORE} doctor -o json --severity info --each")).json();
    let id = "partition_489542_0051";
    s.lab.file("old.json", snapshot(&[(&format!("partitions/{id}"), &record(id, &["n1"], Some("n1"), 5))]));
    let old = s.lab.run("--store snapshot:$DIR/old.json doctor -o json --severity info").json();
    report["findings"].as_array_mut().unwrap().extend(old["findings"].as_array().unwrap().clone());
    let fixes = report["findings"].as_array().unwrap().iter().filter_map(|f| f["fix"].as_str());
    assert!(fixes.clone().any(|fix| fix.ends_with("init --adopt")), "{report:#}");
    let mut checked = 0;
    for fix in fixes {
        let words: Vec<&str> = fix.split(' ').collect();
        assert!(Cli::command().try_get_matches_from(&words).is_ok(), "{fix}");
        checked += 1;
    }
    assert!(checked > 10, "{report:#}");
}
