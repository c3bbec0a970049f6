//! In memory: every call to the data of nodes goes wrong once, in each way; then the same again, in fine weather.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use bytes::Bytes;
use otlp_part::metadata::MemoryStore;
use otlp_part::model::{PartitionId, Timestamp};
use otlp_part::operations::executing::{CrashAt, Places};
use otlp_part::operations::scrub::{Fate, Looker, Mender, PartitionReport};
use otlp_part::operations::{AuditContext, Consent};
use otlp_part::ports::clock::FixedClock;
use otlp_part::ports::metadata::{Op, Outcome, Transaction};
use otlp_part::ports::storage::{
    CopyId, CopyPlace, NodeMarker, OpenedNode, SegmentName, SegmentRead as _, SegmentWrite as _,
};
use otlp_part::ports::{Keys, MetadataRead as _, MetadataWrite as _};
use otlp_part::storage::objects::ObjectNode;

use crate::faulty_storage::{Shaky, Trouble, Weather};
use crate::lab::{Files, UNKNOWN, files};
use crate::stage::{A, B, HOLDERS, ID, OTHERS, sidecar};
use crate::support::record;

fn in_jumping_time<T>(future: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_time().start_paused(true).build().unwrap().block_on(future)
}

struct World {
    store: MemoryStore,
    nodes: BTreeMap<String, ObjectNode>,
    content: Files,
}

fn place() -> CopyPlace {
    CopyPlace::new(ID.parse().unwrap(), CopyId::first())
}

fn name(text: &str) -> SegmentName {
    SegmentName::parse(text).unwrap()
}

async fn opened(node: &ObjectNode, id: &str) -> OpenedNode<ObjectNode> {
    let marker = NodeMarker { cluster_id: "c-1".to_owned(), node_id: id.parse().unwrap() };
    OpenedNode::mark(node.clone(), marker).await.unwrap()
}

async fn put(node: &OpenedNode<ObjectNode>, segment: &str, bytes: &[u8], beside: Option<&Vec<u8>>) {
    let (place, segment) = (place(), name(segment));
    node.remove(&place, &segment).await.unwrap();
    let mut writer = node.create(&place, &segment).await.unwrap();
    writer.append(Bytes::copy_from_slice(bytes)).await.unwrap();
    node.publish(writer.seal().await.unwrap()).await.unwrap();
    if let Some(beside) = beside {
        node.create_sidecar(&place, &segment, beside.clone().into()).await.unwrap();
    }
}

impl World {
    async fn new() -> Self {
        let store = MemoryStore::new(Arc::new(FixedClock(Timestamp::from_seconds(1_762_400_000))));
        let (content, mut nodes) = (files(1, 3000), BTreeMap::new());
        let mut entries = vec![(format!("partitions/{ID}"), record(ID, &HOLDERS, Some("n1"), 3003))];
        for id in HOLDERS {
            entries.push((format!("nodes/{id}"), format!(r#"{{"data_url":"file:///nowhere/{id}",{UNKNOWN}}}"#)));
            let node = ObjectNode::in_memory(id);
            let opened = opened(&node, id).await;
            for segment in [A, B, OTHERS] {
                put(&opened, segment, &content[segment], content.get(&sidecar(segment))).await;
            }
            nodes.insert(id.to_owned(), node);
        }
        let ops = entries.into_iter().map(|(key, value)| Op::put(format!("/otlp/{key}"), value)).collect();
        let made = store.commit(Transaction { compares: Vec::new(), ops }).await.unwrap();
        assert!(matches!(made, Outcome::Committed { .. }));
        let world = Self { store, nodes, content };
        world.damage().await;
        world
    }

    /// n1: other bytes; n2: nothing; n3: no sidecar, and what others wrote is lost.
    async fn damage(&self) {
        let (n1, n2, n3) = (self.node("n1").await, self.node("n2").await, self.node("n3").await);
        let mut bytes = self.content[A].clone();
        bytes[7] ^= 1;
        put(&n1, A, &bytes, self.content.get(&sidecar(A))).await;
        n2.remove(&place(), &name(A)).await.unwrap();
        put(&n3, B, &self.content[B], None).await;
        n3.remove(&place(), &name(OTHERS)).await.unwrap();
    }

    async fn node(&self, id: &str) -> OpenedNode<ObjectNode> {
        opened(&self.nodes[id], id).await
    }

    async fn scrub(&self, weather: &Arc<Weather>, repair: bool) -> PartitionReport {
        let keys = Keys::default();
        let open = |url: &str| {
            let id = url.rsplit('/').next().unwrap();
            Ok(Shaky::new(self.nodes[id].clone(), url, weather))
        };
        let mut looker = Looker::new(&self.store, &keys, Places::new("c-1".to_owned(), &open));
        looker.is_written = &|_| true;
        let id: PartitionId = ID.parse().unwrap();
        if !repair {
            return looker.scrub(id).await.unwrap();
        }
        let now = Timestamp::from_seconds(1_762_400_000);
        let nonce = self.store.revision().await.unwrap().0;
        let text = |text: &str| text.to_owned();
        let audit = AuditContext {
            now,
            actor: text("ann"),
            host: text("desk"),
            command: text("data scrub"),
            reason: None,
            nonce,
        };
        let mender = Mender {
            looker,
            audit: &audit,
            consent: Consent::Flag,
            clock: &FixedClock(now),
            crash: &CrashAt::never(),
            entries: AtomicUsize::new(0),
        };
        mender.scrub(id).await.unwrap()
    }

    /// Everything is where it belongs, byte for byte, and nothing is left over.
    async fn check(&self, what: &str) {
        let report = self.scrub(&Weather::calm(), false).await;
        assert!(report.findings.is_empty() && report.copies == 3, "{what}: {report:?}");
        for id in HOLDERS {
            let node = self.node(id).await;
            let listing = node.list(&place()).await.unwrap();
            assert!(listing.quarantined.is_empty() && listing.segments.len() == 3, "{what}: {listing:?}");
            for segment in [A, B, OTHERS] {
                let reader = node.open_segment(&place(), &name(segment)).await.unwrap();
                assert!(reader.read(0, 1 << 20).await.unwrap() == self.content[segment], "{what}: {segment} on {id}");
                let beside = node.sidecar(&place(), &name(segment)).await.unwrap().map(|beside| beside.raw().to_vec());
                if segment != OTHERS {
                    assert!(
                        beside.as_ref() == self.content.get(&sidecar(segment)),
                        "{what}: sidecar of {segment} on {id}"
                    );
                }
            }
        }
        let marks = self.store.read(&[Keys::default().repair_marks()], None).await.unwrap();
        assert!(marks.ranges[0].is_empty(), "{what}: {marks:?}");
    }
}

#[test]
fn undisturbed_it_is_repaired_at_once() {
    in_jumping_time(async {
        let world = World::new().await;
        let found = world.scrub(&Weather::calm(), false).await;
        assert_eq!(found.findings.len(), 4, "{found:?}");
        let report = world.scrub(&Weather::calm(), true).await;
        assert!(report.findings.len() == 4 && report.findings.iter().all(|f| f.fate == Fate::Repaired), "{report:?}");
        world.check("undisturbed").await;
    });
}

#[test]
fn every_call_to_the_data_may_go_wrong() {
    let calls = in_jumping_time(async {
        let (world, calm) = (World::new().await, Weather::calm());
        world.scrub(&calm, true).await;
        calm.calls()
    });
    assert!(calls > 100, "{calls}");
    let mut felt = 0;
    for call in 0..calls {
        for trouble in [Trouble::Before, Trouble::After, Trouble::Gone] {
            in_jumping_time(async {
                let (world, weather) = (World::new().await, Weather::of(call, trouble));
                let what = format!("call {call}, {trouble:?}");
                let first = world.scrub(&weather, true).await;
                felt += u32::from(first.findings.iter().any(|f| f.fate != Fate::Repaired));
                // Nothing is ever said to be repaired that is not.
                let now = world.scrub(&Weather::calm(), false).await;
                for reported in first.findings.iter().filter(|f| f.fate == Fate::Repaired) {
                    let of = |f: &&otlp_part::operations::scrub::Reported| {
                        (f.finding.replica, &f.finding.segment) == (reported.finding.replica, &reported.finding.segment)
                    };
                    assert!(!now.findings.iter().any(|f| of(&f)), "{what}: {reported:?}");
                }
                let again = world.scrub(&Weather::calm(), true).await;
                assert!(again.findings.iter().all(|f| f.fate == Fate::Repaired), "{what}: {again:?}");
                world.check(&what).await;
            });
        }
    }
    assert!(felt > 50, "hardly any trouble was felt: {felt}");
}

/// A segment that is under way is no finding, in none of its stages, and nothing is marked for it.
#[test]
fn what_a_writer_brings_meanwhile_is_waited_for() {
    in_jumping_time(async {
        let world = World::new().await;
        world.scrub(&Weather::calm(), true).await;
        let (new, bytes) = ("d-0003.jsonl", b"one more".to_vec());
        let beside = format!(r#"{{"bytes":8,"crc32c":{},"records":1}}"#, crc32c::crc32c(&bytes)).into_bytes();
        let (n1, n2, n3) = (world.node("n1").await, world.node("n2").await, world.node("n3").await);
        put(&n1, new, &bytes, Some(&beside)).await;
        put(&n2, new, &bytes, None).await;
        let writer = async {
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
            n2.create_sidecar(&place(), &name(new), beside.clone().into()).await.unwrap();
            put(&n3, new, &bytes, Some(&beside)).await;
        };
        let before = world.store.revision().await.unwrap();
        let calm = Weather::calm();
        let (report, ()) = tokio::join!(world.scrub(&calm, true), writer);
        assert!(report.findings.is_empty(), "{report:?}");
        assert_eq!(world.store.revision().await.unwrap(), before);
        // One that never comes is told.
        n2.remove(&place(), &name(new)).await.unwrap();
        let report = world.scrub(&Weather::calm(), false).await;
        assert_eq!(report.findings.len(), 1, "{report:?}");
    });
}
