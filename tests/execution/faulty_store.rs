//! A store of which one call goes wrong in a chosen way.

use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use otlp_part::metadata::MemoryStore;
use otlp_part::model::{Revision, Timestamp};
use otlp_part::ports::metadata::{
    Change, Entry, KeyRange, LeaseId, Limits, Op, Outcome, ReadAnswer, RevisionAt, Transaction,
};
use otlp_part::ports::unreachable::UnreachableCause;
use otlp_part::ports::{MetadataRead, MetadataWrite, StoreError};

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It does not arrive.
    LostRequest,
    /// It is done, and nobody is told.
    LostReply,
    /// It is done so many calls later, and nobody is told.
    Late(usize),
    /// Before it the lock's lease ends, though its holder lives.
    LeaseEnds,
    /// Every transaction that frees slots is done, and nobody is told.
    FreedUntold,
    /// Of the calls that need space, so many fail from the one of this number on.
    OutOfSpace(usize),
}

/// An execution that goes wrong takes some hundreds of calls.
const CALLS_MAX: usize = 20_000;

/// The store with its faults, each at the call of its number.
pub(crate) struct Faulty {
    inner: MemoryStore,
    faults: Vec<(usize, Fault)>,
    calls: AtomicUsize,
    puts: AtomicUsize,
    hits: AtomicUsize,
    late: Mutex<Vec<(usize, Transaction)>>,
}

/// How a call goes.
enum Way {
    Straight,
    Wrong(Fault),
}

impl Faulty {
    pub(crate) fn new(inner: MemoryStore, faults: Vec<(usize, Fault)>) -> Self {
        Self {
            inner,
            faults,
            calls: AtomicUsize::new(0),
            puts: AtomicUsize::new(0),
            hits: AtomicUsize::new(0),
            late: Mutex::new(Vec::new()),
        }
    }

    pub(crate) fn faults(&self) -> &[(usize, Fault)] {
        &self.faults
    }

    pub(crate) fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }

    /// How many of them need space.
    pub(crate) fn puts(&self) -> usize {
        self.puts.load(Ordering::Relaxed)
    }

    /// How often a fault was felt.
    pub(crate) fn hits(&self) -> usize {
        self.hits.load(Ordering::Relaxed)
    }

    /// What is still on its way arrives.
    pub(crate) async fn arrive(&self) {
        self.deliver(usize::MAX).await;
    }

    async fn deliver(&self, call: usize) {
        let due: Vec<(usize, Transaction)> = {
            let mut late = self.late.lock().unwrap();
            let (due, rest) = late.drain(..).partition(|(at, _)| *at <= call);
            *late = rest;
            due
        };
        for (_, transaction) in due {
            // One that no longer fits conflicts; one whose lease has ended fails.
            let _ = self.inner.commit(transaction).await;
        }
    }

    async fn next(&self) -> Way {
        let call = self.calls.fetch_add(1, Ordering::Relaxed);
        assert!(call < CALLS_MAX, "it asks the store without end");
        self.deliver(call).await;
        let Some((_, fault)) = self.faults.iter().find(|(at, _)| *at == call) else { return Way::Straight };
        match fault {
            Fault::LostRequest | Fault::LostReply | Fault::Late(_) => {
                self.hits.fetch_add(1, Ordering::Relaxed);
                return Way::Wrong(*fault);
            }
            Fault::LeaseEnds => {
                let lock = self.inner.read(&[KeyRange::single("/otlp/rebalance/lock")], None).await.unwrap();
                if let Some(lease) = lock.ranges[0].first().and_then(|entry| entry.lease) {
                    self.inner.revoke_lease(lease).await.unwrap();
                    self.hits.fetch_add(1, Ordering::Relaxed);
                }
            }
            Fault::FreedUntold | Fault::OutOfSpace(_) => {}
        }
        Way::Straight
    }

    /// Whether there is no space for a call that needs some.
    fn is_full(&self) -> bool {
        let put = self.puts.fetch_add(1, Ordering::Relaxed);
        let is_full = |(from, fault): &(usize, Fault)| match fault {
            Fault::OutOfSpace(puts) => (*from..from + puts).contains(&put),
            Fault::LostRequest | Fault::LostReply | Fault::Late(_) | Fault::LeaseEnds | Fault::FreedUntold => false,
        };
        let full = self.faults.iter().any(is_full);
        if full {
            self.hits.fetch_add(1, Ordering::Relaxed);
        }
        full
    }

    fn silent(&self, applied_unknown: bool) -> StoreError {
        StoreError::Unreachable {
            place: self.inner.place().to_owned(),
            cause: UnreachableCause::Silent,
            reason: "no answer".to_owned(),
            applied_unknown,
        }
    }

    fn out_of_space(&self) -> StoreError {
        StoreError::OutOfSpace { place: self.inner.place().to_owned() }
    }

    /// A call that changes nothing.
    async fn asked<T>(&self, call: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
        match self.next().await {
            Way::Straight => call.await,
            Way::Wrong(_) => Err(self.silent(false)),
        }
    }

    /// A call of a lease, which is never late.
    async fn done<T>(&self, call: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
        let way = self.next().await;
        self.done_so(way, call).await
    }

    async fn done_so<T>(&self, way: Way, call: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
        match way {
            Way::Straight => call.await,
            Way::Wrong(Fault::LostReply) => {
                call.await?;
                Err(self.silent(true))
            }
            Way::Wrong(_) => Err(self.silent(true)),
        }
    }
}

impl MetadataRead for Faulty {
    type Watch = <MemoryStore as MetadataRead>::Watch;

    fn place(&self) -> &str {
        self.inner.place()
    }

    async fn revision(&self) -> Result<Revision, StoreError> {
        self.asked(self.inner.revision()).await
    }

    async fn read(&self, ranges: &[KeyRange], at: Option<Revision>) -> Result<ReadAnswer, StoreError> {
        self.asked(self.inner.read(ranges, at)).await
    }

    async fn scan(
        &self,
        range: &KeyRange,
        at: Option<Revision>,
        visit: &mut (dyn FnMut(&Entry) -> ControlFlow<()> + Send),
    ) -> Result<Revision, StoreError> {
        self.asked(self.inner.scan(range, at, visit)).await
    }

    async fn revision_at(&self, time: Timestamp) -> Result<RevisionAt, StoreError> {
        self.asked(self.inner.revision_at(time)).await
    }

    async fn history(&self, key: &str, limit: usize) -> Result<Vec<Change>, StoreError> {
        self.asked(self.inner.history(key, limit)).await
    }

    async fn watch(&self, range: &KeyRange, from: Revision) -> Result<Self::Watch, StoreError> {
        self.asked(self.inner.watch(range, from)).await
    }
}

impl MetadataWrite for Faulty {
    fn limits(&self) -> Limits {
        self.inner.limits()
    }

    async fn commit(&self, transaction: Transaction) -> Result<Outcome, StoreError> {
        let way = self.next().await;
        let frees = |op: &Op| matches!(op, Op::Delete { key } if key.starts_with("/otlp/rebalance/slots/"));
        let is_untold = self.faults.iter().any(|(_, fault)| *fault == Fault::FreedUntold);
        if is_untold && transaction.ops.iter().any(frees) {
            self.hits.fetch_add(1, Ordering::Relaxed);
            let _ = self.inner.commit(transaction).await?;
            return Err(self.silent(true));
        }
        if transaction.ops.iter().any(|op| matches!(op, Op::Put { .. })) && self.is_full() {
            return Err(self.out_of_space());
        }
        match way {
            Way::Straight => self.inner.commit(transaction).await,
            Way::Wrong(fault) => {
                match fault {
                    Fault::LostReply => drop(self.inner.commit(transaction).await?),
                    Fault::Late(calls) => self.late.lock().unwrap().push((self.calls() + calls, transaction)),
                    Fault::LostRequest | Fault::LeaseEnds | Fault::FreedUntold | Fault::OutOfSpace(_) => {}
                }
                Err(self.silent(true))
            }
        }
    }

    async fn grant_lease(&self, ttl: Duration) -> Result<LeaseId, StoreError> {
        let way = self.next().await;
        if self.is_full() {
            return Err(self.out_of_space());
        }
        self.done_so(way, self.inner.grant_lease(ttl)).await
    }

    async fn keep_alive(&self, lease: LeaseId) -> Result<(), StoreError> {
        self.done(self.inner.keep_alive(lease)).await
    }

    async fn revoke_lease(&self, lease: LeaseId) -> Result<(), StoreError> {
        self.done(self.inner.revoke_lease(lease)).await
    }

    async fn compact(&self, before: Revision) -> Result<Option<u64>, StoreError> {
        self.done(self.inner.compact(before)).await
    }
}
