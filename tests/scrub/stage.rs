//! A cluster with copies to damage.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::lab::{Cluster, Metadata, Ran, Setting};

/// The partition that is damaged.
pub(crate) const ID: &str = "partition_489540_0000";
/// Its holders.
pub(crate) const HOLDERS: [&str; 3] = ["n1", "n2", "n3"];

pub(crate) const A: &str = "a-0001.jsonl";
pub(crate) const B: &str = "b-0002.jsonl";
pub(crate) const OTHERS: &str = "c-others.parquet";

pub(crate) fn sidecar(segment: &str) -> String {
    format!("{segment}.sidecar.json")
}

pub(crate) fn cluster_on(metadata: Metadata) -> Cluster {
    let holders: Vec<&[&str]> = vec![&HOLDERS, &["n2", "n3"], &["n3", "n1"]];
    Cluster::set(metadata, Setting { room: None, holders, bytes: 3000, more: Vec::new() })
}

pub(crate) fn cluster() -> Cluster {
    cluster_on(Metadata::File)
}

pub(crate) fn copy(cluster: &Cluster, node: &str) -> PathBuf {
    cluster.node(node).join(ID).join("first")
}

/// Scrubs and writes nothing.
pub(crate) fn scrub(cluster: &Cluster, more: &[&str]) -> Ran {
    cluster.run(&[&["data", "scrub", "-o", "json"], more].concat())
}

pub(crate) const REPAIR: [&str; 6] = ["data", "scrub", "--repair", "--yes", "-o", "json"];

pub(crate) fn repair(cluster: &Cluster, more: &[&str]) -> Ran {
    cluster.run(&[&REPAIR, more].concat())
}

/// "n1 a-0001.jsonl corrupt repaired"
pub(crate) fn told(ran: &Ran) -> Vec<String> {
    let rows: Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:#?}"));
    let text = |row: &Value, field: &str| row[field].as_str().unwrap_or("-").to_owned();
    let line = |row: &Value| ["node", "segment", "what", "result"].map(|field| text(row, field)).join(" ");
    rows.as_array().unwrap().iter().map(line).collect()
}

pub(crate) fn flip(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let at = bytes.len() / 2;
    bytes[at] ^= 0x10;
    fs::write(path, bytes).unwrap();
}

/// Everything below the nodes' directories.
pub(crate) fn everything(cluster: &Cluster) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for (node, _) in crate::lab::NODES {
        walk(&cluster.node(node), &mut found);
    }
    found
}

fn walk(directory: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        } else {
            found.insert(path.clone(), fs::read(path).unwrap());
        }
    }
}

/// At rest, and nothing lies quarantined or staged anywhere.
#[track_caller]
pub(crate) fn check_clean(cluster: &Cluster) {
    assert_eq!(told(&scrub(cluster, &[]).ok()), Vec::<String>::new());
    cluster.check_rest();
    let odd = |path: &&PathBuf| {
        let name = path.to_string_lossy();
        name.ends_with(".quarantined") || name.ends_with(".staging")
    };
    assert_eq!(everything(cluster).keys().filter(odd).collect::<Vec<_>>(), Vec::<&PathBuf>::new());
}
