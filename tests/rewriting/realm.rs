//! A cluster in memory with telemetry in it, of which a partition is split or compacted.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::FutureExt as _;
use otlp_part::migration::status::LOCK_SCHEMA;
use otlp_part::migration::{Journal, LockValue, Phase};
use otlp_part::model::{NodeId, PartitionId};
use otlp_part::operations::executing::{CrashAt, ExecutionEvent, ExecutionSettings, Executor, Halt, Outcome, Work};
use otlp_part::operations::rewriting::{Ended, RewriteEvent, RewriteSettings, Rewriter, Task};
use otlp_part::operations::run_context::RunContext;
use otlp_part::operations::writing::WriteSettings;
use otlp_part::operations::{Consent, OperationError};
use otlp_part::ports::storage::{CopyPlace, StorageRead as _};
use otlp_part::ports::{Clock as _, Keys, MetadataRead as _, MetadataWrite};
use otlp_part::storage::CommandMover;

use crate::disk::Copy;
use crate::faulty_storage::{Guard, Shaky, Weather};
use crate::sample::{self, Sum, sum_of};
use crate::world::{World, audit};

pub(crate) const SETTLE: Duration = Duration::from_secs(10);
const GRACE: Duration = Duration::from_secs(3);

pub(crate) struct Realm {
    pub(crate) world: World,
    runs: AtomicU64,
    /// What was written.
    pub(crate) input: Vec<u8>,
}

pub(crate) type Rested = BTreeMap<PartitionId, Ended>;

/// What a kill looks like here.
#[derive(Debug)]
pub(crate) struct Killed;

pub(crate) fn write_settings() -> WriteSettings {
    WriteSettings { batch_bytes: 2500, hold_wait: Duration::from_secs(600), ..WriteSettings::default() }
}

/// Small enough that some segments of the samples are not merged, and others in several groups.
pub(crate) const TARGET_BYTES: u64 = 6_000;

impl Realm {
    pub(crate) async fn new() -> Self {
        Self::with(sample::json_lines(77, 30).into_bytes()).await
    }

    pub(crate) async fn with(input: Vec<u8>) -> Self {
        let world = World::new().await;
        let (_, _, error) =
            world.write(&world.store, &Weather::calm(), &input, &write_settings(), 1, async || ()).await;
        assert!(error.is_none(), "{error:?}");
        Self { world, runs: AtomicU64::new(1), input }
    }

    /// The partitions that have a record, those with the most records first.
    pub(crate) async fn partitions(&self) -> Vec<PartitionId> {
        let stored = self.world.stored().await;
        let mut found: Vec<(u64, PartitionId)> = stored
            .iter()
            .filter_map(|(key, value)| {
                let id = PartitionId::parse(key.strip_prefix("partitions/")?).ok()?;
                Some((value["record_count"].as_u64()?, id))
            })
            .collect();
        found.sort_by_key(|(count, id)| (std::cmp::Reverse(*count), *id));
        found.into_iter().map(|(_, id)| id).collect()
    }

    pub(crate) async fn largest(&self) -> PartitionId {
        self.partitions().await[0]
    }

    fn holder(&self) -> LockValue {
        LockValue {
            schema: LOCK_SCHEMA.to_owned(),
            host: "desk".to_owned(),
            user: "ann".to_owned(),
            pid: 1,
            started_at: self.world.clock.now(),
            plan_id: None,
        }
    }

    /// The command, once, through what may fail.
    pub(crate) async fn run<M: MetadataWrite>(
        &self,
        store: &M,
        weather: &Arc<Weather>,
        tasks: &BTreeMap<PartitionId, Task>,
    ) -> Result<Rested, OperationError> {
        self.run_until(store, weather, &CrashAt::never(), tasks).await
    }

    pub(crate) async fn run_until<M: MetadataWrite>(
        &self,
        store: &M,
        weather: &Arc<Weather>,
        crash: &CrashAt,
        tasks: &BTreeMap<PartitionId, Task>,
    ) -> Result<Rested, OperationError> {
        let number = self.runs.fetch_add(1, Ordering::Relaxed) + 1000;
        let open = |url: &str| Ok(Shaky::new(self.world.nodes[url].clone(), url, weather).guarded(self.guard()));
        let audit = audit(number, self.world.clock.now());
        let rewriter = Rewriter {
            context: RunContext {
                store,
                keys: &self.world.keys,
                clock: &*self.world.clock,
                open: &open,
                crash,
                halt: Halt::default(),
                audit: &audit,
                consent: Consent::Flag,
                seed: number,
                holder: self.holder(),
            },
            settings: RewriteSettings { settle: SETTLE, grace: GRACE },
            tell: &|_: &RewriteEvent| {},
        };
        rewriter.run(tasks).await
    }

    /// The same in calm weather.
    pub(crate) async fn go(&self, id: PartitionId, task: Task) -> Ended {
        let ended = self.run(&self.world.store, &Weather::calm(), &[(id, task)].into()).await.unwrap();
        ended[&id].clone()
    }

    /// The command, killed at a place; `false` = it was not passed.
    pub(crate) async fn killed(&self, place: &str, time: usize, id: PartitionId, task: Task) -> bool {
        let number = CrashAt::number_of(place).unwrap();
        let crash = CrashAt::parse(&format!("{number}:{time}"), |_| std::panic::panic_any(Killed)).unwrap();
        let (calm, tasks) = (Weather::calm(), [(id, task)].into());
        match AssertUnwindSafe(self.run_until(&self.world.store, &calm, &crash, &tasks)).catch_unwind().await {
            Ok(done) => {
                done.unwrap();
                false
            }
            Err(panic) => {
                assert!(panic.is::<Killed>(), "{panic:?}");
                true
            }
        }
    }

    /// An execution that begins nothing new.
    pub(crate) async fn recover(&self, abort: bool) -> Outcome {
        let number = self.runs.fetch_add(1, Ordering::Relaxed) + 1000;
        let calm = Weather::calm();
        let open = |url: &str| Ok(Shaky::new(self.world.nodes[url].clone(), url, &calm).guarded(self.guard()));
        let (audit, crash) = (audit(number, self.world.clock.now()), CrashAt::never());
        let executor = Executor {
            context: RunContext {
                store: &self.world.store,
                keys: &self.world.keys,
                clock: &*self.world.clock,
                open: &open,
                crash: &crash,
                halt: Halt::default(),
                audit: &audit,
                consent: Consent::Flag,
                seed: number,
                holder: self.holder(),
            },
            mover: None::<&CommandMover>,
            settings: ExecutionSettings { settle: SETTLE, grace: GRACE, ..ExecutionSettings::default() },
            tell: &|_: &ExecutionEvent| {},
        };
        executor.execute(Work::Rest { only: BTreeSet::new(), abort }).await.unwrap()
    }

    /// No copy with anything in it is deleted but an old one behind the switch, a new one that is given up, or an orphan.
    fn guard(&self) -> Arc<Guard> {
        let (store, nodes) = (self.world.store.clone(), self.world.nodes.clone());
        Arc::new(move |url, place| {
            let keys = Keys::default();
            let node = NodeId::parse(url.rsplit('/').next().unwrap()).unwrap();
            let listing = nodes[url].list(place).now_or_never().unwrap().unwrap();
            let read = |key: &str| store.read_key(key).now_or_never().unwrap().unwrap();
            let (id, copy) = (place.partition(), place.copy().as_str());
            let listed_at = |id: PartitionId| {
                let record = read(&keys.partition(id))?;
                let record: serde_json::Value = serde_json::from_slice(&record.value).unwrap();
                let holds = record["nodes"].as_array().unwrap().iter().any(|n| n.as_str() == Some(node.as_str()));
                let extension = read(&keys.extension(id)).map(|entry| {
                    let value: serde_json::Value = serde_json::from_slice(&entry.value).unwrap();
                    value["copies"][node.as_str()].as_str().unwrap_or("first").to_owned()
                });
                Some(holds && extension.unwrap_or_else(|| "first".to_owned()) == copy)
            };
            // What the metadata names as the partition's copy is never deleted, whoever says so.
            let is_listed = listed_at(id).unwrap_or(false);
            assert!(listing.segments.is_empty() || !is_listed, "{node}: {place} is deleted, and it is listed");
            if let Some(entry) = read(&keys.migration(id.root())) {
                let journal = Journal::parse(&entry.value).unwrap();
                let journal = journal.as_rewrite().unwrap();
                let is_old = id == id.root() && journal.original_copies.get(node.as_str()).is_some_and(|c| c == copy);
                assert!(!is_old || journal.phase == Phase::Cleanup, "{node}: {place} goes in {:?}", journal.phase);
            }
        })
    }

    /// What all listed copies of partitions that are not split hold, once; each copy as the others, and nothing left over.
    pub(crate) async fn check(&self, what: &str) -> Sum {
        let stored = self.world.stored().await;
        for family in ["migrations/", "rebalance/", "orphans/", "repair/"] {
            let left: Vec<&String> = stored.keys().filter(|key| key.starts_with(family)).collect();
            assert!(left.is_empty(), "{what}: {left:?}");
        }
        let mut all = Sum::default();
        let mut listed = BTreeSet::new();
        for (id, copies) in self.world.unmarked().await {
            let record = &stored[&format!("partitions/{id}")];
            assert_eq!(record["state"], "Active", "{what}: {id}");
            let extension = stored.get(&format!("ext/{id}"));
            let is_split = extension.is_some_and(|extension| extension["split_bits"].as_u64().unwrap_or(0) > 0);
            let first: &Copy = copies.values().next().unwrap();
            for (node, copy) in &copies {
                assert_eq!(copy, first, "{what}: {id} on {node}");
                let name = extension.and_then(|e| e["copies"].get(node)?.as_str()).unwrap_or("first");
                if !copy.is_empty() {
                    listed.insert((node.clone(), id.clone(), name.to_owned()));
                }
            }
            assert!(!is_split || first.is_empty(), "{what}: {id} was split, and holds something");
            let bytes: u64 = first.values().map(|segment| segment.bytes).sum();
            let records: u64 = first.values().map(|segment| segment.sum.records).sum();
            assert_eq!(
                (record["size_bytes"].as_u64(), record["record_count"].as_u64()),
                (Some(bytes), Some(records)),
                "{what}: {id}"
            );
            first.values().for_each(|segment| all.add(segment.sum.records, segment.sum.sum));
        }
        assert_eq!(self.on_disk().await, listed, "{what}: what lies on the nodes is what is listed");
        all
    }

    /// What all listed copies hold, once, each copy as the others; the counts of records are not looked at.
    pub(crate) async fn records_on_disk(&self, what: &str) -> Sum {
        let mut all = Sum::default();
        for (id, copies) in self.world.unmarked().await {
            let first = copies.values().next().unwrap();
            assert!(copies.values().all(|copy| copy == first), "{what}: {id}");
            first.values().for_each(|segment| all.add(segment.sum.records, segment.sum.sum));
        }
        all
    }

    /// Every record of the input is there, once.
    pub(crate) async fn check_whole(&self, what: &str) {
        assert_eq!(self.check(what).await, sum_of(&self.input), "{what}");
    }

    async fn on_disk(&self) -> BTreeSet<(String, String, String)> {
        let mut found = BTreeSet::new();
        for (url, data) in &self.world.nodes {
            let node = url.rsplit('/').next().unwrap();
            for id in data.partitions().await.unwrap().ids {
                for copy in data.copies(id).await.unwrap().ids {
                    if !data.list(&CopyPlace::new(id, copy.clone())).await.unwrap().segments.is_empty() {
                        found.insert((node.to_owned(), id.to_string(), copy.to_string()));
                    }
                }
            }
        }
        found
    }

    /// The same input again adds nothing, and all of it is there.
    pub(crate) async fn check_again(&self, what: &str) {
        let world = &self.world;
        let (done, _, error) =
            world.write(&world.store, &Weather::calm(), &self.input, &write_settings(), 9, async || ()).await;
        assert!(error.is_none(), "{what}: {error:?}");
        for batch in &done {
            assert_eq!(batch.present, batch.segments, "{what}: batch {}", batch.number);
        }
        self.check_whole(&format!("{what}, again")).await;
    }

    pub(crate) async fn is_split(&self, id: PartitionId) -> bool {
        let stored = self.world.stored().await;
        stored.get(&format!("ext/{id}")).is_some_and(|e| e["split_bits"].as_u64().unwrap_or(0) > 0)
    }

    /// How many segments a copy of a partition has.
    pub(crate) async fn segments(&self, id: PartitionId) -> usize {
        self.world.unmarked().await[&id.to_string()].values().next().unwrap().len()
    }
}
