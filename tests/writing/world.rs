//! A cluster in memory with a clock of its own, written to in process: so that every call may be made to fail, or to take long.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use otlp_part::metadata::MemoryStore;
use otlp_part::model::{NodeId, PartitionId, Timestamp};
use otlp_part::operations::executing::Places;
use otlp_part::operations::hours::HourTables;
use otlp_part::operations::writing::{
    Acknowledged, Collector, WriteError, WriteEvent, WriteSettings, Writer, WriterParts,
};
use otlp_part::operations::{AuditContext, ClusterView, Consent};
use otlp_part::otlp::{Options, Reader};
use otlp_part::ports::metadata::{KeyRange, Op, Transaction};
use otlp_part::ports::storage::{CopyId, CopyPlace, NodeMarker, OpenedNode, SegmentRead as _, StorageRead as _};
use otlp_part::ports::{Clock, Keys, MetadataRead, MetadataWrite};
use otlp_part::routing::RecordSet;
use otlp_part::storage::objects::ObjectNode;
use serde_json::Value;
use tokio::time::Instant;

use crate::disk::{Copy, read_segment};
use crate::faulty_storage::{Shaky, Weather};
use crate::sample::Sum;

/// Runs with a clock that stands still while anything is done, and jumps to what is waited for.
pub(crate) fn in_jumping_time<T>(future: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_time().start_paused(true).build().unwrap().block_on(future)
}

/// The runtime's own time as that of the day.
pub(crate) struct JumpingClock(Instant);

impl Clock for JumpingClock {
    fn now(&self) -> Timestamp {
        // 2025-11-05T19:33:20Z, hours after the sample's.
        let passed = i128::try_from(self.0.elapsed().as_nanos()).unwrap();
        Timestamp::from_seconds(1_762_371_200).plus_nanos(passed)
    }
}

pub(crate) const NODES: [&str; 5] = ["n1", "n2", "n3", "n4", "n5"];

pub(crate) struct World {
    pub(crate) store: MemoryStore,
    pub(crate) clock: Arc<JumpingClock>,
    pub(crate) nodes: BTreeMap<String, ObjectNode>,
    pub(crate) keys: Keys,
}

pub(crate) fn audit(nonce: u64, now: Timestamp) -> AuditContext {
    AuditContext {
        now,
        actor: "ann".to_owned(),
        host: "desk".to_owned(),
        command: "data write".to_owned(),
        reason: None,
        nonce,
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        let clock = Arc::new(JumpingClock(Instant::now()));
        let store = MemoryStore::new(clock.clone());
        let spec = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c-1","replication_factor":3,"foreign_writers":false,"partitioning":[{"hash_buckets":2}]}"#;
        let mut ops = vec![Op::put("/otlp/cluster".to_owned(), spec)];
        let mut nodes = BTreeMap::new();
        for node in NODES {
            let url = format!("file:///nowhere/{node}");
            ops.push(Op::put(format!("/otlp/nodes/{node}"), format!(r#"{{"data_url":"{url}"}}"#)));
            let data = ObjectNode::in_memory(node);
            let marker = NodeMarker { cluster_id: "c-1".to_owned(), node_id: NodeId::parse(node).unwrap() };
            OpenedNode::mark(data.clone(), marker).await.unwrap();
            nodes.insert(url, data);
        }
        let _ = store.commit(Transaction { compares: vec![], ops }).await.unwrap();
        Self { store, clock, nodes, keys: Keys::default() }
    }

    /// Writes an input through what may fail, in batches of so many bytes; gives what was acknowledged, and the error that ended it.
    pub(crate) async fn write<M: MetadataWrite>(
        &self,
        store: &M,
        weather: &Arc<Weather>,
        input: &[u8],
        settings: &WriteSettings,
        nonce: u64,
        pause: impl AsyncFn(),
    ) -> (Vec<Acknowledged>, Vec<WriteEvent>, Option<WriteError>) {
        let (view, _) = ClusterView::read(&self.store, &self.keys, None, &[]).await.unwrap();
        let topology = view.topology().unwrap();
        let hours = HourTables::new(&topology, None, |_| Ok(RecordSet::default()));
        let mut collector = Collector::new(&topology, hours, settings, self.clock.now()).unwrap();
        let open = |url: &str| Ok(Shaky::new(self.nodes[url].clone(), url, weather));
        let places = Places::new("c-1".to_owned(), &open);
        let audit = audit(nonce, self.clock.now());
        let events = RefCell::new(Vec::new());
        let listener = |event: &WriteEvent| events.borrow_mut().push(event.clone());
        let mut writer = Writer::new(WriterParts {
            store,
            keys: &self.keys,
            places: &places,
            clock: &*self.clock,
            settings: settings.clone(),
            audit: &audit,
            consent: Consent::Flag,
            listener: &listener,
        })
        .unwrap();
        let mut reader = Reader::open(input, Options { layout: true, ..Options::default() }).unwrap();
        let (mut acknowledged, mut error) = (Vec::new(), None);
        loop {
            let more = reader.next_batch().unwrap().map(|requests| collector.add(requests).unwrap()).is_some();
            if (collector.is_full() || !more)
                && let Some(batch) = collector.take()
            {
                match writer.write(batch).await {
                    Ok(batch) => acknowledged.push(batch),
                    Err(failed) => error = Some(failed),
                }
                pause().await;
            }
            if !more || error.is_some() {
                break;
            }
        }
        drop(writer);
        (acknowledged, events.into_inner(), error)
    }

    pub(crate) async fn stored(&self) -> BTreeMap<String, Value> {
        let answer = self.store.read(&[KeyRange::prefix("/otlp/")], None).await.unwrap();
        let entry = |entry: &otlp_part::ports::metadata::Entry| {
            let key = entry.key.strip_prefix("/otlp/").unwrap().to_owned();
            (key, serde_json::from_slice(&entry.value).unwrap())
        };
        answer.ranges[0].iter().map(entry).collect()
    }

    async fn copy(&self, node: &str, id: &str, copy: &str) -> Copy {
        let data = &self.nodes[&format!("file:///nowhere/{node}")];
        let place = CopyPlace::new(PartitionId::parse(id).unwrap(), CopyId::parse(copy).unwrap());
        let mut segments = Copy::new();
        for entry in data.list(&place).await.unwrap().segments {
            let Some(sidecar) = data.sidecar(&place, &entry.name).await.unwrap() else { continue };
            let segment = data.open(&place, &entry.name).await.unwrap();
            let content = segment.read(0, segment.bytes() as usize).await.unwrap();
            let what = format!("{node}/{id}/{}", entry.name);
            segments.insert(entry.name.to_string(), read_segment(&content, &sidecar, &what));
        }
        segments
    }

    /// Every listed copy without a repair mark, by partition and node.
    pub(crate) async fn unmarked(&self) -> BTreeMap<String, BTreeMap<String, Copy>> {
        let stored = self.stored().await;
        let mut all = BTreeMap::new();
        for (id, record) in stored.iter().filter_map(|(key, value)| Some((key.strip_prefix("partitions/")?, value))) {
            let mut copies = BTreeMap::new();
            for node in record["nodes"].as_array().unwrap().iter().map(|node| node.as_str().unwrap()) {
                if stored.contains_key(&format!("repair/{id}/{node}")) {
                    continue;
                }
                let extension = stored.get(&format!("ext/{id}"));
                let copy = extension.and_then(|extension| extension["copies"].get(node)?.as_str()).unwrap_or("first");
                copies.insert(node.to_owned(), self.copy(node, id, copy).await);
            }
            all.insert(id.to_owned(), copies);
        }
        all
    }

    /// Each acknowledged batch is whole, and on every copy that is listed without a mark; of those are enough.
    pub(crate) async fn check_acknowledged(&self, batches: &[Acknowledged], copies_min: usize, what: &str) {
        let unmarked = self.unmarked().await;
        for batch in batches {
            let mut sum = Sum::default();
            for (id, copies) in &unmarked {
                let of_batch = |copy: &Copy| -> Copy {
                    let has = |(_, segment): &(&String, &crate::disk::Segment)| {
                        segment.batches.iter().any(|id| id == batch.id.as_str())
                    };
                    copy.iter().filter(has).map(|(name, segment)| (name.clone(), segment.clone())).collect()
                };
                let held: Vec<Copy> = copies.values().map(of_batch).collect();
                let first = held.first().unwrap_or_else(|| panic!("{what}: {id} has no whole copy"));
                for (node, copy) in copies.keys().zip(&held) {
                    assert_eq!(
                        copy, first,
                        "{what}: {id} on {node} is whole by the metadata, and is not as the others"
                    );
                }
                if !first.is_empty() {
                    assert!(held.len() >= copies_min, "{what}: {id} has {} whole copies", held.len());
                }
                first.values().for_each(|segment| sum.add(segment.sum.records, segment.sum.sum));
            }
            let expected = Sum { records: batch.counted.records(), sum: batch.counted.record_sum.0 };
            assert_eq!(sum, expected, "{what}: batch {}", batch.number);
        }
    }
}
