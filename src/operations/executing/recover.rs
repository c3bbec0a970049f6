//! What earlier executions left is brought to rest before anything new begins.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use futures_util::stream::{FuturesUnordered, StreamExt as _};

use super::drive::Operation;
use super::event::{ExecutionEvent, MoveLabel};
use super::outcome::{Failure, hint_of};
use super::read::{Wanted, read};
use super::run::{Numbered, Rest, Run, Undone, told};
use crate::migration::rewrite_journal::RewriteJournal;
use crate::migration::{Intent, Journal, MoveJournal, OperationKind};
use crate::model::{NodeId, PartitionId, Revision};
use crate::operations::OperationError;
use crate::operations::consistent::entries;
use crate::operations::expiring::{self, Driver, ExpiryEvent};
use crate::operations::records::id_of;
use crate::operations::rewriting::{self, Ended, RewriteEvent, STUCK_HINT};
use crate::planner::MoveKind;
use crate::ports::MetadataWrite;
use crate::ports::metadata::{Compare, Entry, Op, Transaction};
use crate::ports::storage::{CopyId, CopyPlace, Mover, StorageWrite};

/// Numbers of recovered operations begin here, above those of any plan.
pub const RECOVERED_FROM: u64 = 1 << 48;

/// Numbers of recovered expiries begin here.
const EXPIRIES_FROM: u64 = RECOVERED_FROM << 1;

/// Numbers of recovered splits and compactions begin here.
const REWRITES_FROM: u64 = RECOVERED_FROM << 2;

/// Operations that are driven at the same time.
const AT_ONCE_MAX: usize = 1024;

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Recovered {
    pub(super) rested: u64,
    pub(super) failures: Vec<Failure>,
}

/// Drives every operation in flight to its rest; of some partitions alone, if any are named.
///
/// # Errors
/// The store's.
pub(super) async fn recover<M: MetadataWrite, S: StorageWrite, V: Mover>(
    run: &Run<'_, M, S, V>,
    only: &BTreeSet<PartitionId>,
) -> Result<Recovered, OperationError> {
    let entries = entries(run.store, &run.keys.migrations()).await?;
    let mut recovered = Recovered::default();
    let (mut waiting, mut expiries, mut rewrites) = (Vec::new(), Vec::new(), Vec::new());
    for (number, entry) in (RECOVERED_FROM..).zip(&entries) {
        let Ok(partition) = id_of(run.keys, "migrations", entry) else { continue };
        if !only.is_empty() && !only.contains(&partition) {
            continue;
        }
        match Journal::parse(&entry.value) {
            Ok(Journal::Move(journal)) => {
                run.slots.take(&journal.slots);
                waiting.push((Numbered { number, partition }, *journal));
            }
            Ok(Journal::Expire(journal)) => expiries.push((partition, journal.operation_id)),
            Ok(Journal::Rewrite(journal)) => rewrites.push((partition, *journal)),
            Err(error) => {
                let reason = format!("its journal cannot be read and is never written: {error}");
                let what = format!("the operation on {partition}");
                let hint = Some("use the version of otlp-part that wrote it".to_owned());
                run.tell(&ExecutionEvent::Failed { number, reason: reason.clone(), hint: hint.clone() });
                let (is_damage, is_undone) = (false, false);
                recovered.failures.push(Failure { number, partition, what, reason, hint, is_damage, is_undone });
            }
        }
    }
    let operations = (waiting.len() + expiries.len() + rewrites.len()) as u64;
    if operations > 0 {
        run.tell(&ExecutionEvent::Recovering { operations });
    }
    let (mut recovered, expired, rewritten) = tokio::join!(
        Box::pin(moves_to_rest(run, waiting, recovered)),
        Box::pin(expiries_to_rest(run, &expiries)),
        Box::pin(rewrites_to_rest(run, &rewrites))
    );
    for other in [expired, rewritten] {
        recovered.rested += other.rested;
        recovered.failures.extend(other.failures);
    }
    Ok(recovered)
}

async fn moves_to_rest<M: MetadataWrite, S: StorageWrite, V: Mover>(
    run: &Run<'_, M, S, V>,
    waiting: Vec<(Numbered, MoveJournal)>,
    mut recovered: Recovered,
) -> Recovered {
    let mut waiting = waiting.into_iter();
    let mut running = FuturesUnordered::new();
    loop {
        while running.len() < AT_ONCE_MAX
            && !run.halt.is_thrown()
            && let Some((at, journal)) = waiting.next()
        {
            running.push(go_on(run, at, journal));
        }
        let Some((at, rest)) = running.next().await else { break };
        settle(run, &mut recovered, at, rest);
    }
    recovered
}

/// Expiries go on by their own machine, which needs no lock: one more driver does no harm.
async fn expiries_to_rest<M: MetadataWrite, S: StorageWrite, V: Mover>(
    run: &Run<'_, M, S, V>,
    expiries: &[expiring::InFlight],
) -> Recovered {
    let mut recovered = Recovered::default();
    let tell = |_: &ExpiryEvent| {};
    let driver = Driver::new(
        (run.store, run.keys, &run.places),
        run.trail(),
        run.settings.settle,
        (&run.halt, run.crash, &tell),
    );
    let intent = if run.aborts_all.load(Ordering::Relaxed) { Intent::Abort } else { Intent::Proceed };
    let failures = match driver.until_rest(expiries, intent).await {
        Ok(rested) => {
            recovered.rested += rested.expired + rested.given_back;
            if rested.out_of_space {
                run.out_of_space.store(true, Ordering::Relaxed);
            }
            rested.failures
        }
        Err(_) if run.halt.is_thrown() => Vec::new(),
        Err(error) => expiries.iter().take(1).map(|(id, _)| (*id, error.to_string())).collect(),
    };
    for (number, (partition, reason)) in (EXPIRIES_FROM..).zip(failures) {
        let what = format!("the expiry of {partition}");
        run.tell(&ExecutionEvent::Failed { number, reason: reason.clone(), hint: None });
        let (hint, is_damage, is_undone) = (None, false, false);
        recovered.failures.push(Failure { number, partition, what, reason, hint, is_damage, is_undone });
    }
    recovered
}

/// Splits and compactions, too, go on by their own machine without the lock; one after the other, as each holds much in memory.
async fn rewrites_to_rest<M: MetadataWrite, S: StorageWrite, V: Mover>(
    run: &Run<'_, M, S, V>,
    rewrites: &[(PartitionId, RewriteJournal)],
) -> Recovered {
    let mut recovered = Recovered::default();
    let tell = |_: &RewriteEvent| {};
    let pace = rewriting::Pace { settle: run.settings.settle, grace: run.settings.grace };
    let driver =
        rewriting::Driver::new((run.store, run.keys, &run.places), run.trail(), pace, (&run.halt, run.crash, &tell));
    for (number, (partition, journal)) in (REWRITES_FROM..).zip(rewrites) {
        let ended = driver.until_rest(*partition, run.intent(&journal.operation_id), None).await;
        let (reason, hint, is_damage, is_undone) = match ended {
            Ok(Ended::Done { .. } | Ended::Undone { is_asked: true, .. }) => {
                recovered.rested += 1;
                continue;
            }
            Ok(Ended::Undone { reason, hint, is_damage, .. }) => {
                recovered.rested += 1;
                (format!("undone: {reason}"), hint, is_damage, true)
            }
            Ok(Ended::Stuck(reason)) => (reason, Some(STUCK_HINT.to_owned()), true, false),
            Ok(Ended::Failed(reason) | Ended::Unfit(reason)) => (reason, None, false, false),
            Ok(Ended::NoSpace) => {
                run.out_of_space.store(true, Ordering::Relaxed);
                continue;
            }
            Ok(Ended::Left) => continue,
            Err(_) if run.halt.is_thrown() => continue,
            Err(error) => (error.to_string(), None, false, false),
        };
        let what = format!("the {} of {partition}", journal.kind.noun());
        run.tell(&ExecutionEvent::Failed { number, reason: reason.clone(), hint: hint.clone() });
        let partition = *partition;
        recovered.failures.push(Failure { number, partition, what, reason, hint, is_damage, is_undone });
    }
    recovered
}

async fn go_on<M: MetadataWrite, S: StorageWrite, V: Mover>(
    run: &Run<'_, M, S, V>,
    at: Numbered,
    journal: MoveJournal,
) -> (Numbered, Rest) {
    run.tell(&ExecutionEvent::MoveStarted(MoveLabel {
        number: at.number,
        partition: at.partition,
        kind: match journal.kind {
            OperationKind::Move => MoveKind::Replica,
            OperationKind::Repair => MoveKind::Repair,
            OperationKind::Remove => MoveKind::Remove,
        },
        from: journal.from,
        to: journal.to,
        copy_from: journal.copy_from,
        bytes: 0,
    }));
    (at, Box::pin(Operation::new(run, at, None, None).until_rest()).await)
}

fn settle<M, S, V>(run: &Run<'_, M, S, V>, recovered: &mut Recovered, at: Numbered, rest: Rest) {
    let Numbered { number, partition } = at;
    let what = format!("the operation on {partition}");
    match rest {
        Rest::Through(through) => {
            recovered.rested += 1;
            let Some(undone) = through.undone else {
                return run.tell(&ExecutionEvent::Done { number });
            };
            let Undone { reason, error, hint, is_damage, .. } = undone;
            run.tell(&ExecutionEvent::Aborted { number, reason, error: error.clone() });
            // One that was undone on its own account is told; what was asked for, and what an earlier execution had
            // begun to undo, is no failure.
            if let Some(error) = error {
                let (reason, is_undone) = (format!("undone: {error}"), true);
                recovered.failures.push(Failure { number, partition, what, reason, hint, is_damage, is_undone });
            }
        }
        Rest::Stuck { stop, found } => {
            let (reason, is_damage) = told(&stop, found);
            let hint = Some(hint_of(&stop));
            run.tell(&ExecutionEvent::Failed { number, reason: reason.clone(), hint: hint.clone() });
            recovered.failures.push(Failure { number, partition, what, reason, hint, is_damage, is_undone: false });
        }
        Rest::Halted | Rest::NoSpace => {}
        Rest::Broken(error) => {
            let (reason, hint, is_damage) = (error.to_string(), None, false);
            run.tell(&ExecutionEvent::Failed { number, reason: reason.clone(), hint: None });
            recovered.failures.push(Failure { number, partition, what, reason, hint, is_damage, is_undone: false });
        }
    }
}

/// Deletes the copies that were left on nodes which are back. What cannot be deleted now waits for the next time.
pub(super) async fn clear_orphans<M: MetadataWrite, S: StorageWrite, V: Mover>(
    run: &Run<'_, M, S, V>,
) -> Result<(), OperationError> {
    let entries = entries(run.store, &run.keys.orphans()).await?;
    for entry in &entries {
        let Some((node, partition, copy)) = orphan_of(run, entry) else { continue };
        if run.halt.is_thrown() {
            break;
        }
        clear_orphan(run, entry, &node, partition, copy).await?;
    }
    Ok(())
}

fn orphan_of<M, S, V>(run: &Run<'_, M, S, V>, entry: &Entry) -> Option<(NodeId, PartitionId, CopyId)> {
    let mut parts = run.keys.name("orphans", &entry.key)?.splitn(3, '/');
    let (node, partition, copy) = (parts.next()?, parts.next()?, parts.next()?);
    Some((NodeId::parse(node).ok()?, PartitionId::parse(partition).ok()?, CopyId::parse(copy).ok()?))
}

async fn clear_orphan<M: MetadataWrite, S: StorageWrite, V: Mover>(
    run: &Run<'_, M, S, V>,
    entry: &Entry,
    node: &NodeId,
    partition: PartitionId,
    copy: CopyId,
) -> Result<(), OperationError> {
    let wanted = Wanted { partition, lock: run.lock, nodes: &BTreeSet::from([node.clone()]), slots: &[] };
    let Ok(seen) = read(run.store, run.keys, &wanted).await else { return Ok(()) };
    let is_listed = seen.view.record.as_ref().is_some_and(|record| record.value.nodes.contains(node))
        && seen.view.copy_of(node) == copy.as_str();
    // It is kept for as long as a listed copy misses something.
    let lacks = |listed: &NodeId| !seen.view.is_up(listed) || seen.view.marks.contains_key(listed);
    let is_kept = seen.view.record.as_ref().is_some_and(|record| record.value.nodes.iter().any(lacks));
    // An operation in flight may still need it, and deletes it by itself.
    if is_listed || is_kept || seen.view.journal.is_some() || !seen.view.is_up(node) {
        return Ok(());
    }
    let Ok(opened) = run.places.of(node, &seen.nodes).await else { return Ok(()) };
    if opened.delete_copy(&CopyPlace::new(partition, copy)).await.is_err() {
        return Ok(());
    }
    let mut compares = vec![Compare::unchanged(entry)];
    if run.lock != Revision::NONE {
        compares.push(Compare::CreateRevision { key: run.keys.rebalance_lock(), is: run.lock });
    }
    let ops = vec![Op::Delete { key: entry.key.clone() }];
    // One that was changed meanwhile is looked at the next time.
    run.store.commit(Transaction { compares, ops }).await.map(drop)?;
    Ok(())
}
