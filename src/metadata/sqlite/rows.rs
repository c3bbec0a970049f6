//! Rows into entries and back, with their checksums, and the one row of `state`.
//!
//! Invariant: an entry that left this file is the one that was put in: a row whose checksum differs is an error.

use rusqlite::{Connection, Row};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::fault::Fault;
use crate::model::{Revision, Timestamp};
use crate::ports::metadata::{Entry, LeaseId};

/// The columns that [`fill`] reads from `kv`.
pub(super) const KV_COLUMNS: &str =
    "key, create_revision, mod_revision, version, lease, checksum, value, NULL AS superseded_revision, NULL AS deleted";
/// The columns that [`fill`] reads from `history`.
pub(super) const HISTORY_COLUMNS: &str =
    "key, create_revision, mod_revision, version, lease, checksum, value, superseded_revision, deleted";

/// How a state ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct End {
    /// At which revision.
    pub(super) revision: Revision,
    /// By a deletion.
    pub(super) deleted: bool,
}

/// The checksum over a row.
pub(super) fn checksum(entry: &Entry, end: Option<End>) -> i64 {
    let mut numbers = [0; 48];
    let lease = entry.lease.map_or(0, |lease| lease.0);
    let (ended, how) = end.map_or((0, 0), |end| (end.revision.0, 1 + u64::from(end.deleted)));
    let words = [entry.create_revision.0, entry.mod_revision.0, entry.version, lease.cast_unsigned(), ended, how];
    for (bytes, word) in numbers.chunks_exact_mut(8).zip(words) {
        bytes.copy_from_slice(&word.to_le_bytes());
    }
    let seed = xxh3_64_with_seed(entry.key.as_bytes(), xxh3_64(&numbers));
    xxh3_64_with_seed(&entry.value, seed).cast_signed()
}

/// An entry to fill.
pub(super) fn blank() -> Entry {
    Entry {
        key: String::new(),
        value: Vec::new(),
        create_revision: Revision::NONE,
        mod_revision: Revision::NONE,
        version: 0,
        lease: None,
    }
}

/// Fills `entry`, whose buffers are used again, from a row of [`KV_COLUMNS`] or [`HISTORY_COLUMNS`].
pub(super) fn fill(row: &Row<'_>, entry: &mut Entry) -> Result<Option<End>, Fault> {
    entry.key.clear();
    entry.key.push_str(row.get_ref(0)?.as_str()?);
    entry.create_revision = revision(row, 1)?;
    entry.mod_revision = revision(row, 2)?;
    entry.version = revision(row, 3)?.0;
    entry.lease = row.get_ref(4)?.as_i64_or_null()?.map(LeaseId);
    entry.value.clear();
    entry.value.extend_from_slice(row.get_ref(6)?.as_blob()?);
    let end = match row.get_ref(7)?.as_i64_or_null()? {
        None => None,
        Some(_) => Some(End { revision: revision(row, 7)?, deleted: row.get_ref(8)?.as_i64()? != 0 }),
    };
    if row.get_ref(5)?.as_i64()? != checksum(entry, end) {
        return Err(Fault::Broken(format!("the row of {:?} does not match its checksum", entry.key)));
    }
    Ok(end)
}

/// An entry of its own from a row.
pub(super) fn entry(row: &Row<'_>) -> Result<Entry, Fault> {
    let mut entry = blank();
    fill(row, &mut entry)?;
    Ok(entry)
}

/// A column that holds a revision or a count.
pub(super) fn revision(row: &Row<'_>, column: usize) -> Result<Revision, Fault> {
    let number = row.get_ref(column)?.as_i64()?;
    u64::try_from(number).map(Revision).map_err(|_| Fault::Broken(format!("a revision of {number}")))
}

/// A revision or a count as SQLite's integers hold it; saturates, where no store ever gets.
pub(super) fn sql(revision: Revision) -> i64 {
    i64::try_from(revision.0).unwrap_or(i64::MAX)
}

/// Nanoseconds since 1970 as SQLite's integers hold them; saturates (in the years 1677 and 2262).
pub(super) fn nanos(time: Timestamp) -> i64 {
    let nanos = time.nanos();
    i64::try_from(nanos).unwrap_or(if nanos < 0 { i64::MIN } else { i64::MAX })
}

/// A column that holds such nanoseconds.
pub(super) fn time(row: &Row<'_>, column: usize) -> Result<Timestamp, Fault> {
    Ok(Timestamp::from_nanos(row.get_ref(column)?.as_i64()?.into()))
}

/// The store's counters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State {
    /// The present revision.
    pub(super) revision: Revision,
    /// The oldest that can be read.
    pub(super) oldest: Revision,
    /// The number of the next lease.
    pub(super) lease_next: i64,
    /// When the present revision was made.
    pub(super) last_at_ns: i64,
}

impl State {
    fn checksum(&self) -> i64 {
        let words = [self.revision.0, self.oldest.0, self.lease_next.cast_unsigned(), self.last_at_ns.cast_unsigned()];
        words.iter().fold(0, |seed, word| xxh3_64_with_seed(&word.to_le_bytes(), seed)).cast_signed()
    }

    /// Reads the row.
    pub(super) fn load(connection: &Connection) -> Result<Self, Fault> {
        let mut statement = connection
            .prepare_cached("SELECT revision, oldest_revision, lease_next, last_at_unix_ns, checksum FROM state")?;
        let mut rows = statement.query([])?;
        let Some(row) = rows.next()? else { return Err(Fault::Broken("it has no state".to_owned())) };
        let state = Self {
            revision: revision(row, 0)?,
            oldest: revision(row, 1)?,
            lease_next: row.get_ref(2)?.as_i64()?,
            last_at_ns: row.get_ref(3)?.as_i64()?,
        };
        if row.get_ref(4)?.as_i64()? != state.checksum() {
            return Err(Fault::Broken("its state does not match its checksum".to_owned()));
        }
        Ok(state)
    }

    /// Writes the row.
    pub(super) fn save(&self, connection: &Connection) -> Result<(), Fault> {
        let mut statement = connection.prepare_cached(
            "INSERT OR REPLACE INTO state (only, revision, oldest_revision, lease_next, last_at_unix_ns, checksum)
             VALUES (1, ?1, ?2, ?3, ?4, ?5)",
        )?;
        statement.execute((sql(self.revision), sql(self.oldest), self.lease_next, self.last_at_ns, self.checksum()))?;
        Ok(())
    }
}
