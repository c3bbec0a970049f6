//! What differs between the cluster as it is and as a file wants it.
//!
//! Invariant: only fields that the file names are compared; its list of nodes, if it has one, is the whole cluster.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::model::{ClusterSpec, Location, NodeId};

use super::nodes::NodeEdit;
use super::{ClusterView, OperationError};

/// The cluster that is wanted.
#[derive(Clone, Debug, Default)]
pub struct DesiredCluster {
    /// Fields of the spec.
    pub spec: Map<String, Value>,
    /// All nodes, each with the fields that are wanted of it; `None` = nodes are not compared.
    pub nodes: Option<Vec<(NodeId, NodeEdit)>>,
}

/// One field that is not as it is wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The field: `replication_factor`, `nodes.node-5.weight`.
    pub field: String,
    /// Its value now.
    pub now: Value,
    /// The value that is wanted.
    pub desired: Value,
}

/// The spec with all that is in force, and with recorded fields that this version does not know.
///
/// # Errors
/// The recorded spec is no JSON.
pub fn spec_in_force(view: &ClusterView) -> Result<Value, OperationError> {
    let mut json = serde_json::to_value(&view.spec).unwrap_or_default();
    if let Some(entry) = &view.spec_entry {
        let recorded: Value = serde_json::from_slice(&entry.value)
            .map_err(|e| OperationError::Corrupt { key: entry.key.clone(), reason: e.to_string() })?;
        add_unknown(&mut json, recorded);
    }
    Ok(json)
}

/// Adds the recorded fields that this version does not know, at any depth.
fn add_unknown(known: &mut Value, recorded: Value) {
    match (known, recorded) {
        (Value::Object(known), Value::Object(recorded)) => {
            for (name, value) in recorded {
                match known.get_mut(&name) {
                    Some(slot) => add_unknown(slot, value),
                    None => {
                        known.insert(name, value);
                    }
                }
            }
        }
        (Value::Array(known), Value::Array(recorded)) => {
            known.iter_mut().zip(recorded).for_each(|(known, recorded)| add_unknown(known, recorded));
        }
        _ => {}
    }
}

/// The first field that was asked for and is not in `known`: most likely a typing error.
#[must_use]
pub fn unknown_field(asked: &Value, known: &Value) -> Option<String> {
    let nested = |name: String, inner: Option<String>| inner.map(|inner| format!("{name}.{inner}"));
    match (asked, known) {
        (Value::Object(asked), Value::Object(known)) => asked.iter().find_map(|(name, value)| match known.get(name) {
            None => Some(name.clone()),
            Some(known) => nested(name.clone(), unknown_field(value, known)),
        }),
        (Value::Array(asked), Value::Array(known)) => {
            asked.iter().zip(known).enumerate().find_map(|(i, (a, k))| nested(i.to_string(), unknown_field(a, k)))
        }
        _ => None,
    }
}

/// Everything that is not as it is wanted, in the order of the spec's fields, then of the nodes.
///
/// # Errors
/// The wanted spec has fields that there are not, or is not valid.
pub fn differences(view: &ClusterView, desired: &DesiredCluster) -> Result<Vec<Difference>, OperationError> {
    let mut found = Vec::new();
    if !desired.spec.is_empty() {
        let now = spec_in_force(view)?;
        let wanted = wanted_spec(&now, &desired.spec)?;
        let (mut before, mut after) = (Vec::new(), Vec::new());
        leaves(String::new(), &now, &mut before);
        leaves(String::new(), &wanted, &mut after);
        let wanted: BTreeMap<&str, &Value> = after.iter().map(|(name, value)| (name.as_str(), value)).collect();
        let known: BTreeMap<&str, &Value> = before.iter().map(|(name, value)| (name.as_str(), value)).collect();
        let added = after.iter().filter(|(name, _)| !known.contains_key(name.as_str()));
        for (field, _) in before.iter().chain(added) {
            let value = |map: &BTreeMap<&str, &Value>| map.get(field.as_str()).copied().cloned().unwrap_or_default();
            let (now, desired) = (value(&known), value(&wanted));
            if !same_number_or_value(&now, &desired) {
                found.push(Difference { field: field.clone(), now, desired });
            }
        }
    }
    if let Some(nodes) = &desired.nodes {
        node_differences(view, nodes, &mut found);
    }
    Ok(found)
}

/// `20` and `20.0` are one number.
fn same_number_or_value(a: &Value, b: &Value) -> bool {
    a == b || matches!((a.as_f64(), b.as_f64()), (Some(a), Some(b)) if a == b)
}

/// The spec in force with the wanted fields in it.
///
/// # Errors
/// There is no such field, or the spec would not be valid.
pub(super) fn wanted_spec(now: &Value, asked: &Map<String, Value>) -> Result<Value, OperationError> {
    let mut asked = asked.clone();
    let count = now["partitioning"].as_array().map_or(0, Vec::len);
    // One partitioning alone is the newest one: `init` writes it so.
    let newest = match asked.get("partitioning") {
        Some(Value::Array(versions)) if versions.len() == 1 && versions[0]["from"].is_null() => {
            Some(versions[0].clone())
        }
        Some(object @ Value::Object(_)) => Some(object.clone()),
        Some(_) | None => None,
    };
    if let Some(newest) = newest {
        let mut versions = vec![Value::Object(Map::new()); count.max(1)];
        if let Some(last) = versions.last_mut() {
            *last = newest;
            if let Value::Object(fields) = last {
                fields.remove("from");
            }
        }
        asked.insert("partitioning".to_owned(), Value::Array(versions));
    }
    let asked = Value::Object(asked);
    let mut wanted = now.clone();
    overlay(&mut wanted, &asked);
    let spec = ClusterSpec::parse(wanted.to_string().as_bytes())?;
    let mut known = serde_json::to_value(&spec).unwrap_or_default();
    add_unknown(&mut known, now.clone());
    match unknown_field(&asked, &known) {
        Some(field) => Err(OperationError::Invalid(format!("the cluster spec has no field {field}"))),
        None => {
            add_unknown(&mut known, wanted);
            Ok(known)
        }
    }
}

/// Puts the asked fields over the present ones. A list of objects is taken item by item and is as long as the asked one.
fn overlay(now: &mut Value, asked: &Value) {
    match (now, asked) {
        (Value::Object(now), Value::Object(asked)) => {
            for (name, value) in asked {
                overlay(now.entry(name.clone()).or_insert(Value::Null), value);
            }
        }
        (Value::Array(now), Value::Array(asked)) if asked.iter().all(Value::is_object) && !asked.is_empty() => {
            now.resize(asked.len(), Value::Object(Map::new()));
            now.iter_mut().zip(asked).for_each(|(now, asked)| overlay(now, asked));
        }
        (now, asked) => *now = asked.clone(),
    }
}

/// `a.b.c` and its value for every leaf; lists without objects are leaves.
fn leaves(prefix: String, value: &Value, out: &mut Vec<(String, Value)>) {
    let join = |name: &str| if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| leaves(join(name), value, out)),
        Value::Array(items) if items.iter().any(Value::is_object) => {
            items.iter().enumerate().for_each(|(i, value)| leaves(join(&i.to_string()), value, out));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            out.push((prefix, value.clone()));
        }
    }
}

fn node_differences(view: &ClusterView, desired: &[(NodeId, NodeEdit)], found: &mut Vec<Difference>) {
    let mut push = |field: String, now: Value, desired: Value| {
        if now != desired {
            found.push(Difference { field, now, desired });
        }
    };
    for (id, edit) in desired {
        let Some((node, _)) = view.nodes.iter().find(|(node, _)| node.id == *id) else {
            push(format!("nodes.{id}"), "absent".into(), "present".into());
            continue;
        };
        let NodeEdit { weight, capacity_bytes, location, state, data_url } = edit;
        let json = |value: serde_json::Result<Value>| value.unwrap_or_default();
        if let Some(weight) = weight {
            push(
                format!("nodes.{id}.weight"),
                json(serde_json::to_value(node.weight)),
                json(serde_json::to_value(weight)),
            );
        }
        if let Some(capacity) = capacity_bytes {
            push(format!("nodes.{id}.capacity_bytes"), node.capacity_bytes.into(), (*capacity).into());
        }
        if let Some(state) = state {
            push(format!("nodes.{id}.state"), node.state.name().into(), state.name().into());
        }
        if let Some(url) = data_url {
            push(format!("nodes.{id}.data_url"), node.data_url.clone().into(), url.clone().into());
        }
        let Location { region, availability_zone, data_center } = location.clone().unwrap_or_default();
        for (part, now, wanted) in [
            ("region", &node.location.region, region),
            ("availability_zone", &node.location.availability_zone, availability_zone),
            ("data_center", &node.location.data_center, data_center),
        ] {
            if wanted.is_some() {
                push(format!("nodes.{id}.location.{part}"), now.clone().into(), wanted.into());
            }
        }
    }
    let unwanted = view.nodes.iter().filter(|(node, _)| desired.iter().all(|(id, _)| *id != node.id));
    for (node, _) in unwanted {
        push(format!("nodes.{}", node.id), "present".into(), "absent".into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Node, Revision, Weight};
    use crate::operations::create::entry;

    const SPEC: &str = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c","x-ours":[1.0, 2],"rebalance":{"pace":1e2},"partitioning":[{"hash_buckets":4},{"from":"2025-11-05T20:00:00Z","hash_buckets":8}]}"#;

    fn view() -> ClusterView {
        let node =
            |id: &str| (Node::new(NodeId::parse(id).unwrap()), Some(entry(format!("/otlp/nodes/{id}"), "{}".into())));
        ClusterView {
            revision: Revision(1),
            spec: ClusterSpec::parse(SPEC.as_bytes()).unwrap(),
            spec_entry: Some(entry("/otlp/cluster".into(), SPEC.into())),
            nodes: ["a", "b"].map(node).into(),
            corrupt: vec![],
        }
    }

    fn spec(asked: &str) -> Result<Vec<String>, OperationError> {
        let spec = serde_json::from_str(asked).unwrap();
        let found = differences(&view(), &DesiredCluster { spec, nodes: None })?;
        Ok(found.into_iter().map(|d| format!("{} {} {}", d.field, d.now, d.desired)).collect())
    }

    #[test]
    fn only_named_fields_are_compared() {
        assert!(spec("{}").unwrap().is_empty());
        assert!(
            spec(r#"{"replication_factor":3,"rebalance":{"threshold":0.20},"x-ours":[1.0, 2]}"#).unwrap().is_empty()
        );
        assert_eq!(
            spec(r#"{"replication_factor":5,"rebalance":{"threshold":0.1,"pace":100}}"#).unwrap(),
            ["replication_factor 3 5", "rebalance.threshold 0.2 0.1"]
        );
        assert!(spec(SPEC).unwrap().is_empty());
    }

    #[test]
    fn one_partitioning_is_the_newest() {
        assert_eq!(spec(r#"{"partitioning":{"hash_buckets":16}}"#).unwrap(), ["partitioning.1.hash_buckets 8 16"]);
        assert_eq!(spec(r#"{"partitioning":[{"hash_buckets":16}]}"#).unwrap(), ["partitioning.1.hash_buckets 8 16"]);
        let both = r#"{"partitioning":[{"hash_buckets":4},{"from":"2025-11-05T21:00:00Z"}]}"#;
        assert_eq!(spec(both).unwrap(), [r#"partitioning.1.from "2025-11-05T20:00:00Z" "2025-11-05T21:00:00Z""#]);
    }

    #[test]
    fn typing_errors_are_named() {
        for (asked, says) in [
            (r#"{"replication_facter":3}"#, "no field replication_facter"),
            (r#"{"placement":{"algorythm":"ring"}}"#, "no field placement.algorythm"),
            (r#"{"partitioning":{"hash_bucket":3}}"#, "no field partitioning.1.hash_bucket"),
            (r#"{"replication_factor":0}"#, "between 1 and"),
        ] {
            let told = spec(asked).unwrap_err().to_string();
            assert!(told.contains(says), "{told}");
        }
    }

    #[test]
    fn nodes_are_the_whole_cluster() {
        let edit = NodeEdit { weight: Some(Weight::parse("2").unwrap()), ..NodeEdit::default() };
        let nodes = Some(vec![(NodeId::parse("a").unwrap(), edit), (NodeId::parse("c").unwrap(), NodeEdit::default())]);
        let found = differences(&view(), &DesiredCluster { spec: Map::new(), nodes }).unwrap();
        let fields: Vec<&str> = found.iter().map(|d| d.field.as_str()).collect();
        assert_eq!(fields, ["nodes.a.weight", "nodes.c", "nodes.b"]);
    }
}
