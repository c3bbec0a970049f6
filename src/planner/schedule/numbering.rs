//! The moves in another order than the given one: those that are looked at together lie together.

use std::ops::Range;

use crate::placement::NodeIndex;
use crate::planner::layout::Layout;
use crate::planner::plan::{Move, MoveReason};

use super::lists::{self, Chains};

/// The copies by target, those of one target by urgency; then all other moves.
#[derive(Debug)]
pub(super) struct Numbering {
    /// The place of each number in the given order.
    pub(super) places: Vec<u32>,
    /// For each number, the next move of its partition, and whether one comes before it.
    pub(super) chains: Chains,
    /// The numbers of the copies, most urgent first. In their own order they are the numbers from 0 on.
    pub(super) urgent: Vec<u32>,
    /// The numbers of the copies into each node, most urgent first.
    pub(super) ranges: Vec<Range<u32>>,
    /// The most bytes of a copy.
    pub(super) largest: u64,
    /// The more urgent of two copies into a node is never the smaller one, and all of them copy something to where it is not.
    pub(super) is_by_size: bool,
}

impl Numbering {
    pub(super) fn new(layout: &Layout, moves: &[Move]) -> Self {
        let survey = Survey::of(layout, moves);
        let mut urgent = lists::by_urgency(moves, survey.largest);
        let mut places = Vec::with_capacity(moves.len());
        let ranges = sort_by_target(&survey, &mut urgent, &mut places);
        places.extend((0_u32..).zip(moves).filter(|(_, m)| !lists::copies(m)).map(|(at, _)| at));
        let chains = if survey.is_any_twice { Chains::of(layout, moves, &places) } else { Chains::default() };
        Self { places, chains, urgent, ranges, largest: survey.largest, is_by_size: survey.is_by_size }
    }
}

/// What is to be known of all moves before they are numbered.
struct Survey {
    /// Who gets each.
    targets: Vec<NodeIndex>,
    /// How many copies each node gets.
    counts: Vec<u32>,
    largest: u64,
    is_by_size: bool,
    /// Whether two moves are of one partition.
    is_any_twice: bool,
}

impl Survey {
    fn of(layout: &Layout, moves: &[Move]) -> Self {
        let mut survey = Self {
            targets: Vec::with_capacity(moves.len()),
            counts: vec![0; layout.nodes().len()],
            largest: 0,
            is_by_size: true,
            is_any_twice: false,
        };
        let mut moved = vec![0_u64; layout.len().div_ceil(64)];
        for m in moves {
            let target = m.to.unwrap_or(0);
            survey.targets.push(target);
            survey.largest = survey.largest.max(m.bytes);
            if lists::copies(m) {
                survey.counts[usize::from(target)] += 1;
                survey.is_by_size &= m.from.is_some() && m.reason != MoveReason::Repair;
            }
            let (word, bit) = (&mut moved[m.partition as usize / 64], 1 << (m.partition % 64));
            survey.is_any_twice |= *word & bit != 0;
            *word |= bit;
        }
        survey
    }
}

/// Adds the places of the copies by target, those of one target in the order of `urgent`; says where each target's begin and
/// end. `urgent` names each of them by its number then.
fn sort_by_target(survey: &Survey, urgent: &mut [u32], places: &mut Vec<u32>) -> Vec<Range<u32>> {
    let mut ends = survey.counts.clone();
    places.resize(lists::starts_of(&mut ends) as usize, 0);
    let starts = ends.clone();
    for at in urgent {
        let end = &mut ends[usize::from(survey.targets[*at as usize])];
        places[*end as usize] = *at;
        *at = *end;
        *end += 1;
    }
    starts.into_iter().zip(ends).map(|(start, end)| start..end).collect()
}
