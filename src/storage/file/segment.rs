//! Segments as files.

use std::fs::File;
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::FileExt as _;
use std::sync::Arc;

use bytes::Bytes;
use tokio::task::JoinHandle;

use super::staged::{Staged, unique};
use super::{Root, buffers, directory};
use crate::ports::storage::{CopyPlace, SegmentName, SegmentRead, StorageError};

/// Written bytes are sent to the disk in pieces of this size while more are written, so that it never idles and the end need not
/// wait for all of them.
const SYNC_BYTES: u64 = 64 << 20;

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
        is_read_in_order(&file);
        Ok(Self { root, file: Arc::new(file), what, bytes })
    }

    /// [`SegmentRead::read`] by one who may block.
    pub(super) fn read_now(&self, root: &Root, offset: u64, length: usize) -> Result<Bytes, StorageError> {
        buffers::filled(length, |buffer| read_at(&self.file, buffer, offset)).map_err(|e| root.error(&self.what, &e))
    }
}

impl SegmentRead for FileSegment {
    fn bytes(&self) -> u64 {
        self.bytes
    }

    async fn read(&self, offset: u64, length: usize) -> Result<Bytes, StorageError> {
        let (file, what) = (Arc::clone(&self.file), self.what.clone());
        super::blocking(&self.root, move |root| {
            buffers::filled(length, |buffer| read_at(&file, buffer, offset)).map_err(|e| root.error(&what, &e))
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
        let (name, what) = (segment.staged(unique(&root)), format!("{copy}/{segment}"));
        let staged = Staged::create(root, &directory, &name, segment.as_str(), what)?;
        Ok(Self { staged, unsynced: 0, syncing: None })
    }

    /// Waits for the sync that runs.
    async fn synced(&mut self) -> Result<(), StorageError> {
        let Some(running) = self.syncing.take() else { return Ok(()) };
        let done = running.await.unwrap_or_else(|stopped| Err(io::Error::other(stopped)));
        done.map_err(|e| self.staged.error(&e))
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
                is_read_in_order(file);
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
        super::blocking(&root, move |_| staged.discard()).await
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

/// Tells the system that a file is read from its first byte to its last, so that it reads further ahead and in larger pieces.
/// Advice as well.
#[cfg(target_os = "linux")]
fn is_read_in_order(file: &File) {
    let _ = rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::Sequential);
}

#[cfg(not(target_os = "linux"))]
fn is_read_in_order(_: &File) {}

/// A segment that is whole and durable under its staging name.
#[derive(Debug)]
pub struct FileSealed {
    segment: FileSegment,
    staged: Staged,
}

impl FileSealed {
    pub(super) fn publish(self) -> Result<(), StorageError> {
        self.staged.publish()
    }

    pub(super) fn discard(self) -> Result<(), StorageError> {
        self.staged.discard()
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
