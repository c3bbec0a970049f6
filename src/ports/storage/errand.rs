//! Errands: several calls to the nodes' data, one behind the other, on a thread that may wait for disks.
//!
//! A store of files hands each call to such a thread and waits for it, and two threads that wake each other cost more than
//! reading a small file. Within an errand it does its work where it is.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::runtime::Handle;

use super::StorageError;
use super::error::Cause;

thread_local! {
    static MAY_WAIT: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread may wait for a disk.
#[must_use]
pub fn may_wait() -> bool {
    MAY_WAIT.get()
}

/// While it lives, the thread may wait.
struct Waiting;

impl Waiting {
    fn begin() -> Self {
        MAY_WAIT.set(true);
        Self
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        MAY_WAIT.set(false);
    }
}

/// Who decides, once, whether an errand comes to its end or is given up.
#[derive(Clone, Debug, Default)]
pub struct Decision(Arc<AtomicBool>);

impl Decision {
    /// Whether the errand is still wanted: from here on it is waited for, so that it may do what is not to be done twice, and
    /// must not wait for a node any more.
    #[must_use]
    pub fn is_wanted(&self) -> bool {
        !self.0.swap(true, Ordering::AcqRel)
    }
}

/// Runs `work` on a thread that may wait.
///
/// # Errors
/// It did not end in time, nor is it past its [`Decision`]: the node at `place` does not answer; or it broke off.
pub async fn errand<T, F>(
    place: &str,
    limit: Duration,
    work: impl FnOnce(Decision) -> F + Send + 'static,
) -> Result<T, StorageError>
where
    T: Send + 'static,
    F: Future<Output = T>,
{
    let (runtime, decision) = (Handle::current(), Decision::default());
    let theirs = decision.clone();
    let mut running = tokio::task::spawn_blocking(move || {
        let _waiting = Waiting::begin();
        runtime.block_on(work(theirs))
    });
    let ended = match tokio::time::timeout(limit, &mut running).await {
        Ok(ended) => ended,
        Err(_) if decision.is_wanted() => {
            return Err(StorageError::Unreachable {
                place: place.to_owned(),
                cause: Cause::Silent,
                detail: format!("nothing in {} s", limit.as_secs()),
            });
        }
        Err(_) => running.await,
    };
    ended.map_err(|stopped| StorageError::Io {
        place: place.to_owned(),
        what: "an errand".to_owned(),
        detail: stopped.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use tokio::sync::oneshot;
    use tokio::time::advance;

    use super::*;

    const LIMIT: Duration = Duration::from_secs(60);

    /// Time passes when it is told to.
    fn run<T>(work: impl Future<Output = T>) -> T {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        runtime.enable_time().start_paused(true).build().unwrap().block_on(work)
    }

    #[test]
    fn an_errand_may_wait_and_nobody_else() {
        let within = run(errand("there", LIMIT, |_| async { may_wait() }));
        assert_eq!((within.unwrap(), may_wait()), (true, false));
        let after = run(async {
            errand("there", LIMIT, |_| async {}).await.unwrap();
            // The same threads.
            tokio::task::spawn_blocking(may_wait).await.unwrap()
        });
        assert!(!after);
    }

    #[test]
    fn what_does_not_answer_is_given_up() {
        let (go, wait) = mpsc::channel::<()>();
        let (told, decided) = mpsc::channel();
        run(async {
            let silent = errand("there", LIMIT, move |decision| async move {
                let _ = wait.recv();
                let _ = told.send(decision.is_wanted());
            });
            let (silent, ()) = tokio::join!(silent, advance(LIMIT * 2));
            assert!(silent.as_ref().is_err_and(StorageError::is_unreachable), "{silent:?}");
            go.send(()).unwrap();
        });
        assert!(!decided.recv().unwrap(), "it does nothing more that would count");
    }

    #[test]
    fn what_has_decided_is_waited_for() {
        let (go, wait) = mpsc::channel::<()>();
        let (told, decided) = oneshot::channel();
        run(async {
            let slow = errand("there", LIMIT, move |decision| async move {
                let _ = told.send(decision.is_wanted());
                let _ = wait.recv();
                7
            });
            let late = async {
                let wanted = decided.await;
                advance(LIMIT * 2).await;
                go.send(()).unwrap();
                wanted
            };
            let (slow, wanted) = tokio::join!(slow, late);
            assert_eq!((slow.unwrap(), wanted), (7, Ok(true)));
        });
    }

    #[test]
    fn one_that_breaks_off_is_an_error() {
        let broken = run(errand::<(), _>("there", LIMIT, |_| async { panic!("on purpose") }));
        assert!(broken.is_err_and(|error| error.to_string().contains("an errand")));
    }
}
