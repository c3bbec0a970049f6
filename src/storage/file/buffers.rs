//! Memory for the pieces that are read, used again.
//!
//! A new buffer for each piece costs its zeros and a page fault for every 4 KiB, and the allocator keeps several times what is in
//! use at any time.

use std::sync::{Mutex, PoisonError};

use bytes::Bytes;

use crate::ports::storage::CHUNK_BYTES;

/// Buffers that are kept while nobody uses them: what two streams hold.
const KEPT_MAX: usize = 6;

static KEPT: Mutex<Vec<Vec<u8>>> = Mutex::new(Vec::new());

/// A buffer of which the first bytes are filled; it goes back when the last who reads it is done.
struct Filled {
    buffer: Vec<u8>,
    length: usize,
}

impl AsRef<[u8]> for Filled {
    fn as_ref(&self) -> &[u8] {
        &self.buffer[..self.length]
    }
}

impl Drop for Filled {
    fn drop(&mut self) {
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < KEPT_MAX {
            kept.push(std::mem::take(&mut self.buffer));
        }
    }
}

/// The bytes that `fill` puts into a buffer of this length, of which it says how many; at most [`CHUNK_BYTES`].
pub(super) fn filled<E>(length: usize, fill: impl FnOnce(&mut [u8]) -> Result<usize, E>) -> Result<Bytes, E> {
    let length = length.min(CHUNK_BYTES);
    if length < CHUNK_BYTES / 8 {
        let mut small = vec![0; length];
        let filled = fill(&mut small)?;
        small.truncate(filled);
        return Ok(small.into());
    }
    let kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let mut whole = Filled { buffer: kept.unwrap_or_else(|| vec![0; CHUNK_BYTES]), length: 0 };
    whole.length = fill(&mut whole.buffer[..length])?.min(length);
    Ok(Bytes::from_owner(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What an earlier piece left in a buffer is never part of a later one.
    #[test]
    fn only_what_was_filled_is_seen() {
        let fill = |value: u8, count: usize| {
            filled(CHUNK_BYTES, |buffer| {
                buffer[..count].fill(value);
                Ok::<_, ()>(count)
            })
        };
        for round in 1..=20 {
            let (long, short) = (fill(round, CHUNK_BYTES).unwrap(), fill(round + 100, 5).unwrap());
            assert!(long.len() == CHUNK_BYTES && long.iter().all(|byte| *byte == round));
            assert_eq!(short[..], [round + 100; 5]);
        }
        assert!(fill(1, 0).unwrap().is_empty());
        assert_eq!(filled(CHUNK_BYTES, |_| Err(3)), Err(3));
        assert_eq!(filled(7, |buffer| Ok::<_, ()>(buffer.len())).unwrap()[..], [0; 7]);
    }
}
