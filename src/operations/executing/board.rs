//! How far an execution is, gathered from its own events: for the status key, and for the totals at its end.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use tokio::time::Instant;

use super::event::{ExecutionEvent, MoveLabel, MovePhase, Totals, WaitsFor};
use crate::migration::status::{RUNNING_MAX, STATUS_SCHEMA};
use crate::migration::{LockValue, RebalanceStatus, RunningMove};
use crate::model::{Revision, Timestamp};

/// How far an execution is.
#[derive(Default)]
pub(super) struct Board {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    plan_id: Option<String>,
    moves: u64,
    bytes: u64,
    waits_for: Option<String>,
    running: BTreeMap<u64, Running>,
    totals: Totals,
    sampled: Option<(Instant, u64)>,
}

struct Running {
    label: MoveLabel,
    phase: MovePhase,
    bytes: u64,
    verified: u64,
    waits_for: Option<WaitsFor>,
}

impl Board {
    /// Takes note of an event.
    pub(super) fn note(&self, event: &ExecutionEvent) {
        self.with(|inner| inner.note(event));
    }

    /// The totals so far.
    pub(super) fn totals(&self) -> Totals {
        self.with(|inner| inner.totals)
    }

    /// What the status key says now.
    pub(super) fn status(&self, lock: &LockValue, execution: Revision, now: Timestamp) -> RebalanceStatus {
        self.with(|inner| inner.status(lock, execution, now))
    }

    fn with<T>(&self, work: impl FnOnce(&mut Inner) -> T) -> T {
        // Numbers are whole even if another thread died between two of them.
        work(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Inner {
    fn note(&mut self, event: &ExecutionEvent) {
        match event {
            ExecutionEvent::Started { plan_id, moves, bytes, .. } => {
                self.plan_id = Some(plan_id.clone()).filter(|id| !id.is_empty());
                (self.moves, self.bytes) = (*moves, *bytes);
            }
            ExecutionEvent::Waits(on) => self.waits_for = Some(on.to_string()),
            ExecutionEvent::GoesOn => self.waits_for = None,
            ExecutionEvent::MoveStarted(label) => {
                let (label, bytes) = (label.clone(), label.bytes);
                let running = Running { phase: MovePhase::Starting, bytes, verified: 0, waits_for: None, label };
                self.running.insert(running.label.number, running);
            }
            ExecutionEvent::Phase { number, phase } => self.of(*number, |running| {
                (running.phase, running.waits_for) = (*phase, None);
            }),
            ExecutionEvent::MoveWaits { number, on } => self.of(*number, |running| running.waits_for.clone_from(on)),
            ExecutionEvent::Planned { number, bytes, .. } => self.of(*number, |running| running.bytes = *bytes),
            ExecutionEvent::Verified { number, bytes, .. } => {
                self.totals.verified_bytes += bytes;
                self.of(*number, |running| running.verified += bytes);
            }
            ExecutionEvent::Done { number } => {
                self.running.remove(number);
                self.totals.done += 1;
            }
            ExecutionEvent::Aborted { number, .. } => {
                self.running.remove(number);
                self.totals.aborted += 1;
            }
            ExecutionEvent::Failed { number, .. } => {
                self.running.remove(number);
                self.totals.failed += 1;
            }
            ExecutionEvent::Skipped { .. } => self.totals.stale += 1,
            ExecutionEvent::Recovering { .. }
            | ExecutionEvent::Written { .. }
            | ExecutionEvent::Repeated { .. }
            | ExecutionEvent::Cutover { .. }
            | ExecutionEvent::Limits { .. }
            | ExecutionEvent::Stopping { .. }
            | ExecutionEvent::Ended(_) => {}
        }
    }

    fn of(&mut self, number: u64, change: impl FnOnce(&mut Running)) {
        if let Some(running) = self.running.get_mut(&number) {
            change(running);
        }
    }

    fn status(&mut self, lock: &LockValue, execution: Revision, now: Timestamp) -> RebalanceStatus {
        let verified = self.totals.verified_bytes;
        let at = Instant::now();
        let (before, had) = self.sampled.replace((at, verified)).unwrap_or((at, verified));
        let seconds = at.saturating_duration_since(before).as_secs_f64();
        let rate = if seconds > 0.0 { (verified.saturating_sub(had) as f64 / seconds) as u64 } else { 0 };
        let running = |running: &Running| RunningMove {
            partition: running.label.partition,
            kind: running.label.kind.name().to_owned(),
            phase: running.phase.name().to_owned(),
            from: running.label.from.clone(),
            to: running.label.to.clone(),
            copy_from: running.label.copy_from.clone(),
            bytes: running.bytes,
            verified_bytes: running.verified,
            waits_for: running.waits_for.as_ref().map(ToString::to_string),
        };
        RebalanceStatus {
            schema: STATUS_SCHEMA.to_owned(),
            holder: lock.to_string(),
            execution: execution.0,
            plan_id: self.plan_id.clone(),
            started_at: lock.started_at,
            updated_at: now,
            waits_for: self.waits_for.clone(),
            moves: self.moves,
            moves_done: self.totals.done,
            moves_failed: self.totals.failed + self.totals.aborted,
            bytes: self.bytes,
            verified_bytes: verified,
            bytes_per_second: rate,
            in_flight: self.running.len() as u64,
            running: self.running.values().take(RUNNING_MAX).map(running).collect(),
        }
    }
}
