//! Making a new store file.
//!
//! Invariant: the final name shows a whole store or nothing. The file is built under a temporary name beside it, written
//! to the disk, and then linked, which never replaces what is there.

use std::fs::{self, File, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::fault::Fault;
use super::place::{companion, name, refusal};
use super::rows::{self, State};
use super::store::SqliteStore;
use super::{schema, write};
use crate::metadata::initial::{InitialRevisions, twice};
use crate::model::Timestamp;
use crate::ports::metadata::Entry;
use crate::ports::{Clock, StoreError};

/// Only the owner may read a store: values may hold what its operator tells nobody.
const FILE_MODE: u32 = 0o600;
/// Bytes of a page: about 20 records, so that a walk over all needs few reads and a point read four.
const PAGE_BYTES: i64 = 8192;
/// Names that are tried for the temporary file before giving up.
const TEMPORARY_NAMES_MAX: u32 = 1000;

/// Makes a store at `path`, with its parent directories, and opens it.
///
/// `initial` should come in key order, which is fastest.
///
/// # Errors
/// [`StoreError::Exists`] if anything is there, even an empty file, or the log of a former store;
/// [`StoreError::Malformed`] if entries do not fit together; [`StoreError::Io`]. Nothing is left behind.
pub fn create(
    path: &Path,
    clock: Arc<dyn Clock>,
    initial: impl IntoIterator<Item = Entry>,
    revisions: InitialRevisions,
) -> Result<SqliteStore, StoreError> {
    let place = name(path);
    let io = |error: std::io::Error| refusal_when_making(&place, &error);
    refuse_if_there(path)?;
    let directory = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) | None => Path::new("."),
    };
    fs::create_dir_all(directory).map_err(io)?;
    let temporary = Temporary::beside(path).map_err(io)?;
    build(&temporary.path, initial, revisions, clock.now()).map_err(|fault| fault.at(&place))?;
    File::open(&temporary.path).and_then(|file| file.sync_all()).map_err(io)?;
    give_name(&temporary.path, path).map_err(io)?;
    drop(temporary);
    File::open(directory).and_then(|directory| directory.sync_all()).map_err(io)?;
    SqliteStore::open(path, clock)
}

/// Says early that no store can be made at `path`, as [`create`] would.
///
/// # Errors
/// [`StoreError::Exists`] if anything is there, or the log of a former store.
pub fn refuse_if_there(path: &Path) -> Result<(), StoreError> {
    let exists = |path: &Path| StoreError::Exists { place: name(path) };
    if path.symlink_metadata().is_ok() {
        return Err(exists(path));
    }
    // The log of a store that was deleted would be taken for the new one's.
    for suffix in ["-wal", "-journal"] {
        let former = companion(path, suffix);
        if former.symlink_metadata().is_ok_and(|metadata| metadata.len() > 0) {
            return Err(exists(&former));
        }
    }
    Ok(())
}

fn refusal_when_making(place: &str, error: &std::io::Error) -> StoreError {
    if error.kind() == ErrorKind::NotFound || error.kind() == ErrorKind::NotADirectory {
        // Not the store: something on the way to it.
        return StoreError::Io { place: place.to_owned(), reason: error.to_string() };
    }
    refusal(place, error)
}

/// A file that is removed when it is no longer needed.
struct Temporary {
    path: PathBuf,
}

impl Temporary {
    fn beside(path: &Path) -> std::io::Result<Self> {
        let Some(name) = path.file_name() else {
            return Err(std::io::Error::new(ErrorKind::InvalidInput, "the path names no file"));
        };
        for number in 0..TEMPORARY_NAMES_MAX {
            let mut hidden = std::ffi::OsString::from(".");
            hidden.push(name);
            hidden.push(format!(".new-{}-{number}", std::process::id()));
            let path = path.with_file_name(hidden);
            let made = OpenOptions::new().write(true).create_new(true).mode(FILE_MODE).open(&path);
            match made {
                Ok(_) => return Ok(Self { path }),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(std::io::Error::new(ErrorKind::ResourceBusy, "too many unfinished stores lie beside it"))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            // Most are not there; and what cannot be removed is hidden, and in nobody's way.
            drop(fs::remove_file(companion(&self.path, suffix)));
        }
    }
}

/// Gives the finished file its name, unless that is taken.
fn give_name(temporary: &Path, path: &Path) -> std::io::Result<()> {
    match fs::hard_link(temporary, path) {
        Err(error) if matches_no_links(error.kind()) => {
            // A file system without hard links: take the name first, then replace what is our own.
            OpenOptions::new().write(true).create_new(true).mode(FILE_MODE).open(path)?;
            fs::rename(temporary, path)
        }
        done => done,
    }
}

fn matches_no_links(kind: ErrorKind) -> bool {
    kind == ErrorKind::Unsupported || kind == ErrorKind::PermissionDenied
}

fn build(
    path: &Path,
    initial: impl IntoIterator<Item = Entry>,
    revisions: InitialRevisions,
    now: Timestamp,
) -> Result<(), Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    // Nobody else sees the file yet, and an interrupted build is thrown away.
    connection.execute_batch(&format!(
        "PRAGMA page_size = {PAGE_BYTES}; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF;
         PRAGMA synchronous = OFF;"
    ))?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    schema::create(&transaction)?;
    let revision = revisions.revision()?;
    for entry in initial {
        let entry = revisions.adopt(entry)?;
        fill(&transaction, &entry)?;
        if entry.mod_revision == revision {
            write::note(&transaction, revision, &entry.key, false)?;
        }
    }
    let last_at_ns = rows::nanos(now);
    transaction.execute("INSERT INTO revisions VALUES (?1, ?2)", (rows::sql(revision), last_at_ns))?;
    State { revision, oldest: revision, lease_next: 1, last_at_ns }.save(&transaction)?;
    transaction.commit()?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.close().map_err(|(_, error)| Fault::from(error))
}

fn fill(connection: &Connection, entry: &Entry) -> Result<(), Fault> {
    write::insert_new(connection, entry)?.then_some(()).ok_or_else(|| twice(&entry.key).into())
}
