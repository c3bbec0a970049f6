//! What is routed, as the operator named it.

use serde_json::{Map, Value, json};

use crate::cli::error::CliError;
use crate::model::routing_key::{RoutingKey, content_hash, label_hash, parse_severity, severity_level};
use crate::model::{Signal, TraceId};

/// A key with the words that answers repeat.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Subject {
    pub(in crate::cli) key: RoutingKey,
    pub(in crate::cli) service: String,
    /// The fields of JSON answers that name it.
    pub(in crate::cli) fields: Map<String, Value>,
    /// The first column of tables.
    pub(in crate::cli) name: String,
}

fn fields(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Map::new(),
    }
}

pub(in crate::cli) fn trace(text: &str, service: Option<&str>) -> Result<Subject, CliError> {
    let id = TraceId::parse(text).map_err(|e| CliError::input(format!("trace id {text:?}: {e}")))?;
    Ok(Subject {
        key: RoutingKey::Trace { id },
        service: service.unwrap_or_default().to_owned(),
        fields: fields(json!({"trace_id": id.to_string()})),
        name: id.to_string(),
    })
}

pub(in crate::cli) fn metric(name: String, service: String, labels: &[String]) -> Result<Subject, CliError> {
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    for label in labels {
        let (key, value) = label
            .split_once('=')
            .ok_or_else(|| CliError::usage(format!("--label {label:?} is not of the form KEY=VALUE")))?;
        if pairs.iter().any(|(other, _)| *other == key) {
            return Err(CliError::usage(format!("--label {key} is given twice")));
        }
        pairs.push((key, value));
    }
    let label_hash = label_hash(&mut pairs);
    let labels: Map<String, Value> = pairs.iter().map(|(k, v)| ((*k).to_owned(), Value::from(*v))).collect();
    Ok(Subject {
        fields: fields(json!({
            "metric": name, "service": service, "labels": labels, "label_hash": format!("{label_hash:016x}"),
        })),
        name: name.clone(),
        key: RoutingKey::Metric { name, service: service.clone(), label_hash },
        service,
    })
}

pub(in crate::cli) fn log(service: String, severity: Option<&str>, body: Option<String>) -> Result<Subject, CliError> {
    let number = match severity {
        None => 0,
        Some(text) => severity_number(text)?,
    };
    let severity_level = severity_level(number);
    let content_hash = content_hash(body.as_deref().unwrap_or(""));
    Ok(Subject {
        fields: fields(json!({
            "service": service, "severity_level": severity_level, "content_hash": format!("{content_hash:016x}"),
        })),
        name: service.clone(),
        key: RoutingKey::Log { service: service.clone(), severity_level, content_hash },
        service,
    })
}

/// A severity by name or number.
pub(in crate::cli) fn severity_number(text: &str) -> Result<i64, CliError> {
    parse_severity(text).ok_or_else(|| {
        CliError::usage(format!("--severity {text:?}: use trace, debug, info, warn, error, fatal, or 0 to 24"))
    })
}

pub(in crate::cli) fn parse_signal(text: &str) -> Result<Signal, CliError> {
    match text.to_ascii_lowercase().as_str() {
        "traces" | "trace" => Ok(Signal::Traces),
        "metrics" | "metric" => Ok(Signal::Metrics),
        "logs" | "log" => Ok(Signal::Logs),
        _ => Err(CliError::usage(format!("unknown signal {text:?}: use traces, metrics or logs"))),
    }
}
