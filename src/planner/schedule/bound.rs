//! The least time that any order takes, in bytes at the full rate of a node.

use crate::planner::layout::Layout;
use crate::planner::plan::Move;
use crate::planner::settings::Pace;

use super::lists;
use super::tasks::{Stage, Tasks};

/// Of moves that have not begun; `next` says which follows which on its partition.
pub(super) fn least_bytes(layout: &Layout, moves: &[Move], tasks: &Tasks, next: &[u32], pace: Pace) -> u64 {
    let nodes = layout.nodes().len();
    let (mut into, mut out_of, mut can_send) = (vec![0_u64; nodes], vec![0_u64; nodes], vec![false; nodes]);
    let (mut total, mut longest) = (0_u64, 0_u64);
    for (at, m) in (0_u32..).zip(moves).filter(|(_, m)| m.bytes > 0) {
        if let Some(to) = m.to {
            into[usize::from(to)] += m.bytes;
            // A later move of the same partition may read the copy that this one made.
            can_send[usize::from(to)] = true;
        }
        total += m.bytes;
        longest = longest.max(m.bytes);
        let mut sources = tasks.sources(at).map(|source| usize::from(source.node));
        if let Some(first) = sources.next() {
            can_send[first] = true;
            let mut is_only = true;
            for node in sources {
                can_send[node] = true;
                is_only = false;
            }
            if is_only && tasks.stage(at) != Stage::Behind {
                out_of[first] += m.bytes;
            }
        }
    }
    // Such a move makes a second source for others of its partition: what is forced then is only the first.
    if has_chains(moves, next) {
        out_of.fill(0);
    }
    let senders = can_send.iter().filter(|&&can| can).count().max(1) as u64;
    let both = |node: usize| match pace.migrations_per_node {
        0 | 1 => into[node] + out_of[node],
        2.. => into[node].max(out_of[node]),
    };
    let node = (0..nodes).map(both).max().unwrap_or(0);
    node.max(total.div_ceil(senders)).max(longest)
}

/// Whether two moves copy the same partition.
fn has_chains(moves: &[Move], next: &[u32]) -> bool {
    let copied_again = |&first: &usize| {
        let mut at = next[first] as usize;
        while let Some(m) = moves.get(at) {
            if lists::copies(m) {
                return true;
            }
            at = next[at] as usize;
        }
        false
    };
    (0..moves.len()).filter(|&at| lists::copies(&moves[at])).any(|at| copied_again(&at))
}
