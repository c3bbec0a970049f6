//! Directories for the data of a new cluster's nodes.

use std::path::{Path, PathBuf};

use crate::cli::data::opener;
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::model::Node;
use crate::ports::storage::{NodeMarker, OpenedNode};

/// The directory below which each node gets one.
pub(super) fn root(text: &str) -> Result<PathBuf, CliError> {
    let wrong = |e: std::io::Error| CliError::usage(format!("--data-root {text:?}: {e}"));
    let path = std::path::absolute(text).map_err(wrong)?;
    match path.to_str() {
        Some(_) => Ok(path),
        None => Err(CliError::usage(format!("--data-root {text:?} is not UTF-8"))),
    }
}

/// Gives each node a directory of its own, where it has no place yet.
pub(super) fn assign(root: &Path, nodes: &mut [Node]) {
    for node in nodes.iter_mut().filter(|node| node.data_url.is_none()) {
        node.data_url = Some(format!("file://{}", root.join(node.id.as_str()).display()));
    }
}

/// Makes the directories and marks them as the nodes'.
pub(super) fn make(
    session: &mut Session<'_, '_>,
    root: &Path,
    cluster_id: &str,
    nodes: &[Node],
) -> Result<(), CliError> {
    let open = opener(session);
    let mut made = 0;
    for node in nodes {
        let place = root.join(node.id.as_str());
        let Some(url) = node.data_url.as_ref().filter(|url| **url == format!("file://{}", place.display())) else {
            continue;
        };
        let hint = || format!("the cluster is made; make the directory and run `otlp-part node claim {}`", node.id);
        std::fs::create_dir_all(&place)
            .map_err(|e| CliError::input_hint(format!("cannot make {}: {e}", place.display()), hint()))?;
        let marker = NodeMarker { cluster_id: cluster_id.to_owned(), node_id: node.id.clone() };
        let fail = |e: crate::ports::storage::StorageError| CliError::input_hint(e.to_string(), hint());
        session.wait(OpenedNode::mark(open(url).map_err(fail)?, marker)).map_err(fail)?;
        made += 1;
    }
    session.talk().note(&format!("made and marked {made} directories below {}", root.display()));
    Ok(())
}
