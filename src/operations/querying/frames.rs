//! Reading frames: bytes, CRC, decompression, requests; from the next copy what one copy does not give.
//!
//! Invariant: what is given out was checked before: a frame whose CRC is wrong gives nothing.

use std::time::Duration;

use bytes::Bytes;

use super::engine::Engine;
use super::group::Groups;
use super::listing::SegmentWork;
use super::pick::{Picker, Tally};
use super::replicas::{Replica, locked};
use super::report::{Loss, LossKind};
use super::segment::Run;
use crate::model::Signal;
use crate::otlp::Encoding;
use crate::otlp::ReadError;
use crate::ports::MetadataRead;
use crate::ports::storage::error::Cause;
use crate::ports::storage::node::CALL_TIMEOUT;
use crate::ports::storage::{CHUNK_BYTES, OpenedNode, Part, SegmentName, StorageError, StorageRead};
use crate::segment::{Frame, decompress};

/// A frame and its bytes.
type Fetched = (Frame, Bytes);

/// What came of some frames.
#[derive(Default)]
pub(super) struct Read {
    pub(super) groups: Groups,
    pub(super) tally: Tally,
    /// Frames that are not what they should be.
    pub(super) damaged: Vec<(Frame, String)>,
    /// Frames that are what they should be, and no OTLP.
    pub(super) unreadable: Vec<ReadError>,
}

impl Read {
    /// Takes what matches in the requests of a frame that was checked. A frame is an input of its own: lines, or messages behind
    /// their lengths.
    fn frame(&mut self, picker: &Picker, kind: (Signal, Encoding), raw: &mut Vec<u8>) {
        match picker.read_frame(raw, kind, &mut self.groups) {
            Ok(tally) => self.tally += tally,
            Err(error) => self.unreadable.push(error),
        }
    }
}

impl<M: MetadataRead, S: StorageRead + 'static> Engine<'_, M, S> {
    /// What matches in a run.
    pub(super) async fn read_run(&self, run: Run) -> Vec<Groups> {
        let work = &run.segment.partition;
        let mut left = run.frames.clone();
        let mut groups = Vec::new();
        for &(replica, _) in &run.segment.sources {
            if left.is_empty() {
                break;
            }
            let fetched = match self.fetch(&run, replica, &left).await {
                Ok(fetched) => fetched,
                Err(error) => {
                    self.failed(&run.segment, replica, &error);
                    continue;
                }
            };
            let (picker, kind) = (self.picker.clone(), run.kind);
            let read = tokio::task::spawn_blocking(move || read(&picker, kind, &fetched)).await;
            let Ok(read) = read else { continue };
            let done = left.len() - read.damaged.len();
            locked(&work.figures).frames_read += done as u64;
            groups.push(read.groups);
            left = self.note(&run, replica, read.tally, read.damaged, read.unreadable);
        }
        if !left.is_empty() {
            let records: u64 = left.iter().map(|frame| frame.records).sum();
            let reason = format!("{} frames with {records} records are good on no copy that was read", left.len());
            self.lose(work, Some(run.segment.name.clone()), reason);
        }
        locked(&work.figures).records += groups.iter().map(Groups::record_count).sum::<usize>() as u64;
        groups
    }

    /// Notes what was wrong; gives the frames that are still to be read.
    fn note(
        &self,
        run: &Run,
        replica: usize,
        tally: Tally,
        damaged: Vec<(Frame, String)>,
        unreadable: Vec<ReadError>,
    ) -> Vec<Frame> {
        locked(&self.report).tally += tally;
        for (_, reason) in &damaged {
            self.damaged(&run.segment, replica, reason.clone());
        }
        for error in unreadable {
            self.unreadable(&run.segment, &error.to_string());
        }
        damaged.into_iter().map(|(frame, _)| frame).collect()
    }

    /// Notes that what a segment holds is no OTLP.
    pub(super) fn unreadable(&self, segment: &SegmentWork, reason: &str) {
        let loss = Loss {
            partition: segment.partition.id,
            segment: Some(segment.name.clone()),
            kind: LossKind::NotReadable,
            reason: reason.to_owned(),
        };
        locked(&self.report).losses.add(loss);
    }

    /// Notes that a copy of a segment, or its node, did not answer.
    pub(super) fn failed(&self, segment: &SegmentWork, replica: usize, error: &StorageError) {
        let work = &segment.partition;
        let node = &work.replicas[replica].node;
        self.nodes.note(node, error);
        if error.is_unreachable() {
            locked(&work.uses)[replica].used = super::report::ReplicaUse::Silent(error.to_string());
        } else {
            self.damaged(segment, replica, error.to_string());
        }
    }

    /// The bytes of frames, adjacent ones in one read.
    async fn fetch(&self, run: &Run, replica: usize, frames: &[Frame]) -> Result<Vec<Fetched>, StorageError> {
        let at = &run.segment.partition.replicas[replica];
        let node = self.nodes.of(&at.node).await?;
        let mut fetched = Vec::with_capacity(frames.len());
        for together in frames.chunk_by(|a, b| a.offset + a.bytes == b.offset) {
            let Some((first, last)) = together.first().zip(together.last()) else { continue };
            let length = last.offset + last.bytes - first.offset;
            let (bytes, total) = read_range(&node, at, &run.segment.name, first.offset, length).await?;
            if total != run.segment_bytes {
                let reason = format!("{total} bytes, its sidecar says {}", run.segment_bytes);
                self.damaged(&run.segment, replica, reason);
            }
            run.segment.partition.read(replica, bytes.len() as u64);
            for frame in together {
                // Of a segment that was cut there are fewer bytes; its frames are told by their length.
                let start = usize::try_from(frame.offset - first.offset).unwrap_or(usize::MAX).min(bytes.len());
                let end =
                    usize::try_from(frame.bytes).map_or(bytes.len(), |n| bytes.len().min(start.saturating_add(n)));
                fetched.push((*frame, bytes.slice(start..end)));
            }
        }
        Ok(fetched)
    }
}

/// Reads a range of a segment in as many pieces as the port wants, less only where it ends; and the segment's length.
async fn read_range<S: StorageRead>(
    node: &OpenedNode<S>,
    at: &Replica,
    name: &SegmentName,
    offset: u64,
    length: u64,
) -> Result<(Bytes, u64), StorageError> {
    let mut pieces: Vec<Bytes> = Vec::new();
    let mut done = 0;
    loop {
        let want = usize::try_from(length - done).unwrap_or(CHUNK_BYTES).min(CHUNK_BYTES);
        let Part { bytes, total } = node.segment_part(&at.copy, name, offset + done, want).await?;
        done += bytes.len() as u64;
        let is_short = bytes.len() < want;
        pieces.push(bytes);
        if is_short || done >= length {
            let whole = if pieces.len() == 1 { pieces.remove(0) } else { pieces.concat().into() };
            return Ok((whole, total));
        }
    }
}

/// A read with an end.
pub(super) async fn in_time<T>(
    place: &str,
    call: impl Future<Output = Result<T, StorageError>>,
) -> Result<T, StorageError> {
    const LIMIT: Duration = CALL_TIMEOUT;
    tokio::time::timeout(LIMIT, call).await.unwrap_or_else(|_| {
        Err(StorageError::Unreachable {
            place: place.to_owned(),
            cause: Cause::Silent,
            detail: format!("nothing in {} s", LIMIT.as_secs()),
        })
    })
}

fn read(picker: &Picker, kind: (Signal, Encoding), frames: &[Fetched]) -> Read {
    let mut done = Read::default();
    let mut raw = Vec::new();
    for (frame, bytes) in frames {
        match decompress(frame, bytes, &mut raw) {
            Ok(()) => done.frame(picker, kind, &mut raw),
            Err(error) => done.damaged.push((*frame, error.to_string())),
        }
    }
    done.groups.settle();
    done
}

/// What came of the requests of frames that were checked.
pub(super) fn read_checked(picker: &Picker, kind: (Signal, Encoding), raws: Vec<Vec<u8>>) -> Read {
    let mut done = Read::default();
    for mut raw in raws {
        done.frame(picker, kind, &mut raw);
    }
    done.groups.settle();
    done
}
