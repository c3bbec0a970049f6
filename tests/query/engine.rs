//! The engine in process: what the command line cannot bring about.

use std::ops::ControlFlow;
use std::sync::Arc;

use otlp_part::metadata::MemoryStore;
use otlp_part::model::{Revision, Signal, TimeRange, Timestamp};
use otlp_part::operations::ClusterView;
use otlp_part::operations::executing::Opener;
use otlp_part::operations::querying::{
    Filter, Grain, Group, LossKind, Metadata, Query, Report, SkipRule, Wanted, nanos_of, run,
};
use otlp_part::otlp::Encoding;
use otlp_part::ports::clock::FixedClock;
use otlp_part::ports::metadata::{Op, Outcome, Transaction};
use otlp_part::ports::storage::StorageRead;
use otlp_part::ports::{Keys, MetadataRead as _, MetadataWrite as _};
use otlp_part::segment::document::{Merged, RecordSum};
use otlp_part::segment::name::merged_name;
use otlp_part::segment::{BatchId, Compressor, Origin, RecordFacts, SegmentBuilder};
use otlp_part::storage::{AnyStorage, DataUrl};
use serde_json::json;

use crate::support::{NOW, record};
use crate::world::{BUCKET, HOUR, SECOND, World, log, logs, span, spans, time_text};

/// A store with the world's metadata.
pub(crate) async fn store(world: &World) -> MemoryStore {
    let store = MemoryStore::new(Arc::new(FixedClock(NOW)));
    let put = |(key, value): (String, String)| Op::put(format!("/otlp/{key}"), value);
    let ops = world.entries().into_iter().map(put).collect();
    commit(&store, ops).await;
    store
}

async fn commit(store: &MemoryStore, ops: Vec<Op>) {
    let done = store.commit(Transaction { compares: Vec::new(), ops }).await.unwrap();
    assert!(matches!(done, Outcome::Committed { .. }), "{done:?}");
}

pub(crate) fn hour() -> Query {
    let start = Timestamp::from_unix_nanos(HOUR);
    let range = TimeRange::new(start, start.plus_seconds(3600)).unwrap();
    Query {
        wanted: Wanted::Range(range),
        slack: 1,
        filter: Filter { time: Some(nanos_of(range)), ..Filter::default() },
        grain: Grain::Request,
        near: None,
        limit: None,
        explain: true,
        now: NOW,
    }
}

/// Runs a query on what metadata said at a revision.
async fn ask(
    store: &MemoryStore,
    at: Option<Revision>,
    query: &Query,
    sink: &mut dyn FnMut(Group<'_>) -> ControlFlow<()>,
) -> Report {
    let open = |url: &str| AnyStorage::open(&DataUrl::parse(url)?, 7, &|_| None);
    ask_through(&open, store, at, query, sink).await
}

/// The same through stores of any kind.
pub(crate) async fn ask_through<S: StorageRead + 'static>(
    open: Opener<'_, S>,
    store: &MemoryStore,
    at: Option<Revision>,
    query: &Query,
    sink: &mut dyn FnMut(Group<'_>) -> ControlFlow<()>,
) -> Report {
    let keys = Keys::default();
    let (view, _) = ClusterView::read(store, &keys, at, &[]).await.unwrap();
    let topology = view.topology().unwrap();
    let metadata = Metadata { store, keys: &keys, revision: view.revision, is_past: false, topology: &topology };
    run(&metadata, open, query, sink).await.unwrap()
}

pub(crate) fn wait<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

#[test]
fn a_partition_that_was_moved_meanwhile_is_looked_up_again() {
    let mut world = World::new();
    let id = world.write(spans("s", &[span(1, 1, HOUR, "x", 1)]).as_bytes())[0].0;
    let key = format!("/otlp/partitions/{id}");
    wait(async {
        let store = store(&world).await;
        let put = |nodes: &[&str]| vec![Op::put(key.clone(), record(&id.to_string(), nodes, Some(nodes[0]), 5_000))];
        commit(&store, put(&["n1"])).await;
        let before = store.revision().await.unwrap();
        commit(&store, put(&["n2"])).await;
        // The old copy is deleted once its grace is over.
        std::fs::remove_dir_all(world.copy("n1", id)).unwrap();
        let mut given = 0;
        let report = ask(&store, Some(before), &hour(), &mut |group| {
            given += group.records.len();
            ControlFlow::Continue(())
        })
        .await;
        assert_eq!((given, report.is_complete()), (1, true), "{report:#?}");
    });
}

#[test]
fn what_a_merged_segment_holds_is_read_once() {
    let mut world = World::new();
    let lines = logs("s", &[log(HOUR + SECOND, 9, "a", 1), log(HOUR + 2 * SECOND, 9, "a", 2)]);
    let written = world.write(lines.as_bytes());
    let (id, name) = written[0].clone();
    let mut compressor = Compressor::new(1).unwrap();
    let mut builder = SegmentBuilder::new(Signal::Logs, Encoding::Json);
    builder.request(&mut compressor, |out| out.extend_from_slice(lines.trim_end().as_bytes())).unwrap();
    for n in 1..3 {
        builder.record(&RecordFacts { time_unix_nano: HOUR + n * SECOND, sum: n, trace: None });
    }
    builder.service("s");
    let built = builder.finish(&mut compressor, Origin::Merged(vec![Merged(name.into(), 2, RecordSum(3))])).unwrap();
    let merged = merged_name(HOUR, &BatchId::of(&[b"merged"]), Signal::Logs, Encoding::Json);
    world.place(id, &merged, &built.content);
    world.place(id, &format!("{merged}.sidecar.json"), &built.sidecar);
    wait(async {
        let store = store(&world).await;
        let mut given = 0;
        let report = ask(&store, None, &hour(), &mut |group| {
            given += group.records.len();
            ControlFlow::Continue(())
        })
        .await;
        assert_eq!(given, 2, "{report:#?}");
        assert_eq!(report.total.segments_skipped.get(&SkipRule::Merged), Some(&1));
    });
}

#[test]
fn whoever_has_enough_ends_the_reading() {
    let mut world = World::new();
    for n in 0..40 {
        world.write(spans("s", &[span(n, 1, HOUR + n * SECOND, "x", n)]).as_bytes());
    }
    wait(async {
        let store = store(&world).await;
        let mut given = 0;
        let report = ask(&store, None, &hour(), &mut |group| {
            given += group.records.len();
            if given == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .await;
        assert_eq!(given, 3);
        assert!(report.total.segments_read < 20, "the first came long before the last was read: {report:#?}");
    });
}

/// What others wrote is read by a thread of its own, which must end with the query.
#[test]
fn a_large_segment_of_others_is_left_in_the_middle() {
    let mut world = World::new();
    let id = format!("partition_{BUCKET}_0001").parse().unwrap();
    let body = "x".repeat(1000);
    let lines: String = (0..25_000).map(|n| logs("s", &[log(HOUR + n, 9, &body, n)])).collect();
    assert!(lines.len() > 3 * (8 << 20));
    world.place(id, "0001.jsonl", lines.as_bytes());
    world.save();
    let line = format!("--from {} --for 1h", time_text(HOUR));
    assert_eq!(world.uids(&format!("{line} --limit 5")), [0, 1, 2, 3, 4]);
    let words = World::line(&format!("{line} --encoding jsonl")).replace("$DIR", &world.lab.root());
    let closed = world.lab.run_closed(&words.split(' ').collect::<Vec<_>>(), 100_000);
    assert_eq!(closed.code, 0, "{closed:?}");
    assert_eq!(world.uids(&line).len(), 25_000);
}

#[test]
fn an_adopted_cluster_is_looked_at_where_routing_places_it() {
    let mut world = World::new();
    let id = world.write(spans("s", &[span(1, 1, HOUR, "x", 1)]).as_bytes())[0].0;
    world.partitions.clear();
    world.save();
    let range = format!("--from {} --for 1h", time_text(HOUR));
    assert_eq!(world.uids(&range), [0_u64; 0], "without a record nothing was written there");
    world.spec["foreign_writers"] = json!(true);
    world.save();
    assert_eq!(world.uids(&range), [1], "{id}");
    let trace = crate::world::trace_id(1);
    assert_eq!(world.uids(&format!("--trace-id {trace} --time {}", time_text(HOUR))), [1]);
    let said =
        world.query(&format!("--trace-id {trace} --time {} --slack 0 --explain -o json", time_text(HOUR))).ok().json();
    assert_eq!(said["partitions"][0]["placement"], "ring");
}

#[test]
fn broken_metadata_is_told_and_the_rest_is_read() {
    let mut world = World::new();
    let input: String = (0..40).map(|n| spans("s", &[span(n, 1, HOUR + n * SECOND, "x", n)])).collect();
    let written = world.write(input.as_bytes());
    let mut entries = world.entries();
    let broken = format!("partitions/{}", written[0].0);
    entries.iter_mut().filter(|(key, _)| *key == broken).for_each(|(_, value)| *value = "{}".to_owned());
    let entries: Vec<(&str, &str)> = entries.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    world.lab.file("c.json", crate::support::snapshot(&entries));
    let done = world.query(&format!("--from {} --for 1h --count -o json", time_text(HOUR)));
    assert_eq!((done.code, done.json()["complete"].as_bool()), (1, Some(false)), "{done:#?}");
    let spans = done.json()["spans"].as_u64().unwrap();
    assert!((1..40).contains(&spans) && done.err.contains(&broken), "{done:#?}");
}

/// Losses are told apart by what mends them; the worst is that every copy is bad.
#[test]
fn the_worst_loss_comes_first() {
    assert!(LossKind::NoGoodCopy > LossKind::NoAnswer && LossKind::NoAnswer > LossKind::NotReadable);
    assert_eq!(BUCKET * 3600, i64::try_from(HOUR / SECOND).unwrap());
}
