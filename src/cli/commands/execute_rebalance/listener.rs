//! What is told while moves run.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::operations::executing::ExecutionEvent;
use crate::output::Progress;

/// A listener that counts verified bytes, and says what an operator should not have to ask for.
pub(super) fn listener(progress: &Mutex<Progress>) -> impl Fn(&ExecutionEvent) + Send + Sync + '_ {
    let (verified, planned) = (AtomicU64::new(0), AtomicU64::new(0));
    move |event| {
        let mut progress = progress.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            ExecutionEvent::Verified { bytes, .. } => {
                let before = verified.fetch_add(*bytes, Ordering::Relaxed);
                progress.set(before + bytes);
            }
            // What a source really has may be more than its record says, and what is recovered stands in no plan.
            ExecutionEvent::Planned { bytes, .. } => {
                let before = planned.fetch_add(*bytes, Ordering::Relaxed);
                progress.raise_total(before + bytes);
            }
            ExecutionEvent::Waits(on) => progress.say_line(&format!("waiting for {on}")),
            ExecutionEvent::GoesOn => progress.say_line("going on"),
            ExecutionEvent::Recovering { operations } => {
                progress.say_line(&format!("bringing {operations} operation(s) of earlier executions to rest"));
            }
            ExecutionEvent::Stopping { reason } => {
                progress.say_line(&format!("stopping, {reason}; what is in flight can be resumed"));
            }
            ExecutionEvent::Started { .. }
            | ExecutionEvent::MoveStarted(_)
            | ExecutionEvent::Phase { .. }
            | ExecutionEvent::MoveWaits { .. }
            | ExecutionEvent::Written { .. }
            | ExecutionEvent::Repeated { .. }
            | ExecutionEvent::Cutover { .. }
            | ExecutionEvent::Done { .. }
            | ExecutionEvent::Aborted { .. }
            | ExecutionEvent::Failed { .. }
            | ExecutionEvent::Skipped { .. }
            | ExecutionEvent::Limits { .. }
            | ExecutionEvent::Ended(_) => {}
        }
    }
}
