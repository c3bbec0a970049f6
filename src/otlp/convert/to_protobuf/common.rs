//! What requests of all signals are made of.

use opentelemetry_proto::tonic::common::v1::any_value::Value as Any;
use opentelemetry_proto::tonic::common::v1::{
    AnyValue, ArrayValue, EntityRef, InstrumentationScope, KeyValue, KeyValueList,
};
use opentelemetry_proto::tonic::resource::v1::Resource;
use serde_json::Value;

use super::LeftOut;
use super::fields::{Fields, message};

pub(super) const SCOPE: [&str; 2] = ["scope", "instrumentationLibrary"];

pub(super) fn resource(value: Value, left_out: &mut LeftOut) -> Resource {
    message("Resource", value, left_out, |fields| Resource {
        attributes: attributes(fields, "attributes"),
        dropped_attributes_count: dropped(fields, "droppedAttributesCount"),
        entity_refs: fields.list(&["entityRefs"], entity),
    })
}

fn entity(value: Value, left_out: &mut LeftOut) -> EntityRef {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    message("EntityRef", value, left_out, |fields| EntityRef {
        schema_url: fields.text("schemaUrl"),
        r#type: fields.text("type"),
        id_keys: fields.scalars("idKeys", text),
        description_keys: fields.scalars("descriptionKeys", text),
    })
}

pub(super) fn scope(value: Value, left_out: &mut LeftOut) -> InstrumentationScope {
    message("InstrumentationScope", value, left_out, |fields| InstrumentationScope {
        name: fields.text("name"),
        version: fields.text("version"),
        attributes: attributes(fields, "attributes"),
        dropped_attributes_count: dropped(fields, "droppedAttributesCount"),
    })
}

pub(super) fn dropped(fields: &mut Fields<'_>, name: &str) -> u32 {
    fields.integer(name).unwrap_or_default()
}

pub(super) fn attributes(fields: &mut Fields<'_>, name: &str) -> Vec<KeyValue> {
    fields.list(&[name], attribute)
}

fn attribute(value: Value, left_out: &mut LeftOut) -> KeyValue {
    message("KeyValue", value, left_out, |fields| KeyValue {
        key: fields.text("key"),
        value: fields.nested(&["value"], any_value),
        ..KeyValue::default()
    })
}

pub(super) fn any_value(value: Value, left_out: &mut LeftOut) -> AnyValue {
    message("AnyValue", value, left_out, |fields| {
        let text = fields.string("stringValue").map(Any::StringValue);
        let value = text
            .or_else(|| fields.boolean("boolValue").map(Any::BoolValue))
            .or_else(|| fields.integer("intValue").map(Any::IntValue))
            .or_else(|| fields.double("doubleValue").map(Any::DoubleValue))
            .or_else(|| fields.bytes("bytesValue").map(Any::BytesValue))
            .or_else(|| fields.nested(&["arrayValue"], array).map(Any::ArrayValue))
            .or_else(|| fields.nested(&["kvlistValue"], map).map(Any::KvlistValue));
        AnyValue { value }
    })
}

fn array(value: Value, left_out: &mut LeftOut) -> ArrayValue {
    message("ArrayValue", value, left_out, |fields| ArrayValue { values: fields.list(&["values"], any_value) })
}

fn map(value: Value, left_out: &mut LeftOut) -> KeyValueList {
    message("KeyValueList", value, left_out, |fields| KeyValueList { values: fields.list(&["values"], attribute) })
}
