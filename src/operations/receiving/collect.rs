//! One group into a batch: work for a thread of its own, which asks for the records of time buckets as it needs them.

use tokio::sync::{mpsc, oneshot};

use super::budget::Reservation;
use super::intake::{Accepted, NotAccepted};
use super::queue::Queued;
use crate::model::{TimeBucket, Timestamp};
use crate::operations::hours::HourTables;
use crate::operations::writing::{Added, Collector, Ready, WriteError, WriteSettings};
use crate::operations::{ClusterView, OperationError};
use crate::routing::RecordSet;

/// A question for the records of a time bucket.
pub(super) type Question = (TimeBucket, oneshot::Sender<Result<RecordSet, OperationError>>);

/// What a group is collected by.
pub(super) struct Work {
    pub(super) view: ClusterView,
    pub(super) settings: WriteSettings,
    pub(super) now: Timestamp,
    /// The number of its batch.
    pub(super) number: u64,
    pub(super) questions: mpsc::Sender<Question>,
}

/// A request of a group.
pub(super) struct Member {
    pub(super) reply: oneshot::Sender<Result<Accepted, NotAccepted>>,
    /// Its segments are in memory until they are written.
    pub(super) reservation: Reservation,
    /// Spans, data points or log records that have id and time, and bytes of the request.
    pub(super) records: u64,
    pub(super) bytes: u64,
    /// Where its records lie.
    pub(super) added: Result<Added, WriteError>,
}

/// A group that was collected.
pub(super) struct Collected {
    pub(super) members: Vec<Member>,
    /// What is to be written; an error concerns all members.
    pub(super) ready: Result<Option<Ready>, WriteError>,
}

/// Collects a group. Blocks: it must not be called on a runtime's own thread.
pub(super) fn collect(work: Work, group: Vec<Queued>) -> Collected {
    let mut members = Vec::with_capacity(group.len());
    let ready = collect_into(work, group, &mut members);
    Collected { members, ready }
}

fn collect_into(work: Work, group: Vec<Queued>, members: &mut Vec<Member>) -> Result<Option<Ready>, WriteError> {
    let Work { view, settings, now, number, questions } = work;
    let mut group = group.into_iter();
    let mut add_all = || {
        let topology = view.topology()?;
        let hours = HourTables::new(&topology, None, |bucket| ask(&questions, bucket));
        let mut collector = Collector::new(&topology, hours, &settings, now)?.numbered_from(number);
        for queued in group.by_ref() {
            let added = match collector.add(&queued.requests) {
                Err(error) if error.concerns_all() => {
                    members.push(untouched(queued));
                    return Err(error);
                }
                added => added,
            };
            members.push(member(queued, added));
        }
        collector.take_ready()
    };
    let ready = add_all();
    members.extend(group.map(untouched));
    ready
}

/// One of which nothing is written.
pub(super) fn untouched(queued: Queued) -> Member {
    member(queued, Ok(Added::default()))
}

/// The request's own memory ends here.
fn member(queued: Queued, added: Result<Added, WriteError>) -> Member {
    let Queued { requests, reservation, reply, arrived: _ } = queued;
    let bytes = requests.layout().text().len() as u64;
    let records = requests.units().map(|unit| unit.records).sum();
    Member { reply, reservation, records, bytes, added }
}

fn ask(questions: &mpsc::Sender<Question>, bucket: TimeBucket) -> Result<RecordSet, OperationError> {
    let (answer, answered) = oneshot::channel();
    let ended = || OperationError::Invalid("the receiver has ended".to_owned());
    questions.blocking_send((bucket, answer)).map_err(|_| ended())?;
    answered.blocking_recv().map_err(|_| ended())?
}
