//! Segments as files.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use tokio::task::JoinHandle;

use super::{Root, directory};
use crate::ports::storage::{CHUNK_BYTES, CopyPlace, SegmentName, SegmentRead, StorageError};

/// Written bytes are sent to the disk in pieces of this size while more are written, so that it never idles and the end need not
/// wait for all of them.
const SYNC_BYTES: u64 = 64 << 20;

/// Names for one segment's staged files that may be taken at the same time.
const STAGED_MAX: u32 = 1000;

/// An open segment.
#[derive(Debug)]
pub struct FileSegment {
    root: Arc<Root>,
    file: Arc<File>,
    what: String,
    bytes: u64,
}

impl FileSegment {
    pub(super) fn open(root: Arc<Root>, copy: &CopyPlace, segment: &SegmentName) -> Result<Self, StorageError> {
        let what = format!("{copy}/{segment}");
        let opened = File::open(root.copy(copy).join(segment.as_str()));
        let file = opened.map_err(|e| root.error(&what, &e))?;
        let bytes = file.metadata().map_err(|e| root.error(&what, &e))?.len();
        Ok(Self { root, file: Arc::new(file), what, bytes })
    }
}

impl SegmentRead for FileSegment {
    fn bytes(&self) -> u64 {
        self.bytes
    }

    async fn read(&self, offset: u64, length: usize) -> Result<Bytes, StorageError> {
        let (file, what) = (Arc::clone(&self.file), self.what.clone());
        super::blocking(&self.root, move |root| {
            let mut buffer = vec![0; length.min(CHUNK_BYTES)];
            let read = read_at(&file, &mut buffer, offset).map_err(|e| root.error(&what, &e))?;
            buffer.truncate(read);
            Ok(Bytes::from(buffer))
        })
        .await
    }
}

fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read_at(&mut buffer[filled..], offset + filled as u64) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// A file under its staging name, which goes with this value.
#[derive(Debug)]
struct Staged {
    root: Arc<Root>,
    file: Arc<File>,
    path: PathBuf,
    target: PathBuf,
    what: String,
}

impl Drop for Staged {
    fn drop(&mut self) {
        // After a publish it is gone already; what cannot be taken away is left to the next clean.
        let _ = fs::remove_file(&self.path);
    }
}

impl Staged {
    fn error(&self, error: &io::Error) -> StorageError {
        self.root.error(&self.what, error)
    }
}

/// A segment that is being written.
#[derive(Debug)]
pub struct FileWriter {
    staged: Staged,
    unsynced: u64,
    syncing: Option<JoinHandle<io::Result<()>>>,
}

impl FileWriter {
    pub(super) fn create(root: Arc<Root>, copy: &CopyPlace, segment: &SegmentName) -> Result<Self, StorageError> {
        let directory = directory::make(&root, copy)?;
        let what = format!("{copy}/{segment}");
        let target = directory.join(segment.as_str());
        if fs::symlink_metadata(&target).is_ok() {
            return Err(StorageError::Exists { place: root.place.clone(), what });
        }
        let (path, file) = create_staged(&directory, segment).map_err(|e| root.error(&what, &e))?;
        let staged = Staged { root, file: Arc::new(file), path, target, what };
        Ok(Self { staged, unsynced: 0, syncing: None })
    }

    /// Waits for the sync that runs.
    async fn synced(&mut self) -> Result<(), StorageError> {
        let Some(running) = self.syncing.take() else { return Ok(()) };
        let done = running.await.unwrap_or_else(|stopped| Err(io::Error::other(stopped)));
        done.map_err(|e| self.staged.error(&e))
    }
}

/// A file that nobody else has.
fn create_staged(directory: &Path, segment: &SegmentName) -> io::Result<(PathBuf, File)> {
    let mut number = 0;
    loop {
        let path = directory.join(segment.staged(number));
        match OpenOptions::new().read(true).write(true).create_new(true).open(&path) {
            Ok(file) => return Ok((path, file)),
            Err(taken) if taken.kind() == ErrorKind::AlreadyExists && number < STAGED_MAX => number += 1,
            Err(error) => return Err(error),
        }
    }
}

impl crate::ports::storage::SegmentWrite for FileWriter {
    type Sealed = FileSealed;

    async fn append(&mut self, bytes: Bytes) -> Result<(), StorageError> {
        if self.unsynced >= SYNC_BYTES {
            self.synced().await?;
            let file = Arc::clone(&self.staged.file);
            self.syncing = Some(tokio::task::spawn_blocking(move || file.sync_data()));
            self.unsynced = 0;
        }
        self.unsynced += bytes.len() as u64;
        let (file, what) = (Arc::clone(&self.staged.file), self.staged.what.clone());
        super::blocking(&self.staged.root, move |root| (&*file).write_all(&bytes).map_err(|e| root.error(&what, &e)))
            .await
    }

    async fn seal(mut self) -> Result<FileSealed, StorageError> {
        self.synced().await?;
        let Self { staged, .. } = self;
        let root = Arc::clone(&staged.root);
        super::blocking(&root, move |_| {
            let end = |file: &File| {
                file.sync_all()?;
                forget_cached(file);
                file.metadata()
            };
            let bytes = end(&staged.file).map_err(|e| staged.error(&e))?.len();
            let segment = FileSegment {
                root: Arc::clone(&staged.root),
                file: Arc::clone(&staged.file),
                what: staged.what.clone(),
                bytes,
            };
            Ok(FileSealed { segment, staged })
        })
        .await
    }

    async fn abort(mut self) -> Result<(), StorageError> {
        // Its outcome does not matter any more.
        let _ = self.synced().await;
        let Self { staged, .. } = self;
        let root = Arc::clone(&staged.root);
        super::blocking(&root, move |root| directory::unlink(root, &staged.path, &staged.what).map(drop)).await
    }
}

/// Lets what is read next come from the disk and not from memory, where the system can do that: a read-back that only sees
/// the cache says nothing about the disk. Advice, so nothing is lost when it is not taken.
#[cfg(target_os = "linux")]
fn forget_cached(file: &File) {
    let _ = rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::DontNeed);
}

#[cfg(not(target_os = "linux"))]
fn forget_cached(_: &File) {}

/// A segment that is whole and durable under its staging name.
#[derive(Debug)]
pub struct FileSealed {
    segment: FileSegment,
    staged: Staged,
}

impl FileSealed {
    /// A hard link never replaces what is there, which a rename would.
    pub(super) fn publish(self) -> Result<(), StorageError> {
        let staged = &self.staged;
        let link = || {
            fs::hard_link(&staged.path, &staged.target)?;
            fs::remove_file(&staged.path)?;
            staged.target.parent().map_or(Ok(()), directory::sync)
        };
        link().map_err(|e| staged.error(&e))
    }

    pub(super) fn discard(self) -> Result<(), StorageError> {
        directory::unlink(&self.staged.root, &self.staged.path, &self.staged.what).map(drop)
    }
}

impl SegmentRead for FileSealed {
    fn bytes(&self) -> u64 {
        self.segment.bytes()
    }

    async fn read(&self, offset: u64, length: usize) -> Result<Bytes, StorageError> {
        self.segment.read(offset, length).await
    }
}
