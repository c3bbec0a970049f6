//! History that is compacted away under a scan and a watch.

use std::ops::ControlFlow;
use std::time::Duration;

use otlp_part::metadata::{EtcdConfig, EtcdStore};
use otlp_part::model::Revision;
use otlp_part::ports::metadata::{Entry, KeyRange, Op, Transaction};
use otlp_part::ports::{MetadataRead, MetadataWatch, MetadataWrite, StoreError};

use super::support_etcd::lab::{Lab, LabOptions};
use super::{put, rounds, run};

const HOURS: usize = 60;
const BUCKETS: usize = 256;

pub(crate) fn partitions() -> KeyRange {
    KeyRange::prefix("/otlp/partitions/")
}

/// Keys as a cluster has them.
pub(crate) async fn fill(store: &EtcdStore) {
    let keys = (0..HOURS)
        .flat_map(|h| (0..BUCKETS).map(move |b| format!("/otlp/partitions/partition_{}_{b:04}", 489_000 + h)));
    let keys: Vec<String> = keys.collect();
    for chunk in keys.chunks(128) {
        let ops = chunk.iter().map(|key| Op::put(key.clone(), "{}")).collect();
        let _ = store.commit(Transaction { compares: vec![], ops }).await.unwrap();
    }
}

/// Changes something and forgets all before it, on another thread, as a scan does not wait.
fn compact_now(config: EtcdConfig) {
    std::thread::spawn(move || {
        run(async {
            let store = EtcdStore::connect(config).await.unwrap();
            let now = put(&store, "/otlp/other", "1").await;
            store.compact(now).await.unwrap();
        });
    })
    .join()
    .unwrap();
}

#[test]
fn a_scan_never_shows_a_list_that_is_not_whole() {
    run(async {
        let lab = Lab::start(LabOptions::default()).await;
        let store = EtcdStore::connect(lab.config("/otlp")).await.unwrap();
        fill(&store).await;
        let mut cut = 0;
        for round in 0..rounds(4, 50) {
            let at = 1 + round * HOURS * BUCKETS / 60;
            let mut seen = Vec::new();
            let visit = &mut |entry: &Entry| {
                seen.push(entry.key.clone());
                if seen.len() == at {
                    compact_now(lab.config("/otlp"));
                }
                ControlFlow::Continue(())
            };
            match store.scan(&partitions(), None, visit).await {
                Err(StoreError::Compacted { asked, oldest }) => {
                    assert!(asked < oldest, "{asked} {oldest}");
                    cut += 1;
                }
                Ok(_) => assert_eq!(seen.len(), HOURS * BUCKETS, "round {round}"),
                Err(other) => panic!("{other}"),
            }
            assert!(seen.windows(2).all(|pair| pair[0] < pair[1]), "in order, none twice");
        }
        assert!(cut > 0, "no scan was hit");
    });
}

#[test]
fn a_watch_that_missed_something_says_so() {
    run(async {
        let mut lab = Lab::start(LabOptions::default()).await;
        let config = lab.config("/otlp");
        for round in 0..rounds(2, 50) {
            let store = EtcdStore::connect(config.clone()).await.unwrap();
            let from = put(&store, "/otlp/nodes/a", "1").await;
            let mut watch = store.watch(&KeyRange::prefix("/otlp/nodes/"), Revision(from.0 + 1)).await.unwrap();
            assert_eq!(watch.next(Duration::ZERO).await.unwrap(), None);
            // The watch loses its member, and what happens meanwhile is compacted away.
            lab.kill(0);
            lab.restart(0);
            lab.wait_for(0).await.unwrap();
            let other = EtcdStore::connect(config.clone()).await.unwrap();
            put(&other, "/otlp/nodes/a", "2").await;
            let ops = vec![Op::Delete { key: "/otlp/nodes/a".into() }];
            let _ = other.commit(Transaction { compares: vec![], ops }).await.unwrap();
            let before = if round % 2 == 0 { from.0 + 3 } else { from.0 + 2 };
            let last = put(&other, "/otlp/nodes/b", "1").await;
            other.compact(Revision(before.min(last.0))).await.unwrap();
            let answer = watch.next(Duration::from_secs(5)).await;
            assert!(matches!(answer, Err(StoreError::Compacted { .. })), "round {round}: {answer:?}");
        }
    });
}
