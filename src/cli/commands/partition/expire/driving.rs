//! One run out of a command: its progress and its signals.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use crate::cli::commands::execute_rebalance::interrupt;
use crate::cli::data::opener;
use crate::cli::driving::Driving;
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::model::PartitionId;
use crate::operations::executing::Halt;
use crate::operations::expiring::{Expirer, ExpiryEvent, ExpiryOutcome, ExpirySettings, Survey};

/// What is to be done.
pub(in crate::cli) enum Work<'w> {
    /// What was found goes.
    Expire(&'w Survey),
    /// What of these is claimed alone is given back, the rest is brought to its end.
    GiveBack(&'w BTreeSet<PartitionId>),
}

/// Works until all is done, or somebody stops it.
pub(in crate::cli) fn drive(
    session: &mut Session<'_, '_>,
    driving: Driving<'_, ExpirySettings>,
    work: Work<'_>,
) -> Result<ExpiryOutcome, CliError> {
    let total = match &work {
        Work::Expire(found) => found.expired.len() + found.in_flight.len(),
        Work::GiveBack(ids) => ids.len(),
    };
    let store = session.open_writer()?;
    let (open, clock, halt) = (opener(session), session.clock(), Halt::default());
    let progress = Mutex::new(session.counting("partitions expired", Some(total as u64)));
    let tell = |event: &ExpiryEvent| {
        let mut progress = progress.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            ExpiryEvent::Expired { partitions, bytes } => progress.set_with_bytes(*partitions, *bytes),
            ExpiryEvent::Claimed(n) => progress.say_now(&format!("claimed {n}")),
            ExpiryEvent::Settling(time) => {
                progress.say_now(&format!("waiting {} s until every writer has seen it", time.as_secs()));
            }
            ExpiryEvent::Waits(why) => progress.say_now(&format!("waiting for the store: {why}")),
        }
    };
    let seed = driving.audit.nonce ^ (session.environment().random)();
    let expirer = Expirer {
        context: driving.context((&store, &open, &*clock), &halt, seed, None),
        settings: driving.settings,
        tell: &tell,
    };
    let outcome = session.wait(async {
        let signals = interrupt::Signals::catch();
        let work = async {
            match work {
                Work::Expire(found) => expirer.expire(found).await,
                Work::GiveBack(ids) => expirer.rest(ids, true).await,
            }
        };
        tokio::select! {
            outcome = work => outcome,
            // It never ends.
            () = signals.listen(&halt) => Ok(ExpiryOutcome { halted: halt.reason(), ..ExpiryOutcome::default() }),
        }
    });
    if let Ok(progress) = progress.into_inner() {
        progress.finish();
    }
    Ok(outcome?)
}
