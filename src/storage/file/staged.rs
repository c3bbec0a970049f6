//! A file that is being written, until it gets its name.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Root, directory};
use crate::ports::storage::StorageError;
use crate::ports::storage::names::Unique;

/// A part of a name that was never used before.
pub(super) fn unique(root: &Root) -> Unique {
    crate::storage::unique::unique(root.tag)
}

/// A file under its staging name, which goes with this value.
#[derive(Debug)]
pub(super) struct Staged {
    pub(super) root: Arc<Root>,
    pub(super) file: Arc<File>,
    pub(super) what: String,
    path: PathBuf,
    target: PathBuf,
}

impl Drop for Staged {
    fn drop(&mut self) {
        // After a publish it is gone already; what cannot be taken away is left to the next clean.
        let _ = fs::remove_file(&self.path);
    }
}

impl Staged {
    /// A new file in a directory that is there, to become `target`, which is not.
    pub(super) fn create(
        root: Arc<Root>,
        directory: &Path,
        staged: &str,
        target: &str,
        what: String,
    ) -> Result<Self, StorageError> {
        if fs::symlink_metadata(directory.join(target)).is_ok() {
            return Err(StorageError::Exists { place: root.place.clone(), what });
        }
        Self::replacing(root, directory, staged, target, what)
    }

    /// The same to take the place of `target`.
    pub(super) fn replacing(
        root: Arc<Root>,
        directory: &Path,
        staged: &str,
        target: &str,
        what: String,
    ) -> Result<Self, StorageError> {
        let (path, target) = (directory.join(staged), directory.join(target));
        let opened = OpenOptions::new().read(true).write(true).create_new(true).open(&path);
        let file = Arc::new(opened.map_err(|e| root.error(&what, &e))?);
        Ok(Self { root, file, what, path, target })
    }

    pub(super) fn error(&self, error: &io::Error) -> StorageError {
        self.root.error(&self.what, error)
    }

    /// A small file in one go.
    pub(super) fn write_whole(self, bytes: &[u8]) -> Result<(), StorageError> {
        let written = (&*self.file).write_all(bytes).and_then(|()| self.file.sync_all());
        written.map_err(|e| self.error(&e))?;
        self.publish()
    }

    /// A small file in one go, in the place of what has its name.
    pub(super) fn replace_whole(self, bytes: &[u8]) -> Result<(), StorageError> {
        let replace = || {
            (&*self.file).write_all(bytes).and_then(|()| self.file.sync_all())?;
            fs::rename(&self.path, &self.target)?;
            self.target.parent().map_or(Ok(()), directory::sync)
        };
        replace().map_err(|e| self.error(&e))
    }

    /// Gives it its name. A hard link never replaces what is there, which a rename would.
    pub(super) fn publish(self) -> Result<(), StorageError> {
        let link = || {
            fs::hard_link(&self.path, &self.target)?;
            fs::remove_file(&self.path)?;
            self.target.parent().map_or(Ok(()), directory::sync)
        };
        link().map_err(|e| self.error(&e))
    }

    pub(super) fn discard(&self) -> Result<(), StorageError> {
        directory::unlink(&self.root, &self.path, &self.what).map(drop)
    }
}
