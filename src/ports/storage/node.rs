//! A node's data behind its marker.

use std::time::Duration;

use bytes::Bytes;

use super::error::Cause;
use super::{CHUNK_BYTES, CopyId, CopyListing, CopyPlace, IdListing, Marked, NodeMarker, Part, Put, SegmentName};
use super::{SegmentRead as _, Sidecar, StorageError, StorageRead, StorageWrite};
use crate::model::{NodeId, PartitionId};

/// How long a look at the marker may take before the node counts as unreachable.
pub const MARKER_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a listing, an open or a sidecar may take. Bytes of segments have no limit: disks differ too much.
pub const CALL_TIMEOUT: Duration = Duration::from_secs(60);

/// The data of a node whose marker was found to be that node's.
///
/// Every call looks at the marker first, so a disk that goes away or is exchanged in the middle of a run is unreachable from
/// then on, and never written to. Reads of an open segment are not checked one by one: whoever reads compares the CRC.
#[derive(Debug)]
pub struct OpenedNode<S> {
    store: S,
    marker: NodeMarker,
}

impl<S: StorageRead> OpenedNode<S> {
    /// Opens the data of a node.
    ///
    /// # Errors
    /// The place does not answer, has no marker, or that of another node or cluster.
    pub async fn open(store: S, marker: NodeMarker) -> Result<Self, StorageError> {
        let node = Self { store, marker };
        node.check().await?;
        Ok(node)
    }

    /// The node.
    #[must_use]
    pub fn id(&self) -> &NodeId {
        &self.marker.node_id
    }

    /// Where its data is.
    #[must_use]
    pub fn place(&self) -> &str {
        self.store.place()
    }

    /// Looks at the marker.
    ///
    /// # Errors
    /// As [`OpenedNode::open`].
    pub async fn check(&self) -> Result<(), StorageError> {
        self.is_marker(Box::pin(within(MARKER_TIMEOUT, self.place(), self.store.marker())).await?)
    }

    /// Whether what was found as the marker is this node's.
    fn is_marker(&self, bytes: Option<Bytes>) -> Result<(), StorageError> {
        let place = || self.place().to_owned();
        let Some(bytes) = bytes else { return Err(StorageError::Unmarked { place: place() }) };
        let found = NodeMarker::parse(&bytes).map_err(|reason| StorageError::Marker { place: place(), reason })?;
        if found == self.marker {
            return Ok(());
        }
        let (found, expected) = (Box::new(found), Box::new(self.marker.clone()));
        Err(StorageError::Foreign { place: place(), found, expected })
    }

    /// A call that is not made before the marker was seen, and whose failure is the marker's if that is gone by now.
    ///
    /// The call is boxed: its state is large, and would lie in that of everything that waits for it, and on the stack.
    fn checked<T>(
        &self,
        call: impl Future<Output = Result<T, StorageError>>,
    ) -> impl Future<Output = Result<T, StorageError>> {
        let call = Box::pin(call);
        async move {
            self.check().await?;
            let result = call.await;
            if result.is_err() {
                self.check().await?;
            }
            result
        }
    }

    /// What a call read behind the marker, which counts only if that is this node's, as with [`OpenedNode::checked`].
    fn marked<T>(&self, call: impl Future<Output = Marked<T>>) -> impl Future<Output = Result<T, StorageError>> {
        let call = Box::pin(call);
        async move {
            let (marker, result) = within(CALL_TIMEOUT, self.place(), async { Ok(call.await) }).await?;
            self.is_marker(marker?)?;
            if result.is_err() {
                self.check().await?;
            }
            result
        }
    }

    /// Whether data could be written there, as far as that is seen without writing.
    ///
    /// # Errors
    /// It could not, or the node is unreachable.
    pub async fn looks_writable(&self) -> Result<(), StorageError> {
        self.checked(within(CALL_TIMEOUT, self.place(), self.store.looks_writable())).await
    }

    /// The partitions that have a directory.
    ///
    /// # Errors
    /// The node is unreachable, or the store's.
    pub async fn partitions(&self) -> Result<IdListing<PartitionId>, StorageError> {
        self.checked(within(CALL_TIMEOUT, self.place(), self.store.partitions())).await
    }

    /// The copies of one partition.
    ///
    /// # Errors
    /// The node is unreachable, or the store's.
    pub async fn copies(&self, partition: PartitionId) -> Result<IdListing<CopyId>, StorageError> {
        self.checked(within(CALL_TIMEOUT, self.place(), self.store.copies(partition))).await
    }

    /// What lies in a copy. An empty listing of a node that was checked before and after is one of an empty copy.
    ///
    /// # Errors
    /// The node is unreachable, or the store's.
    pub async fn list(&self, copy: &CopyPlace) -> Result<CopyListing, StorageError> {
        let listing = self.marked(self.store.marker_and_list(copy)).await?;
        if listing.segments.is_empty() {
            self.check().await?;
        }
        Ok(listing)
    }

    /// Opens a segment.
    ///
    /// # Errors
    /// It is not there, the node is unreachable, or the store's.
    pub async fn open_segment(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<S::Segment, StorageError> {
        self.checked(within(CALL_TIMEOUT, self.place(), self.store.open(copy, segment))).await
    }

    /// All bytes of a segment, as many as there are.
    ///
    /// # Errors
    /// As [`OpenedNode::open_segment`].
    pub async fn read_segment(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<Bytes, StorageError> {
        let segment = self.open_segment(copy, segment).await?;
        let mut content = Vec::new();
        while (content.len() as u64) < segment.bytes() {
            let piece = segment.read(content.len() as u64, CHUNK_BYTES).await?;
            if piece.is_empty() {
                break;
            }
            content.extend_from_slice(&piece);
        }
        Ok(content.into())
    }

    /// Up to `length` bytes of a segment, at most [`super::CHUNK_BYTES`], from `offset` on, and its length.
    ///
    /// # Errors
    /// It is not there, the node is unreachable, or the store's.
    pub async fn segment_part(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        offset: u64,
        length: usize,
    ) -> Result<Part, StorageError> {
        self.marked(self.store.marker_and_part(copy, segment, offset, length)).await
    }

    /// The same of a segment whose sidecar was read. The marker is not looked at again: whoever reads compares a CRC.
    ///
    /// # Errors
    /// The store's; whether it is the whole node's is not told.
    pub async fn segment_more(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        offset: u64,
        length: usize,
    ) -> Result<Part, StorageError> {
        within(CALL_TIMEOUT, self.place(), self.store.part(copy, segment, offset, length)).await
    }

    /// A segment's sidecar; `None` = it has none.
    ///
    /// # Errors
    /// It is damaged, the node is unreachable, or the store's.
    pub async fn sidecar(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<Option<Sidecar>, StorageError> {
        let raw = self.sidecar_bytes(copy, segment).await?;
        raw.map(|raw| Sidecar::parse(raw).map_err(|reason| self.damaged_sidecar(copy, segment, reason))).transpose()
    }

    /// The same as bytes that nobody looked into.
    ///
    /// # Errors
    /// The node is unreachable, or the store's.
    pub async fn sidecar_bytes(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<Option<Bytes>, StorageError> {
        self.there(self.checked(within(CALL_TIMEOUT, self.place(), self.store.sidecar(copy, segment)))).await
    }

    /// The start of a segment's sidecar, as bytes that nobody looked into; `None` = it has none.
    ///
    /// # Errors
    /// The node is unreachable, or the store's.
    pub async fn sidecar_start(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        length: usize,
    ) -> Result<Option<Part>, StorageError> {
        self.there(self.marked(self.store.marker_and_sidecar_part(copy, segment, 0, length))).await
    }

    /// More of a sidecar whose start was read. The marker is not looked at again: whoever reads compares a CRC.
    ///
    /// # Errors
    /// The store's; whether it is the whole node's is not told.
    pub async fn sidecar_more(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        offset: u64,
        length: usize,
    ) -> Result<Option<Part>, StorageError> {
        within(CALL_TIMEOUT, self.place(), self.store.sidecar_part(copy, segment, offset, length)).await
    }

    /// What a call finds; that it finds nothing is the answer of a node that is still there.
    async fn there<T>(
        &self,
        call: impl Future<Output = Result<Option<T>, StorageError>>,
    ) -> Result<Option<T>, StorageError> {
        let found = call.await?;
        if found.is_none() {
            self.check().await?;
        }
        Ok(found)
    }

    /// The error of a sidecar that is not what it should be.
    #[must_use]
    pub fn damaged_sidecar(&self, copy: &CopyPlace, segment: &SegmentName, reason: String) -> StorageError {
        let what = format!("{copy}/{}", segment.sidecar());
        StorageError::Corrupt { place: self.place().to_owned(), what, reason }
    }
}

impl<S: StorageWrite> OpenedNode<S> {
    /// Makes a place the data of a node, and opens it. One that has this very marker already is opened.
    ///
    /// # Errors
    /// The place does not answer, or is another node's.
    pub async fn mark(store: S, marker: NodeMarker) -> Result<Self, StorageError> {
        match within(MARKER_TIMEOUT, store.place(), store.create_marker(marker.to_bytes().into())).await {
            Ok(()) | Err(StorageError::Exists { .. }) => Self::open(store, marker).await,
            Err(error) => Err(error),
        }
    }

    /// Begins a segment.
    ///
    /// # Errors
    /// The node is unreachable or full, or the store's.
    pub async fn create(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<S::Writer, StorageError> {
        self.checked(self.store.create(copy, segment)).await
    }

    /// Gives a sealed segment its name.
    ///
    /// # Errors
    /// Somebody else's has it, the node is unreachable, or the store's.
    pub async fn publish(&self, sealed: S::Sealed) -> Result<(), StorageError> {
        self.checked(self.store.publish(sealed)).await
    }

    /// Takes a sealed segment away.
    ///
    /// # Errors
    /// The node is unreachable, or the store's.
    pub async fn discard(&self, sealed: S::Sealed) -> Result<(), StorageError> {
        self.checked(self.store.discard(sealed)).await
    }

    /// Writes a sidecar.
    ///
    /// # Errors
    /// There is one, the node is unreachable or full, or the store's.
    pub async fn create_sidecar(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        sidecar: Bytes,
    ) -> Result<(), StorageError> {
        self.checked(self.store.create_sidecar(copy, segment, sidecar)).await
    }

    /// Puts a whole segment with its sidecar in its place; what is there already stays.
    ///
    /// # Errors
    /// The node is unreachable or full, or the store's.
    pub async fn put(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        content: Bytes,
        sidecar: Bytes,
    ) -> Result<Put, StorageError> {
        self.checked(self.store.put(copy, segment, content, sidecar)).await
    }

    /// Takes a segment and its sidecar away.
    ///
    /// # Errors
    /// The node is unreachable, or the store's.
    pub async fn remove(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<(), StorageError> {
        self.checked(self.store.remove(copy, segment)).await
    }

    /// Gets a damaged segment and its sidecar out of the readers' way; gives how many of the two were there.
    ///
    /// # Errors
    /// The node is unreachable, or the store's.
    pub async fn quarantine(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<u64, StorageError> {
        self.checked(self.store.quarantine(copy, segment)).await
    }

    /// Deletes what was quarantined of a segment; gives how many files.
    ///
    /// # Errors
    /// The node is unreachable, or the store's.
    pub async fn remove_quarantined(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<u64, StorageError> {
        self.checked(self.store.remove_quarantined(copy, segment)).await
    }

    /// Takes away what was never finished in a copy; gives how many files.
    ///
    /// # Errors
    /// The node is unreachable, or the store's.
    pub async fn clean(&self, copy: &CopyPlace) -> Result<u64, StorageError> {
        self.checked(self.store.clean(copy)).await
    }

    /// Deletes one copy; nothing happens if it is not there. On a node that goes away meanwhile it may be there still.
    ///
    /// # Errors
    /// The node is unreachable, or the store's.
    pub async fn delete_copy(&self, copy: &CopyPlace) -> Result<(), StorageError> {
        self.checked(self.store.delete_copy(copy)).await?;
        self.check().await
    }
}

/// A call that does not wait for ever for a disk or a server that does not answer.
async fn within<T>(
    limit: Duration,
    place: &str,
    call: impl Future<Output = Result<T, StorageError>>,
) -> Result<T, StorageError> {
    match tokio::time::timeout(limit, call).await {
        Ok(result) => result,
        Err(_) => Err(StorageError::Unreachable {
            place: place.to_owned(),
            cause: Cause::Silent,
            detail: format!("nothing in {} s", limit.as_secs()),
        }),
    }
}
