//! What a sidecar says of a segment: whether anything of it is to be read, and what. Pure computation.
//!
//! Invariant: a sidecar that contradicts itself or its seal is not believed.

use std::ops::Range;

use bytes::Bytes;

use super::filter::Filter;
use super::pick::REQUEST_BYTES_MAX;
use super::report::SkipRule;
use crate::model::Signal;
use crate::model::seal::{INDEX_BLOCK_CHARS, IndexBlock, Seal, checked};
use crate::otlp::Encoding;
use crate::ports::storage::{SegmentFacts, Sidecar};
use crate::segment::index::blocks_with;
use crate::segment::{DocumentError, Frame, SegmentDocument, TraceIndex};

/// What a sidecar says is to be read.
#[derive(Debug, PartialEq)]
pub(super) enum Said {
    Skip(SkipRule),
    Frames { kind: (Signal, Encoding), segment_bytes: u64, frames: Vec<Frame>, skipped: u64 },
    Whole(SegmentFacts),
}

/// Why a sidecar is not followed.
#[derive(Debug, PartialEq)]
pub(super) enum Refused {
    /// It is none, or not what was written.
    NoSidecar(String),
    Damaged(String),
    Unknown(String),
}

/// A segment that may hold something, by the head of its sidecar.
#[derive(Debug, PartialEq)]
pub(super) struct Outline {
    kind: (Signal, Encoding),
    segment_bytes: u64,
    frames: Vec<Frame>,
    blocks: Vec<IndexBlock>,
    index_at: u64,
}

/// What the head of a sidecar says, before its index is looked at.
#[derive(Debug, PartialEq)]
pub(super) enum Head {
    Skip(SkipRule),
    Open(Outline),
}

/// Blocks of an index that are to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    blocks: Range<usize>,
    /// Where they begin in the sidecar.
    pub(super) offset: u64,
    /// How long they are at most.
    pub(super) length: usize,
}

/// What a whole sidecar says.
pub(super) fn said(raw: &Bytes, filter: &Filter) -> Result<Said, Refused> {
    let document = match SegmentDocument::parse(raw) {
        Ok(document) => document,
        Err(error) => return without_frames(raw, &error, filter),
    };
    let numbers = filter.trace.as_ref().and_then(|id| document.numbers_of(id));
    Ok(match outline(document, 0, filter)? {
        Head::Skip(rule) => Said::Skip(rule),
        Head::Open(outline) => outline.chosen(numbers, filter),
    })
}

/// What the head of a sealed sidecar says; `start` holds all of it.
pub(super) fn head(start: &[u8], seal: &Seal, filter: &Filter) -> Result<Head, Refused> {
    let head = seal.head(start).map_err(|error| Refused::Damaged(error.to_string()))?;
    let document = SegmentDocument::parse_head(&head).map_err(|error| Refused::Damaged(error.to_string()))?;
    outline(document, seal.index_at as u64, filter)
}

impl Outline {
    /// Where the index says in which frames a trace lies; `None` = it has none of the trace.
    pub(super) fn piece(&self, filter: &Filter) -> Option<Piece> {
        let blocks = blocks_with(&self.blocks, filter.trace.as_ref()?);
        let offset = self.index_at + (blocks.start * INDEX_BLOCK_CHARS) as u64;
        let length = blocks.len() * INDEX_BLOCK_CHARS;
        (!blocks.is_empty()).then_some(Piece { blocks, offset, length })
    }

    /// The numbers of the frames with the trace by that piece of the index; `None` = it is not what was written.
    pub(super) fn look_up(&self, piece: &Piece, text: &[u8], filter: &Filter) -> Option<Vec<u16>> {
        let text = checked(text, piece.blocks.start, self.blocks.get(piece.blocks.clone())?).ok()?;
        TraceIndex::new(text).frames_of(filter.trace.as_ref()?)
    }

    /// What is to be read: frames of these numbers, or any if there are none to go by.
    pub(super) fn chosen(self, numbers: Option<Vec<u16>>, filter: &Filter) -> Said {
        let Self { kind, segment_bytes, frames: all, .. } = self;
        let mut frames: Vec<Frame> = match numbers {
            Some(numbers) => numbers.into_iter().filter_map(|number| all.get(usize::from(number)).copied()).collect(),
            None => all.clone(),
        };
        if frames.is_empty() {
            return Said::Skip(if filter.trace.is_some() { SkipRule::Trace } else { SkipRule::Time });
        }
        frames.retain(|frame| filter.allows_times(frame.min_time_unix_nano, frame.max_time_unix_nano));
        frames.sort_by_key(|frame| frame.offset);
        frames.dedup_by_key(|frame| frame.offset);
        if frames.is_empty() {
            return Said::Skip(SkipRule::Time);
        }
        let skipped = (all.len() - frames.len()) as u64;
        Said::Frames { kind, segment_bytes, frames, skipped }
    }
}

/// What a document without its index says.
fn outline(document: SegmentDocument<'_>, index_at: u64, filter: &Filter) -> Result<Head, Refused> {
    check(&document).map_err(|reason| Refused::Damaged(reason.to_owned()))?;
    if !filter.allows(document.signal) {
        return Ok(Head::Skip(SkipRule::Signal));
    }
    if !filter.allows_times(document.min_time_unix_nano, document.max_time_unix_nano) {
        return Ok(Head::Skip(SkipRule::Time));
    }
    if filter.service.as_deref().is_some_and(|service| !document.may_hold_service(service)) {
        return Ok(Head::Skip(SkipRule::Service));
    }
    let encoding = document.encoding().map_err(|error| Refused::Unknown(error.to_string()))?;
    let SegmentDocument { bytes: segment_bytes, signal, frames, trace_index_blocks: blocks, .. } = document;
    Ok(Head::Open(Outline { kind: (signal, encoding), segment_bytes, frames, blocks, index_at }))
}

/// A sidecar that does not say what frames there are.
fn without_frames(raw: &Bytes, error: &DocumentError, filter: &Filter) -> Result<Said, Refused> {
    let sidecar = Sidecar::parse(raw.clone()).map_err(Refused::NoSidecar)?;
    match error {
        DocumentError::Unknown { .. } => Err(Refused::Unknown(error.to_string())),
        DocumentError::Json(_) | DocumentError::Frames | DocumentError::Seal(_) => {
            if memchr::memmem::find(raw, b"\"frames\"").is_some() {
                return Err(Refused::Damaged(error.to_string()));
            }
            Ok(foreign(sidecar.facts(), filter))
        }
    }
}

/// Whether what a sidecar says of the whole is what it says of the frames.
fn check(document: &SegmentDocument<'_>) -> Result<(), &'static str> {
    let frames = &document.frames;
    let sum = |of: fn(&Frame) -> u64| frames.iter().fold(0_u64, |sum, frame| sum.saturating_add(of(frame)));
    let min = frames.iter().map(|frame| frame.min_time_unix_nano).min().unwrap_or_default();
    let max = frames.iter().map(|frame| frame.max_time_unix_nano).max().unwrap_or_default();
    if sum(|frame| frame.records) != document.records || sum(|frame| frame.raw_bytes) != document.raw_bytes {
        return Err("its frames hold other records than it says");
    }
    if (min, max) != (document.min_time_unix_nano, document.max_time_unix_nano) {
        return Err("its frames hold other times than it says");
    }
    let too_large = |frame: &Frame| frame.raw_bytes.max(frame.bytes) > 2 * REQUEST_BYTES_MAX as u64;
    if frames.iter().any(too_large) { Err("a frame is larger than any request may be") } else { Ok(()) }
}

/// A segment of somebody else: all of it, unless what is known of it rules it out.
fn foreign(facts: &SegmentFacts, filter: &Filter) -> Said {
    let signals = [Signal::Traces, Signal::Metrics, Signal::Logs];
    let allowed = |name: &String| {
        let known = signals.iter().find(|signal| signal.name() == name);
        known.is_none_or(|signal| filter.allows(*signal))
    };
    if !facts.signal.as_ref().is_none_or(allowed) {
        return Said::Skip(SkipRule::Signal);
    }
    match (facts.min_time_unix_nano, facts.max_time_unix_nano) {
        (Some(min), Some(max)) if min <= max && !filter.allows_times(min, max) => Said::Skip(SkipRule::Time),
        (Some(_) | None, Some(_) | None) => Said::Whole(facts.clone()),
    }
}
