//! What the system or a server said, as an error of the port.

use std::error::Error;
use std::io::{self, ErrorKind};

use crate::ports::storage::StorageError;
use crate::ports::storage::error::Cause;

/// The error of a file operation on `what` below `place`.
#[expect(clippy::wildcard_enum_match_arm, reason = "the system's list of kinds is open")]
pub(super) fn of_io(place: &str, what: &str, error: &io::Error) -> StorageError {
    let (place, what, detail) = (place.to_owned(), what.to_owned(), error.to_string());
    let unreachable = |cause| StorageError::Unreachable { place: place.clone(), cause, detail: detail.clone() };
    match error.kind() {
        ErrorKind::NotFound => StorageError::NotFound { place, what },
        ErrorKind::AlreadyExists => StorageError::Exists { place, what },
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            StorageError::Full { place, what, detail }
        }
        ErrorKind::ReadOnlyFilesystem => unreachable(Cause::NoAccess),
        ErrorKind::TimedOut => unreachable(Cause::Silent),
        ErrorKind::StaleNetworkFileHandle
        | ErrorKind::ConnectionRefused
        | ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe
        | ErrorKind::NotConnected
        | ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::NetworkDown => unreachable(Cause::NoConnection),
        _ => StorageError::Io { place, what, detail },
    }
}

/// The error of an object operation on `what` below `place`.
#[expect(clippy::wildcard_enum_match_arm, reason = "the crate's list of errors is open")]
pub(super) fn of_object(place: &str, what: &str, error: &object_store::Error) -> StorageError {
    let text = one_line(error);
    let unreachable = |cause| StorageError::Unreachable { place: place.to_owned(), cause, detail: text.clone() };
    match error {
        // A bucket that is not there is answered by the same status as a key.
        object_store::Error::NotFound { .. } if text.contains("NoSuchBucket") => unreachable(Cause::Missing),
        object_store::Error::NotFound { .. } => {
            StorageError::NotFound { place: place.to_owned(), what: what.to_owned() }
        }
        object_store::Error::AlreadyExists { .. } | object_store::Error::Precondition { .. } => {
            StorageError::Exists { place: place.to_owned(), what: what.to_owned() }
        }
        object_store::Error::PermissionDenied { .. } | object_store::Error::Unauthenticated { .. } => {
            unreachable(Cause::NoAccess)
        }
        _ => of_chain(place, what, error, text),
    }
}

/// An error whose kind is only told by what caused it.
fn of_chain(place: &str, what: &str, error: &object_store::Error, text: String) -> StorageError {
    let mut link: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(cause) = link {
        if let Some(io) = cause.downcast_ref::<io::Error>() {
            return of_io(place, what, io);
        }
        link = cause.source();
    }
    let cause = if text.contains("NoSuchBucket") {
        Cause::Missing
    } else if text.contains("timed out") || text.contains("Timeout") {
        Cause::Silent
    } else if text.contains("HTTP error") || text.contains("error sending request") {
        Cause::NoConnection
    } else {
        return StorageError::Io { place: place.to_owned(), what: what.to_owned(), detail: text };
    };
    StorageError::Unreachable { place: place.to_owned(), cause, detail: text }
}

/// What was found, if that it is not there is no error.
pub(super) fn optional<T>(found: Result<T, StorageError>) -> Result<Option<T>, StorageError> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(StorageError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The longest text of a server that is passed on.
const TEXT_MAX: usize = 400;

/// An error on one line; servers answer with whole documents.
fn one_line(error: &object_store::Error) -> String {
    let text = error.to_string();
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut line = words.join(" ");
    if let Some((end, _)) = line.char_indices().nth(TEXT_MAX) {
        line.truncate(end);
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_apart_through_any_wrapping() {
        // The last one: larger than a file may become there, or than this process may make one.
        for kind in [ErrorKind::StorageFull, ErrorKind::QuotaExceeded, ErrorKind::FileTooLarge] {
            assert!(matches!(of_io("p", "w", &kind.into()), StorageError::Full { .. }));
            let wrapped = object_store::Error::Generic { store: "x", source: Box::new(io::Error::from(kind)) };
            assert!(matches!(of_object("p", "w", &wrapped), StorageError::Full { .. }));
        }
        let other = object_store::Error::Generic { store: "x", source: "a\n b".into() };
        assert!(matches!(of_object("p", "w", &other), StorageError::Io { detail, .. } if !detail.contains('\n')));
    }

    #[test]
    fn long_answers_are_cut() {
        let error = object_store::Error::Generic { store: "x", source: "é".repeat(2000).into() };
        assert!(one_line(&error).chars().count() == TEXT_MAX + 1);
    }
}
