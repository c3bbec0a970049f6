//! The leader pass: who of the holders leads, so that no node leads more than its share, with few transfers.
//!
//! The share of a node is `ceil(P · w / W)`: P led partitions, w its weight, W that of all nodes that lead. First the
//! busiest partitions (those of the open hour) are evened out by load, [`by_load`]; then all by count, [`by_count`], while
//! those stay as they are; only if a share is not met that way may they change again.
//!
//! Nodes that hold too little for their share leave more to the others. Where the shares still cannot be met, because the copies do not lie so, the set of nodes that is stuck gets the smallest common
//! share among themselves that can be.
//!
//! Invariant: a leader holds the partition and is one of its choices, or is left as it was. Integer comparisons only, ties by
//! partition and node number: the same input gives the same leaders on every machine.

mod by_count;
mod by_load;
mod flow;

use super::NodeIndex;

/// Stands for "nobody leads" among leader slots.
pub const NOBODY: u8 = u8::MAX;

/// What the pass works on. Partitions and nodes are numbers; a slot is a place in a partition's list of holders.
#[derive(Clone, Copy, Debug)]
pub struct LeaderProblem<'a> {
    /// Slots of each partition in `holders`.
    pub stride: usize,
    /// Who holds each partition; what stands in slots that are no choice and no leader is not looked at.
    pub holders: &'a [NodeIndex],
    /// Which slots of each partition may lead, slot 0 the lowest bit. None: its leader stays as it is.
    pub choices: &'a [u16],
    /// Weight of each node; 0: it leads only what nobody else can.
    pub weights: &'a [u32],
    /// Whether each node may lead more partitions than it does now, as long as others can.
    pub may_gain: &'a [bool],
}

/// Partitions that are evened out by load first: those of the open hour.
#[derive(Clone, Copy, Debug, Default)]
pub struct Busy<'a> {
    /// Which, each once.
    pub partitions: &'a [u32],
    /// The write rate of each of them, or what stands for it; all together below 2^62.
    pub loads: &'a [u64],
}

/// What the pass did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeaderOutcome {
    /// `ceil(P · w / W)` of each node; more, by weight, where others hold or may gain too little for theirs.
    pub shares: Vec<u32>,
    /// How many partitions each node leads before, those without a leader left out.
    pub before: Vec<u32>,
    /// And after.
    pub after: Vec<u32>,
    /// Partitions that have another leader now.
    pub transfers: u64,
    /// No way to the same ends takes fewer transfers.
    pub transfers_minimum: u64,
}

/// Changes `leaders` (a slot for each partition, or [`NOBODY`]).
pub fn even_out(problem: &LeaderProblem<'_>, busy: Busy<'_>, leaders: &mut [u8]) -> LeaderOutcome {
    let start = leaders.to_vec();
    let mut shares = by_count::shares(problem, &start);
    let (mut load_limits, mut counts) = settle(problem, busy, &shares, leaders);
    // Who should not gain did, as nobody else could: that leaves less to the others.
    for _ in 1..ROUNDS_MAX {
        let gained = |node: usize| !problem.may_gain[node] && counts.counts[node] > shares[node];
        if !(0..shares.len()).any(gained) {
            break;
        }
        let before = leaders.to_vec();
        shares = by_count::shares(problem, leaders);
        (load_limits, counts) = settle(problem, busy, &shares, leaders);
        if before == leaders {
            break;
        }
    }
    let minimum = Minimum { problem, start: &start, counts: &counts, busy, load_limits: &load_limits };
    let before = problem.count(&start);
    LeaderOutcome {
        transfers: start.iter().zip(&*leaders).filter(|(old, new)| old != new).count() as u64,
        transfers_minimum: minimum.transfers(&before, leaders),
        before,
        after: counts.counts,
        shares,
    }
}

/// How often both passes follow each other at most, where they undo each other's work.
const ROUNDS_MAX: usize = 8;

/// By load, then by count, until a further run of both would change nothing.
fn settle(
    problem: &LeaderProblem<'_>,
    busy: Busy<'_>,
    shares: &[u32],
    leaders: &mut [u8],
) -> (Vec<u64>, by_count::Counts) {
    let mut choices = problem.choices.to_vec();
    for &partition in busy.partitions {
        // One that nobody leads, or who may not, is settled by load.
        choices[partition as usize] = 0;
    }
    let rest = LeaderProblem { choices: &choices, ..*problem };
    for round in 1.. {
        let before = leaders.to_vec();
        let load_limits = by_load::even_out(problem, busy, leaders);
        let mut counts = by_count::even_out(&rest, shares, leaders);
        let is_met = busy.partitions.is_empty() || !counts.is_over_share();
        if !is_met {
            counts = by_count::even_out(problem, shares, leaders);
        }
        if is_met || before == leaders || round == ROUNDS_MAX {
            return (load_limits, counts);
        }
    }
    (Vec::new(), by_count::even_out(problem, shares, leaders))
}

/// The pass by load alone, for anything that one of several holders does: who sends a copy, say. Slots are changed as leaders
/// are; with many partitions per node it takes long.
pub fn even_out_by_load(problem: &LeaderProblem<'_>, busy: Busy<'_>, slots: &mut [u8]) {
    by_load::even_out(problem, busy, slots);
}

impl LeaderProblem<'_> {
    /// Who leads a partition, by its slot.
    fn leader(&self, partition: usize, slot: u8) -> Option<usize> {
        (slot != NOBODY).then(|| usize::from(self.holders[partition * self.stride + usize::from(slot)]))
    }

    /// The slots of a partition that may lead.
    fn slots(&self, partition: usize) -> impl Iterator<Item = u8> + use<> {
        let mut left = self.choices[partition];
        std::iter::from_fn(move || {
            let slot = left.trailing_zeros() as u8;
            left &= left.wrapping_sub(1);
            (slot < 16).then_some(slot)
        })
    }

    /// Whether the partition's leader is to change: there are choices, and it is none of them.
    fn must_change(&self, partition: usize, slot: u8) -> bool {
        let choices = self.choices[partition];
        choices != 0 && (slot == NOBODY || choices >> slot & 1 == 0)
    }

    /// Reads something of some partitions, which brings them near.
    fn look(&self, partitions: &[usize]) {
        let look = |&partition: &usize| self.choices[partition] ^ self.holders[partition * self.stride];
        std::hint::black_box(partitions.iter().map(look).fold(0, |near, other| near ^ other));
    }

    /// How many partitions each node leads.
    fn count(&self, leaders: &[u8]) -> Vec<u32> {
        let mut counts = vec![0; self.weights.len()];
        for (partition, &slot) in leaders.iter().enumerate() {
            if let Some(node) = self.leader(partition, slot) {
                counts[node] += 1;
            }
        }
        counts
    }
}

/// The least number of transfers: what each node must give up at least, for each transfer takes from one.
struct Minimum<'a> {
    problem: &'a LeaderProblem<'a>,
    start: &'a [u8],
    counts: &'a by_count::Counts,
    busy: Busy<'a>,
    load_limits: &'a [u64],
}

impl Minimum<'_> {
    /// `before`: how many each node leads at the start.
    fn transfers(&self, before: &[u32], end: &[u8]) -> u64 {
        let nodes = self.problem.weights.len();
        let mut forced = vec![0_u32; nodes];
        let mut without_leader = 0;
        for (partition, &slot) in self.start.iter().enumerate() {
            if self.problem.must_change(partition, slot) {
                match self.problem.leader(partition, slot) {
                    None => without_leader += 1,
                    Some(node) => forced[node] += 1,
                }
            }
        }
        let by_load = self.by_load(end);
        let least = |node: usize| {
            let excess = before[node].saturating_sub(self.counts.limits[node].max(self.counts.counts[node]));
            u64::from(excess.max(forced[node]).max(by_load[node]))
        };
        without_leader + (0..nodes).map(least).sum::<u64>()
    }

    /// How many of its busy partitions a node gives up at least, the heaviest first, to come down to its limit, or to where
    /// it ended if that is higher.
    fn by_load(&self, end: &[u8]) -> Vec<u32> {
        let nodes = self.problem.weights.len();
        let mut ends = vec![0_u64; nodes];
        let mut led: Vec<Vec<u64>> = vec![Vec::new(); if self.busy.partitions.is_empty() { 0 } else { nodes }];
        for (&partition, &load) in self.busy.partitions.iter().zip(self.busy.loads) {
            let partition = partition as usize;
            if let Some(node) = self.problem.leader(partition, self.start[partition]) {
                led[node].push(load);
            }
            if let Some(node) = self.problem.leader(partition, end[partition]) {
                ends[node] += load;
            }
        }
        let mut least = vec![0; nodes];
        for (node, mut loads) in led.into_iter().enumerate() {
            loads.sort_unstable();
            let mut total: u64 = loads.iter().sum();
            while total > self.load_limits[node].max(ends[node]) {
                let Some(heaviest) = loads.pop() else { break };
                total -= heaviest;
                least[node] += 1;
            }
        }
        least
    }
}

#[cfg(test)]
mod tests;
