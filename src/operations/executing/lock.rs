//! The lock of the one executor: saves wasted work. Safety never rests on it, but on the fence of every transaction.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::event::{ExecutionEvent, Listener, WaitsFor};
use super::halt::{Halt, HaltReason};
use crate::migration::LockValue;
use crate::model::Revision;
use crate::operations::OperationError;
use crate::operations::leased::{self, Held, LEASE_TTL, Lost, Taken};
use crate::ports::metadata::{Entry, KeyRange};
use crate::ports::{Keys, MetadataRead, MetadataWrite};

/// A dead executor's lock is gone this long after its time, at the latest.
const EXPIRY_SLACK: Duration = Duration::from_secs(2);
/// How often a lock that is held is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// What came of the wish for the lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acquired {
    /// It is ours.
    Held(Held),
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
            None => match leased::take(store, &keys.rebalance_lock(), &json).await? {
                Taken::Held(lock) => {
                    if waiting.is_some() {
                        tell(&ExecutionEvent::GoesOn);
                    }
                    return Ok(Acquired::Held(lock));
                }
                Taken::NoSpace => return Ok(Acquired::NoSpace),
                Taken::No => continue,
            },
            Some(entry) => {
                let holder = holder_of(entry);
                let (until, first) = waiting.get_or_insert_with(|| {
                    tell(&ExecutionEvent::Waits(WaitsFor::Lock(holder.clone())));
                    (Instant::now() + LEASE_TTL + EXPIRY_SLACK, look.clone())
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

/// Who holds the lock, as it is told.
#[must_use]
pub fn holder_of(entry: &Entry) -> String {
    format!("held by {}", LockValue::holder_in_words(&entry.value))
}

/// Renews the lock for as long as it is polled; throws the switch when it is lost, and then never ends.
pub(super) async fn keep<S: MetadataWrite>(store: &S, lock: Held, halt: &Halt) {
    match leased::keep(store, lock).await {
        Lost::Ended => halt.throw(HaltReason::LockLost("its lease has ended".to_owned())),
        Lost::Silent(error) => halt.throw(HaltReason::StoreLost(error)),
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
