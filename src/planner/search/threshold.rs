//! Threshold accepting: copies go elsewhere or change places, and what is a little worse is kept while the threshold falls to
//! nothing.

use crate::model::SplitMix64;

use super::assignment::{Assignment, Score};
use super::instance::{Instance, REPLICAS_MAX};
use super::order;

/// A byte outside a band counts as so many bytes that are copied.
const OUTSIDE_COST: i64 = 4;

/// So many changes are tried while the threshold falls once.
const TRIES: i64 = 15_000;

/// Of sixteen changes so many send one copy elsewhere; in the others two change places.
const RELOCATIONS: u64 = 3;

/// So often the threshold falls, from the best that was seen before: the more often, the fewer replicas there are.
fn rounds(replicas: usize) -> usize {
    (REPLICAS_MAX / replicas.max(1)).clamp(2, 16)
}

/// The best that is seen from `found` on, if any is better; `good` bytes are good enough.
pub(super) fn run(instance: &Instance, found: &Assignment, good: i64, seed: u64) -> Option<Assignment> {
    let mut search = Search {
        instance,
        now: found.clone(),
        best: found.clone(),
        checked: found.score,
        random: SplitMix64::new(seed),
    };
    let mean = instance.sizes.iter().sum::<i64>() / (instance.sizes.len() as i64).max(1);
    for _ in 0..rounds(instance.origin.len()) {
        let before = search.best.score;
        search.round(mean);
        let score = search.best.score;
        // Where a whole round brings no node nearer to its band, mostly nothing does.
        let is_over = if score.nodes_outside == 0 { score.copied <= good } else { score == before };
        if is_over {
            break;
        }
    }
    (search.best.score < found.score).then_some(search.best)
}

struct Search<'a> {
    instance: &'a Instance,
    now: Assignment,
    best: Assignment,
    /// The best score of this round that was looked at, whether an order leads there or not.
    checked: Score,
    random: SplitMix64,
}

impl Search<'_> {
    fn round(&mut self, top: i64) {
        self.now.clone_from(&self.best);
        self.checked = self.best.score;
        for left in (0..TRIES).rev() {
            self.attempt(top / TRIES * left);
        }
        self.keep_if_best();
    }

    fn attempt(&mut self, threshold: i64) {
        let (instance, drawn) = (self.instance, self.random.next_u64());
        // Three numbers from one draw.
        let below = |bits: u64, end: usize| (((bits & 0xff_ffff) * end as u64) >> 24) as usize;
        let slot = below(drawn, instance.origin.len());
        let change = if drawn >> 60 < RELOCATIONS {
            let to = instance.receivers[below(drawn >> 24, instance.receivers.len())];
            self.now.relocation(instance, slot, to)
        } else {
            self.now.exchange(instance, slot, below(drawn >> 24, instance.origin.len()))
        };
        let Some(change) = change else { return };
        let cost = self.now.outside_by(instance, &change) * OUTSIDE_COST + change.copied;
        if cost > threshold {
            return;
        }
        if cost > 0 {
            self.keep_if_best();
        }
        self.now.make(instance, &change);
    }

    /// Keeps what is better than all before, if there is an order that leads there.
    fn keep_if_best(&mut self) {
        if self.now.score >= self.checked {
            return;
        }
        self.checked = self.now.score;
        if order::is_in_reach(self.instance, &self.now) {
            self.best.clone_from(&self.now);
        }
    }
}
