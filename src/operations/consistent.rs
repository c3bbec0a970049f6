//! Reads that begin again when the history was compacted away under them.
//!
//! A long read is of one revision. A store may forget that revision meanwhile; what was read of it is then no whole, and
//! is thrown away.
//!
//! Invariant: a read of a revision that somebody asked for is never replaced by a newer one.

use crate::model::Revision;
use crate::ports::StoreError;

use super::OperationError;

/// How often a read is begun: a store that forgets faster than it can be read needs another remedy.
const TRIES_MAX: usize = 4;

/// Runs a read of everything, again at a newer revision when its own was compacted away; with `at` only once.
///
/// # Errors
/// As `read` does.
pub async fn consistent<T>(
    at: Option<Revision>,
    mut read: impl AsyncFnMut() -> Result<T, OperationError>,
) -> Result<T, OperationError> {
    for _ in 1..TRIES_MAX {
        match read().await {
            Err(error) if at.is_none() && is_compacted(&error) => {}
            done => return done,
        }
    }
    read().await
}

/// Whether a read failed because its revision was compacted away.
#[must_use]
pub fn is_compacted(error: &OperationError) -> bool {
    matches!(error, OperationError::Store(StoreError::Compacted { .. }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait<F: Future>(future: F) -> F::Output {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
    }

    fn compacted() -> OperationError {
        StoreError::Compacted { asked: Revision(1), oldest: Revision(2) }.into()
    }

    fn tried(at: Option<Revision>, failures: usize, error: impl Fn() -> OperationError) -> (usize, bool) {
        let mut tries = 0;
        let answer = wait(consistent(at, async || {
            tries += 1;
            if tries <= failures { Err(error()) } else { Ok(()) }
        }));
        (tries, answer.is_ok())
    }

    #[test]
    fn a_read_whose_revision_is_gone_begins_again() {
        assert_eq!(tried(None, 2, compacted), (3, true));
        assert_eq!(tried(None, 9, compacted), (TRIES_MAX, false));
        assert_eq!(tried(Some(Revision(1)), 2, compacted), (1, false), "that revision was asked for");
        assert_eq!(tried(None, 2, || OperationError::Invalid("x".into())), (1, false));
    }
}
