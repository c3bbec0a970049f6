//! Changes of keys, inside one writing transaction of SQLite.
//!
//! Invariant: a revision is made only if something changes; what stood before goes to `history` in the same transaction.

use rusqlite::Connection;

use super::fault::Fault;
use super::read::{newer, present};
use super::rows::{self, End, State};
use crate::model::{Revision, Timestamp};
use crate::ports::StoreError;
use crate::ports::metadata::{Compare, Entry, LeaseId, Op, Outcome, Transaction};

/// The changes of one writing transaction, which may make several revisions: first what expired, then what is asked.
pub(super) struct Changes<'c> {
    pub(super) connection: &'c Connection,
    pub(super) state: State,
    now: Timestamp,
    pending: bool,
}

impl<'c> Changes<'c> {
    /// Starts, with the deletion of what hangs on leases that have ended.
    pub(super) fn begin(connection: &'c Connection, now: Timestamp) -> Result<Self, Fault> {
        let state = State::load(connection)?;
        let mut changes = Self { connection, state, now, pending: false };
        super::lease::expire(&mut changes)?;
        Ok(changes)
    }

    /// The time of this transaction.
    pub(super) fn now(&self) -> Timestamp {
        self.now
    }

    /// The revision that is being made.
    fn making(&self) -> Revision {
        Revision(self.state.revision.0 + 1)
    }

    /// Ends the revision that is being made, if anything changed.
    pub(super) fn seal(&mut self) -> Result<Revision, Fault> {
        if self.pending {
            self.state.revision = self.making();
            // Times never run backwards, whatever the clock does, so that a time has one newest revision.
            self.state.last_at_ns = self.state.last_at_ns.max(rows::nanos(self.now));
            let mut insert = self.connection.prepare_cached("INSERT INTO revisions VALUES (?1, ?2)")?;
            insert.execute((rows::sql(self.state.revision), self.state.last_at_ns))?;
            self.pending = false;
        }
        Ok(self.state.revision)
    }

    /// Ends the revision and writes the counters.
    pub(super) fn finish(mut self) -> Result<Revision, Fault> {
        let revision = self.seal()?;
        self.state.save(self.connection)?;
        Ok(revision)
    }

    /// Writes a key.
    pub(super) fn put(&mut self, key: String, value: Vec<u8>, lease: Option<LeaseId>) -> Result<(), Fault> {
        let revision = self.making();
        let before = present(self.connection, &key)?;
        let entry = Entry {
            key,
            value,
            create_revision: before.as_ref().map_or(revision, |entry| entry.create_revision),
            mod_revision: revision,
            version: before.as_ref().map_or(1, |entry| entry.version + 1),
            lease,
        };
        if let Some(before) = before {
            self.supersede(&before, false)?;
        }
        replace(self.connection, &entry)?;
        self.note(&entry.key, false)
    }

    /// Deletes a key, if it is there.
    pub(super) fn delete(&mut self, key: &str) -> Result<(), Fault> {
        let Some(before) = present(self.connection, key)? else { return Ok(()) };
        self.supersede(&before, true)?;
        self.connection.prepare_cached("DELETE FROM kv WHERE key = ?1")?.execute([key])?;
        self.note(key, true)
    }

    fn supersede(&self, entry: &Entry, deleted: bool) -> Result<(), Fault> {
        let end = End { revision: self.making(), deleted };
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO history (key, mod_revision, superseded_revision, deleted, create_revision, version, lease,
                                  checksum, value)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?;
        statement.execute((
            &entry.key,
            rows::sql(entry.mod_revision),
            rows::sql(end.revision),
            end.deleted,
            rows::sql(entry.create_revision),
            rows::sql(Revision(entry.version)),
            entry.lease.map(|lease| lease.0),
            rows::checksum(entry, Some(end)),
            &entry.value,
        ))?;
        Ok(())
    }

    fn note(&mut self, key: &str, deleted: bool) -> Result<(), Fault> {
        self.pending = true;
        note(self.connection, self.making(), key, deleted)
    }
}

/// Writes a row of `kv`, in place of the key's present one.
fn replace(connection: &Connection, entry: &Entry) -> Result<(), Fault> {
    insert(connection, "INSERT OR REPLACE", entry).map(drop)
}

/// Writes a row of `kv` if the key has none yet; says whether it did.
pub(super) fn insert_new(connection: &Connection, entry: &Entry) -> Result<bool, Fault> {
    insert(connection, "INSERT OR IGNORE", entry).map(|rows| rows == 1)
}

fn insert(connection: &Connection, verb: &str, entry: &Entry) -> Result<usize, Fault> {
    let mut statement = connection.prepare_cached(&format!(
        "{verb} INTO kv (key, create_revision, mod_revision, version, lease, checksum, value)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
    ))?;
    Ok(statement.execute((
        &entry.key,
        rows::sql(entry.create_revision),
        rows::sql(entry.mod_revision),
        rows::sql(Revision(entry.version)),
        entry.lease.map(|lease| lease.0),
        rows::checksum(entry, None),
        &entry.value,
    ))?)
}

/// Writes a row of `changes`.
pub(super) fn note(connection: &Connection, revision: Revision, key: &str, deleted: bool) -> Result<(), Fault> {
    connection.prepare_cached("INSERT INTO changes VALUES (?1, ?2, ?3)")?.execute((
        rows::sql(revision),
        key,
        deleted,
    ))?;
    Ok(())
}

/// Applies a transaction if its comparisons hold.
pub(super) fn commit(connection: &Connection, transaction: Transaction, now: Timestamp) -> Result<Outcome, Fault> {
    let mut changes = Changes::begin(connection, now)?;
    let compares = &transaction.compares;
    let found: Vec<_> = compares.iter().map(|compare| compared(connection, compare)).collect::<Result<_, _>>()?;
    if !compares.iter().zip(&found).all(|(compare, entry)| compare.holds(entry.as_ref())) {
        return Ok(Outcome::Conflict { revision: changes.finish()?, found });
    }
    for op in transaction.ops {
        match op {
            Op::Put { key, value, lease } => {
                if let Some(lease) = lease
                    && !super::lease::exists(connection, lease)?
                {
                    return Err(StoreError::LeaseGone(lease).into());
                }
                changes.put(key, value, lease)?;
            }
            Op::Delete { key } => changes.delete(&key)?,
        }
    }
    Ok(Outcome::Committed { revision: changes.finish()? })
}

/// What a comparison looks at: its key, or a key of its range that is newer.
fn compared(connection: &Connection, compare: &Compare) -> Result<Option<Entry>, Fault> {
    match compare {
        Compare::ModRevision { key, .. } | Compare::CreateRevision { key, .. } => present(connection, key),
        Compare::NothingNewer { range, than } => newer(connection, range, *than),
    }
}
