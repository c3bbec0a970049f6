//! Records in the order of their time, out of many segments, in bounded memory.
//!
//! What is not read yet has a bound: the earliest time that it can hold, by the name of a segment, then by its frames. What was
//! read is held until nothing unread can be earlier. When more has to be held than there is memory for, the earliest goes out
//! all the same, and the answer says that the order is approximate.

use std::ops::ControlFlow;

use futures_util::FutureExt as _;
use futures_util::stream::{FuturesUnordered, StreamExt as _};

use super::engine::{Engine, Out};
use super::glance::Glance;
use super::listing::SegmentWork;
use super::pick::Grain;
use super::queue::{Done, Queue, Reading, Turn, Work};
use super::segment::{Plan, Run};
use super::waiting::{HELD_BYTES_MAX, Waiting};
use super::whole::WholeStream;
use crate::ports::MetadataRead;
use crate::ports::storage::{Part, StorageRead};
use crate::segment::batch_of;
use crate::segment::name::is_merged;

/// Records that go out before those that are being read are looked at again: these wait for nobody meanwhile.
const GIVEN_AT_A_TIME: usize = 64;

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
            while let Some((turn, work)) = queue.next() {
                running.push(self.work(turn, work));
            }
            let done = if is_given {
                running.next().await
            } else if waiting.bytes() > HELD_BYTES_MAX / 2 {
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
                    done.groups.into_iter().for_each(|groups| waiting.add(done.turn, groups));
                    done.next.into_iter().for_each(|(turn, reading)| queue.add_reading(turn, reading));
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
                let Some(flow) = waiting.give(unread, |group, in_order| out.give(group, in_order)) else { break };
                flow?;
                is_given = false;
            }
        }
        while let Some(flow) = waiting.give(None, |group, in_order| out.give(group, in_order)) {
            flow?;
        }
        ControlFlow::Continue(())
    }

    /// What of a segment is to be read, and when.
    async fn readings(&self, turn: Turn, segment: SegmentWork, start: Option<Part>) -> Vec<(Turn, Reading)> {
        match self.plan(segment.clone(), start).await {
            Plan::Nothing => Vec::new(),
            Plan::Runs(runs) => {
                let turned = |(piece, run): (u64, Run)| (Turn { bound: run.bound(), piece, ..turn }, Reading::Run(run));
                (0..).zip(runs).map(turned).collect()
            }
            Plan::Whole(facts) => {
                let stream = WholeStream::new(segment, facts);
                vec![(Turn { bound: stream.bound(), ..turn }, Reading::Whole(stream))]
            }
        }
    }

    async fn work(&self, turn: Turn, work: Work) -> Done {
        let reading = match &work {
            Work::Segment(_) => None,
            Work::Read(reading) => Some(reading.bytes()),
        };
        let mut done = Done { turn, reading, groups: Vec::new(), next: Vec::new() };
        match work {
            Work::Segment(segment) => match self.glance(&segment).await {
                Glance::Done(groups) => done.groups.push(groups),
                Glance::Unclear(start) => done.next = self.readings(turn, segment, start).await,
            },
            Work::Read(Reading::Run(run)) => done.groups = self.read_run(run).await,
            Work::Read(Reading::Whole(stream)) => {
                let (groups, rest) = self.read_on(stream).await;
                done.groups.push(groups);
                done.next.extend(rest.map(|stream| (Turn { piece: turn.piece + 1, ..turn }, Reading::Whole(stream))));
            }
        }
        done
    }
}

#[cfg(test)]
mod tests {
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
}
