//! A cluster in memory of which some partitions are expired, with a clock of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::FutureExt as _;
use otlp_part::metadata::MemoryStore;
use otlp_part::migration::expiry::ExpiryPhase;
use otlp_part::migration::status::LOCK_SCHEMA;
use otlp_part::migration::{Journal, LockValue};
use otlp_part::model::{NodeId, PartitionId};
use otlp_part::operations::executing::{CrashAt, ExecutionEvent, ExecutionSettings, Executor, Halt, Outcome, Work};
use otlp_part::operations::expiring::{Expirer, ExpiryEvent, ExpiryOutcome, ExpirySettings, Rule, survey};
use otlp_part::operations::run_context::RunContext;
use otlp_part::operations::{Consent, OperationError};
use otlp_part::ports::metadata::{Entry, KeyRange, Op, Transaction};
use otlp_part::ports::storage::{CopyId, CopyPlace, NodeMarker, OpenedNode, StorageRead as _};
use otlp_part::ports::{Clock as _, Keys, MetadataRead as _, MetadataWrite};
use otlp_part::storage::CommandMover;
use otlp_part::storage::objects::ObjectNode;
use serde_json::Value;
use tokio::time::Instant;

use crate::faulty_storage::{Guard, Shaky, Weather};
use crate::lab::{Files, NODES, UNKNOWN, files, spec};
use crate::support::record;
use crate::world::{JumpingClock, audit, check_copy, put};

const SETTLE: Duration = Duration::from_secs(2);

/// Partitions that are expired, in the order of a listing, with who holds them: a plain one, one that was split, and one that is
/// pinned, ReadOnly and has a copy with an id of its own.
pub(crate) const EXPIRED: [(&str, &[&str]); 5] = [
    ("partition_489500_0000", &["n1", "n2"]),
    ("partition_489500_0001", &["n2", "n3"]),
    ("partition_489500_0001.0", &["n2", "n3"]),
    ("partition_489500_0001.1", &["n3", "n1"]),
    ("partition_489501_0002", &["n3"]),
];
/// The id of that copy.
const LATER_COPY: &str = "c-9";
/// One that is kept.
pub(crate) const KEPT: &str = "partition_489540_0000";
const KEPT_BY: [&str; 2] = ["n1", "n2"];

/// The cluster.
pub(crate) struct Realm {
    pub(crate) store: MemoryStore,
    clock: Arc<JumpingClock>,
    nodes: BTreeMap<String, ObjectNode>,
    kept: Files,
    runs: AtomicU64,
}

fn url(node: &str) -> String {
    format!("file:///nowhere/{node}")
}

fn copy_of(id: &str) -> &'static str {
    if id.ends_with("_0002") { LATER_COPY } else { "first" }
}

impl Realm {
    pub(crate) async fn new() -> Self {
        let clock = Arc::new(JumpingClock(Instant::now()));
        let store = MemoryStore::new(clock.clone());
        let (mut nodes, mut opened) = (BTreeMap::new(), BTreeMap::new());
        let mut entries = vec![("cluster".to_owned(), spec())];
        for (node, zone) in NODES {
            let value =
                format!(r#"{{"location":{{"availability_zone":"{zone}"}},"data_url":"{}",{UNKNOWN}}}"#, url(node));
            entries.push((format!("nodes/{node}"), value));
            let data = ObjectNode::in_memory(node);
            let marker = NodeMarker { cluster_id: "c-1".to_owned(), node_id: NodeId::parse(node).unwrap() };
            opened.insert(node, OpenedNode::mark(data.clone(), marker).await.unwrap());
            nodes.insert(url(node), data);
        }
        let mut kept = Files::new();
        for (seed, (id, holders)) in EXPIRED.iter().chain([&(KEPT, &KEPT_BY[..])]).enumerate() {
            let files = files(seed as u64 + 1, 300);
            let value = record(id, holders, Some(holders[0]), 300);
            let value = if id.ends_with("_0002") { value.replace("Active", "ReadOnly") } else { value };
            entries.push((format!("partitions/{id}"), value.replacen('{', &format!("{{{UNKNOWN},"), 1)));
            for holder in *holders {
                put_copy(&opened[holder], id, &files).await;
            }
            kept = files;
        }
        entries.push(("ext/partition_489500_0001".to_owned(), r#"{"epoch":1,"split_bits":1}"#.to_owned()));
        let later = format!(r#"{{"epoch":4,"pinned":true,"copies":{{"n3":"{LATER_COPY}"}},{UNKNOWN}}}"#);
        entries.push(("ext/partition_489501_0002".to_owned(), later));
        entries.push(("repair/partition_489500_0000/n2".to_owned(), r#"{"schema":"otlp-part/repair/v1"}"#.to_owned()));
        let ops = entries.into_iter().map(|(key, value)| Op::put(format!("/otlp/{key}"), value)).collect();
        let _ = store.commit(Transaction { compares: vec![], ops }).await.unwrap();
        Self { store, clock, nodes, kept, runs: AtomicU64::new(0) }
    }

    /// The command, once, through what may fail.
    pub(crate) async fn expire<M: MetadataWrite>(
        &self,
        store: &M,
        weather: &Arc<Weather>,
    ) -> Result<ExpiryOutcome, OperationError> {
        self.expire_until(store, weather, &CrashAt::never()).await
    }

    pub(crate) async fn expire_until<M: MetadataWrite>(
        &self,
        store: &M,
        weather: &Arc<Weather>,
        crash: &CrashAt,
    ) -> Result<ExpiryOutcome, OperationError> {
        let rule = Rule { now: self.clock.now(), retention_days: Some(1), before: None };
        let (_, found) = survey(store, &Keys::default(), &rule).await?;
        assert!(found.corrupt.is_empty(), "{found:?}");
        self.with(store, weather, crash, async |expirer| expirer.expire(&found).await).await
    }

    /// Gives back what can be, and finishes the rest.
    pub(crate) async fn give_back(&self) -> ExpiryOutcome {
        let (calm, never) = (Weather::calm(), CrashAt::never());
        let rest = async |expirer: &Expirer<'_, MemoryStore, Shaky>| expirer.rest(&BTreeSet::new(), true).await;
        self.with(&self.store, &calm, &never, rest).await.unwrap()
    }

    /// The command, killed at a place; `None` = it was passed.
    pub(crate) async fn killed(&self, place: &str, time: usize) -> bool {
        let number = CrashAt::number_of(place).unwrap();
        let crash = CrashAt::parse(&format!("{number}:{time}"), |_| std::panic::panic_any(Killed)).unwrap();
        let calm = Weather::calm();
        match AssertUnwindSafe(self.expire_until(&self.store, &calm, &crash)).catch_unwind().await {
            Ok(done) => {
                assert!(done.unwrap().is_whole());
                false
            }
            Err(panic) => {
                assert!(panic.is::<Killed>(), "{panic:?}");
                true
            }
        }
    }

    async fn with<M: MetadataWrite, T>(
        &self,
        store: &M,
        weather: &Arc<Weather>,
        crash: &CrashAt,
        work: impl AsyncFnOnce(&Expirer<'_, M, Shaky>) -> T,
    ) -> T {
        let number = self.runs.fetch_add(1, Ordering::Relaxed) + 2;
        let open = |url: &str| Ok(Shaky::new(self.nodes[url].clone(), url, weather).guarded(self.guard()));
        let (audit, keys) = (audit(number, self.clock.now()), Keys::default());
        let expirer = Expirer {
            context: RunContext {
                store,
                keys: &keys,
                clock: &*self.clock,
                open: &open,
                crash,
                halt: Halt::default(),
                audit: &audit,
                consent: Consent::Flag,
                seed: number,
                holder: self.holder(),
            },
            settings: ExpirySettings { settle: SETTLE },
            tell: &|_: &ExpiryEvent| {},
        };
        work(&expirer).await
    }

    /// An execution that begins nothing new.
    pub(crate) async fn recover<M: MetadataWrite>(&self, store: &M, abort: bool) -> Result<Outcome, OperationError> {
        let number = self.runs.fetch_add(1, Ordering::Relaxed) + 2;
        let calm = Weather::calm();
        let open = |url: &str| Ok(Shaky::new(self.nodes[url].clone(), url, &calm).guarded(self.guard()));
        let (audit, keys, crash) = (audit(number, self.clock.now()), Keys::default(), CrashAt::never());
        let executor = Executor {
            context: RunContext {
                store,
                keys: &keys,
                clock: &*self.clock,
                open: &open,
                crash: &crash,
                halt: Halt::default(),
                audit: &audit,
                consent: Consent::Flag,
                seed: number,
                holder: self.holder(),
            },
            mover: None::<&CommandMover>,
            settings: ExecutionSettings { settle: SETTLE, ..ExecutionSettings::default() },
            tell: &|_: &ExecutionEvent| {},
        };
        executor.execute(Work::Rest { only: BTreeSet::new(), abort }).await
    }

    fn holder(&self) -> LockValue {
        LockValue {
            schema: LOCK_SCHEMA.to_owned(),
            host: "desk".to_owned(),
            user: "ann".to_owned(),
            pid: 1,
            started_at: self.clock.now(),
            plan_id: None,
        }
    }

    /// No copy is deleted but one that an expiry past its way back names, or that waits as an orphan.
    fn guard(&self) -> Arc<Guard> {
        let (store, nodes) = (self.store.clone(), self.nodes.clone());
        Arc::new(move |url, place| {
            let keys = Keys::default();
            let node = NodeId::parse(url.rsplit('/').next().unwrap()).unwrap();
            let listing = nodes[url].list(place).now_or_never().unwrap().unwrap();
            let read = |key: &str| store.read_key(key).now_or_never().unwrap().unwrap();
            let journal = read(&keys.migration(place.partition())).map(|entry| Journal::parse(&entry.value).unwrap());
            let orphan = read(&keys.orphan(&node, place.partition(), place.copy().as_str()));
            let names = |journal: &Journal| {
                journal.as_expiry().is_some_and(|journal| {
                    journal.phase == ExpiryPhase::Deleting
                        && journal.copies.iter().any(|c| c.node == node && c.copy_id == place.copy().as_str())
                })
            };
            // Another driver's delete may find nothing any more.
            let is_there = !listing.segments.is_empty();
            assert!(
                !is_there || orphan.is_some() || journal.as_ref().is_some_and(names),
                "{node}: {place} is deleted while {journal:?} stands"
            );
        })
    }

    pub(crate) async fn stored(&self) -> BTreeMap<String, Value> {
        let answer = self.store.read(&[KeyRange::prefix("/otlp/")], None).await.unwrap();
        let entry = |entry: &Entry| {
            let key = entry.key.strip_prefix("/otlp/").unwrap().to_owned();
            (key, serde_json::from_slice(&entry.value).unwrap())
        };
        answer.ranges[0].iter().map(entry).collect()
    }

    /// Every copy that is on a node's disk.
    async fn copies(&self) -> BTreeSet<(String, String, String)> {
        let mut found = BTreeSet::new();
        for (node, data) in &self.nodes {
            for id in data.partitions().await.unwrap().ids {
                for copy in data.copies(id).await.unwrap().ids {
                    let listing = data.list(&CopyPlace::new(id, copy.clone())).await.unwrap();
                    if !listing.segments.is_empty() {
                        found.insert((node.clone(), id.to_string(), copy.to_string()));
                    }
                }
            }
        }
        found
    }

    /// What is expired is gone, or, where the way back was taken, as it was; nothing else is left over; what is kept is whole.
    /// Gives how many are gone.
    pub(crate) async fn check_rest(&self, what: &str) -> usize {
        let stored = self.stored().await;
        for family in ["migrations/", "rebalance/", "orphans/"] {
            let left: Vec<&String> = stored.keys().filter(|key| key.starts_with(family)).collect();
            assert!(left.is_empty(), "{what}: {left:?}");
        }
        let copies = self.copies().await;
        let mut expected = BTreeSet::new();
        let mut gone = 0;
        for (id, holders) in EXPIRED.iter().chain([&(KEPT, &KEPT_BY[..])]) {
            let Some(record) = stored.get(&format!("partitions/{id}")) else {
                assert_ne!(*id, KEPT, "{what}");
                gone += 1;
                let more: Vec<&String> = stored
                    .keys()
                    .filter(|key| *key == &format!("ext/{id}") || key.starts_with(&format!("repair/{id}/")))
                    .collect();
                assert!(more.is_empty(), "{what}: {more:?}");
                continue;
            };
            let state = if id.ends_with("_0002") { "ReadOnly" } else { "Active" };
            assert_eq!(record["state"], state, "{what}: {id}");
            assert!(record["later"].is_object(), "{what}: {id}");
            expected.extend(holders.iter().map(|node| (url(node), (*id).to_owned(), copy_of(id).to_owned())));
        }
        assert_eq!(copies, expected, "{what}");
        let place = CopyPlace::new(PartitionId::parse(KEPT).unwrap(), CopyId::first());
        for node in KEPT_BY {
            check_copy(&self.nodes[&url(node)], &place, &self.kept, &format!("{what}: {node}")).await;
        }
        gone
    }

    /// Nothing that is expired is left.
    pub(crate) async fn check_end(&self, what: &str) {
        assert_eq!(self.check_rest(what).await, EXPIRED.len(), "{what}");
    }
}

/// What a kill looks like here.
#[derive(Debug)]
struct Killed;

async fn put_copy(node: &OpenedNode<ObjectNode>, id: &str, files: &Files) {
    put(node, id, copy_of(id), files).await;
}
