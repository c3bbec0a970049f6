//! Killed at every numbered place, then the same command again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::PathBuf;

use otlp_part::operations::executing::crash::POINTS;

use crate::history;
use crate::lab::{Cluster, execution, names};

const KILLED: Option<i32> = Some(9);

/// Nodes and leader of every partition.
type Owners = BTreeMap<String, (BTreeSet<String>, String)>;

/// Places that an undisturbed execution does not pass.
const ELSEWHERE: [&str; 3] = ["abort-decided", "abort-committed", "mark-committed"];

/// Places that an execution passes once.
const ONCE: [&str; 5] = ["lock-taken", "plan-executing", "status-written", "plan-done", "lock-released"];

fn is_of_leaders(place: &str) -> bool {
    place.starts_with("leader-")
}

/// A cluster and the plan that is executed on it: moves, or transfers where those are asked for.
fn prepared(leaders: bool) -> (Cluster, String) {
    let cluster = Cluster::embedded(6);
    let transfers = ["--leader", "partition_489540_0000=n2", "--leader", "partition_489540_0001=n3"];
    let plan = cluster.plan(if leaders { &transfers } else { &[] });
    (cluster, plan)
}

fn undisturbed(leaders: bool) -> Owners {
    let (cluster, plan) = prepared(leaders);
    cluster.execute(&plan, &[]).ok();
    cluster.owners()
}

#[track_caller]
fn killed_at(number: usize, time: usize, end: &Owners) {
    let place = POINTS[number - 1];
    let (cluster, plan) = prepared(is_of_leaders(place));
    let ran = cluster.run_to(&format!("{number}:{time}"), &execution(&plan, &[]));
    assert_eq!(ran.signal, KILLED, "place {place}, time {time}, was not passed: {ran:?}");
    assert!(cluster.end_lease());
    let resumed = cluster.execute(&plan, &[]);
    assert_eq!(resumed.code, Some(0), "killed at {place}, time {time}: {resumed:?}");
    cluster.check_rest();
    assert_eq!(&cluster.owners(), end, "killed at {place}, time {time}");
    history::check(&cluster);
}

#[test]
fn at_every_place_the_same_command_goes_on_to_the_same_end() {
    let (moved, led) = (undisturbed(false), undisturbed(true));
    assert_ne!(moved, led);
    for (number, place) in (1..).zip(POINTS).filter(|(_, place)| !ELSEWHERE.contains(place)) {
        let end = if is_of_leaders(place) { &led } else { &moved };
        for time in 1..=if ONCE.contains(&place) { 1 } else { 2 } {
            killed_at(number, time, end);
        }
    }
}

#[test]
fn the_lock_of_the_killed_is_waited_for_and_no_verified_segment_is_copied_again() {
    let (cluster, plan) = prepared(false);
    let number = POINTS.iter().position(|place| *place == "segment-verified").unwrap() + 1;
    let ran = cluster.run_to(&format!("{number}:2"), &execution(&plan, &[]));
    assert_eq!(ran.signal, KILLED, "{ran:?}");
    let finished = segments(&cluster);
    assert!(!finished.is_empty());
    let resumed = cluster.execute(&plan, &[]).ok();
    assert_eq!(resumed.json()["left"], 0, "{resumed:?}");
    assert!(resumed.err.contains("waiting for the lock"), "{resumed:?}");
    cluster.check_rest();
    let now = segments(&cluster);
    for (path, file) in finished {
        assert_eq!(now.get(&path), Some(&file), "{} was made anew", path.display());
    }
}

/// The segments of those who had none, and their inodes.
fn segments(cluster: &Cluster) -> BTreeMap<PathBuf, u64> {
    let mut found = BTreeMap::new();
    for node in ["n4", "n5", "n6"].map(|node| cluster.node(node)) {
        for (id, files) in &cluster.content {
            let copies = node.join(id);
            for copy in if copies.is_dir() { names(&copies) } else { Vec::new() } {
                let paths = files.keys().map(|name| copies.join(&copy).join(name));
                found.extend(paths.filter_map(|path| Some((path.clone(), fs::metadata(path).ok()?.ino()))));
            }
        }
    }
    found
}
