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
#[derive(Clone, Debug, PartialEq)]
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::TraceId;
    use crate::segment::{BuiltSegment, Compressor, Origin, RecordFacts, SegmentBuilder};

    fn trace(number: u64) -> TraceId {
        let mut bytes = [7; 16];
        bytes[..8].copy_from_slice(&number.to_be_bytes());
        TraceId::from_bytes(bytes).unwrap()
    }

    /// A segment of traces 0 to `count`, and of trace `count` in each frame.
    fn segment(count: u64, frame_bytes: usize) -> BuiltSegment {
        let mut compressor = Compressor::new(1).unwrap();
        let mut builder = SegmentBuilder::new(Signal::Traces, Encoding::Json);
        for number in 0..count.div_ceil(500) {
            builder.request(&mut compressor, |out| out.resize(out.len() + frame_bytes, b'x')).unwrap();
            for n in (number * 500..count.min(number * 500 + 500)).chain([count]) {
                builder.record(&RecordFacts { time_unix_nano: 1000 + n, sum: n, trace: Some(trace(n)) });
            }
        }
        builder.service("s");
        builder.finish(&mut compressor, Origin::Batch("b")).unwrap()
    }

    fn of(id: TraceId) -> Filter {
        Filter { trace: Some(id), ..Filter::default() }
    }

    /// As a query reads it: the start, and a piece of the index. `None` = it does not trust them.
    fn by_pieces(sidecar: &[u8], filter: &Filter) -> Option<Said> {
        let seal = Seal::find(sidecar)?;
        let outline = match head(&sidecar[..seal.index_at], &seal, filter).ok()? {
            Head::Skip(rule) => return Some(Said::Skip(rule)),
            Head::Open(outline) => outline,
        };
        if filter.trace.is_none() {
            return Some(outline.chosen(None, filter));
        }
        let Some(piece) = outline.piece(filter) else { return Some(outline.chosen(Some(Vec::new()), filter)) };
        let from = piece.offset as usize;
        let numbers = outline.look_up(&piece, sidecar.get(from..sidecar.len().min(from + piece.length))?, filter)?;
        Some(outline.chosen(Some(numbers), filter))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn pieces_say_what_the_whole_says(
            count in 2050_u64..20_000,
            frame_bytes in prop_oneof![Just(100_usize), Just(100_000), Just(1_100_000)],
            seed in any::<u64>(),
            flip in 1_u8..,
        ) {
            let sidecar = segment(count, frame_bytes).sidecar;
            let mut random = crate::model::SplitMix64::new(seed);
            let asked: Vec<u64> = (0..40).map(|_| random.below(count * 2)).chain([0, count - 1, count]).collect();
            let times = Filter { time: Some((0, 1000 + count / 2)), ..Filter::default() };
            for filter in asked.into_iter().map(|n| of(trace(n))).chain([times, Filter::default()]) {
                let whole = said(&sidecar, &filter).unwrap();
                prop_assert_eq!(by_pieces(&sidecar, &filter), Some(whole.clone()), "{:?}", filter);
                // Damage is seen wherever it matters: else the answer is the same.
                let mut bytes = sidecar.to_vec();
                let at = random.below(bytes.len() as u64) as usize;
                bytes[at] ^= flip;
                if let Some(found) = by_pieces(&bytes, &filter) {
                    prop_assert_eq!(found, whole, "byte {}", at);
                }
            }
        }
    }

    /// A flipped bit in the one block that names a trace would make it look as if the trace were not there.
    #[test]
    fn a_damaged_block_is_never_taken_for_an_absent_trace() {
        let sidecar = segment(9000, 1000).sidecar;
        let start = Seal::find(&sidecar).unwrap().index_at;
        for n in (0..9000).step_by(400) {
            let filter = of(trace(n));
            let Ok(Head::Open(outline)) = head(&sidecar, &Seal::find(&sidecar).unwrap(), &filter) else { panic!() };
            let piece = outline.piece(&filter).unwrap();
            for at in (0..INDEX_BLOCK_CHARS).step_by(997) {
                let mut bytes = sidecar.to_vec();
                let at = (piece.offset as usize + at).min(bytes.len() - 4);
                // Another character that base64 has too.
                bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
                assert_eq!(by_pieces(&bytes, &filter), None, "{n}: byte {at}");
                let told = said(&bytes.into(), &filter);
                assert!(matches!(&told, Err(Refused::NoSidecar(why)) if why.contains("trace index")), "{told:?}");
            }
            let mut bytes = sidecar.to_vec();
            bytes[(n as usize * 7) % start] ^= 0x10;
            assert_eq!(by_pieces(&bytes, &filter), None, "{n}: in the head");
        }
    }
}
