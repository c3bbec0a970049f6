//! The cluster on one screen.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use crate::model::{ByteSize, NodeId, NodeState, PartitionExtension, PartitionId, PartitionRecord, PartitionState};
use crate::model::{Revision, Timestamp};
use crate::ports::metadata::Entry;
use crate::ports::{Keys, MetadataRead};

use super::auto_rebalance::AutoView;
use super::consistent::consistently;
use super::coverage::{Coverage, Hole};
use super::executor::ExecutorView;
use super::listing::read_extensions;
use super::records::id_of;
use super::{ClusterView, OperationError};

/// One node's load.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeLoad {
    /// The node.
    pub node: NodeId,
    /// Its state; `None` = named by records, but not known to the cluster.
    pub state: Option<NodeState>,
    /// Its availability zone.
    pub zone: Option<String>,
    /// Replicas on it.
    pub replicas: u64,
    /// Partitions that it leads.
    pub leaders: u64,
    /// Bytes on it.
    pub bytes: u64,
    /// Its capacity.
    pub capacity_bytes: Option<u64>,
    /// Its weight in thousandths.
    pub weight_millis: u32,
}

/// What `status` shows.
#[derive(Clone, Debug)]
pub struct Status {
    /// The revision that was read.
    pub revision: Revision,
    /// Partitions that hold data: records, but for those of split partitions, whose children hold it.
    pub partitions: u64,
    /// Partitions that were split.
    pub split: u64,
    /// By state.
    pub by_state: BTreeMap<&'static str, u64>,
    /// Bytes of one copy of each.
    pub bytes: ByteSize,
    /// With fewer live listed replicas than the replication factor.
    pub under_replicated: u64,
    /// Without a leader that lives.
    pub leaderless: u64,
    /// Values that cannot be read.
    pub corrupt: u64,
    /// The key of the first of them.
    pub first_corrupt: Option<String>,
    /// Past their retention.
    pub expired: u64,
    /// The end of the unbroken row of whole time buckets that holds the present; `None` if there is none.
    pub created_until: Option<Timestamp>,
    /// The end of the newest time bucket that has records.
    pub newest_end: Option<Timestamp>,
    /// Where records are missing from now on.
    pub holes: Vec<Hole>,
    /// Each node.
    pub nodes: Vec<NodeLoad>,
    /// Operations in flight, lock, what the executor says.
    pub executor: ExecutorView,
    /// Automatic rebalancing.
    pub auto: AutoView,
}

impl Status {
    /// The largest deviation of a live node's bytes from its share by weight, with the node: load ÷ fair share − 1.
    #[must_use]
    pub fn largest_deviation(&self) -> Option<(NodeId, f64)> {
        let live = || self.nodes.iter().filter(|n| n.state == Some(NodeState::Active));
        let weight: u64 = live().map(|n| u64::from(n.weight_millis)).sum();
        let bytes: u64 = live().fold(0, |sum, n| sum.saturating_add(n.bytes));
        if weight == 0 || bytes == 0 {
            return None;
        }
        let deviation = |n: &NodeLoad| {
            let fair = bytes as f64 * f64::from(n.weight_millis) / weight as f64;
            (n.node.clone(), n.bytes as f64 / fair - 1.0)
        };
        live().map(deviation).max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))
    }

    /// The fullest node with a known capacity, and how full it is.
    #[must_use]
    pub fn fullest(&self) -> Option<(NodeId, f64)> {
        let full = |n: &NodeLoad| {
            let capacity = n.capacity_bytes.filter(|c| *c > 0)?;
            Some((n.node.clone(), n.bytes as f64 / capacity as f64))
        };
        self.nodes.iter().filter_map(full).max_by(|a, b| a.1.total_cmp(&b.1))
    }
}

/// Reads everything that the status needs in one pass.
///
/// # Errors
/// The store does not answer or is empty; the spec is corrupt.
pub async fn status<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    at: Option<Revision>,
    now: Timestamp,
) -> Result<(Status, ClusterView), OperationError> {
    consistently(at, async || status_once(store, keys, at, now).await).await
}

async fn status_once<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    at: Option<Revision>,
    now: Timestamp,
) -> Result<(Status, ClusterView), OperationError> {
    let (of_executor, of_auto) = (ExecutorView::ranges(keys), AutoView::ranges(keys));
    let (view, lists) = ClusterView::read(store, keys, at, &[&of_executor[..], &of_auto].concat()).await?;
    let (for_executor, for_auto) = lists.split_at(of_executor.len().min(lists.len()));
    let mut status = Status {
        revision: view.revision,
        partitions: 0,
        split: 0,
        by_state: PartitionState::ALL.iter().map(|s| (s.name(), 0)).collect(),
        bytes: ByteSize(0),
        under_replicated: 0,
        leaderless: 0,
        corrupt: 0,
        first_corrupt: None,
        expired: 0,
        created_until: None,
        newest_end: None,
        holes: Vec::new(),
        nodes: Vec::new(),
        executor: ExecutorView::of(for_executor),
        auto: AutoView::of(for_auto),
    };
    let (extensions, bad_extensions) = read_extensions(store, keys, view.revision).await?;
    // Records that cannot be read are counted below, with all others.
    let bad_nodes = view.corrupt.iter().filter(|c| keys.name("partitions", &c.key).is_none());
    for bad in bad_nodes.chain(&bad_extensions) {
        status.corrupt += 1;
        status.first_corrupt.get_or_insert_with(|| bad.key.clone());
    }
    let mut tally = Tally::new(&view, &extensions, now);
    let mut visit = |entry: &Entry| {
        let record = id_of(keys, "partitions", entry).ok().and_then(|id| PartitionRecord::parse(id, &entry.value).ok());
        match record {
            Some(record) => tally.add(&record, &mut status),
            None => {
                status.corrupt += 1;
                status.first_corrupt.get_or_insert_with(|| entry.key.clone());
            }
        }
        ControlFlow::Continue(())
    };
    store.scan(&keys.partitions(), Some(view.revision), &mut visit).await?;
    status.created_until = tally.coverage.created_until(&view.spec, now);
    status.newest_end = tally.coverage.newest_end();
    let retention_start = view.spec.partitioning_at(now).retention_start(now);
    status.holes = tally.coverage.holes(retention_start);
    status.holes.retain(|hole| hole.range.end() > now);
    status.nodes = tally.loads.into_values().collect();
    Ok((status, view))
}

struct Tally<'a> {
    view: &'a ClusterView,
    extensions: &'a BTreeMap<PartitionId, PartitionExtension>,
    now: Timestamp,
    loads: BTreeMap<NodeId, NodeLoad>,
    coverage: Coverage,
}

impl<'a> Tally<'a> {
    fn new(view: &'a ClusterView, extensions: &'a BTreeMap<PartitionId, PartitionExtension>, now: Timestamp) -> Self {
        let load = |(node, _): &(crate::model::Node, Option<Entry>)| {
            let load = NodeLoad {
                node: node.id.clone(),
                state: Some(node.state),
                zone: node.location.availability_zone.clone(),
                replicas: 0,
                leaders: 0,
                bytes: 0,
                capacity_bytes: node.capacity_bytes,
                weight_millis: node.weight.millis(),
            };
            (node.id.clone(), load)
        };
        let loads = view.nodes.iter().map(load).collect();
        Self { view, extensions, now, loads, coverage: Coverage::default() }
    }

    fn add(&mut self, record: &PartitionRecord, status: &mut Status) {
        let is_split = self.extensions.get(&record.id).is_some_and(|extension| extension.split_bits > 0);
        self.coverage.add(&self.view.spec, record.id, !is_split, record.size_bytes);
        if is_split {
            status.split += 1;
            return;
        }
        status.partitions += 1;
        *status.by_state.entry(record.state.name()).or_default() += 1;
        status.bytes.0 = status.bytes.0.saturating_add(record.size_bytes);
        let mut live = 0;
        for node in &record.nodes {
            let load = self.load(node);
            load.replicas += 1;
            load.bytes = load.bytes.saturating_add(record.size_bytes);
            live += u64::from(load.state.is_some_and(NodeState::is_up));
        }
        if live < u64::from(self.view.spec.replication_factor) {
            status.under_replicated += 1;
        }
        match &record.leader {
            Some(leader) => {
                let load = self.load(leader);
                load.leaders += 1;
                status.leaderless += u64::from(!load.state.is_some_and(NodeState::is_up));
            }
            None => status.leaderless += 1,
        }
        let partitioning = self.view.spec.partitioning_of(record.id);
        status.expired += u64::from(partitioning.is_expired(record.id.bucket(), self.now));
    }

    fn load(&mut self, node: &NodeId) -> &mut NodeLoad {
        self.loads.entry(node.clone()).or_insert_with(|| NodeLoad {
            node: node.clone(),
            state: None,
            zone: None,
            replicas: 0,
            leaders: 0,
            bytes: 0,
            capacity_bytes: None,
            weight_millis: 1000,
        })
    }
}
