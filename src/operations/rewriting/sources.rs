//! The segments of all listed copies: whatever lies on any of them is taken.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::SEGMENT_BYTES_MAX;
use super::error::RewriteError;
use crate::migration::rewrite_journal::CopyAt;
use crate::model::{Node, NodeId};
use crate::operations::executing::Places;
use crate::operations::executing::effects::place_of;
use crate::ports::storage::{CopyPlace, OpenedNode, SegmentName, Sidecar, StorageError, StorageRead};
use crate::segment::name::BatchHasher;

/// How the new copies are made: a later version that makes others of the same segments says another number, so that it does
/// not go on with what this one began.
const MANNER: u64 = 1;

/// A copy that is read.
pub(super) struct Holder<S> {
    pub(super) node: NodeId,
    pub(super) opened: Arc<OpenedNode<S>>,
    pub(super) place: CopyPlace,
}

/// A segment and where it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) bytes: u64,
    pub(super) has_sidecar: bool,
    /// Which of the holders.
    pub(super) holder: usize,
}

/// A segment that was read.
pub(super) struct Whole {
    pub(super) name: SegmentName,
    pub(super) node: NodeId,
    pub(super) content: bytes::Bytes,
    /// `None` = it has none.
    pub(super) sidecar: Option<Sidecar>,
}

impl Whole {
    pub(super) fn damaged(&self, reason: impl Into<String>) -> RewriteError {
        RewriteError::Damaged { segment: self.name.clone(), node: self.node.clone(), reason: reason.into() }
    }

    pub(super) fn undividable(&self, reason: impl Into<String>) -> RewriteError {
        RewriteError::Undividable { segment: self.name.clone(), node: self.node.clone(), reason: reason.into() }
    }
}

/// Everything that the listed copies hold.
pub(super) struct Sources<S> {
    pub(super) holders: Vec<Holder<S>>,
    pub(super) segments: BTreeMap<SegmentName, Found>,
}

/// Lists the segments of copies.
///
/// # Errors
/// A node does not answer; a copy holds something that is no segment, or misses one that it says it has; two copies hold
/// segments of one name and of different lengths; one is too large; there is nothing, although there should be.
pub(super) async fn list<S: StorageRead>(
    places: &Places<'_, S>,
    nodes: &BTreeMap<NodeId, Node>,
    copies: &[CopyAt],
    expect_data: bool,
) -> Result<Sources<S>, RewriteError> {
    let mut sources = Sources { holders: Vec::new(), segments: BTreeMap::new() };
    for CopyAt { partition, node, copy_id } in copies {
        let of = |error| RewriteError::Storage { node: node.clone(), error };
        let place = place_of(*partition, copy_id).map_err(of)?;
        let opened = places.of(node, nodes).await.map_err(of)?;
        sources.add(Holder { node: node.clone(), opened, place }).await?;
    }
    if sources.segments.is_empty() && expect_data {
        let text =
            "no listed copy holds a segment, though the record says that there are some: were directories wiped?";
        return Err(RewriteError::Differ(text.to_owned()));
    }
    Ok(sources)
}

impl<S: StorageRead> Sources<S> {
    async fn add(&mut self, holder: Holder<S>) -> Result<(), RewriteError> {
        let Holder { node, opened, place } = &holder;
        let listing = opened.list(place).await.map_err(|error| RewriteError::Storage { node: node.clone(), error })?;
        let differ = |what: String| Err(RewriteError::Differ(format!("{place} on {node} {what}")));
        if let Some(name) = listing.strangers.first() {
            return differ(format!("holds {name:?}, which is no name of a segment and may be data"));
        }
        if let Some(name) = listing.missing.first() {
            return differ(format!("has the sidecar of {name}, and not the segment itself"));
        }
        if let Some(name) = listing.quarantined.first() {
            return differ(format!("keeps {name} aside, which was found damaged"));
        }
        for entry in listing.segments {
            if entry.bytes > SEGMENT_BYTES_MAX {
                return differ(format!(
                    "holds {} of {} bytes; more than {SEGMENT_BYTES_MAX} are not rewritten",
                    entry.name, entry.bytes
                ));
            }
            let found = Found { bytes: entry.bytes, has_sidecar: entry.has_sidecar, holder: self.holders.len() };
            match self.segments.get(&entry.name) {
                Some(other) if other.bytes != entry.bytes => {
                    let (name, other_node) = (&entry.name, &self.holders[other.holder].node);
                    return differ(format!(
                        "holds {name} of {} bytes, and {other_node} one of {}",
                        entry.bytes, other.bytes
                    ));
                }
                // One that has its sidecar says more.
                Some(other) if other.has_sidecar || !entry.has_sidecar => {}
                Some(_) | None => drop(self.segments.insert(entry.name, found)),
            }
        }
        self.holders.push(holder);
        Ok(())
    }

    /// A digest of all names and lengths.
    pub(super) fn digest(&self) -> String {
        let mut hasher = BatchHasher::default();
        hasher.part(&MANNER.to_be_bytes());
        for (name, found) in &self.segments {
            hasher.part(name.as_str().as_bytes());
            hasher.part(&found.bytes.to_be_bytes());
        }
        hasher.finish().to_string()
    }

    /// Bytes of all segments.
    pub(super) fn bytes(&self) -> u64 {
        self.segments.values().map(|found| found.bytes).sum()
    }

    /// The sidecar of a segment; `None` = it has none.
    pub(super) async fn sidecar(&self, name: &SegmentName, found: &Found) -> Result<Option<Sidecar>, RewriteError> {
        let Holder { node, opened, place } = &self.holders[found.holder];
        match opened.sidecar(place, name).await {
            Ok(sidecar) => Ok(sidecar),
            Err(StorageError::Corrupt { reason, .. }) => {
                let (segment, node) = (name.clone(), node.clone());
                Err(RewriteError::Damaged { segment, node, reason: format!("its sidecar: {reason}") })
            }
            Err(error) => Err(RewriteError::Storage { node: node.clone(), error }),
        }
    }

    /// Reads a segment, and compares it with its sidecar.
    pub(super) async fn read(&self, name: &SegmentName, found: &Found) -> Result<Whole, RewriteError> {
        let Holder { node, opened, place } = &self.holders[found.holder];
        let sidecar = self.sidecar(name, found).await?;
        let content = match opened.read_segment(place, name).await {
            Ok(content) => content,
            Err(error) if error.is_unreachable() => {
                return Err(RewriteError::Storage { node: node.clone(), error });
            }
            Err(error) => {
                let (segment, node) = (name.clone(), node.clone());
                return Err(RewriteError::Damaged { segment, node, reason: error.to_string() });
            }
        };
        let whole = Whole { name: name.clone(), node: node.clone(), content, sidecar };
        let read = (whole.content.len() as u64, crc32c::crc32c(&whole.content));
        let stated = whole.sidecar.as_ref().map_or((found.bytes, read.1), |s| (s.facts().bytes, s.facts().crc32c));
        if read.0 != stated.0 {
            return Err(whole.damaged(format!("it has {} bytes, expected {}", read.0, stated.0)));
        }
        if read != stated {
            return Err(whole.damaged(format!("its CRC32C is {:08x}, expected {:08x}", read.1, stated.1)));
        }
        Ok(whole)
    }
}
