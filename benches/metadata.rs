//! The metadata store at its design size: 184,320 partition records (90 days of hours, with splits).
//!
//! `cargo bench --bench metadata`

// A benchmark has nobody to report to.
#![allow(clippy::unwrap_used)]

use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use otlp_part::metadata::snapshot::{self, SnapshotHeader, SnapshotStore};
use otlp_part::metadata::{InitialRevisions, SqliteReader, SqliteStore, sqlite};
use otlp_part::model::{PartitionId, Revision, Timestamp};
use otlp_part::operations::rebalance::load::{LayoutOptions, load};
use otlp_part::ports::clock::FixedClock;
use otlp_part::ports::metadata::{Entry, Op, Transaction};
use otlp_part::ports::{Clock, Keys, MetadataRead, MetadataWrite};

fn main() {
    divan::main();
}

/// 720 hours of 256 hash buckets.
const HOURS: i64 = 720;
const BUCKETS: u32 = 256;

fn clock() -> Arc<dyn Clock> {
    Arc::new(FixedClock(Timestamp::from_seconds(1_762_353_824)))
}

fn record(hour: i64, bucket: u32) -> Entry {
    let id = format!("partition_{}_{bucket:04}", 489_000 + hour);
    let value = format!(
        r#"{{"partition_id":"{id}","nodes":["node-1","node-2","node-3"],"leader":"node-1","state":"Active","size_bytes":1234567890,"record_count":9876543,"created_at":"2025-11-05T14:43:44.123456789+00:00","updated_at":"2025-11-05T14:43:44.123456789+00:00"}}"#
    );
    let one = Revision(1);
    let key = format!("/otlp/partitions/{id}");
    Entry { key, value: value.into_bytes(), create_revision: one, mod_revision: one, version: 1, lease: None }
}

fn records() -> impl Iterator<Item = Entry> {
    (0..HOURS).flat_map(|hour| (0..BUCKETS).map(move |bucket| record(hour, bucket)))
}

fn create(path: &Path) -> SqliteStore {
    sqlite::create(path, clock(), records(), InitialRevisions::AllFirst).unwrap()
}

static STORE: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let directory = tempfile::tempdir().unwrap();
    drop(create(&directory.path().join("cluster.db")));
    directory
});

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
}

fn reader() -> SqliteReader {
    SqliteReader::open(&STORE.path().join("cluster.db"), clock()).unwrap()
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn create_184_320(bencher: divan::Bencher<'_, '_>) {
    bencher
        .with_inputs(|| tempfile::tempdir().unwrap())
        .bench_refs(|directory| create(&directory.path().join("cluster.db")));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn scan_184_320_with_open(bencher: divan::Bencher<'_, '_>) {
    LazyLock::force(&STORE);
    bencher.bench(|| {
        let mut bytes = 0;
        let visit = &mut |entry: &Entry| {
            bytes += black_box(entry).value.len();
            ControlFlow::Continue(())
        };
        run(reader().scan(&Keys::default().partitions(), None, visit)).unwrap();
        bytes
    });
}

/// What the planner is given, from the store and from a snapshot that is read already.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn layout_of_184_320_with_open(bencher: divan::Bencher<'_, '_>) {
    LazyLock::force(&STORE);
    bencher.bench(|| layout(&reader()));
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn layout_of_184_320_from_a_snapshot(bencher: divan::Bencher<'_, '_>) {
    let text = snapshot_text();
    let store = SnapshotStore::parse("snapshot:bench".into(), &text).unwrap();
    bencher.bench(|| layout(&store));
}

fn layout<S: MetadataRead>(store: &S) -> usize {
    let now = Timestamp::from_seconds(1_762_353_824);
    let loaded = run(load(store, &Keys::default(), None, now, &LayoutOptions::default())).unwrap().whole().unwrap();
    assert_eq!(loaded.layout.len() as i64, HOURS * i64::from(BUCKETS));
    loaded.layout.len()
}

#[divan::bench(sample_count = 200, sample_size = 1)]
fn read_one_family_with_open(bencher: divan::Bencher<'_, '_>) {
    LazyLock::force(&STORE);
    let id: PartitionId = "partition_489360_0051".parse().unwrap();
    let keys = Keys::default();
    let ranges = [keys.nodes(), keys.partition_family(id), keys.extension_family(id)];
    bencher.bench(|| {
        let answer = run(reader().read(&ranges, None)).unwrap();
        assert_eq!(answer.ranges[1].len(), 1);
    });
}

#[divan::bench(sample_count = 100, sample_size = 1)]
fn commit_one_record(bencher: divan::Bencher<'_, '_>) {
    let directory = tempfile::tempdir().unwrap();
    let store = create(&directory.path().join("cluster.db"));
    bencher.bench(|| {
        let Entry { key, value, .. } = record(360, 51);
        run(store.commit(Transaction { compares: vec![], ops: vec![Op::put(key, value)] })).unwrap()
    });
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn read_snapshot_of_184_320(bencher: divan::Bencher<'_, '_>) {
    let text = snapshot_text();
    bencher.bench(|| SnapshotStore::parse("snapshot:bench".into(), &text).unwrap());
}

fn snapshot_text() -> Vec<u8> {
    let exported_at = Timestamp::from_seconds(1_762_353_824);
    let header =
        SnapshotHeader { prefix: "/otlp".into(), revision: Revision(1), exported_at, source: "file:bench".into() };
    let mut text = Vec::new();
    snapshot::write(&mut text, &header, &records().collect::<Vec<_>>()).unwrap();
    text
}
