//! One execution: the lock, what earlier ones left, then the moves of a plan.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};

use tokio::sync::watch;

use super::agenda::{Agenda, Scope};
use super::event::{ExecutionEvent, Listener, Totals};
use super::halt::HaltReason;
use super::lock::{Acquired, acquire, keep};
use super::outcome::Outcome;
use super::preflight;
use super::queue::Queue;
use super::recover::{Recovered, clear_orphans, recover};
use super::rolling::{Plan, Rolled, roll};
use super::run::{ExecutionSettings, Run};
use super::slots::OwnSlots;
use super::steer::{Follower, tell_status};
use crate::migration::Control;
use crate::model::{NodeId, PartitionId, Revision};
use crate::operations::copying::Bandwidth;
use crate::operations::leased::{self, Held};
use crate::operations::rebalance::load::{LoadedLayout, load};
use crate::operations::rebalance::planning::options_of;
use crate::operations::rebalance::recorded::{DONE, EXECUTING, set_state};
use crate::operations::run_context::RunContext;
use crate::operations::{ClusterView, OperationError};
use crate::planner::document::read::ReadPlan;
use crate::planner::{Layout, NodeRole};
use crate::ports::MetadataWrite;
use crate::ports::storage::{Mover, StorageWrite};

/// What is to be executed.
#[derive(Clone, Debug)]
pub enum Work<'p> {
    /// A recorded plan, or what undoes it. All operations in flight are brought to rest first.
    Plan {
        /// The plan.
        plan: &'p ReadPlan,
        /// Which part of it.
        scope: &'p Scope,
    },
    /// Operations in flight are brought to rest, and nothing new begins.
    Rest {
        /// Those on these partitions alone; empty = all.
        only: BTreeSet<PartitionId>,
        /// What is copying is undone; what is past its cutover is finished in any case.
        abort: bool,
    },
}

/// Who executes, and with what.
pub struct Executor<'a, M, S, V> {
    /// On whose behalf, and with what.
    pub context: RunContext<'a, M, S>,
    /// The operator's own way to move data.
    pub mover: Option<&'a V>,
    /// How.
    pub settings: ExecutionSettings,
    /// Who is told.
    pub tell: Listener<'a>,
}

impl<M: MetadataWrite, S: StorageWrite, V: Mover> Executor<'_, M, S, V> {
    /// Executes until all is done, or it cannot go on, or the switch is thrown.
    ///
    /// # Errors
    /// The store's; the cluster or its records cannot be worked on. Whatever was begun is resumable.
    pub async fn execute(self, work: Work<'_>) -> Result<Outcome, OperationError> {
        let (view, _) = ClusterView::read(self.context.store, self.context.keys, None, &[]).await?;
        preflight::check_cluster(&view)?;
        let lock =
            match acquire(self.context.store, self.context.keys, &self.context.holder, &self.context.halt, self.tell)
                .await?
            {
                Acquired::Held(lock) => Some(lock),
                Acquired::NoSpace => None,
                Acquired::Taken(holder) if self.context.halt.is_thrown() => {
                    let _ = holder;
                    return Ok(Outcome { halted: self.context.halt.reason(), ..Outcome::default() });
                }
                Acquired::Taken(holder) => return Ok(Outcome { taken: Some(holder), ..Outcome::default() }),
            };
        self.context.crash.pass("lock-taken");
        let run = self.run(&view, lock);
        let outcome = match lock {
            Some(lock) => {
                let outcome = self.beside_the_lock(&run, lock, &work).await;
                leased::release(self.context.store, lock).await;
                self.context.crash.pass("lock-released");
                outcome
            }
            None => self.without_space(&run, &work).await,
        };
        if let Ok(outcome) = &outcome {
            run.tell(&ExecutionEvent::Ended(outcome.totals));
        }
        outcome
    }

    fn run(&self, view: &ClusterView, lock: Option<Held>) -> Run<'_, M, S, V> {
        let per_node = self.settings.per_node.unwrap_or(view.spec.rebalance.migrations_per_node).max(1);
        let context = &self.context;
        Run {
            store: context.store,
            keys: context.keys,
            clock: context.clock,
            lock: lock.map_or(Revision::NONE, |lock| lock.revision),
            places: context.places(view),
            settings: self.settings,
            per_node: AtomicU32::new(per_node),
            per_node_default: per_node,
            bandwidth: Bandwidth::new(self.settings.bandwidth),
            mover: self.mover,
            crash: context.crash,
            halt: context.halt.clone(),
            control: watch::channel(Control::default()).0,
            slots: OwnSlots::default(),
            board: super::board::Board::default(),
            tell: self.tell,
            audit: context.audit,
            consent: context.consent,
            entries: AtomicUsize::new(0),
            ids: context.ids(),
            aborts_all: AtomicBool::new(false),
            out_of_space: AtomicBool::new(false),
        }
    }

    /// The work, while the lock is kept, the control followed and the status told.
    async fn beside_the_lock(
        &self,
        run: &Run<'_, M, S, V>,
        lock: Held,
        work: &Work<'_>,
    ) -> Result<Outcome, OperationError> {
        let follower = Follower::begin(run).await?;
        let beside = async {
            tokio::join!(
                keep(self.context.store, lock, &self.context.halt),
                follower.follow(run),
                tell_status(run, lock, &self.context.holder)
            );
        };
        let told = async {
            self.context.halt.thrown().await;
            if let Some(reason) = self.context.halt.reason() {
                run.tell(&ExecutionEvent::Stopping { reason: reason.to_string() });
            }
            std::future::pending::<()>().await;
        };
        tokio::select! {
            outcome = self.work(run, work) => outcome,
            () = beside => Ok(Outcome { halted: self.context.halt.reason(), ..Outcome::default() }),
            () = told => Ok(Outcome { halted: self.context.halt.reason(), ..Outcome::default() }),
        }
    }

    async fn work(&self, run: &Run<'_, M, S, V>, work: &Work<'_>) -> Result<Outcome, OperationError> {
        match work {
            Work::Rest { only, abort } => {
                run.aborts_all.store(*abort, Ordering::Relaxed);
                let started = (String::new(), 0, 0);
                Self::started(run, started);
                let recovered = recover(run, only).await?;
                if only.is_empty() {
                    clear_orphans(run).await?;
                }
                Ok(self.outcome(run, recovered, Rolled::default(), Agenda::default(), 0))
            }
            Work::Plan { plan, scope } => self.plan(run, plan, scope).await,
        }
    }

    fn started(run: &Run<'_, M, S, V>, (plan_id, moves, bytes): (String, u64, u64)) {
        run.tell(&ExecutionEvent::Started { plan_id, execution: run.lock, moves, bytes });
    }

    async fn plan(&self, run: &Run<'_, M, S, V>, plan: &ReadPlan, scope: &Scope) -> Result<Outcome, OperationError> {
        let recovered = recover(run, &BTreeSet::new()).await?;
        clear_orphans(run).await?;
        let nothing = Rolled::default();
        if run.halt.is_thrown() {
            return Ok(self.outcome(run, recovered, nothing, Agenda::default(), 0));
        }
        if run.out_of_space.load(Ordering::Relaxed) {
            return self.left_without_space(run, recovered, plan, scope).await;
        }
        let (view, layout, mut agenda) = self.agenda(plan, scope).await?;
        // What an operation that cannot go on now is in the way of is left, and not stale: it fits again at its rest.
        let waits = |id: PartitionId| recovered.failures.iter().any(|f| f.partition == id && !f.is_undone);
        let all = agenda.moves() + agenda.stale.len() as u64;
        agenda.stale.retain(|stale| !waits(stale.partition));
        let (id, moves) = (plan.document.plan_id.clone(), all - agenda.stale.len() as u64);
        if !agenda.stale.is_empty() && !scope.skip_stale {
            return Ok(self.outcome(run, recovered, nothing, agenda, moves));
        }
        preflight::check_targets(&view, &agenda, &run.places).await?;
        Self::started(run, (id.clone(), moves, agenda.bytes()));
        for stale in &agenda.stale {
            let (number, partition, reason) = (stale.seq, stale.partition, stale.reason.clone());
            run.tell(&ExecutionEvent::Skipped { number, partition, reason });
        }
        if moves > 0 {
            if !self.set_state(run, &id, EXECUTING).await? {
                return Ok(self.outcome(run, recovered, nothing, agenda, moves));
            }
            run.crash.pass("plan-executing");
        }
        let summary = Plan {
            id: id.clone(),
            digest: plan.document.digest.clone(),
            replication_factor: view.spec.replication_factor,
        };
        let mut queue = queue(&layout, agenda.clone(), scope);
        let rolled = roll(run, &mut queue, &summary).await;
        let mut outcome = self.outcome(run, recovered, rolled, agenda, moves);
        let is_all = scope.only.is_empty() && outcome.stale.is_empty() && outcome.totals.left == 0;
        if is_all && outcome.failures.is_empty() && outcome.halted.is_none() {
            if self.set_state(run, &id, DONE).await? {
                run.crash.pass("plan-done");
            } else {
                outcome.out_of_space = true;
            }
        }
        Ok(outcome)
    }

    /// What is left of a plan as the cluster stands now.
    async fn agenda(&self, plan: &ReadPlan, scope: &Scope) -> Result<(ClusterView, Layout, Agenda), OperationError> {
        let options = options_of(&plan.document.settings);
        let loaded = load(self.context.store, self.context.keys, None, self.context.clock.now(), &options).await?;
        let LoadedLayout { view, layout, .. } = loaded.whole()?;
        let agenda = Agenda::new(&layout, &plan.document, scope);
        Ok((view, layout, agenda))
    }

    /// Nothing of a plan begins; whether it still fits is looked at when there is room, and operations are at rest.
    async fn left_without_space(
        &self,
        run: &Run<'_, M, S, V>,
        recovered: Recovered,
        plan: &ReadPlan,
        scope: &Scope,
    ) -> Result<Outcome, OperationError> {
        let (_, _, agenda) = self.agenda(plan, scope).await?;
        let left = agenda.moves() + agenda.stale.len() as u64;
        Ok(self.outcome(run, recovered, Rolled::default(), Agenda { stale: Vec::new(), ..agenda }, left))
    }

    /// Says how far the plan is; false = the store has no room for that.
    async fn set_state(&self, run: &Run<'_, M, S, V>, id: &str, state: &str) -> Result<bool, OperationError> {
        let (trail, entry) = (run.trail(), run.entries.fetch_add(1, Ordering::Relaxed));
        let audit = trail.context();
        loop {
            match set_state(self.context.store, self.context.keys, (&audit, entry, self.context.consent), id, state)
                .await
            {
                Ok(()) => return Ok(true),
                Err(error) if run.may_retry(&error, None).await => {}
                Err(error) if run.lacks_space(&error, None) => return Ok(false),
                Err(error) => return Err(error),
            }
        }
    }

    fn outcome(
        &self,
        run: &Run<'_, M, S, V>,
        recovered: Recovered,
        rolled: Rolled,
        agenda: Agenda,
        moves: u64,
    ) -> Outcome {
        let Recovered { rested, failures } = recovered;
        let Agenda { done: done_before, stale, unplanned, .. } = agenda;
        let (counted, left) = (run.board.totals(), moves.saturating_sub(rolled.done));
        let mut outcome = Outcome {
            totals: Totals {
                done: rolled.done,
                done_before,
                recovered: rested,
                left,
                stale: (stale.len() + rolled.stale.len()) as u64,
                ..counted
            },
            taken: None,
            halted: self
                .context
                .halt
                .reason()
                .or_else(|| self.context.halt.closing().filter(|_| left > 0).map(HaltReason::Closed)),
            out_of_space: run.out_of_space.load(Ordering::Relaxed),
            failures,
            stale,
            unplanned,
        };
        outcome.failures.extend(rolled.failures);
        outcome.stale.extend(rolled.stale);
        outcome
    }

    /// Without room in the store there is no lease and no lock: what only deletes is finished all the same.
    async fn without_space(&self, run: &Run<'_, M, S, V>, work: &Work<'_>) -> Result<Outcome, OperationError> {
        run.out_of_space.store(true, Ordering::Relaxed);
        match work {
            Work::Rest { only, abort } => {
                run.aborts_all.store(*abort, Ordering::Relaxed);
                let recovered = recover(run, only).await?;
                Ok(self.outcome(run, recovered, Rolled::default(), Agenda::default(), 0))
            }
            Work::Plan { plan, scope } => {
                let recovered = recover(run, &BTreeSet::new()).await?;
                self.left_without_space(run, recovered, plan, scope).await
            }
        }
    }
}

fn queue(layout: &Layout, agenda: Agenda, scope: &Scope) -> Queue {
    let lost = layout.nodes().iter().filter(|node| node.role == NodeRole::Lost);
    let down: BTreeSet<NodeId> = lost.map(|node| node.id.clone()).collect();
    let name = |&(partition, node): &(u32, u16)| (layout.ids()[partition as usize], layout.node(node).id.clone());
    let marked = layout.marks().iter().map(name).collect();
    Queue::new(agenda, down, marked, scope.bytes_max)
}
