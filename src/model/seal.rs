//! The seal of a sidecar: checksums in its text, so that a piece of it is trusted without the rest.
//!
//! ```text
//! {"bytes":…, …, "frames":[…],"trace_index_blocks":[[FIRST,CRC],…]   the head
//! ,"head_crc32c":CRC                                                 of every byte before this comma
//! ,"trace_index":"…"}                                                blocks of 16 KiB, the last one what is left
//! ```
//!
//! A sidecar whose index is one block or none has no seal: it is read whole. So has none what earlier versions wrote. A newer
//! version may add fields to the head, or behind the index.
//!
//! Invariant: of a sealed sidecar nothing is believed whose CRC32C is another.

use memchr::memmem;
use serde::{Deserialize, Serialize};

/// Characters of the index in a block: 2,048 entries.
pub const INDEX_BLOCK_CHARS: usize = 16 << 10;

/// What stands before the CRC of the head. In the text of a string its quotes would be escaped.
const HEAD_CRC: &[u8] = b",\"head_crc32c\":";
/// What stands before the index.
const INDEX: &[u8] = b",\"trace_index\":\"";

/// A block of the index, in a sidecar as `[first, crc32c]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
pub struct IndexBlock {
    /// The key of its first entry.
    pub first: u32,
    /// CRC32C of its characters.
    pub crc32c: u32,
}

impl From<(u32, u32)> for IndexBlock {
    fn from((first, crc32c): (u32, u32)) -> Self {
        Self { first, crc32c }
    }
}

impl From<IndexBlock> for (u32, u32) {
    fn from(block: IndexBlock) -> Self {
        (block.first, block.crc32c)
    }
}

/// Why a sealed sidecar is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Its head is not what was written.
    #[error("its head has CRC {found:08x}, its seal says {expected:08x}")]
    Head {
        /// What its seal says.
        expected: u32,
        /// What there is.
        found: u32,
    },
    /// A block of its index is not what was written.
    #[error("block {number} of its trace index has CRC {found:08x}, its head says {expected:08x}")]
    Block {
        /// Which one, from 0.
        number: usize,
        /// What its head says.
        expected: u32,
        /// What there is.
        found: u32,
    },
    /// Seal and index do not belong together.
    #[error("its trace index is not what its seal is of")]
    Shape,
}

/// Where the parts of a sealed sidecar lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seal {
    head_bytes: usize,
    head_crc32c: u32,
    /// Where the text of the index begins.
    pub index_at: usize,
}

impl Seal {
    /// The seal in a sidecar or the start of one; `None` = there is none in it.
    #[must_use]
    pub fn find(start: &[u8]) -> Option<Self> {
        let head_bytes = memmem::find(start, HEAD_CRC)?;
        let number = start.get(head_bytes + HEAD_CRC.len()..)?;
        let digits = number.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let head_crc32c = std::str::from_utf8(&number[..digits]).ok()?.parse().ok()?;
        let index_at = head_bytes + HEAD_CRC.len() + digits + INDEX.len();
        number[digits..].starts_with(INDEX).then_some(Self { head_bytes, head_crc32c, index_at })
    }

    /// The head of the sidecar that the seal was found in, checked, as JSON.
    ///
    /// # Errors
    /// It is not what was written.
    pub fn head(&self, start: &[u8]) -> Result<Vec<u8>, SealError> {
        let head = start.get(..self.head_bytes).ok_or(SealError::Shape)?;
        let found = crc32c::crc32c(head);
        if found != self.head_crc32c {
            return Err(SealError::Head { expected: self.head_crc32c, found });
        }
        Ok([head, b"}"].concat())
    }
}

/// Whether the index begins in this start of a sidecar.
#[must_use]
pub fn holds_index(start: &[u8]) -> bool {
    memmem::find(start, INDEX).is_some()
}

/// The blocks of an index, by the keys of their first entries.
#[must_use]
pub fn blocks_of(index: &str, firsts: impl Iterator<Item = u32>) -> Vec<IndexBlock> {
    let blocks = index.as_bytes().chunks(INDEX_BLOCK_CHARS).zip(firsts);
    blocks.map(|(block, first)| IndexBlock { first, crc32c: crc32c::crc32c(block) }).collect()
}

/// Seals the JSON of a sidecar that ends with its index, of so many characters.
///
/// # Errors
/// It does not end so.
pub fn seal(mut json: String, index_chars: usize) -> Result<String, SealError> {
    let behind = INDEX.len() + index_chars + b"\"}".len();
    let at = json.len().checked_sub(behind).ok_or(SealError::Shape)?;
    let head = &json.as_bytes()[..at];
    if !json.as_bytes()[at..].starts_with(INDEX) || memmem::find(head, HEAD_CRC).is_some() {
        return Err(SealError::Shape);
    }
    let crc32c = crc32c::crc32c(head);
    json.insert_str(at, &format!(",\"head_crc32c\":{crc32c}"));
    Ok(json)
}

/// Checks blocks of an index, `number` the first of them: `text` begins where that one does, and ends where the last of them
/// does or later. Gives their own text.
///
/// # Errors
/// They are not what was written.
pub fn checked<'a>(text: &'a [u8], number: usize, blocks: &[IndexBlock]) -> Result<&'a str, SealError> {
    let text = text.get(..blocks.len() * INDEX_BLOCK_CHARS).unwrap_or(text);
    // The text of an index has no quote.
    let text = &text[..memchr::memchr(b'"', text).unwrap_or(text.len())];
    if text.len().div_ceil(INDEX_BLOCK_CHARS) != blocks.len() {
        return Err(SealError::Shape);
    }
    for (at, (block, piece)) in blocks.iter().zip(text.chunks(INDEX_BLOCK_CHARS)).enumerate() {
        let found = crc32c::crc32c(piece);
        if found != block.crc32c {
            return Err(SealError::Block { number: number + at, expected: block.crc32c, found });
        }
    }
    std::str::from_utf8(text).map_err(|_| SealError::Shape)
}

/// Checks all of a sidecar, if it has a seal.
///
/// # Errors
/// It is not what was written.
pub fn check(sidecar: &[u8]) -> Result<(), SealError> {
    #[derive(Deserialize)]
    struct Head {
        trace_index_blocks: Vec<IndexBlock>,
    }
    if memmem::find(sidecar, HEAD_CRC).is_none() {
        return Ok(());
    }
    let seal = Seal::find(sidecar).ok_or(SealError::Shape)?;
    let head: Head = serde_json::from_slice(&seal.head(sidecar)?).map_err(|_| SealError::Shape)?;
    let index = &sidecar[seal.index_at..];
    let text = checked(index, 0, &head.trace_index_blocks)?;
    if index.get(text.len()) == Some(&b'"') { Ok(()) } else { Err(SealError::Shape) }
}
