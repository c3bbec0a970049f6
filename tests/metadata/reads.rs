//! Checks of reads, of the past, and of history.

use std::ops::ControlFlow;
use std::time::Duration;

use otlp_part::model::{Revision, Timestamp};
use otlp_part::ports::metadata::{Entry, KeyRange};
use otlp_part::ports::{Clock, MetadataWrite, StoreError};

use super::{Stage, next, scanned};

pub async fn several_ranges_are_of_one_revision<S: MetadataWrite>(stage: Stage<S>) {
    let at = stage.apply(vec![stage.put_op("a/1", "1"), stage.put_op("a/2", "2"), stage.put_op("b", "3")]).await;
    let ranges = [
        KeyRange::single(&stage.key("b")),
        KeyRange::prefix(&stage.key("a/")),
        KeyRange::single(&stage.key("none")),
        KeyRange::new(stage.key("b"), stage.key("a")),
        KeyRange::single(&stage.key("b")),
    ];
    let answer = stage.store.read(&ranges, None).await.unwrap();
    assert_eq!(answer.revision, at);
    let values: Vec<Vec<&[u8]>> =
        answer.ranges.iter().map(|entries| entries.iter().map(|entry| entry.value.as_slice()).collect()).collect();
    assert_eq!(values, [vec![b"3" as &[u8]], vec![b"1", b"2"], vec![], vec![], vec![b"3"]]);
    assert_eq!(stage.store.read(&[], None).await.unwrap().ranges.len(), 0);
}

pub async fn the_past_reads_as_it_was<S: MetadataWrite>(stage: Stage<S>) {
    let before = stage.store.revision().await.unwrap();
    let first = stage.put("a", "1").await;
    let second = stage.put("a", "2").await;
    let deleted = stage.delete("a").await;
    let again = stage.put("a", "3").await;
    let value_at = async |at| stage.get_at("a", at).await.map(|entry| entry.value);
    assert_eq!(value_at(before).await, None);
    assert_eq!(value_at(first).await.unwrap(), b"1");
    assert_eq!(value_at(second).await.unwrap(), b"2");
    assert_eq!(value_at(deleted).await, None);
    assert_eq!(value_at(again).await.unwrap(), b"3");
    assert_eq!(scanned(&stage.store, &stage.all(), Some(first)).await, [stage.get_at("a", first).await.unwrap()]);
}

pub async fn the_future_does_not_read<S: MetadataWrite>(stage: Stage<S>) {
    let newest = stage.put("a", "1").await;
    let answer = stage.store.read(&[stage.all()], Some(next(newest))).await;
    assert!(matches!(answer, Err(StoreError::FutureRevision { .. })), "{answer:?}");
    let answer = stage.store.scan(&stage.all(), Some(Revision(u64::MAX)), &mut |_| ControlFlow::Continue(())).await;
    assert!(matches!(answer, Err(StoreError::FutureRevision { .. })), "{answer:?}");
}

pub async fn scans_go_in_key_order_and_end_early<S: MetadataWrite>(stage: Stage<S>) {
    for name in ["c", "a", "b.1", "b", "b/"] {
        stage.put(name, name).await;
    }
    let all = scanned(&stage.store, &stage.all(), None).await;
    let values: Vec<_> = all.iter().map(|entry| entry.value.as_slice()).collect();
    assert_eq!(values, [b"a" as &[u8], b"b", b"b.1", b"b/", b"c"]);
    assert_eq!(stage.store.read(&[stage.all()], None).await.unwrap().ranges[0], all);
    let mut seen = 0;
    let visit = &mut |_: &Entry| {
        seen += 1;
        if seen == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let revision = stage.store.scan(&stage.all(), None, visit).await.unwrap();
    assert_eq!((seen, revision), (2, stage.store.revision().await.unwrap()));
}

pub async fn history_is_newest_first<S: MetadataWrite>(stage: Stage<S>) {
    let mut revisions = vec![stage.put("a", "1").await];
    stage.put("other", "x").await;
    revisions.push(stage.put("a", "2").await);
    revisions.push(stage.delete("a").await);
    revisions.push(stage.put("a", "3").await);
    revisions.reverse();
    let changes = stage.store.history(&stage.key("a"), 10).await.unwrap();
    assert_eq!(changes.iter().map(|change| change.revision).collect::<Vec<_>>(), revisions);
    let values: Vec<_> =
        changes.iter().map(|change| change.entry.as_ref().map(|entry| entry.value.as_slice())).collect();
    assert_eq!(values, [Some(b"3" as &[u8]), None, Some(b"2"), Some(b"1")]);
    for limit in 0..4 {
        assert_eq!(stage.store.history(&stage.key("a"), limit).await.unwrap(), changes[..limit]);
    }
    assert_eq!(stage.store.history(&stage.key("none"), 10).await.unwrap(), []);
}

pub async fn history_begins_where_the_store_was_compacted<S: MetadataWrite>(stage: Stage<S>) {
    stage.put("a", "1").await;
    let second = stage.put("a", "2").await;
    stage.put("other", "1").await;
    let deleted = stage.delete("a").await;
    let again = stage.put("a", "3").await;
    let states = async || {
        let changes = stage.store.history(&stage.key("a"), 10).await.unwrap();
        changes.into_iter().map(|change| (change.revision, change.entry.is_some())).collect::<Vec<_>>()
    };
    stage.store.compact(next(second)).await.unwrap();
    assert_eq!(states().await, [(again, true), (deleted, false), (second, true)], "what stood there is kept");
    stage.store.compact(deleted).await.unwrap();
    assert_eq!(states().await, [(again, true)]);
    let last = stage.put("other", "2").await;
    stage.store.compact(last).await.unwrap();
    assert_eq!(states().await, [(again, true)]);
}

/// For stores that keep no times but the audit trail's.
pub async fn audit_entries_lead_to_revisions<S: MetadataWrite>(stage: Stage<S>) {
    let at = async |millis: i64| {
        let time = Timestamp::from_nanos(i128::from(millis) * 1_000_000);
        stage.store.revision_at(time).await
    };
    let nothing = at(1_762_353_824_000).await;
    assert!(matches!(nothing, Err(StoreError::Unsupported { .. })), "{nothing:?}");
    let first = stage.put("audit/1762353824000-a", "{}").await;
    stage.put("nodes/n", "{}").await;
    let second = stage.put("audit/1762353825500-b", "{}").await;
    let found = at(1_762_353_824_000).await.unwrap();
    assert_eq!((found.revision, found.made_at.millis()), (first, 1_762_353_824_000));
    assert_eq!(at(1_762_353_825_499).await.unwrap().revision, first);
    assert_eq!(at(1_762_353_825_500).await.unwrap().revision, second);
    assert_eq!(at(9_000_000_000_000).await.unwrap().revision, second);
    let before = at(1_762_353_823_999).await;
    let oldest = |answer: Result<_, StoreError>| match answer {
        Err(StoreError::BeforeHistory { oldest }) => oldest.millis(),
        other => panic!("{:?}", other.map(|_: otlp_part::ports::metadata::RevisionAt| ())),
    };
    assert_eq!(oldest(before), 1_762_353_824_000);
    stage.store.compact(second).await.unwrap();
    assert_eq!(oldest(at(1_762_353_824_000).await), 1_762_353_825_500, "compacted: from then on it is there");
}

/// For stores that keep times.
pub async fn times_lead_to_revisions<S: MetadataWrite>(stage: Stage<S>) {
    let start = stage.clock.now();
    stage.pass(Duration::from_secs(10));
    let (first, first_at) = (stage.put("a", "1").await, stage.clock.now());
    let second = stage.put("a", "2").await;
    stage.pass(Duration::from_secs(10));
    let third = stage.put("a", "3").await;
    let at = async |time| stage.store.revision_at(time).await.map(|found| found.revision);
    assert!(at(first_at.plus_nanos(-1)).await.unwrap() < first);
    assert_eq!(at(first_at).await.unwrap(), second, "the newest of several");
    assert_eq!(at(first_at.plus_seconds(9)).await.unwrap(), second);
    assert_eq!(at(Timestamp::OTLP_MAX).await.unwrap(), third);
    assert_eq!(stage.store.history(&stage.key("a"), 1).await.unwrap()[0].at, Some(stage.clock.now()));
    stage.store.compact(second).await.unwrap();
    let before = at(start).await;
    assert!(matches!(before, Err(StoreError::BeforeHistory { oldest }) if oldest == first_at), "{before:?}");
}
