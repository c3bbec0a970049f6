//! Whether a copy is whole, by reading it.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::stream::{FuturesUnordered, StreamExt as _};

use super::CopySettings;
use super::bandwidth::Bandwidth;
use super::content::{Content, SegmentSum};
use super::event::{CopyEvent, Listener};
use super::segment::Pieces;
use crate::ports::storage::{CopyPlace, OpenedNode, SegmentEntry, SegmentName, Sidecar, StorageError, StorageRead};

/// How closely a copy is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Every byte is read.
    Bytes,
    /// Sidecars and lengths only; CRCs are those that the sidecars state. Finds what is missing, not what is flipped.
    Sidecars,
}

/// What is wrong with a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Its sidecar is there, it itself is not.
    Missing,
    /// Its length is not the one that its sidecar states.
    Bytes {
        /// What the sidecar says.
        expected: u64,
        /// What there is.
        found: u64,
    },
    /// Its bytes are not those that its sidecar states.
    Crc {
        /// What the sidecar says.
        expected: u32,
        /// What there is.
        found: u32,
    },
    /// Its sidecar cannot be read: why.
    Sidecar(String),
    /// It cannot be read: why.
    Unreadable(String),
    /// This is no segment's name, and may be data.
    Stranger,
}

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The name in the copy's directory.
    pub name: String,
    /// What is wrong with it.
    pub kind: FaultKind,
    /// What its sidecar states, if that can be read.
    pub stated: Option<SegmentSum>,
}

/// What a look at a copy found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CopyReport {
    /// What it holds, as far as it could be read.
    pub content: Content,
    /// Its segments with nothing wrong, by name.
    pub segments: BTreeMap<SegmentName, SegmentSum>,
    /// Those of them without a sidecar: others wrote them, and nothing here says what they should be.
    pub bare: BTreeSet<SegmentName>,
    /// Segments of which something was found damaged before, and is kept out of the way.
    pub quarantined: BTreeSet<SegmentName>,
    /// What is wrong, by name.
    pub faults: Vec<Fault>,
}

impl CopyReport {
    /// Whether nothing is wrong with it by itself.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    /// Whether it is sound and holds what another copy holds.
    #[must_use]
    pub fn is_full(&self, expected: &Content) -> bool {
        self.is_sound() && self.content == *expected
    }
}

/// Looks at all of a copy. An error means that nothing can be said; what is wrong with the copy is in the report.
///
/// # Errors
/// The node does not answer, or its store's.
pub async fn verify_copy<S: StorageRead>(
    node: &OpenedNode<S>,
    copy: &CopyPlace,
    depth: Depth,
    settings: CopySettings,
    bandwidth: &Bandwidth,
    tell: Listener<'_>,
) -> Result<CopyReport, StorageError> {
    let listing = node.list(copy).await?;
    let bytes = listing.segments.iter().map(|segment| segment.bytes).sum();
    tell(CopyEvent::Planned { segments: listing.segments.len() as u64, bytes });
    let mut sums: BTreeMap<SegmentName, SegmentSum> = BTreeMap::new();
    let mut bare = BTreeSet::new();
    let mut faults = Vec::new();
    let (mut waiting, mut running) = (listing.segments.iter(), FuturesUnordered::new());
    loop {
        while running.len() < settings.streams()
            && let Some(segment) = waiting.next()
        {
            running.push(look_named(node, copy, segment, depth, bandwidth));
        }
        let Some(looked) = running.next().await else { break };
        match looked? {
            (segment, Ok((sum, is_bare))) => {
                bare.extend(is_bare.then(|| segment.name.clone()));
                tell(CopyEvent::Verified { segment: segment.name.clone(), bytes: sum.bytes, was_there: true });
                sums.insert(segment.name.clone(), sum);
            }
            (segment, Err((kind, stated))) => faults.push(Fault { name: segment.name.to_string(), kind, stated }),
        }
    }
    for name in &listing.missing {
        // It says what should be there; one that cannot be read says nothing, and is missed all the same.
        let stated = match node.sidecar(copy, name).await {
            Ok(sidecar) => sidecar.as_ref().map(stated),
            Err(error) if error.is_unreachable() => return Err(error),
            Err(_) => None,
        };
        faults.push(Fault { name: name.to_string(), kind: FaultKind::Missing, stated });
    }
    let strangers = listing.strangers.into_iter();
    faults.extend(strangers.map(|name| Fault { name, kind: FaultKind::Stranger, stated: None }));
    faults.sort_by(|a, b| a.name.cmp(&b.name));
    let (content, quarantined) = (Content::of(&sums), listing.quarantined);
    Ok(CopyReport { content, segments: sums, bare, quarantined, faults })
}

/// What a segment holds and whether it has no sidecar; or what is wrong with it, and what its sidecar states.
type Looked = Result<(SegmentSum, bool), (FaultKind, Option<SegmentSum>)>;

fn stated(sidecar: &Sidecar) -> SegmentSum {
    let facts = sidecar.facts();
    SegmentSum { bytes: facts.bytes, crc32c: facts.crc32c, records: facts.records }
}

async fn look_named<'l, S: StorageRead>(
    node: &OpenedNode<S>,
    copy: &CopyPlace,
    segment: &'l SegmentEntry,
    depth: Depth,
    bandwidth: &Bandwidth,
) -> Result<(&'l SegmentEntry, Looked), StorageError> {
    look(node, copy, segment, depth, bandwidth).await.map(|looked| (segment, looked))
}

/// One segment: what it holds, or what is wrong with it.
pub(crate) async fn look<S: StorageRead>(
    node: &OpenedNode<S>,
    copy: &CopyPlace,
    segment: &SegmentEntry,
    depth: Depth,
    bandwidth: &Bandwidth,
) -> Result<Looked, StorageError> {
    let sidecar = match node.sidecar(copy, &segment.name).await {
        Ok(sidecar) => sidecar,
        Err(StorageError::Corrupt { reason, .. } | StorageError::Io { detail: reason, .. }) => {
            // A disk that went away answers in many ways.
            node.check().await?;
            return Ok(Err((FaultKind::Sidecar(reason), None)));
        }
        Err(error) => return Err(error),
    };
    let stated = sidecar.as_ref().map(stated);
    let fault = |kind| Ok(Err((kind, stated)));
    if let Some(stated) = stated.filter(|stated| stated.bytes != segment.bytes) {
        return fault(FaultKind::Bytes { expected: stated.bytes, found: segment.bytes });
    }
    if let (Depth::Sidecars, Some(stated)) = (depth, stated) {
        return Ok(Ok((stated, false)));
    }
    let read = match node.open_segment(copy, &segment.name).await {
        Ok(reader) => Pieces::new(&reader, node.id(), bandwidth).sum().await,
        Err(error) => Err(error),
    };
    let (bytes, crc32c) = match read {
        Ok(read) => read,
        Err(StorageError::NotFound { .. }) => return fault(FaultKind::Missing),
        Err(StorageError::Corrupt { reason, .. } | StorageError::Io { detail: reason, .. }) => {
            node.check().await?;
            return fault(FaultKind::Unreadable(reason));
        }
        Err(error) => return Err(error),
    };
    if bytes != segment.bytes {
        return fault(FaultKind::Bytes { expected: segment.bytes, found: bytes });
    }
    match stated {
        Some(stated) if stated.crc32c != crc32c => fault(FaultKind::Crc { expected: stated.crc32c, found: crc32c }),
        Some(stated) => Ok(Ok((stated, false))),
        None => Ok(Ok((SegmentSum { bytes, crc32c, records: None }, true))),
    }
}
