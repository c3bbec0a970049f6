//! Attributes and `AnyValue`s in OTLP/JSON.

use std::borrow::Cow;

use super::fields::{base64, double, is_one_of, signed, string};
use super::{Refusal, list, wrong_type};
use crate::model::json::{Cursor, JsonStr, Kind};
use crate::otlp::value::Value;

/// Takes an `AnyValue`, or `null`.
pub(super) fn value<'a>(cursor: &mut Cursor<'a>) -> Result<Value<'a>, Refusal> {
    if cursor.null()? {
        return Ok(Value::Nothing);
    }
    if cursor.peek()? != Kind::Object {
        return Err(wrong_type(cursor));
    }
    let mut found = Value::Nothing;
    cursor.object(|cursor, key| {
        if cursor.null()? {
            return Ok(());
        }
        if is_one_of(key, &["stringValue", "string_value"]) {
            found = string(cursor)?.map_or(Value::Nothing, |text| Value::Text(text.decode()));
        } else if is_one_of(key, &["boolValue", "bool_value"]) {
            if cursor.peek()? != Kind::Bool {
                return Err(wrong_type(cursor));
            }
            found = Value::Bool(cursor.boolean()?);
        } else if is_one_of(key, &["intValue", "int_value"]) {
            found = Value::Int(signed(cursor)?);
        } else if is_one_of(key, &["doubleValue", "double_value"]) {
            found = Value::Double(double(cursor)?);
        } else if is_one_of(key, &["bytesValue", "bytes_value"]) {
            found = bytes(cursor)?;
        } else if is_one_of(key, &["arrayValue", "array_value"]) {
            found = Value::List(values(cursor, value)?);
        } else if is_one_of(key, &["kvlistValue", "kvlist_value"]) {
            found = Value::Map(values(cursor, attribute)?);
        } else {
            cursor.skip_value()?;
        }
        Ok(())
    })?;
    Ok(found)
}

/// Base64; what is not stays as the text that it is.
fn bytes<'a>(cursor: &mut Cursor<'a>) -> Result<Value<'a>, Refusal> {
    let text = string(cursor)?.map(JsonStr::decode).unwrap_or_default();
    Ok(base64(text.as_bytes()).map_or(Value::Text(text), |bytes| Value::Bytes(Cow::Owned(bytes))))
}

/// Takes `{"values": [...]}`.
fn values<'a, T>(
    cursor: &mut Cursor<'a>,
    item: impl Fn(&mut Cursor<'a>) -> Result<T, Refusal>,
) -> Result<Vec<T>, Refusal> {
    if cursor.peek()? != Kind::Object {
        return Err(wrong_type(cursor));
    }
    let mut found = Vec::new();
    cursor.object(|cursor, key| {
        if !is_one_of(key, &["values"]) {
            return Ok(cursor.skip_value().map(drop)?);
        }
        list(cursor, |cursor| {
            found.push(item(cursor)?);
            Ok(())
        })
    })?;
    Ok(found)
}

/// Takes one attribute, a key with its value.
pub(super) fn attribute<'a>(cursor: &mut Cursor<'a>) -> Result<(Cow<'a, str>, Value<'a>), Refusal> {
    let mut name = Cow::Borrowed("");
    let mut held = Value::Nothing;
    cursor.object(|cursor, key| {
        if is_one_of(key, &["key"]) {
            name = string(cursor)?.map(JsonStr::decode).unwrap_or_default();
        } else if is_one_of(key, &["value"]) {
            held = value(cursor)?;
        } else {
            cursor.skip_value()?;
        }
        Ok::<(), Refusal>(())
    })?;
    Ok((name, held))
}

/// Takes a resource and gives its `service.name`, if that is a string; of several attributes of this name the first.
pub(super) fn service_name<'a>(cursor: &mut Cursor<'a>) -> Result<Option<Cow<'a, str>>, Refusal> {
    if cursor.null()? {
        return Ok(None);
    }
    let mut service = None;
    cursor.object(|cursor, key| {
        if !is_one_of(key, &["attributes"]) {
            return Ok(cursor.skip_value().map(drop)?);
        }
        list(cursor, |cursor| {
            if let Some(found) = service_attribute(cursor)?
                && service.is_none()
            {
                service = Some(found);
            }
            Ok(())
        })
    })?;
    Ok(service.and_then(|value| if let Value::Text(text) = value { Some(text) } else { None }))
}

/// Takes an attribute and gives its value if it is the service's name; values of others are not decoded.
fn service_attribute<'a>(cursor: &mut Cursor<'a>) -> Result<Option<Value<'a>>, Refusal> {
    let mut is_service = false;
    let mut held: Option<Cursor<'a>> = None;
    cursor.object(|cursor, key| {
        if is_one_of(key, &["key"]) {
            is_service = string(cursor)?.is_some_and(|name| name.is("service.name"));
        } else if is_one_of(key, &["value"]) {
            held = Some(cursor.clone());
            cursor.skip_value()?;
        } else {
            cursor.skip_value()?;
        }
        Ok::<(), Refusal>(())
    })?;
    match held {
        Some(mut at) if is_service => value(&mut at).map(Some),
        Some(_) | None => Ok(is_service.then_some(Value::Nothing)),
    }
}
