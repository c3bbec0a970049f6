//! The README's walk-through: two nodes for a cluster of eight, through a real etcd, every byte accounted for.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used)]
#![cfg(unix)]

mod support_etcd;

#[path = "faults/checksums.rs"]
mod checksums;
#[path = "../examples/fill/cluster.rs"]
mod cluster;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use checksums::{Disk, Place, Sums, of_node};
use otlp_part::cli::SystemClock;
use otlp_part::ports::Clock as _;
use support_etcd::with_etcd;

const README: &str = include_str!("../README.md");
const PROGRAM: &str = env!("CARGO_BIN_EXE_otlp-part");

/// A part of the 2,000.
const PARTITIONS: u32 = 96;
const TRACES: u32 = 6;

/// The script in the README.
fn script() -> &'static str {
    let (before, _) = README.split_once("# walk-through.sh").unwrap();
    let start = before.rfind("```sh\n").unwrap() + "```sh\n".len();
    README[start..].split_once("\n```").unwrap().0
}

fn disk(nodes: &Path) -> Disk {
    let entries = fs::read_dir(nodes).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.flat_map(|name| of_node(&name, &nodes.join(&name))).collect()
}

/// Segments and sidecars of each partition, which must be the same in each of its copies, and how many of those there are.
fn by_partition(disk: &Disk) -> BTreeMap<String, (Sums, usize)> {
    let mut found: BTreeMap<String, (Sums, usize)> = BTreeMap::new();
    for ((node, id, _), sums) in disk {
        let (first, copies) = found.entry(id.clone()).or_insert_with(|| (sums.clone(), 0));
        assert_eq!(first, sums, "the copy of {id} on {node} differs");
        *copies += 1;
    }
    found
}

#[test]
fn every_byte_is_accounted_for() {
    let directory = tempfile::tempdir().unwrap();
    let here = directory.path();
    let made = cluster::fill(&here.join("walk"), PARTITIONS, TRACES, SystemClock.now()).unwrap();
    assert!(made.to_string().starts_with("8 nodes, 96 partitions, 288 copies"), "{made}");
    std::os::unix::fs::symlink(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"), here.join("examples")).unwrap();
    let before = disk(&here.join("walk/nodes"));
    let contents = by_partition(&before);
    assert!(
        contents.len() == PARTITIONS as usize
            && contents.values().all(|(sums, copies)| sums.len() == 4 && *copies == 3)
    );

    with_etcd(async |etcd, mut client| {
        let store = format!("etcd://{}", etcd.endpoint().strip_prefix("http://").unwrap());
        fs::write(here.join("walk-through.sh"), script()).unwrap();
        let bin = Path::new(PROGRAM).parent().unwrap().to_str().unwrap();
        let mut command = Command::new("sh");
        command.arg("walk-through.sh").current_dir(here).env_clear();
        command.env("PATH", format!("{bin}:/usr/bin:/bin")).env("OTLP_PART_STORE", store).env("HOME", here);
        let done = command.output().unwrap();
        let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        assert!(done.status.success(), "{said}");
        assert!(said.contains("every byte is there"), "{said}");
        // It was etcd through which it went, and nothing is left there.
        for family in ["migrations", "rebalance", "orphans", "repair"] {
            let options = etcd_client::GetOptions::new().with_prefix();
            let found = client.get(format!("/otlp/{family}/"), Some(options)).await.unwrap();
            assert!(found.kvs().is_empty(), "{family}: {said}");
        }
    });

    let after = disk(&here.join("walk/nodes"));
    assert_eq!(by_partition(&after), contents);
    let on = |disk: &Disk, node: &str| disk.keys().filter(|place: &&Place| place.0 == node).count();
    assert!(on(&before, "n9") == 0 && on(&after, "n9") > 10 && on(&after, "n10") > 10, "the new nodes took nothing");
}

/// What it accounts for is all that there is: one flipped byte, one file less, one copy less, each is seen.
#[test]
fn the_account_sees_every_difference() {
    let directory = tempfile::tempdir().unwrap();
    let walk = directory.path().join("walk");
    cluster::fill(&walk, 8, 2, SystemClock.now()).unwrap();
    let account = |nodes: &Path| {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/account");
        let done = Command::new(script).arg(nodes).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    let nodes = walk.join("nodes");
    let before = account(&nodes);
    assert_eq!(before.lines().count(), 8 * 4);
    assert!(before.lines().all(|line| line.trim_start().starts_with("3 partition_")), "{before}");
    let some = disk(&nodes).into_keys().next().unwrap();
    let copy = nodes.join(&some.0).join(&some.1).join(&some.2);
    let segment = copy.join("0001.jsonl");
    let whole = fs::read(&segment).unwrap();
    let mut flipped = whole.clone();
    flipped[100] ^= 1;
    fs::write(&segment, flipped).unwrap();
    assert_eq!(account(&nodes).lines().count(), 8 * 4 + 1);
    fs::remove_file(&segment).unwrap();
    assert!(account(&nodes) != before && account(&nodes).contains(" 2 partition_"));
    fs::write(&segment, whole).unwrap();
    assert_eq!(account(&nodes), before);
}

#[test]
fn a_directory_that_is_there_and_an_odd_number_are_refused() {
    let directory = tempfile::tempdir().unwrap();
    let refused = |name: &str, partitions| {
        let path = directory.path().join(name);
        cluster::fill(&path, partitions, 1, SystemClock.now()).err().unwrap().to_string()
    };
    assert!(refused("new", 9).contains("no multiple of 8") && refused("new", 0).contains("no multiple"));
    fs::create_dir(directory.path().join("old")).unwrap();
    assert!(refused("old", 8).contains("old"));
}
