//! Scans of every shape of keys, against one read of all.

use otlp_part::ports::MetadataWrite;
use otlp_part::ports::metadata::Op;

use super::{Stage, scanned};

/// A sequence that is the same in every run.
fn mixed(n: u64) -> u64 {
    let mut z = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z ^ (z >> 31)
}

/// Time buckets with other numbers of digits, before 1970, with gaps, crowded and nearly empty ones, in two families; keys
/// of nobody before, between and behind them.
fn names() -> Vec<String> {
    let mut names = Vec::new();
    for bucket in [-20, -3, 0, 7, 9, 10, 99, 100, 489_000, 489_001, 489_002, 489_040, 489_041, 999_999, 1_000_000_i64] {
        let crowd = if bucket == 489_040 { 5_000 } else { mixed(bucket.unsigned_abs()) % 400 };
        for index in 0..=crowd {
            names.push(format!("ext/partition_{bucket}_{index:04}"));
            if index % 3 == 0 {
                names.push(format!("partitions/partition_{bucket}_{index:04}.01"));
            }
        }
        names.push(format!("partitions/time_partition_{bucket}"));
    }
    for n in 0..600 {
        names.push(format!("audit/{:013}-{n}", mixed(n) % 10_000_000_000_000));
        names.push(format!("partitions/{:x}", mixed(n + 1_000)));
        names.push(format!("partitions/partition_{:x}", mixed(n + 2_000)));
        names.push(format!("zzz/{n}"));
    }
    names
}

pub async fn a_scan_finds_every_key_once_whatever_they_look_like<S: MetadataWrite>(stage: Stage<S>) {
    let names = names();
    for some in names.chunks(stage.store.limits().operations_max.min(1_000)) {
        let ops = some.iter().map(|name| Op::put(stage.key(name), name.as_bytes())).collect();
        stage.apply(ops).await;
    }
    let expected = stage.store.read(&[stage.all()], None).await.unwrap().ranges.pop().unwrap();
    assert_eq!(expected.len(), names.len());
    assert!(scanned(&stage.store, &stage.all(), None).await == expected);
    let at = stage.store.revision().await.unwrap();
    stage.delete("zzz/5").await;
    for family in ["partitions/", "ext/", "zzz/", "none/"] {
        let range = otlp_part::ports::metadata::KeyRange::prefix(&stage.key(family));
        let then: Vec<_> = expected.iter().filter(|entry| range.contains(&entry.key)).cloned().collect();
        assert!(scanned(&stage.store, &range, Some(at)).await == then, "{family}");
    }
}

/// Values so large that a page of them is no message.
pub async fn large_values_are_scanned_in_smaller_pages<S: MetadataWrite>(stage: Stage<S>) {
    let value = vec![b'x'; 1 << 20];
    for n in 0..300 {
        stage.apply(vec![Op::put(stage.key(&format!("large/{n:03}")), value.clone())]).await;
    }
    let found = scanned(&stage.store, &stage.all(), None).await;
    assert_eq!(found.len(), 300);
    assert!(found.iter().all(|entry| entry.value.len() == value.len()));
}
