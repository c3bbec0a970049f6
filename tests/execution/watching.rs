//! What an operator sees of an execution: its own progress, and what is watched from elsewhere.

use serde_json::Value;

use crate::lab::{Cluster, execution};
use crate::operators::until;

const PROGRESS: &str = "otlp-part/progress/v1";

fn objects(text: &str) -> Vec<Value> {
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// Places at which a killed execution leaves something.
fn place(name: &str) -> String {
    otlp_part::operations::executing::CrashAt::number_of(name).unwrap().to_string()
}

#[test]
fn every_event_is_told_a_wrapper_and_nothing_is_whole_before_its_end() {
    let cluster = Cluster::embedded(9);
    let plan = cluster.plan(&[]);
    let ran = cluster.run(&execution(&plan, &["--progress", "json"])).ok();
    let told: Vec<Value> = objects(&ran.err).into_iter().filter(|object| object["schema"] == PROGRESS).collect();
    let kinds: Vec<&str> = told.iter().map(|object| object["event"].as_str().unwrap()).collect();
    for kind in ["started", "move_started", "phase", "planned", "cutover", "done", "ended", "progress"] {
        assert!(kinds.contains(&kind), "{kind}: {kinds:?}");
    }
    let ended = kinds.iter().position(|kind| *kind == "ended").unwrap();
    let whole = |object: &Value| object["percent"] == 100 || object["moves_done"] == object["moves"];
    let early = told[..ended].iter().find(|object| object["event"] == "progress" && whole(object));
    assert_eq!(early, None, "whole before its end");
    let last = told.last().unwrap();
    assert_eq!((&last["event"], &last["percent"]), (&"progress".into(), &100.into()), "{last}");
    assert_eq!((&last["bytes"], &last["moves_done"]), (&last["total_bytes"], &last["moves"]), "{last}");
    assert_eq!(last["bytes"], ran.json()["verified_bytes"]);
}

#[test]
fn what_was_verified_before_a_kill_counts_again() {
    let cluster = Cluster::embedded(9);
    let plan = cluster.plan(&[]);
    assert_eq!(cluster.run_to(&place("copied"), &execution(&plan, &[])).signal, Some(9));
    cluster.end_lease();
    let ran = cluster.run(&execution(&plan, &["--progress", "json"])).ok();
    let told = objects(&ran.err);
    let recovering = told.iter().find(|object| object["event"] == "recovering").unwrap();
    assert!(recovering["operations"].as_u64().unwrap() > 0);
    let last = told.iter().rfind(|object| object["event"] == "progress").unwrap();
    assert_eq!((&last["percent"], &last["bytes"]), (&100.into(), &last["total_bytes"]), "{last}");
    assert_eq!(last["moves"], last["moves_done"], "{last}");
}

#[test]
fn no_progress_is_no_progress() {
    let cluster = Cluster::embedded(3);
    let plan = cluster.plan(&[]);
    let ran = cluster.run(&execution(&plan, &["--progress", "none", "-q"])).ok();
    assert!(!ran.err.contains("moving") && objects(&ran.err).is_empty(), "{}", ran.err);
}

fn is_watched_to_its_end(cluster: &Cluster) {
    let plan = cluster.plan(&[]);
    let slow = ["execute-rebalance", &plan, "--yes", "--grace", "0", "--settle", "6s", "-o", "json", "-q"];
    let running = cluster.spawn(&slow);
    until("the lock is taken", || cluster.stored().contains_key("rebalance/lock"));
    let watched = cluster.run(&["migration", "watch", "-o", "ndjson"]).ok();
    assert!(watched.err.contains("all is at rest"), "{}", watched.err);
    Cluster::ended(running).ok();
    let rows = objects(&watched.out);
    let (first, last) = (&rows[0], rows.last().unwrap());
    assert!(first["holder"].as_str().unwrap().contains("ann@desk") && first["at_rest"] == false, "{first}");
    assert!(rows.iter().any(|row| row["in_flight"].as_u64() > Some(0)), "{rows:?}");
    assert_eq!((&last["at_rest"], &last["in_flight"], &last["holder"]), (&true.into(), &0.into(), &Value::Null));
    assert!(rows.iter().all(|row| row["goes_on"].is_null()), "{rows:?}");
}

#[test]
fn an_execution_is_watched_from_elsewhere_to_its_end() {
    is_watched_to_its_end(&Cluster::embedded(6));
}

#[test]
fn an_execution_on_etcd_is_watched_from_elsewhere_to_its_end() {
    is_watched_to_its_end(&Cluster::on_etcd(6));
}

#[test]
fn a_watch_says_when_the_executor_is_gone_and_what_goes_on() {
    let cluster = Cluster::embedded(6);
    let file = cluster.plan(&[]);
    assert_eq!(cluster.run_to(&place("segment-verified"), &execution(&file, &[])).signal, Some(9));
    cluster.end_lease();
    let watched = cluster.run(&["migration", "watch", "--for", "100ms", "-o", "ndjson"]).code(5);
    let row: Value = serde_json::from_str(watched.out.lines().next().unwrap()).unwrap();
    let goes_on = row["goes_on"].as_str().unwrap();
    assert!(goes_on.contains("execute-rebalance plan-"), "{goes_on}");
    // Doctor and status say the same, and what they say works.
    let found = cluster.run(&["doctor", "-o", "ndjson", "-q"]).code(3);
    let forsaken = objects(&found.out).into_iter().find(|f| f["code"] == "nobody_executes").unwrap();
    assert_eq!(forsaken["fix"], goes_on);
    assert_eq!(cluster.run(&["status", "-o", "json", "-q"]).ok().json()["goes_on"], goes_on);
    let id = goes_on.rsplit(' ').next().unwrap();
    cluster.run(&["execute-rebalance", id, "--yes", "--grace", "0", "--settle", "0"]).ok();
    cluster.run(&["migration", "watch"]).ok();
    cluster.check_rest();
    let healthy = cluster.run(&["doctor", "-o", "value=code", "--severity", "info", "-q"]);
    assert!(!healthy.out.lines().any(|code| ["nobody_executes", "plan_unfinished"].contains(&code)), "{healthy:?}");
}
