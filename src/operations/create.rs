//! The first contents of a store.

use std::collections::BTreeSet;

use crate::model::{ClusterSpec, Document, Node, Revision};
use crate::ports::Keys;
use crate::ports::codec::set_node;
use crate::ports::metadata::Entry;

use super::OperationError;

/// The revision at which the first contents are written.
pub const FIRST_REVISION: Revision = Revision(1);

/// The entries of a new cluster: its spec and nodes.
///
/// # Errors
/// The spec is not valid, there are no nodes, or one stands there twice.
pub fn initial_entries(keys: &Keys, spec: &ClusterSpec, nodes: &[Node]) -> Result<Vec<Entry>, OperationError> {
    check_initial(spec, nodes)?;
    let json = serde_json::to_string(spec).map_err(|e| OperationError::Invalid(e.to_string()))?;
    let mut entries = vec![entry(keys.cluster(), json)];
    for node in nodes {
        let mut document = Document::default();
        set_node(&mut document, None, node).map_err(OperationError::Invalid)?;
        entries.push(entry(keys.node(&node.id), document.to_json()));
    }
    Ok(entries)
}

/// What a new cluster needs: a valid spec, and nodes, none of them twice.
///
/// # Errors
/// The first thing that is missing.
pub(super) fn check_initial(spec: &ClusterSpec, nodes: &[Node]) -> Result<(), OperationError> {
    spec.check()?;
    if nodes.is_empty() {
        return Err(OperationError::Invalid("a cluster needs at least one node".to_owned()));
    }
    let mut seen = BTreeSet::new();
    match nodes.iter().find(|node| !seen.insert(&node.id)) {
        Some(node) => Err(OperationError::Invalid(format!("node {} is given twice", node.id))),
        None => Ok(()),
    }
}

/// One first entry.
#[must_use]
pub fn entry(key: String, value: String) -> Entry {
    Entry {
        key,
        value: value.into_bytes(),
        create_revision: FIRST_REVISION,
        mod_revision: FIRST_REVISION,
        version: 1,
        lease: None,
    }
}
