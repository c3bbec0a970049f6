//! What goes wrong inside SQLite, before the store's place is known, and what it means to the caller.
//!
//! Invariant: every error of SQLite has a meaning; none is passed on as "something failed".

use rusqlite::{Error, ErrorCode, ffi};

use super::schema::SCHEMA_VERSION;
use crate::ports::{StoreError, UnreachableCause};

/// Why work on a connection did not succeed.
#[derive(Debug)]
pub(super) enum Fault {
    /// What SQLite says.
    Sqlite(Error),
    /// The file holds what we would never write.
    Broken(String),
    /// The file is not ours.
    Foreign(String),
    /// The file's schema is newer.
    Newer(u64),
    /// The answer is an error of the port.
    Store(StoreError),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<rusqlite::types::FromSqlError> for Fault {
    fn from(error: rusqlite::types::FromSqlError) -> Self {
        Self::Broken(error.to_string())
    }
}

impl Fault {
    /// The log's index is not usable for a connection that may not write it, until a writer has used it once.
    pub(super) fn is_passing(&self) -> bool {
        let Self::Sqlite(Error::SqliteFailure(failure, _)) = self else { return false };
        failure.extended_code == ffi::SQLITE_READONLY_CANTINIT || failure.extended_code == ffi::SQLITE_READONLY_RECOVERY
    }

    /// The error of the store at `place`.
    pub(super) fn at(self, place: &str) -> StoreError {
        let place = place.to_owned();
        match self {
            Self::Store(error) => error,
            Self::Broken(reason) => StoreError::Damaged { place, reason },
            Self::Foreign(reason) => StoreError::NotAStore { place, reason },
            Self::Newer(found) => StoreError::NewerSchema { place, found, known: SCHEMA_VERSION.unsigned_abs() },
            Self::Sqlite(Error::SqliteFailure(failure, message)) => of_code(failure.code, message, failure, place),
            // A column of another type, or a row too few: the statements are fixed, so the file is wrong.
            Self::Sqlite(error) => StoreError::Damaged { place, reason: error.to_string() },
        }
    }

    /// The same for a fault that came while a commit was under way.
    pub(super) fn while_committing(self, place: &str) -> StoreError {
        if let Self::Sqlite(Error::SqliteFailure(failure, _)) = &self
            && failure.code == ErrorCode::SystemIoFailure
        {
            let reason = format!("writing its log: {failure}");
            return StoreError::Unreachable {
                place: place.to_owned(),
                cause: UnreachableCause::Other,
                reason,
                applied_unknown: true,
            };
        }
        self.at(place)
    }
}

fn of_code(code: ErrorCode, message: Option<String>, failure: ffi::Error, place: String) -> StoreError {
    let reason = message.unwrap_or_else(|| failure.to_string());
    let is = |codes: &[ErrorCode]| codes.contains(&code);
    if is(&[ErrorCode::DatabaseBusy, ErrorCode::DatabaseLocked, ErrorCode::FileLockingProtocolFailed]) {
        let reason = format!("another process holds the file and did not let go in {} s", super::BUSY_SECONDS);
        return StoreError::Unreachable { place, cause: UnreachableCause::Busy, reason, applied_unknown: false };
    }
    if is(&[ErrorCode::NotADatabase]) {
        return StoreError::NotAStore { place, reason: "not an SQLite file".to_owned() };
    }
    if is(&[ErrorCode::ReadOnly]) {
        let reason = "it cannot be written: file permissions, or this process has it open read-only".to_owned();
        return StoreError::Io { place, reason };
    }
    let by_the_machine = [
        ErrorCode::CannotOpen,
        ErrorCode::PermissionDenied,
        ErrorCode::DiskFull,
        ErrorCode::SystemIoFailure,
        ErrorCode::OutOfMemory,
        ErrorCode::AuthorizationForStatementDenied,
    ];
    if is(&by_the_machine) {
        return StoreError::Io { place, reason };
    }
    // `SQLITE_CORRUPT`, and what fixed statements can only meet in a broken file: missing tables, violated constraints.
    StoreError::Damaged { place, reason }
}
