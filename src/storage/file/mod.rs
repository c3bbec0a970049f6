//! The data of a node in a directory: `file:///path`, also NFS or a mounted disk.
//!
//! Not through `object_store`: its uploads of files replace what is there; what a killed one leaves can neither be listed nor
//! deleted through it; and it uses staging names again, so a run that cleans up after another and that other, frozen for a while,
//! take each other's half-written files for their own.
//!
//! Invariant: the node's directory itself is never made. Symbolic links below it are never followed: they are strangers.

mod buffers;
mod directory;
mod put;
mod segment;
mod staged;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;

pub use segment::{FileSealed, FileSegment, FileWriter};

use self::staged::{Staged, unique};
use super::fault;
use crate::model::PartitionId;
use crate::ports::storage::SegmentRead as _;
use crate::ports::storage::errand::may_wait;
use crate::ports::storage::error::Cause;
use crate::ports::storage::names::{MARKER_NAME, STAGING_SUFFIX};
use crate::ports::storage::sidecar::SIDECAR_BYTES_MAX;
use crate::ports::storage::{
    CHUNK_BYTES, CopyId, CopyListing, CopyPlace, IdListing, Marked, Part, Put, SegmentName, StorageError, StorageRead,
    StorageWrite,
};

/// A directory that holds a node's data.
#[derive(Clone, Debug)]
pub struct FileNode {
    root: Arc<Root>,
}

/// The directory with its name for messages.
#[derive(Debug)]
struct Root {
    path: PathBuf,
    place: String,
    /// Makes the names of staged files this process's own.
    tag: u64,
}

impl Root {
    fn copy(&self, copy: &CopyPlace) -> PathBuf {
        self.path.join(copy.partition().to_string()).join(copy.copy().as_str())
    }

    fn error(&self, what: &dyn std::fmt::Display, error: &std::io::Error) -> StorageError {
        fault::of_io(&self.place, &what.to_string(), error)
    }
}

/// Runs file operations where they may block.
async fn blocking<T: Send + 'static>(
    root: &Arc<Root>,
    work: impl FnOnce(&Root) -> Result<T, StorageError> + Send + 'static,
) -> Result<T, StorageError> {
    if may_wait() {
        return work(root);
    }
    let mine = Arc::clone(root);
    tokio::task::spawn_blocking(move || work(&mine)).await.unwrap_or_else(|stopped| {
        let (place, what) = (root.place.clone(), "a file operation".to_owned());
        Err(StorageError::Io { place, what, detail: stopped.to_string() })
    })
}

/// Reads the marker and does something more where it may block.
async fn marked<T: Send + 'static>(
    root: &Arc<Root>,
    work: impl FnOnce(&Root) -> Result<T, StorageError> + Send + 'static,
) -> Marked<T> {
    let both = blocking(root, move |root| {
        let marker = directory::marker(root)?;
        Ok((marker, work(root)))
    });
    match both.await {
        Ok((marker, result)) => (Ok(marker), result),
        Err(error) => (Err(error.clone()), Err(error)),
    }
}

fn sidecar_part(root: &Root, name: &str, offset: u64, length: usize) -> Result<Option<Part>, StorageError> {
    let read = directory::read_part(root, name, SIDECAR_BYTES_MAX, (offset, length.min(CHUNK_BYTES)))?;
    Ok(read.map(|(bytes, total)| Part { bytes, total }))
}

impl FileNode {
    /// The directory at an absolute path. `tag` is a random number of this process.
    ///
    /// # Errors
    /// It is not there or no directory.
    pub fn open(path: &Path, tag: u64) -> Result<Self, StorageError> {
        let place = format!("file://{}", path.display());
        let unreachable = |cause, detail| StorageError::Unreachable { place: place.clone(), cause, detail };
        let metadata = std::fs::metadata(path).map_err(|error| {
            let cause = if error.kind() == std::io::ErrorKind::PermissionDenied {
                Cause::NoAccess
            } else if error.kind() == std::io::ErrorKind::NotFound {
                Cause::Missing
            } else {
                Cause::Other
            };
            unreachable(cause, error.to_string())
        })?;
        if !metadata.is_dir() {
            return Err(unreachable(Cause::Missing, "this is no directory".to_owned()));
        }
        Ok(Self { root: Arc::new(Root { path: path.to_owned(), place, tag }) })
    }

    /// A small file, at most `bytes_max`; `None` = it is not there.
    async fn small(&self, name: String, bytes_max: u64) -> Result<Option<Bytes>, StorageError> {
        blocking(&self.root, move |root| directory::read_small(root, &name, bytes_max)).await
    }
}

impl StorageRead for FileNode {
    type Segment = FileSegment;

    fn place(&self) -> &str {
        &self.root.place
    }

    async fn marker(&self) -> Result<Option<Bytes>, StorageError> {
        blocking(&self.root, directory::marker).await
    }

    async fn looks_writable(&self) -> Result<(), StorageError> {
        blocking(&self.root, |root| {
            use rustix::fs::Access;
            let access = rustix::fs::access(&root.path, Access::READ_OK | Access::WRITE_OK | Access::EXEC_OK);
            access.map_err(|errno| StorageError::Unreachable {
                place: root.place.clone(),
                cause: Cause::NoAccess,
                detail: std::io::Error::from(errno).to_string(),
            })
        })
        .await
    }

    async fn partitions(&self) -> Result<IdListing<PartitionId>, StorageError> {
        blocking(&self.root, directory::partitions).await
    }

    async fn copies(&self, partition: PartitionId) -> Result<IdListing<CopyId>, StorageError> {
        blocking(&self.root, move |root| directory::copies(root, partition)).await
    }

    async fn list(&self, copy: &CopyPlace) -> Result<CopyListing, StorageError> {
        let copy = copy.clone();
        blocking(&self.root, move |root| directory::list(root, &copy)).await
    }

    async fn open(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<FileSegment, StorageError> {
        let (copy, segment) = (copy.clone(), segment.clone());
        let mine = Arc::clone(&self.root);
        blocking(&self.root, move |_| FileSegment::open(mine, &copy, &segment)).await
    }

    async fn sidecar(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<Option<Bytes>, StorageError> {
        self.small(format!("{copy}/{}", segment.sidecar()), SIDECAR_BYTES_MAX).await
    }

    async fn sidecar_part(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        offset: u64,
        length: usize,
    ) -> Result<Option<Part>, StorageError> {
        let name = format!("{copy}/{}", segment.sidecar());
        blocking(&self.root, move |root| sidecar_part(root, &name, offset, length)).await
    }

    async fn marker_and_list(&self, copy: &CopyPlace) -> Marked<CopyListing> {
        let copy = copy.clone();
        marked(&self.root, move |root| directory::list(root, &copy)).await
    }

    async fn marker_and_part(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        offset: u64,
        length: usize,
    ) -> Marked<Part> {
        let (copy, segment, mine) = (copy.clone(), segment.clone(), Arc::clone(&self.root));
        marked(&self.root, move |root| {
            let open = FileSegment::open(mine, &copy, &segment)?;
            Ok(Part { bytes: open.read_now(root, offset, length)?, total: open.bytes() })
        })
        .await
    }

    async fn marker_and_sidecar_part(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        offset: u64,
        length: usize,
    ) -> Marked<Option<Part>> {
        let name = format!("{copy}/{}", segment.sidecar());
        marked(&self.root, move |root| sidecar_part(root, &name, offset, length)).await
    }
}

impl StorageWrite for FileNode {
    type Writer = FileWriter;
    type Sealed = FileSealed;

    async fn create_marker(&self, marker: Bytes) -> Result<(), StorageError> {
        let mine = Arc::clone(&self.root);
        blocking(&self.root, move |root| {
            directory::exists(root)?;
            let staged = format!("{MARKER_NAME}.{}{STAGING_SUFFIX}", unique(root));
            let staged = Staged::create(mine, &root.path, &staged, MARKER_NAME, MARKER_NAME.to_owned())?;
            staged.write_whole(&marker)
        })
        .await
    }

    async fn create(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<FileWriter, StorageError> {
        let (copy, segment) = (copy.clone(), segment.clone());
        let mine = Arc::clone(&self.root);
        blocking(&self.root, move |_| FileWriter::create(mine, &copy, &segment)).await
    }

    async fn publish(&self, sealed: FileSealed) -> Result<(), StorageError> {
        blocking(&self.root, move |_| sealed.publish()).await
    }

    async fn discard(&self, sealed: FileSealed) -> Result<(), StorageError> {
        blocking(&self.root, move |_| sealed.discard()).await
    }

    async fn create_sidecar(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        sidecar: Bytes,
    ) -> Result<(), StorageError> {
        let (copy, segment, mine) = (copy.clone(), segment.clone(), Arc::clone(&self.root));
        blocking(&self.root, move |root| {
            let directory = directory::make(root, &copy)?;
            let (staged, target) = (segment.staged(unique(root)), segment.sidecar());
            let what = format!("{copy}/{target}");
            Staged::create(mine, &directory, &staged, &target, what)?.write_whole(&sidecar)
        })
        .await
    }

    async fn replace_sidecar(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        sidecar: Bytes,
    ) -> Result<(), StorageError> {
        let (copy, segment, mine) = (copy.clone(), segment.clone(), Arc::clone(&self.root));
        blocking(&self.root, move |_| put::replace_sidecar(&mine, &copy, &segment, &sidecar)).await
    }

    async fn put(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        content: Bytes,
        sidecar: Bytes,
    ) -> Result<Put, StorageError> {
        let (copy, segment, mine) = (copy.clone(), segment.clone(), Arc::clone(&self.root));
        blocking(&self.root, move |_| put::put(&mine, &copy, &segment, &content, &sidecar)).await
    }

    async fn remove(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<(), StorageError> {
        let (copy, segment) = (copy.clone(), segment.clone());
        blocking(&self.root, move |root| directory::remove(root, &copy, &segment)).await
    }

    async fn quarantine(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<u64, StorageError> {
        let (copy, segment) = (copy.clone(), segment.clone());
        blocking(&self.root, move |root| directory::quarantine(root, &copy, &segment, unique(root))).await
    }

    async fn remove_quarantined(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<u64, StorageError> {
        let (copy, segment) = (copy.clone(), segment.clone());
        blocking(&self.root, move |root| directory::remove_quarantined(root, &copy, &segment)).await
    }

    async fn clean(&self, copy: &CopyPlace) -> Result<u64, StorageError> {
        let copy = copy.clone();
        blocking(&self.root, move |root| directory::clean(root, &copy)).await
    }

    async fn delete_copy(&self, copy: &CopyPlace) -> Result<(), StorageError> {
        let copy = copy.clone();
        blocking(&self.root, move |root| directory::delete_copy(root, &copy)).await
    }
}
