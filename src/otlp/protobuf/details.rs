//! A record's details and attributes on the wire.

use std::borrow::Cow;

use super::value::{attribute, text, value};
use super::wire::{Field, Message, WireError};
use crate::model::{Signal, TraceId};
use crate::otlp::attributes::Holder;
use crate::otlp::details::{Details, SpanId, count_and_sum};
use crate::otlp::value::Value;

/// Calls `field` with each field of a message; one that is not what `field` expects is passed over.
fn fields<'a>(message: Message<'a>, mut field: impl FnMut(u32, Field<'a>) -> Result<(), WireError>) {
    let mut message = message;
    // The wire format was checked when the request was read.
    while let Ok(Some((number, found))) = message.field() {
        let _ = field(number, found);
    }
}

/// The details of a record.
pub(in crate::otlp) fn details(signal: Signal, record: &[u8]) -> Details<'_> {
    let mut details = Details::default();
    let whole = Message::new(record);
    fields(whole, |number, field| match signal {
        Signal::Traces => span(number, field, whole, &mut details),
        Signal::Metrics => metric(number, field, whole, &mut details),
        Signal::Logs => log(number, field, whole, &mut details),
    });
    details
}

/// The id of a span, as its [`details`] say.
pub(in crate::otlp) fn id_of_span(record: &[u8]) -> Option<SpanId> {
    let (whole, mut id) = (Message::new(record), None);
    fields(whole, |number, field| {
        if number == 2 {
            id = span_id(field.message(whole)?);
        }
        Ok(())
    });
    id
}

fn trace_id(message: Message<'_>) -> Option<TraceId> {
    TraceId::from_bytes(message.bytes().try_into().ok()?).ok()
}

fn span_id(message: Message<'_>) -> Option<SpanId> {
    message.bytes().try_into().ok().filter(|id| *id != SpanId::default())
}

fn span<'a>(number: u32, field: Field<'a>, at: Message<'a>, details: &mut Details<'a>) -> Result<(), WireError> {
    match number {
        1 => details.trace_id = trace_id(field.message(at)?),
        2 => details.span_id = span_id(field.message(at)?),
        5 => details.name = Cow::Borrowed(text(field, at)?),
        8 => details.end_unix_nano = field.fixed64(at)?,
        _ => {}
    }
    Ok(())
}

fn log<'a>(number: u32, field: Field<'a>, at: Message<'a>, details: &mut Details<'a>) -> Result<(), WireError> {
    match number {
        2 => details.severity = field.varint(at)? as i64,
        5 => details.body = value(field.message(at)?)?.into_body(),
        9 => details.trace_id = trace_id(field.message(at)?),
        10 => details.span_id = span_id(field.message(at)?),
        12 => details.name = Cow::Borrowed(text(field, at)?),
        _ => {}
    }
    Ok(())
}

fn metric<'a>(number: u32, field: Field<'a>, at: Message<'a>, details: &mut Details<'a>) -> Result<(), WireError> {
    if number == 1 {
        details.name = Cow::Borrowed(text(field, at)?);
        return Ok(());
    }
    points(number, field, at, &mut |point| {
        details.data_points += 1;
        if details.data_points == 1 {
            details.value = value_of_point(number, point);
        }
    })
}

/// Calls `point` with each data point, if this field is a metric's data: all kinds hold them in field 1.
fn points<'a>(
    number: u32,
    field: Field<'a>,
    at: Message<'a>,
    point: &mut dyn FnMut(Message<'a>),
) -> Result<(), WireError> {
    if let 5 | 7 | 9 | 10 | 11 = number {
        let data = field.message(at)?;
        fields(data, |number, field| {
            if number == 1 {
                point(field.message(data)?);
            }
            Ok(())
        });
    }
    Ok(())
}

/// `kind` is the field of the metric's data: gauges (5) and sums (7) have numbers, the others a count (4) and a sum (5).
fn value_of_point(kind: u32, point: Message<'_>) -> Option<String> {
    let is_number = matches!(kind, 5 | 7);
    let (mut value, mut count, mut sum) = (None, None, None);
    fields(point, |number, field| {
        match (number, is_number) {
            (4, true) => value = Some(f64::from_bits(field.fixed64(point)?).to_string()),
            (6, true) => value = Some((field.fixed64(point)? as i64).to_string()),
            (4, false) => count = Some(field.fixed64(point)?),
            (5, false) => sum = Some(f64::from_bits(field.fixed64(point)?)),
            _ => {}
        }
        Ok(())
    });
    value.or_else(|| count.map(|count| count_and_sum(count, sum)))
}

/// Calls `see` with each attribute that stands there.
pub(in crate::otlp) fn attributes(holder: Holder, text: &[u8], see: &mut dyn FnMut(&str, Value<'_>)) {
    let whole = Message::new(text);
    match holder {
        Holder::Resource => inner(whole, 1, 1, see),
        Holder::Scope => inner(whole, 1, 3, see),
        Holder::Record(Signal::Traces) => own(whole, 9, see),
        Holder::Record(Signal::Logs) => own(whole, 6, see),
        Holder::Record(Signal::Metrics) => fields(whole, |number, field| {
            // As in routing: each kind of data point has them in a field of its own.
            let attributes_number = match number {
                5 | 7 | 11 => 7,
                9 => 9,
                _ => 1,
            };
            points(number, field, whole, &mut |point| own(point, attributes_number, see))
        }),
    }
}

/// The attributes of the message in field `number`.
fn inner(whole: Message<'_>, number: u32, attributes: u32, see: &mut dyn FnMut(&str, Value<'_>)) {
    fields(whole, |found, field| {
        if found == number {
            own(field.message(whole)?, attributes, see);
        }
        Ok(())
    });
}

fn own(message: Message<'_>, attributes: u32, see: &mut dyn FnMut(&str, Value<'_>)) {
    fields(message, |number, field| {
        if number == attributes {
            let (name, value) = attribute(field.message(message)?)?;
            see(&name, value);
        }
        Ok(())
    });
}
