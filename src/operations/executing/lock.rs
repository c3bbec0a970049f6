//! The lock of the one executor: saves wasted work. Safety never rests on it, but on the fence of every transaction.

use std::time::Duration;

use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::event::{ExecutionEvent, Listener, WaitsFor};
use super::halt::{Halt, HaltReason};
use crate::migration::LockValue;
use crate::model::Revision;
use crate::operations::OperationError;
use crate::ports::metadata::{Compare, Entry, KeyRange, LeaseId, Op, Outcome, Transaction};
use crate::ports::{Keys, MetadataRead, MetadataWrite, StoreError};

/// The lock lives so long after its last renewal.
pub const LOCK_TTL: Duration = Duration::from_secs(15);
/// How often it is renewed.
const RENEW_EVERY: Duration = Duration::from_secs(5);
/// How long one renewal may take.
const RENEW_TIMEOUT: Duration = Duration::from_secs(4);
/// A dead executor's lock is gone this long after its time, at the latest.
const EXPIRY_SLACK: Duration = Duration::from_secs(2);
/// How often a lock that is held is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// The lock, held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldLock {
    /// The fence: `create_revision` of its key.
    pub revision: Revision,
    /// What it hangs on.
    pub lease: LeaseId,
}

/// What came of the wish for the lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acquired {
    /// It is ours.
    Held(HeldLock),
    /// Another executor holds it and is alive: who.
    Taken(String),
    /// The store is out of space and grants no lease: only deleting is possible.
    NoSpace,
}

/// Takes the lock; waits for that of a dead executor to end.
///
/// # Errors
/// The store does not answer.
pub(super) async fn acquire<S: MetadataWrite>(
    store: &S,
    keys: &Keys,
    value: &LockValue,
    halt: &Halt,
    tell: Listener<'_>,
) -> Result<Acquired, OperationError> {
    let json = serde_json::to_string(value).map_err(|e| OperationError::Invalid(e.to_string()))?;
    let mut waiting: Option<(Instant, Look)> = None;
    loop {
        let look = look(store, keys).await?;
        match &look.lock {
            None => match take(store, keys, &json).await? {
                Some(acquired) => {
                    if waiting.is_some() {
                        tell(&ExecutionEvent::GoesOn);
                    }
                    return Ok(acquired);
                }
                None => continue,
            },
            Some(entry) => {
                let holder = holder_of(entry);
                let (until, first) = waiting.get_or_insert_with(|| {
                    tell(&ExecutionEvent::Waits(WaitsFor::Lock(holder.clone())));
                    (Instant::now() + LOCK_TTL + EXPIRY_SLACK, look.clone())
                });
                // A dead executor writes no status, and its lock is gone by then.
                if look.shows_life_since(first) || Instant::now() >= *until {
                    return Ok(Acquired::Taken(holder));
                }
            }
        }
        tokio::select! {
            () = sleep(LOOK_EVERY) => {}
            () = halt.thrown() => return Ok(Acquired::Taken("nobody waits for it any longer".to_owned())),
        }
    }
}

/// The lock and the status of its holder.
#[derive(Clone, Debug)]
struct Look {
    lock: Option<Entry>,
    status: Revision,
}

impl Look {
    fn shows_life_since(&self, first: &Self) -> bool {
        let created = |look: &Self| look.lock.as_ref().map(|entry| entry.create_revision);
        self.status > first.status || created(self) != created(first)
    }
}

async fn look<S: MetadataRead>(store: &S, keys: &Keys) -> Result<Look, OperationError> {
    let ranges = [keys.rebalance_lock(), keys.rebalance_status()].map(|key| KeyRange::single(&key));
    let mut lists = store.read(&ranges, None).await?.ranges.into_iter();
    let mut one = || lists.next().unwrap_or_default().pop();
    Ok(Look { lock: one(), status: one().map_or(Revision::NONE, |entry| entry.mod_revision) })
}

fn holder_of(entry: &Entry) -> String {
    LockValue::parse(&entry.value).map_or_else(
        |_| format!("held by {}", String::from_utf8_lossy(&entry.value)),
        |value| format!("held by {value}"),
    )
}

/// `None` = somebody was faster, or nobody knows.
async fn take<S: MetadataWrite>(store: &S, keys: &Keys, json: &str) -> Result<Option<Acquired>, OperationError> {
    let lease = match store.grant_lease(LOCK_TTL).await {
        Ok(lease) => lease,
        Err(StoreError::OutOfSpace { .. }) => return Ok(Some(Acquired::NoSpace)),
        Err(error) => return Err(error.into()),
    };
    let key = keys.rebalance_lock();
    let put = Op::Put { key: key.clone(), value: json.as_bytes().to_vec(), lease: Some(lease) };
    let transaction = Transaction { compares: vec![Compare::absent(key.clone())], ops: vec![put] };
    match store.commit(transaction).await {
        Ok(Outcome::Committed { revision }) => Ok(Some(Acquired::Held(HeldLock { revision, lease }))),
        Ok(Outcome::Conflict { .. }) => {
            let _ = store.revoke_lease(lease).await;
            Ok(None)
        }
        Err(StoreError::OutOfSpace { .. }) => {
            let _ = store.revoke_lease(lease).await;
            Ok(Some(Acquired::NoSpace))
        }
        Err(StoreError::Unreachable { applied_unknown: true, .. }) => {
            let found = look(store, keys).await?.lock.filter(|entry| entry.lease == Some(lease));
            Ok(found.map(|entry| Acquired::Held(HeldLock { revision: entry.create_revision, lease })))
        }
        Err(error) => Err(error.into()),
    }
}

/// Renews the lock for as long as it is polled; throws the switch when it is lost, and then never ends.
pub(super) async fn keep<S: MetadataWrite>(store: &S, lock: HeldLock, halt: &Halt) {
    let mut alive_since = Instant::now();
    loop {
        let sent = Instant::now();
        let error = match timeout(RENEW_TIMEOUT, store.keep_alive(lock.lease)).await {
            Ok(Ok(())) => {
                alive_since = sent;
                sleep(RENEW_EVERY).await;
                continue;
            }
            Ok(Err(StoreError::LeaseGone(_))) => {
                halt.throw(HaltReason::LockLost("its lease has ended".to_owned()));
                break;
            }
            Ok(Err(other)) => other.to_string(),
            Err(_) => format!("no answer in {} s", RENEW_TIMEOUT.as_secs()),
        };
        if alive_since.elapsed() >= LOCK_TTL {
            halt.throw(HaltReason::StoreLost(error));
            break;
        }
        sleep_until((sent + Duration::from_secs(1)).min(alive_since + LOCK_TTL)).await;
    }
    std::future::pending::<()>().await;
}

/// Throws the switch if another lock is there than the one that was held at `revision` (0 = none), or none any longer: what
/// conflicts for that reason would be tried without end.
pub(super) async fn check<S: MetadataRead>(store: &S, keys: &Keys, revision: Revision, halt: &Halt) {
    // A store that does not answer says so again at the next step.
    let Ok(Look { lock, .. }) = look(store, keys).await else { return };
    match lock {
        Some(entry) if entry.create_revision == revision => {}
        Some(entry) => halt.throw(HaltReason::LockLost(holder_of(&entry))),
        None if revision == Revision::NONE => {}
        None => halt.throw(HaltReason::LockLost("its lease has ended".to_owned())),
    }
}

/// Gives the lock back. A store that does not answer lets it end by itself.
pub(super) async fn release<S: MetadataWrite>(store: &S, lock: HeldLock) {
    let _ = timeout(RENEW_TIMEOUT, store.revoke_lease(lock.lease)).await;
}
