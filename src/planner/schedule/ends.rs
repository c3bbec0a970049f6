//! The ends of the copies that run, soonest first: a calendar queue (R. Brown, CACM 31, 1988). Time goes on only, and no copy
//! runs longer than the longest, so that a wheel of days that is turned once in that time holds every end.

use crate::placement::NodeIndex;

/// Days of the wheel: a few for each of a thousand nodes.
const DAYS: usize = 1 << 12;

/// Days of one word of the list of those that have ends.
const WORD: usize = u64::BITS as usize;

/// No node.
const NOBODY: NodeIndex = NodeIndex::MAX;

/// Who receives what until when, each node one copy at most.
#[derive(Debug)]
pub(super) struct Ends {
    /// Of each day, one of those that are done on it.
    first: Vec<NodeIndex>,
    /// The days on which anybody is.
    busy: Vec<u64>,
    /// Of each node, when it is done, the number of its move, and another node that is done on the same day.
    running: Vec<(u64, u32, NodeIndex)>,
    /// A day has two to the power of so many bytes.
    day_bits: u32,
    /// The latest end that was taken out, or before it.
    now: u64,
}

impl Ends {
    /// For copies of at most so many bytes.
    pub(super) fn new(nodes: usize, longest: u64) -> Self {
        let bits = u64::BITS - longest.leading_zeros();
        Self {
            first: vec![NOBODY; DAYS],
            busy: vec![0; DAYS / WORD],
            running: vec![(0, 0, NOBODY); nodes],
            // The last day of a turn may not be the first one again.
            day_bits: (bits + 1).saturating_sub(DAYS.trailing_zeros()),
            now: 0,
        }
    }

    fn day(&self, end: u64) -> usize {
        (end >> self.day_bits) as usize % DAYS
    }

    /// A node will be done, not before the latest that was taken out.
    #[inline]
    pub(super) fn put(&mut self, node: usize, end: u64, at: u32) {
        debug_assert!(end >= self.now);
        let day = self.day(end);
        self.busy[day / WORD] |= 1 << (day % WORD);
        self.running[node] = (end, at, std::mem::replace(&mut self.first[day], node as NodeIndex));
    }

    /// Takes out the soonest, of equals the one with the lowest number: when, and which node.
    #[inline]
    pub(super) fn take(&mut self) -> Option<(u64, usize)> {
        let day = self.next_day()?;
        let (mut before_best, mut best) = (NOBODY, self.first[day]);
        let (mut end, mut at, mut behind) = self.running[usize::from(best)];
        let (mut before, mut next) = (best, behind);
        while next != NOBODY {
            let other = self.running[usize::from(next)];
            if (other.0, other.1) < (end, at) {
                (before_best, best) = (before, next);
                (end, at, behind) = other;
            }
            (before, next) = (next, other.2);
        }
        if before_best == NOBODY {
            self.first[day] = behind;
            if behind == NOBODY {
                self.busy[day / WORD] &= !(1 << (day % WORD));
            }
        } else {
            self.running[usize::from(before_best)].2 = behind;
        }
        self.now = end;
        Some((end, usize::from(best)))
    }

    /// The next day from now on, round the wheel, on which anybody is done.
    fn next_day(&self) -> Option<usize> {
        let today = self.day(self.now);
        let (word, bit) = (today / WORD, today % WORD);
        let rest = self.busy[word] >> bit << bit;
        if rest != 0 {
            return Some(word * WORD + rest.trailing_zeros() as usize);
        }
        // Then this word again, for the days before today.
        let words = (word + 1..self.busy.len()).chain(0..=word);
        let mut busy = words.map(|word| (word, self.busy[word])).filter(|(_, days)| *days != 0);
        busy.next().map(|(word, days)| word * WORD + days.trailing_zeros() as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SplitMix64;
    use std::collections::BTreeSet;

    #[test]
    fn ends_come_in_the_order_of_time_and_number() {
        for (seed, longest) in [(1, 0), (2, 1), (3, 50), (4, 4095), (5, 4096), (6, 1 << 20), (7, 1 << 62)] {
            let mut random = SplitMix64::new(seed);
            let nodes = 40;
            let (mut ends, mut expected, mut now) = (Ends::new(nodes, longest), BTreeSet::new(), 0_u64);
            let mut free: Vec<usize> = (0..nodes).collect();
            for at in 0..5000_u32 {
                if !free.is_empty() && random.below(3) > 0 {
                    let node = free.swap_remove(random.below(free.len() as u64) as usize);
                    let end = now.saturating_add(random.below(longest.saturating_add(1)));
                    // Some are exactly as long as the longest.
                    let end = if at % 7 == 0 { now.saturating_add(longest) } else { end };
                    ends.put(node, end, at);
                    expected.insert((end, at, node));
                } else {
                    let first = expected.pop_first();
                    assert_eq!(ends.take(), first.map(|(end, _, node)| (end, node)));
                    if let Some((end, _, node)) = first {
                        now = end;
                        free.push(node);
                    }
                }
            }
            while let Some((end, _, node)) = expected.pop_first() {
                assert_eq!(ends.take(), Some((end, node)));
            }
            assert_eq!(ends.take(), None);
        }
    }
}
