//! What a node has to give, replica by replica.

use crate::model::SplitMix64;
use crate::placement::NodeIndex;

use super::super::layout::{PARTITIONS_MAX, ZoneIndex};
use super::super::settings::Prefer;
use super::state::{Ground, State};

/// So many replicas are looked at before a pair of nodes is given up.
const TRIES_MAX: usize = 64;

/// Marks what is not there any more; it keeps its place until a quarter of all is gone.
const GONE: u32 = 1 << 31;

/// Replicas of one node by descending size, some of which may have gone.
#[derive(Clone, Debug)]
pub(super) struct Offer {
    ranks: Vec<u32>,
    gone: usize,
    /// So many of the first ones have gone.
    front: usize,
}

impl Offer {
    /// Of some ranks, ascending.
    pub(super) fn new(ranks: Vec<u32>) -> Self {
        const { assert!(PARTITIONS_MAX <= GONE as usize) };
        Self { ranks, gone: 0, front: 0 }
    }

    /// Clears away what has gone, if that is much.
    pub(super) fn clear(&mut self) {
        if self.gone * 4 > self.ranks.len() {
            self.ranks.retain(|rank| rank & GONE == 0);
            (self.gone, self.front) = (0, 0);
        }
    }

    /// Brings near what the next few times [`Self::take`] looks at first: that lies all over the state, and one at a time would
    /// be waited for.
    pub(super) fn fetch(
        &self,
        (ground, state): (&Ground<'_>, &State),
        mut random: SplitMix64,
        prefer: Prefer,
        (first, times): (u32, usize),
    ) {
        let items = &self.ranks[self.start(first)..];
        if !items.is_empty() {
            let ranks = (0..times).map(|_| items[begin(items, &mut random, prefer)] & !GONE);
            std::hint::black_box(ranks.fold(0, |near, rank| near ^ state.look(ground, rank) ^ ground.look(rank)));
        }
    }

    /// Where the ranks from `first` on begin that have not all gone.
    fn start(&self, first: u32) -> usize {
        if first == 0 { self.front } else { self.ranks.partition_point(|&rank| rank & !GONE < first).max(self.front) }
    }

    /// Takes one, from rank `first` on, that has not moved and may go from this node to another: the rank and the slot that it
    /// leaves. Looks at a few only; says also whether that were all.
    #[inline]
    pub(super) fn take(
        &mut self,
        (ground, state): (&Ground<'_>, &State),
        random: &mut SplitMix64,
        prefer: Prefer,
        (first, from, to): (u32, NodeIndex, NodeIndex),
    ) -> (Option<(u32, usize)>, bool) {
        while self.ranks.get(self.front).is_some_and(|rank| rank & GONE != 0) {
            self.front += 1;
        }
        let start = self.start(first);
        let items = &mut self.ranks[start..];
        if items.is_empty() {
            return (None, true);
        }
        let mut at = begin(items, random, prefer);
        for _ in 0..items.len().min(TRIES_MAX) {
            let rank = items[at];
            if rank & GONE == 0 {
                let slot = state.unmoved_slot(ground, rank, from);
                let goes = slot.filter(|&slot| state.may_take(ground, rank, slot, to));
                if goes.is_some() || slot.is_none() {
                    items[at] |= GONE;
                    self.gone += 1;
                }
                if let Some(slot) = goes {
                    return (Some((rank, slot)), false);
                }
            }
            at += 1;
            if at == items.len() {
                at = 0;
            }
        }
        (None, items.len() <= TRIES_MAX)
    }

    /// What of it a zone may take.
    pub(super) fn of_zone(&self, ground: &Ground<'_>, state: &State, from: NodeIndex, zone: ZoneIndex) -> Self {
        let goes = |&rank: &u32| {
            let slot = state.unmoved_slot(ground, rank, from)?;
            state.zone_takes(ground, rank, slot, zone).then_some(rank)
        };
        Self::new(self.ranks.iter().filter(|&rank| rank & GONE == 0).filter_map(goes).collect())
    }
}

/// Where the search begins.
fn begin(items: &[u32], random: &mut SplitMix64, prefer: Prefer) -> usize {
    match prefer {
        Prefer::Uniform => random.below(items.len() as u64) as usize,
        Prefer::FewestMoves => 0,
    }
}
