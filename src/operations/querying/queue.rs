//! What is to be read next: looks at sidecars, and readings of what they name, the earliest first, in bounded numbers.
//!
//! Invariant: nothing is read before an earlier segment was looked at.

use std::collections::BTreeMap;

use super::group::Groups;
use super::listing::SegmentWork;
use super::segment::{RUN_RAW_BYTES_MAX, Run};
use super::whole::WholeStream;

/// What is read at a time, with what is made of it: four runs of 2 MiB, or more that are smaller.
const READ_BYTES_MAX: u64 = 4 * RUN_RAW_BYTES_MAX;
const READ_AT_A_TIME: usize = 16;
/// Segments whose sidecars are looked at at a time, 64 KiB of each as a rule: few at first, since what is asked may be soon found.
const LOOKED_AT_FIRST: usize = 4;
const LOOKED_AT_A_TIME: usize = 16;
/// Sidecars are looked at ahead of their turn while less than this is waiting to be read.
const READY_MAX: usize = 8;

/// Something that is to be read.
pub(super) enum Work {
    Segment(SegmentWork),
    Read(Reading),
}

/// Something that gives records.
pub(super) enum Reading {
    Run(Run),
    Whole(WholeStream),
}

impl Reading {
    /// What it takes of [`READ_BYTES_MAX`]: as much as a whole run, whatever its size, where nobody knows or one frame has more.
    pub(super) fn bytes(&self) -> u64 {
        match self {
            Self::Run(run) => run.frames.iter().map(|frame| frame.raw_bytes).sum::<u64>().min(RUN_RAW_BYTES_MAX),
            Self::Whole(_) => RUN_RAW_BYTES_MAX,
        }
    }
}

/// When something is read, the least first; the same in every run of a query on the same data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Turn {
    /// The earliest time that it can hold.
    pub(super) bound: u64,
    /// The number of its segment.
    pub(super) segment: u64,
    /// The number of what is read of that.
    pub(super) piece: u64,
}

/// What a piece of work became.
pub(super) struct Done {
    pub(super) turn: Turn,
    /// What it took as a reading; `None` = it was a segment.
    pub(super) reading: Option<u64>,
    pub(super) groups: Vec<Groups>,
    pub(super) next: Vec<(Turn, Reading)>,
}

/// What is to be read, the earliest first.
#[derive(Default)]
pub(super) struct Queue {
    segments: BTreeMap<Turn, SegmentWork>,
    readings: BTreeMap<Turn, Reading>,
    /// How many segments were added.
    number: u64,
    /// What is being worked on: segments, and readings.
    looked_at: usize,
    read: usize,
    read_bytes: u64,
    /// Segments that are done.
    segments_done: usize,
    /// The bounds of that, with how many have each.
    bounds: BTreeMap<u64, usize>,
}

impl Queue {
    pub(super) fn add(&mut self, bound: u64, segment: SegmentWork) {
        self.segments.insert(Turn { bound, segment: self.number, piece: 0 }, segment);
        self.number += 1;
    }

    pub(super) fn add_reading(&mut self, turn: Turn, reading: Reading) {
        self.readings.insert(turn, reading);
    }

    /// The next piece of work, if there is room for it. Nothing is read before an earlier segment was looked at.
    pub(super) fn next(&mut self) -> Option<(Turn, Work)> {
        let first = |bound: Option<u64>| bound.unwrap_or(u64::MAX);
        let segment = self.segments.keys().next().map(|turn| turn.bound);
        let reading = self.readings.keys().next().map(|turn| turn.bound);
        let is_segments_turn = segment.is_some() && first(segment) <= first(reading);
        let (turn, work) = if !is_segments_turn && self.has_room_to_read() {
            let (turn, reading) = self.readings.pop_first()?;
            self.read += 1;
            self.read_bytes += reading.bytes();
            (turn, Work::Read(reading))
        } else if self.looked_at < self.room() && (is_segments_turn || self.readings.len() < READY_MAX) {
            let (turn, segment) = self.segments.pop_first()?;
            self.looked_at += 1;
            (turn, Work::Segment(segment))
        } else {
            return None;
        };
        *self.bounds.entry(turn.bound).or_default() += 1;
        Some((turn, work))
    }

    /// Whether the next reading may begin.
    fn has_room_to_read(&self) -> bool {
        let next = self.readings.values().next().map(Reading::bytes);
        next.is_some_and(|bytes| self.read < READ_AT_A_TIME && self.read_bytes + bytes <= READ_BYTES_MAX)
    }

    /// How many segments may be looked at at a time.
    fn room(&self) -> usize {
        LOOKED_AT_A_TIME.min(LOOKED_AT_FIRST + self.segments_done / 2)
    }

    pub(super) fn done(&mut self, done: &Done) {
        match done.reading {
            Some(bytes) => {
                self.read -= 1;
                self.read_bytes -= bytes;
            }
            None => {
                self.looked_at -= 1;
                self.segments_done += 1;
            }
        }
        if let Some(count) = self.bounds.get_mut(&done.turn.bound) {
            *count -= 1;
            if *count == 0 {
                self.bounds.remove(&done.turn.bound);
            }
        }
    }

    /// What is not read yet is not earlier than this.
    pub(super) fn bound(&self) -> Option<u64> {
        let waiting = [self.segments.keys().next(), self.readings.keys().next()].into_iter().flatten();
        waiting.map(|turn| turn.bound).chain(self.bounds.keys().next().copied()).min()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::super::listing::PartitionWork;
    use super::*;
    use crate::segment::Frame;

    fn segment() -> SegmentWork {
        let partition = PartitionWork {
            id: "partition_489542_0001".parse().unwrap(),
            replicas: Vec::new(),
            placement: "metadata",
            figures: Mutex::default(),
            uses: Mutex::default(),
        };
        SegmentWork {
            partition: Arc::new(partition),
            name: crate::ports::storage::SegmentName::parse("s").unwrap(),
            bytes: 0,
            sources: Vec::new(),
        }
    }

    fn run(raw_bytes: u64) -> Reading {
        let frame = Frame {
            offset: 0,
            bytes: 1,
            raw_bytes,
            crc32c: 0,
            records: 1,
            min_time_unix_nano: 0,
            max_time_unix_nano: 0,
        };
        let kind = (crate::model::Signal::Logs, crate::otlp::Encoding::Json);
        Reading::Run(Run { segment: Arc::new(segment()), kind, segment_bytes: 1, frames: vec![frame] })
    }

    fn done(bound: u64, reading: Option<u64>) -> Done {
        Done { turn: Turn { bound, segment: 0, piece: 0 }, reading, groups: Vec::new(), next: Vec::new() }
    }

    /// What begins next, until there is no room: each with its bound, segments with a minus.
    fn begun(queue: &mut Queue) -> Vec<i64> {
        let begun = std::iter::from_fn(|| queue.next()).map(|(turn, work)| match work {
            Work::Segment(_) => -(turn.bound as i64),
            Work::Read(_) => turn.bound as i64,
        });
        begun.collect()
    }

    #[test]
    fn what_is_read_at_a_time_is_bounded_and_earlier_segments_are_looked_at_first() {
        let mut queue = Queue::default();
        queue.add(5, segment());
        queue.add(20, segment());
        for piece in 0..6 {
            queue.add_reading(Turn { bound: 7, segment: 9, piece }, run(64 << 20));
        }
        assert_eq!(begun(&mut queue), [-5, 7, 7, 7, 7, -20], "four large ones, and one segment ahead of its turn");
        assert_eq!(queue.bound(), Some(5));
        queue.done(&done(5, None));
        assert_eq!((queue.bound(), begun(&mut queue).len()), (Some(7), 0));
        queue.done(&done(7, Some(RUN_RAW_BYTES_MAX)));
        assert_eq!(begun(&mut queue), [7]);
        let mut small = Queue::default();
        for bound in 0..100 {
            small.add_reading(Turn { bound, segment: bound, piece: 0 }, run(1000));
            small.add(bound + 1000, segment());
        }
        let expected: Vec<i64> = (0..READ_AT_A_TIME as i64).collect();
        assert_eq!(begun(&mut small), expected, "many small ones, and nothing ahead while enough is ready");
        let mut segments = Queue::default();
        (0..100).for_each(|bound| segments.add(bound, segment()));
        assert_eq!(begun(&mut segments).len(), LOOKED_AT_FIRST);
        for round in 0..40 {
            segments.done(&done(round, None));
            begun(&mut segments);
            assert!(segments.looked_at <= LOOKED_AT_A_TIME);
        }
        assert_eq!((segments.looked_at, segments.bound()), (LOOKED_AT_A_TIME, Some(40)));
    }
}
