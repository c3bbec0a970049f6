//! From plan to the end, and back.

use crate::history;
use crate::lab::{Cluster, execution, names};

/// Plans, executes, looks at every byte, and goes back.
fn there_and_back(cluster: &Cluster) {
    let before = cluster.owners();
    let plan = cluster.plan(&[]);
    let done = cluster.execute(&plan, &[]).ok().json();
    assert!(done["done"].as_u64().unwrap() >= 10, "{done}");
    assert_eq!((done["left"].as_u64(), done["failed"].as_u64(), done["undone"].as_u64()), (Some(0), Some(0), Some(0)));
    assert!(done["verified_bytes"].as_u64().unwrap() > 10_000, "{done}");
    cluster.check_rest();
    let after = cluster.owners();
    assert_ne!(before, after);
    assert!(after.values().any(|(nodes, _)| nodes.contains("n5")), "{after:?}");
    assert!(history::check(cluster) > 20);
    let id = done["plan_id"].as_str().unwrap().to_owned();
    let state = |cluster: &Cluster| cluster.stored()[&format!("plans/{id}/head")]["state"].clone();
    assert_eq!(state(cluster), "done");
    // Once more: nothing is left to do, and nothing is written.
    let before_nothing = cluster.stored();
    cluster.execute(&plan, &[]).ok();
    assert_eq!(cluster.stored(), before_nothing);
    // A balanced cluster has no plan.
    let file = cluster.plan(&[]);
    let again = cluster.run(&["plan", "get", &file, "-o", "value=summary.moves", "-q"]);
    assert_eq!(again.code, Some(0), "{again:?}");
    // Back to where the plan found everything, by the recorded id alone.
    std::fs::remove_file(&plan).unwrap();
    let back = cluster.execute(&id, &["--rollback"]).ok().json();
    assert_eq!(back["left"].as_u64(), Some(0), "{back}");
    cluster.check_rest();
    assert_eq!(cluster.owners(), before);
    history::check(cluster);
    cluster.execute(&id, &["--rollback"]).ok();
}

#[test]
fn on_the_embedded_store() {
    there_and_back(&Cluster::embedded(18));
}

#[test]
fn on_etcd() {
    there_and_back(&Cluster::on_etcd(18));
}

#[test]
fn a_part_then_the_rest() {
    let cluster = Cluster::embedded(12);
    let plan = cluster.plan(&[]);
    let first = cluster.execute(&plan, &["--max-bytes", "9kB"]).code(5).json();
    assert!(first["done"].as_u64().unwrap() >= 1 && first["left"].as_u64().unwrap() >= 1, "{first}");
    let id = first["plan_id"].as_str().unwrap();
    assert_eq!(cluster.stored()[&format!("plans/{id}/head")]["state"], "executing");
    cluster.check_rest();
    let rest = cluster.execute(id, &[]).ok().json();
    assert_eq!(rest["done_before"], first["done"], "{rest}");
    cluster.check_rest();
    history::check(&cluster);
}

#[test]
fn half_of_it_and_back() {
    let cluster = Cluster::embedded(12);
    let before = cluster.owners();
    let plan = cluster.plan(&[]);
    cluster.execute(&plan, &["--max-bytes", "9kB"]).code(5);
    assert_ne!(cluster.owners(), before);
    cluster.execute(&plan, &["--rollback"]).ok();
    assert_eq!(cluster.owners(), before);
    cluster.check_rest();
}

#[test]
fn an_added_node_takes_its_share_once_its_place_is_claimed() {
    let cluster = Cluster::embedded(12);
    let url = format!("file://{}", cluster.node("n7").display());
    cluster.run(&["node", "add", "n7", "--zone", "a", "--data-url", &url, "--yes", "--force", "-q"]).ok();
    let claim = ["node", "claim", "n7", "--yes"];
    let missing = cluster.run(&claim).code(1);
    assert!(missing.err.contains("there is no such directory"), "{}", missing.err);
    std::fs::create_dir(cluster.node("n7")).unwrap();
    let plan = cluster.plan(&[]);
    let before = cluster.stored();
    let refused = cluster.execute(&plan, &[]).code(1);
    assert!(refused.err.contains("node n7 cannot take data") && refused.err.contains("node claim"), "{}", refused.err);
    assert_eq!(cluster.stored(), before);
    cluster.run(&["node", "claim", "n7", "--dry-run"]).ok();
    assert!(names(&cluster.node("n7")).is_empty());
    cluster.run(&claim).ok();
    let again = cluster.run(&claim).ok();
    assert!(again.err.contains("marked already"), "{}", again.err);
    cluster.execute(&plan, &[]).ok();
    assert!(cluster.owners().values().any(|(nodes, _)| nodes.contains("n7")));
    cluster.check_rest();
}

#[test]
fn a_place_is_not_claimed_for_another() {
    let cluster = Cluster::embedded(3);
    let url = |node: &str| format!("file://{}", cluster.node(node).display());
    let claim = ["node", "claim", "n4", "--yes"];
    // Data of nobody knows whom.
    std::fs::create_dir_all(cluster.path("old").join("partition_489540_0000/first")).unwrap();
    cluster.run(&["node", "set", "n4", "--data-url", &url("old"), "--yes", "-q"]).ok();
    let refused = cluster.run(&claim).code(1);
    assert!(refused.err.contains("1 partition(s) lie there") && refused.err.contains("--force"), "{}", refused.err);
    assert!(!cluster.path("old").join(".otlp-part-node.json").exists());
    // Another node's, by its record and by its marker.
    cluster.run(&["node", "set", "n4", "--data-url", &url("n1"), "--yes", "-q"]).ok();
    assert!(cluster.run(&claim).code(1).err.contains("lies in one place"));
    cluster.run(&["node", "set", "n1", "--data-url", &url("elsewhere"), "--yes", "-q"]).ok();
    assert!(cluster.run(&claim).code(1).err.contains("is the data of node n1 of cluster c-1, not of node n4"));
}

#[test]
fn a_drained_node_is_empty_then() {
    let cluster = Cluster::embedded(12);
    cluster.run(&["node", "drain", "n1", "--yes", "-q"]).ok();
    let plan = cluster.plan(&[]);
    cluster.execute(&plan, &[]).ok();
    assert!(cluster.owners().values().all(|(nodes, _)| !nodes.contains("n1")));
    cluster.check_rest();
    cluster.run(&["node", "safe-to-remove", "n1", "-q"]).ok();
}

#[test]
fn a_dry_run_writes_nothing() {
    let cluster = Cluster::embedded(12);
    let plan = cluster.plan(&[]);
    let before = std::fs::read(cluster.path("c.db")).unwrap();
    let ran = cluster.run(&["execute-rebalance", &plan, "--dry-run"]).ok();
    assert!(ran.err.contains("dry run: nothing was written"), "{}", ran.err);
    assert!(before == std::fs::read(cluster.path("c.db")).unwrap());
    cluster.check_rest();
}

#[test]
fn without_consent_nothing_is_written() {
    let cluster = Cluster::embedded(6);
    let plan = cluster.plan(&[]);
    let before = cluster.stored();
    cluster.run(&["execute-rebalance", &plan]).code(2);
    assert_eq!(cluster.stored(), before);
}

#[test]
fn a_repair_is_made_from_who_still_has_it() {
    let cluster = Cluster::embedded(12);
    cluster.run(&["node", "fail", "n1", "--yes", "-q"]).ok();
    let plan = cluster.plan(&["--allow-mass-repair"]);
    let ran = cluster.run(&execution(&plan, &[])).ok().json();
    assert!(ran["done"].as_u64().unwrap() > 0, "{ran}");
    assert!(cluster.owners().values().all(|(nodes, _)| !nodes.contains("n1") && nodes.len() == 2));
    history::check(&cluster);
    // What n1 still holds is taken away when it is back.
    let orphans = |cluster: &Cluster| cluster.stored().keys().filter(|key| key.starts_with("orphans/")).count();
    assert!(orphans(&cluster) > 0);
    cluster.run(&["node", "activate", "n1", "--yes", "-q"]).ok();
    let plan = cluster.plan(&[]);
    cluster.execute(&plan, &[]).ok();
    assert_eq!(orphans(&cluster), 0);
    cluster.check_rest();
}
