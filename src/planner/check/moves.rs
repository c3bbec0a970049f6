//! Carries the moves out on paper, one after another, and says what each of them breaks.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{NodeId, PartitionId};
use crate::planner::document::{MoveDocument, PlanDocument};
use crate::planner::plan::{MoveKind, MoveReason, UnplannedReason};
use crate::planner::roles::{Hold, NodeRole};

use super::paper::{Paper, Partition, Place, moves_data};
use super::{Finding, Part, SourceFault};

/// The cluster after some moves.
pub(super) struct End {
    /// Bytes of each node.
    pub(super) bytes: Vec<u64>,
    /// Partitions that each node leads.
    pub(super) leaders: Vec<u64>,
    /// Partitions that moves have touched, by number.
    pub(super) partitions: BTreeMap<u32, Partition>,
    /// Copies that the plan has made.
    made: BTreeSet<(u32, Place)>,
}

/// A move whose nodes are known.
struct Step<'m> {
    seq: u64,
    document: &'m MoveDocument,
    partition: PartitionId,
    number: u32,
    from: Option<Place>,
    to: Option<Place>,
    copy_from: Option<Place>,
}

struct Replay<'a, 'p> {
    paper: &'p Paper<'a>,
    end: End,
    findings: &'p mut Vec<Finding>,
}

pub(super) fn replay(paper: &Paper<'_>, plan: &PlanDocument, findings: &mut Vec<Finding>) -> End {
    let end = End {
        bytes: paper.nodes.iter().map(|node| node.bytes).collect(),
        leaders: paper.nodes.iter().map(|node| node.leaders).collect(),
        partitions: BTreeMap::new(),
        made: BTreeSet::new(),
    };
    let mut replay = Replay { paper, end, findings };
    let mut open_exchange: Option<(u64, Place)> = None;
    for (at, m) in plan.moves.iter().enumerate() {
        // Unknown partitions and nodes were named already.
        let step = replay.known(at as u64, m);
        if let Some(step) = &step {
            replay.step(step);
        }
        // After the first half of an exchange execution does not stop: its target is looked at after the second one.
        if let Some((seq, node)) = open_exchange.take() {
            replay.fill_level(seq, node);
        }
        if let Some(to) = step.filter(|_| m.kind != MoveKind::Leader).and_then(|step| step.to) {
            replay.capacity(at as u64, to);
            // What must be done is done also where nothing makes room for it: repairs come first, or balance was limited.
            let is_forced = matches!(m.reason, MoveReason::Repair | MoveReason::Drain | MoveReason::Zone);
            if is_forced && (paper.stopped() || !paper.is_whole() || paper.settings.threshold.is_some()) {
                continue;
            }
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

impl Replay<'_, '_> {
    fn find(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    fn known<'m>(&self, seq: u64, document: &'m MoveDocument) -> Option<Step<'m>> {
        let MoveDocument { partition, from, to, copy_from, .. } = document;
        let place = |node: &Option<NodeId>| match node {
            None => Some(None),
            Some(node) => self.paper.place(node).map(Some),
        };
        Some(Step {
            seq,
            document,
            partition: *partition,
            number: self.paper.layout.partition_index(*partition)?,
            from: place(from)?,
            to: place(to)?,
            copy_from: place(copy_from)?,
        })
    }

    fn step(&mut self, m: &Step<'_>) {
        let touched = self.end.partitions.remove(&m.number);
        let mut partition = touched.unwrap_or_else(|| self.paper.partition(m.number));
        self.shape(m, &partition);
        self.hold(m, &partition);
        let before = partition.clone();
        match m.document.kind {
            MoveKind::Leader => self.lead(m, &mut partition),
            MoveKind::Remove => self.remove(m, &mut partition),
            MoveKind::Replica => self.replica(m, &mut partition),
            MoveKind::Repair => self.repair(m, &mut partition),
        }
        self.follow_leader(&before, &mut partition);
        if partition.nodes != before.nodes {
            self.zones(m, &before, &partition);
        }
        self.end.partitions.insert(m.number, partition);
    }

    /// Fields that belong to the kind of move, and its bytes.
    fn shape(&mut self, m: &Step<'_>, partition: &Partition) {
        let (seq, id, kind, bytes) = (m.seq, m.partition, m.document.kind, m.document.bytes);
        let copies = matches!(kind, MoveKind::Replica | MoveKind::Repair);
        let faults = [
            ("it names no node to move from", kind == MoveKind::Replica && m.from.is_none()),
            ("it names no node to remove the copy from", kind == MoveKind::Remove && m.from.is_none()),
            ("it names a target", kind == MoveKind::Remove && m.to.is_some()),
            ("it names no target", kind != MoveKind::Remove && m.to.is_none()),
            ("it goes from a node to itself", m.from.is_some() && m.from == m.to),
            ("it copies no data and counts bytes", !copies && bytes != 0),
        ];
        let faults = faults.into_iter().filter(|(_, is_so)| *is_so);
        self.findings.extend(faults.map(|(fault, _)| Finding::Shape { seq, kind, fault }));
        if copies && bytes != partition.bytes {
            self.find(Finding::MoveBytes { seq, partition: id, stated: bytes, found: partition.bytes });
        }
        if !copies && m.copy_from.is_some() {
            let (node, fault) = (m.document.copy_from.clone(), SourceFault::NotNeeded);
            self.find(Finding::Source { seq, partition: id, node, fault });
        }
    }

    fn hold(&mut self, m: &Step<'_>, partition: &Partition) {
        let allowed = match (m.document.kind, partition.hold) {
            (_, Hold::Free | Hold::Future) | (MoveKind::Leader, Hold::Open | Hold::Expiring) => true,
            (MoveKind::Leader | MoveKind::Replica | MoveKind::Repair | MoveKind::Remove, hold) => moves_data(hold),
        };
        if !allowed {
            self.find(Finding::Held { seq: m.seq, partition: m.partition, hold: partition.hold });
        }
    }

    fn lead(&mut self, m: &Step<'_>, partition: &mut Partition) {
        let (seq, id) = (m.seq, m.partition);
        if m.from != partition.leader {
            let leader = partition.leader.map(|leader| self.paper.id(leader));
            self.find(Finding::LeaderFrom { seq, partition: id, leader });
        }
        let Some(to) = m.to else { return };
        if !partition.nodes.contains(&to) {
            return self.find(Finding::NotHolder { seq, partition: id, node: self.paper.id(to) });
        }
        let role = self.paper.role(to);
        let stays = |node: Place| self.paper.role(node) != NodeRole::Draining;
        let others = || partition.nodes.iter().any(|&node| self.paper.is_sound(partition, node) && stays(node));
        if role == NodeRole::Lost || (role == NodeRole::Draining && others()) {
            self.find(Finding::Role { seq, node: self.paper.id(to), role, part: Part::Leads });
        }
        if partition.marked.contains(&to) {
            self.find(Finding::MarkedLeader { seq, partition: id, node: self.paper.id(to) });
        }
        partition.leader = Some(to);
    }

    fn remove(&mut self, m: &Step<'_>, partition: &mut Partition) {
        let Some(from) = m.from else { return };
        if !self.gives_up(m, from, partition) {
            return;
        }
        let needed = self.paper.layout.replication_factor();
        partition.nodes.retain(|node| *node != from);
        partition.marked.remove(&from);
        let left = partition.nodes.iter().filter(|&&node| self.paper.is_sound(partition, node)).count();
        if left < usize::from(needed) {
            self.find(Finding::TooFewCopies { seq: m.seq, partition: m.partition, left, needed });
        }
    }

    fn replica(&mut self, m: &Step<'_>, partition: &mut Partition) {
        let (Some(from), Some(to)) = (m.from, m.to) else { return };
        self.source(m, to, partition);
        if self.end.made.contains(&(m.number, from)) {
            self.find(Finding::MovedTwice { seq: m.seq, partition: m.partition, node: self.paper.id(from) });
        }
        let role = self.paper.role(from);
        if role == NodeRole::Lost {
            self.find(Finding::Role { seq: m.seq, node: self.paper.id(from), role, part: Part::GivesUp });
        }
        self.exchange_holder(m, (from, to), partition);
    }

    fn repair(&mut self, m: &Step<'_>, partition: &mut Partition) {
        let Some(to) = m.to else { return };
        self.source(m, to, partition);
        let needless =
            |node: Place| Finding::NeedlessRepair { seq: m.seq, partition: m.partition, node: self.paper.id(node) };
        if let Some(from) = m.from {
            if self.paper.is_sound(partition, from) {
                let finding = needless(from);
                self.find(finding);
            }
            return self.exchange_holder(m, (from, to), partition);
        }
        let role = self.paper.role(to);
        if partition.nodes.contains(&to) {
            let finding = needless(to);
            if !partition.marked.remove(&to) {
                self.find(finding);
            }
            if role == NodeRole::Lost {
                self.find(Finding::Role { seq: m.seq, node: self.paper.id(to), role, part: Part::Receives });
            }
            return;
        }
        self.receives(m.seq, to);
        partition.nodes.push(to);
        self.end.made.insert((m.number, to));
        self.end.bytes[to] = self.end.bytes[to].saturating_add(partition.bytes);
    }

    /// `to` takes the place of `from`.
    fn exchange_holder(&mut self, m: &Step<'_>, (from, to): (Place, Place), partition: &mut Partition) {
        if partition.nodes.contains(&to) {
            let (seq, partition, node) = (m.seq, m.partition, self.paper.id(to));
            return self.find(Finding::AlreadyHolder { seq, partition, node });
        }
        self.receives(m.seq, to);
        if !self.gives_up(m, from, partition) {
            return;
        }
        for node in &mut partition.nodes {
            if *node == from {
                *node = to;
            }
        }
        partition.marked.remove(&from);
        self.end.made.insert((m.number, to));
        self.end.bytes[to] = self.end.bytes[to].saturating_add(partition.bytes);
    }

    fn receives(&mut self, seq: u64, node: Place) {
        let role = self.paper.role(node);
        if role != NodeRole::Open {
            self.find(Finding::Role { seq, node: self.paper.id(node), role, part: Part::Receives });
        }
    }

    /// Takes a copy's bytes from its node; false if it holds none.
    fn gives_up(&mut self, m: &Step<'_>, from: Place, partition: &Partition) -> bool {
        if !partition.nodes.contains(&from) {
            self.find(Finding::NotHolder { seq: m.seq, partition: m.partition, node: self.paper.id(from) });
            return false;
        }
        let role = self.paper.role(from);
        if role == NodeRole::Fixed {
            self.find(Finding::Role { seq: m.seq, node: self.paper.id(from), role, part: Part::GivesUp });
        }
        self.end.bytes[from] = self.end.bytes[from].saturating_sub(partition.bytes);
        true
    }

    fn source(&mut self, m: &Step<'_>, to: Place, partition: &Partition) {
        let fault = match m.copy_from {
            // A partition of a coming time bucket is still empty: it can be made anew.
            None if partition.hold == Hold::Future && partition.bytes == 0 => return,
            None => SourceFault::Missing,
            Some(node) if node == to => SourceFault::Target,
            Some(node) if !partition.nodes.contains(&node) => SourceFault::NotHolder,
            Some(node) if self.paper.role(node) == NodeRole::Lost => SourceFault::Lost,
            Some(node) if partition.marked.contains(&node) => SourceFault::Marked,
            Some(_) => return,
        };
        let node = m.document.copy_from.clone();
        self.find(Finding::Source { seq: m.seq, partition: m.partition, node, fault });
    }

    /// If the leader went, the first live holder leads; counts who leads how many.
    fn follow_leader(&mut self, before: &Partition, after: &mut Partition) {
        if before.leader.is_some() && !after.leader.is_some_and(|leader| after.nodes.contains(&leader)) {
            after.leader = after.nodes.iter().copied().find(|&node| self.paper.role(node) != NodeRole::Lost);
        }
        if let Some(leader) = before.leader {
            self.end.leaders[leader] = self.end.leaders[leader].saturating_sub(1);
        }
        if let Some(leader) = after.leader {
            self.end.leaders[leader] += 1;
        }
    }

    /// No zone may get more copies that can be read than it may hold, unless it had them before.
    fn zones(&mut self, m: &Step<'_>, before: &Partition, after: &Partition) {
        let copies = |partition: &Partition, zone: usize| {
            let here = |node: &&Place| self.paper.zone(**node) == zone && self.paper.role(**node) != NodeRole::Lost;
            partition.nodes.iter().filter(here).count()
        };
        let most = self.paper.zone_most;
        let broken = after.nodes.iter().find_map(|&node| {
            let zone = self.paper.zone(node);
            let (had, has) = (copies(before, zone), copies(after, zone));
            (has > usize::from(most).max(had)).then_some((zone, has))
        });
        if let Some((zone, copies)) = broken {
            let zone = self.paper.layout.zones()[zone].clone();
            self.find(Finding::ZoneRule { seq: m.seq, partition: m.partition, zone, copies, most });
        }
    }

    fn capacity(&mut self, seq: u64, place: Place) {
        let (node, held) = (&self.paper.nodes[place], self.end.bytes[place]);
        if let Some(capacity) = node.capacity.filter(|capacity| held > *capacity && held > node.bytes) {
            self.find(Finding::Capacity { seq, node: self.paper.id(place), bytes: held, capacity });
        }
    }

    /// No node above its start and its band, should execution stop here.
    fn fill_level(&mut self, seq: u64, place: Place) {
        let (node, held) = (&self.paper.nodes[place], self.end.bytes[place]);
        let most = node.bytes.max(node.high);
        // Chosen moves are the operator's own, and what cannot be kept in its band is said to be so.
        let chosen = !self.paper.settings.moves.is_empty();
        if held > most && !chosen && !self.paper.explains(place, &[UnplannedReason::OutOfBand]) {
            self.find(Finding::Overfull { seq, node: self.paper.id(place), bytes: held, most });
        }
    }
}
