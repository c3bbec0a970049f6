//! Spans, metrics and log records on the wire.

use std::borrow::Cow;

use super::request::RECORDS;
use super::value::{attribute, text, value};
use super::wire::{Message, WireError};
use crate::model::TraceId;
use crate::model::routing_key::{LABEL_HASH_NO_POINT, content_hash, label_hash, severity_level};
use crate::otlp::batch::{Batch, LogFacts, MetricFacts, RecordPlace, ResourceIndex};
use crate::otlp::value::Value;

/// Reads a span.
#[inline]
pub(super) fn span(message: Message<'_>, batch: &mut Batch, resource: ResourceIndex) -> Result<(), WireError> {
    let place = RecordPlace { range: message.range(), field: RECORDS };
    let mut message = message;
    let mut id = None;
    let mut start_unix_nano = 0;
    while let Some((number, field)) = message.field()? {
        match number {
            1 => id = trace_id(field.message(message)?.bytes()),
            7 => start_unix_nano = field.fixed64(message)?,
            _ => {}
        }
    }
    batch.span(resource, id, start_unix_nano, place);
    Ok(())
}

fn trace_id(bytes: &[u8]) -> Option<TraceId> {
    TraceId::from_bytes(bytes.try_into().ok()?).ok()
}

/// Reads a log record.
pub(super) fn log(message: Message<'_>, batch: &mut Batch, resource: ResourceIndex) -> Result<(), WireError> {
    let place = RecordPlace { range: message.range(), field: RECORDS };
    let mut message = message;
    let (mut time, mut observed, mut severity) = (0, 0, 0);
    let mut body = Value::Nothing;
    while let Some((number, field)) = message.field()? {
        match number {
            1 => time = field.fixed64(message)?,
            2 => severity = field.varint(message)? as i64,
            5 => body = value(field.message(message)?)?,
            11 => observed = field.fixed64(message)?,
            _ => {}
        }
    }
    batch.log(
        resource,
        LogFacts {
            severity_level: severity_level(severity),
            content_hash: content_hash(&body.into_body()),
            time_unix_nano: if time == 0 { observed } else { time },
            place,
        },
    );
    Ok(())
}

/// The data points of a metric.
#[derive(Clone, Copy)]
struct Points {
    count: u64,
    /// Of the first one.
    time_unix_nano: u64,
    label_hash: u64,
}

/// Reads a metric.
pub(super) fn metric(message: Message<'_>, batch: &mut Batch, resource: ResourceIndex) -> Result<(), WireError> {
    let place = RecordPlace { range: message.range(), field: RECORDS };
    let mut message = message;
    let mut name = "";
    let mut points = Points { count: 0, time_unix_nano: 0, label_hash: LABEL_HASH_NO_POINT };
    while let Some((number, field)) = message.field()? {
        match number {
            1 => name = text(field, message)?,
            5 | 7 | 9 | 10 | 11 => data(number, field.message(message)?, &mut points)?,
            _ => {}
        }
    }
    batch.metric(
        resource,
        MetricFacts {
            name,
            label_hash: points.label_hash,
            time_unix_nano: points.time_unix_nano,
            data_points: points.count,
            place,
        },
    );
    Ok(())
}

/// Reads a gauge, sum, histogram or summary: all hold their data points in field 1.
fn data(kind: u32, message: Message<'_>, points: &mut Points) -> Result<(), WireError> {
    // Only `HistogramDataPoint` and `NumberDataPoint` moved their attributes away from field 1.
    let attributes_number = match kind {
        5 | 7 | 11 => 7,
        9 => 9,
        _ => 1,
    };
    let mut message = message;
    while let Some((number, field)) = message.field()? {
        if number != 1 {
            continue;
        }
        let point = field.message(message)?;
        points.count += 1;
        if points.count == 1 {
            first_point(attributes_number, point, points)?;
        }
    }
    Ok(())
}

/// Reads the data point that a metric is routed by; its time is field 3 in every kind.
fn first_point(attributes_number: u32, message: Message<'_>, points: &mut Points) -> Result<(), WireError> {
    let mut message = message;
    let mut labels: Vec<(Cow<'_, str>, Cow<'_, str>)> = Vec::new();
    while let Some((number, field)) = message.field()? {
        if number == 3 {
            points.time_unix_nano = field.fixed64(message)?;
        } else if number == attributes_number {
            let (name, value) = attribute(field.message(message)?)?;
            labels.push((name, value.into_text()));
        }
    }
    points.label_hash = label_hash(&mut labels);
    Ok(())
}
