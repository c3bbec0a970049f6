//! Executions followed from any host: what is in flight and what the executor says, read anew whenever either changes.
//!
//! Invariant: what is shown was read at one revision; the store's watch only says when to read. A store that does not answer
//! for a while ends nothing.

use std::ops::ControlFlow;
use std::time::Duration;

use tokio::time::{Instant, sleep, sleep_until};

use super::OperationError;
use super::migrations::Migrations;
use crate::model::Revision;
use crate::ports::metadata::KeyRange;
use crate::ports::{Keys, MetadataRead, MetadataWatch, StoreError};

/// For so long a store that once answered may be silent.
const SILENT_MAX: Duration = Duration::from_secs(60);
/// Between two tries of a store that does not answer.
const RETRY_AFTER: Duration = Duration::from_secs(1);
/// It is read anew at least so often, whatever the watch says.
const READ_AT_LEAST_EVERY: Duration = Duration::from_secs(10);

/// How it is followed.
#[derive(Clone, Copy, Debug)]
pub struct Following {
    /// The shortest time between two looks.
    pub read_every: Duration,
    /// When it ends although something is in flight; `None` = never.
    pub length: Option<Duration>,
}

/// What a look found.
#[derive(Debug)]
pub enum Look<'m> {
    /// This is how it stands; read just now.
    Read(&'m Migrations),
    /// Nothing changed since; time passes all the same.
    Still(&'m Migrations),
    /// The store does not answer; this was the last that it said.
    Silent(&'m Migrations, &'m StoreError),
}

/// How it ended.
#[derive(Debug)]
pub enum Followed {
    /// Nothing is in flight, and nobody executes.
    AtRest(Migrations),
    /// The time is over, and this is left.
    TimeIsUp(Migrations),
    /// Whoever looks has seen enough.
    Enough,
}

/// Tells every change until nothing is in flight and nobody executes, `visit` breaks, or the time is over.
///
/// # Errors
/// The store does not answer, from the beginning or for long; what the executor is told cannot be read; or `visit` says so.
pub async fn follow<S: MetadataRead, E: From<OperationError>>(
    store: &S,
    keys: &Keys,
    following: Following,
    mut visit: impl FnMut(Look<'_>) -> Result<ControlFlow<()>, E>,
) -> Result<Followed, E> {
    let end = following.length.map(|length| Instant::now() + length);
    let mut found = Migrations::read(store, keys, None).await?;
    let mut watches = None;
    loop {
        if visit(Look::Read(&found))?.is_break() {
            return Ok(Followed::Enough);
        }
        if found.is_at_rest() {
            return Ok(Followed::AtRest(found));
        }
        let read_at = Instant::now();
        let stale_at = read_at + READ_AT_LEAST_EVERY;
        loop {
            let now = Instant::now();
            if end.is_some_and(|end| now >= end) {
                return Ok(Followed::TimeIsUp(found));
            }
            if now >= stale_at {
                break;
            }
            let until = (now + following.read_every).min(end.unwrap_or(stale_at)).min(stale_at);
            if has_changed(store, keys, &mut watches, found.revision, until).await {
                let soonest = read_at + following.read_every;
                sleep_until(soonest.min(end.unwrap_or(soonest))).await;
                break;
            }
            if visit(Look::Still(&found))?.is_break() {
                return Ok(Followed::Enough);
            }
        }
        found = match read_again(store, keys, &found, &mut visit).await? {
            Some(found) => found,
            None => return Ok(Followed::Enough),
        };
    }
}

/// Reads, and asks a silent store again for a while; `None` = whoever looks has seen enough.
async fn read_again<S: MetadataRead, E: From<OperationError>>(
    store: &S,
    keys: &Keys,
    last: &Migrations,
    visit: &mut impl FnMut(Look<'_>) -> Result<ControlFlow<()>, E>,
) -> Result<Option<Migrations>, E> {
    let silent_max = Instant::now() + SILENT_MAX;
    loop {
        match Migrations::read(store, keys, None).await {
            Ok(found) => return Ok(Some(found)),
            Err(OperationError::Store(error @ StoreError::Unreachable { .. })) if Instant::now() < silent_max => {
                if visit(Look::Silent(last, &error))?.is_break() {
                    return Ok(None);
                }
                sleep(RETRY_AFTER).await;
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// Whether anything changed after a revision; waits for it until a time. Where the store cannot be watched, nobody knows.
async fn has_changed<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    watches: &mut Option<[S::Watch; 2]>,
    after: Revision,
    until: Instant,
) -> bool {
    if watches.is_none() {
        *watches = open(store, keys, after).await.ok();
    }
    let Some([journals, executor]) = watches else {
        sleep_until(until.min(Instant::now() + RETRY_AFTER)).await;
        return true;
    };
    loop {
        let left = until.saturating_duration_since(Instant::now());
        // A batch that is lost with the branch that was not taken is only a reason to read that is there already.
        let batch = tokio::select! {
            batch = journals.next(left) => batch,
            batch = executor.next(left) => batch,
        };
        match batch {
            Ok(None) => return false,
            Ok(Some(batch)) if batch.revision > after => return true,
            Ok(Some(_)) => {}
            Err(_) => {
                *watches = None;
                sleep(RETRY_AFTER).await;
                return true;
            }
        }
    }
}

async fn open<S: MetadataRead>(store: &S, keys: &Keys, after: Revision) -> Result<[S::Watch; 2], StoreError> {
    let from = Revision(after.0 + 1);
    let executor = KeyRange::prefix(&format!("{}/rebalance/", keys.prefix()));
    Ok([store.watch(&keys.migrations(), from).await?, store.watch(&executor, from).await?])
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::metadata::MemoryStore;
    use crate::model::Timestamp;
    use crate::ports::MetadataWrite as _;
    use crate::ports::clock::FixedClock;
    use crate::ports::metadata::{Op, Transaction};

    const JOURNAL: &str = "/otlp/migrations/partition_489542_0051";

    async fn commit(store: &MemoryStore, ops: Vec<Op>) {
        let _ = store.commit(Transaction { compares: Vec::new(), ops }).await.unwrap();
    }

    fn in_flight(store: &MemoryStore) -> impl Future<Output = ()> + '_ {
        commit(store, vec![Op::put(JOURNAL.to_owned(), "{}"), Op::put("/otlp/rebalance/lock".to_owned(), "held")])
    }

    fn store() -> MemoryStore {
        MemoryStore::new(Arc::new(FixedClock(Timestamp::EPOCH)))
    }

    fn wait<T>(future: impl Future<Output = T>) -> T {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        runtime.enable_time().start_paused(true).build().unwrap().block_on(future)
    }

    const FOLLOWING: Following = Following { read_every: Duration::from_millis(500), length: None };

    #[test]
    fn it_ends_when_all_is_at_rest() {
        let store = store();
        let (ended, seen) = wait(async {
            in_flight(&store).await;
            let mut seen = Vec::new();
            let visit = |look: Look<'_>| {
                if let Look::Read(found) = look {
                    seen.push((found.in_flight.len(), found.lock.is_some()));
                }
                Ok::<_, OperationError>(ControlFlow::Continue(()))
            };
            let work = async {
                sleep(Duration::from_secs(3)).await;
                commit(&store, vec![Op::Delete { key: "/otlp/rebalance/lock".to_owned() }]).await;
                sleep(Duration::from_secs(3)).await;
                commit(&store, vec![Op::Delete { key: JOURNAL.to_owned() }]).await;
            };
            let keys = Keys::default();
            let (ended, ()) = tokio::join!(follow(&store, &keys, FOLLOWING, visit), work);
            (ended.unwrap(), seen)
        });
        assert!(matches!(ended, Followed::AtRest(_)), "{ended:?}");
        assert_eq!(seen, [(1, true), (1, false), (0, false)]);
    }

    #[test]
    fn a_lock_alone_is_work_and_the_time_ends_it() {
        let store = store();
        let ended = wait(async {
            commit(&store, vec![Op::put("/otlp/rebalance/lock".to_owned(), "held")]).await;
            let mut looks = 0;
            let visit = |_: Look<'_>| {
                looks += 1;
                Ok::<_, OperationError>(ControlFlow::Continue(()))
            };
            let following = Following { length: Some(Duration::from_secs(25)), ..FOLLOWING };
            let ended = follow(&store, &Keys::default(), following, visit).await.unwrap();
            assert!(looks > 40, "{looks}");
            ended
        });
        assert!(matches!(ended, Followed::TimeIsUp(_)), "{ended:?}");
    }

    #[test]
    fn many_changes_are_few_looks() {
        let store = store();
        let mut reads = 0;
        wait(async {
            in_flight(&store).await;
            let visit = |look: Look<'_>| {
                reads += u32::from(matches!(look, Look::Read(_)));
                Ok::<_, OperationError>(ControlFlow::Continue(()))
            };
            let work = async {
                for n in 0..1000 {
                    commit(&store, vec![Op::put("/otlp/rebalance/status".to_owned(), n.to_string())]).await;
                    sleep(Duration::from_millis(10)).await;
                }
            };
            let (keys, following) = (Keys::default(), Following { length: Some(Duration::from_secs(10)), ..FOLLOWING });
            let (ended, ()) = tokio::join!(follow(&store, &keys, following, visit), work);
            ended.unwrap();
        });
        assert!((10..=30).contains(&reads), "{reads}");
    }

    #[test]
    fn who_has_seen_enough_is_told_no_more() {
        let store = store();
        let visit = |_: Look<'_>| Ok::<_, OperationError>(ControlFlow::Break(()));
        let ended = wait(async {
            in_flight(&store).await;
            follow(&store, &Keys::default(), FOLLOWING, visit).await.unwrap()
        });
        assert!(matches!(ended, Followed::Enough), "{ended:?}");
    }
}
