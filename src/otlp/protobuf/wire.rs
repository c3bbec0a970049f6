//! The wire format: fields of a message, as they come.
//!
//! Invariant: every length is checked against what is left; groups, which OTLP does not use, are skipped to a limited
//! depth. No input makes it read beyond the message or recurse without bound.

use prost::encoding::{DecodeContext, WireType, decode_key, decode_varint, skip_field};

/// What is wrong with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireProblem {
    /// A field's key is malformed.
    #[error("bad field key")]
    BadKey,
    /// A number is malformed or cut off.
    #[error("bad number")]
    BadNumber,
    /// A field is longer than the message that holds it.
    #[error("it ends in the middle of a field")]
    Truncated,
    /// Text that is not UTF-8.
    #[error("text that is not UTF-8")]
    NotUtf8,
    /// A field of another wire type than it has in OTLP.
    #[error("a field of the wrong type")]
    WrongType,
    /// Nested deeper than any OTLP value.
    #[error("nested too deep")]
    TooDeep,
}

/// A problem and the byte offset where it was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not valid OTLP protobuf at byte {at}: {problem}")]
pub struct WireError {
    /// What is wrong.
    pub problem: WireProblem,
    /// Byte offset in the message.
    pub at: usize,
}

/// The rest of a message, or of one inside it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Message<'a> {
    rest: &'a [u8],
    /// Offset of `rest` in the outermost message.
    at: usize,
}

/// A field's value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Field<'a> {
    Varint(u64),
    Fixed64(u64),
    Fixed32,
    /// A string, bytes or a message.
    Bytes(Message<'a>),
    /// A group, skipped.
    Group,
}

impl<'a> Message<'a> {
    /// The outermost message.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, at: 0 }
    }

    /// The bytes that are left.
    pub(super) fn bytes(self) -> &'a [u8] {
        self.rest
    }

    /// The offset of what is left in the outermost message.
    pub(super) fn position(self) -> usize {
        self.at
    }

    /// Where what is left lies in the outermost message.
    pub(super) fn range(self) -> std::ops::Range<usize> {
        self.at..self.at + self.rest.len()
    }

    /// The bytes that are left, as text.
    pub(super) fn text(self) -> Result<&'a str, WireError> {
        std::str::from_utf8(self.rest)
            .map_err(|error| WireError { problem: WireProblem::NotUtf8, at: self.at + error.valid_up_to() })
    }

    /// A problem, here.
    #[cold]
    pub(super) fn error(self, problem: WireProblem) -> WireError {
        WireError { problem, at: self.at }
    }

    /// Takes the next field.
    #[inline]
    pub(super) fn field(&mut self) -> Result<Option<(u32, Field<'a>)>, WireError> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let before = *self;
        let (number, wire_type) = self.step(decode_key).ok_or_else(|| before.error(WireProblem::BadKey))?;
        let field = match wire_type {
            WireType::Varint => Field::Varint(self.varint()?),
            WireType::SixtyFourBit => Field::Fixed64(u64::from_le_bytes(self.fixed()?)),
            WireType::ThirtyTwoBit => {
                self.fixed::<4>()?;
                Field::Fixed32
            }
            WireType::LengthDelimited => Field::Bytes(self.length_delimited()?),
            WireType::StartGroup | WireType::EndGroup => {
                self.step(|rest| skip_field(wire_type, number, rest, DecodeContext::default()))
                    .ok_or_else(|| before.error(WireProblem::BadKey))?;
                Field::Group
            }
        };
        Ok(Some((number, field)))
    }

    /// Lets prost take something and keeps the offset.
    #[inline]
    fn step<T, E>(&mut self, take: impl FnOnce(&mut &'a [u8]) -> Result<T, E>) -> Option<T> {
        let before = self.rest.len();
        let taken = take(&mut self.rest).ok();
        self.at += before - self.rest.len();
        taken
    }

    #[inline]
    fn varint(&mut self) -> Result<u64, WireError> {
        let before = *self;
        self.step(decode_varint).ok_or_else(|| before.error(WireProblem::BadNumber))
    }

    #[inline]
    fn fixed<const N: usize>(&mut self) -> Result<[u8; N], WireError> {
        let (bytes, rest) = self.rest.split_first_chunk::<N>().ok_or_else(|| self.error(WireProblem::Truncated))?;
        self.rest = rest;
        self.at += N;
        Ok(*bytes)
    }

    #[inline]
    fn length_delimited(&mut self) -> Result<Self, WireError> {
        let length = self.varint()?;
        let split = usize::try_from(length).ok().and_then(|length| self.rest.split_at_checked(length));
        let (inner, rest) = split.ok_or_else(|| self.error(WireProblem::Truncated))?;
        let inner = Self { rest: inner, at: self.at };
        self.at += inner.rest.len();
        self.rest = rest;
        Ok(inner)
    }
}

impl<'a> Field<'a> {
    /// The field as a message, bytes or text.
    #[inline]
    pub(super) fn message(self, parent: Message<'_>) -> Result<Message<'a>, WireError> {
        match self {
            Self::Bytes(message) => Ok(message),
            Self::Varint(_) | Self::Fixed64(_) | Self::Fixed32 | Self::Group => {
                Err(parent.error(WireProblem::WrongType))
            }
        }
    }

    /// The field as a fixed 64-bit number.
    #[inline]
    pub(super) fn fixed64(self, parent: Message<'_>) -> Result<u64, WireError> {
        match self {
            Self::Fixed64(number) => Ok(number),
            Self::Varint(_) | Self::Bytes(_) | Self::Fixed32 | Self::Group => Err(parent.error(WireProblem::WrongType)),
        }
    }

    /// The field as a varint.
    #[inline]
    pub(super) fn varint(self, parent: Message<'_>) -> Result<u64, WireError> {
        match self {
            Self::Varint(number) => Ok(number),
            Self::Fixed64(_) | Self::Bytes(_) | Self::Fixed32 | Self::Group => {
                Err(parent.error(WireProblem::WrongType))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(bytes: &[u8]) -> Result<Vec<u32>, WireError> {
        let mut message = Message::new(bytes);
        let mut numbers = Vec::new();
        while let Some((number, _)) = message.field()? {
            numbers.push(number);
        }
        Ok(numbers)
    }

    #[test]
    fn takes_every_wire_type() {
        // 1: varint 300, 2: bytes "ab", 3: group with a varint, 4: fixed32, 5: fixed64.
        let bytes = [
            &[0x08, 0xac, 0x02, 0x12, 2, b'a', b'b', 0x1b, 0x08, 1, 0x1c, 0x25, 1, 2, 3, 4, 0x29][..],
            &7_u64.to_le_bytes(),
        ]
        .concat();
        assert_eq!(walk(&bytes), Ok(vec![1, 2, 3, 4, 5]));
        for cut in 1..bytes.len() {
            let whole_fields = [3, 7, 11, 16].contains(&cut);
            assert_eq!(walk(&bytes[..cut]).is_ok(), whole_fields, "cut at {cut}");
        }
    }

    #[test]
    fn tells_where_it_is_wrong() {
        let error = |bytes: &[u8]| walk(bytes).unwrap_err();
        assert_eq!(error(&[0x08, 1, 0x12, 5, b'a']), WireError { problem: WireProblem::Truncated, at: 4 });
        assert_eq!(error(&[0x08, 1, 0x0f]), WireError { problem: WireProblem::BadKey, at: 2 });
        assert_eq!(error(&[0x00]), WireError { problem: WireProblem::BadKey, at: 0 });
        assert_eq!(error(&[0x08, 0xff]), WireError { problem: WireProblem::BadNumber, at: 1 });
        assert_eq!(
            error(&[0x12, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]).problem,
            WireProblem::Truncated
        );
    }

    #[test]
    fn deep_groups_are_refused() {
        let deep = [vec![0x0b; 100_000], vec![0x0c; 100_000]].concat();
        assert_eq!(walk(&deep).unwrap_err().problem, WireProblem::BadKey);
    }
}
