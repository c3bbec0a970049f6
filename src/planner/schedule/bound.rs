//! The least time that any order takes, in bytes at the full rate of a node.

use crate::planner::census::is_sound;
use crate::planner::layout::Layout;
use crate::planner::plan::Move;
use crate::planner::settings::Pace;

pub(super) fn least_bytes(layout: &Layout, moves: &[Move], pace: Pace) -> u64 {
    let nodes = layout.nodes().len();
    let (mut into, mut out_of, mut can_send) = (vec![0_u64; nodes], vec![0_u64; nodes], vec![false; nodes]);
    let (mut total, mut longest) = (0_u64, 0_u64);
    for m in moves.iter().filter(|m| m.bytes > 0) {
        if let Some(to) = m.to {
            into[usize::from(to)] += m.bytes;
            // A later move of the same partition may read the copy that this one made.
            can_send[usize::from(to)] = true;
        }
        total += m.bytes;
        longest = longest.max(m.bytes);
        let mut sources = layout.holders(m.partition).iter().filter(|&&node| is_sound(layout, m.partition, node));
        for &source in sources.clone() {
            can_send[usize::from(source)] = true;
        }
        if let (Some(&only), None) = (sources.next(), sources.next()) {
            out_of[usize::from(only)] += m.bytes;
        }
    }
    // Such a move makes a second source for others of its partition: what is forced then is only the first.
    if has_chains(moves) {
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
fn has_chains(moves: &[Move]) -> bool {
    let mut partitions: Vec<u32> = moves.iter().filter(|m| m.bytes > 0).map(|m| m.partition).collect();
    partitions.sort_unstable();
    partitions.windows(2).any(|pair| pair[0] == pair[1])
}
