//! Answers of one revision, although the store forgets revisions meanwhile.

use std::ops::ControlFlow;

use crate::model::Revision;
use crate::ports::metadata::{Entry, KeyRange};
use crate::ports::{MetadataRead, StoreError};

use super::OperationError;

/// How often a whole read is begun: a store that forgets faster than it can be read is told of.
const ATTEMPTS: usize = 16;

/// Does a whole read; again at a newer revision if the store compacted the one that was read away. A past revision that
/// was asked for is not replaced by another.
///
/// # Errors
/// Those of the read; the compaction, if it keeps happening.
pub async fn consistently<T>(
    at: Option<Revision>,
    read: impl AsyncFn() -> Result<T, OperationError>,
) -> Result<T, OperationError> {
    for _ in 1..ATTEMPTS {
        match read().await {
            Err(OperationError::Store(StoreError::Compacted { .. })) if at.is_none() => {}
            done => return done,
        }
    }
    read().await
}

/// All entries of a range, at one revision.
///
/// # Errors
/// The store's.
pub async fn entries<S: MetadataRead>(store: &S, range: &KeyRange) -> Result<Vec<Entry>, OperationError> {
    consistently(None, async || {
        let mut entries = Vec::new();
        let mut visit = |entry: &Entry| {
            entries.push(entry.clone());
            ControlFlow::Continue(())
        };
        store.scan(range, None, &mut visit).await?;
        Ok(entries)
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    fn attempts(at: Option<Revision>, failing: usize) -> (usize, bool) {
        let made = Cell::new(0);
        let read = async || {
            made.set(made.get() + 1);
            let compacted = StoreError::Compacted { asked: Revision(1), oldest: Revision(2) };
            if made.get() > failing { Ok(()) } else { Err(compacted.into()) }
        };
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let done = runtime.block_on(consistently(at, read)).is_ok();
        (made.get(), done)
    }

    #[test]
    fn a_compacted_read_is_begun_again_but_not_for_ever_and_not_of_the_past() {
        assert_eq!(attempts(None, 0), (1, true));
        assert_eq!(attempts(None, 2), (3, true));
        assert_eq!(attempts(None, 99), (ATTEMPTS, false));
        assert_eq!(attempts(Some(Revision(7)), 99), (1, false));
    }
}
