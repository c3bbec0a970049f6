//! A key that one process at a time holds, for as long as it lives: it hangs on a lease that is renewed.
//!
//! Invariant: safety never rests on it. Who must not write once it is gone compares the key's `create_revision` in the same
//! transaction.

use std::convert::Infallible;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep, sleep_until, timeout};

use crate::migration::LockValue;
use crate::model::Revision;
use crate::ports::metadata::{Compare, LeaseId, Op, Outcome, Transaction};
use crate::ports::{MetadataWrite, StoreError};

/// A key lives so long after its last renewal.
pub const LEASE_TTL: Duration = Duration::from_secs(15);
/// How often it is renewed.
const RENEW_EVERY: Duration = Duration::from_secs(5);
/// How long one renewal may take.
const RENEW_TIMEOUT: Duration = Duration::from_secs(4);

/// The key, held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The fence: `create_revision` of its key.
    pub revision: Revision,
    /// What it hangs on.
    pub lease: LeaseId,
}

/// What came of one try to take it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is ours.
    Held(Held),
    /// Somebody was faster, or nobody knows.
    No,
    /// The store is out of space and grants no lease.
    NoSpace,
}

/// Tries once to take the key, which must not be there.
///
/// # Errors
/// The store does not answer.
pub async fn take<S: MetadataWrite>(store: &S, key: &str, value: &str) -> Result<Taken, StoreError> {
    let lease = match store.grant_lease(LEASE_TTL).await {
        Ok(lease) => lease,
        Err(StoreError::OutOfSpace { .. }) => return Ok(Taken::NoSpace),
        Err(error) => return Err(error),
    };
    let put = Op::Put { key: key.to_owned(), value: value.as_bytes().to_vec(), lease: Some(lease) };
    let transaction = Transaction { compares: vec![Compare::absent(key.to_owned())], ops: vec![put] };
    match store.commit(transaction).await {
        Ok(Outcome::Committed { revision }) => Ok(Taken::Held(Held { revision, lease })),
        Ok(Outcome::Conflict { .. }) => {
            let _ = store.revoke_lease(lease).await;
            Ok(Taken::No)
        }
        Err(StoreError::OutOfSpace { .. }) => {
            let _ = store.revoke_lease(lease).await;
            Ok(Taken::NoSpace)
        }
        Err(StoreError::Unreachable { applied_unknown: true, .. }) => {
            let own = store.read_key(key).await?.filter(|entry| entry.lease == Some(lease));
            Ok(own.map_or(Taken::No, |entry| Taken::Held(Held { revision: entry.create_revision, lease })))
        }
        Err(error) => Err(error),
    }
}

/// Why a key is held no longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// Its lease is gone.
    Ended,
    /// The store did not answer for as long as it lives: what it said last.
    Silent(String),
}

/// Renews it for as long as it is polled; ends when it is lost.
pub async fn keep<S: MetadataWrite>(store: &S, held: Held) -> Lost {
    let mut alive_since = Instant::now();
    loop {
        let sent = Instant::now();
        let error = match timeout(RENEW_TIMEOUT, store.keep_alive(held.lease)).await {
            Ok(Ok(())) => {
                alive_since = sent;
                sleep(RENEW_EVERY).await;
                continue;
            }
            Ok(Err(StoreError::LeaseGone(_))) => return Lost::Ended,
            Ok(Err(other)) => other.to_string(),
            Err(_) => format!("no answer in {} s", RENEW_TIMEOUT.as_secs()),
        };
        if alive_since.elapsed() >= LEASE_TTL {
            return Lost::Silent(error);
        }
        sleep_until((sent + Duration::from_secs(1)).min(alive_since + LEASE_TTL)).await;
    }
}

/// Gives it back. A store that does not answer lets it end by itself.
pub async fn release<S: MetadataWrite>(store: &S, held: Held) {
    let _ = timeout(RENEW_TIMEOUT, store.revoke_lease(held.lease)).await;
}

/// How long is waited before a sign that was taken away is put up again.
const SAY_AGAIN_AFTER: Duration = Duration::from_secs(5);

/// Says that a run lives, while it does: a store that has no room for that, or does not answer, is not waited for.
pub(in crate::operations) struct Sign<'a, S> {
    store: &'a S,
    key: String,
    value: Option<String>,
    held: Mutex<Option<Held>>,
}

impl<'a, S: MetadataWrite> Sign<'a, S> {
    /// A sign that is not up yet.
    pub(in crate::operations) fn new(store: &'a S, key: String, holder: &LockValue) -> Self {
        Self { store, key, value: serde_json::to_string(holder).ok(), held: Mutex::new(None) }
    }

    fn with<T>(&self, work: impl FnOnce(&mut Option<Held>) -> T) -> T {
        work(&mut self.held.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Does some work while it is up.
    pub(in crate::operations) async fn while_up<T>(&self, work: impl Future<Output = T>) -> T {
        self.put_up().await;
        let done = tokio::select! {
            done = work => done,
            never = self.keep_up() => match never {},
        };
        self.take_down().await;
        done
    }

    /// Tries once to put it up.
    async fn put_up(&self) {
        let Some(value) = &self.value else { return };
        if let Ok(Taken::Held(held)) = take(self.store, &self.key, value).await {
            self.with(|now| *now = Some(held));
        }
    }

    /// Keeps it up for as long as it is polled.
    async fn keep_up(&self) -> Infallible {
        loop {
            if let Some(held) = self.with(|now| *now) {
                let _ = keep(self.store, held).await;
                self.with(|now| *now = None);
            }
            sleep(SAY_AGAIN_AFTER).await;
            self.put_up().await;
        }
    }

    /// Takes it down.
    async fn take_down(&self) {
        if let Some(held) = self.with(Option::take) {
            release(self.store, held).await;
        }
    }
}
