//! The reads of a store, each on a connection with an open transaction.
//!
//! Invariant: nothing here writes, and nothing collects a range but what its caller asked to be given.

use std::ops::ControlFlow;

use rusqlite::{CachedStatement, Connection, Rows};

use super::fault::Fault;
use super::rows::{self, HISTORY_COLUMNS, KV_COLUMNS, State};
use crate::model::{Revision, Timestamp};
use crate::ports::metadata::{Change, Entry, KeyRange, LeaseId, ReadAnswer, RevisionAt, WatchBatch};
use crate::ports::{StoreError, StoreHealth};

/// A revision that can be read, and what hides entries there.
struct View {
    revision: Revision,
    /// The past needs `history`; the present does not.
    past: bool,
    /// Leases that have ended; their keys wait for the next writer to delete them.
    ended: Vec<LeaseId>,
}

impl View {
    fn open(connection: &Connection, at: Option<Revision>, now: Timestamp) -> Result<Self, Fault> {
        let State { revision: newest, oldest, .. } = State::load(connection)?;
        match at {
            None => Ok(Self { revision: newest, past: false, ended: ended_leases(connection, now)? }),
            Some(asked) if asked > newest => Err(StoreError::FutureRevision { asked, newest }.into()),
            Some(asked) if asked < oldest => Err(StoreError::Compacted { asked, oldest }.into()),
            Some(revision) => Ok(Self { revision, past: true, ended: Vec::new() }),
        }
    }

    fn statement<'c>(&self, connection: &'c Connection) -> Result<CachedStatement<'c>, Fault> {
        let sql = if self.past {
            format!(
                "SELECT {KV_COLUMNS} FROM kv WHERE key >= ?1 AND key < ?2 AND mod_revision <= ?3
                 UNION ALL
                 SELECT {HISTORY_COLUMNS} FROM history
                 WHERE key >= ?1 AND key < ?2 AND mod_revision <= ?3 AND superseded_revision > ?3
                 ORDER BY key"
            )
        } else {
            format!("SELECT {KV_COLUMNS} FROM kv WHERE key >= ?1 AND key < ?2 ORDER BY key")
        };
        Ok(connection.prepare_cached(&sql)?)
    }

    fn rows<'s>(&self, statement: &'s mut CachedStatement<'_>, range: &KeyRange) -> Result<Rows<'s>, Fault> {
        if self.past {
            Ok(statement.query((range.start(), range.end(), rows::sql(self.revision)))?)
        } else {
            Ok(statement.query((range.start(), range.end()))?)
        }
    }

    fn shows(&self, entry: &Entry) -> bool {
        self.ended.is_empty() || entry.lease.is_none_or(|lease| !self.ended.contains(&lease))
    }
}

fn ended_leases(connection: &Connection, now: Timestamp) -> Result<Vec<LeaseId>, Fault> {
    let mut statement = connection.prepare_cached("SELECT id FROM leases WHERE expires_unix_ns <= ?1")?;
    let ids = statement.query_map([rows::nanos(now)], |row| row.get(0).map(LeaseId))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// The present revision.
pub(super) fn revision(connection: &Connection) -> Result<Revision, Fault> {
    Ok(State::load(connection)?.revision)
}

/// See [`crate::ports::MetadataRead::read`].
pub(super) fn ranges(
    connection: &Connection,
    ranges: &[KeyRange],
    at: Option<Revision>,
    now: Timestamp,
) -> Result<ReadAnswer, Fault> {
    let view = View::open(connection, at, now)?;
    let mut statement = view.statement(connection)?;
    let mut answer = ReadAnswer { revision: view.revision, ranges: Vec::with_capacity(ranges.len()) };
    for range in ranges {
        let mut entries = Vec::new();
        let mut found = view.rows(&mut statement, range)?;
        while let Some(row) = found.next()? {
            let entry = rows::entry(row)?;
            if view.shows(&entry) {
                entries.push(entry);
            }
        }
        answer.ranges.push(entries);
    }
    Ok(answer)
}

/// See [`crate::ports::MetadataRead::scan`].
pub(super) fn scan(
    connection: &Connection,
    range: &KeyRange,
    at: Option<Revision>,
    now: Timestamp,
    visit: &mut dyn FnMut(&Entry) -> ControlFlow<()>,
) -> Result<Revision, Fault> {
    let view = View::open(connection, at, now)?;
    let mut statement = view.statement(connection)?;
    let mut found = view.rows(&mut statement, range)?;
    let mut entry = rows::blank();
    while let Some(row) = found.next()? {
        rows::fill(row, &mut entry)?;
        if view.shows(&entry) && visit(&entry).is_break() {
            break;
        }
    }
    Ok(view.revision)
}

/// What stands now under a key, seen from inside a writing transaction.
pub(super) fn present(connection: &Connection, key: &str) -> Result<Option<Entry>, Fault> {
    let mut statement = connection.prepare_cached(&format!("SELECT {KV_COLUMNS} FROM kv WHERE key = ?1"))?;
    let mut found = statement.query([key])?;
    found.next()?.map(rows::entry).transpose()
}

/// A present key of a range that was changed after a revision.
pub(super) fn newer(connection: &Connection, range: &KeyRange, than: Revision) -> Result<Option<Entry>, Fault> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {KV_COLUMNS} FROM kv WHERE key >= ?1 AND key < ?2 AND mod_revision > ?3 ORDER BY key LIMIT 1"
    ))?;
    let mut found = statement.query((range.start(), range.end(), rows::sql(than)))?;
    found.next()?.map(rows::entry).transpose()
}

/// See [`crate::ports::MetadataRead::revision_at`].
pub(super) fn revision_at(connection: &Connection, time: Timestamp) -> Result<RevisionAt, Fault> {
    let mut newest = connection.prepare_cached(
        "SELECT revision, at_unix_ns FROM revisions WHERE at_unix_ns <= ?1
         ORDER BY at_unix_ns DESC, revision DESC LIMIT 1",
    )?;
    let mut found = newest.query([rows::nanos(time)])?;
    if let Some(row) = found.next()? {
        return Ok(RevisionAt { revision: rows::revision(row, 0)?, made_at: rows::time(row, 1)? });
    }
    let mut first = connection.prepare_cached("SELECT at_unix_ns FROM revisions ORDER BY revision LIMIT 1")?;
    let mut found = first.query([])?;
    let oldest = found.next()?.map_or(Ok(time), |row| rows::time(row, 0))?;
    Err(StoreError::BeforeHistory { oldest }.into())
}

fn made_at(connection: &Connection, revision: Revision) -> Result<Option<Timestamp>, Fault> {
    let mut statement = connection.prepare_cached("SELECT at_unix_ns FROM revisions WHERE revision = ?1")?;
    let mut found = statement.query([rows::sql(revision)])?;
    found.next()?.map(|row| rows::time(row, 0)).transpose()
}

/// See [`crate::ports::MetadataRead::history`].
pub(super) fn history(connection: &Connection, key: &str, limit: usize) -> Result<Vec<Change>, Fault> {
    let mut changes = Vec::new();
    if let Some(entry) = present(connection, key)? {
        changes.push(Change { revision: entry.mod_revision, at: None, entry: Some(entry) });
    }
    let sql = format!("SELECT {HISTORY_COLUMNS} FROM history WHERE key = ?1 ORDER BY mod_revision DESC");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found = statement.query([key])?;
    while changes.len() < limit
        && let Some(row) = found.next()?
    {
        let mut entry = rows::blank();
        if let Some(end) = rows::fill(row, &mut entry)?
            && end.deleted
        {
            changes.push(Change { revision: end.revision, at: None, entry: None });
        }
        changes.push(Change { revision: entry.mod_revision, at: None, entry: Some(entry) });
    }
    changes.truncate(limit);
    for change in &mut changes {
        change.at = made_at(connection, change.revision)?;
    }
    Ok(changes)
}

/// See [`crate::ports::MetadataRead::health`].
pub(super) fn health(connection: &Connection) -> Result<StoreHealth, Fault> {
    let number = |pragma| connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let count = |pragma| number(pragma).map(|n| u64::try_from(n).unwrap_or(0));
    let (pages, free, page_bytes) = (count("page_count")?, count("freelist_count")?, count("page_size")?);
    Ok(StoreHealth {
        size_bytes: Some(pages.saturating_mul(page_bytes)),
        in_use_bytes: Some(pages.saturating_sub(free).saturating_mul(page_bytes)),
        pages: Some(pages),
        oldest_revision: Some(State::load(connection)?.oldest),
        ..StoreHealth::default()
    })
}

/// Checks that changes from `from` on are all kept.
pub(super) fn watchable(connection: &Connection, from: Revision) -> Result<State, Fault> {
    let state = State::load(connection)?;
    if from < state.oldest {
        return Err(StoreError::Compacted { asked: from, oldest: state.oldest }.into());
    }
    Ok(state)
}

/// What a look for changes found.
pub(super) enum Look {
    /// The changes of one revision.
    Batch(WatchBatch),
    /// No changes up to this revision.
    Nothing(Revision),
}

/// The first revision from `from` on that changed something in the range.
pub(super) fn next_batch(connection: &Connection, range: &KeyRange, from: Revision) -> Result<Look, Fault> {
    let seen = watchable(connection, from)?.revision;
    if from > seen {
        return Ok(Look::Nothing(seen));
    }
    let mut statement = connection.prepare_cached(
        "SELECT revision, key, deleted FROM changes WHERE revision >= ?1 AND key >= ?2 AND key < ?3
         ORDER BY revision, key",
    )?;
    let mut found = statement.query((rows::sql(from), range.start(), range.end()))?;
    let mut batch: Option<WatchBatch> = None;
    while let Some(row) = found.next()? {
        let revision = rows::revision(row, 0)?;
        if batch.as_ref().is_some_and(|batch| batch.revision != revision) {
            break;
        }
        let key = row.get_ref(1)?.as_str()?.to_owned();
        let entry = if row.get_ref(2)?.as_i64()? == 0 { Some(state_of(connection, &key, revision)?) } else { None };
        let at = made_at(connection, revision)?;
        batch.get_or_insert_with(|| WatchBatch { revision, at, changes: Vec::new() }).changes.push((key, entry));
    }
    Ok(batch.map_or(Look::Nothing(seen), Look::Batch))
}

/// The state that a key got at exactly this revision.
fn state_of(connection: &Connection, key: &str, revision: Revision) -> Result<Entry, Fault> {
    let sql = format!(
        "SELECT {KV_COLUMNS} FROM kv WHERE key = ?1 AND mod_revision = ?2
         UNION ALL SELECT {HISTORY_COLUMNS} FROM history WHERE key = ?1 AND mod_revision = ?2"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found = statement.query((key, rows::sql(revision)))?;
    match found.next()? {
        Some(row) => rows::entry(row),
        None => Err(Fault::Broken(format!("the state of {key:?} at revision {revision} is missing"))),
    }
}
