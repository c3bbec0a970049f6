//! Every node to its share by count: the smallest number of partitions that it can be brought down to.

use super::flow::{Flow, Lists};
use super::{LeaderProblem, NOBODY};

/// How often the shares of a stuck set are raised at most; each time the set gets smaller, in practice once or twice.
const RAISES_MAX: usize = 64;

/// How many partitions each node leads, and may.
#[derive(Clone, Debug)]
pub(super) struct Counts {
    /// The share of each node.
    pub(super) shares: Vec<u32>,
    /// What each node is brought down to: its share, or more where that cannot be met.
    pub(super) limits: Vec<u32>,
    /// What each node leads.
    pub(super) counts: Vec<u32>,
}

impl Counts {
    pub(super) fn is_over_share(&self) -> bool {
        self.counts.iter().zip(&self.shares).any(|(count, share)| count > share)
    }

    pub(super) fn has_room(&self, node: usize) -> bool {
        self.counts[node] < self.limits[node]
    }

    pub(super) fn is_over(&self, node: usize) -> bool {
        self.counts[node] > self.limits[node]
    }

    /// How many more it may lead.
    fn room(&self, node: usize) -> i64 {
        i64::from(self.limits[node]) - i64::from(self.counts[node])
    }
}

/// Changes `leaders` until no node leads more than its limit, which is its share if that can be.
pub(super) fn even_out(problem: &LeaderProblem<'_>, shares: &[u32], leaders: &mut [u8]) -> Counts {
    let mut counts = Counts { shares: shares.to_vec(), limits: shares.to_vec(), counts: vec![0; shares.len()] };
    let mut waiting = Vec::new();
    for (partition, &slot) in leaders.iter().enumerate() {
        if problem.must_change(partition, slot) {
            waiting.push(partition);
        } else if let Some(node) = problem.leader(partition, slot) {
            counts.counts[node] += 1;
        }
    }
    for partition in waiting {
        name_leader(problem, partition, leaders, &mut counts);
    }
    hand_over(problem, leaders, &mut counts);
    let mut flow = Flow::new(problem, leaders);
    for _ in 0..RAISES_MAX {
        let Some(stuck) = flow.run(&mut counts) else { return counts };
        raise(problem, &stuck, &mut counts);
    }
    for node in 0..counts.limits.len() {
        counts.limits[node] = counts.limits[node].max(counts.counts[node]);
    }
    counts
}

/// `ceil(P · w / W)` of each node; more, by weight, where others hold or may gain too little for theirs.
pub(super) fn shares(problem: &LeaderProblem<'_>, leaders: &[u8]) -> Vec<u32> {
    let nodes = problem.weights.len();
    let (mut counts, mut most) = (vec![0_u32; nodes], vec![0_u32; nodes]);
    let mut led = 0_u64;
    for (partition, &slot) in leaders.iter().enumerate() {
        let leader = problem.leader(partition, slot);
        if problem.choices[partition] == 0 {
            if let Some(node) = leader {
                (counts[node], most[node]) = (counts[node] + 1, most[node] + 1);
                led += 1;
            }
            continue;
        }
        led += 1;
        for choice in problem.slots(partition) {
            most[usize::from(problem.holders[partition * problem.stride + usize::from(choice)])] += 1;
        }
        if let Some(node) = leader.filter(|_| !problem.must_change(partition, slot)) {
            counts[node] += 1;
        }
    }
    for (node, most) in most.iter_mut().enumerate() {
        if !problem.may_gain[node] {
            *most = (*most).min(counts[node]);
        }
    }
    common_shares(problem, &vec![true; nodes], led, led, &Bounds { least: &vec![0; nodes], most: &most })
}

/// The holder with the most room leads.
fn name_leader(problem: &LeaderProblem<'_>, partition: usize, leaders: &mut [u8], counts: &mut Counts) {
    let node_of = |slot: u8| usize::from(problem.holders[partition * problem.stride + usize::from(slot)]);
    let best = problem.slots(partition).max_by_key(|&slot| (counts.room(node_of(slot)), NOBODY - slot));
    if let Some(slot) = best {
        leaders[partition] = slot;
        counts.counts[node_of(slot)] += 1;
    }
}

/// From nodes above their limit straight to holders with room, evenly over the partitions' age: else retention would soon
/// take what was left to one side.
fn hand_over(problem: &LeaderProblem<'_>, leaders: &mut [u8], counts: &mut Counts) {
    let over: Vec<bool> = (0..counts.limits.len()).map(|node| counts.is_over(node)).collect();
    if !over.contains(&true) {
        return;
    }
    let lists = Lists::new(problem, leaders, &counts.counts, |node| over[node]);
    let mut some = Vec::with_capacity(NEAR);
    for node in (0..over.len()).filter(|&node| over[node]) {
        let mut walk = spread(lists.of(node));
        while counts.is_over(node) {
            some.clear();
            some.extend(walk.by_ref().take(NEAR).map(|partition| partition as usize));
            if some.is_empty() {
                break;
            }
            problem.look(&some);
            for &partition in &some {
                if !counts.is_over(node) {
                    break;
                }
                hand_over_one(problem, partition, node, leaders, counts);
            }
        }
    }
}

/// So many partitions that lie all over are brought near at once.
const NEAR: usize = 16;

/// To the holder with the most room, if one has room.
fn hand_over_one(problem: &LeaderProblem<'_>, partition: usize, node: usize, leaders: &mut [u8], counts: &mut Counts) {
    let holder = |slot: u8| usize::from(problem.holders[partition * problem.stride + usize::from(slot)]);
    let with_room = problem.slots(partition).filter(|&slot| counts.has_room(holder(slot)));
    if let Some(slot) = with_room.max_by_key(|&slot| (counts.room(holder(slot)), NOBODY - slot)) {
        leaders[partition] = slot;
        counts.counts[node] -= 1;
        counts.counts[holder(slot)] += 1;
    }
}

/// A list in golden steps: every prefix of the walk is spread evenly over it.
fn spread(list: &[u32]) -> impl Iterator<Item = u32> + use<'_> {
    let length = list.len() as u64;
    // 0.618… of the length, and prime to it, so that each place is met once.
    let golden = (length * 0x9e37_79b9) >> 32;
    let step = (golden.max(1)..).find(|step| greatest_common_divisor(*step, length.max(1)) == 1).unwrap_or(1);
    let next = move |at: &u64| Some(if *at + step < length { *at + step } else { *at + step - length });
    std::iter::successors(Some(0), next).zip(list).map(|(at, _)| list[at as usize])
}

fn greatest_common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

/// Nodes that are stuck above their limits share what they lead, by weight.
fn raise(problem: &LeaderProblem<'_>, stuck: &[bool], counts: &mut Counts) {
    let led = (0..stuck.len()).filter(|&node| stuck[node]).map(|node| u64::from(counts.counts[node])).sum();
    let most: Vec<u32> =
        (0..stuck.len()).map(|node| if problem.may_gain[node] { u32::MAX } else { counts.counts[node] }).collect();
    let willing = (0..stuck.len()).any(|node| stuck[node] && problem.may_gain[node] && problem.weights[node] > 0);
    let free = vec![u32::MAX; stuck.len()];
    let least = counts.limits.clone();
    let bounds = Bounds { least: &least, most: if willing { &most } else { &free } };
    let raised = common_shares(problem, stuck, 0, led, &bounds);
    let weightless = (0..stuck.len()).all(|node| !stuck[node] || problem.weights[node] == 0);
    for node in (0..stuck.len()).filter(|&node| stuck[node]) {
        counts.limits[node] = if weightless { least[node].max(counts.counts[node]) } else { raised[node] };
    }
}

/// Between what the shares lie.
struct Bounds<'a> {
    least: &'a [u32],
    most: &'a [u32],
}

/// `ceil(p · w / W)` within bounds, for the smallest p from `from` on with which they add up to `sum` at least, or for a p
/// so large that they grow no more.
fn common_shares(problem: &LeaderProblem<'_>, among: &[bool], from: u64, sum: u64, bounds: &Bounds<'_>) -> Vec<u32> {
    let weight = |node: usize| if among[node] { u128::from(problem.weights[node]) } else { 0 };
    let all: u128 = (0..among.len()).map(weight).sum::<u128>().max(1);
    let share = |p: u64, node: usize| {
        let share = u32::try_from((u128::from(p) * weight(node)).div_ceil(all)).unwrap_or(u32::MAX);
        share.min(bounds.most[node]).max(bounds.least[node])
    };
    let total =
        |p: u64| (0..among.len()).filter(|&node| among[node]).map(|node| u64::from(share(p, node))).sum::<u64>();
    let (mut low, mut high) = (from, from);
    // A node of the least weight reaches 2^32 with p = 2^32 · W, W below 2^36.
    while total(high) < sum && high < 1 << 62 {
        low = high + 1;
        high = high * 2 + 1;
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if total(middle) < sum { low = middle + 1 } else { high = middle }
    }
    (0..among.len()).map(|node| share(high, node)).collect()
}
