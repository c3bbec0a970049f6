//! JSON strings as they lie in the text: borrowed, decoded only on demand.

use std::borrow::Cow;

/// The text between the quotes of a JSON string, still escaped, and already checked by the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonStr<'a> {
    pub(super) raw: &'a [u8],
    pub(super) escaped: bool,
}

impl<'a> JsonStr<'a> {
    /// The bytes between the quotes, with escapes left in.
    #[must_use]
    pub fn raw(self) -> &'a [u8] {
        self.raw
    }

    /// The bytes, if the string holds no escape; this is what keys and hexadecimal ids look like in practice.
    #[must_use]
    pub fn plain(self) -> Option<&'a [u8]> {
        (!self.escaped).then_some(self.raw)
    }

    /// The decoded text. Lone surrogates and bytes that are not UTF-8 become U+FFFD.
    #[must_use]
    pub fn decode(self) -> Cow<'a, str> {
        if !self.escaped {
            return String::from_utf8_lossy(self.raw);
        }
        let mut out = String::with_capacity(self.raw.len());
        let mut rest = self.raw;
        while let Some(at) = memchr::memchr(b'\\', rest) {
            out.push_str(&String::from_utf8_lossy(&rest[..at]));
            let (c, used) = unescape(&rest[at..]);
            out.push(c);
            rest = &rest[(at + used).min(rest.len())..];
        }
        out.push_str(&String::from_utf8_lossy(rest));
        Cow::Owned(out)
    }

    /// Whether the decoded text is `text`.
    #[must_use]
    pub fn is(self, text: &str) -> bool {
        match self.plain() {
            Some(bytes) => bytes == text.as_bytes(),
            None => self.decode() == text,
        }
    }
}

/// Decodes the escape at the start of `text`; gives the character and the bytes that it took.
fn unescape(text: &[u8]) -> (char, usize) {
    match text.get(1) {
        Some(b'n') => ('\n', 2),
        Some(b't') => ('\t', 2),
        Some(b'r') => ('\r', 2),
        Some(b'b') => ('\u{8}', 2),
        Some(b'f') => ('\u{c}', 2),
        Some(b'u') => unescape_unicode(text),
        Some(&c) => (char::from(c), 2),
        None => (char::REPLACEMENT_CHARACTER, 1),
    }
}

fn unescape_unicode(text: &[u8]) -> (char, usize) {
    let unit = |at: usize| -> Option<u32> {
        let digits = std::str::from_utf8(text.get(at..at + 4)?).ok()?;
        u32::from_str_radix(digits, 16).ok()
    };
    let Some(high) = unit(2) else { return (char::REPLACEMENT_CHARACTER, 2) };
    if (0xd800..0xdc00).contains(&high)
        && text.get(6..8) == Some(b"\\u")
        && let Some(low) = unit(8)
        && (0xdc00..0xe000).contains(&low)
    {
        let code = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
        return (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 12);
    }
    (char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER), 6)
}

/// `text` as a JSON string with its quotes.
#[must_use]
pub fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::Cursor;

    fn decode(text: &str) -> String {
        Cursor::new(text.as_bytes()).string().unwrap().decode().into_owned()
    }

    #[test]
    fn decodes_what_serde_json_decodes() {
        for text in [r#""""#, r#""plain""#, r#""a\"b\\c\/d""#, r#""\b\f\n\r\t""#, r#""é\u00e9\ud83d\ude00 end""#] {
            assert_eq!(decode(text), serde_json::from_str::<String>(text).unwrap(), "{text}");
        }
    }

    #[test]
    fn lone_surrogates_become_the_replacement_character() {
        assert_eq!(decode(r#""\ud83dx""#), "\u{fffd}x");
        assert_eq!(decode(r#""\ude00""#), "\u{fffd}");
    }
}
