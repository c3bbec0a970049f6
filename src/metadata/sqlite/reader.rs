//! A store opened for reading only.
//!
//! Invariant: no file is created or changed, nor its time of change; an answer is of one revision even when it was read
//! without locks, for then the file is looked at again after the read, and the read repeated if anything moved.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::Connection;

use super::fault::Fault;
use super::open::{Manner, for_reading};
use super::place::{Place, Standing};
use super::watch::SqliteWatch;
use super::{BUSY_SECONDS, read, schema, verify};
use crate::model::{Revision, Timestamp};
use crate::ports::metadata::{Change, Entry, KeyRange, ReadAnswer, RevisionAt};
use crate::ports::{Clock, MetadataRead, StoreError, StoreHealth, UnreachableCause};

/// The pause before another try.
const RETRY_PAUSE: Duration = Duration::from_millis(5);
/// The most tries of one read: as long as a writer may hold others up.
const TRIES_MAX: u64 = BUSY_SECONDS * 1000 / 5;

/// A store file, for reading only.
pub struct SqliteReader {
    place: Place,
    clock: Arc<dyn Clock>,
    opened: Mutex<Option<Opened>>,
}

struct Opened {
    connection: Connection,
    manner: Manner,
    standing: Standing,
}

/// Why a try gave no answer.
enum Setback {
    /// Something moved under the read: try again.
    Again,
    /// It is no use.
    Fault(Fault),
}

impl From<Fault> for Setback {
    fn from(fault: Fault) -> Self {
        if fault.is_passing() { Self::Again } else { Self::Fault(fault) }
    }
}

impl From<StoreError> for Setback {
    fn from(error: StoreError) -> Self {
        Self::Fault(error.into())
    }
}

impl SqliteReader {
    /// Opens the store file at `path`.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::NotAStore`], [`StoreError::NewerSchema`], [`StoreError::Damaged`],
    /// [`StoreError::Unreachable`], [`StoreError::Io`].
    pub fn open(path: &Path, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        let reader = Self { place: Place::find(path)?, clock, opened: Mutex::new(None) };
        reader.reading(|_| Ok(()))?;
        Ok(reader)
    }

    /// Checks the whole file: SQLite's structure, every row's checksum, and that tables agree. Reads all of it.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] with the first thing found; or the file cannot be read.
    pub fn verify(&self) -> Result<(), StoreError> {
        self.reading(verify::all)
    }

    pub(super) fn place_found(&self) -> &Place {
        &self.place
    }

    /// Runs `work` in one reading transaction, again if the file moved under it.
    pub(super) fn reading<T>(&self, mut work: impl FnMut(&Connection) -> Result<T, Fault>) -> Result<T, StoreError> {
        let mut opened = self.lock();
        for _ in 0..TRIES_MAX {
            match self.attempt(&mut opened, &mut work) {
                Ok(answer) => return Ok(answer),
                Err(Setback::Again) => std::thread::sleep(RETRY_PAUSE),
                Err(Setback::Fault(fault)) => return Err(fault.at(&self.place.name)),
            }
        }
        let reason = format!("it did not hold still for a read in {BUSY_SECONDS} s");
        Err(StoreError::Unreachable {
            place: self.place.name.clone(),
            cause: UnreachableCause::Busy,
            reason,
            applied_unknown: false,
        })
    }

    fn attempt<T>(
        &self,
        slot: &mut Option<Opened>,
        work: &mut impl FnMut(&Connection) -> Result<T, Fault>,
    ) -> Result<T, Setback> {
        let fresh = slot.take().filter(|opened| self.is_fresh(opened));
        let opened = match fresh {
            Some(opened) => opened,
            None => self.open_now()?,
        };
        let answer = in_transaction(&opened.connection, work);
        if self.is_fresh(&opened) {
            let answer = answer?;
            *slot = Some(opened);
            return Ok(answer);
        }
        // Answer or error: either may come from the movement.
        Err(Setback::Again)
    }

    fn open_now(&self) -> Result<Opened, Setback> {
        let standing = self.place.standing()?;
        let (connection, manner) = for_reading(&self.place, &standing)?;
        let opened = Opened { connection, manner, standing };
        let checked = in_transaction(&opened.connection, &mut |connection: &Connection| {
            schema::check(connection)?;
            read::revision(connection).map(drop)
        });
        if self.is_fresh(&opened) {
            checked?;
            return Ok(opened);
        }
        Err(Setback::Again)
    }

    fn is_fresh(&self, opened: &Opened) -> bool {
        opened.manner.is_locked() || self.place.standing().is_ok_and(|standing| standing == opened.standing)
    }

    fn lock(&self) -> MutexGuard<'_, Option<Opened>> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Runs `work` so that all its statements see one state.
pub(super) fn in_transaction<T>(
    connection: &Connection,
    work: &mut impl FnMut(&Connection) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let transaction = connection.unchecked_transaction()?;
    let answer = work(&transaction)?;
    transaction.finish()?;
    Ok(answer)
}

impl MetadataRead for SqliteReader {
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
        let mut visited = false;
        self.reading(|connection| {
            if visited {
                // Entries were shown already, so there is no going back.
                return Err(Fault::Store(StoreError::Unreachable {
                    cause: UnreachableCause::Busy,
                    place: self.place.name.clone(),
                    reason: "a writer came for the first time while it was read; read it again".to_owned(),
                    applied_unknown: false,
                }));
            }
            read::scan(connection, range, at, now, &mut |entry| {
                visited = true;
                visit(entry)
            })
        })
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
