//! A check of the whole file.
//!
//! Invariant: it only reads. What it accepts, every read answers rightly: rows match their checksums, no row is missing
//! from an index, and `changes` names no state that is not there.

use rusqlite::Connection;

use super::fault::Fault;
use super::rows::{self, HISTORY_COLUMNS, KV_COLUMNS, State};

/// Statements that find nothing in a sound store, and what it means if they do.
const CONTRADICTIONS: [(&str, &str); 4] = [
    (
        "SELECT 1 FROM kv, state WHERE kv.mod_revision > state.revision OR kv.create_revision > kv.mod_revision",
        "a key has a revision that does not exist yet",
    ),
    ("SELECT 1 FROM history WHERE mod_revision >= superseded_revision", "a state ends before it begins"),
    (
        "SELECT 1 FROM changes AS c WHERE c.deleted = 0
         AND NOT EXISTS (SELECT 1 FROM kv WHERE key = c.key AND mod_revision = c.revision)
         AND NOT EXISTS (SELECT 1 FROM history WHERE key = c.key AND mod_revision = c.revision)",
        "a change names a state that is missing",
    ),
    (
        "SELECT 1 FROM kv, state WHERE kv.mod_revision > state.oldest_revision
         AND NOT EXISTS (SELECT 1 FROM changes WHERE revision = kv.mod_revision AND key = kv.key)",
        "a key changed and no change says so",
    ),
];

/// Checks everything.
pub(super) fn all(connection: &Connection) -> Result<(), Fault> {
    let structure: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if structure != "ok" {
        return Err(Fault::Broken(structure));
    }
    State::load(connection)?;
    for (columns, table) in [(KV_COLUMNS, "kv"), (HISTORY_COLUMNS, "history")] {
        let mut statement = connection.prepare(&format!("SELECT {columns} FROM {table}"))?;
        let mut found = statement.query([])?;
        let mut entry = rows::blank();
        while let Some(row) = found.next()? {
            rows::fill(row, &mut entry)?;
        }
    }
    for (statement, meaning) in CONTRADICTIONS {
        if connection.prepare(statement)?.exists([])? {
            return Err(Fault::Broken(meaning.to_owned()));
        }
    }
    Ok(())
}
