//! Carries the moves out on paper, one after another, and says what each of them breaks.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{NodeId, PartitionId};
use crate::planner::document::{MoveDocument, PlanDocument};
use crate::planner::layout::{Hold, NodeRole};
use crate::planner::plan::{MoveKind, UnplannedReason};

use super::paper::{Paper, Partition, moves_data};
use super::{Finding, Part, SourceFault};

/// The cluster after some moves.
pub(super) struct End<'a> {
    /// Bytes of each node.
    pub(super) bytes: BTreeMap<&'a NodeId, u64>,
    /// Partitions that each node leads.
    pub(super) leaders: BTreeMap<&'a NodeId, u64>,
    /// Partitions that moves have touched, by number.
    pub(super) partitions: BTreeMap<u32, Partition<'a>>,
    /// Copies that the plan has made.
    made: BTreeSet<(u32, &'a NodeId)>,
}

struct Replay<'a, 'p> {
    paper: &'p Paper<'a>,
    end: End<'a>,
    findings: &'p mut Vec<Finding>,
}

pub(super) fn replay<'a>(paper: &Paper<'a>, plan: &'a PlanDocument, findings: &mut Vec<Finding>) -> End<'a> {
    let end = End {
        bytes: paper.nodes.iter().map(|(id, node)| (*id, node.bytes)).collect(),
        leaders: paper.nodes.iter().map(|(id, node)| (*id, node.leaders)).collect(),
        partitions: BTreeMap::new(),
        made: BTreeSet::new(),
    };
    let mut replay = Replay { paper, end, findings };
    let mut open_exchange: Option<(u64, &NodeId)> = None;
    for (at, m) in plan.moves.iter().enumerate() {
        replay.step(at as u64, m);
        // After the first half of an exchange execution does not stop: its target is looked at after the second one.
        if let Some((seq, node)) = open_exchange.take() {
            replay.fill_level(seq, node);
        }
        if m.kind == MoveKind::Leader {
            continue;
        }
        if let Some(to) = &m.to {
            replay.capacity(at as u64, to);
            if plan.moves.get(at + 1).is_some_and(|next| is_exchange(m, next)) {
                open_exchange = Some((at as u64, to));
            } else {
                replay.fill_level(at as u64, to);
            }
        }
    }
    replay.end
}

/// Two nodes give each other a replica.
fn is_exchange(first: &MoveDocument, second: &MoveDocument) -> bool {
    let both = first.kind == MoveKind::Replica && second.kind == MoveKind::Replica;
    both && first.partition != second.partition && first.from == second.to && first.to == second.from
}

impl<'a> Replay<'a, '_> {
    fn find(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    fn step(&mut self, seq: u64, m: &'a MoveDocument) {
        // Unknown partitions and nodes were named already.
        let Some(number) = self.paper.layout.partition_index(m.partition) else { return };
        let known = |node: &Option<NodeId>| node.as_ref().is_none_or(|node| self.paper.nodes.contains_key(node));
        if !known(&m.from) || !known(&m.to) || !known(&m.copy_from) {
            return;
        }
        let mut partition = match self.end.partitions.remove(&number) {
            Some(partition) => partition,
            None => self.paper.partition(number),
        };
        self.shape(seq, m, &partition);
        self.hold(seq, m, &partition);
        let before = partition.clone();
        match m.kind {
            MoveKind::Leader => self.lead(seq, m, &mut partition),
            MoveKind::Remove => self.remove(seq, m, &mut partition),
            MoveKind::Replica => self.replica(seq, m, number, &mut partition),
            MoveKind::Repair => self.repair(seq, m, number, &mut partition),
        }
        self.follow_leader(&before, &mut partition);
        if partition.nodes != before.nodes {
            self.zones(seq, m.partition, &before, &partition);
        }
        self.end.partitions.insert(number, partition);
    }

    /// Fields that belong to the kind of move, and its bytes.
    fn shape(&mut self, seq: u64, m: &MoveDocument, partition: &Partition<'_>) {
        let copies = matches!(m.kind, MoveKind::Replica | MoveKind::Repair);
        let faults = [
            ("it names no node to move from", m.kind == MoveKind::Replica && m.from.is_none()),
            ("it names no node to remove the copy from", m.kind == MoveKind::Remove && m.from.is_none()),
            ("it names a target", m.kind == MoveKind::Remove && m.to.is_some()),
            ("it names no target", m.kind != MoveKind::Remove && m.to.is_none()),
            ("it goes from a node to itself", m.from.is_some() && m.from == m.to),
            ("it copies no data and counts bytes", !copies && m.bytes != 0),
        ];
        let faults = faults.into_iter().filter(|(_, is_so)| *is_so);
        self.findings.extend(faults.map(|(fault, _)| Finding::Shape { seq, kind: m.kind, fault }));
        if copies && m.bytes != partition.bytes {
            let (stated, found) = (m.bytes, partition.bytes);
            self.find(Finding::MoveBytes { seq, partition: m.partition, stated, found });
        }
        if !copies && m.copy_from.is_some() {
            let (node, fault) = (m.copy_from.clone(), SourceFault::NotNeeded);
            self.find(Finding::Source { seq, partition: m.partition, node, fault });
        }
    }

    fn hold(&mut self, seq: u64, m: &MoveDocument, partition: &Partition<'_>) {
        let allowed = match (m.kind, partition.hold) {
            (_, Hold::Free | Hold::Future) | (MoveKind::Leader, Hold::Open | Hold::Expiring) => true,
            (MoveKind::Leader | MoveKind::Replica | MoveKind::Repair | MoveKind::Remove, hold) => moves_data(hold),
        };
        if !allowed {
            self.find(Finding::Held { seq, partition: m.partition, hold: partition.hold });
        }
    }

    fn lead(&mut self, seq: u64, m: &'a MoveDocument, partition: &mut Partition<'a>) {
        let id = m.partition;
        if m.from.as_ref() != partition.leader {
            self.find(Finding::LeaderFrom { seq, partition: id, leader: partition.leader.cloned() });
        }
        let Some(to) = &m.to else { return };
        if !partition.nodes.contains(&to) {
            return self.find(Finding::NotHolder { seq, partition: id, node: to.clone() });
        }
        let role = self.paper.role(to);
        let others = || {
            partition
                .nodes
                .iter()
                .any(|node| self.paper.is_sound(partition, node) && self.paper.role(node) != NodeRole::Draining)
        };
        if role == NodeRole::Lost || (role == NodeRole::Draining && others()) {
            self.find(Finding::Role { seq, node: to.clone(), role, part: Part::Leads });
        }
        if partition.marked.contains(to) {
            self.find(Finding::MarkedLeader { seq, partition: id, node: to.clone() });
        }
        partition.leader = Some(to);
    }

    fn remove(&mut self, seq: u64, m: &'a MoveDocument, partition: &mut Partition<'a>) {
        let Some(from) = &m.from else { return };
        if !self.gives_up(seq, m.partition, from, partition) {
            return;
        }
        let needed = self.paper.layout.replication_factor();
        partition.nodes.retain(|node| *node != from);
        partition.marked.remove(from);
        let left = partition.nodes.iter().filter(|node| self.paper.is_sound(partition, node)).count();
        if left < usize::from(needed) {
            self.find(Finding::TooFewCopies { seq, partition: m.partition, left, needed });
        }
    }

    fn replica(&mut self, seq: u64, m: &'a MoveDocument, number: u32, partition: &mut Partition<'a>) {
        let (Some(from), Some(to)) = (&m.from, &m.to) else { return };
        self.source(seq, m, to, partition);
        if self.end.made.contains(&(number, from)) {
            self.find(Finding::MovedTwice { seq, partition: m.partition, node: from.clone() });
        }
        let role = self.paper.role(from);
        if role == NodeRole::Lost {
            self.find(Finding::Role { seq, node: from.clone(), role, part: Part::GivesUp });
        }
        self.exchange_holder(seq, m.partition, number, (from, to), partition);
    }

    fn repair(&mut self, seq: u64, m: &'a MoveDocument, number: u32, partition: &mut Partition<'a>) {
        let Some(to) = &m.to else { return };
        self.source(seq, m, to, partition);
        if let Some(from) = &m.from {
            if self.paper.is_sound(partition, from) {
                self.find(Finding::NeedlessRepair { seq, partition: m.partition, node: from.clone() });
            }
            return self.exchange_holder(seq, m.partition, number, (from, to), partition);
        }
        let role = self.paper.role(to);
        if partition.nodes.contains(&to) {
            if role == NodeRole::Lost {
                self.find(Finding::Role { seq, node: to.clone(), role, part: Part::Receives });
            }
            if !partition.marked.remove(to) {
                self.find(Finding::NeedlessRepair { seq, partition: m.partition, node: to.clone() });
            }
            return;
        }
        self.receives(seq, to, role);
        partition.nodes.push(to);
        self.end.made.insert((number, to));
        self.add(to, partition.bytes);
    }

    /// `to` takes the place of `from`.
    fn exchange_holder(
        &mut self,
        seq: u64,
        id: PartitionId,
        number: u32,
        (from, to): (&'a NodeId, &'a NodeId),
        partition: &mut Partition<'a>,
    ) {
        if partition.nodes.contains(&to) {
            return self.find(Finding::AlreadyHolder { seq, partition: id, node: to.clone() });
        }
        self.receives(seq, to, self.paper.role(to));
        if !self.gives_up(seq, id, from, partition) {
            return;
        }
        for node in &mut partition.nodes {
            if *node == from {
                *node = to;
            }
        }
        partition.marked.remove(from);
        self.end.made.insert((number, to));
        self.add(to, partition.bytes);
    }

    fn receives(&mut self, seq: u64, node: &NodeId, role: NodeRole) {
        if role != NodeRole::Open {
            self.find(Finding::Role { seq, node: node.clone(), role, part: Part::Receives });
        }
    }

    /// Takes a copy's bytes from its node; false if it holds none.
    fn gives_up(&mut self, seq: u64, id: PartitionId, from: &'a NodeId, partition: &Partition<'_>) -> bool {
        if !partition.nodes.contains(&from) {
            self.find(Finding::NotHolder { seq, partition: id, node: from.clone() });
            return false;
        }
        let role = self.paper.role(from);
        if role == NodeRole::Fixed {
            self.find(Finding::Role { seq, node: from.clone(), role, part: Part::GivesUp });
        }
        if let Some(bytes) = self.end.bytes.get_mut(from) {
            *bytes = bytes.saturating_sub(partition.bytes);
        }
        true
    }

    fn add(&mut self, to: &NodeId, bytes: u64) {
        if let Some(held) = self.end.bytes.get_mut(to) {
            *held = held.saturating_add(bytes);
        }
    }

    fn source(&mut self, seq: u64, m: &MoveDocument, to: &NodeId, partition: &Partition<'_>) {
        let fault = match &m.copy_from {
            None => SourceFault::Missing,
            Some(node) if node == to => SourceFault::Target,
            Some(node) if !partition.nodes.contains(&node) => SourceFault::NotHolder,
            Some(node) if self.paper.role(node) == NodeRole::Lost => SourceFault::Lost,
            Some(node) if partition.marked.contains(node) => SourceFault::Marked,
            Some(_) => return,
        };
        self.find(Finding::Source { seq, partition: m.partition, node: m.copy_from.clone(), fault });
    }

    /// If the leader went, the first live holder leads; counts who leads how many.
    fn follow_leader(&mut self, before: &Partition<'a>, after: &mut Partition<'a>) {
        if before.leader.is_some() && !after.leader.is_some_and(|leader| after.nodes.contains(&leader)) {
            after.leader = after.nodes.iter().copied().find(|node| self.paper.role(node) != NodeRole::Lost);
        }
        if before.leader != after.leader {
            if let Some(count) = before.leader.and_then(|leader| self.end.leaders.get_mut(leader)) {
                *count = count.saturating_sub(1);
            }
            if let Some(count) = after.leader.and_then(|leader| self.end.leaders.get_mut(leader)) {
                *count += 1;
            }
        }
    }

    /// No zone may get more copies that can be read than it may hold, unless it had them before.
    fn zones(&mut self, seq: u64, id: PartitionId, before: &Partition<'_>, after: &Partition<'_>) {
        let copies = |partition: &Partition<'_>, zone: &str| {
            let here = |node: &&&NodeId| self.paper.zone(node) == zone && self.paper.role(node) != NodeRole::Lost;
            partition.nodes.iter().filter(here).count()
        };
        let zones: BTreeSet<&str> = after.nodes.iter().map(|node| self.paper.zone(node)).collect();
        let most = self.paper.zone_most;
        let broken = zones.into_iter().find_map(|zone| {
            let (had, has) = (copies(before, zone), copies(after, zone));
            (has > usize::from(most).max(had)).then(|| (zone.to_owned(), has))
        });
        if let Some((zone, copies)) = broken {
            self.find(Finding::ZoneRule { seq, partition: id, zone, copies, most });
        }
    }

    fn capacity(&mut self, seq: u64, node: &NodeId) {
        let held = self.end.bytes.get(node).copied().unwrap_or(0);
        let start = self.paper.nodes.get(node).map_or(0, |node| node.bytes);
        let capacity = self.paper.nodes.get(node).and_then(|node| node.capacity);
        if let Some(capacity) = capacity.filter(|capacity| held > *capacity && held > start) {
            self.find(Finding::Capacity { seq, node: node.clone(), bytes: held, capacity });
        }
    }

    /// No node above its start and its band, should execution stop here.
    fn fill_level(&mut self, seq: u64, node: &NodeId) {
        let Some(on_paper) = self.paper.nodes.get(node) else { return };
        let held = self.end.bytes.get(node).copied().unwrap_or(0);
        let most = on_paper.bytes.max(on_paper.high);
        // Chosen moves are the operator's own, and what cannot be kept in its band is said to be so.
        let excused = !self.paper.settings.moves.is_empty() || self.paper.explains(node, &[UnplannedReason::OutOfBand]);
        if held > most && !excused {
            self.find(Finding::Overfull { seq, node: node.clone(), bytes: held, most });
        }
    }
}
