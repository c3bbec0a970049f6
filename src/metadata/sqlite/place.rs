//! Where a store file lies: its real path, its companions, and how SQLite is told of it.
//!
//! Invariant: the file itself is looked at, never opened but by SQLite: closing any other handle on it would drop the
//! locks that SQLite holds on it for this process (POSIX locks belong to process and file).

use std::fs::Metadata;
use std::io::ErrorKind;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::ports::StoreError;

/// What a log begins with, before its first frame.
const LOG_HEADER_BYTES: u64 = 32;

/// How an operator names the store at `path`.
pub(super) fn name(path: &Path) -> String {
    format!("file:{}", path.display())
}

/// An existing store file.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// As the operator names it.
    pub(super) name: String,
    path: PathBuf,
}

/// What can be seen of a store file and its log without opening either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    file: Shape,
    log: Option<Shape>,
    index: bool,
    rollback_journal: bool,
}

/// A file's identity, length and last change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shape {
    device: u64,
    inode: u64,
    len: u64,
    modified: (i64, i64),
}

impl Shape {
    fn of(metadata: &Metadata) -> Self {
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            len: metadata.len(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
        }
    }
}

impl Standing {
    /// Log and index are both there: whoever writes uses both, so their locks count.
    pub(super) fn is_shared(&self) -> bool {
        self.log.is_some() && self.index
    }

    /// There is a log that holds something.
    pub(super) fn has_log(&self) -> bool {
        self.log.is_some_and(|log| log.len > LOG_HEADER_BYTES)
    }

    /// There is a log that was begun and into which nothing was written: its writer is about to, or was killed before.
    pub(super) fn has_begun_log(&self) -> bool {
        self.log.is_some_and(|log| log.len > 0 && log.len <= LOG_HEADER_BYTES)
    }

    /// Another program left, or is making, a change by rollback journal.
    pub(super) fn has_rollback_journal(&self) -> bool {
        self.rollback_journal
    }
}

impl Place {
    /// Finds a store file; links are followed, as a store's companions lie beside the file itself.
    pub(super) fn find(path: &Path) -> Result<Self, StoreError> {
        let name = name(path);
        match std::fs::canonicalize(path) {
            Ok(path) => Ok(Self { name, path }),
            Err(error) => Err(refusal(&name, &error)),
        }
    }

    /// Looks at the file and its companions.
    pub(super) fn standing(&self) -> Result<Standing, StoreError> {
        let metadata = std::fs::metadata(&self.path).map_err(|error| refusal(&self.name, &error))?;
        let not_a_store = |reason: &str| StoreError::NotAStore { place: self.name.clone(), reason: reason.to_owned() };
        if !metadata.is_file() {
            return Err(not_a_store("not a regular file"));
        }
        if metadata.len() == 0 {
            return Err(not_a_store("the file is empty"));
        }
        let look = |suffix| std::fs::metadata(companion(&self.path, suffix)).ok();
        Ok(Standing {
            file: Shape::of(&metadata),
            log: look("-wal").as_ref().map(Shape::of),
            index: look("-shm").is_some(),
            rollback_journal: look("-journal").is_some_and(|journal| journal.len() > 0),
        })
    }

    /// The file as an SQLite URI with parameters.
    pub(super) fn uri(&self, parameters: &str) -> String {
        // The path is absolute, so an empty authority comes first.
        let mut uri = String::from("file://");
        for &byte in self.path.as_os_str().as_bytes() {
            match byte {
                b'/' | b'.' | b'-' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => uri.push(char::from(byte)),
                other => uri.push_str(&format!("%{other:02x}")),
            }
        }
        uri.push('?');
        uri.push_str(parameters);
        uri
    }

    /// The path, for messages and for opening it once more.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

/// The path of a file that belongs to the store at `path`.
pub(super) fn companion(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// What an error of the file system means for the store `name`.
pub(super) fn refusal(name: &str, error: &std::io::Error) -> StoreError {
    let place = name.to_owned();
    let kind = error.kind();
    if kind == ErrorKind::NotFound || kind == ErrorKind::NotADirectory {
        StoreError::Missing { place }
    } else if kind == ErrorKind::AlreadyExists {
        StoreError::Exists { place }
    } else {
        StoreError::Io { place, reason: error.to_string() }
    }
}
