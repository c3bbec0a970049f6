//! One type over the backends.
//!
//! Invariant: dispatch is by `match` without `_`, so a new backend cannot be forgotten.

use bytes::Bytes;

use super::file::{FileNode, FileSealed, FileSegment, FileWriter};
use super::objects::{ObjectNode, ObjectSealed, ObjectSegment, ObjectWriter};
use super::{DataUrl, fault};
use crate::model::PartitionId;
use crate::ports::storage::{
    CopyId, CopyListing, CopyPlace, IdListing, Marked, Part, Put, SegmentName, SegmentRead, SegmentWrite, StorageError,
    StorageRead, StorageWrite,
};

/// Any node's data.
#[derive(Clone, Debug)]
pub enum AnyStorage {
    /// In a directory.
    File(FileNode),
    /// In an object store, or in memory.
    Objects(ObjectNode),
}

/// A segment of [`AnyStorage`].
#[derive(Debug)]
pub enum AnySegment {
    /// A file.
    File(FileSegment),
    /// An object.
    Objects(ObjectSegment),
}

/// A segment of [`AnyStorage`] that is being written.
#[derive(Debug)]
pub enum AnyWriter {
    /// A file.
    File(FileWriter),
    /// An object.
    Objects(ObjectWriter),
}

/// A sealed segment of [`AnyStorage`].
#[derive(Debug)]
pub enum AnySealed {
    /// A file.
    File(FileSealed),
    /// An object.
    Objects(ObjectSealed),
}

impl AnyStorage {
    /// The store behind a data URL. `tag` is a random number of this process, which makes what it writes its own; `variable`
    /// gives environment variables, for the keys of an object store.
    ///
    /// # Errors
    /// The URL cannot be used, the directory is not there, or this build has no S3.
    pub fn open(url: &DataUrl, tag: u64, variable: &dyn Fn(&str) -> Option<String>) -> Result<Self, StorageError> {
        match url {
            DataUrl::File(path) => FileNode::open(path, tag).map(Self::File),
            DataUrl::S3(s3) => super::objects::open_s3(s3, tag, variable).map(Self::Objects),
        }
    }
}

/// The error of a sealed segment that is given to another kind of store than the one that made it.
fn mixed(place: &str) -> StorageError {
    fault::of_io(place, "a sealed segment", &std::io::Error::other("it is another store's"))
}

impl SegmentRead for AnySegment {
    fn bytes(&self) -> u64 {
        match self {
            Self::File(segment) => segment.bytes(),
            Self::Objects(segment) => segment.bytes(),
        }
    }

    async fn read(&self, offset: u64, length: usize) -> Result<Bytes, StorageError> {
        match self {
            Self::File(segment) => segment.read(offset, length).await,
            Self::Objects(segment) => segment.read(offset, length).await,
        }
    }
}

impl SegmentRead for AnySealed {
    fn bytes(&self) -> u64 {
        match self {
            Self::File(segment) => segment.bytes(),
            Self::Objects(segment) => segment.bytes(),
        }
    }

    async fn read(&self, offset: u64, length: usize) -> Result<Bytes, StorageError> {
        match self {
            Self::File(segment) => segment.read(offset, length).await,
            Self::Objects(segment) => segment.read(offset, length).await,
        }
    }
}

impl SegmentWrite for AnyWriter {
    type Sealed = AnySealed;

    async fn append(&mut self, bytes: Bytes) -> Result<(), StorageError> {
        match self {
            Self::File(writer) => writer.append(bytes).await,
            Self::Objects(writer) => writer.append(bytes).await,
        }
    }

    async fn seal(self) -> Result<AnySealed, StorageError> {
        match self {
            Self::File(writer) => writer.seal().await.map(AnySealed::File),
            Self::Objects(writer) => writer.seal().await.map(AnySealed::Objects),
        }
    }

    async fn abort(self) -> Result<(), StorageError> {
        match self {
            Self::File(writer) => writer.abort().await,
            Self::Objects(writer) => writer.abort().await,
        }
    }
}

impl StorageRead for AnyStorage {
    type Segment = AnySegment;

    fn place(&self) -> &str {
        match self {
            Self::File(store) => store.place(),
            Self::Objects(store) => store.place(),
        }
    }

    async fn marker(&self) -> Result<Option<Bytes>, StorageError> {
        match self {
            Self::File(store) => store.marker().await,
            Self::Objects(store) => store.marker().await,
        }
    }

    async fn looks_writable(&self) -> Result<(), StorageError> {
        match self {
            Self::File(store) => store.looks_writable().await,
            Self::Objects(store) => store.looks_writable().await,
        }
    }

    async fn partitions(&self) -> Result<IdListing<PartitionId>, StorageError> {
        match self {
            Self::File(store) => store.partitions().await,
            Self::Objects(store) => store.partitions().await,
        }
    }

    async fn copies(&self, partition: PartitionId) -> Result<IdListing<CopyId>, StorageError> {
        match self {
            Self::File(store) => store.copies(partition).await,
            Self::Objects(store) => store.copies(partition).await,
        }
    }

    async fn list(&self, copy: &CopyPlace) -> Result<CopyListing, StorageError> {
        match self {
            Self::File(store) => store.list(copy).await,
            Self::Objects(store) => store.list(copy).await,
        }
    }

    async fn open(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<AnySegment, StorageError> {
        match self {
            Self::File(store) => store.open(copy, segment).await.map(AnySegment::File),
            Self::Objects(store) => store.open(copy, segment).await.map(AnySegment::Objects),
        }
    }

    async fn sidecar(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<Option<Bytes>, StorageError> {
        match self {
            Self::File(store) => store.sidecar(copy, segment).await,
            Self::Objects(store) => store.sidecar(copy, segment).await,
        }
    }

    async fn marker_and_list(&self, copy: &CopyPlace) -> Marked<CopyListing> {
        match self {
            Self::File(store) => store.marker_and_list(copy).await,
            Self::Objects(store) => store.marker_and_list(copy).await,
        }
    }

    async fn marker_and_part(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        offset: u64,
        length: usize,
    ) -> Marked<Part> {
        match self {
            Self::File(store) => store.marker_and_part(copy, segment, offset, length).await,
            Self::Objects(store) => store.marker_and_part(copy, segment, offset, length).await,
        }
    }

    async fn marker_and_sidecar_part(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        offset: u64,
        length: usize,
    ) -> Marked<Option<Part>> {
        match self {
            Self::File(store) => store.marker_and_sidecar_part(copy, segment, offset, length).await,
            Self::Objects(store) => store.marker_and_sidecar_part(copy, segment, offset, length).await,
        }
    }

    async fn sidecar_part(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        offset: u64,
        length: usize,
    ) -> Result<Option<Part>, StorageError> {
        match self {
            Self::File(store) => store.sidecar_part(copy, segment, offset, length).await,
            Self::Objects(store) => store.sidecar_part(copy, segment, offset, length).await,
        }
    }
}

impl StorageWrite for AnyStorage {
    type Writer = AnyWriter;
    type Sealed = AnySealed;

    async fn create_marker(&self, marker: Bytes) -> Result<(), StorageError> {
        match self {
            Self::File(store) => store.create_marker(marker).await,
            Self::Objects(store) => store.create_marker(marker).await,
        }
    }

    async fn create(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<AnyWriter, StorageError> {
        match self {
            Self::File(store) => store.create(copy, segment).await.map(AnyWriter::File),
            Self::Objects(store) => store.create(copy, segment).await.map(AnyWriter::Objects),
        }
    }

    async fn publish(&self, sealed: AnySealed) -> Result<(), StorageError> {
        match (self, sealed) {
            (Self::File(store), AnySealed::File(sealed)) => store.publish(sealed).await,
            (Self::Objects(store), AnySealed::Objects(sealed)) => store.publish(sealed).await,
            (Self::File(_), AnySealed::Objects(_)) | (Self::Objects(_), AnySealed::File(_)) => Err(mixed(self.place())),
        }
    }

    async fn discard(&self, sealed: AnySealed) -> Result<(), StorageError> {
        match (self, sealed) {
            (Self::File(store), AnySealed::File(sealed)) => store.discard(sealed).await,
            (Self::Objects(store), AnySealed::Objects(sealed)) => store.discard(sealed).await,
            (Self::File(_), AnySealed::Objects(_)) | (Self::Objects(_), AnySealed::File(_)) => Err(mixed(self.place())),
        }
    }

    async fn create_sidecar(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        sidecar: Bytes,
    ) -> Result<(), StorageError> {
        match self {
            Self::File(store) => store.create_sidecar(copy, segment, sidecar).await,
            Self::Objects(store) => store.create_sidecar(copy, segment, sidecar).await,
        }
    }

    async fn replace_sidecar(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        sidecar: Bytes,
    ) -> Result<(), StorageError> {
        match self {
            Self::File(store) => store.replace_sidecar(copy, segment, sidecar).await,
            Self::Objects(store) => store.replace_sidecar(copy, segment, sidecar).await,
        }
    }

    async fn put(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        content: Bytes,
        sidecar: Bytes,
    ) -> Result<Put, StorageError> {
        match self {
            Self::File(store) => store.put(copy, segment, content, sidecar).await,
            Self::Objects(store) => store.put(copy, segment, content, sidecar).await,
        }
    }

    async fn remove(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<(), StorageError> {
        match self {
            Self::File(store) => store.remove(copy, segment).await,
            Self::Objects(store) => store.remove(copy, segment).await,
        }
    }

    async fn quarantine(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<u64, StorageError> {
        match self {
            Self::File(store) => store.quarantine(copy, segment).await,
            Self::Objects(store) => store.quarantine(copy, segment).await,
        }
    }

    async fn remove_quarantined(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<u64, StorageError> {
        match self {
            Self::File(store) => store.remove_quarantined(copy, segment).await,
            Self::Objects(store) => store.remove_quarantined(copy, segment).await,
        }
    }

    async fn clean(&self, copy: &CopyPlace) -> Result<u64, StorageError> {
        match self {
            Self::File(store) => store.clean(copy).await,
            Self::Objects(store) => store.clean(copy).await,
        }
    }

    async fn delete_copy(&self, copy: &CopyPlace) -> Result<(), StorageError> {
        match self {
            Self::File(store) => store.delete_copy(copy).await,
            Self::Objects(store) => store.delete_copy(copy).await,
        }
    }
}
