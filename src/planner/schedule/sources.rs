//! Who sends what, decided beforehand: with few copies per node a source that is taken at the wrong time costs much of the
//! whole, with many it evens out by itself.

use crate::placement::NodeIndex;
use crate::placement::leaders::{Busy, LeaderProblem, NOBODY, even_out_by_load};
use crate::planner::census::is_sound;
use crate::planner::layout::Layout;
use crate::planner::plan::Move;
use crate::planner::roles::NodeRole;

use super::lists;

/// With more copies per node than this nothing is decided beforehand.
const COPIES_PER_NODE_MAX: usize = 8;

/// Whether it matters who sends what.
pub(super) fn matter(layout: &Layout, copies: usize) -> bool {
    copies <= COPIES_PER_NODE_MAX * layout.nodes().len()
}

/// For each move, the node that should send it, so that the busiest sender sends as little as can be.
pub(super) fn planned(layout: &Layout, moves: &[Move]) -> Vec<Option<NodeIndex>> {
    let copies: Vec<usize> = (0..moves.len()).filter(|&at| lists::copies(&moves[at])).collect();
    let stride = layout.stride();
    let mut holders: Vec<NodeIndex> = Vec::with_capacity(copies.len() * stride);
    let mut choices: Vec<u16> = Vec::with_capacity(copies.len());
    for &at in &copies {
        let m = &moves[at];
        let slots = layout.holders(m.partition);
        holders.extend_from_slice(slots);
        holders.resize(holders.len() + stride - slots.len(), 0);
        let sends = |&(_, &node): &(usize, &NodeIndex)| {
            Some(node) != m.to && is_sound(layout, m.partition, node) && layout.node(node).role != NodeRole::Fixed
        };
        choices.push(slots.iter().enumerate().filter(sends).fold(0, |mask, (slot, _)| mask | 1 << slot));
    }
    let (weights, may_gain) = (vec![1; layout.nodes().len()], vec![true; layout.nodes().len()]);
    let problem =
        LeaderProblem { stride, holders: &holders, choices: &choices, weights: &weights, may_gain: &may_gain };
    let partitions: Vec<u32> = (0..copies.len() as u32).collect();
    let loads: Vec<u64> = copies.iter().map(|&at| moves[at].bytes).collect();
    let mut slots = vec![NOBODY; copies.len()];
    even_out_by_load(&problem, Busy { partitions: &partitions, loads: &loads }, &mut slots);
    let mut planned = vec![None; moves.len()];
    for (place, (&at, &slot)) in copies.iter().zip(&slots).enumerate() {
        if slot != NOBODY {
            planned[at] = Some(holders[place * stride + usize::from(slot)]);
        }
    }
    planned
}
