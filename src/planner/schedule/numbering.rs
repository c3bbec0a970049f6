//! The moves in another order than the given one: those that are looked at together lie together.

use std::ops::Range;

use crate::planner::layout::{BYTES_MAX, Layout};
use crate::planner::plan::{Move, MoveReason};
use crate::planner::sorting::places_by_list_and_key;

use super::lists::{self, Chains};

/// The copies by target, those of one target by urgency; then all other moves.
#[derive(Debug)]
pub(super) struct Numbering {
    /// The place of each number in the given order.
    pub(super) places: Vec<u32>,
    /// For each number, the next move of its partition, and whether one comes before it.
    pub(super) chains: Chains,
    /// The numbers below this one are copies.
    pub(super) copies: u32,
    /// The numbers of the copies into each node, most urgent first.
    pub(super) ranges: Vec<Range<u32>>,
    /// The most bytes of a copy.
    pub(super) largest: u64,
    /// The more urgent of two copies into a node is never the smaller one, and all of them copy something to where it is not.
    pub(super) is_by_size: bool,
}

impl Numbering {
    pub(super) fn new(layout: &Layout, moves: &[Move]) -> Self {
        let Survey { counts, largest, is_by_size, is_any_twice } = Survey::of(layout, moves);
        let of = |at: usize| {
            let m: &Move = &moves[at];
            lists::copies(m).then(|| (m.to.map_or(0, usize::from), urgency(m.bytes, m.reason, largest)))
        };
        let (mut places, ranges) = places_by_list_and_key(&counts, moves.len(), least_urgent(largest), of);
        let copies = places.len() as u32;
        places.reserve(moves.len() - places.len());
        places.extend((0_u32..).zip(moves).filter(|(_, m)| !lists::copies(m)).map(|(at, _)| at));
        let chains = if is_any_twice { Chains::of(layout, moves, &places) } else { Chains::default() };
        Self { places, chains, copies, ranges, largest, is_by_size }
    }
}

/// How urgent a copy is, the most urgent the lowest: repairs before all others, then large ones. `largest`: the most bytes of
/// one of them.
pub(super) fn urgency(bytes: u64, reason: MoveReason, largest: u64) -> u64 {
    const { assert!(BYTES_MAX <= 1 << 62) };
    let late = if reason == MoveReason::Repair { 0 } else { largest + 1 };
    late + (largest - bytes)
}

/// No urgency is above this.
pub(super) fn least_urgent(largest: u64) -> u64 {
    largest * 2 + 1
}

/// What is to be known of all moves before they are numbered.
struct Survey {
    /// How many copies each node gets.
    counts: Vec<u32>,
    largest: u64,
    is_by_size: bool,
    /// Whether two moves are of one partition.
    is_any_twice: bool,
}

impl Survey {
    fn of(layout: &Layout, moves: &[Move]) -> Self {
        let mut survey =
            Self { counts: vec![0; layout.nodes().len()], largest: 0, is_by_size: true, is_any_twice: false };
        let mut moved = vec![0_u64; layout.len().div_ceil(64)];
        for m in moves {
            survey.largest = survey.largest.max(m.bytes);
            if lists::copies(m) {
                survey.counts[m.to.map_or(0, usize::from)] += 1;
                survey.is_by_size &= m.from.is_some() && m.reason != MoveReason::Repair;
            }
            let (word, bit) = (&mut moved[m.partition as usize / 64], 1 << (m.partition % 64));
            survey.is_any_twice |= *word & bit != 0;
            *word |= bit;
        }
        survey
    }
}
