//! The rules of every change that an operator makes to a partition's record or its pin.
//!
//! Invariant: a change of owners grows the epoch in the same transaction, and none is made while an operation is in flight.

use std::collections::BTreeMap;

use crate::model::json::same_value;
use crate::model::partition_record::set_stored_time;
use crate::model::{Document, NodeId, PartitionRecord, Revision, Timestamp};
use crate::ports::Keys;

use super::change::{ChangeSet, Group, KeyChange};
use super::partitions::{StoredPartition, next_epoch};
use super::{ClusterView, OperationError};

/// The record as a document to edit.
///
/// # Errors
/// It is no JSON object that can be edited.
pub fn record_document(stored: &StoredPartition) -> Result<Document, OperationError> {
    let key = &stored.entry.key;
    Document::parse(&stored.entry.value)
        .map_err(|e| OperationError::Corrupt { key: key.clone(), reason: e.to_string() })
}

/// The change that makes a record say what an operator wants of it. Fields that mean the same keep their bytes.
///
/// # Errors
/// The result would break an invariant; it needs a look at the copies, and `force` is not given.
pub fn change(
    view: &ClusterView,
    keys: &Keys,
    stored: &StoredPartition,
    wanted: &Document,
    force: bool,
    now: Timestamp,
) -> Result<ChangeSet, OperationError> {
    let id = stored.listed.record.id;
    let before = record_document(stored)?;
    let mut after = before.merged(wanted);
    let changed = |field: &str| match (before.get(field), after.get(field)) {
        (Some(old), Some(new)) => !same_value(old, new),
        (old, new) => old != new,
    };
    let refused = |reason: String, forceable| OperationError::Refused {
        refused: format!("not changing partition {id}"),
        reason,
        forceable,
    };
    let never = [("partition_id", "its id is its key"), ("created_at", "created_at never changes")];
    let own = ("updated_at", "updated_at is set by every change itself");
    if let Some((_, why)) = never.into_iter().chain([own]).find(|(field, _)| changed(field)) {
        return Err(refused(why.to_owned(), false));
    }
    // What is said of the nodes comes before what the whole record would then be.
    if let Some(nodes) = after.get("nodes").filter(|_| changed("nodes"))
        && let Ok(nodes) = serde_json::from_str::<Vec<NodeId>>(nodes)
    {
        check_nodes(view, &nodes, force, &refused)?;
    }
    let record = PartitionRecord::parse(id, after.to_json().as_bytes()).map_err(|e| {
        // The place is one in the stored text, which nobody sees.
        let reason = e.to_string();
        refused(format!("then {}", reason.split(" at line ").next().unwrap_or(&reason)), false)
    })?;
    let moves_owners = changed("nodes") || changed("leader");
    let rests_on_none_in_flight = moves_owners || changed("state");
    if stored.in_flight && rests_on_none_in_flight {
        return Err(refused("an operation is in flight on it".to_owned(), false));
    }
    let from = stored.listed.record.state;
    if !from.can_become(record.state) {
        let reason = format!("its state {} does not become {} by an edit", from.name(), record.state.name());
        return Err(refused(reason, false));
    }
    if after != before {
        set_stored_time(&mut after, "updated_at", now);
    }
    let mut guards = BTreeMap::new();
    let mut changes: Vec<KeyChange> =
        KeyChange::update(format!("partition {id}"), &stored.entry, &before, &after).into_iter().collect();
    if rests_on_none_in_flight {
        guards.insert(keys.migration(id), Revision::NONE);
    }
    if moves_owners {
        guards.extend(view.node_guards(keys, &record.nodes));
        changes.push(next_epoch(keys, id, stored.listed.extension.epoch, stored.extension.as_ref())?);
    }
    Ok(ChangeSet::single(format!("change partition {id}"), changes).guarded(guards))
}

/// New nodes exist, and somebody takes the word of the operator for the copies on them.
fn check_nodes(
    view: &ClusterView,
    nodes: &[NodeId],
    force: bool,
    refused: &impl Fn(String, bool) -> OperationError,
) -> Result<(), OperationError> {
    if nodes.is_empty() {
        return Err(refused("then no node would hold it".to_owned(), false));
    }
    if !force {
        let reason = "its nodes say where full copies are, and nobody has looked at the copies";
        return Err(refused(reason.to_owned(), true));
    }
    match nodes.iter().find(|node| !view.knows(node)) {
        Some(unknown) => Err(OperationError::NotFound { what: format!("node {unknown}") }),
        None => Ok(()),
    }
}

/// Pins partitions, so that no plan moves them, or unpins them; each in a group of its own.
///
/// # Errors
/// An extension cannot be edited.
pub fn pin(keys: &Keys, stored: &[StoredPartition], pinned: bool) -> Result<ChangeSet, OperationError> {
    let mut groups = Vec::new();
    for partition in stored {
        let id = partition.listed.record.id;
        let what = format!("extension of partition {id}");
        let change = match &partition.extension {
            Some(entry) => {
                let before = Document::parse(&entry.value)
                    .map_err(|e| OperationError::Corrupt { key: entry.key.clone(), reason: e.to_string() })?;
                let mut after = before.clone();
                if partition.listed.extension.pinned != pinned {
                    after.set("pinned", pinned);
                }
                KeyChange::update(what, entry, &before, &after)
            }
            None if pinned => {
                let mut document = Document::default();
                document.set("epoch", 0);
                document.set("pinned", true);
                Some(KeyChange::create(what, keys.extension(id), &document))
            }
            None => None,
        };
        // The pin rests on the record: a partition that is deleted meanwhile is not pinned.
        let guards = [(partition.entry.key.clone(), partition.entry.mod_revision)].into();
        groups.extend(change.map(|change| Group { changes: vec![change], guards }));
    }
    let verb = if pinned { "pin" } else { "unpin" };
    let summary = match stored {
        [one] => format!("{verb} partition {}", one.listed.record.id),
        _ => format!("{verb} {} partitions", groups.len()),
    };
    Ok(ChangeSet { summary, groups, ..ChangeSet::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ClusterSpec, Node};
    use crate::operations::create::entry;
    use crate::operations::listing::ListedPartition;

    const ID: &str = "partition_489542_0051";
    const RECORD: &str = r#"{ "partition_id":"partition_489542_0051", "nodes":["a","b"],"leader":"a","state":"Active","x":[1.50, 2e1],"size_bytes":7,"record_count":2,"created_at":1762351200,"updated_at":1762351200 }"#;
    const NOW: Timestamp = Timestamp::from_seconds(1_762_353_824);

    fn view() -> ClusterView {
        let node =
            |id: &str| (Node::new(NodeId::parse(id).unwrap()), Some(entry(format!("/otlp/nodes/{id}"), "{}".into())));
        ClusterView {
            revision: Revision(1),
            spec: ClusterSpec::default(),
            spec_entry: None,
            nodes: ["a", "b", "c"].map(node).into(),
            corrupt: vec![],
        }
    }

    fn stored(record: &str, extension: Option<&str>) -> StoredPartition {
        let id = ID.parse().unwrap();
        let extension = extension.map(|text| entry(format!("/otlp/ext/{ID}"), text.into()));
        let parsed = extension.as_ref().map(|e| crate::model::PartitionExtension::parse(&e.value).unwrap());
        StoredPartition {
            listed: ListedPartition {
                record: PartitionRecord::parse(id, record.as_bytes()).unwrap(),
                extension: parsed.unwrap_or_default(),
                span: id.bucket().range(crate::model::Granularity::HOUR),
                revision: Revision(1),
            },
            entry: entry(format!("/otlp/partitions/{ID}"), record.into()),
            extension,
            in_flight: false,
        }
    }

    fn edited(from: &str, to: &str, force: bool) -> Result<Vec<String>, OperationError> {
        let wanted = Document::parse(RECORD.replace(from, to).as_bytes()).unwrap();
        let change = change(&view(), &Keys::default(), &stored(RECORD, None), &wanted, force, NOW)?;
        let value = |c: &KeyChange| String::from_utf8(c.value.clone().unwrap()).unwrap();
        Ok(change.groups[0].changes.iter().map(value).collect())
    }

    #[test]
    fn one_field_changes_and_the_time_of_the_change() {
        let after = RECORD.replace("\"size_bytes\":7", "\"size_bytes\":8");
        let after = after.replace("\"updated_at\":1762351200", "\"updated_at\":1762353824");
        assert_eq!(edited("\"size_bytes\":7", "\"size_bytes\":8", false).unwrap(), [after]);
        assert!(edited("[1.50, 2e1]", "[ 1.5,20 ]", false).unwrap().is_empty());
    }

    #[test]
    fn owners_take_the_epoch_along() {
        let after = edited("\"leader\":\"a\"", "\"leader\":\"b\"", false).unwrap();
        assert_eq!(after[1], r#"{"epoch":1}"#);
        let after = edited(r#"["a","b"]"#, r#"["c","a"]"#, true).unwrap();
        assert_eq!(after.len(), 2);
    }

    #[test]
    fn broken_rules_are_named() {
        let reason = |from: &str, to: &str, force| edited(from, to, force).unwrap_err().to_string();
        for (from, to, force, says) in [
            ("_0051", "_0052", false, "its id is its key"),
            ("\"created_at\":1762351200", "\"created_at\":1", true, "created_at never changes"),
            ("\"updated_at\":1762351200", "\"updated_at\":1", true, "updated_at is set"),
            ("\"leader\":\"a\"", "\"leader\":\"c\"", true, "not among its nodes"),
            (r#"["a","b"]"#, r#"["a","a"]"#, true, "twice"),
            (r#"["a","b"]"#, r#"["a","z"]"#, true, "node z does not exist"),
            (r#"["a","b"]"#, r#"["a","c"]"#, false, "nobody has looked at the copies"),
            (r#""nodes":["a","b"],"leader":"a""#, r#""nodes":[],"leader":null"#, true, "no node would hold it"),
            ("\"Active\"", "\"Migrating\"", true, "does not become Migrating"),
            ("\"size_bytes\":7", "\"size_bytes\":-7", true, "invalid value"),
            ("\"record_count\":2,", "", true, "missing field"),
        ] {
            let told = reason(from, to, force);
            assert!(told.contains(says), "{to}: {told}");
        }
    }

    #[test]
    fn nothing_moves_under_an_operation_in_flight() {
        let mut stored = stored(RECORD, None);
        stored.in_flight = true;
        let edit = |from: &str, to: &str| {
            let wanted = Document::parse(RECORD.replace(from, to).as_bytes()).unwrap();
            change(&view(), &Keys::default(), &stored, &wanted, true, NOW)
        };
        assert!(edit("\"leader\":\"a\"", "\"leader\":\"b\"").is_err());
        assert!(edit("\"Active\"", "\"ReadOnly\"").is_err());
        assert!(edit("\"size_bytes\":7", "\"size_bytes\":8").is_ok());
    }

    #[test]
    fn a_pin_leaves_every_other_byte() {
        let pinned = |extension: Option<&str>, pinned| {
            let change = pin(&Keys::default(), &[stored(RECORD, extension)], pinned).unwrap();
            change.groups.first().map(|g| String::from_utf8(g.changes[0].value.clone().unwrap()).unwrap())
        };
        assert_eq!(pinned(None, true).unwrap(), r#"{"epoch":0,"pinned":true}"#);
        assert_eq!(pinned(None, false), None);
        let odd = r#"{"epoch": 3, "copies":{"a":"x"}, "y":1.0}"#;
        let on = pinned(Some(odd), true).unwrap();
        assert_eq!(on, r#"{"epoch": 3, "copies":{"a":"x"}, "y":1.0, "pinned":true}"#);
        assert_eq!(pinned(Some(&on), true), None);
        assert_eq!(pinned(Some(&on), false).unwrap(), on.replace("true", "false"));
    }
}
