//! Every byte accounted for by a checksum that the program has no part in: SHA-256 of every file below the nodes' directories.

// Each test program uses a part of this.
#![allow(dead_code)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

const MARKER: &str = ".otlp-part-node.json";
const SIDECAR: &str = ".sidecar.json";

/// A copy: node, partition, copy id.
pub(crate) type Place = (String, String, String);

/// Segment name to SHA-256.
pub(crate) type Sums = BTreeMap<String, String>;

/// All copies below the directories of the nodes.
pub(crate) type Disk = BTreeMap<Place, Sums>;

fn names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The copies of one node's directory. What is neither a marker nor a file of a copy fails.
pub(crate) fn of_node(node: &str, directory: &Path) -> Disk {
    let mut disk = Disk::new();
    for partition in names(directory).into_iter().filter(|name| name != MARKER) {
        assert!(partition.starts_with("partition_"), "{partition} lies in {}", directory.display());
        let below = directory.join(&partition);
        for copy in names(&below) {
            let own = below.join(&copy);
            let sums = names(&own).into_iter().map(|name| {
                let bytes = fs::read(own.join(&name)).unwrap();
                (name, sha256(&bytes))
            });
            disk.insert((node.to_owned(), partition.clone(), copy), sums.collect());
        }
    }
    disk
}

/// Without what describes them.
pub(crate) fn segments(sums: &Sums) -> Sums {
    sums.iter().filter(|(name, _)| !name.ends_with(SIDECAR)).map(|(name, sum)| (name.clone(), sum.clone())).collect()
}

/// The copies that the records list, of whom none bears a mark that it misses something.
pub(crate) fn listed(stored: &BTreeMap<String, Value>) -> BTreeSet<Place> {
    let mut places = BTreeSet::new();
    for (key, record) in stored {
        let Some(id) = key.strip_prefix("partitions/") else { continue };
        for node in record["nodes"].as_array().unwrap().iter().map(|node| node.as_str().unwrap()) {
            if !stored.contains_key(&format!("repair/{id}/{node}")) {
                let recorded = stored.get(&format!("ext/{id}")).and_then(|ext| ext["copies"].get(node)?.as_str());
                places.insert((node.to_owned(), id.to_owned(), recorded.unwrap_or("first").to_owned()));
            }
        }
    }
    places
}

/// Who is listed holds everything. Gives how many good copies each partition has at the least.
#[track_caller]
pub(crate) fn check_listed(disk: &Disk, stored: &BTreeMap<String, Value>, whole: &BTreeMap<String, Sums>) -> usize {
    let mut good: BTreeMap<&str, usize> = whole.keys().map(|id| (id.as_str(), 0)).collect();
    let listed = listed(stored);
    for place in &listed {
        let found = disk.get(place).map(segments);
        assert_eq!(found.as_ref(), Some(&segments(&whole[&place.1])), "{place:?} is listed and not whole");
        *good.get_mut(place.1.as_str()).unwrap() += 1;
    }
    good.into_values().min().unwrap_or(0)
}

/// Who is listed holds everything, and nothing else lies anywhere.
#[track_caller]
pub(crate) fn check_rest(disk: &Disk, stored: &BTreeMap<String, Value>, whole: &BTreeMap<String, Sums>) {
    check_listed(disk, stored, whole);
    let found: BTreeSet<Place> = disk.keys().cloned().collect();
    assert_eq!(found, listed(stored), "copies on disk");
}
