//! The places of nodes' data: whether each answers here, is that node's, and looks as if it took data.
//!
//! Invariant: places are read alone. Whether one takes data is seen by what the system says of it, never by writing.

use std::time::Duration;

use futures_util::stream::{self, StreamExt as _};
use tokio::time::timeout;

use crate::model::Node;
use crate::operations::ClusterView;
use crate::operations::executing::Opener;
use crate::ports::storage::error::Cause;
use crate::ports::storage::{NodeMarker, OpenedNode, StorageError, StorageRead};

use super::finding::{Code, Finding};

/// How long one look may take.
const LOOK_TIMEOUT: Duration = Duration::from_secs(5);
/// Places that are looked at at the same time.
const LOOKS_AT_ONCE: usize = 32;

/// Looks at the places of all nodes that are up. Where no node has one, data is nobody's concern here.
pub async fn look<S: StorageRead>(view: &ClusterView, open: Opener<'_, S>) -> Vec<Finding> {
    if view.nodes.iter().all(|(node, _)| node.data_url.is_none()) {
        return Vec::new();
    }
    let up = view.nodes.iter().map(|(node, _)| node).filter(|node| node.state.is_up());
    let looks = stream::iter(up).map(|node| look_at(node, &view.spec.cluster_id, open));
    looks.buffered(LOOKS_AT_ONCE).filter_map(std::future::ready).collect().await
}

async fn look_at<S: StorageRead>(node: &Node, cluster_id: &str, open: Opener<'_, S>) -> Option<Finding> {
    let id = node.id.as_str();
    let set = format!("node set {id} --data-url URL");
    let Some(url) = &node.data_url else {
        let message = "no place of its data is recorded, so nothing can be moved to it or from it";
        return Some(Finding::new(Code::NoDataUrl, id, message).mended_by(set));
    };
    let error = fault_of(node, url, cluster_id, open).await?;
    let hint = error.hint().map(|hint| format!("; {hint}")).unwrap_or_default();
    let finding = Finding::new(Code::DataUnreachable, id, format!("from this host: {error}{hint}"));
    Some(match &error {
        StorageError::Unmarked { .. } => finding.mended_by(format!("node claim {id}")),
        StorageError::NoUrl { .. } | StorageError::Url { .. } | StorageError::Foreign { .. } => finding.mended_by(set),
        StorageError::Unreachable { .. }
        | StorageError::Marker { .. }
        | StorageError::NotFound { .. }
        | StorageError::Exists { .. }
        | StorageError::Full { .. }
        | StorageError::Corrupt { .. }
        | StorageError::Io { .. } => finding,
    })
}

async fn fault_of<S: StorageRead>(
    node: &Node,
    url: &str,
    cluster_id: &str,
    open: Opener<'_, S>,
) -> Option<StorageError> {
    let marker = NodeMarker { cluster_id: cluster_id.to_owned(), node_id: node.id.clone() };
    let look = async {
        let opened = OpenedNode::open(open(url)?, marker).await?;
        opened.looks_writable().await
    };
    let silent = |_| StorageError::Unreachable {
        place: url.to_owned(),
        cause: Cause::Silent,
        detail: format!("nothing in {} s", LOOK_TIMEOUT.as_secs()),
    };
    timeout(LOOK_TIMEOUT, look).await.map_err(silent).and_then(|looked| looked).err()
}
