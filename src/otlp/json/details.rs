//! A record's details and attributes in OTLP/JSON.

use super::fields::{base64, double, is_one_of, signed, string, trace_id, unix_nano};
use super::metric::DATA_NAMES;
use super::record::severity_number;
use super::value::{attribute, value};
use super::{Refusal, list};
use crate::model::Signal;
use crate::model::json::{Cursor, JsonError, JsonStr};
use crate::otlp::attributes::Holder;
use crate::otlp::details::{Details, SpanId, count_and_sum};
use crate::otlp::value::Value;

/// Calls `field` with each member of an object; a value that is not what `field` expects is passed over.
fn fields<'a>(text: &'a [u8], mut field: impl FnMut(JsonStr<'a>, &mut Cursor<'a>) -> Result<(), Refusal>) {
    let mut cursor = Cursor::new(text);
    // The syntax was checked when the request was read.
    let _ = cursor.object::<JsonError>(|cursor, key| {
        let value = cursor.skip_value()?;
        let _ = field(key, &mut Cursor::new(value));
        Ok(())
    });
}

/// The details of a record.
pub(in crate::otlp) fn details(signal: Signal, record: &[u8]) -> Details<'_> {
    let mut details = Details::default();
    fields(record, |key, cursor| match signal {
        Signal::Traces => span(key, cursor, &mut details),
        Signal::Metrics => metric(key, cursor, &mut details),
        Signal::Logs => log(key, cursor, &mut details),
    });
    details
}

fn span<'a>(key: JsonStr<'a>, cursor: &mut Cursor<'a>, details: &mut Details<'a>) -> Result<(), Refusal> {
    if is_one_of(key, &["name"]) {
        details.name = string(cursor)?.map(JsonStr::decode).unwrap_or_default();
    } else if is_one_of(key, &["traceId", "trace_id"]) {
        details.trace_id = trace_id(cursor)?;
    } else if is_one_of(key, &["spanId", "span_id"]) {
        details.span_id = span_id(cursor)?;
    } else if is_one_of(key, &["endTimeUnixNano", "end_time_unix_nano"]) {
        details.end_unix_nano = unix_nano(cursor)?;
    }
    Ok(())
}

fn log<'a>(key: JsonStr<'a>, cursor: &mut Cursor<'a>, details: &mut Details<'a>) -> Result<(), Refusal> {
    if is_one_of(key, &["eventName", "event_name"]) {
        details.name = string(cursor)?.map(JsonStr::decode).unwrap_or_default();
    } else if is_one_of(key, &["traceId", "trace_id"]) {
        details.trace_id = trace_id(cursor)?;
    } else if is_one_of(key, &["spanId", "span_id"]) {
        details.span_id = span_id(cursor)?;
    } else if is_one_of(key, &["severityNumber", "severity_number"]) {
        details.severity = severity_number(cursor)?;
    } else if is_one_of(key, &["body"]) {
        details.body = value(cursor)?.into_body();
    }
    Ok(())
}

fn metric<'a>(key: JsonStr<'a>, cursor: &mut Cursor<'a>, details: &mut Details<'a>) -> Result<(), Refusal> {
    if is_one_of(key, &["name"]) {
        details.name = string(cursor)?.map(JsonStr::decode).unwrap_or_default();
        return Ok(());
    }
    points(key, cursor, &mut |point| {
        details.data_points += 1;
        if details.data_points == 1 {
            details.value = value_of_point(point);
        }
    })
}

/// Calls `point` with the text of each data point, if this is a metric's data.
fn points<'a>(key: JsonStr<'a>, cursor: &mut Cursor<'a>, point: &mut dyn FnMut(&'a [u8])) -> Result<(), Refusal> {
    if !is_one_of(key, &DATA_NAMES) {
        return Ok(());
    }
    fields(cursor.skip_value()?, |key, cursor| {
        if !is_one_of(key, &["dataPoints", "data_points"]) {
            return Ok(());
        }
        list(cursor, |cursor| {
            point(cursor.skip_value()?);
            Ok(())
        })
    });
    Ok(())
}

fn value_of_point(point: &[u8]) -> Option<String> {
    let (mut number, mut count, mut sum) = (None, None, None);
    fields(point, |key, cursor| {
        if is_one_of(key, &["asInt", "as_int"]) {
            number = Some(signed(cursor)?.to_string());
        } else if is_one_of(key, &["asDouble", "as_double"]) {
            number = Some(double(cursor)?.to_string());
        } else if is_one_of(key, &["count"]) {
            count = Some(unix_nano(cursor)?);
        } else if is_one_of(key, &["sum"]) {
            sum = Some(double(cursor)?);
        }
        Ok(())
    });
    number.or_else(|| count.map(|count| count_and_sum(count, sum)))
}

/// What ends a look for a span's id.
enum End {
    /// It was found, and what stands behind it begins here.
    Found(Option<SpanId>, usize),
    Broken,
}

impl From<JsonError> for End {
    fn from(_: JsonError) -> Self {
        Self::Broken
    }
}

/// The id of a span, as its [`details`] say. As a rule it stands at the start, and the rest need not be taken apart.
pub(in crate::otlp) fn id_of_span(record: &[u8]) -> Option<SpanId> {
    let mut cursor = Cursor::new(record);
    let ended = cursor.object::<End>(|cursor, key| {
        let is_it = is_one_of(key, &["spanId", "span_id"]);
        let value = cursor.skip_value()?;
        if !is_it {
            return Ok(());
        }
        let id = span_id(&mut Cursor::new(value)).unwrap_or_default();
        Err(End::Found(id, cursor.position()))
    });
    match ended {
        Err(End::Found(id, at)) if !may_be_named_again(&record[at.min(record.len())..]) => id,
        Err(End::Found(..) | End::Broken) => details(Signal::Traces, record).span_id,
        Ok(()) => None,
    }
}

/// Whether a text may hold a key for the id of a span, in whatever spelling: the last one counts.
fn may_be_named_again(text: &[u8]) -> bool {
    ["spanId\"", "span_id\"", "\\u"].iter().any(|name| memchr::memmem::find(text, name.as_bytes()).is_some())
}

/// 16 hexadecimal digits or 12 characters of base64; anything else, and zero, is none.
fn span_id(cursor: &mut Cursor<'_>) -> Result<Option<SpanId>, Refusal> {
    let Some(text) = string(cursor)? else { return Ok(None) };
    let text = text.decode();
    let id = if text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit()) {
        u64::from_str_radix(&text, 16).ok().map(u64::to_be_bytes)
    } else {
        base64(text.as_bytes()).and_then(|bytes| bytes.try_into().ok())
    };
    Ok(id.filter(|id| *id != SpanId::default()))
}

/// Calls `see` with each attribute that stands there.
pub(in crate::otlp) fn attributes(holder: Holder, text: &[u8], see: &mut dyn FnMut(&str, Value<'_>)) {
    fields(text, |key, cursor| match holder {
        Holder::Resource if is_one_of(key, &["resource"]) => {
            own(cursor.skip_value()?, see);
            Ok(())
        }
        Holder::Scope if is_one_of(key, &["scope", "instrumentationLibrary", "instrumentation_library"]) => {
            own(cursor.skip_value()?, see);
            Ok(())
        }
        Holder::Resource | Holder::Scope => Ok(()),
        Holder::Record(Signal::Traces | Signal::Logs) => listed(key, cursor, see),
        Holder::Record(Signal::Metrics) => points(key, cursor, &mut |point| own(point, see)),
    });
}

/// The attributes of an object.
fn own(text: &[u8], see: &mut dyn FnMut(&str, Value<'_>)) {
    fields(text, |key, cursor| listed(key, cursor, see));
}

fn listed<'a>(key: JsonStr<'a>, cursor: &mut Cursor<'a>, see: &mut dyn FnMut(&str, Value<'_>)) -> Result<(), Refusal> {
    if !is_one_of(key, &["attributes"]) {
        return Ok(());
    }
    list(cursor, |cursor| {
        let mut item = Cursor::new(cursor.skip_value()?);
        if let Ok((name, value)) = attribute(&mut item) {
            see(&name, value);
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_a_span_is_the_one_of_its_details() {
        let (a, b) = ("00000000000000aa", "AAAAAAAAALs=");
        for record in [
            format!(r#"{{"spanId":"{a}","name":"x"}}"#),
            format!(r#"{{"traceId":"t","span_id":"{b}","links":[]}}"#),
            format!(r#"{{"spanId":"{a}","links":[{{"spanId":"{b}"}}]}}"#),
            format!(r#"{{"links":[{{"spanId":"{a}"}}],"spanId":"{b}"}}"#),
            format!(r#"{{"spanId":"{a}","span_id":"{b}"}}"#),
            format!(r#"{{"spanId":"{a}","span\u0049d":"{b}"}}"#),
            format!(r#"{{"span\u0049d":"{b}"}}"#),
            format!(r#"{{"spanId":"{a}","spanId":7}}"#),
            format!(r#"{{"spanId":"{a}","spanId":"short"}}"#),
            format!(r#"{{"spanId":7,"name":"{b}"}}"#),
            format!(r#"{{"spanId":"{a}"#),
            r#"{"name":"none"}"#.to_owned(),
            r#"{"spanId":"0000000000000000"}"#.to_owned(),
            r#"{"spanId":null}"#.to_owned(),
            "{}".to_owned(),
            String::new(),
        ] {
            let told = details(Signal::Traces, record.as_bytes()).span_id;
            assert_eq!(id_of_span(record.as_bytes()), told, "{record}");
        }
        assert_eq!(id_of_span(format!(r#"{{"spanId":"{a}"}}"#).as_bytes()), Some(0xaa_u64.to_be_bytes()));
    }
}
