//! A store in memory at whose commits things happen, for the tests of this module.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::metadata::MemoryStore;
use crate::metadata::memory::MemoryWatch;
use crate::model::{Revision, Timestamp};
use crate::ports::clock::FixedClock;
use crate::ports::metadata::{
    Change, Entry, KeyRange, LeaseId, Limits, Op, Outcome, REQUEST_BYTES_MAX, ReadAnswer, RevisionAt, Transaction,
    VALUE_BYTES_MAX,
};
use crate::ports::{MetadataRead, MetadataWrite, StoreError, UnreachableCause};

pub(super) fn wait<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
}

/// What happens at a commit, before or instead of it.
#[derive(Clone, Debug)]
pub(super) enum Fault {
    /// The request is lost.
    Request,
    /// The reply is lost.
    Reply,
    /// Somebody else writes first.
    Before(Vec<Op>),
}

/// A store in memory at whose commits things happen, counted from 0.
#[derive(Clone)]
pub(super) struct Faulty {
    pub(super) inner: MemoryStore,
    faults: Arc<Mutex<VecDeque<Option<Fault>>>>,
}

impl Faulty {
    pub(super) fn new(operations_max: usize) -> Self {
        let limits = Limits { operations_max, value_bytes_max: VALUE_BYTES_MAX, request_bytes_max: REQUEST_BYTES_MAX };
        let inner = MemoryStore::new(Arc::new(FixedClock(Timestamp::EPOCH))).with_limits(limits);
        Self { inner, faults: Arc::default() }
    }

    /// Lets `fault` happen at the commit that comes after `commits` more.
    pub(super) fn at_commit(&self, commits: usize, fault: Fault) {
        let mut faults = self.faults.lock().unwrap();
        faults.resize(commits, None);
        faults.push_back(Some(fault));
    }

    /// Lets these faults happen at the next commits, one each.
    pub(super) fn at_every_commit(&self, faults: impl Iterator<Item = Fault>) {
        self.faults.lock().unwrap().extend(faults.map(Some));
    }

    /// Ends all faults.
    pub(super) fn heal(&self) {
        self.faults.lock().unwrap().clear();
    }

    pub(super) fn put(&self, key: &str, value: &str) {
        let transaction = Transaction { compares: vec![], ops: vec![Op::put(format!("/otlp/{key}"), value)] };
        assert!(matches!(wait(self.inner.commit(transaction)).unwrap(), Outcome::Committed { .. }));
    }

    pub(super) fn get(&self, key: &str) -> Option<String> {
        let range = KeyRange::single(&format!("/otlp/{key}"));
        let entry = wait(self.inner.read(&[range], None)).unwrap().ranges.remove(0).pop()?;
        Some(String::from_utf8(entry.value).unwrap())
    }
}

impl MetadataRead for Faulty {
    type Watch = MemoryWatch;

    fn place(&self) -> &str {
        self.inner.place()
    }

    async fn revision(&self) -> Result<Revision, StoreError> {
        self.inner.revision().await
    }

    async fn read(&self, ranges: &[KeyRange], at: Option<Revision>) -> Result<ReadAnswer, StoreError> {
        self.inner.read(ranges, at).await
    }

    async fn scan(
        &self,
        range: &KeyRange,
        at: Option<Revision>,
        visit: &mut (dyn FnMut(&Entry) -> ControlFlow<()> + Send),
    ) -> Result<Revision, StoreError> {
        self.inner.scan(range, at, visit).await
    }

    async fn revision_at(&self, time: Timestamp) -> Result<RevisionAt, StoreError> {
        self.inner.revision_at(time).await
    }

    async fn history(&self, key: &str, limit: usize) -> Result<Vec<Change>, StoreError> {
        self.inner.history(key, limit).await
    }

    async fn watch(&self, range: &KeyRange, from: Revision) -> Result<MemoryWatch, StoreError> {
        self.inner.watch(range, from).await
    }
}

impl MetadataWrite for Faulty {
    fn limits(&self) -> Limits {
        self.inner.limits()
    }

    async fn commit(&self, transaction: Transaction) -> Result<Outcome, StoreError> {
        let lost = |applied_unknown| {
            let reason = "a test".to_owned();
            let cause = UnreachableCause::Silent;
            Err(StoreError::Unreachable { place: "memory:".to_owned(), cause, reason, applied_unknown })
        };
        let fault = self.faults.lock().unwrap().pop_front().flatten();
        match fault {
            None => self.inner.commit(transaction).await,
            Some(Fault::Request) => lost(true),
            Some(Fault::Reply) => {
                let _ = self.inner.commit(transaction).await?;
                lost(true)
            }
            Some(Fault::Before(ops)) => {
                let _ = self.inner.commit(Transaction { compares: vec![], ops }).await?;
                self.inner.commit(transaction).await
            }
        }
    }

    async fn grant_lease(&self, ttl: Duration) -> Result<LeaseId, StoreError> {
        self.inner.grant_lease(ttl).await
    }

    async fn keep_alive(&self, lease: LeaseId) -> Result<(), StoreError> {
        self.inner.keep_alive(lease).await
    }

    async fn revoke_lease(&self, lease: LeaseId) -> Result<(), StoreError> {
        self.inner.revoke_lease(lease).await
    }

    async fn compact(&self, before: Revision) -> Result<Option<u64>, StoreError> {
        self.inner.compact(before).await
    }
}
