//! Attributes and `AnyValue`s on the wire.

use std::borrow::Cow;

use super::wire::{Field, Message, WireError, WireProblem};
use crate::otlp::value::Value;

/// The deepest nesting of arrays and maps in a value.
const DEPTH_MAX: u32 = 64;

/// Reads an `AnyValue`.
pub(super) fn value(message: Message<'_>) -> Result<Value<'_>, WireError> {
    value_at(message, 0)
}

fn value_at(message: Message<'_>, depth: u32) -> Result<Value<'_>, WireError> {
    if depth == DEPTH_MAX {
        return Err(message.error(WireProblem::TooDeep));
    }
    let mut message = message;
    let mut found = Value::Nothing;
    while let Some((number, field)) = message.field()? {
        found = match number {
            1 => Value::Text(Cow::Borrowed(field.message(message)?.text()?)),
            2 => Value::Bool(field.varint(message)? != 0),
            // An int64 is its two's complement.
            3 => Value::Int(field.varint(message)? as i64),
            4 => Value::Double(f64::from_bits(field.fixed64(message)?)),
            5 => Value::List(values(field.message(message)?, |item| value_at(item, depth + 1))?),
            6 => Value::Map(values(field.message(message)?, |item| attribute_at(item, depth + 1))?),
            7 => Value::Bytes(Cow::Borrowed(field.message(message)?.bytes())),
            _ => continue,
        };
    }
    Ok(found)
}

/// Reads an `ArrayValue` or a `KeyValueList`: both hold their items in field 1.
fn values<'a, T>(
    message: Message<'a>,
    item: impl Fn(Message<'a>) -> Result<T, WireError>,
) -> Result<Vec<T>, WireError> {
    let mut message = message;
    let mut found = Vec::new();
    while let Some((number, field)) = message.field()? {
        if number == 1 {
            found.push(item(field.message(message)?)?);
        }
    }
    Ok(found)
}

/// Reads an attribute, a key with its value.
pub(super) fn attribute(message: Message<'_>) -> Result<(Cow<'_, str>, Value<'_>), WireError> {
    attribute_at(message, 0)
}

fn attribute_at(message: Message<'_>, depth: u32) -> Result<(Cow<'_, str>, Value<'_>), WireError> {
    let mut message = message;
    let mut name = "";
    let mut held = Value::Nothing;
    while let Some((number, field)) = message.field()? {
        match number {
            1 => name = field.message(message)?.text()?,
            2 => held = value_at(field.message(message)?, depth)?,
            _ => {}
        }
    }
    Ok((Cow::Borrowed(name), held))
}

/// Reads a resource's `service.name`, if that is a string; of several attributes of this name the first.
pub(super) fn service_name(resource: Message<'_>) -> Result<Option<Cow<'_, str>>, WireError> {
    let mut resource = resource;
    let mut service = None;
    while let Some((number, field)) = resource.field()? {
        if number == 1
            && let (name, value) = attribute(field.message(resource)?)?
            && name == "service.name"
            && service.is_none()
        {
            service = Some(value);
        }
    }
    Ok(service.and_then(|value| if let Value::Text(text) = value { Some(text) } else { None }))
}

/// A `bytes` or `string` field, or an error that says it is neither.
pub(super) fn text<'a>(field: Field<'a>, parent: Message<'_>) -> Result<&'a str, WireError> {
    field.message(parent)?.text()
}
