//! In which frames a trace's spans lie.
//!
//! For each trace and frame that holds it an entry of six bytes: the low 32 bits of XXH3 of the id, big endian, and the
//! frame's number in two, sorted; the whole in base64, where six bytes are eight characters, so that it is searched as it
//! stands. Two traces may share the 32 bits: a frame that the index names may hold nothing of the trace.
//!
//! An index of more than one block has the first key of each beside it ([`IndexBlock`]), so that one block or two are read of it.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use xxhash_rust::xxh3::xxh3_64;

use crate::model::TraceId;
use crate::model::seal::{INDEX_BLOCK_CHARS, IndexBlock, blocks_of};

/// Bytes of an entry.
const ENTRY_BYTES: usize = 6;
/// Characters of an entry.
const ENTRY_CHARS: usize = 8;

/// The part of a trace id's hash that is looked up.
fn key_of(id: &TraceId) -> u32 {
    xxh3_64(id.bytes()) as u32
}

/// Collects the traces of a segment.
#[derive(Debug, Default)]
pub(super) struct IndexBuilder {
    entries: Vec<(u32, u16)>,
    /// Entries of frames that are done; those behind may hold one twice.
    done: usize,
    /// Whether there are more frames than numbers for them.
    overflown: bool,
}

impl IndexBuilder {
    pub(super) fn add(&mut self, id: &TraceId, frame: usize) {
        let Ok(frame) = u16::try_from(frame) else {
            self.overflown = true;
            return;
        };
        let entry = (key_of(id), frame);
        // Spans of a trace come one after the other.
        if self.entries.len() == self.done || self.entries.last() != Some(&entry) {
            self.entries.push(entry);
        }
    }

    /// The frame that was written last holds no more.
    pub(super) fn end_frame(&mut self) {
        let (_, open) = self.entries.split_at_mut(self.done);
        open.sort_unstable();
        let mut kept = self.done;
        for at in self.done..self.entries.len() {
            if kept == self.done || self.entries[kept - 1] != self.entries[at] {
                self.entries[kept] = self.entries[at];
                kept += 1;
            }
        }
        self.entries.truncate(kept);
        self.done = kept;
    }

    /// The index, if there are any traces and not too many frames, and its blocks if it has several.
    #[must_use]
    pub(super) fn finish(mut self) -> Option<(String, Vec<IndexBlock>)> {
        if self.entries.is_empty() || self.overflown {
            return None;
        }
        self.entries.sort_unstable();
        let mut bytes = Vec::with_capacity(self.entries.len() * ENTRY_BYTES);
        for (key, frame) in &self.entries {
            bytes.extend_from_slice(&key.to_be_bytes());
            bytes.extend_from_slice(&frame.to_be_bytes());
        }
        let text = STANDARD.encode(bytes);
        let firsts = self.entries.iter().step_by(INDEX_BLOCK_CHARS / ENTRY_CHARS).map(|(key, _)| *key);
        let blocks = if text.len() > INDEX_BLOCK_CHARS { blocks_of(&text, firsts) } else { Vec::new() };
        Some((text, blocks))
    }
}

/// An index as a sidecar carries it.
#[derive(Clone, Copy, Debug)]
pub struct TraceIndex<'a> {
    text: &'a [u8],
}

impl<'a> TraceIndex<'a> {
    /// An index over its text; what is behind its last whole entry is left out.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let text = text.as_bytes();
        Self { text: &text[..text.len() / ENTRY_CHARS * ENTRY_CHARS] }
    }

    /// The numbers of the frames that may hold spans of a trace, ascending; `None` if the index is damaged.
    #[must_use]
    pub fn frames_of(&self, id: &TraceId) -> Option<Vec<u16>> {
        let key = key_of(id);
        let count = self.text.len() / ENTRY_CHARS;
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.entry(middle)?.0 < key {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let mut frames = Vec::new();
        for at in low..count {
            let (found, frame) = self.entry(at)?;
            if found != key {
                break;
            }
            frames.push(frame);
        }
        Some(frames)
    }

    fn entry(&self, number: usize) -> Option<(u32, u16)> {
        let text = self.text.get(number * ENTRY_CHARS..(number + 1) * ENTRY_CHARS)?;
        let mut bytes = [0; ENTRY_BYTES];
        // Exactly six bytes come out of eight characters without padding.
        (STANDARD.decode_slice(text, &mut bytes).ok()? == ENTRY_BYTES).then_some(())?;
        let [a, b, c, d, e, f] = bytes;
        Some((u32::from_be_bytes([a, b, c, d]), u16::from_be_bytes([e, f])))
    }
}

/// The numbers of the blocks that hold all entries of a trace; none if it has none.
#[must_use]
pub fn blocks_with(blocks: &[IndexBlock], id: &TraceId) -> Range<usize> {
    let key = key_of(id);
    // Its entries may begin within the last block whose first key is smaller.
    let start = blocks.partition_point(|block| block.first < key).saturating_sub(1);
    let end = blocks.partition_point(|block| block.first <= key);
    start.min(end)..end
}
