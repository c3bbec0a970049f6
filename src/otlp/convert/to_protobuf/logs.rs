//! Logs.

use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::logs::v1::{LogRecord, ResourceLogs, ScopeLogs, SeverityNumber};
use serde_json::Value;

use super::LeftOut;
use super::common::{SCOPE, any_value, attributes, dropped, resource, scope};
use super::fields::message;

pub(super) fn request(value: Value, left_out: &mut LeftOut) -> ExportLogsServiceRequest {
    message("ExportLogsServiceRequest", value, left_out, |fields| ExportLogsServiceRequest {
        resource_logs: fields.list(&["resourceLogs"], resource_logs),
    })
}

fn resource_logs(value: Value, left_out: &mut LeftOut) -> ResourceLogs {
    message("ResourceLogs", value, left_out, |fields| ResourceLogs {
        resource: fields.nested(&["resource"], resource),
        scope_logs: fields.list(&["scopeLogs", "instrumentationLibraryLogs"], scope_logs),
        schema_url: fields.text("schemaUrl"),
    })
}

fn scope_logs(value: Value, left_out: &mut LeftOut) -> ScopeLogs {
    message("ScopeLogs", value, left_out, |fields| ScopeLogs {
        scope: fields.nested(&SCOPE, scope),
        log_records: fields.list(&["logRecords", "logs"], log_record),
        schema_url: fields.text("schemaUrl"),
    })
}

fn log_record(value: Value, left_out: &mut LeftOut) -> LogRecord {
    message("LogRecord", value, left_out, |fields| LogRecord {
        time_unix_nano: fields.time("timeUnixNano"),
        observed_time_unix_nano: fields.time("observedTimeUnixNano"),
        severity_number: fields.one_of("severityNumber", |name| Some(SeverityNumber::from_str_name(name)? as i32)),
        severity_text: fields.text("severityText"),
        body: fields.nested(&["body"], any_value),
        attributes: attributes(fields, "attributes"),
        dropped_attributes_count: dropped(fields, "droppedAttributesCount"),
        flags: fields.integer("flags").unwrap_or_default(),
        trace_id: fields.id("traceId", 16),
        span_id: fields.id("spanId", 8),
        event_name: fields.text("eventName"),
    })
}
