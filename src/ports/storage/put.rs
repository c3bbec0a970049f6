//! A whole segment at once.

use bytes::Bytes;

use super::{CHUNK_BYTES, CopyPlace, SegmentName, SegmentRead, SegmentWrite, Sidecar, StorageError, StorageWrite};

/// What became of a segment that was to be put in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Put {
    /// It was written.
    Written,
    /// It was there, with this very sidecar.
    Present,
    /// Something else has its name.
    Other {
        /// The sidecar of what is there; `None` = it has none, and other bytes.
        sidecar: Option<Bytes>,
    },
}

impl Put {
    /// What a sidecar that is there means for one that was to be written.
    #[must_use]
    pub fn found(there: Bytes, wanted: &Bytes) -> Self {
        if there == *wanted { Self::Present } else { Self::Other { sidecar: Some(there) } }
    }
}

/// Whether a sidecar is the stand-in that a copy of just this segment got while nobody had written its own yet.
#[must_use]
pub fn is_stand_in(sidecar: &Bytes, content: &Bytes) -> bool {
    sidecar == Sidecar::of_opaque(content.len() as u64, crc32c::crc32c(content)).raw()
}

/// Another's sidecar is there: a stand-in gives way.
async fn found<S: StorageWrite + ?Sized>(
    store: &S,
    copy: &CopyPlace,
    segment: &SegmentName,
    (there, content, sidecar): (Bytes, Bytes, Bytes),
) -> Result<Put, StorageError> {
    if there != sidecar && is_stand_in(&there, &content) && is_there(store, copy, segment, &content).await? {
        store.replace_sidecar(copy, segment, sidecar).await?;
        return Ok(Put::Present);
    }
    Ok(Put::found(there, &sidecar))
}

/// [`StorageWrite::put`] in terms of the other calls.
pub(super) async fn put_in_steps<S: StorageWrite + ?Sized>(
    store: &S,
    copy: &CopyPlace,
    segment: &SegmentName,
    content: Bytes,
    sidecar: Bytes,
) -> Result<Put, StorageError> {
    if let Some(there) = store.sidecar(copy, segment).await? {
        return found(store, copy, segment, (there, content, sidecar)).await;
    }
    match publish(store, copy, segment, &content).await {
        Ok(()) => {}
        // Somebody was faster, or was stopped before the sidecar.
        Err(StorageError::Exists { .. }) if !is_there(store, copy, segment, &content).await? => {
            return Ok(Put::Other { sidecar: None });
        }
        Err(StorageError::Exists { .. }) => {}
        Err(error) => return Err(error),
    }
    match store.create_sidecar(copy, segment, sidecar.clone()).await {
        Ok(()) => Ok(Put::Written),
        Err(StorageError::Exists { .. }) => {
            let Some(there) = store.sidecar(copy, segment).await? else { return Ok(Put::Other { sidecar: None }) };
            found(store, copy, segment, (there, content, sidecar)).await
        }
        Err(error) => Err(error),
    }
}

async fn publish<S: StorageWrite + ?Sized>(
    store: &S,
    copy: &CopyPlace,
    segment: &SegmentName,
    content: &Bytes,
) -> Result<(), StorageError> {
    let mut writer = store.create(copy, segment).await?;
    let mut rest = content.clone();
    while !rest.is_empty() {
        let piece = rest.split_to(rest.len().min(CHUNK_BYTES));
        if let Err(error) = writer.append(piece).await {
            // The first error counts.
            let _ = writer.abort().await;
            return Err(error);
        }
    }
    let sealed = writer.seal().await?;
    store.publish(sealed).await
}

/// Whether a segment has these bytes.
async fn is_there<S: StorageWrite + ?Sized>(
    store: &S,
    copy: &CopyPlace,
    segment: &SegmentName,
    content: &Bytes,
) -> Result<bool, StorageError> {
    let there = match store.open(copy, segment).await {
        Err(StorageError::NotFound { .. }) => return Ok(false),
        opened => opened?,
    };
    if there.bytes() != content.len() as u64 {
        return Ok(false);
    }
    let mut at = 0;
    while at < content.len() {
        let read = there.read(at as u64, (content.len() - at).min(CHUNK_BYTES)).await?;
        if read.is_empty() || !content[at..].starts_with(&read) {
            return Ok(false);
        }
        at += read.len();
    }
    Ok(true)
}
