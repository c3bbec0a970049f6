//! Where requests come in.

use std::sync::{Mutex, PoisonError};

use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use super::budget::Reservation;
use super::queue::{Queue, Queued};
use crate::operations::writing::Refused;
use crate::otlp;

/// A request that is safe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// Records of it that were not written.
    pub refused: Refused,
}

/// A request that is not safe; its sender may repeat it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAccepted {
    /// Something of it could not be written.
    #[error("{0}")]
    Unwritten(String),
    /// The receiver ended before it was written.
    #[error("the receiver has ended")]
    Ended,
}

/// The door for requests, until it is closed.
#[derive(Debug)]
pub struct Intake {
    sender: Mutex<Option<mpsc::UnboundedSender<Queued>>>,
}

/// The right to bring one request in. While there is one, the queue does not end.
#[derive(Debug)]
pub struct Ticket(mpsc::UnboundedSender<Queued>);

/// A door, and the queue behind it. What may stand in there is bounded by the budget that reservations are of.
#[must_use]
pub fn intake() -> (Intake, Queue) {
    let (sender, receiver) = mpsc::unbounded_channel();
    (Intake { sender: Mutex::new(Some(sender)) }, Queue::new(receiver))
}

impl Intake {
    /// Lets a request in; `None` = nothing more is taken.
    #[must_use]
    pub fn enter(&self) -> Option<Ticket> {
        self.sender.lock().unwrap_or_else(PoisonError::into_inner).clone().map(Ticket)
    }

    /// Whether requests are taken.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.sender.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Takes nothing more. Who has a ticket still comes in.
    pub fn close(&self) {
        *self.sender.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Ticket {
    /// Brings a request in and waits until it is safe, or cannot be written. If nobody waits any longer before its group is
    /// begun, it is not written.
    ///
    /// # Errors
    /// It is not known to be safe.
    pub async fn submit(self, requests: otlp::Batch, reservation: Reservation) -> Result<Accepted, NotAccepted> {
        let (reply, answer) = oneshot::channel();
        let queued = Queued { requests, reservation, arrived: Instant::now(), reply };
        self.0.send(queued).map_err(|_| NotAccepted::Ended)?;
        // From here on the queue may end behind it.
        drop(self);
        answer.await.unwrap_or(Err(NotAccepted::Ended))
    }
}
