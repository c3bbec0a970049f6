//! What waits for whom.

use std::ops::Range;

use crate::planner::layout::{Layout, NO_NODE};
use crate::planner::plan::{Move, MoveKind, NodeTarget};
use crate::planner::sorting::{places_by_key, starts_of};

use super::numbering::least_urgent;
use super::tasks::{Stage, Tasks};

/// Nothing follows.
pub(super) const NONE: u32 = u32::MAX;

/// Moves of each node, most urgent first, side by side. What has started is taken out when it is met too often.
#[derive(Clone, Debug)]
pub(super) struct Queues {
    moves: Vec<u32>,
    /// Where each node's list begins and ends.
    ranges: Vec<Range<u32>>,
}

impl Queues {
    /// What each node may send of the copies that have not started. `largest`: the most bytes of one of them.
    pub(super) fn of_senders(nodes: usize, copies: u32, largest: u64, tasks: &Tasks) -> Self {
        let key = |at: usize| (tasks.stage(at as u32) != Stage::Started).then(|| tasks.urgency(at as u32, largest));
        let order = places_by_key(copies as usize, least_urgent(largest), key);
        let mut ends = vec![0; nodes];
        for source in order.iter().flat_map(|&at| tasks.sources(at)) {
            ends[usize::from(source.node)] += 1;
        }
        let total = starts_of(&mut ends);
        let starts = ends.clone();
        let mut moves = vec![0; total as usize];
        for &at in &order {
            for source in tasks.sources(at) {
                let end = &mut ends[usize::from(source.node)];
                moves[*end as usize] = at;
                *end += 1;
            }
        }
        Self { moves, ranges: starts.into_iter().zip(ends).map(|(start, end)| start..end).collect() }
    }

    pub(super) fn of(&self, node: usize) -> &[u32] {
        let Range { start, end } = self.ranges[node];
        &self.moves[start as usize..end as usize]
    }

    /// Takes out what has started of the first so many of a node's moves.
    pub(super) fn trim(&mut self, node: usize, first: usize, tasks: &Tasks) {
        let Range { start, end } = self.ranges[node];
        let list = &mut self.moves[start as usize..end as usize][..first];
        let mut kept = list.len();
        // From behind, so that what is left stays beside the rest, in its order.
        for at in (0..list.len()).rev() {
            if tasks.stage(list[at]) != Stage::Started {
                kept -= 1;
                list[kept] = list[at];
            }
        }
        self.ranges[node].start = start + kept as u32;
    }
}

/// A set of numbers: the copies that may start.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    words: Vec<u64>,
}

impl Waiting {
    /// Of the numbers below `end`, those that are.
    pub(super) fn new(end: u32, is: impl Fn(u32) -> bool) -> Self {
        let mut waiting = Self { words: vec![0; (end as usize).div_ceil(64)] };
        (0..end).filter(|&at| is(at)).for_each(|at| waiting.put(at));
        waiting
    }

    pub(super) fn put(&mut self, at: u32) {
        if let Some(word) = self.words.get_mut(at as usize / 64) {
            *word |= 1 << (at % 64);
        }
    }

    pub(super) fn take_out(&mut self, at: u32) {
        if let Some(word) = self.words.get_mut(at as usize / 64) {
            *word &= !(1 << (at % 64));
        }
    }

    /// The first one from `at` on, or one from `end` on.
    #[inline]
    pub(super) fn next(&self, at: u32, end: u32) -> u32 {
        if at >= end {
            return end;
        }
        let word = at as usize / 64;
        let here = self.words[word] >> (at % 64);
        if here != 0 {
            return at + here.trailing_zeros();
        }
        let mut behind = (word + 1..(end as usize).div_ceil(64)).filter(|&word| self.words[word] != 0);
        behind.next().map_or(end, |word| word as u32 * 64 + self.words[word].trailing_zeros())
    }
}

/// Whether data is copied.
pub(super) fn copies(m: &Move) -> bool {
    m.bytes > 0 && m.to.is_some() && matches!(m.kind, MoveKind::Replica | MoveKind::Repair)
}

/// Which moves are of one partition, by number. Empty if no two are.
#[derive(Clone, Debug, Default)]
pub(super) struct Chains {
    next: Vec<u32>,
    follows: Vec<bool>,
}

impl Chains {
    /// `places`: where among the moves each number stands.
    pub(super) fn of(layout: &Layout, moves: &[Move], places: &[u32]) -> Self {
        let mut numbers = vec![NONE; places.len()];
        for (number, &at) in (0_u32..).zip(places) {
            numbers[at as usize] = number;
        }
        let mut chains = Self { next: vec![NONE; moves.len()], follows: vec![false; moves.len()] };
        let mut last = vec![NONE; layout.len()];
        for (m, &number) in moves.iter().zip(&numbers) {
            let before = std::mem::replace(&mut last[m.partition as usize], number);
            if before != NONE {
                chains.next[before as usize] = number;
                chains.follows[number as usize] = true;
            }
        }
        chains
    }

    pub(super) fn is_empty(&self) -> bool {
        self.next.is_empty()
    }

    /// The next move of the same partition, or [`NONE`].
    #[inline]
    pub(super) fn next(&self, at: u32) -> u32 {
        self.next.get(at as usize).copied().unwrap_or(NONE)
    }

    /// Whether a move of the same partition comes before it.
    #[inline]
    pub(super) fn follows(&self, at: u32) -> bool {
        self.follows.get(at as usize).copied().unwrap_or(false)
    }
}

/// Bytes of each node.
pub(super) fn loads(layout: &Layout) -> Vec<u64> {
    let mut loads = vec![0_u64; layout.nodes().len()];
    for (slots, &bytes) in layout.replicas().chunks_exact(layout.stride()).zip(layout.sizes()) {
        for &node in slots.iter().take_while(|node| **node != NO_NODE) {
            loads[usize::from(node)] += bytes;
        }
    }
    loads
}

/// What a node gets by a move, and what it gives up: nodes and bytes.
pub(super) fn gain(layout: &Layout, m: &Move) -> Option<(usize, u64)> {
    let to = m.to.filter(|_| matches!(m.kind, MoveKind::Replica | MoveKind::Repair))?;
    // A copy that is made sound in its place is there already.
    let in_place = m.from.is_none() && layout.holders(m.partition).contains(&to);
    (!in_place).then_some((usize::from(to), m.bytes))
}

pub(super) fn loss(layout: &Layout, m: &Move) -> Option<(usize, u64)> {
    let from = m.from.filter(|_| m.kind != MoveKind::Leader)?;
    Some((usize::from(from), layout.bytes_of(m)))
}

/// Whether the second move is the other half of an exchange that the first one begins.
pub(super) fn is_exchange(first: &Move, second: &Move) -> bool {
    let replica = |m: &Move| m.kind == MoveKind::Replica;
    let apart = first.partition != second.partition;
    apart && replica(first) && replica(second) && first.to == second.from && first.from == second.to
}

/// The most that each node may hold at any time: its start, its band, or what the given order makes of it after any move or
/// exchange.
pub(super) fn limits(layout: &Layout, moves: &[Move], start: &[u64], bands: &[NodeTarget]) -> Vec<u64> {
    let mut loads = start.to_vec();
    let mut limits: Vec<u64> = start.to_vec();
    for (limit, band) in limits.iter_mut().zip(bands) {
        *limit = (*limit).max(band.high);
    }
    for (at, m) in moves.iter().enumerate() {
        if let Some((node, bytes)) = loss(layout, m) {
            loads[node] = loads[node].saturating_sub(bytes);
        }
        if let Some((node, bytes)) = gain(layout, m) {
            loads[node] = loads[node].saturating_add(bytes);
            let exchange = moves.get(at + 1).is_some_and(|next| is_exchange(m, next));
            if !exchange {
                limits[node] = limits[node].max(loads[node]);
            }
        }
        let ends_exchange = at > 0 && is_exchange(&moves[at - 1], m);
        if let Some((node, _)) = loss(layout, m).filter(|_| ends_exchange) {
            limits[node] = limits[node].max(loads[node]);
        }
    }
    limits
}
