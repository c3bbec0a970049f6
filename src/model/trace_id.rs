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
    /// This is the fast way in; [`TraceId::parse`] says what is wrong. The loops have no branches and a fixed length, so
    /// that the compiler turns them into vector instructions: half the time of eight digits a machine word.
    #[inline]
    #[must_use]
    pub fn from_hex(digits: &[u8; 32]) -> Option<Self> {
        let mut nibbles = [0_u8; 32];
        let mut wrong = [0_u8; 32];
        for ((nibble, wrong), &c) in nibbles.iter_mut().zip(&mut wrong).zip(digits) {
            let digit = c.wrapping_sub(b'0');
            let letter = (c | 0x20).wrapping_sub(b'a');
            let is_digit = if digit < 10 { 0xff } else { 0 };
            let is_letter = if letter < 6 { 0xff } else { 0 };
            *nibble = (digit & is_digit) | (letter.wrapping_add(10) & is_letter);
            *wrong = !(is_digit | is_letter);
        }
        let mut bytes = [0_u8; 16];
        let (pairs, _) = nibbles.as_chunks::<2>();
        for (byte, pair) in bytes.iter_mut().zip(pairs) {
            let word = u16::from_le_bytes(*pair);
            *byte = ((word << 4) | (word >> 8)) as u8;
        }
        let any_wrong = wrong.iter().fold(0, |all, w| all | w) != 0;
        if any_wrong || u128::from_ne_bytes(bytes) == 0 { None } else { Some(Self(bytes)) }
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
