//! What was read and waits for its turn to go out.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::ops::ControlFlow;

use super::group::{Group, GroupKey, Groups};
use super::queue::Turn;

/// Bytes of records that are held back for their order; the memory for them is at most half as much again.
pub(super) const HELD_BYTES_MAX: usize = 48 << 20;

/// The groups of one reading, in the order of the first of them.
struct Held {
    /// Equal groups go out in the order of their segments.
    key: (GroupKey, Turn, u64),
    /// Behind a pointer: it is moved often on its way through the heap.
    groups: Box<Groups>,
}

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Held {}

impl PartialOrd for Held {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Held {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key.cmp(&other.key)
    }
}

/// See the module.
#[derive(Default)]
pub(super) struct Waiting {
    heap: BinaryHeap<Reverse<Held>>,
    bytes: usize,
    number: u64,
}

impl Waiting {
    /// Adds what was read in a turn.
    pub(super) fn add(&mut self, turn: Turn, groups: Groups) {
        let Some(key) = groups.key() else { return };
        self.number += 1;
        self.bytes += groups.held_bytes();
        self.heap.push(Reverse(Held { key: (key, turn, self.number), groups: Box::new(groups) }));
    }

    /// Bytes of what waits.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Gives out the next group if it is its turn: nothing unread is earlier than `bound`; or if there is no room, and then
    /// not in order. `None` = none may go out.
    pub(super) fn give(
        &mut self,
        bound: Option<u64>,
        out: impl FnOnce(Group<'_>, bool) -> ControlFlow<()>,
    ) -> Option<ControlFlow<()>> {
        let mut first = self.heap.peek_mut()?;
        let in_order = bound.is_none_or(|bound| first.0.key.0.0 < bound);
        if !in_order && self.bytes <= HELD_BYTES_MAX {
            return None;
        }
        let flow = out(first.0.groups.first()?, in_order);
        let before = first.0.groups.held_bytes();
        first.0.groups.advance();
        self.bytes -= before - first.0.groups.held_bytes();
        match first.0.groups.key() {
            Some(key) => first.0.key.0 = key,
            None => drop(PeekMut::pop(first)),
        }
        Some(flow)
    }
}

#[cfg(test)]
mod tests {
    use super::super::group::Picked;
    use super::*;
    use crate::model::Signal;
    use crate::otlp::Encoding;

    const TURN: Turn = Turn { bound: 0, segment: 0, piece: 0 };

    fn groups(times: &[u64], bytes: usize) -> Groups {
        let mut groups = Groups::default();
        for &time_unix_nano in times {
            let record = Picked { signal: Signal::Logs, time_unix_nano, span: None, sum: 0 };
            groups.add(Encoding::Json, [record], |out| out.resize(out.len() + bytes, time_unix_nano as u8));
        }
        groups.settle();
        groups
    }

    fn times(waiting: &mut Waiting, bound: Option<u64>) -> Vec<(u64, bool)> {
        let mut given = Vec::new();
        while waiting
            .give(bound, |group, in_order| {
                given.push((group.records[0].time_unix_nano, in_order));
                ControlFlow::Continue(())
            })
            .is_some()
        {}
        given
    }

    #[test]
    fn what_waits_goes_out_in_order_or_when_there_is_no_room_for_it() {
        let mut waiting = Waiting::default();
        waiting.add(TURN, groups(&[5, 3], 10));
        waiting.add(TURN, groups(&[9, 3, 4], 10));
        assert_eq!(times(&mut waiting, Some(5)), [(3, true), (3, true), (4, true)], "at the bound there may be more");
        waiting.add(TURN, groups(&[7], HELD_BYTES_MAX));
        assert_eq!(times(&mut waiting, Some(5)), [(5, false), (7, false)]);
        assert_eq!(times(&mut waiting, None), [(9, true)]);
        assert_eq!((waiting.bytes(), waiting.heap.len()), (0, 0));
    }

    /// Whichever was read first: records of one time go out in the order of their segments, and of their places there.
    #[test]
    fn equal_ones_go_out_in_one_order() {
        let turn = |segment, piece| Turn { bound: 1, segment, piece };
        let turns = [turn(2, 0), turn(1, 7), turn(1, 2), turn(0, 9)];
        let given = |order: &[usize]| {
            let mut waiting = Waiting::default();
            order.iter().for_each(|&at| waiting.add(turns[at], groups(&[5, 5], at + 1)));
            let mut lengths = Vec::new();
            while waiting
                .give(None, |group, _| {
                    lengths.push(group.request.len());
                    ControlFlow::Continue(())
                })
                .is_some()
            {}
            lengths
        };
        assert_eq!(given(&[0, 1, 2, 3]), [4, 4, 3, 3, 2, 2, 1, 1]);
        assert_eq!(given(&[3, 0, 2, 1]), given(&[0, 1, 2, 3]));
    }
}
