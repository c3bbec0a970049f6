//! Trace ids: 16 bytes, written as 32 hexadecimal digits.

use std::fmt;

/// A W3C trace id; never all zero.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TraceId([u8; 16]);

/// Why a text or some bytes are no trace id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TraceIdError {
    /// Nothing there.
    #[error("it is empty")]
    Empty,
    /// Not 32 digits (or 16 bytes).
    #[error("it has {found} characters, a trace id has 32 hexadecimal digits")]
    Length {
        /// Characters found, dashes left out.
        found: usize,
    },
    /// A character that is no hexadecimal digit.
    #[error("{found:?} at position {position} is not a hexadecimal digit")]
    Digit {
        /// The character.
        found: char,
        /// Its place, from 1.
        position: usize,
    },
    /// All 16 bytes are zero, which W3C Trace Context calls invalid.
    #[error("all of its bytes are zero, which W3C Trace Context makes invalid")]
    AllZero,
}

impl TraceId {
    /// An id from its bytes.
    ///
    /// # Errors
    /// All bytes are zero.
    #[inline]
    pub fn from_bytes(bytes: [u8; 16]) -> Result<Self, TraceIdError> {
        if u128::from_ne_bytes(bytes) == 0 { Err(TraceIdError::AllZero) } else { Ok(Self(bytes)) }
    }

    /// The 16 bytes.
    #[inline]
    #[must_use]
    pub fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Decodes exactly 32 hexadecimal digits of any case; `None` for anything else, all zero included.
    ///
    /// This is the fast way in; [`TraceId::parse`] says what is wrong.
    #[inline]
    #[must_use]
    pub fn from_hex(digits: &[u8; 32]) -> Option<Self> {
        let mut bytes = [0_u8; 16];
        let mut valid = u64::MAX;
        let (chunks, _) = digits.as_chunks::<8>();
        let (slots, _) = bytes.as_chunks_mut::<4>();
        for (chunk, slot) in chunks.iter().zip(slots) {
            let (word, flags) = decode_eight(*chunk);
            valid &= flags;
            *slot = word.to_be_bytes();
        }
        if valid != HIGHS || u128::from_ne_bytes(bytes) == 0 { None } else { Some(Self(bytes)) }
    }

    /// Reads 32 hexadecimal digits, any case; dashes are accepted where a UUID has them.
    ///
    /// # Errors
    /// What is wrong with the text, with the place.
    pub fn parse(text: &str) -> Result<Self, TraceIdError> {
        if let Some(id) = text.as_bytes().try_into().ok().and_then(Self::from_hex) {
            return Ok(id);
        }
        let is_uuid = text.len() == 36 && [8, 13, 18, 23].iter().all(|&at| text.as_bytes()[at] == b'-');
        let digits: Vec<(usize, char)> = text
            .chars()
            .enumerate()
            .filter(|&(at, c)| !(is_uuid && c == '-' && [8, 13, 18, 23].contains(&at)))
            .collect();
        if digits.is_empty() {
            return Err(TraceIdError::Empty);
        }
        if let Some(&(at, found)) = digits.iter().find(|(_, c)| !c.is_ascii_hexdigit()) {
            return Err(TraceIdError::Digit { found, position: at + 1 });
        }
        let digits: Vec<u8> = digits.iter().map(|&(_, c)| c as u8).collect();
        let Ok(digits) = <[u8; 32]>::try_from(digits.as_slice()) else {
            return Err(TraceIdError::Length { found: digits.len() });
        };
        Self::from_hex(&digits).ok_or(TraceIdError::AllZero)
    }

    /// The 32 lower-case digits as ASCII bytes.
    #[inline]
    #[must_use]
    pub fn to_hex(&self) -> [u8; 32] {
        let mut out = [0_u8; 32];
        let (pairs, _) = out.as_chunks_mut::<2>();
        for (pair, byte) in pairs.iter_mut().zip(self.0) {
            *pair = [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]];
        }
        out
    }
}

const DIGITS: &[u8; 16] = b"0123456789abcdef";
const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// Eight hexadecimal digits at once (SWAR): the 32 bits, and a word whose high bits are all set if all were digits.
#[inline(always)]
const fn decode_eight(chunk: [u8; 8]) -> (u32, u64) {
    let raw = u64::from_be_bytes(chunk);
    let ascii = !raw & HIGHS;
    let clean = raw & !HIGHS;
    let lower = clean | (ONES * 0x20);
    // A byte x < 128 is at least n iff x + (128 - n) has its high bit set; no carry leaves a byte.
    let digit = (clean + ONES * (0x80 - 0x30)) & !(clean + ONES * (0x80 - 0x3a)) & HIGHS;
    let letter = (lower + ONES * (0x80 - 0x61)) & !(lower + ONES * (0x80 - 0x67)) & HIGHS;
    let mut x = (lower & (ONES * 0x0f)) + (letter >> 7) * 9;
    x = (x | (x >> 4)) & 0x00ff_00ff_00ff_00ff;
    x = (x | (x >> 8)) & 0x0000_ffff_0000_ffff;
    x |= x >> 16;
    (x as u32, (digit | letter) & ascii)
}

impl fmt::Display for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.to_hex()).unwrap_or_default())
    }
}

impl fmt::Debug for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TraceId({self})")
    }
}

impl std::str::FromStr for TraceId {
    type Err = TraceIdError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_any_case_and_uuid_dashes() {
        let id = TraceId::parse("4bf92f3577b34da6a3ce929d0e0e4736").unwrap();
        assert_eq!(TraceId::parse("4BF92F3577B34DA6A3CE929D0E0E4736"), Ok(id));
        assert_eq!(TraceId::parse("4bf92f35-77b3-4da6-a3ce-929d0e0e4736"), Ok(id));
        assert_eq!(id.to_string(), "4bf92f3577b34da6a3ce929d0e0e4736");
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(TraceId::parse(""), Err(TraceIdError::Empty));
        assert_eq!(TraceId::parse("abc"), Err(TraceIdError::Length { found: 3 }));
        assert_eq!(TraceId::parse(&"0".repeat(32)), Err(TraceIdError::AllZero));
        assert_eq!(TraceId::parse(&"g".repeat(32)), Err(TraceIdError::Digit { found: 'g', position: 1 }));
        // Dashes anywhere else are not a UUID's.
        assert_eq!(
            TraceId::parse("4bf92f3577b3-4da6-a3ce-929d-0e0e4736"),
            Err(TraceIdError::Digit { found: '-', position: 13 })
        );
    }

    #[test]
    fn every_byte_is_judged_as_u8_judges_it() {
        for byte in 0..=255_u8 {
            for place in 0..32 {
                let mut digits = [b'1'; 32];
                digits[place] = byte;
                assert_eq!(TraceId::from_hex(&digits).is_some(), byte.is_ascii_hexdigit(), "{byte:#x} at {place}");
            }
        }
    }

    proptest! {
        #[test]
        fn hex_round_trip(bytes: [u8; 16]) {
            prop_assume!(bytes != [0; 16]);
            let id = TraceId::from_bytes(bytes).unwrap();
            let oracle: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
            prop_assert_eq!(id.to_string(), oracle.clone());
            prop_assert_eq!(TraceId::parse(&oracle.to_uppercase()), Ok(id));
        }
    }
}
