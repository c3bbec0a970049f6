//! Whether a stored value can be read as what its key says it is.

use serde::Deserialize;

use crate::model::document::is_object;
use crate::model::partition_record::RecordError;
use crate::model::{ClusterSpec, Document, NodeId, PartitionExtension, PartitionId, PartitionRecord};
use crate::ports::codec::parse_node;
use crate::ports::families::{KeyFamily, KeyName};

use super::audit::AuditRecord;

/// Why a value is not what its key says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueFault {
    /// The key is of no family, or not of its family's grammar.
    ForeignKey,
    /// Written by a newer version of this tool.
    NewerSchema(String),
    /// A partition record that breaks one of a record's invariants.
    Record(RecordError),
    /// Not the JSON of such a value.
    Corrupt(String),
}

impl std::fmt::Display for ValueFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::ForeignKey => f.write_str("the key is none of this tool's"),
            Self::NewerSchema(schema) => write!(f, "its schema {schema} is newer than this version"),
            Self::Record(error) => error.fmt(f),
            Self::Corrupt(reason) => f.write_str(reason),
        }
    }
}

/// Checks a value.
///
/// # Errors
/// What is wrong with it.
pub fn check_value(name: KeyName<'_>, value: &[u8]) -> Result<(), ValueFault> {
    let Some(family) = name.family.filter(|_| name.is_canonical) else { return Err(ValueFault::ForeignKey) };
    // What an edit must be able to keep: one JSON object, no field twice.
    let editable = |()| Document::parse(value).map(drop).map_err(|e| e.to_string());
    let parsed = match family {
        KeyFamily::Partition => return check_record(name.name, value),
        KeyFamily::Cluster => ClusterSpec::parse(value).map(drop).map_err(|e| e.to_string()).and_then(editable),
        KeyFamily::Node => match NodeId::parse(name.name) {
            Ok(id) => parse_node(id, value).map(drop).and_then(editable),
            Err(e) => Err(e.to_string()),
        },
        KeyFamily::Extension => PartitionExtension::parse(value).map(drop).and_then(editable),
        KeyFamily::Audit => AuditRecord::parse(value).map(drop),
        KeyFamily::Migration => editable(()),
        KeyFamily::Plan if name.name.ends_with("/head") => editable(()),
        KeyFamily::Rebalance if name.name.starts_with("slots/") => slot_of(value).map(drop),
        // Lock, status, marks and chunks: their form is the business of those who write them.
        KeyFamily::Rebalance | KeyFamily::Plan | KeyFamily::Repair | KeyFamily::Orphan => Ok(()),
    };
    match parsed {
        Ok(()) => newer_schema(value).map_or(Ok(()), Err),
        Err(reason) => Err(newer_schema(value).unwrap_or(ValueFault::Corrupt(reason))),
    }
}

fn check_record(name: &str, value: &[u8]) -> Result<(), ValueFault> {
    let id = PartitionId::parse(name).map_err(|_| ValueFault::ForeignKey)?;
    match PartitionRecord::parse(id, value) {
        Ok(_) => Ok(()),
        Err(RecordError::Json(reason)) => Err(newer_schema(value).unwrap_or(ValueFault::Corrupt(reason))),
        Err(error) => Err(ValueFault::Record(error)),
    }
}

/// The partition that took a slot.
///
/// # Errors
/// The value names none.
pub fn slot_of(value: &[u8]) -> Result<PartitionId, String> {
    let text = std::str::from_utf8(value).map_err(|_| "not UTF-8 text".to_owned())?;
    PartitionId::parse(text.trim().trim_matches('"')).map_err(|e| e.to_string())
}

/// The schema of a value that a newer version wrote: `otlp-part/…/vN` with N above 1, or a `schema_version` above 1.
fn newer_schema(value: &[u8]) -> Option<ValueFault> {
    #[derive(Deserialize)]
    struct Header {
        #[serde(default)]
        schema: Option<String>,
        #[serde(default)]
        schema_version: Option<u64>,
    }
    if !is_object(value) {
        return None;
    }
    let Header { schema, schema_version } = serde_json::from_slice(value).ok()?;
    let of_text = schema.filter(|schema| {
        let version = schema.strip_prefix("otlp-part/").and_then(|rest| rest.rsplit_once("/v"));
        version.and_then(|(_, version)| version.parse::<u64>().ok()).is_some_and(|version| version > 1)
    });
    let of_number = schema_version.filter(|version| *version > 1).map(|version| format!("version {version}"));
    of_text.or(of_number).map(ValueFault::NewerSchema)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::Keys;

    fn check(key: &str, value: &str) -> Result<(), ValueFault> {
        check_value(Keys::default().take_apart(&format!("/otlp/{key}")).unwrap(), value.as_bytes())
    }

    #[test]
    fn every_family_has_its_form() {
        let pid = "partition_489542_0051";
        for (key, good) in [
            ("nodes/n1", "{}"),
            ("ext/partition_489542_0051", r#"{"epoch":1}"#),
            ("migrations/partition_489542_0051", r#"{"phase":"Copying"}"#),
            ("rebalance/slots/n1/0", pid),
            ("rebalance/lock", r#"{"host":"h"}"#),
            ("rebalance/lock", "anything"),
            ("plans/p/000000", "[1]"),
            ("plans/p/head", "{}"),
            ("repair/partition_489542_0051/n1", ""),
        ] {
            assert_eq!(check(key, good), Ok(()), "{key}");
        }
        for (key, bad) in [
            ("nodes/n1", "[]"),
            ("nodes/n1", r#"{"weight":1,"weight":1}"#),
            ("ext/partition_489542_0051", r#"{"split_bits":9}"#),
            ("migrations/partition_489542_0051", "x"),
            ("rebalance/slots/n1/0", "x"),
            ("plans/p/head", "x"),
            ("partitions/partition_489542_0051", "{}"),
            ("cluster", "{}"),
            ("audit/1-a", "{}"),
        ] {
            assert!(matches!(check(key, bad), Err(ValueFault::Corrupt(_))), "{key}: {:?}", check(key, bad));
        }
    }

    #[test]
    fn newer_and_foreign_are_told_apart_from_corrupt() {
        assert_eq!(check("what/x", "{}"), Err(ValueFault::ForeignKey));
        assert_eq!(check("nodes/a b", "{}"), Err(ValueFault::ForeignKey));
        for (key, value) in [
            ("cluster", r#"{"schema":"otlp-part/cluster/v2","cluster_id":"c"}"#),
            ("migrations/partition_489542_0051", r#"{"schema_version":2}"#),
            ("nodes/n1", r#"{"schema":"otlp-part/node/v3","weight":"heavy"}"#),
            ("audit/1-a", r#"{"schema":"otlp-part/audit/v2"}"#),
        ] {
            assert!(matches!(check(key, value), Err(ValueFault::NewerSchema(_))), "{key}");
        }
    }
}
