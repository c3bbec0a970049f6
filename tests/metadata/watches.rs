//! Checks of watches.

use std::time::Duration;

use otlp_part::ports::metadata::{KeyRange, WatchBatch};
use otlp_part::ports::{MetadataWatch, MetadataWrite, StoreError};

use super::{Stage, next};

const SOON: Duration = Duration::from_secs(5);
const NOW: Duration = Duration::ZERO;

async fn batch(watch: &mut impl MetadataWatch) -> WatchBatch {
    watch.next(SOON).await.unwrap().expect("a change")
}

pub async fn a_watch_plays_the_past_and_goes_on<S: MetadataWrite>(stage: Stage<S>) {
    let first = stage.put("a", "1").await;
    let second = stage.apply(vec![stage.put_op("b", "1"), stage.put_op("a", "2"), stage.delete_op("none")]).await;
    let third = stage.delete("a").await;
    let mut watch = stage.store.watch(&stage.all(), first).await.unwrap();
    let seen = batch(&mut watch).await;
    assert_eq!((seen.revision, seen.changes.len()), (first, 1));
    assert_eq!(seen.changes[0].1, stage.get_at("a", first).await);
    let seen = batch(&mut watch).await;
    let expected =
        vec![(stage.key("a"), stage.get_at("a", second).await), (stage.key("b"), stage.get_at("b", second).await)];
    assert_eq!((seen.revision, seen.changes), (second, expected));
    let seen = batch(&mut watch).await;
    assert_eq!((seen.revision, seen.changes), (third, vec![(stage.key("a"), None)]));
    assert_eq!(watch.next(NOW).await.unwrap(), None);
    let fourth = stage.put("a", "4").await;
    assert_eq!(batch(&mut watch).await.revision, fourth);
    assert_eq!(watch.next(NOW).await.unwrap(), None);
}

pub async fn a_watch_sees_its_range_only<S: MetadataWrite>(stage: Stage<S>) {
    let from = next(stage.store.revision().await.unwrap());
    let mut watch = stage.store.watch(&KeyRange::single(&stage.key("a")), from).await.unwrap();
    stage.put("b", "1").await;
    stage.put("ab", "1").await;
    assert_eq!(watch.next(NOW).await.unwrap(), None);
    let at = stage.apply(vec![stage.put_op("a", "1"), stage.put_op("b", "2")]).await;
    let seen = batch(&mut watch).await;
    assert_eq!((seen.revision, seen.changes.len()), (at, 1));
}

pub async fn a_watch_resumes_without_gap_or_repeat<S: MetadataWrite>(stage: Stage<S>) {
    let from = next(stage.store.revision().await.unwrap());
    let mut made = Vec::new();
    for value in 0..20 {
        made.push(stage.put("a", &value.to_string()).await);
    }
    let (mut seen, mut resume) = (Vec::new(), from);
    while seen.len() < made.len() {
        let mut watch = stage.store.watch(&stage.all(), resume).await.unwrap();
        for _ in 0..3 {
            let Some(batch) = watch.next(NOW).await.unwrap() else { break };
            seen.push(batch.revision);
            resume = next(batch.revision);
        }
    }
    assert_eq!(seen, made);
}

pub async fn a_watch_may_start_in_the_future<S: MetadataWrite>(stage: Stage<S>) {
    let now = stage.put("a", "1").await;
    let mut watch = stage.store.watch(&stage.all(), next(next(now))).await.unwrap();
    assert_eq!(watch.next(NOW).await.unwrap(), None);
    stage.put("a", "2").await;
    assert_eq!(watch.next(NOW).await.unwrap(), None);
    let third = stage.put("a", "3").await;
    assert_eq!(batch(&mut watch).await.revision, third);
}

pub async fn a_watch_says_when_it_missed_something<S: MetadataWrite>(stage: Stage<S>) {
    let first = stage.put("a", "1").await;
    let mut watch = stage.store.watch(&stage.all(), first).await.unwrap();
    let second = stage.put("a", "2").await;
    let third = stage.put("a", "3").await;
    stage.store.compact(second).await.unwrap();
    // A store that sends changes by itself may have sent them all; what it does not do is to leave some out.
    match watch.next(NOW).await {
        Err(StoreError::Compacted { .. }) => {}
        Ok(Some(seen)) => {
            let rest = [batch(&mut watch).await.revision, batch(&mut watch).await.revision];
            assert_eq!((seen.revision, rest), (first, [second, third]));
        }
        other => panic!("{other:?}"),
    }
    let mut late = stage.store.watch(&stage.all(), first).await;
    if let Ok(late) = &mut late {
        let gone = late.next(SOON).await;
        assert!(matches!(gone, Err(StoreError::Compacted { .. })), "{gone:?}");
    } else {
        assert!(matches!(late, Err(StoreError::Compacted { .. })));
    }
    let mut watch = stage.store.watch(&stage.all(), next(second)).await.unwrap();
    let seen = batch(&mut watch).await;
    assert_eq!((seen.revision, seen.changes[0].1.clone().unwrap().value), (third, b"3".to_vec()));
}

pub async fn a_watch_wakes_for_a_change_made_while_it_waits<S: MetadataWrite>(stage: Stage<S>) {
    let from = next(stage.store.revision().await.unwrap());
    let mut watch = stage.store.watch(&stage.all(), from).await.unwrap();
    let change = async {
        tokio::time::sleep(Duration::from_millis(30)).await;
        stage.put("a", "1").await
    };
    let (seen, made) = tokio::join!(batch(&mut watch), change);
    assert_eq!(seen.revision, made);
    assert_eq!(watch.next(Duration::from_millis(20)).await.unwrap(), None);
}
