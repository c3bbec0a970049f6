//! Segments as objects.

use std::mem;
use std::sync::Arc;

use bytes::Bytes;
use object_store::{GetOptions, GetRange, ObjectStoreExt as _, PutPayload, WriteMultipart};

use super::Bucket;
use crate::ports::storage::{CHUNK_BYTES, SegmentRead, SegmentWrite, StorageError};
use crate::storage::fault;

/// Parts of one segment that are on their way at the same time.
const PARTS_IN_FLIGHT: usize = 2;

/// An object that is open for reading.
#[derive(Debug)]
pub struct ObjectSegment {
    bucket: Arc<Bucket>,
    name: String,
    bytes: u64,
    /// Later reads are of this very object, where the store can tell.
    e_tag: Option<String>,
}

impl ObjectSegment {
    pub(super) async fn open(bucket: Arc<Bucket>, name: String) -> Result<Self, StorageError> {
        let found = bucket.store.head(&bucket.path(&name)).await.map_err(|e| bucket.error(&name, &e))?;
        Ok(Self { bucket, name, bytes: found.size, e_tag: found.e_tag })
    }
}

impl SegmentRead for ObjectSegment {
    fn bytes(&self) -> u64 {
        self.bytes
    }

    async fn read(&self, offset: u64, length: usize) -> Result<Bytes, StorageError> {
        let end = offset.saturating_add(length.min(CHUNK_BYTES) as u64).min(self.bytes);
        if offset >= end {
            return Ok(Bytes::new());
        }
        let range = Some(GetRange::Bounded(offset..end));
        let options = GetOptions { range, if_match: self.e_tag.clone(), ..GetOptions::default() };
        let path = self.bucket.path(&self.name);
        let read = async { self.bucket.store.get_opts(&path, options).await?.bytes().await };
        match read.await {
            Ok(bytes) => Ok(bytes),
            Err(object_store::Error::Precondition { .. }) => Err(StorageError::Corrupt {
                place: self.bucket.place.clone(),
                what: self.name.clone(),
                reason: "it was replaced while it was read".to_owned(),
            }),
            Err(error) => Err(self.bucket.error(&self.name, &error)),
        }
    }
}

/// An object that is being written: in one piece while it is small, else in parts.
#[derive(Debug)]
pub struct ObjectWriter {
    bucket: Arc<Bucket>,
    name: String,
    held: Vec<Bytes>,
    held_bytes: usize,
    upload: Option<WriteMultipart>,
}

impl ObjectWriter {
    pub(super) async fn create(bucket: Arc<Bucket>, name: String) -> Result<Self, StorageError> {
        is_free(&bucket, &name).await?;
        Ok(Self { bucket, name, held: Vec::new(), held_bytes: 0, upload: None })
    }
}

/// An upload in parts replaces what is there. Copy ids are used by one operation only, and two executors of it write the
/// same bytes, so this look is enough.
async fn is_free(bucket: &Bucket, name: &str) -> Result<(), StorageError> {
    let found = bucket.store.head(&bucket.path(name)).await.map_err(|e| bucket.error(&name, &e));
    match fault::optional(found)? {
        None => Ok(()),
        Some(_) => Err(StorageError::Exists { place: bucket.place.clone(), what: name.to_owned() }),
    }
}

impl SegmentWrite for ObjectWriter {
    type Sealed = ObjectSealed;

    async fn append(&mut self, bytes: Bytes) -> Result<(), StorageError> {
        self.held_bytes += bytes.len();
        self.held.push(bytes);
        if self.held_bytes <= CHUNK_BYTES {
            return Ok(());
        }
        let error = |e: &object_store::Error| self.bucket.error(&self.name, e);
        let path = self.bucket.path(&self.name);
        let upload = match &mut self.upload {
            Some(upload) => upload,
            none => {
                let begun = self.bucket.store.put_multipart(&path).await;
                let begun = begun.map_err(|e| error(&e))?;
                none.insert(WriteMultipart::new_with_chunk_size(begun, CHUNK_BYTES))
            }
        };
        self.held_bytes = 0;
        for piece in mem::take(&mut self.held) {
            upload.wait_for_capacity(PARTS_IN_FLIGHT).await.map_err(|e| error(&e))?;
            upload.put(piece);
        }
        Ok(())
    }

    async fn seal(self) -> Result<ObjectSealed, StorageError> {
        let Self { bucket, name, held, upload, .. } = self;
        match upload {
            None => bucket.create(&name, PutPayload::from_iter(held)).await?,
            Some(mut upload) => {
                held.into_iter().for_each(|piece| upload.put(piece));
                let done = match is_free(&bucket, &name).await {
                    Ok(()) => upload.finish().await.map(drop),
                    Err(exists) => {
                        // What cannot be ended goes by the bucket's rule for incomplete uploads.
                        let _ = upload.abort().await;
                        return Err(exists);
                    }
                };
                done.map_err(|e| bucket.error(&name, &e))?;
            }
        }
        let segment = ObjectSegment::open(bucket, name).await?;
        Ok(ObjectSealed { segment })
    }

    async fn abort(self) -> Result<(), StorageError> {
        let Self { bucket, name, upload, .. } = self;
        match upload {
            None => Ok(()),
            Some(upload) => upload.abort().await.map_err(|e| bucket.error(&name, &e)),
        }
    }
}

/// A segment that is whole, under its name, and does not count before its sidecar.
#[derive(Debug)]
pub struct ObjectSealed {
    segment: ObjectSegment,
}

impl ObjectSealed {
    pub(super) fn name(&self) -> &str {
        &self.segment.name
    }

    /// It is still what was read back.
    pub(super) async fn confirm(self) -> Result<(), StorageError> {
        let ObjectSegment { bucket, name, bytes, e_tag } = self.segment;
        let now = ObjectSegment::open(bucket, name).await?;
        if (now.bytes, &now.e_tag) == (bytes, &e_tag) {
            return Ok(());
        }
        Err(StorageError::Exists { place: now.bucket.place.clone(), what: now.name })
    }
}

impl SegmentRead for ObjectSealed {
    fn bytes(&self) -> u64 {
        self.segment.bytes()
    }

    async fn read(&self, offset: u64, length: usize) -> Result<Bytes, StorageError> {
        self.segment.read(offset, length).await
    }
}
