//! The cluster as it is recorded: spec and nodes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use crate::model::{ClusterSpec, Document, Node, NodeId, PartitionId, PartitionRecord, Revision};
use crate::ports::codec::parse_node;
use crate::ports::metadata::{Entry, KeyRange, ReadAnswer};
use crate::ports::{Keys, MetadataRead};
use crate::routing::Topology;

use super::OperationError;

/// A stored value that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorruptValue {
    /// Its key.
    pub key: String,
    /// What is wrong.
    pub reason: String,
}

impl From<CorruptValue> for OperationError {
    fn from(value: CorruptValue) -> Self {
        Self::Corrupt { key: value.key, reason: value.reason }
    }
}

/// Spec and nodes at one revision.
#[derive(Clone, Debug)]
pub struct ClusterView {
    /// The revision that was read.
    pub revision: Revision,
    /// The spec; the defaults if none is recorded.
    pub spec: ClusterSpec,
    /// The recorded spec; `None` in a cluster that was not adopted yet.
    pub spec_entry: Option<Entry>,
    /// The nodes that can be read, in natural order, with their entries where they are recorded.
    pub nodes: Vec<(Node, Option<Entry>)>,
    /// Nodes that cannot be read.
    pub corrupt: Vec<CorruptValue>,
}

impl ClusterView {
    /// Reads spec and nodes, and further ranges in the same read transaction.
    ///
    /// # Errors
    /// The store does not answer or is empty, or the spec is corrupt.
    pub async fn read<S: MetadataRead>(
        store: &S,
        keys: &Keys,
        at: Option<Revision>,
        further: &[KeyRange],
    ) -> Result<(Self, Vec<Vec<Entry>>), OperationError> {
        let mut ranges = vec![KeyRange::single(&keys.cluster()), keys.nodes()];
        ranges.extend_from_slice(further);
        let ReadAnswer { revision, ranges } = store.read(&ranges, at).await?;
        let mut lists = ranges.into_iter();
        let spec_entry = lists.next().unwrap_or_default().pop();
        let node_entries = lists.next().unwrap_or_default();
        let spec = match &spec_entry {
            Some(entry) => ClusterSpec::parse(&entry.value)
                .map_err(|e| OperationError::Corrupt { key: entry.key.clone(), reason: e.to_string() })?,
            None => ClusterSpec::default(),
        };
        let mut view = Self { revision, spec, spec_entry, nodes: Vec::new(), corrupt: Vec::new() };
        for entry in node_entries {
            match node_of(keys, &entry) {
                Ok(node) => view.nodes.push((node, Some(entry))),
                Err(reason) => view.corrupt.push(CorruptValue { key: entry.key, reason }),
            }
        }
        if view.nodes.is_empty() && view.corrupt.is_empty() {
            view.derive_nodes(store, keys).await?;
        }
        view.nodes.sort_by(|a, b| a.0.id.cmp(&b.0.id));
        Ok((view, lists.collect()))
    }

    /// A cluster that was not adopted has only partition records; its nodes are the ones that they name.
    async fn derive_nodes<S: MetadataRead>(&mut self, store: &S, keys: &Keys) -> Result<(), OperationError> {
        let mut names: BTreeSet<NodeId> = BTreeSet::new();
        let mut corrupt: Vec<CorruptValue> = Vec::new();
        let mut any = self.spec_entry.is_some();
        let mut visit = |entry: &Entry| {
            any = true;
            if let Some(name) = keys.name("partitions", &entry.key) {
                let id = PartitionId::parse(name).map_err(|e| e.to_string());
                match id.and_then(|id| PartitionRecord::parse(id, &entry.value).map_err(|e| e.to_string())) {
                    Ok(record) => names.extend(record.nodes),
                    // It may name a node that no other record does.
                    Err(reason) => corrupt.push(CorruptValue { key: entry.key.clone(), reason }),
                }
            }
            ControlFlow::Continue(())
        };
        store.scan(&keys.everything(), Some(self.revision), &mut visit).await?;
        if !any {
            return Err(OperationError::Empty { place: store.place().to_owned(), prefix: keys.prefix().to_owned() });
        }
        self.nodes = names.into_iter().map(|id| (Node::new(id), None)).collect();
        self.corrupt = corrupt;
        Ok(())
    }

    /// Whether the spec is recorded; if not, the defaults were taken.
    #[must_use]
    pub fn has_spec(&self) -> bool {
        self.spec_entry.is_some()
    }

    /// What routing needs.
    ///
    /// # Errors
    /// There are no nodes, or one cannot be read: guessing without it would route wrongly.
    pub fn topology(&self) -> Result<Topology, OperationError> {
        if let Some(corrupt) = self.corrupt.first() {
            return Err(corrupt.clone().into());
        }
        let nodes = self.nodes.iter().map(|(node, _)| node.clone()).collect();
        Ok(Topology::new(self.spec.clone(), nodes)?)
    }

    /// A node and its entry.
    ///
    /// # Errors
    /// There is no such node, or its value is corrupt.
    pub fn node(&self, keys: &Keys, id: &NodeId) -> Result<(&Node, &Entry), OperationError> {
        if let Some(corrupt) = self.corrupt.iter().find(|c| c.key == keys.node(id)) {
            return Err(corrupt.clone().into());
        }
        let found = self.nodes.iter().find(|(node, _)| node.id == *id);
        found
            .and_then(|(node, entry)| entry.as_ref().map(|entry| (node, entry)))
            .ok_or_else(|| OperationError::NotFound { what: format!("node {id}") })
    }

    /// Whether the cluster has a node of this id, recorded or named by a record where none is recorded.
    #[must_use]
    pub fn knows(&self, id: &NodeId) -> bool {
        self.nodes.binary_search_by(|(node, _)| node.id.cmp(id)).is_ok()
    }

    /// Recorded nodes with the revisions at which they were read, for a change that rests on them.
    #[must_use]
    pub fn node_guards(&self, keys: &Keys, ids: &[NodeId]) -> BTreeMap<String, Revision> {
        let revision = |id: &NodeId| {
            let at = self.nodes.binary_search_by(|(node, _)| node.id.cmp(id)).ok()?;
            self.nodes[at].1.as_ref().map(|entry| (keys.node(id), entry.mod_revision))
        };
        ids.iter().filter_map(revision).collect()
    }

    /// The recorded spec as a document to edit.
    ///
    /// # Errors
    /// No spec is recorded, or it cannot be edited.
    pub fn spec_document(&self, keys: &Keys) -> Result<(Document, &Entry), OperationError> {
        let entry = self
            .spec_entry
            .as_ref()
            .ok_or_else(|| OperationError::NotFound { what: format!("the cluster spec {}", keys.cluster()) })?;
        let document = Document::parse(&entry.value)
            .map_err(|e| OperationError::Corrupt { key: entry.key.clone(), reason: e.to_string() })?;
        Ok((document, entry))
    }
}

/// Refuses a store that holds nothing of a cluster: what was not found there was not looked for in the right place.
///
/// # Errors
/// [`OperationError::Empty`]; or the store does not answer.
pub(super) async fn check_not_empty<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    at: Option<Revision>,
) -> Result<(), OperationError> {
    let mut any = false;
    let mut visit = |_: &Entry| {
        any = true;
        ControlFlow::Break(())
    };
    store.scan(&keys.everything(), at, &mut visit).await?;
    if any {
        return Ok(());
    }
    Err(OperationError::Empty { place: store.place().to_owned(), prefix: keys.prefix().to_owned() })
}

fn node_of(keys: &Keys, entry: &Entry) -> Result<Node, String> {
    let name = keys.name("nodes", &entry.key).unwrap_or_default();
    let id = NodeId::parse(name).map_err(|e| format!("{name:?} is no node id: {e}"))?;
    parse_node(id, &entry.value)
}
