//! Reading a real etcd at the design sizes: a scan, `partition list`, `status` and an export of 184,320 partition records.
//!
//! `cargo bench --bench etcd`; `OTLP_PART_BENCH_HOURS=3907` makes it 1,000,192 records. It needs an etcd server, as the
//! tests do (see `build/etcd`), and prints the best of a few runs of each.

// A benchmark has nobody to report to.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../tests/support_etcd/mod.rs"]
mod support_etcd;

use std::ops::ControlFlow;
use std::time::Duration;

use otlp_part::metadata::{EtcdReader, EtcdStore};
use otlp_part::model::Timestamp;
use otlp_part::operations::listing::PartitionFilter;
use otlp_part::operations::{ClusterView, OperationError, listing, snapshot, status};
use otlp_part::ports::metadata::{Op, Transaction};
use otlp_part::ports::{Keys, MetadataRead, MetadataWrite};
use support_etcd::lab::{Lab, LabOptions};
use tokio::time::Instant;

const BUCKETS: i64 = 256;
const RUNS: usize = 3;

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(bench());
}

#[expect(clippy::disallowed_methods, reason = "a benchmark may look at its environment")]
fn hours() -> i64 {
    std::env::var("OTLP_PART_BENCH_HOURS").ok().and_then(|text| text.parse().ok()).unwrap_or(720)
}

fn record(n: i64) -> Op {
    let id = format!("partition_{}_{:04}", 485_000 + n / BUCKETS, n % BUCKETS);
    let node = |i: i64| (n + i) % 12 + 1;
    let value = format!(
        r#"{{"partition_id":"{id}","nodes":["node-{}","node-{}","node-{}"],"leader":"node-{}","state":"Active","size_bytes":{},"record_count":9876543,"created_at":"2025-11-05T14:43:44.123456789+00:00","updated_at":"2025-11-05T14:43:44.123456789+00:00"}}"#,
        node(0),
        node(1),
        node(2),
        node(0),
        1_000_000_000 + n
    );
    Op::put(format!("/otlp/partitions/{id}"), value)
}

async fn fill(store: &EtcdStore, count: i64) {
    let started = Instant::now();
    let mut writers = tokio::task::JoinSet::new();
    const WRITERS: i64 = 8;
    for writer in 0..WRITERS {
        let store = store.clone();
        writers.spawn(async move {
            let mine: Vec<i64> = (0..count).step_by(128).filter(|first| first / 128 % WRITERS == writer).collect();
            for first in mine {
                let ops = (first..count.min(first + 128)).map(record).collect();
                let _ = store.commit(Transaction { compares: vec![], ops }).await.unwrap();
            }
        });
    }
    while writers.join_next().await.is_some() {}
    println!("{count} records written in {:.2} s", started.elapsed().as_secs_f64());
}

async fn best<T>(what: &str, mut run: impl AsyncFnMut() -> T) {
    let mut best = Duration::MAX;
    for _ in 0..RUNS {
        let started = Instant::now();
        run().await;
        best = best.min(started.elapsed());
    }
    println!("{what:40} {:.2} s", best.as_secs_f64());
}

async fn bench() {
    let lab = Lab::start(LabOptions { quota_bytes: Some(8 << 30), ..LabOptions::default() }).await;
    let store = EtcdStore::connect(lab.config("/otlp")).await.unwrap();
    let count = hours() * BUCKETS;
    fill(&store, count).await;
    let reader = EtcdReader::connect(lab.config("/otlp")).await.unwrap();
    let keys = Keys::default();
    best("scan", async || {
        let mut seen = 0;
        let visit = &mut |_: &_| {
            seen += 1;
            ControlFlow::Continue(())
        };
        reader.scan(&keys.partitions(), None, visit).await.unwrap();
        assert_eq!(seen, count);
    })
    .await;
    best("partition list", async || {
        let (view, _) = ClusterView::read(&reader, &keys, None, &[]).await.unwrap();
        let mut seen = 0;
        let visit = |_| {
            seen += 1;
            Ok::<_, OperationError>(ControlFlow::Continue(()))
        };
        let filter = PartitionFilter::default();
        let listing = listing::load(&reader, &keys, &view, &filter).await.unwrap();
        listing.visit(&keys, &view, &filter, visit).unwrap();
        assert_eq!(seen, count);
    })
    .await;
    let now = Timestamp::from_seconds(1_762_353_824);
    best("status", async || status::status(&reader, &keys, None, now).await.unwrap()).await;
    best("snapshot export", async || {
        assert_eq!(snapshot::export(&reader, &keys, None).await.unwrap().entries.len() as i64, count);
    })
    .await;
    println!("peak memory of this process: {}", peak());
}

/// As the system counts it, where it does.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("unknown").trim().to_owned()
}
