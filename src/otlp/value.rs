//! Attribute values and log bodies as text, the same whether they came as JSON or as protobuf.
//!
//! | value | as text | inside an array or a map |
//! |---|---|---|
//! | string | as it is | quoted |
//! | bool | `true`, `false` | the same |
//! | integer | decimal | the same |
//! | double | as Rust's `{}`: `1`, `0.5`, `NaN` | as serde_json: `1.0`, `0.5`, `null` |
//! | bytes | base64 | base64, quoted |
//! | array, map | compact JSON with keys sorted | the same |
//! | nothing | empty | `null` |

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::model::json::quote;

/// An OTLP `AnyValue`.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'a> {
    Nothing,
    Text(Cow<'a, str>),
    Bool(bool),
    Int(i64),
    Double(f64),
    Bytes(Cow<'a, [u8]>),
    List(Vec<Value<'a>>),
    /// In the order of the input; of equal keys the last one counts.
    Map(Vec<(Cow<'a, str>, Value<'a>)>),
}

impl<'a> Value<'a> {
    /// The value as a label's text.
    pub(super) fn into_text(self) -> Cow<'a, str> {
        match self {
            Self::Nothing => Cow::Borrowed(""),
            Self::Text(text) => text,
            Self::Bool(value) => Cow::Borrowed(if value { "true" } else { "false" }),
            Self::Int(value) => Cow::Owned(value.to_string()),
            Self::Double(value) => Cow::Owned(value.to_string()),
            Self::Bytes(bytes) => Cow::Owned(STANDARD.encode(bytes)),
            Self::List(_) | Self::Map(_) => Cow::Owned(self.to_json()),
        }
    }

    /// The value as a log body's text: a string as it is, nothing as the empty string, all else as JSON.
    pub(super) fn into_body(self) -> Cow<'a, str> {
        match self {
            Self::Nothing => Cow::Borrowed(""),
            Self::Text(text) => text,
            Self::Bool(_) | Self::Int(_) | Self::Double(_) | Self::Bytes(_) | Self::List(_) | Self::Map(_) => {
                Cow::Owned(self.to_json())
            }
        }
    }

    /// Compact JSON with keys sorted.
    pub(super) fn to_json(&self) -> String {
        let mut out = String::new();
        self.write_json(&mut out);
        out
    }

    fn write_json(&self, out: &mut String) {
        match self {
            Self::Nothing => out.push_str("null"),
            Self::Text(text) => out.push_str(&quote(text)),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Int(value) => out.push_str(&value.to_string()),
            Self::Double(value) => out.push_str(&serde_json::Value::from(*value).to_string()),
            Self::Bytes(bytes) => {
                out.push('"');
                STANDARD.encode_string(bytes, out);
                out.push('"');
            }
            Self::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    item.write_json(out);
                }
                out.push(']');
            }
            Self::Map(members) => write_map(members, out),
        }
    }
}

fn write_map(members: &[(Cow<'_, str>, Value<'_>)], out: &mut String) {
    let mut sorted: Vec<&(Cow<'_, str>, Value<'_>)> = members.iter().collect();
    // Stable, so that of equal keys the last one stays last.
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    out.push('{');
    let mut first = true;
    for (at, (key, value)) in sorted.iter().enumerate() {
        if sorted.get(at + 1).is_some_and(|next| next.0 == *key) {
            continue;
        }
        if !first {
            out.push(',');
        }
        first = false;
        out.push_str(&quote(key));
        out.push(':');
        value.write_json(out);
    }
    out.push('}');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: Value<'_>) -> String {
        value.into_text().into_owned()
    }

    #[test]
    fn scalars_as_text_and_inside_arrays() {
        let scalars = [
            (Value::Nothing, "", "null"),
            (Value::Text("a\"b".into()), "a\"b", "\"a\\\"b\""),
            (Value::Bool(true), "true", "true"),
            (Value::Int(-7), "-7", "-7"),
            (Value::Double(1.0), "1", "1.0"),
            (Value::Double(0.1), "0.1", "0.1"),
            (Value::Double(f64::NAN), "NaN", "null"),
            (Value::Double(f64::INFINITY), "inf", "null"),
            (Value::Bytes(b"\x00\xff".as_slice().into()), "AP8=", "\"AP8=\""),
        ];
        for (value, as_text, inside) in scalars {
            assert_eq!(text(Value::List(vec![value.clone()])), format!("[{inside}]"));
            assert_eq!(text(value), as_text);
        }
    }

    #[test]
    fn map_keys_are_sorted_at_every_level_and_the_last_of_equal_ones_counts() {
        let inner = Value::Map(vec![("z".into(), Value::Int(1)), ("y".into(), Value::List(vec![]))]);
        let map = Value::Map(vec![
            ("b".into(), Value::Int(1)),
            ("a".into(), inner),
            ("b".into(), Value::Int(2)),
            ("".into(), Value::Nothing),
        ]);
        assert_eq!(map.clone().into_body(), r#"{"":null,"a":{"y":[],"z":1},"b":2}"#);
        assert_eq!(text(map), r#"{"":null,"a":{"y":[],"z":1},"b":2}"#);
    }

    #[test]
    fn bodies_quote_all_but_strings() {
        assert_eq!(Value::Double(1.0).into_body(), "1.0");
        assert_eq!(Value::Bytes(b"\x00\xff".as_slice().into()).into_body(), "\"AP8=\"");
        assert_eq!(Value::Text("x".into()).into_body(), "x");
        assert_eq!(Value::Nothing.into_body(), "");
    }
}
