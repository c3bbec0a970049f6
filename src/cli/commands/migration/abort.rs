//! `migration abort`

use std::collections::BTreeSet;
use std::time::Duration;

use clap::{ArgGroup, Args};

use crate::cli::args::WriteArgs;
use crate::cli::commands::execute_rebalance::crash_at;
use crate::cli::commands::execute_rebalance::driving::{Execution, drive};
use crate::cli::commands::execute_rebalance::ending::no_space;
use crate::cli::commands::execute_rebalance::request::duration;
use crate::cli::commands::partition::expire;
use crate::cli::commands::partition::parse_partition_ids;
use crate::cli::consent;
use crate::cli::driving::Driving;
use crate::cli::error::CliError;
use crate::cli::rewriting;
use crate::cli::session::{OpenReader, Session};
use crate::migration::expiry::ExpiryPhase;
use crate::migration::{Journal, Phase};
use crate::model::{PartitionId, Revision};
use crate::operations::consistent::entries;
use crate::operations::executing::{CrashAt, ExecutionSettings, Outcome, Work};
use crate::operations::expiring::ExpirySettings;
use crate::operations::migrations::{InFlight, Migrations};
use crate::operations::rewriting::{Ended, RewriteSettings, Task};
use crate::operations::{Consent, OperationError};
use crate::ports::{Keys, MetadataRead};

/// Undo what is being copied, and finish what is past its cutover.
///
/// A partition that `partition expire` has claimed is given back as it was, until its first copy is deleted; then it goes. A split
/// or a compaction is undone until its new copies are in place; then it is finished. Works from any host, with and without an
/// executor, and when the plan is gone. To go back to where a plan found everything:
/// `execute-rebalance PLAN --rollback`.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("which").args(["partitions", "all"]).required(true)))]
pub(in crate::cli) struct AbortArgs {
    /// The partitions
    #[arg(conflicts_with = "all", value_name = "PARTITION")]
    partitions: Vec<String>,
    /// All operations in flight, and old copies that were left on nodes; an execution that runs begins nothing more
    #[arg(long)]
    all: bool,
    /// How long readers may go on by the old owners before an old copy is deleted
    #[arg(long, value_name = "TIME", default_value = "60s")]
    grace: String,
    #[command(flatten)]
    write: WriteArgs,
}

/// Operations named before anybody is asked; the rest is counted.
const NAMED_MAX: usize = 20;
/// How often it is looked whether the executor has done what it was told.
const LOOK_EVERY: Duration = Duration::from_millis(500);

pub(super) fn run(session: &mut Session<'_, '_>, args: AbortArgs) -> Result<(), CliError> {
    let AbortArgs { partitions, all, grace, write } = args;
    let settings = ExecutionSettings { grace: duration("--grace", &grace)?, ..ExecutionSettings::default() };
    let only: BTreeSet<PartitionId> = parse_partition_ids(&partitions)?.into_iter().collect();
    let crash = crash_at(session)?;
    consent::check(session, &write)?;
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let found = session.wait(Migrations::read(&store, &keys, None))?;
    let asked = asked(&found, &only)?;
    let orphans = if all { session.wait(entries(&store, &keys.orphans()))?.len() } else { 0 };
    if asked.is_empty() && orphans == 0 && !(all && found.lock.is_some()) {
        session.talk().note("nothing is in flight");
        return Ok(());
    }
    drop(store);
    let mut lines = lines(&found, &asked, all);
    if orphans > 0 {
        lines.push(format!("delete {orphans} old copies that were left on nodes, where nobody needs them any more"));
    }
    let Some(consent) = consent::ask(session, &write, &lines)? else { return Ok(()) };
    let audit = consent::audit_context(session, &write, "migration abort");
    let (own, asked): (Vec<&InFlight>, Vec<&InFlight>) =
        asked.into_iter().partition(|operation| !operation.is_executors());
    let (expiries, rewrites): (Vec<&InFlight>, Vec<&InFlight>) =
        own.into_iter().partition(|operation| operation.as_expiry().is_some());
    give_back(session, &keys, &expiries, (&crash, consent), &write)?;
    undo(session, &keys, &rewrites, (&crash, consent, settings.grace), &write)?;
    if asked.is_empty() && (!all || (orphans == 0 && found.lock.is_none())) {
        return Ok(());
    }
    if let Some(lock) = &found.lock {
        tell_executor(session, &keys, &found, (&asked, all.then_some(lock.create_revision)), &write, consent)?;
        session.talk().note("waiting for the executor to do so");
        let operations: BTreeSet<String> = journals(&asked).map(|journal| journal.operation_id().to_owned()).collect();
        let execution = all.then_some(lock.create_revision);
        let store = session.open_writer()?;
        if session.wait(done_by_executor(&store, &keys, (&operations, execution)))? {
            session.talk().note("done");
            return Ok(());
        }
    }
    let driving = Driving { keys: &keys, settings, crash: &crash, audit: &audit, consent };
    let execution = Execution { driving, mover: None, until: None, plan_id: None };
    let in_flight = asked.len() as u64;
    let only = if all { only } else { asked.iter().map(|operation| operation.partition).collect() };
    let outcome = drive(session, execution, Work::Rest { only, abort: true })?;
    judge(session, &outcome, in_flight)?;
    if orphans > 0 {
        let store = session.open_writer()?;
        let left = session.wait(entries(&store, &keys.orphans()))?.len();
        let deleted = orphans.saturating_sub(left);
        session.talk().note(&format!(
            "old copies: {deleted} deleted, {left} stay until nobody needs them and their nodes answer"
        ));
    }
    Ok(())
}

/// The operations that are asked about, of all that are in flight.
fn asked<'m>(found: &'m Migrations, only: &BTreeSet<PartitionId>) -> Result<Vec<&'m InFlight>, CliError> {
    let in_flight: BTreeSet<PartitionId> = found.in_flight.iter().map(|operation| operation.partition).collect();
    if let Some(missing) = only.iter().find(|id| !in_flight.contains(id)) {
        return Err(OperationError::NotFound { what: format!("operation in flight on {missing}") }.into());
    }
    Ok(found.in_flight.iter().filter(|operation| only.is_empty() || only.contains(&operation.partition)).collect())
}

fn journals<'m>(asked: &'m [&InFlight]) -> impl Iterator<Item = &'m Journal> {
    asked.iter().filter_map(|operation| operation.journal.as_ref().ok())
}

fn lines(found: &Migrations, asked: &[&InFlight], all: bool) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(holder) = found.holder().filter(|_| all) {
        lines.push(format!("the execution by {holder} begins nothing more"));
    }
    for InFlight { partition, journal, .. } in asked.iter().take(NAMED_MAX) {
        lines.push(match journal {
            Err(reason) => format!("{partition} stays as it is: its journal cannot be read ({reason})"),
            Ok(Journal::Expire(journal)) => match journal.phase {
                ExpiryPhase::Claimed => format!("give {partition} back, which is claimed to be expired"),
                ExpiryPhase::Deleting => format!("finish {partition}, which is expired: some of its copies are gone"),
            },
            Ok(Journal::Rewrite(journal)) => {
                let kind = journal.kind.noun();
                match journal.phase {
                    Phase::Cleanup => format!("finish the {kind} of {partition}, whose new copies are in place"),
                    Phase::Copying | Phase::Aborting => format!("undo the {kind} of {partition}"),
                }
            }
            Ok(Journal::Move(journal)) => match (journal.phase, &journal.to) {
                (Phase::Cleanup, _) => format!("finish {partition}, which is past its cutover"),
                (Phase::Copying | Phase::Aborting, Some(to)) => format!("undo the copy of {partition} to {to}"),
                (Phase::Copying | Phase::Aborting, None) => format!("undo the operation on {partition}"),
            },
        });
    }
    if asked.len() > NAMED_MAX {
        lines.push(format!("and {} more", asked.len() - NAMED_MAX));
    }
    lines
}

/// Expiries need no executor and no lock: whoever is first, this or the run that claimed them, wins.
fn give_back(
    session: &mut Session<'_, '_>,
    keys: &Keys,
    expiries: &[&InFlight],
    (crash, consent): (&CrashAt, Consent),
    write: &WriteArgs,
) -> Result<(), CliError> {
    if expiries.is_empty() {
        return Ok(());
    }
    let audit = consent::audit_context(session, write, "migration abort");
    let ids: BTreeSet<PartitionId> = expiries.iter().map(|operation| operation.partition).collect();
    let settings = ExpirySettings::default();
    let driving = Driving { keys, settings, crash, audit: &audit, consent };
    let outcome = expire::driving::drive(session, driving, expire::driving::Work::GiveBack(&ids))?;
    session.talk().note(&format!("{} given back, {} gone", outcome.given_back, outcome.expired));
    expire::judge(session, &outcome)
}

/// Splits and compactions need no executor and no lock either.
fn undo(
    session: &mut Session<'_, '_>,
    keys: &Keys,
    rewrites: &[&InFlight],
    (crash, consent, grace): (&CrashAt, Consent, Duration),
    write: &WriteArgs,
) -> Result<(), CliError> {
    if rewrites.is_empty() {
        return Ok(());
    }
    let audit = consent::audit_context(session, write, "migration abort");
    let settings = RewriteSettings { grace, ..RewriteSettings::default() };
    let tasks = rewrites.iter().map(|operation| (operation.partition, Task::Undo)).collect();
    let driving = Driving { keys, settings, crash, audit: &audit, consent };
    let ended = rewriting::drive(session, driving, &tasks)?;
    let count = |is: fn(&Ended) -> bool| ended.values().filter(|ended| is(ended)).count();
    let undone = count(|ended| matches!(ended, Ended::Undone { .. }));
    let finished = count(|ended| matches!(ended, Ended::Done { .. }));
    session.talk().note(&format!("{undone} undone, {finished} finished"));
    rewriting::judge(session, &ended)
}

/// Says in the store what the executor is to undo.
fn tell_executor(
    session: &mut Session<'_, '_>,
    keys: &Keys,
    found: &Migrations,
    (asked, execution): (&[&InFlight], Option<Revision>),
    write: &crate::cli::args::WriteArgs,
    consent: Consent,
) -> Result<(), CliError> {
    let mut control = found.control.clone();
    // What is over needs no telling any more.
    let known: BTreeSet<&str> =
        found.in_flight.iter().filter_map(|o| Some(o.journal.as_ref().ok()?.operation_id())).collect();
    control.abort_operations.retain(|id| known.contains(id.as_str()));
    match execution {
        Some(execution) => control.abort_execution = Some(execution.0),
        None => control.abort_operations.extend(journals(asked).map(|journal| journal.operation_id().to_owned())),
    }
    let summary = match execution {
        Some(_) => "abort the execution".to_owned(),
        None => format!("abort {} operation(s)", asked.len()),
    };
    let change = found.told(keys, &control, summary)?;
    if change.is_empty() {
        return Ok(());
    }
    let audit = consent::audit_context(session, write, "migration abort");
    let store = session.open_writer()?;
    session.wait(change.approve(consent).apply(&store, keys, &audit))?;
    Ok(())
}

/// Waits until the executor has brought the operations to rest, or is gone; says whether they are.
async fn done_by_executor<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    (operations, execution): (&BTreeSet<String>, Option<Revision>),
) -> Result<bool, OperationError> {
    loop {
        let now = Migrations::read(store, keys, None).await?;
        let is_open = |operation: &InFlight| match (&operation.journal, execution) {
            (Ok(journal), None) => operations.contains(journal.operation_id()),
            (Ok(_), Some(_)) => operation.is_executors(),
            (Err(_), _) => false,
        };
        let is_open = now.in_flight.iter().any(is_open);
        let lock = now.lock.map(|lock| lock.create_revision);
        let executes = execution.is_none_or(|execution| lock == Some(execution)) && lock.is_some();
        if !executes || (!is_open && execution.is_none()) {
            return Ok(!is_open);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

fn judge(session: &mut Session<'_, '_>, outcome: &Outcome, in_flight: u64) -> Result<(), CliError> {
    if let Some(holder) = &outcome.taken {
        return Err(CliError::Locked { holder: holder.clone() });
    }
    for failure in outcome.failures.iter().take(NAMED_MAX) {
        let hint = failure.hint.as_ref().map(|hint| format!("; {hint}")).unwrap_or_default();
        session.talk().warn(&format!("{}: {}{hint}", failure.what, failure.reason));
    }
    let left = outcome.failures.iter().filter(|failure| !failure.is_undone).count();
    let undone = outcome.totals.aborted;
    let finished = outcome.totals.recovered.saturating_sub(undone);
    let done = format!("{undone} undone, {finished} finished");
    if let Some(reason) = &outcome.halted {
        let hint = Some("the same command goes on".to_owned());
        return Err(CliError::WorkLeft { message: format!("stopped, {reason}: {done}"), hint });
    }
    if outcome.out_of_space && outcome.totals.recovered + (left as u64) < in_flight {
        return Err(no_space(session, &done, "the same command goes on")?);
    }
    if left > 0 {
        let hint = Some("`otlp-part migration list` shows what is in flight".to_owned());
        return Err(CliError::WorkLeft { message: format!("{done}; {left} need a decision"), hint });
    }
    session.talk().note(&done);
    Ok(())
}
