//! Beginning a move: its first transaction, and the one transaction of a leader transfer.

use std::collections::BTreeSet;

use super::commit::{Committed, commit};
use super::lock;
use super::read::{Seen, Wanted, read};
use super::run::Run;
use crate::migration::step::RecordChange;
use crate::migration::{Change, JournalChange, OperationKind, Refusal, Request, View, start};
use crate::model::{NodeId, PartitionId, PartitionState};
use crate::operations::OperationError;
use crate::planner::MoveKind;
use crate::planner::document::{Expected, MoveDocument};
use crate::ports::MetadataWrite;

/// How often a move is begun anew because something changed between reading and writing.
const ATTEMPTS_MAX: u32 = 50;

/// How a partition must stand for a move of the plan to be begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing(pub(super) Expected);

impl Standing {
    /// How a partition stands.
    pub(super) fn of(view: &View) -> Option<Self> {
        let record = &view.record.as_ref()?.value;
        Some(Self(Expected {
            nodes: record.nodes.clone(),
            leader: record.leader.clone(),
            state: record.state,
            epoch: view.extension().epoch,
        }))
    }

    /// Why a partition does not stand so, in words.
    fn differs(&self, view: &View) -> Option<String> {
        let Some(Self(now)) = Self::of(view) else { return Some("its record is gone".to_owned()) };
        let then = &self.0;
        let sorted = |nodes: &[NodeId]| nodes.iter().cloned().collect::<BTreeSet<NodeId>>();
        let list = |nodes: &[NodeId]| nodes.iter().map(NodeId::as_str).collect::<Vec<_>>().join(",");
        let leader = |leader: &Option<NodeId>| leader.as_ref().map_or_else(|| "nobody".to_owned(), ToString::to_string);
        if view.extension().split_bits > 0 {
            Some("it was split".to_owned())
        } else if sorted(&then.nodes) != sorted(&now.nodes) {
            Some(format!("its nodes were {} and are {}", list(&then.nodes), list(&now.nodes)))
        } else if then.leader != now.leader {
            Some(format!("its leader was {} and is {}", leader(&then.leader), leader(&now.leader)))
        } else if then.state != now.state {
            Some(format!("its state was {} and is {}", then.state.name(), now.state.name()))
        } else if then.epoch != now.epoch {
            Some(format!("its epoch was {} and is {}: it was changed meanwhile", then.epoch, now.epoch))
        } else {
            None
        }
    }
}

/// A move that is to begin.
pub(super) struct Beginning<'m> {
    pub(super) document: &'m MoveDocument,
    pub(super) standing: &'m Standing,
    /// From whose copy; none where nothing is copied.
    pub(super) source: Option<NodeId>,
    pub(super) plan: Option<(String, String)>,
    pub(super) replication_factor: u8,
}

/// What came of beginning a move.
#[derive(Debug)]
pub(super) enum Begun {
    /// Its journal is written; it goes on from here.
    Started(Box<Seen>),
    /// All of it is done: it was a leader's.
    Done(Box<Seen>),
    /// Nothing was written: the machine refuses.
    Refused(Refusal),
    /// Nothing was written: the partition does not stand as the plan expects.
    Stale(String),
    /// Everything stops.
    Halted,
    /// The store's fault; nothing is known to be written.
    Broken(OperationError),
}

/// Begins a move.
pub(super) async fn begin<M: MetadataWrite, S, V>(
    run: &Run<'_, M, S, V>,
    number: u64,
    beginning: &Beginning<'_>,
) -> Begun {
    let operation_id = run.ids.next("op");
    for _ in 0..ATTEMPTS_MAX {
        if run.halt.is_thrown() {
            return Begun::Halted;
        }
        match begin_once(run, beginning, &operation_id).await {
            Ok(Some(Begun::Stale(why))) => {
                // It may be the next holder of the lock who changed it.
                lock::check(run.store, run.keys, run.lock, &run.halt).await;
                return if run.halt.is_thrown() { Begun::Halted } else { Begun::Stale(why) };
            }
            Ok(Some(begun)) => return begun,
            Ok(None) => {}
            Err(error) if run.may_retry(&error, Some(number)).await => {}
            Err(_) if run.halt.is_thrown() => return Begun::Halted,
            Err(error) => return Begun::Broken(error),
        }
    }
    if run.halt.is_thrown() {
        return Begun::Halted;
    }
    Begun::Stale(format!("it changed {ATTEMPTS_MAX} times between reading and writing"))
}

/// `None` = something changed meanwhile, or nobody knows: once more.
async fn begin_once<M: MetadataWrite, S, V>(
    run: &Run<'_, M, S, V>,
    beginning: &Beginning<'_>,
    operation_id: &str,
) -> Result<Option<Begun>, OperationError> {
    let Beginning { document, standing, source, .. } = beginning;
    let partition = document.partition;
    let copies: Vec<NodeId> = match source {
        Some(source) => document.to.iter().chain([source]).cloned().collect(),
        None => Vec::new(),
    };
    let mut nodes: BTreeSet<NodeId> = standing.0.nodes.iter().cloned().collect();
    nodes.extend(document.to.iter().chain(&document.from).cloned());
    let wanted = Wanted { partition, lock: run.lock, nodes: &nodes, slots: &copies };
    let mut seen = read(run.store, run.keys, &wanted).await?;
    if let Some(journal) = &seen.view.journal {
        // The reply to an earlier try was lost, and it was applied.
        let is_own = journal.value.operation_id() == operation_id;
        let begun = if is_own {
            Begun::Started(Box::new(seen))
        } else {
            Begun::Stale("an operation is in flight on it".to_owned())
        };
        return Ok(Some(begun));
    }
    if document.kind == MoveKind::Leader && is_led_so(document, standing, &seen.view) {
        return Ok(Some(Begun::Done(Box::new(seen))));
    }
    if let Some(why) = standing.differs(&seen.view) {
        return Ok(Some(Begun::Stale(why)));
    }
    // Those of moves that begin at the same time.
    seen.view.slots.extend(run.slots.taken());
    let decided = match document.kind {
        MoveKind::Leader => transfer(&seen.view, document),
        MoveKind::Replica | MoveKind::Repair | MoveKind::Remove => {
            start(&seen.view, &request(run, beginning, operation_id))
        }
    };
    let change = match decided {
        Ok(change) => change,
        Err(refusal) => return Ok(Some(Begun::Refused(refusal))),
    };
    run.slots.take(&change.take_slots);
    let (decided, done) = match document.kind {
        MoveKind::Leader => ("leader-decided", "leader-committed"),
        MoveKind::Replica | MoveKind::Repair | MoveKind::Remove => ("start-decided", "start-committed"),
    };
    run.crash.pass(decided);
    let committed = commit(run.store, run.keys, &run.trail(), &seen, &change).await;
    if !matches!(committed, Ok(Committed::Yes(_))) {
        run.slots.free(&change.take_slots);
    }
    match committed? {
        Committed::Yes(after) if document.kind == MoveKind::Leader => {
            run.crash.pass(done);
            Ok(Some(Begun::Done(after)))
        }
        Committed::Yes(after) => {
            run.crash.pass(done);
            Ok(Some(Begun::Started(after)))
        }
        Committed::Unclear => {
            lock::check(run.store, run.keys, run.lock, &run.halt).await;
            Ok(None)
        }
    }
}

fn request<M, S, V>(run: &Run<'_, M, S, V>, beginning: &Beginning<'_>, operation_id: &str) -> Request {
    let Beginning { document, source, plan, replication_factor, .. } = beginning;
    Request {
        partition: document.partition,
        kind: match document.kind {
            MoveKind::Replica | MoveKind::Leader => OperationKind::Move,
            MoveKind::Repair => OperationKind::Repair,
            MoveKind::Remove => OperationKind::Remove,
        },
        from: document.from.clone(),
        to: document.to.clone(),
        copy_from: source.clone(),
        operation_id: operation_id.to_owned(),
        copy_id: run.ids.next("c"),
        plan: plan.clone(),
        replication_factor: *replication_factor,
        slots_per_node: run.per_node(),
        started_at: run.clock.now(),
    }
}

/// Whether a transfer whose reply was lost was applied.
fn is_led_so(document: &MoveDocument, standing: &Standing, view: &View) -> bool {
    Standing::of(view).is_some_and(|Standing(now)| {
        now.leader == document.to && now.epoch == standing.0.epoch.saturating_add(1) && now.nodes == standing.0.nodes
    })
}

/// The one transaction of a leader transfer.
///
/// # Errors
/// Who is to lead cannot.
fn transfer(view: &View, document: &MoveDocument) -> Result<Change, Refusal> {
    let record = &view.record.as_ref().ok_or(Refusal::NoRecord)?.value;
    let to = document.to.as_ref().ok_or(Refusal::Incomplete)?;
    match record.state {
        PartitionState::Active | PartitionState::ReadOnly => {}
        state @ (PartitionState::Migrating | PartitionState::Rebalancing) => return Err(Refusal::State(state)),
    }
    if !record.nodes.contains(to) {
        return Err(Refusal::NoHolder(to.clone()));
    }
    if !view.is_up(to) || view.marks.contains_key(to) {
        return Err(Refusal::Source(to.clone()));
    }
    let extension = view.extension();
    Ok(Change {
        record: Some(RecordChange { nodes: None, leader: Some(Some(to.clone())), state: record.state }),
        extension: Some((extension.epoch.saturating_add(1), extension.copies)),
        ..Change::of(JournalChange::Delete)
    })
}

/// What a partition is called in messages, with what is done to it.
pub(super) fn words_of(partition: PartitionId, document: &MoveDocument) -> String {
    format!("{} of {partition}", document.kind.name())
}
