//! Nodes in a JSON file.

use serde::Deserialize;

use crate::cli::error::CliError;
use crate::model::{ByteSize, Location, Node, NodeId, NodeState, Weight};
use crate::operations::nodes::NodeEdit;

/// One node of a file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli::commands) struct NodeFile {
    #[serde(alias = "node")]
    id: NodeId,
    #[serde(default)]
    weight: Option<Weight>,
    #[serde(default)]
    capacity_bytes: Option<u64>,
    #[serde(default)]
    capacity: Option<String>,
    #[serde(default)]
    location: LocationFile,
    #[serde(default)]
    state: Option<NodeState>,
    #[serde(default)]
    data_url: Option<String>,
}

/// Where a node of a file stands; the short names are those of `--location`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct LocationFile {
    region: Option<String>,
    #[serde(alias = "az", alias = "zone")]
    availability_zone: Option<String>,
    #[serde(alias = "dc")]
    data_center: Option<String>,
}

/// The nodes of a file.
fn parse_nodes(nodes: Vec<NodeFile>, file: &str) -> Result<Vec<Node>, CliError> {
    let edits = parse_node_edits(nodes, file)?;
    Ok(edits.into_iter().map(|(id, edit)| edit.applied_to(&Node::new(id))).collect())
}

/// The nodes of a file, each with the fields that it names.
pub(in crate::cli::commands) fn parse_node_edits(
    nodes: Vec<NodeFile>,
    file: &str,
) -> Result<Vec<(NodeId, NodeEdit)>, CliError> {
    nodes
        .into_iter()
        .map(|node| {
            let NodeFile { id, weight, capacity_bytes, capacity, location, state, data_url } = node;
            let capacity = match capacity {
                None => None,
                Some(text) => {
                    let wrong = |e| CliError::input(format!("{file}: capacity {text:?} of node {id}: {e}"));
                    Some(ByteSize::parse(&text).map_err(wrong)?.0)
                }
            };
            let LocationFile { region, availability_zone, data_center } = location;
            let location = Some(Location { region, availability_zone, data_center });
            let capacity_bytes = capacity_bytes.or(capacity);
            Ok((id, NodeEdit { weight, capacity_bytes, location, state, data_url }))
        })
        .collect()
}

/// Reads `[{"id": …}, …]` or `{"nodes": […]}`.
pub(super) fn parse_node_file(text: &str, file: &str) -> Result<Vec<Node>, CliError> {
    #[derive(Deserialize)]
    struct Wrapped {
        nodes: Vec<NodeFile>,
    }
    let wrong = |e: serde_json::Error| CliError::input(format!("{file} is no list of nodes: {e}"));
    let nodes = if text.trim_start().starts_with('[') {
        serde_json::from_str::<Vec<NodeFile>>(text).map_err(wrong)?
    } else {
        serde_json::from_str::<Wrapped>(text).map_err(wrong)?.nodes
    };
    parse_nodes(nodes, file)
}
