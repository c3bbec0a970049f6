//! Changes of the cluster spec.
//!
//! Partitioning fields change only from a future time on: the spec keeps every version, and a bucket that has begun keeps
//! its partitioning. Everything else changes at once.

use serde_json::Value;

use crate::model::cluster_spec::Partitioning;
use crate::model::json::same_value;
use crate::model::ratio::parse_ratio;
use crate::model::{ByteSize, ClusterSpec, Document, TimeBucket, Timestamp};
use crate::ports::Keys;

use super::change::{ChangeSet, KeyChange};
use super::{ClusterView, OperationError};

/// The fields that `cluster set` knows.
pub const FIELDS: [&str; 20] = [
    "replication_factor",
    "signal",
    "foreign_writers",
    "placement.algorithm",
    "placement.virtual_nodes",
    "rebalance.threshold",
    "rebalance.check_interval_seconds",
    "rebalance.migrations_per_node",
    "partition_size.traces.min_bytes",
    "partition_size.traces.max_bytes",
    "partition_size.metrics.min_bytes",
    "partition_size.metrics.max_bytes",
    "partition_size.logs.min_bytes",
    "partition_size.logs.max_bytes",
    "strategy",
    "granularity_hours",
    "retention_days",
    "hash_buckets",
    "hash",
    "boundaries",
];

const PARTITIONING: [&str; 6] =
    ["strategy", "granularity_hours", "retention_days", "hash_buckets", "hash", "boundaries"];

/// Sets fields of the spec, `(name, text)` each. `from` is when changes of the partitioning begin; without it, with the
/// next bucket that both the old and the new partitioning have an edge at.
///
/// # Errors
/// An unknown field, a value that does not fit, a spec that would not be valid, a time that is not in the future.
pub fn set(
    view: &ClusterView,
    keys: &Keys,
    fields: &[(String, String)],
    from: Option<Timestamp>,
    now: Timestamp,
) -> Result<ChangeSet, OperationError> {
    let (before, entry) = view.spec_document(keys)?;
    let mut after = before.clone();
    let mut version: Vec<(&str, Value)> = Vec::new();
    for (name, text) in fields {
        if name == "cluster_id" {
            return Err(OperationError::Invalid("cluster_id is made by init and never changes".to_owned()));
        }
        if let Some(field) =
            PARTITIONING.iter().find(|field| **field == name.strip_prefix("partitioning.").unwrap_or(name))
        {
            version.push((*field, partitioning_value(field, text)?));
            continue;
        }
        let path: Vec<&str> = name.split('.').collect();
        if !FIELDS.contains(&name.as_str()) {
            let known = FIELDS.join(", ");
            return Err(OperationError::Invalid(format!("the cluster spec has no field {name:?}; there are: {known}")));
        }
        let current = serde_json::to_value(&view.spec).unwrap_or_default();
        let default = path.iter().try_fold(&current, |value, part| value.get(part)).cloned().unwrap_or_default();
        let value = parse_like(name, text, &default)?;
        set_path(&mut after, &path, value, &current)
            .map_err(|reason| OperationError::Corrupt { key: entry.key.clone(), reason })?;
    }
    if !version.is_empty() {
        let raw = after.get("partitioning").unwrap_or("[]").to_owned();
        if let Some(next) = next_version(&view.spec, &version, from, now)? {
            let next = serde_json::to_string(&next).map_err(|e| OperationError::Invalid(e.to_string()))?;
            after.set_raw("partitioning", append_raw(&raw, &view.spec, &next));
        }
    }
    ClusterSpec::parse(after.to_json().as_bytes())?;
    let change = KeyChange::update("the cluster spec".to_owned(), entry, &before, &after);
    Ok(ChangeSet::single("change the cluster spec".to_owned(), change.into_iter().collect()))
}

/// The stored versions as they stand, with one more at the end.
fn append_raw(raw: &str, spec: &ClusterSpec, next: &str) -> String {
    match raw.trim_end().strip_suffix(']') {
        Some(open) if open.trim_end().ends_with('}') => format!("{open},{next}]"),
        // The field was absent: the version in force is the default one, and is written out now.
        Some(_) | None => {
            let first = serde_json::to_string(&spec.partitioning[0]).unwrap_or_default();
            format!("[{first},{next}]")
        }
    }
}

/// The version that comes next; `None` if it would be as the last one.
fn next_version(
    spec: &ClusterSpec,
    fields: &[(&str, Value)],
    from: Option<Timestamp>,
    now: Timestamp,
) -> Result<Option<Partitioning>, OperationError> {
    let last = spec.partitioning.last().cloned().unwrap_or_default();
    let mut json = serde_json::to_value(&last).map_err(|e| OperationError::Invalid(e.to_string()))?;
    for (name, value) in fields {
        json[*name] = value.clone();
    }
    let mut next: Partitioning = serde_json::from_value(json).map_err(|e| OperationError::Invalid(e.to_string()))?;
    if next == last {
        return Ok(None);
    }
    let earliest = last.from.unwrap_or(Timestamp::EPOCH).max(now);
    let from = from.unwrap_or_else(|| next_common_edge(earliest, &last, &next));
    if from <= now {
        return Err(OperationError::Invalid(format!(
            "the partitioning can only change from a future bucket on, {from} is not in the future"
        )));
    }
    next.from = Some(from);
    Ok(Some(next))
}

/// The first time after `after` at which buckets of both partitionings begin.
pub(super) fn next_common_edge(after: Timestamp, old: &Partitioning, new: &Partitioning) -> Timestamp {
    let mut edge = TimeBucket::of(after, new.granularity_hours).end(new.granularity_hours);
    // Both lengths are whole hours, so they meet at the latest after their product.
    for _ in 0..u64::from(old.granularity_hours.hours()) * u64::from(new.granularity_hours.hours()) {
        if TimeBucket::of(edge, old.granularity_hours).start(old.granularity_hours) == edge {
            break;
        }
        edge = edge.plus_seconds(new.granularity_hours.seconds());
    }
    edge
}

fn partitioning_value(field: &str, text: &str) -> Result<Value, OperationError> {
    let number = || text.parse::<u32>().map(Value::from);
    let wrong = |_| OperationError::Invalid(format!("{field} takes a whole number, not {text:?}"));
    match field {
        "granularity_hours" | "retention_days" | "hash_buckets" => number().map_err(wrong),
        "boundaries" => Ok(text.split(',').map(str::trim).filter(|t| !t.is_empty()).collect::<Vec<_>>().into()),
        _ => Ok(Value::from(text)),
    }
}

/// Reads a text as the type that the field has now.
fn parse_like(name: &str, text: &str, like: &Value) -> Result<Value, OperationError> {
    let wrong = |what: &str| OperationError::Invalid(format!("{name} takes {what}, not {text:?}"));
    match like {
        Value::Bool(_) => text.parse::<bool>().map(Value::from).map_err(|_| wrong("true or false")),
        Value::Number(_) if name.ends_with("threshold") => {
            parse_ratio(text).map(Value::from).map_err(|_| wrong("a ratio such as 20% or 0.2"))
        }
        Value::Number(_) if name.ends_with("_bytes") => {
            ByteSize::parse(text).map(|size| Value::from(size.0)).map_err(|_| wrong("a size such as 5GB"))
        }
        Value::Number(_) => text.parse::<u64>().map(Value::from).map_err(|_| wrong("a whole number")),
        Value::String(_) | Value::Null | Value::Array(_) | Value::Object(_) => Ok(Value::from(text)),
    }
}

/// Sets a nested field; an object that is absent is written out with its values in force.
fn set_path(document: &mut Document, path: &[&str], value: Value, in_force: &Value) -> Result<(), String> {
    match path {
        [] => Ok(()),
        [name] => {
            // A value that is there already keeps its spelling.
            let value = value.to_string();
            if document.get(name).is_none_or(|old| !same_value(old, &value)) {
                document.set_raw(name, value);
            }
            Ok(())
        }
        [name, rest @ ..] => {
            let in_force = in_force.get(name).cloned().unwrap_or_default();
            let mut nested = match document.get(name) {
                Some(_) => document.nested(name),
                None => Document::parse(in_force.to_string().as_bytes()),
            }
            .map_err(|e| e.to_string())?;
            set_path(&mut nested, rest, value, &in_force)?;
            document.set_raw(name, nested.to_json());
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Revision;
    use crate::operations::create::entry;

    const NOW: Timestamp = Timestamp::from_seconds(1_762_353_824);

    fn view(spec: &str) -> ClusterView {
        ClusterView {
            revision: Revision(1),
            spec: ClusterSpec::parse(spec.as_bytes()).unwrap(),
            spec_entry: Some(entry("/otlp/cluster".into(), spec.into())),
            nodes: vec![],
            corrupt: vec![],
        }
    }

    fn set_one(spec: &str, field: &str, text: &str) -> Result<String, OperationError> {
        let change = set(&view(spec), &Keys::default(), &[(field.into(), text.into())], None, NOW)?;
        let value = change.groups[0].changes.first().and_then(|c| c.value.clone());
        Ok(value.map(|v| String::from_utf8(v).unwrap()).unwrap_or_default())
    }

    const MINIMAL: &str = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c","x-ours":[1.0, 2]}"#;

    #[test]
    fn one_field_leaves_all_others_alone() {
        assert_eq!(
            set_one(MINIMAL, "replication_factor", "5").unwrap(),
            r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c","x-ours":[1.0, 2],"replication_factor":5}"#
        );
        let stored = MINIMAL.replace("\"x-ours\"", "\"rebalance\":{\"x\":1e2},\"x-ours\"");
        assert!(
            set_one(&stored, "rebalance.threshold", "15%")
                .unwrap()
                .contains(r#""rebalance":{"x":1e2,"threshold":0.15}"#)
        );
        let sizes = set_one(MINIMAL, "partition_size.logs.max_bytes", "3GB").unwrap();
        let sizes = ClusterSpec::parse(sizes.as_bytes()).unwrap().partition_size;
        assert_eq!((sizes.logs.min_bytes, sizes.logs.max_bytes), (500_000_000, 3_000_000_000));
    }

    #[test]
    fn the_partitioning_changes_from_the_next_bucket_on() {
        let text = set_one(MINIMAL, "hash_buckets", "512").unwrap();
        let spec = ClusterSpec::parse(text.as_bytes()).unwrap();
        assert_eq!(spec.partitioning_at(NOW).hash_buckets, 256);
        assert_eq!(spec.partitioning[1].from.unwrap().to_string(), "2025-11-05T15:00:00Z");
        let daily = set_one(MINIMAL, "granularity_hours", "24").unwrap();
        let spec = ClusterSpec::parse(daily.as_bytes()).unwrap();
        assert_eq!(spec.partitioning[1].from.unwrap().to_string(), "2025-11-06T00:00:00Z");
    }

    #[test]
    fn what_is_so_already_is_no_change() {
        let stored = MINIMAL.replace("\"x-ours\"", "\"rebalance\":{\"threshold\":1.50e-1},\"x-ours\"");
        for (field, text) in [("rebalance.threshold", "15%"), ("hash_buckets", "256"), ("strategy", "time-hash")] {
            assert_eq!(set_one(&stored, field, text).unwrap(), "", "{field}");
        }
    }

    #[test]
    fn wrong_fields_and_values_are_named() {
        for (field, text) in [
            ("colour", "red"),
            ("replication_factor", "0"),
            ("replication_factor", "many"),
            ("rebalance.threshold", "20"),
            ("hash", "md5"),
            ("boundaries", "b,a"),
            ("strategy", "time-range"),
            ("cluster_id", "x"),
        ] {
            assert!(set_one(MINIMAL, field, text).is_err(), "{field}={text}");
        }
        let past = set(&view(MINIMAL), &Keys::default(), &[("hash_buckets".into(), "8".into())], Some(NOW), NOW);
        assert!(past.is_err());
    }
}
