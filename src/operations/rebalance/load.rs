//! The planner's layout, read from a store at one revision.
//!
//! Invariant: a plan rests on every record or on none. What cannot be read is kept beside the layout, and
//! [`LoadedLayout::whole`] refuses it; simulations may show the rest. While it reads, a partition costs some 60 bytes.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;

use crate::model::{
    ClusterSpec, Node, NodeId, NodeState, PartitionExtension, PartitionId, PartitionRecord, PartitionState, Revision,
    TimeBucket, Timestamp,
};
use crate::operations::cluster::CorruptValue;
use crate::operations::consistent::consistently;
use crate::operations::listing::read_extensions;
use crate::operations::records::id_of;
use crate::operations::{ClusterView, OperationError};
use crate::placement::{NODES_MAX, NodeIndex};
use crate::planner::layout::LayoutPartition;
use crate::planner::{Hold, Layout, LayoutError, NodeRole};
use crate::ports::metadata::Entry;
use crate::ports::{Keys, MetadataRead};

/// Seconds that a move is taken to need at most: what expires sooner is not moved. Adding a tenth of new nodes took 11.1 h
/// at the default pace.
const MOVE_SECONDS_MAX: i64 = 12 * 3600;

/// Of a short retention only so small a part counts as "expires soon": one in so many.
const EXPIRING_PART: i64 = 20;

/// What an operator asks of the layout itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LayoutOptions {
    /// Open time buckets may be moved, too.
    pub include_open: bool,
    /// Nodes that are to be emptied beside those whose state says so.
    pub drain: Vec<NodeId>,
    /// Nodes that keep what they have.
    pub exclude_nodes: Vec<NodeId>,
    /// Partitions that stay where they are.
    pub exclude_partitions: Vec<PartitionId>,
    /// Names of nodes and partitions that are not there are passed over: for a plan that was made before.
    pub pass_over_unknown: bool,
}

/// A layout and what it was made of.
#[derive(Debug)]
#[must_use]
pub struct LoadedLayout {
    /// Spec and nodes at the revision that was read.
    pub view: ClusterView,
    /// Nodes and partitions that can be read.
    pub layout: Layout,
    /// What cannot be read, and is missing in the layout.
    pub corrupt: Vec<CorruptValue>,
    /// Nodes that records name and the cluster does not know: lost to the planner.
    pub strangers: Vec<NodeId>,
}

impl LoadedLayout {
    /// The same if it is whole.
    ///
    /// # Errors
    /// [`OperationError::Corrupt`] with the first value that cannot be read: on half the data nothing is planned.
    pub fn whole(self) -> Result<Self, OperationError> {
        match self.corrupt.first() {
            None => Ok(self),
            Some(corrupt) => Err(corrupt.clone().into()),
        }
    }
}

/// Reads a layout.
///
/// # Errors
/// The store does not answer or is empty, the spec cannot be read, there is no node, an option names what is not there, or
/// the records are no layout.
pub async fn load<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    at: Option<Revision>,
    now: Timestamp,
    options: &LayoutOptions,
) -> Result<LoadedLayout, OperationError> {
    consistently(at, async || load_once(store, keys, at, now, options).await).await
}

async fn load_once<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    at: Option<Revision>,
    now: Timestamp,
    options: &LayoutOptions,
) -> Result<LoadedLayout, OperationError> {
    let (view, lists) = ClusterView::read(store, keys, at, &[keys.migrations(), keys.repair_marks()]).await?;
    let list = |n: usize| lists.get(n).map(Vec::as_slice).unwrap_or_default();
    // Of a cluster without recorded nodes these are its records, which the scan below meets again.
    let mut corrupt: Vec<CorruptValue> =
        view.corrupt.iter().filter(|c| keys.name("partitions", &c.key).is_none()).cloned().collect();
    let in_flight = journals(keys, list(0), &mut corrupt);
    let (extensions, bad_extensions) = read_extensions(store, keys, view.revision).await?;
    corrupt.extend(bad_extensions);
    let mut records = Records::of(&view);
    let mut visit = |entry: &Entry| match parse(keys, entry) {
        Ok(mut record) => {
            // Nobody holds what was split, and whoever held it may be gone.
            if extensions.get(&record.id).is_some_and(|extension| extension.is_emptied_by_split(&record)) {
                record.nodes.clear();
            }
            match records.add(&record, entry.mod_revision) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            }
        }
        Err(bad) => {
            corrupt.push(bad);
            ControlFlow::Continue(())
        }
    };
    store.scan(&keys.partitions(), Some(view.revision), &mut visit).await?;
    let Records { nodes, partitions, replicas, strangers, too_many, .. } = records;
    if too_many {
        return Err(LayoutError::TooManyNodes(nodes.len() + 1).into());
    }
    let mut layout = match (Layout::new(&nodes, view.spec.replication_factor), corrupt.first()) {
        // That there is no node may be the fault of values that cannot be read.
        (Err(LayoutError::NoNodes), Some(corrupt)) => return Err(corrupt.clone().into()),
        (layout, _) => layout?,
    };
    let holds = Holds::new(&view.spec, now, options, &extensions, &in_flight);
    fill(&mut layout, &nodes, partitions, &replicas, holds)?;
    apply_options(&mut layout, options)?;
    add_marks(&mut layout, keys, list(1), &mut corrupt);
    Ok(LoadedLayout { view, layout, corrupt, strangers })
}

/// The partitions on which an operation is in flight.
fn journals(keys: &Keys, entries: &[Entry], corrupt: &mut Vec<CorruptValue>) -> BTreeSet<PartitionId> {
    let mut ids = BTreeSet::new();
    for entry in entries {
        match id_of(keys, "migrations", entry) {
            Ok(id) => drop(ids.insert(id)),
            Err(bad) => corrupt.push(bad),
        }
    }
    ids
}

fn parse(keys: &Keys, entry: &Entry) -> Result<PartitionRecord, CorruptValue> {
    let id = id_of(keys, "partitions", entry)?;
    PartitionRecord::parse(id, &entry.value)
        .map_err(|reason| CorruptValue { key: entry.key.clone(), reason: reason.to_string() })
}

/// A record in short. Its nodes are a part of [`Records::replicas`], numbers of [`Records::nodes`].
struct ShortRecord {
    id: PartitionId,
    size_bytes: u64,
    revision: u64,
    first: u32,
    count: u8,
    leader: Option<u8>,
    state: PartitionState,
}

/// What the scan gathers.
struct Records {
    /// Those of the cluster, then strangers.
    nodes: Vec<Node>,
    numbers: HashMap<NodeId, NodeIndex>,
    strangers: Vec<NodeId>,
    partitions: Vec<ShortRecord>,
    replicas: Vec<NodeIndex>,
    too_many: bool,
}

/// There are more nodes or replicas than can be numbered.
struct TooMany;

impl Records {
    fn of(view: &ClusterView) -> Self {
        let nodes: Vec<Node> = view.nodes.iter().map(|(node, _)| node.clone()).collect();
        let numbers = nodes.iter().zip(0..).map(|(node, number)| (node.id.clone(), number)).collect();
        let too_many = nodes.len() > NODES_MAX;
        Self { nodes, numbers, strangers: Vec::new(), partitions: Vec::new(), replicas: Vec::new(), too_many }
    }

    fn add(&mut self, record: &PartitionRecord, revision: Revision) -> Result<(), TooMany> {
        let first = u32::try_from(self.replicas.len()).map_err(|_| TooMany)?;
        for node in &record.nodes {
            let number = match self.numbers.get(node) {
                Some(number) => *number,
                None => self.stranger(node)?,
            };
            self.replicas.push(number);
        }
        let slot = |leader: &NodeId| record.nodes.iter().position(|node| node == leader);
        self.partitions.push(ShortRecord {
            id: record.id,
            size_bytes: record.size_bytes,
            revision: revision.0,
            first,
            count: u8::try_from(record.nodes.len()).unwrap_or(u8::MAX),
            leader: record.leader.as_ref().and_then(slot).and_then(|slot| u8::try_from(slot).ok()),
            state: record.state,
        });
        Ok(())
    }

    /// Numbers a node that the cluster does not know: nobody can say where its copies are.
    fn stranger(&mut self, id: &NodeId) -> Result<NodeIndex, TooMany> {
        if self.nodes.len() >= NODES_MAX {
            self.too_many = true;
            return Err(TooMany);
        }
        let number = self.nodes.len() as NodeIndex;
        self.nodes.push(Node { state: NodeState::Down, ..Node::new(id.clone()) });
        self.numbers.insert(id.clone(), number);
        self.strangers.push(id.clone());
        Ok(number)
    }
}

/// Adds the partitions in the order of their ids.
fn fill(
    layout: &mut Layout,
    nodes: &[Node],
    mut partitions: Vec<ShortRecord>,
    replicas: &[NodeIndex],
    mut holds: Holds<'_>,
) -> Result<(), LayoutError> {
    // The layout has its own order of the nodes.
    let numbers: Vec<NodeIndex> = nodes.iter().map(|n| layout.node_index(&n.id).unwrap_or_default()).collect();
    // Keys come in the order of their bytes, which is nearly that of the numbers.
    partitions.sort_by_key(|partition| partition.id);
    layout.reserve(partitions.len());
    let mut holders: Vec<NodeIndex> = Vec::new();
    for partition in partitions {
        let ShortRecord { id, size_bytes, revision, first, count, leader, state } = partition;
        let slots = &replicas[first as usize..][..usize::from(count)];
        holders.clear();
        holders.extend(slots.iter().map(|&number| numbers[usize::from(number)]));
        let extension = holds.extensions.get(&id);
        let hold = holds.of(id, size_bytes, state, extension);
        layout.push(&LayoutPartition {
            id,
            // Its children hold what it held.
            size_bytes: if hold == Hold::Split { 0 } else { size_bytes },
            nodes: &holders,
            leader: leader.map(|slot| holders[usize::from(slot)]),
            hold,
            state,
            revision,
            epoch: extension.map_or(0, |extension| extension.epoch),
        })?;
    }
    Ok(())
}

/// What a time bucket says of its partitions.
#[derive(Clone, Copy)]
struct Age {
    bucket: TimeBucket,
    /// Whether it is still being written, now or in future.
    is_open: bool,
    begins_later: bool,
    expires: bool,
}

/// Why partitions may not be moved.
struct Holds<'a> {
    spec: &'a ClusterSpec,
    now: Timestamp,
    include_open: bool,
    excluded: BTreeSet<PartitionId>,
    extensions: &'a BTreeMap<PartitionId, PartitionExtension>,
    in_flight: &'a BTreeSet<PartitionId>,
    /// Of the bucket before: partitions come bucket by bucket.
    last: Option<Age>,
}

impl<'a> Holds<'a> {
    fn new(
        spec: &'a ClusterSpec,
        now: Timestamp,
        options: &LayoutOptions,
        extensions: &'a BTreeMap<PartitionId, PartitionExtension>,
        in_flight: &'a BTreeSet<PartitionId>,
    ) -> Self {
        let excluded = options.exclude_partitions.iter().copied().collect();
        Self { spec, now, include_open: options.include_open, excluded, extensions, in_flight, last: None }
    }

    fn age(&mut self, id: PartitionId) -> Age {
        if let Some(age) = self.last.filter(|age| age.bucket == id.bucket()) {
            return age;
        }
        let partitioning = self.spec.partitioning_of(id);
        let span = id.bucket().range(partitioning.granularity_hours);
        let retention = i64::from(partitioning.retention_days) * 86_400;
        let soon = self.now.plus_seconds(MOVE_SECONDS_MAX.min(retention / EXPIRING_PART));
        let age = Age {
            bucket: id.bucket(),
            is_open: span.end() > self.now,
            begins_later: span.start() > self.now,
            expires: partitioning.is_expired(id.bucket(), soon),
        };
        self.last = Some(age);
        age
    }

    /// The first reason that holds; the strongest come first.
    fn of(
        &mut self,
        id: PartitionId,
        size_bytes: u64,
        state: PartitionState,
        extension: Option<&PartitionExtension>,
    ) -> Hold {
        let age = self.age(id);
        let is_foreign = match state {
            PartitionState::Rebalancing | PartitionState::Migrating => true,
            PartitionState::Active | PartitionState::ReadOnly => false,
        };
        if extension.is_some_and(|extension| extension.split_bits > 0) {
            Hold::Split
        } else if self.in_flight.contains(&id) {
            Hold::InFlight
        } else if is_foreign {
            Hold::ForeignState
        } else if self.excluded.contains(&id) {
            Hold::Excluded
        } else if extension.is_some_and(|extension| extension.pinned) {
            Hold::Pinned
        } else if age.expires {
            Hold::Expiring
        } else if age.begins_later && size_bytes == 0 {
            Hold::Future
        } else if age.is_open && !self.include_open {
            Hold::Open
        } else {
            Hold::Free
        }
    }
}

fn apply_options(layout: &mut Layout, options: &LayoutOptions) -> Result<(), OperationError> {
    let LayoutOptions { include_open: _, drain, exclude_nodes, exclude_partitions, pass_over_unknown } = options;
    let missing = |what: String| match pass_over_unknown {
        true => Ok(()),
        false => Err(OperationError::NotFound { what }),
    };
    for id in drain {
        match layout.node_index(id) {
            // What is lost stays lost: its copies are made anew elsewhere.
            Some(node) if layout.node(node).role == NodeRole::Lost => {}
            Some(node) => layout.set_role(node, NodeRole::Draining),
            None => missing(format!("node {id}"))?,
        }
    }
    for id in exclude_nodes {
        match layout.node_index(id) {
            Some(node) if layout.node(node).role != NodeRole::Lost => layout.set_role(node, NodeRole::Fixed),
            Some(_) if *pass_over_unknown => {}
            Some(_) => {
                return Err(OperationError::Invalid(format!(
                    "node {id} cannot be excluded: it is down or not recorded, and what it held is made anew elsewhere"
                )));
            }
            None => missing(format!("node {id}"))?,
        }
    }
    exclude_partitions
        .iter()
        .filter(|id| layout.partition_index(**id).is_none())
        .try_for_each(|id| missing(format!("partition {id}")))
}

/// Marks of copies that are listed; of others there is nothing to repair.
fn add_marks(layout: &mut Layout, keys: &Keys, entries: &[Entry], corrupt: &mut Vec<CorruptValue>) {
    for entry in entries {
        let Some((id, node)) = keys.repair_mark_of(&entry.key) else {
            let reason = "its key names no partition and node".to_owned();
            corrupt.push(CorruptValue { key: entry.key.clone(), reason });
            continue;
        };
        if let (Some(partition), Some(node)) = (layout.partition_index(id), layout.node_index(&node))
            && layout.holders(partition).contains(&node)
        {
            layout.mark(partition, node);
        }
    }
}

#[cfg(test)]
mod tests;
