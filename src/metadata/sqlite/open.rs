//! How a connection is opened, for reading without a trace or for writing.
//!
//! Invariant: nothing is created here, and a reading connection changes no byte of any file.

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::fault::Fault;
use super::place::{Place, Standing};
use super::{BUSY_SECONDS, schema};
use crate::ports::{StoreError, UnreachableCause};

/// Which way a reader takes; see the module documentation of [`super`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// Log and index exist: read through the index without writing it, with SQLite's locks.
    Shared,
    /// No writer is there and the log is empty or absent: the file alone, without locks.
    Still,
    /// A log without its index: an index of our own in memory, without locks.
    OwnIndex,
}

impl Manner {
    /// The way that fits what lies there.
    pub(super) fn fitting(standing: &Standing) -> Self {
        // Of a log that was only begun SQLite waits for the rest, also when nobody lives who would write it.
        if standing.is_shared() && !standing.has_begun_log() {
            Self::Shared
        } else if standing.has_log() {
            Self::OwnIndex
        } else {
            Self::Still
        }
    }

    /// Whether SQLite's locks make the reads consistent; if not, the standing must be the same before and after.
    pub(super) fn is_locked(self) -> bool {
        match self {
            Self::Shared => true,
            Self::Still | Self::OwnIndex => false,
        }
    }

    fn parameters(self) -> &'static str {
        match self {
            Self::Shared => "mode=ro&readonly_shm=1",
            Self::Still => "mode=ro&immutable=1",
            Self::OwnIndex => "mode=ro&vfs=unix-none",
        }
    }
}

/// Schema in the file may not make SQLite run anything; pages are checked as they are read.
const DEFENCE: &str = "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;";
/// The log is made this small when all of it is in the file: so it is empty once the last writer has closed.
const LOG_BYTES_KEPT: i64 = 0;

/// Opens a connection that cannot write.
pub(super) fn for_reading(place: &Place, standing: &Standing) -> Result<(Connection, Manner), Fault> {
    if standing.has_rollback_journal() {
        return Err(StoreError::Unreachable {
            place: place.name.clone(),
            cause: UnreachableCause::Other,
            reason: "another program has left a change of it unfinished (a -journal file lies beside it)".to_owned(),
            applied_unknown: false,
        }
        .into());
    }
    let manner = Manner::fitting(standing);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(place.uri(manner.parameters()), flags)?;
    prepare(&connection)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    if manner == Manner::OwnIndex {
        // SQLite keeps the index of an exclusive connection in memory; the "lock" of this file layer is none.
        connection.execute_batch("PRAGMA locking_mode = EXCLUSIVE;")?;
    }
    Ok((connection, manner))
}

/// Opens a connection that writes.
pub(super) fn for_writing(place: &Place) -> Result<Connection, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(place.uri("mode=rw"), flags)?;
    prepare(&connection)?;
    connection.execute_batch(&format!("PRAGMA synchronous = FULL; PRAGMA journal_size_limit = {LOG_BYTES_KEPT};"))?;
    schema::check(&connection)?;
    let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if !mode.eq_ignore_ascii_case("wal") {
        connection.pragma_update(None, "journal_mode", "wal")?;
    }
    // The companions stay when the last writer closes, so that readers find an index whose locks count.
    let mut keep = 1;
    connection.file_control(Some(c"main"), rusqlite::FileControl::PersistWal(&mut keep))?;
    Ok(connection)
}

fn prepare(connection: &Connection) -> Result<(), Fault> {
    connection.busy_timeout(std::time::Duration::from_secs(BUSY_SECONDS))?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    connection.execute_batch(DEFENCE)?;
    Ok(())
}
