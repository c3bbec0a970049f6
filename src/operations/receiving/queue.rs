//! Requests that wait, and how they are grouped.

use std::time::Duration;

use tokio::sync::mpsc::error::TryRecvError;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout_at};

use super::budget::Reservation;
use super::intake::{Accepted, NotAccepted};
use crate::otlp;

/// A request that waits to be written.
#[derive(Debug)]
pub(super) struct Queued {
    pub(super) requests: otlp::Batch,
    pub(super) reservation: Reservation,
    pub(super) arrived: Instant,
    pub(super) reply: oneshot::Sender<Result<Accepted, NotAccepted>>,
}

impl Queued {
    fn bytes(&self) -> u64 {
        self.requests.layout().text().len() as u64
    }

    /// Whether nobody waits for its answer: its sender has gone and will repeat it.
    fn is_abandoned(&self) -> bool {
        self.reply.is_closed()
    }
}

/// Requests in the order in which they came.
#[derive(Debug)]
pub struct Queue {
    receiver: mpsc::UnboundedReceiver<Queued>,
    /// One that no longer fitted into the last group.
    next: Option<Queued>,
}

impl Queue {
    pub(super) fn new(receiver: mpsc::UnboundedReceiver<Queued>) -> Self {
        Self { receiver, next: None }
    }

    /// The next group: what is there, and what comes until `linger` after the first of it did, of at most so many bytes, or
    /// one request that is larger. `None` = nothing more will come.
    pub(super) async fn group(&mut self, bytes_max: u64, linger: Duration) -> Option<Vec<Queued>> {
        let first = loop {
            let queued = match self.next.take() {
                Some(queued) => queued,
                None => self.receiver.recv().await?,
            };
            if !queued.is_abandoned() {
                break queued;
            }
        };
        let until = first.arrived + linger;
        let mut bytes = first.bytes();
        let mut group = vec![first];
        while let Some(queued) = self.more(until).await {
            if queued.is_abandoned() {
                continue;
            }
            bytes += queued.bytes();
            if bytes > bytes_max {
                self.next = Some(queued);
                break;
            }
            group.push(queued);
        }
        // Some may have gone while others came.
        group.retain(|queued| !queued.is_abandoned());
        Some(group)
    }

    async fn more(&mut self, until: Instant) -> Option<Queued> {
        match self.receiver.try_recv() {
            Ok(queued) => Some(queued),
            Err(TryRecvError::Disconnected) => None,
            Err(TryRecvError::Empty) => timeout_at(until, self.receiver.recv()).await.ok().flatten(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::budget::Budget;
    use super::super::intake::{Intake, intake};
    use super::*;
    use crate::model::Signal;
    use crate::otlp::{Encoding, read_body};

    const LINGER: Duration = Duration::from_millis(50);

    /// A task that brings in a request of so many bytes and waits for its answer.
    fn send(intake: &Intake, bytes: usize) -> tokio::task::JoinHandle<Result<Accepted, NotAccepted>> {
        let text = format!("{:bytes$}", "{}");
        let requests = read_body(text.as_bytes(), Encoding::Json, Signal::Logs).unwrap();
        let ticket = intake.enter().unwrap();
        tokio::spawn(ticket.submit(requests, Budget::new(1).reserve()))
    }

    async fn sizes(queue: &mut Queue, bytes_max: u64) -> Option<Vec<u64>> {
        let group = queue.group(bytes_max, LINGER).await?;
        Some(group.iter().map(Queued::bytes).collect())
    }

    #[tokio::test(start_paused = true)]
    async fn a_group_is_what_has_come_up_to_its_size() {
        let (intake, mut queue) = intake();
        let senders: Vec<_> = [30, 40, 40, 500, 10].map(|bytes| send(&intake, bytes)).into();
        tokio::task::yield_now().await;
        assert_eq!(sizes(&mut queue, 100).await, Some(vec![30, 40]));
        assert_eq!(sizes(&mut queue, 100).await, Some(vec![40]));
        // One that is too large for any group is a group.
        assert_eq!(sizes(&mut queue, 100).await, Some(vec![500]));
        let before = Instant::now();
        assert_eq!(sizes(&mut queue, 100).await, Some(vec![10]));
        assert_eq!(before.elapsed(), LINGER);
        intake.close();
        assert!(intake.enter().is_none());
        assert_eq!(sizes(&mut queue, 100).await, None);
        for sender in senders {
            assert_eq!(sender.await.unwrap(), Err(NotAccepted::Ended));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn who_waited_while_another_group_was_written_does_not_wait_again() {
        let (intake, mut queue) = intake();
        let _senders = [send(&intake, 10), send(&intake, 20)];
        tokio::time::sleep(LINGER * 3).await;
        let before = Instant::now();
        assert_eq!(sizes(&mut queue, 100).await, Some(vec![10, 20]));
        assert_eq!(before.elapsed(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn who_has_gone_is_not_written_and_a_ticket_keeps_the_queue_open() {
        let (intake, mut queue) = intake();
        let gone = send(&intake, 10);
        tokio::task::yield_now().await;
        gone.abort();
        let ticket = intake.enter().unwrap();
        intake.close();
        let requests = read_body(b"{} ", Encoding::Json, Signal::Logs).unwrap();
        let _late = tokio::spawn(ticket.submit(requests, Budget::new(1).reserve()));
        assert_eq!(sizes(&mut queue, 100).await, Some(vec![3]));
        assert_eq!(sizes(&mut queue, 100).await, None);
    }
}
