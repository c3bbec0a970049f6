//! What a driver asks the store, and how long it waits: for writers, and for a store that is silent.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::OnceCell;
use tokio::time::{Instant, sleep};

use super::driver::{Driver, InFlight, Own};
use super::event::ExpiryEvent;
use super::sight::{Sight, read};
use crate::migration::expiry::ExpiryFacts;
use crate::model::{Node, NodeId, PartitionId};
use crate::operations::OperationError;
use crate::operations::consistent::entries;
use crate::operations::executing::read::node_of;
use crate::operations::patience::Patience;
use crate::ports::MetadataWrite;
use crate::ports::storage::StorageWrite;

/// What is known of the nodes is not part of any fence, so it is not used for longer than this.
const NODES_AGE_MAX: Duration = Duration::from_secs(1);

/// All nodes, and when they were read.
type NodesRead = (Instant, Arc<BTreeMap<NodeId, Node>>);

/// What a driver remembers beside the facts about each partition. Nothing of it is needed to be right.
#[derive(Default)]
pub(super) struct Memory {
    pub(super) nodes: Mutex<Option<NodesRead>>,
    patience: Patience,
    /// Nodes that did not answer, and until when they are not asked again.
    pub(super) away: Mutex<BTreeMap<NodeId, Instant>>,
    pub(super) expired: AtomicU64,
    pub(super) bytes: AtomicU64,
}

impl<M: MetadataWrite, S: StorageWrite> Driver<'_, M, S> {
    /// Waits until every writer has seen the state of partitions that were claimed: once for all that were seen claimed
    /// before the wait; one that somebody claimed anew since waits by itself.
    pub(super) async fn settle(
        &self,
        ids: &[InFlight],
        settling: &[PartitionId],
        (own, settled): (&mut BTreeMap<PartitionId, Own>, &OnceCell<bool>),
    ) {
        let was_over = *settled.get_or_init(|| self.wait_for_writers()).await;
        let is_known = |id: PartitionId, facts: &ExpiryFacts| {
            ids.iter().any(|(known, operation)| *known == id && *operation == facts.operation_id)
        };
        let all_known = settling.iter().all(|id| own.get(id).is_some_and(|own| is_known(*id, &own.facts)));
        let over = if all_known { was_over } else { self.wait_for_writers().await };
        if over {
            for id in settling {
                own.entry(*id).or_default().facts.settled = true;
            }
        }
    }

    /// Whether the time is over; if not, everything stops.
    async fn wait_for_writers(&self) -> bool {
        if !self.settle.is_zero() {
            (self.tell)(&ExpiryEvent::Settling(self.settle));
        }
        let over = tokio::select! {
            () = sleep(self.settle) => true,
            () = self.halt.thrown() => false,
        };
        if over {
            self.crash.pass("expiry-settled");
        }
        over
    }

    /// Partitions as they stand, each in one read transaction with others.
    ///
    /// # Errors
    /// The store's, when it is silent for long.
    pub(super) async fn read(
        &self,
        ids: &[PartitionId],
    ) -> Result<Vec<(PartitionId, Result<Sight, OperationError>)>, OperationError> {
        loop {
            let nodes = self.nodes().await?;
            match read(self.store, self.keys, ids, &nodes).await {
                Ok(sights) => {
                    self.answered();
                    return Ok(sights);
                }
                Err(error) => self.may_retry(error).await?,
            }
        }
    }

    /// All nodes that can be read; one that cannot counts as not there.
    pub(super) async fn nodes(&self) -> Result<Arc<BTreeMap<NodeId, Node>>, OperationError> {
        let known = with(&self.memory.nodes, |nodes| nodes.clone());
        if let Some((_, nodes)) = known.filter(|(at, _)| at.elapsed() < NODES_AGE_MAX) {
            return Ok(nodes);
        }
        loop {
            let at = Instant::now();
            match entries(self.store, &self.keys.nodes()).await {
                Ok(found) => {
                    let nodes: Arc<BTreeMap<_, _>> =
                        Arc::new(found.iter().filter_map(|entry| node_of(self.keys, entry)).collect());
                    with(&self.memory.nodes, |known| *known = Some((at, nodes.clone())));
                    return Ok(nodes);
                }
                Err(error) => self.may_retry(error).await?,
            }
        }
    }

    pub(super) fn answered(&self) {
        self.memory.patience.answered();
    }

    /// Waits a moment if the store may be asked again.
    ///
    /// # Errors
    /// It may not: it is another error, or the store is silent for long, or everything stops.
    pub(super) async fn may_retry(&self, error: OperationError) -> Result<(), OperationError> {
        let tell = |reason| (self.tell)(&ExpiryEvent::Waits(reason));
        self.memory.patience.may_retry(error, self.halt, tell).await
    }
}

/// Looks at or changes what is remembered, which is whole whenever the lock is free.
pub(super) fn with<T, R>(memory: &Mutex<T>, work: impl FnOnce(&mut T) -> R) -> R {
    work(&mut memory.lock().unwrap_or_else(PoisonError::into_inner))
}
