//! Checks of revisions and transactions.

use otlp_part::model::Revision;
use otlp_part::ports::metadata::{Compare, KeyRange, Op, Outcome, Transaction};
use otlp_part::ports::{MetadataWrite, StoreError};

use super::{Stage, committed, next};

pub async fn every_writing_transaction_is_one_revision<S: MetadataWrite>(stage: Stage<S>) {
    let start = stage.store.revision().await.unwrap();
    assert!(start > Revision::NONE, "a store starts at a revision that can be read");
    let first = stage.apply(vec![stage.put_op("a", "1"), stage.put_op("b", "1")]).await;
    assert_eq!(first, next(start));
    assert_eq!(stage.put("a", "2").await, next(first));
    assert_eq!(stage.store.revision().await.unwrap(), next(first));
}

pub async fn create_and_mod_revision_and_version_follow_the_key<S: MetadataWrite>(stage: Stage<S>) {
    let created = stage.put("a", "1").await;
    let changed = stage.put("a", "1").await;
    let entry = stage.get("a").await.unwrap();
    assert_eq!(
        (entry.create_revision, entry.mod_revision, entry.version),
        (created, changed, 2),
        "same value, new change"
    );
    let deleted = stage.delete("a").await;
    assert_eq!(deleted, next(changed));
    assert_eq!(stage.get("a").await, None);
    let again = stage.put("a", "3").await;
    let entry = stage.get("a").await.unwrap();
    assert_eq!((entry.create_revision, entry.mod_revision, entry.version), (again, again, 1));
}

pub async fn all_comparisons_must_hold<S: MetadataWrite>(stage: Stage<S>) {
    let at = stage.put("a", "1").await;
    let mod_is = |name: &str, is| Compare::ModRevision { key: stage.key(name), is };
    let create_is = |name: &str, is| Compare::CreateRevision { key: stage.key(name), is };
    let a = stage.get("a").await.unwrap();
    let holding =
        [Compare::unchanged(&a), Compare::absent(stage.key("b")), create_is("a", at), create_is("b", Revision(0))];
    let done = stage.commit_if(holding.to_vec(), vec![stage.put_op("c", "1")]).await;
    assert_eq!(done, Outcome::Committed { revision: next(at) });
    for failing in
        [mod_is("a", next(at)), Compare::absent(stage.key("a")), mod_is("b", at), create_is("a", Revision(0))]
    {
        let compares = vec![create_is("a", at), failing.clone()];
        let outcome = stage.commit_if(compares, vec![stage.put_op("a", "no"), stage.delete_op("c")]).await;
        assert!(matches!(outcome, Outcome::Conflict { .. }), "{failing:?}");
    }
    assert_eq!(stage.names().await, ["a", "c"]);
    assert_eq!(stage.store.revision().await.unwrap(), next(at), "a conflict makes no revision");
}

pub async fn a_conflict_tells_what_was_found<S: MetadataWrite>(stage: Stage<S>) {
    let revision = stage.put("a", "1").await;
    let compares = vec![Compare::absent(stage.key("b")), Compare::absent(stage.key("a"))];
    let outcome = stage.commit_if(compares, vec![]).await;
    assert_eq!(outcome, Outcome::Conflict { revision, found: vec![None, stage.get("a").await] });
}

pub async fn what_changes_nothing_makes_no_revision<S: MetadataWrite>(stage: Stage<S>) {
    let at = stage.put("a", "1").await;
    assert_eq!(stage.apply(vec![]).await, at);
    assert_eq!(stage.delete("b").await, at);
    assert_eq!(stage.apply(vec![stage.delete_op("b"), stage.put_op("c", "1")]).await, next(at));
}

pub async fn misuse_is_refused_and_changes_nothing<S: MetadataWrite>(stage: Stage<S>) {
    let at = stage.store.revision().await.unwrap();
    let limits = stage.store.limits();
    let many = |n: usize| (0..n).map(|i| stage.put_op(&format!("{i:06}"), "x")).collect::<Vec<_>>();
    let put = |key: String, size: usize| Op::put(key, vec![b'x'; size]);
    let bad: [Vec<Op>; 5] = [
        vec![stage.put_op("a", "1"), stage.delete_op("a")],
        vec![stage.put_op("a", "1"), Op::put(String::new(), "x")],
        vec![stage.put_op("a", "1"), Op::put("/".repeat(1025), "x")],
        vec![stage.put_op("a", "1"), put(stage.key("b"), limits.value_bytes_max + 1)],
        many(limits.operations_max + 1),
    ];
    for ops in bad {
        let refused = stage.store.commit(Transaction { compares: vec![], ops }).await;
        assert!(matches!(refused, Err(StoreError::Malformed(_))), "{refused:?}");
    }
    assert_eq!((stage.store.revision().await.unwrap(), stage.names().await.len()), (at, 0));
    stage.apply(many(limits.operations_max.min(2000))).await;
    assert_eq!(stage.names().await.len(), limits.operations_max.min(2000));
}

/// Not every store tells how many states it has forgotten.
fn told(removed: Option<u64>, expected: u64) {
    assert_eq!(removed.unwrap_or(expected), expected);
}

pub async fn compaction_forgets_what_was_before<S: MetadataWrite>(stage: Stage<S>) {
    let first = stage.put("a", "1").await;
    let second = stage.put("a", "2").await;
    let deleted = stage.delete("a").await;
    let last = stage.put("b", "1").await;
    let future = stage.store.compact(next(last)).await;
    assert!(matches!(future, Err(StoreError::FutureRevision { .. })), "{future:?}");
    told(stage.store.compact(second).await.unwrap(), 1);
    let gone = super::one(&stage.store, &stage.key("a"), Some(first)).await;
    assert!(
        matches!(gone, Err(StoreError::Compacted { asked, oldest }) if (asked, oldest) == (first, second)),
        "{gone:?}"
    );
    assert_eq!(stage.get_at("a", second).await.unwrap().value, b"2");
    told(stage.store.compact(first).await.unwrap(), 0); // Done already.
    told(stage.store.compact(deleted).await.unwrap(), 1);
    assert_eq!(stage.get_at("a", deleted).await, None);
    assert_eq!(stage.store.history(&stage.key("a"), 9).await.unwrap(), []);
    assert_eq!(stage.names().await, ["b"]);
}

pub async fn a_range_in_which_nothing_is_newer<S: MetadataWrite>(stage: Stage<S>) {
    stage.put("r/a", "1").await;
    let read = stage.put("other", "1").await;
    let guard = |than| vec![Compare::NothingNewer { range: KeyRange::prefix(&stage.key("r/")), than }];
    let quiet = vec![Compare::NothingNewer { range: KeyRange::prefix(&stage.key("none/")), than: Revision::NONE }];
    committed(stage.commit_if(quiet, vec![stage.put_op("x", "0")]).await);
    committed(stage.commit_if(guard(read), vec![stage.put_op("x", "1")]).await);
    // A deletion goes unnoticed, a new key and a changed one do not.
    stage.delete("r/a").await;
    let before = committed(stage.commit_if(guard(read), vec![stage.put_op("x", "2")]).await);
    stage.put("r/b", "1").await;
    let outcome = stage.commit_if(guard(before), vec![stage.put_op("x", "no")]).await;
    let Outcome::Conflict { found, .. } = outcome else { panic!("{outcome:?}") };
    assert_eq!(found, [stage.get("r/b").await]);
    assert_eq!(stage.get("x").await.unwrap().value, b"2");
}
