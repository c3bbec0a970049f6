//! A metadata store in memory, with full history: for tests and simulations.
//!
//! Invariant: it answers as [`super::sqlite`] does, which the conformance suite holds both to; clones are handles on one
//! store; it lives no longer than the process.

mod state;

use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::initial::InitialRevisions;
use super::polling::poll;
use crate::model::{Revision, Timestamp};
use crate::ports::metadata::{
    Change, Entry, KeyRange, LeaseId, Limits, Outcome, ReadAnswer, RevisionAt, Transaction, VALUE_BYTES_MAX,
    WatchBatch, check_transaction,
};
use crate::ports::{Clock, MetadataRead, MetadataWatch, MetadataWrite, StoreError};
use state::State;

/// How often a watch looks for changes: a look costs next to nothing.
const POLL_INTERVAL: Duration = Duration::from_millis(5);

/// What a transaction may hold unless [`MemoryStore::with_limits`] says otherwise: as in [`super::sqlite::LIMITS`].
const LIMITS: Limits = super::sqlite::LIMITS;

/// A handle on a store in memory.
#[derive(Clone)]
pub struct MemoryStore {
    place: String,
    limits: Limits,
    clock: Arc<dyn Clock>,
    state: Arc<Mutex<State>>,
}

impl MemoryStore {
    /// An empty store at revision 1, as a new etcd is.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        let empty = State::empty(Revision(1), clock.now());
        Self::of(clock, empty)
    }

    /// A store that starts with entries.
    ///
    /// # Errors
    /// [`StoreError::Malformed`]: a key is given twice or too long, a value too large, or revisions do not fit.
    pub fn with_entries(
        clock: Arc<dyn Clock>,
        initial: impl IntoIterator<Item = Entry>,
        revisions: InitialRevisions,
    ) -> Result<Self, StoreError> {
        let entries = initial.into_iter().map(|entry| revisions.adopt(entry)).collect::<Result<_, _>>()?;
        let state = State::new(revisions.revision()?, entries, clock.now())?;
        Ok(Self::of(clock, state))
    }

    fn of(clock: Arc<dyn Clock>, state: State) -> Self {
        Self { place: "memory:".to_owned(), limits: LIMITS, clock, state: Arc::new(Mutex::new(state)) }
    }

    /// This handle with other limits, such as etcd's 128 operations; values never exceed [`VALUE_BYTES_MAX`].
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = Limits { value_bytes_max: limits.value_bytes_max.min(VALUE_BYTES_MAX), ..limits };
        self
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The time that ends leases for this read: none in the past, which is shown as it was.
    fn live_at(&self, at: Option<Revision>) -> Option<Timestamp> {
        at.is_none().then(|| self.clock.now())
    }
}

impl MetadataRead for MemoryStore {
    type Watch = MemoryWatch;

    fn place(&self) -> &str {
        &self.place
    }

    async fn revision(&self) -> Result<Revision, StoreError> {
        Ok(self.lock().revision())
    }

    async fn read(&self, ranges: &[KeyRange], at: Option<Revision>) -> Result<ReadAnswer, StoreError> {
        let live_at = self.live_at(at);
        let state = self.lock();
        let revision = state.readable(at)?;
        let entries = |range| state.entries(range, revision, live_at).cloned().collect();
        Ok(ReadAnswer { revision, ranges: ranges.iter().map(entries).collect() })
    }

    async fn scan(
        &self,
        range: &KeyRange,
        at: Option<Revision>,
        visit: &mut (dyn FnMut(&Entry) -> ControlFlow<()> + Send),
    ) -> Result<Revision, StoreError> {
        let live_at = self.live_at(at);
        let state = self.lock();
        let revision = state.readable(at)?;
        for entry in state.entries(range, revision, live_at) {
            if visit(entry).is_break() {
                break;
            }
        }
        Ok(revision)
    }

    async fn revision_at(&self, time: Timestamp) -> Result<RevisionAt, StoreError> {
        self.lock().revision_at(time)
    }

    async fn history(&self, key: &str, limit: usize) -> Result<Vec<Change>, StoreError> {
        Ok(self.lock().history(key, limit))
    }

    async fn watch(&self, range: &KeyRange, from: Revision) -> Result<MemoryWatch, StoreError> {
        self.lock().next_batch(range, from)?;
        Ok(MemoryWatch { state: Arc::clone(&self.state), range: range.clone(), next: from })
    }
}

impl MetadataWrite for MemoryStore {
    fn limits(&self) -> Limits {
        self.limits
    }

    async fn commit(&self, transaction: Transaction) -> Result<Outcome, StoreError> {
        check_transaction(&transaction, self.limits)?;
        let now = self.clock.now();
        self.lock().commit(transaction, now)
    }

    async fn grant_lease(&self, ttl: Duration) -> Result<LeaseId, StoreError> {
        let now = self.clock.now();
        let ttl_nanos = i128::try_from(ttl.as_nanos()).unwrap_or(i128::MAX);
        Ok(self.lock().grant(ttl_nanos, now))
    }

    async fn keep_alive(&self, lease: LeaseId) -> Result<(), StoreError> {
        let now = self.clock.now();
        self.lock().keep_alive(lease, now)
    }

    async fn revoke_lease(&self, lease: LeaseId) -> Result<(), StoreError> {
        let now = self.clock.now();
        self.lock().revoke(lease, now)
    }

    async fn compact(&self, before: Revision) -> Result<Option<u64>, StoreError> {
        self.lock().compact(before).map(Some)
    }
}

/// A watch on a store in memory.
pub struct MemoryWatch {
    state: Arc<Mutex<State>>,
    range: KeyRange,
    next: Revision,
}

impl MetadataWatch for MemoryWatch {
    async fn next(&mut self, timeout: Duration) -> Result<Option<WatchBatch>, StoreError> {
        let found = poll(timeout, POLL_INTERVAL, || {
            let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            let batch = state.next_batch(&self.range, self.next)?;
            if batch.is_none() {
                self.next = self.next.max(Revision(state.revision().0 + 1));
            }
            Ok(batch)
        });
        let found = found.await?;
        if let Some(batch) = &found {
            self.next = Revision(batch.revision.0 + 1);
        }
        Ok(found)
    }
}
