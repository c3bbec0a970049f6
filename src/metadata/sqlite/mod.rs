//! The embedded store: one SQLite file, several processes at once, every revision kept until it is compacted.
//!
//! # Reading without a trace
//!
//! SQLite's write-ahead log needs two companions of the file: `-wal`, the log, and `-shm`, an index of it in shared
//! memory, through which writers and readers also lock. An ordinary read-only connection creates both where they are
//! missing and writes marks into the index. A reader here takes one of three ways instead, by what lies there:
//!
//! * **Both are there**: `readonly_shm=1`. The index is mapped for reading, read locks are taken on it, and it shows all
//!   that any process has committed. Where no writer lives, SQLite distrusts the index and builds its own in memory.
//!   Such a connection cannot mark how far it reads, so it needs a mark that a writer left; [`SqliteStore`] leaves
//!   one with every commit, and in the moment before, the reader waits.
//! * **The log is absent or empty and no index is there, or it was begun and holds nothing**: `immutable=1`, the file alone, no locks. Safe because the file
//!   is looked at again after each read: a writer creates both companions before it changes anything, and ours keep
//!   them when they close (`SQLITE_FCNTL_PERSIST_WAL`), so one that came and went is seen; another program's is
//!   seen by the file's length and times.  The read is then done again.
//! * **A log without its index** (a copy of two files): an index in memory (exclusive mode on a file layer without
//!   locks), and the same second look.
//!
//! After the last writer has closed, the log is empty (`journal_size_limit = 0`), so the file alone can be copied or
//! moved. The companions stay: an empty log and an index of 32 KiB.
//!
//! In one process, open a [`SqliteStore`] before any [`SqliteReader`] of the same file: SQLite shares the index within
//! a process, and one that was mapped for reading cannot be written; the store then refuses to write.
//!
//! Invariant: only [`create()`] makes a store. Opening what is no store, or a newer one, writes nothing.
//! Invariant: every row carries a checksum; a read gives what was written or [`crate::ports::StoreError::Damaged`].
//! A row that vanished because the file's structure is broken shows in [`SqliteReader::verify`], which reads everything.
//!
//! Calls block the thread for as long as SQLite takes: a millisecond by default, up to ten seconds behind another writer.

mod compact;
mod create;
mod fault;
mod lease;
mod open;
mod place;
mod read;
mod reader;
mod rows;
mod schema;
mod store;
mod verify;
mod watch;
mod write;

pub use create::{create, refuse_if_there};
pub use reader::SqliteReader;
pub use store::SqliteStore;
pub use watch::SqliteWatch;

use crate::ports::metadata::{Limits, VALUE_BYTES_MAX};

/// What one transaction may hold. A file has no limit of its own; this one bounds how long others wait.
pub const LIMITS: Limits =
    Limits { operations_max: 65_536, value_bytes_max: VALUE_BYTES_MAX, request_bytes_max: usize::MAX };

/// How long to wait for a process that holds the file.
const BUSY_SECONDS: u64 = 10;
