//! The storage port: the segments of the copies that one node holds.
//!
//! ```text
//! .otlp-part-node.json                         whose data this is
//! {partition_id}/{copy_id}/{segment}           opaque, immutable bytes
//! {partition_id}/{copy_id}/{segment}.sidecar.json   length, CRC32C, records, …; written once, after the segment
//! {partition_id}/{copy_id}/{segment}.{…}.staging    not whole yet
//! {partition_id}/{copy_id}/{segment}.{…}.quarantined    found damaged, kept until the segment is whole again
//! ```
//!
//! A segment counts from its sidecar on; one without is either written by others or not verified yet.
//!
//! Invariant: nobody works on a store before its marker was checked: [`OpenedNode`] is the only way to one, and checks again
//! before what it reads, writes or deletes. A delete names one copy, never a partition.

pub mod errand;
pub mod error;
pub mod marker;
pub mod mover;
pub mod names;
pub mod node;
pub mod put;
pub mod sidecar;

use std::collections::BTreeSet;

use bytes::Bytes;

pub use errand::errand;
pub use error::StorageError;
pub use marker::NodeMarker;
pub use mover::{Mover, MoverOrder};
pub use names::{CopyId, CopyPlace, SegmentName};
pub use node::OpenedNode;
pub use put::Put;
pub use sidecar::{Part, SegmentFacts, Sidecar};

/// The most that one read asks for, and what a copy moves at a time. Smaller pieces are many times slower on files.
pub const CHUNK_BYTES: usize = 8 << 20;

/// A segment in a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentEntry {
    /// Its name.
    pub name: SegmentName,
    /// Its length.
    pub bytes: u64,
    /// Whether its sidecar is there.
    pub has_sidecar: bool,
}

/// What lies in one copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CopyListing {
    /// The segments, by name.
    pub segments: Vec<SegmentEntry>,
    /// Segments of which the sidecar is there and they themselves are not, by name.
    pub missing: Vec<SegmentName>,
    /// How many files are not whole yet.
    pub staged: u64,
    /// Segments of which something was found damaged and is kept out of the way, by name, each once.
    pub quarantined: BTreeSet<SegmentName>,
    /// What is neither, by name: somebody else's, and possibly data.
    pub strangers: Vec<String>,
}

/// What lies in one directory of ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdListing<T> {
    /// The ids, sorted.
    pub ids: Vec<T>,
    /// Other names, sorted.
    pub strangers: Vec<String>,
}

/// The marker's bytes, and what was read after it, as one errand: threads that are woken cost more than reading a small file.
pub type Marked<T> = (Result<Option<Bytes>, StorageError>, Result<T, StorageError>);

/// Reading the data of a node.
pub trait StorageRead: Send + Sync {
    /// A segment that is open for reading.
    type Segment: SegmentRead;

    /// Where the data is, as the operator names it: `file:///data/node-1`; without anything secret.
    fn place(&self) -> &str;

    /// The marker's bytes; `None` = there is no marker.
    fn marker(&self) -> impl Future<Output = Result<Option<Bytes>, StorageError>> + Send;

    /// Whether data could be written there, as far as that is seen without writing; where nothing is seen, it could.
    fn looks_writable(&self) -> impl Future<Output = Result<(), StorageError>> + Send {
        async { Ok(()) }
    }

    /// The partitions that have a directory.
    fn partitions(&self) -> impl Future<Output = Result<IdListing<crate::model::PartitionId>, StorageError>> + Send;

    /// The copies of one partition.
    fn copies(
        &self,
        partition: crate::model::PartitionId,
    ) -> impl Future<Output = Result<IdListing<CopyId>, StorageError>> + Send;

    /// What lies in a copy. One that nothing was ever written to is empty.
    fn list(&self, copy: &CopyPlace) -> impl Future<Output = Result<CopyListing, StorageError>> + Send;

    /// Opens a segment.
    fn open(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
    ) -> impl Future<Output = Result<Self::Segment, StorageError>> + Send;

    /// The bytes of a segment's sidecar; `None` = it has none.
    fn sidecar(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
    ) -> impl Future<Output = Result<Option<Bytes>, StorageError>> + Send;

    /// The marker's bytes, and what lies in a copy.
    fn marker_and_list(&self, copy: &CopyPlace) -> impl Future<Output = Marked<CopyListing>> + Send {
        async { (self.marker().await, self.list(copy).await) }
    }

    /// The marker's bytes, and up to `length` bytes of a segment, at most [`CHUNK_BYTES`], from `offset` on; fewer only at the end.
    fn marker_and_part(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        offset: u64,
        length: usize,
    ) -> impl Future<Output = Marked<Part>> + Send {
        async move { (self.marker().await, self.part(copy, segment, offset, length).await) }
    }

    /// Up to `length` bytes of a segment, at most [`CHUNK_BYTES`], from `offset` on; fewer only at the end.
    fn part(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        offset: u64,
        length: usize,
    ) -> impl Future<Output = Result<Part, StorageError>> + Send {
        async move {
            let open = self.open(copy, segment).await?;
            Ok(Part { bytes: open.read(offset, length).await?, total: open.bytes() })
        }
    }

    /// The marker's bytes, and a part of a segment's sidecar.
    fn marker_and_sidecar_part(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        offset: u64,
        length: usize,
    ) -> impl Future<Output = Marked<Option<Part>>> + Send {
        async move { (self.marker().await, self.sidecar_part(copy, segment, offset, length).await) }
    }

    /// Up to `length` bytes of a segment's sidecar, at most [`CHUNK_BYTES`], from `offset` on; fewer only at the end. `None` = it
    /// has none.
    fn sidecar_part(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        offset: u64,
        length: usize,
    ) -> impl Future<Output = Result<Option<Part>, StorageError>> + Send {
        async move {
            let whole = self.sidecar(copy, segment).await?;
            Ok(whole.map(|whole| Part::of(&whole, offset, length.min(CHUNK_BYTES))))
        }
    }
}

/// A segment that is open for reading.
pub trait SegmentRead: Send + Sync {
    /// Its length when it was opened.
    fn bytes(&self) -> u64;

    /// Reads up to `length` bytes, at most [`CHUNK_BYTES`], from `offset` on; fewer only at the end.
    fn read(&self, offset: u64, length: usize) -> impl Future<Output = Result<Bytes, StorageError>> + Send;
}

/// Writing the data of a node.
pub trait StorageWrite: StorageRead {
    /// A segment that is being written.
    type Writer: SegmentWrite<Sealed = Self::Sealed>;
    /// A segment that is written, durable, and not yet under its name.
    type Sealed: SegmentRead;

    /// Writes the marker; [`StorageError::Exists`] if there is one.
    fn create_marker(&self, marker: Bytes) -> impl Future<Output = Result<(), StorageError>> + Send;

    /// Begins a segment. Two writers of one segment do not touch each other's bytes.
    fn create(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
    ) -> impl Future<Output = Result<Self::Writer, StorageError>> + Send;

    /// Gives a sealed segment its name; [`StorageError::Exists`] if somebody else's has it. Durable when this returns.
    fn publish(&self, sealed: Self::Sealed) -> impl Future<Output = Result<(), StorageError>> + Send;

    /// Takes a sealed segment away.
    fn discard(&self, sealed: Self::Sealed) -> impl Future<Output = Result<(), StorageError>> + Send;

    /// Writes a sidecar; [`StorageError::Exists`] if there is one. Durable when this returns.
    fn create_sidecar(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        sidecar: Bytes,
    ) -> impl Future<Output = Result<(), StorageError>> + Send;

    /// Puts a sidecar in the place of a stand-in ([`Sidecar::of_opaque`]), at once. Durable when this returns.
    fn replace_sidecar(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        sidecar: Bytes,
    ) -> impl Future<Output = Result<(), StorageError>> + Send;

    /// Puts a whole segment with its sidecar in its place, durable when this returns. What is there already stays as it is: a
    /// segment of these very bytes without its sidecar, or with a stand-in for it, gets it.
    fn put(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        content: Bytes,
        sidecar: Bytes,
    ) -> impl Future<Output = Result<Put, StorageError>> + Send {
        put::put_in_steps(self, copy, segment, content, sidecar)
    }

    /// Takes a segment and its sidecar away, the sidecar first; nothing happens if they are not there.
    fn remove(&self, copy: &CopyPlace, segment: &SegmentName) -> impl Future<Output = Result<(), StorageError>> + Send;

    /// Gets a damaged segment and its sidecar out of the readers' way, under names that no reader looks at; gives how many of the
    /// two were there. Their bytes are kept until [`StorageWrite::remove_quarantined`]. Durable when this returns.
    fn quarantine(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
    ) -> impl Future<Output = Result<u64, StorageError>> + Send;

    /// Deletes what was quarantined of a segment; gives how many files.
    fn remove_quarantined(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
    ) -> impl Future<Output = Result<u64, StorageError>> + Send;

    /// Takes away what was never finished; gives how many files.
    fn clean(&self, copy: &CopyPlace) -> impl Future<Output = Result<u64, StorageError>> + Send;

    /// Deletes one copy with all that lies in it; nothing happens if it is not there.
    fn delete_copy(&self, copy: &CopyPlace) -> impl Future<Output = Result<(), StorageError>> + Send;
}

/// A segment that is being written. Dropped, it leaves at most something that [`StorageWrite::clean`] takes away.
pub trait SegmentWrite: Send + Sized {
    /// What it becomes.
    type Sealed;

    /// Adds bytes at its end.
    fn append(&mut self, bytes: Bytes) -> impl Future<Output = Result<(), StorageError>> + Send;

    /// Ends it: its bytes are durable when this returns.
    fn seal(self) -> impl Future<Output = Result<Self::Sealed, StorageError>> + Send;

    /// Gives it up and frees its room.
    fn abort(self) -> impl Future<Output = Result<(), StorageError>> + Send;
}
