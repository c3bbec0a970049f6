//! The file that says whose data this is.
//!
//! Without it a disk that is not mounted would look like a node that lost everything.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::NodeId;
use crate::model::document::is_object;

/// The longest marker that is read.
pub const MARKER_BYTES_MAX: u64 = 64 << 10;

/// Whose data a place holds: the content of `.otlp-part-node.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeMarker {
    /// The cluster's random id.
    pub cluster_id: String,
    /// The node.
    pub node_id: NodeId,
}

impl NodeMarker {
    /// Reads a marker; fields that this version does not know are no error.
    ///
    /// # Errors
    /// It is none, in words.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        if !is_object(bytes) {
            return Err("not a JSON object".to_owned());
        }
        serde_json::from_slice(bytes).map_err(|e| e.to_string())
    }

    /// The text of the file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let value = serde_json::json!({"cluster_id": self.cluster_id, "node_id": self.node_id});
        format!("{value}\n").into_bytes()
    }
}

/// "node node-1 of cluster 7269…"
impl fmt::Display for NodeMarker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "node {} of cluster {}", self.node_id, self.cluster_id)
    }
}
