//! How long a killed execution stands still: from the second start of the command to its first copying, on a real etcd.
//!
//!     cargo bench --bench resuming -- [ROUNDS [BYTES]]
//!
//! Each round kills it (`kill -9`) once a few segments of BYTES / 3 are verified, gives the same command again at once, and looks
//! when the first file appears on a target. The lock of the killed ends by itself: the goal is its 15 seconds and 2 more. No segment
//! that was verified may be written again. It needs an etcd server, as the tests do (see `build/etcd`).

// A benchmark has nobody to report to, and its clock is the point of it.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods, missing_docs)]

#[path = "../tests/support/mod.rs"]
mod support;
#[path = "../tests/support_etcd/mod.rs"]
mod support_etcd;

#[path = "../tests/execution/lab.rs"]
#[allow(dead_code)]
mod lab;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use lab::{Cluster, Metadata, Setting, block_on, execution};
use otlp_part::operations::executing::CrashAt;
use support_etcd::Etcd;

/// The lock's 15 seconds, and 2 in which it is gone and taken.
const GOAL: Duration = Duration::from_secs(17);
const POLL: Duration = Duration::from_millis(2);
/// Segments that are verified before the kill.
const VERIFIED: usize = 4;

/// The files of copies on the nodes that had none, with their inodes.
fn files(cluster: &Cluster) -> BTreeMap<PathBuf, u64> {
    fn walk(directory: &Path, into: &mut BTreeMap<PathBuf, u64>) {
        for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
            let path = entry.path();
            match fs::metadata(&path) {
                Ok(found) if found.is_dir() => walk(&path, into),
                Ok(found) => drop(into.insert(path, found.ino())),
                Err(_) => {}
            }
        }
    }
    let mut found = BTreeMap::new();
    ["n4", "n5", "n6"].iter().for_each(|node| walk(&cluster.node(node), &mut found));
    found
}

fn round(bytes: usize) -> (Duration, usize) {
    let memory = Path::new("/dev/shm");
    let turns: [&[&str]; 3] = [&["n1", "n2"], &["n2", "n3"], &["n3", "n1"]];
    let holders = turns.repeat(3);
    let setting = Setting { room: memory.is_dir().then_some(memory), holders, bytes, more: Vec::new() };
    let cluster = Cluster::set(Metadata::Etcd(Arc::new(block_on(Etcd::start()))), setting);
    let plan = cluster.plan(&[]);
    let place = CrashAt::number_of("segment-verified").unwrap();
    let killed = cluster.run_to(&format!("{place}:{VERIFIED}"), &execution(&plan, &[]));
    assert_eq!(killed.signal, Some(9), "{killed:?}");
    let before = files(&cluster);
    // A segment counts from its sidecar on.
    let is_verified = |path: &&PathBuf| before.contains_key(&PathBuf::from(format!("{}.sidecar.json", path.display())));
    let verified: Vec<&PathBuf> = before.keys().filter(is_verified).collect();
    assert!(verified.len() >= VERIFIED, "{before:?}");
    let start = Instant::now();
    let running = cluster.spawn(&execution(&plan, &[]));
    let mut now = files(&cluster);
    while now.keys().all(|path| before.contains_key(path)) {
        assert!(start.elapsed() < 3 * GOAL, "it does not go on: {:?}", Cluster::ended(running));
        std::thread::sleep(POLL);
        now = files(&cluster);
    }
    let stood = start.elapsed();
    Cluster::ended(running).ok();
    cluster.check_rest();
    let after = files(&cluster);
    for path in &verified {
        assert_eq!(after.get(*path), before.get(*path), "{} was written again", path.display());
    }
    (stood, verified.len())
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let mut number = |default: usize| arguments.next().map_or(default, |text| text.parse().unwrap());
    let (rounds, bytes) = (number(3), number(3_000_000));
    for round_number in 1..=rounds {
        let (stood, verified) = round(bytes);
        let seconds = stood.as_secs_f64();
        println!(
            "round {round_number}: {seconds:.1} s from the second start to copying, {verified} verified segments kept"
        );
        assert!(stood <= GOAL, "more than {} s", GOAL.as_secs());
    }
}
