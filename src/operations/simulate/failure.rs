//! Nodes that fail: what can no longer be led, written or read, and what the others have to carry.
//!
//! Leadership goes over as `node fail` and the automatic fail-over do it ([`crate::routing::failover`]). Reads are shared
//! evenly by the live copies of a partition. A partition is below its quorum with fewer live copies than a majority of the
//! replication factor.

use crate::model::{NodeId, NodeState, SplitMix64};
use crate::operations::OperationError;
use crate::placement::NodeIndex;
use crate::planner::{Hold, Layout, LayoutNode, NodeRole};
use crate::routing::failover::successor;

/// The most rounds.
pub const ROUNDS_MAX: u32 = 10_000;

/// What fails.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failing {
    /// These nodes.
    pub nodes: Vec<NodeId>,
    /// All nodes of these zones.
    pub zones: Vec<String>,
    /// So many others, drawn in each round.
    pub random: u32,
    /// How often.
    pub rounds: u32,
    /// What they are drawn by.
    pub seed: u64,
}

/// What one round came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Round {
    /// Counted from 1.
    pub number: u32,
    /// Who failed, in natural order.
    pub failed: Vec<NodeId>,
    /// Partitions that nobody leads until another one takes over.
    pub without_leader: u64,
    /// Partitions that nobody can lead after that.
    pub leaderless: u64,
    /// Partitions with fewer live copies than a majority.
    pub below_quorum: u64,
    /// Partitions without a live copy.
    pub lost: u64,
    /// Bytes of one replica of each of these.
    pub lost_bytes: u64,
    /// The fewest live copies of a partition.
    pub live_replicas_min: u64,
    /// The most leaders of one survivor.
    pub leaders_most: u64,
    /// By how much the reads of one survivor grow at most: 1.5 = half as many again.
    pub reads_growth_max: f64,
}

impl Round {
    /// How bad it is: what is lost counts most.
    fn badness(&self) -> (u64, u64, u64, u64, u64) {
        (self.lost, self.leaderless, self.below_quorum, self.without_leader, self.leaders_most)
    }
}

/// A node in the worst round.
#[derive(Clone, Debug, PartialEq)]
pub struct Survivor {
    /// Which.
    pub node: NodeId,
    /// Its zone, "" without one.
    pub zone: String,
    /// Whether it fails.
    pub failed: bool,
    /// Partitions that it leads before.
    pub leaders_before: u64,
    /// And after.
    pub leaders_after: u64,
    /// Its part of all reads before.
    pub reads_before: f64,
    /// And after.
    pub reads_after: f64,
}

/// The mean of the rounds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Mean {
    /// Partitions that lose their leader.
    pub without_leader: f64,
    /// Partitions that nobody can lead.
    pub leaderless: f64,
    /// Partitions below their quorum.
    pub below_quorum: f64,
    /// Partitions without a live copy.
    pub lost: f64,
    /// The most leaders of one survivor.
    pub leaders_most: f64,
}

/// What all rounds came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// The partitions there are.
    pub partitions: u64,
    /// Each round.
    pub rounds: Vec<Round>,
    /// The place of the worst one in [`Self::rounds`].
    pub worst: usize,
    /// Their mean.
    pub mean: Mean,
    /// Every node in the worst round.
    pub survivors: Vec<Survivor>,
}

impl Failure {
    /// The worst round.
    #[must_use]
    pub fn worst(&self) -> Option<&Round> {
        self.rounds.get(self.worst)
    }
}

/// Shares of a read are counted in so many parts, which every number of live copies up to 16 divides.
const READ_PARTS: u128 = 720_720;

/// What every round needs to know of the layout.
struct Ground<'a> {
    layout: &'a Layout,
    /// Partitions of each node, as parts of one list.
    starts: Vec<usize>,
    partitions: Vec<u32>,
    up: Vec<bool>,
    leaders: Vec<u64>,
    reads: Vec<u128>,
    /// Partitions that count, by the number of their live copies.
    by_live: Vec<u64>,
    /// Partitions that nobody leads who is up, before anything fails.
    unled: Vec<u32>,
    quorum: usize,
}

/// Plays the failures on a layout.
///
/// # Errors
/// A node or zone that is not there, more nodes than there are, or no or too many rounds.
pub fn fail(layout: &Layout, failing: &Failing) -> Result<Failure, OperationError> {
    let Failing { rounds, seed, random, .. } = failing;
    if !(1..=ROUNDS_MAX).contains(rounds) {
        return Err(OperationError::Invalid(format!("{rounds} rounds, there are 1 to {ROUNDS_MAX}")));
    }
    let fixed = fixed(layout, failing)?;
    let ground = Ground::new(layout);
    let mut others: Vec<NodeIndex> = (0..layout.nodes().len() as NodeIndex)
        .filter(|node| ground.up[usize::from(*node)] && !fixed.contains(node))
        .collect();
    if *random as usize > others.len() {
        return Err(OperationError::Invalid(format!(
            "{random} nodes cannot fail: only {} others are up",
            others.len()
        )));
    }
    let mut generator = SplitMix64::new(*seed);
    let mut worst: Option<(usize, Vec<NodeIndex>)> = None;
    let mut played: Vec<Round> = Vec::new();
    for number in 1..=*rounds {
        // The first of a shuffle, as far as it is needed.
        for place in 0..*random as usize {
            let other = place + generator.below((others.len() - place) as u64) as usize;
            others.swap(place, other);
        }
        let mut failed: Vec<NodeIndex> = fixed.iter().chain(&others[..*random as usize]).copied().collect();
        failed.sort_unstable();
        let round = ground.play(number, &failed).0;
        if worst.as_ref().is_none_or(|(at, _)| round.badness() > played[*at].badness()) {
            worst = Some((played.len(), failed));
        }
        played.push(round);
    }
    let (worst, failed) = worst.unwrap_or_default();
    let survivors = ground.survivors(&failed);
    Ok(Failure { partitions: ground.by_live.iter().sum(), mean: mean(&played), rounds: played, worst, survivors })
}

fn fixed(layout: &Layout, failing: &Failing) -> Result<Vec<NodeIndex>, OperationError> {
    let mut fixed = Vec::new();
    for id in &failing.nodes {
        let what = || format!("node {id}");
        fixed.push(layout.node_index(id).ok_or_else(|| OperationError::NotFound { what: what() })?);
    }
    for zone in &failing.zones {
        let number = layout.zones().iter().position(|name| name == zone);
        let in_zone = |(_, node): &(NodeIndex, &LayoutNode)| Some(usize::from(node.zone)) == number;
        let before = fixed.len();
        fixed.extend((0..).zip(layout.nodes()).filter(in_zone).map(|(number, _)| number));
        if fixed.len() == before {
            return Err(OperationError::NotFound { what: format!("a node in zone {zone:?}") });
        }
    }
    fixed.sort_unstable();
    fixed.dedup();
    Ok(fixed)
}

fn mean(rounds: &[Round]) -> Mean {
    let count = rounds.len().max(1) as f64;
    let of = |field: fn(&Round) -> u64| rounds.iter().map(field).sum::<u64>() as f64 / count;
    Mean {
        without_leader: of(|round| round.without_leader),
        leaderless: of(|round| round.leaderless),
        below_quorum: of(|round| round.below_quorum),
        lost: of(|round| round.lost),
        leaders_most: of(|round| round.leaders_most),
    }
}

impl<'a> Ground<'a> {
    fn new(layout: &'a Layout) -> Self {
        let nodes = layout.nodes().len();
        let up: Vec<bool> = layout.nodes().iter().map(|node| node.role.is_readable()).collect();
        let quorum = usize::from(layout.replication_factor()) / 2 + 1;
        let mut ground = Self {
            layout,
            starts: vec![0; nodes + 1],
            partitions: Vec::new(),
            up,
            leaders: vec![0; nodes],
            reads: vec![0; nodes],
            by_live: Vec::new(),
            unled: Vec::new(),
            quorum,
        };
        let all = || (0..layout.len() as u32).filter(|&p| layout.holds()[p as usize] != Hold::Split);
        for partition in all() {
            let holders = layout.holders(partition);
            holders.iter().for_each(|&node| ground.starts[usize::from(node) + 1] += 1);
            let live = ground.live(holders, &[]);
            if ground.by_live.len() <= live {
                ground.by_live.resize(live + 1, 0);
            }
            ground.by_live[live] += 1;
            match layout.leader(partition) {
                Some(leader) if ground.up[usize::from(leader)] => ground.leaders[usize::from(leader)] += 1,
                Some(_) | None => ground.unled.push(partition),
            }
            let part = ground.read_part(partition, live);
            for node in holders.iter().map(|&node| usize::from(node)) {
                ground.reads[node] += if ground.up[node] { part } else { 0 };
            }
        }
        (0..nodes).for_each(|node| ground.starts[node + 1] += ground.starts[node]);
        let mut next = ground.starts.clone();
        ground.partitions = vec![0; ground.starts[nodes]];
        for partition in all() {
            for node in layout.holders(partition).iter().map(|&node| usize::from(node)) {
                ground.partitions[next[node]] = partition;
                next[node] += 1;
            }
        }
        ground
    }

    fn live(&self, holders: &[NodeIndex], failed: &[NodeIndex]) -> usize {
        holders.iter().filter(|&&node| self.up[usize::from(node)] && !failed.contains(&node)).count()
    }

    /// What a live copy serves of a partition's reads. Of empty partitions every one is asked as often.
    fn read_part(&self, partition: u32, live: usize) -> u128 {
        let weight = u128::from(self.layout.sizes()[partition as usize].max(1));
        if live == 0 { 0 } else { weight * (READ_PARTS / live as u128) }
    }

    /// One round, with leaders and reads of every node after it.
    fn play(&self, number: u32, failed: &[NodeIndex]) -> (Round, Vec<u64>, Vec<u128>) {
        let (mut leaders, mut reads, mut by_live) = (self.leaders.clone(), self.reads.clone(), self.by_live.clone());
        let mut round = Round { number, ..Round::default() };
        round.failed = failed.iter().map(|&node| self.layout.node(node).id.clone()).collect();
        let mut touched = self.unled.clone();
        for node in failed.iter().map(|&node| usize::from(node)) {
            touched.extend_from_slice(&self.partitions[self.starts[node]..self.starts[node + 1]]);
        }
        touched.sort_unstable();
        touched.dedup();
        for &partition in &touched {
            let holders = self.layout.holders(partition);
            let (before, after) = (self.live(holders, &[]), self.live(holders, failed));
            by_live[before] -= 1;
            by_live[after] += 1;
            let (old, new) = (self.read_part(partition, before), self.read_part(partition, after));
            for &node in holders {
                let reads = &mut reads[usize::from(node)];
                *reads -= if self.up[usize::from(node)] { old } else { 0 };
                *reads += if self.up[usize::from(node)] && !failed.contains(&node) { new } else { 0 };
            }
            if after == 0 {
                round.lost_bytes += self.layout.sizes()[partition as usize];
            }
            self.fail_over(partition, failed, &mut round, &mut leaders);
        }
        round.lost = by_live.first().copied().unwrap_or(0);
        round.below_quorum = by_live.iter().take(self.quorum).sum();
        round.live_replicas_min = by_live.iter().position(|count| *count > 0).unwrap_or(0) as u64;
        let survives = |node: &usize| self.up[*node] && !failed.contains(&(*node as NodeIndex));
        let growth = |node: usize| reads[node] as f64 / self.reads[node] as f64;
        let survivors = || (0..leaders.len()).filter(survives);
        round.leaders_most = survivors().map(|node| leaders[node]).max().unwrap_or(0);
        let grown = survivors().filter(|node| self.reads[*node] > 0).map(growth);
        round.reads_growth_max = grown.reduce(f64::max).unwrap_or(1.0);
        (round, leaders, reads)
    }

    /// Gives a partition that nobody leads another leader.
    fn fail_over(&self, partition: u32, failed: &[NodeIndex], round: &mut Round, leaders: &mut [u64]) {
        if let Some(leader) = self.layout.leader(partition).filter(|leader| self.up[usize::from(*leader)]) {
            if !failed.contains(&leader) {
                return;
            }
            leaders[usize::from(leader)] -= 1;
        }
        round.without_leader += 1;
        let state = |node: &NodeIndex| (!failed.contains(node)).then(|| state(self.layout.node(*node).role));
        let full = |node: &NodeIndex| !self.layout.marks().contains(&(partition, *node));
        match successor(self.layout.holders(partition), state, full) {
            Some(next) => leaders[usize::from(*next)] += 1,
            None => round.leaderless += 1,
        }
    }

    fn survivors(&self, failed: &[NodeIndex]) -> Vec<Survivor> {
        let (_, leaders, reads) = self.play(0, failed);
        let share = |reads: &[u128], node: usize| match reads.iter().sum::<u128>() {
            0 => 0.0,
            all => reads[node] as f64 / all as f64,
        };
        let survivor = |(at, node): (usize, &LayoutNode)| Survivor {
            node: node.id.clone(),
            zone: self.layout.zones()[usize::from(node.zone)].clone(),
            failed: failed.contains(&(at as NodeIndex)),
            leaders_before: self.leaders[at],
            leaders_after: leaders[at],
            reads_before: share(&self.reads, at),
            reads_after: share(&reads, at),
        };
        self.layout.nodes().iter().enumerate().map(survivor).collect()
    }
}

fn state(role: NodeRole) -> NodeState {
    match role {
        NodeRole::Open | NodeRole::Fixed => NodeState::Active,
        NodeRole::SendOnly => NodeState::Cordoned,
        NodeRole::Draining => NodeState::Draining,
        NodeRole::Lost => NodeState::Down,
    }
}

#[cfg(test)]
mod tests;
