//! Making text from outside harmless: no control sequence, no reordering of the line, no line break of its own.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Control characters (C0, DEL, C1), bidirectional controls, line and paragraph separators, invisible format characters.
fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061c}' | '\u{00ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Escapes harmful characters as Rust writes them: `\n`, `\u{1b}`.
#[must_use]
pub fn escape_text(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| (0x20..0x7f).contains(&b)) || !text.chars().any(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_harmful(c) { out.extend(c.escape_default()) } else { out.push(c) }
    }
    Cow::Owned(out)
}

/// Escapes harmful characters in JSON text as `\uXXXX`. They can only stand inside strings there, so the meaning stays.
#[must_use]
pub fn escape_json(json: &str) -> Cow<'_, str> {
    let harmful = |c: char| c != '\n' && is_harmful(c);
    if json.is_ascii() && !json.contains('\u{7f}') || !json.chars().any(harmful) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if harmful(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_can_steer_a_terminal() {
        assert_eq!(escape_text("a\u{1b}[31mb\r\n\u{9b}2J\u{202e}x"), "a\\u{1b}[31mb\\r\\n\\u{9b}2J\\u{202e}x");
        assert_eq!(escape_text("Grüße 日本"), "Grüße 日本");
    }

    proptest! {
        #[test]
        fn escaped_json_means_the_same(text: String) {
            let json = serde_json::to_string(&text).unwrap();
            let escaped = escape_json(&json);
            prop_assert_eq!(serde_json::from_str::<String>(&escaped).unwrap(), text);
            prop_assert!(!escaped.chars().any(is_harmful));
        }

        #[test]
        fn escaped_text_has_no_harmful_character(text: String) {
            prop_assert!(!escape_text(&text).chars().any(is_harmful));
        }
    }
}
