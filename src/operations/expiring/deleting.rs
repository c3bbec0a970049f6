//! Copies on several nodes, deleted at the same time.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::stream::{self, StreamExt as _};
use tokio::time::Instant;

use super::asking::with;
use super::driver::Driver;
use crate::migration::expiry::CopyToDelete;
use crate::migration::facts::Deletion;
use crate::model::{Node, NodeId, PartitionId};
use crate::operations::OperationError;
use crate::operations::executing::effects::{delete_from, place_of};
use crate::ports::MetadataWrite;
use crate::ports::storage::StorageWrite;

/// Copies of one group of partitions that are deleted at the same time.
const DELETIONS_AT_ONCE: usize = 8;
/// A node that did not answer is not asked again for so long: each of its copies would cost the wait for its silence.
const AWAY_FOR: Duration = Duration::from_secs(30);

impl<M: MetadataWrite, S: StorageWrite> Driver<'_, M, S> {
    /// Deletes copies, each by its id, and gives what became of each.
    ///
    /// # Errors
    /// The store's, when it is asked where nodes have their data.
    pub(super) async fn delete(
        &self,
        deletions: Vec<(PartitionId, Vec<CopyToDelete>)>,
    ) -> Result<Vec<(PartitionId, CopyToDelete, Deletion)>, OperationError> {
        let nodes = self.nodes().await?;
        let copies = deletions.into_iter().flat_map(|(id, copies)| copies.into_iter().map(move |copy| (id, copy)));
        let deleted = copies.map(async |(id, copy)| {
            let is_away =
                |now: Instant| with(&self.memory.away, |away| away.get(&copy.node).is_some_and(|at| *at > now));
            let deletion = match place_of(id, &copy.copy_id) {
                // Who stops begins nothing more.
                Ok(_) if self.halt.is_thrown() => Deletion::Open,
                Ok(_) if is_away(Instant::now()) => Deletion::Unreachable,
                Ok(place) => delete_from(self.places, &nodes, &copy.node, &place).await,
                // A claim writes no such id.
                Err(_) => Deletion::Unreachable,
            };
            match deletion {
                Deletion::Gone => self.crash.pass("expiry-deleted"),
                Deletion::Unreachable => self.look_at(&copy.node, &nodes).await,
                Deletion::Open => {}
            }
            (id, copy, deletion)
        });
        Ok(stream::iter(deleted).buffer_unordered(DELETIONS_AT_ONCE).collect().await)
    }

    /// Whether it was the node that did not answer, or one copy that could not be deleted.
    async fn look_at(&self, node: &NodeId, nodes: &BTreeMap<NodeId, Node>) {
        let is_there = match self.places.of(node, nodes).await {
            Ok(opened) => opened.check().await.is_ok(),
            Err(_) => false,
        };
        if !is_there {
            with(&self.memory.away, |away| away.insert(node.clone(), Instant::now() + AWAY_FOR));
        }
    }
}
