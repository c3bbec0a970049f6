//! Stored values of nodes as types and back; unknown fields survive every edit.

use serde::Deserialize;

use crate::model::document::is_object;
use crate::model::{Document, Location, Node, NodeId, NodeState, Weight};

#[derive(Deserialize)]
struct NodeWire {
    #[serde(default = "weight_one")]
    weight: Weight,
    #[serde(default)]
    capacity_bytes: Option<u64>,
    #[serde(default)]
    location: Option<Location>,
    #[serde(default)]
    state: NodeState,
    #[serde(default)]
    data_url: Option<String>,
}

fn weight_one() -> Weight {
    Weight::ONE
}

/// Reads the value stored under `nodes/{id}`.
///
/// # Errors
/// Not the JSON of a node, in words.
pub fn parse_node(id: NodeId, value: &[u8]) -> Result<Node, String> {
    if !is_object(value) {
        return Err("not a JSON object".to_owned());
    }
    let wire: NodeWire = serde_json::from_slice(value).map_err(|e| e.to_string())?;
    Ok(Node {
        id,
        weight: wire.weight,
        capacity_bytes: wire.capacity_bytes,
        location: wire.location.unwrap_or_default(),
        state: wire.state,
        data_url: wire.data_url,
    })
}

/// Puts a node's fields into a stored value. Fields that mean the same already keep their bytes; so does all of a
/// location but the parts that differ.
///
/// # Errors
/// The stored location is no object, in words.
pub fn set_node(document: &mut Document, before: Option<&Node>, after: &Node) -> Result<(), String> {
    if before.is_none_or(|b| b.weight != after.weight) {
        document.set("weight", serde_json::to_value(after.weight).unwrap_or_default());
    }
    if before.map_or(after.capacity_bytes.is_some(), |b| b.capacity_bytes != after.capacity_bytes) {
        document.set("capacity_bytes", after.capacity_bytes);
    }
    let old = before.map(|b| b.location.clone()).unwrap_or_default();
    if old != after.location {
        let mut location = document.nested("location").map_err(|e| e.to_string())?;
        for (name, old, new) in [
            ("region", old.region, &after.location.region),
            ("availability_zone", old.availability_zone, &after.location.availability_zone),
            ("data_center", old.data_center, &after.location.data_center),
        ] {
            if old != *new {
                location.set(name, new.clone());
            }
        }
        document.set_raw("location", location.to_json());
    }
    if before.is_none_or(|b| b.state != after.state) {
        document.set("state", after.state.name());
    }
    if before.map_or(after.data_url.is_some(), |b| b.data_url != after.data_url) {
        document.set("data_url", after.data_url.clone());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(stored: &str, change: impl FnOnce(&mut Node)) -> String {
        let before = parse_node(NodeId::parse("node-1").unwrap(), stored.as_bytes()).unwrap();
        let mut after = before.clone();
        change(&mut after);
        let mut document = Document::parse(stored.as_bytes()).unwrap();
        set_node(&mut document, Some(&before), &after).unwrap();
        let text = document.to_json();
        assert_eq!(parse_node(before.id, text.as_bytes()).unwrap(), after);
        text
    }

    #[test]
    fn one_edited_field_leaves_every_other_byte_alone() {
        let stored = r#"{"weight":1.50,"rack":"r7","location":{"region":"eu","floor":3},"state":"Active"}"#;
        assert_eq!(edited(stored, |n| n.state = NodeState::Cordoned), stored.replace("Active", "Cordoned"));
        assert_eq!(
            edited(stored, |n| n.location.availability_zone = Some("a".into())),
            stored.replace("\"floor\":3", "\"floor\":3,\"availability_zone\":\"a\"")
        );
        assert_eq!(edited("{}", |n| n.state = NodeState::Down), r#"{"state":"Down"}"#);
        assert_eq!(
            edited(r#"{"location":{"x":1}}"#, |n| n.capacity_bytes = Some(5)),
            r#"{"location":{"x":1},"capacity_bytes":5}"#
        );
    }

    #[test]
    fn a_new_node_says_weight_and_state() {
        let mut document = Document::default();
        set_node(&mut document, None, &Node::new(NodeId::parse("n").unwrap())).unwrap();
        assert_eq!(document.to_json(), r#"{"weight":1,"state":"Active"}"#);
    }

    #[test]
    fn bad_values_are_told() {
        let id = NodeId::parse("node-1").unwrap();
        for bad in
            ["", "[]", r#"{"weight":0}"#, r#"{"weight":-1}"#, r#"{"state":"Sleepy"}"#, r#"{"capacity_bytes":-1}"#]
        {
            assert!(parse_node(id.clone(), bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
