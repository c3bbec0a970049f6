//! A whole segment with its sidecar in one go: many small ones are written at the same time, and each call of the system
//! counts.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;

use super::staged::{Staged, unique};
use super::{Root, directory};
use crate::ports::storage::put::is_stand_in;
use crate::ports::storage::sidecar::SIDECAR_BYTES_MAX;
use crate::ports::storage::{CopyPlace, Put, SegmentName, StorageError};

pub(super) fn put(
    root: &Arc<Root>,
    copy: &CopyPlace,
    segment: &SegmentName,
    content: &Bytes,
    sidecar: &Bytes,
) -> Result<Put, StorageError> {
    let directory = directory::make(root, copy)?;
    let (sidecar_name, what) = (segment.sidecar(), format!("{copy}/{segment}"));
    let beside = format!("{copy}/{sidecar_name}");
    if let Some(there) = directory::read_small(root, &beside, SIDECAR_BYTES_MAX)? {
        if there != *sidecar
            && is_stand_in(&there, content)
            && is_there(root, &directory.join(segment.as_str()), content, &what)?
        {
            replace_sidecar(root, copy, segment, sidecar)?;
            return Ok(Put::Present);
        }
        return Ok(Put::found(there, sidecar));
    }
    let staged = |name: &str, what: String| {
        Staged::create(Arc::clone(root), &directory, &segment.staged(unique(root)), name, what)
    };
    match staged(segment.as_str(), what.clone()).and_then(|staged| staged.write_whole(content)) {
        Ok(()) => {}
        Err(StorageError::Exists { .. }) => {
            // Somebody was faster, or was stopped before the sidecar.
            if !is_there(root, &directory.join(segment.as_str()), content, &what)? {
                return Ok(Put::Other { sidecar: None });
            }
            directory::sync(&directory).map_err(|e| root.error(copy, &e))?;
        }
        Err(error) => return Err(error),
    }
    match staged(&sidecar_name, beside.clone()).and_then(|staged| staged.write_whole(sidecar)) {
        Ok(()) => Ok(Put::Written),
        Err(StorageError::Exists { .. }) => {
            let there = directory::read_small(root, &beside, SIDECAR_BYTES_MAX)?;
            Ok(there.map_or(Put::Other { sidecar: None }, |there| Put::found(there, sidecar)))
        }
        Err(error) => Err(error),
    }
}

/// Puts a sidecar in the place of another, at once.
pub(super) fn replace_sidecar(
    root: &Arc<Root>,
    copy: &CopyPlace,
    segment: &SegmentName,
    sidecar: &Bytes,
) -> Result<(), StorageError> {
    let directory = directory::make(root, copy)?;
    let what = format!("{copy}/{}", segment.sidecar());
    Staged::replacing(Arc::clone(root), &directory, &segment.staged(unique(root)), &segment.sidecar(), what)?
        .replace_whole(sidecar)
}

/// Whether a file has these bytes.
fn is_there(root: &Root, path: &Path, content: &Bytes, what: &str) -> Result<bool, StorageError> {
    match fs::symlink_metadata(path).map(|metadata| metadata.len() == content.len() as u64) {
        Ok(true) => fs::read(path).map(|there| there == *content).map_err(|e| root.error(&what, &e)),
        Ok(false) => Ok(false),
        Err(gone) if gone.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(root.error(&what, &error)),
    }
}
