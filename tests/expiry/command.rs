//! What the operator sees: lists, questions, steering from elsewhere, and ends.

use serde_json::Value;

use crate::kills::{check_end, cluster, expire};
use crate::lab::{Cluster, Metadata};
use otlp_part::operations::executing::crash::CrashAt;

const ONE: &str = "partition_489540_0000";

fn killed_at(cluster: &Cluster, place: &str) {
    let number = CrashAt::number_of(place).unwrap();
    let ran = cluster.run_to(&number.to_string(), &expire(&[]));
    assert_eq!(ran.signal, Some(9), "{ran:?}");
}

fn forget_run(cluster: &Cluster) {
    let runs: Vec<String> = cluster.stored().into_keys().filter(|key| key.starts_with("rebalance/runs/")).collect();
    cluster.delete(&runs);
}

#[test]
fn a_dry_run_lists_what_would_go_and_writes_nothing() {
    let cluster = cluster(Metadata::File, 3);
    let before = cluster.stored();
    let args = ["partition", "expire", "--retention-days", "1", "--dry-run", "-o", "ndjson"];
    let ran = cluster.run(&args).ok();
    let rows: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0]["partition"], ONE);
    assert_eq!(rows[0]["copies"], 2);
    assert_eq!(rows[0]["deleted_bytes"], rows[0]["size_bytes"].as_u64().unwrap() * 2);
    assert!(ran.err.contains("expire 3 partition(s)") && ran.err.contains("nothing was written"), "{}", ran.err);
    assert!(ran.err.contains("the cluster spec keeps partitions 3650 days; this keeps 1"), "{}", ran.err);
    assert_eq!(cluster.stored(), before);
    let one = cluster.run(&["partition", "expire", "--retention-days", "1", "--max-partitions", "1", "--dry-run"]).ok();
    assert!(one.err.contains("expire 1 partition(s)") && one.err.contains("2 more are expired"), "{}", one.err);
    let none = cluster.run(&["partition", "expire", "--yes"]).ok();
    assert!(none.err.contains("nothing is expired: 4 partition(s) are recorded"), "{}", none.err);
    let narrow = ["partition", "expire", "--retention-days", "1", "--before", "2025-11-01", "--yes"];
    assert!(cluster.run(&narrow).ok().err.contains("of what ended until 2025-11-01T00:00:00Z"));
    assert_eq!(cluster.stored(), before);
}

#[test]
fn it_asks_and_a_snapshot_refuses() {
    let cluster = cluster(Metadata::File, 1);
    let asked = cluster.run(&["partition", "expire", "--retention-days", "1"]).code(2);
    assert!(asked.err.contains("--yes"), "{}", asked.err);
    let snapshot = cluster.path("s.json").to_string_lossy().into_owned();
    let store = format!("snapshot:{snapshot}");
    let refused = cluster.run(&["--store", &store, "partition", "expire", "--yes"]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
}

#[test]
fn what_went_is_told_and_stands_in_the_trail() {
    let cluster = cluster(Metadata::File, 3);
    let ran = cluster.run(&expire(&["--reason", "room"])).ok();
    let row = ran.json();
    assert_eq!((&row["expired"], &row["left"], &row["orphans"]), (&3.into(), &0.into(), &0.into()), "{row}");
    check_end(&cluster, "all");
    let trail = cluster.run(&["audit", "list", "-o", "json"]).ok().out;
    for words in ["expire: claim 3 partitions", "expire: begin to delete 3 partitions", "expire: 3 partitions gone"] {
        assert!(trail.contains(words), "{words} is not in {trail}");
    }
    assert!(trail.contains("\"room\""));
    let again = cluster.run(&expire(&[])).ok();
    assert!(again.err.contains("nothing is expired"), "{}", again.err);
}

#[test]
fn a_node_that_is_down_gets_its_copies_deleted_when_it_is_back() {
    let cluster = cluster(Metadata::File, 3);
    std::fs::rename(cluster.node("n2"), cluster.path("away")).unwrap();
    let ran = cluster.run(&expire(&[])).ok();
    let row = ran.json();
    assert_eq!((&row["expired"], &row["orphans"]), (&3.into(), &2.into()), "{row}");
    assert_eq!(row["waiting_nodes"][0]["node"], "n2");
    assert!(ran.err.contains("n2: 2 of its copies wait until it is back"), "{}", ran.err);
    let orphans = cluster.stored().keys().filter(|key| key.starts_with("orphans/n2/")).count();
    assert_eq!(orphans, 2);
    std::fs::rename(cluster.path("away"), cluster.node("n2")).unwrap();
    cluster.run(&["migration", "abort", "--all", "--yes"]).ok();
    check_end(&cluster, "back");
}

#[test]
fn a_run_that_is_gone_is_seen_and_anybody_goes_on() {
    let cluster = cluster(Metadata::File, 3);
    killed_at(&cluster, "expiry-settled");
    let list = || cluster.run(&["migration", "list", "-o", "json"]).ok();
    // Its lease has not ended: it may live.
    let alive: Vec<Value> = serde_json::from_str(&list().out).unwrap();
    assert_eq!((&alive[0]["kind"], &alive[0]["phase"]), (&"expire".into(), &"claimed".into()), "{alive:?}");
    assert!(alive[0]["holder"].as_str().unwrap().contains("ann@desk"), "{alive:?}");
    assert_eq!(alive[0]["from"], Value::Null);
    forget_run(&cluster);
    let forsaken = list();
    assert!(forsaken.out.contains("a run of partition expire"), "{}", forsaken.out);
    let store = cluster.store();
    assert!(
        forsaken.err.contains(&format!("`otlp-part --store {store} partition expire` goes on")),
        "{}",
        forsaken.err
    );
    let doctor = cluster.run(&["doctor", "-o", "json"]);
    assert!(doctor.out.contains("3 partition(s) are being expired, and nobody is at work on them"), "{}", doctor.out);
    assert!(doctor.out.contains("partition expire"), "{}", doctor.out);
    let status = cluster.run(&["status"]).ok();
    assert!(status.out.contains("partition expire"), "{}", status.out);
    let removable = cluster.run(&["node", "safe-to-remove", "n1"]).code(3);
    assert!(removable.out.contains("in flight"), "{}", removable.out);
    // A plan is not made of what is claimed, and an execution brings it to its end first.
    let plan = cluster.plan(&["--leader", "partition_9000000_0001=n2"]);
    let executed = cluster.execute(&plan, &[]).ok().json();
    assert_eq!((&executed["recovered"], &executed["done"]), (&3.into(), &1.into()), "{executed}");
    check_end(&cluster, "executed");
}

#[test]
fn what_is_claimed_is_given_back_and_what_is_begun_is_finished() {
    let cluster = cluster(Metadata::File, 3);
    let before = cluster.owners();
    killed_at(&cluster, "expiry-settled");
    let dry = cluster.run(&["migration", "abort", ONE, "--dry-run"]).ok();
    assert!(dry.err.contains(&format!("give {ONE} back, which is claimed to be expired")), "{}", dry.err);
    let back = cluster.run(&["migration", "abort", ONE, "--yes"]).ok();
    assert!(back.err.contains("1 given back, 0 gone"), "{}", back.err);
    let stored = cluster.stored();
    assert_eq!(stored[&format!("partitions/{ONE}")]["state"], "Active");
    assert!(
        !stored.contains_key(&format!("migrations/{ONE}")) && stored.keys().any(|key| key.starts_with("migrations/"))
    );
    cluster.run(&["migration", "abort", "--all", "--yes"]).ok();
    forget_run(&cluster);
    assert_eq!(cluster.owners(), before);
    assert!(!cluster.stored().keys().any(|key| key.starts_with("migrations/")));
    killed_at(&cluster, "expiry-deleted");
    let gone = cluster.run(&["migration", "abort", "--all", "--yes"]).ok();
    assert!(gone.err.contains("0 given back, 3 gone"), "{}", gone.err);
    forget_run(&cluster);
    check_end(&cluster, "finished");
}

#[test]
fn an_interrupt_leaves_it_resumable() {
    let cluster = cluster(Metadata::File, 3);
    let number = CrashAt::number_of("expiry-begun").unwrap();
    let ran = cluster.run_to(&format!("{number}:1:INT"), &expire(&[]));
    // What was under way when the signal came may have been all there was.
    assert!([Some(130), Some(0)].contains(&ran.code), "{ran:?}");
    cluster.run(&expire(&[])).ok();
    check_end(&cluster, "interrupted");
    let other = self::cluster(Metadata::File, 3);
    let args = ["partition", "expire", "--retention-days", "1", "--settle", "60s", "--yes", "-o", "json"];
    let number = CrashAt::number_of("expiry-claimed").unwrap();
    let ran = other.run_to(&format!("{number}:1:INT"), &args).code(130);
    assert!(ran.err.contains("the same command goes on") && ran.json()["left"] == 3, "{ran:?}");
    other.run(&expire(&[])).ok();
    check_end(&other, "interrupted while it waits");
}

/// The clusters of these tests keep partitions for ten years; this one keeps them a day.
fn short_lived() -> Cluster {
    let cluster = cluster(Metadata::File, 3);
    cluster.put("cluster", &crate::lab::spec().replace("3650", "1"));
    cluster
}

#[test]
fn behind_a_round_of_automatic_rebalancing_what_is_expired_goes_if_that_is_asked_for() {
    let cluster = short_lived();
    let run = |more: &[&str]| {
        let mut args = vec!["auto-rebalance", "run", "--rounds", "1", "--settle", "0", "--grace", "0"];
        args.extend(more);
        cluster.run(&args).ok()
    };
    let before = cluster.stored();
    let rehearsed = run(&["--dry-run", "--expire"]);
    assert!(rehearsed.err.contains("3 partition(s) are past their retention"), "{}", rehearsed.err);
    assert_eq!(cluster.stored(), before);
    run(&["--yes", "--threshold", "900%"]);
    assert_eq!(cluster.owners().len(), 4, "nothing goes that was not asked for");
    let ran = run(&["--yes", "--threshold", "900%", "--expire"]);
    assert!(ran.err.contains("3 partition(s) are expired"), "{}", ran.err);
    let status = cluster.run(&["auto-rebalance", "status", "-o", "json"]).ok();
    assert_eq!(status.json()["status"]["expired"]["partitions"], 3, "{status:?}");
    assert!(status.err.contains("3 partition(s) expired since"), "{}", status.err);
    cluster.delete(&["rebalance/auto-status".to_owned()]);
    check_end(&cluster, "automatic");
}

#[test]
fn a_pause_holds_it_back() {
    let cluster = short_lived();
    cluster.run(&["auto-rebalance", "pause", "--yes"]).ok();
    cluster.run(&["auto-rebalance", "run", "--rounds", "1", "--expire", "--settle", "0", "--yes"]).ok();
    assert_eq!(cluster.owners().len(), 4);
}

#[test]
fn a_damaged_record_is_named_and_the_rest_goes() {
    let cluster = cluster(Metadata::File, 3);
    cluster.put(&format!("partitions/{ONE}"), "broken");
    let ran = cluster.run(&expire(&[])).code(1);
    assert!(ran.err.contains(ONE), "{}", ran.err);
    let left: Vec<String> =
        cluster.stored().into_keys().filter(|key| key.starts_with("partitions/partition_4")).collect();
    assert_eq!(left, [format!("partitions/{ONE}")]);
}
