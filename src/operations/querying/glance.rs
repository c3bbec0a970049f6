//! Small segments: sidecar and records in one errand.
//!
//! An hour of small writes has thousands of them, and for each what is waited for costs more than what is read. Only what is as
//! it should be is taken here. Everything else is left to those who look closely, as if nobody had looked, so that there is one
//! place that judges damage: [`Engine::plan`] and [`Engine::read_run`].

use std::sync::Arc;

use super::engine::Engine;
use super::filter::Filter;
use super::frames::{Read, read_checked};
use super::group::Groups;
use super::listing::SegmentWork;
use super::replicas::locked;
use super::report::SkipRule;
use super::said::{Said, said};
use super::sidecar::START_BYTES;
use crate::model::Signal;
use crate::otlp::Encoding;
use crate::ports::MetadataRead;
use crate::ports::storage::node::CALL_TIMEOUT;
use crate::ports::storage::{CopyPlace, OpenedNode, Part, SegmentName, StorageRead, errand};
use crate::segment::{Frame, decompress};

/// Segments up to this size are looked at and read at once: so much may be read in vain.
const SEGMENT_BYTES_MAX: u64 = 128 << 10;
/// Requests of one segment that are held besides what [`Queue`](super::queue::Queue) counts as being read.
const RAW_BYTES_MAX: u64 = 512 << 10;

/// What came of a glance.
pub(super) enum Glance {
    /// What matches.
    Done(Groups),
    /// It has to be looked at closely; with the start of the first copy's sidecar if that was read.
    Unclear(Option<Part>),
}

/// What an errand brought.
enum Brought {
    Skipped(SkipRule),
    Read { frames: u64, skipped: u64, read: Box<Read> },
    Unclear,
}

/// Requests of frames that are what they should be.
struct Sound {
    kind: (Signal, Encoding),
    raws: Vec<Vec<u8>>,
    skipped: u64,
    bytes_read: u64,
}

impl<M: MetadataRead, S: StorageRead + 'static> Engine<'_, M, S> {
    /// What matches in a small segment.
    pub(super) async fn glance(&self, segment: &SegmentWork) -> Glance {
        let work = &segment.partition;
        let first = segment.sources.first().filter(|(_, has_sidecar)| *has_sidecar);
        let Some(&(replica, _)) = first.filter(|_| segment.bytes <= SEGMENT_BYTES_MAX) else {
            return Glance::Unclear(None);
        };
        let at = &work.replicas[replica];
        let Ok(node) = self.nodes.of(&at.node).await else { return Glance::Unclear(None) };
        let place = node.place().to_owned();
        let (copy, name, picker) = (at.copy.clone(), segment.name.clone(), Arc::clone(&self.picker));
        let errand = errand(&place, CALL_TIMEOUT, move |decision| async move {
            let Ok(Some(start)) = node.sidecar_start(&copy, &name, START_BYTES).await else {
                return (Brought::Unclear, None, 0);
            };
            let (brought, bytes_read) = match look(&node, (&copy, &name), &start, &picker.filter).await {
                // Whoever picks remembers the spans: nobody may read them again after that.
                Ok(Sound { kind, raws, skipped, bytes_read }) if decision.is_wanted() => {
                    let frames = raws.len() as u64;
                    let read = Box::new(read_checked(&picker, kind, raws));
                    (Brought::Read { frames, skipped, read }, bytes_read)
                }
                Ok(_) => (Brought::Unclear, 0),
                Err(brought) => (brought, 0),
            };
            (brought, Some(start), bytes_read)
        });
        let (brought, start, bytes_read) = match errand.await {
            Ok(done) => done,
            Err(error) => {
                self.failed(segment, replica, &error);
                return Glance::Unclear(None);
            }
        };
        let bytes_read = bytes_read + start.as_ref().map_or(0, |start| start.bytes.len() as u64);
        if bytes_read > 0 {
            work.read(replica, bytes_read);
        }
        match brought {
            Brought::Unclear => Glance::Unclear(start),
            Brought::Skipped(rule) => {
                work.skip(rule);
                Glance::Done(Groups::default())
            }
            Brought::Read { frames, skipped, read } => {
                let Read { groups, tally, unreadable, damaged: _ } = *read;
                locked(&self.report).tally += tally;
                unreadable.iter().for_each(|error| self.unreadable(segment, &error.to_string()));
                let mut figures = locked(&work.figures);
                figures.segments_read += 1;
                figures.frames_read += frames;
                figures.frames_skipped += skipped;
                figures.records += groups.record_count() as u64;
                Glance::Done(groups)
            }
        }
    }
}

/// Reads what a sidecar names, if all of it is what it should be; else what came of that.
async fn look<S: StorageRead>(
    node: &OpenedNode<S>,
    (copy, name): (&CopyPlace, &SegmentName),
    sidecar: &Part,
    filter: &Filter,
) -> Result<Sound, Brought> {
    if sidecar.bytes.len() as u64 != sidecar.total {
        return Err(Brought::Unclear);
    }
    let (kind, segment_bytes, frames, skipped) = match said(&sidecar.bytes, filter) {
        Ok(Said::Skip(rule)) => return Err(Brought::Skipped(rule)),
        Ok(Said::Frames { kind, segment_bytes, frames, skipped }) => (kind, segment_bytes, frames, skipped),
        Ok(Said::Whole(_)) | Err(_) => return Err(Brought::Unclear),
    };
    let (start, end) = match (frames.first(), frames.last()) {
        (Some(first), Some(last)) => (first.offset, last.offset.saturating_add(last.bytes)),
        _ => return Err(Brought::Unclear),
    };
    let raw_bytes = frames.iter().fold(0_u64, |sum, frame| sum.saturating_add(frame.raw_bytes));
    if raw_bytes > RAW_BYTES_MAX || end > segment_bytes || segment_bytes > SEGMENT_BYTES_MAX {
        return Err(Brought::Unclear);
    }
    let length = end.checked_sub(start).and_then(|length| usize::try_from(length).ok()).ok_or(Brought::Unclear)?;
    let part = node.segment_more(copy, name, start, length).await.map_err(|_| Brought::Unclear)?;
    if part.total != segment_bytes {
        return Err(Brought::Unclear);
    }
    let raws = frames.iter().map(|frame| raw(frame, start, &part.bytes)).collect::<Option<Vec<_>>>();
    let raws = raws.ok_or(Brought::Unclear)?;
    Ok(Sound { kind, raws, skipped, bytes_read: part.bytes.len() as u64 })
}

/// The requests of a frame out of bytes that begin at `start` in the segment; `None` = they are not what they should be.
fn raw(frame: &Frame, start: u64, bytes: &[u8]) -> Option<Vec<u8>> {
    let from = usize::try_from(frame.offset.checked_sub(start)?).ok()?;
    let bytes = bytes.get(from..from.checked_add(usize::try_from(frame.bytes).ok()?)?)?;
    let mut raw = Vec::new();
    decompress(frame, bytes, &mut raw).ok()?;
    Some(raw)
}
