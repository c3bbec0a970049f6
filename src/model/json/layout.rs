//! The same JSON value in other layouts: without spaces, indented, and in the one form that equal values share.
//!
//! Invariant: [`compact`] and [`pretty`] change white space between tokens only; numbers, strings and the order of fields
//! stay as they are written.

use super::{Cursor, JsonError, JsonStr, Kind, quote};

/// A JSON text without the white space between its tokens.
#[must_use]
pub fn compact(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut in_string, mut escaped) = (false, false);
    for c in text.chars() {
        if in_string {
            in_string = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else if matches!(c, ' ' | '\t' | '\r' | '\n') {
            continue;
        } else {
            in_string = c == '"';
        }
        out.push(c);
    }
    out
}

/// A JSON value on several lines, indented by two spaces, without a final line break.
///
/// # Errors
/// The text is no JSON value.
pub fn pretty(text: &str) -> Result<String, JsonError> {
    let mut out = String::with_capacity(text.len() * 2);
    let mut cursor = Cursor::new(text.as_bytes());
    pretty_value(&mut cursor, 0, &mut out)?;
    cursor.end()?;
    Ok(out)
}

fn pretty_value(cursor: &mut Cursor<'_>, depth: usize, out: &mut String) -> Result<(), JsonError> {
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        (0..depth).for_each(|_| out.push_str("  "));
    };
    let mut empty = true;
    let (open, close) = match cursor.peek()? {
        Kind::Object => ('{', '}'),
        Kind::Array => ('[', ']'),
        Kind::String | Kind::Number | Kind::Bool | Kind::Null => {
            out.push_str(&String::from_utf8_lossy(cursor.skip_value()?));
            return Ok(());
        }
    };
    out.push(open);
    let mut item = |out: &mut String| {
        if !std::mem::take(&mut empty) {
            out.push(',');
        }
        line(out, depth + 1);
    };
    if open == '{' {
        cursor.object::<JsonError>(|cursor, key| {
            item(out);
            out.push('"');
            out.push_str(&String::from_utf8_lossy(key.raw()));
            out.push_str("\": ");
            pretty_value(cursor, depth + 1, out)
        })?;
    } else {
        cursor.array::<JsonError>(|cursor| {
            item(out);
            pretty_value(cursor, depth + 1, out)
        })?;
    }
    if !empty {
        line(out, depth);
    }
    out.push(close);
    Ok(())
}

/// Whether two texts are the same JSON value, however they spell it: `1.50` is `15e-1`, `"\/"` is `"/"`, and the order of
/// fields does not count. Texts that are no JSON are the same only if they are equal.
#[must_use]
pub fn same_value(a: &str, b: &str) -> bool {
    a == b || matches!((canonical(a), canonical(b)), (Ok(a), Ok(b)) if a == b)
}

fn canonical(text: &str) -> Result<String, JsonError> {
    let mut cursor = Cursor::new(text.as_bytes());
    let value = canonical_value(&mut cursor)?;
    cursor.end()?;
    Ok(value)
}

fn canonical_value(cursor: &mut Cursor<'_>) -> Result<String, JsonError> {
    Ok(match cursor.peek()? {
        Kind::Object => {
            let mut fields = Vec::new();
            cursor.object::<JsonError>(|cursor, key| {
                fields.push((canonical_string(key), canonical_value(cursor)?));
                Ok(())
            })?;
            fields.sort_by(|a, b| a.0.cmp(&b.0));
            let fields: Vec<String> = fields.into_iter().map(|(key, value)| format!("{key}:{value}")).collect();
            format!("{{{}}}", fields.join(","))
        }
        Kind::Array => {
            let mut items = Vec::new();
            cursor.array::<JsonError>(|cursor| {
                items.push(canonical_value(cursor)?);
                Ok(())
            })?;
            format!("[{}]", items.join(","))
        }
        Kind::String => canonical_string(cursor.string()?),
        Kind::Number => canonical_number(&String::from_utf8_lossy(cursor.number()?)),
        Kind::Bool | Kind::Null => String::from_utf8_lossy(cursor.skip_value()?).into_owned(),
    })
}

/// A string is the characters that it decodes to; one with half a surrogate pair is only what it is written as.
fn canonical_string(text: JsonStr<'_>) -> String {
    let decoded = text.decode();
    if decoded.contains(char::REPLACEMENT_CHARACTER) {
        return format!("raw{}", quote(&String::from_utf8_lossy(text.raw())));
    }
    quote(&decoded)
}

/// A number as its digits without zeros round them, and the power of ten of the last one; exact at any length.
fn canonical_number(text: &str) -> String {
    let (sign, unsigned) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let Ok(exponent) = exponent.parse::<i64>() else { return text.to_owned() };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_end_matches('0');
    let zeros = (digits.len() - significant.len()) as i64;
    let significant = significant.trim_start_matches('0');
    if significant.is_empty() {
        return format!("{sign}0");
    }
    let power = exponent.saturating_sub(fraction.len() as i64).saturating_add(zeros);
    format!("{sign}{significant}e{power}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts_change_white_space_only() {
        let text = "{ \"a b\" : [1.50,\t{}, [ ] ,\"x \\\" y\\\\\" ], \"c\":{\"d\":null\n} }";
        let tight = r#"{"a b":[1.50,{},[],"x \" y\\"],"c":{"d":null}}"#;
        assert_eq!(compact(text), tight);
        let spread = pretty(text).unwrap();
        assert_eq!(
            spread,
            "{\n  \"a b\": [\n    1.50,\n    {},\n    [],\n    \"x \\\" y\\\\\"\n  ],\n  \"c\": {\n    \"d\": null\n  }\n}"
        );
        assert_eq!(compact(&spread), tight);
        assert!(pretty("{\"a\":}").is_err() && pretty("1 2").is_err());
    }

    #[test]
    fn equal_values_of_any_spelling() {
        for (a, b) in [
            ("1.50", "15e-1"),
            ("100", "1E+2"),
            ("0.0", "0"),
            ("123456789012345678901234567890", "12345678901234567890123456789e1"),
            (r#""\u0041\/""#, r#""A/""#),
            (r#"{"a":1,"b":[2.0]}"#, r#"{ "b": [2], "a": 1.0 }"#),
        ] {
            assert!(same_value(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("1", "-1"),
            ("1", "10"),
            ("0.1", "0.01"),
            ("123456789012345678901234567890", "123456789012345678901234567891"),
            ("1", "\"1\""),
            ("[1,2]", "[2,1]"),
            ("{}", "[]"),
            ("null", "false"),
            (r#""\ud83d""#, r#""\ude00""#),
            (r#"{"a":1}"#, r#"{"a":1,"b":null}"#),
            ("x", "y"),
        ] {
            assert!(!same_value(a, b), "{a} {b}");
        }
    }
}
