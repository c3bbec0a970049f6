//! Forgetting the past.
//!
//! Invariant: the state at the oldest revision kept, and every change from it on, stays readable.

use rusqlite::Connection;

use super::fault::Fault;
use super::rows::{State, sql};
use crate::model::Revision;
use crate::ports::StoreError;

/// Forgets what was superseded at or before `before`; gives the number of states removed.
///
/// The freed pages stay in the file and are used again.
pub(super) fn compact(connection: &Connection, before: Revision) -> Result<u64, Fault> {
    let mut state = State::load(connection)?;
    if before > state.revision {
        return Err(StoreError::FutureRevision { asked: before, newest: state.revision }.into());
    }
    if before <= state.oldest {
        return Ok(0);
    }
    let removed = connection.execute("DELETE FROM history WHERE superseded_revision <= ?1", [sql(before)])?;
    connection.execute("DELETE FROM changes WHERE revision < ?1", [sql(before)])?;
    connection.execute("DELETE FROM revisions WHERE revision < ?1", [sql(before)])?;
    state.oldest = before;
    state.save(connection)?;
    Ok(removed as u64)
}
