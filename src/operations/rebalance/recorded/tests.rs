use std::sync::Arc;

use super::*;
use crate::metadata::MemoryStore;
use crate::operations::AuditContext;
use crate::operations::change::Consent;
use crate::planner::MoveKind;
use crate::planner::Settings;
use crate::planner::document::samples::{a_move, document, layout, plan, provenance};
use crate::planner::document::{PlanDocument, Provenance, inverse};
use crate::ports::MetadataWrite;
use crate::ports::clock::FixedClock;
use crate::ports::metadata::{Limits, Op, Transaction};

fn wait<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
}

fn store() -> MemoryStore {
    let store = MemoryStore::new(Arc::new(FixedClock(Timestamp::EPOCH)));
    put(&store, "/otlp/nodes/n0", "{}");
    store
}

fn put(store: &MemoryStore, key: &str, value: &str) {
    let ops = vec![Op::put(key.to_owned(), value)];
    let _ = wait(store.commit(Transaction { compares: vec![], ops })).unwrap();
}

fn remove(store: &MemoryStore, key: &str) {
    let ops = vec![Op::Delete { key: key.to_owned() }];
    let _ = wait(store.commit(Transaction { compares: vec![], ops })).unwrap();
}

fn context(nonce: u64) -> AuditContext {
    let (actor, host, command) = ("a".into(), "h".into(), "plan-rebalance".into());
    AuditContext { now: Timestamp::from_seconds(5), actor, host, command, reason: None, nonce }
}

fn recording(document: &PlanDocument) -> Recording {
    Recording::new(&ReadPlan::made(document.clone()), &inverse(&layout(), document)).unwrap()
}

fn record(store: &MemoryStore, document: &PlanDocument, nonce: u64) -> Result<Recorded, OperationError> {
    wait(recording(document).apply(store, &Keys::default(), &context(nonce), Consent::Flag))
}

/// Plans that differ, made one after another.
fn documents(count: u32) -> Vec<PlanDocument> {
    let document = |n: u32| {
        let band_ppm = 10_000 + n;
        let moves = vec![a_move(0, MoveKind::Replica, Some(1), Some(3))];
        let provenance = Provenance { created_at: Timestamp::from_seconds(i64::from(n)), ..provenance() };
        PlanDocument::new(&layout(), &Settings { band_ppm, ..Settings::default() }, &plan(moves), provenance)
    };
    (0..count).map(document).collect()
}

fn listed(store: &MemoryStore) -> StoredPlans {
    wait(list(store, &Keys::default(), None)).unwrap()
}

fn names(store: &MemoryStore) -> Vec<String> {
    let lists = wait(store.read(&[Keys::default().plans()], None)).unwrap().ranges;
    lists[0].iter().map(|e| e.key["/otlp/plans/".len()..].to_owned()).collect()
}

/// A store whose transactions take one full chunk, and a plan of several chunks: its messages cannot be compressed.
fn large() -> (MemoryStore, PlanDocument) {
    let store = store();
    let limits = Limits { request_bytes_max: 800 << 10, ..store.limits() };
    let mut document = document();
    let mut state = 1_u64;
    let mut noise = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        format!("{:x}", state >> 16)
    };
    let left = document.unplanned[0].clone();
    document.unplanned = (0..140_000)
        .map(|_| crate::planner::document::UnplannedDocument { message: noise() + &noise(), ..left.clone() })
        .collect();
    (store.with_limits(limits), document.sealed())
}

#[test]
fn a_plan_and_its_inverse_come_back() {
    let (store, document) = (store(), document());
    let Recorded::Now(applied) = record(&store, &document, 1).unwrap() else { panic!("it is new") };
    assert_eq!((applied.keys, applied.transactions), (3, 1), "all at once, as it fits");
    let id = &document.plan_id;
    assert_eq!(names(&store), [format!("{id}/000000"), format!("{id}/000001"), format!("{id}/head")]);
    let keys = Keys::default();
    let read = wait(get(&store, &keys, None, id, Which::Plan)).unwrap();
    assert_eq!(read, ReadPlan::made(document.clone()));
    let back = wait(get(&store, &keys, None, id, Which::Inverse)).unwrap();
    assert_eq!(back.document, inverse(&layout(), &document));
    let plans = listed(&store);
    let head = plans.plans[0].readable().unwrap();
    assert_eq!((head.moves, head.leader_transfers, head.move_bytes, head.unplanned), (1, 2, 100, 1));
    assert!(plans.plans[0].bytes > 500 && !plans.plans[0].is_unfinished());
    assert!(matches!(
        wait(get(&store, &keys, None, "plan-0123456789ab", Which::Plan)),
        Err(OperationError::NotFound { .. })
    ));
}

#[test]
fn the_same_plan_twice_is_known() {
    let (store, document) = (store(), document());
    record(&store, &document, 1).unwrap();
    let before = wait(store.revision()).unwrap();
    assert_eq!(record(&store, &document, 2).unwrap(), Recorded::Already);
    assert_eq!(wait(store.revision()).unwrap(), before);
    // Made again at a later revision by somebody else, it is the same plan all the same.
    let mut later = document.clone();
    (later.store_revision, later.created_by) = (77, "bob".into());
    let later = later.sealed();
    assert_ne!(later.plan_id, document.plan_id);
    let plans = listed(&store);
    assert_eq!(plans.same_as(&ReadPlan::made(later)).unwrap().plan_id, document.plan_id);
    assert_eq!(plans.same_as(&ReadPlan::made(documents(1).remove(0))), None);
    // 48 bits of a digest may be another plan's.
    let head = format!("/otlp/plans/{}/head", document.plan_id);
    let value = wait(store.read(&[KeyRange::single(&head)], None)).unwrap().ranges[0][0].value.clone();
    put(&store, &head, &String::from_utf8(value).unwrap().replace(&document.digest, "sha256:other"));
    assert!(matches!(record(&store, &document, 3), Err(OperationError::Exists { .. })));
    assert!(matches!(
        wait(get(&store, &Keys::default(), None, &document.plan_id, Which::Plan)),
        Err(OperationError::Corrupt { .. })
    ));
}

#[test]
fn a_large_plan_is_written_chunk_by_chunk_and_the_head_last() {
    let (store, document) = large();
    let Recorded::Now(applied) = record(&store, &document, 1).unwrap() else { panic!("it is new") };
    assert!(applied.keys >= 5 && applied.transactions >= 3, "{applied:?}");
    let read = wait(get(&store, &Keys::default(), None, &document.plan_id, Which::Plan)).unwrap();
    assert_eq!(read.document.plan_id, document.plan_id);
    let audits = wait(store.read(&[Keys::default().audits()], None)).unwrap().ranges;
    assert_eq!(audits[0].len(), applied.transactions);
    let last = String::from_utf8_lossy(&audits[0].last().unwrap().value).into_owned();
    assert!(last.contains(&format!("part {0} of {0}", applied.transactions)) && last.contains("/head"), "{last}");
}

/// Whatever happens to a chunk before the head is written, there is no plan that is not whole.
#[test]
fn a_stop_in_the_middle_leaves_no_plan_and_the_next_run_writes_over_it() {
    let (store, document) = large();
    let keys = Keys::default();
    let id = document.plan_id.clone();
    // The audit entry of the second transaction stands already: it cannot be written.
    put(&store, &context(1).key(&keys, 1), "{}");
    let error = record(&store, &document, 1).unwrap_err();
    assert!(matches!(error, OperationError::Partly { applied: 1.., .. }), "{error:?}");
    let plans = listed(&store);
    assert!(plans.plans[0].head.is_none() && plans.existing().next().is_none());
    assert!(matches!(wait(get(&store, &keys, None, &id, Which::Plan)), Err(OperationError::NotFound { .. })));
    assert!(matches!(delete(&plans, "plan-0123456789ab"), Err(OperationError::NotFound { .. })));
    record(&store, &document, 2).unwrap();
    assert!(wait(get(&store, &keys, None, &id, Which::Plan)).is_ok());
}

#[test]
fn a_plan_that_is_pruned_while_it_is_recorded_gets_no_head() {
    let (store, document) = large();
    let keys = Keys::default();
    // A store that loses the first chunk when the second is written.
    let pruned = Meddling { inner: store.clone(), victim: Some(keys.plan_chunk(&document.plan_id, 0)) };
    let error = wait(recording(&document).apply(&pruned, &keys, &context(1), Consent::Flag)).unwrap_err();
    assert!(
        matches!(&error, OperationError::Partly { source, .. } if matches!(**source, OperationError::Conflict { .. })),
        "{error:?}"
    );
    assert!(listed(&store).existing().next().is_none());
}

#[test]
fn of_two_who_record_the_same_plan_at_once_each_has_it_recorded() {
    let (store, document) = (store(), document());
    let (keys, before) = (Keys::default(), wait(store.revision()).unwrap());
    let shared = Meddling { inner: store.clone(), victim: None };
    let recorded = wait(recording(&document).apply(&shared, &keys, &context(1), Consent::Flag)).unwrap();
    assert_eq!(recorded, Recorded::Already);
    assert_eq!(listed(&store).existing().count(), 1);
    assert_eq!(wait(store.revision()).unwrap(), Revision(before.0 + 1), "it was written once");
}

/// Somebody else at the same store, who deletes a key after the second transaction, or makes every one first.
struct Meddling {
    inner: MemoryStore,
    victim: Option<String>,
}

impl MetadataRead for Meddling {
    type Watch = <MemoryStore as MetadataRead>::Watch;
    fn place(&self) -> &str {
        self.inner.place()
    }
    async fn revision(&self) -> Result<Revision, crate::ports::StoreError> {
        self.inner.revision().await
    }
    async fn read(
        &self,
        ranges: &[KeyRange],
        at: Option<Revision>,
    ) -> Result<crate::ports::metadata::ReadAnswer, crate::ports::StoreError> {
        self.inner.read(ranges, at).await
    }
    async fn scan(
        &self,
        range: &KeyRange,
        at: Option<Revision>,
        visit: &mut (dyn FnMut(&Entry) -> ControlFlow<()> + Send),
    ) -> Result<Revision, crate::ports::StoreError> {
        self.inner.scan(range, at, visit).await
    }
    async fn revision_at(
        &self,
        time: Timestamp,
    ) -> Result<crate::ports::metadata::RevisionAt, crate::ports::StoreError> {
        self.inner.revision_at(time).await
    }
    async fn history(
        &self,
        key: &str,
        limit: usize,
    ) -> Result<Vec<crate::ports::metadata::Change>, crate::ports::StoreError> {
        self.inner.history(key, limit).await
    }
    async fn watch(&self, range: &KeyRange, from: Revision) -> Result<Self::Watch, crate::ports::StoreError> {
        self.inner.watch(range, from).await
    }
}

impl MetadataWrite for Meddling {
    fn limits(&self) -> Limits {
        self.inner.limits()
    }
    async fn commit(
        &self,
        transaction: Transaction,
    ) -> Result<crate::ports::metadata::Outcome, crate::ports::StoreError> {
        let Some(victim) = &self.victim else {
            let _ = self.inner.commit(transaction.clone()).await?;
            return self.inner.commit(transaction).await;
        };
        let second = transaction.ops.iter().any(|op| op.key().ends_with("/000001"));
        let outcome = self.inner.commit(transaction).await;
        if second {
            let ops = vec![Op::Delete { key: victim.clone() }];
            let _ = self.inner.commit(Transaction { compares: vec![], ops }).await?;
        }
        outcome
    }
    async fn grant_lease(
        &self,
        ttl: std::time::Duration,
    ) -> Result<crate::ports::metadata::LeaseId, crate::ports::StoreError> {
        self.inner.grant_lease(ttl).await
    }
    async fn keep_alive(&self, lease: crate::ports::metadata::LeaseId) -> Result<(), crate::ports::StoreError> {
        self.inner.keep_alive(lease).await
    }
    async fn revoke_lease(&self, lease: crate::ports::metadata::LeaseId) -> Result<(), crate::ports::StoreError> {
        self.inner.revoke_lease(lease).await
    }
    async fn compact(&self, before: Revision) -> Result<Option<u64>, crate::ports::StoreError> {
        self.inner.compact(before).await
    }
}

fn apply(store: &MemoryStore, change: crate::operations::ChangeSet, nonce: u64) {
    wait(change.approve(Consent::Flag).apply(store, &Keys::default(), &context(nonce))).unwrap();
}

#[test]
fn the_newest_and_the_unfinished_are_kept() {
    let store = store();
    let documents = documents(6);
    for (nonce, document) in (1..).zip(&documents) {
        record(&store, document, nonce).unwrap();
    }
    let id = |n: usize| documents[n].plan_id.as_str();
    let left = |store: &MemoryStore| -> Vec<String> { listed(store).plans.iter().map(|p| p.id.clone()).collect() };
    assert_eq!(left(&store), [5, 4, 3, 2, 1, 0].map(id), "the newest first");
    // The oldest but one is in flight, and one more was never finished.
    put(&store, "/otlp/migrations/partition_489540_0000", &format!(r#"{{"plan_id":"{}"}}"#, id(1)));
    put(&store, "/otlp/plans/plan-00000000000f/000000", "{}");
    let default = prune(&listed(&store), Kept::default());
    assert!(
        default.summary.contains("delete 1 of 7") && default.summary.contains("not finished"),
        "{}",
        default.summary
    );
    let kept = Kept { plans: 2, ..Kept::default() };
    assert!(matches!(delete(&listed(&store), id(1)), Err(OperationError::Refused { .. })));
    apply(&store, prune(&listed(&store), kept), 50);
    assert_eq!(left(&store), [5, 4, 1].map(id));
    assert!(prune(&listed(&store), kept).is_empty());
    // By size: room for the one that is in flight and one more.
    let bytes: Vec<u64> = listed(&store).plans.iter().map(|p| p.bytes).collect();
    let kept = Kept { bytes_max: bytes[0] + bytes[2], ..Kept::default() };
    apply(&store, prune(&listed(&store), kept), 51);
    assert_eq!(left(&store), [5, 1].map(id));
    apply(&store, delete(&listed(&store), id(5)).unwrap(), 52);
    remove(&store, "/otlp/migrations/partition_489540_0000");
    apply(&store, prune(&listed(&store), Kept { plans: 0, ..kept }), 53);
    assert_eq!(names(&store), Vec::<String>::new());
}

#[test]
fn what_cannot_be_read_is_told_and_stays() {
    let store = store();
    let document = document();
    record(&store, &document, 1).unwrap();
    let keys = Keys::default();
    let id = &document.plan_id;
    put(&store, "/otlp/plans/stray", "1");
    put(&store, "/otlp/plans/plan-000000000001/head", r#"{"schema":"otlp-part/plan-head/v2"}"#);
    let plans = listed(&store);
    let corrupt: Vec<String> = plans.corrupt(&keys).into_iter().map(|c| c.key).collect();
    assert_eq!(corrupt, ["/otlp/plans/stray", "/otlp/plans/plan-000000000001/head"]);
    assert_eq!(prune(&plans, Kept { plans: 0, bytes_max: 0 }).len(), 3, "the readable one's keys");
    for (key, value) in [("000000", Some("{}")), ("000000", None), ("head", Some("{}"))] {
        let key = format!("/otlp/plans/{id}/{key}");
        match value {
            Some(value) => put(&store, &key, value),
            None => remove(&store, &key),
        }
        let error = wait(get(&store, &keys, None, id, Which::Plan)).unwrap_err();
        assert!(matches!(error, OperationError::Corrupt { .. }), "{error:?}");
    }
}

#[test]
fn a_plan_of_no_cluster_is_not_recorded() {
    let mut document = document();
    document.cluster_id = String::new();
    let document = document.sealed();
    let error = Recording::new(&ReadPlan::made(document.clone()), &inverse(&layout(), &document)).unwrap_err();
    assert!(matches!(error, OperationError::Refused { .. }), "{error}");
}
