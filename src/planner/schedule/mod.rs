//! The order of execution: which copy starts when, from whose copy it is read, and how long all of it takes.
//!
//! A rolling list schedule without waves: whenever a node is free to receive, the largest of its waiting copies starts that
//! has a free source; whenever one is free to send, the target with most bytes still to come takes from it. A copy is read from
//! any sound holder, followers before the leader, then the one with the fewest bytes sent so far; with few copies per node who
//! sends what is decided beforehand.
//!
//! The bandwidth of a node is shared by its copies, so that more of them at a time are not faster: the simulation lets each
//! node receive one and send one at its full rate, or one alone if only one migration per node is allowed.
//!
//! Invariant: what the order that is given keeps, the schedule keeps. A move that follows another on its partition stays
//! behind it; no node ever holds more than its start, its band or the given order would give it, a source counting until
//! its copy is done, except between the two halves of an exchange, which stay together.

mod bound;
mod ends;
mod holders;
mod hungry;
mod lists;
mod numbering;
mod simulation;
mod sources;
mod task;
mod tasks;

use super::layout::Layout;
use super::plan::{Move, NodeTarget};
use super::settings::Pace;

/// When a move runs, milliseconds from the beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// It starts.
    pub start_ms: u64,
    /// It is done.
    pub end_ms: u64,
}

/// Moves in their order of execution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The moves, each with the node that it is copied from.
    pub moves: Vec<Move>,
    /// When each of them starts, in bytes at the full rate of a node.
    starts: Vec<u64>,
    /// Bytes per second, at least 1.
    rate: u64,
    /// How long all of them take at this pace.
    pub estimated_seconds: u64,
    /// No order takes less: the most bytes into one node, the most that only one node can send, all bytes over all that can
    /// send, and the longest copy, whichever is more.
    pub estimated_seconds_minimum: u64,
}

/// Orders moves that may be applied to the layout one after another. `bands` are those of the nodes, in their order.
#[must_use]
pub fn schedule(layout: &Layout, moves: Vec<Move>, bands: &[NodeTarget], pace: Pace) -> Schedule {
    let done = simulation::run(layout, moves, bands, pace);
    let rate = pace.node_bytes_per_second.max(1);
    Schedule {
        moves: done.moves,
        starts: done.starts,
        rate,
        estimated_seconds: done.end.div_ceil(rate),
        estimated_seconds_minimum: done.least_bytes.div_ceil(rate),
    }
}

impl Schedule {
    /// When each of the moves runs, in their order.
    pub fn spans(&self) -> impl Iterator<Item = Span> {
        let ms = |bytes: u64| (u128::from(bytes) * 1000).div_ceil(self.rate.into()) as u64;
        let span = move |(m, &start): (&Move, &u64)| Span { start_ms: ms(start), end_ms: ms(start + m.bytes) };
        self.moves.iter().zip(&self.starts).map(span)
    }
}

#[cfg(test)]
mod tests;
