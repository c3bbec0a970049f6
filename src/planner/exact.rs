//! Exactly the moves and leaders that an operator chose, and nothing else.
//!
//! Invariant: each is legal on what the ones before it leave, or nothing is planned: a choice is carried out as it was made or
//! not at all.

use crate::model::{ByteSize, NodeId, PartitionId};
use crate::placement::NodeIndex;

use super::bound::lower_bound;
use super::census::{has_source, is_sound};
use super::layout::{Hold, Layout, NodeRole};
use super::loads::{balance, loads};
use super::plan::{Move, MoveKind, MoveReason, Plan};
use super::schedule::schedule;
use super::settings::{ChosenMove, Settings};
use super::targets::targets;

/// Why a choice cannot be carried out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExactError {
    /// There is no such partition.
    #[error("partition {0} does not exist")]
    NoPartition(PartitionId),
    /// The partition may not be changed.
    #[error("partition {0} may not be changed: {1}")]
    Held(PartitionId, &'static str),
    /// The node that should give its copy up, or lead, has none.
    #[error("node {node} does not hold partition {partition}, {holders} do")]
    NotHolder {
        /// The partition.
        partition: PartitionId,
        /// The node.
        node: NodeId,
        /// Who does.
        holders: String,
    },
    /// The node that should get a copy has one.
    #[error("node {1} holds partition {0} already")]
    AlreadyHolder(PartitionId, NodeId),
    /// The node that should lead leads.
    #[error("node {1} leads partition {0} already")]
    AlreadyLeads(PartitionId, NodeId),
    /// The node takes no data.
    #[error("node {0} takes no partitions: it is {1}")]
    NoTarget(NodeId, &'static str),
    /// The node may not lead.
    #[error("node {1} may not lead partition {0}: {2}")]
    MayNotLead(PartitionId, NodeId, &'static str),
    /// No copy can be read.
    #[error("no copy of partition {0} can be read")]
    NoSource(PartitionId),
    /// Too many copies in one zone.
    #[error("zone {zone:?} would have {copies} copies of partition {partition}, the most is {most}")]
    Zone {
        /// The partition.
        partition: PartitionId,
        /// The zone.
        zone: String,
        /// Copies there then.
        copies: usize,
        /// The most.
        most: u8,
    },
    /// The node is too small.
    #[error("node {node} would hold {} of the {} that it can", ByteSize(*.bytes), ByteSize(*.capacity))]
    Capacity {
        /// The node.
        node: NodeId,
        /// Bytes there then.
        bytes: u64,
        /// Its capacity.
        capacity: u64,
    },
}

/// The plan of what was chosen.
///
/// # Errors
/// The first choice that is not legal.
pub fn exact(layout: &Layout, settings: &Settings) -> Result<Plan, ExactError> {
    let targets = targets(layout, settings.band_ppm);
    let mut choice = Choice { after: layout.clone(), bytes: loads(layout).iter().map(|load| load.bytes).collect() };
    let mut moves = Vec::with_capacity(settings.moves.len() + settings.leaders.len());
    for chosen in &settings.moves {
        moves.push(choice.replica(chosen)?);
    }
    for (partition, to) in &settings.leaders {
        moves.push(choice.leader(*partition, *to)?);
    }
    let done = schedule(layout, &moves, &targets.nodes, settings.pace);
    let (before, after) = (loads(layout), loads(&choice.after));
    let pairs = || before.iter().zip(&after);
    Ok(Plan {
        bytes: moves.iter().map(|m| m.bytes).sum(),
        moves: done.moves,
        unplanned: Vec::new(),
        lower_bound_bytes: lower_bound(layout, &targets),
        leaders: pairs().map(|(a, b)| (a.leaders, b.leaders)).collect(),
        loads: pairs().map(|(a, b)| (a.bytes, b.bytes)).collect(),
        before: balance(layout, &targets),
        after: balance(&choice.after, &targets),
        targets: targets.nodes,
        estimated_seconds: done.estimated_seconds,
        estimated_seconds_minimum: done.estimated_seconds_minimum,
    })
}

/// What the choices so far leave.
struct Choice {
    after: Layout,
    /// Bytes of each node.
    bytes: Vec<u64>,
}

impl Choice {
    fn replica(&mut self, chosen: &ChosenMove) -> Result<Move, ExactError> {
        let ChosenMove { partition: id, from, to } = *chosen;
        let layout = &self.after;
        let partition = layout.partition_index(id).ok_or(ExactError::NoPartition(id))?;
        let hold = layout.holds()[partition as usize];
        if !hold.is_movable() {
            return Err(ExactError::Held(id, held(hold)));
        }
        self.check_holds(partition, from)?;
        let name = |node: NodeIndex| layout.node(node).id.clone();
        if layout.holders(partition).contains(&to) {
            return Err(ExactError::AlreadyHolder(id, name(to)));
        }
        let role = layout.node(to).role;
        if !role.receives() {
            return Err(ExactError::NoTarget(name(to), called(role)));
        }
        if !has_source(layout, partition) {
            return Err(ExactError::NoSource(id));
        }
        self.check_zone(partition, from, to)?;
        let size = layout.sizes()[partition as usize];
        let bytes = self.bytes[usize::from(to)].saturating_add(size);
        if let Some(capacity) = layout.node(to).capacity_bytes.filter(|capacity| bytes > *capacity) {
            return Err(ExactError::Capacity { node: name(to), bytes, capacity });
        }
        let sources = layout.holders(partition);
        let source = sources.iter().copied().find(|&node| is_sound(layout, partition, node));
        let kind = if layout.node(from).role == NodeRole::Lost { MoveKind::Repair } else { MoveKind::Replica };
        let reason = MoveReason::Manual;
        let step = Move { partition, kind, reason, from: Some(from), to: Some(to), copy_from: source, bytes: size };
        self.bytes[usize::from(to)] = bytes;
        self.bytes[usize::from(from)] = self.bytes[usize::from(from)].saturating_sub(size);
        self.after.apply(&step);
        Ok(step)
    }

    fn leader(&mut self, id: PartitionId, to: NodeIndex) -> Result<Move, ExactError> {
        let layout = &self.after;
        let partition = layout.partition_index(id).ok_or(ExactError::NoPartition(id))?;
        let hold = layout.holds()[partition as usize];
        if !hold.may_change_leader() {
            return Err(ExactError::Held(id, held(hold)));
        }
        self.check_holds(partition, to)?;
        let (name, from) = (layout.node(to).id.clone(), layout.leader(partition));
        if from == Some(to) {
            return Err(ExactError::AlreadyLeads(id, name));
        }
        if !layout.node(to).role.is_readable() {
            return Err(ExactError::MayNotLead(id, name, "it is down"));
        }
        if !is_sound(layout, partition, to) {
            return Err(ExactError::MayNotLead(id, name, "its copy misses something"));
        }
        let (kind, reason) = (MoveKind::Leader, MoveReason::Manual);
        let step = Move { partition, kind, reason, from, to: Some(to), copy_from: None, bytes: 0 };
        self.after.apply(&step);
        Ok(step)
    }

    fn check_holds(&self, partition: u32, node: NodeIndex) -> Result<(), ExactError> {
        let layout = &self.after;
        let holders = layout.holders(partition);
        if holders.contains(&node) {
            return Ok(());
        }
        let names: Vec<&str> = holders.iter().map(|&node| layout.node(node).id.as_str()).collect();
        let (id, node) = (layout.ids()[partition as usize], layout.node(node).id.clone());
        let holders = if names.is_empty() { "none".to_owned() } else { names.join(" and ") };
        Err(ExactError::NotHolder { partition: id, node, holders })
    }

    /// A zone gets no copy above its most; one that has too many already may give one away.
    fn check_zone(&self, partition: u32, from: NodeIndex, to: NodeIndex) -> Result<(), ExactError> {
        let layout = &self.after;
        let (zone, most) = (layout.node(to).zone, layout.zone_replicas_max());
        let others = layout.holders(partition).iter().filter(|&&node| node != from);
        let copies = 1 + others.filter(|&&node| layout.node(node).zone == zone).count();
        if copies <= usize::from(most) || layout.node(from).zone == zone {
            return Ok(());
        }
        let zone = layout.zones()[usize::from(zone)].clone();
        Err(ExactError::Zone { partition: layout.ids()[partition as usize], zone, copies, most })
    }
}

const fn held(hold: Hold) -> &'static str {
    match hold {
        Hold::Free | Hold::Future => "nothing holds it",
        Hold::Open => "its time bucket is still being written; --include-open moves it all the same",
        Hold::Pinned => "it is pinned; `partition unpin` ends that",
        Hold::Expiring => "its retention ends before the move would",
        Hold::InFlight => "an operation is in flight on it",
        Hold::ForeignState => "another tool has set its state",
        Hold::Split => "it was split; choose its children",
        Hold::Excluded => "it is excluded",
    }
}

const fn called(role: NodeRole) -> &'static str {
    match role {
        NodeRole::Open => "open",
        NodeRole::SendOnly => "cordoned",
        NodeRole::Fixed => "excluded",
        NodeRole::Draining => "draining",
        NodeRole::Lost => "down or not recorded",
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::samples::{layout, layout_without, pid};
    use super::*;

    fn choose(
        layout: &Layout,
        moves: &[(u32, NodeIndex, NodeIndex)],
        leaders: &[(u32, NodeIndex)],
    ) -> Result<Plan, ExactError> {
        let moves = moves.iter().map(|&(p, from, to)| ChosenMove { partition: pid(p), from, to }).collect();
        let leaders = leaders.iter().map(|&(p, to)| (pid(p), to)).collect();
        exact(layout, &Settings { moves, leaders, ..Settings::default() })
    }

    #[test]
    fn what_was_chosen_and_nothing_else() {
        let plan = choose(&layout(), &[(0, 1, 3)], &[(1, 2), (0, 3)]).unwrap();
        let told: Vec<(MoveKind, u32, Option<NodeIndex>, Option<NodeIndex>)> =
            plan.moves.iter().map(|m| (m.kind, m.partition, m.from, m.to)).collect();
        assert_eq!(told.len(), 3);
        assert!(told.contains(&(MoveKind::Replica, 0, Some(1), Some(3))));
        assert!(told.contains(&(MoveKind::Leader, 1, Some(1), Some(2))));
        assert!(told.contains(&(MoveKind::Leader, 0, Some(0), Some(3))));
        assert_eq!((plan.bytes, plan.loads[1], plan.loads[3]), (100, (200, 100), (200, 300)));
        assert!(plan.estimated_seconds >= plan.estimated_seconds_minimum);
    }

    #[test]
    fn each_wrong_choice_is_told() {
        let mut held = layout();
        held.set_role(3, NodeRole::Draining);
        let mut marked = layout();
        marked.mark(0, 1);
        for (layout, moves, leaders, told) in [
            (layout(), vec![(9, 0, 1)], vec![], "does not exist"),
            (layout(), vec![(0, 2, 3)], vec![], "node n2 does not hold partition partition_489540_0000, n0 and n1 do"),
            (layout(), vec![(0, 0, 1)], vec![], "node n1 holds partition"),
            (layout(), vec![(0, 0, 3)], vec![], "zone \"b\" would have 2 copies"),
            (held, vec![(0, 1, 3)], vec![], "node n3 takes no partitions: it is draining"),
            (layout_without(&[3]), vec![(0, 1, 3)], vec![], "node n3 takes no partitions: it is down"),
            (layout_without(&[0, 1]), vec![(0, 1, 3)], vec![], "no copy of partition"),
            (layout(), vec![], vec![(0, 2)], "node n2 does not hold"),
            (layout(), vec![], vec![(0, 0)], "node n0 leads partition"),
            (layout_without(&[1]), vec![], vec![(0, 1)], "may not lead partition partition_489540_0000: it is down"),
            (marked, vec![], vec![(0, 1)], "its copy misses something"),
            (layout(), vec![(0, 1, 3), (0, 1, 3)], vec![], "node n1 does not hold"),
        ] {
            let error = choose(&layout, &moves, &leaders).unwrap_err().to_string();
            assert!(error.contains(told), "{error}");
        }
    }
}
