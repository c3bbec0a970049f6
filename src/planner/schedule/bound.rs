//! The least time that any order takes, in bytes at the full rate of a node.

use crate::planner::layout::Layout;
use crate::planner::settings::Pace;

use super::lists::{Chains, NONE};
use super::tasks::{Stage, Tasks};

/// Of moves that have not begun; the first `copies` numbers copy.
pub(super) fn least_bytes(layout: &Layout, copies: u32, tasks: &Tasks, chains: &Chains, pace: Pace) -> u64 {
    let nodes = layout.nodes().len();
    let (mut into, mut out_of, mut can_send) = (vec![0_u64; nodes], vec![0_u64; nodes], vec![false; nodes]);
    let (mut total, mut longest) = (0_u64, 0_u64);
    for at in 0..copies {
        let (bytes, to) = (tasks.bytes(at), usize::from(tasks.target(at)));
        into[to] += bytes;
        // A later move of the same partition may read the copy that this one made.
        can_send[to] = true;
        total += bytes;
        longest = longest.max(bytes);
        let mut sources = tasks.sources(at).map(|source| usize::from(source.node));
        if let Some(first) = sources.next() {
            can_send[first] = true;
            let mut is_only = true;
            for node in sources {
                can_send[node] = true;
                is_only = false;
            }
            if is_only && tasks.stage(at) != Stage::Behind {
                out_of[first] += bytes;
            }
        }
    }
    // Such a move makes a second source for others of its partition: what is forced then is only the first.
    if is_any_copied_twice(copies, chains) {
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
fn is_any_copied_twice(copies: u32, chains: &Chains) -> bool {
    let next = |at: u32| Some(chains.next(at)).filter(|&next| next != NONE);
    let behind = |at: u32| std::iter::successors(next(at), |&at| next(at));
    !chains.is_empty() && (0..copies).any(|at| behind(at).any(|at| at < copies))
}
