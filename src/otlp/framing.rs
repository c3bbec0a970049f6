//! How an input is divided into messages, told by its first bytes.

use super::source::compression_of;

/// Bytes by which the framing is told; white space before the first value may not be longer.
pub(super) const HEAD_BYTES: usize = 4096;

/// How an input is divided into messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Framing {
    /// JSON values: one a line, or over several lines, or one after the other, or in an array.
    Text,
    /// One protobuf export request, to the end.
    Bare,
    /// Messages behind their length in 4 bytes, big endian: the Collector's file exporter with `format: proto` or
    /// with a compression.
    LengthPrefixed,
}

/// The UTF-8 byte order mark.
pub(super) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Tells the framing; what is nothing else is text.
pub(super) fn recognise(head: &[u8], message_bytes_max: usize) -> Framing {
    if head.starts_with(BYTE_ORDER_MARK) || is_json(head) {
        Framing::Text
    } else if is_protobuf(head, message_bytes_max) {
        // As a length, its first byte would mean a message of 160 MiB or more: a bare message is likelier by far.
        Framing::Bare
    } else if is_length_prefixed(head, message_bytes_max) {
        Framing::LengthPrefixed
    } else {
        Framing::Text
    }
}

/// Whether a message is JSON rather than protobuf.
///
/// A line feed is also the key of protobuf's field 1 and `{` may be its length, so that the next bytes decide: in JSON
/// there is a quote and then no control character, where protobuf would have `"` as a length and then a small key.
pub(super) fn is_json(head: &[u8]) -> bool {
    match head.trim_ascii_start() {
        [] => true,
        [b'{', rest @ ..] => match rest.trim_ascii_start() {
            [] | [b'}', ..] | [b'"'] => true,
            [b'"', first, ..] => *first >= b' ',
            [..] => false,
        },
        [b'[', rest @ ..] => match rest.trim_ascii_start() {
            [b'{', rest @ ..] => matches!(rest.trim_ascii_start(), [] | [b'"' | b'}', ..]),
            [] | [b']', ..] => true,
            [..] => false,
        },
        [..] => false,
    }
}

fn is_length_prefixed(head: &[u8], message_bytes_max: usize) -> bool {
    let mut head = head;
    // Empty messages have no content to look at.
    while let Some(([0, 0, 0, 0], rest)) = head.split_first_chunk() {
        head = rest;
    }
    let Some((length, payload)) = head.split_first_chunk() else { return false };
    let length = u32::from_be_bytes(*length) as usize;
    let payload = &payload[..payload.len().min(length)];
    length <= message_bytes_max
        && !payload.is_empty()
        && (compression_of(payload).is_some() || is_json(payload) || is_protobuf(payload, length))
}

/// Whether it starts as an export request does: field 1 (or 2, the dictionary of profiles) holds a message that fits and
/// starts with field 1, 2, 3 or 1000 of the kind bytes.
fn is_protobuf(head: &[u8], message_bytes_max: usize) -> bool {
    let [0x0a | 0x12, rest @ ..] = head else { return false };
    let mut inner = rest;
    let Ok(length) = prost::encoding::decode_varint(&mut inner) else { return false };
    let fits = usize::try_from(length).is_ok_and(|length| length <= message_bytes_max);
    fits && (length == 0 || matches!(inner, [] | [0x0a | 0x12 | 0x1a, ..] | [0xc2] | [0xc2, 0x3e, ..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(head: &[u8]) -> Framing {
        recognise(head, 1 << 20)
    }

    #[test]
    fn tells_text() {
        for text in
            ["{}", "\n{\"a\":1}", " \r\n{\n \"a\"", "\n\n\n", "[{}]", "[\n{\"a\"", "[]", "\n{", "hello", "\nhello"]
        {
            assert_eq!(of(text.as_bytes()), Framing::Text, "{text:?}");
        }
        assert_eq!(of(b"\xef\xbb\xbf{}"), Framing::Text);
    }

    #[test]
    fn tells_protobuf_even_where_its_lengths_look_like_json() {
        assert_eq!(of(&[0x0a, 0x05, 0x0a, 0x03, 1, 2, 3]), Framing::Bare);
        // A resource entry of 123 = '{' bytes, with a resource of 34 = '"' bytes.
        assert_eq!(of(&[0x0a, b'{', 0x0a, b'"', 0x0a, 0x20, 0x0a]), Framing::Bare);
        assert_eq!(of(&[0x0a, 0x00]), Framing::Bare);
        assert_eq!(recognise(&[0x0a, 0x1e, 0x12, 0x1c, 0x12, 0x1a, 0x0a], 256 << 20), Framing::Bare);
    }

    #[test]
    fn tells_length_prefixes() {
        assert_eq!(of(&[0, 0, 0, 7, 0x0a, 0x05, 0x0a, 0x03, 1, 2, 3]), Framing::LengthPrefixed);
        assert_eq!(of(&[0, 0, 0, 0, 0, 0, 0, 9, 0x28, 0xb5, 0x2f, 0xfd]), Framing::LengthPrefixed);
        assert_eq!(of(b"\0\0\0\x02{}"), Framing::LengthPrefixed);
        // Too long, or nothing that is a message.
        assert_eq!(of(&[1, 0, 0, 7, 0x0a, 0x05, 0x0a, 0x03, 1, 2, 3]), Framing::Text);
        assert_eq!(of(&[0, 0, 0, 7, 1, 2, 3]), Framing::Text);
        assert_eq!(of(&[0; 64]), Framing::Text);
    }
}
