//! Many moves at once: what has room begins, what is begun is driven to its rest.

use futures_util::stream::{FuturesUnordered, StreamExt as _};

use super::drive::Operation;
use super::event::{ExecutionEvent, MoveLabel, WaitsFor};
use super::outcome::Failure;
use super::queue::{Picked, Queue};
use super::run::{Lack, Numbered, RETRY_AFTER, Rest, Run, Through, Undone, told};
use super::start::{Beginning, Begun, Standing, begin, words_of};
use crate::migration::Refusal;
use crate::model::NodeId;
use crate::operations::OperationError;
use crate::planner::MoveKind;
use crate::planner::document::MoveDocument;
use crate::planner::document::stale::StaleMove;
use crate::ports::MetadataWrite;
use crate::ports::storage::{Mover, StorageWrite};

/// Moves in flight, those that only wait among them; copies are limited per node.
const IN_FLIGHT_MAX: usize = 1024;

/// What the moves belong to.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) id: String,
    pub(super) digest: String,
    pub(super) replication_factor: u8,
}

/// What came of the moves.
#[derive(Debug, Default)]
pub(super) struct Rolled {
    pub(super) done: u64,
    pub(super) failures: Vec<Failure>,
    pub(super) stale: Vec<StaleMove>,
}

/// What came of one move.
enum Made {
    Done(Standing),
    Undone(Undone),
    Refused(Refusal),
    Stale(String),
    Stuck(crate::migration::Stop, Option<Lack>),
    Halted,
    Broken(OperationError),
}

/// Makes the moves of a queue, until none is left or everything stops.
pub(super) async fn roll<M: MetadataWrite, S: StorageWrite, V: Mover>(
    run: &Run<'_, M, S, V>,
    queue: &mut Queue,
    plan: &Plan,
) -> Rolled {
    let mut rolled = Rolled::default();
    let mut running = FuturesUnordered::new();
    let mut control = run.control.subscribe();
    let mut was_paused = false;
    loop {
        let paused = run.paused().filter(|_| run.may_begin());
        if paused.is_some() != was_paused {
            was_paused = paused.is_some();
            run.tell(&paused.clone().map_or(ExecutionEvent::GoesOn, ExecutionEvent::Waits));
        }
        if paused.is_none() && run.may_begin() {
            while running.len() < IN_FLIGHT_MAX
                && let Some(picked) = queue.pick(&|node| run.slots.busy(node), run.per_node())
            {
                if let Some(room) = room_of(&picked) {
                    run.slots.reserve(room);
                }
                running.push(make(run, picked, plan));
            }
        }
        if running.is_empty() && (paused.is_none() || !run.may_begin()) {
            break;
        }
        tokio::select! {
            Some((picked, made)) = running.next(), if !running.is_empty() => settle(run, queue, &mut rolled, picked, made),
            () = run.slots.freed() => {}
            _ = control.changed() => {}
            () = run.halt.thrown(), if running.is_empty() => {}
            () = run.halt.closed(), if running.is_empty() => {}
        }
    }
    for m in queue.hopeless() {
        fail(run, &mut rolled, &m, "no holder of it can be read".to_owned(), None, true);
    }
    rolled
}

/// The nodes between which a picked move copies.
fn room_of(picked: &Picked) -> Option<[&NodeId; 2]> {
    Some([picked.document.to.as_ref()?, picked.source.as_ref()?])
}

fn label(picked: &Picked) -> MoveLabel {
    let MoveDocument { seq, partition, kind, from, to, bytes, .. } = &picked.document;
    MoveLabel {
        number: *seq,
        partition: *partition,
        kind: *kind,
        from: from.clone(),
        to: to.clone(),
        copy_from: picked.source.clone(),
        bytes: *bytes,
    }
}

/// One move, from its first transaction to its last.
async fn make<M: MetadataWrite, S: StorageWrite, V: Mover>(
    run: &Run<'_, M, S, V>,
    picked: Picked,
    plan: &Plan,
) -> (Picked, Made) {
    let number = picked.document.seq;
    run.tell(&ExecutionEvent::MoveStarted(label(&picked)));
    let beginning = Beginning {
        document: &picked.document,
        standing: &picked.standing,
        source: picked.source.clone(),
        plan: Some((plan.id.clone(), plan.digest.clone())),
        replication_factor: plan.replication_factor,
    };
    let begun = begin(run, number, &beginning).await;
    let release = || room_of(&picked).into_iter().for_each(|room| run.slots.release(room));
    let made = match begun {
        Begun::Started(seen) => {
            let at = Numbered { number, partition: picked.document.partition };
            let room = room_of(&picked).map(|[a, b]| [a.clone(), b.clone()]);
            rested(&picked, Box::pin(Operation::new(run, at, Some(*seen), room).until_rest()).await)
        }
        Begun::Done(seen) => Standing::of(&seen.view).map_or(Made::Halted, Made::Done),
        Begun::Refused(refusal) => {
            release();
            if matches!(refusal, Refusal::NoSlot(_)) {
                wait_for_slot(run, number, &refusal).await;
            }
            Made::Refused(refusal)
        }
        Begun::Stale(why) => {
            release();
            Made::Stale(why)
        }
        Begun::Halted => {
            release();
            Made::Halted
        }
        Begun::Broken(error) => {
            release();
            if run.lacks_space(&error, Some(number)) { Made::Halted } else { Made::Broken(error) }
        }
    };
    (picked, made)
}

/// The slots in the store are more than this execution's own: those of an operation that waits for a decision.
async fn wait_for_slot<M, S, V>(run: &Run<'_, M, S, V>, number: u64, refusal: &Refusal) {
    if let Refusal::NoSlot(node) = refusal {
        run.tell(&ExecutionEvent::MoveWaits { number, on: Some(WaitsFor::Slot(node.clone())) });
    }
    tokio::select! {
        () = tokio::time::sleep(RETRY_AFTER) => {}
        () = run.halt.thrown() => {}
    }
}

fn rested(picked: &Picked, rest: Rest) -> Made {
    match rest {
        Rest::Through(through) => {
            let Through { seen, undone } = *through;
            match (undone, Standing::of(&seen.view)) {
                (Some(undone), _) => Made::Undone(undone),
                (None, Some(standing)) if reached(picked, &standing) => Made::Done(standing),
                // Somebody else brought it to its rest.
                (None, _) => Made::Undone(Undone::default()),
            }
        }
        Rest::Stuck { stop, found } => Made::Stuck(stop, found),
        // What is left is told as a whole, at the end.
        Rest::Halted | Rest::NoSpace => Made::Halted,
        Rest::Broken(error) => Made::Broken(error),
    }
}

/// Whether a partition stands as its move leaves it.
fn reached(picked: &Picked, Standing(now): &Standing) -> bool {
    let MoveDocument { kind, from, to, .. } = &picked.document;
    let holds = |node: &Option<NodeId>| node.as_ref().is_some_and(|node| now.nodes.contains(node));
    match kind {
        MoveKind::Replica | MoveKind::Repair => holds(to) && !holds(from),
        MoveKind::Remove => !holds(from),
        MoveKind::Leader => now.leader == *to,
    }
}

fn settle<M, S, V>(run: &Run<'_, M, S, V>, queue: &mut Queue, rolled: &mut Rolled, picked: Picked, made: Made) {
    let Picked { chain, document, source, .. } = picked;
    let number = document.seq;
    match made {
        Made::Done(standing) => {
            rolled.done += 1;
            run.tell(&ExecutionEvent::Done { number });
            queue.done(chain, standing);
        }
        Made::Undone(undone) if undone.by_source && queue.again(chain, document.clone(), source) => {}
        Made::Undone(undone) => {
            let Undone { reason, error, hint, is_damage, .. } = undone;
            run.tell(&ExecutionEvent::Aborted { number, reason, error: error.clone() });
            let reason = match (error, reason) {
                (Some(error), _) => format!("undone: {error}"),
                (None, Some(reason)) => format!("undone: {}", reason.words()),
                (None, None) => "another executor brought it to its rest".to_owned(),
            };
            queue.leave(chain);
            let (partition, what) = (document.partition, words_of(document.partition, &document));
            rolled.failures.push(Failure { number, partition, what, reason, hint, is_damage, is_undone: true });
        }
        Made::Refused(Refusal::NoSlot(_)) => drop(queue.again(chain, document, None)),
        Made::Refused(Refusal::Source(node)) if queue.again(chain, document.clone(), Some(node.clone())) => {}
        Made::Refused(refusal) => {
            queue.leave(chain);
            fail(run, rolled, &document, refusal.to_string(), None, false);
        }
        Made::Stale(reason) => {
            queue.leave(chain);
            run.tell(&ExecutionEvent::Skipped { number, partition: document.partition, reason: reason.clone() });
            rolled.stale.push(StaleMove { seq: number, partition: document.partition, reason });
        }
        Made::Stuck(stop, found) => {
            queue.leave(chain);
            let (reason, is_damage) = told(&stop, found);
            fail(run, rolled, &document, reason, Some(super::outcome::hint_of(&stop)), is_damage);
        }
        Made::Halted => drop(queue.leave(chain)),
        Made::Broken(error) => {
            queue.leave(chain);
            fail(run, rolled, &document, error.to_string(), None, false);
        }
    }
}

fn fail<M, S, V>(
    run: &Run<'_, M, S, V>,
    rolled: &mut Rolled,
    document: &MoveDocument,
    reason: String,
    hint: Option<String>,
    is_damage: bool,
) {
    let (number, partition) = (document.seq, document.partition);
    run.tell(&ExecutionEvent::Failed { number, reason: reason.clone(), hint: hint.clone() });
    let what = words_of(partition, document);
    rolled.failures.push(Failure { number, partition, what, reason, hint, is_damage, is_undone: false });
}
