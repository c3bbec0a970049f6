//! The tables of a store file and the numbers that mark it as ours.
//!
//! ```text
//! kv         the present: one row a key, in key order with its value, so that a scan is one walk
//! history    superseded states: a state holds in [mod_revision, superseded_revision)
//! changes    which keys a revision changed: what watches read
//! revisions  when a revision was made, never earlier than the one before
//! leases     what is left of them
//! state      one row: the revision, the oldest revision kept, counters
//! ```
//!
//! Invariant: a key at revision R = its row of `kv` if `mod_revision <= R`, else its row of `history` whose interval
//! holds R, else nothing. Both carry a checksum over all their columns, for SQLite has none.

use rusqlite::Connection;

use super::fault::Fault;

/// "otp1", in the file's header.
pub(super) const APPLICATION_ID: i64 = 0x6f74_7031;
/// The schema that this version reads and writes.
pub(super) const SCHEMA_VERSION: i64 = 1;

/// Tables that a new store is filled through.
const TABLES: &str = "
    CREATE TABLE state (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        revision INTEGER NOT NULL,
        oldest_revision INTEGER NOT NULL,
        lease_next INTEGER NOT NULL,
        last_at_unix_ns INTEGER NOT NULL,
        checksum INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE kv (
        key TEXT NOT NULL PRIMARY KEY,
        create_revision INTEGER NOT NULL,
        mod_revision INTEGER NOT NULL,
        version INTEGER NOT NULL,
        lease INTEGER,
        checksum INTEGER NOT NULL,
        value BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE history (
        key TEXT NOT NULL,
        mod_revision INTEGER NOT NULL,
        superseded_revision INTEGER NOT NULL,
        deleted INTEGER NOT NULL,
        create_revision INTEGER NOT NULL,
        version INTEGER NOT NULL,
        lease INTEGER,
        checksum INTEGER NOT NULL,
        value BLOB NOT NULL,
        PRIMARY KEY (key, mod_revision)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE changes (
        revision INTEGER NOT NULL,
        key TEXT NOT NULL,
        deleted INTEGER NOT NULL,
        PRIMARY KEY (revision, key)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE revisions (
        revision INTEGER PRIMARY KEY,
        at_unix_ns INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE leases (
        id INTEGER PRIMARY KEY,
        ttl_ns INTEGER NOT NULL,
        expires_unix_ns INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX kv_by_lease ON kv (lease) WHERE lease IS NOT NULL;
    CREATE INDEX history_by_end ON history (superseded_revision);
    CREATE INDEX revisions_by_time ON revisions (at_unix_ns);
";

/// Makes the tables and marks the file as ours.
pub(super) fn create(connection: &Connection) -> Result<(), Fault> {
    connection.execute_batch(TABLES)?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    Ok(())
}

/// Checks that the file is ours and of a schema that we know. Reads the header only.
pub(super) fn check(connection: &Connection) -> Result<(), Fault> {
    let number = |pragma| connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let application_id = number("application_id")?;
    if application_id != APPLICATION_ID {
        return Err(Fault::Foreign("a database of another application".to_owned()));
    }
    match number("user_version")? {
        SCHEMA_VERSION => Ok(()),
        newer if newer > SCHEMA_VERSION => Err(Fault::Newer(newer.unsigned_abs())),
        other => Err(Fault::Broken(format!("schema version {other} never existed"))),
    }
}
