//! What waits for whom.

use crate::planner::layout::{Layout, NO_NODE};
use crate::planner::plan::{Move, MoveKind, MoveReason, NodeTarget};

/// Nothing follows.
pub(super) const NONE: u32 = u32::MAX;

/// Waiting moves of each node, most urgent first.
#[derive(Clone, Debug, Default)]
struct Queue {
    moves: Vec<u32>,
    /// All before this have started.
    head: usize,
    /// So many behind it have too.
    gone: usize,
}

/// The queues of all nodes.
#[derive(Clone, Debug)]
pub(super) struct Queues(Vec<Queue>);

impl Queues {
    pub(super) fn new(nodes: usize) -> Self {
        Self(vec![Queue::default(); nodes])
    }

    pub(super) fn push(&mut self, node: usize, m: u32) {
        self.0[node].moves.push(m);
    }

    pub(super) fn of(&self, node: usize) -> &[u32] {
        let queue = &self.0[node];
        &queue.moves[queue.head..]
    }

    /// One of a node's moves has started; they are taken out when they are a quarter of what is left.
    pub(super) fn start(&mut self, node: usize, started: &[bool]) {
        let queue = &mut self.0[node];
        queue.gone += 1;
        while queue.moves.get(queue.head).is_some_and(|&m| started[m as usize]) {
            queue.head += 1;
            queue.gone = queue.gone.saturating_sub(1);
        }
        if queue.gone * 4 > queue.moves.len() - queue.head {
            queue.moves.drain(..queue.head);
            queue.moves.retain(|&m| !started[m as usize]);
            (queue.head, queue.gone) = (0, 0);
        }
    }
}

/// Whether data is copied.
pub(super) fn copies(m: &Move) -> bool {
    m.bytes > 0 && m.to.is_some() && matches!(m.kind, MoveKind::Replica | MoveKind::Repair)
}

/// Repairs before all others, then large ones, then in the given order.
pub(super) fn by_urgency(moves: &[Move]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..moves.len() as u32).collect();
    order.sort_unstable_by_key(|&at| {
        let m = &moves[at as usize];
        (m.reason != MoveReason::Repair, u64::MAX - m.bytes, at)
    });
    order
}

/// For each move, the next one of its partition; and whether one comes before it.
pub(super) fn chains(layout: &Layout, moves: &[Move]) -> (Vec<u32>, Vec<bool>) {
    let (mut next, mut follows) = (vec![NONE; moves.len()], vec![false; moves.len()]);
    let mut last = vec![NONE; layout.len()];
    for (at, m) in moves.iter().enumerate() {
        let before = std::mem::replace(&mut last[m.partition as usize], at as u32);
        if before != NONE {
            next[before as usize] = at as u32;
            follows[at] = true;
        }
    }
    (next, follows)
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
    (!in_place).then(|| (usize::from(to), layout.sizes()[m.partition as usize]))
}

pub(super) fn loss(layout: &Layout, m: &Move) -> Option<(usize, u64)> {
    let from = m.from.filter(|_| m.kind != MoveKind::Leader)?;
    Some((usize::from(from), layout.sizes()[m.partition as usize]))
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
