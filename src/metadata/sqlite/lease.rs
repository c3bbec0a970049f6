//! Leases: rows whose end deletes keys.
//!
//! Invariant: a lease that has ended by the clock is gone for every caller, also while its row waits for the next writer.

use std::time::Duration;

use rusqlite::{Connection, OptionalExtension};

use super::fault::Fault;
use super::rows;
use super::write::Changes;
use crate::ports::StoreError;
use crate::ports::metadata::LeaseId;

/// Whether a lease is there; those that ended were removed when the transaction began.
pub(super) fn exists(connection: &Connection, lease: LeaseId) -> Result<bool, Fault> {
    Ok(connection.prepare_cached("SELECT 1 FROM leases WHERE id = ?1")?.exists([lease.0])?)
}

/// Removes every lease that has ended and, as one revision, the keys that hang on them.
pub(super) fn expire(changes: &mut Changes<'_>) -> Result<(), Fault> {
    let ended: Vec<i64> = {
        let mut statement =
            changes.connection.prepare_cached("SELECT id FROM leases WHERE expires_unix_ns <= ?1 ORDER BY id")?;
        let ids = statement.query_map([rows::nanos(changes.now())], |row| row.get(0))?;
        ids.collect::<Result<_, _>>()?
    };
    for lease in ended {
        remove(changes, LeaseId(lease))?;
    }
    changes.seal()?;
    Ok(())
}

fn remove(changes: &mut Changes<'_>, lease: LeaseId) -> Result<(), Fault> {
    let keys: Vec<String> = {
        let mut statement = changes.connection.prepare_cached("SELECT key FROM kv WHERE lease = ?1 ORDER BY key")?;
        statement.query_map([lease.0], |row| row.get(0))?.collect::<Result<_, _>>()?
    };
    for key in keys {
        changes.delete(&key)?;
    }
    changes.connection.prepare_cached("DELETE FROM leases WHERE id = ?1")?.execute([lease.0])?;
    Ok(())
}

/// Makes a lease.
pub(super) fn grant(mut changes: Changes<'_>, ttl: Duration) -> Result<LeaseId, Fault> {
    let id = LeaseId(changes.state.lease_next);
    changes.state.lease_next += 1;
    let ttl_ns = i64::try_from(ttl.as_nanos()).unwrap_or(i64::MAX);
    let mut insert = changes.connection.prepare_cached("INSERT INTO leases VALUES (?1, ?2, ?3)")?;
    insert.execute((id.0, ttl_ns, rows::nanos(changes.now()).saturating_add(ttl_ns)))?;
    drop(insert);
    changes.finish()?;
    Ok(id)
}

/// Renews a lease. False = it has ended; what hung on it is deleted all the same.
pub(super) fn keep_alive(changes: Changes<'_>, lease: LeaseId) -> Result<bool, Fault> {
    let ttl_ns: Option<i64> = changes
        .connection
        .prepare_cached("SELECT ttl_ns FROM leases WHERE id = ?1")?
        .query_row([lease.0], |row| row.get(0))
        .optional()?;
    if let Some(ttl_ns) = ttl_ns {
        let expires = rows::nanos(changes.now()).saturating_add(ttl_ns);
        let mut update = changes.connection.prepare_cached("UPDATE leases SET expires_unix_ns = ?2 WHERE id = ?1")?;
        update.execute((lease.0, expires))?;
    }
    changes.finish()?;
    Ok(ttl_ns.is_some())
}

/// Ends a lease. False = it had ended; what hung on it is deleted all the same.
pub(super) fn revoke(mut changes: Changes<'_>, lease: LeaseId) -> Result<bool, Fault> {
    let there = exists(changes.connection, lease)?;
    if there {
        remove(&mut changes, lease)?;
    }
    changes.finish()?;
    Ok(there)
}

/// The answer to a caller whose lease may have ended.
pub(super) fn or_gone(there: bool, lease: LeaseId) -> Result<(), StoreError> {
    if there { Ok(()) } else { Err(StoreError::LeaseGone(lease)) }
}
