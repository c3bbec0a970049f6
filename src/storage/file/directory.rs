//! Names in a node's directory: listing, making, taking away.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use rustix::fs::{AtFlags, Mode, OFlags};
use rustix::io::Errno;

use super::Root;
use crate::model::PartitionId;
use crate::ports::storage::error::Cause;
use crate::ports::storage::marker::MARKER_BYTES_MAX;
use crate::ports::storage::names::{Entry, MARKER_NAME, Unique};
use crate::ports::storage::{CopyId, CopyListing, CopyPlace, IdListing, SegmentEntry, SegmentName, StorageError};

/// How often something is tried again that another process undoes at the same time.
const TRIES: u32 = 10;

/// The node's directory is there.
pub(super) fn exists(root: &Root) -> Result<(), StorageError> {
    let missing = |detail| StorageError::Unreachable { place: root.place.clone(), cause: Cause::Missing, detail };
    match fs::metadata(&root.path) {
        Ok(metadata) if metadata.is_dir() => Ok(()),
        Ok(_) => Err(missing("this is no directory".to_owned())),
        Err(error) => Err(missing(error.to_string())),
    }
}

/// The marker's bytes; `None` = the directory is there without one.
pub(super) fn marker(root: &Root) -> Result<Option<Bytes>, StorageError> {
    match read_small(root, MARKER_NAME, MARKER_BYTES_MAX)? {
        Some(marker) => Ok(Some(marker)),
        None => exists(root).map(|()| None),
    }
}

/// A small file, at most `bytes_max`; `None` = it is not there.
pub(super) fn read_small(root: &Root, name: &str, bytes_max: u64) -> Result<Option<Bytes>, StorageError> {
    let read = read_part(root, name, bytes_max, (0, usize::MAX))?;
    Ok(read.map(|(bytes, _)| bytes))
}

/// Up to `length` bytes of a small file from `offset` on, and its length; `None` = it is not there.
pub(super) fn read_part(
    root: &Root,
    name: &str,
    bytes_max: u64,
    (offset, length): (u64, usize),
) -> Result<Option<(Bytes, u64)>, StorageError> {
    let read = || -> io::Result<(Vec<u8>, u64)> {
        let mut file = File::open(root.path.join(name))?;
        let total = file.metadata()?.len();
        // One byte more than there should be shows that it has grown.
        let room = total.min(bytes_max).saturating_sub(offset).saturating_add(1).min(length as u64);
        let mut bytes = Vec::with_capacity(usize::try_from(room).unwrap_or_default());
        if offset > 0 {
            file.seek(SeekFrom::Start(offset))?;
        }
        let limit = (bytes_max + 1).saturating_sub(offset).min(length as u64);
        file.take(limit).read_to_end(&mut bytes)?;
        Ok((bytes, total))
    };
    match read() {
        Ok((bytes, total)) => {
            let end = if bytes.is_empty() { 0 } else { offset + bytes.len() as u64 };
            let total = total.max(end);
            if total > bytes_max {
                let (place, what) = (root.place.clone(), name.to_owned());
                let reason = format!("it has more than {bytes_max} bytes");
                return Err(StorageError::Corrupt { place, what, reason });
            }
            Ok(Some((bytes.into(), total)))
        }
        Err(gone) if gone.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(root.error(&name, &error)),
    }
}

/// One name in a directory.
struct Name {
    text: String,
    is_file: bool,
    is_directory: bool,
    entry: fs::DirEntry,
}

impl Name {
    /// The file's length; `None` = it was taken away since it was listed.
    fn bytes(&self) -> io::Result<Option<u64>> {
        match self.entry.metadata() {
            Ok(metadata) => Ok(Some(metadata.len())),
            Err(gone) if gone.kind() == ErrorKind::NotFound => Ok(None),
            Err(other) => Err(other),
        }
    }
}

/// Whether a directory is there; it is no link.
fn is_directory(root: &Root, path: &Path, what: &str) -> Result<bool, StorageError> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_dir() => Ok(true),
        Ok(_) => {
            let (place, what) = (root.place.clone(), what.to_owned());
            Err(StorageError::Corrupt { place, what, reason: "it is no directory".to_owned() })
        }
        Err(gone) if gone.kind() == ErrorKind::NotFound => Ok(false),
        Err(other) => Err(root.error(&what, &other)),
    }
}

/// The names in a directory, without following links; none if it is not there.
fn names(root: &Root, path: &Path, what: &str) -> Result<Vec<Name>, StorageError> {
    let error = |error: &io::Error| root.error(&what, error);
    let mut found = Vec::new();
    if !is_directory(root, path, what)? {
        return Ok(found);
    }
    let entries = match fs::read_dir(path) {
        Err(gone) if gone.kind() == ErrorKind::NotFound => return Ok(found),
        entries => entries.map_err(|e| error(&e))?,
    };
    for entry in entries {
        let entry = entry.map_err(|e| error(&e))?;
        let kind = entry.file_type().map_err(|e| error(&e))?;
        // A name that is not UTF-8 is no name of ours, and its text here is none either.
        let text = entry.file_name().to_string_lossy().into_owned();
        found.push(Name { text, is_file: kind.is_file(), is_directory: kind.is_dir(), entry });
    }
    found.sort_unstable_by(|a, b| a.text.cmp(&b.text));
    Ok(found)
}

fn ids<T: Ord>(names: Vec<Name>, parse: impl Fn(&str) -> Option<T>, own: impl Fn(&str) -> bool) -> IdListing<T> {
    let (mut ids, mut strangers) = (Vec::new(), Vec::new());
    for name in names {
        match parse(&name.text).filter(|_| name.is_directory) {
            Some(id) => ids.push(id),
            None if own(&name.text) => {}
            None => strangers.push(name.text),
        }
    }
    ids.sort_unstable();
    IdListing { ids, strangers }
}

pub(super) fn partitions(root: &Root) -> Result<IdListing<PartitionId>, StorageError> {
    exists(root)?;
    let names = names(root, &root.path, "the directory")?;
    // Beside the marker there may be what a killed process left of writing it.
    Ok(ids(names, |text| PartitionId::parse(text).ok(), |text| text.starts_with(MARKER_NAME)))
}

pub(super) fn copies(root: &Root, partition: PartitionId) -> Result<IdListing<CopyId>, StorageError> {
    let what = partition.to_string();
    let names = names(root, &root.path.join(&what), &what)?;
    Ok(ids(names, |text| CopyId::parse(text).ok(), |_| false))
}

pub(super) fn list(root: &Root, copy: &CopyPlace) -> Result<CopyListing, StorageError> {
    // The partition's directory may be a link as well.
    let partition = copy.partition().to_string();
    if !is_directory(root, &root.path.join(&partition), &partition)? {
        return Ok(CopyListing::default());
    }
    let mut listing = CopyListing::default();
    let mut sidecars: BTreeMap<SegmentName, Name> = BTreeMap::new();
    for name in names(root, &root.copy(copy), &copy.to_string())? {
        let entry = Entry::of(&name.text);
        // Half of the files are sidecars, of which nobody needs the length.
        let is_sidecar = name.is_file && matches!(entry, Entry::Sidecar(_));
        let bytes = if is_sidecar { Some(0) } else { name.bytes().map_err(|e| root.error(copy, &e))? };
        let Some(bytes) = bytes else { continue };
        match entry {
            Entry::Sidecar(segment) if name.is_file => {
                sidecars.insert(segment, name);
            }
            Entry::Segment(segment) if name.is_file => {
                listing.segments.push(SegmentEntry { name: segment, bytes, has_sidecar: false });
            }
            Entry::Staged if name.is_file => listing.staged += 1,
            Entry::Quarantined(segment) if name.is_file => {
                listing.quarantined.insert(segment);
            }
            Entry::Manifest if name.is_file => {}
            Entry::Segment(_)
            | Entry::Sidecar(_)
            | Entry::Staged
            | Entry::Quarantined(_)
            | Entry::Manifest
            | Entry::Stranger => listing.strangers.push(name.text),
        }
    }
    for segment in &mut listing.segments {
        segment.has_sidecar = sidecars.remove(&segment.name).is_some();
    }
    for (segment, name) in sidecars {
        // One that is gone by now went before its segment did.
        if name.bytes().map_err(|e| root.error(copy, &e))?.is_some() {
            listing.missing.push(segment);
        }
    }
    Ok(listing)
}

/// Makes what it lies in durable.
pub(super) fn sync(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Makes the directory of a copy, below the node's, which must be there with its marker.
///
/// All of it goes through one open directory: a disk that is unmounted after the marker was looked at must not leave the copy on
/// the disk below. No other call makes a name there, since none makes directories.
pub(super) fn make(root: &Root, copy: &CopyPlace) -> Result<PathBuf, StorageError> {
    exists(root)?;
    let error = |error: Errno| root.error(copy, &error.into());
    let node = rustix::fs::open(&root.path, DIRECTORY, Mode::empty()).map_err(error)?;
    match rustix::fs::statat(&node, MARKER_NAME, AtFlags::SYMLINK_NOFOLLOW) {
        Ok(_) => {}
        Err(Errno::NOENT) => return Err(StorageError::Unmarked { place: root.place.clone() }),
        Err(other) => return Err(error(other)),
    }
    let mut tries = 0;
    loop {
        let partition = made_in(&node, &copy.partition().to_string());
        match partition.and_then(|partition| made_in(&partition, copy.copy().as_str())) {
            Ok(_) => return Ok(root.copy(copy)),
            // Somebody takes the partition's directory away as it is empty.
            Err(Errno::NOENT) if tries < TRIES => tries += 1,
            Err(other) => return Err(error(other)),
        }
    }
}

const DIRECTORY: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);

/// Opens a directory in an open one, made durably if it is not there; links are not followed.
fn made_in(inside: &OwnedFd, name: &str) -> Result<OwnedFd, Errno> {
    match rustix::fs::mkdirat(inside, name, Mode::RWXU | Mode::RWXG | Mode::RWXO) {
        Ok(()) => rustix::fs::fsync(inside)?,
        Err(Errno::EXIST) => {}
        Err(error) => return Err(error),
    }
    rustix::fs::openat(inside, name, DIRECTORY | OFlags::NOFOLLOW, Mode::empty())
}

/// Takes a file away; says whether it was there.
pub(super) fn unlink(root: &Root, path: &Path, what: &dyn std::fmt::Display) -> Result<bool, StorageError> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(gone) if gone.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(root.error(what, &error)),
    }
}

pub(super) fn remove(root: &Root, copy: &CopyPlace, segment: &SegmentName) -> Result<(), StorageError> {
    let directory = root.copy(copy);
    let mut any = false;
    for name in [segment.sidecar(), segment.as_str().to_owned()] {
        any |= unlink(root, &directory.join(&name), &format!("{copy}/{name}"))?;
    }
    if any { sync(&directory).map_err(|e| root.error(copy, &e)) } else { Ok(()) }
}

pub(super) fn quarantine(
    root: &Root,
    copy: &CopyPlace,
    segment: &SegmentName,
    unique: Unique,
) -> Result<u64, StorageError> {
    let directory = root.copy(copy);
    // Refuses links.
    names(root, &directory, &copy.to_string())?;
    let mut moved = 0;
    for (name, away) in segment.quarantined(unique) {
        // Nobody else has the new name, so nothing is replaced.
        match fs::rename(directory.join(&name), directory.join(away)) {
            Ok(()) => moved += 1,
            Err(gone) if gone.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(root.error(&format!("{copy}/{name}"), &error)),
        }
    }
    if moved > 0 {
        sync(&directory).map_err(|e| root.error(copy, &e))?;
    }
    Ok(moved)
}

pub(super) fn remove_quarantined(root: &Root, copy: &CopyPlace, segment: &SegmentName) -> Result<u64, StorageError> {
    let removed = unlink_all(root, copy, |entry| matches!(entry, Entry::Quarantined(of) if of == segment))?;
    if removed > 0 {
        sync(&root.copy(copy)).map_err(|e| root.error(copy, &e))?;
    }
    Ok(removed)
}

pub(super) fn clean(root: &Root, copy: &CopyPlace) -> Result<u64, StorageError> {
    unlink_all(root, copy, |entry| *entry == Entry::Staged)
}

/// Takes the files of a copy away that are of a kind; says how many.
fn unlink_all(root: &Root, copy: &CopyPlace, is_one: impl Fn(&Entry) -> bool) -> Result<u64, StorageError> {
    let directory = root.copy(copy);
    let mut gone = 0;
    for name in names(root, &directory, &copy.to_string())? {
        if name.is_file && is_one(&Entry::of(&name.text)) {
            gone += u64::from(unlink(root, &directory.join(&name.text), &format!("{copy}/{}", name.text))?);
        }
    }
    Ok(gone)
}

pub(super) fn delete_copy(root: &Root, copy: &CopyPlace) -> Result<(), StorageError> {
    let (partition, directory) = (root.path.join(copy.partition().to_string()), root.copy(copy));
    let error = |error: &io::Error| root.error(copy, error);
    // Refuses links.
    names(root, &partition, &copy.partition().to_string())?;
    names(root, &directory, &copy.to_string())?;
    let mut tries = 0;
    loop {
        match fs::remove_dir_all(&directory) {
            Ok(()) => break sync(&partition).map_err(|e| error(&e))?,
            Err(gone) if gone.kind() == ErrorKind::NotFound => break,
            // A late writer put something there.
            Err(full) if full.kind() == ErrorKind::DirectoryNotEmpty && tries < TRIES => tries += 1,
            Err(other) => return Err(error(&other)),
        }
    }
    match fs::remove_dir(&partition) {
        Ok(()) => sync(&root.path).map_err(|e| error(&e)),
        // Other copies are there, or it went with somebody else's delete.
        Err(other) if matches!(other.kind(), ErrorKind::DirectoryNotEmpty | ErrorKind::NotFound) => Ok(()),
        Err(other) => Err(error(&other)),
    }
}
