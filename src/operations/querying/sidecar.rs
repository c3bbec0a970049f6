//! Reading a sidecar as far as a query needs it: its head, and of its index the blocks that can name the trace.
//!
//! ```text
//! start   64 KiB, or 1 MiB where the head is longer -> all of a small sidecar, or the head of a sealed one
//! piece   one or two blocks of 16 KiB, by the keys in the head
//! whole   one without a seal; and where start or piece are not what was written, so that the whole is judged
//! ```
//!
//! Invariant: what decides that something is not read was covered by a CRC, or read as a whole.

use bytes::Bytes;

use super::engine::Engine;
use super::listing::SegmentWork;
use super::said::{Head, Refused, Said, head, said};
use crate::model::seal::{Seal, holds_index};
use crate::ports::MetadataRead;
use crate::ports::storage::{OpenedNode, Part, StorageError, StorageRead};
use crate::segment::SegmentDocument;

/// The first read of a sidecar: all of a small one, and nearly every head.
pub(super) const START_BYTES: usize = 64 << 10;
/// How much of a sidecar is looked through for the end of its head, and the most that is read of an index.
const PART_BYTES_MAX: usize = 1 << 20;
/// Sidecars up to this size are read through in less time than it takes to wake a thread for it.
const AT_ONCE_BYTES_MAX: usize = 8 << 10;
/// Sidecars that are held whole at a time, of up to 16 MiB.
pub(super) const WHOLE_AT_A_TIME: usize = 4;

/// What was read of a sidecar.
enum Start {
    /// All of it.
    Whole(Bytes),
    /// The head at least.
    Sealed(Bytes, Seal),
    /// Neither.
    Unsealed,
}

impl<M: MetadataRead, S: StorageRead + 'static> Engine<'_, M, S> {
    /// What the sidecar of a copy says, whose start may have been read; `None` = it could not be read, which was noted.
    pub(super) async fn look(
        &self,
        segment: &SegmentWork,
        replica: usize,
        start: Option<Part>,
    ) -> Option<Result<Said, Refused>> {
        let start = match start {
            Some(part) => part,
            None => self.first_part(segment, replica).await?,
        };
        match self.start_of(segment, replica, start).await {
            Start::Whole(raw) => return Some(self.said(raw).await),
            Start::Sealed(start, seal) => {
                if let Some(said) = self.said_by_pieces(segment, replica, start, seal).await {
                    return Some(Ok(said));
                }
            }
            Start::Unsealed => {}
        }
        let _one = self.whole_sidecars.acquire().await;
        let raw = self.whole(segment, replica).await?;
        Some(self.said(raw).await)
    }

    /// The names of the segments that were merged into one, by the sidecar of a copy; `None` = it does not tell.
    pub(super) async fn merged_into(&self, segment: &SegmentWork, replica: usize) -> Option<Vec<String>> {
        let names = |document: SegmentDocument<'_>| document.merged.iter().map(|one| one.0.to_string()).collect();
        let whole = |raw: &Bytes| SegmentDocument::parse(raw).ok().map(names);
        let start = self.first_part(segment, replica).await?;
        match self.start_of(segment, replica, start).await {
            Start::Whole(raw) => return whole(&raw),
            Start::Sealed(start, seal) => {
                let head = seal.head(&start).ok();
                if let Some(document) = head.as_ref().and_then(|head| SegmentDocument::parse_head(head).ok()) {
                    return Some(names(document));
                }
            }
            Start::Unsealed => {}
        }
        let _one = self.whole_sidecars.acquire().await;
        whole(&self.whole(segment, replica).await?)
    }

    /// What a whole sidecar says.
    async fn said(&self, raw: Bytes) -> Result<Said, Refused> {
        if raw.len() <= AT_ONCE_BYTES_MAX {
            return said(&raw, &self.picker.filter);
        }
        let filter = self.picker.filter.clone();
        let said = tokio::task::spawn_blocking(move || said(&raw, &filter)).await;
        said.unwrap_or_else(|error| Err(Refused::Damaged(error.to_string())))
    }

    /// What a sealed sidecar says; `None` = something of it is not what was written, or could not be read.
    async fn said_by_pieces(&self, segment: &SegmentWork, replica: usize, start: Bytes, seal: Seal) -> Option<Said> {
        let filter = self.picker.filter.clone();
        let (parsed, start) = tokio::task::spawn_blocking(move || (head(&start, &seal, &filter), start)).await.ok()?;
        let outline = match parsed.ok()? {
            Head::Skip(rule) => return Some(Said::Skip(rule)),
            Head::Open(outline) => outline,
        };
        let filter = &self.picker.filter;
        if filter.trace.is_none() {
            return Some(outline.chosen(None, filter));
        }
        let Some(piece) = outline.piece(filter) else { return Some(outline.chosen(Some(Vec::new()), filter)) };
        if piece.length > PART_BYTES_MAX {
            return None;
        }
        let from = usize::try_from(piece.offset).ok()?;
        let text = match start.get(from..from.checked_add(piece.length)?) {
            Some(text) => start.slice_ref(text),
            None => self.more(segment, replica, piece.offset, piece.length).await?,
        };
        let numbers = outline.look_up(&piece, &text, filter)?;
        Some(outline.chosen(Some(numbers), filter))
    }

    /// The first of a copy's sidecar; `None` = it could not be read, which was noted.
    async fn first_part(&self, segment: &SegmentWork, replica: usize) -> Option<Part> {
        let at = &segment.partition.replicas[replica];
        let node = self.node(segment, replica).await?;
        let read = node.sidecar_start(&at.copy, &segment.name, START_BYTES).await;
        let part = self.there(segment, replica, read)?;
        segment.partition.read(replica, part.bytes.len() as u64);
        Some(part)
    }

    /// The start of a copy's sidecar, of which this is the first.
    async fn start_of(&self, segment: &SegmentWork, replica: usize, part: Part) -> Start {
        let sealed = |start: Bytes| match Seal::find(&start) {
            Some(seal) => Start::Sealed(start, seal),
            None => Start::Unsealed,
        };
        if part.bytes.len() as u64 == part.total {
            return Start::Whole(part.bytes);
        }
        if Seal::find(&part.bytes).is_some() || holds_index(&part.bytes) {
            return sealed(part.bytes);
        }
        let length = part.bytes.len();
        match self.more(segment, replica, length as u64, PART_BYTES_MAX - length).await {
            Some(more) => sealed([part.bytes, more].concat().into()),
            None => Start::Unsealed,
        }
    }

    /// More of a sidecar whose start was read; `None` = whatever is wrong, the whole will tell.
    async fn more(&self, segment: &SegmentWork, replica: usize, offset: u64, length: usize) -> Option<Bytes> {
        let at = &segment.partition.replicas[replica];
        let node = self.nodes.of(&at.node).await.ok()?;
        let part = node.sidecar_more(&at.copy, &segment.name, offset, length).await.ok()??;
        segment.partition.read(replica, part.bytes.len() as u64);
        Some(part.bytes)
    }

    async fn whole(&self, segment: &SegmentWork, replica: usize) -> Option<Bytes> {
        let at = &segment.partition.replicas[replica];
        let node = self.node(segment, replica).await?;
        let raw = self.there(segment, replica, node.sidecar_bytes(&at.copy, &segment.name).await)?;
        segment.partition.read(replica, raw.len() as u64);
        Some(raw)
    }

    async fn node(&self, segment: &SegmentWork, replica: usize) -> Option<std::sync::Arc<OpenedNode<S>>> {
        let opened = self.nodes.of(&segment.partition.replicas[replica].node).await;
        opened.inspect_err(|error| self.failed(segment, replica, error)).ok()
    }

    /// What was read; that there is nothing, and why, is noted.
    fn there<T>(&self, segment: &SegmentWork, replica: usize, read: Result<Option<T>, StorageError>) -> Option<T> {
        match read {
            Ok(Some(read)) => Some(read),
            Ok(None) => {
                self.damaged(segment, replica, "its sidecar is not there".to_owned());
                None
            }
            Err(error) => {
                self.failed(segment, replica, &error);
                None
            }
        }
    }
}
