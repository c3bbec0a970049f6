//! One run of splits or compactions out of a command: its progress, its signals, and what is left.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::model::PartitionId;
use crate::operations::executing::{Halt, HaltReason};
use crate::operations::rewriting::{Ended, RewriteError, RewriteEvent, RewriteSettings, Rewriter, STUCK_HINT, Task};

use super::commands::execute_rebalance::ending::no_space;
use super::commands::execute_rebalance::interrupt;
use super::data::opener;
use super::driving::Driving;
use super::error::CliError;
use super::session::Session;

/// Partitions named in messages; the rest is counted.
const NAMED_MAX: usize = 10;

/// How partitions came to rest.
pub(super) type Rested = BTreeMap<PartitionId, Ended>;

/// Works until all is done, or somebody stops it.
pub(super) fn drive(
    session: &mut Session<'_, '_>,
    driving: Driving<'_, RewriteSettings>,
    tasks: &BTreeMap<PartitionId, Task>,
) -> Result<Rested, CliError> {
    let store = session.open_writer()?;
    let (open, clock, halt) = (opener(session), session.clock(), Halt::default());
    let progress = Mutex::new((session.progress("rewriting", None), 0_u64));
    let tell = |event: &RewriteEvent| {
        let mut guard = progress.lock().unwrap_or_else(PoisonError::into_inner);
        let (progress, done) = &mut *guard;
        match event {
            RewriteEvent::Written { bytes } => {
                *done = done.saturating_add(*bytes);
                progress.set(*done);
            }
            RewriteEvent::Claimed(id) => progress.say_now(&format!("claimed {id}")),
            RewriteEvent::Settling(time) => {
                progress.say_now(&format!("waiting {} s until every writer has seen it", time.as_secs()));
            }
            RewriteEvent::Planned { bytes } => {
                progress.say_now(&format!("writing anew {}", crate::model::ByteSize(*bytes)));
            }
            RewriteEvent::Switched(id) => progress.say_now(&format!("{id}: its new copies are in place")),
            RewriteEvent::Grace(time) => {
                progress.say_now(&format!("waiting {} s until readers have left the old copies", time.as_secs()));
            }
            RewriteEvent::Waits(why) => progress.say_now(&format!("waiting for the store: {why}")),
        }
    };
    let seed = driving.audit.nonce.rotate_left(32) ^ (session.environment().random)();
    let rewriter = Rewriter {
        context: driving.context((&store, &open, &*clock), &halt, seed, None),
        settings: driving.settings,
        tell: &tell,
    };
    let ended = session.wait(async {
        let signals = interrupt::Signals::catch();
        tokio::select! {
            ended = rewriter.run(tasks) => ended,
            // It never ends.
            () = signals.listen(&halt) => Ok(Rested::default()),
        }
    });
    if let Ok((progress, _)) = progress.into_inner() {
        progress.finish();
    }
    let ended = ended?;
    match halt.reason() {
        // What came to rest before is told by whoever asked for it again.
        Some(reason) if ended.values().any(|ended| *ended == Ended::Left) => Err(stopped(&reason, &ended)),
        Some(_) | None => Ok(ended),
    }
}

fn stopped(reason: &HaltReason, ended: &Rested) -> CliError {
    let left = ended.values().filter(|ended| **ended == Ended::Left).count();
    let hint = Some("the same command goes on; `migration abort` undoes what can be undone".to_owned());
    match reason {
        HaltReason::Signal(signal) => {
            CliError::Interrupted { signal: *signal, message: format!("{left} partition(s) are left"), hint }
        }
        HaltReason::TimeIsUp | HaltReason::LockLost(_) | HaltReason::StoreLost(_) | HaltReason::Closed(_) => {
            CliError::WorkLeft { message: format!("stopped, {reason}: {left} partition(s) are left"), hint }
        }
    }
}

/// What is left, and the exit code: damage before anything else.
pub(super) fn judge(session: &mut Session<'_, '_>, ended: &Rested) -> Result<(), CliError> {
    let (mut damage, mut left, mut hint, mut space) = (0_u64, 0_u64, None, false);
    let mut named = 0;
    for (id, ended) in ended {
        let (why, mend) = match ended {
            Ended::Done { orphans: 0, .. } | Ended::Undone { is_asked: true, .. } => continue,
            Ended::Done { orphans, .. } => {
                session.talk().note(&format!(
                    "{id}: {orphans} old copies wait until their nodes are back; the next execution deletes them, or \
                     `migration abort --all`"
                ));
                continue;
            }
            Ended::Undone { reason, hint, is_damage, .. } => {
                damage += u64::from(*is_damage);
                (format!("it is as it was: {reason}"), hint.clone())
            }
            Ended::Stuck(reason) => {
                damage += 1;
                let why = format!("its new copies are in place, and the old ones are kept: {reason}");
                (why, Some(STUCK_HINT.to_owned()))
            }
            Ended::Unfit(reason) => (format!("not begun: {reason}"), None),
            Ended::Left => ("it goes on with the same command".to_owned(), None),
            Ended::NoSpace => {
                space = true;
                ("the store has no room".to_owned(), None)
            }
            Ended::Failed(reason) => (reason.clone(), None),
        };
        left += 1;
        named += 1;
        if named <= NAMED_MAX {
            session.talk().warn(&format!("{id}: {why}"));
        }
        hint = hint.or(mend);
    }
    let message = format!("{left} partition(s) are not through");
    if damage > 0 {
        return Err(CliError::NotVerified { message, hint });
    }
    if space {
        return Err(no_space(session, &message, "the same command goes on")?);
    }
    if left > 0 {
        return Err(CliError::WorkLeft {
            message,
            hint: hint.or_else(|| Some("the same command tries again".to_owned())),
        });
    }
    Ok(())
}

/// Why nothing was begun.
pub(super) fn refused(error: RewriteError) -> CliError {
    let (message, hint) = (error.to_string(), error.hint().map(str::to_owned));
    match error {
        RewriteError::Operation(error) => error.into(),
        error if error.is_damage() => CliError::NotVerified { message, hint },
        RewriteError::Storage { .. }
        | RewriteError::Damaged { .. }
        | RewriteError::Differ(_)
        | RewriteError::Undividable { .. }
        | RewriteError::NotAsWritten { .. }
        | RewriteError::Unequal { .. }
        | RewriteError::Build(_) => CliError::WorkLeft { message, hint },
    }
}
