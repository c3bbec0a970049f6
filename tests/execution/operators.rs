//! More than one operator, and what they say while it runs.

use std::time::{Duration, Instant};

use crate::lab::{Cluster, Ran, execution};

#[expect(clippy::disallowed_methods, reason = "it waits for another process")]
pub(crate) fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_secs(60), "never: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn is_locked(cluster: &Cluster) -> bool {
    cluster.stored().contains_key("rebalance/lock")
}

pub(crate) fn signal(pid: u32, name: &str) {
    let status = std::process::Command::new("kill").args([format!("-{name}"), pid.to_string()]).status().unwrap();
    assert!(status.success());
}

/// One wave of moves, which lasts long enough for the other to come.
fn of_two_one_works(cluster: &Cluster) {
    let plan = cluster.plan(&[]);
    let slow = ["execute-rebalance", &plan, "--yes", "--grace", "0", "--settle", "12s", "-o", "json"];
    let first = cluster.spawn(&slow);
    let pid = first.id();
    until("the lock is taken", || is_locked(cluster));
    let second = cluster.execute(&plan, &[]).code(4);
    assert!(second.err.contains("ann@desk") && second.err.contains(&format!("process {pid}")), "{}", second.err);
    let first = Cluster::ended(first).ok();
    assert_eq!(first.json()["left"], 0);
    cluster.check_rest();
}

#[test]
fn of_two_one_works_and_the_other_is_told_who() {
    of_two_one_works(&Cluster::embedded(3));
}

#[test]
fn of_two_on_etcd_one_works_and_the_other_is_told_who() {
    of_two_one_works(&Cluster::on_etcd(3));
}

/// What does not fit at this moment may fit again when the other is through: who that is comes first.
#[test]
fn a_stale_plan_beside_an_execution_is_told_who_executes() {
    let cluster = Cluster::embedded(3);
    let stale = cluster.path("stale.json").to_string_lossy().into_owned();
    std::fs::copy(cluster.plan(&["--move", "partition_489540_0000,from=n1,to=n4"]), &stale).unwrap();
    let done = cluster.plan(&["--move", "partition_489540_0000,from=n2,to=n5"]);
    cluster.execute(&done, &[]).ok();
    let slow = cluster.plan(&["--move", "partition_489540_0001,from=n2,to=n5"]);
    let running = cluster.spawn(&execution(&slow, &["--settle", "5s"]));
    until("the lock is taken", || is_locked(&cluster));
    let told = cluster.execute(&stale, &[]).code(4);
    assert!(told.err.contains("held by ann@desk") && !told.err.contains("stale"), "{}", told.err);
    Cluster::ended(running).ok();
    let told = cluster.execute(&stale, &[]).code(4);
    assert!(told.err.contains("1 move(s)") && told.err.contains("stale"), "{}", told.err);
    cluster.check_rest();
}

#[test]
fn an_interrupt_leaves_it_resumable() {
    let cluster = Cluster::embedded(9);
    let plan = cluster.plan(&[]);
    for (name, code) in [("INT", 130), ("TERM", 143)] {
        let slow = ["execute-rebalance", &plan, "--yes", "--grace", "0", "--settle", "60s", "-o", "json"];
        let running = cluster.spawn(&slow);
        // Those of the round before are in flight already; with the lock it listens to signals.
        let in_flight = || cluster.stored().keys().any(|key| key.starts_with("migrations/"));
        until("a move is in flight", || is_locked(&cluster) && in_flight());
        signal(running.id(), name);
        let ended: Ran = Cluster::ended(running).code(code);
        assert!(ended.err.contains("goes on"), "{}", ended.err);
        assert!(!is_locked(&cluster), "the lock is not given back");
    }
    cluster.execute(&plan, &[]).ok();
    cluster.check_rest();
}

#[test]
fn the_time_until_which_it_may_run_stops_it() {
    let cluster = Cluster::embedded(9);
    let plan = cluster.plan(&[]);
    let until = in_seconds(3);
    let args = ["execute-rebalance", &plan, "--yes", "--settle", "60s", "--until", &until, "-o", "json"];
    let ended = cluster.run(&args).code(5);
    assert_eq!(ended.json()["stopped"], "the time until which it may run is over");
    cluster.execute(&plan, &[]).ok();
    cluster.check_rest();
}

#[expect(clippy::disallowed_methods, reason = "the program compares it with its own clock")]
/// So many seconds from now, as Unix milliseconds.
fn in_seconds(seconds: u64) -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    (now + Duration::from_secs(seconds)).as_millis().to_string()
}
