//! The real program, killed at every place, then the same command again: on an embedded store and on a real etcd.

use std::fs;

use otlp_part::operations::executing::crash::{CrashAt, EXPIRY_POINTS};

use crate::lab::{Cluster, Metadata, NODES, Setting, execution, names};
use crate::support::record;
use crate::support_etcd::Etcd;

const KILLED: Option<i32> = Some(9);
/// A bucket that has not begun.
const FUTURE: &str = "partition_9000000_0001";
const EXPIRE: [&str; 8] = ["partition", "expire", "--retention-days", "1", "--settle", "0", "--yes", "-o"];

/// So many partitions that are expired, and one that is not.
pub(crate) fn cluster(metadata: Metadata, partitions: usize) -> Cluster {
    let holders: [&[&str]; 3] = [&["n1", "n2"], &["n2", "n3"], &["n3", "n1"]];
    let holders = holders.into_iter().cycle().take(partitions).collect();
    let more = vec![(format!("partitions/{FUTURE}"), record(FUTURE, &["n1", "n2"], Some("n1"), 0))];
    Cluster::set(metadata, Setting { room: None, holders, bytes: 300, more })
}

pub(crate) fn expire(more: &[&'static str]) -> Vec<&'static str> {
    let mut args = EXPIRE.to_vec();
    args.push("json");
    args.extend(more);
    args
}

/// Nothing is left but the partition that is kept.
#[track_caller]
pub(crate) fn check_end(cluster: &Cluster, what: &str) {
    let stored = cluster.stored();
    let is_left = |family: &str, key: &String| key.starts_with(family) && !key.ends_with(FUTURE);
    let left = |family: &str| -> Vec<&String> { stored.keys().filter(|key| is_left(family, key)).collect() };
    assert!(stored.contains_key(&format!("partitions/{FUTURE}")), "{what}");
    for family in ["partitions/", "ext/", "migrations/", "repair/", "orphans/", "rebalance/"] {
        assert!(left(family).is_empty(), "{what}: {:?}", left(family));
    }
    for (node, _) in NODES {
        for id in names(&cluster.node(node)).iter().filter(|name| name.starts_with("partition_")) {
            let copies = fs::read_dir(cluster.node(node).join(id)).unwrap().count();
            assert_eq!(copies, 0, "{what}: {node}/{id}");
        }
    }
}

/// The run that was killed is said to live until its lease ends.
fn end_lease(cluster: &Cluster) {
    match &cluster.metadata {
        Metadata::File => {
            let runs: Vec<String> =
                cluster.stored().into_keys().filter(|key| key.starts_with("rebalance/runs/")).collect();
            assert_eq!(runs.len(), 1, "{runs:?}");
            cluster.delete(&runs);
        }
        Metadata::Etcd(etcd) => crate::lab::block_on(async {
            let mut client = etcd.client().await;
            let options = etcd_client::GetOptions::new().with_prefix();
            let found = client.get("/otlp/rebalance/runs/", Some(options)).await.unwrap();
            for entry in found.kvs() {
                assert_ne!(entry.lease(), 0, "it hangs on no lease");
                client.lease_revoke(entry.lease()).await.unwrap();
            }
        }),
        Metadata::Members(_) => panic!("its lease ends by itself"),
    }
}

fn killed_everywhere(metadata: impl Fn() -> Metadata) {
    for place in EXPIRY_POINTS {
        for time in [1, 3] {
            let number = CrashAt::number_of(place).unwrap();
            let cluster = cluster(metadata(), 4);
            let ran = cluster.run_to(&format!("{number}:{time}"), &expire(&[]));
            if time > 1 && ran.code == Some(0) {
                continue;
            }
            let what = format!("{place}, time {time}");
            assert_eq!(ran.signal, KILLED, "{what}: {ran:?}");
            end_lease(&cluster);
            let again = cluster.run(&expire(&[])).ok();
            assert_eq!(again.json()["left"], 0, "{what}");
            check_end(&cluster, &what);
        }
    }
}

fn on_etcd() -> Metadata {
    Metadata::Etcd(std::sync::Arc::new(crate::lab::block_on(Etcd::start())))
}

/// Two who expire at the same time: each partition goes once, and both end well.
fn side_by_side(metadata: Metadata) {
    let cluster = cluster(metadata, 40);
    let args = ["partition", "expire", "--retention-days", "1", "--settle", "1s", "--yes", "-o", "json"];
    let running = [cluster.spawn(&args), cluster.spawn(&args)];
    for ran in running.map(Cluster::ended) {
        let row = ran.ok().json();
        assert_eq!((&row["left"], &row["failed"]), (&0.into(), &0.into()), "{row}");
    }
    check_end(&cluster, "side by side");
}

#[test]
fn two_operators_expire_side_by_side() {
    side_by_side(Metadata::File);
    side_by_side(on_etcd());
}

/// What is moved at this moment waits for the next run; what is claimed first is moved no more.
fn beside_an_execution(metadata: Metadata) {
    let cluster = cluster(metadata, 12);
    let plan = cluster.plan(&[]);
    let executing = cluster.spawn(&execution(&plan, &["--settle", "1s"]));
    let expired =
        cluster.run(&["partition", "expire", "--retention-days", "1", "--settle", "2s", "--yes", "-o", "json"]);
    assert_eq!(expired.code, Some(0), "{expired:?}");
    let executed = Cluster::ended(executing);
    assert!([0, 4, 5].contains(&executed.code.unwrap()), "{executed:?}");
    let again = cluster.run(&expire(&[])).ok().json();
    assert_eq!(again["passed_over"].as_array().unwrap().len(), 0, "{again}");
    cluster.run(&["migration", "abort", "--all", "--grace", "0", "--yes"]).ok();
    check_end(&cluster, "beside an execution");
}

#[test]
fn an_execution_and_an_expiry_run_side_by_side() {
    beside_an_execution(Metadata::File);
    beside_an_execution(on_etcd());
}

#[test]
fn at_every_place_the_same_command_goes_on() {
    killed_everywhere(|| Metadata::File);
}

#[test]
fn on_etcd_at_every_place_the_same_command_goes_on() {
    killed_everywhere(on_etcd);
}
