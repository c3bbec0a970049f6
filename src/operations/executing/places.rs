//! The data of nodes, opened when it is first needed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::model::{Node, NodeId};
use crate::ports::storage::{NodeMarker, OpenedNode, StorageError, StorageRead};

/// Opens what lies behind a data URL.
pub type Opener<'a, S> = &'a (dyn Fn(&str) -> Result<S, StorageError> + Send + Sync);

/// The data of all nodes. Every use looks at the node's marker, so what was opened once need not be opened again.
pub struct Places<'a, S> {
    cluster_id: String,
    open: Opener<'a, S>,
    opened: Mutex<BTreeMap<NodeId, Opened<S>>>,
}

struct Opened<S> {
    url: String,
    node: Arc<OpenedNode<S>>,
}

impl<'a, S: StorageRead> Places<'a, S> {
    /// The data of a cluster's nodes.
    #[must_use]
    pub fn new(cluster_id: String, open: Opener<'a, S>) -> Self {
        Self { cluster_id, open, opened: Mutex::new(BTreeMap::new()) }
    }

    /// The data of a node.
    ///
    /// # Errors
    /// It has no data URL, or what is there does not answer or is not that node's.
    pub async fn of(&self, id: &NodeId, nodes: &BTreeMap<NodeId, Node>) -> Result<Arc<OpenedNode<S>>, StorageError> {
        let Some(url) = nodes.get(id).and_then(|node| node.data_url.clone()) else {
            return Err(StorageError::NoUrl { node: id.clone() });
        };
        let known = |opened: &BTreeMap<NodeId, Opened<S>>| {
            opened.get(id).filter(|opened| opened.url == url).map(|opened| opened.node.clone())
        };
        if let Some(node) = self.with(|opened| known(opened)) {
            return Ok(node);
        }
        let marker = NodeMarker { cluster_id: self.cluster_id.clone(), node_id: id.clone() };
        let node = Arc::new(OpenedNode::open((self.open)(&url)?, marker).await?);
        self.with(|opened| opened.insert(id.clone(), Opened { url, node: node.clone() }));
        Ok(node)
    }

    fn with<T>(&self, work: impl FnOnce(&mut BTreeMap<NodeId, Opened<S>>) -> T) -> T {
        // What is in there is whole whenever the lock is free.
        work(&mut self.opened.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
