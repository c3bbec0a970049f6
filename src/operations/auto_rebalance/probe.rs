//! Looking at the data of nodes: whether it answers, and is that node's.

use std::time::Duration;

use futures_util::stream::{self, StreamExt as _};
use tokio::time::timeout;

use super::health::Look;
use crate::model::{Node, NodeState};
use crate::operations::ClusterView;
use crate::operations::executing::Opener;
use crate::ports::storage::{NodeMarker, OpenedNode, StorageRead};

/// How long one look may take.
const LOOK_TIMEOUT: Duration = Duration::from_secs(5);
/// Nodes that are looked at at the same time.
const LOOKS_AT_ONCE: usize = 32;

/// Looks at all nodes, in their order. Of a node without a data URL nothing can be said: it counts as answering.
pub(super) async fn look<S: StorageRead>(view: &ClusterView, open: Opener<'_, S>) -> Vec<Look> {
    let cluster_id = &view.spec.cluster_id;
    let nodes = stream::iter(view.nodes.iter().map(|(node, _)| node));
    nodes.map(|node| look_at(node, cluster_id, open)).buffered(LOOKS_AT_ONCE).collect().await
}

async fn look_at<S: StorageRead>(node: &Node, cluster_id: &str, open: Opener<'_, S>) -> Look {
    let fault = match &node.data_url {
        None => None,
        Some(url) => fault_of(node, url, cluster_id, open).await,
    };
    let zone = node.location.availability_zone.clone();
    Look { node: node.id.clone(), zone, is_down: node.state == NodeState::Down, fault }
}

async fn fault_of<S: StorageRead>(node: &Node, url: &str, cluster_id: &str, open: Opener<'_, S>) -> Option<String> {
    let store = match open(url) {
        Ok(store) => store,
        Err(error) => return Some(error.to_string()),
    };
    let marker = NodeMarker { cluster_id: cluster_id.to_owned(), node_id: node.id.clone() };
    match timeout(LOOK_TIMEOUT, OpenedNode::open(store, marker)).await {
        Ok(Ok(_)) => None,
        Ok(Err(error)) => Some(error.to_string()),
        Err(_) => Some(format!("no answer in {} s", LOOK_TIMEOUT.as_secs())),
    }
}
