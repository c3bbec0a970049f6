//! How far an execution is: for the status key, and for the totals at its end.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::event::{ExecutionEvent, Totals};
use super::tally::Tally;
use crate::migration::status::{RUNNING_MAX, STATUS_SCHEMA};
use crate::migration::{LockValue, RebalanceStatus};
use crate::model::{Revision, Timestamp};

/// How far an execution is.
pub(super) struct Board {
    began: Instant,
    tally: Mutex<Tally>,
}

impl Default for Board {
    fn default() -> Self {
        Self { began: Instant::now(), tally: Mutex::default() }
    }
}

impl Board {
    /// Takes note of an event.
    pub(super) fn note(&self, event: &ExecutionEvent) {
        self.with(|tally, at| tally.note(event, at));
    }

    /// The totals so far.
    pub(super) fn totals(&self) -> Totals {
        self.with(|tally, _| tally.totals)
    }

    /// What the status key says now.
    pub(super) fn status(&self, lock: &LockValue, execution: Revision, now: Timestamp) -> RebalanceStatus {
        self.with(|tally, at| status(tally, at, (lock, execution, now)))
    }

    fn with<T>(&self, work: impl FnOnce(&mut Tally, Duration) -> T) -> T {
        // Numbers are whole even if another thread died between two of them.
        work(&mut self.tally.lock().unwrap_or_else(PoisonError::into_inner), self.began.elapsed())
    }
}

fn status(tally: &Tally, at: Duration, (lock, execution, now): (&LockValue, Revision, Timestamp)) -> RebalanceStatus {
    let eta = tally.eta(at);
    RebalanceStatus {
        schema: STATUS_SCHEMA.to_owned(),
        holder: lock.to_string(),
        execution: execution.0,
        plan_id: tally.plan_id.clone(),
        started_at: lock.started_at,
        updated_at: now,
        waits_for: tally.waits_for().map(ToString::to_string),
        moves: tally.moves(),
        moves_done: tally.totals.done,
        moves_failed: tally.totals.failed + tally.totals.aborted,
        bytes: tally.bytes(),
        verified_bytes: tally.bytes_done(),
        bytes_per_second: tally.rate(at).unwrap_or(0),
        eta_seconds_min: eta.map(|eta| eta.low.as_secs()),
        eta_seconds_max: eta.map(|eta| eta.high.as_secs()),
        in_flight: tally.running.len() as u64,
        running: tally.running_moves(at, RUNNING_MAX),
    }
}
