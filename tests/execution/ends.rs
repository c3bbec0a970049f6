//! A node's last days, and the way back, from end to end on a real etcd.

use std::fs;

use crate::history;
use crate::lab::{Cluster, execution, names};
use crate::operators::until;

const MARKER: &str = ".otlp-part-node.json";

#[test]
fn from_drain_to_removal() {
    let cluster = Cluster::on_etcd(12);
    let held = |node: &str| cluster.owners().values().filter(|(nodes, _)| nodes.contains(node)).count();
    assert!(held("n1") > 0);
    cluster.run(&["node", "safe-to-remove", "n1", "-q"]).code(3);
    cluster.run(&["node", "drain", "n1", "--yes", "-q"]).ok();
    cluster.run(&["node", "safe-to-remove", "n1", "-q"]).code(3);
    cluster.run(&["node", "remove", "n1", "--yes"]).code(1);
    let recorded = cluster.run(&["plan-rebalance", "-o", "name", "-q"]).ok();
    let done = cluster.execute(recorded.out.trim(), &[]).ok().json();
    assert_eq!((&done["left"], &done["failed"]), (&0.into(), &0.into()), "{done}");
    assert_eq!(held("n1"), 0);
    cluster.check_rest();
    cluster.run(&["node", "safe-to-remove", "n1", "-q"]).ok();
    cluster.run(&["node", "remove", "n1", "--yes"]).ok();
    assert_eq!(names(&cluster.node("n1")), [MARKER], "its directory is not empty");
    assert!(!cluster.stored().contains_key("nodes/n1"));
    cluster.check_rest();
    history::check(&cluster);
    history::check_outside(&cluster);
    let doctor = cluster.run(&["doctor"]);
    assert!(doctor.out.contains("found   0 errors"), "{doctor:#?}");
}

/// A node's directory vanishes while moves go to it and from it, and comes back when it is repaired.
fn vanishes(node: &str) {
    let cluster = Cluster::on_etcd(12);
    let plan = cluster.plan(&[]);
    let slow = ["execute-rebalance", &plan, "--yes", "--grace", "0", "--settle", "700ms", "-o", "json"];
    let running = cluster.spawn(&slow);
    let through =
        || cluster.owners().values().any(|(nodes, _)| nodes.iter().any(|n| ["n4", "n5", "n6"].contains(&n.as_str())));
    until("a move is through", through);
    let gone = cluster.path("gone");
    fs::rename(cluster.node(node), &gone).unwrap();
    let at = cluster.stored();
    let others = |stored: &std::collections::BTreeMap<String, serde_json::Value>| {
        let settled = |(key, record): (&String, &serde_json::Value)| {
            let nodes: Vec<&str> = record.get("nodes")?.as_array()?.iter().filter_map(|n| n.as_str()).collect();
            let new = nodes.iter().any(|n| ["n4", "n5", "n6"].contains(n) && *n != node);
            (key.starts_with("partitions/") && new && record["state"] == "Active").then(|| key.clone())
        };
        stored.iter().filter_map(settled).count()
    };
    let ended = Cluster::ended(running);
    assert!([5, 7].contains(&ended.code.unwrap()), "{ended:#?}");
    assert!(ended.err.contains(node), "{node} is not named: {}", ended.err);
    assert!(others(&cluster.stored()) > others(&at), "no other move went on: {ended:#?}");
    assert!(!cluster.stored().contains_key("rebalance/lock"));
    history::check(&cluster);
    // It is lost for good.
    let failed = cluster.run(&["node", "fail", node, "--yes", "-q"]);
    assert!([Some(0), Some(5)].contains(&failed.code), "{failed:#?}");
    // What is past its cutover is finished, and the old copies stay as long as others lack something.
    let finished = cluster.run(&["migration", "abort", "--all", "--yes", "--grace", "0"]).ok();
    assert!(cluster.stored().keys().all(|key| !key.starts_with("migrations/")), "{finished:#?}");
    let kept: Vec<String> =
        cluster.stored().into_keys().filter_map(|key| Some(key.strip_prefix("orphans/")?.to_owned())).collect();
    assert!(
        !kept.is_empty() && kept.iter().all(|copy| cluster.path(copy).is_dir() || copy.starts_with(node)),
        "{kept:?}"
    );
    cluster.run(&["node", "fail", node, "--yes", "-q"]).ok();
    let repairs = cluster.plan(&["--allow-mass-repair"]);
    let done = cluster.run(&execution(&repairs, &[])).ok().json();
    assert!(done["done"].as_u64().unwrap() > 0, "{done}");
    assert!(cluster.owners().values().all(|(nodes, _)| !nodes.contains(node) && nodes.len() == 2));
    assert!(cluster.stored().keys().all(|key| !key.starts_with("migrations/") && !key.starts_with("repair/")));
    // What it still holds is taken away when it is back.
    fs::rename(&gone, cluster.node(node)).unwrap();
    cluster.run(&["node", "activate", node, "--yes", "-q"]).ok();
    let plan = cluster.plan(&[]);
    cluster.execute(&plan, &[]).ok();
    cluster.check_rest();
    history::check(&cluster);
}

#[test]
fn a_target_vanishes_and_the_others_go_on() {
    vanishes("n4");
}

#[test]
fn a_holder_vanishes_and_the_others_go_on() {
    vanishes("n2");
}

#[test]
fn half_of_it_and_back_by_another_who_has_no_plan() {
    let cluster = Cluster::on_etcd(12);
    let before = cluster.owners();
    let plan = cluster.plan(&[]);
    let half = cluster.execute(&plan, &["--max-bytes", "12kB"]).code(5).json();
    let id = half["plan_id"].as_str().unwrap().to_owned();
    fs::remove_file(&plan).unwrap();
    let at_half = cluster.owners();
    assert_ne!(at_half, before);
    let back = cluster.run_elsewhere(&execution(&id, &["--rollback"])).ok().json();
    assert_eq!((&back["left"], &back["failed"]), (&0.into(), &0.into()), "{back}");
    assert_eq!(cluster.owners(), before);
    cluster.check_rest();
    history::check(&cluster);
    // Nothing is left to be undone, and forth it goes again.
    cluster.run_elsewhere(&execution(&id, &["--rollback"])).ok();
    assert_eq!(cluster.owners(), before);
}

#[test]
fn killed_in_the_middle_and_back_by_another() {
    for place in ["copied", "cutover-committed", "deleted"] {
        let cluster = Cluster::on_etcd(12);
        let before = cluster.owners();
        let plan = cluster.plan(&[]);
        let id = cluster.run(&["plan", "get", &plan, "-o", "value=plan_id", "-q"]).ok().out.trim().to_owned();
        let number = otlp_part::operations::executing::CrashAt::number_of(place).unwrap();
        let ran = cluster.run_to(&format!("{number}:3"), &execution(&plan, &[]));
        assert_eq!(ran.signal, Some(9), "{ran:?}");
        fs::remove_file(&plan).unwrap();
        assert!(cluster.end_lease());
        let back = cluster.run_elsewhere(&execution(&id, &["--rollback"])).ok().json();
        assert_eq!(back["left"], 0, "{place}: {back}");
        assert_eq!(cluster.owners(), before, "{place}");
        cluster.check_rest();
        history::check(&cluster);
    }
}
