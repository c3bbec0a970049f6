//! What must hold at every revision of a run, checked on its whole history.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use etcd_client::GetOptions;
use otlp_part::cli::SystemClock;
use otlp_part::metadata::etcd::{Endpoint, EtcdConfig};
use otlp_part::metadata::{EtcdReader, SqliteReader};
use otlp_part::model::Revision;
use otlp_part::ports::metadata::{KeyRange, WatchBatch};
use otlp_part::ports::{MetadataRead, MetadataWatch, StoreError};
use serde_json::Value;

use crate::lab::{Cluster, Metadata, PER_NODE, UNKNOWN, block_on};

/// The state of the store at one revision.
#[derive(Default)]
struct State {
    keys: BTreeMap<String, Value>,
    raw: BTreeMap<String, String>,
    partitions: Option<BTreeSet<String>>,
    least: BTreeMap<String, usize>,
    /// Keys whose values hold a field that this version does not know.
    with_unknown: BTreeSet<String>,
}

/// The field that this version does not know, as it came or with the spaces of JSON left out.
fn has_unknown(text: &str) -> bool {
    text.contains(UNKNOWN) || text.contains(&UNKNOWN.replace(' ', ""))
}

fn nodes_of(value: &Value) -> BTreeSet<&str> {
    value.as_array().unwrap().iter().map(|node| node.as_str().unwrap()).collect()
}

/// Checks every revision; gives how many there were with an operation in flight.
#[track_caller]
pub(crate) fn check(cluster: &Cluster) -> usize {
    block_on(async {
        match &cluster.metadata {
            Metadata::File => {
                let reader = SqliteReader::open(&cluster.path("c.db"), Arc::new(SystemClock)).unwrap();
                check_store(&reader).await
            }
            Metadata::Etcd(_) | Metadata::Members(_) => check_store(&reader(cluster.metadata.endpoints()).await).await,
        }
    })
}

/// An etcd, to be looked at.
pub(crate) async fn reader(endpoints: Vec<Endpoint>) -> EtcdReader {
    let config = EtcdConfig {
        endpoints,
        tls: None,
        login: None,
        dial_timeout: EtcdConfig::DIAL_TIMEOUT_DEFAULT,
        command_timeout: EtcdConfig::COMMAND_TIMEOUT_DEFAULT,
        prefix: "/otlp".to_owned(),
        insecure: false,
    };
    EtcdReader::connect(config).await.unwrap()
}

/// The same of any store.
pub(crate) async fn check_store<S: MetadataRead>(store: &S) -> usize {
    let (first, batches) = batches(store).await;
    check_batches(&first, &batches)
}

/// What the store held at one revision, and every change since.
pub(crate) fn check_batches(first: &WatchBatch, batches: &[WatchBatch]) -> usize {
    let mut state = State::default();
    state.apply(first);
    let mut in_flight = 0;
    for batch in batches {
        state.apply(batch);
        in_flight += usize::from(state.check(batch.revision));
    }
    in_flight
}

/// Everything that is stored lies below the prefix.
pub(crate) fn check_outside(cluster: &Cluster) {
    let Metadata::Etcd(etcd) = &cluster.metadata else { return };
    block_on(async {
        let mut client = etcd.client().await;
        let options = |all: GetOptions| Some(all.with_count_only());
        let all = client.get("", options(GetOptions::new().with_all_keys())).await.unwrap().count();
        let own = client.get("/otlp/", options(GetOptions::new().with_prefix())).await.unwrap().count();
        assert_eq!(all, own, "something was written outside the prefix");
    });
}

/// What the store held at the oldest revision that it keeps, and every change since.
async fn batches<S: MetadataRead>(store: &S) -> (WatchBatch, Vec<WatchBatch>) {
    let newest = store.revision().await.unwrap();
    let range = KeyRange::prefix("/otlp/");
    let oldest = match store.read(std::slice::from_ref(&range), Some(Revision(1))).await {
        Err(StoreError::Compacted { oldest, .. }) => oldest,
        _ => Revision(1),
    };
    let entries = store.read(std::slice::from_ref(&range), Some(oldest)).await.unwrap().ranges.remove(0);
    let changes = entries.into_iter().map(|entry| (entry.key.clone(), Some(entry))).collect();
    let first = WatchBatch { revision: oldest, at: None, changes };
    let mut watch = store.watch(&range, Revision(oldest.0 + 1)).await.unwrap();
    let mut batches: Vec<WatchBatch> = Vec::new();
    while let Some(batch) = watch.next(Duration::from_secs(10)).await.unwrap() {
        let is_last = batch.revision >= newest;
        batches.push(batch);
        if is_last {
            break;
        }
    }
    assert!(!batches.is_empty(), "a history without revisions");
    (first, batches)
}

impl State {
    fn apply(&mut self, batch: &WatchBatch) {
        for (key, entry) in &batch.changes {
            let key = key.strip_prefix("/otlp/").unwrap().to_owned();
            let before = self.keys.get(&key).cloned();
            match entry {
                Some(entry) => {
                    let text = String::from_utf8(entry.value.clone()).unwrap();
                    let value: Value = serde_json::from_str(&text).unwrap();
                    self.phase(&key, before.as_ref(), Some(&value), batch.revision);
                    if has_unknown(&text) {
                        self.with_unknown.insert(key.clone());
                    }
                    let is_kept = !self.with_unknown.contains(&key) || has_unknown(&text);
                    assert!(is_kept, "{key} lost a field at revision {}", batch.revision);
                    self.raw.insert(key.clone(), text);
                    self.keys.insert(key, value);
                }
                None => {
                    self.phase(&key, before.as_ref(), None, batch.revision);
                    self.raw.remove(&key);
                    self.keys.remove(&key);
                }
            }
        }
    }

    /// Phases move only along the table.
    fn phase(&self, key: &str, before: Option<&Value>, after: Option<&Value>, at: Revision) {
        if !key.starts_with("migrations/") {
            return;
        }
        let phase = |value: Option<&Value>| value.map(|v| (v["phase"].as_str().unwrap().to_owned(), v["kind"].clone()));
        let (from, to) = (phase(before), phase(after));
        let name = |side: &Option<(String, Value)>| side.as_ref().map(|(phase, _)| phase.clone());
        let allowed = match (name(&from).as_deref(), name(&to).as_deref()) {
            (None, Some("Copying")) | (Some("Copying"), Some("Cleanup" | "Aborting")) => true,
            (None, Some("Cleanup")) => to.is_some_and(|(_, kind)| kind == "remove"),
            (Some("Cleanup" | "Aborting"), None) => true,
            _ => false,
        };
        assert!(allowed, "{key} went from {from:?} at revision {at}");
        let id = key.strip_prefix("migrations/").unwrap();
        let source = after.filter(|_| before.is_none()).and_then(|journal| journal["copy_from"].as_str());
        let is_marked = |node: &str| self.keys.contains_key(&format!("repair/{id}/{node}"));
        assert!(source.is_none_or(|node| !is_marked(node)), "{id} is copied from a marked copy at revision {at}");
    }

    fn of<'a>(&'a self, family: &'a str) -> impl Iterator<Item = (&'a str, &'a Value)> {
        self.keys.iter().filter_map(move |(key, value)| Some((key.strip_prefix(family)?, value)))
    }

    /// Whether an operation is in flight.
    fn check(&mut self, at: Revision) -> bool {
        let ids: BTreeSet<String> = self.of("partitions/").map(|(id, _)| id.to_owned()).collect();
        if ids.is_empty() {
            return false;
        }
        // The import may take several transactions; what is there when the first plan is recorded is all.
        if self.of("plans/").next().is_some() {
            let first = self.partitions.get_or_insert_with(|| ids.clone());
            assert_eq!(*first, ids, "the set of partitions changed at revision {at}");
        }
        let mut replicas = Vec::new();
        for (id, record) in self.of("partitions/") {
            let nodes: Vec<&str> = record["nodes"].as_array().unwrap().iter().map(|n| n.as_str().unwrap()).collect();
            let least = self.least.get(id).copied().unwrap_or(nodes.len());
            assert!(nodes.len() >= least.min(2), "{id} has too few nodes at revision {at}");
            replicas.push((id.to_owned(), nodes.len()));
            if let Some(leader) = record["leader"].as_str() {
                assert!(nodes.contains(&leader), "the leader of {id} is a stranger at revision {at}");
            }
            let copying =
                self.keys.get(&format!("migrations/{id}")).is_some_and(|journal| journal["phase"] == "Copying");
            assert_eq!(record["state"] == "Migrating", copying, "{id} at revision {at}");
            assert!(has_unknown(&self.raw[&format!("partitions/{id}")]), "{id} lost a field at revision {at}");
        }
        for (id, count) in replicas {
            self.least.entry(id).or_insert(count);
        }
        let mut slots: BTreeMap<&str, u32> = BTreeMap::new();
        for (slot, _) in self.of("rebalance/slots/") {
            *slots.entry(slot.split_once('/').unwrap().0).or_default() += 1;
        }
        assert!(slots.values().all(|count| *count <= PER_NODE), "{slots:?} at revision {at}");
        let copying = self.of("migrations/").filter(|(_, j)| j["phase"] == "Copying").count() as u32;
        assert_eq!(slots.values().sum::<u32>(), 2 * copying, "slots at revision {at}");
        self.of("migrations/").for_each(|(id, journal)| self.check_journal(id, journal, at));
        self.of("migrations/").next().is_some()
    }

    /// A copy is listed from its cutover on and not before, and what is deleted after it is listed no more.
    fn check_journal(&self, id: &str, journal: &Value, at: Revision) {
        let record = &self.keys[&format!("partitions/{id}")];
        let (listed, original) = (nodes_of(&record["nodes"]), nodes_of(&journal["original_nodes"]));
        let is_marked = |node: &str| self.keys.contains_key(&format!("repair/{id}/{node}"));
        let copies = self.keys.get(&format!("ext/{id}")).map_or(&Value::Null, |ext| &ext["copies"]);
        let new_copy = journal["to"].as_str().map(|to| (to, journal["copy_id"].as_str().unwrap()));
        let is_listed = new_copy.is_some_and(|(to, copy)| listed.contains(to) && copies[to] == copy);
        match journal["phase"].as_str().unwrap() {
            "Copying" => {
                assert_eq!(listed, original, "{id} at revision {at}");
                assert!(!is_listed, "the new copy of {id} is listed before its cutover at revision {at}");
            }
            "Cleanup" => {
                assert_eq!(listed, nodes_of(&journal["target_nodes"]), "{id} at revision {at}");
                assert!(new_copy.is_none() || is_listed, "the new copy of {id} is not listed at revision {at}");
                let gone = journal["from"].as_str();
                assert!(gone.is_none_or(|from| !listed.contains(from)), "{id} at revision {at}");
                assert!(new_copy.is_none_or(|(to, _)| !is_marked(to)), "a marked copy of {id} at revision {at}");
            }
            "Aborting" => assert!(!is_listed, "an undone copy of {id} is listed at revision {at}"),
            other => panic!("phase {other} of {id} at revision {at}"),
        }
    }
}
