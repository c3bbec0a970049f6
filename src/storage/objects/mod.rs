//! The data of a node in an object store: `s3://bucket/prefix`, or in memory for tests.
//!
//! An object appears whole or not at all, so a segment needs no staging name: sealed it is under its own, and counts from its
//! sidecar on, as everywhere. What a killed upload leaves is invisible; a bucket's rule for incomplete uploads removes it.

#[cfg(feature = "s3")]
mod connect;
#[cfg(feature = "s3")]
mod s3;
mod segment;

use std::collections::BTreeSet;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _};
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{
    GetOptions, GetRange, ObjectMeta, ObjectStore, ObjectStoreExt as _, PutMode, PutOptions, PutPayload,
};

#[cfg(feature = "s3")]
pub use s3::open_s3;
pub use segment::{ObjectSealed, ObjectSegment, ObjectWriter};

use super::fault;
use super::unique::unique;
use crate::model::PartitionId;
use crate::ports::storage::marker::MARKER_BYTES_MAX;
use crate::ports::storage::names::{Entry, MARKER_NAME};
use crate::ports::storage::sidecar::SIDECAR_BYTES_MAX;
use crate::ports::storage::{
    CHUNK_BYTES, CopyId, CopyListing, CopyPlace, IdListing, Marked, Part, SegmentEntry, SegmentName, SegmentRead as _,
    StorageError, StorageRead, StorageWrite,
};

/// The store behind an S3 URL: this build has none.
///
/// # Errors
/// Always.
#[cfg(not(feature = "s3"))]
pub fn open_s3(url: &super::S3Url, _: u64, _: &dyn Fn(&str) -> Option<String>) -> Result<ObjectNode, StorageError> {
    let reason = "this program was built without S3 (cargo feature s3)".to_owned();
    Err(StorageError::Url { url: url.to_string(), reason })
}

/// The part of an object store that holds a node's data.
#[derive(Clone, Debug)]
pub struct ObjectNode {
    bucket: Arc<Bucket>,
}

/// The store, where in it the node's data is, and its name for messages.
#[derive(Debug)]
struct Bucket {
    store: Arc<dyn ObjectStore>,
    prefix: Path,
    place: String,
    /// Makes the names of quarantined objects this process's own.
    tag: u64,
}

impl Bucket {
    fn path(&self, name: &str) -> Path {
        let start = self.prefix.clone();
        name.split('/').fold(start, |path, part| path.join(part))
    }

    fn error(&self, what: &dyn std::fmt::Display, error: &object_store::Error) -> StorageError {
        fault::of_object(&self.place, &what.to_string(), error)
    }

    /// An object in the place of what has its name.
    async fn replace(&self, name: &str, payload: PutPayload) -> Result<(), StorageError> {
        let put = self.store.put(&self.path(name), payload).await;
        put.map(drop).map_err(|e| self.error(&name, &e))
    }

    /// A new object; never instead of one that is there.
    async fn create(&self, name: &str, payload: PutPayload) -> Result<(), StorageError> {
        let options = PutOptions::from(PutMode::Create);
        let put = self.store.put_opts(&self.path(name), payload, options).await;
        put.map(drop).map_err(|e| self.error(&name, &e))
    }
}

impl ObjectNode {
    /// A node's data in memory: for tests and simulations. It goes with this value and its clones.
    #[must_use]
    pub fn in_memory(name: &str) -> Self {
        Self::new(Arc::new(InMemory::new()), Path::default(), format!("memory:{name}"), 0)
    }

    fn new(store: Arc<dyn ObjectStore>, prefix: Path, place: String, tag: u64) -> Self {
        Self { bucket: Arc::new(Bucket { store, prefix, place, tag }) }
    }

    /// A small object, at most `bytes_max`; `None` = it is not there.
    async fn small(&self, name: &str, bytes_max: u64) -> Result<Option<Bytes>, StorageError> {
        let read = self.part(name, bytes_max, None).await?;
        Ok(read.map(|part| part.bytes))
    }

    /// A range of a small object, or all of it.
    async fn part(
        &self,
        name: &str,
        bytes_max: u64,
        range: Option<std::ops::Range<u64>>,
    ) -> Result<Option<Part>, StorageError> {
        let options = GetOptions { range: range.map(GetRange::Bounded), ..GetOptions::default() };
        let found = self.bucket.store.get_opts(&self.bucket.path(name), options).await;
        let found = found.map_err(|e| self.bucket.error(&name, &e));
        let Some(found) = fault::optional(found)? else { return Ok(None) };
        let total = found.meta.size;
        if total > bytes_max {
            let reason = format!("it has {total} bytes, the most is {bytes_max}");
            return Err(StorageError::Corrupt { place: self.place().to_owned(), what: name.to_owned(), reason });
        }
        let bytes = found.bytes().await.map_err(|e| self.bucket.error(&name, &e))?;
        Ok(Some(Part { bytes, total }))
    }

    /// A part of a segment whose length is looked at first.
    async fn part_of_open(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        offset: u64,
        length: usize,
    ) -> Result<Part, StorageError> {
        let open = self.open(copy, segment).await?;
        Ok(Part { bytes: open.read(offset, length).await?, total: open.bytes() })
    }

    /// The names directly below one, and the objects among them.
    async fn names(&self, below: &str) -> Result<(Vec<String>, Vec<ObjectMeta>), StorageError> {
        let prefix = if below.is_empty() { self.bucket.prefix.clone() } else { self.bucket.path(below) };
        let listed = self.bucket.store.list_with_delimiter(Some(&prefix)).await;
        let listed = listed.map_err(|e| self.bucket.error(&below, &e))?;
        let names = listed.common_prefixes.iter().filter_map(|path| path.filename().map(str::to_owned));
        Ok((names.collect(), listed.objects))
    }

    async fn ids<T: Ord>(&self, below: &str, parse: fn(&str) -> Option<T>) -> Result<IdListing<T>, StorageError> {
        let (directories, objects) = self.names(below).await?;
        let (mut ids, mut strangers) = (Vec::new(), Vec::new());
        for name in directories {
            match parse(&name) {
                Some(id) => ids.push(id),
                None => strangers.push(name),
            }
        }
        let names = objects.iter().filter_map(|object| object.location.filename());
        strangers.extend(names.filter(|name| *name != MARKER_NAME).map(str::to_owned));
        ids.sort_unstable();
        strangers.sort_unstable();
        Ok(IdListing { ids, strangers })
    }

    /// Deletes the objects of a copy that are of a kind; gives how many.
    async fn delete_all(&self, copy: &CopyPlace, is_one: impl Fn(&Entry) -> bool + Send) -> Result<u64, StorageError> {
        let (_, objects) = self.names(&copy.to_string()).await?;
        let is_one = |path: &Path| path.filename().is_some_and(|name| is_one(&Entry::of(name)));
        let found: Vec<_> = objects.into_iter().map(|object| object.location).filter(is_one).collect();
        let count = found.len() as u64;
        self.delete(&copy.to_string(), found).await.map(|()| count)
    }

    /// Deletes objects; those that are gone are no error.
    async fn delete(&self, what: &str, paths: Vec<Path>) -> Result<(), StorageError> {
        let paths = futures_util::stream::iter(paths.into_iter().map(Ok)).boxed();
        let mut deleted = self.bucket.store.delete_stream(paths);
        while let Some(done) = deleted.next().await {
            fault::optional(done.map_err(|e| self.bucket.error(&what, &e)))?;
        }
        Ok(())
    }
}

impl StorageRead for ObjectNode {
    type Segment = ObjectSegment;

    fn place(&self) -> &str {
        &self.bucket.place
    }

    async fn marker(&self) -> Result<Option<Bytes>, StorageError> {
        self.small(MARKER_NAME, MARKER_BYTES_MAX).await
    }

    async fn partitions(&self) -> Result<IdListing<PartitionId>, StorageError> {
        self.ids("", |text| PartitionId::parse(text).ok()).await
    }

    async fn copies(&self, partition: PartitionId) -> Result<IdListing<CopyId>, StorageError> {
        self.ids(&partition.to_string(), |text| CopyId::parse(text).ok()).await
    }

    async fn list(&self, copy: &CopyPlace) -> Result<CopyListing, StorageError> {
        let (directories, objects) = self.names(&copy.to_string()).await?;
        let mut listing = CopyListing { strangers: directories, ..CopyListing::default() };
        let mut sidecars = BTreeSet::new();
        for object in objects {
            let Some(name) = object.location.filename() else { continue };
            match Entry::of(name) {
                Entry::Segment(segment) => {
                    listing.segments.push(SegmentEntry { name: segment, bytes: object.size, has_sidecar: false });
                }
                Entry::Sidecar(segment) => {
                    sidecars.insert(segment);
                }
                Entry::Quarantined(segment) => {
                    listing.quarantined.insert(segment);
                }
                Entry::Manifest => {}
                Entry::Staged => listing.staged += 1,
                Entry::Stranger => listing.strangers.push(name.to_owned()),
            }
        }
        listing.segments.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        listing.strangers.sort_unstable();
        for segment in &mut listing.segments {
            segment.has_sidecar = sidecars.remove(&segment.name);
        }
        listing.missing = sidecars.into_iter().collect();
        Ok(listing)
    }

    async fn open(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<ObjectSegment, StorageError> {
        ObjectSegment::open(Arc::clone(&self.bucket), format!("{copy}/{segment}")).await
    }

    async fn sidecar(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<Option<Bytes>, StorageError> {
        self.small(&format!("{copy}/{}", segment.sidecar()), SIDECAR_BYTES_MAX).await
    }

    async fn marker_and_part(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        offset: u64,
        length: usize,
    ) -> Marked<Part> {
        let name = format!("{copy}/{segment}");
        let range = offset..offset.saturating_add(length.min(CHUNK_BYTES) as u64);
        let marker = self.marker().await;
        let part = match self.part(&name, u64::MAX, Some(range)).await {
            Ok(Some(part)) => Ok(part),
            Ok(None) => Err(StorageError::NotFound { place: self.place().to_owned(), what: name }),
            // No range lies in an object that is empty, or ends before.
            Err(StorageError::Io { .. }) => self.part_of_open(copy, segment, offset, length).await,
            Err(error) => Err(error),
        };
        (marker, part)
    }

    async fn sidecar_part(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        offset: u64,
        length: usize,
    ) -> Result<Option<Part>, StorageError> {
        let name = format!("{copy}/{}", segment.sidecar());
        let length = length.min(CHUNK_BYTES);
        let range = offset..offset.saturating_add(length as u64);
        match self.part(&name, SIDECAR_BYTES_MAX, Some(range)).await {
            // No range lies in an object that is empty, or ends before.
            Err(StorageError::Io { .. }) => {
                let whole = self.small(&name, SIDECAR_BYTES_MAX).await?;
                Ok(whole.map(|whole| Part::of(&whole, offset, length)))
            }
            read => read,
        }
    }
}

impl StorageWrite for ObjectNode {
    type Writer = ObjectWriter;
    type Sealed = ObjectSealed;

    async fn create_marker(&self, marker: Bytes) -> Result<(), StorageError> {
        self.bucket.create(MARKER_NAME, marker.into()).await
    }

    async fn create(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<ObjectWriter, StorageError> {
        ObjectWriter::create(Arc::clone(&self.bucket), format!("{copy}/{segment}")).await
    }

    async fn publish(&self, sealed: ObjectSealed) -> Result<(), StorageError> {
        // It has its name.
        sealed.confirm().await
    }

    async fn discard(&self, sealed: ObjectSealed) -> Result<(), StorageError> {
        let path = self.bucket.path(sealed.name());
        self.delete(sealed.name(), vec![path]).await
    }

    async fn create_sidecar(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        sidecar: Bytes,
    ) -> Result<(), StorageError> {
        self.bucket.create(&format!("{copy}/{}", segment.sidecar()), sidecar.into()).await
    }

    async fn replace_sidecar(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        sidecar: Bytes,
    ) -> Result<(), StorageError> {
        self.bucket.replace(&format!("{copy}/{}", segment.sidecar()), sidecar.into()).await
    }

    async fn remove(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<(), StorageError> {
        for name in [segment.sidecar(), segment.as_str().to_owned()] {
            let name = format!("{copy}/{name}");
            self.delete(&name, vec![self.bucket.path(&name)]).await?;
        }
        Ok(())
    }

    async fn quarantine(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<u64, StorageError> {
        let mut moved = 0;
        for (name, away) in segment.quarantined(unique(self.bucket.tag)) {
            let (name, away) = (format!("{copy}/{name}"), format!("{copy}/{away}"));
            let (from, to) = (self.bucket.path(&name), self.bucket.path(&away));
            // Objects have no renames. Killed between the two it is there under both names, and is quarantined again.
            let copied = self.bucket.store.copy(&from, &to).await.map_err(|e| self.bucket.error(&name, &e));
            if fault::optional(copied)?.is_some() {
                self.delete(&name, vec![from]).await?;
                moved += 1;
            }
        }
        Ok(moved)
    }

    async fn remove_quarantined(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<u64, StorageError> {
        self.delete_all(copy, |entry| matches!(entry, Entry::Quarantined(of) if of == segment)).await
    }

    async fn clean(&self, copy: &CopyPlace) -> Result<u64, StorageError> {
        self.delete_all(copy, |entry| *entry == Entry::Staged).await
    }

    async fn delete_copy(&self, copy: &CopyPlace) -> Result<(), StorageError> {
        let prefix = self.bucket.path(&copy.to_string());
        let error = |e: &object_store::Error| self.bucket.error(copy, e);
        let found: Vec<Path> = self
            .bucket
            .store
            .list(Some(&prefix))
            .map_ok(|object| object.location)
            .try_collect()
            .await
            .map_err(|e| error(&e))?;
        self.delete(&copy.to_string(), found).await
    }
}
