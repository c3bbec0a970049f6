//! Records in the order of their time, out of many segments, in bounded memory.
//!
//! What is not read yet has a bound: the earliest time that it can hold, by the name of a segment, then by its frames. What was
//! read is held until nothing unread can be earlier. When more has to be held than there is memory for, the earliest goes out
//! all the same, and the answer says that the order is approximate.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::ControlFlow;

use futures_util::FutureExt as _;
use futures_util::stream::{FuturesUnordered, StreamExt as _};

use super::engine::{Engine, Out};
use super::listing::SegmentWork;
use super::pick::{Grain, Group};
use super::queue::{Done, Queue, Reading, Work};
use super::segment::Plan;
use super::whole::WholeStream;
use crate::otlp::SpanId;
use crate::ports::MetadataRead;
use crate::ports::storage::StorageRead;
use crate::segment::batch_of;
use crate::segment::name::is_merged;

/// Records that go out before those that are being read are looked at again: these wait for nobody meanwhile.
const GIVEN_AT_A_TIME: usize = 64;
/// Bytes of records that are held back for their order.
const HELD_BYTES_MAX: usize = 48 << 20;

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
