//! The replicas of a partition in the order in which they are asked, and the nodes behind them.
//!
//! Invariant: the order is: no repair mark before a mark, near before far, the leader before others, then the record's order.
//! A node that did not answer is not asked again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;

use super::report::{ReplicaReport, ReplicaUse};
use super::targets::Target;
use crate::model::location::Nearness;
use crate::model::{Node, NodeId, NodeState};
use crate::operations::executing::{Opener, Places};
use crate::ports::storage::{CopyId, CopyPlace, OpenedNode, StorageError, StorageRead};
use crate::routing::{Near, Topology};

/// One replica.
#[derive(Clone, Debug)]
pub(super) struct Replica {
    pub(super) node: NodeId,
    pub(super) copy: CopyPlace,
    pub(super) marked: bool,
    /// Whether its node is Down or unknown: it is never asked.
    pub(super) down: bool,
    pub(super) zone: Option<String>,
    /// Whether what is read from it crosses zones; `false` if nobody asked from anywhere.
    pub(super) is_cross_zone: bool,
    pub(super) why: &'static str,
}

impl Replica {
    pub(super) fn report(&self) -> ReplicaReport {
        let used = match (self.down, self.marked) {
            (true, _) => ReplicaUse::Down,
            (false, true) => ReplicaUse::Marked,
            (false, false) => ReplicaUse::NotNeeded,
        };
        ReplicaReport { node: self.node.clone(), zone: self.zone.clone(), why: self.why, used, bytes_read: 0 }
    }
}

fn why(near: Option<Nearness>, is_leader: bool) -> &'static str {
    match near {
        Some(Nearness::SameNode) => "same_node",
        Some(Nearness::SameDataCenter) => "same_data_center",
        Some(Nearness::SameZone) => "same_zone",
        Some(Nearness::SameRegion) => "same_region",
        Some(Nearness::Elsewhere) | None if is_leader => "leader",
        Some(Nearness::Elsewhere) | None => "in_order",
    }
}

/// The replicas of a target, in order.
pub(super) fn ordered(topology: &Topology, near: Option<&Near>, target: &Target) -> Vec<Replica> {
    let from = near.and_then(|near| near.location(topology).availability_zone);
    let mut found: Vec<_> = target
        .route
        .owners
        .iter()
        .map(|id| {
            let node = topology.node(id);
            let nearness = near.zip(node).map(|(near, node)| near.nearness(topology, node));
            let is_leader = target.route.leader.as_ref() == Some(id);
            let zone = node.and_then(|node| node.location.availability_zone.clone());
            let copy = target.copies.get(id).cloned().unwrap_or_else(CopyId::first);
            let replica = Replica {
                node: id.clone(),
                copy: CopyPlace::new(target.route.partition, copy),
                marked: target.marks.contains(id),
                down: !topology.state(id).is_some_and(NodeState::is_up),
                is_cross_zone: from.is_some() && zone != from,
                zone,
                why: why(nearness, is_leader),
            };
            (replica, nearness, is_leader)
        })
        .collect();
    // Stable: the record's order decides between equals.
    found.sort_by_key(|(replica, nearness, is_leader)| (replica.marked, replica.down, *nearness, !is_leader));
    found.into_iter().map(|(replica, ..)| replica).collect()
}

type Opened<S> = Arc<OnceCell<Result<Arc<OpenedNode<S>>, StorageError>>>;

/// The nodes of a cluster, each opened once.
pub(super) struct Nodes<'a, S> {
    places: Places<'a, S>,
    nodes: BTreeMap<NodeId, Node>,
    opened: Mutex<BTreeMap<NodeId, Opened<S>>>,
    silent: Mutex<BTreeMap<NodeId, StorageError>>,
}

impl<'a, S: StorageRead> Nodes<'a, S> {
    pub(super) fn new(topology: &Topology, open: Opener<'a, S>) -> Self {
        Self {
            places: Places::new(topology.spec().cluster_id.clone(), open),
            nodes: topology.nodes().iter().map(|node| (node.id.clone(), node.clone())).collect(),
            opened: Mutex::default(),
            silent: Mutex::default(),
        }
    }

    /// A node's data.
    ///
    /// # Errors
    /// It does not answer, or did not before.
    pub(super) async fn of(&self, id: &NodeId) -> Result<Arc<OpenedNode<S>>, StorageError> {
        if let Some(error) = self.silence(id) {
            return Err(error);
        }
        let cell = locked(&self.opened).entry(id.clone()).or_default().clone();
        let opened = cell.get_or_init(|| self.places.of(id, &self.nodes)).await.clone();
        opened.inspect_err(|error| self.note(id, error))
    }

    /// Remembers a node that does not answer, if that is what the error says.
    pub(super) fn note(&self, id: &NodeId, error: &StorageError) {
        if error.is_unreachable() {
            locked(&self.silent).entry(id.clone()).or_insert_with(|| error.clone());
        }
    }

    fn silence(&self, id: &NodeId) -> Option<StorageError> {
        locked(&self.silent).get(id).cloned()
    }

    /// The nodes that did not answer.
    pub(super) fn silent(&self) -> BTreeMap<NodeId, String> {
        locked(&self.silent).iter().map(|(id, error)| (id.clone(), error.to_string())).collect()
    }
}

/// What is behind such a lock is whole whenever it is free.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
