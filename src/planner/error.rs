//! Why there is no plan.

use crate::model::{ByteSize, NodeId, PartitionId};

/// What was asked cannot be planned; the message names the rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// Fewer nodes may hold data than a partition has replicas.
    #[error(
        "{usable} nodes can hold data (neither draining nor down) and the replication factor is {replication_factor}: add \
         nodes, or drain fewer"
    )]
    TooFewNodes {
        /// Nodes that stay.
        usable: usize,
        /// Replicas asked for.
        replication_factor: u8,
    },
    /// A partition that no node can hold.
    #[error("partition {partition} has {}, the largest node can hold {}", ByteSize(*.bytes), ByteSize(*.largest))]
    LargerThanNodes {
        /// The partition.
        partition: PartitionId,
        /// Its size.
        bytes: u64,
        /// The largest capacity.
        largest: u64,
    },
    /// The nodes cannot hold everything.
    #[error("the nodes that stay have no room for {} of what they should hold, by their capacities and zones", ByteSize(*.0))]
    NoCapacity(u64),
    /// A chosen partition has no record.
    #[error("partition {0} is not in the plan's input: nothing is recorded for it")]
    UnknownPartition(PartitionId),
    /// A chosen partition cannot be moved.
    #[error("partition {partition} cannot be moved: {why}")]
    Held {
        /// Which.
        partition: PartitionId,
        /// What holds it.
        why: &'static str,
    },
    /// The node that should give up a copy or lead has none.
    #[error("node {node} holds no replica of partition {partition}")]
    NotAHolder {
        /// The partition.
        partition: PartitionId,
        /// The node.
        node: NodeId,
    },
    /// The node that should take a copy has one.
    #[error("node {node} holds a replica of partition {partition} already")]
    AlreadyAHolder {
        /// The partition.
        partition: PartitionId,
        /// The node.
        node: NodeId,
    },
    /// The node may not be used so.
    #[error("node {node} cannot be used for partition {partition}: {why}")]
    NodeUnusable {
        /// The partition.
        partition: PartitionId,
        /// The node.
        node: NodeId,
        /// Why.
        why: &'static str,
    },
    /// Too many replicas in a zone.
    #[error("zone {zone:?} may hold {most} replicas of partition {partition} and would hold {count}")]
    ZoneRule {
        /// The partition.
        partition: PartitionId,
        /// The zone.
        zone: String,
        /// What it would hold.
        count: usize,
        /// What it may hold.
        most: u8,
    },
    /// No room.
    #[error("node {node} has no room for the {bytes} bytes of partition {partition}: it would be above its capacity")]
    NoRoom {
        /// The partition.
        partition: PartitionId,
        /// The node.
        node: NodeId,
        /// Its size.
        bytes: u64,
    },
    /// No readable copy.
    #[error("partition {0} has no readable copy that misses nothing: there is nothing to copy from")]
    NoSource(PartitionId),
}
