//! What the checker finds.

use crate::model::{NodeId, PartitionId};
use crate::planner::plan::MoveKind;
use crate::planner::roles::{Hold, NodeRole};

/// How much a finding matters; the worst one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The plan breaks a rule or contradicts itself: it must not be executed.
    Error,
    /// The cluster has changed: some of the plan's moves rest on what is no longer so.
    Stale,
    /// Figures that no longer fit, or something that could be better.
    Note,
}

/// What of a record is not as the plan expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExpectedField {
    /// Who holds it.
    Nodes,
    /// Who leads it.
    Leader,
    /// Its state.
    State,
    /// Its epoch.
    Epoch,
    /// `mod_revision` of its record.
    ModRevision,
}

impl ExpectedField {
    const fn name(self) -> &'static str {
        match self {
            Self::Nodes => "nodes",
            Self::Leader => "leader",
            Self::State => "state",
            Self::Epoch => "epoch",
            Self::ModRevision => "mod_revision",
        }
    }
}

/// What is wrong with a source of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceFault {
    /// None is named.
    Missing,
    /// It is named though no data is copied.
    NotNeeded,
    /// It holds no copy then.
    NotHolder,
    /// Its node is down.
    Lost,
    /// Its copy misses something.
    Marked,
    /// It is the target itself.
    Target,
}

/// What a node is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// It is to receive a copy.
    Receives,
    /// It is to give one up.
    GivesUp,
    /// It is to lead.
    Leads,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Finding {
    /// Not the schema that this version knows.
    Schema { found: String },
    /// The digest is not that of the document.
    Digest { stated: String, computed: String },
    /// The id is not made of the digest.
    PlanId { stated: String, computed: String },
    /// Nodes or records are not those that were planned on.
    InputChanged,
    /// A setting that cannot be.
    Setting { name: &'static str },
    /// A node that the cluster does not have.
    UnknownNode { place: String, node: NodeId },
    /// A partition that the cluster does not have.
    UnknownPartition { place: String, partition: PartitionId },
    /// Moves are not numbered 0, 1, 2, ….
    Seq { at: usize, seq: u64 },
    /// The first move of a partition says what it expects of the record, the others do not.
    Expects { seq: u64, partition: PartitionId, missing: bool },
    /// The record is not as expected.
    Stale { partition: PartitionId, field: ExpectedField, expected: String, found: String },
    /// `from`, `to` or `bytes` do not belong to this kind of move.
    Shape { seq: u64, kind: MoveKind, fault: &'static str },
    /// Something keeps the partition where it is.
    Held { seq: u64, partition: PartitionId, hold: Hold },
    /// Gives up or leads what it does not hold.
    NotHolder { seq: u64, partition: PartitionId, node: NodeId },
    /// Gets what it holds already.
    AlreadyHolder { seq: u64, partition: PartitionId, node: NodeId },
    /// May not be used for that.
    Role { seq: u64, node: NodeId, role: NodeRole, part: Part },
    /// A copy is rebuilt that needs no repair.
    NeedlessRepair { seq: u64, partition: PartitionId, node: NodeId },
    /// Too many copies of a partition in one zone, more than before.
    ZoneRule { seq: u64, partition: PartitionId, zone: String, copies: usize, most: u8 },
    /// More than a node can hold.
    Capacity { seq: u64, node: NodeId, bytes: u64, capacity: u64 },
    /// The data cannot be read from there.
    Source { seq: u64, partition: PartitionId, node: Option<NodeId>, fault: SourceFault },
    /// A replica that this plan brought is moved again.
    MovedTwice { seq: u64, partition: PartitionId, node: NodeId },
    /// A copy is given up though not more than enough sound ones are left.
    TooFewCopies { seq: u64, partition: PartitionId, left: usize, needed: u8 },
    /// The plan takes leadership from a node that does not have it.
    LeaderFrom { seq: u64, partition: PartitionId, leader: Option<NodeId> },
    /// A copy that misses something is to lead.
    MarkedLeader { seq: u64, partition: PartitionId, node: NodeId },
    /// Above what it had and above its band, if execution stops after this move.
    Overfull { seq: u64, node: NodeId, bytes: u64, most: u64 },
    /// The bytes of a move are not those of the partition.
    MoveBytes { seq: u64, partition: PartitionId, stated: u64, found: u64 },
    /// At the end a node is outside its band, and nothing says why.
    OutOfBand { node: NodeId, bytes: u64, low: u64, high: u64 },
    /// At the end a draining node holds what could be moved, and nothing says why.
    NotEmptied { node: NodeId, partition: PartitionId },
    /// At the end a partition lacks sound copies, and nothing says why.
    NotRepaired { partition: PartitionId, copies: usize, needed: u8 },
    /// At the end a node leads more than its part, and nothing says why.
    LeaderShare { node: NodeId, leaders: u64, share: u64 },
    /// More than the operator allowed.
    AboveLimit { name: &'static str, stated: u64, limit: u64 },
    /// A total of the plan is not what its moves make.
    Total { name: &'static str, stated: f64, computed: f64 },
    /// A figure of a node is not what nodes, records and moves make.
    NodeFigure { node: NodeId, name: &'static str, stated: f64, computed: f64 },
    /// A node is not in the list, or twice, or with another zone or weight.
    NodeEntry { node: NodeId, fault: &'static str },
}

impl Finding {
    /// Its name in JSON.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Schema { .. } => "schema",
            Self::Digest { .. } => "digest",
            Self::PlanId { .. } => "plan_id",
            Self::InputChanged => "input_changed",
            Self::Setting { .. } => "setting",
            Self::UnknownNode { .. } => "unknown_node",
            Self::UnknownPartition { .. } => "unknown_partition",
            Self::Seq { .. } => "seq",
            Self::Expects { .. } => "expects",
            Self::Stale { .. } => "stale",
            Self::Shape { .. } => "shape",
            Self::Held { .. } => "held",
            Self::NotHolder { .. } => "not_holder",
            Self::AlreadyHolder { .. } => "already_holder",
            Self::Role { .. } => "role",
            Self::NeedlessRepair { .. } => "needless_repair",
            Self::ZoneRule { .. } => "zone_rule",
            Self::Capacity { .. } => "capacity",
            Self::Source { .. } => "source",
            Self::MovedTwice { .. } => "moved_twice",
            Self::TooFewCopies { .. } => "too_few_copies",
            Self::LeaderFrom { .. } => "leader_from",
            Self::MarkedLeader { .. } => "marked_leader",
            Self::Overfull { .. } => "overfull",
            Self::MoveBytes { .. } => "move_bytes",
            Self::OutOfBand { .. } => "out_of_band",
            Self::NotEmptied { .. } => "not_emptied",
            Self::NotRepaired { .. } => "not_repaired",
            Self::LeaderShare { .. } => "leader_share",
            Self::AboveLimit { .. } => "above_limit",
            Self::Total { .. } => "total",
            Self::NodeFigure { .. } => "node_figure",
            Self::NodeEntry { .. } => "node_entry",
        }
    }

    /// Whether it concerns figures alone, which change with the sizes of the partitions and do no harm.
    pub(super) const fn is_figure(&self) -> bool {
        matches!(
            self,
            Self::Total { .. }
                | Self::NodeFigure { .. }
                | Self::MoveBytes { .. }
                | Self::OutOfBand { .. }
                | Self::Overfull { .. }
                | Self::NotEmptied { .. }
                | Self::NotRepaired { .. }
        )
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Schema { found } => write!(f, "the schema is {found:?}, not {:?}", crate::planner::document::SCHEMA),
            Self::Digest { stated, computed } => {
                write!(f, "the plan was changed after it was made: its digest is {computed}, it says {stated}")
            }
            Self::PlanId { stated, computed } => write!(f, "the plan's id is {stated}, its digest makes {computed}"),
            Self::InputChanged => f.write_str("nodes or partitions have changed since the plan was made"),
            Self::Setting { name } => write!(f, "the setting {name} is out of range"),
            Self::UnknownNode { place, node } => write!(f, "{place} names node {node}, which is not in the cluster"),
            Self::UnknownPartition { place, partition } => {
                write!(f, "{place} names partition {partition}, which does not exist")
            }
            Self::Seq { at, seq } => write!(f, "move {at} says that its number is {seq}"),
            Self::Expects { seq, partition, missing: true } => {
                write!(f, "move {seq} is the first of partition {partition} and does not say what it expects")
            }
            Self::Expects { seq, partition, missing: false } => {
                write!(f, "move {seq} is not the first of partition {partition} and says what it expects")
            }
            Self::Stale { partition, field, expected, found } => {
                write!(f, "partition {partition} has {} {found}, the plan expects {expected}", field.name())
            }
            Self::Shape { seq, kind, fault } => write!(f, "move {seq} ({}): {fault}", name_of(*kind)),
            Self::Held { seq, partition, hold } => {
                write!(f, "move {seq}: partition {partition} may not be changed: {}", hold.why())
            }
            Self::NotHolder { seq, partition, node } => {
                write!(f, "move {seq}: node {node} does not hold partition {partition} then")
            }
            Self::AlreadyHolder { seq, partition, node } => {
                write!(f, "move {seq}: node {node} holds partition {partition} already")
            }
            Self::Role { seq, node, role, part } => {
                write!(f, "move {seq}: node {node} is {} and {}", role_name(*role), part_of(*part))
            }
            Self::NeedlessRepair { seq, partition, node } => {
                write!(f, "move {seq}: the copy of partition {partition} on node {node} needs no repair")
            }
            Self::ZoneRule { seq, partition, zone, copies, most } => {
                write!(
                    f,
                    "move {seq} brings partition {partition} to {copies} copies in zone {zone:?}, the most is {most}"
                )
            }
            Self::Capacity { seq, node, bytes, capacity } => {
                write!(f, "move {seq} brings node {node} to {bytes} bytes, it can hold {capacity}")
            }
            Self::Source { seq, partition, node, fault } => source_fault(f, *seq, *partition, node.as_ref(), *fault),
            Self::MovedTwice { seq, partition, node } => {
                write!(
                    f,
                    "move {seq} takes partition {partition} from node {node}, whither this plan has just brought it"
                )
            }
            Self::TooFewCopies { seq, partition, left, needed } => {
                write!(f, "move {seq} leaves {left} sound copies of partition {partition}, {needed} are needed")
            }
            Self::LeaderFrom { seq, partition, leader: Some(leader) } => {
                write!(f, "move {seq}: node {leader} leads partition {partition} then")
            }
            Self::LeaderFrom { seq, partition, leader: None } => {
                write!(f, "move {seq}: nobody leads partition {partition} then")
            }
            Self::MarkedLeader { seq, partition, node } => {
                write!(
                    f,
                    "move {seq}: the copy of partition {partition} on node {node} misses something and may not lead"
                )
            }
            Self::Overfull { seq, node, bytes, most } => {
                write!(f, "after move {seq} node {node} holds {bytes} bytes, more than its start and its band ({most})")
            }
            Self::MoveBytes { seq, partition, stated, found } => {
                write!(f, "move {seq} copies {stated} bytes, partition {partition} has {found}")
            }
            Self::OutOfBand { node, bytes, low, high } => {
                write!(
                    f,
                    "node {node} ends with {bytes} bytes, its band is {low} to {high}, and the plan does not say why"
                )
            }
            Self::NotEmptied { node, partition } => {
                write!(
                    f,
                    "node {node} is to be emptied, still holds partition {partition}, and the plan does not say why"
                )
            }
            Self::NotRepaired { partition, copies, needed } => write!(
                f,
                "partition {partition} ends with {copies} sound copies, {needed} are needed, and the plan does not say why"
            ),
            Self::LeaderShare { node, leaders, share } => {
                write!(
                    f,
                    "node {node} ends with {leaders} leaders, its share is {share}, and the plan does not say why"
                )
            }
            Self::AboveLimit { name, stated, limit } => write!(f, "{name} is {limit}, the plan has {stated}"),
            Self::Total { name, stated, computed } => {
                write!(f, "{name} is {stated} in the plan and {computed} in truth")
            }
            Self::NodeFigure { node, name, stated, computed } => {
                write!(f, "{name} of node {node} is {stated} in the plan and {computed} in truth")
            }
            Self::NodeEntry { node, fault } => write!(f, "the list of nodes: node {node} {fault}"),
        }
    }
}

fn source_fault(
    f: &mut std::fmt::Formatter<'_>,
    seq: u64,
    partition: PartitionId,
    node: Option<&NodeId>,
    fault: SourceFault,
) -> std::fmt::Result {
    let node = node.map_or("", NodeId::as_str);
    match fault {
        SourceFault::Missing => write!(f, "move {seq} does not say from where partition {partition} is copied"),
        SourceFault::NotNeeded => write!(f, "move {seq} copies nothing and names a source, node {node}"),
        SourceFault::NotHolder => {
            write!(f, "move {seq} copies partition {partition} from node {node}, which does not hold it")
        }
        SourceFault::Lost => write!(f, "move {seq} copies partition {partition} from node {node}, which is down"),
        SourceFault::Marked => {
            write!(f, "move {seq} copies partition {partition} from node {node}, whose copy misses something")
        }
        SourceFault::Target => write!(f, "move {seq} copies partition {partition} from its own target, node {node}"),
    }
}

const fn name_of(kind: MoveKind) -> &'static str {
    match kind {
        MoveKind::Replica => "replica",
        MoveKind::Leader => "leader",
        MoveKind::Repair => "repair",
        MoveKind::Remove => "remove",
    }
}

const fn role_name(role: NodeRole) -> &'static str {
    match role {
        NodeRole::Open => "open",
        NodeRole::SendOnly => "cordoned",
        NodeRole::Fixed => "excluded",
        NodeRole::Draining => "to be emptied",
        NodeRole::Lost => "down",
    }
}

const fn part_of(part: Part) -> &'static str {
    match part {
        Part::Receives => "receives no data",
        Part::GivesUp => "gives up no copy this way",
        Part::Leads => "does not lead",
    }
}
