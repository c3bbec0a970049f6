//! Executions watched and steered from elsewhere.

use crate::history;
use crate::lab::{Cluster, execution};
use crate::operators::{signal, until};

fn places(names: &[&str]) -> Vec<String> {
    use otlp_part::operations::executing::CrashAt;
    names.iter().map(|name| CrashAt::number_of(name).unwrap().to_string()).collect()
}

#[test]
fn what_is_in_flight_is_listed_and_all_of_it_aborted_from_elsewhere() {
    for cluster in [Cluster::embedded(9), Cluster::on_etcd(9)] {
        let before = cluster.owners();
        let plan = cluster.plan(&[]);
        assert!(cluster.run(&["migration", "list", "-o", "json", "-q"]).ok().out.starts_with("[]"));
        let slow = ["execute-rebalance", &plan, "--yes", "--grace", "0", "--settle", "600s", "-o", "json"];
        let running = cluster.spawn(&slow);
        let in_flight = || cluster.run(&["migration", "list", "-o", "name", "-q"]).ok().out.lines().count();
        until("moves are in flight", || in_flight() > 1);
        let all = cluster.run(&["migration", "list", "-o", "ndjson"]).ok();
        let first: serde_json::Value = serde_json::from_str(all.out.lines().next().unwrap()).unwrap();
        assert!(all.err.contains("executed by ann@desk"), "{}", all.err);
        assert!(["n4", "n5", "n6"].contains(&first["to"].as_str().unwrap()), "{first}");
        assert!(first["holder"].as_str().unwrap().contains("ann@desk"), "{first}");
        // One of them, and then all.
        let id = first["partition"].as_str().unwrap();
        cluster.run(&["migration", "get", id, "-q"]).ok();
        cluster.run(&["migration", "abort", id, "--yes"]).ok();
        cluster.run(&["migration", "get", id, "-q"]).code(1);
        assert!(in_flight() > 0);
        let aborted = cluster.run(&["migration", "abort", "--all", "--yes"]).ok();
        assert!(aborted.err.contains("waiting for the executor"), "{}", aborted.err);
        let ended = Cluster::ended(running).code(5);
        assert_eq!(ended.json()["done"], 0, "{ended:?}");
        assert_eq!(cluster.owners(), before);
        let control = cluster.stored().remove("rebalance/control").unwrap();
        assert!(control["abort_execution"].is_u64(), "{control}");
        check_rest_but_for_control(&cluster);
        history::check(&cluster);
        // What was aborted was that execution, not the next one.
        cluster.execute(&plan, &["--skip-stale"]).ok();
        assert_ne!(cluster.owners(), before);
    }
}

/// What operators asked for stays in the store.
fn check_rest_but_for_control(cluster: &Cluster) {
    let left: Vec<String> = cluster.stored().into_keys().filter(|key| key.starts_with("migrations/")).collect();
    assert!(left.is_empty(), "{left:?}");
    assert!(cluster.stored().iter().all(|(key, value)| !key.starts_with("partitions/") || value["state"] == "Active"));
}

#[test]
fn nobody_drives_it_any_more_and_it_is_aborted_all_the_same() {
    for place in places(&["start-committed", "segment-verified", "copied", "cutover-committed", "deleted"]) {
        let cluster = Cluster::embedded(6);
        let before = cluster.owners();
        let plan = cluster.plan(&[]);
        let ran = cluster.run_to(&place, &execution(&plan, &[]));
        assert_eq!(ran.signal, Some(9), "{ran:?}");
        assert!(cluster.end_lease());
        std::fs::remove_file(&plan).unwrap();
        let listed = cluster.run(&["migration", "list"]).ok();
        assert!(listed.err.contains("nobody drives them"), "{listed:?}");
        let aborted = cluster.run(&["migration", "abort", "--all", "--yes", "--grace", "0"]).ok();
        assert!(aborted.err.contains("undone"), "{aborted:?}");
        cluster.check_rest();
        history::check(&cluster);
        if ["start-committed", "copied"].iter().any(|name| places(&[name]) == [place.clone()]) {
            // Who leads may have changed where that needs no copy: it comes first.
            let now: Vec<_> = cluster.owners().into_iter().map(|(id, (nodes, _))| (id, nodes)).collect();
            let then: Vec<_> = before.into_iter().map(|(id, (nodes, _))| (id, nodes)).collect();
            assert_eq!(now, then, "{place}");
        }
        let nothing = cluster.run(&["migration", "abort", "--all", "--yes"]).ok();
        assert!(nothing.err.contains("nothing is in flight"), "{nothing:?}");
    }
}

#[test]
fn a_pause_holds_until_it_is_lifted() {
    let cluster = Cluster::embedded(9);
    let plan = cluster.plan(&[]);
    cluster.run(&["migration", "pause", "--yes"]).ok();
    cluster.run(&["migration", "set", "--max-concurrent", "1", "--bandwidth", "100MB/s", "--yes"]).ok();
    let control = cluster.stored().remove("rebalance/control").unwrap();
    assert_eq!((control["max_concurrent"].as_u64(), &control["paused"]["by"]), (Some(1), &"ann@desk".into()));
    let mut running = cluster.spawn(&execution(&plan, &[]));
    until("the lock is taken", || cluster.stored().contains_key("rebalance/lock"));
    std::thread::sleep(std::time::Duration::from_secs(1));
    assert!(running.try_wait().unwrap().is_none(), "it does not wait");
    assert!(!cluster.stored().keys().any(|key| key.starts_with("migrations/")));
    cluster.run(&["migration", "resume", "--yes"]).ok();
    Cluster::ended(running).ok();
    check_rest_but_for_control(&cluster);
    // Nobody is asked twice for the same.
    assert!(cluster.run(&["migration", "resume", "--yes"]).ok().err.contains("nothing to change"));
    // And a paused one can be stopped.
    cluster.run(&["migration", "pause", "--yes"]).ok();
    cluster.run(&["node", "drain", "n4", "--yes", "-q"]).ok();
    let plan = cluster.plan(&[]);
    let running = cluster.spawn(&execution(&plan, &[]));
    until("the lock is taken", || cluster.stored().contains_key("rebalance/lock"));
    signal(running.id(), "INT");
    Cluster::ended(running).code(130);
}

#[test]
fn what_does_not_exist_is_said() {
    let cluster = Cluster::embedded(3);
    let id = "partition_489540_0000";
    for command in [["migration", "get", id], ["migration", "abort", id]] {
        let ran = cluster.run(&[&command[..], if command[1] == "abort" { &["--yes"] } else { &[] }].concat()).code(1);
        assert!(ran.err.contains("operation in flight on partition_489540_0000"), "{}", ran.err);
    }
    cluster.run(&["migration", "get", id, "--ignore-not-found"]).ok();
    // Whatever would do is named.
    for (bad, named) in [
        (&["migration", "set"][..], &["--bandwidth", "--max-concurrent"][..]),
        (&["migration", "abort"], &["PARTITION", "--all"]),
        (&["migration", "abort", id, "--all"], &["PARTITION", "--all"]),
    ] {
        let ran = cluster.run(bad).code(2);
        assert!(named.iter().all(|name| ran.err.contains(name)), "{}", ran.err);
    }
    assert!(cluster.run(&["migration", "abort", "--all", "--yes"]).ok().err.contains("nothing is in flight"));
}
