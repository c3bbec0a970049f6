//! Leadership handed on along chains: A to B, B to C, until one has room (augmenting paths in phases of equal length, after
//! Dinic; the nodes are those of the cluster, an arc is a partition that one leads and the other may).

use super::by_count::Counts;
use super::{LeaderProblem, NOBODY};

/// Which partitions each node leads and could hand on.
pub(super) struct Lists {
    /// Where each node's list begins and ends.
    ranges: Vec<(u32, u32)>,
    partitions: Vec<u32>,
}

impl Lists {
    /// For the nodes that are wanted; partitions that nobody else can lead are left out. No node leads more than `led` says.
    pub(super) fn new(
        problem: &LeaderProblem<'_>,
        leaders: &[u8],
        led: &[u32],
        wanted: impl Fn(usize) -> bool,
    ) -> Self {
        let mut total = 0;
        let range = |(node, &led): (usize, &u32)| {
            let start = total;
            total += if wanted(node) { led } else { 0 };
            (start, start)
        };
        let mut ranges: Vec<(u32, u32)> = led.iter().enumerate().map(range).collect();
        let mut partitions = vec![0; total as usize];
        for (partition, &slot) in leaders.iter().enumerate() {
            let Some(node) = problem.leader(partition, slot) else { continue };
            if problem.choices[partition] & !(1 << slot) != 0 && wanted(node) {
                let end = &mut ranges[node].1;
                partitions[*end as usize] = partition as u32;
                *end += 1;
            }
        }
        Self { ranges, partitions }
    }

    pub(super) fn of(&self, node: usize) -> &[u32] {
        let (start, end) = self.ranges[node];
        &self.partitions[start as usize..end as usize]
    }
}

/// No path leads there.
const FAR: u32 = u32::MAX;

/// The search for chains.
pub(super) struct Flow<'a> {
    problem: &'a LeaderProblem<'a>,
    leaders: &'a mut [u8],
    lists: Lists,
    levels: Vec<u32>,
    /// Where in its list each node goes on looking.
    cursors: Vec<usize>,
}

impl<'a> Flow<'a> {
    pub(super) fn new(problem: &'a LeaderProblem<'a>, leaders: &'a mut [u8]) -> Self {
        let nodes = problem.weights.len();
        let lists = Lists { ranges: vec![(0, 0); nodes], partitions: Vec::new() };
        Self { problem, leaders, lists, levels: vec![FAR; nodes], cursors: vec![0; nodes] }
    }

    /// Hands on until no node is above its limit: `None`; or until no chain is left: the nodes that are stuck, those above
    /// their limits and all whom their chains reach.
    pub(super) fn run(&mut self, counts: &mut Counts) -> Option<Vec<bool>> {
        loop {
            let over: Vec<usize> = (0..counts.limits.len()).filter(|&node| counts.is_over(node)).collect();
            if over.is_empty() {
                return None;
            }
            self.lists = Lists::new(self.problem, self.leaders, &counts.counts, |_| true);
            if !self.measure(&over, counts) {
                return Some(self.levels.iter().map(|&level| level != FAR).collect());
            }
            self.cursors.fill(0);
            for node in over {
                while counts.is_over(node) && self.hand_on(node, counts) {}
            }
        }
    }

    /// The distance of every node from those above their limits, as far as the first with room; whether there is one.
    fn measure(&mut self, over: &[usize], counts: &Counts) -> bool {
        self.levels.fill(FAR);
        let mut queue = over.to_vec();
        for &node in over {
            self.levels[node] = 0;
        }
        let (mut at, mut found) = (0, FAR);
        while let Some(&node) = queue.get(at) {
            at += 1;
            let level = self.levels[node] + 1;
            if level > found || queue.len() == self.levels.len() {
                break;
            }
            for &partition in self.lists.of(node) {
                for slot in self.problem.slots(partition as usize) {
                    let holder = self.holder(partition, slot);
                    if self.levels[holder] == FAR {
                        self.levels[holder] = level;
                        queue.push(holder);
                        if counts.has_room(holder) {
                            found = level;
                        }
                    }
                }
            }
        }
        found != FAR
    }

    fn holder(&self, partition: u32, slot: u8) -> usize {
        usize::from(self.problem.holders[partition as usize * self.problem.stride + usize::from(slot)])
    }

    /// One chain from a node that is above its limit, along growing levels, to one with room.
    fn hand_on(&mut self, source: usize, counts: &mut Counts) -> bool {
        // The chain so far: who hands on which partition to which slot.
        let mut chain: Vec<(u32, u8)> = Vec::new();
        let mut node = source;
        loop {
            match self.next_arc(node) {
                Some((partition, slot)) => {
                    chain.push((partition, slot));
                    node = self.holder(partition, slot);
                    if counts.has_room(node) {
                        break;
                    }
                }
                None => {
                    // A dead end: nobody comes here again in this phase.
                    self.levels[node] = FAR;
                    let Some((partition, _)) = chain.pop() else { return false };
                    let from = self.leaders[partition as usize];
                    node = self.holder(partition, from);
                }
            }
        }
        for (partition, slot) in chain {
            debug_assert_ne!(slot, NOBODY);
            self.leaders[partition as usize] = slot;
        }
        counts.counts[source] -= 1;
        counts.counts[node] += 1;
        true
    }

    /// A partition that the node still leads, and a slot one level further.
    fn next_arc(&mut self, node: usize) -> Option<(u32, u8)> {
        let further = self.levels[node].checked_add(1).filter(|&level| level != FAR)?;
        while let Some(&partition) = self.lists.of(node).get(self.cursors[node]) {
            let leader = self.leaders[partition as usize];
            if self.holder(partition, leader) == node {
                let next = self
                    .problem
                    .slots(partition as usize)
                    .find(|&slot| slot != leader && self.levels[self.holder(partition, slot)] == further);
                if let Some(slot) = next {
                    return Some((partition, slot));
                }
            }
            self.cursors[node] += 1;
        }
        None
    }
}
