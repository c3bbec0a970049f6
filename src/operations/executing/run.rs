//! What all moves of one execution share.

use std::num::NonZeroU64;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::sleep;

use super::board::Board;
use super::commit::Trail;
use super::crash::CrashAt;
use super::event::{ExecutionEvent, Listener, WaitsFor};
use super::halt::Halt;
use super::places::Places;
use super::slots::OwnSlots;
use crate::migration::{Control, Intent, Stop};
use crate::model::{NodeId, PartitionId, Revision};
use crate::operations::copying::{Bandwidth, CopyError, CopySettings};
use crate::operations::run_context::RunIds;
use crate::operations::{AuditContext, Consent, OperationError};
use crate::ports::storage::StorageError;
use crate::ports::{Clock, Keys, StoreError};

/// How moves are executed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExecutionSettings {
    /// How long writers may go on by what they saw before: a view of a record is at most 5 s old.
    pub settle: Duration,
    /// How long readers may go on by what they saw before.
    pub grace: Duration,
    /// Copies at a time per node; `None` = as the cluster spec says.
    pub per_node: Option<u32>,
    /// Bytes a second for each node and direction; `None` = no limit.
    pub bandwidth: Option<NonZeroU64>,
    /// Segments of one copy at the same time.
    pub streams: usize,
}

impl Default for ExecutionSettings {
    fn default() -> Self {
        Self {
            settle: Duration::from_secs(10),
            grace: Duration::from_secs(60),
            per_node: None,
            bandwidth: None,
            streams: crate::operations::copying::STREAMS_DEFAULT,
        }
    }
}

/// How long is waited before a store that did not answer is asked again.
pub(super) const RETRY_AFTER: Duration = Duration::from_secs(1);

/// What all moves of one execution share.
pub(super) struct Run<'a, M, S, V> {
    pub(super) store: &'a M,
    pub(super) keys: &'a Keys,
    pub(super) clock: &'a dyn Clock,
    /// The fence; 0 while the store is out of space and nobody can hold the lock.
    pub(super) lock: Revision,
    pub(super) places: Places<'a, S>,
    pub(super) settings: ExecutionSettings,
    pub(super) per_node: AtomicU32,
    /// Copies at a time per node unless somebody sets another limit while it runs.
    pub(super) per_node_default: u32,
    pub(super) bandwidth: Bandwidth,
    pub(super) mover: Option<&'a V>,
    pub(super) crash: &'a CrashAt,
    pub(super) halt: Halt,
    pub(super) control: watch::Sender<Control>,
    pub(super) slots: OwnSlots,
    pub(super) board: Board,
    pub(super) tell: Listener<'a>,
    pub(super) audit: &'a AuditContext,
    pub(super) consent: Consent,
    pub(super) entries: AtomicUsize,
    pub(super) ids: RunIds<'a>,
    /// Everything that can be undone is to be undone.
    pub(super) aborts_all: AtomicBool,
    /// The store took nothing but deletions at the last try: nothing new begins.
    pub(super) out_of_space: AtomicBool,
}

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Waited {
    /// The time is over.
    Over,
    /// Something changed that the decision rests on: decide again.
    Changed,
}

impl<M, S, V> Run<'_, M, S, V> {
    /// Tells an event.
    pub(super) fn tell(&self, event: &ExecutionEvent) {
        self.board.note(event);
        (self.tell)(event);
    }

    /// Who writes.
    pub(super) fn trail(&self) -> Trail<'_> {
        Trail { audit: self.audit, consent: self.consent, entries: &self.entries, clock: self.clock }
    }

    /// What is wanted of an operation.
    pub(super) fn intent(&self, operation_id: &str) -> Intent {
        self.intent_by(&self.control.borrow(), operation_id)
    }

    fn intent_by(&self, control: &Control, operation_id: &str) -> Intent {
        if self.aborts_all.load(Ordering::Relaxed) || control.aborts(operation_id, self.lock) {
            Intent::Abort
        } else {
            Intent::Proceed
        }
    }

    /// Whether nothing new is to begin, and why.
    pub(super) fn paused(&self) -> Option<WaitsFor> {
        self.control.borrow().paused.as_ref().map(|said| WaitsFor::Resume(said.by.clone()))
    }

    /// Whether moves may still begin.
    pub(super) fn may_begin(&self) -> bool {
        !self.halt.is_thrown()
            && self.halt.closing().is_none()
            && self.lock != Revision::NONE
            && !self.aborts_all.load(Ordering::Relaxed)
            && !self.out_of_space.load(Ordering::Relaxed)
            && !self.control.borrow().ends(self.lock)
    }

    pub(super) fn per_node(&self) -> u32 {
        self.per_node.load(Ordering::Relaxed).max(1)
    }

    pub(super) fn copy_settings(&self, expect_data: bool) -> CopySettings {
        CopySettings { streams: self.settings.streams, expect_data }
    }

    /// Waits for a time, unless everything stops or the operation is to be undone.
    pub(super) async fn wait(&self, time: Duration, operation_id: &str, before: Intent) -> Waited {
        if time.is_zero() {
            return Waited::Over;
        }
        tokio::select! {
            () = sleep(time) => Waited::Over,
            () = self.changed(operation_id, before) => Waited::Changed,
        }
    }

    /// Waits until everything stops or the operation is wanted otherwise than before.
    pub(super) async fn changed(&self, operation_id: &str, before: Intent) {
        let mut control = self.control.subscribe();
        let other = control.wait_for(|now| self.intent_by(now, operation_id) != before);
        tokio::select! {
            _ = other => {}
            () = self.halt.thrown() => {}
        }
    }

    /// Whether an error says that the store is out of space; if so nothing new begins, and `number` waits for room.
    pub(super) fn lacks_space(&self, error: &OperationError, number: Option<u64>) -> bool {
        if !matches!(error, OperationError::Store(StoreError::OutOfSpace { .. })) {
            return false;
        }
        self.out_of_space.store(true, Ordering::Relaxed);
        if let Some(number) = number {
            self.tell(&ExecutionEvent::MoveWaits { number, on: Some(WaitsFor::StoreSpace) });
        }
        true
    }

    /// What to do about an error of the store: true = ask again after a while.
    pub(super) async fn may_retry(&self, error: &OperationError, number: Option<u64>) -> bool {
        let OperationError::Store(StoreError::Unreachable { reason, .. }) = error else { return false };
        // Without the lock nobody watches how long the store is silent.
        if self.lock == Revision::NONE || self.halt.is_thrown() {
            return false;
        }
        let on = WaitsFor::Store(reason.clone());
        match number {
            Some(number) => self.tell(&ExecutionEvent::MoveWaits { number, on: Some(on) }),
            None => self.tell(&ExecutionEvent::Waits(on)),
        }
        tokio::select! {
            () = sleep(RETRY_AFTER) => {}
            () = self.halt.thrown() => return false,
        }
        if number.is_none() {
            self.tell(&ExecutionEvent::GoesOn);
        }
        true
    }
}

/// What became of an operation.
#[derive(Debug)]
pub(super) enum Rest {
    /// Its journal is gone.
    Through(Box<Through>),
    /// It cannot go on by itself.
    Stuck {
        /// Why.
        stop: Stop,
        /// What was found wrong with a copy.
        found: Option<Lack>,
    },
    /// Everything stops; it can be resumed.
    Halted,
    /// The store has no room for what comes next; it can be resumed.
    NoSpace,
    /// Something failed that neither side of a copy is to blame for; it can be resumed.
    Broken(OperationError),
}

/// Why a listed copy is not known to be whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lack {
    /// Its node's data does not answer: nothing is said about what it holds.
    Unreachable(String),
    /// It was looked at, and is not what it should be.
    Damaged(String),
}

impl Lack {
    /// The same, told of a node.
    pub(super) fn on(self, node: &NodeId) -> Self {
        let told = |why: String| format!("{node}: {why}");
        match self {
            Self::Unreachable(why) => Self::Unreachable(told(why)),
            Self::Damaged(why) => Self::Damaged(told(why)),
        }
    }
}

impl From<StorageError> for Lack {
    fn from(error: StorageError) -> Self {
        let why = error.to_string();
        if error.is_unreachable() { Self::Unreachable(why) } else { Self::Damaged(why) }
    }
}

impl From<CopyError> for Lack {
    fn from(error: CopyError) -> Self {
        let why = error.to_string();
        if error.is_unreachable() { Self::Unreachable(why) } else { Self::Damaged(why) }
    }
}

/// Why an operation waits for a decision, and whether data did not verify or no good copy is left.
pub(super) fn told(stop: &Stop, found: Option<Lack>) -> (String, bool) {
    match found {
        Some(Lack::Damaged(why)) => (format!("{stop} ({why})"), true),
        Some(Lack::Unreachable(why)) => (format!("{stop} ({why})"), matches!(stop, Stop::NoGoodCopy)),
        None => (stop.to_string(), matches!(stop, Stop::NoGoodCopy)),
    }
}

/// An operation that is through.
#[derive(Debug)]
pub(super) struct Through {
    pub(super) seen: super::read::Seen,
    pub(super) undone: Option<Undone>,
}

/// Why an operation was undone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Undone {
    pub(super) reason: Option<crate::migration::Abandoned>,
    pub(super) error: Option<String>,
    pub(super) hint: Option<String>,
    /// Its source was at fault: another holder may do.
    pub(super) by_source: bool,
    /// Data did not verify.
    pub(super) is_damage: bool,
}

/// A partition with the number of its move in events.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbered {
    pub(super) number: u64,
    pub(super) partition: PartitionId,
}
