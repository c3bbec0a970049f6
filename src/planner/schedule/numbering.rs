//! The moves in another order than the given one: those that are looked at together lie together.

use std::ops::Range;

use crate::placement::NodeIndex;
use crate::planner::layout::Layout;
use crate::planner::plan::Move;

use super::lists::{self, Chains, NONE};

/// Moves by target, those of one target by urgency, each with what follows it on its partition; then all others.
#[derive(Debug)]
pub(super) struct Numbering {
    /// The place of each number in the given order.
    pub(super) places: Vec<u32>,
    /// For each number, the next move of its partition, and whether one comes before it.
    pub(super) chains: Chains,
    /// The numbers of the copies, most urgent first.
    pub(super) urgent: Vec<u32>,
    /// The numbers of the copies, ascending: those into one node side by side, most urgent first.
    pub(super) copies: Vec<u32>,
    /// Where among those each node's begin and end.
    pub(super) ranges: Vec<Range<u32>>,
    /// From this number on nothing is copied, and nothing follows a copy.
    pub(super) rest: u32,
}

impl Numbering {
    pub(super) fn new(layout: &Layout, moves: &[Move]) -> Self {
        let chains = Chains::of(layout, moves);
        let mut urgent = lists::by_urgency(moves);
        let (by_target, ranges) = sort_by_target(layout, moves, &mut urgent);
        if chains.is_empty() {
            let rest = by_target.len() as u32;
            let mut places = by_target;
            places.extend((0_u32..).zip(moves).filter(|(_, m)| !lists::copies(m)).map(|(at, _)| at));
            return Self { places, chains, urgent, copies: (0..rest).collect(), ranges, rest };
        }
        let (places, copies, rest) = with_followers(moves, &by_target, &chains);
        for number in &mut urgent {
            *number = copies[*number as usize];
        }
        Self { chains: chains.renumbered(&places), places, urgent, copies, ranges, rest }
    }
}

/// The places of the copies by target, those of one target in the order of `urgent`; where each target's begin and end.
/// `urgent` names each of them by where it stands then.
fn sort_by_target(layout: &Layout, moves: &[Move], urgent: &mut [u32]) -> (Vec<u32>, Vec<Range<u32>>) {
    let targets: Vec<NodeIndex> = moves.iter().map(|m| m.to.unwrap_or(0)).collect();
    let mut ends = vec![0_u32; layout.nodes().len()];
    for (m, &target) in moves.iter().zip(&targets) {
        ends[usize::from(target)] += u32::from(lists::copies(m));
    }
    let mut total = 0;
    for end in &mut ends {
        total += std::mem::replace(end, total);
    }
    let starts = ends.clone();
    let mut by_target = vec![0_u32; urgent.len()];
    for at in urgent {
        let end = &mut ends[usize::from(targets[*at as usize])];
        by_target[*end as usize] = *at;
        *at = *end;
        *end += 1;
    }
    (by_target, starts.into_iter().zip(ends).map(|(start, end)| start..end).collect())
}

/// The places by number, with what follows a copy behind it; the numbers of the copies; and the first number of what has to
/// do with no copy.
fn with_followers(moves: &[Move], by_target: &[u32], chains: &Chains) -> (Vec<u32>, Vec<u32>, u32) {
    let mut places = Vec::with_capacity(moves.len());
    let mut numbers = Vec::with_capacity(by_target.len());
    let mut placed = vec![false; moves.len()];
    for &copy in by_target {
        numbers.push(places.len() as u32);
        let mut at = copy;
        loop {
            placed[at as usize] = true;
            places.push(at);
            at = chains.next(at);
            if at == NONE || lists::copies(&moves[at as usize]) {
                break;
            }
        }
    }
    let rest = places.len() as u32;
    places.extend((0..moves.len() as u32).filter(|&at| !placed[at as usize]));
    (places, numbers, rest)
}
