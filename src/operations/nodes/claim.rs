//! Whose data a place holds: the marker without which nothing is read, written or deleted there.

use crate::ports::storage::{NodeMarker, OpenedNode, StorageError, StorageRead};

/// What a place looks like to who wants it for a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// It is that node's already.
    Own,
    /// It has no marker, and no data.
    Empty,
    /// It has no marker, but so many partitions lie there: perhaps another cluster's.
    Unclaimed {
        /// How many.
        partitions: usize,
    },
}

/// Looks at a place for a node.
///
/// # Errors
/// It does not answer, or it is another node's.
pub async fn look<S: StorageRead + Clone>(store: &S, marker: &NodeMarker) -> Result<Found, StorageError> {
    match OpenedNode::open(store.clone(), marker.clone()).await {
        Ok(_) => Ok(Found::Own),
        Err(StorageError::Unmarked { .. }) => Ok(match store.partitions().await?.ids.len() {
            0 => Found::Empty,
            partitions => Found::Unclaimed { partitions },
        }),
        Err(error) => Err(error),
    }
}
