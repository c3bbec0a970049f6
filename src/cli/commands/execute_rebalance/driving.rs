//! One execution out of a command: its progress, its signals, its end in time.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::cli::data::opener;
use crate::cli::driving::Driving;
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::model::Timestamp;
use crate::operations::executing::{ExecutionEvent, ExecutionSettings, Executor, Halt, HaltReason, Outcome, Work};
use crate::output::{ExecutionProgress, TICK_EVERY};
use crate::storage::CommandMover;

use super::interrupt;

/// What an execution needs beside its work.
pub(in crate::cli) struct Execution<'a> {
    pub(in crate::cli) driving: Driving<'a, ExecutionSettings>,
    pub(in crate::cli) mover: Option<&'a CommandMover>,
    /// When it stops.
    pub(in crate::cli) until: Option<Timestamp>,
    /// The plan, if it is of one.
    pub(in crate::cli) plan_id: Option<String>,
}

/// Executes, until all is done, or somebody or something stops it.
pub(in crate::cli) fn drive(
    session: &mut Session<'_, '_>,
    execution: Execution<'_>,
    work: Work<'_>,
) -> Result<Outcome, CliError> {
    let Execution { driving, mover, until, plan_id } = execution;
    let store = session.open_writer()?;
    let open = opener(session);
    let clock = session.clock();
    let halt = Halt::default();
    let progress = Mutex::new(session.execution_progress());
    let note = |event: &ExecutionEvent| of(&progress).note(event);
    let seed = driving.audit.nonce ^ (session.environment().random)();
    let executor = Executor {
        context: driving.context((&store, &open, &*clock), &halt, seed, plan_id),
        mover,
        settings: driving.settings,
        tell: &note,
    };
    let left = until.map(|until| until.millis().saturating_sub(session.now().millis()).max(0).unsigned_abs());
    let outcome = session.wait(async {
        let signals = interrupt::Signals::catch();
        let time_is_up = async {
            match left {
                Some(left) => tokio::time::sleep(Duration::from_millis(left)).await,
                None => std::future::pending().await,
            }
            halt.throw(HaltReason::TimeIsUp);
            std::future::pending::<()>().await;
        };
        let ticks = async {
            loop {
                tokio::time::sleep(TICK_EVERY).await;
                of(&progress).tick();
            }
        };
        tokio::select! {
            outcome = executor.execute(work) => Some(outcome),
            () = signals.listen(&halt) => None,
            () = time_is_up => None,
            () = ticks => None,
        }
    });
    if let Ok(progress) = progress.into_inner() {
        progress.finish();
    }
    // Of the four only the first one ends.
    outcome.unwrap_or_else(|| Ok(Outcome { halted: halt.reason(), ..Outcome::default() })).map_err(CliError::from)
}

/// Numbers are whole even if another thread died between two of them.
fn of(progress: &Mutex<ExecutionProgress>) -> MutexGuard<'_, ExecutionProgress> {
    progress.lock().unwrap_or_else(PoisonError::into_inner)
}
