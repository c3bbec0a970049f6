//! Field names and scalars of OTLP/JSON.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

use super::{Refusal, wrong_type};
use crate::model::json::{Cursor, JsonStr, Kind};
use crate::model::{Signal, TraceId};

/// Whether the key is one of these names. Keys with escapes are as good as others, but slower.
#[inline]
pub(super) fn is_one_of(key: JsonStr<'_>, names: &[&str]) -> bool {
    match key.plain() {
        Some(raw) => names.iter().any(|name| name.as_bytes() == raw),
        None => names.contains(&&*key.decode()),
    }
}

/// What the lists of a signal are called.
pub(super) struct ListNames {
    /// In a resource's entry; the old "instrumentation library" names too.
    pub(super) scopes: [&'static str; 4],
    /// In a scope's entry.
    pub(super) records: [&'static str; 3],
}

const TRACES: ListNames = ListNames {
    scopes: ["scopeSpans", "scope_spans", "instrumentationLibrarySpans", "instrumentation_library_spans"],
    records: ["spans"; 3],
};
const METRICS: ListNames = ListNames {
    scopes: ["scopeMetrics", "scope_metrics", "instrumentationLibraryMetrics", "instrumentation_library_metrics"],
    records: ["metrics"; 3],
};
const LOGS: ListNames = ListNames {
    scopes: ["scopeLogs", "scope_logs", "instrumentationLibraryLogs", "instrumentation_library_logs"],
    records: ["logRecords", "log_records", "logs"],
};

/// What the lists of `signal` are called.
pub(super) fn list_names(signal: Signal) -> &'static ListNames {
    match signal {
        Signal::Traces => &TRACES,
        Signal::Metrics => &METRICS,
        Signal::Logs => &LOGS,
    }
}

/// Takes a time in Unix nanoseconds: a number or a string of one. `null` is 0, which means no time; so is a time before
/// 1970, which OTLP cannot express: the record is counted as one without time, and the others of its request are read.
pub(super) fn unix_nano(cursor: &mut Cursor<'_>) -> Result<u64, Refusal> {
    integer(cursor, |digits| {
        // 19 digits cannot overflow.
        if digits.len() <= 19 && !digits.is_empty() && digits.iter().all(u8::is_ascii_digit) {
            return Some(digits.iter().fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0')));
        }
        let text = std::str::from_utf8(digits).ok()?;
        // 2^64 as a double: what is below it fits; what is below zero becomes zero.
        text.parse().ok().or_else(|| whole(text, f64::MIN, 18_446_744_073_709_551_616.0).map(|number| number as u64))
    })
}

/// Takes a signed integer: a number or a string of one; `null` is 0.
pub(super) fn signed(cursor: &mut Cursor<'_>) -> Result<i64, Refusal> {
    integer(cursor, |digits| {
        let text = std::str::from_utf8(digits).ok()?;
        // 2^63 as a double.
        let edge = 9_223_372_036_854_775_808.0;
        text.parse().ok().or_else(|| whole(text, -edge, edge).map(|number| number as i64))
    })
}

#[inline]
fn integer<T: Default>(cursor: &mut Cursor<'_>, parse: impl Fn(&[u8]) -> Option<T>) -> Result<T, Refusal> {
    let parsed = match cursor.peek()? {
        Kind::String => {
            let text = cursor.string()?;
            match text.plain() {
                Some(raw) => parse(raw),
                None => parse(text.decode().as_bytes()),
            }
        }
        Kind::Number => parse(cursor.number()?),
        Kind::Null => {
            cursor.null()?;
            return Ok(T::default());
        }
        Kind::Object | Kind::Array | Kind::Bool => None,
    };
    parsed.ok_or_else(|| wrong_type(cursor))
}

/// An integer written as a double, such as `1.0` or `1e9`, from `low` up to but without `high`.
fn whole(text: &str, low: f64, high: f64) -> Option<f64> {
    let number: f64 = text.parse().ok()?;
    (number.fract() == 0.0 && low <= number && number < high).then_some(number)
}

/// Takes a double: a number or a string of one, `NaN` and `Infinity` included.
pub(super) fn double(cursor: &mut Cursor<'_>) -> Result<f64, Refusal> {
    let parsed = match cursor.peek()? {
        Kind::String => cursor.string()?.decode().parse().ok(),
        Kind::Number => std::str::from_utf8(cursor.number()?).ok().and_then(|text| text.parse().ok()),
        Kind::Object | Kind::Array | Kind::Bool | Kind::Null => None,
    };
    parsed.ok_or_else(|| wrong_type(cursor))
}

/// Takes a string; `null` is none.
pub(super) fn string<'a>(cursor: &mut Cursor<'a>) -> Result<Option<JsonStr<'a>>, Refusal> {
    match cursor.peek()? {
        Kind::String => Ok(Some(cursor.string()?)),
        Kind::Null => Ok(cursor.null().map(|_| None)?),
        Kind::Object | Kind::Array | Kind::Number | Kind::Bool => Err(wrong_type(cursor)),
    }
}

/// Takes a trace id: 32 hexadecimal digits or 24 characters of base64; anything else is none.
#[inline]
pub(super) fn trace_id(cursor: &mut Cursor<'_>) -> Result<Option<TraceId>, Refusal> {
    if cursor.peek()? != Kind::String {
        cursor.skip_value()?;
        return Ok(None);
    }
    let text = cursor.string()?;
    Ok(match text.plain() {
        Some(raw) => id_of(raw),
        None => id_of(text.decode().as_bytes()),
    })
}

fn id_of(text: &[u8]) -> Option<TraceId> {
    if let Ok(digits) = text.try_into() {
        return TraceId::from_hex(digits);
    }
    if text.len() != 24 {
        return None;
    }
    let bytes = base64(text)?;
    TraceId::from_bytes(bytes.try_into().ok()?).ok()
}

/// Base64 with padding, in the standard or the URL alphabet.
pub(super) fn base64(text: &[u8]) -> Option<Vec<u8>> {
    STANDARD.decode(text).or_else(|_| URL_SAFE.decode(text)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_numbers_or_strings_of_whole_numbers() {
        let read = |text: &str| unix_nano(&mut Cursor::new(text.as_bytes())).ok();
        for (text, number) in [
            ("0", 0),
            ("\"1675079501299000000\"", 1_675_079_501_299_000_000),
            ("18446744073709551615", u64::MAX),
            ("1.0", 1),
            ("1e9", 1_000_000_000),
            ("\"\\u0031\"", 1),
            ("null", 0),
            ("-1", 0),
            ("\"-1675079501299000000\"", 0),
            ("-1e9", 0),
        ] {
            assert_eq!(read(text), Some(number), "{text}");
        }
        for bad in ["-1.5", "-", "1.5", "\"\"", "\"x\"", "true", "{}", "18446744073709551616", "\"nan\"", "1e99"] {
            assert_eq!(read(bad), None, "{bad}");
        }
        let read = |text: &str| signed(&mut Cursor::new(text.as_bytes())).ok();
        assert_eq!(read("\"-9223372036854775808\""), Some(i64::MIN));
        assert_eq!((read("-2.0"), read("9223372036854775808")), (Some(-2), None));
    }

    #[test]
    fn ids_are_told_by_length() {
        let id = TraceId::parse("4bf92f3577b34da6a3ce929d0e0e4736").ok();
        assert_eq!(id_of(b"4bf92f3577b34da6a3ce929d0e0e4736"), id);
        assert_eq!(id_of(b"4BF92F3577B34DA6A3CE929D0E0E4736"), id);
        assert_eq!(id_of(b"S/kvNXezTaajzpKdDg5HNg=="), id);
        assert_eq!(id_of(b"S_kvNXezTaajzpKdDg5HNg=="), id);
        for bad in ["", "4bf9", "S/kvNXezTaajzpKdDg5HNg", "S/kvNXezTaajzpKdDg5HNg=x", "AAAAAAAAAAAAAAAAAAAAAA=="] {
            assert_eq!(id_of(bad.as_bytes()), None, "{bad}");
        }
        assert_eq!((id_of(&[b'0'; 32]), id_of(&[b'g'; 32])), (None, None));
    }
}
