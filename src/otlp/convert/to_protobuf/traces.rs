//! Traces.

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::trace::v1::span::{Event, Link, SpanKind};
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span, Status};
use serde_json::Value;

use super::LeftOut;
use super::common::{SCOPE, attributes, dropped, resource, scope};
use super::fields::message;

pub(super) fn request(value: Value, left_out: &mut LeftOut) -> ExportTraceServiceRequest {
    message("ExportTraceServiceRequest", value, left_out, |fields| ExportTraceServiceRequest {
        resource_spans: fields.list(&["resourceSpans", "batches"], resource_spans),
    })
}

fn resource_spans(value: Value, left_out: &mut LeftOut) -> ResourceSpans {
    message("ResourceSpans", value, left_out, |fields| ResourceSpans {
        resource: fields.nested(&["resource"], resource),
        scope_spans: fields.list(&["scopeSpans", "instrumentationLibrarySpans"], scope_spans),
        schema_url: fields.text("schemaUrl"),
    })
}

fn scope_spans(value: Value, left_out: &mut LeftOut) -> ScopeSpans {
    message("ScopeSpans", value, left_out, |fields| ScopeSpans {
        scope: fields.nested(&SCOPE, scope),
        spans: fields.list(&["spans"], span),
        schema_url: fields.text("schemaUrl"),
    })
}

fn span(value: Value, left_out: &mut LeftOut) -> Span {
    message("Span", value, left_out, |fields| Span {
        trace_id: fields.id("traceId", 16),
        span_id: fields.id("spanId", 8),
        trace_state: fields.text("traceState"),
        parent_span_id: fields.id("parentSpanId", 8),
        flags: fields.integer("flags").unwrap_or_default(),
        name: fields.text("name"),
        kind: fields.one_of("kind", |name| Some(SpanKind::from_str_name(name)? as i32)),
        start_time_unix_nano: fields.time("startTimeUnixNano"),
        end_time_unix_nano: fields.time("endTimeUnixNano"),
        attributes: attributes(fields, "attributes"),
        dropped_attributes_count: dropped(fields, "droppedAttributesCount"),
        events: fields.list(&["events"], event),
        dropped_events_count: dropped(fields, "droppedEventsCount"),
        links: fields.list(&["links"], link),
        dropped_links_count: dropped(fields, "droppedLinksCount"),
        status: fields.nested(&["status"], status),
    })
}

fn event(value: Value, left_out: &mut LeftOut) -> Event {
    message("Event", value, left_out, |fields| Event {
        time_unix_nano: fields.time("timeUnixNano"),
        name: fields.text("name"),
        attributes: attributes(fields, "attributes"),
        dropped_attributes_count: dropped(fields, "droppedAttributesCount"),
    })
}

fn link(value: Value, left_out: &mut LeftOut) -> Link {
    message("Link", value, left_out, |fields| Link {
        trace_id: fields.id("traceId", 16),
        span_id: fields.id("spanId", 8),
        trace_state: fields.text("traceState"),
        attributes: attributes(fields, "attributes"),
        dropped_attributes_count: dropped(fields, "droppedAttributesCount"),
        flags: fields.integer("flags").unwrap_or_default(),
    })
}

fn status(value: Value, left_out: &mut LeftOut) -> Status {
    message("Status", value, left_out, |fields| Status {
        message: fields.text("message"),
        code: fields.one_of("code", |name| Some(StatusCode::from_str_name(name)? as i32)),
    })
}
