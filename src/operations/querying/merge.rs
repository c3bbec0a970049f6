//! Records in the order of their time, out of many segments, in bounded memory.
//!
//! What is not read yet has a bound: the earliest time that it can hold, by the name of a segment, then by its frames. What was
//! read is held until nothing unread can be earlier. When more has to be held than there is memory for, the earliest goes out
//! all the same, and the answer says that the order is approximate.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::ops::ControlFlow;

use futures_util::FutureExt as _;
use futures_util::stream::{FuturesUnordered, StreamExt as _};

use super::engine::{Engine, Out};
use super::listing::SegmentWork;
use super::pick::{Grain, Group};
use super::segment::{Plan, RUN_RAW_BYTES_MAX, Run};
use super::whole::WholeStream;
use crate::otlp::SpanId;
use crate::ports::MetadataRead;
use crate::ports::storage::StorageRead;
use crate::segment::batch_of;
use crate::segment::name::is_merged;

/// What is read at a time, with what is made of it: four runs of 2 MiB, or more that are smaller.
const READ_BYTES_MAX: u64 = 4 * RUN_RAW_BYTES_MAX;
const READ_AT_A_TIME: usize = 16;
/// Records that go out before those that are being read are looked at again: these wait for nobody meanwhile.
const GIVEN_AT_A_TIME: usize = 64;
/// Segments whose sidecars are looked at at a time, 64 KiB of each as a rule: few at first, since what is asked may be soon found.
const LOOKED_AT_FIRST: usize = 4;
const LOOKED_AT_A_TIME: usize = 16;
/// Sidecars are looked at ahead of their turn while less than this is waiting to be read.
const READY_MAX: usize = 8;
/// Bytes of records that are held back for their order.
const HELD_BYTES_MAX: usize = 48 << 20;

/// Something that is to be read.
enum Work {
    Segment(SegmentWork),
    Read(Reading),
}

/// Something that gives records.
enum Reading {
    Run(Run),
    Whole(WholeStream),
}

impl Reading {
    /// What it takes of [`READ_BYTES_MAX`]: as much as a whole run, whatever its size, where nobody knows or one frame has more.
    fn bytes(&self) -> u64 {
        match self {
            Self::Run(run) => run.frames.iter().map(|frame| frame.raw_bytes).sum::<u64>().min(RUN_RAW_BYTES_MAX),
            Self::Whole(_) => RUN_RAW_BYTES_MAX,
        }
    }
}

/// What a piece of work became.
struct Done {
    bound: u64,
    /// What it took as a reading; `None` = it was a segment.
    reading: Option<u64>,
    groups: Vec<Group>,
    next: Vec<(u64, Reading)>,
}

/// What is to be read, the earliest first.
#[derive(Default)]
struct Queue {
    segments: BTreeMap<(u64, u64), SegmentWork>,
    readings: BTreeMap<(u64, u64), Reading>,
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
    fn number(&mut self) -> u64 {
        self.number += 1;
        self.number
    }

    fn add(&mut self, bound: u64, segment: SegmentWork) {
        let number = self.number();
        self.segments.insert((bound, number), segment);
    }

    fn add_reading(&mut self, bound: u64, reading: Reading) {
        let number = self.number();
        self.readings.insert((bound, number), reading);
    }

    /// The next piece of work, if there is room for it. Nothing is read before an earlier segment was looked at.
    fn next(&mut self) -> Option<(u64, Work)> {
        let first = |bound: Option<u64>| bound.unwrap_or(u64::MAX);
        let segment = self.segments.keys().next().map(|(bound, _)| *bound);
        let reading = self.readings.keys().next().map(|(bound, _)| *bound);
        let is_segments_turn = segment.is_some() && first(segment) <= first(reading);
        let (bound, work) = if !is_segments_turn && self.has_room_to_read() {
            let ((bound, _), reading) = self.readings.pop_first()?;
            self.read += 1;
            self.read_bytes += reading.bytes();
            (bound, Work::Read(reading))
        } else if self.looked_at < self.room() && (is_segments_turn || self.readings.len() < READY_MAX) {
            let ((bound, _), segment) = self.segments.pop_first()?;
            self.looked_at += 1;
            (bound, Work::Segment(segment))
        } else {
            return None;
        };
        *self.bounds.entry(bound).or_default() += 1;
        Some((bound, work))
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

    fn done(&mut self, done: &Done) {
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
        if let Some(count) = self.bounds.get_mut(&done.bound) {
            *count -= 1;
            if *count == 0 {
                self.bounds.remove(&done.bound);
            }
        }
    }

    /// What is not read yet is not earlier than this.
    fn bound(&self) -> Option<u64> {
        let waiting = [self.segments.keys().next(), self.readings.keys().next()].into_iter().flatten();
        waiting.map(|(bound, _)| *bound).chain(self.bounds.keys().next().copied()).min()
    }
}

/// A group in the order in which it goes out.
struct Held {
    key: (u64, SpanId, u64),
    /// Behind a pointer: it is moved often on its way through the heap.
    group: Box<Group>,
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

/// What was read and waits for its turn.
#[derive(Default)]
struct Waiting {
    heap: BinaryHeap<Reverse<Held>>,
    bytes: usize,
    number: u64,
}

impl Waiting {
    fn add(&mut self, group: Group) {
        self.number += 1;
        self.bytes += group.held_bytes();
        let key = (group.time_unix_nano(), group.span_id(), self.number);
        self.heap.push(Reverse(Held { key, group: Box::new(group) }));
    }

    /// The next one, if it is its turn: nothing unread is earlier than `bound`.
    fn next(&mut self, bound: Option<u64>) -> Option<(Group, bool)> {
        let time = self.heap.peek()?.0.key.0;
        let in_order = bound.is_none_or(|bound| time < bound);
        if !in_order && self.bytes <= HELD_BYTES_MAX {
            return None;
        }
        let Reverse(Held { group, .. }) = self.heap.pop()?;
        self.bytes = self.bytes.saturating_sub(group.held_bytes());
        Some((*group, in_order))
    }
}

/// The earliest time that a segment can hold, by its name; 0 of those that others named.
fn bound_of(name: &str) -> u64 {
    let is_ours = batch_of(name).is_some() || is_merged(name);
    let millis = name.split('-').next().filter(|_| is_ours).and_then(|millis| millis.parse::<u64>().ok());
    millis.and_then(|millis| millis.checked_mul(1_000_000)).unwrap_or_default()
}

impl<M: MetadataRead, S: StorageRead + 'static> Engine<'_, M, S> {
    /// Reads segments; what matches goes out in order.
    pub(super) async fn merge(&self, segments: Vec<SegmentWork>, out: &mut Out<'_>) -> ControlFlow<()> {
        let mut queue = Queue::default();
        for segment in segments {
            queue.add(bound_of(segment.name.as_str()), segment);
        }
        let mut waiting = Waiting::default();
        let mut running = FuturesUnordered::new();
        // Whether some records wait that may go out.
        let mut is_given = true;
        loop {
            while let Some((bound, work)) = queue.next() {
                running.push(self.work(bound, work));
            }
            let done = if is_given {
                running.next().await
            } else if waiting.bytes > HELD_BYTES_MAX / 2 {
                // Room first.
                None
            } else {
                // What runs goes on while this gives out what there is.
                tokio::task::yield_now().await;
                running.next().now_or_never().flatten()
            };
            match done {
                Some(done) => {
                    queue.done(&done);
                    done.groups.into_iter().for_each(|group| waiting.add(group));
                    done.next.into_iter().for_each(|(bound, reading)| queue.add_reading(bound, reading));
                }
                // Nothing runs any more.
                None if is_given => break,
                None => {}
            }
            let unread = match self.query.grain {
                Grain::Rows | Grain::Record | Grain::Request => queue.bound(),
                // A sum has no order.
                Grain::Sums => None,
            };
            is_given = true;
            for _ in 0..GIVEN_AT_A_TIME {
                let Some((group, in_order)) = waiting.next(unread) else { break };
                out.give(group, in_order)?;
                is_given = false;
            }
        }
        while let Some((group, in_order)) = waiting.next(None) {
            out.give(group, in_order)?;
        }
        ControlFlow::Continue(())
    }

    async fn work(&self, bound: u64, work: Work) -> Done {
        let reading = match &work {
            Work::Segment(_) => None,
            Work::Read(reading) => Some(reading.bytes()),
        };
        let mut done = Done { bound, reading, groups: Vec::new(), next: Vec::new() };
        match work {
            Work::Segment(segment) => match self.plan(segment.clone()).await {
                Plan::Nothing => {}
                Plan::Runs(runs) => done.next = runs.into_iter().map(|run| (run.bound(), Reading::Run(run))).collect(),
                Plan::Whole(facts) => {
                    let stream = WholeStream::new(segment, facts);
                    done.next.push((stream.bound(), Reading::Whole(stream)));
                }
            },
            Work::Read(Reading::Run(run)) => done.groups = self.read_run(run).await,
            Work::Read(Reading::Whole(stream)) => {
                let (groups, rest) = self.read_on(stream).await;
                done.groups = groups;
                done.next.extend(rest.map(|stream| (bound, Reading::Whole(stream))));
            }
        }
        done
    }
}

#[cfg(test)]
mod tests {
    use super::super::pick::Picked;
    use super::*;

    #[test]
    fn names_of_others_bound_nothing() {
        assert_eq!(bound_of(&format!("01675079501299-{}-t.jsonl.zst", "a".repeat(32))), 1_675_079_501_299_000_000);
        assert_eq!(
            bound_of(&format!("99999999999999-{}-l+.otlp.zst", "0".repeat(32))),
            0,
            "beyond what a record can say"
        );
        for other in ["0001.jsonl", "01675079501299-x-t.jsonl.zst", "9-+.zst"] {
            assert_eq!(bound_of(other), 0, "{other}");
        }
    }

    fn group(time_unix_nano: u64, bytes: usize) -> Group {
        let record = Picked { signal: crate::model::Signal::Logs, time_unix_nano, span: None, sum: 0 };
        Group { records: vec![record], request: vec![0; bytes], ..Group::default() }
    }

    #[test]
    fn what_waits_goes_out_in_order_or_when_there_is_no_room_for_it() {
        let mut waiting = Waiting::default();
        for time in [5, 3, 9, 3] {
            waiting.add(group(time, 10));
        }
        let times = |waiting: &mut Waiting, bound| {
            std::iter::from_fn(|| waiting.next(bound))
                .map(|(group, ok)| (group.time_unix_nano(), ok))
                .collect::<Vec<_>>()
        };
        assert_eq!(times(&mut waiting, Some(5)), [(3, true), (3, true)], "at the bound there may be more");
        waiting.add(group(7, HELD_BYTES_MAX));
        assert_eq!(times(&mut waiting, Some(5)), [(5, false), (7, false)]);
        assert_eq!(times(&mut waiting, None), [(9, true)]);
        assert_eq!(waiting.bytes, 0);
    }
}
