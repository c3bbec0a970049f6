//! A cluster in memory with a clock of its own, executed in process: so that every call may be made to fail, one after the other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use otlp_part::metadata::MemoryStore;
use otlp_part::migration::LockValue;
use otlp_part::migration::status::LOCK_SCHEMA;
use otlp_part::model::{NodeId, PartitionId, Timestamp};
use otlp_part::operations::executing::{
    CrashAt, ExecutionEvent, ExecutionSettings, Executor, Halt, Outcome, Scope, Work,
};
use otlp_part::operations::rebalance::load::load;
use otlp_part::operations::rebalance::planning::{PlanRequest, make};
use otlp_part::operations::rebalance::recorded::Recording;
use otlp_part::operations::run_context::RunContext;
use otlp_part::operations::{AuditContext, Consent, OperationError};
use otlp_part::planner::document::read::ReadPlan;
use otlp_part::ports::metadata::{Entry, KeyRange, Op, Transaction};
use otlp_part::ports::storage::{
    CopyId, CopyPlace, NodeMarker, OpenedNode, SegmentName, SegmentRead as _, SegmentWrite as _, StorageRead as _,
};
use otlp_part::ports::{Clock, Keys, MetadataRead as _, MetadataWrite};
use otlp_part::storage::CommandMover;
use otlp_part::storage::objects::ObjectNode;
use serde_json::Value;
use tokio::time::Instant;

use crate::faulty_storage::{Shaky, Weather};
use crate::lab::{Files, NODES, UNKNOWN, files, spec};
use crate::support::record;

/// Short, since a watch looks for changes every few milliseconds of them.
const SETTLE: Duration = Duration::from_secs(2);
const GRACE: Duration = Duration::from_secs(3);

/// Runs with a clock that stands still while anything is done, and jumps to what is waited for.
pub(crate) fn in_jumping_time<T>(future: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_time().start_paused(true).build().unwrap().block_on(future)
}

/// The runtime's own time as that of the day.
pub(crate) struct JumpingClock(pub(crate) Instant);

impl Clock for JumpingClock {
    fn now(&self) -> Timestamp {
        let passed = i128::try_from(self.0.elapsed().as_nanos()).unwrap();
        Timestamp::from_seconds(1_762_400_000).plus_nanos(passed)
    }
}

/// Nodes and leader of every partition.
pub(crate) type Owners = BTreeMap<String, (BTreeSet<String>, String)>;

/// What there is to do. What is unsound is repaired before anything else moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// Balance, with one copy too many.
    Balance,
    /// One copy misses something.
    Repair,
    /// Others are to lead.
    Leaders,
    /// Two copies go to one node.
    SameTarget,
}

/// Six nodes of which the first three hold everything, and a plan.
pub(crate) struct World {
    pub(crate) store: MemoryStore,
    clock: Arc<JumpingClock>,
    nodes: BTreeMap<String, ObjectNode>,
    content: BTreeMap<String, Files>,
    plan: ReadPlan,
    executions: AtomicU64,
    /// Copies per node at a time, if not as the cluster spec says.
    pub(crate) per_node: Option<u32>,
}

pub(crate) fn audit(nonce: u64, now: Timestamp) -> AuditContext {
    AuditContext {
        now,
        actor: "ann".to_owned(),
        host: "desk".to_owned(),
        command: "execute-rebalance".to_owned(),
        reason: None,
        nonce,
    }
}

pub(crate) fn segments(files: &Files) -> impl Iterator<Item = (&String, &Vec<u8>)> {
    files.iter().filter(|(name, _)| !name.ends_with(".sidecar.json"))
}

pub(crate) async fn put(node: &OpenedNode<ObjectNode>, id: &str, copy: &str, files: &Files) {
    let place = CopyPlace::new(PartitionId::parse(id).unwrap(), CopyId::parse(copy).unwrap());
    for (name, bytes) in segments(files) {
        let segment = SegmentName::parse(name).unwrap();
        let mut writer = node.create(&place, &segment).await.unwrap();
        writer.append(Bytes::from(bytes.clone())).await.unwrap();
        node.publish(writer.seal().await.unwrap()).await.unwrap();
        if let Some(sidecar) = files.get(&format!("{name}.sidecar.json")) {
            node.create_sidecar(&place, &segment, Bytes::from(sidecar.clone())).await.unwrap();
        }
    }
}

impl World {
    pub(crate) async fn new(task: Task) -> Self {
        let clock = Arc::new(JumpingClock(Instant::now()));
        let store = MemoryStore::new(clock.clone());
        let (mut nodes, mut content) = (BTreeMap::new(), BTreeMap::new());
        let mut entries = vec![("cluster".to_owned(), spec())];
        let mut opened = BTreeMap::new();
        for (node, zone) in NODES {
            let url = format!("file:///nowhere/{node}");
            let value = format!(r#"{{"location":{{"availability_zone":"{zone}"}},"data_url":"{url}",{UNKNOWN}}}"#);
            entries.push((format!("nodes/{node}"), value));
            let data = ObjectNode::in_memory(node);
            let marker = NodeMarker { cluster_id: "c-1".to_owned(), node_id: NodeId::parse(node).unwrap() };
            opened.insert(node, OpenedNode::mark(data.clone(), marker).await.unwrap());
            nodes.insert(url, data);
        }
        let holders: [&[&str]; 5] = [&["n1", "n2"], &["n2", "n3"], &["n3", "n1"], &["n1", "n2", "n3"], &["n2", "n3"]];
        for (index, holders) in holders.iter().enumerate() {
            let id = format!("partition_489540_{index:04}");
            let files = files(index as u64 + 1, 300);
            let size = segments(&files).map(|(_, bytes)| bytes.len() as u64).sum();
            let value = record(&id, holders, Some(holders[0]), size);
            entries.push((format!("partitions/{id}"), value.replacen('{', &format!("{{{UNKNOWN},"), 1)));
            entries.push((format!("ext/{id}"), format!(r#"{{"epoch":3,{UNKNOWN}}}"#)));
            for holder in *holders {
                put(&opened[holder], &id, "first", &files).await;
            }
            content.insert(id, files);
        }
        if task == Task::Repair {
            let mark = r#"{"schema":"otlp-part/repair/v1"}"#;
            entries.push(("repair/partition_489540_0004/n3".to_owned(), mark.to_owned()));
        }
        let ops = entries.into_iter().map(|(key, value)| Op::put(format!("/otlp/{key}"), value)).collect();
        let _ = store.commit(Transaction { compares: vec![], ops }).await.unwrap();
        let plan = Self::record_plan(&store, &clock, task).await;
        Self { store, clock, nodes, content, plan, executions: AtomicU64::new(0), per_node: None }
    }

    async fn record_plan(store: &MemoryStore, clock: &JumpingClock, task: Task) -> ReadPlan {
        let leader = |id: &str, node: &str| (PartitionId::parse(id).unwrap(), NodeId::parse(node).unwrap());
        let leaders = match task {
            Task::Balance | Task::Repair | Task::SameTarget => vec![],
            Task::Leaders => vec![leader("partition_489540_0000", "n2"), leader("partition_489540_0001", "n3")],
        };
        let to_n4 =
            |id: &str| (PartitionId::parse(id).unwrap(), NodeId::parse("n1").unwrap(), NodeId::parse("n4").unwrap());
        let moves = match task {
            Task::Balance | Task::Repair | Task::Leaders => vec![],
            Task::SameTarget => vec![to_n4("partition_489540_0000"), to_n4("partition_489540_0002")],
        };
        let request = PlanRequest { leaders, moves, ..PlanRequest::default() };
        let keys = Keys::default();
        let loaded = load(store, &keys, None, clock.now(), &request.layout).await.unwrap();
        let made = make(loaded, &request, "test", clock.now()).unwrap();
        let recording = Recording::new(&made.plan, &made.inverse()).unwrap();
        recording.apply(store, &keys, &audit(1, clock.now()), Consent::Flag).await.unwrap();
        made.plan
    }

    /// The kinds of moves that the plan makes.
    pub(crate) fn kinds(&self) -> BTreeSet<&'static str> {
        self.plan.document.moves.iter().map(|m| m.kind.name()).collect()
    }

    /// The command, once, through what may fail.
    pub(crate) async fn execute<M: MetadataWrite>(
        &self,
        store: &M,
        weather: &Arc<Weather>,
    ) -> Result<Outcome, OperationError> {
        let scope = Scope::default();
        self.work(store, weather, Work::Plan { plan: &self.plan, scope: &scope }).await
    }

    /// Undoes all that is done.
    pub(crate) async fn roll_back(&self) -> Result<Outcome, OperationError> {
        let scope = Scope { rollback: true, ..Scope::default() };
        self.work(&self.store, &Weather::calm(), Work::Plan { plan: &self.plan, scope: &scope }).await
    }

    /// Undoes what is copying and finishes the rest.
    pub(crate) async fn abort_all(&self) -> Result<Outcome, OperationError> {
        self.work(&self.store, &Weather::calm(), Work::Rest { only: BTreeSet::new(), abort: true }).await
    }

    async fn work<M: MetadataWrite>(
        &self,
        store: &M,
        weather: &Arc<Weather>,
        work: Work<'_>,
    ) -> Result<Outcome, OperationError> {
        let number = self.executions.fetch_add(1, Ordering::Relaxed) + 2;
        let open = |url: &str| Ok(Shaky::new(self.nodes[url].clone(), url, weather));
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
                holder: LockValue {
                    schema: LOCK_SCHEMA.to_owned(),
                    host: "desk".to_owned(),
                    user: "ann".to_owned(),
                    pid: 1,
                    started_at: self.clock.now(),
                    plan_id: None,
                },
            },
            mover: None::<&CommandMover>,
            settings: ExecutionSettings {
                settle: SETTLE,
                grace: GRACE,
                per_node: self.per_node,
                ..ExecutionSettings::default()
            },
            tell: &|_: &ExecutionEvent| {},
        };
        executor.execute(work).await
    }

    async fn stored(&self) -> BTreeMap<String, Value> {
        let answer = self.store.read(&[KeyRange::prefix("/otlp/")], None).await.unwrap();
        let entry = |entry: &Entry| {
            let key = entry.key.strip_prefix("/otlp/").unwrap().to_owned();
            (key, serde_json::from_slice(&entry.value).unwrap())
        };
        answer.ranges[0].iter().map(entry).collect()
    }

    pub(crate) async fn owners(&self) -> Owners {
        let owner = |(key, value): (String, Value)| {
            let id = key.strip_prefix("partitions/")?.to_owned();
            let nodes = value["nodes"].as_array().unwrap().iter().map(|n| n.as_str().unwrap().to_owned()).collect();
            Some((id, (nodes, value["leader"].as_str().unwrap_or_default().to_owned())))
        };
        self.stored().await.into_iter().filter_map(owner).collect()
    }

    /// Copies that are to be repaired.
    pub(crate) async fn marks(&self) -> Vec<String> {
        self.stored().await.into_keys().filter(|key| key.starts_with("repair/")).collect()
    }

    /// Nothing is in flight or left over, and the copies that are listed, and no others, are there and whole.
    pub(crate) async fn check_rest(&self, what: &str) {
        let stored = self.stored().await;
        let open = |key: &&String| {
            ["migrations/", "rebalance/slots", "rebalance/lock", "orphans/"].iter().any(|p| key.starts_with(p))
        };
        let open: Vec<&String> = stored.keys().filter(open).collect();
        assert!(open.is_empty(), "{what}: {open:?} is left over");
        let mut expected = BTreeMap::new();
        for (id, files) in &self.content {
            let record = &stored[&format!("partitions/{id}")];
            assert_eq!(record["state"], "Active", "{what}: {id}");
            for node in record["nodes"].as_array().unwrap() {
                let node = node.as_str().unwrap();
                let copy = stored[&format!("ext/{id}")]["copies"].get(node).and_then(Value::as_str).unwrap_or("first");
                expected.insert(format!("{node}/{id}/{copy}"), files);
            }
        }
        let mut found = BTreeSet::new();
        for (url, node) in &self.nodes {
            for partition in node.partitions().await.unwrap().ids {
                for copy in node.copies(partition).await.unwrap().ids {
                    let name = format!("{}/{partition}/{copy}", url.rsplit('/').next().unwrap());
                    let Some(files) = expected.get(&name) else { panic!("{what}: {name} is listed nowhere") };
                    check_copy(node, &CopyPlace::new(partition, copy), files, &format!("{what}: {name}")).await;
                    found.insert(name);
                }
            }
        }
        assert_eq!(found, expected.into_keys().collect(), "{what}");
    }
}

pub(crate) async fn check_copy(node: &ObjectNode, place: &CopyPlace, files: &Files, what: &str) {
    let found = node.list(place).await.unwrap().segments;
    let names: Vec<&str> = found.iter().map(|segment| segment.name.as_str()).collect();
    assert_eq!(names, segments(files).map(|(name, _)| name).collect::<Vec<_>>(), "{what}");
    for name in names {
        let segment = node.open(place, &SegmentName::parse(name).unwrap()).await.unwrap();
        let bytes = segment.read(0, usize::try_from(segment.bytes()).unwrap()).await.unwrap();
        assert!(bytes == files[name], "{what}/{name} is not what it was");
    }
}
