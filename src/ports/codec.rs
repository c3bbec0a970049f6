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

/// Puts a node's fields into its stored value; only fields that differ are touched.
pub fn set_node(document: &mut Document, node: &Node) {
    let mut set = |name: &str, value: serde_json::Value| {
        let text = value.to_string();
        let stays = document.get(name).map_or(value.is_null(), |raw| *raw == *text);
        if !stays {
            document.set(name, value);
        }
    };
    set("weight", serde_json::to_value(node.weight).unwrap_or_default());
    set("capacity_bytes", node.capacity_bytes.into());
    if node.location.is_unknown() {
        set("location", serde_json::Value::Null);
    } else {
        set("location", serde_json::to_value(&node.location).unwrap_or_default());
    }
    set("state", node.state.name().into());
    set("data_url", node.data_url.clone().into());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_fields_of_a_node_survive() {
        let stored = r#"{"weight":1.50,"rack":"r7","state":"Active"}"#;
        let id = NodeId::parse("node-1").unwrap();
        let mut node = parse_node(id.clone(), stored.as_bytes()).unwrap();
        node.state = NodeState::Cordoned;
        let mut document = Document::parse(stored.as_bytes()).unwrap();
        set_node(&mut document, &node);
        assert_eq!(document.to_json(), r#"{"weight":1.5,"rack":"r7","state":"Cordoned"}"#);
        assert_eq!(parse_node(id, document.to_json().as_bytes()).unwrap(), node);
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
