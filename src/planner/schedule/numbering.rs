//! The moves in another order than the given one: those that are looked at together lie together.

use crate::placement::NodeIndex;
use crate::planner::layout::Layout;
use crate::planner::plan::Move;

use super::lists::{self, NONE};

/// Moves by target, those of one target by urgency, each with what follows it on its partition; then all others.
#[derive(Debug)]
pub(super) struct Numbering {
    pub(super) moves: Vec<Move>,
    /// The number of each move, in the given order.
    pub(super) given: Vec<u32>,
    /// For each number, the next move of its partition.
    pub(super) next: Vec<u32>,
    /// Whether a move of its partition comes before it.
    pub(super) follows: Vec<bool>,
    /// The numbers of the copies, most urgent first.
    pub(super) urgent: Vec<u32>,
    /// From this number on nothing is copied, and nothing follows a copy.
    pub(super) rest: u32,
}

impl Numbering {
    pub(super) fn new(layout: &Layout, moves: &[Move]) -> Self {
        let (next, follows) = lists::chains(layout, moves);
        let urgent = lists::by_urgency(moves);
        let (order, rest) = order(layout, moves, &urgent, &next);
        let mut given = vec![NONE; moves.len()];
        for (number, &at) in (0_u32..).zip(&order) {
            given[at as usize] = number;
        }
        let number = |at: u32| given.get(at as usize).copied().unwrap_or(NONE);
        Self {
            moves: order.iter().map(|&at| moves[at as usize]).collect(),
            next: order.iter().map(|&at| number(next[at as usize])).collect(),
            follows: order.iter().map(|&at| follows[at as usize]).collect(),
            urgent: urgent.into_iter().map(number).collect(),
            rest,
            given,
        }
    }
}

/// The places in the given order, by number; and the first number of what has to do with no copy.
fn order(layout: &Layout, moves: &[Move], urgent: &[u32], next: &[u32]) -> (Vec<u32>, u32) {
    let targets: Vec<NodeIndex> = moves.iter().map(|m| m.to.unwrap_or(0)).collect();
    let mut places = vec![0_u32; layout.nodes().len() + 1];
    for m in moves.iter().filter(|m| lists::copies(m)) {
        places[usize::from(m.to.unwrap_or(0)) + 1] += 1;
    }
    for node in 1..places.len() {
        places[node] += places[node - 1];
    }
    let mut by_target = vec![0_u32; urgent.len()];
    for &at in urgent {
        let place = &mut places[usize::from(targets[at as usize])];
        by_target[*place as usize] = at;
        *place += 1;
    }
    let mut order = Vec::with_capacity(moves.len());
    let mut placed = vec![false; moves.len()];
    for mut at in by_target {
        loop {
            placed[at as usize] = true;
            order.push(at);
            at = next[at as usize];
            if at == NONE || lists::copies(&moves[at as usize]) {
                break;
            }
        }
    }
    let rest = order.len() as u32;
    order.extend((0..moves.len() as u32).filter(|&at| !placed[at as usize]));
    (order, rest)
}
