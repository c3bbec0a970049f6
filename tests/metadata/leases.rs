//! Checks of leases.

use otlp_part::ports::metadata::{LeaseId, Op, Transaction};
use otlp_part::ports::{MetadataWatch, MetadataWrite, StoreError};

use super::{Stage, next};

async fn put_under<S: MetadataWrite>(stage: &Stage<S>, name: &str, lease: LeaseId) -> Result<(), StoreError> {
    let op = Op::Put { key: stage.key(name), value: b"x".to_vec(), lease: Some(lease) };
    stage.store.commit(Transaction { compares: vec![], ops: vec![op] }).await.map(drop)
}

fn is_gone(answer: Result<(), StoreError>, lease: LeaseId) -> bool {
    matches!(answer, Err(StoreError::LeaseGone(gone)) if gone == lease)
}

pub async fn keys_go_when_their_lease_ends<S: MetadataWrite>(stage: Stage<S>) {
    let lease = stage.store.grant_lease(stage.ttl).await.unwrap();
    put_under(&stage, "a", lease).await.unwrap();
    put_under(&stage, "b", lease).await.unwrap();
    let kept = stage.put("c", "1").await;
    assert_eq!(stage.get("a").await.unwrap().lease, Some(lease));
    stage.pass(stage.ttl);
    assert_eq!(stage.names().await, ["c"], "readers do not see them");
    let mut watch = stage.store.watch(&stage.all(), next(kept)).await.unwrap();
    let at = stage.put("d", "1").await;
    let batch = watch.next(stage.ttl).await.unwrap().unwrap();
    assert_eq!(batch.changes, [(stage.key("a"), None), (stage.key("b"), None)]);
    assert_eq!((batch.revision, at), (next(kept), next(next(kept))), "the end is a revision of its own");
    assert!(is_gone(put_under(&stage, "e", lease).await, lease));
    assert_eq!(stage.names().await, ["c", "d"]);
}

pub async fn renewed_leases_stay<S: MetadataWrite>(stage: Stage<S>) {
    let lease = stage.store.grant_lease(stage.ttl).await.unwrap();
    put_under(&stage, "a", lease).await.unwrap();
    for _ in 0..3 {
        stage.pass(stage.ttl / 2);
        stage.store.keep_alive(lease).await.unwrap();
    }
    assert_eq!(stage.names().await, ["a"]);
    stage.pass(stage.ttl);
    assert!(is_gone(stage.store.keep_alive(lease).await, lease));
    assert_eq!(stage.names().await.len(), 0);
}

pub async fn revoked_leases_take_their_keys<S: MetadataWrite>(stage: Stage<S>) {
    let lease = stage.store.grant_lease(stage.ttl).await.unwrap();
    let other = stage.store.grant_lease(stage.ttl).await.unwrap();
    assert_ne!(lease, other);
    put_under(&stage, "a", lease).await.unwrap();
    put_under(&stage, "b", other).await.unwrap();
    let before = stage.store.revision().await.unwrap();
    stage.store.revoke_lease(lease).await.unwrap();
    assert_eq!((stage.names().await, stage.store.revision().await.unwrap()), (vec!["b".to_owned()], next(before)));
    assert!(is_gone(stage.store.revoke_lease(lease).await, lease));
    assert!(is_gone(stage.store.keep_alive(lease).await, lease));
}

pub async fn a_put_without_lease_takes_the_key_off<S: MetadataWrite>(stage: Stage<S>) {
    let lease = stage.store.grant_lease(stage.ttl).await.unwrap();
    put_under(&stage, "a", lease).await.unwrap();
    stage.put("a", "free").await;
    stage.pass(stage.ttl);
    stage.put("b", "1").await;
    assert_eq!(stage.get("a").await.unwrap().lease, None);
}
