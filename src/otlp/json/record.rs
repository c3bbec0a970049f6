//! Spans and log records in OTLP/JSON.

use super::Refusal;
use super::fields::{is_one_of, signed, string, trace_id, unix_nano};
use super::value::value;
use crate::model::json::{Cursor, JsonStr, Kind};
use crate::model::routing_key::{content_hash, parse_severity, severity_level};
use crate::otlp::batch::{Batch, LogFacts, RecordPlace, ResourceIndex};
use crate::otlp::value::Value;

/// The fields of a span that matter.
#[derive(Clone, Copy)]
enum SpanField {
    TraceId,
    Start,
    Other,
}

impl SpanField {
    #[inline]
    fn of(key: JsonStr<'_>) -> Self {
        match key.plain() {
            Some(raw) => Self::of_name(raw),
            None => Self::of_name(key.decode().as_bytes()),
        }
    }

    #[inline]
    fn of_name(name: &[u8]) -> Self {
        match name {
            b"traceId" | b"trace_id" => Self::TraceId,
            b"startTimeUnixNano" | b"start_time_unix_nano" => Self::Start,
            _ => Self::Other,
        }
    }
}

/// Takes a span.
#[inline]
pub(super) fn span(cursor: &mut Cursor<'_>, batch: &mut Batch, resource: ResourceIndex) -> Result<(), Refusal> {
    let mut id = None;
    let mut start_unix_nano = 0;
    cursor.peek()?;
    let start = cursor.position();
    cursor.object(|cursor, key| {
        match SpanField::of(key) {
            SpanField::TraceId => id = trace_id(cursor)?,
            SpanField::Start => start_unix_nano = unix_nano(cursor)?,
            SpanField::Other => drop(cursor.skip_value()?),
        }
        Ok::<(), Refusal>(())
    })?;
    batch.span(resource, id, start_unix_nano, RecordPlace { range: start..cursor.position(), field: 0 });
    Ok(())
}

/// Takes a log record.
pub(super) fn log(cursor: &mut Cursor<'_>, batch: &mut Batch, resource: ResourceIndex) -> Result<(), Refusal> {
    let (mut time, mut observed, mut severity) = (0, 0, 0);
    let mut body = Value::Nothing;
    cursor.peek()?;
    let start = cursor.position();
    cursor.object(|cursor, key| {
        if is_one_of(key, &["timeUnixNano", "time_unix_nano"]) {
            time = unix_nano(cursor)?;
        } else if is_one_of(key, &["observedTimeUnixNano", "observed_time_unix_nano"]) {
            observed = unix_nano(cursor)?;
        } else if is_one_of(key, &["severityNumber", "severity_number"]) {
            severity = severity_number(cursor)?;
        } else if is_one_of(key, &["body"]) {
            body = value(cursor)?;
        } else {
            cursor.skip_value()?;
        }
        Ok::<(), Refusal>(())
    })?;
    batch.log(
        resource,
        LogFacts {
            severity_level: severity_level(severity),
            content_hash: content_hash(&body.into_body()),
            time_unix_nano: if time == 0 { observed } else { time },
            place: RecordPlace { range: start..cursor.position(), field: 0 },
        },
    );
    Ok(())
}

/// Takes a severity: its number or its name; an unknown name is unset.
pub(super) fn severity_number(cursor: &mut Cursor<'_>) -> Result<i64, Refusal> {
    if cursor.peek()? != Kind::String {
        return signed(cursor);
    }
    Ok(string(cursor)?.and_then(|text| parse_severity(&text.decode())).unwrap_or(0))
}
