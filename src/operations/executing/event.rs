//! What an execution tells while it runs: for progress bars, plain lines and the status key.
//!
//! Invariant: an event of a move carries the move's own number, so that who listens can tell two moves of one partition apart.
//! Bytes of [`ExecutionEvent::Verified`] are the only ones that count as done.

use std::time::Duration;

use crate::migration::{Abandoned, RunningMove};
use crate::model::{NodeId, PartitionId, Revision};
use crate::planner::MoveKind;

/// What a move is doing now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MovePhase {
    /// Its first transaction is on its way.
    Starting,
    /// It waits until every writer has seen that the partition is migrating.
    Settling,
    /// Segments are copied and read back.
    Copying,
    /// The new nodes are being recorded.
    CuttingOver,
    /// It waits until readers have seen the new nodes.
    Grace,
    /// The listed copies are looked at again.
    Verifying,
    /// The old copy, or when aborting the new one, is deleted.
    Deleting,
    /// The journal is being taken away.
    Finishing,
    /// It is being undone.
    Aborting,
}

impl MovePhase {
    /// One word for people and scripts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::Settling => "settling",
            Self::Copying => "copying",
            Self::CuttingOver => "cutting_over",
            Self::Grace => "grace",
            Self::Verifying => "verifying",
            Self::Deleting => "deleting",
            Self::Finishing => "finishing",
            Self::Aborting => "aborting",
        }
    }
}

/// Whether a running move waits for something else than that a time passes.
#[must_use]
pub fn stands_still(running: &RunningMove) -> bool {
    let passes = [MovePhase::Settling, MovePhase::Grace].map(MovePhase::name);
    running.waits_for.is_some() && !passes.contains(&running.phase.as_str())
}

/// What something that stands still is waiting for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WaitsFor {
    /// The executor's lock, held by this one.
    Lock(String),
    /// Every writer to have seen the state; so many seconds still.
    Writers(u64),
    /// Readers to have seen the new nodes; so many seconds still.
    Readers(u64),
    /// A place for another copy on this node.
    Slot(NodeId),
    /// `migration resume`; by whom it was paused.
    Resume(String),
    /// The store to answer again: what it says.
    Store(String),
    /// Room in the store.
    StoreSpace,
    /// Data of a copy: nothing came for so many seconds.
    Data {
        /// From whose copy it is read.
        from: NodeId,
        /// For how long.
        seconds: u64,
    },
}

impl WaitsFor {
    /// The same when so much of it is over.
    #[must_use]
    pub fn after(&self, passed: Duration) -> Self {
        match self {
            Self::Writers(seconds) => Self::Writers(seconds.saturating_sub(passed.as_secs())),
            Self::Readers(seconds) => Self::Readers(seconds.saturating_sub(passed.as_secs())),
            Self::Lock(_) | Self::Slot(_) | Self::Resume(_) | Self::Store(_) | Self::StoreSpace | Self::Data { .. } => {
                self.clone()
            }
        }
    }
}

impl std::fmt::Display for WaitsFor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Lock(holder) => write!(f, "the lock, {holder}"),
            Self::Writers(seconds) => write!(f, "writers to see it, {seconds} s left"),
            Self::Readers(seconds) => write!(f, "readers' caches, {seconds} s left"),
            Self::Slot(node) => write!(f, "a place on {node}"),
            Self::Resume(by) => write!(f, "`migration resume`, paused by {by}"),
            Self::Store(error) => write!(f, "the store: {error}"),
            Self::StoreSpace => f.write_str("room in the store"),
            Self::Data { from, seconds } => write!(f, "data from {from}, none for {seconds} s"),
        }
    }
}

/// A move, as events name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveLabel {
    /// Unique in this execution; moves of the plan have their `seq`, what is recovered first has numbers above all of them.
    pub number: u64,
    /// The partition.
    pub partition: PartitionId,
    /// What is done.
    pub kind: MoveKind,
    /// Who gives up its copy or leadership.
    pub from: Option<NodeId>,
    /// Who gets it.
    pub to: Option<NodeId>,
    /// From whose copy it is made; chosen when it starts.
    pub copy_from: Option<NodeId>,
    /// Bytes that the record says it has.
    pub bytes: u64,
}

/// How an execution ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Moves that are done, by this execution.
    pub done: u64,
    /// Moves that were done before it began.
    pub done_before: u64,
    /// Operations of earlier executions that were brought to rest.
    pub recovered: u64,
    /// Moves that were undone.
    pub aborted: u64,
    /// Moves that failed, or cannot go on by themselves.
    pub failed: u64,
    /// Moves that no longer fit and were passed over.
    pub stale: u64,
    /// Moves that are left.
    pub left: u64,
    /// Bytes that were verified.
    pub verified_bytes: u64,
}

/// One piece of news.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExecutionEvent {
    /// So many operations of earlier executions are brought to rest first, each as a move of its own.
    Recovering {
        /// How many.
        operations: u64,
    },
    /// What is left of the plan, once earlier executions are at rest.
    Started {
        /// The plan.
        plan_id: String,
        /// `create_revision` of the lock: the name of this execution.
        execution: Revision,
        /// Moves that are to be made, leader transfers and what is recovered among them.
        moves: u64,
        /// Bytes to be copied.
        bytes: u64,
    },
    /// The whole execution stands still.
    Waits(WaitsFor),
    /// It goes on.
    GoesOn,
    /// A move begins, or goes on where an earlier execution left it.
    MoveStarted(MoveLabel),
    /// A move is in another phase.
    Phase {
        /// Which move.
        number: u64,
        /// Its phase.
        phase: MovePhase,
    },
    /// A move stands still.
    MoveWaits {
        /// Which move.
        number: u64,
        /// What for; `None` = it goes on.
        on: Option<WaitsFor>,
    },
    /// How much a copy has to do, at its start and again when the source turned out to hold more.
    Planned {
        /// Which move.
        number: u64,
        /// Segments of the source.
        segments: u64,
        /// Their bytes.
        bytes: u64,
    },
    /// So many more bytes are on the target, not verified yet.
    Written {
        /// Which move.
        number: u64,
        /// How many.
        bytes: u64,
    },
    /// So many more bytes were read back and are whole.
    Verified {
        /// Which move.
        number: u64,
        /// How many.
        bytes: u64,
        /// Whether an earlier run had written them.
        was_there: bool,
    },
    /// A segment on the target was not what it should be; it is made anew.
    Repeated {
        /// Which move.
        number: u64,
        /// Which segment.
        segment: String,
        /// What was wrong with it.
        reason: String,
    },
    /// The record names the new nodes.
    Cutover {
        /// Which move.
        number: u64,
    },
    /// A move is through, to its last transaction.
    Done {
        /// Which move.
        number: u64,
    },
    /// A move was undone.
    Aborted {
        /// Which move.
        number: u64,
        /// Why.
        reason: Option<Abandoned>,
        /// What was wrong, where something was.
        error: Option<String>,
    },
    /// A move does not go on by itself: it failed, or somebody must decide.
    Failed {
        /// Which move.
        number: u64,
        /// Why.
        reason: String,
        /// What mends it.
        hint: Option<String>,
    },
    /// A move is not made.
    Skipped {
        /// Which move of the plan.
        number: u64,
        /// Its partition.
        partition: PartitionId,
        /// Why.
        reason: String,
    },
    /// Somebody set the limits.
    Limits {
        /// Bytes a second for each node and direction; `None` = no limit.
        bytes_per_second: Option<u64>,
        /// Copies at a time per node.
        per_node: u32,
    },
    /// It is asked to stop; what is in flight is left resumable.
    Stopping {
        /// Why.
        reason: String,
    },
    /// It is over.
    Ended(Totals),
}

/// Who is told.
pub type Listener<'a> = &'a (dyn Fn(&ExecutionEvent) + Send + Sync);
