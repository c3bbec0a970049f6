//! A store opened for reading and writing.
//!
//! Invariant: a commit is on the disk when it returns (`synchronous = FULL`); writers of any process queue up at
//! `BEGIN IMMEDIATE`, so comparisons are made on what the change is made to.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};

use super::fault::Fault;
use super::place::Place;
use super::reader::{SqliteReader, in_transaction};
use super::watch::SqliteWatch;
use super::write::Changes;
use super::{LIMITS, compact, lease, open, read, verify, write};
use crate::model::{Revision, Timestamp};
use crate::ports::metadata::{
    Change, Entry, KeyRange, LeaseId, Limits, Outcome, ReadAnswer, RevisionAt, Transaction, check_transaction,
};
use crate::ports::{Clock, MetadataRead, MetadataWrite, StoreError, StoreHealth};

/// A store file, for reading and writing.
pub struct SqliteStore {
    place: Place,
    clock: Arc<dyn Clock>,
    connection: Mutex<Connection>,
}

impl SqliteStore {
    /// Opens the store file at `path`. It is looked at as a reader first, so that nothing is written to a file that is
    /// not a store.
    ///
    /// # Errors
    /// As [`SqliteReader::open`].
    pub fn open(path: &Path, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        let place = SqliteReader::open(path, Arc::clone(&clock))?.place_found().clone();
        let connection = open::for_writing(&place).map_err(|fault| fault.at(&place.name))?;
        Ok(Self { place, clock, connection: Mutex::new(connection) })
    }

    /// Checks the whole file, as [`SqliteReader::verify`] does.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] with the first thing found; or the file cannot be read.
    pub fn verify(&self) -> Result<(), StoreError> {
        self.reading(verify::all)
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reading<T>(&self, mut work: impl FnMut(&Connection) -> Result<T, Fault>) -> Result<T, StoreError> {
        in_transaction(&self.lock(), &mut work).map_err(|fault| fault.at(&self.place.name))
    }

    fn writing<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, StoreError> {
        let mut connection = self.lock();
        let transaction = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|error| Fault::from(error).at(&self.place.name))?;
        let answer = work(&transaction).map_err(|fault| fault.at(&self.place.name))?;
        transaction.commit().map_err(|error| Fault::from(error).while_committing(&self.place.name))?;
        // A connection marks in the log's index how far it reads when it begins to. A reader that may not write the
        // index needs such a mark, so one is made now. The change is durable, whatever becomes of this.
        drop(read::revision(&connection));
        Ok(answer)
    }

    fn changing<T>(&self, work: impl FnOnce(Changes<'_>) -> Result<T, Fault>) -> Result<T, StoreError> {
        self.writing(|connection| work(Changes::begin(connection, self.clock.now())?))
    }
}

impl MetadataRead for SqliteStore {
    type Watch = SqliteWatch;

    fn place(&self) -> &str {
        &self.place.name
    }

    async fn revision(&self) -> Result<Revision, StoreError> {
        self.reading(read::revision)
    }

    async fn read(&self, ranges: &[KeyRange], at: Option<Revision>) -> Result<ReadAnswer, StoreError> {
        let now = self.clock.now();
        self.reading(|connection| read::ranges(connection, ranges, at, now))
    }

    async fn scan(
        &self,
        range: &KeyRange,
        at: Option<Revision>,
        visit: &mut (dyn FnMut(&Entry) -> ControlFlow<()> + Send),
    ) -> Result<Revision, StoreError> {
        let now = self.clock.now();
        self.reading(|connection| read::scan(connection, range, at, now, visit))
    }

    async fn revision_at(&self, time: Timestamp) -> Result<RevisionAt, StoreError> {
        self.reading(|connection| read::revision_at(connection, time))
    }

    async fn history(&self, key: &str, limit: usize) -> Result<Vec<Change>, StoreError> {
        self.reading(|connection| read::history(connection, key, limit))
    }

    async fn health(&self) -> Result<StoreHealth, StoreError> {
        self.reading(read::health)
    }

    async fn watch(&self, range: &KeyRange, from: Revision) -> Result<SqliteWatch, StoreError> {
        SqliteWatch::start(&self.place, Arc::clone(&self.clock), range, from)
    }
}

impl MetadataWrite for SqliteStore {
    fn limits(&self) -> Limits {
        LIMITS
    }

    async fn commit(&self, transaction: Transaction) -> Result<Outcome, StoreError> {
        check_transaction(&transaction, LIMITS)?;
        // The time is taken under the lock, so that no revision is older than the one before.
        self.writing(|connection| write::commit(connection, transaction, self.clock.now()))
    }

    async fn grant_lease(&self, ttl: Duration) -> Result<LeaseId, StoreError> {
        self.changing(|changes| lease::grant(changes, ttl))
    }

    async fn keep_alive(&self, lease: LeaseId) -> Result<(), StoreError> {
        lease::or_gone(self.changing(|changes| lease::keep_alive(changes, lease))?, lease)
    }

    async fn revoke_lease(&self, lease: LeaseId) -> Result<(), StoreError> {
        lease::or_gone(self.changing(|changes| lease::revoke(changes, lease))?, lease)
    }

    async fn compact(&self, before: Revision) -> Result<Option<u64>, StoreError> {
        self.writing(|connection| compact::compact(connection, before)).map(Some)
    }
}
